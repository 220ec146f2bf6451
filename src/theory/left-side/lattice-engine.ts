import { fromDouble, type Rational, rational, sum, toDouble, zero } from '../../exact/arithmetic/rational.js';
import { largestSineArgument, sine } from '../../exact/arithmetic/sine.js';
import { NotRationalError, type Pausable, whereRational } from '../../exact/computation.js';
import { type LatticeCoordinate, latticeTurns } from '../../exact/engines/lattice.js';
import { latticeLawTurns } from '../../exact/engines/lattice-law.js';
import { type LinearForm, type SignLawOf, signLaws } from '../../exact/engines/sign-law.js';
import type { Specification } from '../../exact/functions/parameters.js';
import {
  atStep,
  componentMappings,
  type RationalProblemAtStep,
  rationalProblem,
} from '../../exact/problem/rational-problem.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { Interval } from '../../reference/certified/interval.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { ProblemAtStep } from '../../reference/problem/problem.js';
import { failing, tells } from '../theorem/tail.js';
import { askedThreshold, type ExactEngine, type ExactRequest, exactForm } from './exact-engine.js';

/** Largest T: all 2T − 1 points of a coordinate are evaluated, although the chain stays on few of them. */
const largestIterations = 2 ** 14;
/** Largest number of lattice points times outcomes of the first K − 2 counts. */
const largestWork = 2 ** 22;
/** Relative error allowed for a gradient or divided residual in floating point, with a margin. */
const rounding = 2 ** -44;

/** Relative width above which an enclosure is useless. */
const widest = 1e-6;
/** Most pairs of a point and a sum in the law of a left side, over all steps. */
const largestLaw = 2 ** 18;
/** Sums of terms that are nearer than this fraction of b are one. */
const cellOfSum = 2 ** -48;

/** One coordinate at the lattice point j: the linear form of the counts whose sign is taken, and |G_i|. */
interface LatticePoint {
  readonly form: LinearForm;
  readonly term: number;
  readonly termError: number;
}

/**
 * signProx on a separable problem: each coordinate is a Markov chain on x⁰ + γZ with the law of the mini-batch mean. If the problem is rational, it
 * is computed in rationals: ties are exact, and only the law and the sums are rounded. Otherwise it is computed in floating point with an error
 * bound for every Ĝ_k: a sum within its error of 0 has an uncertain sign and widens the interval. Ties at stationary points of d stay ties if the r_k
 * are rational. If the interval is too wide and d is a cosine, the computation is repeated with many digits.
 */
export const latticeEngine: ExactEngine = function* (request) {
  const { theorem, instance, iterations, schedule } = request;
  const form = exactForm(theorem, instance.problem);
  if ('inapplicable' in form) return form;
  if (form.algorithm !== 'sign-prox' || form.norm !== 'l1') {
    return { inapplicable: 'the lattice engine is for signProx and ‖G‖₁, and for signSGD and ‖∇f̄‖₁ with linear r_k' };
  }
  const problem = parseProblem(instance.problem);
  if (!problem.separable) return { inapplicable: 'the problem is not separable' };
  if (askedThreshold(request) !== undefined && instance.start.length > 1)
    return {
      inapplicable:
        'coordinates share their mini-batches, and it has the law of each alone: P(left side > b) needs n = 1',
    };
  if (iterations > largestIterations) return { inapplicable: `T must be at most ${largestIterations}` };
  const occurring = Array.from(problem.probabilities.keys()).filter((k) => problem.probabilities[k]! > 0);
  const theta = occurring.map((k) => fromDouble(problem.probabilities[k]!));
  const total = sum(theta);
  const laws = signLaws(
    theta.map((entry) => entry.div(total)),
    schedule.miniBatch,
    Math.floor(largestWork / (2 * iterations - 1)),
  );
  if (laws === undefined) return { inapplicable: 'too many outcomes of a mini-batch' };
  for (const lattice of lattices(request, problem.at(schedule.step), occurring)) {
    const enclosed = yield* encloseLeft(request, lattice, laws);
    if (enclosed === undefined)
      return { inapplicable: 'too many sums of terms to follow, or they are uncertain near b' };
    const [lower, upper] = enclosed;
    if (upper - lower <= widest * upper || tells(theorem, enclosed)) return { engine: 'lattice', interval: enclosed };
  }
  return {
    inapplicable: 'signs of mini-batch means are within rounding of 0 on the lattice: the enclosure is too wide',
  };
};

