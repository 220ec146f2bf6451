import test from 'ava';
import {
  box,
  huber,
  l1,
  l2Ball,
  linear,
  logCosh,
  moreauEnvelope,
  nonnegative,
  type ProximableFunction,
  parseFunction,
  proximalAverage,
  quadratic,
  simplex,
  tilted,
  zero,
} from '../index.js';
import { domainInterval } from './derived-traits.js';

const at = (u: number): Float64Array => Float64Array.of(u);
const near = (a: number, b: number, tolerance = 1e-12): boolean => Math.abs(a - b) <= tolerance * (1 + Math.abs(b));

/** min θr₁(u₁) + (1−θ)r₂(u₂) + (θ|u₁ − u|² + (1−θ)|u₂ − u|²)/2γ over θu₁ + (1−θ)u₂ = u, by ternary search over u₁. */
function valueByDefinition(
  first: ProximableFunction,
  second: ProximableFunction,
  theta: number,
  step: number,
  u: number,
): number {
  const objective = (u1: number): number => {
    const u2 = (u - theta * u1) / (1 - theta);
    const spread = (theta * (u1 - u) ** 2 + (1 - theta) * (u2 - u) ** 2) / (2 * step);
    // Outside the domains a steep slope leads back to them.
    const penalty = 1e9 * ((first.violation?.(at(u1)) ?? 0) + (second.violation?.(at(u2)) ?? 0));
    const value = (fn: ProximableFunction, v: number): number => fn.finiteValue?.(at(v)) ?? fn.value(at(v));
    return theta * value(first, u1) + (1 - theta) * value(second, u2) + spread + penalty;
  };
  let low = -100;
  let high = 100;
  for (let i = 0; i < 200; i++) {
    const a = low + (high - low) / 3;
    const b = high - (high - low) / 3;
    if (objective(a) < objective(b)) high = b;
    else low = a;
  }
  return objective((low + high) / 2);
}

const pairs: [ProximableFunction, ProximableFunction][] = [
  [l1({ weight: 1 }), quadratic({ curvature: 3, center: -1 })],
  [huber({ weight: 2, threshold: 0.5 }), logCosh({ weight: 1, scale: 2 })],
  [l1({ weight: 0.5 }), linear({ coefficients: [-1] })],
  [nonnegative({}), l1({ weight: 2 })],
  [nonnegative({}), box({ lower: -1, upper: 2 })],
  [zero({}), quadratic({ curvature: 1e3, center: 4 })],
];

for (const [first, second] of pairs) {
  test(`value by its definition: ${first.type} and ${second.type}`, (t) => {
    for (const theta of [0.25, 0.8]) {
      for (const step of [0.1, 0.7, 3]) {
        const fn = proximalAverage({ functions: [first, second], probabilities: [theta, 1 - theta], step });
        for (const u of [-0.05, 0, 0.3, 1, 2.5, -4]) {
          const outside = first.type === 'nonnegative' && second.type === 'box' && u < -(1 - theta);
          const expected = outside ? Infinity : valueByDefinition(first, second, theta, step, u);
          t.true(fn.value(at(u)) === expected || near(fn.value(at(u)), expected, 1e-7), `θ ${theta} γ ${step} u ${u}`);
        }
      }
    }
  });
}

test('linear functions of slopes a_k average to ⟨ā, u⟩ − (γ/2)Var(a)', (t) => {
  const step = 0.3;
  const functions = [2, -1, 0.5].map((slope) => linear({ coefficients: [slope, 1] }));
  const fn = proximalAverage({ functions, probabilities: [0.5, 0.25, 0.25], step });
  const mean = 0.875;
  const variance = 0.5 * 4 + 0.25 + 0.0625 - mean ** 2;
  t.true(near(fn.value(Float64Array.of(3, -2)), 3 * mean - 2 - (step / 2) * variance));
  t.deepEqual([...fn.gradient!(Float64Array.of(3, -2))], [mean, 1]);
  t.is(fn.smooth!.lipschitz, 0);
});

test('its minimiser is not that of the plain average: (a − b)/(a + b + 2γab) for ½a(u − 1)² and ½b(u + 1)²', (t) => {
  const [a, b] = [1, 3];
  for (const step of [0.1, 1, 3]) {
    const fn = proximalAverage({
      functions: [quadratic({ curvature: a, center: 1 }), quadratic({ curvature: b, center: -1 })],
      probabilities: [0.5, 0.5],
      step,
    });
    const minimiser = (a - b) / (a + b + 2 * step * a * b);
    t.true(near(fn.gradient!(at(minimiser))[0]!, 0));
    t.true(near(fn.residual(at(minimiser), step)[0]!, 0, 1e-15));
    // 1 + γL = 1/Σθ_k/(1 + γL_k) is attained by quadratics.
    const slope = fn.gradient!(at(1))[0]! - fn.gradient!(at(0))[0]!;
    t.true(near(slope, fn.smooth!.lipschitz));
    t.true(near(1 + step * slope, 1 / (0.5 / (1 + step * a) + 0.5 / (1 + step * b))));
    t.is(fn.smooth!.coordinateLipschitz!(0), fn.smooth!.lipschitz);
  }
});

