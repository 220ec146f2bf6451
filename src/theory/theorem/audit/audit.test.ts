import test from 'ava';
import type { HypothesisId } from '../../../claims/hypothesis.js';
import { parseProblem } from '../../../reference/problem/create-problem.js';
import type { Problem } from '../../../reference/problem/problem.js';
import { signRate, spgmRate } from '../example-theorems.test.helper.js';
import { objectiveLipschitz } from '../objective-constants.js';
import { type AuditOptions, auditAssumptions, reasonForSilence } from './audit.js';
import { finding, leastSquares, one, ownSmooth, withSmooth, zero } from './finding.test.helper.js';

const translated = (shift: readonly number[], inner: object) => ({ type: 'translated', shift, inner });
const hubers = parseProblem({
  smooth: { type: 'cosine', weight: 1 },
  functions: [
    translated([1, -0.5], { type: 'huber', weight: 1, threshold: 0.5 }),
    translated([0, 2], { type: 'log-cosh', weight: 0.5, scale: 1 }),
  ],
  probabilities: [0.25, 0.75],
});

test('certified constants hold at the ends of the doubles too, and none is certified beyond them', (t) => {
  const entry = (value: number) => ({ rows: 1, columns: 1, data: [value] });
  const squares = (value: number) => ({ type: 'least-squares', matrix: entry(value), target: [1] });
  // 2w/s² and ‖A‖² that underflow are not 0.
  for (const smooth of [{ type: 'geman-mcclure', weight: 1, scale: 1e200 }, squares(1e-200)]) {
    t.is(finding('assumption-1b', one(smooth), 1).computed, Number.MIN_VALUE);
  }
  for (const smooth of [
    { type: 'geman-mcclure', weight: 1, scale: 1e-200 },
    squares(1e200),
    squares(Number.MAX_VALUE),
  ]) {
    const { verdict, computed } = finding('assumption-1b', one(smooth), 1);
    t.is(verdict, 'consistent', smooth.type);
    t.is(computed, undefined);
  }
  const steep = { type: 'precomposed', factor: 1e200, inner: { type: 'huber', weight: 1, threshold: 1 } };
  t.is(finding('assumption-1c', one(zero, steep), 1).computed, undefined);
  // ½a(x − c)² overflows on the way to its minimum: it is not unbounded below.
  const far = one({ type: 'quadratic', curvature: 1e150, center: 1e150 });
  t.is(finding('assumption-1a', far, 1, { step: 1e-150 }).verdict, 'consistent');
});

test('numbers beyond the doubles are reported as consistent, never certified and never a crash', (t) => {
  const linear = (coefficient: number) => ({ type: 'linear', coefficients: [coefficient] });
  const noisy = (smooth: object, size: number) =>
    parseProblem({ smooth, functions: [linear(size), linear(-size)], probabilities: [0.5, 0.5] });
  const reason = /beyond the range of doubles at \d+ of \d+ points: rescale the problem$/;
  const steep = noisy({ type: 'cosine', weight: 1e308 }, 1);
  t.is(finding('assumption-1b', steep, 1).verdict, 'certified');
  const far = noisy({ type: 'cosine', weight: 1 }, 1e308);
  for (const [hypothesis, problem] of [
    ['assumption-1a', steep],
    ['assumption-1a', far],
    ['assumption-1d', far],
    ['assumption-2d', far],
  ] as const) {
    const found = finding(hypothesis, problem, 1);
    t.deepEqual([found.verdict, found.computed, found.searched], ['consistent', undefined, undefined], hypothesis);
    t.regex(found.reason, reason);
  }
  const coupled = { ...leastSquares, matrix: { rows: 1, columns: 2, data: [1e308, 1] }, target: [1e308] };
  const { verdict, computed } = finding('assumption-1a', one(coupled, { type: 'l1', weight: 1 }), 2, { step: 1 });
  t.deepEqual([verdict, computed], ['consistent', undefined]);
});

