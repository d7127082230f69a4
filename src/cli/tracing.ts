/**
 * Sends spans to a collector of OpenTelemetry where one is set; what that takes is loaded only then.
 */
import type { TracingSettings } from "../core/config.js";

/** Begins to send spans; the result sends what is left, and ends it. Undefined settings send nothing. */
export async function startTracing(settings: TracingSettings | undefined): Promise<() => Promise<void>> {
  if (settings === undefined) return async () => undefined;
  const [{ NodeSDK }, { OTLPTraceExporter }] = await Promise.all([
    import("@opentelemetry/sdk-node"),
    import("@opentelemetry/exporter-trace-otlp-http"),
  ]);
  const sdk = new NodeSDK({
    serviceName: settings.serviceName,
    traceExporter: new OTLPTraceExporter({ url: settings.url, timeoutMillis: 5_000 }),
    instrumentations: [],
    autoDetectResources: false,
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return () => sdk.shutdown();
}
