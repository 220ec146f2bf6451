import test from 'ava';
import { type Asked, AskedSoFar, joinAsked } from './asked.js';
import type { Call } from './implementation/call.js';

const subject = { name: 'prox of l1', level: 0 } as const;

const about = (r: object, ...entries: readonly number[]): Call => ({
  subject,
  given: { r, γ: 0.5, x: Float64Array.from(entries) },
  ask: async () => undefined,
});

const call = (weight: number, ...entries: readonly number[]): Call => about({ type: 'l1', weight }, ...entries);

function askedIn(calls: readonly Call[]): Asked {
  const asked = new AskedSoFar();
  for (const each of calls) asked.take([each], subject.name);
  return asked.summary();
}

test('what was asked depends neither on the order of the questions nor on how they are split up', (t) => {
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const calls = [
    ...[call(0, -0), call(1, 0, -2), call(2, 3), call(0.5, ...special), about({ type: 'box', upper: 1, lower: -1 }, 1)],
    ...Array.from({ length: 9 }, (_, i) => call(2 ** -i, i - 4, i + 0.5)),
  ];
  const whole = askedIn(calls);
  t.deepEqual(whole.numbers, {
    lower: { values: [-1] },
    n: { values: [1, 2, 3] },
    upper: { values: [1] },
    weight: { from: 2 ** -8, to: 2, also: ['0'] },
    x: { from: 0.5, to: 8.5, also: ['0', '−0', 'negative', '∞', '−∞', 'NaN'] },
    γ: { values: [0.5] },
  });
  t.is(JSON.stringify(askedIn(calls.toReversed())), JSON.stringify(whole));
  for (let cut = 0; cut <= calls.length; cut++) {
    const parts = [calls.slice(cut), calls.slice(0, cut)].map((part) => [subject.name, askedIn(part)] as const);
    t.is(JSON.stringify(joinAsked(parts)), JSON.stringify({ [subject.name]: whole }), `${cut}`);
    // Shards repeat what others have asked.
    t.deepEqual(joinAsked([...parts, ...parts]), { [subject.name]: whole });
  }
});

test('shapes and batches are kept', (t) => {
  const of = (layout: object, ...entries: readonly number[]): Call => ({
    ...call(1, ...entries),
    given: { ...call(1, ...entries).given, ...layout },
  });
  const { words } = askedIn([call(1, 1), of({ shape: [1, 2] }, 1, 2), of({ shape: [2, 1, 1], batch: true }, 1, 2)]);
  t.deepEqual(words, { batch: ['on'], shape: ['1 × 2', '2 × 1 × 1'] });
  t.deepEqual(askedIn([call(1, 1)]).words, {});
});

test('of a run its length and schedule are kept, of a step its mini-batch', (t) => {
  const of = (name: string, given: Call['given']): Call => ({ ...call(1, 1), subject: { name, level: 0 }, given });
  const told = (name: string, given: Call['given']): Asked => {
    const asked = new AskedSoFar();
    asked.take([of(name, given)], name);
    return asked.summary();
  };
  const run = told('run of lion', { γ: [1, 0.5, 0.5], k: [[0], [1, 0], [0, 0, 1]] });
  t.deepEqual(run, {
    numbers: { B: { values: [1, 2, 3] }, T: { values: [3] }, γ: { values: [0.5, 1] } },
    words: { schedule: ['decaying'] },
  });
  t.deepEqual(told('step of spgm', { γ: 1, k: [0, 1] }), {
    numbers: { B: { values: [2] }, γ: { values: [1] } },
    words: {},
  });
});

test('a zero among few numbers keeps its sign', (t) => {
  const entries = (...values: readonly number[]) => askedIn([call(1, ...values)]).numbers['x'];
  t.deepEqual(entries(0, 1), { values: [0, 1] });
  t.deepEqual(entries(-0, 1), { values: [0, 1], also: ['−0'] });
  t.deepEqual(entries(-0, 0), { values: [0], also: ['0', '−0'] });
  for (const values of [[0], [-0], [0, -0]]) {
    const told = askedIn([call(1, ...values)]);
    t.deepEqual(joinAsked([[subject.name, told]])[subject.name], told);
    // One number more than are kept one by one.
    const six = call(1, 1, 2, 3, 4, 5, 6);
    const joined = joinAsked([askedIn([six]), told].map((asked) => [subject.name, asked] as const));
    t.deepEqual(joined[subject.name], askedIn([six, call(1, ...values)]));
  }
});
