import { type Implementation, NotOfferedError, type StatefulStepRequest } from './implementation.js';
import { isOffered } from './restrictions.js';

/** The implementation, never asked for anything that it declares as not offered. */
export function withinRestrictions(implementation: Implementation): Implementation {
  const { restrictions } = implementation.description;
  if (restrictions === undefined) return implementation;
  const offered = (value: unknown, batches: readonly (readonly number[])[] = []): void => {
    const isOne = restrictions.oneDraw !== true || batches.every(({ length }) => length <= 1);
    if (!isOne || !isOffered(value, restrictions)) throw new NotOfferedError('not asked, as it declares');
  };
  const { withoutHyperparameters = [], fixedHyperparameters = {} } = restrictions;
  const lacksNothing = ({ hyperparameters }: Pick<StatefulStepRequest, 'hyperparameters'>): void => {
    const used = withoutHyperparameters.some((name) => Number(hyperparameters[name] ?? 0) !== 0);
    const differs = Object.entries(fixedHyperparameters).some(
      ([name, value]) => value !== null && name in hyperparameters && hyperparameters[name] !== value,
    );
    if (used || differs) throw new NotOfferedError('not asked, as it declares');
  };
  return {
    ...implementation,
    prox: async (r, ...rest) => {
      offered(r);
      return implementation.prox(r, ...rest);
    },
    value: async (r, x) => {
      offered(r);
      return implementation.value(r, x);
    },
    gradient: async (r, x) => {
      offered(r);
      return implementation.gradient(r, x);
    },
    proximalGradient: async (problem, component, step, x) => {
      offered(problem);
      return implementation.proximalGradient(problem, component, step, x);
    },
    miniBatch: async (problem, indices, step, x) => {
      offered(problem, [indices]);
      return implementation.miniBatch(problem, indices, step, x);
    },
    gradientMapping: async (problem, step, x) => {
      offered(problem);
      return implementation.gradientMapping(problem, step, x);
    },
    step: async (request) => {
      offered(request.problem, request.workers ?? [request.indices]);
      return implementation.step(request);
    },
    run: async (request) => {
      offered(request.problem, request.workers?.flat() ?? request.indices);
      return implementation.run(request);
    },
    ...(implementation.statefulStep && {
      statefulStep: async (request) => {
        lacksNothing(request);
        offered([request.problem, request.hyperparameters], [request.indices]);
        return implementation.statefulStep!(request);
      },
    }),
    ...(implementation.resumedStep && {
      resumedStep: async (request) => {
        lacksNothing(request);
        offered([request.problem, request.hyperparameters], [request.indices]);
        return implementation.resumedStep!(request);
      },
    }),
    ...(implementation.statefulRun && {
      statefulRun: async (request) => {
        lacksNothing(request);
        offered([request.problem, request.hyperparameters], request.indices);
        return implementation.statefulRun!(request);
      },
    }),
  };
}
