import { readFileSync } from 'node:fs';
import test from 'ava';
import {
  type ErrorFeedbackState,
  errorFeedbackStep,
} from '../../../src/reference/algorithms/stateful/error-feedback-sign-prox.js';
import { parseProblem } from '../../../src/reference/problem/create-problem.js';
import type { ProblemAtStep } from '../../../src/reference/problem/problem.js';
import { type Prepared, prepareBound } from '../../../src/theory/theorem/prepare-bound.js';
import { terms } from '../../../src/theory/theorem/terms.js';
import { theorem1 } from '../../theorem-1/theorem-1.js';
import { theorem1Sharp } from '../../theorem-1/theorem-1-sharp.js';
import { bestErrorFeedbackBound, contractionOf, errorFeedback, errorFeedbackBound, rows } from './error-feedback.js';

const constants = (dimension: number, sigma = 1.5, gap = 0.75) => ({
  ...{ dimension, lipschitz: 3, sigma, deviation: 2 },
  gap: { lower: gap, upper: gap },
});
const everyT = [1, 2, 4, 7, 64, 1000, 65536];

test('for n = 1 the step and the bounds are those of Theorem 1♯ to the last bit', (t) => {
  for (const T of everyT) {
    const schedule = errorFeedback.schedule(T, constants(1));
    t.deepEqual(schedule, theorem1.schedule(T, constants(1)));
    const expected = theorem1Sharp.bound(T, constants(1), schedule);
    t.is(errorFeedback.bound(T, constants(1), schedule), expected);
    t.is(errorFeedback.sharp!(T, constants(1), schedule), expected);
  }
});

test('at its own step the bound is finite for every T and n, and at most twice its terms', (t) => {
  for (const n of [1, 2, 3, 10, 1000]) {
    const { rho, omega } = contractionOf(n);
    t.true(omega <= 2 * n - 1 + 1e-9 * n);
    for (const T of everyT) {
      const known = constants(n);
      const schedule = errorFeedback.schedule(T, known);
      const noise = (1 + rho) * (1 - 1 / T) * schedule.step * 3 * 1.5 ** 2;
      const bound = errorFeedback.bound(T, known, schedule);
      t.true(bound > 0 && bound <= 2 * (0.75 / (schedule.step * T) + noise) * (1 + 2 ** -40), `n = ${n}, T = ${T}`);
      t.true(errorFeedback.sharp!(T, known, schedule) <= bound);
    }
  }
  const about = { ...{ dimension: 2, lipschitz: 3, variance: 1, gap: 1, iterations: 4 }, miniBatch: 1 };
  t.throws(() => errorFeedbackBound({ ...about, step: 1 / 3 }), { message: /step must be below .* got γ = 0.333/ });
});

test('no other η gives a smaller bound than the best one', (t) => {
  for (const n of [2, 5]) {
    for (const [variance, gap] of [
      [1, 0],
      [0, 1],
      [2, 3],
    ] as const) {
      for (const iterations of [64, 4096, 2 ** 20]) {
        const { step } = errorFeedback.schedule(iterations, constants(n));
        const about = { ...{ dimension: n, lipschitz: 3, variance, gap, iterations, step }, miniBatch: 2 };
        const best = bestErrorFeedbackBound(about);
        const { omega } = contractionOf(n);
        t.true(best <= errorFeedbackBound(about) * (1 + 2 ** -40));
        // So close together that an η which is off by a hundredth is beaten.
        for (let octave = -2; octave <= 3; octave += 1 / 512) {
          const eta = 2 ** octave * omega;
          if (step * 3 * (1 / 2 + eta + omega ** 2 / eta) >= 1) continue;
          t.true(best <= errorFeedbackBound(about, eta) * (1 + 2 ** -40), `n = ${n}, T = ${iterations}, η = ${eta}`);
        }
      }
    }
  }
  const nothing = { ...{ dimension: 2, lipschitz: 1, variance: 0, gap: 0, iterations: 4, step: 1 / 16 }, miniBatch: 1 };
  t.is(bestErrorFeedbackBound(nothing), 0);
});

