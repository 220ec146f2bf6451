/** Noise of one worker in units of its standard deviation: Ĝ = G + √v·e with E e = 0 and E e² = 1. What is drawn and what is computed both come from its quantiles. */
export interface WorkerNoise {
  readonly name: string;
  /** The quantile function of e, nondecreasing on (0, 1): e is its value at a uniform number. */
  quantile(uniform: number): number;
}

/** Halvings that take an interval of uniforms from 1 to below the last place of a double near 1. */
const halvings = 54;

/** P[G + √v·e < 0]: the uniforms at which the quantile is below −G/√v, up to 2⁻⁵³. */
export function negativeProbability({ quantile }: WorkerNoise, mapping: number, deviation: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (mapping + deviation * quantile(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of the two-point noise's farther value. */
const rare = 7 / 16;
const spread = 1 / Math.sqrt(rare * (1 - rare));

/** Uniform on [−√3, √3]: symmetric and unimodal, with equality in Gauss's inequality. No finite sum has it: it is additive noise. */
export const uniformNoise: WorkerNoise = {
  name: 'uniform',
  quantile: (uniform) => (2 * uniform - 1) * Math.sqrt(3),
};

/** ±1, one draw of r_k = ±√v·u: symmetric and bimodal. Where |G| < √v every vote is a fair coin, for any number of workers. */
export const bimodalNoise: WorkerNoise = {
  name: 'bimodal',
  quantile: (uniform) => (uniform < 0.5 ? -1 : 1),
};

/** One draw of two linear r_k: −pR with probability 1 − p and (1 − p)R with probability p = 7/16, R = 1/√(p(1 − p)). The median lies at −pR = −0.88. */
export const skewedNoise: WorkerNoise = {
  name: 'skewed',
  quantile: (uniform) => (uniform < 1 - rare ? -rare : 1 - rare) * spread,
};

export const workerNoises: Readonly<Record<string, WorkerNoise>> = {
  uniform: uniformNoise,
  bimodal: bimodalNoise,
  skewed: skewedNoise,
};
