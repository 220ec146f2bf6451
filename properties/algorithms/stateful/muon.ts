import { maximum, one, type Rational, rational, toDouble, zero } from '../../../src/exact/arithmetic/rational.js';
import {
  anyOf,
  combination,
  decoupledStep,
  exactly,
  largerOf,
  nothing,
  plus,
  product,
  quotient,
  type Rule,
  remembering,
  root,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';
import { singular } from '../../../src/reference/functions/numerics/matrices.js';

/** A matrix row by row, of integers that count 2⁻¹⁶⁰: far less than the last digit of a double. */
type FixedMatrix = readonly (readonly bigint[])[];
const places = 160n;
const fixed = ({ s, n, d }: Rational): bigint => (s * (n << places)) / d;

const coefficients = [rational(34445n, 10000n), rational(-4775n, 1000n), rational(20315n, 10000n)] as const;
const [a, b, c] = coefficients.map(fixed) as [bigint, bigint, bigint];
const steps = 5;

const times = (x: FixedMatrix, y: FixedMatrix): FixedMatrix =>
  x.map((row) => y[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * y[k]![j]!, 0n) >> places));

const transposed = (x: FixedMatrix): FixedMatrix => x[0]!.map((_, j) => x.map((row) => row[j]!));

/** aX + b(XXᵀ)X + c(XXᵀ)²X. */
function newtonSchulz(x: FixedMatrix): FixedMatrix {
  const gram = times(x, transposed(x));
  const square = times(gram, gram);
  const factor = gram.map((row, i) => row.map((value, j) => (b * value + c * square[i]![j]!) >> places));
  const added = times(factor, x);
  return x.map((row, i) => row.map((value, j) => ((a * value) >> places) + added[i]![j]!));
}

/** φ(σ) = aσ + bσ³ + cσ⁵, which a step makes of every singular value, and (φ(σ) − φ(τ))/(σ − τ). */
const [a1, b1, c1] = coefficients.map(toDouble) as [number, number, number];
const phi = (s: number): number => s * (a1 + b1 * s ** 2 + c1 * s ** 4);
const dividedDifference = (s: number, t: number): number =>
  a1 + b1 * (s * s + s * t + t * t) + c1 * (s ** 4 + s ** 3 * t + s * s * t * t + s * t ** 3 + t ** 4);

/** Error beyond which a matrix is not followed: singular values that are so far off may grow without bound. */
const most = 2 ** -5;

/** |φ″| up to singular values of 1.26, which no step exceeds by more than `most`. */
const bend = 48;

/** Error up to which the derivatives of all steps together change by less than `slack`: |φ″| < 40 and |φ′| < 5 up to singular values of 1.22. */
const [small, slack] = [2 ** -24, 0.1];

const norm = (values: readonly number[]): number => Math.hypot(...values);

/**
 * The roundings of a step from singular values σ, in the Frobenius norm: those of sums of `terms` products, in any order, of A = XXᵀ, AX and A²X or
 * (bA + cA²)X. An error of A is multiplied by the largest σ for each X, and by its square for each A.
 */
function roundingsOfStep(sigma: readonly number[], terms: number): number {
  const [size, gram, largest] = [norm(sigma), norm(sigma.map((s) => s * s)), Math.max(...sigma)];
  const once = size ** 2 * largest + gram * size;
  return (terms + 4) * (Math.abs(a1) * size + Math.abs(b1) * once + 2 * Math.abs(c1) * largest ** 2 * once);
}

/**
 * The error of X₅ in the Frobenius norm, from that of X₀ with singular values σ, followed by 0 unless it is square, and those that each step adds. The derivative of a step
 * multiplies the parts of a change of the matrix by divided differences of φ at two of σ and −σ; that of several steps by
 * their products. Up to a larger error, the largest of each step that may be met stands in for them.
 */
