import test from 'ava';
import { ImplementationError, UnsupportedError } from '../../claims/implementation/implementation.js';
import { encodeVector } from '../protocol/encode-specification.js';
import type { Answer } from '../protocol/read-reply.js';
import { realEncoding } from '../protocol/real-encoding.js';
import { resultSchemas } from '../protocol/replies.js';
import { type Ask, createAsk } from './ask.js';
import type { Session } from './session.js';

const encoding = realEncoding('bits', 'f64');
const value = (x: number): Answer => ({ ok: { value: encodeVector([x], encoding)[0] } });
const refusal = (code: 'unsupported' | 'internal', message = 'no'): Answer => ({ error: { code, message } });

/** Asks an adapter whose answer to the k-th call is `answer(k)`; `bodies` are those of the calls made. */
function asking(answer: (call: number) => Answer, seed = '1'): { readonly ask: Ask; readonly bodies: string[] } {
  const bodies: string[] = [];
  const call: Session['call'] = async ({ body }) => answer(bodies.push(body) - 1);
  return { ask: createAsk({ call } as unknown as Session, resultSchemas(encoding.real), seed), bodies };
}

const questions = Array.from({ length: 400 }, (_, i) => ({ method: 'value', fields: { x: [i] } }) as const);
const twice = (bodies: readonly string[]): string[] => bodies.filter((body, i) => bodies.indexOf(body) < i);

test('some requests are sent twice, others for another seed, and never those whose answers may differ', async (t) => {
  const repeatedWith = async (seed: string, repeatable: boolean): Promise<string[]> => {
    const { ask, bodies } = asking(() => value(3), seed);
    for (const question of questions) t.is((await ask({ ...question, repeatable })).value, 3);
    return twice(bodies);
  };
  const repeated = await repeatedWith('1', true);
  // One in 16 of 400 is 25.
  t.true(repeated.length > 5 && repeated.length < 100, `${repeated.length}`);
  t.notDeepEqual(await repeatedWith('2', true), repeated);
  t.deepEqual(await repeatedWith('1', false), []);
});

const unequal: [what: string, answer: (call: number) => Answer][] = [
  ['a number and the next', (call) => value(1 + (call % 2) * 2 ** -52)],
  ['0 and −0', (call) => value(call % 2 === 0 ? 0 : -0)],
  ['a number and an error', (call) => (call % 2 === 0 ? value(0) : refusal('internal'))],
  ['two errors', (call) => refusal(call % 2 === 0 ? 'unsupported' : 'internal')],
];
for (const [what, answer] of unequal) {
  test(`two answers that differ are told: ${what}`, async (t) => {
    // Asked first by the one who finds out what is asked twice.
    const finder = asking(() => value(0));
    for (const question of questions) await finder.ask(question);
    const [first] = twice(finder.bodies);
    const question = questions.find(({ method, fields }) => JSON.stringify({ method, ...fields }) === first)!;
    await t.throwsAsync(asking(answer).ask(question), {
      instanceOf: ImplementationError,
      message: 'nondeterministic: two answers to the same value request differ',
    });
  });
}

test('errors with other messages are equal answers, and so are NaNs', async (t) => {
  const worded = asking((call) => refusal('internal', `at ${call}`));
  const undecided = asking(() => value(Number.NaN));
  for (const question of questions) {
    await t.throwsAsync(worded.ask(question), {
      instanceOf: ImplementationError,
      message: /^value answers internal: at /,
    });
    t.is((await undecided.ask(question)).value, Number.NaN);
  }
});

test('an unsupported request is not an error of the implementation', async (t) => {
  const { ask } = asking(() => refusal('unsupported', 'no huber here'));
  await t.throwsAsync(ask(questions[0]!), { instanceOf: UnsupportedError, message: /no huber here/ });
});

test('an answer of another shape breaks the protocol', async (t) => {
  const { ask } = asking(() => ({ ok: { x: [] } }));
  const error = await t.throwsAsync(ask(questions[0]!), { instanceOf: ImplementationError });
  t.is(error?.kind, 'protocol');
});
