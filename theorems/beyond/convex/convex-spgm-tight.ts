import { claimOf } from '../../../src/claims/claim-mutant.js';
import type { Finding, RowFinding } from '../../../src/claims/evidence.js';
import { exact, vectorsOver } from '../../../src/claims/proofs/lines/arithmetic.js';
import { fromDouble, one, type Rational, rational, toDouble, two } from '../../../src/exact/arithmetic/rational.js';
import { type ConvexCase, exactConvexCase } from './convex-case.js';
import { exactRun } from './exact-run.js';
import { walkAverage } from './integer-walk.js';

const { squaredNorm } = vectorsOver(exact);

/** Both sides on one case with L = 0 and z = 0 = x*, over all paths. */
function sidesOf(input: ConvexCase): { readonly left: Rational; readonly bound: Rational } {
  const { at, x } = exactConvexCase(input);
  const { average, variance } = exactRun(at, x, input);
  const [step, T] = [at.step, rational(BigInt(input.iterations))];
  const least = at.objective([rational(0n)])!;
  return {
    left: average((full, mapping) =>
      at
        .objective(full)!
        .sub(least)
        .add(step.div(two).mul(squaredNorm(mapping))),
    ),
    bound: squaredNorm(x)
      .div(two.mul(step).mul(T))
      .add(one.sub(one.div(T)).mul(step).mul(variance).div(two)),
  };
}

const flat = { type: 'zero' };
const base = { turned: false, z: [0], miniBatch: 1 } as const;

/** d = 0, r = |u|/2 from x⁰ = γT/2: every step goes down by γ/2, the last one to 0. */
const slope = (iterations: number): ConvexCase => ({
  ...{ ...base, iterations, step: 1 / 4, x: [iterations / 8] },
  problem: { smooth: flat, functions: [{ type: 'l1', weight: 1 / 2 }], probabilities: [1] },
});

/** d = 0, r_k = |u ∓ γ| ∓ u from x⁰ = 0: P_k(x) = soft(x, γ) ± γ. */
const movingKink = (iterations: number): ConvexCase => ({
  ...{ ...base, iterations, step: 1 / 4, x: [0] },
  problem: {
    smooth: flat,
    functions: [1, -1].map((sign) => ({
      ...{ type: 'tilted', slope: [-sign] },
      inner: { type: 'translated', shift: [sign / 4], inner: { type: 'l1', weight: 1 } },
    })),
    probabilities: [0.5, 0.5],
  },
});

const equalities = { 'R: d = 0, r = ½|u|, x⁰ = γT/2': slope, 'σ: d = 0, r_k = |u ∓ γ| ∓ u, x⁰ = 0': movingKink };

/** T of the equalities, whose paths are all followed, and of the values alone. */
const iterations = {
  quick: { equal: [1, 2, 4], alone: [256, 4096] },
  standard: { equal: [1, 2, 3, 4, 6, 8], alone: [256, 1024, 4096, 16_384] },
  deep: { equal: [1, 2, 3, 4, 6, 8, 10], alone: [256, 1024, 4096, 16_384, 65_536] },
} as const;

/** σ/c of the family in which function values alone come near the bound. */
const ratio = 16;

/**
 * Left side over bound of the function values without ‖G‖², d = 0, P_k(x) = soft(x, γc) ± γσ with σ = 16c from x⁰ = 0. In units of γc the iterate is an integer n that goes to
 * n ∓ 1 ± 16 with probability ½ each, and f(P(x)) − f* = γc² · |n ∓ 1|: a lower end.
 */
function valuesAlone(T: number): number {
  const shrunk = (n: number): number => n - Math.sign(n);
  const average = walkAverage(
    { next: (n) => [shrunk(n) + ratio, shrunk(n) - ratio], value: (n) => Math.abs(shrunk(n)) },
    T,
  );
  return ((2 / ratio ** 2) * average) / (1 - 1 / T);
}

/**
 * The theorem for convex d is attained at every T, in its first term by r = c|u| and in its noise by a kink that moves with the draw; γ and c are arbitrary. Function values
 * alone come as near as 1 − (c/σ)² where the noise is strong and the slope c small, so that ‖G‖² is.
 */
export const claim = claimOf({ scale: 1 }, ({ scale }) => ({
  id: 'convex-spgm-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d' },
  statement:
    'the bound R²/(2γT) + (1 − 1/T)γσ²/2 is an equality for every T in either term, with (γ/2)(1 − γL)‖G‖² on its left; function values alone reach 1 − (c/σ)² of it',
  method:
    'all paths of two families in rationals, where left side and bound must be equal; the law of an integer walk in doubles for the function values alone',
  requires: { referenceOnly: true },
  async check(_implementation, { depth }): Promise<Finding> {
    const { equal, alone } = iterations[depth];
    const rows = Object.entries(equalities).flatMap(([instance, family]) =>
      equal.map((T): RowFinding => {
        const { left, bound: own } = sidesOf(family(T));
        const bound = own.mul(fromDouble(scale));
        const verdict = left.equals(bound) ? 'holds' : 'violated';
        return {
          ...{ instance, iterations: T, step: 1 / 4, miniBatch: 1, engine: 'enumeration', replicates: 1, verdict },
          ...{ left: toDouble(left), leftInterval: [toDouble(left), toDouble(left)], bound: toDouble(bound) },
          ...{ reason: `as rationals: left side ${verdict === 'holds' ? '=' : '≠'} bound`, constants: { L: 0 } },
        };
      }),
    );
    const ratios = alone.map((T) => valuesAlone(T) / scale);
    const increasing = ratios.every((value, i) => value < 1 && (i === 0 || value > ratios[i - 1]!));
    const reached = ratios.at(-1)! > 0.96;
    const holds = rows.every(({ verdict }) => verdict === 'holds') && increasing && reached;
    return {
      verdict: holds ? 'holds' : 'violated',
      reason: `${rows.filter(({ verdict }) => verdict === 'holds').length} of ${rows.length} rows are equalities; function values alone reach ${ratios.at(-1)!.toFixed(4)} at T = ${alone.at(-1)}`,
      cases: rows.length + ratios.length,
      rows,
      measured: Object.fromEntries(alone.map((T, i) => [`function values alone, T = ${T}`, ratios[i]!])),
    };
  },
}));
