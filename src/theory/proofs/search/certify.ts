import type { Certificate, CertificateTerm, Stage } from '../../../claims/certificate.js';
import { nearbyFraction, squaresOf } from '../../../exact/arithmetic/elimination.js';
import {
  fromDouble,
  one,
  parseRational,
  type Rational,
  rational,
  toDouble,
  two,
  zero,
} from '../../../exact/arithmetic/rational.js';
import { EigenvalueDecomposition, Matrix } from '../../../reference/functions/numerics/matrices.js';
import { line, onlyKnown, readList, record, wrong } from '../../theorem/theorem-fields.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { format, fromTerms } from '../certificates/polynomial.js';
import { subscript } from './inequalities.js';
import {
  fixed,
  type KnownFace,
  type Program,
  type Proof,
  type Proposal,
  type Quadratic,
  type Rounding,
  rationalBasis,
  solveBeside,
  solveIn,
  type Unknown,
} from './program.js';

type Vector = readonly Rational[];

/** constant + values·f + ⟨gram, G⟩ of the values f of functions and the Gram matrix G of vectors. */
interface Form {
  readonly constant: Rational;
  readonly values: Vector;
  readonly gram: readonly Vector[];
}

/** goal ≤ 0 for all f and G ⪰ 0 that meet the inequalities: what the multipliers of a file prove. */
interface Claim {
  /** The goal is the sum of forms, some of them times a parameter. */
  readonly goal: readonly { readonly times?: string; readonly form: Form }[];
  /** form ≤ 0, or = 0. */
  readonly inequalities: readonly {
    readonly name: string;
    readonly isEquation: boolean;
    readonly form: Form;
    readonly multiplier: number;
  }[];
  /** Matrices of forms that are positive semidefinite, and the multipliers of their entries. */
  readonly matrices: readonly {
    readonly entries: readonly (readonly Form[])[];
    readonly multiplier: readonly (readonly number[])[];
  }[];
  /** Numbers of vectors and values. */
  readonly size: readonly [vectors: number, values: number];
}

/** Multipliers that a solver found, with the inequalities that they belong to. */
export interface Multipliers {
  readonly source: string;
  /** The parameter that is to be small: the bound. */
  readonly minimise?: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly claims: readonly Claim[];
  readonly read: NumbersRead;
}

/** How the numbers of the inequalities were read. */
export interface NumbersRead {
  /** Those that are no integers. */
  readonly fractions: number;
  /** Those that are doubles beside the fraction for which they were taken, and how far away at most. */
  readonly rounded: number;
  readonly farthest: number;
}

/** What `certify` says. */
export interface Certified {
  readonly source: string;
  readonly answer: 'proved' | 'none';
  /** The bound, with its name and what the file says of it. */
  readonly bound?: { readonly name: string; readonly value: Rational; readonly given: number };
  /** Fractions for the other parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What was stated, claim by claim. */
  readonly claims: readonly {
    readonly statement: string;
    /** Inequalities of the file, and those with a multiplier that is not 0. */
    readonly inequalities: number;
    readonly used: number;
  }[];
  /** The largest difference between a multiplier of the file and its fraction. */
  readonly moved?: number;
  readonly read: NumbersRead;
  /** What the multipliers leave over, in doubles: the sums of values, and the least eigenvalue. */
  readonly left: { readonly values: number; readonly eigenvalue: number };
  readonly certificate?: Certificate;
}

/** Doubles nearer to a simple fraction than this, relative to numbers above 1, are taken for it. */
const near = 2 ** -48;
/** Digits of a decimal that is taken as it is written. */
const mostDigits = 12;

class NumberReader {
  fractions = 0;
  rounded = 0;
  farthest = 0;

  readonly read = (given: unknown, place: string): Rational => {
    if (typeof given === 'string' && /^-?\d+(\/0*[1-9]\d*)?$/.test(given)) return parseRational(given);
    if (typeof given !== 'number' || !Number.isFinite(given))
      throw wrong(place, given, 'a number, or a fraction "p/q"');
    if (Number.isInteger(given)) return fromDouble(given);
    this.fractions++;
    const found = nearbyFraction(given, near, 1e5) ?? decimalOf(given) ?? fromDouble(given);
    const away = toDouble(found.sub(fromDouble(given)).abs());
    if (away > 0) this.rounded++;
    this.farthest = Math.max(this.farthest, away);
    return found;
  };
}