function errorOfSteps(
  sigma: readonly number[],
  isSquare: boolean,
  start: number,
  added: (sigma: readonly number[]) => number,
): number {
  const values = [sigma];
  for (let step = 1; step <= steps; step++) values.push(values.at(-1)!.map(phi));
  // No part belongs to two of the zeros that are not singular values.
  const pairs = sigma.flatMap((_, i) =>
    sigma
      .slice(0, isSquare || i < sigma.length - 1 ? undefined : -1)
      .flatMap((_s, j) => [1, -1].map((sign) => [i, j, sign] as const)),
  );
  const growths = values
    .slice(0, steps)
    .map((own) => pairs.map(([i, j, sign]) => Math.abs(dividedDifference(own[i]!, sign * own[j]!))));
  let whole = start;
  for (const [step, growth] of growths.entries()) {
    if (!(whole <= most)) return Number.POSITIVE_INFINITY;
    const off = whole;
    whole = (Math.max(...growth) + bend * off) * off + added(values[step]!.map((s) => s + off));
  }
  if (whole > small) return whole <= most ? whole : Number.POSITIVE_INFINITY;
  const errors = [start, ...values.slice(0, steps).map(added)];
  const growthFrom = (first: number): number =>
    Math.max(...pairs.map((_, pair) => growths.slice(first).reduce((product, own) => product * own[pair]!, 1)));
  return errors.reduce((sum, error, step) => sum + (growthFrom(step) + slack) * error, 0);
}

/** X₅ with the entries of X₀ given row by row: every entry with the error of the whole matrix in the Frobenius norm. */
function orthogonalised(start: readonly Uncertain[], [m, n]: readonly number[], u: number): readonly Uncertain[] {
  const entries = Float64Array.from(start, ({ value }) => toDouble(value));
  const sigma = singular(m!, n!).singularValues(entries);
  const error = errorOfSteps(
    m === n ? sigma : [...sigma, 0],
    m === n,
    norm(start.map((each) => each.error)),
    (own) => u * roundingsOfStep(own, Math.max(m!, n!)),
  );
  // XXᵀ is smaller than XᵀX for a wide matrix, and for a tall one the other way round.
  const isTall = m! > n!;
  const rows = Array.from({ length: m! }, (_, i) => start.slice(i * n!, (i + 1) * n!).map(({ value }) => fixed(value)));
  let x: FixedMatrix = isTall ? transposed(rows) : rows;
  for (let step = 0; step < steps && error < Number.POSITIVE_INFINITY; step++) x = newtonSchulz(x);
  return (isTall ? transposed(x) : x).flat().map((count) => ({ value: rational(count, 1n << places), error }));
}

const rule: Rule = ({ given, u, conventions, shape }) => {
  const [momentum, decay, epsilon] = [given('momentum'), given('weightDecay'), exactly(given('epsilon'))];
  const nesterov = !given('nesterov').equals(zero);
  const fresh = conventions.buffer === 'mean' ? one.sub(momentum) : one;
  const buffers = remembering((before = nothing, g) => combination(momentum, before, fresh, g, u));
  const [m, n] = shape.map((count) => rational(BigInt(count)));
  const factor =
    conventions.scaled === 'by √max(1, m/n)'
      ? root(exactly(maximum(one, m!.div(n!))), u)
      : product(exactly(rational(1n, 5n)), root(exactly(maximum(m!, n!)), u), u);
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x);
    const now = buffers(slopes);
    const direction = nesterov ? slopes.map((g, i) => combination(fresh, g, momentum, now[i]!, u)) : now;
    const size = root(
      direction.map((d) => product(d, d, u)).reduce((sum, square) => plus(sum, square, u)),
      u,
    );
    const divisor = conventions.normalised === 'by norm + ε' ? plus(size, epsilon, u) : largerOf(size, epsilon);
    const start = direction.map((d) => quotient(d, divisor, u));
    const moves = orthogonalised(start, shape, u);
    return x.map((value, i) =>
      anyOf([decoupledStep({ step, decay, u, conventions }, value, product(factor, moves[i]!, u))]),
    );
  };
};

/** Muon, whose steps are matrices with singular values near 1. */
export const claim = statefulClaim({
  algorithm: 'muon',
  version: 1,
  equation: 'Jordan et al. 2024',
  statement:
    'b ← μb + ∇f̂(x), X = D/(‖D‖ + ε) with D = b or ∇f̂(x) + μb, then five times X ← 3.4445X − 4.775(XXᵀ)X + 2.0315(XXᵀ)²X; x ← (1 − γλ)x − γsX with s² = max(1, m/n)',
  rule,
  open: ['decay', 'buffer', 'normalised', 'scaled'],
  mustReach: ['momentum', 'nesterov', 'weight decay'],
});
