import { logarithm } from '../../exact/arithmetic/exponential.js';
import { one, type Rational, rational, toDouble, two, zero } from '../../exact/arithmetic/rational.js';
import { squareRootBelow } from '../../exact/problem/constants.js';
import { type Condition, type Formula, FormulaError, type OverCoordinates, type Relation } from './formula.js';

/** What a formula is evaluated in. */
export interface Arithmetic<Value> {
  number(value: Rational): Value;
  /** A constant; with a coordinate i, its i-th entry. */
  name(name: string, coordinate: number | undefined): Value;
  infinity(): Value;
  sum(left: Value, right: Value): Value;
  difference(left: Value, right: Value): Value;
  opposite(of: Value): Value;
  product(left: Value, right: Value): Value;
  quotient(left: Value, right: Value): Value;
  power(base: Value, exponent: Value): Value;
  root(of: Value): Value;
  logarithm(of: Value): Value;
  extreme(kind: 'min' | 'max', left: Value, right: Value): Value;
  /** Whether a comparison is true; undefined where it is not known. */
  compare(relation: Relation, left: Value, right: Value): boolean | undefined;
  isEven(of: Value): boolean | undefined;
  /** The value where a case is not known. */
  either(yes: Value, no: Value): Value;
  /** How many coordinates there are. */
  readonly dimension: number;
  /** What is taken over the coordinates, where they are not known one by one. */
  over?(kind: OverCoordinates, of: Formula): Value;
}

/** A formula without vectors, evaluated from the leaves up. Where there are no coordinates, sums over them are 0. */
export function evaluate<Value>(formula: Formula, arithmetic: Arithmetic<Value>, coordinate?: number): Value {
  const at = (part: Formula) => evaluate(part, arithmetic, coordinate);
  switch (formula.kind) {
    case 'number':
      return arithmetic.number(formula.value);
    case 'name':
      return arithmetic.name(formula.name, formula.ofCoordinate ? coordinate : undefined);
    case 'infinity':
      return arithmetic.infinity();
    case 'opposite':
      return arithmetic.opposite(at(formula.of));
    case 'root':
      return arithmetic.root(at(formula.of));
    case 'logarithm':
      return arithmetic.logarithm(at(formula.of));
    case '+':
      return arithmetic.sum(at(formula.left), at(formula.right));
    case '−':
      return arithmetic.difference(at(formula.left), at(formula.right));
    case '·':
      return arithmetic.product(at(formula.left), at(formula.right));
    case '/':
      return arithmetic.quotient(at(formula.left), at(formula.right));
    case '^':
      return arithmetic.power(at(formula.left), at(formula.right));
    case 'min':
    case 'max':
      return formula.of.map(at).reduce((left, right) => arithmetic.extreme(formula.kind, left, right));
    case 'norm': {
      const of: Formula = { kind: 'name', name: formula.of, ofCoordinate: true };
      return evaluate({ kind: formula.order === '₁' ? 'sum_i' : 'max_i', of }, arithmetic);
    }
    case 'sum_i':
    case 'min_i':
    case 'max_i': {
      if (arithmetic.over) return arithmetic.over(formula.kind, formula.of);
      const values = Array.from({ length: arithmetic.dimension }, (_, i) => evaluate(formula.of, arithmetic, i));
      const { kind } = formula;
      if (kind === 'sum_i' || values.length === 0)
        return values.reduce((left, right) => arithmetic.sum(left, right), arithmetic.number(zero));
      return values.reduce((left, right) => arithmetic.extreme(kind === 'min_i' ? 'min' : 'max', left, right));
    }
    case 'if': {
      const holds = truth(formula.condition, arithmetic, at);
      if (holds !== undefined) return at(holds ? formula.yes : formula.no);
      return arithmetic.either(at(formula.yes), at(formula.no));
    }
    default:
      throw new FormulaError('a vector stands where a number is needed');
  }
}

/** Whether a condition holds; undefined where it is not known. */
function truth<Value>(
  condition: Condition,
  arithmetic: Pick<Arithmetic<Value>, 'compare' | 'isEven'>,
  at: (formula: Formula) => Value,
): boolean | undefined {
  switch (condition.kind) {
    case 'comparison':
      return arithmetic.compare(condition.relation, at(condition.left), at(condition.right));
    case 'even':
    case 'odd': {
      const even = arithmetic.isEven(at(condition.of));
      return even === undefined ? undefined : even === (condition.kind === 'even');
    }
    default: {
      const ends = condition.kind === 'or';
      const left = truth(condition.left, arithmetic, at);
      if (left === ends) return ends;
      const right = truth(condition.right, arithmetic, at);
      return right === ends ? ends : left === undefined || right === undefined ? undefined : !ends;
    }
  }
}

/** The value of a constant, or of its i-th entry. */
type Values<Value> = (name: string, coordinate: number | undefined) => Value;

const comparedBy: Readonly<Record<Relation, (order: number) => boolean>> = {
  ...{ '<': (order) => order < 0, '≤': (order) => order <= 0, '>': (order) => order > 0, '≥': (order) => order >= 0 },
  ...{ '=': (order) => order === 0, '≠': (order) => order !== 0 },
};

