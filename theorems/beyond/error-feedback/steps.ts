import fc from 'fast-check';
import {
  atStep,
  batchWeights,
  type Compressor,
  errorFeedbackIteration,
  fromDouble,
  maximum,
  multinomialLaw,
  one,
  type Rational,
  type RationalProblemAtStep,
  rational,
  scaledSigns,
  squareRootBelow,
  zero,
} from '../../../src/library/exact.js';
import {
  dyadic,
  positiveDyadic,
  proofFamilies,
  rationalSmoothTypes,
  rememberRecent,
  type SmoothProblemCase,
  smoothProblemCase,
  turnedProblemCase,
} from '../../../src/library/testing.js';
import { exact, vectorsOver } from '../../lines/arithmetic.js';
import { rationalProblemOf } from '../../lines/case-categories.js';
import { coordinateConstants, largestOf, pointOf } from '../../lines/exact-iteration.js';
import { atMost, type Line, objective } from '../../lines/iteration.js';
import { exactLinesClaim, runsAt } from '../../lines/line-claim.js';

const { squaredNorm, minus, plus, inner } = vectorsOver(exact);
const { sum, product, quotient, negative, of } = exact;

/** Where e is, at which some line is an equality or near it. */
type ErrorPlace =
  /** Anywhere. */
  | 'anywhere'
  /** e = γηG(x), where 2‖e‖‖G‖ = ‖e‖²/(γη) + γη‖G‖². */
  | 'aligned'
  /** m has one entry that is not 0, where C(m) = (‖m‖₁/n) sgn m leaves out 1 − 1/n of ‖m‖² unless sgn(0) = 0. */
  | 'single';

/** A problem with an iterate x, what its messages have left out, and a compressor. */
interface FeedbackCase extends SmoothProblemCase {
  /** e, or for a single entry its size. */
  readonly error: readonly number[];
  readonly place: ErrorPlace;
  /** C(m) = (‖m‖₁/n) sgn m; else C(m) = m/(1 + η), of which ρ = ω/(1 + ω) with ω = η, and which leaves out ρ of every m. */
  readonly signs: boolean;
  readonly eta: number;
  readonly iterations: number;
}

const vector = (entry: fc.Arbitrary<number>, n: number) => fc.array(entry, { minLength: n, maxLength: n });

/** In a run the fractions of a rational d would grow beyond use; a run is followed over all mini-batches, of which there must be few. */
const sizes = {
  iteration: { smoothTypes: rationalSmoothTypes, maximumBatch: 3, maximumComponents: 3 },
  run: { smoothTypes: ['zero', 'quadratic', 'huber'], maximumBatch: 1, maximumComponents: 2 },
} as const;
type Kind = keyof typeof sizes;

/** Any e, compressor and η for a problem. */
const anywhere = (problem: fc.Arbitrary<SmoothProblemCase>): fc.Arbitrary<FeedbackCase> =>
  problem.chain((input) =>
    fc
      .record({
        error: vector(dyadic(2, 4), input.x.length),
        place: fc.constantFrom<ErrorPlace>('anywhere', 'aligned', 'single'),
        signs: fc.boolean(),
        eta: positiveDyadic(2, 8),
        iterations: fc.integer({ min: 1, max: 4 }),
      })
      .map((rest) => ({ ...input, ...rest })),
  );

/**
 * d and the r_k parabolas of one curvature, two of them at the same distance on both sides of x: ∇d and ∇r bend as much as L allows, and if the centre of d is x then
 * G(x) = 0, so that all is noise. In an iteration a large η makes much of e = γηG; in a run short steps from G = 0 and a small η make most of the noise.
 */
function matched(kind: Kind): fc.Arbitrary<FeedbackCase> {
  const { maximumBatch } = sizes[kind];
  const [distances, etas, scale] = kind === 'run' ? [[0], [1 / 8], 1 / 16] : [[0, 1, 1], [1 / 8, 1, 16, 16], 1];
  const parabolas = { smoothTypes: ['zero'], families: ['parabolas'], maximumComponents: 1, maximumBatch } as const;
  return anywhere(smoothProblemCase(parabolas)).chain((input) =>
    fc
      .record({ distance: fc.constantFrom(...distances), eta: fc.constantFrom(...etas) })
      .map(({ distance, eta }): FeedbackCase => {
        const { curvature } = input.problem.functions[0]!;
        const around = (shift: number) => ({
          ...{ type: 'quadratic', curvature },
          center: Array.from(input.x, (value) => value + shift),
        });
        return {
          ...input,
          problem: { smooth: around(distance), functions: [around(1), around(-1)], probabilities: [0.5, 0.5] },
          indices: input.indices.map((k, b) => (k + b) % 2),
          step: scale * input.step,
          ...{ eta, place: 'aligned' },
        };
      }),
  );
}

