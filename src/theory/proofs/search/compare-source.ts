import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { add, constant, format, multiply, type Polynomial, raise } from '../certificates/polynomial.js';
import type { Accelerated } from './accelerated-steps.js';
import type { MomentumForAll } from './momentum-for-all.js';
import {
  atRoot,
  difference,
  inverse,
  isSame,
  minusOne,
  monomial,
  number,
  product,
  type RationalFunction,
  sum,
} from './rational-function.js';
import {
  addTo,
  type FormulaReading,
  type Iterations,
  isSameVector,
  type Moves,
  NotRead,
  symbols,
  type TwoIterations,
  type Vector,
  vectorOf,
} from './read-formulas.js';
import type { SymbolicReading } from './read-theorem.js';
import type { RunMethod } from './run-space.js';

/** A function in which symbols are replaced by numbers or functions. */
function replaced(
  { numerator, denominator }: RationalFunction,
  by: Readonly<Record<string, RationalFunction>>,
): RationalFunction {
  const at = (polynomial: Polynomial): RationalFunction =>
    [...polynomial.values()].reduce(
      (total, { powers, coefficient }) =>
        sum(
          total,
          powers.reduce((term, [name, exponent]) => {
            const factor = by[name] ?? monomial(name, 1);
            return Array.from({ length: exponent }).reduce((each: RationalFunction) => product(each, factor), term);
          }, number(coefficient)),
        ),
      number(zero),
    );
  const below = at(denominator);
  if (below.numerator.size === 0) throw new NotRead('a division by 0');
  return product(at(numerator), inverse(below));
}

/** The coefficients of a bound, as functions of √T. */
type Coefficients = Readonly<Record<'gap' | 'noise' | 'distance' | 'constant', RationalFunction>>;

/** The multiple of f(x⁰) − f*, ‖x⁰ − x*‖², σ² or ‖σ‖₁ and the constant of a bound, for L = 1 or ‖L‖₁ = 1. */
function coefficientsOf(bound: RationalFunction): Coefficients {
  const at = (gap: Rational, sigma: Rational, distance: Rational) =>
    replaced(bound, {
      [symbols.rootL]: number(one),
      [symbols.gap]: number(gap),
      [symbols.sigma]: number(sigma),
      [symbols.distance]: number(distance),
    });
  const constant = at(zero, zero, zero);
  return {
    constant,
    gap: difference(at(one, zero, zero), constant),
    noise: difference(at(zero, one, zero), constant),
    distance: difference(at(zero, zero, one), constant),
  };
}

/** The powers of L that a step may be proportional to. */
const stepPowers = [0, -1, -2];

/**
 * Whether a schedule and a bound that were read from a text are those that were fitted to their values; why not, if they are not.
 *
 * @param fitted γL, B or √B and the coefficients for L = 1, as functions of T or of √T; undefined where the T were asked for one by one
 * @param scale by which power of 1/L the left side scales otherwise than ‖∇f‖²
 */
export function requireRead(
  { step, miniBatch, bound }: Exclude<FormulaReading['values'], NotRead>,
  {
    fitted,
    byCoordinates,
    scale,
  }: {
    readonly fitted:
      | (Coefficients & { readonly step: RationalFunction; readonly noiseDivisor: RationalFunction })
      | undefined;
    readonly byCoordinates: boolean;
    readonly scale: 0 | 1 | 2;
  },
): void {
  const unit = replaced(step, { [symbols.rootL]: number(one) });
  const halves = (byCoordinates ? stepPowers : [-2]).find((k) => isSame(step, product(unit, ofL(k))));
  if (halves === undefined) throw new NotRead('a step that is not a function of T times a power of L');
  const found = coefficientsOf(bound);
  const of = (name: string, exponent: number, coefficient: RationalFunction, ofLipschitz: number) =>
    product(product(coefficient, monomial(name, exponent)), ofL(ofLipschitz));
  const parts = byCoordinates
    ? [
        of(symbols.gap, 1, found.gap, -halves),
        of(symbols.sigma, 1, found.noise, 0),
        product(found.constant, ofL(halves + 2)),
      ]
    : [
        of(symbols.gap, 1, found.gap, 2 - 2 * scale),
        of(symbols.sigma, 2, found.noise, -2 * scale),
        of(symbols.distance, 2, found.distance, 4 - 2 * scale),
        found.constant,
      ];
  if (!isSame(bound, parts.reduce(sum))) throw new NotRead('a bound that is no such sum for all L');
  if (fitted === undefined) return;
  const ofT = (f: RationalFunction) => replaced(f, { T: monomial(symbols.rootT, 2) });
  const divisor = ofT(fitted.noiseDivisor);
  const wanted = { step: ofT(fitted.step), miniBatch: byCoordinates ? product(divisor, divisor) : divisor };
  const isFitted =
    isSame(unit, wanted.step) &&
    isSame(miniBatch, wanted.miniBatch) &&
    (['gap', 'noise', 'distance', 'constant'] as const).every((name) => isSame(found[name], ofT(fitted[name])));
  if (!isFitted) throw new NotRead('functions of T that are not those of its values');
}

