import test from 'ava';
import { atSchedule, scheduleNames } from '../../src/theory/theorem/named-schedules.js';
import { prepareBound } from '../../src/theory/theorem/prepare-bound.js';
import type { FixedConstants, ScheduleConstants, Theorem, TheoremConstants } from '../../src/theory/theorem/theorem.js';
import { theorem1FixedObjective, theorem2FixedObjective } from '../theorem-1/fixed-objective.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2EvenBatch, theorem2Sharp } from '../theorem-2/theorem-2-sharp.js';
import { cosineLinear, quadraticHubers, theorem1Instances, theorem2Instances } from './instances.js';
import { lossByShortening, requireBestStep, shortened, smallestAt } from './optimal-step.js';
import { sharpBound1, sharpBound2 } from './sharp-bounds.js';

const near = (a: number, b: number, tolerance = 1e-12): boolean => Math.abs(a - b) <= tolerance * Math.abs(b);

const lipschitz = { lipschitz: 2, coordinateLipschitz: Float64Array.of(0.5, 2) };
const fixed: FixedConstants = {
  sigma: Math.hypot(1, 0.5),
  coordinateSigma: Float64Array.of(1, 0.5),
  gap: 0.75,
  growth: 0.625,
};
const scheduled = (constants: FixedConstants | undefined = fixed): ScheduleConstants => ({
  ...{ dimension: 2, ...lipschitz },
  fixed: () => constants,
});

/** The bound with the constants that hold at every γ: f(x⁰) − f* ≤ gap + γ·growth, σ ≤ σ₀. */
function boundAt(theorem: Theorem, T: number, step: number, miniBatch: number, of = fixed): number {
  const gap = of.gap + step * of.growth;
  const constants: TheoremConstants = {
    dimension: 2,
    ...lipschitz,
    ...of,
    fixed: () => of,
    gap: { lower: gap, upper: gap },
  };
  return theorem.bound(T, constants, { step, miniBatch });
}

const tunable = [theorem1, theorem1Sharp, theorem2, theorem2Sharp];

test('the optimal step is where the bound with the constants of all steps is smallest', (t) => {
  for (const theorem of tunable.map((one) => atSchedule(one, 'optimal'))) {
    for (const of of [
      fixed,
      { ...fixed, growth: 0 },
      { ...fixed, sigma: 0, coordinateSigma: Float64Array.of(0, 0), growth: 0 },
    ]) {
      for (const T of [1, 2, 16, 1024]) {
        const { step, miniBatch, chosen } = theorem.schedule(T, scheduled(of));
        const best = boundAt(theorem, T, step, miniBatch, of);
        const where = `${theorem.id}, T = ${T}, γ = ${step}`;
        t.true(step > 0 && Number.isFinite(best), where);
        // The step is rounded down, by 2⁻¹¹ of itself at most.
        for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 1.5]) {
          if (theorem.algorithm === 'spgm' && factor * step * 2 >= 2) continue;
          if (theorem.id === 'theorem-2' && factor * step * 2.5 >= 1) continue;
          const other = boundAt(theorem, T, factor * step, miniBatch, of);
          t.true(other > best, `${where}: ${other} at ${factor} of it, ${best}`);
        }
        t.regex(chosen!, of.growth > 0 ? /f\(x⁰\) − f\* ≤ 0\.7500 \+ γ‖σ₀‖²\/2 and/ : /f\(x⁰\) − f\* = 0\.7500 and/);
      }
    }
  }
});

test('a function of γ is smallest where the closed form says', (t) => {
  for (const start of [1e-3, 1, 50]) {
    for (const constant of [0, 0.5]) {
      for (const slope of [0, 1e-3, 2]) {
        for (const pole of [0, 0.5, 3]) {
          if (slope + constant * pole + pole === 0) continue;
          const at = (step: number): number => (start / step + constant + slope * step) / (1 - pole * step);
          const best = smallestAt({ start, constant, slope, pole });
          const where = `${start}/γ + ${constant} + ${slope}γ over 1 − ${pole}γ`;
          t.true(best > 0 && best * pole < 1, where);
          for (const factor of [0.9, 0.999, 1.001]) {
            if (pole * factor * best < 1) t.true(at(factor * best) > at(best), where);
          }
        }
      }
    }
  }
});

test('1♯ at its optimal step is A + √(A² + 4As²) where f(x⁰) − f* does not move with γ', (t) => {
  for (const T of [1, 4, 100]) {
    const own = { ...fixed, growth: 0 };
    const { step } = atSchedule(theorem1Sharp, 'optimal').schedule(T, scheduled(own));
    const A = (2 * own.gap) / T;
    const s2 = (1 - 1 / T) * own.sigma ** 2;
    const given = { lipschitz: 2, variance: own.sigma ** 2, gap: own.gap, iterations: T, step, miniBatch: 1 };
    t.true(near(sharpBound1(given), A + Math.sqrt(A * A + 4 * A * s2), 2 ** -20));
    t.true(near(2 * step, (2 * A) / (A + Math.sqrt(A * A + 4 * A * s2)), 2 ** -11));
    t.true(2 * step <= 1);
  }
  // Without noise it is γ = 1/L, and without curvature of the noise term γ = √(Δ/(‖L‖₁T)).
  t.is(smallestAt({ start: 3, constant: 0, slope: 0, pole: 0.5 }), 1);
  t.is(smallestAt({ start: 4, constant: 7, slope: 1, pole: 0 }), 2);
  t.deepEqual(
    [1, 0.3, 5e-7].map((value) => shortened(value)),
    [1, 2457 / 8192, Math.floor(5e-7 * 2 ** 32) / 2 ** 32],
  );
});

