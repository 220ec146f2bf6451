import type { HypothesisId } from '../../../claims/hypothesis.js';
import { nearbyFraction } from '../../../exact/arithmetic/elimination.js';
import { toDouble } from '../../../exact/arithmetic/rational.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { parsedOnce, prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { iterationOf } from '../../theorem/theorem-algorithm.js';
import { TheoremError } from '../../theorem/theorem-fields.js';

const parabola = { type: 'quadratic', curvature: 1, center: 0 } as const;
const cosine = { type: 'cosine', weight: 1 } as const;

/** Two draws of mean 0 and standard deviation σ, or none. */
const noiseOf = (sigma: number): readonly FunctionSpecification[] =>
  sigma === 0
    ? [{ type: 'zero' }]
    : [sigma, -sigma].map((coefficient) => ({ type: 'linear', coefficients: [coefficient] }));

/**
 * Problems of one variable with L = 1 that attain the bounds of gradient methods: ½x², and Huber functions whose slope is 1 for about T, 1 or 2T
 * steps of length γ; and the cosine from where T steps lead off its maximum to its largest slope, which a bound on the last iterate has to hold on. Each
 * is without noise and with some of two sizes. Without noise alone: a saw-tooth slope, on which the smallest of T + 1 gradients is the largest.
 */
export function attainingProblems(theorem: Theorem, iterations: number): BoundInstance[] {
  const step = stepOf(theorem, iterations);
  const huber = { type: 'huber', weight: 1, threshold: 1 } as const;
  const starts = [2, iterations, iterations + 1, 2 * iterations, 2 * iterations + 1];
  // From there a slope of 1 ends in the parabola after T steps, or meets the minimiser at once.
  const moved = slopeRun(theorem, iterations) ?? step * iterations;
  const tuned = [
    1 + step * iterations,
    1 + 2 * step * iterations,
    1 + moved,
    1 + 2 * moved,
    1 / Math.max(step, 2 ** -10),
  ];
  const shapes = [
    { name: 'x²/2', smooth: parabola, start: 1 },
    // There the noise alone moves x, and f(x⁰) − f* = 0.
    { name: 'x²/2 from its minimiser', smooth: parabola, start: 0 },
    ...[...new Set([...starts, ...tuned])]
      .filter((start) => start > 1)
      .map((start) => ({ name: `Huber from ${start}`, smooth: huber, start })),
    ...[plateauStart(step, iterations)].map((start) => ({ name: `cosine from ${start}`, smooth: cosine, start })),
  ];
  const noisy = shapes.flatMap(({ name, smooth, start }) =>
    [0, 0.5, 2].map((sigma): BoundInstance => {
      const functions = noiseOf(sigma);
      return {
        name: sigma === 0 ? name : `${name}, σ = ${sigma}`,
        problem: { smooth, functions, probabilities: functions.map(() => 1 / functions.length) },
        start: [start],
      };
    }),
  );
  const listed = [...noisy, ...flatQuadratics(theorem, iterations), ...kinked(theorem, iterations)];
  return step < 2 && iterations <= longestSawTooth ? [...listed, sawTooth(step, iterations)] : listed;
}

/**
 * For a theorem whose r may be nonsmooth: |x|, which proximal steps follow as a slope of 1 to its kink, and a slope of 1 that ends at the boundary of a set. Where
 * d is not 0, L = 1 is that of a coordinate in which nothing moves.
 */
export function kinked(theorem: Theorem, iterations: number): BoundInstance[] {
  const { objective, hypotheses } = theorem;
  const isZero = hypotheses.includes('d-zero');
  if (objective === 'fixed' || hypotheses.includes('assumption-1c')) return [];
  if (!isZero && !hypotheses.includes('assumption-1b')) return [];
  const modulus = theorem.inverseConditionNumber ?? 0;
  const one = isZero ? { type: 'zero' } : { type: 'quadratic', curvature: [modulus, 1], center: 0 };
  const kink = isZero ? { type: 'l1', weight: 1 } : { type: 'weighted-l1', weights: [1, 0] };
  const step = stepOf(
    theorem,
    iterations,
    { smooth: one, functions: [kink], probabilities: [1] },
    isZero ? [1] : [1, 0],
  );
  const lengths = [1, iterations, iterations + 1, 2 * iterations].map((count) => count * step);
  return [...new Set([1, ...lengths])].flatMap((length): BoundInstance[] => {
    const start = isZero ? [length] : [length, 0];
    const ends = {
      smooth: { type: 'piecewise-quadratic', knots: [-1, 0, length], slopes: [0, 1, 1] },
      functions: [{ type: 'nonnegative' }],
      probabilities: [1],
    };
    return [
      { name: `|x| from ${length}`, problem: { smooth: one, functions: [kink], probabilities: [1] }, start },
      ...(isZero ? [] : [{ name: `a slope of 1 to the boundary from ${length}`, problem: ends, start: [length] }]),
    ];
  });
}

