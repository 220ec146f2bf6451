import fc from 'fast-check';
import { type Dtype, unitRoundoff } from '../../claims/implementation/dtype.js';
import type { ShapeName } from '../../claims/implementation/implementation.js';
import type { Layout } from '../../reference/algorithms/layout.js';
import type { Hyperparameters } from '../../reference/algorithms/stateful/iteration.js';
import type { StatefulAlgorithmName } from '../../reference/algorithms/stateful/names.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import { ParameterError } from '../../reference/functions/definition/arguments.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { dyadic, positiveDyadic, stepSize } from './dyadic.js';
import type { ProblemCaseOptions } from './problem-case.js';
import { type RunCase, runCase, type Schedule, schedules, shares } from './run-case.js';

/** A run of an algorithm with memory. */
export interface StatefulCase extends RunCase, Layout {
  readonly hyperparameters: Hyperparameters;
}

/** The kinds of problems for a run. */
export interface StatefulCaseOptions extends ProblemCaseOptions {
  /** Types of regularisers, for algorithms that have one: of `regularizerTypes`, at least one. */
  readonly regularizers?: readonly string[];
  /** What x may be beside a vector, for algorithms to which that matters. */
  readonly shapes?: readonly ShapeName[];
  /** The format of the numbers, which bounds the sizes of drawn gradients; `f64` by default. */
  readonly dtype?: Dtype;
}

/** Regularisers h by type, equal in all coordinates, with a slope that matters beside those of the problems. */
const regularizers: Readonly<Record<string, fc.Arbitrary<FunctionSpecification>>> = {
  l1: fc.constantFrom({ type: 'l1', weight: 0.5 }, { type: 'l1', weight: 2 }),
  'squared-l2': fc.constant({ type: 'squared-l2', weight: 1.5 }),
  'elastic-net': fc.constant({ type: 'elastic-net', l1Weight: 0.5, l2Weight: 0.25 }),
  box: fc.constant({ type: 'box', lower: -0.75, upper: 0.5 }),
  nonnegative: fc.constant({ type: 'nonnegative' }),
  huber: fc.constant({ type: 'huber', weight: 1, threshold: 0.5 }),
  zero: fc.constant({ type: 'zero' }),
};

/** Types that a regulariser may have. */
export const regularizerTypes: readonly string[] = Object.keys(regularizers);

/** Settings of an algorithm that is run, with the schedule of γ. */
interface Setting {
  readonly hyperparameters: Hyperparameters;
  readonly schedule: Schedule;
}

/** The settings that have been found, by algorithm and schedules: claims ask for the same ones again and again. */
const foundSettings = new Map<string, readonly Setting[]>();

/**
 * Few settings in which every two levels of every two hyperparameters meet, and with them those of the schedule, where the algorithm allows it; and
 * in which each set of hyperparameters is on while the others are 0 or off, as most users have them. In each turn that setting is taken in which
 * most of this has not been met yet.
 */
export function pairedSettings(
  algorithm: StatefulAlgorithmName,
  schedules: readonly Schedule[] = ['constant'],
): readonly Setting[] {
  const key = [algorithm, ...schedules].join(' ');
  const found = foundSettings.get(key) ?? findSettings(algorithm, schedules);
  foundSettings.set(key, found);
  return found;
}

function findSettings(algorithm: StatefulAlgorithmName, schedules: readonly Schedule[]): readonly Setting[] {
  const { parameters, check } = statefulAlgorithms[algorithm];
  const all = Object.entries(parameters)
    .filter(([, { kind }]) => kind !== 'function')
    .reduce<Hyperparameters[]>(
      (given, [name, { levels }]) => levels!.flatMap((level) => given.map((own) => ({ ...own, [name]: level }))),
      [{}],
    )
    .filter((given) =>
      isAllowed(() => check?.(given, (name, allowed) => new ParameterError(algorithm, name, given[name], allowed))),
    )
    .flatMap((hyperparameters) => schedules.map((schedule): Setting => ({ hyperparameters, schedule })));
  const met = all.map(({ hyperparameters, schedule }) => {
    const entries = Object.entries({ ...hyperparameters, schedule }).map(String);
    return [...entries.flatMap((one, i) => entries.slice(i).map((other) => `${one} ${other}`)), onIn(hyperparameters)];
  });
  const left = new Set(met.flat());
  const chosen: Setting[] = [];
  while (left.size > 0) {
    const fresh = met.map((own) => own.filter((each) => left.has(each)).length);
    const best = fresh.indexOf(Math.max(...fresh));
    chosen.push(all[best]!);
    for (const each of met[best]!) left.delete(each);
  }
  return chosen;
}

