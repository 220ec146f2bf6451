import type { ProblemAtStep, ProblemSpecification } from '../../../src/library/algorithms.js';
import type { Claim } from '../../../src/library/claims.js';
import { claimOf, evidenceOfRows, rowClaim, withBatch, withoutRoom } from '../../../src/library/testing.js';
import type {
  BoundInstance,
  IterationsByDepth,
  OwnHypothesis,
  OwnWitness,
  PlannedRow,
  Theorem,
} from '../../../src/library/theorems.js';
import { parabolas, slopes } from '../../shared/instances.js';
import { type TightSeries, tightnessClaim } from '../../shared/tight-series-claim.js';
import { theorem2 } from '../../theorem-2/theorem-2.js';

/** Three linear r_k on the line: no noise, or ±τ with probability ϱ/2 each. The noise of B = 1 is symmetric and sparse, and r = 0. */
export function sparseDraws(rarity: number, size: number): Pick<ProblemSpecification, 'functions' | 'probabilities'> {
  return { functions: slopes(0, size, -size), probabilities: [1 - rarity, rarity / 2, rarity / 2] };
}

/** No noise, −τ with probability ϱm/(m + 1), or mτ with probability ϱ/(m + 1): of mean 0, sparse, and seldom of the sign of its mean. */
export function skewedDraws(
  rarity: number,
  size: number,
  ratio: number,
): Pick<ProblemSpecification, 'functions' | 'probabilities'> {
  const rare = rarity / (ratio + 1);
  return { functions: slopes(0, -size, ratio * size), probabilities: [1 - rarity, rarity - rare, rare] };
}

/** What is assumed of the noise of single draws. */
export interface SparseNoise {
  /** ϱ: Ĝ_i − G_i is different from 0 with this probability at most. */
  readonly rarity: number;
  /** Whether Ĝ_i − G_i is symmetric about 0. */
  readonly symmetric: boolean;
}

/** Relative to the largest noise, and of a probability: what rounding may make of 0. */
const rounding = 2 ** -30;

/** The values of Ĝ_i − G_i at x that are not 0, with their probabilities. */
function noiseAt(problem: ProblemAtStep, x: Float64Array, i: number): { value: number; probability: number }[] {
  const { probabilities } = problem.problem;
  const mapping = problem.gradientMapping(x)[i]!;
  const values = Array.from(probabilities, (probability, k) => ({
    value: problem.stochasticGradientMapping([k], x)[i]! - mapping,
    probability,
  }));
  const largest = Math.max(Math.abs(mapping), ...values.map(({ value }) => Math.abs(value)));
  return values.filter(({ value }) => Math.abs(value) > rounding * largest);
}

/** What is wrong with the noise at x. */
function faultAt(problem: ProblemAtStep, x: Float64Array, { rarity, symmetric }: SparseNoise): string | undefined {
  for (let i = 0; i < x.length; i++) {
    const noise = noiseAt(problem, x, i);
    const occurs = noise.reduce((sum, { probability }) => sum + probability, 0);
    if (occurs > rarity + rounding) return `the noise in coordinate ${i + 1} occurs with probability ${occurs}`;
    const balance = ({ value }: { value: number }): number =>
      noise
        .filter((other) => Math.abs(Math.abs(other.value) - Math.abs(value)) <= rounding * Math.abs(value))
        .reduce((sum, other) => sum + Math.sign(other.value) * other.probability, 0);
    if (symmetric && noise.some((entry) => Math.abs(balance(entry)) > rounding)) {
      return `the noise in coordinate ${i + 1} is not symmetric: ${noise.map(({ value, probability }) => `${value} with probability ${probability}`).join(', ')}`;
    }
  }
  return undefined;
}

/** Whether Ĝ − G is the same at every x: of linear r_k, and of parabolas of one curvature. */
function isConstant({ problem }: ProblemAtStep): boolean {
  const { functions } = problem.specification;
  const kinds = new Set(functions.map(({ type, curvature }) => JSON.stringify([type, curvature])));
  return kinds.size === 1 && ['linear', 'quadratic'].includes(functions[0]!.type);
}

/** That the noise of single draws is sparse: certified where it does not depend on x. */
function sparseHypothesis(noise: SparseNoise): OwnHypothesis {
  const kind = noise.symmetric ? 'symmetric and ' : '';
  return {
    id: 'sparse-noise',
    statement: `Ĝ_i − G_i is ${kind}different from 0 with probability ${noise.rarity} at most, for single draws`,
    certify: (problem) =>
      isConstant(problem) && faultAt(problem, new Float64Array(problem.problem.dimension ?? 1), noise) === undefined,
    search(problem, points): OwnWitness | undefined {
      for (const x of points) {
        const explanation = faultAt(problem, x, noise);
        if (explanation !== undefined) return { x, explanation };
      }
      return undefined;
    },
  };
}