/** A decimal of few digits. */
function decimalOf(value: number): Rational | undefined {
  const [, sign, whole, digits] = /^(-?)(\d+)\.(\d+)$/.exec(String(value)) ?? [];
  if (digits === undefined || whole!.length + digits.length > mostDigits) return undefined;
  return rational(BigInt(`${sign}${whole}${digits}`), 10n ** BigInt(digits.length));
}

function double(given: unknown, place: string): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given;
  throw wrong(place, given, 'a finite number');
}

const matrixOf = <Entry>(given: unknown, place: string, read: (entry: unknown, place: string) => Entry): Entry[][] => {
  const rows = readList(given, place, (row, at) => readList(row, at, read));
  if (rows.some((row) => row.length !== rows.length)) throw wrong(place, given, 'a square matrix');
  return rows;
};

const isSymmetric = <Entry>(rows: readonly (readonly Entry[])[], same: (a: Entry, b: Entry) => boolean): boolean =>
  rows.every((row, i) => row.every((entry, j) => same(entry, rows[j]![i]!)));

/**
 * Reads a file of multipliers.
 * @throws TheoremFileError of one line that names the field that is wrong
 */
export function readMultipliers(given: unknown): Multipliers {
  const fields = record(given, 'the file', 'an object with claims');
  onlyKnown(fields, 'the file', ['source', 'minimise', 'parameters', 'claims']);
  const { source = 'a solver', minimise, parameters: named = {}, claims: listed } = fields;
  const parameters = Object.fromEntries(
    Object.entries(record(named, 'parameters', 'an object of numbers')).map(([name, value]) => [
      name,
      double(value, `parameters.${name}`),
    ]),
  );
  if (minimise !== undefined && !(typeof minimise === 'string' && Object.hasOwn(parameters, minimise)))
    throw wrong('minimise', minimise, 'the name of a parameter', Object.keys(parameters));
  const numbers = new NumberReader();
  const claims = readList(listed, 'claims', (claim, place) => readClaim(claim, place, parameters, numbers));
  if (claims.length === 0) throw wrong('claims', listed, 'an array of at least one claim');
  return {
    source: line(source, 'source'),
    ...(minimise !== undefined && { minimise }),
    ...{ parameters, claims },
    read: { fractions: numbers.fractions, rounded: numbers.rounded, farthest: numbers.farthest },
  };
}

