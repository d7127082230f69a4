/** How fast a run goes: documents a second over the last minute or so, and the time left at that speed. */

/** Call after each step with its documents, the steps done and the steps in all. */
export function speedMeter(): (
  documents: number,
  step: number,
  steps: number,
) => { readonly documentsPerSecond: number; readonly secondsLeft: number } {
  let stepsPerSecond: number | undefined;
  let documentsPerStep = 0;
  let last = Date.now();
  return (documents, step, steps) => {
    const now = Date.now();
    const current = 1000 / Math.max(1, now - last);
    last = now;
    documentsPerStep = stepsPerSecond === undefined ? documents : 0.97 * documentsPerStep + 0.03 * documents;
    stepsPerSecond = stepsPerSecond === undefined ? current : 0.97 * stepsPerSecond + 0.03 * current;
    return {
      documentsPerSecond: stepsPerSecond * documentsPerStep,
      secondsLeft: (steps - step) / stepsPerSecond,
    };
  };
}
