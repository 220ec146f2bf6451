import { quantileSorted } from 'simple-statistics';
import {
  type CurveResult,
  type FigureCurve,
  type FigureProblem,
  figureProblem,
  normalisedObjectives,
} from './figure-curve.js';
import { type Reading, readings } from './readings.js';

/** The settings whose curves a figure shows, for one reading of the noise. */
export const settings = ['spgm-dense', 'spgm-sparse', 'sign-prox-dense', 'sign-prox-sparse'] as const;
export type Setting = (typeof settings)[number];

/** γ of every setting under one reading. */
export type FigureSteps = Readonly<Record<Setting, number>>;

/** The algorithm and ρ of a setting; the paper's sparse noise hits one entry in ten. */
function settingOf(setting: Setting): Pick<FigureCurve, 'algorithm' | 'density'> {
  return {
    algorithm: setting.startsWith('spgm') ? 'spgm' : 'sign-prox',
    density: setting.endsWith('dense') ? 1 : 0.1,
  };
}

/**
 * Candidates of the search for "the step-size selected for the best performance": γ = 0.4·2^{−j/2} for SPGM, where γ ≥ 2 diverges, and
 * γ = 0.008·2^{−j/2} for signProx, whose steps move every pixel by γ.
 */
export function candidateSteps(setting: Setting): number[] {
  const { algorithm } = settingOf(setting);
  const [largest, count] = algorithm === 'spgm' ? [0.4, 10] : [0.008, 9];
  return Array.from({ length: count }, (_, j) => largest * 2 ** (-j / 2));
}

/** What the search minimises: the mean normalised objective over the last tenth of the iterations. */
export function performanceOf(objectives: Float64Array, infimum: number): number {
  const tail = normalisedObjectives(objectives, infimum).subarray(Math.floor(objectives.length * 0.9));
  return tail.reduce((sum, value) => sum + value, 0) / tail.length;
}

/** The best step of each setting, given the performance of every candidate in the order of `candidateSteps`. */
export function bestSteps(performances: Readonly<Record<Setting, readonly number[]>>): FigureSteps {
  const best = (setting: Setting): number => {
    const values = performances[setting];
    return candidateSteps(setting)[values.indexOf(Math.min(...values))]!;
  };
  return Object.fromEntries(settings.map((setting) => [setting, best(setting)])) as Record<Setting, number>;
}

/**
 * What `signprox figure --search` finds at the paper's size (50 × 50, m = 3000, λ = 10⁻³, σ = 0.1, T = 400, seed 1), none at the end
 * of its grid: a run of 57 curves, five minutes of CPU time, that anyone can repeat.
 */
export const storedSteps: Readonly<Record<Reading, FigureSteps>> = {
  total: {
    'spgm-dense': 0.4 / 16,
    'spgm-sparse': 0.4 / 16,
    'sign-prox-dense': 0.008 * 2 ** -1.5,
    'sign-prox-sparse': 0.008 / 8,
  },
  entry: {
    'spgm-dense': 0.4 / 16,
    'spgm-sparse': 0.4 / 4,
    'sign-prox-dense': 0.008 * 2 ** -1.5,
    'sign-prox-sparse': 0.008 / 8,
  },
};

/** All runs of a search, in the order of readings, settings and candidates. */
export function searchCurves(shared: Omit<FigureCurve, 'algorithm' | 'density' | 'reading' | 'step'>): {
  readonly reading: Reading;
  readonly setting: Setting;
  readonly curve: FigureCurve;
}[] {
  return readings.flatMap((reading) =>
    settings.flatMap((setting) =>
      candidateSteps(setting).map((step) => ({
        reading,
        setting,
        // Dense noise is the same under both readings, and then the run is too.
        curve: { ...shared, ...settingOf(setting), reading: setting.endsWith('dense') ? 'total' : reading, step },
      })),
    ),
  );
}

/** The runs of a figure, for one reading. */
export interface FigurePlan {
  readonly problem: FigureProblem;
  readonly reading: Reading;
  readonly sigma: number;
  readonly iterations: number;
  /** Keys of the noise, one per run. */
  readonly seeds: readonly string[];
  readonly steps: FigureSteps;
}

/** The runs of a figure: every setting under every seed, settings outermost. */
export function figureCurves(plan: FigurePlan): FigureCurve[] {
  const { problem, reading, sigma, iterations, steps } = plan;
  return settings.flatMap((setting) =>
    plan.seeds.map((noiseSeed) => ({
      ...settingOf(setting),
      // Dense noise is the same under both readings.
      reading: settingOf(setting).density === 1 ? 'total' : reading,
      problem,
      sigma,
      iterations,
      noiseSeed,
      step: steps[setting],
    })),
  );
}

/** Bands and images by setting, from the results of `figureCurves` and f*. */
export function foldCurves(plan: FigurePlan, results: readonly CurveResult[], infimum: number) {
  const { relativeError } = figureProblem(plan.problem);
  const of = (setting: Setting): readonly CurveResult[] => {
    const first = settings.indexOf(setting) * plan.seeds.length;
    return results.slice(first, first + plan.seeds.length);
  };
  const band = (setting: Setting) => {
    const runs = of(setting).map(({ objectives }) => normalisedObjectives(objectives, infimum));
    const at = (share: number): number[] =>
      Array.from({ length: plan.iterations + 1 }, (_, t) =>
        quantileSorted(
          runs.map((run) => run[t]!).sort((a, b) => a - b),
          share,
        ),
      );
    return { median: at(0.5), lower: at(0), upper: at(1) };
  };
  const image = (setting: Setting) => {
    const pixels = of(setting)[0]!.image;
    return { side: plan.problem.side, pixels: Array.from(pixels), relativeError: relativeError(pixels) };
  };
  const each = <Value>(make: (setting: Setting) => Value): Record<Setting, Value> =>
    Object.fromEntries(settings.map((setting) => [setting, make(setting)])) as Record<Setting, Value>;
  return { bands: each(band), images: each(image) };
}
