import { dirname } from 'node:path';
import { plural } from '../../claims/text.js';
import { ExecutorError } from '../../executors/replicates.js';
import { offeredSubjects } from '../../guard/offered-subjects.js';
import { shutdownClaim } from '../../guard/shutdown-claim.js';
import type { KnownEntry } from '../../report/record/settle-outcomes.js';
import { entryModule, loadEntry } from '../catalogue.js';
import { selectClaims } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { shellQuote } from '../options/usage-error.js';
import { type Earlier, readBaseline } from './baseline.js';
import { checkRemaining } from './check-remaining.js';
import { conclude } from './conclude.js';
import { forgetUnfinished, keepUnfinished, readIncompleteRun } from './incomplete-run.js';
import { readKnownFailures } from './known-failures.js';
import { guardedShareOf, shareOf } from './longest-first.js';
import { depthAndSeed, type Judging, type Run, replayCommand } from './run.js';

/**
 * Checks the selected claims, prints the report on stdout, writes the reports, and returns the exit code. A failure is saved as soon as
 * it is found. A run of some claims writes beside the report of all, and so does an interrupted one with what it has finished.
 */
export async function judge(given: Judging): Promise<number> {
  const { resume } = given.options;
  const earlier = resume === undefined ? undefined : await readIncompleteRun(resume);
  const options = { ...given.options, ...earlier?.options };
  const judging = { ...given, options };
  const asked = selectClaims(judging.claims, options.claims);
  const share = judging.target.kind === 'reference' ? shareOf : guardedShareOf;
  const selected = options.shard === undefined ? asked : share(asked, options.shard);
  await requireWritable(options.out);
  if (options.writeKnownFailures !== undefined) await requireWritable(dirname(options.writeKnownFailures));
  const known = await knownFailuresOf(judging);
  const baseline = await readBaseline(options, baselineCommand(judging));
  if (options.updateBaseline) await requireWritable(dirname(options.baseline!));
  // While somebody's program starts, the claims are loaded.
  const loading = Promise.all(
    selected.map(async (entry) => ({ claim: await loadEntry(entry), module: entryModule(entry) })),
  );
  loading.catch(() => undefined);
  const opened = await judging.open(options.seed);
  try {
    earlier?.requireSame(opened.implementation.description);
    const done = new Map(earlier?.checked.map((checked) => [checked.claim.id, checked]));
    const startedAt = { date: new Date(), at: performance.now() };
    const run = { judging, opened, selected: await loading, known, startedAt, done, failures: new Map() };
    return await judgeOpened(run, baseline);
  } finally {
    await opened.close(false);
  }
}

function baselineCommand({ options, commandWith }: Judging): string {
  const path = shellQuote(options.baseline ?? '');
  return commandWith(`--baseline ${path} --update-baseline ${depthAndSeed(options)}`);
}

/** The failures that were declared in advance. */
async function knownFailuresOf({ claims, options, commandWith }: Judging): Promise<KnownEntry[]> {
  const { knownFailures: path } = options;
  if (path === undefined) return [];
  const { reference } = await import('../../claims/implementation/reference.js');
  return readKnownFailures(path, {
    claims: [...claims, shutdownClaim].map(({ id }) => id),
    subjects: offeredSubjects(reference.description),
    rewrite: commandWith(`--write-known-failures ${shellQuote(path)}`),
  });
}

async function judgeOpened(run: Run, baseline: Earlier | undefined): Promise<number> {
  try {
    await checkRemaining(run);
    const code = await conclude(run, baseline);
    if (run.judging.options.executor === 'bullmq') await forgetUnfinished(run);
    return code;
  } catch (error) {
    const lost = error instanceof ExecutorError ? error.message : undefined;
    if (run.judging.signal.aborted ? !run.judging.disposable : lost !== undefined) await keepUnfinished(run, lost);
    throw error;
  } finally {
    const [first, ...others] = run.failures.keys();
    const what =
      others.length === 0 ? first : `${plural(others.length + 1, 'file')} in ${dirname(first!)}, the first is`;
    if (first !== undefined) process.stderr.write(`saved ${what}: ${replayCommand(first)}\n`);
  }
}
