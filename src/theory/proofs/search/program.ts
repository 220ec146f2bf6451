import {
  nearbyFraction,
  type Solutions,
  type Squares,
  solutionsOf,
  squaresOf,
} from '../../../exact/arithmetic/elimination.js';
import { one, type Rational, rational, sum, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { EigenvalueDecomposition, Matrix } from '../../../reference/functions/numerics/matrices.js';
import { type Inequalities, type Margin, maximise, newtonDirection, roomOf } from './interior-point.js';

type Vector = readonly Rational[];
type GramMatrix = readonly Vector[];

/** Σ values[k] · (the k-th value of a function) + ⟨gram, G⟩ for the Gram matrix G of the vectors of a basis. */
export interface Quadratic {
  readonly values: Readonly<Record<string, Rational>>;
  /** Symmetric, a row for each vector of the basis. */
  readonly gram: GramMatrix;
}

/** A number to find. */
export interface Unknown {
  readonly name: string;
  /** What it multiplies. */
  readonly times: Quadratic;
  /** It may have any sign; otherwise it is ≥ 0. */
  readonly free?: true;
}

/** constant + Σ coefficients[name] · unknown ≥ 0. */
export interface Condition {
  readonly constant: Rational;
  readonly coefficients: Readonly<Record<string, Rational>>;
}

/**
 * The search for a proof as a semidefinite program: find unknowns for which constant + Σ unknown · times has no value of a function left over
 * and a positive semidefinite Gram part, so that it is a sum of squares.
 */
export interface Program {
  /** Names of the vectors. */
  readonly basis: readonly string[];
  readonly constant: Quadratic;
  readonly unknowns: readonly Unknown[];
  readonly conditions: readonly Condition[];
}

/** Unknowns that solve a program exactly, and the squares that are left over. */
export interface Proof {
  readonly multipliers: ReadonlyMap<string, Rational>;
  /** The columns are coordinates in the basis. */
  readonly squares: Squares;
}

/** Why a program was not solved: floating point sees that it has no solution, or cannot tell. */
export type NotFound = { readonly none: 'infeasible' | 'unknown' };

/** a₁q₁ + a₂q₂ + … */
export function combined(...parts: readonly (readonly [Rational, Quadratic])[]): Quadratic {
  const values: Record<string, Rational> = {};
  const gram = parts[0]![1].gram.map((row) => row.map(() => zero));
  for (const [factor, part] of parts) {
    if (factor.equals(zero)) continue;
    for (const [name, value] of Object.entries(part.values))
      values[name] = (values[name] ?? zero).add(factor.mul(value));
    part.gram.forEach((row, r) => {
      row.forEach((entry, c) => {
        if (!entry.equals(zero)) gram[r]![c] = gram[r]![c]!.add(factor.mul(entry));
      });
    });
  }
  return { values, gram };
}

/**
 * Whether unknowns solve a program: the check in rationals that every proof passes before anything is said about it.
 * @returns the squares that are left over; undefined if it does not
 */
function verified(program: Program, multipliers: ReadonlyMap<string, Rational>): Squares | undefined {
  const at = (name: string) => multipliers.get(name) ?? zero;
  if (program.unknowns.some(({ name, free }) => free !== true && at(name).lt(zero))) return undefined;
  const met = program.conditions.every(
    ({ constant, coefficients }) =>
      !sum([constant, ...Object.entries(coefficients).map(([name, factor]) => factor.mul(at(name)))]).lt(zero),
  );
  if (!met) return undefined;
  const used = program.unknowns.filter(({ name }) => !at(name).equals(zero));
  const total = combined([one, program.constant], ...used.map(({ name, times }) => [at(name), times] as const));
  if (Object.values(total.values).some((value) => !value.equals(zero))) return undefined;
  return squaresOf(total.gram);
}

/** What follows for every solution: vectors on which the Gram part vanishes, unknowns that are 0 and conditions that are equalities. */
interface Face {
  readonly vectors: Vector[];
  readonly zeros: Set<string>;
  readonly equalities: Set<Condition>;
}

/** A face in which a solution is looked for: vectors on which the Gram part vanishes, and unknowns that are 0. */
export interface KnownFace {
  readonly vectors: readonly Vector[];
  readonly zeros: readonly string[];
}

/** Denominators on which free coordinates are rounded, the simplest first. */
const denominators = [1, 2, 3, 4, 6, 8, 12, 24, 60, 120, 840, 5040, 2 ** 16, 2 ** 24, 2 ** 32];

/** Multipliers of a certificate of no room that count: the others tend to 0 along the central path. */
const exposed = 1e-3;

/**
 * Solves a program exactly. Floating point proposes and rationals dispose: the equations are eliminated in rationals; a solver in doubles looks
 * for an interior point. Where there is none, because the program is tight, its certificate of that is rounded to what every solution must
 * satisfy, and the search goes on in that face (facial reduction, Borwein and Wolkowicz 1981). An interior point is rounded to small
 * denominators, and `verified` decides.
 */
export function solve(program: Program, known?: KnownFace): Proof | NotFound {
  const found = interiorOf(program, known);
  if ('none' in found) return found;
  const { z, restricted } = found;
  for (const denominator of denominators) {
    const multipliers = restricted.multipliersAt(z.map((entry) => onDenominator(entry, denominator)));
    const squares = verified(program, multipliers);
    if (squares !== undefined) return { multipliers, squares };
  }
  return { none: 'unknown' };
}

/** Unknowns that another solver proposes in doubles, and which exact ones are near enough to be called the same. */
export interface Proposal {
  readonly unknowns: ReadonlyMap<string, number>;
  accepts(multipliers: ReadonlyMap<string, Rational>): boolean;
}

/**
 * Solves a program in a face by the fractions that are nearest to proposed unknowns.
 *
 * @param determined an unknown of which the face leaves one value only, if any
 */
export function solveIn(
  face: KnownFace,
  program: Program,
  { unknowns, accepts }: Proposal,
  determined: string | undefined,
): Proof | undefined {
  const restricted = Restricted.to(
    { ...face, vectors: [...face.vectors], zeros: new Set(face.zeros), equalities: new Set() },
    program,
  );
  if (restricted === undefined) return undefined;
  if (determined !== undefined && restricted.kernelOf(determined).some((entry) => !entry.equals(zero)))
    return undefined;
  const z = restricted.nearest(unknowns);
  for (const denominator of denominators) {
    const multipliers = restricted.multipliersAt(z.map((entry) => onDenominator(entry, denominator)));
    const squares = accepts(multipliers) ? verified(program, multipliers) : undefined;
    if (squares !== undefined) return { multipliers, squares };
    if (z.length === 0) return undefined;
  }
  return undefined;
}

/** Where the central path towards the least value of an unknown is left, and parts of the way from proposed unknowns to that point. */
const [pathEnds, parts] = [
  [1e-3, 1e-6, 1e-10],
  [0, ...[30, 24, 18, 12, 8, 5, 3, 1, 0].map((k) => 2 ** -k)],
];

/**
 * Solves a program by points on the way from proposed unknowns into its interior: the first that is a solution.
 *
 * @param minimised the unknown that is to be small
 */
export function solveBeside(program: Program, minimised: string | undefined, proposal: Proposal): Proof | undefined {
  const found = interiorOf(program);
  if ('none' in found) return undefined;
  const { restricted, z } = found;
  const start = restricted.nearest(proposal.unknowns);
  const objective = minimised === undefined ? [] : restricted.kernelOf(minimised).map((entry) => -toDouble(entry));
  const isPath = objective.some((entry) => entry !== 0);
  const minimum = ({ multipliers }: Proof) => multipliers.get(minimised ?? '') ?? zero;
  let best: Proof | undefined;
  for (const end of isPath ? pathEnds : [1]) {
    const inside = isPath ? maximise(restricted.inequalities, objective, z, end).z : z;
    const at = (part: number): Proof | undefined => {
      const multipliers = restricted.multipliersAt(
        start.map((entry, k) => onDenominator((1 - part) * entry + part * inside[k]!, 2 ** 44)),
      );
      const squares = proposal.accepts(multipliers) ? verified(program, multipliers) : undefined;
      return squares && { multipliers, squares };
    };
    const k = parts.findIndex((part) => at(part) !== undefined);
    if (k < 0) continue;
    let [outside, within] = [parts[k - 1] ?? 0, parts[k]!];
    for (let halving = 0; k > 0 && halving < 6; halving++) {
      const middle = k === 1 ? within / 4 : Math.sqrt(outside * within);
      if (at(middle) === undefined) outside = middle;
      else within = middle;
    }
    const proof = at(within)!;
    if (best === undefined || minimum(proof).lt(minimum(best))) best = proof;
  }
  return best;
}

const onDenominator = (value: number, denominator: number): Rational =>
  rational(BigInt(Math.round(value * denominator)), BigInt(denominator));

/** Unknowns, in doubles, at which their weighted sum is largest; undefined if the program has no solution or floating point cannot tell. */
export function farthest(
  program: Program,
  weights: Readonly<Record<string, number>>,
): ReadonlyMap<string, number> | undefined {
  const found = interiorOf(program);
  if ('none' in found) return undefined;
  const { restricted, z } = found;
  const along = Object.entries(weights).map(([name, weight]) => [weight, restricted.kernelOf(name)] as const);
  const objective = z.map((_, i) =>
    along.reduce((total, [weight, kernel]) => total + weight * toDouble(kernel[i]!), 0),
  );
  const best = objective.every((entry) => entry === 0) ? z : maximise(restricted.inequalities, objective, z).z;
  return new Map(
    program.unknowns.map(({ name }) => {
      const kernel = restricted.kernelOf(name);
      return [
        name,
        best.reduce((total, entry, i) => total + toDouble(kernel[i]!) * entry, toDouble(restricted.particularOf(name))),
      ];
    }),
  );
}

/** The least value of an unknown, in doubles; undefined as above. */
export const least = (program: Program, name: string): number | undefined =>
  farthest(program, { [name]: -1 })?.get(name);

/** A program in which an unknown has a value. */
export function fixed({ constant, unknowns, conditions, ...rest }: Program, name: string, value: Rational): Program {
  const { times } = unknowns.find((unknown) => unknown.name === name)!;
  return {
    ...rest,
    constant: combined([one, constant], [value, times]),
    unknowns: unknowns.filter((unknown) => unknown.name !== name),
    conditions: conditions.map(({ constant: given, coefficients: { [name]: factor = zero, ...coefficients } }) => ({
      constant: given.add(value.mul(factor)),
      coefficients,
    })),
  };
}

/**
 * The least value of an unknown as the simple fraction near it for which the rest of the program is solved exactly.
 * @returns the value, and the solution without it; undefined if there is no such fraction
 */
export function exactLeast(
  program: Program,
  name: string,
): { readonly value: Rational; readonly proof: Proof } | undefined {
  const about = least(program, name);
  if (about === undefined) return undefined;
  for (const largest of [100, 10_000]) {
    const value = nearbyFraction(about, 1e-6, largest);
    if (value === undefined || value.lt(zero)) continue;
    const proof = solve(fixed(program, name, value));
    if (!('none' in proof)) return { value, proof };
  }
  return undefined;
}

/** How near a fraction is to a coordinate of a vector in doubles on which every Gram part vanishes, and its largest denominator. */
export interface Rounding {
  readonly near: number;
  readonly largest: number;
}

/** Simple fractions first; of others the solver in doubles knows about eight digits. */
const roundings: readonly Rounding[] = [
  { near: 1e-4, largest: 2000 },
  { near: 1e-7, largest: 100_000 },
];

type Interior = { readonly z: readonly number[]; readonly restricted: Restricted };

/** An interior point of the smallest face that was found. */
function interiorOf(program: Program, known: KnownFace = { vectors: [], zeros: [] }): Interior | NotFound {
  let last: Interior | NotFound = { none: 'unknown' };
  for (const rounding of roundings) {
    const { found, rounds } = interiorWith(program, known, rounding);
    // Without a face nothing was rounded.
    if (!('none' in found) || rounds === 0) return found;
    last = found;
  }
  return last;
}

function interiorWith(
  program: Program,
  known: KnownFace,
  rounding: Rounding,
): { readonly found: Interior | NotFound; readonly rounds: number } {
  const face: Face = { vectors: [...known.vectors], zeros: new Set(known.zeros), equalities: new Set() };
  for (let rounds = 0; rounds < 8; rounds++) {
    const restricted = Restricted.to(face, program);
    if (restricted === undefined) return { found: { none: 'infeasible' }, rounds };
    const room = roomOf(restricted.inequalities);
    if (room.margin > 1e-7) return { found: { z: room.z, restricted }, rounds };
    if (room.margin < -1e-6) return { found: { none: 'infeasible' }, rounds };
    if (!restricted.grow(face, room, rounding)) return { found: { none: 'unknown' }, rounds: rounds + 1 };
  }
  return { found: { none: 'unknown' }, rounds: 8 };
}

/** A program in a face: the equations eliminated, and what is left as inequalities in the free coordinates. */
class Restricted {
  readonly inequalities: Inequalities;
  /** The coordinates of each block of the Gram part, which falls apart into blocks. */
  private readonly blocks: readonly (readonly number[])[];
  /** What each linear inequality says: an unknown or a condition is ≥ 0. */
  private readonly linear: readonly (string | Condition)[];

  private constructor(
    private readonly program: Program,
    private readonly unknowns: readonly Unknown[],
    private readonly solutions: Solutions,
    dropped: ReadonlySet<number>,
    equalities: ReadonlySet<Condition>,
  ) {
    const { particular, kernel } = solutions;
    const base = combined(
      [one, program.constant],
      ...unknowns.map(({ times }, i) => [particular[i]!, times] as const),
    ).gram;
    const nothing: Quadratic = { values: {}, gram: base.map((row) => row.map(() => zero)) };
    const along = kernel.map(
      (vector) => combined([one, nothing], ...unknowns.map(({ times }, i) => [vector[i]!, times] as const)).gram,
    );
    const all = [base, ...along];
    const used = program.basis.flatMap((_, r) =>
      !dropped.has(r) && all.some((matrix) => matrix[r]!.some((entry) => !entry.equals(zero))) ? [r] : [],
    );
    this.blocks = components(used, (r, c) => all.some((matrix) => !matrix[r]![c]!.equals(zero)));
    const inDoubles = (matrix: GramMatrix, block: readonly number[]) =>
      block.map((r) => block.map((c) => toDouble(matrix[r]![c]!)));
    const matrices = this.blocks.map((block) => ({
      constant: inDoubles(base, block),
      coefficients: along.map((matrix) => {
        const part = inDoubles(matrix, block);
        return part.some((row) => row.some((entry) => entry !== 0)) ? part : undefined;
      }),
    }));
    const rows = [
      ...unknowns.flatMap(({ name, free }, i) =>
        free ? [] : [{ of: name, constant: particular[i]!, coefficients: kernel.map((vector) => vector[i]!) }],
      ),
      ...program.conditions.flatMap((condition) => {
        if (equalities.has(condition)) return [];
        const at = (vector: Vector) =>
          sum(unknowns.map(({ name }, i) => (condition.coefficients[name] ?? zero).mul(vector[i]!)));
        return [{ of: condition, constant: condition.constant.add(at(particular)), coefficients: kernel.map(at) }];
      }),
    ].filter(({ constant, coefficients }) => constant.lt(zero) || coefficients.some((entry) => !entry.equals(zero)));
    this.linear = rows.map(({ of }) => of);
    this.inequalities = {
      unknowns: kernel.length,
      matrices,
      linear: rows.map(({ constant, coefficients }) => ({
        constant: toDouble(constant),
        coefficients: coefficients.map(toDouble),
      })),
    };
  }

  /** undefined if the equations have no solution. */
  static to({ vectors, zeros, equalities }: Face, program: Program): Restricted | undefined {
    const { gone, unknowns } = withoutHopeless(
      program,
      program.unknowns.filter(({ name }) => !zeros.has(name)),
    );
    const parts = [program.constant, ...unknowns.map(({ times }) => times)];
    const names = new Set(parts.flatMap(({ values }) => Object.keys(values)));
    // Each equation as its constant and its coefficients.
    const equations = [
      ...[...names].map((name) => parts.map(({ values }) => values[name] ?? zero)),
      ...[...gone].flatMap((r) => program.basis.map((_, c) => parts.map(({ gram }) => gram[r]![c]!))),
      ...vectors.flatMap((vector) =>
        program.basis.map((_, r) => parts.map(({ gram }) => sum(gram[r]!.map((entry, c) => entry.mul(vector[c]!))))),
      ),
      ...[...equalities].map(({ constant, coefficients }) => [
        constant,
        ...unknowns.map(({ name }) => coefficients[name] ?? zero),
      ]),
    ];
    const solutions = solutionsOf(
      equations.map((row) => row.slice(1)),
      equations.map((row) => row[0]!.neg()),
      unknowns.length,
    );
    if (solutions === undefined) return undefined;
    // A Gram part that vanishes on a vector is determined by the other coordinates.
    const { pivots } = solutionsOf(
      vectors,
      vectors.map(() => zero),
      program.basis.length,
    )!;
    return new Restricted(program, unknowns, solutions, new Set(pivots), equalities);
  }

  multipliersAt(z: Vector): ReadonlyMap<string, Rational> {
    const { particular, kernel } = this.solutions;
    return new Map(
      this.unknowns.map(({ name }, i) => [
        name,
        sum([particular[i]!, ...z.map((entry, k) => entry.mul(kernel[k]![i]!))]),
      ]),
    );
  }

  /** The coordinates whose unknowns are nearest to the given ones. */
  nearest(unknowns: ReadonlyMap<string, number>): readonly number[] {
    const { particular, kernel } = this.solutions;
    const away = this.unknowns.map(({ name }, i) => unknowns.get(name)! - toDouble(particular[i]!));
    const along = kernel.map((vector) => vector.map(toDouble));
    const inner = (a: readonly number[], b: readonly number[]) =>
      a.reduce((total, entry, i) => total + entry * b[i]!, 0);
    const matrix = along.map((a) => along.map((b) => inner(a, b)));
    return newtonDirection(
      matrix,
      along.map((a) => inner(a, away)),
    )!;
  }

  particularOf(name: string): Rational {
    return this.solutions.particular[this.indexOf(name)] ?? zero;
  }

  kernelOf(name: string): Vector {
    return this.solutions.kernel.map((vector) => vector[this.indexOf(name)] ?? zero);
  }

  private indexOf(name: string): number {
    return this.unknowns.findIndex((unknown) => unknown.name === name);
  }

  /** Adds to a face what a certificate of no room exposes; false if that is nothing, or not rational. */
  grow(face: Face, room: Margin, rounding: Rounding): boolean {
    let grown = false;
    room.linear.forEach((multiplier, k) => {
      if (multiplier <= exposed) return;
      const of = this.linear[k]!;
      if (typeof of === 'string') face.zeros.add(of);
      else face.equalities.add(of);
      grown = true;
    });
    for (const [k, matrix] of room.matrices.entries()) {
      const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(matrix as number[][]), {
        assumeSymmetric: true,
      });
      const range = realEigenvalues.flatMap((value, i) => (value > exposed ? [eigenvectorMatrix.getColumn(i)] : []));
      const vectors = rationalBasis(range, rounding);
      if (vectors === undefined) return false;
      for (const entries of vectors) {
        const full = new Array<Rational>(this.program.basis.length).fill(zero);
        for (const [i, entry] of entries.entries()) full[this.blocks[k]![i]!] = entry;
        face.vectors.push(full);
        grown = true;
      }
    }
    return grown;
  }
}

