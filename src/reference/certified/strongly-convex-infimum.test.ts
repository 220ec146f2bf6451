import test from 'ava';
import { parseProblem } from '../problem/create-problem.js';
import { stronglyConvexInfimum } from './strongly-convex-infimum.js';

const entries = { rows: 3, columns: 2, data: [1, 0.5, 0, 1, 0.5, -0.5] };
test('a problem takes the better of L and the majorant, and keeps coordinate constants where they exist', (t) => {
  const coupled = parseProblem({
    smooth: { type: 'least-squares', matrix: entries, target: [0, 0, 0] },
    functions: [{ type: 'log-cosh', weight: 1.625, scale: 1 }],
    probabilities: [1],
  });
  const { majorant, coordinateLipschitz, lipschitz } = coupled.lipschitz(2);
  t.is(coordinateLipschitz, undefined);
  t.true(Math.abs(majorant![0]! - 1.625) < 1e-12 && Math.abs(majorant![1]! - 1.75) < 1e-12);
  // Full coupling: row sums 4 exceed λ_max = 2 of [[2, …]]-like forms only when signs cancel; L is then the better majorant.
  const signs = parseProblem({
    smooth: {
      type: 'least-squares',
      matrix: { rows: 4, columns: 4, data: [1, 1, 1, 1, 1, -1, 1, -1, 1, 1, -1, -1, 0, 0, 0, 0] },
      target: [0, 0, 0, 0],
    },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  }).lipschitz(4);
  t.true(signs.majorant!.every((entry) => entry === signs.lipschitz));
  t.true(signs.lipschitz! < 4.01 && lipschitz! < 1.66);
  const separable = parseProblem({
    smooth: { type: 'quadratic', curvature: [1, 3], center: 0 },
    functions: [{ type: 'quadratic', curvature: [2, 1], center: 1 }],
    probabilities: [1],
  }).lipschitz(2);
  t.deepEqual(separable.majorant, Float64Array.of(2, 3));
  t.deepEqual(separable.majorant, separable.coordinateLipschitz);
});

test('the enclosure of a coupled quadratic is its closed form, at short and at long steps', (t) => {
  // f = ½‖Ax − b‖² + ⟨a, x⟩ + the constant −(γ/2)Var a of the proximal average: minimised at AᵀAx = Aᵀb − a.
  const target = [1, -1, 0.5];
  const slopes = [
    [1, 0.5],
    [-0.5, 0.25],
  ];
  const mean = [0.25 * 1 - 0.75 * 0.5, 0.25 * 0.5 + 0.75 * 0.25];
  const right = [1 * 1 + 0.5 * 0.5 - mean[0]!, 0.5 * 1 - 1 - 0.5 * 0.5 - mean[1]!];
  const x = [(1.5 * right[0]! - 0.25 * right[1]!) / 1.8125, (1.25 * right[1]! - 0.25 * right[0]!) / 1.8125];
  const rows = [x[0]! + 0.5 * x[1]! - 1, x[1]! + 1, 0.5 * x[0]! - 0.5 * x[1]! - 0.5];
  const variance = 0.25 * 0.75 * (1.5 ** 2 + 0.25 ** 2);
  const problem = parseProblem({
    smooth: { type: 'least-squares', matrix: entries, target },
    functions: slopes.map((coefficients) => ({ type: 'linear', coefficients })),
    probabilities: [0.25, 0.75],
  });
  for (const step of [0.01, 0.5, 3]) {
    const expected =
      rows.reduce((sum, row) => sum + row * row, 0) / 2 + mean[0]! * x[0]! + mean[1]! * x[1]! - (step / 2) * variance;
    const { lower, upper } = problem.at(step).infimum(2)!;
    t.true(lower <= expected + 1e-13 && upper >= expected - 1e-13, `γ = ${step}: ${lower} ${expected} ${upper}`);
    t.true(upper - lower < 1e-9, `γ = ${step}`);
  }
});

test('without a modulus of d, or with an inexact prox, a coupled problem has no certificate', (t) => {
  const infimum = (functions: { type: string }[], data: number[]) =>
    stronglyConvexInfimum(
      parseProblem({
        smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data }, target: [1, 1] },
        functions,
        probabilities: functions.map(() => 1 / functions.length),
      }),
      0.5,
      2,
    );
  t.is(infimum([{ type: 'zero' }], [1, 1, 1, 1]), undefined);
  t.is(
    infimum(
      [{ type: 'total-variation-2d', weight: 1, shape: [1, 2], variant: 'isotropic' } as { type: string }],
      [1, 0, 0, 1],
    ),
    undefined,
  );
  t.truthy(infimum([{ type: 'zero' }], [1, 0, 0, 1]));
});

test('the enclosure holds f* where its digits are known', (t) => {
  // ½(x² + (x − 1)²) is least at ½, where it is ¼: no rounding may end the enclosure below.
  // ½((x − s)² + (x + s)²) is s² at 0, where the iteration begins: it is met exactly.
  for (const [target, least] of [
    ...[1, 3, 1 / 3].map((scale) => [[0, scale], scale ** 2 / 4] as const),
    ...[1, 3, 0.125].map((scale) => [[scale, -scale], scale ** 2] as const),
  ]) {
    const smooth = { type: 'least-squares', matrix: { rows: 2, columns: 1, data: [1, 1] }, target };
    const { lower, upper } = parseProblem({ smooth, functions: [{ type: 'zero' }], probabilities: [1] })
      .at(0.3)
      .infimum(1)!;
    t.true(lower <= least && least <= upper, `${least} in [${lower}, ${upper}]`);
    t.true(upper > lower, 'an enclosure by rounded numbers has a width');
  }
});
