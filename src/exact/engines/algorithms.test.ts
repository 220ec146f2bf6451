import test from 'ava';
import { one, rational, zero } from '../arithmetic/rational.js';
import { q } from '../exact-instances.test.helper.js';
import { atStep, rationalProblem } from '../problem/rational-problem.js';
import { signProxIteration, spgmIteration } from './algorithms.js';

test('a step goes against the direction by γ, and a random sign of 0 halves the mass of each of its ends', (t) => {
  const json = {
    smooth: { type: 'zero' },
    functions: [{ type: 'linear', coefficients: [2, 0, -3, 0] }],
    probabilities: [1],
  };
  const problem = atStep(rationalProblem(json, 4), q('1/4'));
  const start = [1, 2, 3, 4].map((entry) => rational(BigInt(entry)));
  const ends = (signOfZero: Parameters<ReturnType<typeof signProxIteration>>[3]) =>
    (['literal', 'residual'] as const).map((form) =>
      signProxIteration(form)(problem, [one], start, signOfZero).map(
        ({ x, halvings }) => `${x.map((entry) => entry.toFraction()).join(' ')}: ${halvings}`,
      ),
    );
  for (const [signOfZero, expected] of [
    ['zero', ['3/4 2 13/4 4: 0']],
    ['positive', ['3/4 7/4 13/4 15/4: 0']],
    ['negative', ['3/4 9/4 13/4 17/4: 0']],
    ['random', ['3/4 9/4 13/4 17/4: 2', '3/4 9/4 13/4 15/4: 2', '3/4 7/4 13/4 17/4: 2', '3/4 7/4 13/4 15/4: 2']],
  ] as const) {
    t.deepEqual(ends(signOfZero), [[...expected], [...expected]], signOfZero);
  }
  const [next] = spgmIteration(problem, [one], [zero, zero, zero, zero], 'zero');
  t.deepEqual(
    next!.x.map((entry) => entry.toFraction()),
    ['-1/2', '0', '3/4', '0'],
  );
});
