import test from 'ava';
import type { ImplementationDescription } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { knownDescription } from '../../src/guard/description.js';
import { claim } from './declared-is-judged.js';

const nothing = { methods: [], functions: [], smooth: [], algorithms: [] };

async function left(change: Partial<ImplementationDescription>): Promise<readonly string[]> {
  const description = { ...reference.description, ...nothing, ...change };
  const { verdict, parts = [] } = await claim.check({ ...reference, description }, quickBudget());
  const judged = description.methods.some((method) => !parts.some(({ name }) => name === `method ${method}`));
  const some = parts.length === 0 ? 'holds' : 'illustrated';
  if (verdict !== (judged ? some : 'not-applicable')) throw new Error(`${verdict} with ${parts.length} parts`);
  return parts.map(({ name, reason }) => `${name}: ${reason}`);
}

test('what no claim asks about is named with the reason', async (t) => {
  t.deepEqual(await left({ methods: ['prox'], functions: ['l1'] }), []);
  t.deepEqual(await left({ methods: ['prox'], functions: ['l1', 'l1.5'], accuracy: { 'log-cosh': 0.1 } }), [
    'function l1.5: not in the vocabulary',
    'accuracy of log-cosh: no such function is declared',
  ]);
  t.deepEqual(await left({ methods: ['prox'], functions: ['scaled'] }), [
    'function scaled: nothing is declared that it could be made of',
    'method prox: nothing is declared that it could be asked about',
  ]);
  t.deepEqual(await left({ functions: ['l1'], smooth: ['zero', 'hinge'], algorithms: ['spgm'] }), [
    'function l1: no method is declared that takes it',
    'smooth term zero: no method is declared that takes it',
    'smooth term hinge: not in the vocabulary',
    'algorithm spgm: neither step nor run is declared',
  ]);
  t.deepEqual(await left({ methods: ['step', 'run'], functions: ['l1'], smooth: ['zero'] }), [
    'method step: no algorithm is declared',
    'method run: no algorithm is declared',
  ]);
  t.deepEqual(await left({ methods: ['run'], functions: ['l1'], smooth: ['zero'], algorithms: ['spgm'] }), []);
  t.deepEqual(await left({ methods: ['step'], functions: ['l1'], smooth: ['zero'], algorithms: ['spgm', 'sgd'] }), [
    'algorithm sgd: no differentiable function is declared',
  ]);
  t.deepEqual(await left({ methods: ['gradient'], smooth: ['cosine'] }), []);
  t.deepEqual(await left({ methods: ['gradient'], smooth: ['huber'] }), [
    'smooth term huber: no method is declared that takes it',
    'method gradient: nothing is declared that it could be asked about',
  ]);
  t.deepEqual(await left({}), []);
});

test('methods and algorithms of another protocol are kept by name', async (t) => {
  const { language, dtype, conventions, name, version } = reference.description;
  const description = knownDescription({
    ...{ language, dtype, conventions, name, version },
    ...{ methods: ['prox', 'batch', 'fly'], functions: ['l1'], smooth: [], algorithms: ['adam'] },
  } as never);
  t.deepEqual(await left(description), ['method fly: not in the protocol', 'algorithm adam: not in the protocol']);
});
