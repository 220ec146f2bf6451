import fc from 'fast-check';
import type { Finding, RowFinding } from '../../../src/library/claims.js';
import {
  atStep,
  coordinateFunction,
  coordinateSmooth,
  fromDouble,
  latticeLeft,
  maximum,
  one,
  type Rational,
  rationalProblem,
  type SignLaw,
  slopeOfPiece,
  toDouble,
  two,
  zero,
} from '../../../src/library/exact.js';
import type { FunctionSpecification, SmoothSpecification } from '../../../src/library/functions.js';
import { boundEvidence, claimOf, dyadic, positiveDyadic } from '../../../src/library/testing.js';
import { negative, of, product, quotient, sum } from '../../lines/arithmetic.js';
import { atMost, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import { laplace, normal, type UnitNoise, uniform } from '../../shared/additive-run.js';
import { tilted, translated } from '../../shared/instances.js';

/** One coordinate of a convex problem with one r, its minimiser x*, and additive noise: 0 with probability 1 − w, and else uniform on [−h, h]. */
interface OneBitCase {
  readonly smooth: SmoothSpecification;
  readonly regularizer: FunctionSpecification;
  readonly minimiser: number;
  readonly x: number;
  readonly step: number;
  /** h. */
  readonly halfWidth: number;
  /** √w, so that √(3v) = h√w is rational. */
  readonly rootOfShare: number;
}

const smoothTerm: fc.Arbitrary<SmoothSpecification> = fc.oneof(
  fc.constant({ type: 'zero' }),
  fc
    .record({ curvature: positiveDyadic(1, 4), center: dyadic(2, 4) })
    .map((parameters) => ({ type: 'quadratic', ...parameters })),
  fc
    .record({ weight: positiveDyadic(1, 4), threshold: positiveDyadic(2, 4) })
    .map((parameters) => ({ type: 'huber', ...parameters })),
);

const regularizer: fc.Arbitrary<FunctionSpecification> = fc.oneof(
  fc.record({ type: fc.constantFrom('l1', 'hinge'), weight: positiveDyadic(2, 4) }),
  fc.record({ type: fc.constant('huber'), weight: positiveDyadic(2, 4), threshold: positiveDyadic(2, 4) }),
  fc.record({ type: fc.constant('elastic-net'), l1Weight: positiveDyadic(2, 4), l2Weight: positiveDyadic(2, 4) }),
);

/** A tilt of r that makes x* a minimiser of d + r: minus d′(x*) and a subgradient of r there. */
function minimisedAt(minimiser: number, smooth: SmoothSpecification, fn: FunctionSpecification): FunctionSpecification {
  const at = fromDouble(minimiser);
  const piece = coordinateFunction(fn, 0).find(({ to }) => !to?.lt(at))!;
  const slope = coordinateSmooth(smooth, 0).derivative(at).add(slopeOfPiece(piece, at));
  return tilted([-toDouble(slope)], fn);
}

const oneBitCase: fc.Arbitrary<OneBitCase> = fc
  .record({
    smooth: smoothTerm,
    fn: regularizer,
    shift: dyadic(1, 4),
    minimiser: dyadic(1, 4),
    x: dyadic(4, 8),
    step: positiveDyadic(1, 16),
    halfWidth: positiveDyadic(4, 4),
    rootOfShare: fc.constantFrom(1, 1, 1 / 2, 1 / 4),
  })
  .map(({ fn, shift, ...rest }) => ({
    ...rest,
    regularizer: minimisedAt(rest.minimiser, rest.smooth, translated([shift], fn)),
  }));

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface OneBitConstants {
  /** 1 of √(3v), and 3/2 of (3/2)|G|. */
  readonly spread: number;
  readonly far: number;
  /** 1 of γ². */
  readonly step: number;
}

/** G, x, x* and the probability of a wrong sign, in rationals. */
function known({ smooth, regularizer, minimiser, x, step, halfWidth, rootOfShare }: OneBitCase) {
  const at = atStep(rationalProblem({ smooth, functions: [regularizer], probabilities: [1] }, 1), fromDouble(step));
  const [mapping] = at.residualMapping([one], [fromDouble(x)]) as [Rational];
  const [full] = at.weightedMean([one], [fromDouble(x)]) as [Rational];
  const gap = sum(at.objective([full])!, negative(at.objective([fromDouble(minimiser)])!));
  const [h, share] = [fromDouble(halfWidth), fromDouble(rootOfShare ** 2)];
  const beyond = maximum(zero, one.sub(mapping.abs().div(h)));
  return { mapping, gap, h, wrong: product(share, beyond).div(two), away: fromDouble(x).sub(fromDouble(minimiser)) };
}

function linesOf(input: OneBitCase, { spread, far, step: own }: OneBitConstants): Line[] {
  const { mapping, gap, h, wrong, away } = known(input);
  const step = fromDouble(input.step);
  // Where G = 0 a sign of 0 does not move x or is a fair coin, and the mean of all signs is 0.
  const margin = mapping.n === 0n ? zero : one.sub(two.mul(wrong));
  const deviation = product(of(spread), h, fromDouble(input.rootOfShare));
  const scale = maximum(deviation, product(of(far), mapping.abs()));
  return [
    atMost('E[s] sgn G ≥ min(|G|/√(3v), 2/3)', quotient(mapping.abs(), scale), margin),
    atMost('x − x* has the sign of G, or G = 0', negative(product(away, mapping)), zero),
    {
      name: 'E(x⁺ − x*)² ≤ (x − x*)² − 2γ(f(P(x)) − f*)/max{√(3v), (3/2)|G|} + γ²',
      // E s² ≤ 1, with equality where no sign is 0.
      left: sum(
        product(away, away),
        negative(product(two, step, away, margin, of(mapping.s < 0n ? -1 : 1))),
        product(step, step),
      ),
      relation: '≤',
      right: sum(product(away, away), negative(product(two, step, quotient(gap, scale))), product(of(own), step, step)),
    },
  ];
}

function classify(input: OneBitCase): string[] {
  const { mapping, h, wrong } = known(input);
  return [
    ...(mapping.n === 0n ? ['G = 0'] : []),
    ...(wrong.gt(zero) && mapping.n !== 0n ? ['a sign that may be wrong'] : []),
    ...(mapping.abs().gt(h) ? ['a sign that is right'] : []),
    ...(input.rootOfShare < 1 ? ['noise that may be 0'] : []),
    ...(JSON.stringify(input.regularizer).includes('"l1"') ? ['r not smooth'] : []),
  ];
}

/**
 * One bit and a convex d, one step in one coordinate. By Gauss's inequality symmetric unimodal noise of variance v leaves the sign of G a margin of min(|G|/√(3v), 2/3); x − x* has
 * the sign of G because P does not expand for γL ≤ 2; and |x − x*| ≥ (f(P(x)) − f*)/|G| by (6). Uniform noise with an atom at 0 is where Gauss's inequality is attained.
 */
export const convexOneBitStepClaim = exactLinesClaim({
  id: 'convex-one-bit-step',
  version: 1,
  source: { section: 'beyond the paper', equation: 'convex d, one bit, one step' },
  statement:
    'E(x_i⁺ − x_i*)² ≤ (x_i − x_i*)² − 2γ(f_i(P(x)_i) − f_i*)/max{√(3v_i), (3/2)|G_i|} + γ² for signProx, convex d, γL_i ≤ 2, and noise that is symmetric, unimodal and of variance v_i',
  method:
    'on generated convex problems of one coordinate under additive noise that is 0 or uniform, whose sign has a rational law, in rationals without a tolerance',
  hypotheses: ['assumption-2b'],
  constants: { spread: 1, far: 3 / 2, step: 1 },
  arbitrary: oneBitCase,
  linesOf,
  classify,
  mustReach: [
    ...['G = 0', 'a sign that may be wrong', 'a sign that is right'],
    ...['noise that may be 0', 'r not smooth'],
  ],
});

/** A convex problem in one coordinate whose minimiser is 0, by d′ and the prox of r. */
interface Family {
  readonly name: string;
  derivative(x: number): number;
  /** f. */
  value(x: number): number;
  /** prox_{γr}. */
  prox(y: number, step: number): number;
  /** σ. */
  readonly deviation: number;
  /** x⁰ for T iterations at the step. */
  start(iterations: number, step: number): number;
}

const clip = (x: number, limit: number): number => Math.max(-limit, Math.min(limit, x));

/** d = Huber of the slope; r = 0. x comes to its minimiser in about T steps. */
const huber = (slope: number): Family => ({
  name: `d = Huber of slope ${slope}`,
  derivative: (x) => clip(x, slope),
  value: (x) => (Math.abs(x) <= slope ? x ** 2 / 2 : slope * Math.abs(x) - slope ** 2 / 2),
  prox: (y) => y,
  deviation: 1 / Math.sqrt(3),
  start: (iterations, step) => Math.round(iterations * slope) * step,
});

const families: readonly Family[] = [
  huber(1 / 2),
  { ...huber(1 / 8), name: 'd = Huber of slope 1/8, x⁰ = x*', start: () => 0 },
  {
    ...{ name: 'd = ½x², r = |x|/2', deviation: 1 },
    derivative: (x) => x,
    value: (x) => x ** 2 / 2 + Math.abs(x) / 2,
    prox: (y, step) => y - clip(y, step / 2),
    start: () => 2,
  },
];

/** Enclosures of the left side, and the bound. */
function rowOf(
  { name, derivative, value, prox, deviation, start }: Family,
  noise: UnitNoise,
  iterations: number,
  scale: number,
): RowFinding {
  const step = 1 / 8;
  const first = start(iterations, step);
  const at = (j: number) => {
    const x = first + j * step;
    const full = prox(x - step * derivative(x), step);
    return { full, mapping: (x - full) / step };
  };
  const term = (j: number): number => {
    const { full, mapping } = at(j);
    return value(full) / Math.max(Math.sqrt(3) * deviation, 1.5 * Math.abs(mapping));
  };
  const [lower, upper] = latticeLeft(
    {
      term,
      termError: 2 ** -40 * Math.max(1, term(iterations)),
      law(j): SignLaw {
        const { mapping } = at(j);
        const wrong = mapping === 0 ? 1 / 2 : noise.tail(Math.abs(mapping) / deviation);
        const [positive, negative] = mapping >= 0 ? [1 - wrong, wrong] : [wrong, 1 - wrong];
        return { positive, negative, tie: 0, uncertain: noise.tailError };
      },
    },
    iterations,
    'zero',
  );
  const bound = scale * (first ** 2 / (2 * step * iterations) + step / 2);
  const verdict = upper <= bound ? 'holds' : lower > bound ? 'violated' : 'inconclusive';
  return {
    ...{ instance: `${name}, ${noise.name} noise`, iterations, step, miniBatch: 1, engine: 'lattice', replicates: 1 },
    ...{ left: lower + (upper - lower) / 2, leftInterval: [lower, upper], bound, verdict },
    reason: `the left side is enclosed to within ${(upper - lower).toExponential(1)}`,
    constants: { sigma: deviation, distance: first, L: 1 },
  };
}

const iterations = { quick: [16, 256, 1024], standard: [16, 64, 256, 1024, 4096], deep: [16, 64, 256, 1024, 4096] };

/** left/bound that must be reached on the first family under uniform noise, so that neither √3 nor ½ can be smaller. */
const reached = { 1024: 0.98, 4096: 0.99 } as Readonly<Record<number, number>>;

/**
 * signProx with single draws under additive noise that is symmetric and unimodal, and a convex d. In one dimension, where |G| ≤ 2σ/√3 on the way, γ = R/√T gives a mean gap
 * of at most √3σR/√T, against σR/√T for SPGM: one bit costs at most √3 in the guarantee. Uniform noise on a slope attains it. Noise ±σ is symmetric too, and not
 * enough. A finite sum has no such noise.
 */
export const convexOneBitClaim = claimOf(
  { noises: [uniform, normal, laplace] as readonly UnitNoise[], scale: 1, families: families as readonly Family[] },
  ({ noises, scale, families: own }) => ({
    id: 'convex-one-bit',
    version: 1,
    source: { section: 'beyond the paper', equation: 'convex d, one bit' },
    statement:
      '(1/T) Σ E Σ_i (f_i(P(x^{t−1})_i) − f_i*)/max{√(3v_i), (3/2)|G_i|} ≤ R²/(2γT) + nγ/2 for signProx with B = 1, convex d and symmetric unimodal noise of variance v_i',
    method:
      'the law of the iterate on x⁰ + γZ, γ = 1/8, under uniform, normal and Laplace noise on three convex problems in one coordinate; under uniform noise on a slope left/bound tends to 1',
    hypotheses: ['assumption-2b'] as const,
    requires: { referenceOnly: true },
    async check(_implementation, { depth }): Promise<Finding> {
      const rows = own.flatMap((family) =>
        noises.flatMap((noise) => iterations[depth].map((T) => rowOf(family, noise, T, scale))),
      );
      const tight = rows.filter(({ instance }) => instance === `${own[0]!.name}, uniform noise`);
      const missed = tight.filter(({ left, bound, iterations: T }) => left / bound < (reached[T] ?? 0));
      const worst = Math.max(...rows.map(({ left, bound }) => left / bound));
      const holds = rows.every(({ verdict }) => verdict === 'holds') && missed.length === 0;
      const verdict = holds
        ? 'holds'
        : rows.some((row) => row.verdict === 'inconclusive')
          ? 'inconclusive'
          : 'violated';
      const evidence = boundEvidence(rows, verdict, `left/bound ≤ ${worst.toFixed(4)} on ${rows.length} rows`);
      return { ...evidence, measured: { 'largest left/bound': worst } };
    },
  }),
);
