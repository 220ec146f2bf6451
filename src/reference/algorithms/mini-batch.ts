import type { MiniBatch } from '../problem/mini-batch.js';
import { categoricalSampler } from '../sampling/categorical.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import type { RunOptions } from './algorithm.js';

/**
 * The mini-batches of a run: from the given index or count stream, else B independent components k ~ θ from a keyed stream of the
 * seed. All iterations share one buffer. Algorithms do not enter the key: with one seed all of them see the same batches.
 *
 * @param worker from 0: every worker has a stream of its own
 * @throws RangeError when there is nothing to draw from, or two sources at once
 */
export function miniBatchSource(
  probabilities: ArrayLike<number>,
  options: Pick<RunOptions, 'miniBatch' | 'indices' | 'counts' | 'seed'>,
  worker = 0,
): (iteration: number) => MiniBatch {
  const { miniBatch, indices, counts, seed } = options;
  if (!Number.isSafeInteger(miniBatch) || miniBatch < 1) {
    throw new RangeError(`miniBatch must be an integer ≥ 1, got ${miniBatch}`);
  }
  if (counts !== undefined) {
    if (indices !== undefined) throw new RangeError('indices and counts must not both be given');
    const buffer = new Int32Array(probabilities.length);
    const batch = { counts: buffer };
    return (iteration) => {
      counts(iteration, buffer);
      return batch;
    };
  }
  const fill = indices ?? keyedIndices(probabilities, seed, worker);
  const buffer = new Int32Array(miniBatch);
  return (iteration) => {
    fill(iteration, buffer);
    return buffer;
  };
}

function keyedIndices(probabilities: ArrayLike<number>, seed: string | undefined, worker: number) {
  if (seed === undefined) throw new RangeError('seed must be given when neither indices nor counts are');
  const random = keyedStream(streamKey(seed, 'mini-batch', 1, worker));
  const sample = categoricalSampler(probabilities);
  return (_iteration: number, indices: Int32Array) => sample(random, indices);
}
