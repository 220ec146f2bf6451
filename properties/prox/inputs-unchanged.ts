import { generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/claims/arbitraries/prox-case.js';
import { lackingHyperparameters } from '../../src/claims/arbitraries/restricted.js';
import { worstOf } from '../../src/claims/judges/judgement.js';
import { judgeSame } from '../../src/claims/properties/algorithm-parts.js';
import { differentiableTypes, problemParts } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { Hyperparameters } from '../../src/reference/algorithms/stateful/iteration.js';
import { type StatefulAlgorithmName, takesProxes } from '../../src/reference/algorithms/stateful/names.js';

/** Hyperparameters with which a step does all that it can. */
const settings: Readonly<Record<StatefulAlgorithmName, Hyperparameters>> = {
  'momentum-sgd': { momentum: 0.5, weightDecay: 1, decoupled: true },
  signum: { momentum: 0.5, weightDecay: 1, decoupled: true },
  lion: { beta1: 0.5, beta2: 0.5, weightDecay: 1 },
  rprop: { etaMinus: 0.5, etaPlus: 2, smallestStep: 0.125, largestStep: 4 },
  'error-feedback-sign-sgd': {},
  'prox-svrg': { epoch: 2, regularizer: { type: 'zero' } },
  'error-feedback-sign-prox': {},
  'sign-prox-momentum': { momentum: 0.5 },
  fista: {},
};

/** No call writes to its input: an iterate that is changed by evaluating P(x) is no longer x. */
export const claim = propertyClaim({
  id: 'inputs-unchanged',
  version: 2,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement: 'evaluating prox, P_k, P̂, G or a step leaves x as it was',
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
      const { methods, functions, algorithms, statefulAlgorithms = [], restrictions } = implementation.description;
      const lacked = restrictions?.withoutHyperparameters ?? [];
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
      const isSmooth = problem.functions.every(({ type }) => differentiableTypes.includes(type));
      for (const algorithm of statefulAlgorithms) {
        if (!methods.includes('step') || !(isSmooth || takesProxes(algorithm))) continue;
        if (algorithm === 'prox-svrg' && !functions.includes('zero')) continue;
        await watch(algorithm, (input) => {
          const hyperparameters = lackingHyperparameters(settings[algorithm], lacked);
          const request = { algorithm, hyperparameters, problem, step, indices, state: null };
          return implementation.statefulStep!({ ...request, x: input });
        });
      }
      return worstOf(judgements);
    }),
  ],
});