/** The vectors whose diagonal entry no unknown can make positive: their rows vanish, and unknowns that would make them negative are 0. */
function withoutHopeless({ basis, constant }: Program, all: readonly Unknown[]) {
  const gone = new Set<number>();
  let unknowns = all;
  for (let changed = true; changed; ) {
    changed = false;
    for (const r of basis.keys()) {
      const diagonal = ({ gram }: Quadratic) => gram[r]![r]!;
      const hopeless = unknowns.every(({ times, free }) =>
        free ? diagonal(times).equals(zero) : !diagonal(times).gt(zero),
      );
      if (gone.has(r) || !hopeless || !diagonal(constant).equals(zero)) continue;
      unknowns = unknowns.filter(({ times }) => diagonal(times).equals(zero));
      gone.add(r);
      changed = true;
    }
  }
  return { gone, unknowns };
}

/** The classes of coordinates that entries connect. */
function components(coordinates: readonly number[], connected: (r: number, c: number) => boolean): number[][] {
  const blocks: number[][] = [];
  for (const r of coordinates) {
    const touching = blocks.filter((block) => block.some((c) => connected(r, c)));
    for (const block of touching) blocks.splice(blocks.indexOf(block), 1);
    blocks.push([...touching.flat(), r].sort((a, b) => a - b));
  }
  return blocks;
}