/** The names of the hyperparameters that are on: neither 0 nor off. How a decay is coupled matters only where there is one. */
export function onIn(hyperparameters: Hyperparameters): string {
  const isOn = (name: string): boolean => Number(hyperparameters[name]) !== 0;
  const names = Object.keys(hyperparameters).filter(
    (name) => isOn(name === 'decoupled' ? 'weightDecay' : name) && isOn(name),
  );
  return names.join(', ');
}

/** Whether a check throws no ParameterError. */
export function isAllowed(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof ParameterError) return false;
    throw error;
  }
}

/** Whether a hyperparameter of the algorithm is a function h. */
export const hasRegularizer = (algorithm: StatefulAlgorithmName): boolean =>
  Object.values(statefulAlgorithms[algorithm].parameters).some(({ kind }) => kind === 'function');

/** Rows and columns below which an algorithm of matrices may fall back on another one: such matrices are extreme. */
export const ordinaryShape = 4;

/** Shapes with so many rows and columns at least, which tell rows from columns. */
const from = (least: number): fc.Arbitrary<number[]> =>
  fc.constantFrom<number[]>([least, least + 1], [least + 1, least], [least, least]);

/** Shapes of matrices: larger and smaller ones, and those of one row, one column or one entry. */
const shapesOf = (algorithm: StatefulAlgorithmName, least = 1): fc.Arbitrary<number[]> =>
  least > 1
    ? from(least)
    : fc.oneof(
        // Larger ones cost more, and say more only where all is about matrices.
        ...(statefulAlgorithms[algorithm].points === 'matrices' ? [{ weight: 2, arbitrary: from(ordinaryShape) }] : []),
        { weight: 3, arbitrary: from(2) },
        { weight: 2, arbitrary: fc.constantFrom<number[]>([1, 2], [2, 1], [1, 3], [3, 1], [1, 1]) },
      );

/** Points of a batch. */
const batchCount = 2;

/** What x is in a run of the algorithm: undefined for a vector of any length. */
function layouts(
  algorithm: StatefulAlgorithmName,
  offered: readonly ShapeName[],
  least?: number,
): fc.Arbitrary<Required<Pick<Layout, 'shape'>> & Layout> | undefined {
  const { points } = statefulAlgorithms[algorithm];
  if (points === undefined) return undefined;
  const shapes = shapesOf(algorithm, points === 'matrices' ? least : undefined);
  const vectors = fc.constantFrom([1], [2], [3]).map((shape) => ({ shape }));
  const batches = shapes.map((shape) => ({ shape: [batchCount, ...shape], batch: true as const }));
  return fc.oneof(
    ...(points === 'matrices' ? [] : [vectors]),
    ...(offered.includes('matrix') ? [shapes.map((shape) => ({ shape }))] : []),
    ...(offered.includes('matrix') && offered.includes('batch') ? [batches] : []),
  );
}

/** Runs on problems of at most so many components, of a length that the algorithm takes. */
function shapedRuns(
  algorithm: StatefulAlgorithmName,
  { shapes: offered = [], ...options }: StatefulCaseOptions,
): fc.Arbitrary<RunCase & Layout> {
  const drawn = layouts(algorithm, offered, options.restrictions?.leastShape);
  if (drawn === undefined) return runCase(options);
  return drawn.chain(({ shape, ...rest }) =>
    runCase({ ...options, dimension: shape.reduce((product, count) => product * count, 1) }).map((input) => ({
      ...input,
      // A vector has no shape in a request.
      ...(shape.length > 1 && { shape, ...rest }),
    })),
  );
}

