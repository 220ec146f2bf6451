import fc from 'fast-check';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { dyadic, smallDimension } from '../../src/judging/arbitraries/dyadic.js';
import type { ProblemCase } from '../../src/judging/arbitraries/problem-case.js';
import { differenceTolerance, sharesOf } from '../../src/judging/judges/declared-accuracy.js';
import { judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { oracleOf } from '../../src/judging/judges/oracle.js';
import { maximumNorm } from '../../src/judging/judges/precision.js';
import { judgeSignStep } from '../../src/judging/judges/sign-step.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { differentiableTypes, problemParts } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { takeStep } from '../../src/reference/algorithms/iteration.js';
import { algorithms } from '../../src/reference/algorithms/registry.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { ProblemSpecification } from '../../src/reference/problem/problem.js';

/** d = 0 and r_k(u) = ⟨∇f_k(x), u⟩, the linearisation (11) of f_k at x without its constant, which no prox sees. */
function linearised({ problem, x }: ProblemCase): ProblemSpecification {
  const oracle = oracleOf(problem);
  const functions = oracle.functions.map((component) => ({
    type: 'linear',
    coefficients: Array.from(component.gradient!(x)),
  }));
  return { smooth: { type: 'zero' }, functions, probabilities: problem.probabilities };
}

/** A mini-batch of ⟨a, u⟩ and −⟨a, u⟩: dyadic numbers and a power of two as γ, so that every order of summation gives exactly 0. */
const tieCase: fc.Arbitrary<ProblemCase> = smallDimension(3).chain((dimension) =>
  fc
    .record({
      slope: fc.array(dyadic(), { minLength: dimension, maxLength: dimension }),
      x: fc.array(dyadic(), { minLength: dimension, maxLength: dimension }),
      step: fc.constantFrom(0.25, 0.5, 1, 2),
      indices: fc.constantFrom([0, 1], [1, 0], [0, 1, 1, 0]),
    })
    .map(({ slope, x, step, indices }) => ({
      problem: {
        smooth: { type: 'zero' },
        functions: [
          { type: 'linear', coefficients: slope },
          { type: 'linear', coefficients: slope.map((value) => 0 - value) },
        ],
        probabilities: [0.5, 0.5],
      },
      step,
      x: Float64Array.from(x),
      indices,
    })),
);

/** Where the mini-batch gradient is exactly 0, signProx and signSGD must take the same value of sgn(0), whichever it is. */
function tiePart(implementation: Implementation): PropertyPart[] {
  if (implementation.description.conventions.signOfZero === 'random') return [];
  return [
    propertyPart<ProblemCase>({
      name: 'ties: one value of sgn(0)',
      arbitrary: tieCase,
      judge: async ({ problem, step, x, indices }) => {
        const next = (algorithm: 'sign-prox' | 'sign-sgd') =>
          implementation.ask({ method: 'step', algorithm, problem, step, x: x.slice(), indices }).then(({ x }) => x);
        return judgeSame('signProx at a tie', await next('sign-prox'), await next('sign-sgd'));
      },
    }),
  ];
}

/**
 * Equations (11) and (12): with d = 0 and the f_k linearised at x, one iteration of SPGM is one of SGD and one of signProx is one of
 * signSGD. The reference is held to equality bit for bit (in the γ-divided residual form both average the same numbers in the
 * same order); other implementations to rounding, and to either sign where the average gradient is rounding, but to one value of
 * sgn(0) where it is exactly 0.
 */
export const claim = propertyClaim({
  id: 'eq12-sign-sgd-equivalence',
  version: 2,
  source: { section: '2.1', equation: '(11), (12)' },
  statement: 'for d = 0 and r_k linear, SPGM is SGD and signProx is signSGD',
  method: 'one iteration of each pair on the f_k and on their linearisations; bit for bit on the reference',
  requires: { methods: ['step'], algorithms: ['spgm', 'sgd', 'sign-prox', 'sign-sgd'] },
  success: 'holds',
  parts: (implementation) =>
    ['linear', 'zero'].some((type) => !implementation.description.functions.includes(type))
      ? []
      : [
          ...tiePart(implementation),
          ...problemParts(
            implementation,
            async (input) => {
              const { problem, step, x, indices } = input;
              const linear = linearised(input);
              const run = (algorithm: 'spgm' | 'sgd' | 'sign-prox' | 'sign-sgd', on: ProblemSpecification) =>
                implementation
                  .ask({ method: 'step', algorithm, problem: on, step, x: x.slice(), indices })
                  .then(({ x }) => x);
              const [spgm, sgd] = [await run('spgm', linear), await run('sgd', problem)];
              const [signProx, signSgd] = [await run('sign-prox', linear), await run('sign-sgd', problem)];
              const precision = unitRoundoff(implementation.description.dtype);
              const oracle = oracleOf(linear);
              const weights = sharesOf(indices, problem.probabilities.length);
              const error = differenceTolerance(implementation, linear, step, x, weights).error * (1 + maximumNorm(x));
              const same = judgeVector('SPGM against SGD', spgm, sgd, () => error);
              if (implementation.reference) {
                const residual = takeStep(algorithms.spgm, parseProblem(linear).at(step), x, indices, {
                  form: 'residual',
                });
                return worstOf([
                  same,
                  judgeSame('SPGM in the residual form', residual, sgd),
                  judgeSame('signProx', signProx, signSgd),
                ]);
              }
              const direction = oracle.gradient(weights, x)!;
              return worstOf([
                same,
                ...[signProx, signSgd].map((next, j) =>
                  judgeSignStep({
                    name: j === 0 ? 'signProx on linear r_k' : 'signSGD',
                    x,
                    step,
                    next,
                    direction,
                    error: error / step,
                    precision,
                  }),
                ),
              ]);
            },
            { functionTypes: differentiableTypes, smoothTypes: ['zero'] },
          ),
        ],
});