/** ½x₁² + ½c·x₂², so that L = 1 and c is the least curvature: from (0, 1) gradient steps see c alone, from (1, 1) both. */
const flat = (curvature: number, start: readonly number[], sigma = 0): BoundInstance => {
  const functions = sigma === 0 ? noiseOf(0) : [sigma, -sigma].map((s) => ({ type: 'linear', coefficients: [0, s] }));
  const noise = sigma === 0 ? '' : `, σ = ${sigma}`;
  return {
    name: `curvatures 1 and ${Number(curvature.toPrecision(6))} from ${start.join(', ')}${noise}`,
    problem: {
      smooth: { type: 'quadratic', curvature: [1, curvature], center: 0 },
      functions,
      probabilities: functions.map(() => 1 / functions.length),
    },
    start,
  };
};

/** Least curvatures that are tried: ¾, ½, ⅜, ¼, … 2⁻¹², short for engines in rationals. Between two of them cT·e^{−2cT}, the shape of most left sides, loses 2 %. */
const curvatures = Array.from({ length: 12 }, (_, k) => [1.5 * 2 ** -(k + 1), 2 ** -(k + 1)]).flat();

/**
 * Quadratics of every curvature that the hypotheses of the theorem admit, from each axis: without noise, and with some in the flat direction. T steps see
 * nothing of a curvature below 1/(8T), but a rate of strongly convex functions is attained at the least that is admitted, and nowhere else.
 */
function flatQuadratics(theorem: Theorem, iterations: number): BoundInstance[] {
  const seen = curvatures.filter((curvature) => curvature >= 1 / (8 * iterations));
  // The suite's own hypotheses admit every quadratic, unless a theorem is about one μ/L.
  const isAll =
    theorem.inverseConditionNumber === undefined && theorem.hypotheses.every((entry) => typeof entry === 'string');
  // Where μ is a constant, the curvature L counts with the μ of the problem.
  const steep = ['fixed-strongly-convex', 'd-strongly-convex'].some((id) =>
    theorem.hypotheses.includes(id as HypothesisId),
  );
  const noisy = theorem.algorithm !== 'gradient-descent';
  // Of a summand and a bound that are quadratic in x⁰ the largest ratio is on an axis.
  const isQuadratic = ['squared-gradient', 'objective-gap', 'squared-distance'].some((term) => term === theorem.term);
  return (isAll ? seen : admittedOf(theorem, iterations, seen)).flatMap((curvature) => [
    flat(curvature, [0, 1]),
    ...(steep ? [flat(curvature, [1, 0])] : []),
    ...(isQuadratic ? [] : [flat(curvature, [1, 1])]),
    ...(noisy ? [flat(curvature, [0, 0], 1), flat(curvature, [0, 1], 0.5)] : []),
  ]);
}

/** Those curvatures that the hypotheses admit, with the least of all that they do. */
function admittedOf(theorem: Theorem, iterations: number, seen: readonly number[]): number[] {
  const admits = (curvature: number): boolean => isAdmitted(theorem, flat(curvature, [0, 1]), iterations);
  const admitted = curvatures.filter(admits);
  const least = admitted.at(-1) ?? 1;
  const below = curvatures.find((curvature) => curvature < least);
  const edge = below === undefined ? [] : [leastAdmitted(admits, below, least)];
  return [...admitted.filter((curvature) => seen.includes(curvature)), ...edge];
}

/**
 * The least curvature that a hypothesis admits, between one that it does not and one that it does. Its predicate has room for rounding, which belongs to
 * no theorem: so it is the simple fraction next to what is found, or three digits of it, rounded up.
 */
