import test from 'ava';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { judgeSubjects } from '../../src/claims/subject-verdicts.js';
import { properties } from '../index.js';

const asked = ['function-gradients', 'eq6-prox', 'algorithm-1-spgm', 'algorithm-2-sign-prox'];

const { reference: _, functionOf: __, ...answers } = reference;

/** The reference with two functions and two terms, one name in both. */
const library = (own: Partial<Implementation>): Implementation => ({
  ...answers,
  description: {
    ...reference.description,
    methods: ['prox', 'value', 'gradient', 'step'],
    functions: ['quadratic', 'l1'],
    smooth: ['quadratic', 'least-squares'],
    algorithms: ['spgm', 'sign-prox'],
  },
  ...own,
});

async function judged(implementation: Implementation) {
  const claims = properties.filter(({ id }) => asked.includes(id));
  const checked = await runClaims(claims, implementation, { ...quickBudget(), asFound: true });
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    'f64',
  );
  return Object.fromEntries(subjects.map(({ subject, verdict, of }) => [subject, of ?? verdict]));
}

test('steps that are wrong for one d are no fault of the function r of the same name', async (t) => {
  const found = await judged(
    library({
      step: async (request) => {
        const next = await reference.step(request);
        return request.problem.smooth.type === 'quadratic' ? next.map((value) => value + 1) : next;
      },
    }),
  );
  t.deepEqual(found, {
    'prox of quadratic': 'right',
    'prox of l1': 'right',
    'gradient of quadratic': 'right',
    'gradient of least-squares': 'right',
    'step of spgm': 'wrong',
    'step of sign-prox': 'wrong',
  });
});

test('a wrong prox explains no step that is wrong for a d of the same name', async (t) => {
  const off = (x: Float64Array): Float64Array => x.map((value) => value + 1);
  const found = await judged(
    library({
      prox: async (r, step, y) => {
        const u = await reference.prox(r, step, y);
        return r.type === 'quadratic' ? off(u) : u;
      },
      step: async (request) => {
        const next = await reference.step(request);
        const { smooth, functions } = request.problem;
        const without = functions.every(({ type }) => type !== 'quadratic');
        return smooth.type === 'quadratic' && without ? off(next) : next;
      },
    }),
  );
  t.is(found['prox of quadratic'], 'wrong');
  t.is(found['step of spgm'], 'wrong');
});
