import test from 'ava';
import { parseFunction } from '../../../reference/functions/definition/parse.js';
import type { ProximableFunction } from '../../../reference/functions/definition/proximable-function.js';
import { createProblem, parseProblem } from '../../../reference/problem/create-problem.js';
import type { Problem } from '../../../reference/problem/problem.js';
import { parseSmooth } from '../../../reference/smooth/definition/parse.js';
import { spgmRate } from '../example-theorems.test.helper.js';
import { auditAssumptions } from './audit.js';
import { finding, leastSquares, matrix, one, ownSmooth, withSmooth, zero } from './finding.test.helper.js';

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
const gradientAt = (problem: Problem, x: readonly number[]): Float64Array =>
  problem.smooth.gradient(Float64Array.from(x));

test('a Lipschitz constant that is too small is broken by a pair, as the definition of the pair says', (t) => {
  for (const smooth of [
    leastSquares,
    { type: 'geman-mcclure', weight: 2, scale: 0.125 },
    { type: 'cosine', weight: 3 },
  ]) {
    const problem = one(smooth);
    const certified = finding('assumption-1b', problem, 2);
    t.is(certified.verdict, 'certified');
    const exact = certified.computed as number;
    t.true((certified.searched as number) <= exact && (certified.searched as number) > 0.999 * exact);
    t.is(finding('assumption-1b', problem, 2, { declared: { lipschitz: exact } }).verdict, 'certified');
    const lipschitz = 0.999 * exact;
    const { verdict, witness } = finding('assumption-1b', problem, 2, { declared: { lipschitz } });
    t.is(verdict, 'violated');
    t.is(witness!.allowed, lipschitz);
    const { x, y } = witness!;
    const ratio = distance(gradientAt(problem, x), gradientAt(problem, y!)) / distance(x, y!);
    t.true(ratio > lipschitz && ratio <= exact * (1 + 1e-9), `${ratio}`);
  }
});

test('a declared constant between what is true and what is certified stays consistent', (t) => {
  // ‖A‖₂² is certified from above: 14.897594103880… is the truth.
  const { computed, searched } = finding('assumption-1b', one(leastSquares), 2);
  const between = ((computed as number) + (searched as number)) / 2;
  const { verdict, reason } = finding('assumption-1b', one(leastSquares), 2, { declared: { lipschitz: between } });
  t.is(verdict, 'consistent');
  t.regex(reason, /^none of \d+ pairs or points exceeds it; L is not certified$/);
});

test('a coordinate constant is broken in its own coordinate', (t) => {
  const problem = one({ type: 'quadratic', curvature: [1, 4], center: 0 });
  const coordinateLipschitz = Float64Array.of(1, 3.9);
  const { verdict, witness, searched } = finding('assumption-2b', problem, 2, { declared: { coordinateLipschitz } });
  t.is(verdict, 'violated');
  t.deepEqual((searched as number[]).map(Math.round), [1, 4]);
  t.is(witness!.allowed, 3.9);
  const { x, y } = witness!;
  t.is(x[0], y![0]);
  t.true(Math.abs(gradientAt(problem, x)[1]! - gradientAt(problem, y!)[1]!) > 3.9 * Math.abs(x[1]! - y![1]!));
});

test('a coordinate constant that is too small only far from every point that was drawn is found by climbing there', (t) => {
  // d″ = 1 + 3/(1 + (u − 10)²/16): less than 2 where the points are drawn, and at most 4, at 10.
  const problem = withSmooth(ownSmooth((u) => u + 12 * Math.atan((u - 10) / 4)));
  const declared = { coordinateLipschitz: Float64Array.of(3, 3) };
  const { verdict, searched } = finding('assumption-2b', problem, 2, { declared });
  t.is(verdict, 'violated');
  for (const found of searched as number[]) t.true(found > 3 && found <= 4, `${found}`);
});

test('a coupled d is refuted by a pair that agrees in the coordinate whose derivative changes', (t) => {
  for (const smooth of [leastSquares, { type: 'phase-retrieval', matrix, intensities: [1, 0, 4] }]) {
    const problem = one(smooth);
    const declared = { coordinateLipschitz: Float64Array.of(1e9, 1e9) };
    const { verdict, witness, reason } = finding('assumption-2b', problem, 2, { declared });
    t.is(verdict, 'violated', 'no constant helps');
    t.regex(reason, /^d is not separable: /);
    const { x, y } = witness!;
    const [before, after] = [gradientAt(problem, x), gradientAt(problem, y!)];
    t.true([0, 1].some((i) => x[i] === y![i] && before[i] !== after[i]));
  }
  const ball = one(zero, { type: 'moreau-envelope', smoothing: 0.5, inner: { type: 'l2-ball', radius: 1 } });
  t.regex(
    finding('assumption-2c', ball, 3).reason,
    /^r_1 is not separable: no L_\d serves it, .* though x_\d = y_\d, /,
  );
  // Orthogonal columns: nothing is coupled, but nothing declares it. The verdict is consistent, and the found constant is right.
  const orthogonal = { ...leastSquares, matrix: { rows: 2, columns: 2, data: [3, 0, 0, 4] }, target: [1, 1] };
  const plain = finding('assumption-2b', one(orthogonal), 2);
  t.is(plain.verdict, 'consistent');
  t.deepEqual(
    (plain.searched as number[]).map((value) => Math.round(1e6 * value) / 1e6),
    [9, 16],
  );
});