function leastAdmitted(admits: (curvature: number) => boolean, below: number, above: number): number {
  let [outside, inside] = [below, above];
  for (let halving = 0; halving < 24; halving++) {
    const middle = Math.sqrt(inside * outside);
    if (admits(middle)) inside = middle;
    else outside = middle;
  }
  const fraction = nearbyFraction(inside, 2 ** -16 * inside, 100);
  const simple = fraction && toDouble(fraction);
  if (simple !== undefined && admits(simple)) return simple;
  const unit = 10 ** (Math.floor(Math.log10(inside)) - 2);
  return Number((Math.ceil(inside / unit) * unit).toPrecision(3));
}

/** Whether a theorem says something about an instance. */
function isAdmitted(theorem: Theorem, instance: BoundInstance, iterations: number): boolean {
  try {
    return !('silent' in prepareBound(theorem, instance, iterations, { why: false }));
  } catch (error) {
    if (error instanceof ScheduleError) return false;
    throw error;
  }
}

/** How far T iterations of a theorem's own algorithm lead on a slope of 1: with steps that fall with t it is less than γT. */
function slopeRun(theorem: Theorem, iterations: number): number | undefined {
  if (typeof theorem.algorithm === 'string') return undefined;
  const far = 2 ** 40;
  const instance = {
    name: 'a slope of 1',
    problem: { smooth: { type: 'huber', weight: 1, threshold: 1 }, functions: noiseOf(0), probabilities: [1] },
    start: [far],
  };
  try {
    const prepared = prepareBound(theorem, instance, iterations, { why: false });
    if ('silent' in prepared) return undefined;
    const { step, parameters } = prepared.schedule;
    const problem = parsedOnce(instance.problem).at(step);
    const iterate = iterationOf(theorem.algorithm, problem, parameters)(problem, 1, { signOfZero: 'zero' });
    const [x, batch] = [Float64Array.of(far), new Int32Array(prepared.schedule.miniBatch)];
    for (let t = 0; t < iterations; t++) iterate(x, batch, x);
    const moved = far - x[0]!;
    return moved > 0 && moved < far ? moved : undefined;
  } catch (error) {
    // An algorithm that draws random numbers, or one that this problem is nothing for, has no such run.
    if (error instanceof TypeError || error instanceof TheoremError || error instanceof ScheduleError) return undefined;
    throw error;
  }
}

/** A saw-tooth has 2T + 2 knots, which every command that names it has to list. */
const longestSawTooth = 64;

/**
 * φ′ = 1 at T + 1 points that are γ apart, from 0 on; L = 1, so that it falls to 1 − γ/2 between them, and from 0 to −1 to 0. A step of length γ leads
 * from one point to the next, and f(x⁰) − f* = T(γ − γ²/4) + ½ is the least that so many gradients of 1 allow (Abbaszadehpeivasti, de Klerk and Zamani
 * 2022, for γ = 1).
 */
export function sawTooth(step: number, iterations: number): BoundInstance {
  const teeth = Array.from({ length: iterations }, (_, t) => [t + 0.5, t + 1]).flat();
  const smooth = {
    type: 'piecewise-quadratic',
    knots: [-1, 0, ...teeth.map((place) => place * step)],
    slopes: [0, 1, ...teeth.map((place) => (Number.isInteger(place) ? 1 : 1 - step / 2))],
  };
  return {
    name: `saw-tooth slope of ${iterations} ${iterations === 1 ? 'tooth' : 'teeth'}`,
    problem: { smooth, functions: noiseOf(0), probabilities: [1] },
    start: [smooth.knots.at(-1)!],
  };
}

const noisyParabola = { smooth: parabola, functions: noiseOf(1), probabilities: [0.5, 0.5] };

/** γ of a theorem at T on a problem with L = 1, or 1 where it has none. */
function stepOf(
  theorem: Theorem,
  iterations: number,
  problem: BoundInstance['problem'] = noisyParabola,
  start: readonly number[] = [1],
): number {
  try {
    const prepared = prepareBound(theorem, { name: 'γ for L = 1', problem, start }, iterations, { why: false });
    return 'silent' in prepared ? 1 : prepared.schedule.step;
  } catch (error) {
    if (error instanceof ScheduleError) return 1;
    throw error;
  }
}

