import type { ProblemAtStep } from '../../problem/problem.js';
import { ComponentRow, entries } from './component-row.js';
import { sumWeightedRows } from './weighted-rows.js';

/** The vectors of a block, in this order. Those after `affine` are constants. */
const vectorNames = [
  'x',
  'y',
  'slopes',
  'affine',
  'curvature',
  'center',
  'mean',
  'ratio',
  'inner',
  'origin',
  'margin',
  'outer',
  'divisor',
] as const;

type Vectors = Readonly<Record<(typeof vectorNames)[number], Float64Array>>;

/**
 * What a kernel needs where P_k and G are affine: a quadratic d (curvatures d_i, centres e_i) or none, and either linear r_k or quadratic r_k of one
 * common curvature, γa_i ≤ 1. With y = x − γ∇d(x),
 *
 *     G(x) = ∇d(x) + a/(1 + γa)∘(y − c̄) + Σ θ_k w_k,     Ĝ(x) = ∇d(x) + a/(1 + γa)∘(y − c̄) + (1/B) Σ counts_k w_k,
 *
 * where c̄ is the first centre and w_k = a/(1 + γa)∘(c̄ − c_k); for linear r_k the middle term is 0 and w_k is the slope. Everything stands in one
 * array, the vectors one after the other and then the rows, each with a 0 at the end if n is odd, so that it can be copied as a whole.
 */
export interface AffineBlock {
  readonly all: Float64Array;
  readonly dimension: number;
  /** n, rounded up to an even number. */
  readonly width: number;
  readonly components: number;
  readonly step: number;
  /** Whether the r_k are quadratic. */
  readonly curved: boolean;
  /** |Ĝ_i| up to `rounding` times the size of its terms may round to the other side of 0. */
  readonly rounding: number;
  /** x, y, ∇d(x) and ∇d(x) + a/(1 + γa)∘(y − c̄), the last three kept up as needed, and the constants. */
  readonly vectors: Vectors;
  /** What SPGM moves by, row after row: γa_k for linear r_k, and c_k, with x⁺ = y − γa/(1 + γa)∘(y − c_k), for quadratic ones. */
  readonly moves: Float64Array;
  /** w_k, row after row. */
  readonly weights: Float64Array;
}

/** Doubles of a block. */
function affineBlockSize(width: number, components: number): number {
  return (vectorNames.length + 2 * components) * width;
}

/** A block of that shape and constants on an array. */
function affineBlockOn(all: Float64Array, block: Omit<AffineBlock, 'all' | 'vectors' | 'moves' | 'weights'>) {
  const { width, components } = block;
  const part = (first: number, count: number) => all.subarray(first * width, (first + count) * width);
  const vectors = Object.fromEntries(vectorNames.map((name, v) => [name, part(v, 1)])) as unknown as Vectors;
  const moves = part(vectorNames.length, components);
  const weights = part(vectorNames.length + components, components);
  return { ...block, all, vectors, moves, weights };
}

/** The block of a problem; undefined where P_k and G are not of that form. @param occurring the components with θ_k > 0, in order */
export function affineBlock(
  problem: ProblemAtStep,
  occurring: readonly number[],
  dimension: number,
): AffineBlock | undefined {
  const { smooth, functions, probabilities } = problem.problem;
  if (smooth.type !== 'quadratic' && smooth.type !== 'zero') return undefined;
  const rows = occurring.map((k) => new ComponentRow(functions[k]!, problem.step, dimension));
  const curved = rows[0]!.kind === 'quadratic';
  if (!(curved ? ofOneCurvature(rows) : rows.every(({ kind }) => kind === 'linear'))) return undefined;
  const width = dimension + (dimension % 2);
  const components = rows.length;
  const block = affineBlockOn(new Float64Array(affineBlockSize(width, components)), {
    dimension,
    width,
    components,
    step: problem.step,
    curved,
    rounding: curved ? (4 * components + 64) * 2 ** -53 : 0,
  });
  const { vectors, moves, weights } = block;
  vectors.curvature.set(entries(smooth.parameters['curvature'], dimension));
  vectors.center.set(entries(smooth.parameters['center'], dimension));
  rows.forEach((row, k) => {
    moves.set(curved ? row.center : row.scaled, k * width);
    if (!curved) weights.set(row.slope, k * width);
  });
  if (curved) setQuadratic(block, rows);
  const theta = Float64Array.from(occurring, (k) => probabilities[k]!);
  sumWeightedRows(theta, weights, vectors.mean);
  return block;
}

/** Whether all are quadratic with the same curvatures, of which the prox divides none (`quadratic.ts`: γa ≤ 1). */
function ofOneCurvature(rows: readonly ComponentRow[]): boolean {
  const { slope, scaled } = rows[0]!;
  return (
    scaled.every((t) => t <= 1) &&
    rows.every((row) => row.kind === 'quadratic' && row.slope.every((a, i) => a === slope[i]))
  );
}

/**
 * Linear r_k give the sums of the reference bit for bit. Here Σ counts_k a(y − c_k)/(1 + γa) is summed in another order, so Ĝ_i may differ from it. Both
 * differ from the exact sum by less than (K + 7)u(1 + …) times |∇d_i| + a/(1 + γa)(|y_i − c̄_i| + max_k|c_k,i − c̄_i|), u = 2⁻⁵³: K + 1 roundings of
 * a sum of K terms, division by B, and at most four in a term and two after the sum. `rounding` is more than twice that, and `margin` is the part of
 * the size that does not move, with room for underflow.
 */
function setQuadratic({ width, components, vectors, weights }: AffineBlock, rows: readonly ComponentRow[]): void {
  const { ratio, inner, origin, margin, outer, divisor } = vectors;
  const [first] = rows as [ComponentRow];
  ratio.set(first.ratio);
  origin.set(first.center);
  outer.set(first.slope);
  divisor.fill(1);
  divisor.set(first.divisor);
  // Nothing about the coordinate that fills up the width is doubtful.
  margin.fill(-1);
  for (let i = 0; i < first.center.length; i++) {
    inner[i] = outer[i]! / divisor[i]!;
    let spread = 0;
    for (let k = 0; k < components; k++) {
      const difference = rows[k]!.center[i]! - origin[i]!;
      weights[k * width + i] = -inner[i]! * difference;
      spread = Math.max(spread, Math.abs(difference));
    }
    margin[i] = inner[i]! * spread + 2 ** -960;
  }
}
