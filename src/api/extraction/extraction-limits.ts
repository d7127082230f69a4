/**
 * What one request may ask of the model. A text is answered while its client waits, so it is bounded; a publication is a
 * job, which others' requests don't wait for, and is bounded by the model alone.
 */

/** Longest text that is classified at once, in UTF-16 units: some ten abstracts. */
export const MAX_TEXT_LENGTH = 20_000;
/** Most mentions that a client may give with a text. */
export const MAX_TEXT_MENTIONS = 1_000;
/** Most pairs of a text that are classified: about half a minute of the released model on two cores. */
export const MAX_TEXT_PAIRS = 2_000;
/** Most entities that a client's mentions may name. */
export const MAX_TEXT_ENTITIES = 500;
/** Most ids that one mention may have. */
export const MAX_MENTION_IDS = 20;
/** Texts that may be read or wait for it at a time. */
export const MAX_WAITING_TEXTS = 8;
/** Most publications that one request submits. */
export const MAX_SUBMITTED = 10_000;
