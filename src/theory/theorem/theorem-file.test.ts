import test from 'ava';
import { atSchedule } from './named-schedules.js';
import { TheoremFileError } from './theorem-fields.js';
import { readTheoremFile } from './theorem-file.js';

const theorem = {
  id: 'my-bound',
  statement: 'E ≤ b',
  hypotheses: ['fixed-smooth', { id: 'mine', statement: 'x ≥ 0', search: () => undefined }],
  algorithm: 'sgd',
  schedule: () => ({ step: 1, miniBatch: 1 }),
  term: 'squared-gradient',
  bound: () => 1,
};
const instance = {
  name: 'line',
  problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
  start: [1],
};

test('a theorem, its instances and its controls are read unchanged, with a default source', (t) => {
  const controls = [{ name: 'half', bound: 0.5 }];
  const read = readTheoremFile({ theorem, instances: [instance], controls });
  t.is(read.theorem.id, 'my-bound');
  t.deepEqual(read.theorem.source, { section: 'a theorem of its own', equation: 'my-bound' });
  t.deepEqual(read.theorem.schedule(1, { dimension: 1 }), { step: 1, miniBatch: 1 });
  t.deepEqual(
    read.instances.map(({ name, start }) => [name, start]),
    [['line', [1]]],
  );
  t.deepEqual(read.controls, controls);
  t.deepEqual(readTheoremFile({ default: theorem }).instances, []);
});

test('an invalid theorem is one line with the field, its value and the expected value', (t) => {
  const refused = (exported: Record<string, unknown>): string =>
    t.throws(() => readTheoremFile(exported), { instanceOf: TheoremFileError }).message;
  const changed = (fields: object) => refused({ theorem: { ...theorem, ...fields } });
  const messages = [
    [refused({}), /^theorem must be an object with id, .+, got undefined$/],
    [changed({ id: 'My Bound' }), /^theorem\.id must be words in lower case .+, got "My Bound"$/],
    [changed({ statement: 'two\nlines' }), /^theorem\.statement must be one line of text/],
    [changed({ bound: {} }), /^theorem\.bound must be a formula, such as 1\/\(L√T\), got \{\}$/],
    [changed({ bound: '2Δ/(' }), /^theorem\.bound: after "2Δ\/\(": an operand is missing, column 5$/],
    [
      changed({ schedule: { step: '1/Δ_0' } }),
      /^theorem\.schedule\.step: after "1\/Δ": "_" is no part of the formula, column 4$/,
    ],
    [
      changed({ algorithm: { name: 'mine', step: ['y = x'] }, schedule: { step: '1/L' } }),
      /^theorem\.algorithm\.step\[0\]: .*"y" is none/,
    ],
    [
      changed({ algorithm: { name: 'mine', step: ['x = x − γ'] }, schedule: { step: '1/L' } }),
      /^theorem\.algorithm\.step\[0\]: a number is added to a vector/,
    ],
    [changed({ cap: 3 }), /^theorem\.cap must be a function, got 3$/],
    [changed({ bond: () => 1 }), /^theorem has no field bond \(did you mean bound\?\)$/],
    [changed({ term: 'squared-gradent' }), /^theorem\.term must be .+ \(did you mean squared-gradient\?\)$/],
    [changed({ algorithm: 'spg' }), /^theorem\.algorithm must be gradient-descent, .+, got "spg"/],
    [changed({ algorithm: { name: 'mine' } }), /^theorem\.algorithm\.iterate must be a function, got undefined$/],
    [
      changed({ hypotheses: ['assumption-1e'] }),
      /^theorem\.hypotheses\[0\] must be .+ \(did you mean assumption-1a\?\)$/,
    ],
    [
      changed({ hypotheses: [{ id: 'mine' }] }),
      /^theorem\.hypotheses\[0\]\.statement must be one line of text, got undefined$/,
    ],
    [changed({ hypotheses: undefined }), /^theorem\.hypotheses must be an array .+ or \[\] .+, got undefined$/],
    [
      changed({ hypotheses: ['fixed-smooth', 'fixed-variance', 'fixed-smooth'] }),
      /^theorem\.hypotheses\[2\] is fixed-smooth once more$/,
    ],
    [
      changed({ inverseConditionNumber: 10, hypotheses: ['fixed-strongly-convex'] }),
      /^theorem\.inverseConditionNumber must be μ\/L, a number > 0 and ≤ 1, got 10$/,
    ],
    [
      changed({ inverseConditionNumber: 0.1 }),
      /^theorem\.inverseConditionNumber needs fixed-strongly-convex or d-strongly-convex among the hypotheses$/,
    ],
    [
      changed({ hypotheses: [{ id: 'd-convex', statement: 'd is convex' }] }),
      /^theorem\.hypotheses\[0\]\.id is that of a hypothesis of the suite: give "d-convex" alone, or another id$/,
    ],
    [changed({ delta: 1 }), /^theorem\.delta must be δ of .+ between 0 and 1, got 1$/],
    [
      changed({ delta: 0.1, relation: 'at-least' }),
      /^theorem\.relation is at-least, and delta is for a bound from above/,
    ],
    [changed({ delta: 0.1, sharp: () => 1 }), /^theorem\.sharp is about a mean/],
    [changed({ relation: 'below' }), /^theorem\.relation must be at-most or at-least/],
    [changed({ objective: 'plain' }), /^theorem\.objective must be proximal-average or fixed/],
    [changed({ onlyLast: 1 }), /^theorem\.onlyLast must be true or nothing/],
    [changed({ schedules: ['tuned'] }), /^theorem\.schedules must be \{ name: \{ statement \} \}, got \["tuned"\]$/],
    [
      changed({ schedules: { Tuned: {} } }),
      /^a name in theorem\.schedules must be words in lower case .+, got "Tuned"$/,
    ],
    [
      changed({ schedules: { own: { statement: 'x' } } }),
      /^theorem\.schedules\.own: own is what the theorem prescribes/,
    ],
    [changed({ schedules: { tuned: {} } }), /^theorem\.schedules\.tuned\.statement must be one line of text/],
    [changed({ schedules: { tuned: { statement: 'x', bound: 1 } } }), /^theorem\.schedules\.tuned has no field bound$/],
    [
      changed({ schedules: { tuned: { statement: 'x', hypotheses: ['fixed-smoth'] } } }),
      /^theorem\.schedules\.tuned\.hypotheses\[0\] must be .+ \(did you mean fixed-smooth\?\)$/,
    ],
    [refused({ theorem, instances: {} }), /^instances must be an array, got \{\}$/],
    [
      refused({ theorem, instances: [{ ...instance, start: [Number.NaN] }] }),
      /^instances\[0\]\.start must be x⁰ as an array of finite numbers, got \[null\]$/,
    ],
    [refused({ theorem, instances: [{ ...instance, problem: {} }] }), /^instances\[0\]\.problem: .+functions/],
    [
      refused({ theorem, controls: [{ name: 'nothing' }] }),
      /^controls\[0\] changes nothing: give step, bound or sigma/,
    ],
    [refused({ theorem, controls: [{ name: 'x', bound: -1 }] }), /^controls\[0\]\.bound must be a factor ≥ 0, got -1$/],
  ] as const;
  for (const [message, expected] of messages) t.regex(message, expected);
  const scheduled = (schedule: unknown) =>
    t.throws(() =>
      readTheoremFile({ theorem: { ...theorem, schedule: () => schedule } }).theorem.schedule(1, { dimension: 1 }),
    ).message;
  t.regex(
    scheduled({ step: 1, miniBatch: 1.5 }),
    /^miniBatch of theorem\.schedule at T = 1 must be an integer B ≥ 1, got 1\.5$/,
  );
  t.regex(
    scheduled({ step: 1, miniBatch: 1, chosen: 3 }),
    /^chosen of theorem\.schedule must be one line of text, got 3$/,
  );
  t.regex(scheduled(undefined), /^theorem\.schedule at T = 1 must be \{ step, miniBatch \}, got undefined$/);
  t.regex(
    scheduled({ step: 1, miniBatch: 1, parameters: { momentum: 'much' } }),
    /^momentum in parameters of theorem\.schedule must be a finite number, got "much"$/,
  );
  t.regex(
    scheduled({ step: 1, miniBatch: 1, parameters: 0.9 }),
    /^parameters of theorem\.schedule must be numbers by name, got 0\.9$/,
  );
  const told = { step: 1, miniBatch: 1, parameters: { momentum: 0.9 } };
  const { schedule } = readTheoremFile({ theorem: { ...theorem, schedule: () => told } }).theorem;
  t.deepEqual(schedule(1, { dimension: 1 }), told);
});

