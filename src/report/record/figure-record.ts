/** One curve of a figure over several seeds of the noise: normalised objectives at t = 0 … T. */
export interface FigureBand {
  /** Median over the seeds. */
  readonly median: readonly number[];
  /** Smallest and largest over the seeds. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** A panel's image: the output x_T of the first seed. */
export interface FigureImage {
  /** Pixels along one side of the square. */
  readonly side: number;
  /** Grey values, 0 black and 1 white, row by row. */
  readonly pixels: readonly number[];
  /** ‖x_T − x‖/‖x‖ for the true image x, or that of −x_T, which has the same measurements, where it is smaller. */
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
    /** Pixels along one side of the square image. */
    readonly side: number;
    /** How many measurements d is made of. */
    readonly measurements: number;
    /** Factor in front of the total variation. */
    readonly weight: number;
    /** What the image and the measurements are drawn from. */
    readonly seed: string;
  };
  /** What the sparse noise keeps constant: the variance of the whole vector, or the deviation of the entries that it hits. */
  readonly reading: 'total' | 'entry';
  /** σ: the noise of the proximal-gradient has deviation γσ. */
  readonly sigma: number;
  /** ρ of the sparse setting. */
  readonly density: number;
  /** T. */
  readonly iterations: number;
  /** One per run of the noise. */
  readonly seeds: readonly string[];
  /** γ of each setting. */
  readonly steps: BySetting<number>;
  /** How the steps were chosen. */
  readonly stepChoice: string;
  /** f* from the full TV reconstruction. */
  readonly infimum: number;
  readonly bands: BySetting<FigureBand>;
  readonly images: BySetting<FigureImage>;
}
