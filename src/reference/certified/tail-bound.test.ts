import test from 'ava';
import { parseFunction } from '../functions/index.js';
import type { SmoothFunction } from '../smooth/index.js';
import {
  type CoordinateProblem,
  coordinateProblem,
  objectiveAt,
  type PointOfObjective,
} from './coordinate-objective.js';
import { box, l1, linear, quadratic } from './specifications.test.helper.js';
import { isUnbounded, signOfDecimalSum, tailBound } from './tail-bound.js';

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

const flat: SmoothFunction = {
  type: 'own',
  parameters: {},
  convex: true,
  lipschitz: 0,
  value: () => 0,
  gradient: (_, out = new Float64Array(1)) => out.fill(0),
};
const only = (r: { readonly type: string }) => [{ function: parseFunction(r), probability: 1 }];
const problemOf = (parts: Partial<CoordinateProblem>): CoordinateProblem => ({
  smooth: flat,
  components: only(quadratic(1, 0)),
  step: 1,
  concavity: 0,
  curvature: 0,
  ...parts,
});
/** A point with numbers that are powers of 2, so that the bounds are those of the formulas. */
const pointOf = (parts: Partial<PointOfObjective>): PointOfObjective => ({
  y: 0,
  u: 0,
  regularizer: 0.5,
  smooth: 0.75,
  value: 2,
  valueError: 0.25,
  regularizerSlope: 0,
  regularizerSlopeError: 0,
  slope: 0,
  slopeError: 0,
  images: [0],
  residuals: [5],
  ...parts,
});
const near = (a: number, b: number) => Math.abs(a - b) < 1e-9;

test('errors of a point lower its bound, and those of its slope make it fall', (t) => {
  const convex = problemOf({});
  t.is(tailBound(convex, pointOf({ slope: 1, slopeError: 0.5 }), 1), 1.75);
  t.is(tailBound(convex, pointOf({ slope: 0.25, slopeError: 0.5 }), 1), -Infinity);
  t.is(tailBound(convex, pointOf({ slope: -1, slopeError: 0.5 }), -1), 1.75);
  t.is(tailBound(convex, pointOf({ slope: -0.25, slopeError: 0.5 }), -1), -Infinity);
});

test('where d may bend down, its infimum or the climb from its valley bounds the tail', (t) => {
  const smooth: SmoothFunction = { ...flat, convex: false, infimum: () => -1 };
  const bending = problemOf({ smooth, concavity: 3, curvature: 1 });
  // c = 2, so the parabola is above the point up to 2s/c = 1; from there inf d + r + g·1 − the error.
  const rising = pointOf({ slope: 1, regularizerSlope: 0.5 });
  t.true(near(tailBound(bending, rising, 1), -1 + 0.5 - 0.25 + 0.5));
  const falling = pointOf({ slope: -1 });
  t.true(near(tailBound(bending, falling, 1), -1 + 0.5 - 0.25));
  // Beyond its valley d only climbs: its own value takes the place of inf d. Before the valley it does not.
  for (const [valley, floor] of [
    [-1, 0.75],
    [1, -1],
  ] as const) {
    const withValley = problemOf({ smooth: { ...smooth, valley }, concavity: 3, curvature: 1 });
    t.true(near(tailBound(withValley, rising, 1), floor + 0.5 - 0.25 + 0.5), `${valley}`);
    const mirrored = problemOf({ smooth: { ...smooth, valley: -valley }, concavity: 3, curvature: 1 });
    const back = pointOf({ slope: -1, regularizerSlope: -0.5 });
    t.true(near(tailBound(mirrored, back, -1), floor + 0.5 - 0.25 + 0.5), `${valley}, mirrored`);
  }
});

test('a domain ends a tail where it ends, and nowhere else', (t) => {
  // At the upper end of the box the tail is 2⁻⁴⁷ long: there the parabola falls by 1 for its slope and by 1 for its bend.
  const atEnd = problemOf({ components: only(box(-1, 0)), concavity: 2 ** 95 });
  t.true(near(tailBound(atEnd, pointOf({ slope: -(2 ** 47) }), 1), 1.75 - 2));
  const smooth: SmoothFunction = { ...flat, convex: false, infimum: () => -1 };
  const inside = problemOf({ smooth, components: only(box(-1, 1)), concavity: 2 });
  t.true(near(tailBound(inside, pointOf({ slope: -1 }), 1), -1 + 0.5 - 0.25));
});

test('a slope counts as 0 only where every part of it has reached its limit', (t) => {
  const smooth: SmoothFunction = { ...flat, asymptoticSlopes: [0, 0] };
  const limited = problemOf({ smooth, components: only(l1(1)) });
  const uncertain = { slope: 0.25, slopeError: 0.5 };
  const bound = (parts: Partial<PointOfObjective>) => tailBound(limited, pointOf({ ...uncertain, ...parts }), 1);
  t.is(bound({ residuals: [1], regularizerSlope: 0.25 }), 1.75, 'all have');
  t.is(bound({ residuals: [0.2], regularizerSlope: 0.25 }), -Infinity, 'r_k has not');
  t.is(bound({ residuals: [1], regularizerSlope: 0 }), -Infinity, 'd has not');
});

test('f is unbounded on the side on which its slopes at infinity add up to a fall', (t) => {
  const sloped = (asymptoticSlopes: readonly [number, number], r: { readonly type: string }, curvature = 0) =>
    ([-1, 1] as const).map((direction) =>
      isUnbounded(problemOf({ smooth: { ...flat, asymptoticSlopes }, components: only(r), curvature }), direction),
    );
  t.deepEqual(sloped([-1, 5], linear(-3)), [false, false]);
  t.deepEqual(sloped([-5, 1], linear(-3)), [false, true]);
  t.deepEqual(sloped([-1, 5], linear(3)), [true, false]);
  t.deepEqual(sloped([-1, 1], linear(-1)), [false, false], 'a balance');
  t.deepEqual(sloped([0, 0], quadratic(1, 3), 1), [false, false], 'curvature');
});

test('the sign of a sum of products is that of the decimals that are written, not of the doubles that they become', (t) => {
  t.is(
    signOfDecimalSum([
      [0.3, 7],
      [-0.7, 3],
    ]),
    0,
  );
  t.not(0.3 * 7 - 0.7 * 3, 0);
  t.is(
    signOfDecimalSum([
      [0.1, 0.1],
      [-1, 0.01],
    ]),
    0,
  );
  t.is(
    signOfDecimalSum([
      [1.25, 2],
      [-2.5, 1],
    ]),
    0,
  );
  for (const sign of [-1, 1] as const) {
    t.is(signOfDecimalSum([[sign, 2.5]]), sign);
    t.is(
      signOfDecimalSum([
        [sign * 1e-30, 1],
        [sign * 1e3, 1e-34],
      ]),
      sign,
    );
    t.is(
      signOfDecimalSum([
        [0.2, 4],
        [-0.8, 1],
        [sign * 1e-300, 1e-20],
      ]),
      sign,
    );
  }
  t.is(signOfDecimalSum([]), 0);
});
