import { type Command, Option } from 'commander';
import { signConventions } from '../../reference/algorithms/algorithm.js';
import { engineChoices } from '../../theory/left-side/engine-names.js';
import { type ExecutorOptions, withExecutorOptions } from '../options/executor-options.js';
import { positiveInteger, positiveIntegers, positiveNumbers, probability } from '../options/numbers.js';
import {
  depthOption,
  examples,
  scheduleOption,
  seedOption,
  tableOrJson,
  theoremWords,
  workersOption,
} from '../options/options.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import type { GridWords } from '../sweeps/grid.js';
import { defaultSweepOut, largestBatch, largestIterations } from '../sweeps/limits.js';
import { runOnThread } from '../threads/command-thread.js';
import { interruptible } from '../threads/interruptible.js';
import type { BoundsOptions } from './bounds-on-thread.js';
import type { SearchOptions } from './search-on-thread.js';

const several = (word: string, words: readonly string[] = []): readonly string[] => [...words, word];
const ofGrid = ['problem', 'theorem', 'schedule', 'iterations', 'start', 'step', 'miniBatch'];
const notOfSearch = [
  'problem',
  'start',
  'step',
  'miniBatch',
  'grid',
  'engine',
  'signOfZero',
  'depth',
  'workers',
  'strict',
].concat(['out', 'resume', 'plan', 'power', 'executor', 'redis', 'redisTimeout']);

/** `signprox bounds`: compares the left side of a theorem with its bound and the sharpened one, on a user's problem or a grid. */
export function declare(command: Command): void {
  command
    .option(
      '--problem <file>',
      'the problem: { "smooth", "functions", "probabilities" } as inline JSON, a JSON file, or - for standard input; may be repeated',
      several,
    )
    .option('--theorem <theorem>', `${theoremWords}; may be repeated`, several)
    .addOption(scheduleOption().conflicts(['step', 'miniBatch']))
    .option(
      '--iterations <list>',
      'one or more T, e.g. 1,4,16: a row for each, in increasing order',
      positiveIntegers('T', largestIterations),
    )
    .option('--step <list>', "one or more γ, instead of the theorem's, e.g. 0.1,0.5", positiveNumbers('the step'))
    .option(
      '--mini-batch <list>',
      "one or more B, instead of the theorem's, e.g. 1,16",
      positiveIntegers('B', largestBatch),
    )
    .option(
      '--start <file>',
      'x⁰: an array of numbers or { "x": [...] }, as inline JSON, a JSON file, or -; one for all problems, or one for each',
      several,
    )
    .addOption(new Option('--grid <file>', 'problems, theorems, T, γ and B in one JSON file').conflicts(ofGrid))
    .addOption(new Option('--engine <engine>', 'how the left side is computed').choices(engineChoices).default('auto'))
    .addOption(
      new Option('--sign-of-zero <value>', 'sgn(0) of signProx; Monte Carlo reports where rounding may break a tie')
        .choices(signConventions)
        .default('zero'),
    )
    .addOption(seedOption('master seed of Monte Carlo'))
    .addOption(depthOption('largest number of replicates'))
    .addOption(workersOption())
    .addOption(tableOrJson())
    .option('--strict', 'fail too if a row is neither refuted nor proved')
    .option('--out <directory>', 'directory for rows.ndjson, the rows of a grid; default: reports/sweep')
    .option('--resume', 'keep the rows of the same grid that are there, and compute the others')
    .option('--plan', 'only estimate how many replicates and how much time the grid takes')
    .option('--power <probability>', 'for --plan: the probability that a row is decided', probability, 0.99)
    .addOption(
      new Option(
        '--search',
        'search for the instance on which the theorem is tightest, at the T of --iterations or 1,4,16: left/bound above 1 refutes it',
      ).conflicts(notOfSearch),
    )
    .addOption(
      new Option('--evaluations <count>', 'for --search: instances to evaluate in each family')
        .argParser(positiveInteger('the number of evaluations', 1e6))
        .implies({ search: true }),
    );
  withExecutorOptions(command)
    .addHelpText(
      'after',
      examples([
        "signprox bounds --problem p.json --theorem 2 --iterations 1,4,16 --start '[1.25]'",
        'signprox bounds --grid grid.json --out sweep --resume',
        'signprox bounds --search --theorem my-bound.mjs --iterations 4,16 --evaluations 500',
      ]),
    )
    .action(async (words: BoundsWords) => {
      process.exitCode = await runBounds(words);
    });
}

