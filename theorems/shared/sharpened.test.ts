import { readFileSync } from 'node:fs';
import test from 'ava';
import type { Claim, Depth } from '../../src/claims/claim.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import type { BoundJob } from '../../src/theory/left-side/bound-job.js';
import { prepareBound } from '../../src/theory/theorem/prepare-bound.js';
import type { Theorem, TheoremConstants } from '../../src/theory/theorem/theorem.js';
import { fixedConstants, outOfOrder, theorem1FixedObjective } from '../theorem-1/fixed-objective.js';
import { theorem1 } from '../theorem-1/theorem-1.js';
import { series as series1, theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { periodicDerivative } from '../theorem-2/noise-coefficient.js';
import { movedBySigns } from '../theorem-2/sign-conventions.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { theorem2Coupled } from '../theorem-2/theorem-2-coupled.js';
import { series as series2, theorem2Sharp } from '../theorem-2/theorem-2-sharp.js';
import { cosineLinear, matchedQuadratics, quadraticHubers } from './instances.js';
import {
  coupledBound,
  curvatureOfNoise,
  evenBatchDeviation,
  evenBatchFactor,
  noiseFactor,
  sharpBound1,
  sharpBound2,
  weightOfLastIterate,
} from './sharp-bounds.js';
import { type TightSeries, tightnessClaim } from './tight-series-claim.js';

const near = (a: number, b: number, tolerance = 1e-12): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
const verdictOf = async (claim: Claim): Promise<string> => (await claim.check(reference, quickBudget())).verdict;

test('1♯ at the step of the paper is (LΔ + (1 − 1/T)σ²)/(√T − ½), and beyond 2/L it is refused', (t) => {
  for (const [L, sigma, gap, T] of [
    [2, 1, 1, 64],
    [0.5, 3, 0.25, 4],
    [1, 0, 2, 1],
  ] as const) {
    const root = Math.sqrt(T);
    const own = { lipschitz: L, variance: sigma ** 2, gap, iterations: T, miniBatch: 1, step: 1 / (L * root) };
    t.true(near(sharpBound1(own), (L * gap + (1 - 1 / T) * sigma ** 2) / (root - 0.5)));
  }
  const general = { lipschitz: 1, variance: 1, gap: 1, iterations: 4, miniBatch: 1 };
  for (const step of [2, 3, 0, -1, Number.NaN]) {
    t.throws(() => sharpBound1({ ...general, step }), { message: /^step must lie in \(0, 2\/L\)/ });
  }
  // The noise is divided by B, the gap is not.
  const [one, four] = [1, 4].map((miniBatch) => sharpBound1({ ...general, miniBatch, step: 1 }));
  t.true(near(one! - four!, (0.75 * (1 - 1 / 4)) / 0.5));
});

/** The written proofs. */
const proofs = readFileSync(new URL('../../../theorems/PROOFS.md', import.meta.url), 'utf8');

test('2♯ with 1 + ½(γL_i)² is at most (1/√T)[2‖L‖₁Δ + ½ + ‖σ‖₁] for every T; the form with c exceeds that for n = 1 from some T on', (t) => {
  /** The bounds less the terms of Δ and ½, times √T: what stands for ‖σ‖₁ = 1. */
  const noiseOf = (T: number, factor?: (epsilon: number) => number): number => {
    const own = { coordinateLipschitz: [1], coordinateSigma: [1], gap: 1, iterations: T, miniBatch: T };
    return Math.sqrt(T) * sharpBound2({ ...own, step: 1 / (2 * Math.sqrt(T)) }, factor) - 2.5;
  };
  const every = Array.from({ length: 400 }, (_, k) => k + 1);
  for (const T of every) t.true(noiseOf(T, (epsilon) => 1 + epsilon ** 2 / 2) <= 1 + 1e-12, `T = ${T}`);
  const exceeding = every.filter((T) => noiseOf(T) > 1 + 1e-12);
  t.deepEqual(exceeding, every.slice(exceeding[0]! - 1), 'from one T on');
  t.true(proofs.includes(`>1$ from $T=${exceeding[0]}$ on`), `${exceeding[0]}`);
});

test('the weight of the last iterate is what the best last step gains over γ', (t) => {
  for (const [step, L] of [
    [0.125, 1],
    [0.5, 2],
    [1, 1.5],
  ] as const) {
    // Descent per ‖G‖² of a step η: η − (L/2)(η² + (η − γ)²), maximised over a grid.
    let best = 0;
    for (let k = 0; k <= 4000; k++) {
      const eta = (k / 2000) * (1 / L + step);
      best = Math.max(best, eta - (L / 2) * (eta ** 2 + (eta - step) ** 2));
    }
    const own = step * (1 - (step * L) / 2);
    t.true(near(own * (1 + weightOfLastIterate(step, L)), best, 1e-6));
  }
});

test('κ(ε) is the maximum over z, at most 1 + cε and 1 + ε²/2', (t) => {
  t.is(noiseFactor(0), 1);
  for (const epsilon of [1e-9, 0.01, 0.1, 0.5, 1, 4]) {
    let [largest, curvature] = [0, 0];
    for (let k = 0; k <= 100_000; k++) {
      const z = k / 100_000;
      largest = Math.max(largest, (2 * z + epsilon * z * (1 - z * z)) / (1 + z * z));
      curvature = Math.max(curvature, (z * (1 - z * z)) / (1 + z * z));
    }
    t.true(near(noiseFactor(epsilon), largest, 1e-9), `ε = ${epsilon}`);
    t.true(near(curvatureOfNoise, curvature, 1e-9));
    t.true(noiseFactor(epsilon) <= Math.min(1 + curvatureOfNoise * epsilon, 1 + epsilon ** 2 / 2) + 1e-15);
  }
});

test('the factor for even B is what c₂ and Cantelli allow together, and below κ(ε)', (t) => {
  t.true(near(evenBatchDeviation, 0.918559, 1e-6));
  for (const epsilon of [0, 0.01, 0.25, 0.5, 1]) {
    let largest = 0;
    for (let k = 1; k <= 100_000; k++) {
      const z = k / 50_000;
      // The cost of a wrong sign of probability q: 2zq + εz(2q − 1)₊, with q ≤ 1/(1 + z²) and 2zq ≤ c₂.
      const q = Math.min(1 / (1 + z * z), evenBatchDeviation / (2 * z));
      largest = Math.max(largest, 2 * z * q + epsilon * z * Math.max(0, 2 * q - 1));
    }
    t.true(near(evenBatchFactor(epsilon), largest, 1e-5), `ε = ${epsilon}`);
    t.true(evenBatchFactor(epsilon) < noiseFactor(epsilon));
  }
  t.is(evenBatchFactor(2), noiseFactor(2));
  // 27(3 − 4p) − 64(1 − p)³(1 + 4p) = (1 − 4p)²(17 − 36p + 16p²): five points determine a polynomial of degree 4.
  for (const p of [0, 1, 2, 3, 4]) {
    t.is(27 * (3 - 4 * p) - 64 * (1 - p) ** 3 * (1 + 4 * p), (1 - 4 * p) ** 2 * (17 - 36 * p + 16 * p * p));
  }
});

test('2♯ and the coupled form at the schedule of the paper are the closed forms', (t) => {
  const coordinateLipschitz = [1, 3];
  const coordinateSigma = [0.5, 2];
  const [gap, T] = [0.75, 16];
  const step = 1 / (2 * 4 * Math.sqrt(T));
  const parts = { coordinateLipschitz, coordinateSigma, gap, iterations: T, step, miniBatch: T };
  const noise = coordinateSigma.reduce(
    (sum, s, i) => sum + s * (1 + curvatureOfNoise * step * coordinateLipschitz[i]!),
    0,
  );
  t.true(near(sharpBound2(parts), (2 / Math.sqrt(T)) * (4 * gap + 0.25 + (noise * (1 - 1 / T)) / 2)));
  t.true(sharpBound2(parts, noiseFactor) < sharpBound2(parts));
  const coupled = coupledBound(parts);
  const halves = coordinateSigma.reduce((sum, s, i) => sum + s * (1 + (step * coordinateLipschitz[i]!) / 2), 0);
  const written = (weight: number, less: number): number =>
    (2 / (Math.sqrt(T) - less)) * (4 * gap + 0.25 + (weight * (1 - 1 / T)) / 2);
  const ratio = (Math.sqrt(T) - 0.25) / Math.sqrt(T) / (1 - (step * (Math.sqrt(12) - 1)) / 2);
  t.true(near(coupled, ratio * written(evenBatchDeviation * halves, 0.25)));
  // The written forms, from the one that is checked to the one with √T − ½.
  const odd = coupledBound({ ...parts, iterations: 25, step: 1 / 40, miniBatch: 25 });
  t.true(coupled < written(halves, 0.25) && written(halves, 0.25) < written(2.5, 0.5));
  t.true(odd < coupledBound({ ...parts, iterations: 25, step: 1 / 40, miniBatch: 1 }));
  t.throws(() => coupledBound({ ...parts, step: 1 }), { message: /^step must be below/ });
  // One dimension is separable: nothing is lost.
  const line = { ...parts, coordinateLipschitz: [2], coordinateSigma: [0], step: 7 };
  t.true(near(coupledBound(line), sharpBound2(line)));
});

test('the coupled theorem refuses a problem without curvature', (t) => {
  const problem = {
    smooth: { type: 'zero' },
    functions: [{ type: 'linear', coefficients: [1, 0] }],
    probabilities: [1],
  };
  t.throws(() => prepareBound(theorem2Coupled, { name: 'flat', start: [1, 2], problem }, 4), {
    message: /^theorem-2-coupled asks for γ = Infinity .*; L is 0 on this problem: give one with curvature$/,
  });
  t.true(Number.isNaN(theorem2Coupled.schedule(4, { dimension: 2 }).step));
});

test('the cap of theorem 1 covers steps up to 2/L and nothing beyond', (t) => {
  for (const step of [0.5, 1.5, 1.9]) {
    const prepared = prepareBound({ ...theorem1, schedule: () => ({ step, miniBatch: 1 }) }, cosineLinear, 4);
    t.true('cap' in prepared && prepared.cap !== undefined && prepared.cap >= prepared.sharpBound!, `γ = ${step}`);
  }
  const loose = { ...theorem1Sharp, bound: () => 1, schedule: () => ({ step: 2.5, miniBatch: 1 }) };
  t.false('cap' in prepareBound(loose, cosineLinear, 4));
});

test('σ₀ and Δ̄ of the plain average are their closed forms', (t) => {
  // Slopes ±1 around a parabola of curvature 2: σ₀ = 1, f̄ = 2x² + const, Δ̄ = 2x².
  const matched = fixedConstants(matchedQuadratics);
  t.true(near(matched.sigma, 1, 1e-3) && near(matched.gap, 2, 1e-5));
  // h₁′ ∈ [−1, 1] about 1, h₂′ ∈ [−1, 1] about −2: between them they differ by 2, and Var = θ₁θ₂·4.
  const hubers = fixedConstants(quadraticHubers);
  const expected = Math.sqrt(0.625 * 0.375 * 4);
  t.true(hubers.sigma >= expected - 1e-9 && hubers.sigma <= expected * 1.001);
  const kinked = [1, 2].map((weight) => ({ type: 'l1', weight }));
  const unsmooth = { ...cosineLinear, problem: { ...cosineLinear.problem, functions: kinked } };
  t.throws(() => fixedConstants(unsmooth), { message: /certified variance/ });
  const prepared = prepareBound(theorem1FixedObjective, matchedQuadratics, 64);
  const sharp = prepareBound(theorem1Sharp, matchedQuadratics, 64);
  t.true('upperBound' in prepared && 'upperBound' in sharp && prepared.upperBound > sharp.upperBound);
});

test('Δ̄ is an upper end, also where the infimum is enclosed to its last digits or ten digits wide', (t) => {
  const huber = { type: 'huber', weight: 1, threshold: 0.5 };
  const gapOf = (curvature: number, center: number, start: number): number =>
    fixedConstants({
      name: 'one Huber function',
      problem: { smooth: { type: 'quadratic', curvature, center }, functions: [huber], probabilities: [1] },
      start: [start],
    }).gap;
  for (const a of [1, 3, 5, 6, 7, 11]) {
    // f̄ = a(x − c)²/2 + h(x) with h′ = ½ beyond ½: f̄′ = 0 at c − 1/2a, and from there to c it grows by a(1/2a)²/2.
    for (const c of [1, 2, 4]) t.true(gapOf(a, c, c) >= 1 / (8 * a), `curvature ${a}, centre ${c}`);
    // About 0 the infimum is 0, and f̄(1) = a/2 + 3/8.
    t.true(gapOf(a, 0, 1) >= a / 2 + 0.375, `curvature ${a}, centre 0`);
  }
});

test('Theorems 1 and 2 with σ₀ and Δ̄ + γσ₀²/2 are the forms whose constants do not move with T', (t) => {
  const [L, sigma, gap] = [2, 3, 5];
  for (const T of [1, 16, 100]) {
    const root = Math.sqrt(T);
    const raised = (step: number) => gap + (step * sigma ** 2) / 2;
    const constants = (step: number) =>
      ({
        ...{ lipschitz: L, sigma, gap: { lower: raised(step), upper: raised(step) }, dimension: 1 },
        ...{ coordinateLipschitz: Float64Array.of(L), coordinateSigma: Float64Array.of(sigma) },
      }) as unknown as TheoremConstants;
    const [one, two] = [1 / (L * root), 1 / (2 * L * root)];
    const first = theorem1.bound(T, constants(one), { step: one, miniBatch: 1 });
    t.true(near(first, (2 * L * gap + 3 * sigma ** 2) / root + sigma ** 2 / T));
    const second = theorem2.bound(T, constants(two), { step: two, miniBatch: T });
    t.true(near(second, (4 / root) * (L * gap + sigma + 1) + sigma ** 2 / T));
  }
});

test('constants of d + r_γ above those of the plain average are noticed', (t) => {
  const row = (constants: Record<string, number>) =>
    ({ instance: 'x', iterations: 4, step: 0.5, constants }) as unknown as Parameters<typeof outOfOrder>[0];
  const fixed = { sigma: 1, coordinateSigma: Float64Array.of(1), gap: 2, growth: 0.5 };
  t.is(outOfOrder(row({ sigma: 1, gapLower: 2.25 }), fixed), undefined);
  t.regex(outOfOrder(row({ sigma: 1.1, gapLower: 2 }), fixed)!, /σ_γ = 1.1 > σ₀ = 1/);
  t.regex(outOfOrder(row({ sigma: 1, gapLower: 2.26 }), fixed)!, /Δ_γ = 2.26/);
});

const series = {
  name: 'matched',
  theorem: theorem1Sharp,
  engine: 'moments',
  instance: () => matchedQuadratics,
  iterations: { quick: [16, 64], standard: [16, 64], deep: [16, 64] },
  atLeast: { 64: 0.93 },
} as const;
const tight = (change: object): Claim =>
  tightnessClaim({
    ...{ id: 'tight', version: 1, source: { section: 'beyond the paper' }, statement: 's', method: 'm' },
    series: [{ ...series, ...change }],
  });

test('a bound that is lowered, a ratio that is not reached and a wrong closed form are violated', async (t) => {
  t.is(await verdictOf(tight({})), 'holds');
  const lowered = {
    ...theorem1Sharp,
    bound: (...of: Parameters<typeof theorem1Sharp.bound>) => 0.9 * theorem1Sharp.bound(...of),
  };
  t.is(await verdictOf(tight({ theorem: lowered })), 'violated');
  t.is(await verdictOf(tight({ atLeast: { 64: 0.99 } })), 'violated');
  t.is(await verdictOf(tight({ closedForm: () => 0.5 })), 'violated');
  t.is(await verdictOf(tight({ iterations: { quick: [64, 16] } })), 'violated');
});

test('an SPGM that asked for signs would be noticed', (t) => {
  t.deepEqual(
    movedBySigns('1', () => () => 1),
    [],
  );
  const asking =
    ({ signOfZero }: BoundJob) =>
    (index: number) =>
      signOfZero === 'negative' ? index : 0;
  t.is(movedBySigns('1', asking).length, 5);
});

test('a series fails where its engine does not apply, and where the theorem is silent', async (t) => {
  const message = /^engine lattice does not apply to Theorem 1♯ at T = 16/;
  await t.throwsAsync(tight({ engine: 'lattice' }).check(reference, quickBudget()), { message });
  const problem = { ...cosineLinear.problem, functions: [{ type: 'l1', weight: 1 }], probabilities: [1] };
  const silent = tight({ theorem: theorem2Sharp, engine: 'lattice', instance: () => ({ ...cosineLinear, problem }) });
  const { verdict, reason } = await silent.check(reference, quickBudget());
  t.is(verdict, 'violated');
  t.regex(reason, /matched at T = 16: .*is not differentiable/);
});

test('a periodic slope integrates to 0, is 1-Lipschitz and starts its climb in the valley', (t) => {
  const { period, valley, derivative } = periodicDerivative({ rise: 0.5, fall: 2, climb: 12 });
  const n = 200_000;
  let [integral, steepest] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = valley + ((i + 0.5) * period) / n;
    integral += (derivative(x) * period) / n;
    steepest = Math.max(steepest, (Math.abs(derivative(x + period / n) - derivative(x)) * n) / period);
  }
  t.true(Math.abs(integral) < 1e-6);
  t.true(Math.abs(steepest - 1) < 1e-6);
  t.true(Math.abs(derivative(valley)) < 1e-12 && derivative(valley + 0.1) > 0);
  t.is(derivative(1), 0.5);
  t.true(Math.abs(derivative(3 + 5 * period) - derivative(3)) < 1e-12);
  t.throws(() => periodicDerivative({ rise: 4, fall: 1, climb: -20 }), { message: /^climb must be longer/ });
  // The proof has the same way down: without what the ramps rise, f would fall without end.
  const [g, a, l] = [0.5, 2, 12];
  t.is(period - l - 2 * (g + a), (l * g + g ** 2 - a ** 2) / a);
  const proofs = readFileSync(new URL('../../../theorems/PROOFS.md', import.meta.url), 'utf8');
  t.true(proofs.includes("$d'=-a$ on a stretch of length $(\\ell g+g^2-a^2)/a$"));
});

