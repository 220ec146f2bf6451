import fc from 'fast-check';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../claims/implementation/implementation.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { Reference } from '../../reference/algorithms/stateful/stateful-algorithm.js';
import { withFixedHyperparameters } from '../arbitraries/restricted.js';
import { ordinaryShape, type StatefulCase, statefulCases } from '../arbitraries/stateful-case.js';
import { judgeRun } from '../judges/stateful/follow.js';
import {
  type Choice,
  type ConventionKind,
  choiceOf,
  choicesOf,
  conventionKinds,
  type MemoryConventions,
  type Rule,
  usualConventions,
} from '../judges/stateful/rule.js';
import { offeredCase } from './property-part.js';
import { iteratesOfRun, statefulTypes, stepsByTurns } from './stateful-runs.js';

/** Iterations of a run, unless a rule needs more: the second shows the effect of the first memory. */
const usualIterations = 3;

/** Smallest number of rounds of such runs, and the number after which an undetected convention is taken as the usual one. */
const [fewest, rounds] = [3, 20];

/** Questions of which no answer comes, after which no more are asked. An error of some questions is reported by others, and says nothing about the rest. */
const mostErrors = 3;

/** An excess beyond which an answer is no more wrong: all digits of a double. */
const mostExcess = 2 ** 53;

/** How an algorithm with memory is judged: its update rule in rationals, and the conventions that papers leave open. */
export interface JudgedMemory {
  readonly algorithm: StatefulAlgorithmName;
  readonly rule: Rule;
  readonly open?: readonly ConventionKind[];
  /** How many iterations show all of these; 3 by default. */
  readonly iterations?: number;
}

/** What was found of the conventions of an implementation. */
interface FoundConventions {
  readonly conventions: MemoryConventions;
  /** False if with no conventions all runs are right: then these are the nearest. */
  readonly fit: boolean;
  /** The conventions on which some run depended: nothing is known of the others. */
  readonly read: readonly ConventionKind[];
  /** All conventions with which all runs are right. */
  readonly left: readonly MemoryConventions[];
}

const isKind = (name: string): name is ConventionKind => Object.hasOwn(conventionKinds, name);

/** The conventions in any combination of those that are open that says something, the usual one first. */
export function candidatesOf(open: readonly ConventionKind[], others: MemoryConventions): readonly MemoryConventions[] {
  const kinds = Object.keys(conventionKinds)
    .filter(isKind)
    .filter((kind) => open.includes(kind));
  return kinds
    .reduce<readonly MemoryConventions[]>(
      (all, kind) => all.flatMap((each) => choicesOf(kind).map((choice) => ({ ...each, [kind]: choice }))),
      [others],
    )
    .filter((each) => kinds.every((kind) => isBeside(choiceOf(kind, each), each)));
}

/** Whether the choices are there beside which this one says something. */
const isBeside = ({ beside = {} }: Choice, conventions: MemoryConventions): boolean =>
  Object.entries(beside).every(([kind, choice]) => conventions[kind as ConventionKind] === choice);

/** What some conventions lead to, and those of them on which it depends. */
interface OfConventions<Value> {
  readonly value: Value;
  readonly read: ReadonlySet<ConventionKind>;
}

/** What each candidate leads to. Those who agree in all that is read share it. */
export function ofEachConvention<Value>(
  candidates: readonly MemoryConventions[],
  of: (conventions: MemoryConventions) => Value,
): readonly OfConventions<Value>[] {
  const found: (OfConventions<Value> & { readonly own: MemoryConventions })[] = [];
  return candidates.map((candidate) => {
    const known = found.find(({ own, read }) => [...read].every((kind) => own[kind] === candidate[kind]));
    if (known !== undefined) return known;
    const read = new Set<ConventionKind>();
    const recording = new Proxy(candidate, {
      get(own, name: ConventionKind) {
        read.add(name);
        return own[name];
      },
    });
    const outcome = { own: candidate, value: of(recording), read };
    found.push(outcome);
    return outcome;
  });
}

/** The excess of a run. */
type Excess = OfConventions<number>;

/**
 * The candidate with which most runs are right; of several, that with the smallest mean of the logarithms of the excess. An error that is in some runs
 * alone leaves the others right, and one that is in all of them is larger with a wrong convention beside it.
 */
function nearest(candidates: readonly MemoryConventions[], runs: readonly (readonly Excess[])[]): MemoryConventions {
  const scores = candidates.map((_, c) => {
    const wrong = runs.map((excesses) => excesses[c]!.value).filter((ratio) => !(ratio <= 1));
    const sizes = wrong.map((ratio) => Math.log2(Number.isNaN(ratio) ? mostExcess : Math.min(ratio, mostExcess)));
    return { count: wrong.length, size: sizes.reduce((sum, size) => sum + size, 0) };
  });
  const best = scores.reduce((least, next) =>
    next.count < least.count || (next.count === least.count && next.size < least.size) ? next : least,
  );
  return candidates[scores.indexOf(best)]!;
}

