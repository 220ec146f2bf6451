import type fc from 'fast-check';
import type { Budget } from '../../claims/claim.js';
import type { CaseRecord, Failure } from '../../claims/evidence.js';
import {
  type Dtype,
  largestFinite,
  roundTo,
  smallestPositive,
  unitRoundoff,
} from '../../claims/implementation/dtype.js';
import {
  answering,
  type Implementation,
  type ImplementationDescription,
} from '../../claims/implementation/implementation.js';
import type { Observer } from '../../claims/implementation/observed.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseOnce } from '../../reference/functions/index.js';
import type { ProblemCase } from '../arbitraries/problem-case.js';
import { withFixedHyperparameters, withOneDraw, withoutHyperparameters } from '../arbitraries/restricted.js';
import type { Judgement } from '../judges/judgement.js';
import { oracleOf } from '../judges/oracle.js';
import { farthest } from '../judges/precision.js';
import type { DescribedTally, Tally } from './tallies.js';

/** One part of a property claim, e.g. one function of the vocabulary: a source of cases and their judge. */
export interface PropertyPart<Case = unknown> {
  /** E.g. the type of the function that it is about. */
  readonly name: string;
  /** The source of cases. Several arbitraries share the cases equally, so that each of them is used. */
  readonly arbitrary: fc.Arbitrary<Case> | readonly fc.Arbitrary<Case>[];
  /** Number of cases, instead of the depth's; 1 for a part about one fixed input. */
  readonly runs?: number;
  /** Do not make failing cases smaller: each try costs as much as a long run. */
  readonly asFound?: true;
  /** Slots of the error budget that its cases share, where they are decided by samples; 0 by default. */
  readonly slots?: number;
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
  /** Right digits of an answer below which rounding does not explain it; 6 by default, which is below those of single precision. */
  readonly plainlyWrong?: number;
  /**
   * A ratio that costs half of the digits, for a tolerance is one rounding or more: a case that is shrunk to show how bad it is needs no larger
   * one. By default there is none.
   */
  readonly gross?: number;
  /** Do not make failing cases smaller. */
  readonly asFound?: boolean;
  /** Milliseconds after which no more cases are generated, and the same again for shrinking failing ones; default: no limit. */
  readonly milliseconds?: number;
  readonly timeOfSubject?: NonNullable<Budget['timeOfSubject']>;
  /** Types and terms that are known to be wrong: failures that involve them are not shrunk. */
  readonly knownWrong?: ReadonlySet<string>;
  readonly signal?: AbortSignal;
  /** Types of functions and terms of which simpler cases may be made; default: none. */
  readonly offers?: ReadonlySet<string>;
  /** Asks again what ended a process, so that a case without an answer can be made smaller; by default it is kept as it is. */
  readonly again?: NonNullable<Implementation['again']>;
  /** Numbers of cases have fewer digits than a double, of which a category may have none: no bfloat16 is just outside of a ball. */
  readonly isRounded?: boolean;
  /** A case changed to one that the implementation offers; by default it offers all. */
  readonly offered?: NonNullable<ReturnType<typeof offeredCase>>;
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
export interface DescribedResult extends Omit<PropertyResult, 'subjects'> {
  readonly subjects: readonly DescribedTally[];
}

/** Cases of a part in a circumstance: what goes wrong in it does so in most of them. */
const casesInCircumstances = 4;

/** A few cases of the parts in each circumstance of a run that the implementation declares. */
export function inCircumstances(
  implementation: Implementation,
  partsOf: (inVariant: Implementation) => readonly PropertyPart[],
): PropertyPart[] {
  const parts = inEach(implementation, implementation.description.circumstances ?? [], partsOf);
  return parts.map(({ mustReach: _, ...part }) => ({ ...part, runs: casesInCircumstances }));
}

/** The parts about the implementation in each of its variants of a step or run, or without a variant if it has none. */
export function inVariants(
  implementation: Implementation,
  partsOf: (inVariant: Implementation) => readonly PropertyPart[],
): PropertyPart[] {
  const { variants } = implementation.description;
  return variants === undefined ? [...partsOf(implementation)] : inEach(implementation, variants, partsOf);
}

function inEach(
  implementation: Implementation,
  variants: readonly string[],
  partsOf: (inVariant: Implementation) => readonly PropertyPart[],
): PropertyPart[] {
  return variants.flatMap((variant) => {
    const inVariant = answering(implementation, {
      step: (question, own) => own({ ...question, variant }),
      run: (question, own) => own({ ...question, variant }),
    });
    return partsOf(inVariant).map((part) => ({ ...part, name: `${part.name}, variant ${variant}` }));
  });
}

/** A case changed to one that the implementation offers: one draw, only declared functions, numbers that its dtype holds exactly. */
export function offeredCase({
  dtype,
  restrictions,
}: ImplementationDescription): (<Case>(input: Case) => Case) | undefined {
  const { oneDraw = false, withoutHyperparameters: lacking = [], fixedHyperparameters: fixed } = restrictions ?? {};
  const changes: readonly ((input: unknown) => unknown)[] = [
    ...(oneDraw ? [withOneDraw] : []),
    ...(lacking.length > 0 ? [withoutHyperparameters(lacking)] : []),
    ...(dtype === 'f64' ? [] : [roundedTo(dtype)]),
    // Last, because such a value is not asked, and is a number of any format.
    ...(fixed === undefined ? [] : [withFixedHyperparameters(fixed)]),
  ];
  if (changes.length === 0) return undefined;
  return <Case>(input: Case) => changes.reduce((changed, change) => change(changed), input as unknown) as Case;
}

/** Numbers of a case that are in no request. Counts and indices of requests are small enough for every dtype. */
const unasked = ['n', 'seed'];

/**
 * The same case with every number rounded to the dtype: the oracle must use the numbers that the implementation receives. No number becomes 0
 * or infinite, and no hyperparameter ±1: the domain of a parameter may end there, and a decay rate of 0.999 would round to 1.
 */
function roundedTo(dtype: Dtype): (value: unknown) => unknown {
  const [tiny, huge, u] = [smallestPositive(dtype), largestFinite(dtype), unitRoundoff(dtype)];
  const round = (value: number): number => {
    const near = roundTo(dtype, value);
    if (near === 0 && value !== 0) return Math.sign(value) * tiny;
    return Number.isFinite(value) ? Math.min(huge, Math.max(-huge, near)) : near;
  };
  const besideOne = (value: number): number => {
    const near = round(value);
    return Math.abs(near) === 1 && near !== value ? near * (Math.abs(value) < 1 ? 1 - u : 1 + 2 * u) : near;
  };
  const rounded = (value: unknown, one: (value: number) => number): unknown => {
    if (typeof value === 'number') return one(value);
    if (value instanceof Float64Array) return value.map(one);
    if (Array.isArray(value)) return value.map((entry) => rounded(entry, one));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, entry]) => {
      if (unasked.includes(key)) return [key, entry];
      return [key, rounded(entry, key === 'hyperparameters' ? besideOne : one)];
    });
    return Object.fromEntries(entries);
  };
  return (value) => rounded(value, round);
}

/** Whether every semi-orthogonal function in a case has a W with WWᵀ = νI. */
export function hasTransforms(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Float64Array) return true;
  if ('type' in value && value.type === 'semi-orthogonal') {
    try {
      parseOnce(value as FunctionSpecification);
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
  return Object.values(value).every(hasTransforms);
}

/**
 * Whether the dtype holds ∇d(x) and x − γ∇d(x) of a case about a problem: the cubes in the gradient of a quartic d overflow in binary16 at ordinary
 * points, where nothing is right.
 */
export function holdsForwardStep(dtype: Dtype): (input: unknown) => boolean {
  const most = largestFinite(dtype) / 4;
  return (input) => {
    const { problem, step = 1, x } = (input ?? {}) as Partial<Pick<ProblemCase, 'problem' | 'step' | 'x'>>;
    if (problem === undefined || !(x instanceof Float64Array) || most > farthest(dtype)) return true;
    const slope = oracleOf(problem).smooth.gradient(x);
    return slope.every((g, i) => Math.max(Math.abs(g), Math.abs(x[i]! - step * g)) < most);
  };
}
