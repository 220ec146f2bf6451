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
import { judgeSubjects, shownCase } from '../../claims/subject-verdicts.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { namedObjectSchema } from '../../guard/named-object.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { keyOf } from '../../report/record/settle-outcomes.js';
import { isFault } from '../../report/record/subjects.js';
import { writeInto } from '../../report/write-reports.js';
import { UsageError } from '../options/usage-error.js';

/** Limit of a call in milliseconds; absent for the default of 2 s. */
const timeout = z.number().positive().exactOptional();

/** How to start the implementation that failed again. */
const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reference') }),
  z.object({ kind: z.literal('module'), path: z.string(), timeout }),
  z.object({ kind: z.literal('object'), ...namedObjectSchema.shape, timeout }),
  z.object({ kind: z.literal('command'), command: z.array(z.string()).min(1), timeout }),
]);
export type Target = z.infer<typeof targetSchema>;

export const failureSchema = z.object({
  schemaVersion: z.literal(1),
  claim: z.string(),
  /** The subject that failed; absent if the claim is about none. */
  subject: z.string().exactOptional(),
  suiteVersion: z.string(),
  implementation: z.string(),
  target: targetSchema,
  /** The values of --theorem and --schedule; absent for a claim of the suite. */
  theorem: z.object({ word: z.string(), schedule: z.string().exactOptional() }).exactOptional(),
  seed: z.string(),
  depth: z.enum(depths),
  /** Exact inputs; empty for statistical claims, which are replayed from their seed. */
  cases: z.array(
    z.object({ part: z.string(), kind: z.string(), ratio: z.string(), input: z.unknown(), explanation: z.string() }),
  ),
});

/** A failed claim, or one subject that failed it, as saved under `failures/`. */
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

/** What failed, and how to start it again. */
interface SavingContext {
  readonly implementation: string;
  readonly target: Target;
  readonly theorem?: NonNullable<SavedFailure['theorem']>;
  readonly seed: string;
  readonly depth: Depth;
}

/** A saved failure of a claim, or of one subject if the claim is about subjects. */
export interface Saved {
  readonly claim: string;
  readonly subject?: string;
  readonly path: string;
}

/**
 * Writes a file for each subject that fails a claim, or one for the claim if it is about no subject, and returns them. Skips failures that follow from another failure.
 */
export async function saveFailures(
  directory: string,
  { claim, evidence }: Pick<CheckedClaim, 'evidence'> & { readonly claim: Pick<CheckedClaim['claim'], 'id'> },
  blame: Blame,
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
  for (const cell of failing) {
    const { subject, minimal, worstCase: worst, unanswered } = cell;
    const about = { claim: claim.id, subject };
    if (!blame.isOwn(about)) continue;
    await write({ shown: shownCase(cell, blame.counterexample(about)), minimal, worst, unanswered }, subject);
  }
  const unsettled = evidence.verdict === 'violated' || evidence.unanswered !== undefined;
  if (failing.length === 0 && unsettled) await write(evidence);
  return saved;
}

type KeptCases = { readonly [Kind in 'shown' | 'unanswered' | 'minimal' | 'worst']?: CaseRecord | undefined };

/** The case that the report shows first, and each other one once that a generator made. */
function savedCases({ shown, unanswered, minimal, worst }: KeptCases): SavedFailure['cases'] {
  const first = minimal ?? worst;
  const generated = [
    ...(unanswered ? [savedCase('unanswered', unanswered)] : []),
    ...(first ? [savedCase(minimal ? 'minimal' : 'worst', first)] : []),
    ...(minimal && worst && !isDeepStrictEqual(minimal.input, worst.input) ? [savedCase('worst', worst)] : []),
  ];
  if (shown === undefined) return generated;
  const isShown = ({ part, input }: Pick<CaseRecord, 'part' | 'input'>): boolean =>
    part === shown.part && isDeepStrictEqual(input, shown.input);
  const [own = savedCase(shownKind, shown)] = generated.filter(isShown);
  return [own, ...generated.filter((each) => !isShown(each))];
}

