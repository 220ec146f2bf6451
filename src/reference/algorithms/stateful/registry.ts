import type { StatefulAlgorithmName } from './names.js';
import type { StatefulAlgorithm } from './stateful-algorithm.js';
import * as vocabulary from './vocabulary.js';

/** The definitions in the files beside this one, by name. */
export const statefulAlgorithms = Object.fromEntries(
  Object.values(vocabulary).map((algorithm) => [algorithm.name, algorithm]),
) as Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>>;

/** Whether a step needs nothing of a problem but one gradient, so that it is given that: no prox, and no gradient anywhere else. */
export const isGivenGradients = (name: string): boolean => {
  const { takes, parameters } = (statefulAlgorithms as Readonly<Record<string, StatefulAlgorithm>>)[name] ?? {};
  return takes === 'gradients' && Object.values(parameters!).every(({ kind }) => kind !== 'function');
};
