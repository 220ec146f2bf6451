import test from 'ava';
import { advanceInJavaScript } from '../functions/total-variation-fast.js';
import { type Advance, advanceAsDefined } from '../functions/total-variation-iteration.js';
import { kernelMatrixData } from '../kernels/matrix-memory.js';
import { createKernelMemory, type KernelExports } from '../kernels/webassembly.js';
import { judgeAdvance, judgeSweep, restarts, type SweepCase, type TotalVariationCase } from './kernel-judgements.js';

const wave = (length: number): number[] => Array.from({ length }, (_, i) => Math.sin(7 * i + i * i));

const image = (change: Partial<TotalVariationCase> = {}): TotalVariationCase => {
  const { rows = 5, columns = 6 } = change;
  return {
    ...{ rows, columns, isotropic: true, radius: 0.25, iterations: 60, pixels: wave(rows * columns) },
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

/** Data in kernel memory whose kernels are wrapped: a mutant of the module. */
function mutated(change: (exports: KernelExports, buffer: ArrayBuffer) => Partial<KernelExports>) {
  return (doubles: number) => {
    const kernel = createKernelMemory!(doubles)!;
    return { ...kernel, exports: { ...kernel.exports, ...change(kernel.exports, kernel.memory.buffer) } };
  };
}

test('a sweep that sums in another order, or leaves out a row or an odd column, does not agree', (t) => {
  const input: SweepCase = { rows: 17, columns: 5, data: wave(85), x: wave(5) };
  t.is(judgeSweep('fast', kernelMatrixData(17, 5)!, input).ratio, 0);
  const at = (buffer: ArrayBuffer, address: number, length: number) => new Float64Array(buffer, address, length);
  const mutants: Record<string, ReturnType<typeof mutated>> = {
    'columns summed backwards': mutated((_, buffer) => ({
      productsOfEightRows(rows, columns, x, products) {
        const vector = at(buffer, x, columns);
        for (let k = 0; k < 8; k++) {
          const row = at(buffer, rows + 8 * k * columns, columns);
          at(buffer, products, 8)[k] = row.reduceRight((sum, a, i) => sum + a * vector[i]!, 0);
        }
      },
    })),
    'rows added one by one': mutated((_, buffer) => ({
      addEightRows(rows, columns, factors, out) {
        const sum = at(buffer, out, columns);
        for (let k = 0; k < 8; k++) {
          const factor = at(buffer, factors, 8)[k]!;
          at(buffer, rows + 8 * k * columns, columns).forEach((a, i) => {
            sum[i]! += factor * a;
          });
        }
      },
    })),
    'the odd column forgotten': mutated(({ addEightRows }, buffer) => ({
      addEightRows(rows, columns, factors, out) {
        const [last] = at(buffer, out + 8 * (columns - 1), 1);
        addEightRows(rows, columns, factors, out);
        at(buffer, out + 8 * (columns - 1), 1)[0] = last!;
      },
    })),
  };
  for (const [name, create] of Object.entries(mutants)) {
    t.is(judgeSweep('mutant', kernelMatrixData(17, 5, create)!, input).ratio, Number.POSITIVE_INFINITY, name);
  }
});
