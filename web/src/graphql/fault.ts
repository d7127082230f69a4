/**
 * What can go wrong with a question, in three kinds that the page shows differently: the server is out of reach, it
 * refused, or it failed.
 */

/** A question that got no answer; `message` says what to do. */
export class ApiFault extends Error {
  /** `offline` where nothing answered, else the API's own code. */
  readonly code: string;
  /** Whether asking again may help. */
  readonly retryable: boolean;
  /** What the server's log calls this request. */
  readonly requestId: string | undefined;

  constructor(message: string, code: string, retryable: boolean, requestId?: string) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.requestId = requestId;
  }
}

/** One error as GraphQL's answers carry it. */
interface WireError {
  readonly message: string;
  readonly extensions?: {
    readonly code?: string;
    readonly retryable?: boolean;
    readonly requestId?: string;
  };
}

/** The first error of an answer; its code and cure are the API's. */
export function toFault(errors: readonly WireError[]): ApiFault {
  const [error] = errors;
  const { code = "UNKNOWN", retryable = false, requestId } = error?.extensions ?? {};
  return new ApiFault(
    error?.message ?? "The server gave an error without words.",
    code,
    retryable,
    requestId,
  );
}

/** Nothing answered. */
export function offlineFault(): ApiFault {
  return new ApiFault(
    "The server does not answer. Check that it is running and that you are connected; the page asks again by itself.",
    "OFFLINE",
    true,
  );
}
