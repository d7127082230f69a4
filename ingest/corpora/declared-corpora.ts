/** Every corpus that BioWeft reads, by name: a new one is a file in `declared/` and a line here. */
import type { CorpusDeclaration } from "./corpus.js";
import { AIMED } from "./declared/aimed.js";
import { BC5CDR } from "./declared/bc5cdr.js";
import { BIORED } from "./declared/biored.js";
import { BIORED_BC8 } from "./declared/biored-bc8.js";
import { CHEMPROT } from "./declared/chemprot.js";
import { DDI2013 } from "./declared/ddi2013.js";
import { DISGENET } from "./declared/disgenet.js";
import { DRUGPROT } from "./declared/drugprot.js";
import { EMU } from "./declared/emu.js";
import { HPRD50 } from "./declared/hprd50.js";
import { NARY } from "./declared/nary.js";
import { PHARMGKB } from "./declared/pharmgkb.js";
import { RENET2 } from "./declared/renet2.js";

/** In the order of their names. */
export const CORPORA: readonly CorpusDeclaration[] = [
  AIMED,
  BC5CDR,
  BIORED,
  BIORED_BC8,
  CHEMPROT,
  DDI2013,
  DISGENET,
  DRUGPROT,
  EMU,
  HPRD50,
  NARY,
  PHARMGKB,
  RENET2,
];