/**
 * The kind of a case that only the report shows: it has simpler numbers than a generator makes. A claim may not hold for these, of which nobody
 * can tell once the program is right, so that it is replayed to be seen and decides nothing.
 */
const shownKind = 'shown';

/** The cases that decide a replay. */
export const decisive = (cases: SavedFailure['cases']): SavedFailure['cases'] =>
  cases.filter(({ kind }) => kind !== shownKind);

/** The path of a saved failure. */
const failurePath = (directory: string, claim: string, implementation: string, subject?: string): string =>
  join(directory, 'failures', fileName(claim, implementation, subject));

function fileName(claim: string, implementation: string, subject: string | undefined): string {
  const names = [claim, ...(subject === undefined ? [] : [subject]), implementation];
  return `${names
    .map((name) =>
      name
        .replace(/\.[cm]?[jt]s$/, '')
        .replaceAll(/[^\w.-]+/g, '-')
        .slice(0, 60),
    )
    .join('.')}.json`;
}

/** What to give to `signprox replay` instead. */
const instead = 'give a file that a failed run wrote under reports/failures/';

/** Reads a saved failure; throws a UsageError of one line if the file is missing or holds something else. */
export async function readFailure(path: string): Promise<SavedFailure> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = whyUnreadable(error);
    throw new UsageError(`cannot read ${path}: ${reason}; ${instead}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${(error as Error).message}; ${instead}`);
  }
  const parsed = failureSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const place = issue.path.join('.') || 'the file';
    throw new UsageError(`${path} is not a saved failure: ${place}: ${issue.message}; ${instead}`);
  }
  try {
    for (const { input } of parsed.data.cases) decodeExact(input);
  } catch (error) {
    throw new UsageError(`${path} is not a saved failure: ${(error as Error).message}; ${instead}`);
  }
  return parsed.data;
}

/** How to start it, without the time limit. */
const reachedBy = ({ timeout: _, ...reached }: Target & { readonly timeout?: number }) => reached;

/** Earlier failures below a directory, and the number of their files. */
export interface EarlierFailures {
  readonly files: number;
  readonly cases: ReadonlyMap<string, readonly SavedCase[]>;
}

/**
 * Earlier failures by claim: those of the same implementation, started in the same way, and for a theorem those of the same file. Other
 * files are skipped, unreadable ones among them.
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
    if (failure?.implementation !== implementation || decisive(failure.cases).length === 0) continue;
    if (!isDeepStrictEqual([reachedBy(failure.target), failure.theorem], [reachedBy(target), theorem])) continue;
    files++;
    const earlier = cases.get(failure.claim) ?? [];
    cases.set(failure.claim, [...earlier, ...decisive(failure.cases).map(({ part, input }) => ({ part, input }))]);
  }
  return { files, cases };
}

/** A checked claim without its timing. */
type Checked = {
  readonly claim: Pick<CheckedClaim['claim'], 'id'>;
  readonly evidence: Pick<CheckedClaim['evidence'], 'cells'>;
};

/** What is blamed for failures, as far as some claims tell. */
interface Blame {
  /** Whether a failure does not follow from another one. One about no subject never follows. */
  isOwn(cell: Pick<Saved, 'claim' | 'subject'>): boolean;
  /** The counterexample that a report shows of the claim about the subject. */
  counterexample(cell: Pick<Saved, 'claim' | 'subject'>): string | undefined;
}

export function blamedAmong(checked: readonly Checked[], dtype: ImplementationDescription['dtype']): Blame {
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    dtype,
  );
  const shown = new Map(
    subjects.flatMap(({ subject, cells }) => cells.map((cell) => [keyOf(subject, cell.claim), cell] as const)),
  );
  const cellOf = ({ claim, subject = '' }: Pick<Saved, 'claim' | 'subject'>) => shown.get(keyOf(subject, claim));
  return {
    isOwn: (cell) => cell.subject === undefined || (cellOf(cell) !== undefined && isFault(cellOf(cell)!)),
    counterexample: (cell) => cellOf(cell)?.counterexample,
  };
}
