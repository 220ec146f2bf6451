import { between, positiveNumber } from '../../functions/parameters/number.js';
import { clipping, epsilon, tried, weightDecay } from './hyperparameters.js';
import {
  countingFrom,
  defineAlgorithm,
  losing,
  movedBy,
  type StatefulInput,
  type StatefulPoint,
  withHyperparameters,
} from './stateful-algorithm.js';

type AdafactorMemory = {
  /** Iterations so far. */
  readonly count: number;
  /** For each entry of a matrix, the mean of the squares of its row and that of its column; for a vector, both are its own square. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
};

interface AdafactorHyperparameters {
  readonly beta2Decay: number;
  readonly epsilon1: number;
  readonly epsilon2: number;
  readonly clipping: number;
  readonly weightDecay: number;
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** √(Σ uᵢ²/n). */
const rootMeanSquare = (u: Float64Array): number => Math.hypot(...u) / Math.sqrt(u.length);

/** For each entry the mean over its row, or over its column; over itself alone in a vector. */
function meansOver(which: 'row' | 'column', values: Float64Array, [m, n]: readonly number[]): Float64Array {
  if (n === undefined) return values;
  const placeOf = (i: number): number => (which === 'row' ? Math.floor(i / n) : i % n);
  const sums = new Float64Array(which === 'row' ? m! : n);
  for (const [i, value] of values.entries()) sums[placeOf(i)]! += value;
  return values.map((_, i) => sums[placeOf(i)]! / (which === 'row' ? n : m!));
}

/** What may be wrong: the estimate of second moments from the means, and what a step is divided by. */
interface Forms {
  readonly estimate: (
    rows: Float64Array,
    columns: Float64Array,
    shape: readonly number[],
    least: number,
  ) => Float64Array;
  readonly divisor: (size: number, clipping: number) => number;
}

/** Means of rows times means of columns, divided by the mean of all. */
const factored: Forms['estimate'] = (rows, columns, shape, least) => {
  if (shape.length === 1) return rows;
  const mean = Math.max(meanOf(rows), least);
  return rows.map((row, i) => (row * columns[i]!) / mean);
};

const clipped: Forms['divisor'] = (size, clipping) => Math.max(1, size / clipping);

const adafactorUpdate =
  ({ estimate = factored, divisor = clipped }: Partial<Forms> = {}) =>
  (input: StatefulInput<AdafactorHyperparameters, AdafactorMemory>): StatefulPoint<AdafactorMemory> => {
    const { x, shape, stochasticGradient, step, memory, hyperparameters, conventions = {} } = input;
    const { capped, relative, floor, decayedBy } = conventions;
    const { beta2Decay, epsilon1, epsilon2, clipping, weightDecay } = hyperparameters;
    const g = stochasticGradient(x);
    const [added, least] = floor === 'added to squares' ? [epsilon1, 0] : [0, epsilon1];
    const squares = g.map((v) => v * v + added);
    const count = (memory?.count ?? 0) + 1;
    const newest = count ** beta2Decay;
    const next = (before: Float64Array | undefined, now: Float64Array): Float64Array =>
      now.map((v, i) => (1 - newest) * (before?.[i] ?? 0) + newest * v);
    const rows = next(memory?.rows, meansOver('row', squares, shape));
    const columns = next(memory?.columns, meansOver('column', squares, shape));
    const second = estimate(rows, columns, shape, least);
    const u = g.map((v, i) => v / Math.sqrt(Math.max(second[i]!, least * least)));
    const keptBy = (own: number): number => 1 - own * weightDecay;
    const measured = relative === 'to the decayed x' ? x.map((v) => keptBy(step) * v) : x;
    const size = relative === 'to nothing' ? 1 : Math.max(epsilon2, rootMeanSquare(measured));
    const rate = size * (capped === 'nowhere' ? step : Math.min(step, 1 / Math.sqrt(count)));
    const factor = rate / divisor(rootMeanSquare(u), clipping);
    const kept = keptBy(decayedBy === 'the scaled γ' ? rate : step);
    return { x: x.map((v, i) => movedBy(kept, v, factor * u[i]!, conventions)), memory: { count, rows, columns } };
  };

/**
 * Adafactor (Shazeer and Stern, 2018) without a first moment, as PyTorch has it, with a decoupled weight decay λ. For an m × n matrix, with
 * RMS(u)² the mean of the squares of the entries of u, g = ∇f̂(x^{t−1}), and products and quotients taken entry by entry,
 *
 *     r^t = (1 − t^c)r^{t−1} + t^c g²1/n,   s^t = (1 − t^c)s^{t−1} + t^c 1ᵀg²/m,   v = r^t s^t/max(mean of r^t, ε₁),
 *     u = g/max(√v, ε₁),   α = max(ε₂, RMS(x^{t−1})) min(γ, 1/√t),
 *     x^t = (1 − γλ)x^{t−1} − α u/max(1, RMS(u)/d).
 *
 * For a vector, v is the mean of g² itself. The memory has a mean for each entry, so that it has the length of x; a program keeps m + n numbers.
 */
export const adafactor = defineAlgorithm<AdafactorMemory>()({
  name: 'adafactor',
  takes: 'gradients',
  points: 'vectors and matrices',
  parameters: {
    beta2Decay: tried(
      between('a finite number <= 0', (value) => value <= 0 && value > -Infinity),
      [-0.8, 0, -0.25],
      [-0.8],
    ),
    epsilon1: tried(epsilon, epsilon.levels, [1e-30, 2 ** -52]),
    epsilon2: tried(positiveNumber, [2 ** -10, 0.5], [1e-3]),
    clipping,
    weightDecay,
  },
  references: {
    paper: {
      source: 'Shazeer and Stern 2018, Algorithms 4 and 5, with γ = ρ_t',
      conventions: { capped: 'nowhere', floor: 'added to squares' },
    },
    pytorch: { source: 'torch.optim.Adafactor 2.6' },
    tensorflow: {
      source: 'keras.optimizers.Adafactor 3',
      conventions: { floor: 'added to squares', relative: 'to the decayed x' },
    },
    transformers: {
      source: 'transformers.optimization.Adafactor 4 with relative_step=False, scale_parameter=True',
      conventions: { capped: 'nowhere', floor: 'added to squares', decayedBy: 'the scaled γ' },
    },
  },
  update: adafactorUpdate(),
  errors: {
    'the second moment of a matrix is not factored': (update) => (input) =>
      update({ ...input, shape: [input.x.length] }),
    'x is taken column by column': (update) => (input) => update({ ...input, shape: input.shape.toReversed() }),
    'rows of a tall matrix are divided by themselves': () =>
      adafactorUpdate({
        estimate: (rows, columns, shape, least) =>
          shape.length > 1 && shape[0]! > shape[1]! ? columns : factored(rows, columns, shape, least),
      }),
    'means of rows and columns are multiplied and not divided by the mean of all': () =>
      adafactorUpdate({
        estimate: (rows, columns, shape) => (shape.length === 1 ? rows : rows.map((row, i) => row * columns[i]!)),
      }),
    'short steps are lengthened and long ones not clipped': () =>
      adafactorUpdate({ divisor: (size, clipping) => Math.min(1, size * clipping) }),
    'no step is clipped': () => adafactorUpdate({ divisor: () => 1 }),
    'the mean of the rows is lost': losing<AdafactorMemory>('rows'),
    'the mean of the columns is lost': losing<AdafactorMemory>('columns'),
    'every iteration is the first in the rate of the means': losing<AdafactorMemory>('count'),
    'iterations are counted from 1': countingFrom(1),
    'x counts as large from the first step on': withHyperparameters(({ epsilon2 }) => ({
      epsilon2: Math.max(1, epsilon2),
    })),
    'ε₁ is squared': withHyperparameters(({ epsilon1 }) => ({ epsilon1: epsilon1 * epsilon1 })),
    'the weight decay is ignored': withHyperparameters(() => ({ weightDecay: 0 })),
    'the weight decay is not multiplied by the step': withHyperparameters(({ weightDecay: decay }, { step }) => ({
      weightDecay: decay / step,
    })),
  },
});
