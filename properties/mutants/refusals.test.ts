import test from 'ava';
import { type Implementation, UnsupportedError } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { type JudgedSubject, judgeSubjects } from '../../src/claims/subject-verdicts.js';
import { properties } from '../index.js';

const { reference: _, functionOf: __, ...answers } = reference;

/** What is said of each thing that a library is asked about which offers and answers only this, in the claims whose ids match. */
async function judged(
  offered: Partial<Implementation['description']>,
  own: Partial<Implementation>,
  ids: RegExp,
): Promise<Readonly<Record<string, JudgedSubject>>> {
  const nothing = { methods: [], functions: [], smooth: [], algorithms: [] };
  const library = { ...answers, ...own, description: { ...reference.description, ...nothing, ...offered } };
  const claims = properties.filter(({ id }) => ids.test(id));
  const checked = await runClaims(claims, library, quickBudget('1', 'standard'));
  const subjects = judgeSubjects(
    checked.map(({ claim: { id }, evidence }) => ({ id, evidence })),
    'f64',
  );
  return Object.fromEntries(subjects.map((subject) => [subject.subject, subject]));
}

const refuse = (words: string): never => {
  throw new UnsupportedError(words);
};

/** All numbers 1 % too large. */
const enlarged = (x: Float64Array): Float64Array => x.map((value) => 1.01 * value);

test('steps that are wrong are told although every run is refused', async (t) => {
  const offered = {
    methods: ['step', 'run'],
    functions: ['l1'],
    smooth: ['quadratic'],
    algorithms: ['spgm', 'sign-prox', 'majority-vote'],
  } as const;
  const own = {
    step: async (request: Parameters<Implementation['step']>[0]) => enlarged(await reference.step(request)),
    run: async () => refuse('no runs'),
  };
  const found = await judged(offered, own, /^(algorithm-|remark-majority|run-)/);
  for (const algorithm of offered.algorithms) {
    const step = found[`step of ${algorithm}`]!;
    t.is(step.verdict, 'wrong', algorithm);
    t.deepEqual(step.skipped, {}, algorithm);
    t.like(found[`run of ${algorithm}`], { verdict: 'not-offered', cases: 0 }, algorithm);
  }
});

test('a step beyond which all is refused takes no answer away, in any claim', async (t) => {
  const prox: Implementation['prox'] = async (r, step, y) =>
    step > 1 ? refuse('γ ≤ 1 only') : enlarged(await reference.prox(r, step, y));
  const { 'prox of l1': found } = await judged({ methods: ['prox'], functions: ['l1'] }, { prox }, /^(eq6-|prox-)/);
  t.is(found!.verdict, 'wrong');
  t.true(found!.skipped['γ ≤ 1 only']! > 0);
  const longer = found!.cells.filter(({ cases }) => cases === 0).map(({ claim }) => claim);
  t.deepEqual(longer, [], 'every claim has judged the cases that were answered');
});

test('a library that refuses one kind of case and is wrong on another is told the wrong one', async (t) => {
  const prox: Implementation['prox'] = async (r, step, y) =>
    r.type === 'huber' ? refuse('only conjugates') : enlarged(await reference.prox(r, step, y));
  const found = await judged({ methods: ['prox'], functions: ['huber', 'conjugate'] }, { prox }, /^(eq6-|calculus-)/);
  t.like(found['prox of huber'], { verdict: 'refuses', cases: 0 });
  t.is(found['prox of conjugate']!.verdict, 'wrong');
});

test('values that are refused take nothing from the proxes that they are compared with', async (t) => {
  const own: Partial<Implementation> = {
    value: async (r, x) => (r.type === 'group-l2' ? Number.NaN : refuse(`no value of ${r.type} at ${x}`)),
    prox: async (r, step, y) => enlarged(await reference.prox(r, step, y)),
  };
  const offered = { methods: ['prox', 'value'], functions: ['l2-ball', 'group-l2'] } as const;
  const found = await judged(offered, own, /^(eq6-|function-|prox-values)/);
  const verdicts = Object.entries(found).map(([subject, { verdict }]) => [subject, verdict] as const);
  t.deepEqual(Object.fromEntries(verdicts), {
    'prox of l2-ball': 'wrong',
    'prox of group-l2': 'wrong',
    'value of group-l2': 'not-finite',
    'value of l2-ball': 'not-offered',
  });
  t.deepEqual(found['prox of l2-ball']!.skipped, {});
});