/** In doubles, as JavaScript rounds each operation. A case that compares NaN is its second. */
export const doubles = (values: Values<number>, dimension = 0): Arithmetic<number> => ({
  dimension,
  number: toDouble,
  name: values,
  infinity: () => Number.POSITIVE_INFINITY,
  sum: (a, b) => a + b,
  difference: (a, b) => a - b,
  opposite: (a) => -a,
  product: (a, b) => a * b,
  quotient: (a, b) => a / b,
  power: (a, b) => a ** b,
  root: Math.sqrt,
  logarithm: Math.log,
  extreme: (kind, a, b) => Math[kind](a, b),
  compare: (relation, a, b) => (a === b ? comparedBy[relation](0) : comparedBy[relation](a - b)),
  isEven: (a) => a % 2 === 0,
  either: (yes) => yes,
});

/** Two ends between which a number is; it is known where they are equal. */
export interface Enclosure {
  readonly lower: Rational;
  readonly upper: Rational;
  /** Its square, if that is known and the number is not. */
  readonly square?: Rational;
}

/** Why a formula has no enclosure: a quotient by what may be 0, a root of what may be < 0, ∞. */
export class NotEnclosed extends Error {}

export const known = (value: Rational): Enclosure => ({ lower: value, upper: value });
const least = (of: readonly Rational[]) => of.reduce((a, b) => (b.lt(a) ? b : a));
const largest = (of: readonly Rational[]) => of.reduce((a, b) => (b.gt(a) ? b : a));
const hull = (of: readonly Rational[]): Enclosure => ({ lower: least(of), upper: largest(of) });

/** √q ≥ 0 from below and above to 64 significant digits in base two; the same where it is rational. */
export function rootOf(value: Rational): Enclosure {
  if (value.equals(zero)) return known(zero);
  const digits = Math.max(0, value.d.toString(2).length - value.n.toString(2).length);
  const scale = rational(1n << BigInt(Math.ceil(digits / 2)));
  const root = squareRootBelow(value.mul(scale).mul(scale));
  const lower = root.div(scale);
  return lower.mul(lower).equals(value)
    ? known(lower)
    : { lower, upper: root.add(rational(1n, 1n << 64n)).div(scale), square: value };
}

/** Largest size of an exponent. */
const largestExponent = 10_000n;

function raised({ lower, upper, square }: Enclosure, exponent: bigint): Enclosure {
  const to = (value: Rational) => {
    const size = exponent < 0n ? -exponent : exponent;
    return rational(value.s ** size * value.n ** size, value.d ** size);
  };
  const isEven = exponent % 2n === 0n;
  if (isEven && square !== undefined) return raised(known(square), exponent / 2n);
  const ends = [to(lower), to(upper), ...(isEven && lower.lt(zero) && upper.gt(zero) ? [zero] : [])];
  return exponent < 0n ? quotientOf(known(one), hull(ends)) : hull(ends);
}

function quotientOf(a: Enclosure, b: Enclosure): Enclosure {
  if (!b.lower.gt(zero) && !b.upper.lt(zero)) throw new NotEnclosed('a quotient by what may be 0');
  return hull([a.lower, a.upper].flatMap((above) => [b.lower, b.upper].map((below) => above.div(below))));
}

function rootsOf({ lower, upper }: Enclosure): Enclosure {
  if (lower.lt(zero)) throw new NotEnclosed('a root of what may be < 0');
  return { lower: rootOf(lower).lower, upper: rootOf(upper).upper };
}

/** In rationals with their ends: exact where everything is rational, and an enclosure otherwise. Powers are whole numbers or halves. */
export const enclosures = (values: Values<Enclosure>, dimension = 0): Arithmetic<Enclosure> => ({
  dimension,
  number: known,
  name: values,
  infinity() {
    throw new NotEnclosed('∞');
  },
  sum: (a, b) => ({ lower: a.lower.add(b.lower), upper: a.upper.add(b.upper) }),
  difference: (a, b) => ({ lower: a.lower.sub(b.upper), upper: a.upper.sub(b.lower) }),
  opposite: (a) => ({ lower: a.upper.neg(), upper: a.lower.neg() }),
  product: (a, b) => hull([a.lower, a.upper].flatMap((x) => [b.lower, b.upper].map((y) => x.mul(y)))),
  quotient: quotientOf,
  power(base, exponent) {
    const twice = exponent.lower.mul(two);
    if (!exponent.lower.equals(exponent.upper) || twice.d !== 1n || twice.n > largestExponent)
      throw new NotEnclosed('a power that is no whole number and no half');
    const size = twice.s * twice.n;
    return size % 2n === 0n ? raised(base, size / 2n) : raised(rootsOf(base), size);
  },
  root: rootsOf,
  logarithm({ lower, upper }) {
    if (!lower.gt(zero)) throw new NotEnclosed('a logarithm of what may be ≤ 0');
    const near = rational(1n, 1n << 64n);
    return { lower: logarithm(lower, 65).sub(near), upper: logarithm(upper, 65).add(near) };
  },
  extreme(kind, a, b) {
    const of = kind === 'min' ? least : largest;
    return { lower: of([a.lower, b.lower]), upper: of([a.upper, b.upper]) };
  },
  compare(relation, a, b) {
    const orders = new Set<number>([
      ...(a.lower.lt(b.upper) ? [-1] : []),
      ...(a.upper.gt(b.lower) ? [1] : []),
      ...(a.lower.lte(b.upper) && b.lower.lte(a.upper) ? [0] : []),
    ]);
    const answers = new Set([...orders].map(comparedBy[relation]));
    return answers.size === 1 ? answers.has(true) : undefined;
  },
  isEven: ({ lower, upper }) => (lower.equals(upper) ? lower.d === 1n && lower.n % 2n === 0n : undefined),
  either: (yes, no) => ({ lower: least([yes.lower, no.lower]), upper: largest([yes.upper, no.upper]) }),
});
