import test from 'ava';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { toDouble } from '../../src/exact/arithmetic/rational.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';
import { simulate } from '../shared/simulate.test.helper.js';
import { periodicDerivative } from '../theorem-2/noise-coefficient.js';
import { coin, fairSigns, level, parabolic, twoDraws } from './even-batch.js';
import { exactVoteLeft, negativeProbability, workerNoises } from './exact-vote.js';
import { type Inverted, voteWith, wrongOfNoiseless, wrongOfOneLaw } from './inverters.js';
import {
  failuresOfGrowth,
  type Growth,
  majorityVoteNoiseClaim,
  replicate,
  singleDraw,
  travelling,
} from './majority-vote-noise.js';
import {
  closeMargin,
  evenVoteCoefficient,
  gaussMargin,
  symmetricVoteCoefficient,
  unimodalVoteCoefficient,
  voteCoefficient,
  wrongVoteProbability,
} from './vote-coefficients.js';

test('a vote is wrong with the binomial probability; an even number of workers with split ties counts as one less', (t) => {
  for (const p of [0, 0.25, 0.5, 0.9, 1]) {
    t.true(Math.abs(wrongVoteProbability(1, p) - p) < 1e-14);
    t.true(Math.abs(wrongVoteProbability(3, p) - (p ** 3 + 3 * p ** 2 * (1 - p))) < 1e-14);
    for (const even of [2, 4, 10]) {
      const difference = wrongVoteProbability(even, p) - wrongVoteProbability(even - 1, p);
      t.true(Math.abs(difference) < 1e-12, `M = ${even}, p = ${p}`);
    }
  }
});

test('the coefficients of the vote: C_M grows from 1 towards 2, D_M shrinks like 1/√M', (t) => {
  const inside = (value: number, { lower, upper }: { readonly lower: number; readonly upper: number }): boolean =>
    value >= lower - 5e-4 && value <= upper + 5e-4 && upper - lower < 0.02;
  for (const [workers, value] of [
    [1, 1],
    [3, 1.0594],
    [5, 1.1237],
    [1001, 1.8399],
  ] as const) {
    t.true(inside(value, voteCoefficient(workers)), `C_${workers}`);
  }
  t.true(voteCoefficient(3, 0.5).upper > voteCoefficient(3).upper, 'curvature adds where most votes are wrong');
  t.true(inside(Math.sqrt(3) / 4, unimodalVoteCoefficient(1)));
  for (const workers of [1, 3, 5, 101]) t.true(inside(1, symmetricVoteCoefficient(workers)), 'symmetry alone: 1');
  // A tie that a rule decides counts as wrong: ½ + ½P[tie] of the votes at p = ½, and for two workers 1 − (1 − p)².
  t.true(inside(1 + 6 / 16, symmetricVoteCoefficient(4, 0, 'wrong')));
  const pairs = Array.from(
    { length: 4000 },
    (_, k) => (2 * (k / 1000) * (1 + 2 * (k / 1000) ** 2)) / (1 + (k / 1000) ** 2) ** 2,
  );
  t.true(inside(Math.max(...pairs), voteCoefficient(2, 0, 'wrong')));
  t.true(Math.abs(wrongVoteProbability(2, 0.3, 'wrong') - (1 - 0.7 ** 2)) < 1e-14);
  t.is(wrongVoteProbability(3, 0.3, 'wrong'), wrongVoteProbability(3, 0.3));
  t.true(unimodalVoteCoefficient(4, 0, 'wrong').lower > unimodalVoteCoefficient(3).upper);
  for (const workers of [1, 3, 5, 25, 101]) {
    const { upper } = unimodalVoteCoefficient(workers);
    t.true(upper * Math.sqrt(workers) < 0.591, `D_${workers}`);
  }
  t.true(Math.abs(gaussMargin(2 / Math.sqrt(3)) - 2 / 3) < 1e-12);
  t.true(Math.abs(gaussMargin(2.001 / Math.sqrt(3)) - 2 / 3) < 1e-2);
});

test('every law of noise has mean 0 and the stated variance, and decides as its draws do', (t) => {
  const uniforms = keyedStream(streamKey('1', 'worker-noise', 1, 0));
  const n = 100_000;
  for (const [name, noise] of Object.entries(workerNoises)) {
    let [mean, square] = [0, 0];
    const below = new Map([-3, -0.7, 0.2, 0.7, 3].map((mapping) => [mapping, 0]));
    for (let i = 0; i < n; i++) {
      const e = 2 * noise.quantile(uniforms.symmetric());
      mean += e / n;
      square += (e * e) / n;
      for (const [mapping, share] of below) if (mapping + e < 0) below.set(mapping, share + 1 / n);
    }
    t.true(Math.abs(mean) < 0.04 && Math.abs(square - 4) < 0.06, name);
    for (const [mapping, share] of below)
      t.true(Math.abs(share - negativeProbability(noise, mapping, 2)) < 0.01, `${name} at ${mapping}`);
  }
});