// Every term of a sharpened bound, made a little smaller, must be exceeded by a left side of the tight families: a term that no
// instance can see is not checked.

/** Whether some exact left side exceeds the changed bound. */
async function exceeded(series: readonly TightSeries[], depth: Depth, change: (theorem: Theorem) => Theorem) {
  const claim = tightnessClaim({
    ...{ id: 'mutant', version: 1, source: { section: 'beyond the paper' }, statement: 's', method: 'm' },
    series: series.map(({ closedForm: _, ...rest }) => ({
      ...rest,
      theorem: change(rest.theorem),
      increasing: false,
      atLeast: {},
    })),
  });
  const { rows } = await claim.check(reference, quickBudget('1', depth));
  return rows!.some(({ verdict }) => verdict === 'violated');
}

interface Terms1 {
  readonly gap?: number;
  readonly noise?: number;
  /** Steps whose noise is not seen, 1 in the theorem. */
  readonly unseen?: number;
  /** ½ of √T − ½. */
  readonly less?: number;
}

const changed1 =
  ({ gap = 1, noise = 1, unseen = 1, less = 1 / 2 }: Terms1) =>
  (theorem: Theorem): Theorem => ({
    ...theorem,
    bound(T, { lipschitz, sigma, gap: own }: TheoremConstants) {
      const bracket = gap * lipschitz! * own.upper + noise * (1 - unseen / T) * sigma! ** 2;
      return bracket / (Math.sqrt(T) - less);
    },
  });

