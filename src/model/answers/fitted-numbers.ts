/**
 * The numbers of a calibration by themselves: logistic regression on one number for related or not (Platt 1999), and
 * the search for a temperature. They know no predictions; calibration.ts does.
 */

/**
 * How strongly the shift is held at 0, in inverse variance. Chosen by ten-fold cross-validation of the log loss
 * over the 40 held-out documents of the first released model; 0, 30 and 100 differed there by less than 1 %.
 */
const SHIFT_PRECISION = 100;

/** A pair by what the network says of it, and what is true. */
interface RelatedCase {
  readonly logOdds: number;
  readonly related: boolean;
}

/** Logistic regression on one number, by damped Newton steps; both parameters are drawn a little to 1 and 0. */
export function fitRelated(cases: readonly RelatedCase[]): Line {
  let at = { scale: 1, shift: 0 };
  let loss = relatedLoss(cases, at);
  for (let round = 0; round < 50; round++) {
    const step = newtonStep(cases, at);
    let length = 1;
    let next = moved(at, step, length);
    while (relatedLoss(cases, next) > loss && length > 1e-6) {
      length /= 2;
      next = moved(at, step, length);
    }
    const found = relatedLoss(cases, next);
    if (!(found < loss - 1e-9)) break;
    [at, loss] = [next, found];
  }
  return at;
}

/** What log-odds are multiplied by, and what is added then. */
type Line = { readonly scale: number; readonly shift: number };

/** Least and greatest scale: temperatures from 10 down to 0.1. */
const SCALES = [0.1, 10] as const;

function moved(at: Line, step: Line, length: number): Line {
  const scale = Math.min(SCALES[1], Math.max(SCALES[0], at.scale - length * step.scale));
  return { scale, shift: at.shift - length * step.shift };
}

function newtonStep(cases: readonly RelatedCase[], { scale, shift }: Line): Line {
  let [gScale, gShift] = [scale - 1, SHIFT_PRECISION * shift];
  let [hScale, hBoth, hShift] = [1, 0, SHIFT_PRECISION];
  for (const { logOdds, related } of cases) {
    const p = 1 / (1 + Math.exp(-(scale * logOdds + shift)));
    const fault = p - Number(related);
    const weight = p * (1 - p);
    gScale += fault * logOdds;
    gShift += fault;
    hScale += weight * logOdds * logOdds;
    hBoth += weight * logOdds;
    hShift += weight;
  }
  const determinant = hScale * hShift - hBoth * hBoth;
  return {
    scale: (hShift * gScale - hBoth * gShift) / determinant,
    shift: (hScale * gShift - hBoth * gScale) / determinant,
  };
}

function relatedLoss(cases: readonly RelatedCase[], { scale, shift }: Line): number {
  const prior = ((scale - 1) ** 2 + SHIFT_PRECISION * shift ** 2) / 2;
  return cases.reduce((sum, { logOdds, related }) => {
    const z = (related ? 1 : -1) * (scale * logOdds + shift);
    return sum + (z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z);
  }, prior);
}

/** Where a function with one valley is least, by golden section. */
export function leastBetween(from: number, to: number, cost: (value: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let round = 0; round < 24; round++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (cost(left) < cost(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
