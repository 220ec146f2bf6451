// Written by `npm run generate`: one line for every file here that defines something.

export { errorFeedbackSignProx } from './error-feedback-sign-prox.js';
export { errorFeedbackSignSgd } from './error-feedback-sign-sgd.js';
export { fista } from './fista.js';
export { lion } from './lion.js';
export { momentumSgd } from './momentum-sgd.js';
export { proxSvrg } from './prox-svrg.js';
export { rprop } from './rprop.js';
export { signProxWithMomentum } from './sign-prox-momentum.js';
export { signum } from './signum.js';
