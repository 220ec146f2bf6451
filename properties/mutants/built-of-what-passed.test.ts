import test from 'ava';
import type { Claim } from '../../src/claims/claim.js';
import type { Evidence } from '../../src/claims/evidence.js';
import { typesIn } from '../../src/claims/implementation/call.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { properties } from '../index.js';

/** A library of these functions with a wrong prox of Huber, and the lists of types that are in each function it is asked about. */
function library(functions: readonly string[]): { implementation: Implementation; asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const { reference: _, functionOf: __, ...offered } = reference;
  const implementation: Implementation = {
    ...offered,
    description: { ...reference.description, methods: ['prox', 'value'], functions: [...functions] },
    prox: async (specification, step, y) => {
      const types = typesIn(specification);
      asked.push(types);
      const u = await reference.prox(specification, step, y);
      return specification.type === 'huber' ? u.map((entry) => entry + 1) : u;
    },
  };
  return { implementation, asked };
}

const claims = ['eq6-prox', 'prox-values', 'prox-firmly-nonexpansive', 'calculus-identities'].map(
  (id) => properties.find((claim) => claim.id === id)!,
);

async function askedOf(
  functions: readonly string[],
  knownWrong?: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const { implementation, asked } = library(functions);
  const [, ...after] = claims;
  await runClaims(knownWrong ? after : claims.slice(0, 1), implementation, {
    ...quickBudget(),
    ...(knownWrong && { knownWrong: new Set(knownWrong) }),
  });
  return asked;
}

const isInside = (types: readonly string[]): boolean => types.length > 1 && types.includes('huber');
const isAlone = (types: readonly string[]): boolean => types.join() === 'huber';

test('what is built of functions is built of those that hold, and one that is wrong is still asked about alone', async (t) => {
  const functions = ['l1', 'huber', 'scaled', 'translated'];
  const before = await askedOf(functions, []);
  t.true(before.some(isInside));
  const after = await askedOf(functions, ['huber']);
  t.false(after.some(isInside));
  t.true(after.some(isAlone));
  for (const wrapper of ['scaled', 'translated']) {
    t.true(
      after.some((types) => types.includes(wrapper) && types.includes('l1')),
      wrapper,
    );
  }
});

test('a function that is wrong by itself is one from then on, for ordinary questions', async (t) => {
  const { implementation, asked } = library(['l1', 'huber', 'scaled']);
  const knownWrong = new Set<string>();
  const [eq6, ...after] = claims;
  await runClaims([eq6!], implementation, { ...quickBudget(), knownWrong });
  t.deepEqual([...knownWrong], ['huber']);
  asked.length = 0;
  await runClaims(after, implementation, { ...quickBudget(), knownWrong });
  t.false(asked.some(isInside));
});

test('what a claim finds depends on those about functions alone, and on no other claim and no order', async (t) => {
  const evidenceOf = async (list: readonly Claim[]): Promise<ReadonlyMap<string, unknown>> => {
    const { implementation } = library(['l1', 'huber', 'scaled']);
    const checked = await runClaims(list, implementation, quickBudget());
    t.deepEqual(
      checked.map(({ claim }) => claim.id),
      list.map(({ id }) => id),
    );
    return new Map(checked.map(({ claim, evidence: { seconds: _, ...evidence } }) => [claim.id, evidence]));
  };
  const [eq6, ...others] = claims as [Claim, ...Claim[]];
  const whole = await evidenceOf(claims);
  // It finds Huber wrong too, which nobody goes by.
  t.is((whole.get('prox-values') as Evidence).verdict, 'violated');
  for (const other of others) {
    const part = await evidenceOf([other, eq6]);
    for (const { id } of [eq6, other]) t.deepEqual(part.get(id), whole.get(id), id);
  }
  const knownWrong = new Set<string>();
  await runClaims(others, library(['l1', 'huber', 'scaled']).implementation, { ...quickBudget(), knownWrong });
  t.is(knownWrong.size, 0);
});

test('a wrapper is judged around a function that is wrong where there is no other', async (t) => {
  const asked = await askedOf(['huber', 'scaled'], ['huber']);
  t.true(asked.some(isInside));
});
