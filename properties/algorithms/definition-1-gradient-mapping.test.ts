import test from 'ava';
import type { CaseRecord } from '../../src/claims/evidence.js';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim } from './definition-1-gradient-mapping.js';

const partName = 'zeros of G approach the minimiser of Σθ_k r_k at rate γ';

const partOf = async (judged: Pick<typeof claim, 'check'>, replay?: CaseRecord) => {
  const evidence = await judged.check(reference, {
    ...quickBudget(),
    ...(replay && { savedCases: () => [replay], replayOnly: true }),
  });
  return { evidence, part: evidence.parts!.find(({ name }) => name === partName)! };
};

test('a zero of G at the minimiser of the plain average is caught, and its case replays', async (t) => {
  // G of Σθ_k r_k, whose zero does not depend on γ.
  const plain = claim.with(({ operatorsAt }) => ({
    operatorsAt(problem, step) {
      const [first, second] = problem.functions;
      const [a, b] = problem.functions.map((fn) => fn['curvature'] as number) as [number, number];
      return first!.type === 'quadratic' && second?.['center'] === -1
        ? {
            ...operatorsAt(problem, step),
            gradientMapping: (x) => x.map((value) => (a * (value - 1) + b * (value + 1)) / 2),
          }
        : operatorsAt(problem, step);
    },
  }));
  const { evidence, part } = await partOf(plain);
  t.is(part.verdict, 'violated');
  t.is(evidence.worst!.part, partName);
  t.regex(JSON.stringify(evidence.minimal!.input), /quadratic/);
  const again = await partOf(plain, evidence.minimal);
  t.is(again.part.worstRatio, evidence.minimal!.ratio);
  t.is((await partOf(claim, evidence.minimal)).part.verdict, 'holds');
});

test('a saved case about other functions than parabolas is refused, not judged', async (t) => {
  const stale: CaseRecord = {
    part: partName,
    ratio: 2,
    input: encodeExact({
      problem: { smooth: { type: 'zero' }, functions: [{ type: 'zero' }], probabilities: [1] },
      step: 1,
      x: Float64Array.of(0),
      indices: [0],
    }),
  };
  const { part } = await partOf(claim, stale);
  t.is(part.verdict, 'inconclusive');
  t.regex(part.reason!, /does not fit this version: not two parabolas/);
});
