import test from 'ava';
import { linear } from '../functions/index.js';
import { createProblem } from '../problem/create-problem.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import { cosine, smoothZero } from '../smooth/index.js';
import { signConventions } from './algorithm.js';
import { majorityVoteStep, runMajorityVote } from './majority-vote.js';
import { packSigns, unpackSigns, voteOnPackedSigns } from './one-bit-codec.js';
import { runSignProx, signProxStep } from './sign-prox.js';

const vector = (...entries: number[]) => Float64Array.from(entries);

/** d = 0, r_k = ⟨a_k, u⟩: a worker with the batch [k] sees exactly a_k. */
const slopes = [vector(1, -2), vector(1, 3), vector(-5, 0)];
const votes = createProblem({
  smooth: smoothZero({}),
  functions: slopes.map((coefficients) => linear({ coefficients })),
  probabilities: [0.25, 0.25, 0.5],
});
const noisy = createProblem({
  smooth: cosine({ weight: 1 }),
  functions: [linear({ coefficients: [1.5] }), linear({ coefficients: [-0.5] })],
  probabilities: [0.25, 0.75],
});

test('the sign of the sum of signs, not of the sum of directions, moves every coordinate by γ', (t) => {
  const at = votes.at(0.5);
  const x = vector(10, 20);
  // Signs (1, −1), (1, 1), (−1, 0): sums (1, 0). The sum of directions is (−3, 1).
  t.deepEqual(majorityVoteStep(at, x, [[0], [1], [2]]), vector(9.5, 20));
  t.deepEqual(majorityVoteStep(at, x, [[0], [1], [2]], { tie: 'positive' }), vector(9.5, 19.5));
  t.deepEqual(majorityVoteStep(at, x, [[0], [1], [2]], { tie: 'negative' }), vector(9.5, 20.5));
  // An abstention is another thing than a tie: with sgn(0) = +1 worker 2 votes, and the sums are (1, 1).
  t.deepEqual(majorityVoteStep(at, x, [[0], [1], [2]], { signOfZero: 'positive', tie: 'negative' }), vector(9.5, 19.5));
  const draws = [0.2, 0.9];
  const random = () => draws.shift()!;
  t.deepEqual(majorityVoteStep(at, x, [[0], [2]], { tie: 'random', random }), vector(10.5, 20.5));
  t.deepEqual(draws, [0.9], 'only the tie in coordinate 0 is drawn');
  // Counts and the printed form say the same; out may be x.
  t.deepEqual(majorityVoteStep(at, x, [{ counts: [1, 0, 0] }, [1], [2]], { form: 'literal' }), vector(9.5, 20));
  t.is(majorityVoteStep(at, x, [[0]], {}, x), x);
  t.deepEqual(x, vector(9.5, 20.5));
});

test('one worker is signProx bit for bit, step by step and over a run, under every convention', (t) => {
  const at = noisy.at(0.1);
  const random = () => keyedStream(streamKey('3', 'ties', 1, 0));
  for (const signOfZero of signConventions) {
    for (const form of ['residual', 'literal'] as const) {
      for (const [point, batch] of [
        [0, [0, 1, 1, 1]],
        [0.7, [0]],
        [-2, [1, 1, 0]],
      ] as const) {
        const options = { signOfZero, form };
        t.deepEqual(
          majorityVoteStep(at, vector(point), [batch], { ...options, random: random() }),
          signProxStep(at, vector(point), batch, { ...options, random: random() }),
        );
      }
    }
    const run = { step: 0.05, iterations: 50, miniBatch: 4, seed: '7', signOfZero };
    t.deepEqual(runMajorityVote(noisy, vector(0), { ...run, workers: 1 }), runSignProx(noisy, vector(0), run));
  }
});

test('a run takes its mini-batches from one stream per worker, and shows every iterate', (t) => {
  const run = { step: 0.05, iterations: 6, miniBatch: 3, workers: 3 };
  const asked: string[] = [];
  const seen: number[] = [];
  const given = runMajorityVote(noisy, vector(1), {
    ...run,
    indices: (iteration, worker, indices) => {
      asked.push(`${iteration}/${worker}`);
      indices.fill((iteration + worker) % 2);
    },
    observer: (_, x) => seen.push(x[0]!),
  });
  t.is(asked.length, 18);
  t.deepEqual(asked.slice(0, 4), ['1/0', '1/1', '1/2', '2/0']);
  t.is(seen.length, 7);
  t.is(seen.at(-1), given[0]);
  const counted = runMajorityVote(noisy, vector(1), {
    ...run,
    counts: (iteration, worker, counts) => {
      counts.fill(0);
      counts[(iteration + worker) % 2] = 3;
    },
  });
  t.deepEqual(counted, given);
  // Worker 0 alone decides other steps than three workers of one seed: the streams differ.
  const paths = [1, 3].map((workers) => {
    const path: number[] = [];
    runMajorityVote(noisy, vector(0.3), {
      ...run,
      iterations: 60,
      miniBatch: 1,
      seed: '1',
      workers,
      observer: (_, x) => path.push(x[0]!),
    });
    return path.join();
  });
  t.not(paths[0], paths[1]);
});

test('bad numbers of workers are refused by name', (t) => {
  const message = /^workers must be an integer ≥ 1/;
  t.throws(() => majorityVoteStep(votes.at(1), vector(1, 1), []), { message });
  t.throws(() => majorityVoteStep(votes.at(1), vector(1, 1), [[0]], {}, vector(1)), {
    message: /^out must have length 2/,
  });
  for (const workers of [0, -1, 1.5, Number.NaN]) {
    const options = { step: 1, iterations: 1, miniBatch: 1, seed: '1', workers };
    t.throws(() => runMajorityVote(votes, vector(1, 1), options), { message });
  }
});

test('one bit cannot carry 0 or NaN, and a damaged message is refused', (t) => {
  t.throws(() => packSigns([1, 0]), { message: /^entry 1 must have a sign, got 0/ });
  t.throws(() => packSigns([1, 0], { convention: 'zero' }), { message: /^entry 1 must have a sign/ });
  t.throws(() => packSigns([Number.NaN], { convention: 'positive' }), { message: /^entry 0 .* got NaN/ });
  t.throws(() => packSigns([]), { message: /^the number of signs must be an integer ≥ 1, got 0/ });
  t.throws(() => unpackSigns(Uint8Array.of(0), 9), { message: /^bytes must be 2 bytes for 9 signs, got 1/ });
  t.throws(() => unpackSigns(Uint8Array.of(0b100), 2), { message: /^bytes must end in zero bits beyond its 2 signs/ });
  t.throws(() => unpackSigns(Uint8Array.of(0), 2, vector(1)), { message: /^out must have length 2, got 1/ });
  t.throws(() => voteOnPackedSigns([], 3, { convention: 'zero' }), { message: /at least one message/ });
  t.throws(() => voteOnPackedSigns([Uint8Array.of(0), Uint8Array.of(8)], 3, { convention: 'zero' }), {
    message: /^messages\[1\] must end in zero bits/,
  });
  t.throws(() => voteOnPackedSigns([Uint8Array.of(1), Uint8Array.of(0)], 3, { convention: 'random' }), {
    message: /^random/,
  });
});