function readClaim(
  given: unknown,
  place: string,
  parameters: Readonly<Record<string, number>>,
  numbers: NumberReader,
): Claim {
  const fields = record(given, place, 'an object with a goal and inequalities');
  onlyKnown(fields, place, ['goal', 'inequalities', 'matrices']);
  const size: [number | undefined, number | undefined] = [undefined, undefined];
  /** Every form of a claim is about the same vectors and values. */
  const sized = <List extends readonly unknown[]>(list: List, k: 0 | 1, at: string): List => {
    if (list.length === 0) return list;
    const known = size[k] ?? list.length;
    size[k] = known;
    if (known !== list.length) throw wrong(at, list.length, `of ${known} entries, as the others of the claim`);
    return list;
  };
  const formOf = (form: Readonly<Record<string, unknown>>, at: string): Form => {
    const { constant = 0, values, gram } = form;
    const rows = sized(matrixOf(gram, `${at}.gram`, numbers.read), 0, `${at}.gram`);
    if (!isSymmetric(rows, (a, b) => a.equals(b))) throw wrong(`${at}.gram`, gram, 'a symmetric matrix');
    return {
      constant: numbers.read(constant, `${at}.constant`),
      values: sized(readList(values, `${at}.values`, numbers.read), 1, `${at}.values`),
      gram: rows,
    };
  };
  const goal = readList(fields['goal'], `${place}.goal`, (entry, at) => {
    const part = record(entry, at, 'an object');
    onlyKnown(part, at, ['times', 'constant', 'values', 'gram']);
    const { times } = part;
    if (times !== undefined && !(typeof times === 'string' && Object.hasOwn(parameters, times)))
      throw wrong(`${at}.times`, times, 'the name of a parameter', Object.keys(parameters));
    return { ...(times !== undefined && { times }), form: formOf(part, at) };
  });
  if (goal.length === 0) throw wrong(`${place}.goal`, fields['goal'], 'an array of at least one part');
  const inequalities = readList(fields['inequalities'], `${place}.inequalities`, (entry, at) => {
    const part = record(entry, at, 'an object');
    onlyKnown(part, at, ['name', 'kind', 'multiplier', 'constant', 'values', 'gram']);
    const { name, kind = 'inequality', multiplier } = part;
    if (kind !== 'inequality' && kind !== 'equality')
      throw wrong(`${at}.kind`, kind, 'inequality or equality', ['inequality', 'equality']);
    return {
      name: typeof name === 'string' && name.trim() !== '' ? name.replaceAll(/\s+/g, ' ') : at,
      isEquation: kind === 'equality',
      form: formOf(part, at),
      multiplier: double(multiplier, `${at}.multiplier`),
    };
  });
  const largest = Math.max(0, ...inequalities.map(({ multiplier }) => Math.abs(multiplier)));
  for (const [k, { isEquation, multiplier }] of inequalities.entries()) {
    if (!isEquation && multiplier < -negligible * largest)
      throw wrong(`${place}.inequalities[${k}].multiplier`, multiplier, '≥ 0 up to the rounding of a solver');
  }
  const matrices = readList(fields['matrices'], `${place}.matrices`, (entry, at) => {
    const part = record(entry, at, 'an object');
    onlyKnown(part, at, ['entries', 'multiplier']);
    const entries = matrixOf(part['entries'], `${at}.entries`, (form, within) => {
      const known = record(form, within, 'an object');
      onlyKnown(known, within, ['constant', 'values', 'gram']);
      return formOf(known, within);
    });
    const multiplier = matrixOf(part['multiplier'], `${at}.multiplier`, double);
    if (multiplier.length !== entries.length)
      throw wrong(`${at}.multiplier`, multiplier, `a matrix of ${entries.length} rows`);
    return { entries, multiplier };
  });
  return { goal, inequalities, matrices, size: [size[0] ?? 0, size[1] ?? 0] };
}

/** The part of the largest multiplier below which one may stand for 0. */
const negligible = 1e-4;

/** Whether a fraction is as near to a number of the file as a solver's rounding explains: less than a thousandth of it away. */
const isNear = (given: number, exact: number, largest: number): boolean =>
  Math.abs(exact - given) <= (exact === 0 ? negligible * largest : 5e-4 * Math.abs(given) + 1e-5 * largest);

const multiplierName = (claim: number, k: number): string => `multiplier ${claim}.${k}`;
const entryName = (claim: number, k: number, i: number, j: number): string => `entry ${claim}.${k}.${i}.${j}`;
const parameterName = (name: string): string => `parameter ${name}`;
const minus = rational(-1n);

/** A file as a program: −goal + Σ multiplier · form − Σ ⟨multiplier, matrix⟩ is a sum of squares, claim by claim. */
interface Posed {
  readonly program: Program;
  readonly proposed: ReadonlyMap<string, number>;
  /** The coordinates of the vectors of each claim, and of each of its matrices. */
  readonly blocks: readonly { readonly own: readonly number[]; readonly matrices: readonly (readonly number[])[] }[];
  /** The largest of the proposed numbers that are compared with each other, by the first words of their names. */
  readonly groups: ReadonlyMap<string, number>;
}

const groupOf = (name: string): string => /^parameter|^[^.]*/.exec(name)![0];

