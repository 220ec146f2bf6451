import test from 'ava';
import {
  type Implementation,
  type ImplementationDescription,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { knownDescription } from '../../src/guard/description.js';
import { properties } from '../index.js';
import { declaredIsJudgedClaim } from './declarations.js';

const nothing = { methods: [], functions: [], smooth: [], algorithms: [], statefulAlgorithms: [] };

async function left(change: Partial<ImplementationDescription>): Promise<readonly string[]> {
  const description = { ...reference.description, ...nothing, ...change };
  const { verdict, parts = [] } = await declaredIsJudgedClaim.check({ ...reference, description }, quickBudget());
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
  const given = { methods: ['step'], statefulAlgorithms: ['lion'], variants: ['fused'] } as const;
  t.deepEqual(await left(given), []);
  t.deepEqual(await left({ ...given, functions: ['linear'], smooth: ['zero'] }), [
    'function linear: no method is declared that takes it',
    'smooth term zero: no method is declared that takes it',
  ]);
  t.deepEqual(await left({ methods: ['gradient'], smooth: ['cosine'] }), []);
  // A function of its name is not declared, so the term is asked itself.
  t.deepEqual(await left({ methods: ['gradient'], smooth: ['huber'] }), []);
  t.deepEqual(await left({ methods: ['prox'], functions: ['l1'], variants: ['fused'] }), [
    'variant fused: nothing is declared that it could be a variant of',
  ]);
  t.deepEqual(await left({}), []);
});

test('methods and algorithms of another protocol are kept by name', async (t) => {
  const { language, dtype, conventions, name, version } = reference.description;
  const description = knownDescription({
    language,
    dtype,
    conventions,
    name,
    version,
    methods: ['prox', 'batch', 'mini-batch'],
    functions: ['l1'],
    smooth: [],
    algorithms: ['majority-vote'],
  } as never);
  t.deepEqual(await left(description), [
    'method mini-batch: not in the protocol',
    'algorithm majority-vote: not in the protocol',
  ]);
});

/** The report at the end of a run on the reference with this offer, which refuses the questions that match. */
async function leftAtTheEnd(change: Partial<ImplementationDescription>, refused: RegExp): Promise<readonly string[]> {
  const library: Implementation = {
    ...otherLibrary({ ...nothing, ...change }),
    async ask(question) {
      const [word] = refused.exec(JSON.stringify(question)) ?? [];
      if (word !== undefined) throw new UnsupportedError(`no ${word} here`);
      return reference.ask(question);
    },
  };
  const ids = /^(eq6-prox|function-values|algorithm-1|algorithm-2|run-iterates|declared-is-judged)/;
  const claims = properties.filter(({ id }) => ids.test(id));
  const checked = await runClaims(claims, library, { ...quickBudget(), casesOfPart: 20 });
  const { parts = [], verdict } = checked.find((each) => each.claim.id === declaredIsJudgedClaim.id)!.evidence;
  if (verdict !== (parts.length === 0 ? 'holds' : 'illustrated'))
    throw new Error(`${verdict} with ${parts.length} parts`);
  return parts.map(({ name, reason }) => `${name}: ${reason}`);
}

test('what is declared and refused whenever it is asked is named, and what is answered once is not', async (t) => {
  const functions = { methods: ['prox', 'value'], functions: ['l1', 'huber', 'scaled'] } as const;
  t.deepEqual(await leftAtTheEnd(functions, /nothing/), []);
  t.deepEqual(await leftAtTheEnd(functions, /huber/), ['function huber: every question was refused: no huber here']);
  // Its values are judged.
  t.deepEqual(await leftAtTheEnd(functions, /prox(?=","function":\{"type":"huber)/), []);
  t.deepEqual(await leftAtTheEnd(functions, /(?<=^\{"method":")value/), [
    'method value: every question was refused: no value here',
  ]);
  const problems = {
    methods: ['step', 'run'],
    functions: ['l1'],
    smooth: ['quadratic', 'cosine'],
    algorithms: ['spgm', 'sign-prox'],
  } as const;
  t.deepEqual(await leftAtTheEnd(problems, /nothing/), []);
  t.deepEqual(await leftAtTheEnd(problems, /cosine/), [
    'smooth term cosine: every question was refused: no cosine here',
  ]);
  t.deepEqual(await leftAtTheEnd(problems, /sign-prox/), [
    'algorithm sign-prox: every question was refused: no sign-prox here',
  ]);
  t.deepEqual(await leftAtTheEnd(problems, /(?<=^\{"method":")run/), [
    'method run: every question was refused: no run here',
  ]);
});
