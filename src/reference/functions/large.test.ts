import test from 'ava';
import seedrandom from 'seedrandom';
import { l1Ball, linf, max, simplex, totalVariation1d } from './index.js';

// A million entries: certificates of optimality that cost O(n) and come from no algorithm.

const random = seedrandom('large');
const n = 1_000_000;
const y = Float64Array.from({ length: n }, (_, i) => 3 * Math.sin(i / 1e4) + random() - 0.5);
const sum = (u: Float64Array): number => u.reduce((total, entry) => total + entry, 0);
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(b));

test('simplex and l1 ball of a million entries: one threshold for every entry, and the right sum', (t) => {
  for (const [fn, sizes] of [
    [simplex({ total: 1000 }), y],
    [l1Ball({ radius: 1000 }), y.map(Math.abs)],
  ] as const) {
    const u = fn.prox(y, 1).map(Math.abs);
    t.true(near(sum(u), 1000));
    const at = u.findIndex((entry) => entry > 0);
    const threshold = sizes[at]! - u[at]!;
    t.true(u.every((entry, i) => Math.abs(entry - Math.max(sizes[i]! - threshold, 0)) <= 1e-12));
  }
});

test('max and linf of a million entries: sizes over one level are cut to it, and what is cut sums to γw', (t) => {
  for (const [fn, sizeOf] of [
    [max({ weight: 500 }), (entry: number) => entry],
    [linf({ weight: 500 }), Math.abs],
  ] as const) {
    const u = fn.prox(y, 2).map(sizeOf);
    const sizes = y.map(sizeOf);
    const level = u.reduce((a, b) => Math.max(a, b));
    t.true(near(sum(sizes.map((size) => Math.max(size - level, 0))), 1000));
    t.true(u.every((size, i) => Math.abs(size - Math.min(sizes[i]!, level)) <= 1e-12));
  }
});

/** Largest violation of |q| ≤ t, q_n = 0 and t|u_{i+1} − u_i| = −q_i(u_{i+1} − u_i) for the prefix sums q of y − u. */
function optimalityGap(u: Float64Array, data: Float64Array, t: number): number {
  let prefix = 0;
  let gap = 0;
  for (let i = 0; i < u.length; i++) {
    prefix += data[i]! - u[i]!;
    const next = i < u.length - 1 ? u[i + 1]! - u[i]! : 0;
    const bound = i < u.length - 1 ? Math.abs(prefix) - t : Math.abs(prefix);
    gap = Math.max(gap, bound, Math.abs(t * Math.abs(next) + prefix * next));
  }
  return gap;
}

test('total variation of a million entries, and of a few with ties and extreme steps', (t) => {
  for (const step of [0.5, 1e3, 1e9]) {
    t.true(optimalityGap(totalVariation1d({ weight: 1 }).prox(y, step), y, step) <= 1e-7, `${step}`);
  }
  for (let length = 1; length < 40; length++) {
    const small = Float64Array.from({ length }, () => (random() < 0.4 ? Math.round(4 * random()) : 8 * random() - 4));
    for (const step of [1e-18, 0.1, 0.5, 1, 3, 1e20]) {
      const fn = totalVariation1d({ weight: 2 });
      const gap = optimalityGap(fn.prox(small, step), small, 2 * step);
      t.true(gap <= 1e-13 * length, `length ${length} step ${step} gap ${gap}`);
    }
  }
  // A far offset costs the digits of the offset alone.
  const far = y.subarray(0, 1000).map((entry) => Math.round(entry * 1024) / 1024 + 2 ** 30);
  t.true(optimalityGap(totalVariation1d({ weight: 1 }).prox(far, 0.5), far, 0.5) <= 1e-4);
});
