import { claimOf } from '../../../src/claims/claim-mutant.js';
import { exact } from '../../../src/claims/proofs/lines/arithmetic.js';
import { coordinateConstants, exactIterate } from '../../../src/claims/proofs/lines/exact-iteration.js';
import { type Iteration, type Line, objective } from '../../../src/claims/proofs/lines/iteration.js';
import { judgeLines } from '../../../src/claims/proofs/lines/judge-lines.js';
import { propertyClaim, propertyPart } from '../../../src/claims/properties/property-claim.js';
import { multinomialLaw } from '../../../src/exact/arithmetic/multinomial.js';
import { fromDouble, type Rational, rational } from '../../../src/exact/arithmetic/rational.js';
import { rationalProblem } from '../../../src/exact/problem/rational-problem.js';
import { rememberRecent } from '../../../src/reference/functions/definition/parse.js';
import { type SparseCase, sparseCase } from './sparse-draws.js';

const { of, sum, product, negative, magnitude } = exact;

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface SparseConstants {
  /** 1 of 1 − ϱ, under symmetric noise. */
  readonly symmetric: number;
  /** 2 of 1 − 2ϱ, without symmetry. */
  readonly any: number;
  /** 1 of γ²‖L‖₁. */
  readonly curvature: number;
}

/** The law of one step, and ϱ_i = P[Ĝ_i ≠ G_i] in every coordinate. */
function lawOf({ problem, x, miniBatch, step, signOfZero }: SparseCase) {
  const exactProblem = rationalProblem(problem, x.length);
  const iterate = exactIterate(exactProblem, fromDouble(step), x.map(fromDouble), 'sign-prox', signOfZero);
  const size = rational(BigInt(miniBatch));
  const outcomes = multinomialLaw(exactProblem.probabilities, miniBatch).map(({ counts, probability }) => ({
    probability,
    iteration: iterate.iteration(counts.map((count) => rational(BigInt(count)).div(size))),
  }));
  const expectation = (value: (iteration: Iteration<Rational>) => Rational): Rational =>
    sum(...outcomes.map(({ probability, iteration }) => product(probability, value(iteration))));
  const rarities = iterate.mapping.map((entry, i) =>
    expectation(({ stochasticMapping }) => of(stochasticMapping[i]!.equals(entry) ? 0 : 1)),
  );
  return { iterate, outcomes, expectation, rarities, lipschitz: coordinateConstants(exactProblem) };
}

const known = rememberRecent(lawOf, 8);

/** 1 − ϱ_i or 1 − 2ϱ_i. */
const margins = (input: SparseCase, { symmetric, any }: SparseConstants): Rational[] =>
  known(input).rarities.map((rarity) => sum(of(1), negative(product(of(input.symmetric ? symmetric : any), rarity))));

function linesOf(input: SparseCase, constants: SparseConstants): Line<Rational>[] {
  const { iterate, expectation, lipschitz } = known(input);
  const step = fromDouble(input.step);
  const factors = margins(input, constants);
  const terms = iterate.mapping.map((entry, i) => product(factors[i]!, magnitude(entry)));
  const signs: Line<Rational>[] = iterate.mapping.map((entry, i) => ({
    name: `E[G_i s_i] ≥ (1 − ϱ_i)|G_i|, coordinate ${i}`,
    left: terms[i]!,
    relation: '≤',
    right: product(
      entry,
      expectation(({ stochasticSigns }) => of(stochasticSigns[i]!)),
    ),
  }));
  if (factors.some(({ s }) => s < 0n)) return signs;
  return [
    ...signs,
    {
      name: 'E[f(x⁺) − f(x) | x] ≤ −γΣ(1 − ϱ_i)|G_i| + γ²‖L‖₁',
      left: expectation(({ next }) => sum(objective(exact, next), negative(objective(exact, iterate.x)))),
      relation: '≤',
      right: sum(
        negative(product(step, sum(...terms))),
        product(of(constants.curvature), step, step, sum(...lipschitz)),
      ),
    },
  ];
}

/** What a case is good for: noise that reverses a sign, however large it is, and a coordinate that it spares. */
function classify(input: SparseCase): string[] {
  const { iterate, outcomes, rarities } = known(input);
  const wrong = outcomes.some(({ iteration }) =>
    iteration.stochasticMapping.some((entry, i) => product(entry, iterate.mapping[i]!).s < 0n),
  );
  return [
    input.symmetric ? 'symmetric' : 'not symmetric',
    ...(wrong ? ['a reversed sign'] : []),
    ...(rarities.some((rarity) => !rarity.equals(rarities[0]!)) ? ['coordinates of different rarity'] : []),
    ...(input.miniBatch > 1 ? ['B > 1'] : []),
  ];
}

/**
 * Sparse noise, one step: where Ĝ_i − G_i is symmetric about 0 and differs from 0 with probability ϱ_i, a sign is wrong with probability ϱ_i/2 at most,
 * whatever the size of the noise is; without symmetry with probability ϱ_i. So the margin of `sign-prox-margin` is 1 − ϱ_i, or 1 − 2ϱ_i.
 */
export const claim = claimOf({ symmetric: 1, any: 2, curvature: 1 }, (constants: SparseConstants) =>
  propertyClaim({
    id: 'sparse-noise-step',
    version: 1,
    source: { section: 'beyond the paper', equation: 'Theorem 2 under sparse noise, one step' },
    statement:
      'E[f(x⁺) − f(x) | x] ≤ −γΣ(1 − ϱ_i)|G_i| + γ²‖L‖₁ for signProx where Ĝ_i − G_i is symmetric and ≠ 0 with probability ϱ_i; without symmetry with 1 − 2ϱ_i',
    method:
      'over all outcomes of mini-batches of one to three draws, on generated instances, in rationals without a tolerance',
    hypotheses: ['assumption-2b', 'assumption-2c'],
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [
      propertyPart<SparseCase>({
        name: 'in rationals',
        arbitrary: sparseCase,
        judge: (input) => judgeLines(linesOf(input, constants), exact, false),
        classify,
        mustReach: ['symmetric', 'not symmetric', 'a reversed sign', 'coordinates of different rarity', 'B > 1'],
      }),
    ],
  }),
);
