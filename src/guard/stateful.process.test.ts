import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { ImplementationError, type StatefulStepRequest } from '../claims/implementation/implementation.js';
import { reference } from '../claims/implementation/reference.js';
import { prox } from './ask.test.helper.js';
import { loadModule } from './load-module.js';
import { wrapModule } from './module-implementation.js';
import { moduleServer, openModule } from './module-process.js';
import { openProcess, type ProcessImplementation } from './process-implementation.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { handshakeOf, helloSchema } from './protocol/replies.js';

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string => fileURLToPath(new URL(`../../../fixtures/adapters/${path}`, import.meta.url));

startWithoutCoverage();

const huber = { type: 'huber', weight: 1, threshold: 0.5 };
const gradient = [1.5, -0.75];
const gradients = [gradient, [0.5, 1], gradient];
const every = { algorithm: 'momentum-sgd', hyperparameters: { momentum: 0.5, nesterov: true }, step: 0.5 } as const;
const one = { ...every, gradient };
const start = (): Float64Array => Float64Array.of(1, -0.25);

/** An adapter whose `hello` and `step` are written here: text in, text of `ok` out. */
async function withScript(
  hello: Readonly<Record<string, unknown>>,
  step: string,
  use: (adapter: ProcessImplementation) => Promise<void>,
): Promise<void> {
  const said = {
    ...{ protocol: '2.0', implementation: { name: 'script' }, methods: ['step', 'run', 'prox'] },
    ...{ functions: ['huber'], smooth: ['quadratic'], algorithms: ['momentum-sgd', 'sgd'], ...hello },
  };
  const source = `
    import { createInterface } from 'node:readline';
    const hello = ${JSON.stringify(JSON.stringify(said))};
    const step = ${step};
    for await (const line of createInterface({ input: process.stdin })) {
      const { id, method, x } = JSON.parse(line);
      const ok = { hello: () => hello, echo: () => JSON.stringify({ x }), bye: () => '{}' }[method] ?? (() => step(line));
      process.stdout.write('{"id":' + id + ',"ok":' + ok() + '}\\n');
      if (method === 'bye') process.exit(0);
    }`;
  const command = ['node', '--input-type=module', '-e', source];
  const adapter = await openProcess({ command, seed: '1', timeout: 20_000 });
  try {
    await use(adapter);
  } finally {
    await adapter.close();
  }
}

const failureOf = async (t: ExecutionContext, call: Promise<unknown>): Promise<string> => {
  const { kind, message } = (await t.throwsAsync(call, { instanceOf: ImplementationError }))!;
  return `${kind}: ${message}`;
};

test('a state comes back as written, and null means that there is none', async (t) => {
  // The state has in it what a parser in JavaScript would change, and the next request must have the same text.
  const state = String.raw`{"b": -0, "1": 9007199254740993, "b": [1e999, "\u0041"]}`;
  const step = `(line) => {
    const state = ${JSON.stringify(state)};
    const came = line.includes('"state":null') ? '3ff0000000000000' : line.includes('"state":' + state) ? '4000000000000000' : '0000000000000000';
    return '{"x": ["' + came + '", "' + came + '"], "state": ' + state + '}';
  }`;
  await withScript({}, step, async (adapter) => {
    const first = await adapter.ask({ method: 'step', ...one, x: start(), state: null });
    const second = await adapter.ask({ method: 'step', ...one, x: start(), state: first.state });
    t.deepEqual([...first.x, ...second.x], [1, 1, 2, 2]);
    // Calls that wait together travel in a batch where that is offered; here one by one.
    const several = [1, 2, 3].map(() => adapter.ask({ method: 'step', ...one, x: start(), state: second.state }));
    t.deepEqual(
      (await Promise.all(several)).map(({ x }) => x[0]),
      [2, 2, 2],
    );
  });
});