const { sharp: _, ...paper } = theorem2;

/**
 * signProx under sparse noise. Under Assumption 2(a)–(c), for single draws, any γ > 0 and any value of sgn(0), if Ĝ_i(x) − G_i(x) is symmetric about 0 and
 * differs from 0 with probability ϱ < 1 at most,
 *
 *     E[(1/T) Σ_{t=1}^{T} ‖G(x^{t−1})‖₁] ≤ [(f(x⁰) − f*)/(γT) + γ‖L‖₁]/(1 − ϱ).
 *
 * The size of the noise does not enter, nor has it to be finite in the mean square. Without symmetry 1 − ϱ becomes 1 − 2ϱ, ϱ < ½.
 *
 * @param margin 1 − ϱ, or 1 − 2ϱ; another in tests
 */
export const sparseNoiseTheorem = (
  noise: SparseNoise,
  margin = 1 - (noise.symmetric ? 1 : 2) * noise.rarity,
): Theorem => ({
  ...withBatch(1)(paper),
  id: 'sparse-noise',
  module: import.meta.url,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under sparse noise' },
  statement:
    'E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) for signProx with B = 1, where Ĝ_i − G_i is symmetric and ≠ 0 with probability ϱ at most; with 1 − 2ϱ without symmetry',
  hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c', sparseHypothesis(noise)],
  bound: (iterations, { coordinateLipschitz, gap }, { step }) =>
    (gap.upper / (step * iterations) + step * coordinateLipschitz!.reduce((total, L) => total + L, 0)) / margin,
});

/** What replicates import: they run the left side, which does not depend on ϱ. */
export const sparseNoise: Theorem = sparseNoiseTheorem({ rarity: 1 / 8, symmetric: true });

interface SparseInstance {
  readonly instance: BoundInstance;
  readonly noise: SparseNoise;
}

const parabola = { type: 'quadratic', curvature: 1, center: 0 };

export const sparseInstances = {
  cosine: {
    instance: {
      name: 'cosine, ±16 once in 8 draws',
      problem: { smooth: { type: 'cosine', weight: 1 }, ...sparseDraws(1 / 8, 16) },
      start: [1.25],
    },
    noise: { rarity: 1 / 8, symmetric: true },
  },
  curved: {
    instance: {
      name: 'Geman–McClure, r_k parabolas, ±2¹⁰ once in 4 draws',
      problem: {
        smooth: { type: 'geman-mcclure', weight: 1, scale: 1 },
        functions: parabolas(1, 0, 1024, -1024),
        probabilities: [3 / 4, 1 / 8, 1 / 8],
      },
      start: [1],
    },
    noise: { rarity: 1 / 4, symmetric: true },
  },
  far: {
    instance: {
      name: 'quadratic, ±2²⁰ once in 2 draws',
      problem: { smooth: parabola, ...sparseDraws(1 / 2, 2 ** 20) },
      start: [4],
    },
    noise: { rarity: 1 / 2, symmetric: true },
  },
  fromMinimiser: {
    instance: {
      name: 'quadratic, ±2²⁰ once in 2 draws, x⁰ = x*',
      problem: { smooth: parabola, ...sparseDraws(1 / 2, 2 ** 20) },
      start: [0],
    },
    noise: { rarity: 1 / 2, symmetric: true },
  },
  matched: {
    instance: {
      name: 'd = r = ½x², ±2¹⁰ once in 64 draws, x⁰ = 1/16',
      problem: {
        smooth: parabola,
        functions: parabolas(1, 0, 1024, -1024),
        probabilities: [63 / 64, 1 / 128, 1 / 128],
      },
      start: [1 / 16],
    },
    noise: { rarity: 1 / 64, symmetric: true },
  },
  coordinateByCoordinate: {
    instance: {
      name: 'two curvatures, each coordinate hit once in 8 draws, n = 2',
      problem: {
        smooth: { type: 'quadratic', curvature: [1, 0.5], center: [0, 0.25] },
        functions: [
          [0, 0],
          [64, 0],
          [-64, 0],
          [0, 1],
          [0, -1],
        ].map((coefficients) => ({ type: 'linear', coefficients })),
        probabilities: [3 / 4, 1 / 16, 1 / 16, 1 / 16, 1 / 16],
      },
      start: [1, -0.75],
    },
    noise: { rarity: 1 / 8, symmetric: true },
  },
  skewed: {
    instance: {
      name: 'quadratic, −2¹⁰ or +2¹⁴ in 17 of 64 draws',
      problem: { smooth: parabola, ...skewedDraws(17 / 64, 1024, 16) },
      start: [2],
    },
    noise: { rarity: 17 / 64, symmetric: false },
  },
} satisfies Readonly<Record<string, SparseInstance>>;

