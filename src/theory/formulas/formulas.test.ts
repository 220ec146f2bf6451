import test from 'ava';
import fc from 'fast-check';
import { rational, toDouble } from '../../exact/arithmetic/rational.js';
import { doubles, type Enclosure, enclosures, evaluate, known, NotEnclosed } from './evaluate.js';
import { type Formula, FormulaError, type Relation } from './formula.js';
import { formulaText } from './formula-text.js';
import { type Notation, readFormula } from './read-formula.js';

const notation: Notation = {
  names: new Set(['T', 'L', 'σ', 'Δ', 'D', 'μ', 'γ', 'B', 'n', 'α']),
  ofCoordinates: new Set(['L', 'σ']),
};
const read = (text: string): Formula => readFormula(text, notation);

const number = (numerator: bigint, tenths: bigint): Formula => ({
  kind: 'number',
  value: rational(numerator, 10n ** tenths),
});

/** Trees of all kinds over the constants of a theorem. */
const { formula } = fc.letrec<{ formula: Formula; inSum: Formula }>((tie) => {
  const names = [...notation.names!].map((name): fc.Arbitrary<Formula> => fc.constant({ kind: 'name', name }));
  const leaf = fc.oneof(
    fc.tuple(fc.bigInt(0n, 40n), fc.bigInt(0n, 2n)).map(([n, d]) => number(n, d)),
    ...names,
  );
  const inside = (self: 'formula' | 'inSum', leaves: fc.Arbitrary<Formula>): fc.Arbitrary<Formula> => {
    const of = tie(self);
    const pair = fc.record({ left: of, right: of });
    return fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      { weight: 4, arbitrary: leaves },
      fc
        .constantFrom('+', '−', '·', '/')
        .chain((kind) => pair.map((both): Formula => ({ kind, ...both }))) as fc.Arbitrary<Formula>,
      fc
        .constantFrom('opposite', 'root')
        .chain((kind) => of.map((each): Formula => ({ kind, of: each }))) as fc.Arbitrary<Formula>,
      fc.record({
        kind: fc.constantFrom('min' as const, 'max' as const),
        of: fc.array(of, { minLength: 1, maxLength: 3 }),
      }),
      fc.tuple(of, fc.bigInt(0n, 4n), fc.boolean()).map(([left, size, isNegative]): Formula => {
        const exponent = number(size, 0n);
        return { kind: '^', left, right: isNegative ? { kind: 'opposite', of: exponent } : exponent };
      }),
      fc.record({
        kind: fc.constant('if' as const),
        condition: fc.record({
          kind: fc.constant('comparison' as const),
          relation: fc.constantFrom<Relation>('<', '≤', '>', '≥', '=', '≠'),
          ...{ left: of, right: of },
        }),
        ...{ yes: of, no: of },
      }),
    ) as fc.Arbitrary<Formula>;
  };
  const entries = ['L', 'σ'].map(
    (name): fc.Arbitrary<Formula> => fc.constant({ kind: 'name', name, ofCoordinate: true }),
  );
  const norms = ['L', 'σ'].flatMap((of) =>
    (['₁', '∞'] as const).map((order): fc.Arbitrary<Formula> => fc.constant({ kind: 'norm', of, order })),
  );
  const over = fc.record({
    kind: fc.constantFrom('sum_i', 'min_i', 'max_i'),
    of: tie('inSum'),
  }) as fc.Arbitrary<Formula>;
  return {
    formula: inside('formula', fc.oneof({ weight: 6, arbitrary: leaf }, ...norms, over)),
    inSum: inside('inSum', fc.oneof(leaf, ...entries)),
  };
});

test('a printed formula is read as the same tree', (t) => {
  fc.assert(
    fc.property(formula, (each) => {
      t.deepEqual(read(formulaText(each)), each, formulaText(each));
    }),
    { numRuns: 10_000 },
  );
});

/** A double of a value is not told from NaN or from a rounding by 2⁻³⁰ of the largest number that was added. */
test('doubles are within rounding of what rationals enclose', (t) => {
  const constant = fc.tuple(fc.bigInt(1n, 64n), fc.bigInt(0n, 6n)).map(([n, d]) => rational(n, 1n << d));
  const names = [...notation.names!, 'L0', 'L1', 'σ0', 'σ1'];
  let compared = 0;
  fc.assert(
    fc.property(formula, fc.array(constant, { minLength: names.length, maxLength: names.length }), (each, values) => {
      const at = (name: string, i: number | undefined) => values[names.indexOf(`${name}${i ?? ''}`)]!;
      // Every leaf an ulp to both sides: an enclosure of what doubles may make of it.
      const near = (value: (typeof values)[0]): Enclosure => {
        const part = value.abs().mul(rational(1n, 1n << 40n));
        return { lower: value.sub(part), upper: value.add(part) };
      };
      const widened = { ...enclosures((name, i) => near(at(name, i)), 2), number: near };
      let wide: Enclosure;
      try {
        wide = evaluate(each, widened);
      } catch (error) {
        if (error instanceof NotEnclosed) return;
        throw error;
      }
      const exact = evaluate(
        each,
        enclosures((name, i) => known(at(name, i)), 2),
      );
      t.true(wide.lower.lte(exact.upper) && exact.lower.lte(wide.upper), formulaText(each));
      const double = evaluate(
        each,
        doubles((name, i) => toDouble(at(name, i)), 2),
      );
      const [lower, upper] = [toDouble(wide.lower), toDouble(wide.upper)];
      if (![double, lower, upper].every((end) => Number.isFinite(end) && (end === 0 || Math.abs(end) > 1e-280))) return;
      compared++;
      const room = 2 ** -40 * Math.max(Math.abs(lower), Math.abs(upper));
      t.true(
        lower - room <= double && double <= upper + room,
        `${formulaText(each)}: ${double} in [${lower}, ${upper}]`,
      );
    }),
    { numRuns: 10_000 },
  );
  t.true(compared > 5000, `${compared}`);
});

