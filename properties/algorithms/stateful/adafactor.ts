import { fromDouble, minimum, one, type Rational, rational, toDouble } from '../../../src/exact/arithmetic/rational.js';
import { ofDifference } from '../../../src/judging/judges/precision.js';
import {
  anyOf,
  combination,
  exactly,
  isSet,
  largerOf,
  minus,
  nothing,
  plus,
  product,
  quotient,
  type Rule,
  root,
  type Uncertain,
} from '../../../src/judging/judges/stateful/rule.js';
import { statefulClaim } from '../../../src/judging/parts/stateful-claim.js';

const smallerOf = (x: Uncertain, y: Uncertain): Uncertain => ({
  value: minimum(x.value, y.value),
  error: Math.max(x.error, y.error),
});

const whole = (count: number): Rational => rational(BigInt(count));

const rule: Rule = ({ given, u, conventions, shape: [m, n] }) => {
  const [epsilon1, epsilon2] = [exactly(given('epsilon1')), exactly(given('epsilon2'))];
  const [clipping, decay, exponent] = [given('clipping'), given('weightDecay'), toDouble(given('beta2Decay'))];
  const isLeast = conventions.floor === 'least root';
  const meanOf = (values: readonly Uncertain[]): Uncertain =>
    quotient(
      values.reduce((sum, value) => plus(sum, value, u)),
      exactly(whole(values.length)),
      u,
    );
  const rootMeanSquare = (values: readonly Uncertain[]): Uncertain =>
    root(meanOf(values.map((value) => product(value, value, u))), u);
  /** (1 − w)v + ws, or v + w(s − v), entry by entry. */
  const moved = (weight: Uncertain, before: readonly Uncertain[] | undefined, newest: readonly Uncertain[]) =>
    newest.map((now, i): Uncertain => {
      const last = before?.[i] ?? nothing;
      const kept = product(minus(exactly(one), weight, u), last, u);
      const { value, error } = plus(kept, product(weight, now, u), u);
      const sizes = Math.abs(toDouble(last.value)) + Math.abs(toDouble(now.value));
      return { value, error: error + ofDifference * u * sizes };
    });
  let t = 0;
  let [rows, columns]: (readonly Uncertain[] | undefined)[] = [];
  /** Second moments of the entries: those of a vector, or the product of the means of a row and a column. */
  const secondMoments = (weight: Uncertain, squares: readonly Uncertain[]): readonly Uncertain[] => {
    if (n === undefined) {
      rows = moved(weight, rows, squares);
      return rows;
    }
    const places = squares.map((_, i) => [Math.floor(i / n), i % n] as const);
    const means = (axis: 0 | 1, count: number): Uncertain[] =>
      Array.from({ length: count }, (_, k) => meanOf(squares.filter((_s, i) => places[i]![axis] === k)));
    rows = moved(weight, rows, means(0, m!));
    columns = moved(weight, columns, means(1, n));
    const mean = isLeast ? largerOf(meanOf(rows), epsilon1) : meanOf(rows);
    return places.map(([i, j]) => quotient(product(rows![i]!, columns![j]!, u), mean, u));
  };
  return ({ x, step, stochasticGradient }) => {
    t += 1;
    const slopes = stochasticGradient(x);
    const squares = slopes.map((g) => product(g, g, u));
    // t^c is irrational, and known to a few roundings.
    const power = t ** exponent;
    const weight = t === 1 ? exactly(one) : { value: fromDouble(power), error: ofDifference * u * power };
    const moments = secondMoments(weight, isLeast ? squares : squares.map((square) => plus(square, epsilon1, u)));
    const scaled = slopes.map((g, i) =>
      quotient(g, isLeast ? largerOf(root(moments[i]!, u), epsilon1) : root(moments[i]!, u), u),
    );
    const given = exactly(step);
    const capped =
      conventions.capped === 'nowhere'
        ? given
        : smallerOf(given, quotient(exactly(one), root(exactly(whole(t)), u), u));
    const isDecayedFirst = conventions.relative === 'to the decayed x' && isSet(decay);
    const less = product(given, exactly(decay), u);
    const start = isDecayedFirst ? x.map((value) => minus(value, product(less, value, u), u)) : x;
    const size = largerOf(rootMeanSquare(start), epsilon2);
    const rate = conventions.relative === 'to nothing' ? capped : product(capped, size, u);
    const divisor = largerOf(exactly(one), quotient(rootMeanSquare(scaled), exactly(clipping), u));
    const decayed = (value: Uncertain): Uncertain => {
      if (!isSet(decay)) return value;
      const lost = conventions.decayedBy === 'γ' ? less : product(rate, exactly(decay), u);
      return minus(value, product(lost, value, u), u);
    };
    return x.map((value, i) => {
      const move = product(quotient(rate, divisor, u), scaled[i]!, u);
      const after = (start: Uncertain): Uncertain => combination(one, start, one.neg(), move, u);
      const isFirst = isSet(decay) && conventions.decay === 'before the step';
      return anyOf([isFirst ? after(decayed(value)) : decayed(after(value))]);
    });
  };
};

/** Adafactor, whose second moments of a matrix are a mean for each row times a mean for each column. */
export const claim = statefulClaim({
  algorithm: 'adafactor',
  version: 1,
  equation: 'Shazeer and Stern 2018; torch.optim.Adafactor',
  statement:
    'means r and s of ∇f̂(x)² over rows and columns with the weight t^c, v = rs/max(mean of r, ε₁), u = ∇f̂(x)/max(√v, ε₁), x ← (1 − γλ)x − αu/max(1, RMS(u)/d), α = max(ε₂, RMS(x)) min(γ, 1/√t)',
  rule,
  open: ['decay', 'capped', 'relative', 'floor', 'decayedBy'],
  mustReach: ['weight decay'],
});