test('f* is certified if slopes cancel in the written decimals, and not if they nearly cancel', (t) => {
  const slopes = (a: number, b: number, theta: number) =>
    parseProblem({
      smooth: zero,
      functions: [a, b].map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: [theta, 1 - theta],
    });
  t.is(finding('assumption-1a', slopes(4, -1, 0.2), 1, { step: 1 }).verdict, 'certified');
  t.is(finding('assumption-1a', slopes(1.25, -1.25, 0.5), 1, { step: 1 }).verdict, 'certified');
  // f falls with slope −2⁻⁵³ for ever.
  t.is(finding('assumption-1a', slopes(1, -1 - 2 ** -52, 0.5), 1, { step: 1 }).verdict, 'consistent');
  t.is(finding('assumption-1a', slopes(-1, 1 - 1e-9, 0.5), 1, { step: 1 }).verdict, 'violated');
});

test('growth that ends does not refute a certified constant', (t) => {
  const narrow = { type: 'huber', weight: 1e13, threshold: 1e-13 };
  t.is(finding('assumption-1b', one(narrow), 1).verdict, 'certified');
  t.is(finding('assumption-1c', one(zero, narrow), 1).verdict, 'certified');
  t.is(finding('assumption-1b', one({ type: 'geman-mcclure', weight: 1, scale: 1e-13 }), 1).verdict, 'certified');
  const noisy = (r: object) => parseProblem({ smooth: zero, functions: [zero, r], probabilities: [0.5, 0.5] });
  const wide = noisy({ type: 'huber', weight: 1, threshold: 1e13 });
  for (const hypothesis of ['assumption-1d', 'assumption-2d'] as const) {
    t.is(finding(hypothesis, wide, 1, { step: 1 }).verdict, 'certified');
    // Nothing is certified of norms, but σ = w/2.
    t.is(finding(hypothesis, noisy({ type: 'l2', weight: 1e14 }), 2, { step: 1 }).verdict, 'consistent');
  }
  const ball = { type: 'tilted', slope: [-1, 0], inner: { type: 'l2-ball', radius: 1e14 } };
  const { verdict, searched } = finding('assumption-1a', one(zero, ball), 2, { step: 1 });
  t.is(verdict, 'consistent');
  t.is(searched, -1e14);
});

test('the rounding of cancelling terms is not a witness', (t) => {
  // ∇d = Aᵀ(Ax − b) is small near a minimizer, and its terms are not.
  const nearly = { type: 'least-squares', matrix: { rows: 2, columns: 2, data: [1, 1, 1, 1.0000001] }, target: [1, 1] };
  t.is(finding('assumption-1b', one(nearly), 2, { points: 256 }).verdict, 'certified');
  const ones = { rows: 2, columns: 1, data: [1, 1] };
  const huge = one({ type: 'least-squares', matrix: ones, target: [1e10, -1e10] });
  const certified = finding('assumption-1b', huge, 1, { points: 256 });
  t.is(certified.verdict, 'certified');
  t.true((certified.searched as number) > 1.999);
  // Orthogonal columns: ∇d is separable, in the real numbers.
  const orthogonal = { rows: 4, columns: 2, data: [1, 1, 1, -1, 1, 1, 1, -1] };
  const target = [1e10 + 0.1, 1e10 + 0.3, -1e10, -1e10];
  const separable = one({ type: 'least-squares', matrix: orthogonal, target });
  const { verdict, searched } = finding('assumption-2b', separable, 2, { points: 256 });
  t.is(verdict, 'consistent');
  t.true((searched as number[]).every((value) => value > 3.999 && value < 4.001));
  const { verdict: own } = finding('assumption-1b', withSmooth(ownSmooth((u) => u + 1e10 - 1e10, { lipschitz: 1 })), 1);
  t.is(own, 'certified');
});