/** What the text of a theorem says at one T, where γL need not be a fraction. */
export function readingOfText(
  values: FormulaReading['values'],
  only: number,
  scale: 0 | 1 | 2,
): Omit<SymbolicReading, 'agrees'> {
  if (values instanceof NotRead) throw values;
  requireRead(values, { fitted: undefined, byCoordinates: false, scale });
  const step = replaced(values.step, { [symbols.rootL]: number(one) });
  return { symbol: 's', only, step, noiseDivisor: values.miniBatch, ...coefficientsOf(values.bound) };
}

/**
 * Whether a schedule and a bound that were read from a text are γL = s and C·r^T times f(x⁰) − f* or ‖x⁰ − x*‖², as they were fitted to their values as functions of k = L/μ; why
 * not, if they are not.
 */
export function requireRate(
  { step, bound, base }: Exclude<FormulaReading['values'], NotRead>,
  fitted: Readonly<Record<'modulus' | 'step' | 'factor' | 'multiple', RationalFunction>>,
  start: 'gap' | 'distance',
): void {
  const lipschitz = ofL(2);
  const withModulus = (f: RationalFunction) => replaced(f, { [symbols.modulus]: product(fitted.modulus, lipschitz) });
  if (base === undefined) throw new NotRead('a bound without a power of T');
  const b = withModulus(base);
  const n = [1, 2, 3, 4].find((count) =>
    isSame(
      Array.from({ length: count }).reduce((each: RationalFunction) => product(each, b), number(one)),
      fitted.factor,
    ),
  );
  const isFitted =
    n !== undefined &&
    isSame(withModulus(step), product(fitted.step, inverse(lipschitz))) &&
    isSame(
      withModulus(bound),
      product(
        product(fitted.multiple, monomial(symbols.power, n)),
        start === 'gap' ? monomial(symbols.gap, 1) : monomial(symbols.distance, 2),
      ),
    );
  if (!isFitted) throw new NotRead('a rate that is not that of its values');
}

/** A power of √L, which may be negative. */
const ofL = (exponent: number): RationalFunction =>
  exponent < 0 ? inverse(monomial(symbols.rootL, -exponent)) : monomial(symbols.rootL, exponent);

/** A function of √T and other symbols at one T. */
function atIterations(f: RationalFunction, T: number): RationalFunction {
  const found = atRoot(f, symbols.rootT, T);
  if (found === undefined) throw new NotRead(`√T at T = ${T}`);
  if (found.denominator.size === 0) throw new NotRead('a division by 0');
  return found;
}

const timesStep = (factor: RationalFunction): RationalFunction =>
  product(product(minusOne, factor), monomial(symbols.step, 1));
const withoutMemory = (x: Vector): Iterations => ({
  first: { x, memory: new Map() },
  later: { x, memory: new Map() },
});

/** Algorithms of the suite as sums of multiples of vectors. */
const plainIterations: Readonly<
  Record<'gradient-descent' | 'sgd' | 'spgm' | 'proximal-gradient' | 'subgradient-method', Iterations>
> = {
  'gradient-descent': withoutMemory(addTo(vectorOf('x'), vectorOf('∇f(x)'), timesStep(number(one)))),
  sgd: withoutMemory(addTo(vectorOf('x'), vectorOf('ĝ(x)'), timesStep(number(one)))),
  spgm: withoutMemory(vectorOf('P̂(x)')),
  'proximal-gradient': withoutMemory(vectorOf('P(x)')),
  'subgradient-method': withoutMemory(addTo(vectorOf('x'), vectorOf('s(x)'), timesStep(number(one)))),
};

