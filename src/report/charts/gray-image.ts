import { encode } from 'fast-png';

/**
 * An image of numbers as a PNG: 0 is black, 1 is white, values beyond are clipped. Rows from the top. Every pixel becomes a square of
 * `zoom` pixels, because renderers that enlarge an image blur it.
 */
export function grayPng(pixels: ArrayLike<number>, width: number, height: number, zoom = 1): Uint8Array {
  if (pixels.length !== width * height) {
    throw new RangeError(`an image of ${width} × ${height} has ${width * height} pixels, got ${pixels.length}`);
  }
  const data = new Uint8Array(pixels.length * zoom * zoom);
  for (let row = 0; row < height * zoom; row++) {
    for (let column = 0; column < width * zoom; column++) {
      const value = pixels[Math.floor(row / zoom) * width + Math.floor(column / zoom)]!;
      data[row * width * zoom + column] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
  return encode({ width: width * zoom, height: height * zoom, data, channels: 1, depth: 8 });
}
