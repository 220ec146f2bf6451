import test from 'ava';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import {
  answering,
  type Implementation,
  ImplementationError,
  type Question,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim as eq6 } from '../prox/eq6-prox.js';

type Change = (question: Question<'prox'>, right: Float64Array) => Float64Array;

/** A library whose prox of one function is changed. */
function library(type: string, change: Change): Implementation {
  return otherLibrary(
    { methods: ['prox'], functions: [type], smooth: [], algorithms: [] },
    { prox: async (question, own) => ({ x: change(question, (await own(question)).x) }) },
  );
}

/** The verdict about the prox of one function of a library whose answers are changed. */
async function verdictOn(type: string, change: Change) {
  const [found] = await subjectsOf([eq6], library(type, change), quickBudget('1', 'standard'));
  return found!;
}

test('exact to eight digits: inaccurate', async (t) => {
  const found = await verdictOn('l1', (_, right) => right.map((value) => value * (1 + 1e-8)));
  t.is(found.verdict, 'inaccurate', found.counterexample);
  t.true(found.digits === 8, `${found.digits}`);
});

test('wrong only above 2 to the twenty: extreme', async (t) => {
  const found = await verdictOn('l1', ({ x: y }, right) =>
    right.map((value, i) => (Math.abs(y[i]!) > 2 ** 20 ? 0 : value)),
  );
  t.is(found.verdict, 'extreme', found.counterexample);
  t.regex(found.extreme!, /^a number of /);
});

test('wrong only at weight 0: extreme', async (t) => {
  const found = await verdictOn('l1', ({ function: r }, right) =>
    r['weight'] === 0 ? right.map((value) => value / 2) : right,
  );
  t.like(found, { verdict: 'extreme', extreme: 'weight 0' });
});

test('raises on one row: raises, and only there', async (t) => {
  const found = await verdictOn('nuclear-norm', ({ function: r }, right) => {
    if ((r['shape'] as number[])[0] === 1) throw new ImplementationError('error', 'the matrix is a vector');
    return right;
  });
  t.like(found, { verdict: 'raises', extreme: 'one row' });
});

test('a weight of 0 that is refused is skipped and counted, and all that was wanted is judged', async (t) => {
  const found = await verdictOn('l1', ({ function: r }, right) => {
    if (r['weight'] === 0) throw new UnsupportedError('weight > 0 only');
    return right;
  });
  t.is(found.verdict, 'right', found.thin);
  t.true(found.skipped['weight > 0 only']! > 0);
  t.true(found.cases >= 360, `${found.cases}`);
});

test('where all but a few are refused it is right as far as it was answered', async (t) => {
  const found = await verdictOn('l1', ({ x: y }, right) => {
    if (y.length > 1) throw new UnsupportedError('one entry only');
    return right;
  });
  t.is(found.verdict, 'thin');
  t.regex(found.thin!, /never reached|of \d+ cases answered/);
});

test('where every case is refused nothing is right', async (t) => {
  const found = await verdictOn('l1', () => {
    throw new UnsupportedError('not here');
  });
  t.is(found.verdict, 'refuses');
  t.is(found.cases, 0);
});

test('an error that values cannot see is seen by the gradient', async (t) => {
  // Far above its minimum a steep φ has rounding that is larger than what the error moves it by.
  const input = encodeExact({
    specification: { type: 'squared-l2', weight: 1000 },
    step: 1,
    y: Float64Array.of(1000, 3),
  });
  const verdict = async (error: number) => {
    const own = answering(reference, {
      prox: async (question, honest) => ({ x: (await honest(question)).x.map((value) => value * (1 + error)) }),
    });
    const savedCases = () => [{ part: 'squared-l2', input }];
    return (await eq6.check(own, { ...quickBudget(), savedCases, replayOnly: true })).verdict;
  };
  t.is(await verdict(2 ** -50), 'holds');
  t.is(await verdict(2 ** -32), 'violated');
});
