import fc from 'fast-check';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { type StatefulCase, statefulCases } from '../arbitraries/stateful-case.js';
import { type Implementation, ImplementationError, UnsupportedError } from '../implementation/implementation.js';
import { type MemoryConventions, usualConventions } from '../judges/stateful/conventions.js';
import { judgeRun } from '../judges/stateful/follow.js';
import { offeredCase } from './property-part.js';
import { iteratesOfRun, stepsByTurns } from './stateful-runs.js';
import { statefulTypes } from './stateful-types.js';

/** Iterations of a run that is asked for: the second shows what became of the first memory. */
const iterations = 3;

/** Rounds of such runs, however early one convention is left, and those after which what has not shown is taken as usual. */
const [fewest, rounds] = [3, 20];

const firsts = ['whole', 'weighted'] as const;
const buffers = ['heavy ball', 'mean'] as const;
const decays = ['before the step', 'after the step'] as const;

/** The open conventions of each algorithm, the usual one first. */
const open: Readonly<Partial<Record<StatefulAlgorithmName, readonly Partial<MemoryConventions>[]>>> = {
  'momentum-sgd': decays.flatMap((decay) =>
    buffers.flatMap((buffer) => firsts.map((first) => ({ first, buffer, decay }))),
  ),
  signum: decays.map((decay) => ({ decay })),
  lion: decays.map((decay) => ({ decay })),
  'sign-prox-momentum': firsts.map((first) => ({ first })),
};

/**
 * The only conventions with which all of some short runs of the algorithm are right, or the most usual of those; undefined where nothing is left
 * open, nothing can be asked, or none are right: other claims then report the error.
 */
export async function conventionsOf(
  implementation: Implementation,
  algorithm: StatefulAlgorithmName,
): Promise<MemoryConventions | undefined> {
  const candidates = open[algorithm];
  const types = statefulTypes(implementation, algorithm, true);
  if (candidates === undefined || types === undefined) return undefined;
  const { methods } = implementation.description;
  const offered = offeredCase(implementation.description);
  const [variant] = implementation.description.variants ?? [];
  const iteratesOf = async (input: StatefulCase): Promise<readonly Float64Array[]> =>
    methods.includes('step')
      ? (await stepsByTurns(implementation, algorithm, [input], variant))[0]!
      : (await iteratesOfRun(implementation, algorithm, input, variant)).iterates;
  let left = candidates.map((candidate) => ({ ...usualConventions, ...candidate }));
  try {
    for (let seed = 1; (seed <= rounds && left.length > 1) || (seed <= fewest && left.length > 0); seed++) {
      for (const cases of statefulCases(algorithm, types)) {
        const [drawn] = fc.sample(cases, { seed, numRuns: 1 });
        const short = { ...drawn!, batches: drawn!.batches.slice(0, iterations) };
        const input = offered?.(short) ?? short;
        const iterates = await iteratesOf(input);
        left = left.filter((each) => judgeRun(implementation, algorithm, input, iterates, each).ratio <= 1);
      }
    }
  } catch (error) {
    if (!(error instanceof ImplementationError || error instanceof UnsupportedError)) throw error;
    return undefined;
  }
  return left[0];
}

/** In words, by algorithm, what was detected of those that leave something open. */
export async function describeMemories(implementation: Implementation): Promise<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const algorithm of implementation.description.statefulAlgorithms ?? []) {
    const found = await conventionsOf(implementation, algorithm);
    if (found === undefined) continue;
    const { first, buffer, decay } = found;
    const kinds = new Set(open[algorithm]!.flatMap((candidate) => Object.keys(candidate)));
    words[algorithm] = [
      ...(kinds.has('first') ? [`its first gradient ${first}`] : []),
      ...(kinds.has('buffer') ? [`a ${buffer}`] : []),
      ...(kinds.has('decay') ? [`decoupled decay ${decay}`] : []),
    ].join(', ');
  }
  return words;
}
