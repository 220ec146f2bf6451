import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { whyUnreadable } from '../../guard/why-unreadable.js';
import { stableJson } from '../../report/record/json-numbers.js';
import type { ClaimRecord, KnownFailure } from '../../report/record/run-record.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { writeWhole } from '../../report/write-reports.js';
import { UsageError } from '../words/usage-error.js';

/** Failures declared in advance: [{ id of the claim, reason, url? }]. A claim on the list that passes is an error (strict). */
export const knownFailuresSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1).describe('id of the claim, never its title'),
      reason: z.string().min(1),
      url: z.string().min(1).exactOptional(),
    }),
  )
  .describe('signprox known failures');

/**
 * Reads a list of known failures, by claim id.
 *
 * @throws UsageError when the file cannot be read, is not such a list, or names a claim that does not exist or stands there twice
 */
export async function readKnownFailures(path: string, ids: readonly string[]): Promise<Map<string, KnownFailure>> {
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
  const known = new Map<string, KnownFailure>();
  for (const { id, ...failure } of parsed.data) {
    if (!ids.includes(id)) throw new UsageError(`${path}: "${id}" is no claim: see signprox guard --list`);
    if (known.has(id)) throw new UsageError(`${path}: "${id}" stands there twice: remove one of them`);
    known.set(id, failure);
  }
  return known;
}

/** Writes the claims of a run that do not pass, keeping the reasons that were given before. */
export async function writeKnownFailures(path: string, claims: readonly ClaimRecord[]): Promise<void> {
  const failing = claims.filter(({ outcome }) =>
    ['fail', 'error', 'timeout', 'crash', 'protocol', 'extreme', 'xfail'].includes(outcome),
  );
  await writeWhole(
    path,
    stableJson(
      failing.map(({ id, evidence, knownFailure }) => ({
        id,
        ...(knownFailure ?? {
          reason: printableLine(evidence.failure?.message ?? evidence.reason).slice(0, 300) || evidence.verdict,
        }),
      })),
    ),
  );
}
