import type { BorderedImages } from './bordered-images.js';

/**
 * image ← centered − Dᵀq for q = (down, right) or its extrapolation. The last row and column are repeated in the border, so that
 * differences out of the image are 0.
 */
export function primalImage(
  { rows, columns, image, centered }: BorderedImages,
  down: Float64Array,
  right: Float64Array,
): void {
  const stride = columns + 1;
  for (let row = stride; row <= rows * stride; row += stride) {
    const end = row + stride;
    for (let i = row + 1; i < end; i++)
      image[i] = centered[i]! - (-down[i]! - right[i]! + down[i - stride]! + right[i - 1]!);
    image[end] = image[end - 1]!;
  }
  const last = rows * stride + 1;
  image.copyWithin(last + stride, last, last + columns);
}

/**
 * q ← the projection of its extrapolation after a step of length 1/8 = 1/‖D‖², and its next extrapolation, which goes ahead by `push` of the
 * change. Returns whether the change leads uphill: its product with the step, by sums over even and odd columns apart.
 */
function stepOf(images: BorderedImages, isotropic: boolean, radius: number, push: number): number {
  const { rows, columns, down, right, aheadDown, aheadRight, image } = images;
  const stride = columns + 1;
  let [even, odd] = [0, 0];
  for (let row = 1; row <= rows; row++) {
    for (let column = 1; column <= columns; column++) {
      const i = row * stride + column;
      const oldDown = aheadDown[i]!;
      const oldRight = aheadRight[i]!;
      let d = oldDown + (image[i + stride]! - image[i]!) / 8;
      let r = oldRight + (image[i + 1]! - image[i]!) / 8;
      if (!isotropic) {
        d = Math.max(-radius, Math.min(radius, d));
        r = Math.max(-radius, Math.min(radius, r));
      } else {
        const length = Math.sqrt(d * d + r * r);
        const shrink = length > radius ? radius / length : 1;
        d *= shrink;
        r *= shrink;
      }
      const dChange = d - down[i]!;
      const rChange = r - right[i]!;
      down[i] = d;
      right[i] = r;
      aheadDown[i] = d + push * dChange;
      aheadRight[i] = r + push * rChange;
      const gain = (oldDown - d) * dChange + (oldRight - r) * rChange;
      if (column % 2 === 0) even += gain;
      else odd += gain;
    }
  }
  return even + odd;
}

/** Runs `count` iterations of `totalVariationDual` on the images and returns the momentum number, which is 1 again after a step uphill. */
export function advance(
  images: BorderedImages,
  isotropic: boolean,
  radius: number,
  start: number,
  count: number,
): number {
  const { down, right, aheadDown, aheadRight } = images;
  let momentum = start;
  for (let iteration = 0; iteration < count; iteration++) {
    primalImage(images, aheadDown, aheadRight);
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    if (stepOf(images, isotropic, radius, (momentum - 1) / next) <= 0) {
      momentum = next;
    } else {
      aheadDown.set(down);
      aheadRight.set(right);
      momentum = 1;
    }
  }
  return momentum;
}
