import { readFile } from 'node:fs/promises';
import type { Depth } from '../../claims/claim.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { version } from '../../claims/implementation/version.js';
import type { CheckedClaim } from '../../report/record/build-run-record.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { parseRunRecord } from '../../report/record/run-record.js';
import type { Shard } from '../words/shard.js';
import { UsageError } from '../words/usage-error.js';

/** A run that was interrupted, as its record tells it. */
export interface IncompleteRun {
  /** What it was asked for. */
  readonly options: { readonly depth: Depth; readonly seed: string; readonly claims?: string; readonly shard?: Shard };
  /** What was finished. */
  readonly checked: readonly CheckedClaim[];
  /** Throws a UsageError when the run judged something else: one report is about one implementation. */
  requireSame(implementation: ImplementationDescription): void;
}

/** Reads the record of an interrupted run; throws a UsageError in one line when it is missing, is not one, or is another version's. */
export async function readIncompleteRun(path: string): Promise<IncompleteRun> {
  const wrong = (why: string): UsageError =>
    new UsageError(`cannot resume from ${path}: ${why}; give the bounds.json that an interrupted run has written`);
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw wrong(error.message);
  });
  const record = readRecord(text, wrong);
  const { incomplete, suite, timing } = record;
  if (incomplete === undefined) throw wrong('that run was not interrupted');
  if (suite.version !== version) throw wrong(`it is of version ${suite.version}, and this is ${version}`);
  return {
    options: {
      depth: record.depth,
      seed: record.seed,
      ...(incomplete.selection !== undefined && { claims: incomplete.selection }),
      ...(record.shard && { shard: { index: record.shard.index, of: record.shard.of } }),
    },
    checked: record.claims.map((claim) => ({
      claim,
      evidence: { ...claim.evidence, seconds: timing?.claims[claim.id] ?? 0 },
    })),
    requireSame(implementation) {
      if (stableJson(implementation) === stableJson(record.implementation)) return;
      const name = ({ name, version }: ImplementationDescription): string => `${name} ${version}`;
      throw wrong(
        `it judged ${name(record.implementation)}, and this is ${name(implementation)}, which describes itself differently`,
      );
    },
  };
}

function readRecord(text: string, wrong: (why: string) => UsageError): ReturnType<typeof parseRunRecord> {
  try {
    return parseRunRecord(text);
  } catch (error) {
    throw wrong((error as RangeError).message);
  }
}
