/** One curve of a figure over several seeds of the noise: normalised objectives at t = 0 … T. */
export interface FigureBand {
  readonly median: readonly number[];
  /** Smallest and largest over the seeds. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** A panel's image: the output x_T of the first seed. */
export interface FigureImage {
  readonly side: number;
  /** Row by row. */
  readonly pixels: readonly number[];
  readonly relativeError: number;
}

/** Settings in the order of the paper's panels (c)–(f). */
export interface BySetting<Value> {
  readonly 'spgm-dense': Value;
  readonly 'sign-prox-dense': Value;
  readonly 'spgm-sparse': Value;
  readonly 'sign-prox-sparse': Value;
}

/** Figure 1 as numbers, for one reading of "the standard deviation of the noise is kept constant". */
export interface FigureRecord {
  readonly problem: {
    readonly side: number;
    readonly measurements: number;
    readonly weight: number;
    readonly seed: string;
  };
  readonly reading: 'total' | 'entry';
  /** σ: the noise of the proximal-gradient has deviation γσ. */
  readonly sigma: number;
  /** ρ of the sparse setting. */
  readonly density: number;
  readonly iterations: number;
  readonly seeds: readonly string[];
  readonly steps: BySetting<number>;
  /** How the steps were chosen. */
  readonly stepChoice: string;
  /** f* from the full TV reconstruction. */
  readonly infimum: number;
  readonly bands: BySetting<FigureBand>;
  readonly images: BySetting<FigureImage>;
}
