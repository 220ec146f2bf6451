import { parseProblem } from '../../src/library/algorithms.js';
import {
  atStep,
  componentMappings,
  fromDouble,
  latticeLeft,
  type Rational,
  rational,
  rationalProblem,
  type SignLaw,
  signLaws,
  sum,
  toDouble,
  zero,
} from '../../src/library/exact.js';
import type { FunctionSpecification } from '../../src/library/functions.js';

/** The r_k and θ of a problem, as JSON carries them. */
export interface DeclaredDraws {
  readonly functions: readonly FunctionSpecification[];
  readonly probabilities: readonly number[];
}

/** signProx in one variable from x⁰: its law on x⁰ + γZ follows from what its mini-batches draw, which is given once, by the problem. */
export interface SignChain {
  /** θ, and what else the components are drawn by where it is not θ. */
  readonly probabilities: readonly Rational[];
  readonly drawn?: readonly Rational[];
  /** h_k(x) = (x − P_k(x))/γ for every k: G is their mean under θ, Ĝ their mean over a mini-batch. */
  mappings(x: Rational): readonly Rational[];
  /** An absolute bound of the error of every h_k; default 0. */
  readonly tolerance?: number;
  readonly start: Rational;
  readonly step: Rational;
  readonly miniBatch: number;
  readonly iterations: number;
  /** The law of the sign that moves x, from that of sgn Ĝ; default: the same. */
  decided?(law: SignLaw): SignLaw;
}

/** Most outcomes of the counts of the first K − 2 components. */
const largestWork = 2 ** 16;

/** An enclosure of (1/T) Σ_t E|G(x^{t−1})| with sgn(0) = 0, or with sgn(0) = 1. */
export function chainLeft(chain: SignChain, signOfZero: 'zero' | 'positive' = 'zero'): readonly [number, number] {
  const { probabilities, drawn = probabilities, tolerance = 0, miniBatch, iterations } = chain;
  const laws = signLaws(drawn, miniBatch, largestWork);
  if (laws === undefined)
    throw new RangeError(`B must be smaller, got ${miniBatch}: too many outcomes of a mini-batch`);
  const mappings = new Map<number, readonly Rational[]>();
  const terms = new Map<number, number>();
  for (let j = 1 - iterations; j < iterations; j++) {
    const values = chain.mappings(chain.start.add(chain.step.mul(rational(BigInt(j)))));
    mappings.set(j, values);
    terms.set(j, toDouble(weightedMean(probabilities, values).abs()));
  }
  const form = { tolerance: tolerance === 0 ? zero : fromDouble(tolerance) };
  return latticeLeft(
    {
      term: (j) => terms.get(j)!,
      termError: tolerance + Math.max(...terms.values()) * 2 ** -53,
      law(j) {
        const law = laws({ ...form, values: mappings.get(j)! });
        return chain.decided?.(law) ?? law;
      },
    },
    iterations,
    signOfZero,
  );
}

/** G(x) = Σθ_k h_k(x). */
export function meanMapping(
  { probabilities, mappings }: Pick<SignChain, 'probabilities' | 'mappings'>,
  x: Rational,
): Rational {
  return weightedMean(probabilities, mappings(x));
}

const weightedMean = (weights: readonly Rational[], values: readonly Rational[]): Rational =>
  sum(values.map((value, k) => weights[k]!.mul(value)));

/**
 * θ and the h_k of the declared r_k for a d that is given by its derivative: in rationals, but for what the derivative itself is off by.
 *
 * @throws NotRationalError when an r_k has no rational form or θ does not sum to exactly 1
 */
export function drawsOf(
  { functions, probabilities }: DeclaredDraws,
  step: Rational,
  derivative: (x: Rational) => Rational,
): Pick<SignChain, 'probabilities' | 'mappings'> {
  const problem = rationalProblem({ smooth: { type: 'zero' }, functions, probabilities }, 1);
  const coordinate = atStep(problem, step).coordinates[0]!;
  const smooth = { ...coordinate.smooth, derivative };
  return {
    probabilities: problem.probabilities,
    mappings: (x) => componentMappings({ ...coordinate, smooth }, step, x),
  };
}

/** The certified σ of the declared r_k at the step γ, whatever d is. */
export function sigmaOf({ functions, probabilities }: DeclaredDraws, step: number): number {
  const { sigma } = parseProblem({ smooth: { type: 'zero' }, functions, probabilities })
    .at(step)
    .constants(1);
  if (sigma === undefined) throw new RangeError('the r_k must have a certified variance');
  return sigma;
}
