import test from 'ava';
import type { HypothesisId } from '../../src/claims/hypothesis.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { auditAssumptions } from '../../src/theory/theorem/audit/audit.js';
import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import {
  type AssumptionClaim,
  assumptionClaim,
  type BrokenProblem,
  coupledComponents,
  coupledSmooth,
  lipschitzTooSmall,
  nonSmoothComponents,
  quarticSmooth,
  unboundedBelow,
  unboundedNoise,
} from './assumptions.js';

const claim: AssumptionClaim = {
  hypothesis: 'assumption-1c',
  version: 1,
  theorem: theorem1,
  statement: 'every ∇r_k is L-Lipschitz',
  instances: theorem1Instances.slice(0, 2),
  broken: [],
  tooSmall: lipschitzTooSmall,
};
const check = (change: Partial<AssumptionClaim>) =>
  assumptionClaim({ ...claim, ...change }).check(reference, quickBudget());

test('the claim holds, with one part per instance and one per planted constant, and ratios at most 1', async (t) => {
  const { verdict, parts } = await check({});
  t.is(verdict, 'holds');
  // Two instances and three generated problems; the linear r_k of the first instance have L = 0, which cannot be too small.
  t.is(parts!.length, 5 + 4);
  for (const { worstRatio } of parts!) t.true(worstRatio >= 0 && worstRatio <= 1);
  t.true(parts!.filter(({ worstRatio }) => worstRatio > 0.99).length >= 4);
});

test('a planted constant that is not found out, a problem that is not certified and one that is not broken fail it', async (t) => {
  const large = await check({ tooSmall: ({ computed }) => ({ lipschitz: 2 * (computed as number) + 1 }) });
  t.is(large.verdict, 'violated');
  t.regex(large.reason, /declared \d.*: certified: the declared L is at least the certified one/);
  const kinked = { ...theorem1Instances[0]!, name: 'kinked' };
  const problem = { ...kinked.problem, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] };
  const nonsmooth = await check({ instances: [{ ...kinked, problem }] });
  t.is(nonsmooth.verdict, 'violated');
  t.regex(nonsmooth.reason, /^kinked: violated: r_1 is not differentiable/);
  const sound = await check({ broken: [{ name: 'sound', problem: kinked.problem, dimension: 1 }] });
  t.is(sound.verdict, 'violated');
  t.regex(sound.reason, /^sound: certified: /);
});

const broken: Partial<Record<HypothesisId, readonly BrokenProblem[]>> = {
  'assumption-1a': unboundedBelow,
  'assumption-1b': quarticSmooth,
  'assumption-1c': nonSmoothComponents,
  'assumption-1d': unboundedNoise,
  'assumption-2b': coupledSmooth,
  'assumption-2c': coupledComponents,
  'assumption-2d': unboundedNoise,
};

// A verdict rests on no luck: what is sought is where directions and places that are not drawn lead.
for (const [hypothesis, problems] of Object.entries(broken)) {
  test(`what breaks ${hypothesis} for every constant is found whichever one point is drawn`, (t) => {
    const theorem = hypothesis.startsWith('assumption-1') ? theorem1 : theorem2;
    for (const { name, problem, dimension, step } of problems) {
      for (let seed = 1; seed <= 40; seed++) {
        const { findings } = auditAssumptions(theorem, parseProblem(problem), dimension, {
          ...{ only: [hypothesis as HypothesisId], points: 1, seed: `${seed}` },
          ...(step !== undefined && { step }),
        });
        t.is(findings[0]!.verdict, 'violated', `${name}, seed ${seed}`);
      }
    }
  });
}
