import {
  atStep,
  greatestCommonDivisor,
  one,
  type Rational,
  type RationalIteration,
  type RationalProblemAtStep,
  rational,
  rationalProblem,
  spgmIteration,
  square,
  zero,
} from '../../src/library/exact.js';
import { type Comparison, counterexampleClaim } from '../shared/counterexample-claim.js';
import { slopes } from '../shared/instances.js';

/** A Markov chain on the integers with rational transition probabilities of one denominator. */
interface IntegerChain {
  readonly start: number;
  /** T. */
  readonly iterations: number;
  /** q: transition probabilities are multiples of 1/q. */
  readonly denominator: bigint;
  /** Next states with the numerators of their probabilities, which sum to q. */
  moves(state: number): readonly (readonly [number, bigint])[];
  /** Numerator of the value v ≥ 0 of a state. */
  value(state: number): bigint;
  readonly valueDenominator: bigint;
  /** States with |state − start| beyond this are dropped, which makes the result a lower bound. */
  readonly farthest?: number;
}

/**
 * (1/T) Σ_{t<T} E v(state after t moves) in exact integers: the law after t moves is kept as numerators over qᵗ. With `farthest` it is a lower
 * bound, because values are not negative.
 */
export function chainAverage(chain: IntegerChain): Rational {
  const { start, iterations, denominator, farthest = Number.POSITIVE_INFINITY } = chain;
  let law = new Map<number, bigint>([[start, 1n]]);
  let total = 0n;
  for (let t = 0; t < iterations; t++) {
    // Horner's rule in q: total/qᵗ is the sum so far.
    let expected = 0n;
    for (const [state, weight] of law) expected += weight * chain.value(state);
    total = total * (t === 0 ? 1n : denominator) + expected;
    if (t === iterations - 1) break;
    const next = new Map<number, bigint>();
    for (const [state, weight] of law) {
      for (const [to, numerator] of chain.moves(state)) {
        if (numerator === 0n || Math.abs(to - start) > farthest) continue;
        next.set(to, (next.get(to) ?? 0n) + weight * numerator);
      }
    }
    law = next;
  }
  return rational(total, denominator ** BigInt(iterations - 1) * chain.valueDenominator * BigInt(iterations));
}

/** Of what a chain is made, and by what its values are multiplied to be integers. */
interface SingleDraws {
  readonly problem: RationalProblemAtStep;
  readonly iteration: RationalIteration;
  readonly term: (mapping: Rational) => Rational;
  readonly valueDenominator: bigint;
}

/**
 * An algorithm with single draws, B = 1, on a problem in one variable, from x = jγ: where each component takes it, with the weight of the component, and
 * the term of G(x). sgn(0) = 0.
 *
 * @throws RangeError when it leaves the multiples of γ, or a value is no multiple of 1/valueDenominator
 */
export function singleDraws({ problem, iteration, term, valueDenominator }: SingleDraws) {
  const { probabilities } = problem.problem;
  const denominator = probabilities.reduce((product, { d }) => product * (d / greatestCommonDivisor(product, d)), 1n);
  const known = new Map<number, { readonly moves: readonly (readonly [number, bigint])[]; readonly value: bigint }>();
  const at = (state: number) => {
    let found = known.get(state);
    if (found === undefined) {
      const x = [rational(BigInt(state)).mul(problem.step)];
      const moves = probabilities.map((theta, k) => {
        const weights = probabilities.map((_, l) => (l === k ? one : zero));
        const [successor] = iteration(problem, weights, x, 'zero');
        const to = integer(successor!.x[0]!.div(problem.step));
        return [Number(to), integer(theta.mul(rational(denominator)))] as const;
      });
      const mapping = problem.residualMapping(probabilities, x)[0]!;
      found = { moves, value: integer(term(mapping).mul(rational(valueDenominator))) };
      known.set(state, found);
    }
    return found;
  };
  return {
    ...{ denominator, valueDenominator },
    moves: (state: number) => at(state).moves,
    value: (state: number) => at(state).value,
  };
}

