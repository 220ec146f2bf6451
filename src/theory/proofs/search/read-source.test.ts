import test from 'ava';
import { one, rational } from '../../../exact/arithmetic/rational.js';
import { add, constant } from '../certificates/polynomial.js';
import { type ProvedIterations, requireIterations, requireRate, requireRead } from './compare-source.js';
import type { MomentumForAll } from './momentum-for-all.js';
import { inverse, isSame, monomial, product, type RationalFunction } from './rational-function.js';
import { NotRead, type Places } from './read-expression.js';
import { readSource } from './read-source.js';
import { descentRun } from './run-proof.js';
import type { RunMethod } from './run-space.js';

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

/** Why something is not read; nothing where it is. */
function why(requireIt: () => void): string | undefined {
  try {
    requireIt();
    return undefined;
  } catch (error) {
    if (error instanceof NotRead) return error.message;
    throw error;
  }
}

/** Why a file is not read; nothing for one that says what the textbook does. */
function whyNot(
  text: Parameters<typeof readSource>[0],
  places?: Places,
): { readonly values?: string; readonly algorithm?: string } {
  const reading = readSource(text, false, places);
  const ofValues = why(() => {
    if (reading.values instanceof NotRead) throw reading.values;
    requireRead(reading.values, { fitted, byCoordinates: false, scale: 0 });
  });
  const ofAlgorithm = why(() => requireIterations(reading, 'sgd'));
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
    /^this$/,
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
  [
    'a prototype by a text',
    { before: "export const cap = () => { [].map['constructor']('Math.sqrt = () => 1')(); };" },
    /^the name constructor$/,
  ],
  [
    'a prototype by a text that is put together',
    { before: "export const cap = () => { [].map['constr' + 'uctor']('Math.sqrt = () => 1')(); };" },
    /^a field whose name is computed$/,
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

const bounded = (of: string) => file({ of: `(T, { lipschitz, sigma, gap }, { step }) => ${of}` });

test('a case that is the same for all T is read, or for the T that are asked for', (t) => {
  const every = [
    `T < 1 ? 0 : ${bound}`,
    `T >= 1 ? ${bound} : 0`,
    `0 === T ? 0 : ${bound}`,
    `T > 0 && !(T + 1 <= 1) ? ${bound} : 0`,
    `T < 0 || step * lipschitz < 2 ? ${bound} : 0`,
    `{ if (T > 0) { const two = ${bound}; return two; } return 0; }`,
    `{ if (T < 1) return 0; else if (T !== 0) return ${bound}; return 1; }`,
    `Math.max(1, Math.min(T, 1)) * (${bound})`,
    `${bound} + Math.min(sigma ** 2, 2 * sigma ** 2 * Math.sqrt(T)) - sigma ** 2`,
  ];
  for (const of of every) t.deepEqual(whyNot(bounded(of)), {}, of);
  for (const step of [
    'Math.min(1, 1 / Math.sqrt(T)) / lipschitz',
    'Math.min(2 / lipschitz, T ** -0.5 / lipschitz, 3 / lipschitz)',
  ])
    t.deepEqual(whyNot(file({ schedule: `(T, { lipschitz }) => ({ step: ${step}, miniBatch: 1 })` })), {}, step);
  const some: readonly (readonly [of: string, places: Places])[] = [
    [`T < 10 ? 0 : ${bound}`, { from: 10 }],
    [`T ** 0.5 < 3 ? 0 : ${bound}`, { from: 10 }],
    [`Math.max(T / 7, Math.sqrt(T)) / Math.sqrt(T) * (${bound})`, { at: 36 }],
    [`T === 171 ? ${bound} : 0`, { at: 171 }],
    [`T === 171 ? 0 : ${bound}`, { at: 170 }],
    [`T % 2 === 0 ? 0 : ${bound}`, { at: 1 }],
  ];
  for (const [of, places] of some.slice(0, -1)) {
    t.deepEqual(whyNot(bounded(of), places), {}, of);
    t.regex(whyNot(bounded(of)).values ?? '', /^(?:\? :|Math\.max)$/, of);
  }
  t.is(whyNot(bounded(some.at(-1)![0]), some.at(-1)![1]).values, 'the operator %');
});

/** Cases that are not the same for all T, L, σ and f(x⁰) − f*, or that doubles may see otherwise. */
const cases: readonly (readonly [condition: string, places?: Places])[] = [
  ...['T < 2', 'T !== 171', 'T <= 1e15', 'T === T * 1', 'T > 1', '!(T > 1)', 'T > 0 && T > 1', 'T < 1 || T > 1'].map(
    (each) => [each] as const,
  ),
  // Of another size than T.
  ...[
    'sigma > 0',
    'sigma >= 0',
    'gap.upper < 1e9',
    'lipschitz < 1e30',
    'step < 1',
    'sigma < 2 * sigma',
    'T < lipschitz',
  ].map((each) => [each] as const),
  // Both are equal at T = 1, and doubles may say otherwise.
  ...['step * lipschitz <= 1', 'Math.sqrt(T) >= 1', '0.1 * T >= 0.1'].map((each) => [each] as const),
  ['0.1 * T > 0.3', { at: 3 }],
  ['0.1 * T < 0.3 * 1.0000000000000001', { at: 3 }],
  ['0.1 * T === 0.3', { at: 3 }],
  // Doubles lose what is left.
  ...['(1 + 1e-17 * T) - 1 > 0', '1 - 1e-17 < 1', '-(0 - T) > 0', 'T + 1e13 - 1e13 > 0', 'T * T === T ** 2'].map(
    (each) => [each] as const,
  ),
  // Not the conditions that are read.
  ...['T', 'T == 1', 'T & 1', 'step', '0 < T < 9', 'T >= 9', "'T' < T"].map((each) => [each] as const),
  ['T < 9', { from: 8 }],
  ['Math.sqrt(T) < 3', { from: 9 }],
];

for (const [condition, places] of cases) {
  test(`a case that is not read: ${condition}`, (t) => {
    const why = /^(?:\? :|if|arithmetic with|the value 'T'|the operator)/;
    t.regex(whyNot(bounded(`${condition} ? 0 : ${bound}`), places).values ?? '', why);
    t.regex(whyNot(bounded(`{ if (${condition}) return 0; return ${bound}; }`), places).values ?? '', why);
  });
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
  [
    'a gradient that doubles lose where it is small',
    iterate.replace('g[i]', 'g[i] * 1e-40 * 1e-40 * 1e-40 * 1e-40 * 1e40 * 1e40 * 1e40 * 1e40'),
    /^a factor of a vector is too large, or too small$/,
  ],
  ['twice the gradient', iterate.replace('v - step', 'v - 2 * step'), /^another iteration than is proved$/],
  ['slightly more', iterate.replace('v - step', 'v - (1 + 1e-15) * step'), /^another iteration than is proved$/],
  [
    'a full gradient',
    iterate.replace('stochasticGradient(batch, x)', 'gradient(x)'),
    /^another iteration than is proved$/,
  ],
  ['no gradient', iterate.replace('- step * g[i]', ''), /^another iteration than is proved$/],
  [
    'a gradient elsewhere',
    iterate.replace('(batch, x)', '(batch, x.map((v) => 2 * v))'),
    /^problem\.stochasticGradient at another point than x$/,
  ],
  ['half a batch', iterate.replace('(batch, x)', '(batch.slice(0, 8), x)'), /slice/],
  [
    'a question about the problem',
    iterate.replace('return', 'const { problem: p } = problem; return'),
    /^ObjectPattern$/,
  ],
  [
    'a memory that nothing makes',
    iterate.replace('batch }', 'batch, state }').replace('g[i]', 'state[i]'),
    /^an index of/,
  ],
  [
    'a parameter',
    iterate.replace('batch }', 'batch, parameters }').replace('g[i]', 'parameters.one * g[i]'),
    /^\.one$/,
  ],
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

test('SPGM and gradient descent are read', (t) => {
  const isOther = (text: string, name: ProvedIterations) =>
    why(() => requireIterations(readSource(file({ algorithm: `{ name: 'mine', iterate: ${text} }` }), false), name));
  const other = 'another iteration than is proved';
  t.is(isOther('({ problem, batch, x }) => ({ x: problem.miniBatch(batch, x) })', 'spgm'), undefined);
  const mapped =
    '({ problem, batch, x, step }) => { const g = problem.stochasticGradientMapping(batch, x); return { x: x.map((v, i) => v - step * g[i]) }; }';
  t.is(isOther(mapped, 'spgm'), undefined);
  t.is(isOther(mapped.replace('v - step', 'v - 2 * step'), 'spgm'), other);
  const plain = '({ problem, step, x }) => ({ x: x.map((v, i) => v - step * problem.gradient(x)[i]) })';
  t.is(isOther(plain, 'gradient-descent'), undefined);
  t.is(isOther(plain, 'sgd'), other);
});

/** x − γm with m = ½m⁻ + ½ĝ(x), m from 0, of which parts are replaced. */
const mean = ({
  start = 'start: (x0) => x0.map(() => 0),',
  given = '{ problem, step, x, state, batch }',
  before = '',
  weighted = '0.5 * v + 0.5 * g[i]',
  moved = 'v - step * m[i]',
  returned = 'state: m',
} = {}): string => `{ name: 'mine', ${start} iterate(${given}) {
  const g = problem.stochasticGradient(batch, x);${before}
  const m = state.map((v, i) => ${weighted});
  return { x: x.map((v, i) => ${moved}), ${returned} };
} }`;
/** The same with other weights: those of the schedule are 1/√T, 1/(√T + 1) and 1/L. */
const withParameters = {
  before: 'const half = 1 / 2; const β = 0.5; const two = (v) => v;',
  schedule:
    '(T, { lipschitz: L }) => ({ step: 0.25 / L, miniBatch: 1, parameters: { α: 1 / Math.sqrt(T), less: 1 / (Math.sqrt(T) + 1), ofL: 1 / L } })',
};
const halves = {
  ...{ step: { ...whole(1n), denominator: constant(rational(4n)) }, newestWeight: over(1n), firstWeight: over(1n) },
};
const half: RationalFunction = { ...whole(1n), denominator: constant(rational(2n)) };
/** Why such an algorithm is not momentum with α = c = ½ and γL = ¼, or with other weights. */
const whyNoMomentum = (
  algorithm: string,
  over: Partial<MomentumForAll & { iterations: number; noisy: boolean }> = {},
) => {
  const { iterations, noisy = true, ...weights } = over;
  const momentum = { ...halves, newestWeight: half, firstWeight: half, ...weights };
  const places = iterations === undefined ? { from: 1 } : { at: iterations };
  return why(() =>
    requireIterations(
      readSource(file({ ...withParameters, algorithm }), false, places),
      [{ momentum, noisy, ...(iterations !== undefined && { iterations }) }],
      iterations,
    ),
  );
};

test('momentum is read in other words', (t) => {
  const record = {
    start: 'start: (x0) => ({ m: new Float64Array(x0.length), old: { x: x0.slice() } }),',
    given: '{ problem, step, x, state: { m: state }, batch }',
    returned: 'state: { old: { x }, m }',
  };
  const reads = (said: Parameters<typeof mean>[0], over: Parameters<typeof whyNoMomentum>[1] = {}) =>
    t.is(whyNoMomentum(mean(said), over), undefined, mean(said));
  reads({});
  reads(record);
  reads({ weighted: '(1 - half) * v + half * g[i]' });
  reads({ weighted: 'two(v + g[i]) / 2' });
  reads({ weighted: 'v + g[i]', moved: 'v - half * step * m[i]', before: '', returned: 'state: m.map((w) => β * w)' });
  // With the first gradient, in a first iteration that has no memory.
  const first = { start: '', before: ' const old = state ?? g;', weighted: '0.5 * old[i] + 0.5 * g[i]' };
  const since = mean(first).replace('state.map', 'g.map');
  t.is(whyNoMomentum(since, { firstWeight: whole(1n) }), undefined);
  t.regex(whyNoMomentum(since) ?? '', /^another iteration/);
  const asked = since.replace('state ?? g', 'state === undefined ? g : state');
  t.is(whyNoMomentum(asked, { firstWeight: whole(1n) }), undefined);
  t.is(
    whyNoMomentum(asked.replace('===', '!==').replace('g : state', 'state : g'), { firstWeight: whole(1n) }),
    undefined,
  );
  // A heavy ball with β = ½ and s = γ/2.
  const ball = mean({ start: 'start: (x0) => x0,', weighted: 'x[i] - 0.5 * (g[i] * step - (x[i] - v))' });
  const heavy = ball.replace('v - step * m[i]', 'm[i]').replace('state: m', 'state: x');
  t.is(whyNoMomentum(heavy), undefined, heavy);
  t.is(whyNoMomentum(heavy.replace('state: x', 'state: x.slice()')), undefined);
  // Weights of the schedule, and at one T.
  const slow = { given: '{ problem, step, x, state, batch, parameters: { α } }', weighted: '(1 - α) * v + α * g[i]' };
  const weights = { newestWeight: over(1n), firstWeight: over(1n) };
  reads(slow, weights);
  reads(slow, { iterations: 4 });
  reads(
    { ...slow, weighted: slow.weighted.replaceAll('α', 'α * α').replace('1 - α * α', '1 - α * α') },
    { iterations: 2 },
  );
  t.is(whyNoMomentum(mean(slow), { iterations: 2 }), '√T at T = 2');
  t.regex(whyNoMomentum(mean(slow), { iterations: 9 }) ?? '', /^another iteration/);
  const exact = mean({}).replace('stochasticGradient(batch, x)', 'gradient(x)');
  t.is(whyNoMomentum(exact, { noisy: false }), undefined);
  t.regex(whyNoMomentum(exact) ?? '', /^another iteration/);
});

/** A register in which the gradient comes out so many iterations later, where it moves x a little. */
const delayed = (count: number): string => {
  const places = Array.from({ length: count }, (_, k) => `r${k}`);
  return mean({
    start: `start: (x0) => ({ m: x0.map(() => 0), ${places.map((name) => `${name}: x0.map(() => 0)`).join(', ')} }),`,
    given: `{ problem, step, x, state: { m: state, ${places.join(', ')} }, batch }`,
    moved: `v - step * (m[i] + 1e-9 * r${count - 1}[i])`,
    returned: `state: { m, r0: g, ${places
      .slice(1)
      .map((name, k) => `${name}: r${k}`)
      .join(', ')} }`,
  });
};

const another = /^another iteration than is proved$/;
/** Memories that are the textbook's wherever anybody would try them, and why they are not. */
const memories: readonly (readonly [name: string, algorithm: string, why: RegExp])[] = [
  ['it is forgotten where a gradient is 0', mean({ before: ' const s = g[0] === 0 ? g : state;' }), /^an index/],
  ['it is forgotten where all is one number', mean({ before: ' const s = g === x ? g : state;' }), /^\? :$/],
  ['it is forgotten after many iterations', mean({ returned: 'state: step > 0 ? m : x' }), /^\? :$/],
  [
    'a count',
    mean({
      start: 'start: (x0) => ({ m: x0.map(() => 0), t: 0 }),',
      given: '{ problem, step, x, state: { m: state, t }, batch }',
      returned: 'state: { m, t: t + 1 }',
    }),
    /^a memory with a number, which is no vector$/,
  ],
  ['a count in the weights', mean({ start: 'start: () => ({ t: 0 }),', weighted: 'g[i] / (state.t + 1)' }), /^\.map/],
  ['it is not kept', mean({ returned: '' }), /^\.map/],
  ['the gradient is kept', mean({ returned: 'state: g' }), another],
  ['the memory before is kept', mean({ returned: 'state' }), another],
  ['it is kept under another name', mean({ returned: 'memory: m' }), /^\.map/],
  ['it starts at x⁰', mean({ start: 'start: (x0) => x0,' }), another],
  ['it starts at a little of x⁰', mean({ start: 'start: (x0) => x0.map((v) => 1e-20 * v),' }), another],
  ['it starts at a number', mean({ start: 'start: (x0) => x0.map(() => 1e-30),' }), /^map to anything/],
  ['slightly less is kept', mean({ weighted: '(0.5 - 1e-17) * v + 0.5 * g[i]' }), another],
  ['slightly more is new', mean({ weighted: '0.5 * v + (0.5 + 1e-17) * g[i]' }), another],
  [
    'doubles lose it where it is small',
    mean({ weighted: '0.5 * (v * 1e-40 * 1e-40 * 1e-40 * 1e40 * 1e40 * 1e40) + 0.5 * g[i]' }),
    /^a factor of a vector is too large, or too small$/,
  ],
  ['it drifts with x', mean({ weighted: '0.5 * v + 0.5 * g[i] + 1e-20 * x[i]' }), another],
  ['x decays', mean({ moved: '(1 - 1e-20) * v - step * m[i]' }), another],
  ['the step is of the memory before', mean({ moved: 'v - step * state[i]' }), another],
  [
    'a weight of an iteration that is read',
    mean({ given: '{ problem, step, x, state, batch, parameters: { less: α } }', weighted: '(1 - α) * v + α * g[i]' }),
    another,
  ],
  [
    'a weight of 1/L',
    mean({ given: '{ problem, step, x, state, batch, parameters: { ofL: α } }', weighted: '(1 - α) * v + α * g[i]' }),
    another,
  ],
  ['a weight of γ', mean({ weighted: '(1 - step) * v + step * g[i]' }), another],
  ['a weight of n', mean({ weighted: '0.5 * v + 0.5 * g[i] * x.length / x.length' }), /^\.length$/],
  ['a weight of the length of g', mean({ weighted: '0.5 * v + 0.5 * g[i] * Math.hypot(g[i])' }), /^Math\.hypot$/],
  ['a shadow', mean({ weighted: '0.5 * v + ((half) => half * g[i])(1)' }), another],
  ['an entry of its own', mean({ weighted: '0.5 * v + 0.5 * g[0]' }), /^an index/],
  ['a product of memories', mean({ weighted: '0.5 * v + 0.5 * v * g[i]' }), /two vectors/],
  ['it is written to in a map', mean({ weighted: '(state[i] = 0.5 * v + 0.5 * g[i])' }), /^an assignment$/],
  ['it is written to before', mean({ before: ' state[0] = 0;' }), /^a statement/],
  ['it is filled', mean({ before: ' state.fill(0);' }), /^a statement/],
  ['it is sorted', mean({ before: ' const sorted = state.sort();' }), /^\.sort/],
  ['a part of it', mean({ before: ' const part = state.slice(1);' }), /^\.slice/],
  ['x is written to by another name', mean({ before: ' const y = x; y[0] += 1;' }), /^a statement/],
  ['a loop', mean({ before: ' for (let i = 0; i < g.length; i++) g[i] *= 2;' }), /^for$/],
  ['let', mean({ before: ' let α = 0.5;' }), /^let or var$/],
  [
    'a default value',
    mean({ start: '', given: '{ problem, step, x, state = x.map(() => 0), batch }' }),
    /^a default value$/,
  ],
  ['all that is left', mean({ given: '{ problem, step, x, state, batch, ...rest }' }), /^a parameter with more/],
  ['a memory that is added to', mean({ returned: 'state: { ...state, m }' }), /^an object with more/],
  ['a getter', mean({ returned: 'get state() { return m; }' }), /^an object with more/],
  [
    'a getter for the start',
    mean({ start: 'get start() { return (x0) => x0.map(() => 0); },' }),
    /^a constant|not written out/,
  ],
  ['two starts', mean({ start: 'start: (x0) => x0.map(() => 0), start: (x0) => x0,' }), another],
  ['a start that is none', mean({ start: 'start: undefined,' }), /^a field that is no function/],
  ['this', mean({ start: 'start() { return this.zeros; },' }), /^this$/],
  ['a list', mean({ start: 'start: (x0) => [x0, x0],' }), /^a list$/],
  ['another length', mean({ start: 'start: (x0) => new Float64Array(x0.length + 1),' }), /^new, other/],
  ['a length that is a number', mean({ start: 'start: () => new Float64Array(3),' }), /^new, other/],
  ['numbers of less precision', mean({ start: 'start: (x0) => new Float32Array(x0.length),' }), /^new, other/],
  [
    'what is called Float64Array',
    mean({ start: 'start: (x0) => { const Float64Array = two; return new Float64Array(x0.length); },' }),
    /^Float64Array, other/,
  ],
  [
    'it is forgotten in every other iteration',
    mean({
      start: 'start: (x0) => ({ m: x0.map(() => 0), k: undefined }),',
      given: '{ problem, step, x, state: { m: state, k }, batch }',
      before: ' const old = k === undefined ? state.map(() => 0) : state;',
      weighted: '0.5 * old[i] + 0.5 * g[i]',
      returned: 'state: { m, k: k === undefined ? g : undefined }',
    }),
    /^a memory that changes its shape$/,
  ],
  ['a shape that changes', mean({ returned: 'state: { m }' }), /^\.map/],
  ['a vector more', mean({ start: 'start: (x0) => ({ map: x0.map }),' }), /^\.map$/],
  [
    'a name with a dot',
    mean({
      start: "start: (x0) => ({ m: x0.map(() => 0), 'a.b': x0.map(() => 0), a: { b: x0.map(() => 0) } }),",
      given: "{ problem, step, x, state: { m: state, 'a.b': p, a: { b: q } }, batch }",
      moved: 'v - step * m[i] + 1e-20 * (p[i] - q[i])',
      returned: "state: { m, 'a.b': g, a: { b: q } }",
    }),
    another,
  ],
  [
    'undefined is another word',
    mean({ before: ' const undefined = state; const old = state === undefined ? g : state;' }),
    /^\? :$/,
  ],
  [
    'its own name',
    mean({}).replace('iterate(', 'iterate: function half(').replace('0.5 * g', 'half * g'),
    /^arithmetic with a function$/,
  ],
  [
    'a gradient ahead',
    mean({}).replace('(batch, x)', '(batch, x.map((v, i) => v - 1e-9 * state[i]))'),
    /at another point than x$/,
  ],
  ['a gradient of the memory', mean({}).replace('(batch, x)', '(batch, state)'), /at another point than x$/],
  [
    'two gradients',
    mean({ before: ' const h = problem.gradient(x);', weighted: '0.5 * v + g[i] - 0.5 * h[i]' }),
    another,
  ],
  ['chance', mean({ given: '{ problem, step, x, state, batch, chance }' }), /^the constant chance$/],
  ...[1, 2, 3, 4, 7].map((count) => [`a gradient of ${count} iterations before`, delayed(count), another] as const),
];

for (const [name, algorithm, reason] of memories) {
  test(`another memory: ${name}`, (t) => t.regex(whyNoMomentum(algorithm) ?? '', reason, algorithm));
}

test('T steps are read with a count, and with gradients at other points', (t) => {
  const counted = (moved: string, asked = 'z', next = 'y') =>
    `{ name: 'mine', start: (x0) => ({ z: x0, t: 0 }), iterate({ problem, step, x, state: { z, t }, parameters: { α } }) {
      const g = problem.gradient(${asked});
      const y = z.map((v, i) => ${moved});
      return { x: y, state: { z: ${next}, t: t + 1 } };
    } }`;
  const isOther = (
    algorithm: string,
    T: number,
    over: Partial<RunMethod> = {},
    onlyLast = true,
    of: 'gradients' | 'subgradients' | 'proximal-steps' = 'gradients',
  ) =>
    why(() => {
      const run = { ...descentRun(T, rational(1n, 4n), onlyLast), ...over, asked: { of } };
      const schedule = '(T, { lipschitz: L }) => ({ step: 0.25 / L, miniBatch: 1, parameters: { α: 1 / T } })';
      const reading = readSource(file({ schedule, algorithm }), false, { at: T });
      requireIterations(reading, [{ iterations: T, run, onlyLast }], T);
    });
  const plain = 'v - step * g[i]';
  const reading = readSource(file({ algorithm: counted(plain) }), false);
  const asked = { of: 'gradients' } as const;
  const proved = [{ iterations: 2, run: { ...descentRun(2, rational(1n), true), asked }, onlyLast: true }];
  t.is(
    why(() => requireIterations(reading, proved)),
    'another T',
  );
  const other = 'other points than those that are proved';
  for (const T of [1, 2, 3, 4]) {
    for (const onlyLast of [true, false]) t.is(isOther(counted(plain), T, {}, onlyLast), undefined);
  }
  t.is(isOther(counted(plain, 'x'), 3), undefined, 'x and z are the same');
  t.is(isOther(counted(`v - (t === 0 ? step : t < 2 ? 1 * step : 2 * step) * g[i]`), 2), undefined);
  t.is(isOther(counted(`v - (t === 0 ? step : t < 2 ? 1 * step : 2 * step) * g[i]`), 3), other);
  t.is(isOther(counted(plain), 3, { smallest: true }), other);
  // Proximal steps as P(x) and as G(x), and subgradient steps, are each what was asked for, and no other.
  const asking = (body: string) => `{ name: 'steps', iterate: ({ problem, step, x }) => { ${body} } }`;
  const proximal = asking('return { x: problem.mean(x) };');
  const mapping = asking('const g = problem.gradientMapping(x); return { x: x.map((v, i) => v - step * g[i]) };');
  const subgradient = asking('const g = problem.subgradient(x); return { x: x.map((v, i) => v - step * g[i]) };');
  for (const steps of [proximal, mapping]) t.is(isOther(steps, 3, {}, true, 'proximal-steps'), undefined);
  t.is(isOther(subgradient, 3, {}, true, 'subgradients'), undefined);
  t.is(isOther(subgradient, 3, {}, true, 'proximal-steps'), other);
  t.is(isOther(proximal, 3, {}, true, 'subgradients'), other);
  t.is(isOther(proximal, 3), other);
  const twice = asking('const p = problem.mean(x); return { x: x.map((v, i) => 2 * p[i] - v) };');
  t.is(isOther(twice, 3, {}, true, 'proximal-steps'), other);
  const both = asking('return { x: problem.mean(problem.subgradient(x)) };');
  t.is(isOther(both, 3, {}, true, 'proximal-steps'), 'problem.mean beside another question');
  t.is(isOther(counted(plain), 3, { left: [2] }), other);
  t.is(isOther(counted(plain), 3, { left: [9] }), other);
  const later = counted('v - (1 + 1e-20 * t * (t - 1)) * step * g[i]');
  t.deepEqual([isOther(later, 2), isOther(later, 3)], [undefined, other]);
  const ahead = counted(plain, 'z', 'y.map((v, i) => v + 1e-12 * t * (v - x[i]))');
  t.deepEqual([isOther(ahead, 2), isOther(ahead, 3)], [undefined, other]);
  t.deepEqual(
    [3, 4].map((T) => isOther(counted(`${plain} * (α * 3)`), T)),
    [undefined, other],
  );
  t.is(isOther(counted(`${plain} / t`), 1), 'a division by 0');
  t.regex(isOther(counted(plain, 'z.map((v) => v / t)'), 1) ?? '', /^a division by 0$/);
  t.is(isOther(counted(plain).replace('gradient(z)', 'miniBatch(z, z)'), 1), 'problem.miniBatch');
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

test('without an L, a bound is read as one for every γ if it names γ, and M as L‖x⁰ − x*‖', (t) => {
  const inT = (f: RationalFunction) => product(f, inverse(monomial('T', 1)));
  const nothing = { gap: whole(0n), noise: whole(0n), constant: whole(0n), noiseDivisor: whole(1n) };
  const point = { ...nothing, step: whole(1n), distance: inT(inverse(whole(2n))) };
  const whyNot = (of: string, schedule: string, wanted: typeof point, isAnyStep: boolean) =>
    why(() => {
      const { values } = readSource(file({ schedule, of }), false, { from: 1 }, isAnyStep);
      if (values instanceof NotRead) throw values;
      requireRead(values, { fitted: wanted, byCoordinates: false, scale: 1 });
    });
  const schedule = '(T) => ({ step: 3, miniBatch: 1 })';
  t.is(whyNot('(T, { distance }, { step }) => distance.upper ** 2 / (2 * step * T)', schedule, point, true), undefined);
  // With the number that γ is, or another multiple, it is another bound.
  for (const of of [
    '(T, { distance }) => distance.upper ** 2 / (2 * 3 * T)',
    '(T, { distance }, { step }) => distance.upper ** 2 / (1.9 * step * T)',
    '(T, { distance }, { step }) => distance.upper ** 2 / (2 * step ** 2 * T)',
  ])
    t.truthy(whyNot(of, schedule, point, true), of);
  const tuned = '(T, { valueLipschitz: M, distance }) => ({ step: distance.upper / (M * Math.sqrt(T)), miniBatch: 1 })';
  const average = { ...nothing, step: over(1n), distance: over(1n) };
  const ofM = '(T, { valueLipschitz: M, distance }) => M * distance.upper / Math.sqrt(T)';
  t.is(whyNot(ofM, tuned, average, false), undefined);
  t.truthy(whyNot(ofM.replace('M *', 'M ** 2 *'), tuned, average, false));
  t.truthy(whyNot(ofM, tuned.replace('(M *', '(2 * M *'), average, false));
});
