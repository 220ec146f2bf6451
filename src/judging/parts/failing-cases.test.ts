import test from 'ava';
import type { CaseRecord, FailingCase } from '../../claims/evidence.js';
import type { Call } from '../../claims/implementation/call.js';
import type { ImplementationError } from '../../claims/implementation/implementation.js';
import { reference } from '../../claims/implementation/reference.js';
import type { Judgement } from '../judges/judgement.js';
import { FailingCases } from './failing-cases.js';

const record: CaseRecord = { part: 'p', ratio: 9, input: null, explanation: 'they are not monotone' };

/** prox of l1 with weight w and γ = 1 at y, which is |y| − w beyond w: asked of an implementation that answers `answer`. */
const proxCall = (answer: number, y = 3, r: object = { type: 'l1', weight: 1 }, name = 'l1'): Call => ({
  subject: { name: `prox of ${name}`, level: 0 },
  given: { r, γ: 1, x: Float64Array.of(y) },
  ask: (implementation) =>
    implementation
      .ask({ method: 'prox', function: r as { type: string }, step: 1, x: Float64Array.of(y) })
      .then(({ x }) => x),
  answer: Float64Array.of(answer),
});

interface Case {
  readonly calls: readonly Call[];
  /** The answer that the judge names. */
  readonly judged?: unknown;
  /** What it says is right in its place. */
  readonly right?: Float64Array;
  readonly ratio?: number;
  readonly subject?: Call['subject'];
  readonly failure?: Pick<ImplementationError, 'kind' | 'message'>;
}

async function told(...cases: readonly Case[]): Promise<FailingCase[]> {
  const failing = new FailingCases();
  for (const { calls, judged, right, ratio = 9, subject = calls.at(-1)!.subject, failure } of cases) {
    const result: Judgement = {
      ratio,
      ...(judged !== undefined && { answer: judged as Float64Array }),
      ...(right !== undefined && { right, name: 'x_2' }),
    };
    failing.add({ calls, subject, ...(failure === undefined && { result }) }, { ...record, ratio }, failure);
  }
  return failing.described({ description: { ...reference.description, language: 'python' } }, 8);
}

test('of the calls of a case that is shown whose answer is farthest from the right one', async (t) => {
  const calls = [proxCall(2), proxCall(7, 4), proxCall(4.5, 5)];
  const [{ text, kind, digits } = {} as FailingCase] = await told({ calls });
  t.regex(text, /^prox of l1\(weight 1\) at y = 4, γ = 1: returned 7, right is 3$/);
  t.is(kind, 'wrong');
  t.true(digits! < 1);
});

test('the call that the judge names is shown, and no other, though its answer is nearer', async (t) => {
  const calls = [proxCall(7, 4), proxCall(4.5, 5)];
  const [{ text } = {} as FailingCase] = await told({ calls, judged: calls[1]!.answer });
  t.regex(text, /at y = 5, γ = 1: returned 4.5, right is 4$/);
});

test('a call about something else is not shown, however wrong its answer is', async (t) => {
  const other = proxCall(99, 3, { type: 'box', lower: -1, upper: 1 }, 'box');
  const [{ text, of } = {} as FailingCase] = await told({
    calls: [other, proxCall(2.5)],
    subject: proxCall(0).subject,
  });
  t.regex(text, /^prox of l1\(weight 1\) at y = 3, γ = 1: returned 2.5, right is 2$/);
  t.deepEqual(of, ['box', 'l1']);
  t.deepEqual(await told({ calls: [other], subject: proxCall(0).subject }), [], 'nothing was asked about it');
});

test('an answer that is not finite is shown before the one that the judge names', async (t) => {
  const calls = [proxCall(Number.NaN, 4), proxCall(4.5, 5)];
  const [{ text, kind } = {} as FailingCase] = await told({ calls, judged: calls[1]!.answer });
  t.is(kind, 'not-finite');
  t.regex(text, /at y = 4, γ = 1: returned NaN, right is 3$/);
});