test('σ is found, and a smaller one is broken at a point, from the definition of P_k', (t) => {
  const step = 0.5;
  for (const hypothesis of ['assumption-1d', 'assumption-2d'] as const) {
    const { verdict, computed, searched } = finding(hypothesis, hubers, 2, { step });
    t.is(verdict, 'certified');
    const entries = (constant: unknown): number[] =>
      typeof constant === 'number' ? [constant] : (constant as number[]);
    entries(computed).forEach((value, i) => {
      t.true(entries(searched)[i]! <= value && entries(searched)[i]! > 0.995 * value);
    });
  }
  const deviations = (x: readonly number[]): number[] => {
    const at = hubers.at(step);
    const images = [0, 1].map((k) => at.proximalGradient(k, Float64Array.from(x)));
    const [a, b] = images as [Float64Array, Float64Array];
    // Var over two points of weight ¼ and ¾ is 3/16 of the squared distance.
    return Array.from(a, (value, i) => (Math.sqrt(3) / 4) * (Math.abs(value - b[i]!) / step));
  };
  const sigma = 0.99 * (finding('assumption-1d', hubers, 2, { step }).computed as number);
  const whole = finding('assumption-1d', hubers, 2, { step, declared: { sigma } });
  t.is(whole.verdict, 'violated');
  t.true(Math.hypot(...deviations(whole.witness!.x)) > sigma);
  const coordinateSigma = Float64Array.from(
    finding('assumption-2d', hubers, 2, { step }).computed as number[],
    (s) => 0.99 * s,
  );
  const each = finding('assumption-2d', hubers, 2, { step, declared: { coordinateSigma } });
  t.is(each.verdict, 'violated');
  t.true(deviations(each.witness!.x)[0]! > coordinateSigma[0]!);
});

test('unbounded noise is recognised, and noise that only varies is not', (t) => {
  const curvatures = parseProblem({
    smooth: zero,
    functions: [
      { type: 'quadratic', curvature: 1, center: 1 },
      { type: 'quadratic', curvature: 3, center: -1 },
    ],
    probabilities: [0.5, 0.5],
  });
  for (const hypothesis of ['assumption-1d', 'assumption-2d'] as const) {
    const { verdict, reason } = finding(hypothesis, curvatures, 2);
    t.is(verdict, 'violated');
    t.regex(reason, /^no σ serves: .* grows without end along a ray: …, /);
  }
  // With d = ½x² and γ = 1, y = x − γ∇d(x) is 0 whatever x is: the noise is constant, but no certificate knows.
  const still = parseProblem({
    ...curvatures.specification,
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
  });
  t.is(finding('assumption-1d', still, 2, { step: 1 }).verdict, 'consistent');
  t.is(finding('assumption-1d', still, 2, { step: 0.5 }).verdict, 'violated');
  // Balls of two radii far out: bounded noise on rays, none certified; 20 dimensions go without the scan by coordinate.
  const balls = parseProblem({
    smooth: zero,
    functions: [
      { type: 'l2-ball', radius: 1 },
      { type: 'l2-ball', radius: 2 },
    ],
    probabilities: [0.5, 0.5],
  });
  const { verdict, searched } = finding('assumption-2d', balls, 20, { step: 1 });
  t.is(verdict, 'consistent');
  t.true((searched as number[]).every((value) => value <= 0.5));
});

