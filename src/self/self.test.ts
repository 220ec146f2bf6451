import test from 'ava';
import { reference } from '../claims/implementation/reference.js';
import { quickBudget, testRegistry } from '../claims/registry-tests.test.helper.js';
import { selfClaims } from './index.js';
import { plant, selfClaim } from './planted.js';

testRegistry(selfClaims, new URL('.', import.meta.url));

const run = (plants: Parameters<typeof selfClaim>[0]['plants']) =>
  selfClaim({ id: 'self-test', about: 'tests', plants }).check(reference, quickBudget());
const small = { name: 'a number', piece: 1, wrong: 2 };

test('at least forty errors are planted', (t) => {
  const count = (method: string): number => Number(/^(\d+)/.exec(method)![1]);
  const planted = selfClaims.reduce((sum, { method }) => sum + count(method), 0);
  t.true(planted >= 40, `${planted}`);
});

test('an error that is not found, and one that is in the copy itself, fail', async (t) => {
  const found = plant({ ...small, finds: (n) => (n === 1 ? undefined : 'it is two') });
  t.like(await run([found]), { verdict: 'holds', cases: 1, reason: '1 of 1 planted error found' });
  const unseen = plant({ ...small, finds: () => undefined });
  const missed = await run([found, unseen]);
  t.is(missed.verdict, 'violated');
  t.is(missed.reason, '1 of 2 planted errors found; not: a number (the planted error is not found)');
  const own = await run([plant({ ...small, finds: (n) => `it is ${n}` })]);
  t.is(own.verdict, 'violated');
  t.is(own.parts![0]!.reason, 'in this copy: it is 1');
  const throwing = await run([
    plant({
      ...small,
      finds: (n) => {
        if (n === 2) throw new Error('no two');
        return undefined;
      },
    }),
  ]);
  t.like(throwing, { verdict: 'holds' });
  t.is(throwing.parts![0]!.reason, 'throws no two');
});
