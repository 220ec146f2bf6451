import type { ProblemAtStep } from '../../problem/problem.js';
import { ComponentRow } from './component-row.js';
import { sumWeightedRows } from './weighted-rows.js';

/**
 * SPGM and signProx for hot loops: an iterate x, moved in place, and ‖G(x)‖ there. `ProblemAtStep`, `spgm` and `signProx` are the definition;
 * a kernel computes once per iterate what they compute once per operator, ∇d(x) and the residuals of the components, checks nothing and
 * allocates nothing. Iterates and norms are the same bit for bit. Where x or G is not finite, the norm is not finite either.
 *
 * Components go by their place among the occurring ones, those with θ_k > 0: the others add nothing to any sum.
 */
export class Kernel {
  /** The iterate, n entries. */
  readonly x: Float64Array;
  /** Where `stepSignProx` reads the counts of its mini-batch. */
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

  /** A kernel for a problem. @param occurring the components with θ_k > 0, in order */
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

  /** x ← x⁰. */
  start(x0: Float64Array): void {
    this.x.set(x0);
    this.#evaluate();
  }

  /** ‖G(x⁰)‖² after `start`. */
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

  /** ‖G(x⁰)‖₁ after `start`. */
  norm1(): number {
    const gradient = this.#gradient;
    const mean = this.#mean;
    let total = 0;
    for (let i = 0; i < gradient.length; i++) total += Math.abs(gradient[i]! + mean[i]!);
    return total;
  }

  /** x ← P_k(x), SPGM with the mini-batch of one component; returns ‖G(x)‖². */
  stepSpgm(component: number): number {
    const x = this.x;
    const image = this.#image;
    this.#rows[component]!.writeProx(this.#y, image);
    // A sum over a mini-batch starts at 0, and 0 + v is v but for −0.
    for (let i = 0; i < x.length; i++) x[i] = 0 + image[i]!;
    const defect = this.#evaluate();
    return this.squaredNorm() + defect;
  }

  /** x ← x − γ sgn Ĝ(x) for the mini-batch of B components with these `counts`; returns ‖G(x)‖₁. */
  stepSignProx(batch: number, signOfZero: number | (() => number)): number {
    const x = this.x;
    const gradient = this.#gradient;
    const sum = this.#image;
    const step = this.#step;
    const atZero = typeof signOfZero === 'number' ? () => signOfZero : signOfZero;
    sumWeightedRows(this.counts, this.#residuals, sum);
    for (let i = 0; i < x.length; i++) {
      const stochastic = gradient[i]! + sum[i]! / batch;
      const sign = stochastic > 0 ? 1 : stochastic < 0 ? -1 : stochastic === 0 ? atZero() : stochastic;
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