test('steps that are known to follow are made with one request, and asked for one by one', async (t) => {
  // Every iteration adds its γ to x, and the state counts them; γ = 8 is refused.
  const step = `(line) => {
    const bits = new DataView(new ArrayBuffer(8));
    const decode = (hex) => (bits.setBigUint64(0, BigInt('0x' + hex)), bits.getFloat64(0));
    const encode = (value) => (bits.setFloat64(0, value), bits.getBigUint64(0).toString(16).padStart(16, '0'));
    const { x, state, step, ahead } = JSON.parse(line);
    const steps = [step, ...(ahead ?? []).map((next) => next.step)].map(decode);
    globalThis.asked = (globalThis.asked ?? 0) + 1;
    if (steps.includes(8)) return '{}';
    let at = x.map(decode);
    const trajectory = steps.map((gamma) => (at = at.map((value) => value + gamma)).map(encode));
    const counted = { count: (state?.count ?? 0) + steps.length, asked: globalThis.asked };
    return JSON.stringify({ x: trajectory.at(-1), state: counted, ...(ahead && { trajectory }) });
  }`;
  const ahead = [
    { step: 1, gradient },
    { step: 2, gradient },
  ];
  await withScript({ ahead: true }, step, async (adapter) => {
    t.true(adapter.seesAhead);
    const question = { method: 'step' as const, ...one };
    const ask = async (more: Partial<StatefulStepRequest>) =>
      adapter.ask({ ...question, x: start(), state: null, ...more });
    const first = await ask({ ahead });
    const second = await ask({ ...first, step: 1, ahead: ahead.slice(1) });
    const third = await ask({ ...second, step: 2 });
    t.deepEqual([...first.x, ...second.x, ...third.x], [1.5, 0.25, 2.5, 1.25, 4.5, 3.25]);
    t.deepEqual(third.state, '{"count":3,"asked":1}');
    // Another γ than was planned, and another x: from the state in the middle, which is asked for.
    t.is((await ask({ ...second, step: 4 })).state, '{"count":3,"asked":3}');
    const moved = await ask({ ...second, x: start(), step: 2 });
    t.deepEqual([...moved.x, moved.state], [3, 1.75, '{"count":3,"asked":5}']);
    // An iteration that is not answered leaves those before it.
    const before = await ask({ ahead: [{ step: 8, gradient }] });
    t.deepEqual([...before.x], [1.5, 0.25]);
    t.regex(await failureOf(t, ask({ ...before, step: 8 })), /^protocol: /);
  });
});

test('hyperparameters are sent in the agreed encoding, and a request names the variant', async (t) => {
  const step = `(line) => {
    const { hyperparameters, variant } = JSON.parse(line);
    const right = hyperparameters === undefined || (hyperparameters.momentum === '3fe0000000000000' && hyperparameters.nesterov === true);
    const way = { loop: '3ff0000000000000', fused: '4000000000000000' }[variant];
    return JSON.stringify({ x: right ? [way, way] : [], state: 0 });
  }`;
  await withScript({ variants: ['loop', 'fused'] }, step, async (adapter) => {
    t.deepEqual(adapter.description.variants, ['loop', 'fused']);
    const remembering = async (variant?: string) =>
      (await adapter.ask({ method: 'step', ...one, x: start(), state: null, ...(variant && { variant }) })).x[0];
    t.deepEqual([await remembering(), await remembering('fused')], [1, 2], 'the first where none is named');
    const problem = { smooth: { type: 'zero' }, functions: [huber], probabilities: [1] };
    const plain = { problem, step: 0.5, x: start(), indices: [0] };
    t.is((await adapter.ask({ method: 'step', algorithm: 'sgd', ...plain, variant: 'fused' })).x[0], 2);
    t.is((await adapter.ask({ method: 'run', algorithm: 'sgd', ...plain, indices: [[0]] })).x[0], 1);
    t.is((await adapter.ask({ method: 'run', ...every, x: start(), gradients, variant: 'fused' })).x[0], 2);
  });
});