/** Runs of an algorithm with memory: of each setting on one component and on two. γ changes within a run where `changing` says so. */
export function statefulCases(
  algorithm: StatefulAlgorithmName,
  { regularizers: types = regularizerTypes, ...options }: StatefulCaseOptions,
  changing = false,
): readonly fc.Arbitrary<StatefulCase>[] {
  const problems = [
    shapedRuns(algorithm, { ...options, maximumComponents: 1 }),
    shapedRuns(algorithm, { ...options, maximumComponents: 2 }).filter(({ problem }) => problem.functions.length > 1),
  ];
  const regularizer = hasRegularizer(algorithm)
    ? fc.record({ regularizer: fc.oneof(...types.map((type) => regularizers[type]!)) })
    : fc.constant({});
  const changes = changing && !statefulAlgorithms[algorithm].keepsFirstStep;
  const settings = pairedSettings(algorithm, changes ? schedules : undefined);
  const inSetting = (run: fc.Arbitrary<RunCase & Layout>, { hyperparameters, schedule }: Setting) =>
    fc.tuple(run, regularizer).map(([input, more]) => ({
      ...input,
      hyperparameters: { ...hyperparameters, ...more },
      ...(schedule !== 'constant' && { schedule }),
    }));
  return [
    ...settings.flatMap((setting) => [
      ...problems.map((problem) => inSetting(problem, setting)),
      ...opposedRuns(algorithm, setting, options),
    ]),
    // Last, because their problems are long: what ordinary ones show too is shown by these.
    ...settings.flatMap((setting) => drawnRuns(algorithm, options).map((run) => inSetting(run, setting))),
  ];
}

/** The iterations of a short run. */
const shortIterations = 4;

/** Short runs of some setting along gradients of their own, for what shows in most of them; none where they cannot be asked. */
export const shortRuns = (
  algorithm: StatefulAlgorithmName,
  options: StatefulCaseOptions,
): fc.Arbitrary<StatefulCase>[] =>
  drawnRuns(algorithm, options).map((drawn) =>
    fc.tuple(drawn, fc.constantFrom(...pairedSettings(algorithm))).map(([run, { hyperparameters }]) => ({
      ...run,
      batches: run.batches.slice(0, shortIterations),
      hyperparameters,
    })),
  );

/** The fraction of the memory that a gradient opposes: half, or almost all, up to less than single precision resolves. */
const opposed = [0.5, 1 - 2 ** -28, 1 + 2 ** -28] as const;

/** Components of a run with one for each iteration: more than it has iterations, and so many that 1 over their number is exact. */
const slopes = 16;

/** A run whose setting is not chosen yet. */
type SlopedRun = RunCase & Layout;

/** A run along slopes, one column of `slopes` for each coordinate: those of linear r_k, one for each iteration. */
function slopedRun(
  coordinates: readonly { readonly start: number }[],
  columns: readonly (readonly number[])[],
  { step, count }: { readonly step: number; readonly count: number },
): SlopedRun {
  const problem: ProblemSpecification = {
    smooth: { type: 'zero' },
    functions: Array.from({ length: slopes }, (_, t) => ({
      type: 'linear',
      coefficients: columns.map((column) => column[t]!),
    })),
    probabilities: Array<number>(slopes).fill(1 / slopes),
  };
  const x = Float64Array.from(coordinates, ({ start }) => start);
  return { problem, step, x, batches: Array.from({ length: count }, (_, t) => [t]) };
}

/** Whether every slope can be asked as the gradient of an iteration. */
const takesSlopes = ({ functionTypes, smoothTypes }: StatefulCaseOptions): boolean =>
  functionTypes.includes('linear') && smoothTypes.includes('zero');

const each = <Value>(value: fc.Arbitrary<Value>, count: number): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: count, maxLength: count });

/** Lengths of vectors with drawn gradients: also beyond a register, with a rest. */
const drawnLengths = fc.constantFrom([1], [2], [3], [9]);

