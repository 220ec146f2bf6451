import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ImplementationError, UnsupportedError } from '../claims/implementation/implementation.js';
import { directory } from '../cli/run-directory.test.helper.js';
import type { ProblemSpecification } from '../reference/problem/problem.js';
import { l1, prox, value } from './ask.test.helper.js';
import { loadModule } from './load-module.js';
import { ModuleLoadError, thrownAt, thrownText, wrapModule } from './module-implementation.js';

const description = {
  name: 'tiny',
  version: '1.0.0',
  language: 'javascript',
  dtype: 'f64',
  methods: ['prox', 'telepathy'],
  functions: ['l1'],
  smooth: [],
  algorithms: ['spgm', 'unheard-of'],
};
const x = Float64Array.of(1, -2);
const problem: ProblemSpecification = { smooth: { type: 'zero' }, functions: [l1], probabilities: [1] };
const stepRequest = { algorithm: 'spgm', problem, step: 1, x, indices: [0] } as const;
const runRequest = { ...stepRequest, indices: [[0], [0]] };

const wrap = (methods: Record<string, unknown>, timeout?: number) =>
  wrapModule({ describe: () => description, ...methods }, 'tiny.js', timeout);

/** Writes a module into a directory of its own and removes it after the test. */
const moduleFile = async (t: ExecutionContext, source: string): Promise<string> =>
  join(await directory(t, { 'mine.mjs': source }), 'mine.mjs');

test('a module may export a prox by the name of its function, in camel case', async (t) => {
  const file = await moduleFile(
    t,
    `export const l1 = (y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));
    export function l2Ball(y, step, { radius }) { return Math.hypot(...y) <= radius ? y : [radius, step]; }
    export const notes = 'of no interest';`,
  );
  const { description, ask } = await loadModule(file);
  const { name, methods, functions } = description;
  t.deepEqual({ name, methods, functions }, { name: 'mine.mjs', methods: ['prox'], functions: ['l1', 'l2-ball'] });
  const ofBall = { type: 'l2-ball', radius: 3 };
  t.deepEqual(
    await ask({ method: 'prox', function: { type: 'l1', weight: 2 }, step: 0.5, x: Float64Array.of(4, -0.5) }),
    {
      x: Float64Array.of(3, -0),
    },
  );
  t.deepEqual(await ask({ method: 'prox', function: ofBall, step: 7, x: Float64Array.of(3, 4) }), {
    x: Float64Array.of(3, 7),
  });
  for (const [exported, message] of [
    ['lasso', /mine\.mjs exports lasso, which is no function of the vocabulary \(did you mean l1\?\)$/],
    ['hubr', /exports hubr, which .* \(did you mean huber\?\)$/],
    ['prox', /has no default export with a describe\(\) method$/],
  ] as const) {
    const wrong = await moduleFile(t, `export const ${exported} = (y) => y; export const l1 = (y) => y;`);
    await t.throwsAsync(loadModule(wrong), { instanceOf: ModuleLoadError, message });
  }
});

test('a module that cannot be loaded gives one line that names the file', async (t) => {
  await t.throwsAsync(loadModule('/no/such/file.js'), {
    instanceOf: ModuleLoadError,
    message: 'no module at /no/such/file.js: give the path of a JavaScript file with a default export',
  });
  await t.throwsAsync(loadModule('/'), {
    instanceOf: ModuleLoadError,
    message: '/ is a directory: give the path of a JavaScript file with a default export',
  });
  const sources: readonly (readonly [string, RegExp])[] = [
    ['export default {', /mine\.mjs does not load: Unexpected end of input; try node .*mine\.mjs$/],
    [`throw new Error('first line\\nsecond line');`, /mine\.mjs does not load: first line; try node/],
    [`throw 'text';`, /mine\.mjs does not load: text;/],
    ['export const prox = 1;', /mine\.mjs has no default export with a describe\(\) method$/],
    ['export default null;', /has no default export with a describe\(\) method$/],
    ['export default { describe: 1 };', /has no default export with a describe\(\) method$/],
    [`export default { describe() { throw new Error('no'); } };`, /describe\(\) of .*mine\.mjs throws: no$/],
    ['export default { describe: () => undefined };', /describe\(\) of .*mine\.mjs is not valid: the value: /],
    [
      'export default { describe: () => ({ name: "x", functions: "l1", methods: [1] }) };',
      /describe\(\) of .* is not valid: version, language, dtype, smooth, algorithms are missing; methods\.0: .*; functions: .*array/,
    ],
    ['export default { describe: () => ({}) };', /is not valid: name, .* are missing$/],
  ];
  for (const [source, message] of sources) {
    await t.throwsAsync(loadModule(await moduleFile(t, source)), { instanceOf: ModuleLoadError, message }, source);
  }
  await t.throwsAsync(loadModule(await moduleFile(t, 'await new Promise(() => {});'), 20), {
    message: /mine\.mjs does not load: nothing after 20 ms/,
  });
});