test('each statement about many workers can fail', (t) => {
  const table = {
    skewed: [
      [1, 1],
      [2, 2],
    ],
    bimodal: [
      [1, 1],
      [1, 1],
    ],
    uniform: [
      [1, 1],
      [0.1, 0.1],
    ],
    even: [
      [1, 1],
      [0.5, 0.5],
    ],
  } as const;
  const failures = (change: Partial<Record<keyof typeof table, Growth>>) =>
    failuresOfGrowth({ ...table, ...change }, 101, 0.01).join();
  t.is(failures({}), '');
  t.regex(
    failures({
      skewed: [
        [1, 2],
        [2, 3],
      ],
    }),
    /^skewed noise/,
  );
  t.regex(
    failures({
      bimodal: [
        [1, 1],
        [2, 2],
      ],
    }),
    /^bimodal noise/,
  );
  t.regex(
    failures({
      uniform: [
        [1, 1],
        [0.5, 0.5],
      ],
    }),
    /^uniform noise/,
  );
  t.regex(
    failures({
      even: [
        [1, 1],
        [1, 1],
      ],
    }),
    /^bimodal draws, even B/,
  );
});

test('a tenth of the constants of the vote is violated', async (t) => {
  const { verdict, rows } = await majorityVoteNoiseClaim.with(() => ({ factor: 0.1 })).check(reference, quickBudget());
  t.is(verdict, 'violated');
  t.true(rows!.some((row) => row.verdict === 'violated' && row.instance.startsWith('uniform noise, M = 4, ties')));
});

test('simulated votes have the expectation that the law of the vote gives', (t) => {
  for (const noise of ['skewed', 'bimodal', 'uniform']) {
    for (const [workers, tie] of [
      [1],
      [3],
      [5],
      [4, 'zero'],
      [4, 'positive'],
      [4, 'negative'],
      [4, 'random'],
    ] as const) {
      const rule = tie ?? 'zero';
      const check = `test/${noise}/${workers}${tie === undefined ? '' : `/${tie}`}`;
      const from = { deviation: 1, start: 3 };
      const job = { ...{ noise, workers, tie: rule, iterations: 16, seed: '1', check, version: 1 }, ...from };
      const { mean, error } = simulate(1000, (index) => replicate(job, Number(index)));
      const [lower, upper] = exactVoteLeft(workerNoises[noise]!, workers, 16, rule, from);
      t.true(
        mean > lower - 5 * error && mean < upper + 5 * error,
        `${noise}, M = ${workers}: ${mean} in [${lower}, ${upper}]`,
      );
    }
  }
});

test('the law of the vote is that of the votes of workers that draw from the declared problem', (t) => {
  const iterations = 16;
  const { functions, probabilities } = singleDraw().draws;
  const noise = parseProblem({ smooth: { type: 'zero' }, functions, probabilities }).at(1 / 8);
  const at = Float64Array.of(0);
  const leftOf = (miniBatch: number, seed: string): number => {
    const random = keyedStream(streamKey(seed, 'votes of draws', 1, 0));
    const mean = (): number => {
      const batch = Array.from({ length: miniBatch }, () => (random.symmetric() < probabilities[0]! ? 0 : 1));
      return noise.stochasticGradientMapping(batch, at)[0]!;
    };
    let [x, total] = [valley, 0];
    for (let t = 0; t < iterations; t++) {
      const slope = derivative(x);
      total += Math.abs(slope) / iterations;
      x -= Math.sign([mean(), mean(), mean()].reduce((sum, e) => sum + Math.sign(slope + e), 0)) / 8;
    }
    return total;
  };
  const { lock, shape } = singleDraw();
  const { derivative, valley } = periodicDerivative({
    rise: 0.97 * lock,
    fall: shape.fall * lock,
    climb: shape.climb * lock,
  });
  for (const miniBatch of [1, 3]) {
    const left = toDouble(travelling(3, iterations, singleDraw(miniBatch)).left);
    const [own, other] = [miniBatch, 4 - miniBatch].map((size) => simulate(4000, (seed) => leftOf(size, seed)));
    t.true(Math.abs(own!.mean - left) < 5 * own!.error, `B = ${miniBatch}: ${own!.mean} is not ${left}`);
    t.true(Math.abs(other!.mean - left) > 5 * other!.error, `B = ${4 - miniBatch} is not told from B = ${miniBatch}`);
  }
});

test('r_k whose average is not 0 have no infimum beside a periodic d, and are refused', (t) => {
  const { functions } = singleDraw().draws;
  const tilted = { ...singleDraw(), draws: { functions, probabilities: [0.5, 0.5] } };
  t.throws(() => travelling(3, 16, tilted), { message: /^Σθ_k r_k must be 0/ });
});