function posed({ claims, parameters }: Multipliers): Posed {
  const basis: string[] = [];
  const take = (count: number, name: string): number[] =>
    Array.from({ length: count }, (_, i) => basis.push(`${name}${i}`) - 1);
  const blocks = claims.map(({ size: [vectors], matrices }, c) => ({
    own: take(vectors, `vector ${c}.`),
    matrices: matrices.map(({ entries }, k) => take(entries.length, `row ${c}.${k}.`)),
  }));
  const empty = (): Rational[][] => basis.map(() => basis.map(() => zero));
  const total = (parts: readonly (readonly [claim: number, factor: Rational, form: Form])[]): Quadratic => {
    const values: Record<string, Rational> = {};
    const gram = empty();
    for (const [c, factor, { constant, values: own, gram: rows }] of parts) {
      const add = (name: string, value: Rational) => {
        if (!value.equals(zero)) values[name] = (values[name] ?? zero).add(factor.mul(value));
      };
      add(`${c}.1`, constant);
      own.forEach((value, k) => {
        add(`${c}.f${k}`, value);
      });
      rows.forEach((row, i) => {
        row.forEach((entry, j) => {
          const [r, s] = [blocks[c]!.own[i]!, blocks[c]!.own[j]!];
          if (!entry.equals(zero)) gram[r]![s] = gram[r]![s]!.add(factor.mul(entry));
        });
      });
    }
    return { values, gram };
  };
  const proposed = new Map<string, number>();
  const unknowns: Unknown[] = [];
  const unknown = (name: string, value: number, times: Quadratic, free: boolean): void => {
    proposed.set(name, value);
    unknowns.push({ name, times, ...(free && { free }) });
  };
  const goals = claims.flatMap(({ goal }, c) => goal.map((part) => ({ ...part, c })));
  for (const [name, value] of Object.entries(parameters)) {
    const parts = goals.flatMap(({ times, form, c }) => (times === name ? [[c, minus, form] as const] : []));
    unknown(parameterName(name), value, total(parts), true);
  }
  for (const [c, { inequalities, matrices, goal }] of claims.entries()) {
    for (const [k, { form, multiplier, isEquation }] of inequalities.entries())
      unknown(multiplierName(c, k), multiplier, total([[c, one, form]]), isEquation);
    for (const [k, { entries, multiplier }] of matrices.entries()) {
      const rows = blocks[c]!.matrices[k]!;
      for (const i of entries.keys()) {
        for (let j = 0; j <= i; j++) {
          const both =
            i === j
              ? [[i, i]]
              : [
                  [i, j],
                  [j, i],
                ];
          const { values, gram } = total(both.map(([r, s]) => [c, minus, entries[r!]![s!]!] as const));
          const own = gram.map((row) => [...row]);
          for (const [r, s] of both) own[rows[r!]!]![rows[s!]!] = one;
          unknown(entryName(c, k, i, j), (multiplier[i]![j]! + multiplier[j]![i]!) / 2, { values, gram: own }, true);
        }
      }
    }
    // A number that is left over may be ≥ 0: a parameter without a vector makes it 0.
    const isFree = goal.some(({ times, form }) => times !== undefined && !form.constant.equals(zero));
    if (!isFree) unknown(`rest ${c}.`, 0, { values: { [`${c}.1`]: minus }, gram: empty() }, false);
  }
  const groups = new Map<string, number>();
  for (const [name, value] of proposed)
    groups.set(groupOf(name), Math.max(groups.get(groupOf(name)) ?? 0, Math.abs(value)));
  const constant = total(
    goals.flatMap(({ times, form, c }) => (times === undefined ? [[c, minus, form] as const] : [])),
  );
  return { program: { basis, constant, unknowns, conditions: [] }, proposed, blocks, groups };
}

/** What the multipliers leave over, in doubles. */
function leftOver({ program, proposed }: Posed) {
  const gram = program.constant.gram.map((row) => row.map(toDouble));
  const values = new Map(Object.entries(program.constant.values).map(([name, value]) => [name, toDouble(value)]));
  for (const { name, times } of program.unknowns) {
    const factor = proposed.get(name)!;
    for (const [value, coefficient] of Object.entries(times.values))
      values.set(value, (values.get(value) ?? 0) + factor * toDouble(coefficient));
    times.gram.forEach((row, i) => {
      row.forEach((entry, j) => {
        if (!entry.equals(zero)) gram[i]![j]! += factor * toDouble(entry);
      });
    });
  }
  return { gram, values };
}

