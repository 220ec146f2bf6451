import type { ProblemAtStep } from '../../problem/problem.js';
import { ComponentRow } from './component-row.js';
import type { Kernel } from './kernel.js';
import { atZero, type SignAtZero } from './sign-at-zero.js';
import { sumWeightedRows } from './weighted-rows.js';

/** Any problem: ∇d by d itself, once an iterate; the residuals of the components once an iterate, for G and Ĝ. */
export class GeneralKernel implements Kernel {
  readonly x: Float64Array;
  readonly counts: Float64Array;
  readonly #step: number;
  readonly #smooth: ProblemAtStep['problem']['smooth'];
  readonly #rows: readonly ComponentRow[];
  readonly #theta: Float64Array;
  readonly #gradient: Float64Array;
  readonly #y: Float64Array;
  /** P_k(x), then Σ c_k ρ_k(y)/γ. */
  readonly #image: Float64Array;
  /** ρ_k(y)/γ, row after row; rows of linear components never change. */
  readonly #residuals: Float64Array;
  readonly #residualRows: readonly Float64Array[];
  readonly #moving: readonly number[];
  /** Σ θ_k ρ_k(y)/γ. */
  readonly #mean: Float64Array;

  constructor(problem: ProblemAtStep, occurring: readonly number[], dimension: number) {
    const { smooth, functions, probabilities } = problem.problem;
    this.counts = new Float64Array(occurring.length);
    this.#step = problem.step;
    this.#smooth = smooth;
    this.#rows = occurring.map((k) => new ComponentRow(functions[k]!, problem.step, dimension));
    this.#theta = Float64Array.from(occurring, (k) => probabilities[k]!);
    this.x = new Float64Array(dimension);
    this.#gradient = new Float64Array(dimension);
    this.#y = new Float64Array(dimension);
    this.#image = new Float64Array(dimension);
    this.#mean = new Float64Array(dimension);
    this.#residuals = new Float64Array(occurring.length * dimension);
    this.#residualRows = occurring.map((_, r) => this.#residuals.subarray(r * dimension, (r + 1) * dimension));
    this.#moving = this.#rows.flatMap(({ kind }, r) => (kind === 'linear' ? [] : [r]));
    this.#rows.forEach((row, r) => {
      if (row.kind === 'linear') row.writeResidual(this.#y, this.#residualRows[r]!);
    });
    sumWeightedRows(this.#theta, this.#residuals, this.#mean);
  }

  start(x0: Float64Array): void {
    this.x.set(x0);
    this.#evaluate();
  }

  squaredNorm(): number {
    const gradient = this.#gradient;
    const mean = this.#mean;
    let squared = 0;
    for (let i = 0; i < gradient.length; i++) {
      const mapping = gradient[i]! + mean[i]!;
      squared += mapping * mapping;
    }
    return squared;
  }

  norm1(): number {
    const gradient = this.#gradient;
    const mean = this.#mean;
    let total = 0;
    for (let i = 0; i < gradient.length; i++) total += Math.abs(gradient[i]! + mean[i]!);
    return total;
  }

  stepSpgm(component: number): number {
    const x = this.x;
    const image = this.#image;
    this.#rows[component]!.writeProx(this.#y, image);
    // A sum over a mini-batch starts at 0, and 0 + v is v but for −0.
    for (let i = 0; i < x.length; i++) x[i] = 0 + image[i]!;
    const defect = this.#evaluate();
    return this.squaredNorm() + defect;
  }

  stepSignProx(batch: number, signOfZero: SignAtZero): number {
    const x = this.x;
    const gradient = this.#gradient;
    const sum = this.#image;
    const step = this.#step;
    sumWeightedRows(this.counts, this.#residuals, sum);
    for (let i = 0; i < x.length; i++) {
      const stochastic = gradient[i]! + sum[i]! / batch;
      const sign = stochastic > 0 ? 1 : stochastic < 0 ? -1 : stochastic === 0 ? atZero(signOfZero) : stochastic;
      x[i] = x[i]! - step * sign;
    }
    const defect = this.#evaluate();
    return this.norm1() + defect;
  }

  /** ∇d(x), y and the residuals; returns 0, or NaN unless all of x is finite, which G does not show where all slopes are bounded. */
  #evaluate(): number {
    const x = this.x;
    const gradient = this.#gradient;
    const y = this.#y;
    const step = this.#step;
    this.#smooth.gradient(x, gradient);
    let defect = 0;
    for (let i = 0; i < x.length; i++) {
      y[i] = x[i]! - step * gradient[i]!;
      defect += x[i]! - x[i]!;
    }
    const moving = this.#moving;
    if (moving.length > 0) {
      for (let m = 0; m < moving.length; m++) {
        const r = moving[m]!;
        this.#rows[r]!.writeResidual(y, this.#residualRows[r]!);
      }
      sumWeightedRows(this.#theta, this.#residuals, this.#mean);
    }
    return defect;
  }
}