/** P[more than half of the votes are wrong], over all patterns of votes. */
function byPatterns({ workers, inverters }: Inverted, p: number, inverted: number): number {
  let total = 0;
  for (let pattern = 0; pattern < 2 ** workers; pattern++) {
    let [count, mass] = [0, 1];
    for (let m = 0; m < workers; m++) {
      const wrong = Math.floor(pattern / 2 ** m) % 2;
      const own = m < inverters ? inverted : p;
      count += wrong;
      mass *= wrong === 1 ? own : 1 - own;
    }
    if (2 * count > workers) total += mass;
  }
  return total;
}

test('the law of a vote with inverters is that of all patterns of votes', (t) => {
  for (const [workers, inverters] of [
    [1, 0],
    [5, 0],
    [5, 1],
    [5, 2],
    [9, 4],
  ] as const) {
    for (const p of [0, 0.1, 0.4, 0.5]) {
      const inverted = { workers, inverters };
      const name = `M = ${workers}, ${inverters} inverters, p = ${p}`;
      t.true(Math.abs(wrongOfOneLaw(inverted, p) - byPatterns(inverted, p, 1 - p)) < 1e-12, name);
      t.true(Math.abs(wrongOfNoiseless(inverted, p) - byPatterns(inverted, p, 1)) < 1e-12, `${name}, noiseless`);
    }
  }
  t.true(Math.abs(wrongOfOneLaw({ workers: 5, inverters: 0 }, 0.3) - wrongVoteProbability(5, 0.3)) < 1e-12);
});

test('a vote goes by the sign that is the more frequent one', (t) => {
  const vote = voteWith(wrongOfOneLaw, { workers: 3, inverters: 1 });
  const law = { positive: 0.75, negative: 0.25, tie: 0, uncertain: 0 };
  const own = vote(law);
  const mirrored = vote({ ...law, positive: law.negative, negative: law.positive });
  t.true(own.positive > 1 / 2 && own.positive === mirrored.negative && own.negative === mirrored.positive);
  t.is(own.positive + own.negative, 1);
});

test('the mean of two fair signs is 0 half of the time', (t) => {
  const { wrong, deviation, noise } = twoDraws(coin);
  t.deepEqual(wrong, [3 / 4, 1 / 4, 1 / 4]);
  t.is(deviation, Math.SQRT2);
  t.is(noise.tail(0.1), 1 / 4);
  t.is(noise.tail(1.4), 1 / 4);
  t.is(noise.tail(1.5), 0);
});

test('sums of fair signs have their binomial law', (t) => {
  const { wrong, deviation } = twoDraws(fairSigns(2));
  // Two sums of four signs ±½ are eight of them.
  t.is(deviation, Math.SQRT2);
  const binomial = [1, 8, 28, 56, 70];
  for (const [count, k] of [
    [4, 0],
    [3, 1],
    [2, 2],
  ] as const)
    t.true(Math.abs(wrong[count]! - binomial.slice(0, k + 1).reduce((sum, value) => sum + value, 0) / 256) < 1e-15);
});

test('the tail of two draws is that of sums that are drawn', (t) => {
  const random = keyedStream(streamKey('1', 'two-draws', 1, 0));
  for (const draws of [parabolic(2), level(3)]) {
    const { noise, deviation } = twoDraws(draws);
    const total = draws.weights.reduce((sum, weight) => sum + weight, 0);
    const draw = (): number => {
      let left = random.symmetric() * total;
      const index = draws.weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return index - (draws.weights.length - 1) / 2;
    };
    const sums = Array.from({ length: 40_000 }, () => draw() + draw());
    const square = sums.reduce((sum, value) => sum + value ** 2, 0) / sums.length;
    t.true(Math.abs(square / deviation ** 2 - 1) < 0.04, draws.name);
    for (const z of [0.2, 0.7, 1.3]) {
      const share = sums.filter((sum) => sum < -z * deviation).length / sums.length;
      t.true(Math.abs(share - noise.tail(z)) < 0.012, `${draws.name}, z = ${z}: ${share}`);
    }
  }
});

test('E_M shrinks like 1/√M, and no law of two draws is close less often than its margin', (t) => {
  for (const workers of [1, 3, 25, 101, 1001]) {
    const { lower, upper } = evenVoteCoefficient(workers);
    const root = Math.sqrt(workers);
    t.true(
      lower * root > 0.74 && lower * root < 0.8959 && upper * root < 0.9,
      `E_${workers}√M in [${lower * root}, ${upper * root}]`,
    );
  }
  for (const draws of [coin, parabolic(1), parabolic(9), level(4), fairSigns(30)]) {
    const { wrong, deviation } = twoDraws(draws);
    wrong.forEach((p, count) => {
      if (count > 0) t.true(1 - 2 * p >= closeMargin(count / deviation), `${draws.name}, ${count}`);
    });
  }
  t.is(closeMargin(0), 0);
});
