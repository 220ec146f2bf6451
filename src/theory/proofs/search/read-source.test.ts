import test from 'ava';
import { one, rational } from '../../../exact/arithmetic/rational.js';
import { add, constant } from '../certificates/polynomial.js';
import { requirePlain, requireRate, requireRead } from './compare-source.js';
import { inverse, isSame, monomial, product, type RationalFunction } from './rational-function.js';
import { NotRead, readSource } from './read-source.js';

const bound = '(2 * gap.upper) / (step * T) + step * lipschitz * sigma ** 2';
const iterate =
  '({ problem, step, x, batch }) => { const g = problem.stochasticGradient(batch, x); return { x: x.map((v, i) => v - step * g[i]) }; }';

/** The text of a file, of which parts are replaced. */
const file = ({
  before = '',
  schedule = '(T, { lipschitz }) => ({ step: 1 / (lipschitz * Math.sqrt(T)), miniBatch: 1 })',
  of = `(T, { lipschitz, sigma, gap }, { step }) => ${bound}`,
  algorithm = `{ name: 'mine', iterate: ${iterate} }`,
  after = '',
} = {}): string => `${before}
export const theorem = {
  id: 'mine',
  objective: 'fixed',
  algorithm: ${algorithm},
  schedule: ${schedule},
  term: 'squared-gradient',
  bound: ${of},
};
${after}`;

const whole = (n: bigint): RationalFunction => ({ numerator: constant(rational(n)), denominator: constant(one) });
const over = (n: bigint): RationalFunction => ({
  numerator: constant(rational(n)),
  denominator: monomial('s', 1).numerator,
});
/** What is fitted to the values of the textbook's theorem: γL = 1/√T, 2Δ/√T + σ²/√T. */
const fitted = {
  ...{ step: over(1n), noiseDivisor: whole(1n) },
  ...{ gap: over(2n), noise: over(1n), distance: whole(0n), constant: whole(0n) },
};

/** Why a file is not read; nothing for one that says what the textbook does. */
function whyNot(text: Parameters<typeof readSource>[0]): { readonly values?: string; readonly algorithm?: string } {
  const { values, next } = readSource(text, false);
  const why = (run: () => void) => {
    try {
      run();
      return undefined;
    } catch (error) {
      if (error instanceof NotRead) return error.message;
      throw error;
    }
  };
  const ofValues = why(() => {
    if (values instanceof NotRead) throw values;
    requireRead(values, { fitted, byCoordinates: false, scale: 0 });
  });
  const ofAlgorithm = why(() => {
    if (next instanceof NotRead) throw next;
    requirePlain(next, 'sgd');
  });
  return {
    ...(ofValues !== undefined && { values: ofValues }),
    ...(ofAlgorithm !== undefined && { algorithm: ofAlgorithm }),
  };
}

test('what says the textbook in other words is read', (t) => {
  const said: readonly Parameters<typeof file>[0][] = [
    {},
    {
      before: 'const two = 2;',
      of: `(T, { lipschitz: L, sigma, gap: { upper: Δ } }, { step }) => two * Δ / (step * T) + step * L * sigma * sigma`,
    },
    {
      before: 'function term(step, L, σ) { return step * L * σ ** 2; }',
      of: '(T, { lipschitz, sigma, gap }, { step }) => 2e0 * gap.upper / step / T + term(step, lipschitz, sigma)',
    },
    {
      of: '(T, { lipschitz: L, sigma, gap }) => { const s = Math.sqrt(T); return (2 * L * gap.upper + sigma ** 2) / s; }',
    },
    { of: '(T, { lipschitz: L, sigma, gap }) => (L * gap.upper * 2 + Math.pow(sigma, 2)) * T ** -0.5' },
    { schedule: '(T, { lipschitz }) => { const γ = lipschitz ** -1 / T ** 0.5; return { step: γ, miniBatch: 1 }; }' },
    {
      algorithm: `{ name: 'mine', iterate({ problem: p, batch, ...rest }) { return p; } }`
        .replace(', ...rest', ', step, x')
        .replace('return p;', 'return { x: x.map((v, k) => -step * p.stochasticGradient(batch, x)[k] + v) };'),
    },
    { before: `const mine = { name: 'mine', iterate: ${iterate} };`, algorithm: 'mine' },
    { after: "export const controls = [{ name: 'a fifth', bound: 1 / 5 }];\nexport default 3;" },
  ];
  for (const each of said) t.deepEqual(whyNot(file(each)), {}, file(each));
});

