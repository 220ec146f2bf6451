import { generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/claims/arbitraries/prox-case.js';
import { type StatefulCase, statefulCases } from '../../src/claims/arbitraries/stateful-case.js';
import type { Implementation, State } from '../../src/claims/implementation/implementation.js';
import { type Judgement, worstOf } from '../../src/claims/judges/judgement.js';
import { judgeSame } from '../../src/claims/properties/algorithm-parts.js';
import { problemParts } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import { statefulTypes } from '../../src/claims/properties/stateful-runs.js';
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
      async judge({ problem, step, hyperparameters, batches, x }) {
        const judgements: Judgement[] = [];
        let from = x;
        let state: State | null = null;
        for (const indices of batches.slice(0, 2)) {
          const input = from.slice();
          const request = { algorithm, hyperparameters, problem, step, indices, state };
          const next = await implementation.statefulStep!({ ...request, x: input });
          judgements.push(judgeSame(`x after ${algorithm}`, input, from));
          if (!next.x.every(Number.isFinite)) break;
          from = next.x;
          state = next.state;
        }
        return worstOf(judgements);
      },
    }),
  ];
}

/** No call writes to its input: an iterate that is changed by evaluating P(x) is no longer x. */
export const claim = propertyClaim({
  id: 'inputs-unchanged',
  version: 3,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'evaluating prox, P_k, P̂, G or a step does not change x',
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
          await implementation.prox(specification, step, input);
          return judgeSame('y after prox', input, y);
        },
      }),
    ),
    ...problemParts(implementation, async ({ problem, step, x, indices }) => {
      const { methods, algorithms } = implementation.description;
      const judgements = [{ ratio: 0 }];
      const watch = async (name: string, call: (input: Float64Array) => Promise<unknown>): Promise<void> => {
        const input = x.slice();
        await call(input);
        judgements.push(judgeSame(`x after ${name}`, input, x));
      };
      if (methods.includes('prox'))
        await watch('prox', (input) => implementation.prox(problem.functions[0]!, step, input));
      if (methods.includes('proximal-gradient')) {
        await watch('proximal-gradient', (input) => implementation.proximalGradient(problem, 0, step, input));
      }
      if (methods.includes('mini-batch')) {
        await watch('mini-batch', (input) => implementation.miniBatch(problem, indices, step, input));
      }
      if (methods.includes('gradient-mapping')) {
        await watch('gradient-mapping', (input) => implementation.gradientMapping(problem, step, input));
      }
      for (const algorithm of ['spgm', 'sign-prox'] as const) {
        if (!methods.includes('step') || !algorithms.includes(algorithm)) continue;
        await watch(algorithm, (input) => implementation.step({ algorithm, problem, step, x: input, indices }));
      }
      return worstOf(judgements);
    }),
    ...(implementation.description.statefulAlgorithms ?? []).flatMap((algorithm) =>
      statefulPart(implementation, algorithm),
    ),
  ],
});
