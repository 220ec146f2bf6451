// Written by `npm run generate`: one line for every file here that defines something.

export { adadelta } from './adadelta.js';
export { adafactor } from './adafactor.js';
export { adagrad } from './adagrad.js';
export { adam } from './adam.js';
export { adamax } from './adamax.js';
export { adamw } from './adamw.js';
export { asgd } from './asgd.js';
export { errorFeedbackSignProx } from './error-feedback-sign-prox.js';
export { errorFeedbackSignSgd } from './error-feedback-sign-sgd.js';
export { fista } from './fista.js';
export { lion } from './lion.js';
export { momentumSgd } from './momentum-sgd.js';
export { muon } from './muon.js';
export { nadam } from './nadam.js';
export { proxSvrg } from './prox-svrg.js';
export { radam } from './radam.js';
export { rmsprop } from './rmsprop.js';
export { rprop } from './rprop.js';
export { signProxWithMomentum } from './sign-prox-momentum.js';
export { signum } from './signum.js';
export { smoothedSignProx } from './smoothed-sign-prox.js';
