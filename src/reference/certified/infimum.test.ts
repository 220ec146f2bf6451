import type { ExecutionContext } from 'ava';
import test from 'ava';
import { type FunctionSpecification, parseFunction } from '../functions/index.js';
import { createProblem, parseProblem } from '../problem/create-problem.js';
import type { SmoothFunction, SmoothSpecification } from '../smooth/index.js';
import {
  box,
  cosine,
  elasticNet,
  type Functions,
  geman,
  huber,
  l1,
  linear,
  logCosh,
  quadratic,
  steps,
  zero,
} from './specifications.test.helper.js';

function assertInfimum(
  t: ExecutionContext,
  specification: Parameters<typeof parseProblem>[0],
  step: number,
  expected: number,
  dimension = 1,
): void {
  const { lower, upper } = parseProblem(specification).at(step).infimum(dimension)!;
  t.true(lower <= expected + 1e-15 && expected - 1e-15 <= upper, `${expected} in [${lower}, ${upper}]`);
  t.true(upper - lower <= 2e-10 * (1 + Math.abs(expected)) * dimension);
}

test.serial('f* in closed form', (t) => {
  for (const step of steps) {
    // d = 0, two quadratics: r_γ is least where the envelopes' sum is; with p_k at x_γ = (a − b)/(a + b + 2γab).
    const [a, b] = [1, 3];
    const x = (a - b) / (a + b + 2 * step * a * b);
    const p1 = (x + step * a) / (1 + step * a);
    const p2 = (x - step * b) / (1 + step * b);
    const value = (a * (p1 - 1) ** 2 + b * (p2 + 1) ** 2) / 4 + ((p1 - x) ** 2 + (p2 - x) ** 2) / (4 * step);
    const pair = [quadratic(a, 1), quadratic(b, -1)];
    assertInfimum(t, { smooth: zero, functions: pair, probabilities: [0.5, 0.5] }, step, value);
    // Linear functions of mean 0: r_γ = −(γ/2)Var; decimals whose products cancel leave f bounded.
    const noise = { functions: [linear(4), linear(-1)], probabilities: [0.2, 0.8] };
    assertInfimum(t, { smooth: geman(1, 1), ...noise }, step, (-step / 2) * 4);
    assertInfimum(t, { smooth: cosine(2), ...noise }, step, (-step / 2) * 4);
    // In floating point 0.3·7 − 0.7·3 is not 0, with either sign.
    for (const sign of [-1, 1]) {
      const decimals = { functions: [linear(7 * sign), linear(-3 * sign)], probabilities: [0.3, 0.7] };
      assertInfimum(t, { smooth: cosine(2), ...decimals }, step, (-step / 2) * 21);
    }
  }
  // A far minimum, a distant centre, a tiny scale.
  assertInfimum(t, { smooth: zero, functions: [quadratic(1, 1e6)], probabilities: [1] }, 1, 0);
  const bowl = { type: 'quadratic', curvature: 2, center: -3000 };
  assertInfimum(t, { smooth: bowl, functions: [linear(4)], probabilities: [1] }, 1, -12_004);
  // A flat regulariser far from the valley of d: the minimum is at the edge of its domain.
  const cone = { functions: [box(2, Infinity)], probabilities: [1] };
  assertInfimum(t, { smooth: geman(1, 1), ...cone }, 1, 4 / 5);
  assertInfimum(
    t,
    { smooth: { type: 'quadratic', curvature: -1, center: 0 }, functions: [box(-1, 2)], probabilities: [1] },
    1,
    -2,
  );
});

test.serial('f* of several coordinates is the sum over coordinates', (t) => {
  const smooth = { type: 'quadratic', curvature: [1, 2, 1, 2], center: [0, 1, 0, -1] };
  const functions = [linear(1, 0, 1, 2)];
  // ½ax² + bx after centring: −b²/(2a) + bc.
  assertInfimum(t, { smooth, functions, probabilities: [1] }, 0.5, -0.5 + 0 - 0.5 + (-1 - 2), 4);
});

