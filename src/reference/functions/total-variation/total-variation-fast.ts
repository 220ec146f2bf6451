import { type BorderedImages, borderedSize } from './bordered-images.js';
import type { Advance } from './total-variation-iteration.js';

// One array and an index that walks through its parts fit the registers. `| 0` saves the checks for overflow, and makes integers of
// sizes that are stored as doubles, which would make a double of every index. Each row is a call of a function of its own, which is
// compiled as a whole after a few calls.

/**
 * image ← centered − Dᵀq for q = (down, right) or its extrapolation. The last row and column are repeated in the border, so that
 * differences out of the image are 0.
 */
export function primalImage({ rows, columns, all }: BorderedImages, of: 'q' | 'extrapolation'): void {
  const size = borderedSize(rows, columns) | 0;
  const stride = (columns + 1) | 0;
  const down = of === 'q' ? 0 : 2 * size;
  for (let row = 1; row <= rows; row++) primalRow(all, size, stride, row * stride + 1, down);
  const last = 4 * size + rows * stride + 1;
  all.copyWithin(last + stride, last, last + columns);
}

function primalRow(all: Float64Array, size: number, stride: number, from: number, down: number): void {
  const end = from + stride - 1;
  const right = (down + size) | 0;
  const image = (4 * size) | 0;
  for (let i = from; i < end; i++) {
    const d = (down + i) | 0;
    const r = (right + i) | 0;
    const u = (image + i) | 0;
    all[u] = all[(u + size) | 0]! - (-all[d]! - all[r]! + all[(d - stride) | 0]! + all[(r - 1) | 0]!);
  }
  all[image + end] = all[image + end - 1]!;
}

/** `advanceAsDefined` in JavaScript that branches on no edge. */
export const advanceInJavaScript: Advance = (images, isotropic, radius, start, count) => {
  const { rows, columns, all } = images;
  const size = borderedSize(rows, columns) | 0;
  const stride = (columns + 1) | 0;
  const dualRow = isotropic ? isotropicRow : anisotropicRow;
  let momentum = start;
  for (let iteration = 0; iteration < count; iteration++) {
    primalImage(images, 'extrapolation');
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / next;
    uphill.fill(0);
    for (let row = 1; row <= rows; row++) dualRow(all, size, stride, row * stride + 1, radius, push);
    if (uphill[0]! + uphill[1]! <= 0) {
      momentum = next;
    } else {
      all.copyWithin(2 * size, 0, 2 * size);
      momentum = 1;
    }
  }
  return momentum;
};

/** Sums over even and odd columns of the iteration that runs. */
const uphill = new Float64Array(2);

function isotropicRow(
  all: Float64Array,
  size: number,
  stride: number,
  from: number,
  radius: number,
  push: number,
): void {
  const end = from + stride - 1;
  let current = uphill[0]!;
  let other = uphill[1]!;
  for (let i = from; i < end; i++) {
    let k = (i + 2 * size) | 0;
    const oldDown = all[k]!;
    k = (k + size) | 0;
    const oldRight = all[k]!;
    k = (k + size) | 0;
    const u = all[k]!;
    let d = oldDown + (all[(k + stride) | 0]! - u) * 0.125;
    let r = oldRight + (all[(k + 1) | 0]! - u) * 0.125;
    const length = Math.sqrt(d * d + r * r);
    if (length > radius) {
      const shrink = radius / length;
      d *= shrink;
      r *= shrink;
    }
    const dChange = d - all[i]!;
    all[i] = d;
    k = (i + size) | 0;
    const rChange = r - all[k]!;
    all[k] = r;
    k = (k + size) | 0;
    all[k] = d + push * dChange;
    k = (k + size) | 0;
    all[k] = r + push * rChange;
    const sum = current + ((oldDown - d) * dChange + (oldRight - r) * rChange);
    current = other;
    other = sum;
  }
  keepSums(current, other, stride - 1);
}

function anisotropicRow(
  all: Float64Array,
  size: number,
  stride: number,
  from: number,
  radius: number,
  push: number,
): void {
  const end = from + stride - 1;
  let current = uphill[0]!;
  let other = uphill[1]!;
  for (let i = from; i < end; i++) {
    let k = (i + 2 * size) | 0;
    const oldDown = all[k]!;
    k = (k + size) | 0;
    const oldRight = all[k]!;
    k = (k + size) | 0;
    const u = all[k]!;
    let d = oldDown + (all[(k + stride) | 0]! - u) * 0.125;
    let r = oldRight + (all[(k + 1) | 0]! - u) * 0.125;
    if (d > radius) d = radius;
    else if (d < -radius) d = -radius;
    if (r > radius) r = radius;
    else if (r < -radius) r = -radius;
    const dChange = d - all[i]!;
    all[i] = d;
    k = (i + size) | 0;
    const rChange = r - all[k]!;
    all[k] = r;
    k = (k + size) | 0;
    all[k] = d + push * dChange;
    k = (k + size) | 0;
    all[k] = r + push * rChange;
    const sum = current + ((oldDown - d) * dChange + (oldRight - r) * rChange);
    current = other;
    other = sum;
  }
  keepSums(current, other, stride - 1);
}

/** After an odd number of pixels the two sums have changed places. */
function keepSums(current: number, other: number, pixels: number): void {
  const odd = pixels % 2;
  uphill[odd] = current;
  uphill[1 - odd] = other;
}
