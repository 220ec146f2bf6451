import test from 'ava';
import { runProximalGradient } from '../algorithms/proximal-gradient.js';
import type { Matrix } from '../smooth/matrix/matrix.js';
import { phaseRetrievalProblem, sheppLoganPhantom } from './phase-retrieval-problem.js';

test('the phantom has the intensities of its regions, in the right places', (t) => {
  const n = 401;
  const phantom = sheppLoganPhantom(n);
  const at = (x: number, y: number) => phantom[Math.round((1 - y) * 200) * n + Math.round((x + 1) * 200)];
  const regions: [x: number, y: number, value: number, what: string][] = [
    [-1, 1, 0, 'corner'],
    [0, 0.9, 1, 'skull, top'],
    [0, -0.9, 1, 'skull, bottom: thinner than at the top'],
    [0, 0.85, 0.2, 'just inside the skull, top'],
    [0, -0.89, 0.2, 'just inside the skull, bottom'],
    [0.67, 0, 1, 'skull, right'],
    [0, 0, 0.2, 'centre'],
    [0.22, 0, 0, 'right ventricle'],
    [0.29, 0.24, 0, 'right ventricle leans to the right'],
    [0.15, 0.24, 0.3, 'and not to the left, where the large ellipse is'],
    [-0.22, 0, 0, 'left ventricle'],
    [-0.32, 0.32, 0, 'left ventricle leans to the left'],
    [-0.37, 0, 0, 'left ventricle is the wider one'],
    [0.37, 0, 0.2, 'right of the right ventricle'],
    [0, 0.5, 0.3, 'large ellipse'],
    [0, -0.1, 0.3, 'small circle'],
    [-0.08, -0.605, 0.3, 'left of the three at the bottom'],
    [0, -0.605, 0.3, 'middle of the three'],
    [0.06, -0.605, 0.3, 'right of the three'],
    [0.06, -0.57, 0.3, 'the right one is tall'],
    [-0.08, -0.57, 0.2, 'the left one is flat'],
  ];
  for (const [x, y, value, what] of regions) t.is(at(x, y), value, what);
  t.deepEqual([...new Set(phantom)].sort(), [0, 0.1, 0.2, 0.3, 0.4, 1]);
  t.is(sheppLoganPhantom(50).length, 2500);
  for (const size of [1, 2.5, Number.NaN]) t.throws(() => sheppLoganPhantom(size), { message: /^phantom: n is/ });
});

const small = { side: 8, measurements: 200, seed: 'imaging test' };

test('the measurements are the squared projections of the phantom on rows of N(0, 1/m)', (t) => {
  const { problem, image, start } = phaseRetrievalProblem(small);
  const { matrix, intensities } = problem.smooth.parameters as { matrix: Matrix; intensities: number[] };
  t.deepEqual([matrix.rows, matrix.columns, problem.dimension], [200, 64, 64]);
  for (const [j, intensity] of intensities.entries()) {
    const projection = image.reduce((sum, pixel, i) => sum + matrix.data[j * 64 + i]! * pixel, 0);
    t.true(Math.abs(intensity - projection ** 2) <= 1e-14);
  }
  // 12 800 entries: the mean of the squares is within 8 standard errors of 1/m, the mean within 8 of 0.
  const squares = matrix.data.reduce((sum, a) => sum + a * a, 0) / matrix.data.length;
  t.true(Math.abs(squares * 200 - 1) < 8 * Math.sqrt(2 / 12_800));
  t.true(Math.abs(matrix.data.reduce((sum, a) => sum + a, 0)) < 8 * Math.sqrt(12_800 / 200));
  const deviation = Math.hypot(...start.map((xi, i) => xi - image[i]!)) / 8;
  t.true(deviation > 0.05 && deviation < 0.15, `${deviation}`);
});

test('the phantom explains the measurements, so its objective is λ TV and its relative error 0', (t) => {
  const { problem, image, relativeError } = phaseRetrievalProblem({ ...small, weight: 0.25 });
  t.true(problem.smooth.value(image) < 1e-25);
  const variation = problem.functions[0]!.value(image);
  t.true(variation > 0);
  t.true(Math.abs(problem.at(1).objective(image) - variation) < 1e-12);
  const half = phaseRetrievalProblem({ ...small, weight: 0.125 }).problem.functions[0]!.value(image);
  t.true(Math.abs(variation - 2 * half) < 1e-12);
  t.is(relativeError(image), 0);
  t.is(relativeError(image.map((pixel) => -pixel)), 0);
  t.true(Math.abs(relativeError(image.map((pixel) => 1.5 * pixel)) - 0.5) < 1e-15);
  t.is(problem.lipschitz(64).lipschitz, undefined);
  t.is(problem.at(1).infimum(64), undefined);
});

test('the seed decides matrix and start', (t) => {
  const [one, same, other] = [small, small, { ...small, seed: 'another' }].map(phaseRetrievalProblem);
  t.deepEqual(one!.start, same!.start);
  t.deepEqual(one!.problem.specification, same!.problem.specification);
  t.notDeepEqual(one!.start, other!.start);
  t.notDeepEqual(one!.problem.smooth.parameters, other!.problem.smooth.parameters);
  t.deepEqual(phaseRetrievalProblem({ ...small, startDeviation: 0 }).start, one!.image);
});

test('the full proximal gradient recovers a small phantom', (t) => {
  const { problem, start, relativeError } = phaseRetrievalProblem({ ...small, weight: 1e-4 });
  const { x } = runProximalGradient(problem.at(0.5), start, { iterations: 400 });
  t.true(relativeError(x) < 0.1 * relativeError(start), `${relativeError(start)} to ${relativeError(x)}`);
});

test('bad options are named', (t) => {
  t.throws(() => phaseRetrievalProblem({ ...small, measurements: 0 }), { message: /^imaging: measurements is 0/ });
  t.throws(() => phaseRetrievalProblem({ ...small, startDeviation: -1 }), {
    message: /^imaging: startDeviation is -1/,
  });
  t.throws(() => phaseRetrievalProblem({ ...small, weight: -1 }), { message: /weight is -1/ });
  t.throws(() => phaseRetrievalProblem({ ...small, side: 1 }), { message: /^phantom: n is 1/ });
});