test('a description keeps known fields and is rejected if it is invalid', async (t) => {
  const { description: known } = wrap({});
  t.deepEqual(known.methods, ['prox']);
  t.deepEqual(known.algorithms, ['spgm']);
  t.deepEqual(known.conventions, { signOfZero: 'unknown', halfInSquaredNorm: true });
  t.is(known.accuracy, undefined);
  const describe = (change: object) => () =>
    wrapModule({ describe: () => ({ ...description, ...change }) }, 'tiny.js').description;
  t.deepEqual(describe({ accuracy: { l1: 1e-6 } })().accuracy, { l1: 1e-6 });
  t.is(describe({ dtype: 'f32' })().dtype, 'f32');
  for (const [change, field] of [
    [{ dtype: 'f8' }, 'dtype'],
    [{ name: '' }, 'name'],
    [{ functions: 'l1' }, 'functions'],
    [{ methods: [1] }, String.raw`methods\.0`],
    [{ conventions: { signOfZero: 'maybe' } }, String.raw`conventions\.signOfZero`],
    [{ accuracy: { l1: 0 } }, String.raw`accuracy\.l1`],
    [{ accuracy: { l1: 2 } }, String.raw`accuracy\.l1`],
  ] as const) {
    t.throws(describe(change), { message: new RegExp(`^describe\\(\\) of tiny\\.js is not valid: ${field}: `) });
  }
});

test('answers of synchronous and asynchronous methods reach the caller as new vectors', async (t) => {
  const answer = [-0, Number.NaN];
  const mine = wrap({
    prox: () => answer,
    value: async () => 2.5,
    gradient: async () => new Float64Array(answer),
    step: ({ indices }: { indices: number[] }) => [...indices, 1],
    run: () => ({ x: answer, trajectory: [[1, 3], new Float32Array([2, 4])] }),
    sample: () => [4, 5],
  });
  const expected = new Float64Array(answer);
  const returned = await prox(mine, x);
  t.deepEqual(returned, expected);
  t.true(Object.is(returned[0], -0));
  answer[0] = 9;
  t.true(Object.is(returned[0], -0));
  answer[0] = -0;
  t.is(await value(mine, x), 2.5);
  t.deepEqual((await mine.ask({ method: 'gradient', function: l1, x })).x, expected);
  t.deepEqual((await mine.ask({ method: 'step', ...stepRequest })).x, Float64Array.of(0, 1));
  t.deepEqual(await mine.ask({ method: 'run', ...runRequest }), {
    ...{ x: expected, trajectory: [Float64Array.of(1, 3), Float64Array.of(2, 4)] },
  });
  t.deepEqual((await mine.ask({ method: 'sample', probabilities: [0.5, 0.5], count: 9, seed: 1 })).counts, [4, 5]);
  t.deepEqual(await wrap({ run: () => ({ x: answer }) }).ask({ method: 'run', ...runRequest }), { x: expected });
});

test('methods get plain arrays, and writes to them are noticed', async (t) => {
  const seen: unknown[] = [];
  const scribble = (vector: number[]): number[] => {
    seen.push(Array.isArray(vector));
    vector[0] = 77;
    return [0, 0];
  };
  const mine = wrap({
    prox: (_: unknown, __: unknown, vector: number[]) => scribble(vector),
    step: (request: { x: number[]; indices: number[]; problem: { probabilities: number[] } }) => {
      request.indices[0] = 5;
      request.problem.probabilities[0] = 0;
      return scribble(request.x);
    },
  });
  const input = x.slice();
  await prox(mine, input);
  t.deepEqual(input, Float64Array.of(77, -2));
  const request = { ...stepRequest, x: x.slice() };
  await mine.ask({ method: 'step', ...request });
  t.deepEqual(request.x, Float64Array.of(77, -2));
  // The rest of a request belongs to the suite.
  t.deepEqual([request.indices, request.problem.probabilities], [[0], [1]]);
  t.deepEqual(seen, [true, true]);
});