/** One slope and a parabola, with e = 0: the descent lemma is an equality, and nothing else is lost. */
const steepest = ({ maximumBatch }: { readonly maximumBatch: number }): fc.Arbitrary<FeedbackCase> =>
  anywhere(smoothProblemCase({ smoothTypes: ['zero'], families: ['steepest'], maximumBatch })).map((input) => ({
    ...input,
    ...{ place: 'anywhere' as const, error: input.error.map(() => 0), eta: 2 ** -6 },
  }));

/** d = 0 and two slopes that cancel: G = 0 everywhere, and all of e is noise. */
const walk: fc.Arbitrary<FeedbackCase> = anywhere(
  smoothProblemCase({ smoothTypes: ['zero'], families: ['linear'], maximumComponents: 1, maximumBatch: 1 }),
).map((input) => {
  const slope = input.problem.functions[0]!.coefficients as readonly number[];
  const functions = [1, -1].map((sign) => ({ type: 'linear', coefficients: slope.map((entry) => sign * entry) }));
  return { ...input, problem: { ...input.problem, functions, probabilities: [0.5, 0.5] }, eta: 1 / 8 };
});

/** Short steps far from the common centre of two parabolas: G hardly changes, and e comes to what it is bounded by. */
const straight: fc.Arbitrary<FeedbackCase> = anywhere(
  smoothProblemCase({ smoothTypes: ['zero'], families: ['parabolas'], maximumComponents: 1, maximumBatch: 1 }),
).map((input) => {
  const curvature = 2 ** -6 * (input.problem.functions[0]!.curvature as number);
  const center = Array.from(input.x, (value) => value + 1);
  const parabola = { type: 'quadratic', curvature, center };
  return {
    ...input,
    problem: { smooth: parabola, functions: [parabola], probabilities: [1] },
    ...{ step: 1 / 4, eta: 2, iterations: 16 },
  };
});

/** Cases for one iteration, or for whole runs: any, coupled ones, and those in which the lines are equalities or near it. */
function feedbackCases(kind: Kind): fc.Arbitrary<FeedbackCase>[] {
  const options = { ...sizes[kind], families: proofFamilies.rational };
  return [
    anywhere(smoothProblemCase({ ...options, maximumDimension: 3 })),
    anywhere(turnedProblemCase(options)),
    matched(kind),
    steepest(options),
    ...(kind === 'run' ? [walk, straight] : []),
  ];
}

/** What one draw may be, or a mini-batch, with the weights c_k/B. */
interface StepOutcome {
  readonly probability: Rational;
  readonly weights: readonly Rational[];
}

/** A case in rationals. */
interface ExactFeedbackCase {
  readonly at: RationalProblemAtStep;
  readonly x: readonly Rational[];
  /** G(x). */
  readonly mapping: readonly Rational[];
  /** L of ∇d and of every ∇r_k, the least one. */
  readonly lipschitz: Rational;
  readonly eta: Rational;
  readonly compress: Compressor;
  /** ρ with ‖m − C(m)‖ ≤ ρ‖m‖, rounded up where it is no rational, and ω = ρ/(1 − ρ). */
  readonly rho: Rational;
  readonly omega: Rational;
  /** Every mini-batch. */
  readonly outcomes: readonly StepOutcome[];
}

/** The square root of 1 − 1/n, or the next multiple of 2⁻⁶⁴ above it. */
function signContraction(n: number): Rational {
  const square = rational(BigInt(n - 1), BigInt(n));
  const below = squareRootBelow(square);
  return product(below, below).equals(square) ? below : sum(below, rational(1n, 1n << 64n));
}

function exactFeedbackCase(input: FeedbackCase): ExactFeedbackCase {
  const problem = rationalProblemOf(input);
  const at = atStep(problem, fromDouble(input.step));
  const x = Array.from(input.x, fromDouble);
  const eta = fromDouble(input.eta);
  const rho = input.signs ? signContraction(x.length) : quotient(eta, sum(one, eta));
  const size = rational(BigInt(input.indices.length));
  return {
    ...{ at, x, eta, rho },
    mapping: at.residualMapping(problem.probabilities, x),
    lipschitz: largestOf(coordinateConstants(problem)),
    compress: input.signs
      ? scaledSigns(input.signOfZero)
      : (m) => m.map((entry) => product(entry, sum(one, negative(rho)))),
    omega: quotient(rho, sum(one, negative(rho))),
    outcomes: multinomialLaw(problem.probabilities, input.indices.length).map(({ counts, probability }) => ({
      probability,
      weights: counts.map((count) => rational(BigInt(count)).div(size)),
    })),
  };
}

