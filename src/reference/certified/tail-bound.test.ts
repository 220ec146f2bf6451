import test from 'ava';
import { parseFunction } from '../functions/index.js';
import type { SmoothFunction } from '../smooth/index.js';
import { coordinateProblem, objectiveAt } from './coordinate-objective.js';
import { linear } from './specifications.test.helper.js';
import { tailBound } from './tail-bound.js';

test.serial('the bound of a tail holds for a d that falls as fast and as long as its constants allow', (t) => {
  // d = −½u² up to |u| = 3 and climbs from there: d″ ≥ −1, inf d = −4.5; with r = u, f(0) = 0 and f(3) = −1.5.
  const smooth: SmoothFunction = {
    type: 'own',
    parameters: {},
    convex: false,
    lipschitz: 1,
    infimum: () => -4.5,
    value: ([u]) => (Math.abs(u!) <= 3 ? -(u! ** 2) / 2 : -4.5 + 100 * (Math.abs(u!) - 3) ** 2),
    gradient: ([u]) => Float64Array.of(Math.abs(u!) <= 3 ? -u! : 200 * (Math.abs(u!) - 3) * Math.sign(u!)),
  };
  const components = [{ function: parseFunction(linear(1)), probability: 1 }];
  const problem = coordinateProblem(smooth, components, 1)!;
  const point = objectiveAt(problem, 1);
  t.is(point.u, 0);
  t.is(point.value, 0);
  const bound = tailBound(problem, point, 1);
  t.true(bound <= -1.5 && bound >= -4.5, `${bound}`);
  t.is(tailBound(problem, point, -1), -Infinity);
});
