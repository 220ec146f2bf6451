import { one, type Rational, rational, sum, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { EigenvalueDecomposition, Matrix, SVD } from '../../../reference/functions/numerics/matrices.js';
import { combined, farthest, type KnownFace, type Program, type Quadratic } from './program.js';
import type { RunSpace } from './run-space.js';

type Vector = readonly Rational[];

/** Digits of binary fractions in which a solution is improved, and in which a fraction must agree with it. */
const [digits, agreed] = [320n, 240n];
/** Largest denominator of a fraction that is recognised: it has a third of the digits that agree. */
const largestDenominator = 2n ** 80n;
/** The pseudo-inverse takes smaller singular values for 0. */
const negligible = 1e-8;
const mostRounds = 60;
const minus = rational(-1n);

const unit = 2n ** digits;
/** The nearest binary fraction. */
const rounded = ({ s, n, d }: Rational): Rational => rational((s * n * unit * 2n + d) / (2n * d), unit);
const nearest = (value: number): Rational => {
  // 2⁻ᵏ · a double of 53 digits, also where that is far below 1.
  if (value === 0 || !Number.isFinite(value)) return zero;
  const shift = Math.max(0, 60 - Math.floor(Math.log2(Math.abs(value))));
  return rounded(rational(BigInt(Math.round(value * 2 ** Math.min(shift, 1000))), 2n ** BigInt(Math.min(shift, 1000))));
};

/** The fraction that a binary fraction is the rounding of, by its continued fraction; undefined if it is of none with a small denominator. */
function recognised(value: Rational): Rational | undefined {
  const near = rational(1n, 2n ** agreed);
  let [before, numerator, beforeDenominator, denominator] = [0n, 1n, 1n, 0n];
  let rest = value;
  for (;;) {
    const whole = floorOf(rest);
    [before, numerator] = [numerator, whole * numerator + before];
    [beforeDenominator, denominator] = [denominator, whole * denominator + beforeDenominator];
    if (denominator > largestDenominator) return undefined;
    const found = rational(numerator, denominator);
    if (!found.sub(value).abs().gt(near)) return found;
    rest = one.div(rest.sub(rational(whole)));
  }
}

function floorOf({ s, n, d }: Rational): bigint {
  const signed = s * n;
  const quotient = signed / d;
  return signed < 0n && quotient * d !== signed ? quotient - 1n : quotient;
}

/** The value of a tight program, and the face in which its solution is. */
export interface Sharpened {
  readonly value: Rational;
  readonly face: KnownFace;
}

/**
 * The least multiple τ of a program of a run as a fraction, also one of many digits. Both sides are solved in doubles: multipliers λ, and a Gram matrix ZZᵀ with values. At the optimum they
 * meet S Z = 0 for S = τ·scale − left − Σλ·slack, slack = 0 where λ > 0, and the equations of the values. Newton's method, whose inverse is that of the doubles and whose remainders are in binary
 * fractions of 320 digits, improves them until the fractions are seen. Nothing is concluded from this: the value and the face are proposed, and a certificate decides.
 *
 * @param primal the program of the Gram matrices and values of the class, with the coordinates X i,j and the names of values
 */
export function sharpened(run: RunSpace, scale: Quadratic, dual: Program, primal: Program): Sharpened | undefined {
  const multipliers = farthest(dual, { τ: -1 });
  const pairWeight = (i: number, j: number) => (i === j ? 1 : 2);
  const n = run.space.basis.length;
  const names = primal.unknowns.map(({ name }) => name).filter((name) => !name.startsWith('X '));
  const weights = Object.fromEntries([
    ...primal.unknowns.flatMap(({ name }) => {
      const [, i, j] = /^X (\d+),(\d+)$/.exec(name) ?? [];
      return i === undefined
        ? []
        : [[name, toDouble(run.left.gram[Number(i)]![Number(j)]!) * pairWeight(Number(i), Number(j))] as const];
    }),
    ...names.map((name) => [name, toDouble(run.left.values[name] ?? zero)] as const),
  ]);
  const points = farthest(primal, weights);
  if (multipliers === undefined || points === undefined) return undefined;
  const gram = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => points.get(`X ${Math.max(i, j)},${Math.min(i, j)}`)!),
  );
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(gram), {
    assumeSymmetric: true,
  });
  const trace = realEigenvalues.reduce((total, value) => total + value, 0);
  const columns = realEigenvalues.flatMap((value, k) =>
    value > 1e-5 * trace ? [eigenvectorMatrix.getColumn(k).map((entry) => entry * Math.sqrt(value))] : [],
  );
  // What is 0 is so on one side alone: the product of both is about 1e−10.
  const active = run.inequalities.filter(({ name, slack }) => {
    const ofGram = slack.gram.reduce(
      (total, row, i) => total + row.reduce((part, entry, j) => part + toDouble(entry) * gram[i]![j]!, 0),
      0,
    );
    const ofValues = names.reduce(
      (total, value) => total + toDouble(slack.values[value] ?? zero) * points.get(value)!,
      0,
    );
    return multipliers.get(name)! > ofGram + ofValues;
  });
  const system = new System(
    run,
    scale,
    active.map(({ slack }) => slack),
    names,
    columns.length,
  );
  let at = [
    multipliers.get('τ')!,
    ...active.map(({ name }) => multipliers.get(name)!),
    ...columns.flat(),
    ...names.map((name) => points.get(name)!),
  ].map(nearest);
  let inverse: ReturnType<typeof pseudoInverse> | undefined;
  for (let round = 0; round < mostRounds; round++) {
    const remainder = system.remainderAt(at);
    const size = remainder.reduce((largest, entry) => (entry.abs().gt(largest) ? entry.abs() : largest), zero);
    if (size.lt(rational(1n, 2n ** (agreed + 16n))))
      return seen(
        run,
        at,
        columns.length,
        active.map(({ name }) => name),
      );
    if (round < 3) inverse = pseudoInverse(system.jacobianAt(at.map(toDouble)));
    // A remainder below the doubles is taken in its own unit.
    const unitOf = size.gt(zero) ? toDouble(size) : 1;
    const step = inverse!.mmul(Matrix.columnVector(remainder.map((entry) => toDouble(entry) / unitOf))).to1DArray();
    at = at.map((entry, k) => entry.sub(nearest(step[k]! * unitOf)));
    if (at.some((entry) => entry.abs().gt(rational(10n ** 12n)))) return undefined;
  }
  return undefined;
}