/** E‖Ĝ(x) − G(x)‖² of a mini-batch. */
const varianceAt = ({ at, outcomes }: Pick<ExactFeedbackCase, 'at' | 'outcomes'>, x: readonly Rational[]): Rational => {
  const mapping = at.residualMapping(at.problem.probabilities, x);
  return sum(
    ...outcomes.map(({ probability, weights }) =>
      product(probability, squaredNorm(minus(at.residualMapping(weights, x), mapping))),
    ),
  );
};

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface StepConstants {
  /** 1 of ρ²‖m‖². */
  readonly contraction: number;
  /** 1/2 of (γ²L/2)‖Ĝ‖², and of (γ²L/2)‖Ĝ − G‖². */
  readonly estimate: number;
  readonly noise: number;
  /** 2 of 2L‖e‖. */
  readonly difference: number;
  /** 1/2 of −γ(1 − γL/2)‖G‖², and 1 of γLη‖G‖², of (L/η)‖e‖² and of γ²Lσ²/B. */
  readonly curvature: number;
  readonly young: number;
  readonly error: number;
  readonly variance: number;
  /** 1 of ρ‖e‖², of ρ²γ²‖G‖²/(1 − ρ) and of ρ²γ²σ²/B. */
  readonly kept: number;
  readonly added: number;
  readonly drawn: number;
}

const scaled = (factor: Rational, vector: readonly Rational[]): Rational[] =>
  vector.map((entry) => product(factor, entry));

/** e as the place of the case says. */
function errorOf(input: FeedbackCase): readonly Rational[] {
  const { at, x, mapping, eta } = knownStep(input);
  const given = input.error.map(fromDouble);
  if (input.place === 'aligned') return scaled(product(at.step, eta), mapping);
  if (input.place === 'anywhere') return given;
  const sent = scaled(at.step, at.residualMapping(batchWeights(input.indices, at.problem.probabilities.length), x));
  return minus(
    given.map((entry, i) => (i === 0 ? entry : of(0))),
    sent,
  );
}

const knownStep = rememberRecent(exactFeedbackCase, 8);

function stepLines(input: FeedbackCase, constants: StepConstants): Line<Rational>[] {
  const { at, x, mapping, lipschitz, eta, compress, rho, outcomes } = knownStep(input);
  const error = errorOf(input);
  const { step } = at;
  const curved = product(step, step, lipschitz);
  const y = pointOf(at, minus(x, error));
  const z = pointOf(at, minus(y.point, scaled(step, mapping)));
  const gradient = plus(y.smoothGradient, z.regularizerGradient);
  const after = (weights: readonly Rational[]) => {
    const next = errorFeedbackIteration(at, weights, { x, error }, compress);
    return { ...next, estimate: at.residualMapping(weights, x), value: valueAt(minus(next.x, next.error)) };
  };
  const valueAt = (point: readonly Rational[]): Rational => objective(exact, pointOf(at, point));
  const drawn = after(batchWeights(input.indices, at.problem.probabilities.length));
  const law = outcomes.map(({ probability, weights }) => ({ probability, ...after(weights) }));
  const expected = (term: (next: (typeof law)[number]) => Rational): Rational =>
    sum(...law.map((next) => product(next.probability, term(next))));
  const variance = varianceAt({ at, outcomes }, x);
  const [squaredError, squaredMapping] = [squaredNorm(error), squaredNorm(mapping)];
  const squaredRho = product(rho, rho);
  return [
    atMost(
      '‖m − C(m)‖² ≤ ρ²‖m‖²',
      squaredNorm(drawn.error),
      product(of(constants.contraction), squaredRho, squaredNorm(drawn.message)),
    ),
    atMost(
      'f(y⁺) ≤ f(y) − γ⟨h, Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖Ĝ − G‖²)',
      drawn.value,
      sum(
        objective(exact, y),
        negative(product(step, inner(gradient, drawn.estimate))),
        product(of(constants.estimate), curved, squaredNorm(drawn.estimate)),
        product(of(constants.noise), curved, squaredNorm(minus(drawn.estimate, mapping))),
      ),
    ),
    atMost(
      '‖h − G‖² ≤ 4L²‖e‖²',
      squaredNorm(minus(gradient, mapping)),
      product(of(constants.difference), of(constants.difference), lipschitz, lipschitz, squaredError),
    ),
    atMost(
      'E[f(y⁺) | x, e] ≤ f(y) − γ(1 − γL/2 − γLη)‖G‖² + (L/η)‖e‖² + γ²Lσ²/B',
      expected(({ value }) => value),
      sum(
        objective(exact, y),
        negative(product(step, squaredMapping)),
        product(of(constants.curvature), curved, squaredMapping),
        product(of(constants.young), curved, eta, squaredMapping),
        product(of(constants.error), quotient(lipschitz, eta), squaredError),
        product(of(constants.variance), curved, variance),
      ),
    ),
    atMost(
      'E[‖e⁺‖² | x, e] ≤ ρ‖e‖² + ρ²γ²‖G‖²/(1 − ρ) + ρ²γ²σ²/B',
      expected(({ error: next }) => squaredNorm(next)),
      sum(
        product(of(constants.kept), rho, squaredError),
        product(of(constants.added), quotient(squaredRho, sum(of(1), negative(rho))), step, step, squaredMapping),
        product(of(constants.drawn), squaredRho, step, step, variance),
      ),
    ),
  ];
}