/** x⁰ from which T gradient steps on 1 − cos x, whose maximum is at π, end at its largest slope, at π/2. */
function plateauStart(step: number, iterations: number): number {
  let offset = Math.PI / 2;
  for (let t = 0; t < iterations; t++) {
    // The offset from the maximum grows by γ sin(offset) in a step: what it was before is the zero of an increasing function.
    let [below, above] = [0, offset];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (below + above) / 2;
      if (middle + step * Math.sin(middle) < offset) below = middle;
      else above = middle;
    }
    offset = above;
  }
  return Math.PI - offset;
}

/** The problems that a theorem is tried on at T beside those that the search finds. */
export const listedProblems = (theorem: Theorem, iterations: number): readonly BoundInstance[] => [
  ...attainingProblems(theorem, iterations),
  ...hardProblems,
];

const smooths = [
  { type: 'quadratic', curvature: 1, center: 0 },
  { type: 'log-cosh', weight: 2, scale: 0.25 },
  { type: 'huber', weight: 4, threshold: 0.25 },
  { type: 'geman-mcclure', weight: 1, scale: 0.5 },
  { type: 'cosine', weight: 1 },
] as const;

/** No noise; pairs r_1 and r_2 that are the same far out on one side, the same nowhere, and with kinks; the same noise everywhere. */
const pairs = [
  [{ type: 'zero' }],
  [
    { type: 'huber', weight: 4, threshold: 0.25 },
    { type: 'tilted', slope: [1], inner: { type: 'zero' } },
  ],
  [
    { type: 'tilted', slope: [1], inner: { type: 'huber', weight: 8, threshold: 0.25 } },
    { type: 'tilted', slope: [-1], inner: { type: 'huber', weight: 8, threshold: 0.25 } },
  ],
  [
    { type: 'quadratic', curvature: 0.5, center: 2 },
    { type: 'quadratic', curvature: 2, center: -2 },
  ],
  [
    { type: 'l1', weight: 1 },
    { type: 'tilted', slope: [0.5], inner: { type: 'zero' } },
  ],
  noiseOf(1),
] as const;

const starts = [0, 0.25, 1, 4, 16] as const;

/** Problems of several coordinates: equal ones; scales that differ; noise in one, which hides the other from whoever follows the largest entry. */
const inSeveralCoordinates: readonly BoundInstance[] = [
  { name: 'eight equal coordinates', curvature: 1, start: new Array<number>(8).fill(1), noise: 0 },
  { name: 'two equal coordinates, far out', curvature: 1, start: [32, 32], noise: 0 },
  { name: 'curvatures 1 and 1/16', curvature: [1, 0.0625], start: [1, 4], noise: 0 },
  { name: 'noise in the first coordinate', curvature: 1, start: [0, 0.75], noise: 1 },
].map(({ name, curvature, start, noise }) => {
  const coefficients = (sign: number) => start.map((_, i) => (i === 0 ? sign * noise : 0));
  const functions =
    noise === 0 ? [{ type: 'zero' }] : [1, -1].map((sign) => ({ type: 'linear', coefficients: coefficients(sign) }));
  return {
    name,
    problem: {
      smooth: { type: 'quadratic', curvature, center: 0 },
      functions,
      probabilities: functions.map(() => 1 / functions.length),
    },
    start,
  };
});

/**
 * Problems of one variable whose curvature and noise at the start differ from those elsewhere: they start on plateaus, far out, or at kinks; and of
 * several. A theorem is tried on them, with all of its hypotheses and without one.
 */
export const hardProblems: readonly BoundInstance[] = [
  ...smooths.flatMap((smooth) =>
    pairs.flatMap((functions, pair) =>
      starts.map((start) => ({
        name: `d = ${smooth.type}, ${pair === 0 ? 'r = 0' : `pair ${pair} of r_k`}, x⁰ = ${start}`,
        problem: {
          smooth,
          functions: functions.map((entry) => ({ ...entry })),
          probabilities: functions.map(() => 1 / functions.length),
        },
        start: [start],
      })),
    ),
  ),
  ...inSeveralCoordinates,
];
