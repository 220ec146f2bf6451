import test from 'ava';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { signConventions } from '../../src/reference/algorithms/algorithm.js';
import type { ExactLeft, ExactRequest } from '../../src/theory/left-side/exact-engine.js';
import { exactEngines } from '../../src/theory/left-side/exact-engines.js';
import {
  littleNoise,
  matchedQuadratics,
  quadraticHubers,
  requestOf,
  signRate,
  spgmRate,
  threeSlopes,
} from '../../src/theory/theorem/example-theorems.test.helper.js';
import type { BoundInstance } from '../../src/theory/theorem/theorem.js';
import {
  agreementEvidence,
  type Comparison,
  exactAnswers,
  judgeAnswers,
  judgeMonteCarlo,
  prepareComparison,
} from './engines-agree.js';

const budget = quickBudget();

test('engines agree under every convention, and a wrong engine is found', (t) => {
  for (const signOfZero of signConventions) {
    const asked = requestOf(signRate, { ...littleNoise, start: [0], signOfZero }, 9);
    const answers = exactAnswers(asked);
    t.deepEqual(
      answers.map(({ engine }) => engine),
      ['enumeration', 'lattice'],
    );
    const expected = { name: 'same', engines: ['enumeration', 'lattice'] } as const;
    t.is(judgeAnswers(expected, answers).verdict, 'holds');
    t.regex(
      judgeAnswers(expected, [answers[1]!]).reason!,
      /^lattice \[[^\]]+\] applies$/,
      'an engine that no longer applies',
    );
    t.regex(judgeAnswers(expected, []).reason!, /^no engine applies$/);
    const [low, high] = answers[1]!.interval;
    const mutant: ExactLeft = { engine: 'lattice', interval: [low * (1 + 1e-9), high * (1 + 1e-9)] };
    const part = judgeAnswers(expected, [answers[0]!, mutant]);
    t.is(part.verdict, 'violated');
    t.regex(part.reason!, /lattice \[/);
  }
  const [enumerated, moments] = exactAnswers(requestOf(spgmRate, matchedQuadratics, 4));
  t.deepEqual(enumerated!.interval, moments!.interval);
  const planted = exactEngines.moments({
    ...requestOf(spgmRate, matchedQuadratics, 4),
    schedule: { step: 0.25, miniBatch: 2 },
  });
  const { verdict, reason } = judgeAnswers({ name: 'mutant', engines: ['enumeration', 'moments'] }, [
    enumerated!,
    planted as ExactLeft,
  ]);
  t.is(verdict, 'violated');
  t.regex(reason!, /moments \[/);
});

/** What could be wrong in an engine, planted in what it is asked. */
const defects: Readonly<Record<string, (asked: ExactRequest) => ExactRequest>> = {
  'T off by one': (asked) => ({ ...asked, iterations: asked.iterations - 1 }),
  '1/B dropped': (asked) => ({ ...asked, schedule: { ...asked.schedule, miniBatch: 1 } }),
  'a draw too many': (asked) => ({
    ...asked,
    schedule: { ...asked.schedule, miniBatch: asked.schedule.miniBatch + 1 },
  }),
  'components in the wrong order': ({ instance, ...asked }) => {
    const { problem } = instance;
    const probabilities = problem.probabilities.toReversed();
    return { ...asked, instance: { ...instance, problem: { ...problem, probabilities } } };
  },
  'a tie that counts as +1': (asked) => ({ ...asked, instance: { ...asked.instance, signOfZero: 'positive' } }),
};

test('every exact engine finds every defect of the other, and Monte Carlo those that are large enough', async (t) => {
  const three: BoundInstance = {
    ...matchedQuadratics,
    problem: {
      ...matchedQuadratics.problem,
      functions: [0.5, -0.5, 0.25].map((center) => ({ type: 'quadratic', curvature: 2, center })),
      probabilities: [0.125, 0.375, 0.5],
    },
  };
  const ofSigns = ['enumeration', 'lattice'] as const;
  const ofMoments = ['enumeration', 'moments'] as const;
  const none = 'a tie that counts as +1';
  const cases = [
    [{ theorem: signRate, instance: threeSlopes, engines: ofSigns }, undefined],
    // θ = (½, ½): the order does not matter.
    [{ theorem: signRate, instance: { ...littleNoise, start: [0] }, engines: ofSigns }, 'order'],
    [{ theorem: spgmRate, instance: three, miniBatch: 3, engines: ofMoments }, none],
  ] as const;
  let sampled = 0;
  for (const [comparison, invisible] of cases) {
    const prepared = prepareComparison({ ...comparison, iterations: 4 });
    const right = exactAnswers(prepared.request);
    t.is(judgeAnswers(prepared, right).verdict, 'holds');
    for (const [name, defect] of Object.entries(defects)) {
      if (invisible !== undefined && name.includes(invisible)) continue;
      for (const [j, { engine }] of right.entries()) {
        const wrong = exactEngines[engine](defect(prepared.request)) as ExactLeft;
        t.is(judgeAnswers(prepared, right.with(j, wrong)).verdict, 'violated', `${prepared.name}, ${engine}: ${name}`);
        const distance = Math.abs(wrong.interval[0] / right[j]!.interval[0] - 1);
        if (j > 0 || distance < 0.1) continue;
        const context = { claim: 'test', version: 1, budget };
        const part = await judgeMonteCarlo(prepared, wrong.interval, context);
        t.is(part.verdict, 'violated', `${prepared.name}, Monte Carlo: ${name}`);
        sampled++;
      }
    }
  }
  t.true(sampled >= 6, `${sampled} defects of a tenth and more`);
});

test('Monte Carlo finds an exact left side with an error of a fifth', async (t) => {
  const comparison: Comparison = {
    theorem: spgmRate,
    instance: quadraticHubers,
    iterations: 4,
    engines: ['enumeration'],
  };
  const prepared = prepareComparison(comparison);
  const { interval } = exactEngines.enumeration(prepared.request) as ExactLeft;
  const context = { claim: 'test', version: 1, budget };
  t.is((await judgeMonteCarlo(prepared, interval, context)).verdict, 'holds');
  const wrong = await judgeMonteCarlo(prepared, [0.8 * interval[0], 0.8 * interval[1]], context);
  t.is(wrong.verdict, 'violated');
  t.regex(wrong.reason!, /b = 1\.1·left came out violated/);
  t.regex(wrong.reason!, /the mean is above the exact left side by more than its own error, mean 1\.2\d* of/);
  // Nearer than the tenth that decides, but the replicates that it takes tell it from the mean.
  for (const [factor, side] of [
    [1.08, 'below'],
    [0.92, 'above'],
  ] as const) {
    const near = await judgeMonteCarlo(prepared, [factor * interval[0], factor * interval[1]], context);
    t.is(near.verdict, 'violated');
    t.regex(near.reason!, new RegExp(`^the mean is ${side} the exact left side by more than its own error, mean`));
  }
  const evidence = (parts: (typeof wrong)[]) => agreementEvidence(parts, 1, budget);
  // A cap that is much too large leaves E[X] ≥ 1.1·left open.
  const open = await judgeMonteCarlo({ ...prepared, cap: 1e6 }, interval, context);
  t.is(open.verdict, 'inconclusive');
  t.regex(open.reason!, /^b = 1\.1·left came out inconclusive, mean/);
  t.is(evidence([open]).verdict, 'inconclusive');
  t.regex(evidence([open]).reason, /^undecided: .*Monte Carlo/);
  t.is(evidence([open, wrong]).verdict, 'violated');
  t.is(evidence([wrong]).verdict, 'violated');
  t.regex(evidence([wrong]).reason, /disagreement: .*Monte Carlo/);
  t.is(evidence([judgeAnswers(prepared, [{ engine: 'enumeration', interval }])]).verdict, 'holds');
});

test('a comparison on which the theorem is silent is an error', (t) => {
  const kinked: BoundInstance = {
    name: 'kink',
    problem: { smooth: { type: 'zero' }, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] },
    start: [1],
  };
  const comparison: Comparison = {
    ...{ theorem: spgmRate, instance: kinked, iterations: 4, engines: ['enumeration'] },
  };
  t.throws(() => prepareComparison(comparison), { message: /silent on kink/ });
  const { cap: _, ...uncapped } = spgmRate;
  t.throws(() => prepareComparison({ ...comparison, theorem: uncapped, instance: quadraticHubers }), {
    message: /spgm-rate has no cap on quadratic/,
  });
});