test('f*: certified, broken by a point, unbounded, and consistent where nothing is certified', (t) => {
  const step = 0.25;
  const certified = finding('assumption-1a', hubers, 2, { step });
  t.is(certified.verdict, 'certified');
  const { lower, upper } = certified.computed as { lower: number; upper: number };
  t.true((certified.searched as number) >= lower - 1e-12 && (certified.searched as number) <= upper + 1e-6);
  const infimum = upper + 0.01;
  const broken = finding('assumption-1a', hubers, 2, { step, declared: { infimum } });
  t.is(broken.verdict, 'violated');
  t.true(hubers.at(step).objective(Float64Array.from(broken.witness!.x)) < infimum);
  t.is(finding('assumption-2a', hubers, 2, { step, declared: { infimum: lower - 1 } }).verdict, 'certified');
  // f* = ⅛ itself: f rounds to a little less near its minimizer.
  const quadratic = (center: number) => ({ type: 'quadratic', curvature: 2, center });
  const matched = parseProblem({
    smooth: quadratic(0),
    functions: [quadratic(0.5), quadratic(-0.5)],
    probabilities: [0.5, 0.5],
  });
  const exact = finding('assumption-1a', matched, 1, { step: 0.5, points: 256, declared: { infimum: 0.125 } });
  t.is(exact.verdict, 'consistent');
  t.regex(exact.reason, /^the declared f\* lies in the enclosure \[0\.12499\d+, 0\.12500\d+\] of f\*$/);
  // Without a search the enclosure decides.
  const above = finding('assumption-1a', matched, 1, { step: 0.5, points: 0, declared: { infimum: 0.126 } });
  t.is(above.verdict, 'violated');
  t.regex(above.reason, /^f\* ∈ \[.*\] is below 0\.126, the declared f\*$/);
  const linear = one(zero, { type: 'linear', coefficients: [1, -2] });
  t.regex(finding('assumption-1a', linear, 2, { step: 1 }).reason, /^f is unbounded below: …, −/);
  t.regex(
    finding('assumption-1a', linear, 2, { step: 1, points: 0 }).reason,
    /its slopes at infinity point downwards$/,
  );
  const ball = one(zero, { type: 'l2-ball', radius: 1 });
  t.is(finding('assumption-1a', ball, 2, { step: 1 }).verdict, 'consistent');
  const declared = finding('assumption-1a', ball, 2, { step: 1, declared: { infimum: -1 } });
  t.is(declared.reason, 'no value of f below −1 was met');
  t.is(finding('assumption-1a', ball, 2, { step: 1, declared: { infimum: 1 } }).verdict, 'violated');
});

test('an own d that claims a false infimum is found out', (t) => {
  const smooth = ownSmooth((u) => 2 * u, {
    value: (x) => x.reduce((sum, u) => sum + u * u - 1, 0),
    lipschitz: 2,
    infimum: () => 0,
    convex: true,
  });
  // Not separable as far as it says, so f* rests on the tangent at a minimizer; −2 is right, and a declared −1 is not.
  const problem = withSmooth(smooth);
  t.is(finding('assumption-1a', problem, 2, { declared: { infimum: -1 } }).verdict, 'violated');
});

test('the schedule follows declared constants, needs constants, and refuses ‖L‖₁ = 0', (t) => {
  const audit = (theorem: typeof spgmRate, problem: Problem, options: AuditOptions = {}) =>
    auditAssumptions(theorem, problem, 2, { points: 0, ...options });
  t.is(audit(spgmRate, hubers).step, 1);
  t.is(audit(spgmRate, hubers, { declared: { lipschitz: 4 }, iterations: 4 }).step, 1 / 8);
  t.is(audit(signRate, hubers, { declared: { coordinateLipschitz: Float64Array.of(1, 3) } }).step, 1 / 8);
  t.is(audit(spgmRate, hubers, { step: 0.125 }).step, 0.125);
  const coupled = audit(signRate, one(leastSquares));
  t.is(coupled.step, undefined);
  t.deepEqual(
    coupled.findings.map(({ verdict }) => verdict),
    ['not-applicable', 'consistent', 'certified', 'not-applicable'],
  );
  t.regex(reasonForSilence(coupled)!, /^2\(b\) is not certified: no L_i is certified; nothing was searched; 2\(a\) is/);
  t.is(reasonForSilence(audit(spgmRate, hubers)), undefined);
  const flat = one(zero, { type: 'linear', coefficients: [1, 1] });
  t.regex(audit(signRate, flat).scheduleError!, /‖L‖₁ > 0, got 0/);
  t.regex(audit(spgmRate, flat).scheduleError!, /L > 0, got 0/);
  t.is(audit(signRate, flat, { step: 1 }).scheduleError, undefined);
  const schedule = () => {
    throw new TypeError('a mistake of its own');
  };
  t.throws(() => auditAssumptions({ ...spgmRate, schedule }, hubers, 2), { message: 'a mistake of its own' });
  // r_k without a gradient: σ and f* of d + Σθ_k r_k are not certified, and the theorem is silent whatever a schedule makes of that.
  const kinked = parseProblem({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [1, 2].map((weight) => ({ type: 'l1', weight })),
    probabilities: [0.5, 0.5],
  });
  for (const objective of ['fixed', 'proximal-average'] as const) {
    const tuned = { ...spgmRate, objective, hypotheses: ['fixed-variance'] as const };
    const none = () => ({ step: Number.NaN, miniBatch: 1 });
    for (const broken of [schedule, none]) {
      const silent = auditAssumptions({ ...tuned, schedule: broken }, kinked, 2, { start: Float64Array.of(1, 1) });
      t.deepEqual([silent.step, silent.scheduleError], [undefined, undefined]);
      t.regex(reasonForSilence(silent)!, /^fixed-variance is/);
    }
  }
});