/** The options of `signprox bounds` as they are given. */
interface BoundsWords
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
  readonly plan?: true;
  readonly power: number;
  readonly search?: true;
  readonly evaluations?: number;
}

/** Runs `signprox bounds`: prints the table of one problem and one theorem, or writes the rows of a grid to a file. Returns the exit code. */
async function runBounds(words: BoundsWords): Promise<number> {
  if (words.search) return runOnThread(new URL('./search-on-thread.js', import.meta.url), searchOf(words));
  const { grid: file, out, resume, engine, signOfZero, seed, depth, workers, format, strict } = words;
  const conditions = { engine, signOfZero, seed, depth, workers, format, ...(strict && { strict }) };
  const grid = file ?? gridOf(words);
  if (words.plan) {
    const { plan } = await import('./sweep.js');
    const asked = { ...conditions, grid, command: commandOf(words) };
    return interruptible((signal) => plan(asked, words.power, signal));
  }
  const { executor, redis, redisTimeout } = words;
  const queue = { ...(executor && { executor }), ...(redis && { redis }), ...(redisTimeout && { redisTimeout }) };
  const one = typeof grid === 'string' ? undefined : alone(grid);
  if (one !== undefined && out === undefined && resume === undefined) {
    const options: BoundsOptions = { ...one, ...conditions, ...queue };
    return runOnThread(new URL('./bounds-on-thread.js', import.meta.url), options);
  }
  const { sweep } = await import('./sweep.js');
  const asked = {
    ...{ ...conditions, ...queue, grid, out: out ?? defaultSweepOut, command: commandOf(words) },
    ...(resume && { resume }),
  };
  return interruptible((signal) => sweep(asked, signal));
}

/** What `--search` asks. */
function searchOf({ theorem, schedule, iterations = [1, 4, 16], evaluations = 100, seed, format }: BoundsWords) {
  const [word, ...others] = required('--theorem <theorem>', theorem);
  if (others.length > 0) throw new UsageError(`--search is about one --theorem, got ${1 + others.length}`);
  const options: SearchOptions = { theorem: word!, ...{ iterations, evaluations, seed, format } };
  return schedule === undefined ? options : { ...options, schedule };
}

/** The grid that the options describe. */
function gridOf({ problem, theorem, schedule, iterations, step, miniBatch, start }: BoundsWords): GridWords {
  const problems = required('--problem <file>', problem);
  const theorems = required('--theorem <theorem>', theorem);
  const T = required('--iterations <list>', iterations);
  const starts = required('--start <file>', start);
  if (starts.length !== 1 && starts.length !== problems.length) {
    throw new UsageError(
      `give one --start for all problems, or one for each: got ${starts.length} for ${problems.length}`,
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

/** The problem and theorem of a grid that has one of each; undefined if there are several. */
function alone({ problems, theorems, iterations, steps = [], miniBatches = [] }: GridWords) {
  if ([problems, theorems, steps, miniBatches].some(({ length }) => length > 1)) return undefined;
  const [[step], [miniBatch]] = [steps, miniBatches];
  return {
    ...{ ...problems[0]!, ...theorems[0]!, iterations },
    ...(step !== undefined && { step }),
    ...(miniBatch !== undefined && { miniBatch }),
  };
}

/** The command line that asks the same, without `--out`. */
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
