/**
 * Spans of OpenTelemetry: what took how long, and on whose behalf. They go nowhere, and cost next to nothing, unless the
 * composition root was told where to send them.
 */
import { type Attributes, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/** Of what kind a span is: work of our own, a question to another, or the answer to one. */
export const SPAN_KINDS = { own: SpanKind.INTERNAL, asks: SpanKind.CLIENT, answers: SpanKind.SERVER };

/** What a span is. */
export interface SpanForm {
  readonly name: string;
  readonly kind: keyof typeof SPAN_KINDS;
  readonly attributes?: Attributes;
}

/** A span that somebody ends, with the fault where there was one. */
type EndSpan = (fault?: unknown) => void;

/** Does the work in a span of its own, below the one that it is called in. */
export function inSpan<T>({ name, kind, attributes = {} }: SpanForm, work: () => Promise<T>): Promise<T> {
  const options = { kind: SPAN_KINDS[kind], attributes };
  return trace.getTracer("bioweft").startActiveSpan(name, options, async (span) => {
    try {
      return await work();
    } catch (fault) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute("error.type", faultName(fault));
      throw fault;
    } finally {
      span.end();
    }
  });
}

/** Begins a span for work that is no single promise; call the result when it is over. */
export function beginSpan({ name, kind, attributes = {} }: SpanForm): EndSpan {
  const span = trace.getTracer("bioweft").startSpan(name, { kind: SPAN_KINDS[kind], attributes });
  return (fault) => {
    if (fault !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute("error.type", faultName(fault));
    }
    span.end();
  };
}

/** The fault's code or name: never its message, which may hold what a client sent. */
function faultName(fault: unknown): string {
  if (fault instanceof Error && "code" in fault) return String(fault.code);
  return fault instanceof Error ? fault.name : "unknown";
}