/** What a case is good for. */
function classifyStep(input: FeedbackCase): string[] {
  const { at, x, outcomes } = knownStep(input);
  return [
    input.signs ? 'scaled signs' : 'a share of m',
    input.place,
    ...(input.turned === true ? ['coupled'] : []),
    ...(input.signs && x.length > 1 ? [`n > 1, sgn(0) ${input.signOfZero}`] : []),
    ...(x.length === 3 ? ['n = 3'] : []),
    ...(varianceAt({ at, outcomes }, x).n > 0n ? ['noise'] : []),
  ];
}

/**
 * One iteration of signProx with error feedback, at y = x − e, which moves by −γĜ(x): inequality (7) is the proof of Theorem 1♯ at y with
 * h = ∇d(y) + ∇r(z), z = y − γG(x), in place of G(x), from which it differs by 2L‖e‖ at most; and the errors shrink by ρ. Every C with ‖m − C(m)‖ ≤ ρ‖m‖ will do: beside
 * the scaled signs the lines are judged for a C(m) that leaves out ρ of every m, with which they are equalities.
 */
export const errorFeedbackStepClaim = exactLinesClaim({
  id: 'error-feedback-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'error feedback, one step' },
  statement:
    'f(y⁺) ≤ f(y) − γ⟨h, Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖Ĝ − G‖²) at y = x − e for signProx with error feedback, ‖h − G‖ ≤ 2L‖e‖, and E‖e⁺‖² ≤ ρ‖e‖² + ρ²γ²‖G‖²/(1 − ρ) + ρ²γ²σ²/B',
  method:
    'every line on generated instances, coupled ones among them, over all outcomes of the mini-batch, in rationals without a tolerance; σ²/B is the variance at x',
  hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
  constants: {
    ...{ contraction: 1, estimate: 1 / 2, noise: 1 / 2, difference: 2, curvature: 1 / 2, young: 1, error: 1 },
    ...{ variance: 1, kept: 1, added: 1, drawn: 1 },
  },
  runsAt,
  arbitrary: feedbackCases('iteration'),
  linesOf: stepLines,
  classify: classifyStep,
  mustReach: [
    ...['scaled signs', 'a share of m', 'anywhere', 'aligned', 'single', 'coupled', 'n = 3', 'noise'],
    ...['zero', 'positive', 'negative'].map((convention) => `n > 1, sgn(0) ${convention}`),
  ],
});

/** The constants of the theorem, as numbers of their own so that tests can change them. */
interface RunConstants {
  /** 1 of γ²ω²Σ‖G‖² and of γ²ρω(T − 1)σ²/B. */
  readonly mappings: number;
  readonly draws: number;
  /** 1/2 and 1 of ½ + η + ω²/η. */
  readonly curvature: number;
  readonly errors: number;
  /** 1 of Δ, and of (1 + ρω/η)(1 − 1/T)γLσ²/B. */
  readonly gap: number;
  readonly noise: number;
}

/** A point that a path has come to. */
interface Visited {
  readonly probability: Rational;
  readonly x: readonly Rational[];
  readonly error: readonly Rational[];
}