/** Rows of the law of the iterate, and of sampled runs where they are long. */
const exactly: IterationsByDepth = {
  quick: [16, 256],
  standard: [1, 4, 16, 64, 256, 1024],
  deep: [1, 4, 16, 64, 256, 1024, 4096],
};
const sampled: IterationsByDepth = { quick: [256], standard: [1024], deep: [4096, 16_384] };

export const sparseNoiseClaim = claimOf(
  { theoremOf: sparseNoiseTheorem, instances: sparseInstances as Readonly<Record<string, SparseInstance>> },
  ({ theoremOf, instances }): Claim =>
    rowClaim(
      {
        id: 'sparse-noise',
        version: 1,
        source: sparseNoise.source,
        statement: sparseNoise.statement,
        hypotheses: ['assumption-2a', 'assumption-2b', 'assumption-2c'],
        method:
          'the law of the iterate on x⁰ + γZ, exactly or with an enclosure, at γ = 1/(2‖L‖₁√T) under noise of up to 2²⁰; an e-process on long runs',
        requires: { referenceOnly: true },
      },
      {
        plan: ({ depth }) =>
          Object.entries(instances).flatMap(([key, { instance, noise }]): PlannedRow[] => {
            const theorem = theoremOf(noise);
            const exact = { theorem, instance, engine: 'lattice', comparison: withoutRoom } as const;
            const long = { theorem, instance: { ...instance, name: `${instance.name}, sampled` } };
            return [
              ...exactly[depth].map((iterations): PlannedRow => ({ ...exact, iterations })),
              ...(key === 'cosine' ? sampled[depth] : []).map((iterations): PlannedRow => ({ ...long, iterations })),
            ];
          }),
        conclude: evidenceOfRows,
      },
    ),
);

const step = (iterations: number): number => 1 / (2 * Math.sqrt(iterations));

/** d = ½x² under noise that no G on the way is as large as, from where x comes to its minimiser in T steps at a speed of γ(1 − ϱ), or γ(1 − 2ϱ). */
function family(
  name: string,
  noise: SparseNoise,
  draws: Pick<ProblemSpecification, 'functions' | 'probabilities'>,
  atLeast: number,
): TightSeries {
  const speed = 1 - (noise.symmetric ? 1 : 2) * noise.rarity;
  return {
    name,
    theorem: sparseNoiseTheorem(noise),
    engine: 'lattice',
    iterations: { quick: [16, 256], standard: [16, 64, 256, 1024, 4096], deep: [16, 64, 256, 1024, 4096, 16_384] },
    instance: (iterations) => ({
      problem: { smooth: { type: 'quadratic', curvature: 1, center: 0 }, ...draws },
      start: [(speed * iterations - 0.5) * step(iterations)],
    }),
    atLeast: { 4096: atLeast },
  };
}

/** The families of the claim, so that tests can hold them against changed bounds. */
const series: readonly TightSeries[] = [
  family('symmetric, ϱ = 1/8', { rarity: 1 / 8, symmetric: true }, sparseDraws(1 / 8, 2 ** 20), 0.999),
  family('symmetric, ϱ = 1/2', { rarity: 1 / 2, symmetric: true }, sparseDraws(1 / 2, 2 ** 20), 0.998),
  family(
    'not symmetric, ϱ = 257/1024',
    { rarity: 257 / 1024, symmetric: false },
    skewedDraws(257 / 1024, 2 ** 10, 256),
    0.99,
  ),
];

/**
 * The theorem of `sparse-noise` cannot be improved: noise that is larger than every G on the way makes a sign wrong with probability ϱ/2 exactly, so that x walks
 * towards the minimiser of d = ½x² at a mean speed of γ(1 − ϱ), and Δ/(γT) is nearly everything. Without symmetry the same is true of 1 − 2ϱ, where nearly
 * all of ϱ is noise of the other sign than its mean asks for.
 */
export const sparseNoiseTightClaim = tightnessClaim({
  id: 'sparse-noise-tight',
  version: 1,
  source: { section: 'beyond the paper', equation: 'Theorem 2 under sparse noise' },
  statement:
    'the bound [Δ/(γT) + γ‖L‖₁]/(1 − ϱ) is asymptotically attained, and so is that with 1 − 2ϱ without symmetry',
  method: 'the law of the iterate on x⁰ + γZ, with an enclosure, on three families; increasing in T',
  series,
});
