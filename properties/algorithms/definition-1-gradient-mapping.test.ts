import test from 'ava';
import type { CaseRecord } from '../../src/claims/evidence.js';
import { encodeExact } from '../../src/claims/exact-encoding.js';
import { type AnswersInPlace, answering, type Implementation } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { claim } from './definition-1-gradient-mapping.js';

const partName = 'zeros of G approach the minimiser of Σθ_k r_k at rate γ';

/** An implementation of G that knows parabolas alone, in single precision. */
const single = (gradientMapping?: NonNullable<AnswersInPlace['gradient-mapping']>): Implementation => {
  const { reference: _, ...rest } = reference;
  const description = { ...reference.description, dtype: 'f32' as const, functions: ['quadratic'], smooth: ['zero'] };
  return answering({ ...rest, description }, gradientMapping ? { 'gradient-mapping': gradientMapping } : {});
};

const partOf = async (implementation: Implementation, replay?: CaseRecord) => {
  const evidence = await claim.check(implementation, {
    ...quickBudget(),
    ...(replay && { savedCases: () => [replay], replayOnly: true }),
  });
  return { evidence, part: evidence.parts!.find(({ name }) => name === partName)! };
};

test('a zero of G that single precision cannot hold is judged where it was sent', async (t) => {
  const exact = await partOf(single());
  t.is(exact.part.verdict, 'holds', exact.evidence.reason);
  const rounded = await partOf(single(async (question, own) => ({ x: (await own(question)).x.map(Math.fround) })));
  t.is(rounded.part.verdict, 'holds', rounded.evidence.reason);
  // Far below the closed forms, were their ratio no ratio of an error to what rounding allows.
  t.true(exact.part.worstRatio < 0.1);
});

test('a zero of G at the minimiser of the plain average is caught, and its case replays', async (t) => {
  // G of Σθ_k r_k, whose zero does not depend on γ.
  const plain = single((question, own) => {
    const { functions } = question.problem;
    const [a, b] = functions.map((fn) => fn['curvature'] as number) as [number, number];
    return functions[0]!.type === 'quadratic' && functions[1]?.['center'] === -1
      ? { x: question.x.map((value) => (a * (value - 1) + b * (value + 1)) / 2) }
      : own(question);
  });
  const { evidence, part } = await partOf(plain);
  t.is(part.verdict, 'violated');
  t.is(evidence.worst!.part, partName);
  t.regex(JSON.stringify(evidence.minimal!.input), /quadratic/);
  const again = await partOf(plain, evidence.minimal);
  t.is(again.part.worstRatio, evidence.minimal!.ratio);
  t.is((await partOf(single(), evidence.minimal)).part.verdict, 'holds');
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
  const { part } = await partOf(single(), stale);
  t.is(part.verdict, 'inconclusive');
  t.regex(part.reason!, /does not fit this version: not two parabolas/);
});
