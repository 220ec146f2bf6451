import test from 'ava';
import type { Implementation, RunReply, RunRequest } from '../../src/claims/implementation/implementation.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { otherLibrary, subjectsOf } from '../../src/claims/other-library.test.helper.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { algorithmNames } from '../../src/reference/algorithms/algorithm.js';
import { properties } from '../index.js';
import { claim } from './run-iterates.js';

/** A library that offers runs and nothing else, with the iterates or the end alone. */
function runsOnly(run?: (request: RunRequest) => Promise<RunReply>): Implementation {
  return otherLibrary(
    { methods: ['run'], smooth: ['quadratic'], functions: ['l1', 'huber'], statefulAlgorithms: [] },
    run ? { run: (question) => run(question as RunRequest) } : {},
  );
}

async function verdicts(library: Implementation): Promise<Record<string, string>> {
  const subjects = await subjectsOf(properties, library);
  return Object.fromEntries(subjects.map(({ subject, verdict }) => [subject, verdict]));
}

const all = (verdict: string): Record<string, string> =>
  Object.fromEntries(algorithmNames.map((algorithm) => [`run of ${algorithm}`, verdict]));

const withoutTrajectory = async (request: RunRequest) => ({
  x: (await reference.ask({ method: 'run', ...request })).x,
});

test('where run is all that is offered it is judged for every algorithm, with the iterates and without', async (t) => {
  t.deepEqual(await verdicts(runsOnly()), all('right'));
  t.deepEqual(await verdicts(runsOnly(withoutTrajectory)), all('right'));
});

test('a run that returns 12345 everywhere is wrong for every algorithm', async (t) => {
  const wrong = async ({ x }: RunRequest) => ({ x: x.map(() => 12345) });
  t.deepEqual(await verdicts(runsOnly(wrong)), all('wrong'));
});

test('a run whose end is not its last iterate is wrong', async (t) => {
  const wrong = async (request: RunRequest) => ({
    ...(await reference.ask({ method: 'run', ...request })),
    x: request.x.slice(),
  });
  t.deepEqual(await verdicts(runsOnly(wrong)), all('wrong'));
});

test('a run that ends an iteration early is wrong, although each of its iterates is right', async (t) => {
  const early = async (request: RunRequest) => {
    const trajectory = (await reference.ask({ method: 'run', ...request })).trajectory!.slice(0, -1);
    return { x: trajectory.at(-1) ?? request.x, trajectory };
  };
  t.deepEqual(await verdicts(runsOnly(early)), all('wrong'));
});

/** γ/√t in ∇d, whose curvature it scales as well, and γ in the prox. */
function decayed({ problem, ...rest }: RunRequest, t: number): RunRequest {
  const curvature = (problem.smooth['curvature'] as number) / Math.sqrt(t + 1);
  return { ...rest, problem: { ...problem, smooth: { ...problem.smooth, curvature } } };
}

test('a step that decays in the gradient and not in the prox is found with every seed', async (t) => {
  const run = async (request: RunRequest) => {
    const trajectory: Float64Array[] = [];
    for (const [k, indices] of request.indices.entries()) {
      const single = { ...request, indices: [indices], x: trajectory.at(-1) ?? request.x };
      const isNumber = typeof request.problem.smooth['curvature'] === 'number';
      trajectory.push((await reference.ask({ method: 'run', ...(isNumber ? decayed(single, k) : single) })).x);
    }
    return { x: trajectory.at(-1)!, trajectory };
  };
  const library = runsOnly(run);
  const description = { ...library.description, algorithms: ['sign-prox'] as const };
  for (let seed = 1; seed <= 8; seed++) {
    const { verdict } = await claim.check(
      { ...library, description },
      { ...quickBudget(`${seed}`), verdictOnly: true },
    );
    t.is(verdict, 'violated', `seed ${seed}`);
  }
});
