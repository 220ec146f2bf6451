import test from 'ava';
import { parseProblem } from '../problem/create-problem.js';
import { ballOfMinimizers, convexInfimum, distanceToMinimizers } from './convex-minimizers.js';

const problemOf = (smooth: object, functions: readonly object[] = [{ type: 'zero' }], probabilities = [1]) =>
  parseProblem({ smooth, functions, probabilities });
const parabola = { type: 'quadratic', curvature: 2, center: 0.75 };

/** Whether an enclosure holds a number and is narrow. */
function holds(t: { true(actual: boolean, message: string): unknown }, found: unknown, expected: number, name: string) {
  const { lower, upper } = (found ?? { lower: Number.NaN, upper: Number.NaN }) as { lower: number; upper: number };
  t.true(lower <= expected && expected <= upper, `${name}: ${expected} in [${lower}, ${upper}]`);
  t.true(upper - lower <= 1e-10 * Math.max(1, expected), `${name}: ${upper - lower} wide`);
}

test('the distance to a minimiser in closed form is enclosed, of d + r_γ and of the fixed objective', (t) => {
  const tilted = (slope: number) => ({ type: 'tilted', slope: [slope], inner: { type: 'zero' } });
  const rows: readonly [string, ReturnType<typeof problemOf>, number[], number | undefined, number][] = [
    ['parabola', problemOf(parabola), [3], undefined, 2.25],
    ['at its minimiser', problemOf(parabola), [0.75], undefined, 0],
    ['Huber', problemOf({ type: 'huber', weight: 1, threshold: 2 / 9 }), [2], undefined, 2],
    ['3, 4, 5', problemOf({ type: 'quadratic', curvature: [1, 5], center: [1, 2] }), [4, -2], undefined, 5],
    ['all of R is minimal', problemOf({ type: 'zero' }), [7], undefined, 0],
    ['slopes whose mean is 1/4', problemOf(parabola, [tilted(1), tilted(-0.5)], [0.5, 0.5]), [3], undefined, 2.375],
    [
      'tanh = 1/2',
      problemOf({ type: 'log-cosh', weight: 1, scale: 1 }, [tilted(-0.5)]),
      [0],
      undefined,
      Math.atanh(0.5),
    ],
    ['parabola and l1', problemOf(parabola, [{ type: 'l1', weight: 1 }]), [3], 0.25, 2.75],
    ['a box', problemOf(parabola, [{ type: 'box', lower: 2, upper: 4 }]), [5], 0.5, 3],
    // P_k(0.5) = 0.5 ± 0.25 at γ = ¼: the average of the two parabolas at 0 and 1 is one at ½.
    [
      'two parabolas',
      problemOf(
        { type: 'zero' },
        [0, 1].map((center) => ({ type: 'quadratic', curvature: 1, center })),
        [0.5, 0.5],
      ),
      [3],
      0.25,
      2.5,
    ],
  ];
  for (const [name, problem, start, step, expected] of rows) {
    holds(t, distanceToMinimizers(problem, Float64Array.from(start), step), expected, name);
  }
});

test('the minimiser of coupled least squares is enclosed', (t) => {
  const matrix = { rows: 2, columns: 2, data: [2, 1, 0, 1] };
  // A(1, −1)ᵀ = (1, −1)ᵀ, from (4, 3): √(9 + 16).
  const problem = problemOf({ type: 'least-squares', matrix, target: [1, -1] });
  const found = distanceToMinimizers(problem, Float64Array.of(4, 3))!;
  t.true(found.lower <= 5 && found.upper >= 5 && found.upper - found.lower < 1e-9, JSON.stringify(found));
});

test('the infimum of a convex separable f̄ is enclosed to within rounding', (t) => {
  const slope = (value: number) => ({ type: 'tilted', slope: [value], inner: { type: 'zero' } });
  const rows: readonly [ReturnType<typeof problemOf>, number, number][] = [
    [problemOf({ type: 'quadratic', curvature: 0.7, center: 0.1 }), 1, 0],
    [problemOf({ type: 'huber', weight: 1, threshold: 1 }), 2, 0],
    // x² − 1.5x + 0.75² + x/4 is least at 0.625.
    [problemOf(parabola, [slope(1), slope(-0.5)], [0.5, 0.5]), 1, 0.125 ** 2 + 0.15625],
    // ln cosh x − x/2 is least at atanh ½.
    [
      problemOf({ type: 'log-cosh', weight: 1, scale: 1 }, [slope(-0.5)]),
      1,
      Math.log(2 / Math.sqrt(3)) - Math.atanh(0.5) / 2,
    ],
  ];
  for (const [problem, dimension, expected] of rows) {
    const { lower, upper } = convexInfimum(problem, dimension)!;
    t.true(lower <= expected && expected <= upper && upper - lower < 2 ** -43, `${expected} in [${lower}, ${upper}]`);
  }
  t.is(convexInfimum(problemOf({ type: 'cosine', weight: 1 }), 1), undefined);
  t.is(convexInfimum(problemOf(parabola, [{ type: 'l1', weight: 1 }]), 1), undefined);
});

