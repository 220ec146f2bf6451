import test from 'ava';
import { climb, growsWithoutEnd, peaks } from './climb.js';

test('growth is a tail that keeps doubling', (t) => {
  const powers = Array.from({ length: 11 }, (_, k) => 16 ** k);
  t.true(growsWithoutEnd(powers));
  t.true(growsWithoutEnd([0, ...powers, Infinity, 1]));
  t.false(growsWithoutEnd(powers.map((value) => value / (1 + value / 1e6))));
  t.false(growsWithoutEnd(powers.map((value) => -value)));
  t.false(growsWithoutEnd(powers.slice(0, 5)));
  t.false(growsWithoutEnd([Number.NaN, ...powers]));
});

test('climbing finds a maximum without derivatives and passes over what is not finite', (t) => {
  let state = 1;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const score = ([x, y]: Float64Array): number =>
    x! > 3 ? Number.POSITIVE_INFINITY : -Math.abs(x! - 2) - 2 * Math.abs(y! + 1);
  const start = Float64Array.of(0, 0);
  const { point, score: found } = climb(score, { point: start, score: score(start) }, random, 400);
  t.true(found > -0.05 && found <= 0, `${found} at ${point}`);
  t.deepEqual(start, Float64Array.of(0, 0));
});

test('numbers that rise towards 0 do not grow without end, and those that double do', (t) => {
  t.false(growsWithoutEnd([-6, -5, -4, -3, -2, -1]));
  t.true(growsWithoutEnd([1, 3, 9, 27, 81, 243]));
  t.false(growsWithoutEnd([1, 2, 4, 8, 16, 32]), 'just twice as large is not more');
});

test('peaks of a scan are its highest few, of a plateau its beginning, and rounding makes none', (t) => {
  const found = (...scores: number[]): number[] => {
    const scanned = scores.map((score, k) => ({ point: Float64Array.of(k), score }));
    return peaks(scanned).map(({ point }) => point[0]!);
  };
  t.deepEqual(found(0, 1, 0, 3, 2, 2.5), [3, 5, 1]);
  t.deepEqual(found(2, 1, 3), [2, 0]);
  t.deepEqual(found(0, 4, 4, 4, 0), [1]);
  t.deepEqual(found(1, 1 + 2 ** -50, 1, 1 + 2 ** -50, 1), [0]);
  t.deepEqual(found(1, 0, 2, 0, 3, 0, 4, 0, 5), [8, 6, 4, 2]);
  t.deepEqual(found(0, 0, 0), []);
  t.deepEqual(found(1, Number.NaN, 2), []);
});