/** The paper or the library that the implementation says it follows in this algorithm. */
const referenceOf = ({ description }: Implementation, algorithm: StatefulAlgorithmName): Reference | undefined => {
  const name = description.follows?.[algorithm];
  return name === undefined ? undefined : statefulAlgorithms[algorithm].references?.[name];
};

/**
 * What is open in an implementation: nothing that it declares; where the decay stands, if it can have one that cannot be asked to be decoupled; and
 * where x is rounded to another dtype than that of the memory, from what a step starts.
 */
function openIn(implementation: Implementation, { algorithm, open = [] }: JudgedMemory): readonly ConventionKind[] {
  const { dtype, stateDtype = dtype, restrictions } = implementation.description;
  const lacking = restrictions?.withoutHyperparameters ?? [];
  const own = referenceOf(implementation, algorithm) === undefined ? open : [];
  const asked = own.filter((kind) => kind !== 'coupling' || lacking.includes('decoupled'));
  return stateDtype === dtype ? asked : [...asked, 'start'];
}

/**
 * The conventions of the paper or the library that it says it follows; else those with which all of some short runs of the algorithm are right, of several
 * the most usual ones; else the nearest. Undefined if nothing is open, or nothing can be asked.
 */
export async function conventionsOf(
  implementation: Implementation,
  memory: JudgedMemory,
): Promise<FoundConventions | undefined> {
  const { description, found } = implementation;
  if (found === undefined) return findConventions(implementation, memory);
  const ofDescription = found.get(description) ?? new Map<string, Promise<unknown>>();
  found.set(description, ofDescription);
  const name = `conventions of ${memory.algorithm}`;
  const known = ofDescription.get(name) ?? findConventions(implementation, memory);
  ofDescription.set(name, known);
  return known as Promise<FoundConventions | undefined>;
}

async function findConventions(
  implementation: Implementation,
  memory: JudgedMemory,
): Promise<FoundConventions | undefined> {
  const { algorithm, rule, iterations = usualIterations } = memory;
  const others = { ...usualConventions, ...referenceOf(implementation, algorithm)?.conventions };
  const open = openIn(implementation, memory);
  if (open.length === 0 && referenceOf(implementation, algorithm) !== undefined) {
    return { conventions: others, fit: true, read: [], left: [others] };
  }
  const offers = statefulTypes(implementation, algorithm, true);
  if (open.length === 0 || offers === undefined) return undefined;
  // Of smaller matrices an algorithm may follow another rule.
  const leastShape = offers.restrictions?.leastShape ?? ordinaryShape;
  const types = { ...offers, restrictions: { ...offers.restrictions, leastShape } };
  const { methods, restrictions } = implementation.description;
  // Some conventions show only where γ changes.
  const changing = methods.includes('step') || restrictions?.constantStep !== true;
  const offered = offeredCase(implementation.description);
  const [variant] = implementation.description.variants ?? [];
  const iteratesOf = async (input: StatefulCase): Promise<readonly Float64Array[]> =>
    methods.includes('step')
      ? (await stepsByTurns(implementation, algorithm, [input], variant, true))[0]!
      : (await iteratesOfRun(implementation, algorithm, input, variant)).iterates;
  let [left, errors] = [candidatesOf(open, others), 0];
  let found: FoundConventions | undefined;
  let canDiffer = true;
  for (let seed = 1; errors < mostErrors && (seed <= fewest || (seed <= rounds && canDiffer)); seed++) {
    const before = left;
    const judges: ((conventions: MemoryConventions) => number)[] = [];
    const reads = new Map(before.map((each) => [each, new Set<ConventionKind>()]));
    for (const cases of statefulCases(algorithm, types, changing)) {
      if (errors >= mostErrors) break;
      const [drawn] = fc.sample(cases, { seed, numRuns: 1 });
      const short = { ...drawn!, batches: drawn!.batches.slice(0, iterations) };
      const input = offered?.(short) ?? short;
      try {
        const iterates = await iteratesOf(input);
        const judgeIt = (own: MemoryConventions): number => judgeRun(implementation, rule, input, iterates, own).ratio;
        judges.push(judgeIt);
        const excesses = ofEachConvention(left, judgeIt);
        for (const [c, { read }] of excesses.entries()) for (const kind of read) reads.get(left[c]!)!.add(kind);
        left = left.filter((_, c) => excesses[c]!.value <= 1);
      } catch (error) {
        if (!(error instanceof ImplementationError || error instanceof UnsupportedError)) throw error;
        if (error instanceof ImplementationError && !['error', 'shape'].includes(error.kind)) errors++;
      }
    }
    if (judges.length === 0) continue;
    const [fitting] = left;
    if (fitting === undefined) {
      const runs = judges.map((judgeIt) => ofEachConvention(before, judgeIt));
      const conventions = nearest(before, runs);
      const c = before.indexOf(conventions);
      const read = [...new Set(runs.flatMap((excesses) => [...excesses[c]!.read]))];
      return { conventions, fit: false, read, left: [] };
    }
    found = { conventions: fitting, fit: true, read: [...reads.get(fitting)!], left };
    // Later rounds have the same settings: what no run of this one depends on shows in none of them.
    canDiffer = left.some((each) => [...reads.get(each)!].some((kind) => each[kind] !== fitting[kind]));
  }
  return found;
}