test('answers of a wrong shape are reported with the actual and the right shape', async (t) => {
  const misshapen = async (promise: Promise<unknown>, message: RegExp): Promise<void> => {
    const error = await t.throwsAsync(promise, { instanceOf: ImplementationError, message });
    t.is(error?.kind, 'shape');
  };
  for (const [wrong, shown] of [
    [undefined, 'undefined'],
    [null, 'null'],
    [3, '3'],
    [['1'], String.raw`\["1"\]`],
    [[1, null], String.raw`\[1,null\]`],
    [{ x: [1] }, String.raw`\{"x":\[1\]\}`],
  ] as const) {
    const message = new RegExp(`^returned ${shown}, right is an array of \\d numbers?$`);
    const mine = wrap({ prox: () => wrong, step: () => wrong, sample: () => wrong });
    await misshapen(prox(mine, x), message);
    await misshapen(mine.ask({ method: 'step', ...stepRequest }), message);
    await misshapen(mine.ask({ method: 'sample', probabilities: [1], count: 1, seed: 1 }), message);
  }
  for (const wrong of [[1], '1', null]) {
    await misshapen(value(wrap({ value: () => wrong }), x), /^returned .*, right is a number$/);
  }
  for (const wrong of [undefined, null, [], { x: 'x' }, { x: [1, 2], trajectory: [['a']] }]) {
    await misshapen(
      wrap({ run: () => wrong }).ask({ method: 'run', ...runRequest }),
      /^returned .*, right is an array of 2 numbers$/,
    );
  }
  await misshapen(
    wrap({ run: () => ({ x: [1, 2], trajectory: 5 }) }).ask({ method: 'run', ...runRequest }),
    /^returned 5, right is a trajectory that is an array$/,
  );
  const long = await t.throwsAsync(value(wrap({ value: () => 'y'.repeat(5000) }), x));
  t.true(long!.message.length < 200);
});

test('an error or a missing answer of a method is the implementation\u2019s failure; "unsupported" is not', async (t) => {
  const failing = wrap({
    prox() {
      throw new Error('overflow\nat line 3');
    },
    async value() {
      throw 'text';
    },
    gradient() {
      throw Object.assign(new Error('no gradient of l1'), { code: 'unsupported' });
    },
    run: () => Promise.reject(),
  });
  const error = await t.throwsAsync(prox(failing, x), { instanceOf: ImplementationError });
  t.is(error?.kind, 'error');
  t.regex(error!.message, /^prox throws: overflow at module-implementation\.test\.[jt]s:\d+ in prox$/);
  await t.throwsAsync(value(failing, x), { instanceOf: ImplementationError, message: 'value throws: text' });
  for (const [question, refusal] of [
    [
      { method: 'gradient', function: l1, x },
      { instanceOf: UnsupportedError, message: 'no gradient of l1' },
    ],
    [{ method: 'run', ...runRequest }, { message: 'run throws: undefined' }],
    [
      { method: 'step', ...stepRequest },
      { instanceOf: UnsupportedError, message: 'step is not implemented' },
    ],
  ] as const) {
    await t.throwsAsync(failing.ask(question), refusal);
  }

  const hanging = wrap({ prox: () => new Promise(() => {}) }, 20);
  const late = await t.throwsAsync(prox(hanging, x), { instanceOf: ImplementationError });
  t.deepEqual([late?.kind, late?.message], ['timeout', 'prox did not answer within 20 ms']);
});

/** An error with the stack that Node would have given it. */
const thrown = (error: Error, ...lines: string[]): Error =>
  Object.assign(error, {
    stack: [`${error.name}: ${error.message}`, ...lines.map((line) => `    at ${line}`)].join('\n'),
  });

const own = 'shrink (file:///home/me/mine.mjs:12:7)';

test("the place of an error is the first stack line in a user's file", (t) => {
  const error = new TypeError('y is not iterable');
  const inNode = 'Array.from (<anonymous>)';
  const inPackage = 'inverse (file:///home/me/node_modules/ml-matrix/matrix.js:3:1)';
  const onWindows = 'inverse (C:\\me\\node_modules\\ml-matrix\\matrix.js:3:1)';
  t.is(thrownAt(thrown(error, own)), 'mine.mjs:12 in shrink');
  t.is(thrownAt(thrown(error, inNode, inPackage, own)), 'mine.mjs:12 in shrink');
  t.is(thrownAt(thrown(error, onWindows, 'C:\\me\\mine.mjs:12:7')), 'mine.mjs:12');
  t.is(thrownAt(thrown(error, inNode, inPackage)), undefined);
  t.is(thrownAt('no error'), undefined);
});

test('a thrown value is one line with its type, unless that is Error', (t) => {
  t.is(thrownText(thrown(new TypeError('bad\nworse'), own)), 'TypeError: bad at mine.mjs:12 in shrink');
  t.is(thrownText(thrown(new Error('bad'), own)), 'bad at mine.mjs:12 in shrink');
  t.is(thrownText('a word'), 'a word');
  t.is(thrownText(new Error('x'.repeat(1000))).match(/x+/)![0].length, 300);
});