/** The largest left side of one run, over all sequences of single draws. */
function largestLeft(at: ProblemAtStep, start: Float64Array, iterations: number): number {
  const follow = (state: ErrorFeedbackState, left: number): number => {
    const here = terms['squared-gradient-mapping'].at(at, state.x);
    if (left === 1) return here;
    const draws = Array.from(at.problem.probabilities.keys());
    return here + Math.max(...draws.map((k) => follow(errorFeedbackStep(at, state, [k]), left - 1)));
  };
  return follow({ x: start, error: new Float64Array(start.length) }, iterations) / iterations;
}

test('no run has a left side above the cap, and some come near it', (t) => {
  const ratios = rows.flatMap(({ instance }) =>
    [1, 2, 6].map((T) => {
      const { schedule, cap } = prepareBound(errorFeedback, instance, T) as Prepared;
      const at = parseProblem(instance.problem).at(schedule.step);
      return largestLeft(at, Float64Array.from(instance.start), T) / cap!;
    }),
  );
  t.true(Math.max(...ratios) <= 1, `${ratios}`);
  t.true(Math.max(...ratios) > 1 / 2, `${ratios}`);
});

test('as T grows the constants come to those of Theorem 1♯', (t) => {
  const ratios = [2 ** 20, 2 ** 30, 2 ** 40, 2 ** 50].map((T) => {
    const schedule = errorFeedback.schedule(T, constants(4));
    return errorFeedback.sharp!(T, constants(4), schedule) / theorem1Sharp.bound(T, constants(4), schedule);
  });
  for (const [k, ratio] of ratios.entries()) t.true(ratio > 1 && ratio < (ratios[k - 1] ?? 2), `${ratios}`);
  t.true(ratios.at(-1)! < 1.01, `${ratios}`);
});

/** left/bound of error feedback on d = ½‖x‖² from an axis, against the bound of SPGM at the same step, from the definition. */
function againstSpgm(n: number, T: number, step: number, signOfZero: 0 | 1): number {
  const [x, error] = [new Float64Array(n), new Float64Array(n)];
  x[0] = 1;
  let total = 0;
  for (let t = 0; t < T; t++) {
    total += x.reduce((sum, entry) => sum + entry ** 2, 0);
    const message = error.map((entry, i) => entry + step * x[i]!);
    const scale = message.reduce((sum, entry) => sum + Math.abs(entry), 0) / n;
    message.forEach((entry, i) => {
      const sent = scale * (entry === 0 ? signOfZero : Math.sign(entry));
      x[i]! -= sent;
      error[i] = entry - sent;
    });
  }
  return (total / T / (1 / 2 / (step * T))) * (1 - step / 2);
}

test('what PROOFS.md says error feedback costs from an axis is what its definition gives', (t) => {
  const proofs = readFileSync(new URL('../../../../theorems/PROOFS.md', import.meta.url), 'utf8');
  const words = (step: number): string =>
    ([1, 0] as const).map((zero) => `$${againstSpgm(16, 1024, step, zero).toFixed(3)}$`).join(' and ');
  t.true(proofs.includes(`it is ${words(1 / 32)} times that bound`), words(1 / 32));
  const own = 1 / (1 + 4 * contractionOf(16).omega);
  t.true(proofs.includes(`${words(own)} times at $\\gamma=1/(1+4\\omega)=${own.toFixed(4)}$`), words(own));
  const ranges = ([1, 0] as const).map((zero) => {
    const shares = [16, 32, 64].flatMap((n) =>
      [4096, 16_384].map((T) => (againstSpgm(n, T, 1 / Math.sqrt(T), zero) - 1) / (n / Math.sqrt(T))),
    );
    return `$${Math.min(...shares).toFixed(2)}$ to $${Math.max(...shares).toFixed(2)}$`;
  });
  t.true(proofs.replaceAll('\n', ' ').includes(`the excess is ${ranges.join(' and ')} times`), ranges.join(', '));
});
