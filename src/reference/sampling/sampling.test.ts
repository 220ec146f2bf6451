import test from 'ava';
import { rational, toDouble } from '../../exact/arithmetic/rational.js';
import { AleaStream, aleaMultiplier } from './alea-stream.js';
import { binomialTable } from './binomial-table.js';
import { categoricalSampler } from './categorical.js';
import { denseGaussian, noiseSource, sparseGaussian } from './gaussian-noise.js';
import { GuidedCategorical, GuidedMultinomial } from './guided.js';
import { streamKey } from './keyed-stream.js';
import { multinomialSampler } from './multinomial.js';
import { logTail, stream } from './streams.test.helper.js';

/** Fails when a count is so far from its exact expectation that the chance is below 10⁻¹² by the Chernoff bound. */
function plausible(count: number, draws: number, probability: number): boolean {
  return logTail(count, draws * probability) > Math.log(1e-12);
}

test('the binomial table is the exact distribution function', (t) => {
  for (const [n, numerator, denominator] of [
    [1, 1, 3],
    [2, 1, 2],
    [7, 1, 1000],
    [16, 3, 4],
    [64, 1, 608],
    [100, 99, 100],
    [256, 1, 5],
  ] as const) {
    const p = numerator / denominator;
    const table = binomialTable(n, p);
    // Integer arithmetic: C(n, k) a^k (d − a)^(n − k) over d^n.
    const [a, d] = [BigInt(numerator), BigInt(denominator)];
    let choose = 1n;
    let sum = 0n;
    for (let k = 0; k <= n; k++) {
      sum += choose * a ** BigInt(k) * (d - a) ** BigInt(n - k);
      choose = (choose * BigInt(n - k)) / BigInt(k + 1);
      const exact = toDouble(rational(sum, d ** BigInt(n)));
      const j = k - table.first;
      const value = j < 0 ? 0 : j >= table.cumulative.length ? 1 : table.cumulative[j]!;
      t.true(Math.abs(value - exact) < 2 ** -46, `n=${n} p=${p} k=${k}: ${value} against ${exact}`);
    }
    t.is(table.cumulative.at(-1), 1);
  }
  t.deepEqual(binomialTable(5, 0), { first: 0, cumulative: Float64Array.of(1) });
  t.deepEqual(binomialTable(5, 1), { first: 5, cumulative: Float64Array.of(1) });
  t.true(binomialTable(1e6, 0.5).cumulative.length < 12_000);
});

test('multinomial counts have the exact joint law', (t) => {
  const probabilities = [0.2, 0, 0.5, 0.3, 0];
  const batch = 5;
  const draws = 200_000;
  const sample = multinomialSampler(probabilities, batch);
  const random = stream(0);
  const counts = new Int32Array(5);
  const observed = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    sample(random, counts);
    const name = counts.join();
    observed.set(name, (observed.get(name) ?? 0) + 1);
  }
  const factorial = [1, 1, 2, 6, 24, 120];
  let outcomes = 0;
  for (let i = 0; i <= batch; i++) {
    for (let j = 0; i + j <= batch; j++) {
      const k = batch - i - j;
      const probability = (120 / (factorial[i]! * factorial[j]! * factorial[k]!)) * 0.2 ** i * 0.5 ** j * 0.3 ** k;
      const count = observed.get([i, 0, j, k, 0].join()) ?? 0;
      t.true(plausible(count, draws, probability), `${[i, 0, j, k, 0]}: ${count} of ${draws}, p = ${probability}`);
      outcomes += count;
    }
  }
  t.is(outcomes, draws, 'no outcome outside the support');
});

test('the state of a sampler does not leak between streams', (t) => {
  const warm = multinomialSampler([0.3, 0.3, 0.4], 50);
  const counts = new Int32Array(3);
  for (let draw = 0; draw < 500; draw++) warm(stream(9), counts);
  const random = stream(9);
  for (let draw = 0; draw < 500; draw++) warm(random, counts);
  const again = stream(9);
  const fresh = multinomialSampler([0.3, 0.3, 0.4], 50);
  const other = new Int32Array(3);
  for (let draw = 0; draw < 500; draw++) fresh(again, other);
  t.deepEqual(other, counts);
});

test('noise models: density, variance and both readings of a constant deviation', (t) => {
  const size = 200_000;
  const e = new Float64Array(size);
  const moments = () => {
    let hits = 0;
    let square = 0;
    let fourth = 0;
    for (const value of e) {
      if (value !== 0) hits += 1;
      square += value ** 2 / size;
      fourth += value ** 4 / size;
    }
    return { density: hits / size, square, fourth };
  };
  for (const { noise, density, total } of [
    { noise: denseGaussian(0.5), density: 1, total: 0.25 },
    { noise: sparseGaussian(0.5, 0.1, 'entry'), density: 0.1, total: 0.025 },
    { noise: sparseGaussian(0.5, 0.1, 'total'), density: 0.1, total: 0.25 },
  ]) {
    noiseSource(noise, stream(5))(e);
    const found = moments();
    // Gaussian entries: E e⁴ = 3 (E e²)²/ρ.
    const fourth = (3 * total ** 2) / density;
    t.true(Math.abs(found.density - density) <= 6 * Math.sqrt((density * (1 - density)) / size));
    t.true(Math.abs(found.square - total) < 6 * Math.sqrt(fourth / size));
    t.true(Math.abs(found.fourth / fourth - 1) < 0.1);
  }
  t.throws(() => denseGaussian(-1), { message: /deviation/ });
  t.throws(() => denseGaussian(Number.POSITIVE_INFINITY), { message: /deviation/ });
  t.throws(() => sparseGaussian(1, 0, 'entry'), { message: /density/ });
  t.throws(() => sparseGaussian(1, Number.NaN, 'total'), { message: /density/ });
});