/**
 * Runs whose gradients are drawn one by one: many entries of them are 0, some are all 0, some repeat the last one, and their sizes differ by
 * powers of two: by 2¹⁰ each way, or by as much as squares of a number of 16 bits bear.
 */
function drawnRuns(algorithm: StatefulAlgorithmName, options: StatefulCaseOptions): fc.Arbitrary<SlopedRun>[] {
  if (statefulAlgorithms[algorithm].takes !== 'gradients' || !takesSlopes(options)) return [];
  const most = unitRoundoff(options.dtype ?? 'f64') > 2 ** -23 ? 3 : 10;
  const size = fc.integer({ min: -most, max: most }).map((exponent) => 2 ** exponent);
  const slope = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constant('the last one' as const) },
    { weight: 3, arbitrary: dyadic(2) },
    { weight: 2, arbitrary: fc.tuple(size, fc.constantFrom(1, -1)).map(([value, sign]) => sign * value) },
  );
  const coordinate = fc.record({ start: dyadic(), column: each(slope, slopes) });
  const layout =
    layouts(algorithm, options.shapes ?? [], options.restrictions?.leastShape) ??
    drawnLengths.map((shape) => ({ shape }));
  const drawn = layout.chain(({ shape, ...rest }) =>
    fc.record({
      step: stepSize(),
      count: fc.integer({ min: 12, max: slopes }),
      coordinates: each(
        coordinate,
        shape.reduce((product, length) => product * length, 1),
      ),
      // In one iteration of five the whole gradient is 0.
      still: each(
        fc.integer({ min: 0, max: 4 }).map((k) => k === 4),
        slopes,
      ),
      layout: fc.constant(shape.length > 1 ? { shape, ...rest } : {}),
    }),
  );
  return [
    drawn.map(({ step, count, coordinates, still, layout: own }) => {
      const columns = coordinates.map(({ column }) => {
        let last = 0;
        return column.map((value, t) => {
          if (value !== 'the last one') last = value;
          return still[t] === true ? 0 : last;
        });
      });
      return { ...own, ...slopedRun(coordinates, columns, { step, count }) };
    }),
  ];
}

/** The length of a vector beyond blocks and vector instructions, with a rest, and the iterations and columns of a run of it. */
const [blockLength, blockIterations, blockColumns] = [257, 3, 5] as const;

/**
 * A short run of a long vector, whose entries repeat a few: an error in a block, or in the rest beyond blocks, shows in any setting. None of
 * matrices, whose entries are not independent.
 */
export function blockRuns(
  algorithm: StatefulAlgorithmName,
  options: StatefulCaseOptions,
): fc.Arbitrary<StatefulCase>[] {
  const { takes, points } = statefulAlgorithms[algorithm];
  if (takes !== 'gradients' || points !== undefined || hasRegularizer(algorithm) || !takesSlopes(options)) return [];
  if (unitRoundoff(options.dtype ?? 'f64') > 2 ** -24) return [];
  const count = blockIterations + 1;
  return [
    fc
      .record({
        setting: fc.constantFrom(...pairedSettings(algorithm)),
        step: stepSize(),
        columns: each(fc.record({ start: dyadic(), slopes: each(positiveDyadic(2), count) }), blockColumns),
      })
      .map(({ setting: { hyperparameters }, step, columns }) => {
        const at = (i: number) => columns[i % blockColumns]!;
        const indices = Array.from({ length: blockLength }, (_, i) => i);
        const functions = Array.from({ length: count }, (_, t) => ({
          type: 'linear',
          coefficients: indices.map((i) => at(i).slopes[t]!),
        }));
        return {
          problem: { smooth: { type: 'zero' }, functions, probabilities: functions.map(() => 1 / count) },
          step,
          hyperparameters,
          x: Float64Array.from(indices, (i) => at(i).start),
          batches: Array.from({ length: blockIterations }, (_, t) => [t]),
        };
      }),
  ];
}

/** The iterations of a long run, and the gradients that it repeats. */
const [longIterations, longSlopes] = [300, 8] as const;