/** The families at the paper's schedule: the others are about a longer step and about Theorem 1. */
const own1 = series1.filter(({ theorem }) => theorem === theorem1Sharp);

test('each term of Theorem 1♯ is seen by a tight family', async (t) => {
  t.false(await exceeded(own1, 'standard', changed1({})), 'the bound written out');
  const mutants: readonly (readonly [string, Terms1])[] = [
    ['0.99 LΔ', { gap: 0.99 }],
    ['0.95 σ²', { noise: 0.95 }],
    ['(1 − 2/T)σ²', { unseen: 2 }],
    ['√T − ⅓ in place of √T − ½', { less: 1 / 3 }],
    ['√T in place of √T − ½', { less: 0 }],
  ];
  for (const [name, terms] of mutants) t.true(await exceeded(own1, 'standard', changed1(terms)), name);
});

test('the denominator 1 − γL/2 is seen by a step beyond 1/L', async (t) => {
  const long = series1.filter(({ theorem }) => theorem.id === 'theorem-1-sharp-long-step');
  const withShare =
    (share: number) =>
    (theorem: Theorem): Theorem => ({
      ...theorem,
      bound: (T, { lipschitz, gap }, { step }) => gap.upper / (step * T) / (1 - share * step * lipschitz!),
    });
  t.is(long.length, 1);
  t.false(await exceeded(long, 'quick', withShare(1 / 2)));
  t.true(await exceeded(long, 'quick', withShare(0.49)));
});

