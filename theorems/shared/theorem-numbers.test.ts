import test from 'ava';
import { fromDouble, square, toDouble } from '../../src/exact/arithmetic/rational.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import { enclosedTheorem } from '../../src/theory/theorem/enclosed-theorem.js';
import type { Theorem, TheoremConstants } from '../../src/theory/theorem/theorem.js';
import { fixedObjective1, fixedObjective2 } from '../theorem-1/fixed-objective.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2Coupled } from '../theorem-2/theorem-2-coupled.js';

// A doubled step or a constant off by an eighth violates no theorem, so the printed numbers are compared with the computed ones.

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(b);

const coordinateLipschitz = [0.5, 2];
const coordinateSigma = [1.5, 0.25];
const gap = 0.625;
const constants = {
  dimension: 2,
  lipschitz: 2,
  coordinateLipschitz: Float64Array.from(coordinateLipschitz),
  majorant: Float64Array.from(coordinateLipschitz),
  sigma: Math.hypot(...coordinateSigma),
  coordinateSigma: Float64Array.from(coordinateSigma),
  gap: { lower: gap, upper: gap },
} as unknown as TheoremConstants;

test('schedules and bounds in floats and in rationals are the same numbers', (t) => {
  const lower = {
    coordinateLipschitz: coordinateLipschitz.map(fromDouble),
    variance: coordinateSigma.map((sigma) => square(fromDouble(sigma))),
    gap: fromDouble(gap),
    exact: true,
  };
  for (const theorem of [theorem1, theorem2]) {
    for (const T of [1, 4, 9, 64]) {
      const schedule = theorem.schedule(T, constants);
      const where = `${theorem.id}, T = ${T}`;
      const { miniBatch, step, bound, sharp } = enclosedTheorem(theorem, T);
      const γ = step(lower.coordinateLipschitz).lower;
      t.is(schedule.miniBatch, miniBatch, where);
      t.true(near(schedule.step, toDouble(γ)), where);
      t.true(near(theorem.bound(T, constants, schedule), toDouble(bound(γ, lower).lower)), where);
      t.true(near(theorem.sharp!(T, constants, schedule), toDouble(sharp!(γ, lower).upper)), where);
    }
  }
});

test('schedules and bounds are those that are printed', (t) => {
  for (const T of [1, 4, 9, 64]) {
    const root = Math.sqrt(T);
    const [L, L1, s, s1] = [2, 2.5, Math.hypot(...coordinateSigma), 1.75];
    const first = theorem1.schedule(T, constants);
    t.deepEqual(first, { step: 1 / (L * root), miniBatch: 1 });
    t.true(near(theorem1.bound(T, constants, first), (2 * L * gap + 3 * s ** 2) / root));
    t.true(near(theorem1.sharp!(T, constants, first), (L * gap + (1 - 1 / T) * s ** 2) / (root - 0.5)));
    for (const theorem of [theorem2, theorem2Coupled]) {
      const { step, miniBatch } = theorem.schedule(T, constants);
      t.true(near(step, 1 / (2 * L1 * root)));
      t.is(miniBatch, T);
    }
    const second = theorem2.schedule(T, constants);
    t.true(near(theorem2.bound(T, constants, second), (4 / root) * (L1 * gap + s1 + 1)));
    const noise = coordinateSigma.reduce((sum, s, i) => sum + s * (1 + coordinateLipschitz[i]! / (4 * L1 * root)), 0);
    const coupled = (2 / (root - 0.25)) * (L1 * gap + ((1 - 1 / T) * noise) / 2 + 0.25);
    const checked = theorem2Coupled.bound(T, constants, second);
    t.true(
      checked <= coupled * (1 + 1e-12) && checked >= 0.9 * coupled,
      'the bound that is checked is the smaller one',
    );
  }
});

test('the bounds about d + Σθ_kr_k are those of its doc comments', (t) => {
  const fixed = { sigma: 1.5, coordinateSigma: Float64Array.of(1, 0.5), gap: 0.75, growth: 1.125 };
  for (const T of [1, 4, 64]) {
    const root = Math.sqrt(T);
    const [L, variance] = [2, 2.25];
    const first = theorem1.schedule(T, constants);
    const sharp = (L * (0.75 + (first.step * variance) / 2) + (1 - 1 / T) * variance) / (root - 0.5);
    const expected = (1 + 1 / root) ** 2 * sharp + ((1 + 1 / root) * variance) / root;
    t.true(near(fixedObjective1(() => fixed).bound(T, constants, first), expected));
    const second = theorem2.schedule(T, constants);
    const own = {
      ...constants,
      coordinateSigma: fixed.coordinateSigma,
      gap: { lower: 0, upper: 0.75 + (second.step * variance) / 2 },
    };
    const carried = (1 + second.step * 2) * theorem2.sharp!(T, own, second) + second.step * (0.5 * 1 + 2 * 0.5);
    t.true(near(fixedObjective2(() => fixed).bound(T, constants, second), carried));
  }
});

test('the caps on one left side are those of the doc comments', (t) => {
  const [T, S] = [4, 0.5];
  const problem = parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  });
  const start = Float64Array.of(0.75);
  const cap = (theorem: Theorem, step: number, own: object = {}): number =>
    theorem.cap!(problem.at(step), start, T, { ...constants, ...own })!;
  for (const product of [0.25, 1, 1.5]) {
    const step = product / 2;
    const slack = 1 - product / 2;
    const noise = (1 - 1 / T) * S ** 2;
    const short = (2 * gap) / (step * T) + noise * (1 + product);
    const general = (2 / slack) * (gap / (step * T) + noise * ((1 - product) ** 2 / (2 * slack) + product));
    const expected = product <= 1 ? Math.min(short, general) : general;
    const found = cap(theorem1, step, { deviation: S });
    t.true(found >= expected && found <= expected * (1 + 2 ** -29), `γL = ${product}`);
  }
  t.is(cap(theorem1, 1, { deviation: S }), undefined as never, 'nothing is derived for γ = 2/L');
  for (const missing of ['deviation', 'lipschitz']) {
    t.is(cap(theorem1, 0.25, { deviation: S, [missing]: undefined }), undefined as never, missing);
  }
  // |G(x⁰ + jγ)| = |x⁰ + jγ| is largest at j = t − 1.
  const second = cap(theorem2, 0.25);
  const walked = 0.75 + (0.25 * (T - 1)) / 2;
  t.true(second >= walked && second <= walked * (1 + 2 ** -29));
  // From x⁰ < 0 the far points are on the other side.
  const mirrored = theorem2.cap!(problem.at(0.25), Float64Array.of(-0.75), T, constants)!;
  t.true(mirrored >= walked && mirrored <= walked * (1 + 2 ** -29), `${mirrored}`);
  const both = theorem2.cap!(problem.at(0.25), Float64Array.of(-0.75, 0.75), T, constants)!;
  t.true(both >= 2 * walked && both <= 2 * walked * (1 + 2 ** -29), `${both}`);
  const rotated = parseProblem({
    smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 1, 0, 1] }, target: [0, 0] },
    functions: [{ type: 'zero' }],
    probabilities: [1],
  });
  const none = theorem2.cap!(rotated.at(0.25), Float64Array.of(1, 1), T, constants);
  t.is(none, undefined as never, 'a coupled problem leaves the lattice of each coordinate');
  const coupled = cap(theorem2Coupled, 0.25);
  const grown = 0.75 + ((2 + 0.25 * 2) * 2.5 * 0.25 * (T - 1)) / 2;
  t.true(coupled >= grown && coupled <= grown * (1 + 2 ** -29));
});
