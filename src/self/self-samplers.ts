import { categoricalSampler } from '../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { multinomialSampler } from '../reference/sampling/multinomial.js';
import { slotAlpha } from '../statistics/budget.js';
import { logMixtureRatio } from '../statistics/multinomial-test.js';
import { plant, selfClaim } from './planted.js';

type Key = typeof streamKey;
const distinct = (key: Key, one: Parameters<Key>, other: Parameters<Key>): string | undefined =>
  key(...one) === key(...other) ? `${one.join(' | ')} and ${other.join(' | ')} share a stream` : undefined;

type Categorical = typeof categoricalSampler;
const drawn = (sampler: Categorical, theta: readonly number[], u: number): number => {
  const indices = new Int32Array(1);
  sampler(theta)(() => u, indices);
  return indices[0]!;
};

/** Draws that a right sampler gets with probability 1 − 2⁻⁵³ or more are the same in every run: the key is fixed. */
const draws = 4096;
type Counts = (theta: readonly number[], batch: number) => number[];
const countsOf =
  (make: typeof multinomialSampler): Counts =>
  (theta, batch) => {
    const random = keyedStream(streamKey('self', 'self-samplers', 1, 0));
    const sampler = make(theta, batch);
    const counts = new Int32Array(theta.length);
    const total = theta.map(() => 0);
    for (let i = 0; i < draws / batch; i++) {
      sampler(random, counts);
      for (const [k, count] of counts.entries()) total[k]! += count;
    }
    return total;
  };
const right = countsOf(multinomialSampler);

export const claim = selfClaim({
  id: 'self-samplers',
  about: 'samplers',
  plants: [
    plant<Key>({
      name: 'a stream without the version of its check',
      piece: streamKey,
      wrong: (seed, check, _, replicate) => streamKey(seed, check, 0, replicate),
      finds: (key) => distinct(key, ['1', 'check', 1, 0], ['1', 'check', 2, 0]),
    }),
    plant<Key>({
      name: 'a stream without the id of its check',
      piece: streamKey,
      wrong: (seed, _, ...rest) => streamKey(seed, 'any', ...rest),
      finds: (key) => distinct(key, ['1', 'one', 1, 0], ['1', 'other', 1, 0]),
    }),
    plant<Key>({
      name: 'a stream that all replicates share',
      piece: streamKey,
      wrong: (seed, check, version) => streamKey(seed, check, version, 0),
      finds: (key) => distinct(key, ['1', 'check', 1, 0], ['1', 'check', 1, 1]),
    }),
    plant<Key>({
      name: 'a stream without the seed',
      piece: streamKey,
      wrong: (_, ...rest) => streamKey('1', ...rest),
      finds: (key) => distinct(key, ['1', 'check', 1, 0], ['2', 'check', 1, 0]),
    }),
    plant<Categorical>({
      name: 'u ≤ in place of u < at the end of a component',
      piece: categoricalSampler,
      wrong: (theta) => {
        const own = categoricalSampler(theta);
        return (random, indices) => own(() => Math.max(0, random() - 2 ** -53), indices);
      },
      finds: (sampler) => (drawn(sampler, [0.25, 0.75], 0.25) === 1 ? undefined : 'u = θ_1 draws the first component'),
    }),
    plant<Categorical>({
      name: 'the last component where the last possible one is meant',
      piece: categoricalSampler,
      wrong: (theta) => (random, indices) => indices.fill(random() < theta[0]! ? 0 : theta.length - 1),
      finds: (sampler) => {
        // In doubles ten times 0.1 is the number below 1.
        const found = drawn(sampler, [...Array<number>(10).fill(0.1), 0], 1 - 2 ** -53);
        return found === 9 ? undefined : `component ${found + 1} is drawn with probability 0`;
      },
    }),
    plant<Counts>({
      name: 'draws that do not follow θ',
      piece: right,
      wrong: (theta, batch) =>
        right(
          theta.map(() => 1 / theta.length),
          batch,
        ),
      finds: (counts) => {
        const theta = [0.5, 0.3, 0.2];
        const logE = logMixtureRatio(counts(theta, 4), theta);
        return logE < -Math.log(slotAlpha) ? undefined : `ln E = ${logE.toFixed(1)} against θ`;
      },
    }),
    plant<Counts>({
      name: 'draws that are cut at the tail',
      piece: right,
      wrong: (theta, batch) => right(theta, batch).map((count, k) => (theta[k]! < 0.05 ? 0 : count)),
      finds: (counts) => {
        const theta = [0.96, 0.04];
        const logE = logMixtureRatio(counts(theta, 8), theta);
        return logE < -Math.log(slotAlpha) ? undefined : `ln E = ${logE.toFixed(1)} against θ`;
      },
    }),
    plant<Counts>({
      name: 'a mini-batch with a draw too few',
      piece: right,
      wrong: (theta, batch) => right(theta, batch - 1),
      finds: (counts) => {
        const total = counts([0.5, 0.5], 8).reduce((sum, count) => sum + count, 0);
        return total === draws ? undefined : `${total} draws in mini-batches of ${draws}`;
      },
    }),
  ],
});
