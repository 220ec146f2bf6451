import { categoricalSampler } from '../reference/sampling/categorical.js';
import { keyedStream, streamKey } from '../reference/sampling/keyed-stream.js';
import { multinomialSampler } from '../reference/sampling/multinomial.js';
import { slotAlpha } from '../statistics/budget.js';
import { logMixtureRatio } from '../statistics/multinomial-test.js';
import { plant, selfClaim } from './planted.js';

type Key = typeof streamKey;
const first: Parameters<Key> = ['1', 'check', 1, 0];

/** A stream that does not depend on one part of its key, which another stream differs in. */
const sharedStream = (name: string, part: number, other: Parameters<Key>) =>
  plant<Key>({
    name,
    piece: streamKey,
    wrong: (...given) => streamKey(...(given.with(part, first[part]!) as Parameters<Key>)),
    finds: (key) =>
      key(...first) === key(...other) ? `${first.join(' | ')} and ${other.join(' | ')} share a stream` : undefined,
  });

type Categorical = typeof categoricalSampler;

/** Draws that a right sampler gets with probability 1 − 2⁻⁵³ or more are the same in every run: the key is fixed. */
const draws = 4096;
type Counts = (theta: readonly number[], batch: number) => number[];
const countsOf: Counts = (theta, batch) => {
  const random = keyedStream(streamKey('self', 'self-samplers', 1, 0));
  const sampler = multinomialSampler(theta, batch);
  const counts = new Int32Array(theta.length);
  const total = theta.map(() => 0);
  for (let i = 0; i < draws / batch; i++) {
    sampler(random, counts);
    for (const [k, count] of counts.entries()) total[k]! += count;
  }
  return total;
};

export const claim = selfClaim({
  id: 'self-samplers',
  about: 'samplers',
  plants: [
    sharedStream('a stream without the seed', 0, ['2', 'check', 1, 0]),
    sharedStream('a stream without the id of its check', 1, ['1', 'other', 1, 0]),
    sharedStream('a stream without the version of its check', 2, ['1', 'check', 2, 0]),
    sharedStream('a stream that all replicates share', 3, ['1', 'check', 1, 1]),
    plant<Categorical>({
      name: 'u ≤ in place of u < at the end of a component',
      piece: categoricalSampler,
      wrong: (theta) => {
        const own = categoricalSampler(theta);
        return (random, indices) => own(() => Math.max(0, random() - 2 ** -53), indices);
      },
      finds: (sampler) => {
        const indices = new Int32Array(1);
        sampler([0.25, 0.75])(() => 0.25, indices);
        return indices[0] === 1 ? undefined : 'u = θ_1 draws the first component';
      },
    }),
    plant<Counts>({
      name: 'draws that do not follow θ',
      piece: countsOf,
      wrong: (theta, batch) => countsOf(Array(theta.length).fill(1 / theta.length), batch),
      finds: (counts) => {
        const theta = [0.5, 0.3, 0.2];
        const logE = logMixtureRatio(counts(theta, 4), theta);
        return logE < -Math.log(slotAlpha) ? undefined : `ln E = ${logE.toFixed(1)} against θ`;
      },
    }),
  ],
});
