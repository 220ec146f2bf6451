import test from 'ava';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { theorem1Instances } from '../shared/instances.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { type AssumptionClaim, assumptionClaim } from './assumption-claim.js';
import { lipschitzTooSmall } from './planted-constants.js';

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
