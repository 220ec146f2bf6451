// Written by `npm run generate`: one line for every file here that defines something.

/** The modules in `stateful/`, by the names of their files. */
export const statefulModules = {
  adadelta: () => import('./stateful/adadelta.js'),
  adafactor: () => import('./stateful/adafactor.js'),
  adagrad: () => import('./stateful/adagrad.js'),
  adam: () => import('./stateful/adam.js'),
  adamax: () => import('./stateful/adamax.js'),
  adamw: () => import('./stateful/adamw.js'),
  asgd: () => import('./stateful/asgd.js'),
  'error-feedback-sign-prox-iterates': () => import('./stateful/error-feedback-sign-prox-iterates.js'),
  'error-feedback-sign-sgd': () => import('./stateful/error-feedback-sign-sgd.js'),
  fista: () => import('./stateful/fista.js'),
  lion: () => import('./stateful/lion.js'),
  'momentum-sgd': () => import('./stateful/momentum-sgd.js'),
  muon: () => import('./stateful/muon.js'),
  nadam: () => import('./stateful/nadam.js'),
  'prox-svrg': () => import('./stateful/prox-svrg.js'),
  radam: () => import('./stateful/radam.js'),
  rmsprop: () => import('./stateful/rmsprop.js'),
  rprop: () => import('./stateful/rprop.js'),
  'sign-prox-momentum-iterates': () => import('./stateful/sign-prox-momentum-iterates.js'),
  signum: () => import('./stateful/signum.js'),
  'smoothed-sign-prox-iterates': () => import('./stateful/smoothed-sign-prox-iterates.js'),
};
