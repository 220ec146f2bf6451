import type { Advance, BorderedImages } from './total-variation-iteration.js';

/**
 * image ← centered − Dᵀq for q in two bordered arrays whose border is 0. The last row and column are repeated in the border, so that
 * differences out of the image are 0.
 */
export function primalImage(
  { rows, columns, image, centered }: BorderedImages,
  qDown: Float64Array,
  qRight: Float64Array,
): void {
  const stride = columns + 1;
  const last = rows * stride;
  for (let row = stride; row <= last; row += stride) primalRow(image, centered, qDown, qRight, row + 1, row + stride);
  for (let i = last + 1; i < last + stride; i++) image[i + stride] = image[i]!;
}

/** Pixels i … end − 1 of one row: a function of its own, so that it is compiled as a whole after a few calls. */
function primalRow(
  image: Float64Array,
  centered: Float64Array,
  qDown: Float64Array,
  qRight: Float64Array,
  from: number,
  end: number,
): void {
  const stride = end - from + 1;
  for (let i = from; i < end; i++) {
    image[i] = centered[i]! - (-qDown[i]! - qRight[i]! + qDown[i - stride]! + qRight[i - 1]!);
  }
  image[end] = image[end - 1]!;
}

/** `advanceAsDefined` in JavaScript that branches on no edge. */
export const advanceInJavaScript: Advance = (images, isotropic, radius, startMomentum, count) => {
  const { rows, columns, down, right, aheadDown, aheadRight } = images;
  const stride = columns + 1;
  const dualRow = isotropic ? isotropicRow : anisotropicRow;
  let momentum = startMomentum;
  for (let iteration = 0; iteration < count; iteration++) {
    primalImage(images, aheadDown, aheadRight);
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / next;
    uphill.fill(0);
    for (let row = stride; row <= rows * stride; row += stride) dualRow(images, radius, push, row + 1, row + stride);
    if (uphill[0]! + uphill[1]! <= 0) {
      momentum = next;
    } else {
      aheadDown.set(down);
      aheadRight.set(right);
      momentum = 1;
    }
  }
  return momentum;
};

/** Sums over even and odd columns of the iteration that runs. */
const uphill = new Float64Array(2);

function isotropicRow(images: BorderedImages, radius: number, push: number, from: number, end: number): void {
  const { down, right, aheadDown, aheadRight, image } = images;
  const stride = end - from + 1;
  let [current, other] = [uphill[0]!, uphill[1]!];
  for (let i = from; i < end; i++) {
    const u = image[i]!;
    const oldDown = aheadDown[i]!;
    const oldRight = aheadRight[i]!;
    let d = oldDown + (image[i + stride]! - u) * 0.125;
    let r = oldRight + (image[i + 1]! - u) * 0.125;
    const length = Math.sqrt(d * d + r * r);
    if (length > radius) {
      const shrink = radius / length;
      d *= shrink;
      r *= shrink;
    }
    const dChange = d - down[i]!;
    const rChange = r - right[i]!;
    const sum = current + ((oldDown - d) * dChange + (oldRight - r) * rChange);
    current = other;
    other = sum;
    down[i] = d;
    right[i] = r;
    aheadDown[i] = d + push * dChange;
    aheadRight[i] = r + push * rChange;
  }
  keep(current, other, end - from);
}

function anisotropicRow(images: BorderedImages, radius: number, push: number, from: number, end: number): void {
  const { down, right, aheadDown, aheadRight, image } = images;
  const stride = end - from + 1;
  let [current, other] = [uphill[0]!, uphill[1]!];
  for (let i = from; i < end; i++) {
    const u = image[i]!;
    const oldDown = aheadDown[i]!;
    const oldRight = aheadRight[i]!;
    let d = oldDown + (image[i + stride]! - u) * 0.125;
    let r = oldRight + (image[i + 1]! - u) * 0.125;
    if (d > radius) d = radius;
    else if (d < -radius) d = -radius;
    if (r > radius) r = radius;
    else if (r < -radius) r = -radius;
    const dChange = d - down[i]!;
    const rChange = r - right[i]!;
    const sum = current + ((oldDown - d) * dChange + (oldRight - r) * rChange);
    current = other;
    other = sum;
    down[i] = d;
    right[i] = r;
    aheadDown[i] = d + push * dChange;
    aheadRight[i] = r + push * rChange;
  }
  keep(current, other, end - from);
}

/** After an odd number of pixels the two sums have changed places. */
function keep(current: number, other: number, pixels: number): void {
  const odd = pixels % 2;
  uphill[odd] = current;
  uphill[1 - odd] = other;
}