/** The hyperparameters of long runs: of their levels the usual one, else the middle one; with every form off, and with every form on. */
function longSettings(algorithm: StatefulAlgorithmName): readonly Hyperparameters[] {
  const { parameters, check } = statefulAlgorithms[algorithm];
  const settings = [false, true].map((on) =>
    Object.fromEntries(
      Object.entries(parameters).map(([name, { levels = [], usual = [] }]) => {
        const own = usual.find((value) => levels.includes(value)) ?? levels[1]!;
        return [name, typeof own === 'boolean' ? on : own];
      }),
    ),
  );
  const hasForms = Object.values(settings[0]!).includes(false);
  return settings
    .slice(0, hasForms ? 2 : 1)
    .filter((given) =>
      isAllowed(() => check?.(given, (name, allowed) => new ParameterError(algorithm, name, given[name], allowed))),
    );
}

/** Whether runs of the algorithm may be long. Iterations of matrices cost much and are not counted, and a regulariser has no counter either. */
export const hasLongRuns = (algorithm: StatefulAlgorithmName): boolean =>
  statefulAlgorithms[algorithm].points !== 'matrices' && !hasRegularizer(algorithm);

/**
 * Runs of 300 iterations: a counter of eight bits wraps at 128, and one of bfloat16 stops at 256. Decay rates are so near to 1 that the correction of
 * their bias still shows then.
 */
export function longRuns(algorithm: StatefulAlgorithmName, options: StatefulCaseOptions): fc.Arbitrary<StatefulCase>[] {
  if (!hasLongRuns(algorithm) || !takesSlopes(options)) return [];
  if (unitRoundoff(options.dtype ?? 'f64') > 2 ** -24) return [];
  const slope = fc.tuple(positiveDyadic(2), fc.constantFrom(1, -1)).map(([size, sign]) => sign * size);
  const columns = fc.array(fc.record({ start: dyadic(), slopes: each(slope, longSlopes) }), {
    minLength: 1,
    maxLength: 2,
  });
  const hyperparameters = fc.constantFrom(...longSettings(algorithm));
  const runs = [fc.record({ hyperparameters, step: stepSize(), columns, count: fc.constant<number>(longIterations) })];
  if ('centered' in statefulAlgorithms[algorithm].parameters)
    runs.push(...settled.map((each) => equalGradients(algorithm, each)));
  return runs.map((run) =>
    run.map(({ step, columns, count, hyperparameters }) => ({
      problem: {
        smooth: { type: 'zero' },
        functions: columns[0]!.slopes.map((_, k) => ({
          type: 'linear',
          coefficients: columns.map((column) => column.slopes[k]!),
        })),
        probabilities: columns[0]!.slopes.map((_, __, { length }) => 1 / length),
      },
      step,
      hyperparameters,
      x: Float64Array.from(columns, ({ start }) => start),
      batches: Array.from({ length: count }, (_, t) => [t % columns[0]!.slopes.length]),
    })),
  );
}

/**
 * Shares that a mean keeps, and the iterations after which it is as near to equal gradients as it gets: at 0.5 in doubles, at 0.9 in single
 * precision. There the variance is negative for one gradient of eight, so that more of them are asked.
 */
const settled = [
  { alpha: 0.5, count: 80, entries: 8 },
  { alpha: 0.9, count: 200, entries: 33 },
] as const;

/** The bits of equal gradients. */
const fullBits = 50;

/**
 * Equal gradients until their variance is 0 but for rounding, which may make it negative. Their squares have more digits than a double; of several,
 * some round down.
 */
function equalGradients(algorithm: StatefulAlgorithmName, { alpha, count, entries }: (typeof settled)[number]) {
  const [own] = longSettings(algorithm);
  const slope = fc.integer({ min: 0, max: 2 ** fullBits - 1 }).map((bits) => 1 + (2 * bits + 1) * 2 ** -fullBits);
  return fc.record({
    hyperparameters: fc.constant<Hyperparameters>({ ...own, alpha, momentum: 0, centered: true, weightDecay: 0 }),
    step: stepSize(),
    columns: each(fc.record({ start: dyadic(), slopes: each(slope, 1) }), entries),
    count: fc.constant<number>(count),
  });
}

