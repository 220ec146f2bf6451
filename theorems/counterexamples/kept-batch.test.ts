import test from 'ava';
import { rational, toDouble } from '../../src/exact/arithmetic/rational.js';
import { binomialTable } from '../../src/reference/sampling/binomial-table.js';
import { keptStretch } from './kept-batch.js';

const [root, sigma, slope] = [16, 1, 1];
const iterations = root ** 2;
const step = 1 / (2 * root);
const height = sigma * (1 + step / 2);
const width = 2 * height + step * (height + 2);
const level = (slope * sigma) / root;

const closedForm = () => keptStretch({ root: BigInt(root), sigma: rational(1n), slope: rational(1n), bumps: 1 });

/** r_k′ of the instance with one bump, k = ±1, and d′. */
const bumpSlope = (k: number, u: number): number =>
  u / 2 + k * Math.min(height, Math.max(0, (width - Math.abs(u + width)) / 2));
const smoothSlope = (x: number): number => {
  const end = -2 * width;
  const steepness = level * (1 + step / 2);
  return x >= end ? steepness - x / 2 : steepness - end / 2 + (x - end);
};

/** P_k(x) from its definition: the root of u + γr_k′(u) = x − γd′(x), by bisection. */
function proximalPoint(k: number, x: number): number {
  const y = x - step * smoothSlope(x);
  let [low, high] = [y - 100, y + 100];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (middle + step * bumpSlope(k, middle) < y) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** G at x, and by how much a draw of k = 1 adds to it. */
function mapping(x: number): readonly [mean: number, deviation: number] {
  const [up, down] = [proximalPoint(1, x), proximalPoint(-1, x)];
  return [(x - (up + down) / 2) / step, (down - up) / (2 * step)];
}

test('with one bump the run along every mini-batch is caught where the tail says, and costs what the closed form takes for it', (t) => {
  const { first, cumulative } = binomialTable(iterations, 0.5);
  const visited = new Map<number, readonly [number, number]>();
  const at = (place: number) => {
    if (!visited.has(place)) visited.set(place, mapping(place * step));
    return visited.get(place)!;
  };
  const transit = (2 * width) / (step * iterations);
  const uneven = (step * height) / 2;
  let [left, passed] = [0, 0];
  cumulative.forEach((total, j) => {
    const excess = 2 * (first + j) - iterations;
    let [place, sum] = [0, 0];
    for (let i = 0; i < iterations; i++) {
      const [mean, deviation] = at(place);
      sum += Math.abs(mean);
      place -= Math.sign(mean + (deviation * excess) / iterations);
    }
    const average = sum / iterations;
    left += (total - (cumulative[j - 1] ?? 0)) * average;
    if (place * step <= -2 * width) passed++;
    const caught = excess < -slope * root;
    // Some others are caught as well, where G is a little smaller on the left half: the closed form does not count them.
    t.true(!caught || place * step > -2 * width, `${excess}`);
    t.true(average >= (caught ? level - transit * uneven : transit * (level - uneven)), `${excess}`);
  });
  t.true(passed > 0 && left > toDouble(closedForm().left));
});

test('its noise has the declared σ, its f the declared L and gap', (t) => {
  let largest = 0;
  for (let x = -3 * width; x < 1; x += width / 500) largest = Math.max(largest, mapping(x)[1]);
  t.true(largest <= sigma * (1 + 1e-9) && largest > sigma * (1 - 1e-9), `${largest}`);
  // f rises from its minimiser to x⁰ = 0 by the integral of f′ = d′ + r_γ′, where r_γ′(P(x)) = (x − γd′(x) − P(x))/γ.
  let gap = 0;
  let [point, before] = [Number.NaN, 0];
  for (let x = 3; x > -3 * width; x -= width / 20000) {
    const average = (proximalPoint(1, x) + proximalPoint(-1, x)) / 2;
    const derivative = smoothSlope(average) + (x - step * smoothSlope(x) - average) / step;
    if (average <= 0 && derivative > 0 && !Number.isNaN(point)) gap += ((derivative + before) / 2) * (point - average);
    if (average > -3 * width) [point, before] = [Math.min(0, average), derivative];
    if (derivative < 0) break;
  }
  const { constants } = closedForm();
  const declared = Number(constants!['gapUpper']);
  t.true(Math.abs(gap / declared - 1) < 1e-3, `${gap} ${declared}`);
});

test('where the closed form does not apply there is none', (t) => {
  const given = { root: 16n, sigma: rational(1n), slope: rational(1n), bumps: 1 };
  t.throws(() => keptStretch({ ...given, bumps: 2 }), { message: /^no closed form for 2 bumps at T = 256, u = 1$/ });
  t.throws(() => keptStretch({ ...given, sigma: rational(1n, 8n) }), { instanceOf: RangeError });
  t.throws(() => keptStretch({ ...given, slope: rational(1n, 8n), sigma: rational(4n) }), { instanceOf: RangeError });
});
