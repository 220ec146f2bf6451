import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { nearestWord } from '../../claims/text.js';
import { whyUnreadable } from '../../guard/invalid-input.js';
import { failingOutcomes } from '../../report/record/outcome.js';
import type { RunRecord } from '../../report/record/run-record.js';
import { type KnownEntry, keyOf, wholeAdapter } from '../../report/record/settle-outcomes.js';
import { extremeCounts, isFault, subjectsOf } from '../../report/record/subjects.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { writeWhole } from '../../report/write-reports.js';
import { UsageError } from '../options/usage-error.js';

const entrySchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .describe(
      'subject/claim, e.g. prox of huber/eq6-prox, as signprox guard --list names them; prox of huber/* for every claim; adapter/… for a claim that is about no subject',
    ),
  reason: z.string().min(1),
  issue: z.string().min(1).exactOptional(),
});

/** Failures declared in advance, as tables `[[xfail]]` of TOML: the format of the Python package's list. It is an error if one of them passes. */
export const knownFailuresSchema = z
  .strictObject({ xfail: z.array(entrySchema).default([]) })
  .describe('signprox known failures');
type Entries = readonly z.output<typeof entrySchema>[];

/** The list as it was until 0.6, in JSON: read until 1.0. */
const listInJson = z.array(
  entrySchema
    .omit({ issue: true })
    .extend({ url: z.string().min(1).exactOptional() })
    .transform(({ url, ...entry }) => ({ ...entry, ...(url !== undefined && { issue: url }) })),
);

/** What ids may name. */
interface Names {
  readonly claims: readonly string[];
  readonly subjects: readonly string[];
  /** The command that writes a list in JSON again, as TOML. */
  readonly rewrite: string;
}

/**
 * Reads a list of known failures.
 *
 * @throws UsageError when the file cannot be read, is not such a list, or has an id that is unknown or listed twice
 */
export async function readKnownFailures(path: string, { claims, subjects, rewrite }: Names): Promise<KnownEntry[]> {
  const { entries, isJson } = await readEntries(path);
  if (isJson) {
    process.stderr.write(
      `signprox: ${printableLine(path)}: a list in JSON is read until 1.0: write it as TOML: ${rewrite}\n`,
    );
  }
  const seen = new Set<string>();
  return entries.map(({ id, reason, issue }) => {
    const [, subject = '', claim = ''] = /^(?:(.*)\/)?([^/]*)$/s.exec(id)!;
    const named = claims.includes(claim) || (claim === '*' && subject !== wholeAdapter);
    if (!named) throw new UsageError(`${path}: "${id}": "${claim}" is not a claim: see signprox guard --list`);
    if (subject === '') throw new UsageError(`${path}: "${id}" is not subject/claim: see signprox guard --list`);
    if (subject !== wholeAdapter && !subjects.includes(subject)) {
      const near = nearestWord(subject, subjects);
      const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
      throw new UsageError(
        `${path}: "${id}": nothing is called "${subject}"${hint}: see signprox guard --list -- command`,
      );
    }
    if (seen.has(id)) throw new UsageError(`${path}: "${id}" is listed twice: remove one of them`);
    seen.add(id);
    return { subject, claim, reason, ...(issue !== undefined && { url: issue }) };
  });
}

async function readEntries(path: string): Promise<{ readonly entries: Entries; readonly isJson: boolean }> {
  const what = `${path} is not a list of known failures`;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${whyUnreadable(error)}; make it with --write-known-failures ${path}`);
  });
  const isJson = /^\s*\[(?!\[)/.test(text);
  let content: unknown;
  try {
    content = isJson ? JSON.parse(text) : (await import('smol-toml')).parse(text);
  } catch (error) {
    throw new UsageError(
      `${what}: ${(error as Error).message.split('\n', 1)[0]}: make one with --write-known-failures`,
    );
  }
  const parsed = isJson ? listInJson.safeParse(content) : knownFailuresSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new UsageError(
      `${what}: ${issue.path.join('.') || 'the file'}: ${issue.message}: make one with --write-known-failures`,
    );
  }
  return { entries: 'xfail' in parsed.data ? parsed.data.xfail : parsed.data, isJson };
}

/** Writes the failures of a run. Keeps the reasons from the run's list or from the file. */
export async function writeKnownFailures(path: string, record: RunRecord, known: readonly KnownEntry[]): Promise<void> {
  const before = await readEntries(path).catch(() => ({ entries: [] as Entries }));
  const reasons = new Map([
    ...before.entries.map(({ id, ...failure }) => [id, failure] as const),
    ...known.map(({ subject, claim, reason, url }) => {
      return [keyOf(subject, claim), { reason, ...(url !== undefined && { issue: url }) }] as const;
    }),
  ]);
  const entries = failingKeys(record).map(({ subject, claim, reason }) => {
    const id = keyOf(subject, claim);
    return { id, ...(reasons.get(id) ?? reasons.get(keyOf(subject, '*')) ?? { reason }) };
  });
  const { stringify } = await import('smol-toml');
  await writeWhole(path, entries.length === 0 ? '' : stringify({ xfail: entries }));
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
