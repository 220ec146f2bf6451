import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { nearestWord } from '../../claims/text.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { failingOutcomes } from '../../report/record/outcome.js';
import type { KnownFailure, RunRecord } from '../../report/record/run-record.js';
import { type KnownEntry, keyOf, wholeAdapter } from '../../report/record/settle-outcomes.js';
import { extremeCounts, isFault, subjectsOf } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { writeWhole } from '../../report/write-reports.js';
import { UsageError } from '../options/usage-error.js';

/** Failures declared in advance. It is an error if one of them passes. */
export const knownFailuresSchema = z
  .array(
    z.strictObject({
      id: z
        .string()
        .min(1)
        .describe(
          'subject/claim, e.g. prox of huber/eq6-prox, as signprox guard --list names them; prox of huber/* for every claim; adapter/… for a claim that is about no subject',
        ),
      reason: z.string().min(1),
      url: z.string().min(1).exactOptional(),
    }),
  )
  .describe('signprox known failures');
type Entries = z.output<typeof knownFailuresSchema>;

/** What ids may name. */
interface Names {
  readonly claims: readonly string[];
  readonly subjects: readonly string[];
  /** The command that writes the list again. */
  readonly rewrite: string;
}

/**
 * Reads a list of known failures.
 *
 * @throws UsageError when the file cannot be read, is not such a list or one in the old format (by claim), or has an id that is unknown or
 *   listed twice
 */
export async function readKnownFailures(path: string, { claims, subjects, rewrite }: Names): Promise<KnownEntry[]> {
  const entries = await readEntries(path);
  const byClaim = entries.find(({ id }) => !id.includes('/'));
  if (byClaim !== undefined) {
    const asNow = `an id is now subject/claim, so that it hides no other failure of the claim`;
    throw new UsageError(
      `${path}: "${byClaim.id}" is not such an id: ${asNow}: write the list again, which keeps reasons: ${rewrite}`,
    );
  }
  const seen = new Set<string>();
  return entries.map(({ id, ...failure }) => {
    const [, subject = '', claim = ''] = /^(.*)\/([^/]*)$/s.exec(id)!;
    const named = claims.includes(claim) || (claim === '*' && subject !== wholeAdapter);
    if (!named) throw new UsageError(`${path}: "${id}": "${claim}" is not a claim: see signprox guard --list`);
    if (subject !== wholeAdapter && !subjects.includes(subject)) {
      const near = nearestWord(subject, subjects);
      const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
      throw new UsageError(
        `${path}: "${id}": nothing is called "${subject}"${hint}: see signprox guard --list -- command`,
      );
    }
    if (seen.has(id)) throw new UsageError(`${path}: "${id}" is listed twice: remove one of them`);
    seen.add(id);
    return { subject, claim, ...failure };
  });
}

async function readEntries(path: string): Promise<Entries> {
  const what = `${path} is not a list of known failures`;
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UsageError(`${what}: ${error.message}: make one with --write-known-failures`);
    throw new UsageError(`cannot read ${path}: ${whyUnreadable(error)}; make it with --write-known-failures ${path}`);
  }
  const parsed = knownFailuresSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError(
      `${what}: ${issue.path.join('.') || 'the file'}: ${issue.message}: make one with --write-known-failures`,
    );
  }
  return parsed.data;
}

/** Writes the failures of a run. Keeps the reasons from the run's list or from the file. */
export async function writeKnownFailures(path: string, record: RunRecord, known: readonly KnownEntry[]): Promise<void> {
  const before = await readEntries(path).catch((): Entries => []);
  const reasons = new Map<string, KnownFailure>([
    ...before.map(({ id, ...failure }) => [id, failure] as const),
    ...known.map(({ subject, claim, ...failure }) => [keyOf(subject, claim), failure] as const),
  ]);
  // A list in the old format has one reason for each claim.
  const entries = failingKeys(record).map(({ subject, claim, reason }) => {
    const id = keyOf(subject, claim);
    const given = reasons.get(id) ?? reasons.get(keyOf(subject, '*')) ?? reasons.get(claim);
    return { id, ...(given ?? { reason }) };
  });
  await writeWhole(path, stableJson(entries));
}

/** The cells whose failure counts, and the claims that fail without a cell. */
function failingKeys(record: RunRecord): { subject: string; claim: string; reason: string }[] {
  const { subjects } = subjectsOf(record);
  const strict = extremeCounts(record, subjects);
  const cells = subjects.flatMap(({ subject, cells }) =>
    cells
      .filter((cell) => isFault(cell) && (strict || cell.extreme === undefined || cell.known !== undefined))
      .map(({ claim, counterexample, outcome }) => ({
        subject,
        claim,
        reason: shortReason(counterexample ?? outcome),
      })),
  );
  const seen = new Set(cells.map(({ claim }) => claim));
  const apart = record.claims.filter(
    ({ id, outcome }) => !seen.has(id) && (outcome === 'xfail' || failingOutcomes.includes(outcome)),
  );
  return [
    ...new Map(cells.map((cell) => [keyOf(cell.subject, cell.claim), cell])).values(),
    ...apart.map(({ id, evidence }) => ({
      ...{ subject: wholeAdapter, claim: id },
      reason: shortReason(evidence.failure?.message ?? evidence.reason) || evidence.verdict,
    })),
  ];
}

const shortReason = (text: string): string => printableLine(text).slice(0, 300);