/** Rounds of runs from which fixed hyperparameters are found, and the share of runs that must be right with them where some are not with others. */
const [fixedRounds, fewestRight] = [1, 1 / 4];

/** Runs after which a value with which no first iterate was right is given up. */
const fewestFixed = 8;

/** Most combinations of values that are tried: of several hyperparameters only the first few of each. */
const mostFixed = 64;

/** Hyperparameters whose one value is not known. */
export const unknownHyperparameters = ({ description }: Implementation): readonly string[] =>
  Object.entries(description.restrictions?.fixedHyperparameters ?? {}).flatMap(([name, value]) =>
    value === null ? [name] : [],
  );

/**
 * The values of hyperparameters for which an implementation has no argument: of the usual ones those with which most short runs are right, with any
 * conventions. They must be found even where the algorithm is wrong otherwise: so it is enough that all first iterates are right with them and not with
 * others, or a quarter of the runs. Undefined if there are no such values: a right algorithm may have others.
 */
export async function findFixed(
  implementation: Implementation,
  memory: JudgedMemory,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { algorithm, rule } = memory;
  const { description } = implementation;
  const unknown = unknownHyperparameters(implementation);
  const values = unknown.reduce<readonly Readonly<Record<string, number>>[]>(
    (all, name) =>
      all.flatMap((own) =>
        (statefulAlgorithms[algorithm].parameters[name]?.usual ?? [])
          .slice(0, mostFixed ** (1 / unknown.length))
          .map((value) => ({ ...own, [name]: value })),
      ),
    [{}],
  );
  const offers = statefulTypes(implementation, algorithm, true);
  if (offers === undefined || values.length === 0) return undefined;
  // Of smaller matrices an algorithm may follow another rule.
  const leastShape = offers.restrictions?.leastShape ?? ordinaryShape;
  const types = { ...offers, restrictions: { ...offers.restrictions, leastShape } };
  const conventions = candidatesOf(openIn(implementation, memory), {
    ...usualConventions,
    ...referenceOf(implementation, algorithm)?.conventions,
  });
  const [variant] = description.variants ?? [];
  // By run, for each of the values: whether its first iterate is right, and whether all are.
  const right: { readonly first: boolean; readonly whole: boolean }[][] = [];
  for (const cases of statefulCases(algorithm, types, description.restrictions?.constantStep !== true)) {
    for (let seed = 1; seed <= fixedRounds; seed++) {
      const [drawn] = fc.sample(cases, { seed, numRuns: 1 });
      const short = { ...drawn!, batches: drawn!.batches.slice(0, usualIterations) };
      const asked = withFixedHyperparameters(values[0]!)(offeredCase(description)?.(short) ?? short) as StatefulCase;
      try {
        const { iterates } = description.methods.includes('run')
          ? await iteratesOfRun(implementation, algorithm, asked, variant)
          : { iterates: (await stepsByTurns(implementation, algorithm, [asked], variant))[0]! };
        const isRight = (input: StatefulCase, count: number): boolean =>
          ofEachConvention(
            conventions,
            (own) => judgeRun(implementation, rule, input, iterates.slice(0, count), own).ratio,
          ).some(({ value }) => value <= 1);
        right.push(
          values.map((own, v) => {
            // What was never right is not judged any more.
            const isOut = right.length >= fewestFixed && !right.some((before) => before[v]!.first);
            if (isOut) return { first: false, whole: false };
            const input = { ...asked, hyperparameters: { ...asked.hyperparameters, ...own } };
            const first = isRight(input, 1);
            return { first, whole: first && isRight(input, usualIterations) };
          }),
        );
      } catch (error) {
        if (!(error instanceof ImplementationError || error instanceof UnsupportedError)) throw error;
      }
    }
  }
  const tells = (how: 'first' | 'whole', own: (typeof right)[number]): boolean =>
    own.some((each) => each[how]) && !own.every((each) => each[how]);
  const scores = values.map((_, v) => ({
    first: right.filter((own) => own[v]!.first).length,
    whole: right.filter((own) => own[v]!.whole).length,
    telling: right.filter((own) => own[v]!.whole && tells('whole', own)).length,
  }));
  const best = scores.reduce((most, next) =>
    next.whole > most.whole || (next.whole === most.whole && next.first > most.first) ? next : most,
  );
  const isFound =
    best.whole === right.length ||
    (best.first === right.length && right.some((own) => tells('first', own))) ||
    best.telling >= fewestRight * right.length;
  return right.length > 0 && isFound ? values[scores.indexOf(best)] : undefined;
}

