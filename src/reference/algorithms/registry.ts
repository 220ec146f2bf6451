import type { AlgorithmName } from './algorithm.js';
import { gradientDescent } from './gradient-descent.js';
import type { IterationFactory } from './iteration.js';
import { sgd } from './sgd.js';
import { signProx } from './sign-prox.js';
import { signSgd } from './sign-sgd.js';
import { spgm } from './spgm.js';

/** The algorithms that advance one iterate by one mini-batch, for `takeStep` and `runAlgorithm`; `majorityVote` takes one per worker. */
export const algorithms: Readonly<Record<AlgorithmName, IterationFactory>> = {
  'gradient-descent': gradientDescent,
  sgd,
  'sign-sgd': signSgd,
  spgm,
  'sign-prox': signProx,
};