test('the search depends on its seed and on nothing else', (t) => {
  const audit = (options: AuditOptions) => auditAssumptions(signRate, hubers, 2, { points: 16, ...options }).findings;
  t.deepEqual(audit({ seed: '7' }), audit({ seed: '7' }));
  t.deepEqual(audit({ seed: '7', only: ['assumption-2d'] })[0], audit({ seed: '7' })[3]);
  t.notDeepEqual(audit({ seed: '7' })[3]!.searched, audit({ seed: '8' })[3]!.searched);
});

test('a large problem is searched in a few of its coordinates', (t) => {
  const problem = one({ type: 'cosine', weight: 2 }, { type: 'squared-l2', weight: 1 });
  for (const hypothesis of [
    'assumption-1b',
    'assumption-2b',
    'assumption-2c',
    'assumption-1d',
    'assumption-1a',
  ] as const) {
    const { verdict, cases } = finding(hypothesis, problem, 100, { points: 2 });
    t.is(verdict, 'certified', hypothesis);
    t.true(cases > 0 && cases < 3000);
  }
});

test('μ is certified by the curvatures of d and of the r_k, at least the share of L that a theorem is about, or refuted by a pair', (t) => {
  const about = (problem: Problem, dimension: number, inverseConditionNumber?: number, points = 32) => {
    const hypotheses = ['fixed-smooth', 'fixed-strongly-convex'] as const;
    const theorem = { ...signRate, objective: 'fixed', hypotheses } as const;
    const share = inverseConditionNumber === undefined ? {} : { inverseConditionNumber };
    const options = { only: ['fixed-strongly-convex'], points };
    const { verdict, computed } = auditAssumptions({ ...theorem, ...share }, problem, dimension, options).findings[0]!;
    return [verdict, computed];
  };
  const curved = one({ type: 'quadratic', curvature: [1, 0.25], center: 0 });
  t.deepEqual(about(curved, 2), ['certified', 0.25]);
  t.deepEqual(about(curved, 2, 0.25), ['certified', 0.25]);
  t.deepEqual(about(curved, 2, 0.125), ['certified', 0.125]);
  // The curvature that is too small is that of the second axis, and no search at all refutes nothing.
  t.is(about(curved, 2, 0.26)[0], 'violated');
  t.is(about(curved, 2, 0.26, 0)[0], 'consistent');
  // The smaller eigenvalue of AᵀA = (1.25, 3.5; 3.5, 14).
  const [, ofMatrix] = about(one(leastSquares), 2);
  const least = (15.25 - Math.hypot(12.75, 7)) / 2;
  t.true((ofMatrix as number) > 0.9 * least && (ofMatrix as number) <= least * (1 + 2 ** -40));
  const parts = parseProblem({
    smooth: { type: 'huber', weight: 3, threshold: 1 },
    functions: [
      {
        type: 'regularized',
        weight: 0.5,
        center: 1,
        inner: { type: 'tilted', slope: [1], inner: { type: 'squared-l2', weight: 1 } },
      },
      {
        type: 'scaled',
        factor: 2,
        inner: { type: 'translated', shift: [1], inner: { type: 'quadratic', curvature: 2, center: 0 } },
      },
    ],
    probabilities: [0.5, 0.5],
  });
  const [verdict, μ] = about(parts, 1);
  t.is(verdict, 'certified');
  t.true((μ as number) <= 2.75 && (μ as number) > 2.75 * (1 - 1e-12));
  t.is(about(one({ type: 'huber', weight: 1, threshold: 0.01 }), 1)[0], 'violated');
  t.is(about(one({ type: 'cosine', weight: 1 }), 1)[0], 'violated');
  // 1 − μ/L of L = μ is rounding alone.
  t.is(about(one({ type: 'quadratic', curvature: 3, center: 0 }), 1)[0], 'consistent');
  t.deepEqual(about(one({ type: 'quadratic', curvature: 3, center: 0 }), 1, 0.5), ['certified', 1.5]);
});