test.serial('coordinates that differ in d alone have an f* each', (t) => {
  const both = {
    smooth: { type: 'quadratic', curvature: [1, -1], center: 0 },
    functions: [huber(1, 1)],
    probabilities: [1],
  };
  t.deepEqual(parseProblem(both).at(0.5).infimum(2), { lower: -Infinity, upper: -Infinity }, '½x₁² − ½x₂² + Huber');
  const shifted = {
    smooth: { type: 'quadratic', curvature: 1, center: [0, 3] },
    functions: [linear(1, 1)],
    probabilities: [1],
  };
  // ½(x − c)² + x has the infimum c − ½ in each coordinate.
  assertInfimum(t, shifted, 0.5, -0.5 + 2.5, 2);
});

test.serial('f* is −∞ where f is unbounded below', (t) => {
  const falling = (curvature: number) => ({ type: 'quadratic', curvature, center: 0 });
  for (const [smooth, functions] of [
    [zero, [linear(1), linear(2)]],
    [zero, [linear(-1), linear(-2)]],
    [cosine(1), [linear(1), linear(-2)]],
    [geman(1, 1), [l1(1), linear(3)]],
    [{ type: 'log-cosh', weight: 1, scale: 1 }, [linear(1), linear(2)]],
    [falling(-1), [l1(1), huber(2, 1)]],
    [falling(-0.5), [quadratic(1, 3), linear(1)]],
  ] as [SmoothSpecification, Functions][]) {
    const infimum = parseProblem({ smooth, functions, probabilities: [0.5, 0.5] })
      .at(1)
      .infimum(1);
    t.deepEqual(infimum, { lower: -Infinity, upper: -Infinity }, JSON.stringify([smooth, functions]));
  }
  // Half a coordinate bounded is not enough.
  const mixed = { smooth: zero, functions: [linear(0, 1)], probabilities: [1] };
  t.deepEqual(parseProblem(mixed).at(1).infimum(2), { lower: -Infinity, upper: -Infinity });
});

test.serial('the effective curvature of r_γ decides whether a concave d is bounded', (t) => {
  // Curvatures 1 and 3 at γ = 1: 1/(1 + a) = ½(½ + ¼), a = 5/3.
  const pair = [quadratic(1, 0), quadratic(3, 0)];
  const at = (curvature: number) =>
    parseProblem({
      smooth: { type: 'quadratic', curvature, center: 0 },
      functions: pair,
      probabilities: [0.5, 0.5],
    })
      .at(1)
      .infimum(1)!;
  t.is(at(-1.67).lower, -Infinity);
  t.true(Math.abs(at(-1.66).upper) < 1e-9 && Math.abs(at(-1.66).lower) < 1e-9);
});

const smooths: SmoothSpecification[] = [
  zero,
  geman(1, 1),
  cosine(2),
  { type: 'huber', weight: 1, threshold: 1 },
  { type: 'log-cosh', weight: 2, scale: 0.5 },
  { type: 'quadratic', curvature: 1, center: 2 },
  { type: 'quadratic', curvature: -0.5, center: 1 },
];
const components: FunctionSpecification[] = [
  { type: 'zero' },
  l1(0.5),
  linear(0.25),
  linear(-1),
  quadratic(1, 3),
  { type: 'squared-l2', weight: 0.25 },
  huber(0.5, 2),
  logCosh(1, 1),
  elasticNet(0.5, 1),
  box(-1, 0.5),
  { type: 'nonnegative' },
];