/** x⁺ = x − (a/L)m with m = (1 − α)m⁻ + αg, and m = cg in the first iteration, where a, α and c are functions of √T. */
function momentumIterations({ step, newestWeight: α, firstWeight: c }: MomentumForAll, gradient: string): Iterations {
  const g = vectorOf(gradient);
  const moves = (mean: Vector): Moves => ({
    x: addTo(vectorOf('x'), mean, product(minusOne, product(step, ofL(-2)))),
    memory: new Map([['mean', mean]]),
  });
  const kept = addTo(new Map(), vectorOf('mean'), difference(number(one), α));
  return { first: moves(addTo(new Map(), g, c)), later: moves(addTo(kept, g, α)) };
}

/**
 * Throws where two algorithms have different points. Both are linear and do the same in every iteration but the first: if n vectors are kept in all, x
 * among them, points that are the same combinations of x⁰ and all gradients for n + 1 iterations are so for ever, by Cayley and Hamilton.
 */
function requireSame(read: Iterations, wanted: Iterations, at: (f: RationalFunction) => RationalFunction): void {
  const both = [read, wanted];
  const vectorsOf = ({ x, memory }: Moves) => new Map([['x', x], ...memory]);
  const denominators = new Map<string, Polynomial>([['1', constant(one)]]);
  const found = both.map((iterations) =>
    ([iterations.first, iterations.later] as const).map((moves) => {
      const vectors = [...vectorsOf(moves)].map(([name, vector]) => {
        const factors = [...vector].map(([of, factor]) => [of, at(factor)] as const);
        for (const [, { denominator }] of factors) denominators.set(format(denominator), denominator);
        return [name, factors] as const;
      });
      return vectors;
    }),
  );
  const common = multiply(...denominators.values());
  /** The factor times all denominators. */
  const whole = ({ numerator, denominator }: RationalFunction): Polynomial => {
    const others = [...denominators].filter(([text]) => text !== format(denominator)).map(([, other]) => other);
    return multiply(numerator, ...others);
  };
  type Combination = ReadonlyMap<string, Polynomial>;
  const kept = read.later.memory.size + wanted.later.memory.size + 2;
  const points = found.map(([first, later]) => {
    /** Each vector as a combination of x⁰ and the gradients, times a power of all denominators. */
    let now: ReadonlyMap<string, Combination> = new Map([['x', new Map([['x⁰', constant(one)]])]]);
    return Array.from({ length: kept + 1 }, (_, t) => {
      const next = (t === 0 ? first! : later!).map(([name, factors]) => {
        const combination = new Map<string, Polynomial>();
        for (const [of, factor] of factors) {
          const vector = now.get(of) ?? new Map([[`${of} in iteration ${t}`, raise(common, t)]]);
          for (const [part, each] of vector)
            combination.set(part, add(combination.get(part) ?? new Map(), multiply(whole(factor), each)));
        }
        return [name, combination] as const;
      });
      now = new Map(next);
      return now.get('x')!;
    });
  });
  const [ours, theirs] = points as [Combination[], Combination[]];
  const areEqual = ours.every((x, t) =>
    [...new Set([...x.keys(), ...theirs[t]!.keys()])].every((part) => {
      const [a, b] = [x, theirs[t]!].map((each) => each.get(part) ?? new Map()) as [Polynomial, Polynomial];
      return add(a, multiply(constant(rational(-1n)), b)).size === 0;
    }),
  );
  if (!areEqual) throw new NotRead('another iteration than is proved');
}

/** What was proved of a theorem's own algorithm: an algorithm of the suite, or momentum or T steps at some T. */
export type PlainName = keyof typeof plainIterations;
export type ProvedIterations =
  | PlainName
  | { readonly accelerated: Accelerated }
  | { readonly averaged: '∇f' | 'ĝ' }
  | readonly (
      | { readonly iterations?: number; readonly momentum: MomentumForAll; readonly noisy: boolean }
      | { readonly iterations: number; readonly run: ProvedRun; readonly onlyLast: boolean }
    )[];

/** Throws where γL at one T is not what the text of the schedule says. */
export function requireStep({ values }: FormulaReading, step: Rational, iterations: number): void {
  if (values instanceof NotRead) throw values;
  const read = atIterations(replaced(values.step, { T: monomial(symbols.rootT, 2) }), iterations);
  if (!isSame(read, product(number(step), ofL(-2)))) throw new NotRead('a step that is not that of its values');
}

