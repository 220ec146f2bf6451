import test from 'ava';
import { parseProblem } from '../../../reference/problem/create-problem.js';
import { signRate } from '../example-theorems.test.helper.js';
import { auditAssumptions } from './audit.js';

test('a peak beside a kink is found, even if its foot is below the deviation far out', (t) => {
  const huber = { type: 'huber', weight: 2, threshold: 0.75 };
  const logCosh = { type: 'log-cosh', weight: 1.375, scale: 1.75 };
  const problem = parseProblem({
    smooth: { type: 'log-cosh', weight: 2, scale: 1.625 },
    functions: [
      { type: 'translated', shift: [0.125], inner: huber },
      { type: 'translated', shift: [0.5], inner: logCosh },
    ],
    probabilities: [0.25, 0.75],
  });
  // Far out one slope is 2·0.75 and the other 1.375·1.75.
  const farOut = (1.375 * 1.75 - 2 * 0.75) * Math.sqrt(0.25 * 0.75);
  const [peak] = problem.at(1 / 16).constants(1).attainedSigma!;
  t.true(peak! > 1.01 * farOut);
  for (let seed = 1; seed <= 40; seed++) {
    const options = { only: ['assumption-2d' as const], iterations: 16, points: 1, seed: `${seed}` };
    const { findings, step } = auditAssumptions(signRate, problem, 1, options);
    t.is(step, 1 / 16);
    const [searched] = findings[0]!.searched as readonly number[];
    t.true(searched! > 0.9999 * peak! && searched! <= peak! * (1 + 1e-6), `${searched} of ${peak}, seed ${seed}`);
  }
});
