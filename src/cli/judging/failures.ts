import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Depth, depths, type SavedCase } from '../../claims/claim.js';
import type { CaseRecord } from '../../claims/evidence.js';
import { decodeExact } from '../../claims/exact-encoding.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { version } from '../../claims/implementation/version.js';
import type { CheckedClaim } from '../../claims/run-claims.js';
import { judgeSubjects } from '../../claims/subject-verdicts.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { pythonObjectSchema } from '../../guard/python-object.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { keyOf } from '../../report/record/settle-outcomes.js';
import { isFault } from '../../report/record/subjects.js';
import { writeInto } from '../../report/write-reports.js';
import { UsageError } from '../options/usage-error.js';

/** Milliseconds for a call; absent for the usual 2 s. */
const timeout = z.number().positive().exactOptional();

/** How the implementation that failed is reached again. */
const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reference') }),
  z.object({ kind: z.literal('module'), path: z.string(), timeout }),
  z.object({ kind: z.literal('python'), ...pythonObjectSchema.shape, timeout }),
  z.object({ kind: z.literal('command'), command: z.array(z.string()).min(1), timeout }),
]);
export type Target = z.infer<typeof targetSchema>;

export const failureSchema = z.object({
  schemaVersion: z.literal(1),
  claim: z.string(),
  /** What failed it; absent of a claim that is about no subject. */
  subject: z.string().exactOptional(),
  suiteVersion: z.string(),
  implementation: z.string(),
  target: targetSchema,
  /** What was given to --theorem, and to --schedule; absent of a claim of the suite. */
  theorem: z.object({ word: z.string(), schedule: z.string().exactOptional() }).exactOptional(),
  seed: z.string(),
  depth: z.enum(depths),
  /** Exact inputs; empty for statistical claims, which are replayed from their seed. */
  cases: z.array(
    z.object({ part: z.string(), kind: z.string(), ratio: z.string(), input: z.unknown(), explanation: z.string() }),
  ),
});

/** A failed claim, or one subject that failed it, as kept under `failures/`. */
export type SavedFailure = z.infer<typeof failureSchema>;

function savedCase(kind: string, record: CaseRecord): SavedFailure['cases'][number] {
  return {
    part: record.part,
    kind,
    ratio: String(record.ratio),
    input: record.input,
    explanation: record.explanation ?? '',
  };
}

/** What failed, and how it is reached again. */
interface SavingContext {
  readonly implementation: string;
  readonly target: Target;
  readonly theorem?: NonNullable<SavedFailure['theorem']>;
  readonly seed: string;
  readonly depth: Depth;
}

/** A saved failure: of a claim, and where it is about subjects, of one of them. */
export interface Saved {
  readonly claim: string;
  readonly subject?: string;
  readonly path: string;
}

/**
 * Writes a file for each subject that fails a claim by itself, or for the claim where it is about none, and returns them. `isOwn` says of which
 * that is known: what follows from another is not kept.
 */
export async function saveFailures(
  directory: string,
  { claim, evidence }: Pick<CheckedClaim, 'evidence'> & { readonly claim: Pick<CheckedClaim['claim'], 'id'> },
  isOwn: (cell: Pick<Saved, 'claim' | 'subject'>) => boolean,
  context: SavingContext,
): Promise<Saved[]> {
  const failing = (evidence.cells ?? []).filter(({ failing: cases }) => cases !== undefined);
  const saved: Saved[] = [];
  const write = async (kept: KeptCases, subject?: string): Promise<void> => {
    const path = failurePath(directory, claim.id, context.implementation, subject);
    const about = { schemaVersion: 1 as const, claim: claim.id, ...(subject !== undefined && { subject }) };
    const failure: SavedFailure = { ...about, suiteVersion: version, ...context, cases: savedCases(kept) };
    await writeInto(dirname(path), basename(path), stableJson(failure));
    saved.push({ claim: claim.id, ...(subject !== undefined && { subject }), path });
  };
  for (const { subject, minimal, worstCase: worst, unanswered } of failing) {
    if (isOwn({ claim: claim.id, subject })) await write({ minimal, worst, unanswered }, subject);
  }
  const unsettled = evidence.verdict === 'violated' || evidence.unanswered !== undefined;
  if (failing.length === 0 && unsettled) await write(evidence);
  return saved;
}