test('d and r of a sum: L of d alone without 1(c), μ of d, d = 0, an indicator function, and M', (t) => {
  const about = (hypothesis: HypothesisId, problem: Problem, dimension = 1, ratio?: number) => {
    const { objective: _, ...theorem } = signRate;
    const share = ratio === undefined ? {} : { inverseConditionNumber: ratio };
    const hypotheses = ['assumption-1b', hypothesis] as const;
    const options = { only: [hypothesis], points: 0, step: 1 };
    const found = auditAssumptions({ ...theorem, hypotheses, ...share }, problem, dimension, options).findings[0]!;
    return [found.verdict, found.computed];
  };
  const curved = { type: 'quadratic', curvature: [0.25, 1], center: 0 };
  const kink = { type: 'l1', weight: 2 };
  t.deepEqual(about('d-strongly-convex', one(curved, kink), 2), ['certified', 0.25]);
  t.deepEqual(about('d-strongly-convex', one(curved, kink), 2, 0.125), ['certified', 0.125]);
  t.is(about('d-strongly-convex', one(curved, kink), 2, 0.26)[0], 'consistent');
  t.is(about('d-strongly-convex', one(zero, { type: 'squared-l2', weight: 1 }))[0], 'consistent');
  t.is(about('d-zero', one(zero, kink))[0], 'certified');
  t.is(about('d-zero', one(curved, kink), 2)[0], 'consistent');
  const box = { type: 'box', lower: 0, upper: 1 };
  t.is(about('r-indicator', one(zero, { type: 'translated', shift: [1], inner: box }))[0], 'certified');
  t.is(about('r-indicator', one(zero, { type: 'tilted', slope: [1], inner: box }))[0], 'consistent');
  t.is(about('r-indicator', one(zero, kink))[0], 'consistent');
  const two = { smooth: zero, functions: [box, { type: 'nonnegative' }], probabilities: [0.5, 0.5] };
  t.is(about('r-indicator', parseProblem(two))[0], 'consistent', 'the proximal average of two is another function');
  t.deepEqual(about('r-lipschitz', one(zero, kink)), ['certified', 2]);
  // ‖(3, 3)‖ for the slope of 3|x − 1| − |…| in each of two coordinates; ‖w‖ of a linear function.
  const [, plane] = about('r-lipschitz', one(zero, { type: 'tilted', slope: [1, 1], inner: kink }), 2);
  t.true((plane as number) >= 3 * Math.SQRT2 && (plane as number) < 4.2427);
  t.deepEqual(about('r-lipschitz', one(zero, { type: 'l2', weight: 0.5 }))[1], 0.5);
  t.is(about('r-lipschitz', one(zero, box))[0], 'consistent');
  t.is(about('r-lipschitz', one(zero, { type: 'squared-l2', weight: 1 }))[0], 'consistent');
  const ofD = objectiveLipschitz({ hypotheses: ['assumption-1b'] }, one(curved, kink), 2);
  t.deepEqual([ofD.lipschitz, Array.from(ofD.majorant!)], [1, [0.25, 1]]);
  const both = { hypotheses: ['assumption-1b', 'assumption-1c'] } as const;
  t.deepEqual(objectiveLipschitz(both, one(curved, kink), 2), {});
});