/** Parts of the largest multiplier, or eigenvalue, below which one is taken for 0: the usual accuracy of solvers first. */
const thresholds = [1e-6, 1e-5, 1e-4, 1e-7, 1e-3, 1e-8];
const roundings: readonly Rounding[] = [
  { near: 1e-4, largest: 200 },
  { near: 1e-5, largest: 2000 },
  { near: 1e-7, largest: 100_000 },
];

/** Faces that the multipliers point to: unknowns that are 0, and vectors on which the matrices vanish, as fractions. */
function* facesOf(
  { program, proposed, blocks, groups }: Posed,
  gram: readonly (readonly number[])[],
): Generator<KnownFace> {
  const decomposed = blocks
    .flatMap(({ own, matrices }) => [own, ...matrices])
    .filter((block) => block.length > 0)
    .map((block) => {
      const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
        new Matrix(block.map((i) => block.map((j) => gram[i]![j]!))),
        { assumeSymmetric: true },
      );
      return { block, values: realEigenvalues, vectorAt: (k: number) => eigenvectorMatrix.getColumn(k) };
    });
  const seen = new Set<string>();
  for (const rounding of roundings) {
    for (const threshold of thresholds) {
      const zeros = program.unknowns.flatMap(({ name, free }) =>
        free || proposed.get(name)! > threshold * groups.get(groupOf(name))! ? [] : [name],
      );
      const vectors: Rational[][] = [];
      let isRational = true;
      for (const { block, values, vectorAt } of decomposed) {
        const largest = Math.max(...values, Number.MIN_VALUE);
        const kernel = values.flatMap((value, k) => (value > threshold * largest ? [] : [vectorAt(k)]));
        const found = rationalBasis(kernel, rounding);
        if (found === undefined) isRational = false;
        for (const entries of found ?? []) {
          const full = new Array<Rational>(program.basis.length).fill(zero);
          for (const [i, entry] of entries.entries()) full[block[i]!] = entry;
          vectors.push(full);
        }
      }
      const key = JSON.stringify([zeros, vectors.map((vector) => vector.map((entry) => entry.toFraction()))]);
      if (!isRational || seen.has(key)) continue;
      seen.add(key);
      yield { vectors, zeros };
    }
  }
}

/** A bound with a longer denominator is no fraction that somebody would write. */
const longDenominator = 10n ** 6n;

/** Simple fractions near numbers, the least first. */
function fractionsNear(numbers: readonly number[]): Rational[] {
  const found = numbers.flatMap((about) =>
    [1e-6, 1e-7, 1e-8, 1e-9].flatMap((tolerance) => nearbyFraction(about, tolerance, 20_000) ?? []),
  );
  return found.filter((value, k) => found.findIndex((other) => other.equals(value)) === k).sort((a, b) => a.compare(b));
}

/**
 * Makes the multipliers of a solver exact: fractions near them with which the goal of each claim is the sum of multiples of its inequalities, minus squares.
 * Fractions that are farther away than a solver's rounding explains are not taken.
 *
 * @param say called before longer computations; it may throw to end them
 */