test('where every answer is right, all calls are shown with what the claim says of them', async (t) => {
  const [{ text, digits } = {} as FailingCase] = await told({ calls: [proxCall(2), proxCall(3, 4)] });
  t.is(text, 'prox of l1(weight 1) at y = 3 and 4, γ = 1: they are not monotone');
  t.is(digits, undefined);
});

test('what was not answered is told with the error, by its last question', async (t) => {
  const failure = { kind: 'timeout', message: 'python answers internal: no answer' } as const;
  const [{ text, kind } = {} as FailingCase] = await told({ calls: [proxCall(2), proxCall(0, 4)], failure });
  t.is(kind, 'hangs');
  t.regex(text, /at y = 4, γ = 1: no answer$/);
});

test('of cases about the same types the one that is shortest to write is kept, and those about the fewest types come first', async (t) => {
  const scaled = proxCall(9, 3, { type: 'scaled', factor: 2, inner: { type: 'l1', weight: 1 } }, 'scaled');
  const cases = [{ calls: [scaled] }, ...[3.25, 3, 3.125].map((y) => ({ calls: [proxCall(0, y)] }))];
  const shown = await told(...cases);
  t.deepEqual(
    shown.map(({ of }) => of),
    [['l1'], ['l1', 'scaled']],
  );
  t.regex(shown[0]!.text, /at y = 3, γ = 1: returned 0, right is 2$/);
});

test('beside the shortest case one is kept that is as wrong as any', async (t) => {
  // Right to 13 digits, to 5 and to 2: only the last ones are wrong.
  const off = [3, 7.125, 8.0625].map((y, i) => ({
    calls: [proxCall((y - 1) * (1 + [1e-13, 1e-5, 1e-2][i]!), y)],
    ratio: [1e2, 1e10, 1e13][i]!,
  }));
  const shown = await told(...off);
  t.deepEqual(
    shown.map(({ digits }) => Math.round(digits!)),
    [13, 5],
  );
  const [first, ...others] = await told(off[0]!);
  t.deepEqual([Math.round(first!.digits!), others.length], [13, 0]);
});

test('the claim says what an answer from a memory should be: to so many digits it is right, and no line is cut', async (t) => {
  const x = Float64Array.of(1, 2);
  const given = { x, γ: 0.1, momentum: 1 / 3, 'a hyperparameter whose name alone is longer than half a line': true };
  const ask = () => Promise.reject(new Error('the state of another'));
  const answer = Float64Array.of(0.5, 1.25);
  const call: Call = { subject: { name: 'step of momentum-sgd', level: 2 }, given, isRemembered: true, ask, answer };
  const right = Float64Array.of(0.5, 1.25 * (1 + 2 ** -50));
  const [{ text, digits } = {} as FailingCase] = await told({ calls: [call], judged: answer, right });
  t.is(
    text,
    'step of momentum-sgd at x = [1, 2], γ = 0.1, momentum ≈ 0.3333, a hyperparameter whose name alone is longer than half a line = true: ' +
      'x_2: returned [0.5, 1.25], right is [0.5, 1.250000000000001]',
  );
  t.true(digits! > 15 && digits! < 15.3, String(digits));
});

test('an extreme question is told as such, apart from an ordinary one', async (t) => {
  const [ordinary, extreme] = [proxCall(0), proxCall(0, 3, { type: 'l1', weight: 0 })];
  const shown = await told({ calls: [ordinary] }, { calls: [extreme] });
  t.deepEqual(
    shown.map((failing) => [failing.extreme, Object.hasOwn(failing, 'extreme')]),
    [
      [undefined, false],
      ['weight 0', true],
    ],
  );
  const failing = new FailingCases();
  const take = (call: Call): void =>
    failing.add({ calls: [call], subject: call.subject, result: { ratio: 9 } }, record, undefined);
  take(extreme);
  t.true(failing.isExtreme);
  take(ordinary);
  t.false(failing.isExtreme);
});