test('nothing is said where f is not convex, has no minimiser, is flat beside its minimisers, or is coupled without strong convexity', (t) => {
  const matrix = { rows: 1, columns: 2, data: [1, 1] };
  const none = [
    problemOf({ type: 'cosine', weight: 1 }),
    problemOf({ type: 'zero' }, [{ type: 'linear', coefficients: [1] }]),
    problemOf({ type: 'log-cosh', weight: 1, scale: 1 }, [{ type: 'linear', coefficients: [1] }]),
  ];
  for (const problem of none) {
    t.is(distanceToMinimizers(problem, Float64Array.of(1)), undefined);
    t.is(distanceToMinimizers(problem, Float64Array.of(1), 0.5), undefined);
  }
  const hinge = problemOf({ type: 'zero' }, [{ type: 'squared-hinge', weight: 1 }]);
  t.is(distanceToMinimizers(hinge, Float64Array.of(-1)), undefined);
  const flat = problemOf({ type: 'least-squares', matrix, target: [1] });
  t.is(distanceToMinimizers(flat, Float64Array.of(1, 2)), undefined);
  t.is(distanceToMinimizers(problemOf(parabola, [{ type: 'l1', weight: 1 }]), Float64Array.of(1)), undefined);
});

test('a slope that cancels to within rounding makes the enclosure wide and not wrong', (t) => {
  // f̄′ = 1024 + h(x) − 1024 with h(x) = 2⁻⁴⁰x near 0: the minimiser is 0, and doubles see a slope from about 2⁻³ on.
  const huber = { type: 'huber', weight: 2 ** -40, threshold: 64 };
  const problem = problemOf(
    { type: 'zero' },
    [1024, -1024].map((slope) => ({ type: 'tilted', slope: [slope], inner: huber })),
    [0.5, 0.5],
  );
  const found = distanceToMinimizers(problem, Float64Array.of(16));
  t.true(found === undefined || (found.lower <= 16 && found.upper >= 16), JSON.stringify(found));
});

test('the ball of minimisers is small around one, holds all of several, and is that of a coupled problem', (t) => {
  const ballOf = (smooth: object, dimension: number, functions?: readonly object[]) =>
    ballOfMinimizers(problemOf(smooth, functions), dimension);
  const apart = ballOf({ type: 'quadratic', curvature: [1, 0.5], center: [0.3, -1.7] }, 2)!;
  t.true(Math.hypot(apart.x[0]! - 0.3, apart.x[1]! + 1.7) <= apart.radius && apart.radius < 1e-12);
  // At 0 doubles come as near as they do anywhere.
  const near = ballOf({ type: 'quadratic', curvature: 3, center: 0 }, 2)!;
  t.true(Math.hypot(...near.x) <= near.radius && near.radius < 1e-300);
  const flat = ballOf({ type: 'piecewise-quadratic', knots: [-1, 0, 1, 2], slopes: [-1, 0, 0, 1] }, 1)!;
  t.true(Math.abs(flat.x[0]! - 0.5) < 1e-9 && flat.radius >= 0.5 && flat.radius < 0.5 + 1e-9);
  t.is(ballOf({ type: 'zero' }, 1), undefined);
  t.is(ballOf({ type: 'cosine', weight: 1 }, 1), undefined);
  // A = (1, 0.2; 0.2, 0.8): x* = (10/19, 45/19).
  const matrix = { rows: 2, columns: 2, data: [1, 0.2, 0.2, 0.8] };
  const coupled = ballOf({ type: 'least-squares', matrix, target: [1, 2] }, 2)!;
  t.true(Math.hypot(coupled.x[0]! - 10 / 19, coupled.x[1]! - 45 / 19) <= coupled.radius && coupled.radius < 1e-11);
});
