/**
 * Whether probabilities keep their word: reliability curve, expected calibration error and Brier score. The error is
 * never 0, as what was drawn by chance differs from its probability: `chance` says how much a perfect model would
 * show. Source: Guo et al. 2017; equal-mass bins as in Nguyen and O'Connor 2015.
 */
import { seededRandom } from "../core/random.js";

/** A probability that was stated, and whether what it was stated of is so. */
export interface StatedProbability {
  readonly probability: number;
  readonly right: boolean;
}

/** The cases of one bin: what was stated on average, and how many were right, fractions of 1. */
interface ReliabilityBin {
  readonly cases: number;
  readonly stated: number;
  readonly right: number;
}

/** Expected calibration error over bins of equal width and over bins of as many cases, and the Brier score. */
export interface Reliability {
  readonly cases: number;
  readonly error: number;
  readonly errorEqualMass: number;
  /** The mean `error` of probabilities that are exactly right, at these cases. */
  readonly chance: number;
  readonly brier: number;
  readonly bins: readonly ReliabilityBin[];
  readonly binsEqualMass: readonly ReliabilityBin[];
}

const BINS = 10;
const CHANCE_DRAWS = 100;
const SEED = 42;

/** Measures probabilities; undefined without any. */
export function measureReliability(cases: readonly StatedProbability[]): Reliability | undefined {
  if (cases.length === 0) return undefined;
  const bins = widthBins(cases);
  const binsEqualMass = massBins(cases);
  return {
    cases: cases.length,
    error: calibrationError(bins),
    errorEqualMass: calibrationError(binsEqualMass),
    chance: chanceError(cases),
    brier: mean(cases.map(({ probability, right }) => (probability - Number(right)) ** 2)),
    bins,
    binsEqualMass,
  };
}

/** The mean distance of what was stated from what is right, weighted by the bins' cases. */
function calibrationError(bins: readonly ReliabilityBin[]): number {
  const cases = bins.reduce((sum, bin) => sum + bin.cases, 0);
  return bins.reduce((sum, bin) => sum + (bin.cases / cases) * Math.abs(bin.stated - bin.right), 0);
}

function widthBins(cases: readonly StatedProbability[]): ReliabilityBin[] {
  const bins: StatedProbability[][] = Array.from({ length: BINS }, () => []);
  for (const one of cases) bins[Math.min(BINS - 1, Math.floor(one.probability * BINS))]?.push(one);
  return bins.filter((bin) => bin.length > 0).map(toBin);
}

function massBins(cases: readonly StatedProbability[]): ReliabilityBin[] {
  const sorted = [...cases].sort((a, b) => a.probability - b.probability);
  const edge = (bin: number) => Math.round((bin * sorted.length) / BINS);
  return Array.from({ length: BINS }, (_, bin) => sorted.slice(edge(bin), edge(bin + 1)))
    .filter((bin) => bin.length > 0)
    .map(toBin);
}

function toBin(cases: readonly StatedProbability[]): ReliabilityBin {
  return {
    cases: cases.length,
    stated: mean(cases.map(({ probability }) => probability)),
    right: mean(cases.map(({ right }) => Number(right))),
  };
}

function chanceError(cases: readonly StatedProbability[]): number {
  const random = seededRandom(SEED);
  const draws = Array.from({ length: CHANCE_DRAWS }, () =>
    calibrationError(
      widthBins(cases.map(({ probability }) => ({ probability, right: random.next() < probability }))),
    ),
  );
  return mean(draws);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
