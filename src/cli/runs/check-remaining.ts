import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import cliProgress from 'cli-progress';
import type { Answered, Budget } from '../../claims/claim.js';
import { addAnswered, addKnownWrong, type ClaimObserver, inCheckingOrder, runClaims } from '../../claims/run-claims.js';
import { plural } from '../../claims/text.js';
import { printableLine } from '../../report/wording/sanitize.js';
import { claimThreads } from '../threads/claim-threads.js';
import { openExecutor } from '../threads/open-executor.js';
import { stdout } from '../user-files/watched.js';
import { earlyVerdicts } from './early-verdicts.js';
import { blamedAmong, type EarlierFailures, loadSavedCases, saveFailures } from './failures.js';
import { keepSoFar } from './incomplete-run.js';
import { byDuration } from './longest-first.js';
import { depthAndSeed, type RecordedClaim, type Run, write } from './run.js';

/** Shows progress: a bar on a terminal; in a log a line for the first and the last claim, and one every ten seconds in between. */
interface Progress extends Required<ClaimObserver> {
  /** Prints on a separate line what keeps the run waiting. */
  notice(line: string): void;
  /** Prints what is no progress: a bar makes room for it. */
  aside(print: () => void): void;
  stop(): void;
}

/** Progress on `stream` (stderr, so that stdout stays the report). */
export function createProgress(stream: NodeJS.WriteStream, total: number): Progress {
  return stream.isTTY === true ? barProgress(stream, total) : lineProgress(stream, total);
}

function barProgress(stream: NodeJS.WriteStream, total: number): Progress {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {value}/{total}  {claim}',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    fps: 8,
  });
  bar.start(total, 0, { claim: '' });
  let finished = 0;
  const shorten = (text: string): string => printableLine(text).slice(0, Math.max(10, (stream.columns ?? 80) - 34));
  return {
    started: ({ id }) => bar.update({ claim: shorten(id) }),
    progress: ({ id }, message) => bar.update({ claim: shorten(`${id}: ${message}`) }),
    finished: () => bar.update(++finished),
    notice: (line) => stream.write(`\r\u001b[K${noticeText(line)}`),
    aside(print) {
      stream.write('\r\u001b[K');
      print();
    },
    stop: () => bar.stop(),
  };
}

/** Milliseconds between two lines: a line for every claim would bury what matters in a log. */
const period = 10_000;

function lineProgress(stream: NodeJS.WriteStream, total: number): Progress {
  const since = new Map<string, number>();
  let count = 0;
  const write = (text: string): unknown => stream.write(`[${count}/${total}] ${text}\n`);
  // A claim may take minutes, and a log that stands still looks like a run that does.
  const timer = setInterval(() => {
    const [longest] = since;
    if (longest !== undefined) write(`checking ${longest[0]} for ${((Date.now() - longest[1]) / 1000).toFixed(1)} s`);
  }, period).unref();
  return {
    started: ({ id }) => since.set(id, Date.now()),
    progress() {},
    notice: (line) => stream.write(noticeText(line)),
    aside: (print) => print(),
    finished({ claim, evidence }) {
      since.delete(claim.id);
      count++;
      if (count === 1 || count === total) {
        write(`${claim.id}: ${evidence.verdict} (${evidence.seconds.toFixed(1)} s)`);
      }
    },
    stop: () => clearInterval(timer),
  };
}

const noticeText = (line: string): string => `signprox: ${printableLine(line)}\n`;

/** The claims that send invalid requests, or points that are not finite, on purpose. */
const provoking: readonly string[] = ['nonfinite-entries', 'rejects-bad-parameters'];

/**
 * Checks the remaining claims: in parallel on the reference; one after another on a program, which answers one question at a time.
 *
 * @returns whether verdicts have been printed
 * @throws ExecutorError when no more replicates will be computed
 */
