import test from 'ava';
import { claimOf, passing } from '../judging/parts/property-parts.test.helper.js';
import type { Claim } from './claim.js';
import { ImplementationError, UnsupportedError } from './implementation/implementation.js';
import { reference } from './implementation/reference.js';
import { quickBudget } from './registry-tests.test.helper.js';
import { inapplicable, runClaims } from './run-claims.js';

test('a claim that throws hides no other claim, and a missing method is not applicable', async (t) => {
  const throwing = (error: unknown): Claim => ({
    ...claimOf([passing], { id: 'throwing' }),
    check: () => Promise.reject(error),
  });
  const events: string[] = [];
  const checked = await runClaims(
    [
      throwing(new Error('a bug of the suite')),
      throwing('text'),
      throwing(new ImplementationError('protocol', 'half a line')),
      throwing(new UnsupportedError('not here')),
      claimOf([passing]),
    ],
    reference,
    quickBudget(),
    {
      started: ({ id }, index, total) => events.push(`start ${id} ${index}/${total}`),
      finished: ({ evidence }, index) => events.push(`end ${index} ${evidence.verdict}`),
    },
  );
  t.deepEqual(
    checked.map(({ evidence }) => [evidence.verdict, evidence.failure?.kind, evidence.reason.slice(0, 20)]),
    [
      ['inconclusive', 'suite', 'a bug of the suite'],
      ['inconclusive', 'suite', 'text'],
      ['inconclusive', 'protocol', 'half a line'],
      ['not-applicable', undefined, 'not here'],
      ['holds', undefined, checked[4]!.evidence.reason.slice(0, 20)],
    ],
  );
  t.deepEqual(events.slice(0, 3), ['start throwing 0/5', 'end 0 inconclusive', 'start throwing 1/5']);
  t.is(checked[0]!.evidence.seed, '1');

  const bare = { ...reference, description: { ...reference.description, methods: [], algorithms: [] } };
  const { reference: _, ...other } = reference;
  const needs = (requires: Claim['requires']): Claim => claimOf([passing], { requires });
  t.is(inapplicable(needs({ methods: ['prox'] }), reference), undefined);
  t.is(
    inapplicable(needs({ methods: ['prox'], algorithms: ['sgd'] }), bare),
    'the implementation does not offer prox, sgd',
  );
  t.regex(inapplicable(needs({ referenceOnly: true }), other)!, /judged on the reference only/);
  const [skipped] = await runClaims([needs({ methods: ['prox'] })], bare, quickBudget());
  t.is(skipped!.evidence.verdict, 'not-applicable');
});

test('claims checked side by side are returned in the given order, and those finished at an abort have been observed', async (t) => {
  const releases: (() => void)[] = [];
  const held = (id: string): Claim => ({
    ...claimOf([passing], { id }),
    async check() {
      await new Promise<void>((resolve) => releases.push(resolve));
      return { verdict: 'holds', reason: id, cases: 1 };
    },
  });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const finished: string[] = [];
  const observer = { finished: ({ claim }: { claim: Claim }) => finished.push(claim.id) };
  const running = runClaims(['a', 'b', 'c'].map(held), reference, quickBudget(), observer, 2);
  await turn();
  t.is(releases.length, 2, 'two at once');
  releases[1]!();
  await turn();
  t.is(releases.length, 3, 'the lane that is free takes the next');
  releases[2]!();
  await turn();
  releases[0]!();
  const checked = await running;
  t.deepEqual(
    checked.map(({ claim }) => claim.id),
    ['a', 'b', 'c'],
  );
  t.deepEqual(finished, ['b', 'c', 'a']);

  const controller = new AbortController();
  const budget = { ...quickBudget(), signal: controller.signal };
  finished.length = 0;
  releases.length = 0;
  const aborted = runClaims(['a', 'b', 'c'].map(held), reference, budget, observer, 2);
  await turn();
  releases[1]!();
  await turn();
  controller.abort();
  for (const release of releases) release();
  await t.throwsAsync(aborted, { any: true, name: 'AbortError' });
  t.deepEqual(finished, ['b']);
});

test('only aborting a run throws, even during the last claim', async (t) => {
  const controller = new AbortController();
  const aborting: Claim = {
    ...claimOf([passing]),
    check: async (implementation, budget) => {
      controller.abort();
      return claimOf([passing]).check(implementation, { ...budget, depth: 'quick' });
    },
  };
  const budget = { ...quickBudget(), signal: controller.signal };
  await t.throwsAsync(runClaims([aborting], reference, budget), { any: true, name: 'AbortError' });
  await t.throwsAsync(runClaims([claimOf([passing])], reference, budget), { any: true, name: 'AbortError' });
  const deaf = new AbortController();
  const careless: Claim = {
    ...claimOf([passing]),
    check: () => {
      deaf.abort();
      return claimOf([passing]).check(reference, quickBudget());
    },
  };
  await t.throwsAsync(runClaims([careless], reference, { ...quickBudget(), signal: deaf.signal }), {
    any: true,
    name: 'AbortError',
  });
});