function* encloseLeft(
  request: ExactRequest,
  { points, firstLike = (i) => i }: Lattice,
  laws: SignLawOf,
): Pausable<readonly [number, number] | undefined> {
  const { instance, iterations } = request;
  const threshold = askedThreshold(request);
  let [lower, upper] = [0, 0];
  const enclosed: (readonly [number, number])[] = [];
  for (let i = 0; i < instance.start.length; i++) {
    const first = firstLike(i);
    if (first === i) {
      const known = new Map<number, LatticePoint>();
      for (let j = 1 - iterations; j < iterations; j++) {
        known.set(j, points(i, j));
        yield;
      }
      const coordinate: LatticeCoordinate = {
        term: (j) => known.get(j)!.term,
        termError: Math.max(...Array.from(known.values(), ({ termError }) => termError)),
        law: (j) => laws(known.get(j)!.form),
      };
      const signOfZero = instance.signOfZero ?? 'zero';
      if (threshold !== undefined) return yield* encloseTail(coordinate, iterations, signOfZero, threshold);
      enclosed[i] = yield* latticeTurns(coordinate, iterations, signOfZero);
    }
    const [low, high] = enclosed[first]!;
    lower += low;
    upper += high;
  }
  const slack = instance.start.length * 2 ** -52;
  return [lower * (1 - slack), upper * (1 + slack)];
}

/** The probability that the only coordinate's average is above b; undefined if its law is too large, or too uncertain. */
function* encloseTail(
  coordinate: LatticeCoordinate,
  iterations: number,
  signOfZero: SignConvention,
  { lower, upper }: Interval,
): Pausable<readonly [number, number] | undefined> {
  const [sureAt, perhapsAt] = [iterations * upper, iterations * lower];
  // Above the cut a sum is above b whatever its error is.
  const law = yield* latticeLawTurns(coordinate, iterations, signOfZero, {
    ...{ cell: Math.max(0, sureAt) * cellOfSum, cut: sureAt * (1 + 2 ** -20), most: largestLaw },
  });
  if (law === undefined || !(law.sumError < sureAt * 2 ** -21)) return undefined;
  const { masses, above, sumError, massError } = law;
  const [surely, perhaps] = failing(masses, { lower: perhapsAt - sumError, upper: sureAt + sumError });
  return [Math.max(0, above + surely - massError), Math.min(1, above + perhaps + massError)];
}

type PointsOf = (coordinate: number, j: number) => LatticePoint;

interface Lattice {
  readonly points: PointsOf;
  /** The first coordinate with the same parts and the same start, whose chain is the same. Left out if none are known to be. */
  readonly firstLike?: (coordinate: number) => number;
}

/** The methods for the points of the lattice that apply, the fastest first; each next one has smaller errors. */
function* lattices(
  request: ExactRequest,
  problem: ProblemAtStep,
  occurring: readonly number[],
): Generator<Lattice, void> {
  const { schedule } = request;
  const { problem: specification, start } = request.instance;
  const { smooth, functions } = specification;
  const whole = rationalParts(smooth, functions, start.length, schedule.step);
  if (whole !== undefined) {
    const { coordinates } = whole;
    yield {
      points: (i, j) => exactPoint(whole, request, i, latticePosition(request, i, j), occurring),
      firstLike: (i) => coordinates.findIndex((parts, k) => parts === coordinates[i] && start[k] === start[i]),
    };
    return;
  }
  // If ∇d = 0, the mappings are those of d = 0: exact if the r_k are.
  const regularizers = rationalParts({ type: 'zero' }, functions, start.length, schedule.step);
  const floating = floatingPoints(request, problem, occurring);
  const points: PointsOf = (i, j) => {
    const position = latticePosition(request, i, j);
    const { gradient, point } = floating(i, j);
    const stationary = gradient === 0 && fromDouble(toDouble(position)).equals(position);
    return stationary && regularizers !== undefined ? exactPoint(regularizers, request, i, position, occurring) : point;
  };
  yield { points };
  if (smooth.type !== 'cosine' || regularizers === undefined) return;
  const furthest = request.iterations * schedule.step + Math.max(...start.map(Math.abs));
  if (fromDouble(furthest).lte(largestSineArgument)) yield { points: precisePoints(regularizers, request, occurring) };
}

/** Binary digits of ∇d where doubles do not tell the sign of Ĝ. */
const preciseDigits = 256;

