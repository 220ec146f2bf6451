import test from 'ava';
import {
  bets,
  type EProcess,
  holdsProcessWithCap,
  holdsProcessWithSecondMoment,
  violationProcess,
} from './e-process.js';
import { crossings, exponential, rateIsAbove, twoPoint, uniform } from './laws.test.helper.js';

test('false alarms at E[X] = b exactly stay within α', (t) => {
  const alpha = 0.01;
  const [paths, length] = [2000, 300];
  for (const law of [twoPoint(1, 0.2), twoPoint(1, 0.8), uniform(1), exponential(1)]) {
    const { mean, cap, secondMoment } = law;
    const processes: Record<string, () => EProcess> = {
      V: () => violationProcess(mean),
      'H by v': () => holdsProcessWithSecondMoment(mean, secondMoment, mean),
    };
    if (cap !== undefined) processes['H by M'] = () => holdsProcessWithCap(mean, cap);
    for (const [name, make] of Object.entries(processes)) {
      const events = crossings(make, law, paths, length, alpha);
      t.false(rateIsAbove(alpha, events, paths), `${name}, ${law.name}: ${events} of ${paths}`);
    }
  }
  // The judge itself: a process without the ln J of the mixture, the classical error, is rejected by it.
  const greedy = () => {
    const process = violationProcess(0.2);
    return { ...process, reaches: (threshold: number) => process.reaches(threshold - Math.log(bets.length)) };
  };
  t.true(rateIsAbove(alpha, crossings(greedy, twoPoint(1, 0.2), paths, length, alpha), paths));
});

test('the processes are martingales: their expectation over all paths of a two-point law is 1', (t) => {
  const [top, mean, length] = [2, 0.5, 8];
  const expectation = (make: () => EProcess) => {
    let sum = 0;
    for (let path = 0; path < 2 ** length; path++) {
      const process = make();
      let probability = 1;
      for (let n = 0; n < length; n++) {
        const hit = (path >> n) & 1;
        process.observe(hit * top);
        probability *= hit ? mean / top : 1 - mean / top;
      }
      sum += probability * Math.exp(process.logValue());
    }
    return sum;
  };
  t.true(Math.abs(expectation(() => violationProcess(mean)) - 1) < 1e-12);
  t.true(Math.abs(expectation(() => holdsProcessWithCap(mean, top)) - 1) < 1e-12);
  t.true(Math.abs(expectation(() => holdsProcessWithCap(mean, 3)) - 1) < 1e-12);
  // The second-moment bound gives away e^{−z} < 1 − z + z²/2: below 1 under the null, and not by much.
  const bySecondMoment = expectation(() => holdsProcessWithSecondMoment(mean, mean * top, mean));
  t.true(bySecondMoment < 1 && bySecondMoment > 0.9, `${bySecondMoment}`);
  // Inside the null it falls, outside it grows.
  t.true(expectation(() => violationProcess(0.6)) < 1);
  t.true(expectation(() => violationProcess(0.4)) > 1);
  t.true(expectation(() => holdsProcessWithCap(0.4, top)) < 1);
  t.true(expectation(() => holdsProcessWithCap(0.6, top)) > 1);
});

test('values are the products of the definition', (t) => {
  const [b, cap, v] = [0.7, 2, 1.1];
  const observations = [0, 0.3, 2, 1.1, 0.7];
  const c = (j: number) => 0.001 * 999 ** (j / 23);
  const average = (factor: (bet: number, x: number) => number) => {
    let sum = 0;
    for (let j = 0; j < 24; j++) sum += observations.reduce((product, x) => product * factor(c(j), x), 1);
    return sum / 24;
  };
  const cases: [EProcess, number][] = [
    [violationProcess(b), average((bet, x) => 1 + (bet / b) * (x - b))],
    [holdsProcessWithCap(b, cap), average((bet, x) => 1 - (bet / (cap - b)) * (x - b))],
    [
      holdsProcessWithSecondMoment(b, v, b),
      average((bet, x) => {
        const stake = (bet * b) / v;
        return Math.exp(-stake * x) / (1 - stake * b + (stake ** 2 * v) / 2);
      }),
    ],
  ];
  for (const [process, expected] of cases) {
    for (const x of observations) process.observe(x);
    t.true(Math.abs(process.logValue() - Math.log(expected)) < 1e-12);
    t.true(process.reaches(process.logValue()));
    t.false(process.reaches(process.logValue() + 1e-9));
  }
  // No law with second moment v has a mean above √v: where the formula says so, E is infinite.
  const impossible = holdsProcessWithSecondMoment(5, 1, 0.9);
  impossible.observe(0);
  t.is(impossible.logValue(), Number.POSITIVE_INFINITY);
});