test.serial('no value of the objective lies below f*, and where f* is −∞ the values fall without end', (t) => {
  const outcomes = { enclosed: 0, unbounded: 0, undefined: 0 };
  for (const smooth of smooths) {
    for (const [k, first] of components.entries()) {
      for (const second of components.slice(k)) {
        const problem = { smooth, functions: [first, second], probabilities: [0.75, 0.25] };
        const at = parseProblem(problem).at(0.7);
        const infimum = at.infimum(1);
        const values = Array.from({ length: 31 }, (_, j) => at.objective(Float64Array.of(Math.sinh((j - 15) / 4))));
        const least = Math.min(...values);
        const explanation = `${JSON.stringify(problem)}: ${JSON.stringify(infimum)}, ${least}`;
        if (infimum === undefined) {
          outcomes.undefined += 1;
          // The indicator of a box bends r_γ at infinity like a quadratic would; no rule says so.
          t.true(smooth['curvature'] === -0.5 && [first, second].some(({ type }) => type === 'box'), explanation);
        } else if (infimum.upper === -Infinity) {
          outcomes.unbounded += 1;
          const far = [-1e6, 1e6].map((x) => at.objective(Float64Array.of(x)));
          t.true(Math.min(...far) < -1e4, explanation);
        } else {
          outcomes.enclosed += 1;
          t.true(infimum.lower <= least + 1e-12, explanation);
          t.true(infimum.upper >= infimum.lower && infimum.upper <= least + 1e-9, explanation);
          t.true(infimum.upper - infimum.lower <= 2e-10 * (1 + Math.abs(infimum.upper)), explanation);
        }
      }
    }
  }
  t.true(outcomes.undefined < 10 && outcomes.unbounded > 20 && outcomes.enclosed > 200, JSON.stringify(outcomes));
});

test.serial('f* of a coupled d is enclosed between a tangent and a descent', (t) => {
  const coupled = (matrix: { rows: number; columns: number; data: number[] }, target: number[]) => ({
    type: 'least-squares',
    matrix,
    target,
  });
  const width = (smooth: SmoothSpecification, functions: Functions, step: number, expected: number, n = 2) => {
    const probabilities = functions.map(() => 1 / functions.length);
    const { lower, upper } = parseProblem({ smooth, functions, probabilities }).at(step).infimum(n)!;
    t.true(lower <= expected && expected <= upper, `${expected} in [${lower}, ${upper}]`);
    return upper - lower;
  };
  // ½(3x + 4y − 1)² + |x| + |y| is least on the second axis, the cheaper one: 4(4y − 1) + 1 = 0, y = 3/16.
  t.true(width(coupled({ rows: 1, columns: 2, data: [3, 4] }, [1]), [l1(1)], 1 / 32, 7 / 32) < 1e-6);
  // A rotation leaves ‖x‖² alone, so ½‖Qx − b‖² + ½a‖x‖² is least at Qx = b/(1 + a): ½a‖b‖²/(1 + a).
  const rotation = { rows: 2, columns: 2, data: [0.6, -0.8, 0.8, 0.6] };
  t.true(width(coupled(rotation, [1, 2]), [quadratic(3, 0)], 0.25, (0.5 * 3 * 5) / 4) < 1e-9);
  // Not convex, so all that is known from below is inf d + inf r: 0, attained where (Ax)² = y.
  const quartic = { type: 'phase-retrieval', matrix: rotation, intensities: [0, 0] };
  t.true(width(quartic, [box(-1, 1), box(-2, 3)], 0.25, 0) < 1e-9);
});

test.serial('f* is undefined where nothing is certified', (t) => {
  const matrix = { rows: 1, columns: 2, data: [1, 2] };
  for (const [smooth, functions] of [
    [{ type: 'least-squares', matrix, target: [1] }, [linear(1, 1)]],
    [{ type: 'phase-retrieval', matrix, intensities: [1] }, [linear(1, 1)]],
    [{ type: 'phase-retrieval', matrix, intensities: [1] }, [{ type: 'l2-ball', radius: 1 }]],
    [zero, [{ type: 'l2-ball', radius: 1 }]],
  ] as [SmoothSpecification, Functions][]) {
    t.is(
      parseProblem({ smooth, functions, probabilities: [1] })
        .at(1)
        .infimum(2),
      undefined,
    );
  }
});

/** 2Σ cos x_i with what it declares of itself. */
function cosines(traits: Partial<SmoothFunction>): SmoothFunction {
  const own: SmoothFunction = {
    type: 'own',
    parameters: {},
    convex: false,
    value: (x) => x.reduce((sum, xi) => sum + 2 * Math.cos(xi), 0),
    gradient(x, out = new Float64Array(x.length)) {
      for (let i = 0; i < x.length; i++) out[i] = -2 * Math.sin(x[i]!);
      return out;
    },
    coordinate: () => own,
    ...traits,
  };
  return own;
}