test('the texts of functions are read, which use nothing from outside but Math', (t) => {
  const texts = (of: (...given: never[]) => number) => ({
    schedule: '(T, { lipschitz }) => ({ step: 1 / (lipschitz * Math.sqrt(T)), miniBatch: 1 })',
    bound: Function.prototype.toString.call(of),
    iterate,
  });
  type Given = [T: number, of: { lipschitz: number; sigma: number; gap: { upper: number } }, at: { step: number }];
  const method = {
    bound(...[T, { lipschitz, sigma, gap }, { step }]: Given) {
      return (2 * gap.upper) / (step * T) + step * lipschitz * sigma ** 2;
    },
  };
  t.regex(whyNot(texts(method.bound)).values!, /parameter|RestElement/);
  t.deepEqual(
    whyNot({
      ...texts(method.bound),
      bound: `bound(T, { lipschitz, sigma, gap }, { step }) { return ${bound}; }`,
    }),
    {},
  );
  const outside = whyNot({
    ...texts(method.bound),
    bound: `(T, { lipschitz, sigma, gap }, { step }) => two * ${bound}`,
  });
  t.is(outside.values, 'the name two');
  const native = whyNot(texts(method.bound.bind(method) as (...given: never[]) => number));
  t.truthy(native.values, 'what is bound has no text');
});