/** Runs over all sequences of mini-batches. */
function runOf(input: FeedbackCase) {
  const exactCase = exactFeedbackCase(input);
  const { at, x, compress, outcomes } = exactCase;
  let states: readonly Visited[] = [{ probability: one, x, error: x.map(() => zero) }];
  const visited: Visited[] = [];
  let [variance, end] = [zero, zero];
  for (let t = 1; t <= input.iterations; t++) {
    visited.push(...states);
    if (t === input.iterations) break;
    // The last iteration is taken without its noise: no variance of it is in the bound.
    variance = states.map((state) => varianceAt(exactCase, state.x)).reduce(maximum, variance);
    states = states.flatMap(({ probability, ...state }) =>
      outcomes.map((outcome) => ({
        ...errorFeedbackIteration(at, outcome.weights, state, compress),
        probability: product(probability, outcome.probability),
      })),
    );
  }
  for (const { probability, x: last, error } of states) {
    const full = at.weightedMean(at.problem.probabilities, last);
    end = sum(end, product(probability, at.objective(minus(full, error))!));
  }
  const total = (term: (state: Visited) => Rational): Rational =>
    sum(...visited.map((state) => product(state.probability, term(state))));
  return {
    ...{ exactCase, variance, end },
    /** Σ E‖G(x^{t−1})‖² and Σ E‖e^{t−1}‖². */
    mappings: total((state) => squaredNorm(at.residualMapping(at.problem.probabilities, state.x))),
    errors: total(({ error }) => squaredNorm(error)),
  };
}

const knownRun = rememberRecent(runOf, 8);

function runLines(input: FeedbackCase, constants: RunConstants): Line<Rational>[] {
  const { exactCase, variance, end, mappings, errors } = knownRun(input);
  const { at, x, lipschitz, eta, rho, omega } = exactCase;
  const { step } = at;
  const curved = product(step, lipschitz);
  const noisy = rational(BigInt(input.iterations - 1));
  return [
    atMost(
      'Σ E‖e^t‖² ≤ γ²ω² Σ E‖G(x^{t−1})‖² + γ²ρω(T − 1)σ²/B',
      errors,
      product(
        step,
        step,
        omega,
        sum(product(of(constants.mappings), omega, mappings), product(of(constants.draws), rho, noisy, variance)),
      ),
    ),
    atMost(
      '(1 − γL(½ + η + ω²/η)) Σ E‖G(x^{t−1})‖² ≤ Δ/γ + (1 + ρω/η)(T − 1)γLσ²/B',
      product(
        step,
        sum(
          one,
          negative(
            product(
              curved,
              sum(
                of(constants.curvature),
                product(of(constants.errors), sum(eta, quotient(product(omega, omega), eta))),
              ),
            ),
          ),
        ),
        mappings,
      ),
      sum(
        product(of(constants.gap), sum(at.objective(x)!, negative(end))),
        product(of(constants.noise), sum(one, quotient(product(rho, omega), eta)), noisy, step, curved, variance),
      ),
    ),
  ];
}

/** What a case is good for. */
const classifyRun = (input: FeedbackCase): string[] => {
  const { exactCase, variance } = knownRun(input);
  return [
    input.signs ? 'scaled signs' : 'a share of m',
    ...(input.turned === true ? ['coupled'] : []),
    ...(exactCase.x.length > 1 ? ['n > 1'] : []),
    ...(variance.gt(zero) ? ['noise'] : []),
    `T = ${input.iterations}`,
  ];
};

/**
 * Whole runs of signProx with error feedback: the sum (8) of the errors, and the theorem for any η > 0, with the largest variance on the way in place of σ²/B, and with
 * f(x⁰) − E f(y^{T−1} − γG(x^{T−1})), which is at most Δ, in its place.
 */
export const errorFeedbackExactClaim = exactLinesClaim({
  id: 'error-feedback-exact',
  version: 1,
  source: { section: 'beyond the paper', equation: 'error feedback, (8)' },
  statement:
    'Σ E‖e^t‖² ≤ γ²ω² Σ E‖G‖² + γ²ρω(T − 1)σ²/B for signProx with error feedback, and (1 − γL(½ + η + ω²/η)) Σ E‖G‖² ≤ Δ/γ + (1 + ρω/η)(T − 1)γLσ²/B for every η > 0',
  method:
    'all sequences of mini-batches for T ≤ 4, and of one component for T = 16, on generated instances, coupled ones among them, in rationals without a tolerance',
  hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
  constants: { mappings: 1, draws: 1, curvature: 1 / 2, errors: 1, gap: 1, noise: 1 },
  runsAt,
  part: 'over all paths',
  arbitrary: feedbackCases('run'),
  linesOf: runLines,
  classify: classifyRun,
  mustReach: [
    ...['scaled signs', 'a share of m', 'coupled', 'n > 1', 'noise'],
    ...[1, 2, 3, 4, 16].map((T) => `T = ${T}`),
  ],
});