export async function checkRemaining(run: Run): Promise<boolean> {
  const { judging, opened, selected, done } = run;
  const { options, commandWith, target } = judging;
  const { depth, seed, workers } = options;
  const { implementation } = opened;
  const saved = await earlierFailures(run);
  const unfinished = selected.filter(({ claim }) => !done.has(claim.id));
  const atOnce = target.kind === 'reference' ? Math.min(workers, unfinished.length) : 1;
  // A deep claim has pieces for every thread. Any other single claim ends before a thread has started.
  const count = atOnce > 0 && target.kind === 'reference' && depth === 'deep' ? workers : atOnce;
  const inOrder = target.kind === 'reference' ? unfinished : aboutFunctionsFirst(unfinished);
  const remaining = atOnce > 1 ? byDuration(unfinished, ({ claim }) => claim.id, depth) : inOrder;
  const progress = createProgress(process.stderr, remaining.length);
  const executor = await openExecutor(options, progress.notice, judging.signal).catch((error) => {
    progress.stop();
    throw error;
  });
  const signal = executor.lost === undefined ? judging.signal : AbortSignal.any([judging.signal, executor.lost]);
  const threads = count > 1 ? await claimThreads(count, signal, executor.lost !== undefined) : undefined;
  let hasPrinted = false;
  const print = (text: string): void => {
    hasPrinted = true;
    progress.aside(() => void stdout.write(text));
  };
  const knownWrong = new Set<string>();
  const answered = new Map<string, Answered>();
  for (const claim of inCheckingOrder(selected.map(({ claim: each }) => each))) {
    const { evidence } = done.get(claim.id) ?? {};
    if (evidence === undefined) continue;
    if (target.kind !== 'reference') addKnownWrong(knownWrong, claim, evidence);
    addAnswered(answered, evidence);
  }
  const early = tellsEarly(run) ? earlyVerdicts(run, print) : undefined;
  const budget: Budget = {
    ...{ knownWrong, answered },
    ...{ depth, seed, executor, signal },
    ...(options.timePerPart && { millisecondsOfPart: options.timePerPart }),
    ...(options.timePerSubject && { timeOfSubject: { milliseconds: options.timePerSubject, used: new Map() } }),
    reproduce: (claim) => commandWith(`--claims ${claim} ${depthAndSeed(options)}`),
    ...(early && { failed: early.failed }),
    savedCases: (claim) => saved?.cases.get(claim) ?? [],
  };
  const started: Progress['started'] = (claim, index, total) => {
    progress.started(claim, index, total);
    if (provoking.includes(claim.id)) opened.provokes?.(true);
  };
  let kept = Promise.resolve();
  const finished: Progress['finished'] = async (result, index, total) => {
    done.set(result.claim.id, result);
    progress.finished(result, index, total);
    if (provoking.includes(result.claim.id)) {
      // The last output that the claim provoked may arrive after the reply.
      await setImmediate();
      opened.provokes?.(false);
    }
    await save(run, result);
    early?.update();
    if (executor.lost === undefined) return;
    // Each record contains the previous one, so they are written in order.
    kept = kept.then(() => keepSoFar(run));
    await kept;
  };
  try {
    const claims = remaining.map(({ claim, module }) => threads?.apart(claim, module) ?? claim);
    await runClaims(claims, implementation, budget, { ...progress, started, finished }, Math.max(1, atOnce));
    return hasPrinted;
  } finally {
    progress.stop();
    await threads?.close();
    await executor.close();
  }
}

/** The claims about functions before those about algorithms: the verdicts of functions are then known before the longest claims begin. */
function aboutFunctionsFirst(claims: Run['selected']): Run['selected'] {
  const ofFunctions = ['prox', 'value', 'gradient'];
  const isLater = ({
    claim: { requires, judges = requires.methods ?? [], sumsUp },
  }: (typeof claims)[number]): boolean =>
    sumsUp === true || requires.algorithms !== undefined || !judges.every((method) => ofFunctions.includes(method));
  return claims.toSorted((one, other) => Number(isLater(one)) - Number(isLater(other)));
}

/** Whether verdicts are printed as soon as they are known: programs read the other formats. */
const tellsEarly = ({ judging: { target, options } }: Run): boolean =>
  target.kind !== 'reference' && options.format === 'table';

/** With `--replay-failures`, the cases that earlier runs saved. The result then depends on these files, not only on the seed. */
async function earlierFailures({ judging, opened }: Run): Promise<EarlierFailures | undefined> {
  const { options, target, theorem } = judging;
  if (options.replayFailures !== true) return undefined;
  const { name } = opened.implementation.description;
  const saved = await loadSavedCases(options.out, { implementation: name, target, ...(theorem && { theorem }) });
  const kept = join(options.out, 'failures');
  process.stderr.write(
    saved.files === 0
      ? `signprox: --replay-failures: ${kept} holds no failure of this implementation\n`
      : `judging first what earlier runs saved in ${kept} (${plural(saved.files, 'file')})\n`,
  );
  return saved;
}

/** Saves the failures of a claim that do not follow from others, as far as is known by now. */
export async function save({ judging, opened, done, failures }: Run, result: RecordedClaim): Promise<void> {
  if (result.evidence.verdict !== 'violated' && result.evidence.unanswered === undefined) return;
  const { options, target, theorem } = judging;
  const { name, dtype } = opened.implementation.description;
  const blame = blamedAmong([...done.values()], dtype);
  const { seed, depth } = options;
  const context = { implementation: name, target, ...(theorem && { theorem }), seed, depth };
  const saved = await write(() => saveFailures(options.out, result, blame, context), options.out);
  for (const each of saved) failures.set(each.path, each);
}