/**
 * Runs in which about every other gradient opposes the memory, or nearly cancels it: only then does a sign show how large the memory
 * is, or that it is there. The slopes are those of linear r_k, one for each iteration.
 */
function opposedRuns(
  algorithm: StatefulAlgorithmName,
  { hyperparameters: given, schedule }: Setting,
  options: StatefulCaseOptions,
): fc.Arbitrary<StatefulCase>[] {
  const { signOfMean } = statefulAlgorithms[algorithm];
  if (signOfMean === undefined) return [];
  const [direction, memory] = [signOfMean.direction, signOfMean.memory].map((name) => given[name] as number);
  if (!direction || !takesSlopes(options)) return [];
  const decay = Number(given['weightDecay'] ?? 0);
  const isCoupled = given['decoupled'] === false;
  const turn = fc.record({
    slope: positiveDyadic(2),
    sign: fc.constantFrom(1, -1),
    share: fc.constantFrom(undefined, ...opposed),
  });
  const coordinate = fc.record({ start: dyadic(), turns: fc.array(turn, { minLength: slopes, maxLength: slopes }) });
  const drawn = fc.record({
    step: stepSize(),
    count: fc.integer({ min: 12, max: slopes }),
    coordinates: fc.array(coordinate, { minLength: 1, maxLength: 2 }),
  });
  return [
    drawn.map(({ step, count, coordinates }) => {
      const columns = coordinates.map(({ start, turns }) => {
        let [x, mean, wasOpposed] = [start, 0, false];
        return turns.map(({ slope, sign, share }, t) => {
          wasOpposed = share !== undefined && mean !== 0 && !wasOpposed;
          const g = wasOpposed ? (-share! * direction * mean) / (1 - direction) : sign * slope;
          const coefficient = isCoupled ? g - decay * x : g;
          const gamma = step * shares[schedule](t, count);
          x = (isCoupled ? 1 : 1 - gamma * decay) * x - gamma * Math.sign(direction * mean + (1 - direction) * g);
          mean = t === 0 && signOfMean.whole ? g : memory! * mean + (1 - memory!) * g;
          return coefficient;
        });
      });
      return {
        ...slopedRun(coordinates, columns, { step, count }),
        hyperparameters: given,
        ...(schedule !== 'constant' && { schedule }),
      };
    }),
  ];
}

/** Categories of a run: those of its problem, and the features that its hyperparameters switch on. */
export function classifyStatefulCase({
  x,
  shape = [],
  batch,
  problem,
  hyperparameters: given,
  schedule = 'constant',
}: StatefulCase): string[] {
  const isOn = (name: string): boolean => given[name] !== undefined && Number(given[name]) !== 0;
  const [m = 1, n = 1] = batch === true ? shape.slice(1) : shape;
  return [
    x.length === 1 ? 'one element' : 'several coordinates',
    ...(shape.length > 1 && m > 1 && n > 1 ? [m > n ? 'tall matrix' : m < n ? 'wide matrix' : 'square matrix'] : []),
    ...(batch === true ? ['batch'] : []),
    problem.functions.length === 1 ? 'one component' : 'several components',
    ...(problem.functions.length === slopes ? ['a gradient for each iteration'] : []),
    `γ ${schedule}`,
    ...['momentum', 'dampening', 'nesterov'].filter(isOn),
    ...(given['momentum'] === 0 ? ['no momentum'] : []),
    ...(isOn('amsgrad') ? ['AMSGrad'] : []),
    ...(isOn('centered') ? ['centred'] : []),
    ...(given['epoch'] === undefined
      ? []
      : [given['epoch'] === 1 ? 'an anchor for each step' : 'an anchor for several steps']),
    ...(isOn('weightDecay') ? [isOn('decoupled') ? 'decoupled decay' : 'weight decay'] : []),
  ];
}