test('2♯ at its optimal step is at most 2√(‖L‖₁Δ/T) and the noise term', (t) => {
  for (const T of [4, 64]) {
    const own = { ...fixed, growth: 0 };
    const { step, miniBatch } = atSchedule(theorem2Sharp, 'optimal').schedule(T, scheduled(own));
    t.is(miniBatch, T);
    const parts = { ...lipschitz, coordinateSigma: own.coordinateSigma, gap: own.gap, iterations: T, miniBatch };
    const plain = sharpBound2({ ...parts, step: Math.sqrt(own.gap / (2.5 * T)) });
    t.true(sharpBound2({ ...parts, step }) < plain);
    t.true(near(sharpBound2({ ...parts, step, coordinateSigma: [0, 0] }), 2 * Math.sqrt((2.5 * own.gap) / T), 0.02));
  }
});

test('where the constants of all steps are not certified or x⁰ is a minimiser the step is the own one', (t) => {
  for (const theorem of tunable) {
    const own = theorem.schedule(16, scheduled());
    const optimal = (constants: FixedConstants | undefined) =>
      atSchedule(theorem, 'optimal').schedule(
        16,
        constants === undefined ? { dimension: 2, ...lipschitz } : scheduled(constants),
      );
    t.deepEqual(optimal(undefined), own);
    t.deepEqual(optimal({ ...fixed, gap: Number.POSITIVE_INFINITY }), own);
    const { chosen, ...schedule } = optimal({ ...fixed, gap: 0 });
    t.deepEqual(schedule, own);
    t.regex(chosen!, /^γ is not tuned: x⁰ minimises/);
  }
});

test('on the instances of the theorems the bound at the optimal step is below that at the own one, with constants that hold at both', (t) => {
  for (const theorem of tunable) {
    const optimal = atSchedule(theorem, 'optimal');
    for (const instance of theorem.algorithm === 'spgm' ? theorem1Instances : theorem2Instances) {
      for (const T of [1, 4, 64, 1024]) {
        const [prepared, tuned] = [theorem, optimal].map((one) => prepareBound(one, instance, T));
        if ('silent' in prepared! || 'silent' in tuned!) {
          t.fail(`${theorem.id} is silent on ${instance.name}`);
          continue;
        }
        const { schedule, constants } = prepared!;
        const { sigma, coordinateSigma, gap, growth } = constants.fixed!()!;
        const above = gap + schedule.step * growth;
        const atAll = { ...constants, sigma, coordinateSigma, gap: { lower: above, upper: above } };
        const bounds = [tuned!.upperBound, optimal.bound(T, atAll, schedule), theorem.bound(T, atAll, schedule)];
        // σ and σ₀ are upper ends within 0.1 %.
        const room = 1 + 2 ** -9;
        const where = `${theorem.id} on ${instance.name}, T = ${T}: ${bounds}`;
        t.true(bounds[0]! <= room * bounds[1]! && bounds[1]! <= room * bounds[2]!, where);
      }
    }
  }
});

test('no theorem that is made of these has their schedules', (t) => {
  for (const theorem of tunable) t.deepEqual(scheduleNames(theorem), ['own', 'optimal'], theorem.id);
  for (const theorem of [theorem1FixedObjective, theorem2FixedObjective, theorem2EvenBatch]) {
    t.deepEqual(scheduleNames(theorem), ['own'], theorem.id);
  }
});

test('what moves with γ is bounded by what does not, and where r_γ moves by a number only nothing is added', (t) => {
  const constantsOf = (instance: typeof cosineLinear) => {
    const prepared = prepareBound(theorem1, instance, 4);
    return 'silent' in prepared
      ? undefined
      : { ...prepared.constants, own: prepared.constants.fixed!()!, step: prepared.schedule.step };
  };
  const linear = constantsOf(cosineLinear)!;
  t.is(linear.own.growth, 0);
  t.true(near(linear.gap.upper, linear.own.gap, 1e-6));
  const hubers = constantsOf(quadraticHubers)!;
  t.is(hubers.own.growth, hubers.own.sigma ** 2 / 2);
  t.true(hubers.gap.lower <= hubers.own.gap + hubers.step * hubers.own.growth);
});

test('a step that was shortened costs less than what is allowed for it, and from a minimiser there is no best step', (t) => {
  const of = { start: 1 / 3, constant: 0, slope: 5, pole: 1 / 2 };
  const boundOf = (step: number) => (of.start / step + of.slope * step) / (1 - of.pole * step);
  const best = smallestAt(of);
  t.true(boundOf(best * (1 - 2 ** -11)) <= boundOf(best) * lossByShortening);
  t.true(boundOf(best * (1 - 2 ** -9)) > boundOf(best) * lossByShortening);
  t.notThrows(() => requireBestStep('mine', scheduled()));
  t.throws(() => requireBestStep('mine', scheduled({ ...fixed, gap: 0 })), {
    instanceOf: RangeError,
    message: /^mine has no best step from a minimiser of d \+ Σθ_k r_k/,
  });
});