/** A basis of simple fractions of the space of some vectors; undefined if there is none that near. */
export function rationalBasis(
  vectors: readonly (readonly number[])[],
  { near, largest }: Rounding,
): Vector[] | undefined {
  const rows = echelon(vectors).map((vector) =>
    vector.map((entry) => (Math.abs(entry) < near ? zero : nearbyFraction(entry, near, largest))),
  );
  return rows.some((row) => row.includes(undefined)) ? undefined : (rows as Vector[]);
}

/** The reduced row echelon form, by the largest pivots: a basis of the same space whose entries are simple if it has one. */
function echelon(vectors: readonly (readonly number[])[]): number[][] {
  const rows = vectors.map((vector) => [...vector]);
  let rank = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0) && rank < rows.length; column++) {
    let largest = rank;
    for (let i = rank; i < rows.length; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[largest]![column]!)) largest = i;
    }
    if (Math.abs(rows[largest]![column]!) < exposed) continue;
    [rows[rank], rows[largest]] = [rows[largest]!, rows[rank]!];
    const pivot = rows[rank]!.map((entry) => entry / rows[rank]![column]!);
    rows[rank] = pivot;
    rows.forEach((row, i) => {
      const factor = row[column]!;
      if (i !== rank) rows[i] = row.map((entry, j) => entry - factor * pivot[j]!);
    });
    rank++;
  }
  return rows.slice(0, rank);
}