test('functions without a gradient are refuted by two subgradients at one point', (t) => {
  const nonsmooth = [
    { type: 'l1', weight: 0.5 },
    { type: 'box', lower: -1, upper: 2 },
    { type: 'l2-ball', radius: 1 },
    { type: 'simplex', total: 1 },
    { type: 'total-variation-2d', weight: 0.5, shape: [1, 3], variant: 'anisotropic' },
    { type: 'conjugate', inner: { type: 'huber', weight: 1, threshold: 1 } },
  ];
  for (const r of nonsmooth) {
    const problem = parseProblem({ smooth: zero, functions: [zero, r], probabilities: [0.5, 0.5] });
    for (const hypothesis of ['assumption-1c', 'assumption-2c'] as const) {
      const { verdict, witness, reason } = finding(hypothesis, problem, 3);
      t.is(verdict, 'violated', r.type);
      t.is(witness!.part, 'r_2');
      if (hypothesis === 'assumption-1c')
        t.regex(reason, /^r_2 is not differentiable at x = .*: it has two subgradients, /);
    }
  }
  // The kink of ℓ1 by one-sided slopes.
  const { witness } = finding('assumption-1c', one(zero, { type: 'l1', weight: 0.5 }), 1);
  const r = parseFunction({ type: 'l1', weight: 0.5 });
  const at = (u: number): number => r.value(Float64Array.of(u));
  const [u] = witness!.x as [number];
  t.true(at(u + 0.25) - at(u) > at(u) - at(u - 0.25) + 0.1);
});

test('a smooth r_k without a formula for its gradient is consistent, with the constant of its prox', (t) => {
  // The conjugate of ½·2u² is ¼p²: L = ½.
  const conjugate = one(zero, { type: 'conjugate', inner: { type: 'quadratic', curvature: 2, center: 0 } });
  const { verdict, searched, reason } = finding('assumption-1c', conjugate, 2);
  t.is(verdict, 'consistent');
  t.true(Math.abs((searched as number) - 0.5) < 1e-6);
  t.regex(reason, /^no L is certified; none of \d+ pairs or points rules one out$/);
  t.is(finding('assumption-2c', conjugate, 2).verdict, 'consistent');
});

test('your own smooth terms: growth far out, growth at a kink of the gradient, overflow, false certificates', (t) => {
  const quadratic = finding('assumption-1b', withSmooth(ownSmooth((u) => u * Math.abs(u))), 1);
  t.regex(quadratic.reason, /^no L serves d: .* ever farther out: …, /);
  t.is(finding('assumption-2b', withSmooth(ownSmooth((u) => u * Math.abs(u))), 2).verdict, 'violated');
  const root = finding('assumption-1b', withSmooth(ownSmooth((u) => Math.sign(u) * Math.sqrt(Math.abs(u)))), 1);
  t.regex(root.reason, /ever closer together/);
  // e^u overflows beyond 709: infinite values are left out, and the rest may not be enough.
  const exponential = finding('assumption-1b', withSmooth(ownSmooth(Math.exp)), 1);
  t.not(exponential.verdict, 'certified');
  t.true((exponential.searched as number) > 50);
  const lying = withSmooth(ownSmooth((u) => 3 * u, { lipschitz: 2 }));
  const { verdict, reason } = finding('assumption-1b', lying, 2);
  t.is(verdict, 'violated');
  t.regex(reason, / = 3 at x = .* > 2, the certified L$/);
  const honest = finding('assumption-1b', withSmooth(ownSmooth((u) => 3 * u)), 2);
  t.is(honest.verdict, 'consistent');
});

test('a function whose prox is iterative is judged by its accuracy', (t) => {
  // ½u² with a prox that is off by 10⁻⁷ relatively: still no kink.
  const sloppy: ProximableFunction = {
    ...parseFunction({ type: 'squared-l2', weight: 1 }),
    accuracy: 1e-6,
    prox(y, step, out = new Float64Array(y.length)) {
      for (let i = 0; i < y.length; i++) out[i] = (y[i]! / (1 + step)) * (1 + 1e-7 * Math.sin(1e5 * y[i]!));
      return out;
    },
  };
  const { gradient: _, smooth: __, ...bare } = sloppy;
  const problem = createProblem({ smooth: parseSmooth(zero), functions: [bare], probabilities: [1] });
  const { verdict, searched } = finding('assumption-1c', problem, 2, { step: 1 });
  t.is(verdict, 'consistent');
  t.true((searched as number) > 0.9 && (searched as number) < 1.2, `${searched}`);
});

test('an iterative prox that fails somewhere is passed over there, any other failure is not', (t) => {
  const failing = (accuracy?: number): Problem => {
    const inner = parseFunction({ type: 'l1', weight: 1 });
    const far = <Result>(y: Float64Array, compute: () => Result): Result => {
      if (Math.abs(y[0]!) > 2) throw new Error('did not converge');
      return compute();
    };
    const fn: ProximableFunction = {
      ...inner,
      ...(accuracy !== undefined && { accuracy }),
      prox: (y, step, out) => far(y, () => inner.prox(y, step, out)),
      dividedResidual: (y, step, out) => far(y, () => inner.dividedResidual(y, step, out)),
    };
    const { coordinate: _, ...coupled } = fn;
    return createProblem({
      smooth: parseSmooth(zero),
      functions: [coupled, parseFunction({ type: 'l1', weight: 3 })],
      probabilities: [0.5, 0.5],
    });
  };
  const verdicts = (problem: Problem) =>
    auditAssumptions(spgmRate, problem, 2, { points: 16, step: 0.5 }).findings.map(({ verdict }) => verdict);
  t.deepEqual(verdicts(failing(1e-6)), ['consistent', 'certified', 'violated', 'consistent']);
  t.throws(() => verdicts(failing()), { message: 'did not converge' });
});
