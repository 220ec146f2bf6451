import { multinomialLaw } from '../../exact/arithmetic/multinomial.js';
import { fromDouble, sum, toDouble } from '../../exact/arithmetic/rational.js';
import type { MiniBatch } from '../../reference/problem/mini-batch.js';

/** A mini-batch and its probability. */
export interface BatchOutcome {
  readonly batch: MiniBatch;
  readonly probability: number;
}

/** Every mini-batch of B draws by how often it holds each component; components of probability 0 never occur. */
export function countedBatches(probabilities: Float64Array, miniBatch: number): BatchOutcome[] {
  const occurring = indicesOf(probabilities);
  const theta = occurring.map((k) => fromDouble(probabilities[k]!));
  const total = sum(theta);
  const law = multinomialLaw(
    theta.map((entry) => entry.div(total)),
    miniBatch,
  );
  return law.map(({ counts, probability }) => {
    const all = new Int32Array(probabilities.length);
    counts.forEach((count, j) => {
      all[occurring[j]!] = count;
    });
    return { batch: { counts: all }, probability: toDouble(probability) };
  });
}

/** Every sequence of B draws. */
export function orderedBatches(probabilities: Float64Array, miniBatch: number): BatchOutcome[] {
  const occurring = indicesOf(probabilities);
  const total = occurring.reduce((all, k) => all + probabilities[k]!, 0);
  let sequences: { readonly indices: readonly number[]; readonly probability: number }[] = [
    { indices: [], probability: 1 },
  ];
  for (let b = 0; b < miniBatch; b++) {
    sequences = sequences.flatMap(({ indices, probability }) =>
      occurring.map((k) => ({ indices: [...indices, k], probability: (probability * probabilities[k]!) / total })),
    );
  }
  return sequences.map(({ indices, probability }) => ({ batch: Int32Array.from(indices), probability }));
}

const indicesOf = (probabilities: Float64Array): number[] =>
  Array.from(probabilities.keys()).filter((k) => probabilities[k]! > 0);
