/**
 * How long work took, on the wall and on the processor. On a machine that does other things as well only the second
 * says what the work costs.
 */

/** Seconds; those of the processor add up over threads. */
export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Times one piece of work of this process. */
export async function timed(work: () => Promise<unknown>): Promise<Measured> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6 };
}
