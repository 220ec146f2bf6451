import { randomNormal } from 'd3-random';
import { ParameterError } from '../functions/definition/arguments.js';
import { parseFunction } from '../functions/definition/parse.js';
import { createProblem } from '../problem/create-problem.js';
import type { Problem } from '../problem/problem.js';
import { keyedStream, streamKey } from '../sampling/keyed-stream.js';
import { Matrix } from '../smooth/matrix/matrix.js';
import { phaseRetrieval } from '../smooth/phase-retrieval.js';

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

/** Size, weight and randomness of the imaging problem. */
export interface PhaseRetrievalOptions {
  /** The image has side × side pixels; the paper's is 50 × 50. */
  readonly side?: number;
  /** m, the number of intensities; the paper's is 3000. */
  readonly measurements?: number;
  /** λ of λ·TV; the paper gives none, 10⁻³ recovers the phantom. */
  readonly weight?: number;
  /** Standard deviation of the start around the phantom; from a flat start the method stays in a poor local minimum. */
  readonly startDeviation?: number;
  /** Key of the random matrix and of the start. */
  readonly seed: string;
}

/** The imaging problem of the paper's section 3 with the image it is to recover. */
export interface PhaseRetrievalProblem {
  /** f = d + r_γ of K = 1 component, the total variation. */
  readonly problem: Problem;
  /** The phantom, row by row. */
  readonly image: Float64Array;
  /** x⁰ = phantom + deviation·N(0, 1). */
  readonly start: Float64Array;
  /** ‖x − image‖/‖image‖, up to the sign of x, which intensities cannot show. */
  relativeError(x: Float64Array): number;
}

/**
 * f = ½‖y − (Hx)²‖² + λ TV(x) with H i.i.d. N(0, 1/m), y = (H·phantom)² without noise, TV isotropic. Neither d nor TV meets
 * the assumptions of the theorems: ∇d is not globally Lipschitz and TV is not differentiable. The full size holds 60 MB.
 * Its total variation starts warm from its last call, so the problem serves one computation at a time.
 * @throws ParameterError on a size that is not a positive integer or a negative weight or deviation.
 * @example
 * const { image, start, relativeError } = phaseRetrievalProblem({ side: 8, measurements: 100, seed: '1' });
 * assert.deepEqual([image.length, start.length, relativeError(image)], [64, 64, 0]);
 */
export function phaseRetrievalProblem(options: PhaseRetrievalOptions): PhaseRetrievalProblem {
  const { side = 50, measurements = 3000, weight = 1e-3, startDeviation = 0.1, seed } = options;
  if (!(Number.isInteger(measurements) && measurements >= 1)) {
    throw new ParameterError('imaging', 'measurements', measurements, 'an integer >= 1');
  }
  if (!(startDeviation >= 0 && startDeviation < Infinity)) {
    throw new ParameterError('imaging', 'startDeviation', startDeviation, 'a finite number >= 0');
  }
  const image = sheppLoganPhantom(side);
  const pixels = image.length;
  const matrix = new Matrix(
    measurements,
    pixels,
    normals(seed, 'phase-retrieval-matrix', new Float64Array(measurements * pixels), 1 / Math.sqrt(measurements)),
  );
  const intensities = Float64Array.from({ length: measurements }, (_, j) => matrix.rowDot(j, image) ** 2);
  // The iterates change little from one to the next: the dual of the last prox is nearly the next one's.
  const totalVariation = parseFunction({
    type: 'total-variation-2d',
    weight,
    shape: [side, side],
    variant: 'isotropic',
    warmStart: true,
  });
  const problem = createProblem({
    smooth: phaseRetrieval({ matrix, intensities }),
    functions: [totalVariation],
    probabilities: [1],
  });
  const start = normals(seed, 'phase-retrieval-start', new Float64Array(pixels), startDeviation);
  for (let i = 0; i < pixels; i++) start[i] = image[i]! + start[i]!;
  return { problem, image, start, relativeError: (x) => relativeError(x, image) };
}

/** Fills an array with N(0, deviation²). */
function normals(seed: string, stream: string, result: Float64Array, deviation: number): Float64Array {
  const normal = randomNormal.source(keyedStream(streamKey(seed, stream, 1, 0)))(0, deviation);
  for (let i = 0; i < result.length; i++) result[i] = normal();
  return result;
}

function relativeError(x: Float64Array, image: Float64Array): number {
  let minus = 0;
  let plus = 0;
  let size = 0;
  for (let i = 0; i < image.length; i++) {
    minus += (x[i]! - image[i]!) ** 2;
    plus += (x[i]! + image[i]!) ** 2;
    size += image[i]! ** 2;
  }
  return Math.sqrt(Math.min(minus, plus) / size);
}