test('bad probabilities, batches and lengths are refused by name', (t) => {
  for (const [bad, message] of [
    [[], /at least one entry/],
    [[-0.5, 1.5], /^probabilities\[0\] must be in \[0, 1\]/],
    [[0.5, 0.25], /must sum to 1/],
    [[0.75, 0.5], /must sum to 1/],
    [[Number.NaN, 1], /^probabilities\[0\] must be in/],
    [[Number.POSITIVE_INFINITY, 0], /^probabilities\[0\] must be in/],
  ] as const) {
    t.throws(() => categoricalSampler(bad), { instanceOf: RangeError, message });
    t.throws(() => multinomialSampler(bad, 3), { instanceOf: RangeError, message });
  }
  for (const bad of [0, -1, 1.5, Number.NaN]) t.throws(() => multinomialSampler([1], bad), { message: /batch/ });
  t.throws(() => multinomialSampler([0.5, 0.5], 3)(stream(0), new Int32Array(3)), { message: /counts/ });
});

test('guided draws are those of the samplers, with the same uniforms', (t) => {
  for (const [theta, batch] of [
    [[1], 5],
    [[0.5, 0.5], 3],
    [[0.2, 0, 0.5, 0.3, 0], 7],
    // A component that takes all but a rounding of what is left, and one whose share of it is 0.
    [[0.5, 0.5 - 2 ** -60, 2 ** -60], 40],
    [[2 ** -1074, 0.5, 0.5], 40],
    [Array(20).fill(1 / 20), 1000],
    [[1 / 608, 0.25, 0.25, 1 - 0.5 - 1 / 608], 5000],
  ] as const) {
    const random = stream(7);
    const alea = new AleaStream(streamKey('1', 'sampling-test', 1, 7));
    const sample = multinomialSampler(theta, batch);
    const guided = new GuidedMultinomial(Float64Array.from(theta), batch);
    const choose = categoricalSampler(theta);
    const component = new GuidedCategorical(theta);
    const counts = new Int32Array(theta.length);
    const same = new Float64Array(theta.length).fill(-1);
    const one = new Int32Array(1);
    for (let draw = 0; draw < 3000; draw++) {
      sample(random, counts);
      guided.draw(alea, same);
      t.deepEqual(Array.from(same), Array.from(counts));
      choose(random, one);
      t.is(component.draw(alea), one[0]);
    }
    t.is(alea.double(), random());
  }
});

test('a uniform that shares its upper bits with a boundary is drawn to the side that its other bits say', (t) => {
  const [batch, theta] = [20, Float64Array.of(0.5, 0.5)];
  const guided = new GuidedMultinomial(theta, batch);
  const sample = multinomialSampler(theta, batch);
  const alea = new AleaStream('any');
  const modulus = 2n ** 32n;
  let inverse = 1n;
  for (let k = 0; k < 5; k++) inverse = (inverse * (2n - BigInt(aleaMultiplier) * inverse)) % modulus;
  const { cumulative } = binomialTable(batch, 0.5);
  for (const boundary of cumulative.subarray(0, -1)) {
    // In units of 2⁻⁵³: the largest uniform below the boundary and the smallest at or above it.
    const above = Math.ceil(boundary * 2 ** 53);
    const drawn = [above - 1, above].map((uniform) => {
      // t = head·2⁻³² is the upper half, the fraction of the multiplier times s₁ the lower.
      const head = Math.floor(uniform / 2 ** 21);
      const rest = BigInt(uniform % 2 ** 21) << 11n;
      const s1 = Number((((inverse * rest) % modulus) + modulus) % modulus) / 2 ** 32;
      const [counts, expected] = [new Float64Array(2), new Int32Array(2)];
      alea.state.set([0, s1, 0, head]);
      t.is(alea.double(), uniform / 2 ** 53);
      alea.state.set([0, s1, 0, head]);
      guided.draw(alea, counts);
      sample(() => uniform / 2 ** 53, expected);
      t.deepEqual(Array.from(counts), Array.from(expected));
      return counts[0]!;
    });
    t.true(drawn[0]! < drawn[1]!);
  }
});

test('a uniform on a boundary draws the component above it, and the largest one the last possible component', (t) => {
  const theta = [0.25, 0, 0.5, 0.25];
  const guided = new GuidedCategorical(theta);
  const choose = categoricalSampler(theta);
  const index = new Int32Array(1);
  for (const [u, component] of [
    [0, 0],
    [0.25, 2],
    [0.75, 3],
  ] as const) {
    t.is(guided.draw({ double: () => u } as AleaStream), component);
    choose(() => u, index);
    t.is(index[0], component);
  }
  // Ten times 0.1 sums to 1 − 2⁻⁵³.
  categoricalSampler([...new Array(10).fill(0.1), 0])(() => 1 - 2 ** -53, index);
  t.is(index[0], 9);
  categoricalSampler([0, 0.5, 0.5])(() => 0, index);
  t.is(index[0], 1);
  // This boundary is none of the cells of the guide.
  t.is(new GuidedCategorical([0.3, 0.7]).draw({ double: () => 0.3 } as AleaStream), 1);
});
