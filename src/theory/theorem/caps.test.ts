import test from 'ava';
import fc from 'fast-check';
import { smoothProblemCase } from '../../judging/arbitraries/smooth-problem-case.js';
import { parseProblem } from '../../reference/problem/create-problem.js';
import type { ProblemAtStep, ProblemSpecification } from '../../reference/problem/problem.js';
import { derivedCap, type SignSteps, signStepCap } from './caps.js';
import { terms } from './terms.js';

type Term = keyof typeof terms;
const names = Object.keys(terms) as Term[];

const capOf = (problem: ProblemAtStep, start: Float64Array, iterations: number, term: Term, onlyLast?: true): number =>
  derivedCap({ algorithm: 'sign-prox', term, ...(onlyLast && { onlyLast }) }, problem, start, iterations)!;

/** The largest left side over every run in which each coordinate moves by −γ, 0 or γ at each iteration, whatever decides it. */
function largestLeft(problem: ProblemAtStep, start: Float64Array, iterations: number, term: Term): number {
  const follow = (x: Float64Array, left: number): number => {
    const here = terms[term].at(problem, x);
    if (left === 1) return here;
    let most = 0;
    for (let code = 0; code < 3 ** x.length; code++) {
      const moved = x.map((value, i) => value + ((Math.floor(code / 3 ** i) % 3) - 1) * problem.step);
      most = Math.max(most, follow(moved, left - 1));
    }
    return here + most;
  };
  return follow(start, iterations) / iterations;
}

const parabola = (curvature: number, center: number) => ({ type: 'quadratic', curvature, center });
const evenly = { probabilities: [0.5, 0.5] };
const parabolas: ProblemSpecification = {
  ...{ smooth: parabola(2, 0), functions: [parabola(2, 0.5), parabola(2, -0.5)] },
  ...evenly,
};
const concave: ProblemSpecification = {
  ...{ smooth: parabola(-1, 0), functions: [parabola(3, 1), { type: 'log-cosh', weight: 1, scale: 1 }] },
  ...evenly,
};
const coupled: ProblemSpecification = {
  smooth: { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 1, 0, 0.5] }, target: [0.5, -1] },
  functions: [
    { type: 'translated', shift: [0.5, 0.25], inner: { type: 'log-cosh', weight: 2, scale: 1 } },
    { type: 'linear', coefficients: [1, -1] },
  ],
  ...evenly,
};

test('no run by sign steps has a left side above the cap, and some come near it', (t) => {
  for (const [name, specification, start, T, nearest] of [
    ['parabolas', parabolas, [0], 6, 0.9],
    ['parabolas on two coordinates', parabolas, [0.25, -3], 4, 0.9],
    ['a concave d', concave, [1.5], 6, 0],
    ['a coupled d', coupled, [1, -1], 4, 0],
  ] as const) {
    const problem = parseProblem(specification);
    t.is(problem.separable, name !== 'a coupled d');
    for (const term of names) {
      const ratios = [2 ** -6, 0.25, 1, 4].map((step) => {
        const x = Float64Array.from(start);
        return largestLeft(problem.at(step), x, T, term) / capOf(problem.at(step), x, T, term);
      });
      t.true(Math.max(...ratios) <= 1, `${name}, ${term}: ${ratios}`);
      // Short steps on two parabolas of curvature L: G moves by 2L/(1 + γL) times what x does.
      t.true(ratios[0]! > nearest, `${name}, ${term}: ${ratios}`);
    }
  }
});

const smoothCase = smoothProblemCase({
  smoothTypes: ['quadratic', 'cosine', 'log-cosh', 'geman-mcclure'],
  families: ['linear', 'parabolas', 'hubers', 'log-cosh', 'mixed'],
});

test('no random run by sign steps on a random problem has a left side above the cap', (t) => {
  const property = fc.property(
    smoothCase,
    fc.integer({ min: 1, max: 40 }),
    fc.infiniteStream(fc.integer({ min: -1, max: 1 })),
    fc.boolean(),
    ({ problem: specification, x: start, step }, T, signs, drifting) => {
      const problem = parseProblem(specification).at(step);
      for (const term of names) {
        let total = 0;
        const x = start.slice();
        for (let t = 0; t < T; t++) {
          total += terms[term].at(problem, x);
          // Runs that leave x⁰ in one direction are those that a cap must fear.
          for (let i = 0; i < x.length; i++) x[i] = x[i]! + step * (drifting ? 1 : (signs.next().value as number));
        }
        if (total / T > capOf(problem, start, T, term)) return false;
        if (terms[term].at(problem, x) > capOf(problem, start, T, term, true)) return false;
      }
      return true;
    },
  );
  fc.assert(property, { numRuns: 500 });
  t.pass();
});