test('value and gradient at u = P⁰(x) from x itself and from solving for x agree, coupled functions included', (t) => {
  const ball = l2Ball({ radius: 1.5 });
  const cases = [
    [l1({ weight: 1 }), quadratic({ curvature: 3, center: -1 })],
    [ball, quadratic({ curvature: 2, center: [0.5, -1] })],
    [
      moreauEnvelope({ smoothing: 0.5, inner: ball }),
      tilted({ slope: [1, -2], inner: logCosh({ weight: 1, scale: 1 }) }),
    ],
    [simplex({ total: 2 }), huber({ weight: 1, threshold: 0.5 })],
  ];
  for (const functions of cases) {
    const step = 0.7;
    const fn = proximalAverage({ functions, probabilities: [0.4, 0.6], step });
    for (const x of [
      Float64Array.of(0.3, -0.2),
      Float64Array.of(3, -4),
      Float64Array.of(0, 0),
      Float64Array.of(-9, 0.5),
    ]) {
      const u = fn.prox(x, step);
      t.true(near(fn.value(u), fn.valueAtPreimage(x), 1e-9), `${functions[0]!.type} ${[...x]}`);
      const again = fn.prox(fn.preimage(u), step);
      t.true(again.every((entry, i) => near(entry, u[i]!, 1e-9)));
      if (fn.gradient === undefined) continue;
      t.true(fn.gradient(u).every((entry, i) => near(entry, (x[i]! - u[i]!) / step, 1e-9)));
      t.true(fn.preimage(u).every((entry, i) => near(entry, x[i]!, 1e-9)));
    }
  }
});

test('outside the closure of the range it is infinite, on the boundary finite', (t) => {
  const fn = proximalAverage({
    functions: [box({ lower: 0.1, upper: 1 }), box({ lower: [0.3, -1], upper: 'Infinity' })],
    probabilities: [0.3, 0.7],
    step: 0.5,
  });
  const low = 0.3 * 0.1 + 0.7 * 0.3;
  t.true(Number.isFinite(fn.value(Float64Array.of(low, 0))));
  t.is(fn.value(Float64Array.of(low - 1e-9, 0)), Infinity);
  t.true(near(fn.violation!(Float64Array.of(low - 3, 0.3 * 0.1 - 0.7 - 4)), 5));
  // At the corner u_1 = 0.1 and u_2 = 0.3 are forced.
  const spread = (0.3 * (0.1 - low) ** 2 + 0.7 * (0.3 - low) ** 2) / (2 * 0.5);
  t.true(near(fn.coordinate!(0).value(at(low)), spread));
  t.is(fn.dimension, 2);
});

test('a component of probability 0 takes no part, and one of probability 1 is the average', (t) => {
  const fn = proximalAverage({
    functions: [simplex({ total: 1 }), l1({ weight: 2 })],
    probabilities: [0, 1],
    step: 0.5,
  });
  t.is(fn.value(Float64Array.of(1, -2)), 6);
  t.deepEqual([...fn.prox(Float64Array.of(3, -2), 0.5)], [2, -1]);
  t.deepEqual(fn.coordinate!(1).subgradientRange, [-2, 2]);
  const ball = proximalAverage({ functions: [l2Ball({ radius: 5 })], probabilities: [1], step: 0.5 });
  t.is(ball.violation!(Float64Array.of(6, 8)), 5);
  t.is(ball.finiteValue!(Float64Array.of(6, 8)), 0);
  t.is(ball.value(Float64Array.of(6, 8)), Infinity);
});

test('the ends of domains are found to the last bit', (t) => {
  const intervals: [ProximableFunction, [number, number]][] = [
    [box({ lower: 0.1, upper: 0.3 }), [0.1, 0.3]],
    [box({ lower: -1e-12, upper: 12345.678 }), [-1e-12, 12345.678]],
    [box({ lower: 1e10 + 0.1, upper: 'Infinity' }), [1e10 + 0.1, Infinity]],
    [nonnegative({}), [0, Infinity]],
    [l1({ weight: 1 }), [-Infinity, Infinity]],
    [parseFunction({ type: 'conjugate', inner: { type: 'l1', weight: 0.7 } }), [-0.7, 0.7]],
  ];
  for (const [fn, interval] of intervals) t.deepEqual(domainInterval(fn), interval);
});

test('rounding takes nothing from the constant: functions with equal L have an average with L', (t) => {
  for (const curvature of [0.1, 0.3, 0.7]) {
    for (const count of [2, 3, 5]) {
      const functions = Array.from({ length: count }, (_, k) => quadratic({ curvature, center: k }));
      const probabilities = functions.map(() => 1 / count);
      for (const step of [0.1, 0.7, 3]) {
        t.is(proximalAverage({ functions, probabilities, step }).smooth!.lipschitz, curvature);
      }
    }
  }
});
