/**
 * Requests to PubTator3 for a batch of papers, within the service's limit: tried again where that may help, and taken
 * apart where one paper fails the others.
 */
import { BioWeftError, isTransient } from "../../../src/core/errors.js";
import { serviceLimiter } from "../service/service-limiter.js";
import { retrying, type Service, sendRequest } from "../service/service-request.js";
import { type Answer, type ExportForm, knownBody, parseAnswer } from "./answer.js";

/** How the client behaves; every part has a default that suits the public service. */
export interface PubTator3Options {
  /** Base address, without the slash at its end. */
  readonly baseUrl: string;
  readonly requestsPerSecond?: number;
  /** A Redis over which the limit is shared with other workers. */
  readonly redisUrl?: string;
  /** PMIDs in one request; the service takes 100. */
  readonly batchSize?: number;
  /** Deadline of one request, its body included; waiting for its turn is no part of it. */
  readonly timeoutMillis?: number;
  /** Tries after the first. */
  readonly retries?: number;
  /** Wait before the first retry; it doubles each time, times a random factor from 1 to 2. */
  readonly retryDelayMillis?: number;
  /** A longer `Retry-After` than this is not waited for. */
  readonly longestWaitMillis?: number;
  /** The whole text of each publication where the service has it, not only the abstract. */
  readonly fullText?: boolean;
  /** The form that is asked for; what comes out of it is the same. */
  readonly form?: ExportForm;
}

/** An answer for a batch, and the faults of those papers that the service fails at again and again. */
interface BatchAnswer extends Answer {
  readonly failed: ReadonlyMap<string, BioWeftError>;
}

type Pmids = readonly string[];

/** Asks for batches. */
export class BatchAsker {
  private readonly service: Service;
  private readonly form: ExportForm;
  /** What stands before and behind the PMIDs of an address. */
  private readonly address: readonly [before: string, behind: string];
  private readonly patience: { readonly retries: number; readonly retryDelayMillis: number };

  constructor(options: PubTator3Options) {
    const {
      retries = 3,
      retryDelayMillis = 500,
      form = "biocjson",
      requestsPerSecond = 3,
      redisUrl,
    } = options;
    const base = options.baseUrl.replace(/\/+$/, "");
    const limit = { address: base, requestsPerSecond };
    this.service = {
      name: "PubTator3",
      setting: "BIOWEFT_PUBTATOR3",
      limiter: serviceLimiter(redisUrl === undefined ? limit : { ...limit, redisUrl }),
      timeoutMillis: options.timeoutMillis ?? 15_000,
      longestWaitMillis: options.longestWaitMillis ?? 30_000,
    };
    this.form = form;
    this.address = [
      `${base}/publications/export/${form}?pmids=`,
      options.fullText === true ? "&full=true" : "",
    ];
    this.patience = { retries, retryDelayMillis };
  }

  /**
   * The answer for a batch, which is taken when the first request's turn has come. Urgent ones, which may be asked by
   * several people, are taken apart where the service fails. Throws as the client does.
   */
  async ask(take: () => Pmids, signal: AbortSignal | undefined, urgent: boolean): Promise<BatchAnswer> {
    let batch: Pmids | undefined;
    const takeOnce = () => {
      batch ??= take();
      return batch;
    };
    const settled = await retrying(this.patience, signal, async () => {
      try {
        return { answer: await this.once(takeOnce, signal, urgent) };
      } catch (fault) {
        if (!urgent || batch === undefined || batch.length < 2 || !isAmiss(fault)) throw fault;
        // It has retries of its own.
        return this.split(batch, signal).then(
          (answer) => ({ answer }),
          (lasting: unknown) => ({ lasting }),
        );
      }
    });
    if ("lasting" in settled) throw settled.lasting;
    return settled.answer;
  }

  private once(take: () => Pmids, signal: AbortSignal | undefined, urgent: boolean): Promise<BatchAnswer> {
    return this.service.limiter.schedule(async () => {
      const batch = take();
      if (batch.length === 0) return joined([]);
      const url = this.address.join(batch.join(","));
      const accept = this.form === "biocjson" ? "application/json" : "*/*";
      const answer = await sendRequest(this.service, { url, accept, signal });
      return { ...(await parseAnswer(knownBody(answer), batch, this.form)), failed: new Map() };
    }, urgent);
  }

  /** One paper that the service fails at must not cost the others, of other people, that were asked for with it. */
  private async split(batch: Pmids, signal: AbortSignal | undefined): Promise<BatchAnswer> {
    const again = () => retrying(this.patience, signal, () => this.once(() => batch, signal, true));
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      return again().catch((fault: unknown) => failedAlone(only, fault));
    }
    const middle = batch.length >> 1;
    const halves = [batch.slice(0, middle), batch.slice(middle)];
    const tried = await Promise.allSettled(halves.map((half) => this.once(() => half, signal, true)));
    // Where both fail it is the service.
    if (tried.every(({ status }) => status === "rejected")) return again();
    const answers = tried.map((one, index) =>
      one.status === "fulfilled" ? one.value : this.split(halves[index] ?? [], signal),
    );
    return joined(await Promise.all(answers));
  }
}

/** Whether the service failed, and did not only ask for patience. */
function isAmiss(fault: unknown): boolean {
  return fault instanceof BioWeftError && isTransient(fault.code) && fault.code !== "RATE_LIMITED";
}

function failedAlone(pmid: string, fault: unknown): BatchAnswer {
  if (!(fault instanceof BioWeftError) || fault.code === "CANCELLED") throw fault;
  return { documents: [], unreadable: [], warnings: [], failed: new Map([[pmid, fault]]) };
}

function joined(answers: readonly BatchAnswer[]): BatchAnswer {
  return {
    documents: answers.flatMap(({ documents }) => documents),
    unreadable: answers.flatMap(({ unreadable }) => unreadable),
    warnings: answers.flatMap(({ warnings }) => warnings),
    failed: new Map(answers.flatMap(({ failed }) => [...failed])),
  };
}