function integer(value: Rational): bigint {
  if (value.d !== 1n) throw new RangeError(`the chain must stay on integers, got ${value.toFraction()}`);
  return value.s * value.n;
}

/**
 * d = 0 and P_k(x) = soft(x, γc) ± γσ with probability ½ each, c = 2, σ = 1: these are the proxes of r_k(u) = c|u ∓ γσ| ∓ σu, convex, closed and
 * proper, whose proximal average is c|·|. From x⁰ = 0 = x* every later iterate that is not 0 is ±γσ, where |G| = σ because c ≥ σ, and soft(±γσ, γc) = 0:
 * so |G(x^t)| = σ for every t ≥ 1, and the left side is (T − 1)σ²/T against 3σ²/√T.
 */
function movingKink(root: bigint): Comparison {
  const T = root * root;
  return {
    instance: 'r_k = 2|u ∓ γ| ∓ u, moving with γ',
    iterations: Number(T),
    step: 1 / Number(root),
    left: rational(T - 1n, T),
    bound: rational(3n, root),
    constants: { sigma: 1, gapUpper: 0, L: 1 },
  };
}

const twoKinds = rationalProblem(
  {
    smooth: { type: 'zero' },
    functions: [{ type: 'l1', weight: 2 }, ...slopes(-1)],
    probabilities: [0.5, 0.5],
  },
  1,
);

/** States beyond this many steps of γ are dropped: what is left is a lower bound. */
const farthest = 160;

/**
 * One problem for all T: d = 0, r₁ = 2|u|, r₂ = −u, θ = ½, x⁰ = 0, declared L = 1. Then P₁(x) = soft(x, 2γ), P₂(x) = x + γ, and in units of γ the iterate
 * goes from n to max(n − 2, 0) or to n + 1. |G(nγ)| is ½ for n = 0, 0 for n = 1 and ½ for n ≥ 2; |P₁ − P₂| ≤ 3γ makes σ² = 9/4. Where |y| ≤ 2γ,
 * P(y) = ½(y + γ), so that r_γ′(u) = (u − γ)/γ for −½γ ≤ u ≤ (3/2)γ: r_γ is minimal at γ, and f(0) − f* = ½γ.
 */
function fixedKink(root: bigint): Comparison {
  const T = root * root;
  const left = chainAverage({
    ...{ start: 0, iterations: Number(T), farthest },
    ...singleDraws({
      ...{ problem: atStep(twoKinds, rational(1n, root)), iteration: spgmIteration },
      ...{ term: square, valueDenominator: 4n },
    }),
  });
  return {
    instance: 'r₁ = 2|u|, r₂ = −u, fixed',
    iterations: Number(T),
    step: 1 / Number(root),
    engine: 'lattice',
    left,
    upper: 'unknown',
    // (1/√T)[2Δ + 3σ²] with Δ = 1/(2√T) and σ² = 9/4.
    bound: rational(1n, T).add(rational(27n, 4n * root)),
    constants: { sigma: 1.5, gapUpper: 1 / (2 * Number(root)), L: 1 },
  };
}

const spgmRoots = {
  quick: [4n, 10n],
  standard: [2n, 3n, 4n, 5n, 10n, 32n, 100n],
  deep: [2n, 3n, 4n, 5n, 10n, 32n, 100n, 1000n],
};
const fixedRoots = { quick: [8n, 40n], standard: [8n, 16n, 32n, 36n, 40n, 48n], deep: [8n, 16n, 32n, 40n, 64n] };

