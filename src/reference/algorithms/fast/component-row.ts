import type { ProximableFunction } from '../../functions/definition/proximable-function.js';

/**
 * A component with what its formulas need at one step γ computed beforehand, so that its γ-divided residual and its prox are written into a row
 * without a call per coordinate. The functions of the vocabulary are the definition: operation by operation the same bits.
 */
export class ComponentRow {
  readonly kind: 'linear' | 'quadratic' | 'huber' | 'other';
  readonly fn: ProximableFunction;
  readonly step: number;
  /** Slopes of a linear function, curvatures of a quadratic one. */
  readonly slope: Float64Array;
  /** Centres; the shift of a translated Huber function. */
  readonly center: Float64Array;
  /** γ times the slope. */
  readonly scaled: Float64Array;
  /** 1 + γ times the curvature. */
  readonly divisor: Float64Array;
  readonly ratio: Float64Array;
  readonly weight: number;
  readonly threshold: number;

  constructor(fn: ProximableFunction, step: number, dimension: number) {
    const { type, parameters } = fn;
    const inner = parameters['inner'] as { readonly type: string; readonly [name: string]: unknown } | undefined;
    const huber = type === 'huber' ? parameters : inner?.type === 'huber' && type === 'translated' ? inner : undefined;
    const curvature = huber?.['weight'] ?? parameters['curvature'];
    this.fn = fn;
    this.step = step;
    this.kind = huber !== undefined ? 'huber' : type === 'linear' || type === 'quadratic' ? type : 'other';
    this.slope = entries(type === 'linear' ? parameters['coefficients'] : curvature, dimension);
    this.center = entries(huber === undefined ? parameters['center'] : parameters['shift'], dimension);
    this.scaled = this.slope.map((a) => step * a);
    this.divisor = this.scaled.map((t) => 1 + t);
    this.ratio = this.scaled.map((t) => t / (1 + t));
    this.weight = this.slope[0]!;
    this.threshold = huber === undefined ? 0 : Number(huber['threshold']);
  }

  /** Writes ρ(y)/γ to `out`. */
  writeResidual(y: Float64Array, out: Float64Array): void {
    switch (this.kind) {
      case 'linear':
        out.set(this.slope);
        break;
      case 'quadratic':
        this.#quadraticResidual(y, out);
        break;
      case 'huber':
        this.#huberResidual(y, out);
        break;
      case 'other':
        this.fn.dividedResidual(y, this.step, out);
    }
  }

  /** Writes prox_{γr}(y) to `out`. */
  writeProx(y: Float64Array, out: Float64Array): void {
    switch (this.kind) {
      case 'linear':
        this.#linearProx(y, out);
        break;
      case 'quadratic':
        this.#quadraticProx(y, out);
        break;
      case 'huber':
        this.#huberProx(y, out);
        break;
      case 'other':
        this.fn.prox(y, this.step, out);
    }
  }

  #linearProx(y: Float64Array, out: Float64Array): void {
    const { scaled } = this;
    for (let i = 0; i < y.length; i++) out[i] = y[i]! - scaled[i]!;
  }

  #quadraticResidual(y: Float64Array, out: Float64Array): void {
    const { slope, center, divisor } = this;
    for (let i = 0; i < y.length; i++) out[i] = (slope[i]! * (y[i]! - center[i]!)) / divisor[i]!;
  }

  #quadraticProx(y: Float64Array, out: Float64Array): void {
    const { center, scaled, ratio, divisor } = this;
    for (let i = 0; i < y.length; i++) {
      const difference = y[i]! - center[i]!;
      out[i] = scaled[i]! <= 1 ? y[i]! - ratio[i]! * difference : center[i]! + difference / divisor[i]!;
    }
  }

  #huberResidual(y: Float64Array, out: Float64Array): void {
    const { center, weight, threshold } = this;
    const divisor = this.divisor[0]!;
    for (let i = 0; i < y.length; i++) out[i] = weight * clip((y[i]! - center[i]!) / divisor, threshold);
  }

  #huberProx(y: Float64Array, out: Float64Array): void {
    const { center, threshold } = this;
    const divisor = this.divisor[0]!;
    const scaled = this.scaled[0]!;
    for (let i = 0; i < y.length; i++) {
      const moved = y[i]! - center[i]!;
      const inner = moved / divisor;
      out[i] = (Math.abs(inner) > threshold ? moved - scaled * clip(inner, threshold) : inner) + center[i]!;
    }
  }
}

/** The value nearest to v in [−threshold, threshold]. */
function clip(v: number, threshold: number): number {
  return Math.max(-threshold, Math.min(threshold, v));
}

/** A number or a vector of the vocabulary as a vector; zeros where the function has no such parameter. */
function entries(parameter: unknown, dimension: number): Float64Array {
  return Float64Array.from({ length: dimension }, (_, i) =>
    Number(Array.isArray(parameter) ? parameter[i] : (parameter ?? 0)),
  );
}