test('what is typed and what is on paper is the same', (t) => {
  for (const [typed, printed] of [
    ['2Delta/(gamma T) + gamma*L sigma^2', '2Δ/(γT) + γLσ²'],
    ['1/(L sqrt(T))', '1/(L√T)'],
    ['½ L D²', '0.5LD²'],
    ['norm1(L)/2 + norm_inf(sigma)', '‖L‖₁/2 + ‖σ‖_∞'],
    ['sum_i(sigma_i L_i^(1/2))', 'sum_i(σ_iL_i^(1/2))'],
    ['1 if T<=9 and B even else min(T, inf)', '1 if T ≤ 9 and B even else min(T, ∞)'],
    ['1e-3 γ⁻¹', '0.001γ⁻¹'],
    ['ln(1 + T)', 'ln(1 + T)'],
  ] as const) {
    t.is(formulaText(read(typed)), printed);
    t.deepEqual(read(printed), read(typed));
  }
});

test('what is wrong is named with its place', (t) => {
  for (const [text, message] of [
    ['2Δ/(', 'after "2Δ/(": an operand is missing, column 5'],
    ['', 'an operand is missing, column 1'],
    ['(1 + T', 'after "(1 + T": ")" is missing, column 7'],
    ['2Δ/γT', 'after "2Δ/γ": is "T" below the line or beside it? write a/(bc), or (a/b)·c, column 5'],
    ['1/2γ', 'after "1/2": is "γ" part of what stands before it? write brackets, or a · between them, column 4'],
    ['√2T', 'after "√2": is "T" part of what stands before it? write brackets, or a · between them, column 3'],
    ['√T²', 'after "√T": is the power under the root? write √(T²), or (√T)², column 3'],
    ['γ^2^T', 'after "γ^2": write x^(y^z), or (x^y)^z, column 4'],
    ['T 2', 'after "T": a number stands before other factors, or after ·, column 3'],
    ['Math.sqrt(T)', 'an operand is missing: "Math" is none; its names are T, L, σ, Δ, D, μ, γ, B, n, α, column 1'],
    ['gama T', 'an operand is missing: "gama" is none (did you mean gamma?), column 1'],
    ['2 + σ_i', 'after "2 + σ_i": σ_i has its place inside of sum_i(…), min_i(…) or max_i(…), column 8'],
    ['1 if T else 2', 'after "1 if T": a comparison is missing, such as T < 10 or B even, column 8'],
    ['1 if T < 2', 'after "1 if T < 2": "else" is missing: a case is written a if T < 10 else b, column 11'],
    ['1.2.3', '1.2.3 is no number: decimals are written 0.25, column 1'],
    ['T; T', 'after "T": ";" is no part of the formula, column 2'],
    ['‖γ‖₁', 'after "‖γ": a norm is one of L or σ, column 3'],
    ['('.repeat(60), 'after "…((((((((((((((((((((((((": there are more than 40 brackets in brackets, column 41'],
    ['T'.repeat(4001), 'a formula has at most 4000 characters'],
  ] as const) {
    const error = t.throws(() => read(text), { instanceOf: FormulaError }, text);
    t.is(error?.message, message);
  }
});

/** Each text is a formula that prints as itself, or one error of one line. */
test('of any text the reader makes a formula or one line', (t) => {
  const pieces = fc.constantFrom(
    ...'0 1 2.5 T L σ Δ γ √ sqrt( ( ) ‖ ₁ ² ^ ⁻¹ + − · / min( , sum_i( L_i if else < = and even ∞ ln( ; _ ⟨ . e Math'.split(
      ' ',
    ),
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 12 }).map((each) => each.join('')),
        fc.string(),
      ),
      (text) => {
        try {
          const found = read(text);
          t.deepEqual(read(formulaText(found)), found, text);
        } catch (error) {
          if (!(error instanceof FormulaError)) throw error;
          t.false(error.message.includes('\n') && !text.includes('\n'), text);
        }
      },
    ),
    { numRuns: 20_000 },
  );
});
