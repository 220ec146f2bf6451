import { type Rational, rational, square, zero } from '../../src/library/exact.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';

/** Workers without noise, of whom the m-th has f_m = ½(x − c_m)². */
export interface Workers {
  readonly centers: readonly bigint[];
  /** x⁰ in units of γ. */
  readonly start: Rational;
}

const half = rational(1n, 2n);

const signOf = (value: Rational): bigint => (value.gt(zero) ? 1n : value.lt(zero) ? -1n : 0n);

/**
 * The vote of the workers, run in rationals at γ = 1/(2√T), against the bound of Theorem 2♯ for the mean f of their objectives, which has L = 1 and
 * σ = 0. A tie leaves x where it is.
 */
export function byVote({ centers, start }: Workers, root: bigint): Comparison {
  const iterations = root * root;
  const step = rational(1n, 2n * root);
  const mean = centers.reduce((sum, center) => sum.add(rational(center)), zero).div(rational(BigInt(centers.length)));
  const first = start.mul(step);
  let [x, sum] = [first, zero];
  for (let t = 0n; t < iterations; t++) {
    sum = sum.add(x.sub(mean).abs());
    const votes = centers.reduce((count, center) => count + signOf(x.sub(rational(center))), 0n);
    x = x.sub(step.mul(rational(signOf(rational(votes)))));
  }
  const gap = half.mul(square(first.sub(mean)));
  return {
    instance: `f_m = ½(x − c)², c = ${centers.join(', ')}, x⁰ = ${start.toFraction()}γ`,
    ...{ iterations: Number(iterations), step: 1 / (2 * Number(root)), miniBatch: 1, engine: 'deterministic' },
    left: sum.div(rational(iterations)),
    bound: gap.div(step.mul(rational(iterations))).add(step),
    constants: { L: 1, sigma: 0, workers: centers.length },
  };
}

/** The median of the minimisers is not their mean; and two signs cancel wherever x lies between two minimisers. */
const workers: readonly Workers[] = [
  { centers: [0n, 0n, 3n], start: half },
  { centers: [-1n, 2n], start: zero },
];

/**
 * A theorem about votes of M workers needs that they estimate one gradient. Where each has an objective of its own and f is their mean, x goes to the
 * median of the minimisers, or stays where signs cancel, for every step and every T; a momentum of exact gradients, or a random sign with P[s = 1] =
 * ½(1 + g/|g|), changes nothing in the second case. Safaryan and Richtárik corrected a theorem of theirs for this in 2026 (arXiv:1905.12938v6, of which
 * the abstract and its footnote were read).
 */
export const counterexampleDifferentObjectivesClaim = counterexampleClaim({
  id: 'counterexample-different-objectives',
  version: 1,
  source: { section: '2.2', equation: 'majority vote, workers with objectives of their own' },
  statement: 'Theorem 2♯ by a vote of M workers, where worker m has an objective f_m of its own and f is their mean',
  method: 'the run of the vote in rationals',
  refutes: 'needed',
  counterexampleTo: ['majority-vote-noise', 'theorem-2-sharp'],
  counterexamples: [
    'f_m = ½(x − c)² with c = 0, 0, 3 from γ/2: x stays at the median 0 and |f′| at 1',
    'c = −1, 2 from 0: the signs cancel, x never moves and |f′| = ½',
  ],
  compare: ({ depth }) =>
    workers.flatMap((each) =>
      (depth === 'quick' ? [2n, 8n] : [2n, 4n, 8n, 16n, 32n]).map((root) => byVote(each, root)),
    ),
});
