import test from 'ava';
import fc from 'fast-check';
import { toDouble } from '../../exact/rational.js';
import type { Case, Certificate, Stage } from './certificate.js';
import { checkCertificate } from './check-certificate.js';
import { parseExpression } from './expression.js';
import { format, type Polynomial, rewrite, substitute, symbol } from './polynomial.js';

/** The number that a polynomial is when its symbols are integers. */
function evaluate(polynomial: Polynomial, values: Readonly<Record<string, number>>): number {
  let total = 0;
  for (const { powers, coefficient } of polynomial.values()) {
    total += powers.reduce((product, [name, power]) => product * values[name]! ** power, toDouble(coefficient));
  }
  return total;
}

const integers = fc.record({
  a: fc.integer({ min: -9, max: 9 }),
  b: fc.integer({ min: -9, max: 9 }),
  γ: fc.integer({ min: -9, max: 9 }),
});

test('an expression means what it says', (t) => {
  const written: readonly [string, (a: number, b: number, γ: number) => number][] = [
    ['2a − 3/4 b', (a, b) => 2 * a - 0.75 * b],
    ['−(a − b)(a + b)', (a, b) => b * b - a * a],
    ['γ²ab/2 + 1', (a, b, γ) => (γ * γ * a * b) / 2 + 1],
    ['⟨a − γb, 2b⟩ − ‖a + b‖²', (a, b, γ) => (a - γ * b) * 2 * b - (a + b) ** 2],
    ['(1/2 ‖a‖² + 1)(3 − γ³)', (a, _b, γ) => (a * a * 0.5 + 1) * (3 - γ ** 3)],
  ];
  for (const [text, meaning] of written) {
    fc.assert(
      fc.property(
        integers,
        (values) => evaluate(parseExpression(text), values) === meaning(values.a, values.b, values.γ),
      ),
    );
  }
  for (const wrong of ['−a − −b', 'a +', '(a', '⟨a b⟩', '‖a‖', 'a/0', 'a/b', '', 'a ) b', '‖‖a‖² + b‖²']) {
    t.throws(() => parseExpression(wrong), { instanceOf: SyntaxError }, wrong);
  }
});

test('a polynomial is printed in the grammar it is read in', (t) => {
  for (const text of ['0', '1', '−3/2', 'γ²x⁺ − 2 f* + 1/3 Ĝ¹²', 'x̃f₀ − d']) {
    t.is(format(parseExpression(format(parseExpression(text)))), format(parseExpression(text)));
    t.deepEqual(parseExpression(format(parseExpression(text))), parseExpression(text));
  }
  t.is(format(parseExpression('−(γa)² + 3/2 b')), '−a²γ² + 3/2 b');
});

test('substitution and rewriting keep the value where the equation holds', (t) => {
  const polynomial = parseExpression('a³b − 2ab + γ');
  const substituted = substitute(polynomial, new Map([['a', parseExpression('b − γ')]]));
  fc.assert(
    fc.property(integers, ({ b, γ }) => {
      return evaluate(substituted, { b, γ }) === evaluate(polynomial, { a: b - γ, b, γ });
    }),
  );
  // z⁴ = 1 − 4z² at z = √(√5 − 2).
  const z = Math.sqrt(Math.sqrt(5) - 2);
  const rule = { monomial: [['z', 4]] as const, equals: parseExpression('1 − 4z²') };
  const high = parseExpression('z⁹ + 2z⁵γ − z³');
  const reduced = rewrite(high, rule);
  t.true([...reduced.values()].every(({ powers }) => powers.every(([name, power]) => name !== 'z' || power < 4)));
  t.true(Math.abs(evaluate(reduced, { z, γ: 3 }) - evaluate(high, { z, γ: 3 })) < 1e-12);
  t.deepEqual(rewrite(symbol('γ'), rule), symbol('γ'));
});

/** A one-stage certificate of `goal ≥ 0` for r convex and 1-smooth on the line, e random with E[e] = 0 and E[e²] ≤ V. */
function proof(change: Partial<Stage>, ...cases: readonly Case[]): Certificate {
  const stage: Stage = {
    name: 'test',
    kind: 'expectation',
    statement: '',
    symbols: { a: '', b: '', e: '', V: '', r: '', 'r′': '', p: '', q: '', s: '' },
    positive: ['a', 'V'],
    nonNegative: ['b'],
    random: ['e', 's'],
    functions: {
      r: { convex: true, modulus: '1', values: { x: 'r', y: 'r′' }, gradients: { x: 'p', y: 'q' } },
      d: { convex: false, modulus: '1', values: { x: 'r', y: 'r′' }, gradients: { x: 'p', y: 'q' } },
    },
    points: { x: '0', y: 'b' },
    goal: 'V − e²',
    cases,
    ...change,
  };
  return { stages: [stage] };
}

const problems = (certificate: Certificate): string =>
  checkCertificate(certificate)
    .flatMap(({ problem }) => problem ?? [])
    .join('; ');

const variance = { multiplier: '1', inequality: { kind: 'variance', of: 'e', bound: 'V' } } as const;

test('each class of functions gives its inequalities', (t) => {
  const given = (kind: 'descent' | 'convexity' | 'lipschitz' | 'monotonicity' | 'steepness', goal: string): string =>
    problems(proof({ goal }, { terms: [{ multiplier: '1', inequality: { kind, of: 'r', from: 'x', to: 'y' } }] }));
  t.is(given('descent', 'r + pb + b²/2 − r′'), '');
  t.is(given('convexity', 'r′ − r − pb'), '');
  t.is(given('lipschitz', 'b² − (q − p)²'), '');
  t.is(given('monotonicity', 'q − p'), '');
  t.is(given('steepness', 'b − q + p'), '');
  t.regex(given('descent', 'r + pb + b² − r′'), /differ by 1\/2 b²/);
});

