import test from 'ava';
import { advanceInJavaScript } from '../../reference/functions/total-variation/total-variation-fast.js';
import { type Advance, advanceAsDefined } from '../../reference/functions/total-variation/total-variation-iteration.js';
import { type AddRows, addRowsFrom, addRowsInJavaScript } from '../../reference/smooth/matrix/sweep.js';
import {
  judgeAdvance,
  judgeSweep,
  restarts,
  type Sweep,
  type SweepCase,
  sweepOf,
  type TotalVariationCase,
} from './imaging-kernels.js';

const wave = (length: number): number[] => Array.from({ length }, (_, i) => Math.sin(7 * i + i * i));

const image = (change: Partial<TotalVariationCase> = {}): TotalVariationCase => {
  const { rows = 5, columns = 6 } = change;
  return {
    rows,
    columns,
    isotropic: true,
    radius: 0.25,
    iterations: 60,
    pixels: wave(rows * columns),
    ...change,
  };
};

test('the definition solves the prox: two pixels move towards each other by the radius', (t) => {
  // Judged from min ½‖u − y‖² + t|u₂ − u₁|, not from another implementation.
  for (const [rows, columns] of [
    [1, 2],
    [2, 1],
  ] as const) {
    const pair = image({ rows, columns, pixels: [-1, 1], iterations: 200 });
    const seen: number[] = [];
    const watch: Advance = (images, ...rest) => {
      const momentum = advanceAsDefined(images, ...rest);
      seen.push(...images.image.filter((pixel) => pixel !== 0));
      return momentum;
    };
    t.is(judgeAdvance('definition', watch, pair).ratio, 0);
    t.deepEqual(seen, [-0.75, 0.75]);
  }
});

test('an iteration that rounds in another order, or forgets an edge, the shrink or a restart, does not agree', (t) => {
  t.is(judgeAdvance('fast', advanceInJavaScript, image()).ratio, 0);
  t.true(restarts(image()));
  t.false(restarts(image({ iterations: 2 })));
  const mutants: Record<string, Advance> = {
    'the border is not 0': (images, ...rest) => {
      images.aheadRight[images.columns + 1] = 0.5;
      return advanceInJavaScript(images, ...rest);
    },
    'a radius an ulp larger': (images, isotropic, radius, ...rest) =>
      advanceInJavaScript(images, isotropic, radius * (1 + 2 ** -52), ...rest),
    'the other norm': (images, isotropic, ...rest) => advanceInJavaScript(images, !isotropic, ...rest),
    'no restart': (images, isotropic, radius, momentum, count) => {
      for (let k = 0; k < count; k++) {
        const next = advanceInJavaScript(images, isotropic, radius, momentum, 1);
        momentum = next === 1 ? (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2 : next;
      }
      return momentum;
    },
    'one iteration less': (images, isotropic, radius, momentum, count) =>
      advanceInJavaScript(images, isotropic, radius, momentum, count - 1),
  };
  for (const [name, mutant] of Object.entries(mutants)) {
    const { ratio, explanation } = judgeAdvance('mutant', mutant, image());
    t.is(ratio, Number.POSITIVE_INFINITY, name);
    t.regex(explanation!(), /^mutant: number \d+ is \S+ instead of \S+$/);
  }
});

const sweepCase: SweepCase = { rows: 39, columns: 5, data: wave(195), x: wave(5) };

test('the definition of the sweep is Aᵀφ(Ax): worked out by hand', (t) => {
  // Rows (1, 2) and (3, −1), x = (2, 1): products 4 and 5, factors 15 and 24 − 1/8.
  const input: SweepCase = { rows: 2, columns: 2, data: [1, 2, 3, -1], x: [2, 1] };
  const byHand: Sweep = () => Float64Array.of(15 + 3 * 23.875, 30 - 23.875);
  t.is(judgeSweep('by hand', byHand, input).ratio, 0);
  // Five rows e₁, one in a second group: products 1, factors 0, −1/8, …, −4/8.
  const five: SweepCase = { rows: 5, columns: 1, data: [1, 1, 1, 1, 1], x: [1] };
  t.is(judgeSweep('by hand', () => Float64Array.of(-10 / 8), five).ratio, 0);
});

test('a sweep that forgets a group, a single row, an odd column or the order of the sum does not agree', (t) => {
  t.is(judgeSweep('fast', sweepOf(addRowsInJavaScript), sweepCase).ratio, 0);
  const mutants: Record<string, AddRows> = {
    'from the second group on': (...rest) => addRowsFrom(4, addRowsInJavaScript, ...rest),
    'single rows left out': (matrix, ...rest) => addRowsInJavaScript({ ...matrix, rows: 36 }, ...rest),
    'the last group row by row': (matrix, x, factor, out) => {
      addRowsInJavaScript({ ...matrix, rows: 32 }, x, factor, out);
      for (let j = 32; j < matrix.rows; j++) {
        addRowsFrom(j, addRowsInJavaScript, { ...matrix, rows: j + 1 }, x, factor, out);
      }
    },
    'the odd column forgotten': (matrix, x, factor, out) => {
      addRowsInJavaScript(matrix, x, factor, out);
      out[matrix.columns - 1] = 0;
    },
    'rows added one by one': (matrix, x, factor, out) => {
      for (let j = 0; j < matrix.rows; j++)
        addRowsFrom(j, addRowsInJavaScript, { ...matrix, rows: j + 1 }, x, factor, out);
    },
    'the factor of another row': (matrix, x, factor, out) =>
      addRowsInJavaScript(matrix, x, (product, row) => factor(product, row - (row % 4)), out),
  };
  const long: SweepCase = { rows: 5, columns: 2 ** 17 + 1, data: wave(5 * 2 ** 17 + 5), x: wave(2 ** 17 + 1) };
  t.is(judgeSweep('longer rows than there is room for', sweepOf(addRowsInJavaScript), long).ratio, 0);
  for (const [name, mutant] of Object.entries(mutants)) {
    t.is(judgeSweep('mutant', sweepOf(mutant), sweepCase).ratio, Number.POSITIVE_INFINITY, name);
  }
});
