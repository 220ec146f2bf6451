import test from 'ava';
import { phaseRetrievalProblem } from '../../src/reference/imaging/phase-retrieval-problem.js';
import { fullCurve, normalisedObjectives, runCurve } from './figure-curve.js';
import {
  bestSteps,
  candidateSteps,
  figureCurves,
  foldCurves,
  performanceOf,
  searchCurves,
  settings,
  storedSteps,
} from './figure-runs.js';

const problem = { side: 6, measurements: 80, weight: 3e-4, seed: 'figure-test' };
const curve = { ...fullCurve(problem), sigma: 0.1, iterations: 12, noiseSeed: 'n', step: 0.1 } as const;

test('a noiseless SPGM curve is the full proximal-gradient method, and its objectives are f at the iterates', (t) => {
  const { problem: imaging, start } = phaseRetrievalProblem({ ...problem, startDeviation: 0.1 });
  const { objectives, image } = runCurve({ ...fullCurve(problem), iterations: 5 });
  const atStep = imaging.at(0.5);
  let x = start;
  for (let i = 0; i <= 5; i++) {
    t.true(Math.abs(objectives[i]! - atStep.objective(x)) <= 1e-6 * atStep.objective(x), `t = ${i}`);
    if (i < 5) x = atStep.mean(x);
  }
  x.forEach((value, i) => {
    t.true(Math.abs(value - image[i]!) < 1e-5);
  });
});

test('signProx moves every pixel by exactly γ, whatever the noise', (t) => {
  const { start } = phaseRetrievalProblem({ ...problem, startDeviation: 0.1 });
  const { image } = runCurve({ ...curve, algorithm: 'sign-prox', density: 0.1, iterations: 1, step: 0.25 });
  t.true(image.every((value, i) => Math.abs(Math.abs(value - start[i]!) - 0.25) < 1e-12));
});

test('a curve depends on its parameters only: the same twice, another with another seed, reading or density', (t) => {
  const sparse = { ...curve, density: 0.1 };
  t.deepEqual(runCurve(sparse), runCurve(sparse));
  const ends = [sparse, { ...sparse, noiseSeed: 'm' }, { ...sparse, reading: 'entry' as const }, curve].map(
    (variant) => runCurve(variant).objectives.at(-1)!,
  );
  t.is(new Set(ends).size, ends.length);
});

test('a diverging run ends in infinities and never in NaN', (t) => {
  const { objectives } = runCurve({ ...curve, step: 1e4, iterations: 30 });
  t.is(objectives.at(-1), Number.POSITIVE_INFINITY);
  t.false(objectives.some(Number.isNaN));
});

test('the search tries every candidate, runs dense noise alike under both readings and keeps the best', (t) => {
  const curves = searchCurves({ problem, sigma: 0.1, iterations: 10, noiseSeed: 's' });
  t.is(curves.length, 2 * settings.reduce((sum, setting) => sum + candidateSteps(setting).length, 0));
  t.true(curves.every(({ setting, curve: own }) => (own.density === 1) === setting.endsWith('dense')));
  t.true(curves.every(({ curve: own }) => own.density !== 1 || own.reading === 'total'));
  const performances = Object.fromEntries(
    settings.map((setting, k) => [setting, candidateSteps(setting).map((_, j) => Math.abs(j - k - 2))]),
  ) as unknown as Parameters<typeof bestSteps>[0];
  t.deepEqual(
    settings.map((setting) => bestSteps(performances)[setting]),
    settings.map((setting, k) => candidateSteps(setting)[k + 2]!),
  );
  t.is(
    performanceOf(
      Float64Array.from({ length: 20 }, (_, i) => (i < 18 ? 11 : 3)),
      1,
    ),
    0.2,
  );
});

test('bands are the median and the range over the seeds, images belong to the first', (t) => {
  const plan = {
    problem,
    reading: 'total' as const,
    sigma: 0.1,
    iterations: 4,
    seeds: ['a', 'b', 'c'],
    steps: storedSteps.total,
  };
  for (const steps of Object.values(storedSteps)) {
    for (const setting of settings) {
      const position = candidateSteps(setting).indexOf(steps[setting]);
      t.true(position > 0 && position < candidateSteps(setting).length - 1, 'found by the search, inside its grid');
    }
  }
  const curves = figureCurves(plan);
  t.is(curves.length, 12);
  const results = curves.map(runCurve);
  const infimum = 0.001;
  const { bands, images } = foldCurves(plan, results, infimum);
  settings.forEach((setting, s) => {
    const runs = results.slice(3 * s, 3 * s + 3).map(({ objectives }) => normalisedObjectives(objectives, infimum));
    const last = runs.map((run) => run[4]!).sort((a, b) => a - b);
    const band = bands[setting];
    t.deepEqual([band.lower[4], band.median[4], band.upper[4]], last);
    t.deepEqual(images[setting].pixels, Array.from(results[3 * s]!.image));
    t.is(band.median[0], 1);
  });
});