function seen(run: RunSpace, at: Vector, rank: number, active: readonly string[]): Sharpened | undefined {
  const n = run.space.basis.length;
  const value = recognised(at[0]!);
  if (value === undefined) return undefined;
  const first = 1 + active.length;
  const rows = Array.from({ length: rank }, (_, k) => at.slice(first + k * n, first + (k + 1) * n));
  const vectors: Rational[][] = [];
  for (const row of echelon(rows)) {
    const entries = row.map(recognised);
    if (entries.includes(undefined)) return undefined;
    vectors.push(entries as Rational[]);
  }
  const known = new Set(active);
  const zeros = run.inequalities.map(({ name }) => name).filter((name) => !known.has(name));
  return { value, face: { vectors, zeros } };
}

/** A basis of the same space with a 1 and zeros in the columns of the largest pivots, in binary fractions. */
function echelon(given: readonly Vector[]): Vector[] {
  const rows = given.map((row) => [...row]);
  const used: number[] = [];
  for (let k = 0; k < rows.length; k++) {
    const sizes = rows[k]!.map((entry, c) => (used.includes(c) ? -1 : Math.abs(toDouble(entry))));
    const c = sizes.indexOf(Math.max(...sizes));
    if (rows[k]![c]!.equals(zero)) return [];
    used.push(c);
    const pivot = rows[k]!.map((entry) => rounded(entry.div(rows[k]![c]!)));
    rows[k] = pivot;
    rows.forEach((row, i) => {
      const factor = row[c]!;
      if (i !== k) rows[i] = row.map((entry, j) => rounded(entry.sub(factor.mul(pivot[j]!))));
    });
  }
  return rows;
}

function pseudoInverse(jacobian: readonly (readonly number[])[]) {
  const {
    leftSingularVectors: U,
    rightSingularVectors: V,
    diagonal,
  } = new SVD(new Matrix(jacobian.map((row) => [...row])), {
    computeLeftSingularVectors: true,
    computeRightSingularVectors: true,
    autoTranspose: true,
  });
  const largest = Math.max(...diagonal);
  const inverted = diagonal.map((value) => (value > negligible * largest ? 1 / value : 0));
  const scaled = V.subMatrix(0, V.rows - 1, 0, inverted.length - 1);
  inverted.forEach((factor, k) => {
    for (let r = 0; r < scaled.rows; r++) scaled.set(r, k, scaled.get(r, k) * factor);
  });
  return scaled.mmul(U.subMatrix(0, U.rows - 1, 0, inverted.length - 1).transpose());
}