/**
 * d = w(1 − cos x) with rational r_k: w sin x to many digits, everything else in rationals. ρ_k/γ moves by at most the error of ∇d,
 * as ∇d itself does. For rational x ≠ 0 sin x is transcendental, so that Ĝ is never exactly 0 there: no tie is in doubt.
 */
function precisePoints(problem: RationalProblemAtStep, request: ExactRequest, occurring: readonly number[]): PointsOf {
  const weight = fromDouble(request.instance.problem.smooth['weight'] as number);
  const error = weight.mul(rational(1n, 1n << BigInt(preciseDigits - 1)));
  return (i, j) => {
    const x = latticePosition(request, i, j);
    const slope = weight.mul(sine(x, preciseDigits));
    const { form, term, termError } = exactPoint(problem, request, i, x, occurring, slope);
    const tolerance = x.n === 0n ? zero : error;
    return { form: { ...form, tolerance }, term, termError: termError + 2 ** (2 - preciseDigits) * toDouble(weight) };
  };
}

/** x⁰_i + γj, exactly. */
function latticePosition({ instance, schedule }: ExactRequest, i: number, j: number): Rational {
  return fromDouble(instance.start[i]!).add(fromDouble(schedule.step).mul(rational(BigInt(j))));
}

/** The problem in rationals, if its functions have them. Its θ is never used: as doubles the θ_k need not sum to exactly 1. */
function rationalParts(
  smooth: Specification,
  functions: readonly Specification[],
  dimension: number,
  step: number,
): RationalProblemAtStep | undefined {
  const probabilities = functions.map((_, k) => (k === 0 ? 1 : 0));
  const problem = whereRational(() => rationalProblem({ smooth, functions, probabilities }, dimension));
  return problem instanceof NotRationalError ? undefined : atStep(problem, fromDouble(step));
}

/** @param slope ∇d at x, in place of that of the problem's d */
function exactPoint(
  problem: RationalProblemAtStep,
  { instance }: ExactRequest,
  i: number,
  x: Rational,
  occurring: readonly number[],
  slope?: Rational,
): LatticePoint {
  const coordinate = problem.coordinates[i]!;
  const mappings = componentMappings(
    slope === undefined ? coordinate : { ...coordinate, smooth: { ...coordinate.smooth, derivative: () => slope } },
    problem.step,
    x,
  );
  const theta = instance.problem.probabilities.map(fromDouble);
  const term = toDouble(sum(mappings.map((mapping, k) => theta[k]!.mul(mapping))).abs());
  const values = occurring.map((k) => mappings[k]!);
  return { form: { values, tolerance: zero }, term, termError: term * 2 ** -53 };
}

/** A lattice point in floating point, and ∇d there. */
interface FloatingPoint {
  readonly gradient: number;
  readonly point: LatticePoint;
}

function floatingPoints(
  request: ExactRequest,
  problem: ProblemAtStep,
  occurring: readonly number[],
): (coordinate: number, j: number) => FloatingPoint {
  const { instance, iterations, schedule } = request;
  const { step } = schedule;
  const { smooth, functions } = problem.problem;
  const dimension = instance.start.length;
  const lipschitz = problem.problem.lipschitz(dimension).coordinateLipschitz ?? new Float64Array(dimension);
  const known = Array.from({ length: 2 * iterations - 1 }, (_, index) => {
    const x = Float64Array.from(instance.start, (_, i) =>
      toDouble(latticePosition(request, i, index + 1 - iterations)),
    );
    const gradient = smooth.gradient(x);
    const mappings = occurring.map((k) =>
      problem.stochasticGradientMappingFromCounts(
        functions.map((_, l) => (l === k ? 1 : 0)),
        x,
      ),
    );
    return { x, gradient, mappings, mean: problem.gradientMapping(x) };
  });
  return (i, j) => {
    const { x, gradient, mappings, mean } = known[j + iterations - 1]!;
    const slope = Math.abs(gradient[i]!);
    const moved = lipschitz[i]! * (Math.abs(x[i]!) + step);
    const error = Math.max(...mappings.map((h) => rounding * (slope + Math.abs(h[i]! - gradient[i]!) + moved)));
    const values = mappings.map((h) => fromDouble(h[i]!));
    const point = { form: { values, tolerance: fromDouble(error) }, term: Math.abs(mean[i]!), termError: error };
    return { gradient: gradient[i]!, point };
  };
}
