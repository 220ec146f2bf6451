import type fc from 'fast-check';
import type { CaseRecord, Failure } from '../../claims/evidence.js';
import type { Implementation, ImplementationDescription } from '../../claims/implementation/implementation.js';
import type { Observer } from '../../claims/implementation/observed.js';
import { withOneDraw, withoutHyperparameters } from '../arbitraries/restricted.js';
import type { Judgement } from '../judges/judgement.js';
import type { Tally, ToldTally } from './tallies.js';

/** One part of a property claim, e.g. one function of the vocabulary: a source of cases and their judge. */
export interface PropertyPart<Case = unknown> {
  /** E.g. the type of the function that it is about. */
  readonly name: string;
  /** The source of cases. Several arbitraries share the cases equally, so that each of them is used. */
  readonly arbitrary: fc.Arbitrary<Case> | readonly fc.Arbitrary<Case>[];
  /** Number of cases, instead of the depth's; 1 for a part about one fixed input. */
  readonly runs?: number;
  /** How far the answer about a case is from its tolerance. It may reject as `Implementation` does. */
  judge(input: Case): Promise<Judgement> | Judgement;
  /** Categories that the case falls in, e.g. `kink`, `inside`; counted, so that coverage is measured. */
  classify?(input: Case): readonly string[];
  /** Categories that must be met at least once; a run that misses one is `inconclusive`. */
  readonly mustReach?: readonly string[];
}

export interface PropertyRun {
  readonly seed: number;
  readonly runs: number;
  /** Exact inputs of earlier failures of this part, judged first. */
  readonly saved: readonly unknown[];
  readonly replayOnly: boolean;
  /** Cases of the first pass that may be judged at once; results do not depend on it. Default 1. */
  readonly concurrency?: number;
  /** Records the questions of a case; without it no case is about a subject. */
  readonly observe?: Observer['observe'];
  /** Keep what was asked about each subject, for the report. */
  readonly keepsAsked?: boolean;
  /** Stop at the first case that fails, without shrinking it, or after one round of cases: only whether one fails matters. */
  readonly verdictOnly?: boolean;
  /** Do not make failing cases smaller. */
  readonly asFound?: boolean;
  /** Milliseconds after which no more cases are generated, and the same again for shrinking failing ones; default: no limit. */
  readonly milliseconds?: number;
  /** Types and terms that are known to be wrong: failures that involve them are not shrunk. */
  readonly knownWrong?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
}

export interface PropertyResult {
  readonly name: string;
  /** Cases that were answered and judged. */
  readonly cases: number;
  readonly subjects: readonly Tally[];
  readonly worst?: CaseRecord;
  readonly minimal?: CaseRecord;
  /** Why the run proves nothing although no case failed, e.g. a category that was never reached. */
  readonly unhealthy?: string;
  /** Why the implementation answers no case of this part. */
  readonly unsupported?: string;
  /** The categories that were not reached because the implementation refused cases or did not answer them. */
  readonly thin?: string;
  /** The number of cases that were judged within the time limit, in words. */
  readonly late?: string;
  /** How it failed to answer the first case that it did not answer. */
  readonly failure?: Failure;
  /** The smallest case that the implementation failed to answer. */
  readonly unanswered?: CaseRecord;
  readonly reached: Readonly<Record<string, number>>;
  /** False when every case gave the same non-zero ratio: then the statistic measures nothing. */
  readonly varies: boolean;
}

/** The same as data, which can be sent from one thread to another. */
export interface ToldResult extends Omit<PropertyResult, 'subjects'> {
  readonly subjects: readonly ToldTally[];
}

/** The parts about the implementation in each of its variants of a step or run, or without a variant if it has none. */
export function inVariants(
  implementation: Implementation,
  partsOf: (inVariant: Implementation) => readonly PropertyPart[],
): PropertyPart[] {
  const { variants } = implementation.description;
  if (variants === undefined) return [...partsOf(implementation)];
  return variants.flatMap((variant) => {
    const { step, run } = implementation;
    const inVariant: Implementation = {
      ...implementation,
      step: (request) => step({ ...request, variant }),
      run: (request) => run({ ...request, variant }),
    };
    return partsOf(inVariant).map((part) => ({ ...part, name: `${part.name}, variant ${variant}` }));
  });
}

/** A case changed to one that the implementation offers: one draw, only declared functions, numbers that single precision holds exactly. */
export function offeredCase({
  dtype,
  restrictions,
}: ImplementationDescription): (<Case>(input: Case) => Case) | undefined {
  const { oneDraw = false, withoutHyperparameters: lacking = [] } = restrictions ?? {};
  const changes: readonly ((input: unknown) => unknown)[] = [
    ...(oneDraw ? [withOneDraw] : []),
    ...(lacking.length > 0 ? [withoutHyperparameters(lacking)] : []),
    ...(dtype === 'f32' ? [roundToSingle] : []),
  ];
  if (changes.length === 0) return undefined;
  return <Case>(input: Case) => changes.reduce((changed, change) => change(changed), input as unknown) as Case;
}

/** The same case with every number rounded to single precision: the oracle must use the numbers that an f32 implementation receives. */
function roundToSingle<T>(value: T): T {
  return round(value) as T;
}

function round(value: unknown): unknown {
  if (typeof value === 'number') return Math.fround(value);
  if (value instanceof Float64Array) return value.map(Math.fround);
  if (Array.isArray(value)) return value.map(round);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, round(entry)]));
}
