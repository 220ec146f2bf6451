import { type Implementation, NotOfferedError, type Question } from './implementation.js';
import { isOffered, type Restrictions } from './restrictions.js';

/** The mini-batches of a question. */
function batchesOf(question: Question): readonly (readonly number[])[] {
  if (question.method === 'step') return [question.indices ?? []];
  return (question.method === 'run' && question.indices) || [];
}

function isWithin(question: Question, restrictions: Restrictions): boolean {
  const { oneDraw = false, withoutHyperparameters = [], fixedHyperparameters = {} } = restrictions;
  const used = 'hyperparameters' in question ? question.hyperparameters : {};
  return (
    isOffered(question, restrictions) &&
    !(oneDraw && batchesOf(question).some(({ length }) => length > 1)) &&
    !withoutHyperparameters.some((name) => Number(used[name] ?? 0) !== 0) &&
    Object.entries(fixedHyperparameters).every(
      ([name, value]) => value === null || !(name in used) || used[name] === value,
    )
  );
}

/** The implementation, never asked for anything that it declares as not offered. */
export function withinRestrictions(implementation: Implementation): Implementation {
  const { restrictions } = implementation.description;
  if (restrictions === undefined) return implementation;
  return {
    ...implementation,
    async ask(question) {
      if (!isWithin(question, restrictions)) throw new NotOfferedError('not asked, as it declares');
      return implementation.ask(question);
    },
  };
}
