import {
  keyedStream,
  noiseSource,
  type PhaseRetrievalProblem,
  phaseRetrievalProblem,
  sparseGaussian,
  streamKey,
} from '../../src/library/algorithms.js';
import { type ProximableFunction, parseFunction } from '../../src/library/functions.js';
import type { Reading } from './readings.js';

/** Size and data of the imaging problem of one figure. */
export interface FigureProblem {
  readonly side: number;
  readonly measurements: number;
  /** λ of λ TV. */
  readonly weight: number;
  /** Key of H and of x⁰. */
  readonly seed: string;
}

/** One run of one algorithm under one noise. */
export interface FigureCurve {
  readonly problem: FigureProblem;
  readonly algorithm: 'spgm' | 'sign-prox';
  /** ρ in (0, 1]: the share of entries that are hit; 1 is dense. */
  readonly density: number;
  readonly reading: Reading;
  /** σ: the deviation of the noise is γσ. */
  readonly sigma: number;
  readonly step: number;
  readonly iterations: number;
  /** Key of the noise. */
  readonly noiseSeed: string;
}

export interface CurveResult {
  /** f(x_0) … f(x_T). */
  readonly objectives: Float64Array;
  /** x_T. */
  readonly image: Float64Array;
}

/** A run is given up when f exceeds this multiple of f(x_0): what follows is +∞. */
const divergence = 1e6;

let built: { readonly key: string; readonly value: PhaseRetrievalProblem } | undefined;

/** The problem of a figure; the last one is kept, because its matrix holds 60 MB at the paper's size. */
export function figureProblem({ side, measurements, weight, seed }: FigureProblem): PhaseRetrievalProblem {
  const key = `${side}/${measurements}/${weight}/${seed}`;
  if (built?.key !== key) {
    built = { key, value: phaseRetrievalProblem({ side, measurements, weight, startDeviation: 0.1, seed }) };
  }
  return built.value;
}

/**
 * Runs one curve: x⁺ = P(x) + e for SPGM and x⁺ = x − γ sgn(x − P(x) − e) for signProx, P(x) = prox_{γλTV}(x − γ∇d(x)), e ~ ρN(0, σ_e²) +
 * (1 − ρ)δ. f(x_t) falls out of the gradient at x_t. The TV prox is warm-started within the run, so a curve depends on nothing but its
 * own parameters.
 */
export function runCurve(curve: FigureCurve): CurveResult {
  const { problem, start } = figureProblem(curve.problem);
  const { step, iterations, sigma, density, reading } = curve;
  const noise = sparseGaussian(step * sigma, density, reading);
  const fill = noiseSource(noise, keyedStream(streamKey(curve.noiseSeed, 'figure-noise', 1, 0)));
  const total = coldStart(problem.functions[0]!);
  const gradient = new Float64Array(start.length);
  const mapped = new Float64Array(start.length);
  const e = new Float64Array(start.length);
  const x = start.slice();
  const objectives = new Float64Array(iterations + 1).fill(Number.POSITIVE_INFINITY);
  for (let t = 0; t <= iterations; t++) {
    const objective = problem.smooth.valueAndGradient!(x, gradient) + total.value(x);
    objectives[t] = objective;
    if (!(objective <= divergence * objectives[0]!)) {
      objectives[t] = Number.POSITIVE_INFINITY;
      break;
    }
    if (t === iterations) break;
    for (let i = 0; i < x.length; i++) mapped[i] = x[i]! - step * gradient[i]!;
    total.prox(mapped, step, mapped);
    fill(e);
    if (curve.algorithm === 'spgm') for (let i = 0; i < x.length; i++) x[i] = mapped[i]! + e[i]!;
    else for (let i = 0; i < x.length; i++) x[i] = x[i]! - step * Math.sign(x[i]! - mapped[i]! - e[i]!);
  }
  return { objectives, image: x };
}

/** Step and iterations of the noiseless reconstruction that approximates f*. */
const fullStep = 0.5;
const fullIterations = 400;

/** The full TV reconstruction, noiseless: the paper takes f* from it, here the objective at its end. */
export function fullCurve(problem: FigureProblem): FigureCurve {
  return {
    problem,
    algorithm: 'spgm',
    density: 1,
    reading: 'total',
    sigma: 0,
    step: fullStep,
    iterations: fullIterations,
    noiseSeed: 'none',
  };
}

/** (f(x_t) − f*)/(f(x_0) − f*) for every t. */
export function normalisedObjectives(objectives: Float64Array, infimum: number): Float64Array {
  const gap = objectives[0]! - infimum;
  return objectives.map((objective) => (objective - infimum) / gap);
}

/** A TV of the same parameters without the dual solution of earlier calls. */
export function coldStart(total: ProximableFunction): ProximableFunction {
  return parseFunction({ type: total.type, ...total.parameters, warmStart: true });
}