export function certify(file: Multipliers, say: (text: string) => void = () => {}): Certified {
  const problem = posed(file);
  const { program, proposed, groups } = problem;
  const { gram, values } = leftOver(problem);
  const minimised = file.minimise === undefined ? undefined : parameterName(file.minimise);
  const proposal: Proposal = {
    unknowns: proposed,
    accepts: (multipliers) =>
      [...proposed].every(
        ([name, given]) =>
          name === minimised || isNear(given, toDouble(multipliers.get(name) ?? zero), groups.get(groupOf(name))!),
      ),
  };
  let proof: Proof | undefined;
  for (const face of facesOf(problem, gram)) {
    say('fractions in the face of the multipliers');
    proof = solveIn(face, program, proposal, minimised);
    if (proof !== undefined) break;
  }
  const boundOf = ({ multipliers }: Proof) => multipliers.get(minimised ?? '') ?? zero;
  // Vectors that only look like fractions give long ones.
  if (proof === undefined || boundOf(proof).d > longDenominator) {
    say('fractions beside the multipliers');
    const beside = solveBeside(program, minimised, proposal);
    if (proof === undefined || (beside && boundOf(beside).lt(boundOf(proof)))) proof = beside;
    const known = proof;
    const simple =
      minimised === undefined
        ? []
        : fractionsNear([proposed.get(minimised)!, ...(proof ? [toDouble(boundOf(proof))] : [])]);
    for (const value of simple) {
      if (proof !== known || (known && !value.lt(boundOf(known)))) break;
      say(`fractions beside the multipliers for the bound ${value.toFraction()}`);
      const found = solveBeside(fixed(program, minimised!, value), undefined, proposal);
      if (found) proof = { ...found, multipliers: new Map([...found.multipliers, [minimised!, value]]) };
    }
  }
  const spectrum = new EigenvalueDecomposition(new Matrix(gram as number[][]), { assumeSymmetric: true });
  const common = {
    source: file.source,
    read: file.read,
    left: {
      values: Math.max(0, ...[...values.values()].map(Math.abs)),
      eigenvalue: Math.min(...spectrum.realEigenvalues),
    },
  };
  if (proof === undefined)
    return {
      ...{ ...common, answer: 'none', parameters: {} },
      claims: file.claims.map(({ inequalities }) => ({ statement: '', inequalities: inequalities.length, used: 0 })),
    };
  const at = (name: string) => proof.multipliers.get(name) ?? zero;
  const stages = file.claims.map((_, c) => stageOf(file, problem, proof, c));
  const certificate = { stages };
  const problems = checkCertificate(certificate).flatMap((result) => result.problem ?? []);
  if (problems.length > 0) throw new Error(`the certificate is not accepted: ${problems[0]}`);
  return {
    ...{ ...common, answer: 'proved', certificate },
    ...(file.minimise !== undefined && {
      bound: {
        name: file.minimise,
        value: at(parameterName(file.minimise)),
        given: file.parameters[file.minimise]!,
      },
    }),
    parameters: Object.fromEntries(
      Object.keys(file.parameters)
        .filter((name) => name !== file.minimise)
        .map((name) => [name, at(parameterName(name)).toFraction()]),
    ),
    claims: file.claims.map(({ inequalities }, c) => ({
      statement: stages[c]!.statement,
      inequalities: inequalities.length,
      used: inequalities.filter((__, k) => !at(multiplierName(c, k)).equals(zero)).length,
    })),
    moved: Math.max(
      ...[...proposed].map(([name, given]) => (name === minimised ? 0 : Math.abs(toDouble(at(name)) - given))),
    ),
  };
}

/** A form as an expression of certificates. */
function textOf(parts: readonly (readonly [factor: Rational, form: Form])[]): string {
  const terms = parts.flatMap(([factor, { constant, values, gram }]) => [
    { powers: [], coefficient: factor.mul(constant) },
    ...values.map((value, k) => ({ powers: [[valueName(k), 1] as const], coefficient: factor.mul(value) })),
    ...gram.flatMap((row, i) =>
      row.slice(0, i + 1).map((entry, j) => ({
        powers: i === j ? [[vectorName(i), 2] as const] : [[vectorName(j), 1] as const, [vectorName(i), 1] as const],
        coefficient: factor.mul(i === j ? entry : entry.mul(two)),
      })),
    ),
  ]);
  return format(fromTerms(terms));
}

const vectorName = (k: number): string => `v${subscript(k + 1)}`;
const valueName = (k: number): string => `f${subscript(k + 1)}`;

