import { type ClaimModule, loadClaims } from '../src/claims/load-claims.js';
import { statefulFiles } from './algorithms/stateful-claims.js';

/** The modules of claims about operators and algorithms, in the order of the paper. The last claim sums up what the others have judged. */
export const propertyModules: readonly ClaimModule[] = [
  ['contract/declarations', 'conventions'],
  ['prox/function-answers', 'function-values', 'function-gradients'],
  ['algorithms/iterations', 'eq2-gradient-descent', 'eq4-sgd', 'eq5-sign-sgd'],
  'prox/eq6-prox',
  ['algorithms/iterations', 'eq7-proximal-gradient-mapping', 'eq8-convex-combination'],
  'calculus/eq9-proximal-average',
  ['algorithms/iterations', 'eq10-mini-batch', 'algorithm-1-spgm', 'algorithm-2-sign-prox'],
  'algorithms/run-iterates',
  ...statefulFiles,
  ['prox/numbers', 'inputs-unchanged'],
  'algorithms/sample-probabilities',
  'algorithms/definition-1-gradient-mapping',
  'algorithms/eq12-sign-sgd-equivalence',
  ['second-implementation/exact-agreement', 'exact-agreement', 'exact-forms'],
  ['second-implementation/sign-loss', 'exact-sign-loss'],
  [
    'prox/inequalities',
    'prox-variational-inequality',
    'prox-first-order',
    'prox-unique-minimiser',
    'prox-global-minimiser',
    'prox-firmly-nonexpansive',
    'prox-cyclically-monotone',
    'prox-envelope-gradient',
  ],
  ['calculus/calculus', 'calculus-moreau', 'calculus-fenchel-young'],
  ['prox/inequalities', 'prox-jacobian'],
  ['prox/structure', 'prox-sets', 'prox-separable', 'prox-symmetries', 'prox-average-mixed'],
  ['calculus/calculus', 'calculus-rules'],
  'calculus/calculus-identities',
  ['calculus/calculus', 'calculus-residuals', 'calculus-in-place'],
  ['prox/numbers', 'prox-values', 'prox-gradual-underflow', 'prox-overflow'],
  'mutants/kill-matrix',
  ['algorithms/messages', 'remark-one-bit'],
  'algorithms/remark-majority-vote',
  ['algorithms/messages', 'scaled-sign-message'],
  'algorithms/error-feedback-sign-prox',
  'second-implementation/imaging-kernels-agree',
  'contract/prox-forms',
  'contract/nonfinite-entries',
  'contract/rejects-bad-parameters',
  ['contract/declarations', 'declared-is-judged'],
];

/** Claims about operators and algorithms, in the order of the paper. */
export const properties = await loadClaims(import.meta.url, propertyModules);