test('a proof that is none is refused, with the reason', (t) => {
  const refused = (pattern: RegExp, change: Partial<Stage>, ...cases: readonly Case[]): void =>
    void t.regex(problems(proof(change, ...cases)), pattern);
  const of = (kind: 'convexity' | 'monotonicity' | 'steepness', name: string, from: string, to: string) =>
    ({ multiplier: '1', inequality: { kind, of: name, from, to } }) as const;

  t.is(problems(proof({}, { terms: [variance] })), '');
  refused(/differ by/, { goal: 'V − 2e²' }, { terms: [variance] });
  refused(/multiplier −1 is not non-negative/, { goal: 'e² − V' }, { terms: [{ ...variance, multiplier: '−1' }] });
  refused(/multiplier e is not non-negative/, { goal: 'e(V − e²)' }, { terms: [{ ...variance, multiplier: 'e' }] });
  refused(/remainder −b/, { goal: '−b' }, { terms: [{ remainder: '−b' }] });
  refused(/scale b may vanish/, {}, { scale: 'b', terms: [{ ...variance, multiplier: 'b' }] });
  refused(/symbol w has no meaning/, { goal: 'w²' }, { terms: [{ multiplier: '1', square: 'w' }] });
  refused(
    /mean in a stage that is not/,
    { kind: 'pathwise', goal: 'e' },
    {
      terms: [{ multiplier: '1', inequality: { kind: 'mean', of: 'e' } }],
    },
  );
  refused(/not known to be convex/, { goal: 'q − p' }, { terms: [of('monotonicity', 'd', 'x', 'y')] });
  refused(/not known to be convex/, { goal: 'r′ − r − pb' }, { terms: [of('convexity', 'd', 'x', 'y')] });
  refused(/x − y −b is not non-negative/, { goal: 'p − q' }, { terms: [of('monotonicity', 'r', 'y', 'x')] });
  refused(/functions of one variable/, { goal: 'e²', vectors: ['e'] }, { terms: [of('monotonicity', 'r', 'x', 'y')] });
  refused(/no function "h"/, {}, { terms: [of('steepness', 'h', 'x', 'y')] });
  refused(/no point "z"/, {}, { terms: [of('convexity', 'r', 'z', 'y')] });
  refused(/no fact "f"/, {}, { terms: [{ multiplier: '1', inequality: { kind: 'fact', name: 'f' } }] });
  refused(/neither a number nor an inner product/, { goal: 'ea', vectors: ['e'] }, { terms: [] });
  refused(/a is not a vector/, { goal: 'a²', vectors: ['e'] }, { terms: [{ multiplier: '1', square: 'a' }] });
  refused(/is not a monomial/, { equation: ['a + b', '1'] }, { terms: [variance] });
  refused(/expected/, { goal: 'V −' }, { terms: [variance] });
});

test('what is used in expectation may not depend on the outcome', (t) => {
  const alternatives = { given: ['always'], outcomes: ['s = 1', 's = 2'] };
  const entry = (outcome: string, multiplier: string): Case => ({
    given: 'always',
    outcome,
    where: { s: outcome.slice(4) },
    terms: [{ ...variance, multiplier }],
  });
  const both = (goal: string, first: Case, second: Case) => problems(proof({ goal, alternatives }, first, second));
  t.is(both('V − e²', entry('s = 1', '1'), entry('s = 2', '1')), '');
  // E[s(V − e²)] ≥ 0 does not follow from E[V − e²] ≥ 0 when s is drawn with e.
  t.regex(both('s(V − e²)', entry('s = 1', '1'), entry('s = 2', '2')), /depends on the outcome/);
  t.regex(both('V − e²', entry('s = 1', '1'), entry('s = 1', '1')), /no case for always, s = 2/);
  t.regex(problems(proof({ alternatives }, entry('s = 1', '1'))), /1 cases for 1 × 2 alternatives/);
  const mean = { multiplier: 'e', inequality: { kind: 'mean', of: 'e' } } as const;
  t.regex(problems(proof({ goal: 'e²' }, { terms: [mean] })), /multiplier e in expectation is random/);
});

test('an earlier goal is used only where it holds', (t) => {
  const [first] = proof({ name: 'first' }, { terms: [variance] }).stages;
  const after = (change: Partial<Stage>, totals?: Record<string, string>): string => {
    const term = {
      multiplier: '1',
      inequality: { kind: 'earlier', stage: 'first', ...(totals && { totals }) },
    } as const;
    const [second] = proof({ name: 'second', ...change }, { terms: [term] }).stages;
    return problems({ stages: [first!, second!] });
  };
  t.is(after({ kind: 'total', goal: '3V − a' }, { V: '3V', 'e²': 'a' }), '');
  t.regex(after({ kind: 'total', goal: '3V − a' }, { V: '3V', e: 'a' }), /do not say what e² sums to/);
  t.regex(after({ kind: 'total' }), /totals belong to every earlier goal/);
  t.regex(after({ kind: 'pathwise' }), /only a total may use "first"/);
  t.regex(
    after({ kind: 'total', symbols: { V: 'other', e: '', a: '' } }, { V: 'V', 'e²': 'a' }),
    /V means "other" here/,
  );
  const missing = proof({}, { terms: [{ multiplier: '1', inequality: { kind: 'earlier', stage: 'none' } }] });
  t.regex(problems(missing), /no earlier stage "none"/);
});
