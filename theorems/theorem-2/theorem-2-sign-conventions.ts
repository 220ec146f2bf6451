import { boundClaim } from '../../src/claims/bounds/bound-claim.js';
import { type BoundJob, boundJob } from '../../src/claims/left-side/bound-job.js';
import { leftSide } from '../../src/claims/left-side/monte-carlo.js';
import { prepareBound } from '../../src/claims/theorems/prepare-bound.js';
import type { BoundInstance } from '../../src/claims/theorems/theorem.js';
import { signConventions } from '../../src/reference/algorithms/algorithm.js';
import { parabolas, slopes } from '../shared/functions.js';
import { theorem1Instances, theorem2Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from './theorem-2.js';

const key = { id: 'theorem-2-sign-conventions', version: 1 } as const;

/** d = ½x², r_k = ½(u ∓ c)², from the minimiser: half of the mini-batches balance exactly, or nearly so, and Ĝ is exactly 0. */
const balanced: BoundInstance = {
  name: 'ties: quadratic, balanced quadratic r_k',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: parabolas(1, 1, -1),
    probabilities: [0.5, 0.5],
  },
  start: [0],
};

/** d = ½x², noise −1, 0 or 1: three components, so that balance has many forms. */
const threeValued: BoundInstance = {
  name: 'ties: quadratic, r_k = −u, 0, u',
  problem: {
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(-1, 0, 1),
    probabilities: [0.25, 0.5, 0.25],
  },
  start: [0],
};

/** Every instance under every value of sgn(0). */
const instances = [balanced, threeValued, ...theorem2Instances.slice(2)].flatMap((instance) =>
  signConventions.map((signOfZero) => ({ ...instance, name: `${instance.name}, sgn(0) ${signOfZero}`, signOfZero })),
);

/** Theorem 1 has no sign: the instances on which a left side of SPGM under a convention differs from that under another, bit by bit. */
export function movedBySigns(seed: string, leftSideOf = (job: BoundJob) => leftSide(theorem1, job)): string[] {
  return theorem1Instances
    .filter((instance) => {
      const prepared = prepareBound(theorem1, instance, 4);
      if ('silent' in prepared) throw new Error(prepared.silent);
      const job = boundJob({ ...key, claim: key.id, instance, iterations: 4, budget: { seed } }, prepared.schedule);
      const lefts = signConventions.map((signOfZero) => {
        const left = leftSideOf({ ...job, signOfZero });
        return Array.from({ length: 8 }, (_, index) => left(index));
      });
      return lefts.some((left) => left.some((value, index) => value !== lefts[0]![index]));
    })
    .map(({ name }) => name);
}

/**
 * Theorem 2 under every value of sgn(0). One bit cannot carry 0, the paper does not say what sgn(0) is, and ties are not rare; the theorem and its sharpened
 * form hold for −1, 0, +1 and a fair coin, because the probability of a wrong sign counts ties as wrong. Theorem 1 has no sign: its left sides are the same bit for bit.
 */
export const claim = boundClaim({
  ...key,
  theorem: theorem2,
  engine: 'lattice',
  referenceOnly: true,
  source: { section: '2.2', equation: 'Theorem 2, sgn(0)' },
  statement: 'Theorem 2 holds for sgn(0) = 0, +1, −1 and a fair coin; Theorem 1 does not depend on sgn(0)',
  method:
    'the law of the iterate on x⁰ + γZ under each convention, exactly or enclosed, on instances with and without ties; runs of SPGM bit for bit',
  counterexamples: ['the left side itself depends on sgn(0): claim counterexample-sign-of-zero'],
  instances,
  iterations: { quick: [4], standard: [4, 16, 64], deep: [4, 16, 64, 256] },
  conclude(rows, { seed }) {
    const moved = movedBySigns(seed);
    return {
      ...(moved.length > 0 && { verdict: 'violated', reason: `sgn(0) moves SPGM on ${moved.join(', ')}` }),
      measured: Object.fromEntries(
        rows
          .filter(({ instance, iterations }) => instance.startsWith('ties') && iterations === 4)
          .map(({ instance, left }) => [`√T·left, T = 4, ${instance}`, 2 * left]),
      ),
    };
  },
});