test('an error or a wrong value of a function of the theorem names the function', (t) => {
  const { theorem: broken } = readTheoremFile({
    theorem: {
      ...theorem,
      schedule(T: number) {
        if (T === 1) throw new RangeError('no step for T = 1');
        throw new TypeError('no such field');
      },
      bound: (T: number) => (T === 4 ? Number.NaN : 1),
      cap: () => undefined,
      term() {
        throw new Error('oh no');
      },
    },
  });
  const message = (run: () => unknown) => t.throws(run)!.message;
  const [constants, schedule] = [
    { dimension: 1, gap: { lower: 0, upper: 0 } },
    { step: 1, miniBatch: 1 },
  ];
  t.is(
    message(() => broken.schedule(4, constants)),
    'my-bound: schedule threw: no such field',
  );
  t.throws(() => broken.schedule(1, constants), { instanceOf: RangeError, message: 'no step for T = 1' });
  t.is(
    message(() => broken.bound(4, constants, schedule)),
    'my-bound: bound is NaN at T = 4, where f(x⁰) − f* = 0: it must be a finite number ≥ 0',
  );
  t.is(broken.bound(1, constants, schedule), 1);
  t.is(broken.cap!(undefined as never, new Float64Array(1), 4, constants), undefined);
  const term = broken.term as (...given: readonly unknown[]) => number;
  t.is(
    message(() => term()),
    'my-bound: term threw: oh no',
  );
});

test('every function of the theorem gets the name of the requested schedule, by default its own', (t) => {
  const told: string[] = [];
  const tell =
    <Result>(result: Result) =>
    (...given: readonly unknown[]) => {
      told.push((given.at(-1) as { schedule: string }).schedule);
      return result;
    };
  const { theorem: read } = readTheoremFile({
    theorem: {
      ...theorem,
      schedules: { tuned: { statement: 'E ≤ c', hypotheses: ['fixed-variance'] } },
      schedule: tell({ step: 1, miniBatch: 1, chosen: 'by hand' }),
      ...{ bound: tell(1), sharp: tell(1), cap: tell(1) },
    },
  });
  const constants = { dimension: 1, gap: { lower: 0, upper: 0 } };
  for (const name of ['own', 'tuned']) {
    const at = atSchedule(read, name);
    const schedule = at.schedule(1, constants);
    t.deepEqual(schedule, { step: 1, miniBatch: 1, chosen: 'by hand' });
    at.bound(1, constants, schedule);
    at.sharp!(1, constants, schedule);
    at.cap!(undefined as never, new Float64Array(1), 1, constants);
    t.deepEqual(told.splice(0), [name, name, name, name]);
  }
  t.is(atSchedule(read, 'tuned').statement, 'E ≤ c');
});
