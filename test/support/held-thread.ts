/**
 * How long this thread was held at a stretch while something was done: processor time between two turns of the event
 * loop, which is what others wait for on a machine that has time for us, whoever else is busy on it.
 */

/** Looks at every turn of a timer that comes round at least so often. */
const TURN_MILLIS = 5;

/** The longest stretch, in milliseconds; native threads of this process count too. */
export async function longestHold(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let began = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(began);
    longest = Math.max(longest, (user + system) / 1000);
    began = process.cpuUsage();
  }, TURN_MILLIS);
  try {
    await work;
    return longest;
  } finally {
    clearInterval(timer);
  }
}