test.serial('f* with a smooth term of one’s own uses only what it declares', (t) => {
  const infimum = (traits: Partial<SmoothFunction>, r: FunctionSpecification) =>
    createProblem({ smooth: cosines(traits), functions: [parseFunction(r)], probabilities: [1] })
      .at(1)
      .infimum(1);
  t.is(infimum({}, box(-1, 1)), undefined);
  t.is(infimum({ lipschitz: 2 }, l1(1)), undefined);
  // The box ends both tails by itself, and the least of 2 cos over [−1, 4] is −2.
  const { lower, upper } = infimum({ lipschitz: 2 }, box(-1, 4))!;
  t.true(lower <= -2 + 1e-15 && upper >= -2 - 1e-15 && upper - lower < 1e-9);
  const bounded = infimum({ lipschitz: 2, infimum: () => -2 }, l1(0.25))!;
  t.true(bounded.lower < bounded.upper && bounded.upper - bounded.lower < 1e-9);
});

test.serial('a family that is constant is recognised after finitely many cells', (t) => {
  const same = [l1(1), elasticNet(1, 0)];
  const { sigma, deviation } = parseProblem({ smooth: zero, functions: same, probabilities: [0.5, 0.5] })
    .at(1)
    .constants(1);
  t.true(sigma! >= 0 && sigma! < 1e-2 && deviation! >= 0 && deviation! < 1e-2);
});

test.serial('where one tail is bounded by inf d alone, that is the lower end, whichever side it is on', (t) => {
  const smooth = cosines({ lipschitz: 2, infimum: () => -3 });
  for (const half of [
    { type: 'nonnegative' },
    { type: 'box', lower: '-Infinity', upper: 0 },
  ] satisfies FunctionSpecification[]) {
    const { lower, upper } = createProblem({ smooth, functions: [parseFunction(half)], probabilities: [1] })
      .at(1)
      .infimum(1)!;
    t.true(lower <= -3 && lower >= -3.001, `${lower}`);
    t.true(upper >= -2 && upper <= -1.999, `${upper}`);
  }
});

test.serial('a tangent bounds a coupled d that is convex, with the sign of its slope, and no other', (t) => {
  // ½(3x + 4y − 1)² + x + y over x, y ≥ 0 is least on the second axis: 4(4y − 1) + 1 = 0, y = 3/16.
  const smooth = { type: 'least-squares', matrix: { rows: 1, columns: 2, data: [3, 4] }, target: [1] };
  const sloped: FunctionSpecification = { type: 'tilted', slope: [1, 1], inner: { type: 'nonnegative' } };
  const convex = parseProblem({ smooth, functions: [sloped], probabilities: [1] })
    .at(1 / 32)
    .infimum(2)!;
  t.true(convex.lower <= 7 / 32 && 7 / 32 <= convex.upper && convex.upper - convex.lower < 1e-6);
  // At 0 the gradient of ½‖1 − (Qx)²‖² vanishes although it is a maximum, and a descent rests there.
  const matrix = { rows: 2, columns: 2, data: [0.6, -0.8, 0.8, 0.6] };
  const quartic = { type: 'phase-retrieval', matrix, intensities: [1, 1] };
  const { lower } = parseProblem({ smooth: quartic, functions: [box(-2, 2)], probabilities: [1] })
    .at(0.25)
    .infimum(2)!;
  t.true(lower <= 0, `${lower}`);
});

test('the rounding of the sum is in the enclosure: of thousands of coordinates it is more than their own widths', (t) => {
  // ½(u − 1)² + h(u) with h′ = ½ beyond ½ is least at ½, where it is 1/8 + 1/8; its upper end is right to the last digits.
  const problem = parseProblem({ smooth: quadratic(1, 1), functions: [huber(1, 0.5)], probabilities: [1] });
  for (const dimension of [256, 1024, 16384]) {
    const { lower, upper } = problem.at(1).infimum(dimension)!;
    t.true(lower <= dimension / 4 && dimension / 4 <= upper, `${dimension} coordinates: [${lower}, ${upper}]`);
  }
});