test('the cap is the formula of its doc comment, in each coordinate or in all', (t) => {
  const run = { iterations: 3, step: 0.5, start: Float64Array.of(0, 0), first: Float64Array.of(3, -4) };
  const cap = (norm: SignSteps['norm'], lipschitz: SignSteps['lipschitz'], onlyLast = false) =>
    signStepCap({ ...run, norm, lipschitz, onlyLast });
  const near = (found: number | undefined, expected: number): boolean =>
    found! >= expected && found! < expected * (1 + 2 ** -29);
  // t = 0, 1, 2, and 3 for the last: M·tγ = 0, 2, 4, and 6 for M = 4.
  t.true(near(cap('l1', 4), 7 + 2 * 2));
  t.true(near(cap('l1', 4, true), 7 + 2 * 6));
  t.true(near(cap('l2-squared', 4), (25 + (5 + 2 * Math.SQRT2) ** 2 + (5 + 4 * Math.SQRT2) ** 2) / 3));
  t.true(near(cap('l2-squared', 4, true), (5 + 6 * Math.SQRT2) ** 2));
  const each = Float64Array.of(4, 2);
  t.true(near(cap('l1', each), 7 + 2 + 1));
  t.true(near(cap('l2-squared', each), (9 + 16 + 25 + 25 + 49 + 36) / 3));
  t.is(cap('l2-squared', 1e200), undefined, 'a cap that is no number is none');
});

test('steps that vanish beside x reach farther than γ, by the rounding of each step', (t) => {
  // x + γ rounds up to the next double: 2⁻⁵² each time for γ = 0.51·2⁻⁵².
  const specification = { smooth: parabola(1, 1), functions: [parabola(1, 1)], probabilities: [1] };
  const step = 0.51 * 2 ** -52;
  const problem = parseProblem(specification).at(step);
  const T = 1000;
  let [x, total] = [Float64Array.of(1), 0];
  for (let t = 0; t < T; t++) {
    total += terms['gradient-mapping-l1'].at(problem, x);
    x = x.map((value) => value + step);
  }
  t.true(total / T <= capOf(problem, Float64Array.of(1), T, 'gradient-mapping-l1'));
});

test('a cap is derived for sign steps and norms of G and of the gradient, and for nothing else', (t) => {
  const problem = parseProblem(parabolas).at(0.25);
  const start = Float64Array.of(1);
  const derived = (about: Parameters<typeof derivedCap>[0], at = problem) => derivedCap(about, at, start, 4);
  for (const term of names) t.is(derived({ algorithm: 'sign-sgd', term }), capOf(problem, start, 4, term));
  // Before the first step a run is where it starts.
  for (const term of names) {
    const atStart = terms[term].at(problem, start);
    t.true(Math.abs(capOf(problem, start, 1, term) / atStart - 1) < 2e-9, term);
  }
  // L = 2 for d and each r_k; ∇f̄ is 4-Lipschitz as their sum, and G too for every γ.
  t.is(capOf(problem, start, 1, 'gradient-l1'), 4 * (1 + 2 ** -30));
  t.true(Math.abs(capOf(problem, start, 4, 'gradient-l1') - (4 + (4 * 3 * 0.25) / 2)) < 1e-7);
  const own = { name: 'mine', iterate: ({ x }: { x: Float64Array }) => ({ x }) };
  for (const algorithm of ['spgm', 'gradient-descent', own] as const) {
    t.is(derived({ algorithm, term: 'gradient-l1' }), undefined);
  }
  for (const term of ['objective-gap', () => 1] as const) t.is(derived({ algorithm: 'sign-prox', term }), undefined);
  const kinked = parseProblem({ ...parabolas, functions: [{ type: 'l1', weight: 1 }, parabola(1, 0)] }).at(0.25);
  for (const term of names) t.is(derived({ algorithm: 'sign-prox', term }, kinked), undefined, 'no L is certified');
});
