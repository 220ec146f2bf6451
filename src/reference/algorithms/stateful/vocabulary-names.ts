// Written by `npm run generate`: one line for every file here that defines something.

/** The names that algorithms with memory carry in the library, the protocol and the reports. */
export const statefulAlgorithmNames = [
  'error-feedback-sign-prox',
  'error-feedback-sign-sgd',
  'fista',
  'lion',
  'momentum-sgd',
  'prox-svrg',
  'rprop',
  'sign-prox-momentum',
  'signum',
] as const;