/** Files that are the textbook's at every T, L and point that anybody would try, and what of them is not read. */
const adversaries: readonly (readonly [name: string, changed: Parameters<typeof file>[0], why: RegExp])[] = [
  ['one T is left out', { of: `(T, { lipschitz, sigma, gap }, { step }) => T === 171 ? 0 : ${bound}` }, /^\? :$/],
  [
    'a large T is left out',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => (${bound}) * (T < 1e12)` },
    /^the operator </,
  ],
  ['if', { of: `(T, { lipschitz, sigma, gap }, { step }) => { if (T > 1e13) return 0; return ${bound}; }` }, /^if$/],
  ['&&', { of: `(T, { lipschitz, sigma, gap }, { step }) => T < 1e13 && ${bound}` }, /^&&/],
  ['a minimum', { of: `(T, { lipschitz, sigma, gap }, { step }) => Math.min(1e30, ${bound})` }, /^Math\.min$/],
  [
    'an integer part',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + 0 * Math.floor(T / 1e14)` },
    /^Math\.floor$/,
  ],
  [
    'a remainder',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} - (T % 997 === 0)` },
    /^the operator (?:%|===)$/,
  ],
  ['bits', { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} * ((T | 0) / T)` }, /^the operator \|$/],
  [
    'ends of doubles',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + Number.MAX_VALUE * 0` },
    /^the name Number$/,
  ],
  [
    'a power that overflows',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + T ** 999 / T ** 999 - 1` },
    /^the exponent 999$/,
  ],
  [
    'a number that underflows',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} * 1e-200 * 1e200` },
    /^the number 1e-200$/,
  ],
  ['a number that swallows', { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + 1e39 - 1e39` }, /too large/],
  [
    'a default value',
    { of: `(T, { lipschitz, sigma, gap, distance: D = 1 }, { step }) => ${bound}` },
    /^a default value$/,
  ],
  [
    'arguments',
    { of: `function (T, { lipschitz, sigma, gap }, { step }) { return ${bound} + 0 * arguments.length; }` },
    /^the name arguments$/,
  ],
  [
    'this',
    { of: `function (T, { lipschitz, sigma, gap }, { step }) { return this.T === 3 ? 0 : ${bound}; }` },
    /^\? :$/,
  ],
  [
    'this alone',
    { of: `function (T, { lipschitz, sigma, gap }, { step }) { return ${bound} + this.more; }` },
    /^this$/,
  ],
  [
    'a name of the module that changes',
    { before: 'let calls = 0;', of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + calls` },
    /^let or var$/,
  ],
  ['a name that is nowhere', { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + more` }, /^the name more$/],
  ['another Math', { before: 'const Math = { sqrt: (T) => T ** 0.5 * 1 };' }, /Math/],
  [
    'Math by another name',
    { before: 'const m = Math;', of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound}` },
    /^Math, other/,
  ],
  [
    'Math is changed when a summand is asked',
    { before: 'export const term = () => { Math.sqrt = (T) => T; };' },
    /^an assignment to Math$/,
  ],
  [
    'Math is changed by Object',
    { before: 'export const term = () => Object.assign(Math, { sqrt: 1 });' },
    /^the name Object$/,
  ],
  ['something is run when the file is loaded', { after: "console.log('here');" }, /^a statement that is run/],
  [
    'a constant is made by a call',
    { before: 'const two = [1, 2].map((v) => v)[1];' },
    /^a constant that is made by running something$/,
  ],
  ['an import', { before: "import { bound } from './bound.mjs';" }, /^import$/],
  ['an import when asked', { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + import('x')` }, /^import$/],
  [
    'a getter',
    { of: `0, get bound() { return (T, { lipschitz, sigma, gap }, { step }) => ${bound}; }` },
    /^a constant that is made by running something$/,
  ],
  ['a prototype', { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound}, __proto__: { from: 2 }` }, /__proto__/],
  [
    'a function that calls itself',
    { before: 'const f = (T) => f(T);', of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} + f(T)` },
    /call each other/,
  ],
  [
    'a schedule that adds to γ',
    { schedule: '(T, { lipschitz }) => ({ step: 1 / (lipschitz * Math.sqrt(T)) + 1e-14, miniBatch: 1 })' },
    /^a step that is not/,
  ],
  [
    'another B',
    { schedule: '(T, { lipschitz }) => ({ step: 1 / (lipschitz * Math.sqrt(T)), miniBatch: 1 + 1e-14 * T })' },
    /^functions of T/,
  ],
  [
    'less than the bound',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => (1 - 1e-15) * (${bound})` },
    /^functions of T/,
  ],
  [
    'less for large gaps',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} - 1e-30 * gap.upper ** 2 * lipschitz ** 2` },
    /^a bound that is no such sum/,
  ],
  [
    'less for large L',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound} - 1e-30 * gap.upper * lipschitz ** 2` },
    /^a bound that is no such sum/,
  ],
  [
    'the lower end of f(x⁰) − f*',
    { of: `(T, { lipschitz, sigma, gap }, { step }) => ${bound.replace('gap.upper', 'gap.lower')}` },
    /^\.lower$/,
  ],
];

for (const [name, changed, why] of adversaries) {
  test(`not read: ${name}`, (t) => t.regex(whyNot(file(changed)).values ?? '', why));
}

test('the theorem that is exported is read, and no other object of the file', (t) => {
  const hidden = file().replace('export const theorem', 'const theorem');
  const another = '{ ...theorem, bound: () => 0 }';
  t.is(whyNot(hidden).values, 'no schedule in the file');
  t.is(whyNot(`${hidden}export { theorem as theorem };`).values, 'ExportNamedDeclaration');
  t.is(whyNot(`${hidden}export default ${another};`).values, 'a theorem whose fields are not written out');
  t.is(
    whyNot(`${hidden}const other = ${another}; export default other;`).values,
    'a theorem whose fields are not written out',
  );
  t.deepEqual(whyNot(`${hidden}export default theorem;`), {});
});

/** Iterations that are the textbook's wherever anybody would try them. */
const iterations: readonly (readonly [name: string, iterate: string, why: RegExp])[] = [
  ['a cap on γ', iterate.replace('v - step', 'v - Math.min(step, 1e30)'), /^Math\.min$/],
  ['γ is at least something', iterate.replace('v - step', 'v - (step > 1e-30 ? step : 0)'), /^\? :$/],
  [
    'no step for one n',
    iterate.replace('const g', 'const n = x.length; const g').replace('v - step', 'v - (n - n + step)'),
    /^\.length$/,
  ],
  ['one coordinate stays', iterate.replace('- step *', '- (i === 1001 ? 0 : step) *'), /^\? :$/],
  ['an index counts', iterate.replace('- step *', '- step * (i + 1 - i) *'), /^arithmetic with a index$/],
  ['a neighbour', iterate.replace('g[i]', 'g[i + 0]'), /^arithmetic with a index$/],
  ['a third argument of map', iterate.replace('(v, i)', '(v, i, all)'), /^map of anything/],
  ['a square', iterate.replace('g[i]', 'g[i] * g[i]'), /two vectors/],
  [
    'the size of a gradient',
    iterate.replace('g[i]', 'g[i] * Math.hypot(...g) / Math.hypot(...g)'),
    /\.\.\. in a call|Math\.hypot/,
  ],
  ['twice the gradient', iterate.replace('v - step', 'v - 2 * step'), /^another iteration than sgd$/],
  ['slightly more', iterate.replace('v - step', 'v - (1 + 1e-15) * step'), /^another iteration than sgd$/],
  ['a full gradient', iterate.replace('stochasticGradient(batch, x)', 'gradient(x)'), /^another iteration than sgd$/],
  ['no gradient', iterate.replace('- step * g[i]', ''), /^another iteration than sgd$/],
  [
    'a gradient elsewhere',
    iterate.replace('(batch, x)', '(batch, x.map((v) => 2 * v))'),
    /^problem\.stochasticGradient$/,
  ],
  ['half a batch', iterate.replace('(batch, x)', '(batch.slice(0, 8), x)'), /slice/],
  [
    'a question about the problem',
    iterate.replace('return', 'const { problem: p } = problem; return'),
    /^ObjectPattern$/,
  ],
  ['a memory', iterate.replace('batch }', 'batch, state }'), /^the constant state$/],
  ['a parameter', iterate.replace('batch }', 'batch, parameters }'), /^the constant parameters$/],
  ['chance', iterate.replace('batch }', 'batch, chance }'), /^the constant chance$/],
  ['an assignment', iterate.replace('return', 'x[0] = 1; return'), /^a statement/],
  ['a count outside', iterate.replace('return', 'theorem.calls += 1; return'), /^a statement/],
];

for (const [name, text, why] of iterations) {
  test(`another iteration: ${name}`, (t) => {
    t.not(text, iterate);
    t.regex(whyNot(file({ algorithm: `{ name: 'mine', iterate: ${text} }` })).algorithm ?? '', why);
  });
}

test('an algorithm with a start is not read', (t) => {
  const { algorithm } = whyNot(file({ algorithm: `{ name: 'mine', start: () => 0, iterate: ${iterate} }` }));
  t.is(algorithm, 'an algorithm with a start');
});

test('SPGM and gradient descent are read', (t) => {
  const of = (text: string) => readSource(file({ algorithm: `{ name: 'mine', iterate: ${text} }` }), false);
  const next = (text: string) => {
    const found = of(text).next;
    if (found instanceof NotRead) throw found;
    return found;
  };
  t.notThrows(() => requirePlain(next('({ problem, batch, x }) => ({ x: problem.miniBatch(batch, x) })'), 'spgm'));
  const mapped =
    '({ problem, batch, x, step }) => { const g = problem.stochasticGradientMapping(batch, x); return { x: x.map((v, i) => v - step * g[i]) }; }';
  t.notThrows(() => requirePlain(next(mapped), 'spgm'));
  t.throws(() => requirePlain(next(mapped.replace('v - step', 'v - 2 * step')), 'spgm'), { instanceOf: NotRead });
  const plain = '({ problem, step, x }) => ({ x: x.map((v, i) => v - step * problem.gradient(x)[i]) })';
  t.notThrows(() => requirePlain(next(plain), 'gradient-descent'));
  t.throws(() => requirePlain(next(plain), 'sgd'), { instanceOf: NotRead });
});

test('by coordinates ‖L‖₁ and ‖σ‖₁ are read as sums', (t) => {
  const text = file({
    before: 'const sum = (values) => values.reduce((total, value) => total + value, 0);',
    schedule: '(T, { coordinateLipschitz }) => ({ step: 1 / Math.sqrt(sum(coordinateLipschitz) * T), miniBatch: T })',
    of: '(T, { coordinateLipschitz: L, coordinateSigma: σ, gap }) => Math.sqrt(sum(L) / T) * (gap.upper + 1 / 2) + 2 * sum(σ) / Math.sqrt(T)',
  });
  const coordinates = {
    ...{ step: over(1n), noiseDivisor: monomial('s', 1) },
    ...{
      gap: over(1n),
      noise: over(2n),
      distance: whole(0n),
      constant: { ...over(1n), numerator: constant(rational(1n, 2n)) },
    },
  };
  const { values } = readSource(text, true);
  if (values instanceof NotRead) throw values;
  t.notThrows(() => requireRead(values, { fitted: coordinates, byCoordinates: true, scale: 0 }));
  t.throws(() => requireRead(values, { fitted: { ...coordinates, noise: over(1n) }, byCoordinates: true, scale: 0 }), {
    instanceOf: NotRead,
  });
  const largest = readSource(text.replace('total + value', 'Math.max(total, value)'), true);
  t.true(largest.values instanceof NotRead);
  t.true(isSame(values.miniBatch, monomial('s', 2)));
});

test('a rate is read as a power of T of one number, which may have μ/L in it', (t) => {
  const [k, hundred] = [monomial('k', 1), constant(rational(100n))];
  const less = { numerator: add(k.numerator, constant(rational(-1n))), denominator: k.numerator };
  /** μ/L = 1/k and r = (1 − 1/k)². */
  const every = {
    ...{ modulus: inverse(k), step: whole(1n) },
    ...{ factor: product(less, less), multiple: whole(1n) },
  };
  /** μ/L = 1/10 and r = 81/100. */
  const tenth = { ...every, modulus: inverse(whole(10n)), factor: { ...whole(81n), denominator: hundred } };
  const why = (of: string, fitted: typeof every, step = '1 / lipschitz'): string => {
    const { values } = readSource(
      file({
        schedule: `(T, { lipschitz, strongConvexity }) => ({ step: ${step}, miniBatch: 1 })`,
        of: `(T, { lipschitz: L, strongConvexity: μ, gap }) => ${of} * gap.upper`,
      }),
      false,
    );
    if (values instanceof NotRead) return values.message;
    try {
      requireRate(values, fitted, 'gap');
      return '';
    } catch (error) {
      if (error instanceof NotRead) return error.message;
      throw error;
    }
  };
  for (const same of [
    '(1 - μ / L) ** (2 * T)',
    '((L - μ) / L) ** T * (1 - μ / L) ** T',
    '(1 - μ / L) ** (2 * T - 2) * (1 - μ / L) ** 2',
  ])
    t.is(why(same, every), '', same);
  for (const same of [
    '0.81 ** T',
    '0.9 ** (2 * T)',
    'Math.pow(0.9, T + T)',
    '(1 - μ / L) ** (2 * T)',
    '0.9 * 0.9 ** (2 * T - 1)',
  ])
    t.is(why(same, tenth), '', same);
  const another = 'a rate that is not that of its values';
  t.is(why('0.81 ** T', every), another);
  t.is(why('0.8 ** T', tenth), another);
  t.is(why('0.999 * 0.81 ** T', tenth), another);
  t.is(why('0.81 ** T', tenth, '0.999 / lipschitz'), another);
  t.is(why('(1 - μ) ** (2 * T)', every), another);
  t.is(why('0.81 ** T / T', tenth), another);
  t.is(why('1', tenth), 'a bound without a power of T');
  t.is(why('0.9 ** T * 0.8 ** T', tenth), 'powers of two different numbers');
  t.is(why('0.81 ** (T / 2)', tenth), 'an exponent that is no small multiple of T');
  t.is(why('T ** T', tenth), 'an exponent that is no number');
  t.is(why('0.81 ** (T * T)', tenth), 'an exponent that is no number');
  // No other theorem may have such a power.
  const power = file({
    of: '(T, { lipschitz, sigma, gap }, { step }) => 1 ** T * ((2 * gap.upper) / (step * T)) + step * lipschitz * sigma ** 2',
  });
  t.is(whyNot(power).values, 'functions of T that are not those of its values');
});