test('with inPlace the reply must have x as it is after the call', async (t) => {
  const [two, three] = ['4000000000000000', '4008000000000000'];
  const step = `(line) => JSON.stringify({ x: JSON.parse(line).x, state: 0, input: ['${two}', '${three}'] })`;
  await withScript({ inPlace: true }, step, async (adapter) => {
    const [x, y] = [start(), start()];
    await adapter.ask({ method: 'step', ...one, x, state: null });
    await prox(adapter, y, huber);
    t.deepEqual([...x, ...y], [2, 3, 2, 3]);
  });
  await withScript({ inPlace: true }, '(line) => JSON.stringify({ x: JSON.parse(line).x })', async (adapter) => {
    const told = await failureOf(t, prox(adapter, start(), huber));
    t.regex(told, /^protocol: .* input: not an array of numbers, which inPlace declares$/);
  });
});

test('hello declares algorithms with memory, variants and inPlace', (t) => {
  const hello = {
    ...{ protocol: '2.0', implementation: { name: 'mine' }, methods: ['step'], algorithms: ['sgd', 'lion'] },
    ...{ variants: ['fused'], inPlace: true },
  };
  const { description } = handshakeOf(helloSchema.parse(hello));
  t.deepEqual([description.statefulAlgorithms, description.variants, description.inPlace], [['lion'], ['fused'], true]);
  t.is(description.unknown, undefined);
  t.false(helloSchema.safeParse({ ...hello, variants: ['fused', 'fused'] }).success);
});

test('a module keeps its state like a program, and later writes to it have no effect', async (t) => {
  const module = fixture('../mutants/library.js');
  const [inside, beside, program] = [
    await loadModule(module),
    await openModule(module, { seed: '1' }),
    await openProcess({ command: ['node', moduleServer, module], seed: '1' }),
  ];
  const expected = await reference.ask({ method: 'run', ...every, x: start(), gradients });
  for (const implementation of [inside, beside, program]) {
    let x = start();
    let state: unknown = null;
    for (let step = 0; step < 3; step++) {
      ({ x, state } = await implementation.ask({ method: 'step', ...one, gradient: gradients[step]!, x, state }));
      t.deepEqual(x, expected.trajectory![step]);
    }
    const run = await implementation.ask({ method: 'run', ...every, x: start(), gradients });
    t.deepEqual(run, expected);
  }
  await Promise.all([beside.close(), program.close()]);
});

test('a run of a module is written as calls of it that return the same', async (t) => {
  const module = fixture('../mutants/library.js');
  const mine = await openModule(module, { seed: '1', timeout: 20_000 });
  const run = { method: 'run', ...every, x: start(), gradients } as const;
  const expected = await reference.ask(run);
  const shown = {
    run: 'console.log(JSON.stringify((await mine.run($1)).x));',
    steps: 'console.log(JSON.stringify(x));',
  };
  for (const steps of [undefined, [0.5, 0.25, 0.25]]) {
    for (const way of ['run', 'steps'] as const) {
      const asked = { ...run, ...(steps && { steps }) };
      const { x, text } = await mine.program!({ ...asked, x: start() }, way);
      t.deepEqual(x, steps === undefined ? expected.x : (await reference.ask({ ...asked, x: start() })).x);
      const program = way === 'run' ? text.replace(/await mine\.run\((.*)\);$/, shown.run) : `${text}\n${shown.steps}`;
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        encoding: 'utf8',
      });
      t.deepEqual(JSON.parse(stdout || 'null'), [...x], `${program}\n${stderr}`);
    }
  }
  await mine.close();
});

test('a module must return x and a state of plain data from a step', async (t) => {
  const describe = () => ({
    ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: ['step'], functions: [] },
    ...{ smooth: [], algorithms: ['momentum-sgd'] },
  });
  const answer = (reply: unknown) =>
    wrapModule({ describe, step: () => reply }, 'mine').ask({ method: 'step', ...one, x: start(), state: null });
  t.is(await failureOf(t, answer({ x: [1, 2] })), 'shape: returned {"x":[1,2]}, right is a state beside x');
  t.regex(
    await failureOf(t, answer({ x: [1, 2], state: () => 1 })),
    /^protocol: the state of a step must be plain data: /,
  );
  t.regex(await failureOf(t, answer([1, 2])), /^shape: returned /);
  const kept = { buffer: [1] };
  const { state } = await answer({ x: [1, 2], state: kept });
  kept.buffer[0] = 2;
  t.deepEqual(state, { buffer: [1] });
});
