import test from 'ava';
import { type Implementation, UnsupportedError } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { runClaims } from '../../src/claims/run-claims.js';
import { judgeSubjects } from '../../src/claims/subject-verdicts.js';
import { properties } from '../index.js';

const { reference: _, functionOf: __, ...answers } = reference;

/** The reference with some functions that have weights, for positive ones. */
function library(restrictions?: { readonly positiveWeights: true }): Implementation {
  const refusing = (value: unknown): void => {
    if (/[wW]eight":0[,}]/.test(JSON.stringify(value))) throw new UnsupportedError('weight > 0');
  };
  return {
    ...answers,
    description: {
      ...reference.description,
      methods: ['prox', 'value', 'step'],
      functions: ['l1', 'elastic-net', 'group-l2', 'regularized'],
      smooth: ['least-squares'],
      algorithms: ['spgm'],
      ...(restrictions && { restrictions }),
    },
    prox: async (r, step, y) => {
      refusing(r);
      return reference.prox(r, step, y);
    },
    value: async (r, u) => {
      refusing(r);
      return reference.value(r, u);
    },
    step: async (request) => {
      refusing(request.problem);
      return reference.step(request);
    },
  };
}

async function judged(implementation: Implementation) {
  const asked = ['eq6-prox', 'function-values', 'prox-values', 'prox-variational-inequality', 'algorithm-1-spgm'];
  const checked = await runClaims(
    properties.filter(({ id }) => asked.includes(id)),
    implementation,
    { ...quickBudget(), asFound: true },
  );
  return judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    'f64',
  );
}

test('who declares positive weights is asked about no other, and nothing is refused', async (t) => {
  const found = await judged(library({ positiveWeights: true }));
  t.deepEqual(new Set(found.map(({ verdict }) => verdict)), new Set(['right']));
  for (const { skipped } of found) t.deepEqual(skipped, {});
  const without = await judged(library());
  t.true(without.some(({ skipped }) => skipped['weight > 0']! > 0));
});

test('who declares one draw is asked for no larger mini-batch, in any claim', async (t) => {
  const { miniBatch, step, run } = reference;
  const one = (batches: readonly (readonly number[])[]): void => {
    if (batches.some(({ length }) => length > 1)) throw new UnsupportedError('B = 1');
  };
  const checked = await runClaims(
    // What is refused by the reference is no refusal of a library.
    properties.filter(({ id, requires }) => requires.referenceOnly !== true && !id.startsWith('rejects-')),
    {
      ...answers,
      description: {
        ...reference.description,
        functions: ['l1', 'linear', 'quadratic', 'box'],
        smooth: ['zero', 'quadratic', 'least-squares'],
        restrictions: { oneDraw: true },
      },
      miniBatch: async (problem, indices, ...rest) => {
        one([indices]);
        return miniBatch(problem, indices, ...rest);
      },
      step: async (request) => {
        one([request.indices, ...(request.workers ?? [])]);
        return step(request);
      },
      run: async (request) => {
        one([...request.indices, ...(request.workers ?? []).flat()]);
        return run(request);
      },
    },
    { ...quickBudget(), asFound: true },
  );
  const of = (verdict: string): string[] =>
    checked.flatMap(({ claim, evidence }) => (evidence.verdict === verdict ? `${claim.id}: ${evidence.reason}` : []));
  t.deepEqual([...of('violated'), ...of('inconclusive')], []);
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    'f64',
  );
  for (const { skipped } of subjects) t.false(Object.hasOwn(skipped, 'B = 1'));
});

test('who declares no decoupled decay is asked for none, in any claim', async (t) => {
  const offered = (declares: boolean): Implementation => ({
    ...answers,
    description: {
      ...reference.description,
      methods: ['step'],
      functions: ['huber'],
      smooth: ['quadratic'],
      algorithms: [],
      statefulAlgorithms: ['momentum-sgd'],
      ...(declares && { restrictions: { withoutHyperparameters: ['decoupled'] } }),
    },
    statefulStep: async (request) => {
      if (request.hyperparameters['decoupled'] === true) throw new UnsupportedError('decay is not decoupled here');
      return reference.statefulStep!(request);
    },
  });
  const found = async (declares: boolean) => {
    const claims = properties.filter(({ id }) => ['momentum-sgd', 'inputs-unchanged'].includes(id));
    const checked = await runClaims(claims, offered(declares), { ...quickBudget(), asFound: true });
    return judgeSubjects(
      checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
      'f64',
    );
  };
  const [declared] = await found(true);
  t.deepEqual([declared!.subject, declared!.verdict, declared!.skipped], ['step of momentum-sgd', 'right', {}]);
  t.is((await found(false))[0]!.verdict, 'thin');
});
