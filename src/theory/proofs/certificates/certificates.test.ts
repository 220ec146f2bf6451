import test from 'ava';
import fc from 'fast-check';
import type { Case, Certificate, Stage } from '../../../claims/certificate.js';
import { toDouble } from '../../../exact/arithmetic/rational.js';
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

test('an expression has the value of its formula', (t) => {
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
  t.is(format(rewrite(parseExpression('z⁴γ'), rule)), format(parseExpression('γ − 4z²γ')));
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

test('the modulus of a class stands in its inequalities with its own power', (t) => {
  const r = { convex: true, modulus: 'a', values: { x: 'r', y: 'r′' }, gradients: { x: 'p', y: 'q' } };
  const given = (kind: 'descent' | 'lipschitz' | 'steepness', goal: string): string => {
    const terms = [{ multiplier: '1', inequality: { kind, of: 'r', from: 'x', to: 'y' } }];
    return problems(proof({ goal, functions: { r } }, { terms }));
  };
  t.is(given('descent', 'r + pb + ab²/2 − r′'), '');
  t.is(given('lipschitz', 'a²b² − (q − p)²'), '');
  t.is(given('steepness', 'ab − q + p'), '');
});

test('an invalid proof is refused, with the reason', (t) => {
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
  refused(/an operand is missing/, { goal: 'V −' }, { terms: [variance] });
});

/** e = sk with k = |e|, and a = |q − p|, which is the change of ∇r from 0 to b. */
const signs: Partial<Stage> = {
  symbols: { a: '', b: '', e: '', V: '', r: '', 'r′': '', p: '', q: '', s: '', k: '', t: '' },
  magnitudes: { k: { of: 'e', sign: 's' }, b: { of: 't' } },
  random: ['e', 's', 'k'],
  points: { x: '0', y: 't' },
};
const outcomes = ['s = 1', 's = 0', 's = −1'];

test('a fact used in expectation may not depend on the outcome', (t) => {
  const alternatives = { given: ['always'], outcomes };
  const entry = (outcome: string, multiplier: string): Case => ({
    given: 'always',
    outcome,
    where: { s: outcome.slice(4) },
    terms: [{ ...variance, multiplier }],
  });
  const all = (goal: string, ...cases: Case[]) => problems(proof({ ...signs, goal, alternatives }, ...cases));
  t.is(all('V − e²', entry('s = 1', '1'), entry('s = 0', '1'), entry('s = −1', '1')), '');
  // E[s²(V − e²)] ≥ 0 does not follow from E[V − e²] ≥ 0 when s is drawn with e.
  t.regex(all('s²(V − e²)', entry('s = 1', '1'), entry('s = 0', '0'), entry('s = −1', '1')), /depends on the outcome/);
  t.regex(all('V − e²', ...Array(3).fill(entry('s = 1', '1'))), /no case for always, s = 0/);
  t.regex(all('V − e²', entry('s = 1', '1')), /1 case for 1 × 3 alternatives/);
  const mean = { multiplier: 'e', inequality: { kind: 'mean', of: 'e' } } as const;
  t.regex(problems(proof({ goal: 'e²' }, { terms: [mean] })), /multiplier e in expectation is random/);
  t.regex(problems(proof({ random: [] }, { terms: [variance] })), /the variance of e, which is not random/);
  const cases = outcomes.map((outcome) => entry(outcome, '1'));
  const drawn = (random: string[], given: string[]) =>
    problems(
      proof(
        { ...signs, random, alternatives: { given, outcomes } },
        ...given.flatMap((condition) => cases.map((one) => ({ ...one, given: condition }))),
      ),
    );
  t.regex(drawn(['e', 'k'], ['always']), /s in s = 1 is not random/);
  t.regex(drawn(['e', 's', 'k', 't'], ['t ≥ 0', 't ≤ 0']), /t ≥ 0 is not a condition on x/);
});

test('a case may substitute only consequences of its conditions', (t) => {
  const one = (given: string | undefined, outcome: string | undefined, where: Record<string, string>) =>
    problems(
      proof(
        { ...signs, alternatives: { given: [given ?? 'always'], outcomes: [outcome ?? 'always'] } },
        { given: given ?? 'always', outcome: outcome ?? 'always', where, terms: [variance] },
      ),
    );
  const unfollowed = /does not follow from the conditions/;
  // One condition alone covers nothing, but what follows from it is judged first.
  t.notRegex(one('t ≥ 0', 's = −1', { t: 'b', s: '−1', e: '−k' }), unfollowed);
  t.notRegex(one('t ≤ 0', 's = 0', { t: '−b', e: '0', k: '0', s: '0' }), unfollowed);
  t.notRegex(one('t ≤ 0', undefined, { b: '−t' }), unfollowed);
  t.regex(one('t ≤ 0', undefined, { t: 'b' }), unfollowed);
  t.regex(one('t ≥ 0', 's = −1', { e: 'k' }), unfollowed);
  t.regex(one(undefined, 's = 1', { k: '0' }), unfollowed);
  t.regex(one(undefined, undefined, { 'r′': 'r' }), unfollowed);
  t.regex(one('p ≥ 0', undefined, {}), /p ≥ 0 is about no magnitude/);
  t.regex(one(undefined, 's = 2', {}), /s = 2 is about no magnitude/);
});

test('alternatives cover every sign, and 0 where it is one of its own', (t) => {
  const covers = (given: string[], results: string[] = ['always']) =>
    problems(
      proof(
        { ...signs, alternatives: { given, outcomes: results } },
        ...given.flatMap((condition) =>
          results.map((outcome): Case => ({ given: condition, outcome, terms: [variance] })),
        ),
      ),
    );
  t.is(covers(['t ≥ 0', 't ≤ 0'], outcomes), '');
  const gap = /do not cover everything once/;
  t.regex(covers(['t ≥ 0']), gap);
  t.regex(covers(['always'], ['s = 1', 's = −1']), gap);
  t.regex(covers(['t ≥ 0', 't ≥ 0']), gap);
  t.regex(covers(['today', 'tomorrow']), gap);
  t.regex(covers(['t ≥ 0, s = 1', 't ≤ 0, s = −1']), gap);
  t.regex(covers(['t ≥ 0', 's = 1']), gap);
});

test('∇f of a convex f has the sign of the move only', (t) => {
  const change = { function: 'r', from: 'x', to: 'y', factor: '1', along: 'b' } as const;
  const signed = (part: object, of = 'q − p', more: Partial<Stage> = {}) =>
    problems(
      proof(
        {
          ...signs,
          magnitudes: { ...signs.magnitudes, u: { of, change: { ...change, ...part } } },
          symbols: { ...signs.symbols, u: '' },
          alternatives: { given: ['t ≥ 0', 't ≤ 0'], outcomes: ['always'] },
          goal: 'V − e² + u',
          ...more,
        },
        { given: 't ≥ 0', outcome: 'always', where: { q: 'p + u' }, terms: [variance, { remainder: 'u' }] },
        { given: 't ≤ 0', outcome: 'always', where: { q: 'p − u' }, terms: [variance, { remainder: 'u' }] },
      ),
    );
  t.is(signed({}), '');
  t.regex(signed({ function: 'd' }), /not known to be convex/);
  t.regex(signed({ factor: '2' }), /y − x is not 2 × t/);
  t.regex(signed({ along: 'c' }), /no magnitude "c"/);
  t.regex(signed({}, '2q − p'), /2q − p is not the change of ∇r from x to y/);
  t.regex(signed({ factor: '−1' }, 'q − p', { points: { x: '0', y: '−t' } }), /factor −1 is not non-negative/);
  t.regex(signed({}, 'q − p', { vectors: ['V'] }), /functions of one variable/);
});

test('the goal is the statement times a positive factor', (t) => {
  const isolating = (quantity: string, factor: string, goal = 'a(V − e²)') =>
    problems(proof({ goal, isolates: { quantity, factor } }, { terms: [{ ...variance, multiplier: 'a' }] }));
  t.is(isolating('e²', 'a'), '');
  t.regex(isolating('e²', '2a'), /the goal is not 2a × \(a bound − e²\)/);
  t.regex(isolating('V', '−a'), /factor −a is not non-negative/);
  t.regex(isolating('e²', 'b'), /factor b may vanish/);
  t.regex(isolating('e² + 1', 'a'), /the goal is not a × \(a bound − e² \+ 1\)/);
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
  for (const stage of ['test', 'first']) {
    const term = { multiplier: '1', inequality: { kind: 'earlier', stage, totals: { V: 'V', 'e²': 'e²' } } } as const;
    const [own] = proof({ kind: 'total' }, { terms: [term] }).stages;
    t.regex(problems({ stages: [own!, first!] }), /no earlier stage/, 'neither itself nor a later one');
  }
  const missing = proof({}, { terms: [{ multiplier: '1', inequality: { kind: 'earlier', stage: 'none' } }] });
  t.regex(problems(missing), /no earlier stage "none"/);
});