/** The equations of an optimum in τ, λ, Z and the values. */
class System {
  /** τ·scale − left − Σλ·slack, each part with its unknown. */
  private readonly parts: readonly Quadratic[];
  private readonly valueRows: readonly string[];
  private readonly n: number;

  constructor(
    private readonly run: RunSpace,
    private readonly scale: Quadratic,
    private readonly slacks: readonly Quadratic[],
    private readonly names: readonly string[],
    private readonly rank: number,
  ) {
    this.parts = [scale, ...slacks.map((slack) => combined([minus, slack]))];
    const values = [scale, ...slacks, run.left].flatMap((q) => Object.keys(q.values));
    this.valueRows = [...names, ...new Set(values.filter((name) => name.endsWith('*')))];
    this.n = run.space.basis.length;
  }

  remainderAt(at: Vector): Vector {
    const { n, rank, parts, names, run, scale, slacks } = this;
    const first = parts.length;
    const Z = Array.from({ length: rank }, (_, k) => at.slice(first + k * n, first + (k + 1) * n));
    const known = new Map(names.map((name, k) => [name, at[first + rank * n + k]!]));
    const total = combined([minus, run.left], ...parts.map((part, k) => [at[k]!, part] as const));
    const ofValues = (q: Quadratic) => sum(names.map((name) => (q.values[name] ?? zero).mul(known.get(name)!)));
    const times = (gram: Quadratic['gram'], z: Vector) =>
      gram.map((row) => sum(row.flatMap((entry, j) => (entry.equals(zero) ? [] : [entry.mul(z[j]!)]))));
    const form = (q: Quadratic) => sum(Z.map((z) => sum(times(q.gram, z).map((entry, i) => entry.mul(z[i]!)))));
    return [
      ...this.valueRows.map((name) => total.values[name] ?? zero),
      ...Z.flatMap((z) => times(total.gram, z)),
      ...slacks.map((slack) => form(slack).add(ofValues(slack))),
      form(scale).add(ofValues(scale)).sub(one),
    ];
  }

  jacobianAt(at: readonly number[]): number[][] {
    const { n, rank, parts, names, run, scale, slacks } = this;
    const first = parts.length;
    const size = first + rank * n + names.length;
    const inDoubles = ({ gram }: Quadratic) => gram.map((row) => row.map(toDouble));
    const grams = parts.map(inDoubles);
    const left = inDoubles(run.left);
    const Z = Array.from({ length: rank }, (_, k) => at.slice(first + k * n, first + (k + 1) * n));
    const S = left.map((row, i) =>
      row.map((entry, j) => grams.reduce((total, gram, k) => total + at[k]! * gram[i]![j]!, -entry)),
    );
    const times = (gram: readonly (readonly number[])[], z: readonly number[]) =>
      gram.map((row) => row.reduce((total, entry, j) => total + entry * z[j]!, 0));
    const rows: number[][] = [];
    const empty = () => new Array<number>(size).fill(0);
    for (const name of this.valueRows) {
      const row = empty();
      parts.forEach((part, k) => {
        row[k] = toDouble(part.values[name] ?? zero);
      });
      rows.push(row);
    }
    Z.forEach((z, k) => {
      const along = grams.map((gram) => times(gram, z));
      for (let i = 0; i < n; i++) {
        const row = empty();
        along.forEach((vector, p) => {
          row[p] = vector[i]!;
        });
        for (let j = 0; j < n; j++) row[first + k * n + j] = S[i]![j]!;
        rows.push(row);
      }
    });
    for (const q of [...slacks, scale]) {
      const row = empty();
      const gram = inDoubles(q);
      Z.forEach((z, k) => {
        times(gram, z).forEach((entry, i) => {
          row[first + k * n + i] = 2 * entry;
        });
      });
      names.forEach((name, k) => {
        row[first + rank * n + k] = toDouble(q.values[name] ?? zero);
      });
      rows.push(row);
    }
    return rows;
  }
}
