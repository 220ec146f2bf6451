import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { pointOf } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { type Line, objective } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { runsAt } from '../../../src/claims/proofs/lines/line-claim.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { fromDouble, type Rational } from '../../../src/exact/arithmetic/rational.js';
import { errorFeedbackIteration } from '../../../src/exact/engines/error-feedback.js';
import { batchWeights } from '../../../src/exact/problem/rational-problem.js';
import { rememberRecent } from '../../../src/reference/functions/definition/parse.js';
import { exactFeedbackCase, type FeedbackCase, feedbackCases, varianceAt } from './error-feedback-case.js';

const { of, sum, product, quotient, negative } = exact;
const { plus, minus, inner, squaredNorm } = vectorsOver(exact);

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
  const { at, x, mapping, eta } = known(input);
  const given = input.error.map(fromDouble);
  if (input.place === 'aligned') return scaled(product(at.step, eta), mapping);
  if (input.place === 'anywhere') return given;
  const sent = scaled(at.step, at.residualMapping(batchWeights(input.indices, at.problem.probabilities.length), x));
  return minus(
    given.map((entry, i) => (i === 0 ? entry : of(0))),
    sent,
  );
}

const known = rememberRecent(exactFeedbackCase, 8);

function linesOf(input: FeedbackCase, constants: StepConstants): Line<Rational>[] {
  const { at, x, mapping, lipschitz, eta, compress, rho, outcomes } = known(input);
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
    {
      name: '‖m − C(m)‖² ≤ ρ²‖m‖²',
      left: squaredNorm(drawn.error),
      relation: '≤',
      right: product(of(constants.contraction), squaredRho, squaredNorm(drawn.message)),
    },
    {
      name: 'f(y⁺) ≤ f(y) − γ⟨h, Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖Ĝ − G‖²)',
      left: drawn.value,
      relation: '≤',
      right: sum(
        objective(exact, y),
        negative(product(step, inner(gradient, drawn.estimate))),
        product(of(constants.estimate), curved, squaredNorm(drawn.estimate)),
        product(of(constants.noise), curved, squaredNorm(minus(drawn.estimate, mapping))),
      ),
    },
    {
      name: '‖h − G‖² ≤ 4L²‖e‖²',
      left: squaredNorm(minus(gradient, mapping)),
      relation: '≤',
      right: product(of(constants.difference), of(constants.difference), lipschitz, lipschitz, squaredError),
    },
    {
      name: 'E[f(y⁺) | x, e] ≤ f(y) − γ(1 − γL/2 − γLη)‖G‖² + (L/η)‖e‖² + γ²Lσ²/B',
      left: expected(({ value }) => value),
      relation: '≤',
      right: sum(
        objective(exact, y),
        negative(product(step, squaredMapping)),
        product(of(constants.curvature), curved, squaredMapping),
        product(of(constants.young), curved, eta, squaredMapping),
        product(of(constants.error), quotient(lipschitz, eta), squaredError),
        product(of(constants.variance), curved, variance),
      ),
    },
    {
      name: 'E[‖e⁺‖² | x, e] ≤ ρ‖e‖² + ρ²γ²‖G‖²/(1 − ρ) + ρ²γ²σ²/B',
      left: expected(({ error: next }) => squaredNorm(next)),
      relation: '≤',
      right: sum(
        product(of(constants.kept), rho, squaredError),
        product(of(constants.added), quotient(squaredRho, sum(of(1), negative(rho))), step, step, squaredMapping),
        product(of(constants.drawn), squaredRho, step, step, variance),
      ),
    },
  ];
}

/** What a case is good for. */
function classify(input: FeedbackCase): string[] {
  const { at, x, outcomes } = known(input);
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
export const claim = claimOf(
  {
    ...{ contraction: 1, estimate: 1 / 2, noise: 1 / 2, difference: 2, curvature: 1 / 2, young: 1, error: 1 },
    ...{ variance: 1, kept: 1, added: 1, drawn: 1 },
  },
  (constants: StepConstants) =>
    propertyClaim({
      id: 'error-feedback-step',
      version: 1,
      source: { section: 'beyond the paper', equation: 'error feedback, one step' },
      statement:
        'f(y⁺) ≤ f(y) − γ⟨h, Ĝ⟩ + (γ²L/2)(‖Ĝ‖² + ‖Ĝ − G‖²) at y = x − e for signProx with error feedback, ‖h − G‖ ≤ 2L‖e‖, and E‖e⁺‖² ≤ ρ‖e‖² + ρ²γ²‖G‖²/(1 − ρ) + ρ²γ²σ²/B',
      method:
        'every line on generated instances, coupled ones among them, over all outcomes of the mini-batch, in rationals without a tolerance; σ²/B is the variance at x',
      hypotheses: ['assumption-1b', 'assumption-1c', 'assumption-1d'],
      requires: { referenceOnly: true },
      success: 'proved-exactly',
      parts: (_implementation, { depth }) => [
        propertyPart<FeedbackCase>({
          ...runsAt[depth],
          name: 'in rationals',
          arbitrary: feedbackCases('iteration'),
          judge: (input) => judgeLines(linesOf(input, constants), exact, false),
          classify,
          mustReach: [
            ...['scaled signs', 'a share of m', 'anywhere', 'aligned', 'single', 'coupled', 'n = 3', 'noise'],
            ...['zero', 'positive', 'negative'].map((convention) => `n > 1, sgn(0) ${convention}`),
          ],
        }),
      ],
    }),
);
