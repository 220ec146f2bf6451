import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import type { Line } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { runsAt } from '../../../src/claims/proofs/lines/line-claim.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { maximum, one, type Rational, rational, zero } from '../../../src/exact/arithmetic/rational.js';
import { errorFeedbackIteration } from '../../../src/exact/engines/error-feedback.js';
import { rememberRecent } from '../../../src/reference/functions/definition/parse.js';
import { exactFeedbackCase, type FeedbackCase, feedbackCases, varianceAt } from './error-feedback-case.js';

const { of, sum, product, quotient, negative } = exact;
const { minus, squaredNorm } = vectorsOver(exact);

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

const known = rememberRecent(runOf, 8);

function linesOf(input: FeedbackCase, constants: RunConstants): Line<Rational>[] {
  const { exactCase, variance, end, mappings, errors } = known(input);
  const { at, x, lipschitz, eta, rho, omega } = exactCase;
  const { step } = at;
  const curved = product(step, lipschitz);
  const noisy = rational(BigInt(input.iterations - 1));
  return [
    {
      name: 'Σ E‖e^t‖² ≤ γ²ω² Σ E‖G(x^{t−1})‖² + γ²ρω(T − 1)σ²/B',
      left: errors,
      relation: '≤',
      right: product(
        step,
        step,
        omega,
        sum(product(of(constants.mappings), omega, mappings), product(of(constants.draws), rho, noisy, variance)),
      ),
    },
    {
      name: '(1 − γL(½ + η + ω²/η)) Σ E‖G(x^{t−1})‖² ≤ Δ/γ + (1 + ρω/η)(T − 1)γLσ²/B',
      left: product(
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
      relation: '≤',
      right: sum(
        product(of(constants.gap), sum(at.objective(x)!, negative(end))),
        product(of(constants.noise), sum(one, quotient(product(rho, omega), eta)), noisy, step, curved, variance),
      ),
    },
  ];
}

/** What a case is good for. */
const classify = (input: FeedbackCase): string[] => {
  const { exactCase, variance } = known(input);
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
export const claim = claimOf(
  { mappings: 1, draws: 1, curvature: 1 / 2, errors: 1, gap: 1, noise: 1 },
  (constants: RunConstants) =>
    propertyClaim({
      id: 'error-feedback-exact',
      version: 1,
      source: { section: 'beyond the paper', equation: 'error feedback, (8)' },
      statement:
        'Σ E‖e^t‖² ≤ γ²ω² Σ E‖G‖² + γ²ρω(T − 1)σ²/B for signProx with error feedback, and (1 − γL(½ + η + ω²/η)) Σ E‖G‖² ≤ Δ/γ + (1 + ρω/η)(T − 1)γLσ²/B for every η > 0',
      method:
        'all sequences of mini-batches for T ≤ 4, and of one component for T = 16, on generated instances, coupled ones among them, in rationals without a tolerance',
      hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
      requires: { referenceOnly: true },
      success: 'proved-exactly',
      parts: (_implementation, { depth }) => [
        propertyPart<FeedbackCase>({
          ...runsAt[depth],
          name: 'over all paths',
          arbitrary: feedbackCases('run'),
          judge: (input) => judgeLines(linesOf(input, constants), exact, false),
          classify,
          mustReach: [
            ...['scaled signs', 'a share of m', 'coupled', 'n > 1', 'noise'],
            ...[1, 2, 3, 4, 16].map((T) => `T = ${T}`),
          ],
        }),
      ],
    }),
);