interface Terms2 {
  readonly gap?: number;
  /** 1 of γ‖L‖₁, which is ¼ in the bracket. */
  readonly curvature?: number;
  readonly noise?: number;
  readonly unseen?: number;
}

const changed2 =
  ({ gap = 1, curvature = 1, noise = 1, unseen = 1 }: Terms2) =>
  (theorem: Theorem): Theorem => ({
    ...theorem,
    bound(T, { coordinateLipschitz, coordinateSigma, gap: own }: TheoremConstants, { step, miniBatch }) {
      const spread = (noise * coordinateSigma![0]!) / Math.sqrt(miniBatch);
      const first = (gap * own.upper) / (step * T) + curvature * step * coordinateLipschitz![0]!;
      return first + (1 - unseen / T) * spread;
    },
  });

/** The families about Theorem 2♯: the last is about Theorem 2. */
const own2 = series2.filter(({ theorem }) => theorem !== theorem2);

test('each term of Theorem 2♯ is seen by a tight family', async (t) => {
  t.false(await exceeded(own2, 'standard', changed2({})), 'without the factor of curvature, which one step sees');
  const mutants: readonly (readonly [string, Terms2])[] = [
    ['0.99 Δ', { gap: 0.99 }],
    ['0.9 γ‖L‖₁', { curvature: 0.9 }],
    ['0.8 σ', { noise: 0.8 }],
    ['(1 − 2/T)σ', { unseen: 2 }],
  ];
  for (const [name, terms] of mutants) t.true(await exceeded(own2, 'standard', changed2(terms)), name);
});

test('the bounds that these tests write out are those of the claims', (t) => {
  const coordinate = {
    coordinateLipschitz: [2],
    coordinateSigma: [3],
    gap: 5,
    iterations: 16,
    step: 1 / 16,
    miniBatch: 16,
  };
  const constants = {
    ...{ lipschitz: 2, sigma: 3, gap: { lower: 5, upper: 5 }, dimension: 1 },
    ...{ coordinateLipschitz: Float64Array.of(2), coordinateSigma: Float64Array.of(3) },
  } as unknown as TheoremConstants;
  const schedule = { step: 1 / 8, miniBatch: 1 };
  const one = sharpBound1({ lipschitz: 2, variance: 9, gap: 5, iterations: 16, ...schedule });
  t.true(Math.abs(changed1({})(theorem1Sharp).bound(16, constants, schedule) - one) < 1e-12);
  const two = sharpBound2(coordinate, () => 1);
  t.true(Math.abs(changed2({})(theorem1Sharp).bound(16, constants, { step: 1 / 16, miniBatch: 16 }) - two) < 1e-12);
});
