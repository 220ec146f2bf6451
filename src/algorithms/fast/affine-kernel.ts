import type { ProblemAtStep } from '../../problem.js';
import { ComponentRow, entries } from './component-row.js';
import type { Kernel } from './kernel.js';
import { sumWeightedRows } from './weighted-rows.js';

/** A quadratic d and linear r_k: everything is affine with constants that are known beforehand, and an iteration is one loop over the coordinates. */
export class AffineKernel implements Kernel {
  readonly #step: number;
  readonly #curvature: Float64Array;
  readonly #center: Float64Array;
  /** ρ_k(y)/γ = a_k and ρ_k(y) = γa_k, row after row. */
  readonly #slopes: Float64Array;
  readonly #shifts: Float64Array;
  /** Σ θ_k a_k. */
  readonly #mean: Float64Array;
  readonly #batchSum: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #gradient: Float64Array;

  constructor(problem: ProblemAtStep, occurring: readonly number[], dimension: number) {
    const { smooth, functions, probabilities } = problem.problem;
    const rows = occurring.map((k) => new ComponentRow(functions[k]!, problem.step, dimension));
    this.#step = problem.step;
    this.#curvature = entries(smooth.parameters['curvature'], dimension);
    this.#center = entries(smooth.parameters['center'], dimension);
    this.#slopes = Float64Array.from(rows.flatMap(({ slope }) => Array.from(slope)));
    this.#shifts = Float64Array.from(rows.flatMap(({ scaled }) => Array.from(scaled)));
    this.#mean = new Float64Array(dimension);
    this.#batchSum = new Float64Array(dimension);
    this.#x = new Float64Array(dimension);
    this.#y = new Float64Array(dimension);
    this.#gradient = new Float64Array(dimension);
    sumWeightedRows(
      Float64Array.from(occurring, (k) => probabilities[k]!),
      this.#slopes,
      this.#mean,
    );
  }

  start(x0: Float64Array): void {
    const x = this.#x;
    x.set(x0);
    for (let i = 0; i < x.length; i++) {
      const slope = this.#curvature[i]! * (x[i]! - this.#center[i]!);
      this.#gradient[i] = slope;
      this.#y[i] = x[i]! - this.#step * slope;
    }
  }

  squaredNorm(): number {
    let squared = 0;
    for (let i = 0; i < this.#x.length; i++) {
      const mapping = this.#gradient[i]! + this.#mean[i]!;
      squared += mapping * mapping;
    }
    return squared;
  }

  norm1(): number {
    let total = 0;
    for (let i = 0; i < this.#x.length; i++) total += Math.abs(this.#gradient[i]! + this.#mean[i]!);
    return total;
  }

  stepSpgm(component: number): number {
    const y = this.#y;
    const curvature = this.#curvature;
    const center = this.#center;
    const shifts = this.#shifts;
    const mean = this.#mean;
    const step = this.#step;
    const n = y.length;
    let squared = 0;
    for (let i = 0, p = component * n; i < n; i++, p++) {
      // A sum over a mini-batch starts at 0, and 0 + v is v but for −0.
      const x = 0 + (y[i]! - shifts[p]!);
      const slope = curvature[i]! * (x - center[i]!);
      y[i] = x - step * slope;
      const mapping = slope + mean[i]!;
      squared += mapping * mapping;
    }
    return squared;
  }

  stepSignProx(counts: Float64Array, batch: number, signOfZero: () => number): number {
    const x = this.#x;
    const gradient = this.#gradient;
    const curvature = this.#curvature;
    const center = this.#center;
    const mean = this.#mean;
    const batchSum = this.#batchSum;
    const step = this.#step;
    sumWeightedRows(counts, this.#slopes, batchSum);
    let total = 0;
    for (let i = 0; i < x.length; i++) {
      const stochastic = gradient[i]! + batchSum[i]! / batch;
      const sign = stochastic > 0 ? 1 : stochastic < 0 ? -1 : stochastic === 0 ? signOfZero() : stochastic;
      const moved = x[i]! - step * sign;
      const slope = curvature[i]! * (moved - center[i]!);
      x[i] = moved;
      gradient[i] = slope;
      total += Math.abs(slope + mean[i]!);
    }
    return total;
  }
}