/** A detected convention in words. */
const inWords: Readonly<Record<ConventionKind, (found: string) => string>> = {
  first: (found) => `its first gradient ${found}`,
  buffer: (found) => `a ${found}`,
  decay: (found) => `decoupled decay ${found}`,
  coupling: (found) => `decay ${found}`,
  dampened: (found) => `dampened ${found}`,
  initialSquare: (found) => `a mean of squares from ${found}`,
  epsilon: (found) => `ε ${found}`,
  epsilonScale: (found) => `ε added ${found}`,
  maximum: (found) => `maximum ${found}`,
  remembered: (found) => `a momentum of ${found}`,
  rectified: (found) => `rectified where ${found}`,
  unrectified: (found) => `below it ${found}`,
  rectifiedEpsilon: (found) => `ε added ${found}`,
  epsilonOfMaximum: (found) => `ε added ${found}`,
  normalised: (found) => `normalised ${found}`,
  scaled: (found) => `scaled ${found}`,
  capped: (found) => `γ capped ${found}`,
  relative: (found) => `γ relative ${found}`,
  floor: (found) => `ε₁ as ${found}`,
  decayedBy: (found) => `decay times ${found}`,
  start: (found) => `a step from ${found}`,
};

/** Of those that are open, what was detected, in words; what no run depended on is left out. */
const detectedWords = (
  open: readonly ConventionKind[],
  { conventions, read }: Pick<FoundConventions, 'conventions' | 'read'>,
): readonly string[] => open.filter((kind) => read.includes(kind)).map((kind) => inWords[kind](conventions[kind]));

/** Where no conventions fit, which are the nearest: as far as they are not the usual ones. */
export function nearestInWords({ conventions, read, fit }: FoundConventions): string | undefined {
  if (fit) return undefined;
  const unusual = read.filter((kind) => conventions[kind] !== usualConventions[kind]);
  const words = unusual.length === 0 ? ['the usual one'] : detectedWords(unusual, { conventions, read });
  return `nearest convention: ${words.join(', ')}; none fits`;
}

/** How a reference is called whose classes an object extends, by the first word of the version that its adapter tells. */
const libraries: Readonly<Record<string, string>> = { torch: 'pytorch', keras: 'tensorflow', optax: 'optax' };

/** What all conventions that fit do otherwise than the library of the object: `not as torch.optim.Adam`, and in words what. */
function unlikeLibrary(
  { description: { name, version } }: Implementation,
  algorithm: StatefulAlgorithmName,
  open: readonly ConventionKind[],
  { conventions, read, left }: FoundConventions,
): Record<string, string> {
  const library = version.split(' ')[0]!;
  const own = statefulAlgorithms[algorithm].references?.[libraries[library] ?? ''];
  // What is on file of a library may be older than the library itself.
  if (own === undefined || left.length === 0 || /^\w+/.exec(name)?.[0] === library) return {};
  const wanted = { ...usualConventions, ...own.conventions };
  if (left.some((each) => open.every((kind) => each[kind] === wanted[kind]))) return {};
  const unlike = open.filter((kind) => conventions[kind] !== wanted[kind]);
  const words = detectedWords(unlike, { conventions, read });
  return words.length === 0 ? {} : { [`not as ${own.source.replace(/ [\d.]+$/, '')}`]: words.join(', ') };
}

/**
 * In words, by algorithm, what was detected of those that leave something open, and by the name of its class in the library of the object what it
 * does otherwise.
 */
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
    const found = followed !== undefined && open.length === 0 ? undefined : await conventionsOf(implementation, memory);
    const parts = [
      ...(followed === undefined ? [] : [`as declared, those of ${followed.source}`]),
      ...(found === undefined ? [] : detectedWords(open, found)),
    ];
    if (parts.length > 0) words[algorithm] = `${found?.fit === false ? 'none fits, nearest: ' : ''}${parts.join(', ')}`;
    if (followed === undefined && found !== undefined) {
      Object.assign(words, unlikeLibrary(implementation, algorithm, open, found));
    }
  }
  return words;
}