/** Theorem 1 needs Assumption 1(c): with r_k that are not smooth, whatever L is declared, the left side does not tend to 0. */
export const counterexampleSmoothnessSpgmClaim = counterexampleClaim({
  id: 'counterexample-smoothness-spgm',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 1(c)' },
  statement: 'Theorem 1 without the smoothness of r_k: E[(1/T)Σ‖G‖²] ≤ (1/√T)[2LΔ + 3σ²] for closed proper convex r_k',
  method: 'closed form (T − 1)/T for kinks that move with γ; an exact Markov chain on γZ for one fixed problem',
  refutes: 'needed',
  counterexampleTo: ['theorem-1', 'assumption-1c'],
  counterexamples: [
    'd = 0, r_k = 2|u ∓ γ| ∓ u, θ = ½, x⁰ = 0, L = 1: left side (T − 1)/T against 3/√T, violated from T = 11',
    'd = 0, r₁ = 2|u|, r₂ = −u, θ = ½, x⁰ = 0, L = 1: left side → 0.19 against 6.75/√T',
  ],
  compare: ({ depth }) => [...spgmRoots[depth].map(movingKink), ...fixedRoots[depth].map(fixedKink)],
});

/**
 * d = 0, K = 1, r = |·|, declared L = 1, hence γ = 1/(2√T) and σ = 0 (any positive σ that is small enough does as well). From x⁰ = γ/2 the iterate
 * alternates between ±γ/2, where |G| = ½. The bound (4/√T)[Δ + 1] with Δ = γ/2 = 1/(4√T) tends to 0.
 */
function movingStart(root: bigint): Comparison {
  return {
    instance: 'r = |·|, x⁰ = γ/2',
    iterations: Number(root * root),
    step: 1 / (2 * Number(root)),
    miniBatch: Number(root * root),
    left: rational(1n, 2n),
    bound: rational(4n, root).mul(rational(1n, 4n * root).add(one)),
    constants: { sigma: 0, gapUpper: 1 / (4 * Number(root)), L: 1 },
  };
}

/**
 * The same from x⁰ = 3/10 for every T: the iterate walks to 0 in steps of γ with |G| = 1 (|x| ≥ γ) and then alternates between x and x − γ,
 * 0 < x < γ, where |G| = |x|/γ: the two values sum to 1. Left side → ½, bound (4/√T)(3/10 + 1).
 */
function fixedStart(root: bigint): Comparison {
  const T = root * root;
  // In units of γ/5 = 1/(10√T) all numbers are integers: x⁰ = 3√T and γ = 5.
  let x = 3n * root;
  let total = 0n;
  for (let t = 0n; t < T; t++) {
    const size = x < 0n ? -x : x;
    total += size < 5n ? size : 5n;
    x += x > 0n ? -5n : x < 0n ? 5n : 0n;
  }
  return {
    instance: 'r = |·|, x⁰ = 3/10',
    iterations: Number(T),
    step: 1 / (2 * Number(root)),
    miniBatch: Number(T),
    left: rational(total, 5n * T),
    bound: rational(4n * 13n, 10n * root),
    constants: { sigma: 0, gapUpper: 0.3, L: 1 },
  };
}

const signProxRoots = {
  quick: [4n, 16n],
  standard: [2n, 4n, 8n, 9n, 16n, 32n],
  deep: [2n, 4n, 8n, 9n, 16n, 32n, 128n, 512n],
};

/** Theorem 2 needs Assumption 2(c), even without any noise. */
export const counterexampleSmoothnessSignProxClaim = counterexampleClaim({
  id: 'counterexample-smoothness-sign-prox',
  version: 1,
  source: { section: '2.2', equation: 'Assumption 2(c)' },
  statement:
    'Theorem 2 without the smoothness of r_k: E[(1/T)Σ‖G‖₁] ≤ (4/√T)[‖L‖₁Δ + ‖σ‖₁ + 1] for closed proper convex r_k',
  method: 'closed forms of the deterministic iteration (K = 1) in rationals',
  refutes: 'needed',
  counterexampleTo: ['theorem-2', 'assumption-2c'],
  counterexamples: [
    'd = 0, r = |·|, σ = 0, x⁰ = γ/2, L = 1: |G| = ½ for ever, violated from T = 68',
    'd = 0, r = |·|, σ = 0, x⁰ = 0.3, L = 1: left side → ½',
  ],
  // For √T a multiple of 5 the walk from 3/10 would end exactly at 0; these roots are none.
  compare: ({ depth }) => [...signProxRoots[depth].map(movingStart), ...signProxRoots[depth].map(fixedStart)],
});