/** The certificate of a claim: its inequalities are facts, which the file says. */
function stageOf(file: Multipliers, { blocks }: Posed, { multipliers, squares }: Proof, c: number): Stage {
  const { goal, inequalities, matrices, size } = file.claims[c]!;
  const { own } = blocks[c]!;
  const at = (name: string) => multipliers.get(name) ?? zero;
  const factorOf = (times: string | undefined) => (times === undefined ? one : at(parameterName(times)));
  const facts: Record<string, { readonly expression: string; readonly because: string }> = {};
  const terms: CertificateTerm[] = [];
  const use = (name: string, multiplier: Rational, expression: string, because: string) => {
    facts[name] = { expression, because };
    terms.push({ multiplier: multiplier.toFraction(), inequality: { kind: 'fact', name } });
  };
  for (const [k, { name, form }] of inequalities.entries()) {
    const multiplier = at(multiplierName(c, k));
    if (multiplier.equals(zero)) continue;
    const sign = multiplier.lt(zero) ? one : minus;
    use(`inequality ${subscript(k + 1)}`, multiplier.abs(), textOf([[sign, form]]), `the file says so: ${name}`);
  }
  for (const [k, { entries }] of matrices.entries()) {
    const weights = entries.map((row, i) => row.map((_, j) => at(entryName(c, k, Math.max(i, j), Math.min(i, j)))));
    const { pivots, columns } = squaresOf(weights)!;
    for (const [s, pivot] of pivots.entries()) {
      const column = columns[s]!;
      const along = entries.flatMap((row, i) => row.map((form, j) => [column[i]!.mul(column[j]!), form] as const));
      use(
        `matrix ${subscript(k + 1)} along ${subscript(s + 1)}`,
        pivot,
        textOf(along),
        `the file says that matrix ${k + 1} is positive semidefinite, so also along (${column.map((entry) => entry.toFraction()).join(', ')})`,
      );
    }
  }
  const rest = at(`rest ${c}.`);
  if (!rest.equals(zero)) terms.push({ remainder: rest.toFraction() });
  const ofBlock = new Map(own.map((coordinate, i) => [coordinate, i]));
  for (const [k, pivot] of squares.pivots.entries()) {
    const column = squares.columns[k]!;
    const square = fromTerms(
      column.flatMap((coefficient, coordinate) =>
        coefficient.equals(zero) || !ofBlock.has(coordinate)
          ? []
          : [{ powers: [[vectorName(ofBlock.get(coordinate)!), 1] as const], coefficient }],
      ),
    );
    if (square.size > 0) terms.push({ multiplier: pivot.toFraction(), square: format(square) });
  }
  const bounded = boundedBy(file, c);
  const statement =
    bounded === undefined
      ? `${textOf(goal.map(({ times, form }) => [factorOf(times), form] as const))} ≤ 0`
      : `${textOf([[bounded.scale, bounded.form]])} ≤ ${at(parameterName(file.minimise!)).toFraction()}`;
  const name = file.claims.length === 1 ? 'the claim' : `claim ${subscript(c + 1)}`;
  return {
    ...{ name, kind: 'pathwise', statement },
    symbols: Object.fromEntries([
      ...Array.from({ length: size[0] }, (_, k) => [vectorName(k), `vector ${k + 1} of the file`]),
      ...Array.from({ length: size[1] }, (_, k) => [valueName(k), `value ${k + 1} of the file`]),
    ]) as Stage['symbols'],
    ...{ positive: [], vectors: own.map((_, i) => vectorName(i)), facts },
    goal: textOf(goal.map(({ times, form }) => [factorOf(times).neg(), form] as const)),
    ...(bounded !== undefined && {
      isolates: { quantity: textOf([[bounded.scale, bounded.form]]), factor: one.div(bounded.scale).toFraction() },
    }),
    cases: [{ terms }],
  };
}

/** What a claim bounds, if its goal is that form minus a multiple of the bound. */
function boundedBy({ minimise, claims }: Multipliers, c: number) {
  const { goal } = claims[c]!;
  const [form, bound] = goal;
  const isNumber = ({ values, gram }: Form) => [...values, ...gram.flat()].every((entry) => entry.equals(zero));
  if (goal.length !== 2 || form!.times !== undefined || bound!.times !== minimise || minimise === undefined)
    return undefined;
  if (!isNumber(bound!.form) || !bound!.form.constant.lt(zero) || !form!.form.constant.equals(zero)) return undefined;
  return { form: form!.form, scale: one.div(bound!.form.constant.neg()) };
}
