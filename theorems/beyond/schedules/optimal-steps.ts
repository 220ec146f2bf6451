import fc from 'fast-check';
import { fromDouble, one, type Rational, square, two } from '../../../src/library/exact.js';
import { positiveDyadic } from '../../../src/library/testing.js';
import { negative, product, quotient, sum } from '../../lines/arithmetic.js';
import { atMost, equal, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';

/** The best γL of Theorem 1♯ as a number in (0, 1), its s, and another step as a share of 2/L; by the best step all other constants are rational. */
interface StepCase {
  readonly best: number;
  readonly deviation: number;
  readonly other: number;
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface StepConstants {
  /** 2 of the value 2A/a. */
  readonly value: number;
  /** 4 of √(A² + 4As²). */
  readonly root: number;
  /** 2 of 2A + 2s√A. */
  readonly simple: number;
  /** 2 of 2√(‖L‖₁Δ/T). */
  readonly sign: number;
  /** 8 of (2√2)² in what a given number of draws comes to. */
  readonly draws: number;
}

function linesOf({ best, deviation, other }: StepCase, constants: StepConstants): Line[] {
  const [a, s, b] = [fromDouble(best), fromDouble(deviation), product(two, fromDouble(other))];
  const variance = square(s);
  const rest = one.sub(a);
  const A = quotient(product(square(a), variance), rest);
  const value = quotient(product(fromDouble(constants.value), A), a);
  const boundAt = (step: Rational): Rational =>
    quotient(sum(quotient(A, step), product(step, variance)), one.sub(step.div(two)));
  // As γ and √(Δ/(‖L‖₁T)) any two numbers serve, and Δ/T is ‖L‖₁ times the square of the second.
  const lengths = variance;
  return [
    equal(
      'A = LΔ/T of the best step a has √(A² + 4As²) = A(2 − a)/a',
      sum(square(A), product(fromDouble(constants.root), A, variance)),
      square(quotient(product(A, two.sub(a)), a)),
    ),
    equal(
      '(A/b + bs²)/(1 − b/2) = 2A/a + (A/b)(1 − b/a)²/(1 − b/2) for every b',
      boundAt(b),
      sum(value, quotient(product(quotient(A, b), square(one.sub(quotient(b, a)))), one.sub(b.div(two)))),
    ),
    atMost(
      '(2A/a − 2A)² ≤ (2s√A)²',
      square(sum(value, negative(product(two, A)))),
      product(square(fromDouble(constants.simple)), variance, A),
    ),
    equal(
      'Δ/(γT) + γ‖L‖₁ = 2√(‖L‖₁Δ/T) + (‖L‖₁/γ)(γ − √(Δ/(‖L‖₁T)))²',
      sum(quotient(product(lengths, square(a)), b), product(b, lengths)),
      sum(product(fromDouble(constants.sign), lengths, a), product(quotient(lengths, b), square(b.sub(a)))),
    ),
    {
      name: '2√(uB/N) + ‖σ‖₁/√B at √B = ‖σ‖₁^½N^¼/(2u)^½ has the square 8‖σ‖₁√(u/N), u = ‖L‖₁Δ',
      // With √u = s, √N = 1/a and √B = b it is ‖σ‖₁ = 2sb²a.
      left: square(sum(product(two, s, b, a), quotient(product(two, s, square(b), a), b))),
      relation: '=',
      right: product(fromDouble(constants.draws), product(two, s, square(b), a), s, a),
    },
  ];
}

const stepCase: fc.Arbitrary<StepCase> = fc.record({
  best: fc.integer({ min: 1, max: 63 }).map((k) => k / 64),
  deviation: positiveDyadic(4, 8),
  other: fc.integer({ min: 1, max: 63 }).map((k) => k / 64),
});

/**
 * The smallest values of the two sharpened bounds as functions of γ, as identities: what any other step costs is a square. The best a = γL of Theorem 1♯ is the root of a²s² + aA − A = 0 in (0, 1), so
 * that for a rational a and s the number A = a²s²/(1 − a) is rational too.
 */
export const claim = exactLinesClaim({
  id: 'optimal-steps',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorems 1♯ and 2♯ at their best steps' },
  statement:
    'min over 0 < γ < 2/L of [Δ/(γT) + γLs²]/(1 − γL/2) is A + √(A² + 4As²) ≤ 2A + 2s√A with A = LΔ/T, at γL = 2A/(A + √(A² + 4As²)); min over γ > 0 of Δ/(γT) + γ‖L‖₁ is 2√(‖L‖₁Δ/T), at γ = √(Δ/(‖L‖₁T)); and N = TB draws, divided optimally, give 2√2(‖L‖₁Δ)^¼‖σ‖₁^½N^(−¼)',
  method: 'identities in rationals, in the best step, another step and s, without a tolerance',
  constants: { value: 2, root: 4, simple: 2, sign: 2, draws: 8 },
  part: 'a step against the best one',
  arbitrary: stepCase,
  linesOf,
  classify: ({ best, other }) => [2 * other < best ? 'a shorter step' : 'a longer step'],
  mustReach: ['a shorter step', 'a longer step'],
});
