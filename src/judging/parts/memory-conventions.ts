import fc from 'fast-check';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { Reference } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { type StatefulCase, statefulCases } from '../arbitraries/stateful-case.js';
import { judgeRun } from '../judges/stateful/follow.js';
import {
  type ConventionKind,
  conventionKinds,
  type MemoryConventions,
  type Rule,
  usualConventions,
} from '../judges/stateful/rule.js';
import { offeredCase } from './property-part.js';
import { iteratesOfRun, statefulTypes, stepsByTurns } from './stateful-runs.js';

/** Iterations of a run: the second shows the effect of the first memory. */
const iterations = 3;

/** Smallest number of rounds of such runs, and the number after which an undetected convention is taken as the usual one. */
const [fewest, rounds] = [3, 20];

/** How an algorithm with memory is judged: its update rule in rationals, and the conventions that papers leave open. */
export interface JudgedMemory {
  readonly algorithm: StatefulAlgorithmName;
  readonly rule: Rule;
  readonly open?: readonly ConventionKind[];
}

/** The conventions in any combination of those that are open, the usual one first. */
const candidatesOf = (open: readonly ConventionKind[], others: MemoryConventions): readonly MemoryConventions[] =>
  Object.entries(conventionKinds)
    .filter(([kind]) => open.includes(kind as ConventionKind))
    .reduce<readonly MemoryConventions[]>(
      (all, [kind, choices]) => all.flatMap((each) => choices.map((choice) => ({ ...each, [kind]: choice }))),
      [others],
    );

/** The paper or the library that the implementation says it follows in this algorithm. */
const referenceOf = ({ description }: Implementation, algorithm: StatefulAlgorithmName): Reference | undefined => {
  const name = description.follows?.[algorithm];
  return name === undefined ? undefined : statefulAlgorithms[algorithm].references?.[name];
};

/** The hyperparameters without which a convention does not show. */
const shownBy: Partial<Record<ConventionKind, readonly string[]>> = {
  decay: ['decoupled', 'weightDecay'],
  decayedBy: ['weightDecay'],
  maximum: ['amsgrad'],
  remembered: ['momentum'],
};

/** What is open in an implementation: nothing that it declares, and where x is rounded to another dtype than that of the memory, from what a step starts. */
function openIn(implementation: Implementation, { algorithm, open = [] }: JudgedMemory): readonly ConventionKind[] {
  const { dtype, stateDtype = dtype } = implementation.description;
  const { restrictions: { withoutHyperparameters: lacking = [] } = {} } = implementation.description;
  const { parameters } = statefulAlgorithms[algorithm];
  // Where the decay is never decoupled, nothing shows when it is taken.
  const isAsked = (kind: ConventionKind): boolean =>
    !(shownBy[kind] ?? []).some((name) => Object.hasOwn(parameters, name) && lacking.includes(name));
  const own = referenceOf(implementation, algorithm) === undefined ? open.filter(isAsked) : [];
  return stateDtype === dtype ? own : [...own, 'start'];
}

/**
 * The conventions of the paper or the library that it says it follows; else those with which all of some short runs of the algorithm are right; of several the most usual ones. Undefined if nothing is open, nothing
 * can be asked, or none are right: other claims then report the error.
 */
export async function conventionsOf(
  implementation: Implementation,
  memory: JudgedMemory,
): Promise<MemoryConventions | undefined> {
  const { algorithm, rule } = memory;
  const others = { ...usualConventions, ...referenceOf(implementation, algorithm)?.conventions };
  const open = openIn(implementation, memory);
  if (open.length === 0 && referenceOf(implementation, algorithm) !== undefined) return others;
  const types = statefulTypes(implementation, algorithm, true);
  if (open.length === 0 || types === undefined) return undefined;
  const { methods, restrictions } = implementation.description;
  // Some conventions show only where γ changes.
  const changing = methods.includes('step') || restrictions?.constantStep !== true;
  const offered = offeredCase(implementation.description);
  const [variant] = implementation.description.variants ?? [];
  const iteratesOf = async (input: StatefulCase): Promise<readonly Float64Array[]> =>
    methods.includes('step')
      ? (await stepsByTurns(implementation, algorithm, [input], variant))[0]!
      : (await iteratesOfRun(implementation, algorithm, input, variant)).iterates;
  let left = candidatesOf(open, others);
  try {
    for (let seed = 1; (seed <= rounds && left.length > 1) || (seed <= fewest && left.length > 0); seed++) {
      for (const cases of statefulCases(algorithm, types, changing)) {
        const [drawn] = fc.sample(cases, { seed, numRuns: 1 });
        const short = { ...drawn!, batches: drawn!.batches.slice(0, iterations) };
        const input = offered?.(short) ?? short;
        const iterates = await iteratesOf(input);
        left = left.filter((each) => judgeRun(implementation, rule, input, iterates, each).ratio <= 1);
      }
    }
  } catch (error) {
    if (!(error instanceof ImplementationError || error instanceof UnsupportedError)) throw error;
    return undefined;
  }
  return left[0];
}

/** A detected convention in words. */
const inWords: Readonly<Record<ConventionKind, (found: string) => string>> = {
  first: (found) => `its first gradient ${found}`,
  buffer: (found) => `a ${found}`,
  decay: (found) => `decoupled decay ${found}`,
  epsilon: (found) => `ε ${found}`,
  epsilonScale: (found) => `ε added ${found}`,
  maximum: (found) => `maximum ${found}`,
  remembered: (found) => `a momentum of ${found}`,
  rectified: (found) => `rectified where ${found}`,
  epsilonOfMaximum: (found) => `ε added ${found}`,
  normalised: (found) => `normalised ${found}`,
  scaled: (found) => `scaled ${found}`,
  capped: (found) => `γ capped ${found}`,
  relative: (found) => `γ relative ${found}`,
  floor: (found) => `ε₁ as ${found}`,
  decayedBy: (found) => `decay times ${found}`,
  start: (found) => `a step from ${found}`,
};

/** In words, by algorithm, what was detected of those that leave something open. */
export async function describeMemories(
  implementation: Implementation,
  memories: readonly JudgedMemory[],
): Promise<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const memory of memories) {
    const { algorithm } = memory;
    const open = openIn(implementation, memory);
    if (!implementation.description.statefulAlgorithms?.includes(algorithm)) continue;
    const followed = referenceOf(implementation, algorithm);
    if (followed !== undefined && open.length === 0) {
      words[algorithm] = `as declared, those of ${followed.source}`;
      continue;
    }
    const found = await conventionsOf(implementation, memory);
    if (found === undefined) continue;
    words[algorithm] = [
      ...(followed === undefined ? [] : [`as declared, those of ${followed.source}`]),
      ...open.map((kind) => inWords[kind](found[kind])),
    ].join(', ');
  }
  return words;
}
