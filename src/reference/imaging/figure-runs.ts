import { quantileSorted } from 'simple-statistics';
import {
  type CurveResult,
  type FigureCurve,
  type FigureProblem,
  figureProblem,
  normalisedObjectives,
} from './figure-curve.js';
import { type FigureSteps, type Setting, settingOf, settings } from './figure-steps.js';
import type { Reading } from './readings.js';

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
      ...{ problem, sigma, iterations, noiseSeed },
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
