import type { StatefulAlgorithmName } from './names.js';
import type { StatefulAlgorithm } from './stateful-algorithm.js';
import * as vocabulary from './vocabulary.js';

/** The definitions in the files beside this one, by name. */
export const statefulAlgorithms = Object.fromEntries(
  Object.values(vocabulary).map((algorithm) => [algorithm.name, algorithm]),
) as Readonly<Record<StatefulAlgorithmName, StatefulAlgorithm>>;
