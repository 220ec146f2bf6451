import type { BoundsOptions } from '../commands/bounds.js';
import type { GridWords } from '../sweeps/grid.js';
import { defaultSweepOut } from '../sweeps/limits.js';
import { runOnThread } from '../threads/command-thread.js';
import { interruptible } from '../threads/interruptible.js';
import type { ExecutorOptions } from '../words/executor-options.js';
import type { Shard } from '../words/shard.js';
import { shellQuote } from '../words/shell-quote.js';
import { UsageError } from '../words/usage-error.js';

/** The options of `signprox bounds` as they are given. */
export interface BoundsWords
  extends Pick<BoundsOptions, 'engine' | 'signOfZero' | 'seed' | 'depth' | 'format' | 'strict'>,
    ExecutorOptions {
  readonly problem?: readonly string[];
  readonly theorem?: readonly string[];
  readonly schedule?: string;
  readonly iterations?: readonly number[];
  readonly step?: readonly number[];
  readonly miniBatch?: readonly number[];
  readonly start?: readonly string[];
  readonly grid?: string;
  readonly out?: string;
  readonly resume?: true;
  readonly shard?: Shard;
  readonly plan?: true;
  readonly power: number;
}

/** Runs `signprox bounds` on one problem and one theorem, whose table is printed, or on a grid, whose rows go to a file. Returns the exit code. */
export async function runBounds(words: BoundsWords): Promise<number> {
  const { grid: file, out, resume, shard, engine, signOfZero, seed, depth, workers, format, strict } = words;
  const conditions = { engine, signOfZero, seed, depth, workers, format, ...(strict && { strict }) };
  const grid = file ?? gridOf(words);
  if (words.plan) {
    const { plan } = await import('../commands/sweep.js');
    const asked = { ...conditions, grid, command: commandOf(words), ...(shard && { shard }) };
    return interruptible((signal) => plan(asked, words.power, signal));
  }
  const { executor, redis, redisTimeout } = words;
  const queue = { ...(executor && { executor }), ...(redis && { redis }), ...(redisTimeout && { redisTimeout }) };
  const one = typeof grid === 'string' ? undefined : alone(grid);
  if (one !== undefined && out === undefined && resume === undefined && shard === undefined) {
    const options: BoundsOptions = { ...one, ...conditions, ...queue };
    return runOnThread(new URL('../commands/bounds.js', import.meta.url), options);
  }
  const { sweep } = await import('../commands/sweep.js');
  const asked = {
    ...{ ...conditions, ...queue, grid, out: out ?? defaultSweepOut, command: commandOf(words) },
    ...{ ...(resume && { resume }), ...(shard && { shard }) },
  };
  return interruptible((signal) => sweep(asked, signal));
}

/** The grid that is made of options. */
function gridOf({ problem, theorem, schedule, iterations, step, miniBatch, start }: BoundsWords): GridWords {
  const problems = required('--problem <file>', problem);
  const theorems = required('--theorem <theorem>', theorem);
  const T = required('--iterations <list>', iterations);
  const starts = required('--start <file>', start);
  if (starts.length !== 1 && starts.length !== problems.length) {
    throw new UsageError(
      `give as many --start as --problem, or one for all: got ${starts.length} of ${problems.length}`,
    );
  }
  return {
    problems: problems.map((word, i) => ({ problem: word, start: starts[i] ?? starts[0]! })),
    theorems: theorems.map((word) => ({ theorem: word, ...(schedule !== undefined && { schedule }) })),
    iterations: T,
    ...(step && { steps: step }),
    ...(miniBatch && { miniBatches: miniBatch }),
  };
}

function required<Value>(flag: string, value: Value | undefined): Value {
  if (value === undefined) throw new UsageError(`required option '${flag}' not specified: see signprox bounds --help`);
  return value;
}

/** The one problem and theorem that a grid is about; undefined where there are several. */
function alone({ problems, theorems, iterations, steps = [], miniBatches = [] }: GridWords) {
  if ([problems, theorems, steps, miniBatches].some(({ length }) => length > 1)) return undefined;
  const [[step], [miniBatch]] = [steps, miniBatches];
  return {
    ...{ ...problems[0]!, ...theorems[0]!, iterations },
    ...(step !== undefined && { step }),
    ...(miniBatch !== undefined && { miniBatch }),
  };
}

/** The command line again, without where its rows go and which part of them is asked for. */
function commandOf(words: BoundsWords): string {
  const { problem, theorem, schedule, iterations, step, miniBatch, start, grid, engine, signOfZero, seed, depth } =
    words;
  const given: Readonly<Record<string, readonly (string | number)[] | string | undefined>> = {
    ...{ grid, problem, theorem, schedule, iterations: iterations?.join() },
    ...{ step: step?.join(), 'mini-batch': miniBatch?.join(), start },
    ...{
      engine: engine === 'auto' ? undefined : engine,
      'sign-of-zero': signOfZero === 'zero' ? undefined : signOfZero,
    },
    ...{ seed, depth: depth === 'standard' ? undefined : depth },
  };
  const flags = Object.entries(given).flatMap(([name, value]) =>
    [value ?? []].flat().map((word) => `--${name} ${shellQuote(String(word))}`),
  );
  return ['signprox bounds', ...flags, ...(words.strict ? ['--strict'] : [])].join(' ');
}