/** Why something was not read; undefined where it was. */
export function whyNot(requireIt: () => void): string | undefined {
  try {
    requireIt();
    return undefined;
  } catch (error) {
    if (error instanceof NotRead) return error.message;
    throw error;
  }
}

/**
 * Throws where the iterations that were read are not those that were proved.
 *
 * @param place the T for which the text was read; all T if left out
 */
export function requireIterations(
  { values, next, run, inT }: FormulaReading,
  proved: ProvedIterations,
  place?: number,
): void {
  if (typeof proved === 'string') {
    if (next instanceof NotRead) throw next;
    requireSame(next, plainIterations[proved], (f) => f);
    return;
  }
  if (!Array.isArray(proved)) {
    requireInT(inT(), proved as Exclude<typeof proved, readonly unknown[]>);
    return;
  }
  if (values instanceof NotRead) throw values;
  const here = proved.filter(({ iterations }) => iterations === place);
  if (here.length === 0) throw new NotRead('another T');
  for (const each of here) {
    const { iterations: T } = each;
    const at = (f: RationalFunction) => {
      const found = replaced(f, { [symbols.step]: values.step, T: monomial(symbols.rootT, 2) });
      return T === undefined ? found : atIterations(found, T);
    };
    if ('run' in each) requireRun(run(each.iterations, at), each);
    else {
      if (next instanceof NotRead) throw next;
      requireSame(next, momentumIterations(each.momentum, each.noisy ? 'ĝ(x)' : '∇f(x)'), at);
    }
  }
}

/** Throws where two iterations at any t are not those of an accelerated method, or of an average: from any vectors, and with the start for all t then. */
function requireInT(
  { asked, queries: [start, now, next], x }: TwoIterations,
  proved: { readonly accelerated: Accelerated } | { readonly averaged: '∇f' | 'ĝ' },
): void {
  const before = vectorOf('x');
  const minus = (a: Vector, b: Vector) => addTo(a, b, minusOne);
  const stepped = addTo(now, vectorOf('g1'), timesStep(number(one)));
  const isFrom = isSameVector(start, before);
  const same = (a: Vector, b: Vector) => isSameVector(a, b);
  const t = monomial(symbols.index, 1);
  const isRight =
    'averaged' in proved
      ? asked === proved.averaged &&
        same(next, stepped) &&
        same(x, addTo(before, minus(now, before), inverse(sum(t, number(one)))))
      : asked === '∇f' &&
        same(x, stepped) &&
        same(
          minus(next, x),
          addTo(
            addTo(new Map(), minus(now, before), proved.accelerated.kept),
            vectorOf('g1'),
            timesStep(proved.accelerated.newest),
          ),
        );
  if (!isFrom || !isRight) throw new NotRead('another iteration than is proved');
}

/** A run as it was found. */
type ProvedRun = RunMethod & { readonly asked: Pick<ReturnType<FormulaReading['run']>, 'of'> };

/** Throws where the points of T steps are other combinations of x⁰ and the gradients ∇f/L. */
function requireRun(
  { queries, iterates, of, isBest }: ReturnType<FormulaReading['run']>,
  { run: { points, left, smallest, asked }, onlyLast }: { readonly run: ProvedRun; readonly onlyLast: boolean },
): void {
  const isPoint = (at: Vector, k: number) => {
    const wanted = (points[k] ?? []).reduce(
      (vector: Vector, factor, of) => addTo(vector, vectorOf(`g${of}`), product(number(factor), ofL(-2))),
      vectorOf('x'),
    );
    return k < points.length && isSameVector(at, wanted);
  };
  const counted = onlyLast && !isBest ? iterates.slice(-1) : isBest ? iterates : iterates.slice(0, -1);
  // The best of all iterates is returned, in whatever order they are compared.
  const places = isBest ? counted.map((x) => left.find((k) => isPoint(x, k)) ?? -1) : left;
  const isSameRun =
    smallest === isBest &&
    of === asked.of &&
    queries.every(isPoint) &&
    counted.length === left.length &&
    new Set(places).size === new Set(left).size &&
    counted.every((x, k) => isPoint(x, places[k]!));
  if (!isSameRun) throw new NotRead('other points than those that are proved');
}