test('a bound of 0 is violated by anything above it, and by nothing else', (t) => {
  const process = violationProcess(0);
  for (let n = 0; n < 100; n++) process.observe(0);
  t.is(process.logValue(), 0);
  t.false(process.reaches(1));
  process.observe(Number.MIN_VALUE);
  t.is(process.logValue(), Number.POSITIVE_INFINITY);
  t.true(process.reaches(1e300));
});

test('long paths do not overflow: ln E lies between the largest of the mixture and that less ln J', (t) => {
  const process = violationProcess(1);
  for (let n = 0; n < 5000; n++) process.observe(3);
  const largest = 5000 * Math.log1p(2 * bets.at(-1)!);
  t.true(process.logValue() <= largest + 1e-6 && process.logValue() >= largest - Math.log(bets.length) - 1e-6);
});

test('a process refuses impossible X and invalid parameters, and keeps its value', (t) => {
  const processes: Readonly<Record<string, readonly [EProcess, cap?: number]>> = {
    V: [violationProcess(1)],
    'V at 0': [violationProcess(0)],
    'H by M': [holdsProcessWithCap(1, 4), 4],
    'H by v': [holdsProcessWithSecondMoment(1, 4, 1)],
  };
  for (const [name, [process, cap]] of Object.entries(processes)) {
    process.observe(0);
    const before = process.logValue();
    for (const x of [Number.NaN, -1, -5e-324, Infinity, -Infinity, ...(cap === undefined ? [] : [cap * (1 + 1e-9)])]) {
      t.throws(
        () => process.observe(x),
        { instanceOf: RangeError, message: /^left side of replicate 1 / },
        `${name}: ${x}`,
      );
    }
    // Text is not a number, and neither is undefined.
    for (const x of ['1', undefined, null]) {
      t.throws(() => process.observe(x as never), { instanceOf: RangeError }, `${name}: ${x}`);
    }
    t.is(process.logValue(), before, name);
  }
  const capped = holdsProcessWithCap(1, 4);
  const atCap = holdsProcessWithCap(1, 4);
  // Above the cap by a rounding counts as the cap.
  capped.observe(4 * (1 + 2 ** -50));
  atCap.observe(4);
  t.is(capped.logValue(), atCap.logValue());
  for (const wrong of [Number.NaN, -1, Infinity]) {
    t.throws(() => violationProcess(wrong), { instanceOf: RangeError, message: /^bound must be / });
    t.throws(() => holdsProcessWithCap(wrong, 4), { instanceOf: RangeError, message: /^bound must be / });
    t.throws(() => holdsProcessWithCap(1, wrong), { instanceOf: RangeError, message: /^cap must be / });
    t.throws(() => holdsProcessWithSecondMoment(wrong, 4, 1), { instanceOf: RangeError, message: /^bound must be / });
    t.throws(() => holdsProcessWithSecondMoment(1, wrong, 1), {
      instanceOf: RangeError,
      message: /^secondMoment must /,
    });
    t.throws(() => holdsProcessWithSecondMoment(1, 4, wrong), {
      instanceOf: RangeError,
      message: /^stakesFor must be /,
    });
    t.throws(() => violationProcess(1).reaches(Number.NaN), { instanceOf: RangeError });
  }
  t.throws(() => holdsProcessWithCap(4, 4), {
    instanceOf: RangeError,
    message: /^cap must be .* above the bound 4, got 4$/,
  });
  t.throws(() => holdsProcessWithSecondMoment(1, 0, 1), { instanceOf: RangeError });
});
