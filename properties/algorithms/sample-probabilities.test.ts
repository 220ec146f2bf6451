import test from 'ava';
import { depths } from '../../src/claims/claim.js';
import { answering } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim, undetectedTable } from './sample-probabilities.js';

/** Counts of a library. */
type CountsOf = (
  theta: readonly number[],
  count: number,
  seed: number,
) => readonly number[] | Promise<readonly number[]>;

const judged = (counts: CountsOf) =>
  claim.check(
    answering(reference, {
      sample: async ({ probabilities, count, seed }) => ({ counts: await counts(probabilities, count, seed) }),
    }),
    quickBudget(),
  );

const right: CountsOf = async (probabilities, count, seed) =>
  (await reference.ask({ method: 'sample', probabilities, count, seed })).counts;

test('the stated power: a coarse table escapes at most once in a million runs, at every depth', (t) => {
  for (const dtype of ['f64', 'bf16'] as const) {
    for (const depth of depths) {
      t.true(undetectedTable(depth, dtype) <= 1e-6, `${depth}, ${dtype}: ${undetectedTable(depth, dtype)}`);
    }
  }
});

test('tables that round up, down and in turn are caught, and a finer one is not called wrong', async (t) => {
  const rounded =
    (round: (scaled: number, k: number) => number, steps: number): CountsOf =>
    (theta, count, seed) => {
      const table = theta.map((p, k) => (p * steps === Math.round(p * steps) ? p : round(p * steps, k) / steps));
      const largest = table.indexOf(Math.max(...table));
      table[largest] = table.reduce((rest, p, k) => (k === largest ? rest : rest - p), 1);
      return right(table, count, seed);
    };
  for (const round of [Math.ceil, Math.floor, (p: number, k: number) => (k % 2 === 0 ? Math.ceil(p) : Math.floor(p))]) {
    t.is((await judged(rounded(round, 2 ** 8))).verdict, 'violated');
  }
  t.is((await judged(rounded(Math.floor, 2 ** 24))).verdict, 'holds-within-rho');
});

test('counts that no draws have are told', async (t) => {
  for (const change of [
    (counts: readonly number[]) => counts.slice(1),
    (counts: readonly number[]) => counts.with(0, counts[0]! + 1),
    (counts: readonly number[]) => counts.with(0, counts[0]! - 0.5).with(1, counts[1]! + 0.5),
    (counts: readonly number[]) => counts.with(0, counts[0]! + 100).with(1, counts[1]! - 100),
  ]) {
    const { verdict, reason } = await judged(async (theta, count, seed) => {
      const counts = await right(theta, count, seed);
      return count > 2 ? change(counts) : counts;
    });
    t.is(verdict, 'violated');
    t.regex(reason, /^16 components of 1\/700: returned counts \[.*\] for 32 draws$/);
  }
  const { verdict, reason } = await judged(async (theta, count, seed) => {
    const counts = await right(theta, count, seed);
    return count === 2 ? counts.with(0, counts[0]! + 1) : counts;
  });
  t.is(verdict, 'violated');
  t.regex(reason, /^θ = \(0\.5, 0\.5\): returned counts \[.*\] for 2 draws$/);
});

test('two draws that are never the same component are found out, and uniform ones where θ is not', async (t) => {
  const pairs =
    (two: (theta: readonly number[], seed: number) => ReturnType<CountsOf>): CountsOf =>
    (theta, count, seed) =>
      count === 2 ? two(theta, seed) : right(theta, count, seed);
  // With θ = (½, ½) each component has its share of the draws, and only their joint law is wrong.
  const different = await judged(pairs((theta) => theta.map((_, k) => Number(k < 2))));
  t.is(different.verdict, 'violated');
  t.regex(different.reason, /^θ = \(0\.5, 0\.5\): counts .*, ln E = /);
  const uniform = await judged(
    pairs((theta, seed) => {
      const possible = theta.filter((p) => p > 0).length;
      return right(
        theta.map((p) => (p > 0 ? 1 / possible : 0)),
        2,
        seed,
      );
    }),
  );
  t.is(uniform.verdict, 'violated');
  t.regex(uniform.reason, /^θ = \(0\.75, 0\.25\): counts .*, ln E = /);
});
