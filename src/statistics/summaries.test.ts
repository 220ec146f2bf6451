import test from 'ava';
import { CompensatedSum, Moments, rateExponent } from './summaries.js';

test('moments survive a large common offset', (t) => {
  const moments = new Moments();
  t.is(moments.mean, Number.NaN);
  t.is(moments.variance, Number.NaN);
  for (const x of [4, 7, 13, 16]) moments.add(1e9 + x);
  t.is(moments.count, 4);
  t.is(moments.mean, 1e9 + 10);
  t.is(moments.variance, 30);
});

test('compensated sums keep what plain sums lose', (t) => {
  const sum = new CompensatedSum();
  for (const x of [1, 1e100, 1, -1e100]) sum.add(x);
  t.is(sum.value, 2);
  const tenths = new CompensatedSum();
  for (let i = 0; i < 1_000_000; i++) tenths.add(0.1);
  t.true(Math.abs(tenths.value - 100_000) < 1e-10);
});

test('the rate exponent of a power law is its exponent', (t) => {
  const points = [1, 4, 16, 64, 256].map((iterations) => ({ iterations, left: 3 * iterations ** -0.5 }));
  t.true(Math.abs(rateExponent(points)! + 0.5) < 1e-12);
  t.true(Math.abs(rateExponent([...points, { iterations: 1024, left: 0 }])! + 0.5) < 1e-12);
  // Least squares, not end points: a bump in the middle of three centred points does not tilt the line.
  const bumped = [1, 4, 16].map((iterations) => ({ iterations, left: iterations === 4 ? 100 : 1 }));
  t.true(Math.abs(rateExponent(bumped)!) < 1e-12);
  t.is(rateExponent([{ iterations: 4, left: 1 }]), undefined);
  t.is(rateExponent([]), undefined);
  t.throws(() => rateExponent([{ iterations: 0, left: 1 }]), { message: /iterations/ });
  t.throws(() => rateExponent([{ iterations: 1, left: Number.NaN }]), { message: /left/ });
});
