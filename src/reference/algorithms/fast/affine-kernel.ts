import type { AffineBlock } from './affine-block.js';
import type { Kernel } from './kernel.js';
import { atZero, type SignAtZero } from './sign-at-zero.js';
import { sumWeightedRows } from './weighted-rows.js';

/** Everything is affine with constants that are known beforehand, and an iteration is one loop over the coordinates. */
export class AffineKernel implements Kernel {
  readonly x: Float64Array;
  readonly counts: Float64Array;
  private readonly block: AffineBlock;
  readonly #batchSum: Float64Array;

  constructor(block: AffineBlock) {
    this.block = block;
    this.x = block.vectors.x.subarray(0, block.dimension);
    this.counts = new Float64Array(block.components);
    this.#batchSum = new Float64Array(block.width);
  }

  start(x0: Float64Array): void {
    const { x } = this.block.vectors;
    x.fill(0);
    x.set(x0);
    for (let i = 0; i < x.length; i++) this.#evaluate(i);
  }

  squaredNorm(): number {
    const { affine, mean } = this.block.vectors;
    let squared = 0;
    for (let i = 0; i < affine.length; i++) {
      const mapping = affine[i]! + mean[i]!;
      squared += mapping * mapping;
    }
    return squared;
  }

  norm1(): number {
    const { affine, mean } = this.block.vectors;
    let total = 0;
    for (let i = 0; i < affine.length; i++) total += Math.abs(affine[i]! + mean[i]!);
    return total;
  }

  stepSpgm(component: number): number {
    const { width, curved, moves, vectors } = this.block;
    const { x, y, ratio } = vectors;
    for (let i = 0, p = component * width; i < width; i++, p++) {
      const pull = curved ? ratio[i]! * (y[i]! - moves[p]!) : moves[p]!;
      // A sum over a mini-batch starts at 0, and 0 + v is v but for −0.
      x[i] = 0 + (y[i]! - pull);
      this.#evaluate(i);
    }
    return this.squaredNorm();
  }

  stepSignProx(batch: number, signOfZero: SignAtZero): number {
    const { counts } = this;
    const { dimension, step, curved, weights, vectors } = this.block;
    const { x, affine } = vectors;
    const sum = this.#batchSum;
    sumWeightedRows(counts, weights, sum);
    for (let i = 0; i < dimension; i++) {
      let stochastic = affine[i]! + sum[i]! / batch;
      if (curved && this.#isDoubtful(i, stochastic)) stochastic = this.#summed(i, batch);
      const sign = stochastic > 0 ? 1 : stochastic < 0 ? -1 : stochastic === 0 ? atZero(signOfZero) : stochastic;
      x[i] = x[i]! - step * sign;
      this.#evaluate(i);
    }
    return this.norm1();
  }

  /** ∇d, y and the affine part of G at the i-th coordinate. */
  #evaluate(i: number): void {
    const { step, curved, vectors } = this.block;
    const { x, y, slopes, affine, curvature, center, inner, origin } = vectors;
    const slope = curvature[i]! * (x[i]! - center[i]!);
    const moved = x[i]! - step * slope;
    slopes[i] = slope;
    y[i] = moved;
    affine[i] = curved ? slope + inner[i]! * (moved - origin[i]!) : slope;
  }

  /** Whether Ĝ_i is so near to 0 that its sign may be another in the order of the components. */
  #isDoubtful(i: number, stochastic: number): boolean {
    const { rounding, vectors } = this.block;
    const { y, slopes, inner, origin, margin } = vectors;
    const size = Math.abs(slopes[i]!) + inner[i]! * Math.abs(y[i]! - origin[i]!) + margin[i]!;
    return Math.abs(stochastic) <= rounding * size;
  }

  /** Ĝ_i as it is defined, summed over the components in their order. */
  #summed(i: number, batch: number): number {
    const { counts } = this;
    const { width, components, moves, vectors } = this.block;
    const { y, slopes, outer, divisor } = vectors;
    let sum = 0;
    for (let k = 0; k < components; k++) {
      sum += counts[k]! * ((outer[i]! * (y[i]! - moves[k * width + i]!)) / divisor[i]!);
    }
    return slopes[i]! + sum / batch;
  }
}
