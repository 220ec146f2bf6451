/** Noise of one worker, Ĝ = G + e, with mean 0 and variance v: how it is drawn, and the probability that it decides for −1. */
export interface WorkerNoise {
  readonly name: string;
  /** One draw from a uniform in (0, 1). */
  draw(uniform: number, deviation: number): number;
  /** P[G + e < 0]; P[G + e = 0] is 0 at the points that are visited. */
  negative(mapping: number, deviation: number): number;
}

const rare = 7 / 16;
const spread = 1 / Math.sqrt(rare * (1 - rare));

/** Uniform on [−√(3v), √(3v)]: symmetric and unimodal, with equality in Gauss's inequality. */
export const uniformNoise: WorkerNoise = {
  name: 'uniform',
  draw: (uniform, deviation) => (2 * uniform - 1) * Math.sqrt(3) * deviation,
  negative: (mapping, deviation) => Math.min(1, Math.max(0, (1 - mapping / (Math.sqrt(3) * deviation)) / 2)),
};

/** ±√v: symmetric and bimodal. Where |G| < √v every vote is a fair coin, for any number of workers. */
export const bimodalNoise: WorkerNoise = {
  name: 'bimodal',
  draw: (uniform, deviation) => (uniform < 0.5 ? -deviation : deviation),
  negative: (mapping, deviation) => (mapping < -deviation ? 1 : mapping < deviation ? 0.5 : 0),
};

/** −pR with probability 1 − p and (1 − p)R with probability p = 7/16, R = √(v/(p(1 − p))): the median lies at −pR = −0.88√v. */
export const skewedNoise: WorkerNoise = {
  name: 'skewed',
  draw: (uniform, deviation) => (uniform < rare ? 1 - rare : -rare) * spread * deviation,
  negative(mapping, deviation) {
    const range = spread * deviation;
    if (mapping < -(1 - rare) * range) return 1;
    return mapping < rare * range ? 1 - rare : 0;
  },
};

export const workerNoises: Readonly<Record<string, WorkerNoise>> = {
  uniform: uniformNoise,
  bimodal: bimodalNoise,
  skewed: skewedNoise,
};
