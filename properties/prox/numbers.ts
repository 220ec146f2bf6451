import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation, State } from '../../src/claims/implementation/implementation.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { type OverflowCase, overflowCases } from '../../src/judging/arbitraries/overflow.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import { type StatefulCase, statefulCases } from '../../src/judging/arbitraries/stateful-case.js';
import { type SubnormalCase, subnormalCases } from '../../src/judging/arbitraries/subnormal.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { ofAnything, showVector, underflow } from '../../src/judging/judges/precision.js';
import { judgeKept } from '../../src/judging/parts/algorithm-parts.js';
import { problemParts } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import { iterationAt, statefulTypes } from '../../src/judging/parts/stateful-runs.js';
import { layoutOf } from '../../src/reference/algorithms/layout.js';
import type { StatefulAlgorithmName } from '../../src/reference/algorithms/stateful/names.js';

/** Cases of the part on each algorithm with memory. */
const runs = 30;

/** Two steps of an algorithm with memory: from none, and from what the first returned. */
function statefulPart(implementation: Implementation, algorithm: StatefulAlgorithmName): PropertyPart[] {
  const types = statefulTypes(implementation, algorithm, false);
  if (types === undefined || !implementation.description.methods.includes('step')) return [];
  return [
    propertyPart<StatefulCase>({
      name: `step of ${algorithm}`,
      arbitrary: statefulCases(algorithm, types),
      runs,
      async judge(drawn) {
        const { step, hyperparameters, x } = drawn;
        const judgements: Judgement[] = [];
        let from = x;
        let state: State | null = null;
        for (let t = 0; t < 2; t++) {
          const input = from.slice();
          const about = { algorithm, ...iterationAt(algorithm, drawn, t, from) };
          const request = { ...about, hyperparameters, step, state, ...layoutOf(drawn) };
          const next = await implementation.ask({ method: 'step', ...request, x: input });
          judgements.push(judgeKept(`x of ${algorithm}`, input, from));
          if (!next.x.every(Number.isFinite)) break;
          from = next.x;
          state = next.state;
        }
        return worstOf(judgements);
      },
    }),
  ];
}

/** Steps of Algorithms 1 and 2, each in cases of its own: one that writes to its x is not blamed on the other. */
function stepParts(implementation: Implementation): readonly PropertyPart[] {
  const { methods, algorithms } = implementation.description;
  if (!methods.includes('step')) return [];
  return (['spgm', 'sign-prox'] as const)
    .filter((algorithm) => algorithms.includes(algorithm))
    .flatMap((algorithm) =>
      problemParts(implementation, async ({ problem, step, x, indices }) => {
        const input = x.slice();
        await implementation.ask({ method: 'step', algorithm, problem, step, x: input, indices });
        return judgeKept(`x of ${algorithm}`, input, x);
      }).map((part) => ({ ...part, name: `${part.name}, ${algorithm}` })),
    );
}

/** No call writes to its input: an iterate that is changed by evaluating P(x) is no longer x. */
export const inputsUnchangedClaim = propertyClaim({
  id: 'inputs-unchanged',
  version: 3,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'evaluating a prox or a step does not change x',
  method: 'the vector passed in is compared bit for bit after every call that the implementation offers',
  requires: {},
  success: 'proved-exactly',
  parts: (implementation) => [
    ...generatableTypes(
      implementation.description.methods.includes('prox') ? implementation.description.functions : [],
      implementation.description.restrictions,
    ).map((type) =>
      propertyPart<ProxCase>({
        name: `prox of ${type}`,
        arbitrary: proxCase(type, implementation.description.functions, implementation.description.restrictions),
        async judge({ specification, step, y }) {
          const input = y.slice();
          (await implementation.ask({ method: 'prox', function: specification, step, x: input })).x;
          return judgeKept('y', input, y);
        },
      }),
    ),
    ...stepParts(implementation),
    ...(implementation.description.statefulAlgorithms ?? []).flatMap((algorithm) =>
      statefulPart(implementation, algorithm),
    ),
  ],
});

/**
 * Results below the smallest normal number, where IEEE-754 arithmetic loses digits one by one, and arithmetic that flushes loses all at once.
 * Each entry may be wrong by half of itself, which no rounding of a number with so many digits left comes near to: only an entry that became 0,
 * or another sign, is seen.
 */
export const proxGradualUnderflowClaim = propertyClaim({
  id: 'prox-gradual-underflow',
  version: 1,
  source: { section: 'beyond the paper', equation: 'IEEE 754' },
  statement: 'a prox whose result is below the smallest normal number is not flushed to zero',
  method: 'entrywise proxes at subnormal points and at exact subnormal differences, to within half of each entry',
  requires: { methods: ['prox'] },
  success: 'holds',
  effort: 0.1,
  parts: (implementation) => {
    const { functions, dtype, accuracy = {} } = implementation.description;
    // An error relative to the whole of y may be all of the result.
    return Object.entries(subnormalCases)
      .filter(([type]) => functions.includes(type) && !Object.hasOwn(accuracy, type))
      .map(([type, cases]) =>
        propertyPart<SubnormalCase>({
          name: type,
          arbitrary: cases(dtype),
          async judge({ specification, step, y, result }) {
            const prox = (await implementation.ask({ method: 'prox', function: specification, step, x: y.slice() })).x;
            const ratio = result.reduce(
              (worst, right, i) => Math.max(worst, (2 * Math.abs(prox[i]! - right)) / Math.abs(right)),
              0,
            );
            return {
              ratio,
              explanation: () => `y = ${showVector(y)}: returned ${showVector(prox)}, right is ${showVector(result)}`,
            };
          },
        }),
      );
  },
});

/** Roundings of each entry, relative to itself: neither y nor its norm is rounded against anything larger. */
const roundings = ofAnything;

/**
 * Proxes at points of which a formula that squares them or takes their exponential gives 0, an infinity or NaN, although the result is an
 * ordinary number. What a library puts in the place of NaN, such as 0, is as wrong.
 */
export const proxOverflowClaim = propertyClaim({
  id: 'prox-overflow',
  version: 1,
  source: { section: 'beyond the paper', equation: 'IEEE 754' },
  statement: 'a prox is right if squares or exponentials of its argument overflow, or absorb their summands',
  method: 'points whose results are known from formulas without overflow, to a few units of rounding of each entry',
  requires: { methods: ['prox'] },
  success: 'holds',
  effort: 0.1,
  parts: (implementation) => {
    const { functions, dtype, accuracy = {} } = implementation.description;
    return [...overflowCases]
      .filter(([type]) => functions.includes(type) && !Object.hasOwn(accuracy, type))
      .map(([type, cases]) =>
        propertyPart<OverflowCase>({
          name: type,
          arbitrary: cases(dtype),
          judge: async ({ specification, step, y, result }) =>
            judgeVector(
              'prox_{γr}(y)',
              (await implementation.ask({ method: 'prox', function: specification, step, x: y.slice() })).x,
              result,
              (i) => roundings * unitRoundoff(dtype) * Math.abs(result[i]!) + underflow(dtype),
            ),
        }),
      );
  },
});