/**
 * The program of the alternative (Farkas): a solution of it shows that `program` has none. It looks for a Gram matrix X ⪰ 0, values φ and numbers
 * s ≥ 0 for which constant is −1 and no unknown can raise it: ⟨gram, X⟩ + φ·values + s·coefficients is −1 for the constant, ≤ 0 for every
 * unknown and 0 for the free ones.
 */
export function alternativeTo({ basis, constant, unknowns, conditions }: Program): Program {
  const nothing = basis.map(() => basis.map(() => zero));
  const pairs = basis.flatMap((_, i) => basis.slice(0, i + 1).map((__, j) => [i, j] as const));
  const names = [
    ...new Set([constant, ...unknowns.map(({ times }) => times)].flatMap(({ values }) => Object.keys(values))),
  ];
  const entry = ({ gram }: Quadratic, [i, j]: readonly [number, number]) =>
    i === j ? gram[i]![i]! : gram[i]![j]!.add(gram[j]![i]!);
  // What one coordinate of the alternative contributes to the equations of the free unknowns and to that of the constant.
  const equations = (ofUnknown: (unknown: Unknown) => Rational, ofConstant: Rational) =>
    Object.fromEntries([
      ...unknowns.flatMap((unknown) => (unknown.free ? [[`free ${unknown.name}`, ofUnknown(unknown)]] : [])),
      ['constant', ofConstant],
    ]) as Quadratic['values'];
  const coordinates = [
    ...pairs.map((pair) => ({
      name: `X ${pair}`,
      free: true as const,
      of: (unknown: Unknown) => entry(unknown.times, pair),
      ofConstant: entry(constant, pair),
      gram: nothing.map((row, r) =>
        row.map((_, c) => ((r === pair[0] && c === pair[1]) || (r === pair[1] && c === pair[0]) ? one : zero)),
      ),
    })),
    ...names.map((name) => ({
      name: `φ ${name}`,
      free: true as const,
      of: ({ times }: Unknown) => times.values[name] ?? zero,
      ofConstant: constant.values[name] ?? zero,
      gram: nothing,
    })),
    ...conditions.map((condition, k) => ({
      name: `s ${k}`,
      of: ({ name }: Unknown) => condition.coefficients[name] ?? zero,
      ofConstant: condition.constant,
      gram: nothing,
    })),
  ];
  return {
    basis,
    constant: { values: { constant: one }, gram: nothing },
    unknowns: coordinates.map(({ of, ofConstant, gram, ...rest }) => ({
      ...rest,
      times: { values: equations(of, ofConstant), gram },
    })),
    conditions: unknowns
      .filter(({ free }) => free !== true)
      .map((unknown) => ({
        constant: zero,
        coefficients: Object.fromEntries(coordinates.map(({ name, of }) => [name, of(unknown).neg()])),
      })),
  };
}