type KeptCases = { readonly [Kind in 'unanswered' | 'minimal' | 'worst']?: CaseRecord | undefined };

function savedCases({ unanswered, minimal, worst }: KeptCases): SavedFailure['cases'] {
  const first = minimal ?? worst;
  return [
    ...(unanswered ? [savedCase('unanswered', unanswered)] : []),
    ...(first ? [savedCase(minimal ? 'minimal' : 'worst', first)] : []),
    ...(minimal && worst && !isDeepStrictEqual(minimal.input, worst.input) ? [savedCase('worst', worst)] : []),
  ];
}

/** Where a failure is kept. */
export const failurePath = (directory: string, claim: string, implementation: string, subject?: string): string =>
  join(directory, 'failures', fileName(claim, implementation, subject));

function fileName(claim: string, implementation: string, subject: string | undefined): string {
  const names = [claim, ...(subject === undefined ? [] : [subject]), implementation];
  return `${names.map((name) => name.replaceAll(/[^\w.-]+/g, '-').slice(0, 60)).join('.')}.json`;
}

/** Reads a saved failure; throws a UsageError in one line when it is missing or not one. */
export async function readFailure(path: string): Promise<SavedFailure> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = whyUnreadable(error);
    throw new UsageError(`cannot read ${path}: ${reason}; give a file that a failed run wrote under reports/failures/`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}`);
  }
  const parsed = failureSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError(`${path} is not a saved failure: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  }
  try {
    for (const { input } of parsed.data.cases) decodeExact(input);
  } catch (error) {
    throw new UsageError(`${path} is not a saved failure: ${(error as Error).message}`);
  }
  return parsed.data;
}

/** How it is reached, however long it may take. */
const reachedBy = ({ timeout: _, ...reached }: Target & { readonly timeout?: number }) => reached;

/** Earlier failures below a directory, and how many files they are in. */
export interface EarlierFailures {
  readonly files: number;
  readonly cases: ReadonlyMap<string, readonly SavedCase[]>;
}

/**
 * Earlier failures by claim: those of the same implementation, reached in the same way, and for a theorem of the same file. Others that have
 * the name of one of them are left alone, and so are unreadable files.
 */
export async function loadSavedCases(
  directory: string,
  { implementation, target, theorem }: Pick<SavingContext, 'implementation' | 'target' | 'theorem'>,
): Promise<EarlierFailures> {
  const cases = new Map<string, SavedCase[]>();
  const names = await readdir(join(directory, 'failures')).catch(() => []);
  let files = 0;
  for (const name of names.filter((entry) => entry.endsWith('.json')).sort()) {
    const failure = await readFailure(join(directory, 'failures', name)).catch(() => undefined);
    if (failure?.implementation !== implementation || failure.cases.length === 0) continue;
    if (!isDeepStrictEqual([reachedBy(failure.target), failure.theorem], [reachedBy(target), theorem])) continue;
    files++;
    const earlier = cases.get(failure.claim) ?? [];
    cases.set(failure.claim, [...earlier, ...failure.cases.map(({ part, input }) => ({ part, input }))]);
  }
  return { files, cases };
}

/** What is checked of a claim, without what it took. */
type Checked = {
  readonly claim: Pick<CheckedClaim['claim'], 'id'>;
  readonly evidence: Pick<CheckedClaim['evidence'], 'cells'>;
};

/** Whether a subject fails a claim by itself, as far as these claims tell; what is about no subject does. */
export function blamedAmong(
  checked: readonly Checked[],
  dtype: ImplementationDescription['dtype'],
): (cell: Pick<Saved, 'claim' | 'subject'>) => boolean {
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    dtype,
  );
  const faults = new Set(
    subjects.flatMap(({ subject, cells }) => cells.filter(isFault).map(({ claim }) => keyOf(subject, claim))),
  );
  return ({ claim, subject }) => subject === undefined || faults.has(keyOf(subject, claim));
}
