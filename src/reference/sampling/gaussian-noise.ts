import { randomNormal } from 'd3-random';

/** Noise added to an operator's output in simulations: each entry is N(0, deviation²) with probability `density`, else 0. */
export interface GaussianNoise {
  /** Standard deviation of the entries that are hit, ≥ 0. */
  readonly deviation: number;
  /** ρ in (0, 1]: 1 is dense noise. */
  readonly density: number;
}

/** Dense noise: every entry N(0, deviation²). */
export function denseGaussian(deviation: number): GaussianNoise {
  return validated({ deviation, density: 1 });
}

/**
 * Sparse noise e ~ ρN(0, σ_e²) + (1 − ρ)δ₀. "The standard deviation is kept constant" has two readings: of the entries that are hit
 * (`'entry'`: σ_e = deviation, total variance falls with ρ) and of the mixture (`'total'`: ρσ_e² = deviation², the same variance as dense noise).
 * @throws RangeError unless the deviation is finite and ≥ 0, and ρ in (0, 1]
 *
 * @example
 * assert.deepEqual(sparseGaussian(1, 0.25, 'total'), { density: 0.25, deviation: 2 });
 */
export function sparseGaussian(deviation: number, density: number, keep: 'entry' | 'total'): GaussianNoise {
  const noise = validated({ deviation, density });
  return keep === 'entry' ? noise : { density, deviation: deviation / Math.sqrt(density) };
}

/**
 * A source of independent noise vectors over one random stream: overwrites `out` with a fresh e. Normals come in pairs and one may be kept for the
 * next call, so make one source per replicate.
 *
 * @example
 * const e = new Float64Array(3);
 * noiseSource({ density: 0.5, deviation: 1 }, () => 0.75)(e);
 * assert.deepEqual([...e], [0, 0, 0]);
 */
export function noiseSource(noise: GaussianNoise, random: () => number): (out: Float64Array) => void {
  const { deviation, density } = validated(noise);
  const normal = randomNormal.source(random)(0, deviation);
  if (density === 1) {
    return (out) => {
      for (let i = 0; i < out.length; i++) out[i] = normal();
    };
  }
  return (out) => {
    for (let i = 0; i < out.length; i++) out[i] = random() < density ? normal() : 0;
  };
}

function validated(noise: GaussianNoise): GaussianNoise {
  if (!(noise.deviation >= 0 && Number.isFinite(noise.deviation))) {
    throw new RangeError(`deviation must be finite and ≥ 0, got ${noise.deviation}`);
  }
  if (!(noise.density > 0 && noise.density <= 1)) {
    throw new RangeError(`density must be in (0, 1], got ${noise.density}`);
  }
  return noise;
}
