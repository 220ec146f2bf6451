// Written by `npm run generate`: one line for every file here that defines something.

/** The names that algorithms with memory carry in the library, the protocol and the reports. */
export const statefulAlgorithmNames = [
  'adadelta',
  'adafactor',
  'adagrad',
  'adam',
  'adamax',
  'adamw',
  'asgd',
  'error-feedback-sign-prox',
  'error-feedback-sign-sgd',
  'fista',
  'lion',
  'momentum-sgd',
  'muon',
  'nadam',
  'prox-svrg',
  'radam',
  'rmsprop',
  'rprop',
  'sign-prox-momentum',
  'signum',
  'smoothed-sign-prox',
] as const;
