import { ParameterError } from '../functions/definition/parameter-error.js';

/** Intensity in tenths, half axes along x and y, centre x and y, rotation in degrees. */
type Ellipse = readonly [number, number, number, number, number, number];

/** The ten ellipses of Shepp and Logan (1974) with the intensities of Toft (1996), the "modified" phantom, on [−1, 1]². */
const ellipses: readonly Ellipse[] = [
  [10, 0.69, 0.92, 0, 0, 0],
  [-8, 0.6624, 0.874, 0, -0.0184, 0],
  [-2, 0.11, 0.31, 0.22, 0, -18],
  [-2, 0.16, 0.41, -0.22, 0, 18],
  [1, 0.21, 0.25, 0, 0.35, 0],
  [1, 0.046, 0.046, 0, 0.1, 0],
  [1, 0.046, 0.046, 0, -0.1, 0],
  [1, 0.046, 0.023, -0.08, -0.605, 0],
  [1, 0.023, 0.023, 0, -0.606, 0],
  [1, 0.023, 0.046, 0.06, -0.605, 0],
];

/**
 * The modified Shepp–Logan phantom of n × n pixels, row by row from the top, values between 0 and 1: the sum of the
 * intensities of the ellipses that contain the pixel's grid point, the grid running from −1 to 1 in both directions.
 * @throws ParameterError unless n is an integer ≥ 2.
 */
export function sheppLoganPhantom(n: number): Float64Array {
  if (!(Number.isInteger(n) && n >= 2)) throw new ParameterError('phantom', 'n', n, 'an integer >= 2');
  const pixels = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const x = (2 * column - (n - 1)) / (n - 1);
      const y = (n - 1 - 2 * row) / (n - 1);
      // Intensities are summed as integers, so that a pixel of 1 − 0.8 − 0.2 is 0.
      let tenths = 0;
      for (const ellipse of ellipses) if (contains(ellipse, x, y)) tenths += ellipse[0];
      pixels[row * n + column] = tenths / 10;
    }
  }
  return pixels;
}

function contains([, a, b, centerX, centerY, degrees]: Ellipse, x: number, y: number): boolean {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const along = ((x - centerX) * cosine + (y - centerY) * sine) / a;
  const across = ((y - centerY) * cosine - (x - centerX) * sine) / b;
  return along * along + across * across <= 1;
}
