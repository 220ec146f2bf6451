import test from 'ava';
import { prepareBound } from '../../../src/theory/theorem/prepare-bound.js';
import { momentumBound, sharpMomentumBound, signProxMomentum, skewed } from './sign-prox-momentum.js';

test('both bounds are what their formulas give by hand', (t) => {
  // γL = 1, √v = 3/√9 = 1, α = ½: √(α/(2 − α)) = 1/√3.
  const given = {
    coordinateLipschitz: [2],
    coordinateSigma: [3],
    gap: 0.5,
    step: 0.5,
    miniBatch: 9,
    newestWeight: 0.5,
  };
  const whole = 0.25 + 1 + 0.75 * 3 * (2 + 1 / Math.sqrt(3)) + 0.5 * 3;
  t.true(Math.abs(momentumBound({ ...given, iterations: 4 }) - whole) < 1e-12);
  // ℓ = 1 · L, lags 0 and ½γL, noises 1 and √(¼ + ¾/3).
  const sharp = 1 / 3 + 1 + (3 * (0.5 + 1 + Math.SQRT1_2)) / 3;
  t.true(Math.abs(sharpMomentumBound({ ...given, iterations: 3 }) - sharp) < 1e-12);
  // γL = ¼: ℓ = (8/5) L.
  const flatter = { ...given, coordinateLipschitz: [0.5], coordinateSigma: [0] };
  const lagging = 1 / 3 + 0.25 + (2.25 * 0.25 * 1.6 * 0.5) / 3;
  t.true(Math.abs(sharpMomentumBound({ ...flatter, iterations: 3 }) - lagging) < 1e-12);
});

test('the sharper bound is below the bound, and at α = 1 its noise term has the factor 2 + γL_i', (t) => {
  for (const iterations of [1, 2, 5, 100]) {
    for (const newestWeight of [1, 0.5, 0.01]) {
      for (const step of [4, 0.1, 0.001]) {
        const given = { coordinateLipschitz: [2, 0.5], coordinateSigma: [1, 3], gap: 0.7, miniBatch: 3 };
        const all = { ...given, iterations, newestWeight, step };
        const sharp = sharpMomentumBound(all);
        t.true(sharp <= momentumBound(all) * (1 + 2 ** -40), JSON.stringify(all));
        const rest = 0.7 / (step * iterations) + 2.5 * step;
        const noise = (1 - 1 / iterations) * ((2 + 2 * step) * 1 + (2 + step / 2) * 3) * 3 ** -0.5;
        if (newestWeight === 1) t.true(Math.abs(sharp - rest - noise) < 1e-12 * sharp);
      }
    }
  }
});

test('at its step the bound falls like 4.757 (‖L‖₁Δ)^¼ ‖σ‖₁^½ T^−¼', (t) => {
  const bounds = [1000, 10_000, 100_000].map((iterations) => {
    const prepared = prepareBound(signProxMomentum, skewed, iterations);
    if ('silent' in prepared) throw new Error(prepared.silent);
    const { step, parameters } = prepared.schedule;
    t.true(Math.abs(parameters!['newestWeight']! * Math.sqrt(iterations) - 1) < 1e-9);
    t.true(Math.abs(step * iterations ** 0.75 * Math.sqrt(8) - 1) < 1e-9);
    return prepared.upperBound;
  });
  t.deepEqual(
    bounds.map((bound) => Number(bound.toPrecision(3))),
    [1.13, 0.605, 0.331],
  );
  const huge = 1e12;
  const newestWeight = 1 / Math.sqrt(huge);
  const far = momentumBound({
    ...{ coordinateLipschitz: [1], coordinateSigma: [2], gap: 0.5, miniBatch: 1, iterations: huge, newestWeight },
    step: huge ** -0.75 / Math.sqrt(8),
  });
  t.true(Math.abs(far / (2 * Math.sqrt(4 * Math.SQRT2) * 0.5 ** 0.25 * Math.SQRT2 * huge ** -0.25) - 1) < 0.002);
});

test('α is 1 where T is small, and from a minimiser there is no schedule', (t) => {
  const weight = (iterations: number, gap: number) =>
    signProxMomentum.schedule(iterations, {
      dimension: 1,
      coordinateLipschitz: Float64Array.of(1),
      fixed: () => ({ sigma: 1, coordinateSigma: Float64Array.of(1), gap, growth: 0 }),
    }).parameters!['newestWeight'];
  t.is(weight(4, 1), 1);
  t.is(weight(32, 1), 1 / 2);
  t.throws(() => weight(4, 0), { instanceOf: RangeError, message: /f\(x⁰\) > f\*, got 1 and/ });
});
