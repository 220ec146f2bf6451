import { type ClaimModule, loadClaims } from '../src/claims/load-claims.js';
import { statefulFiles } from './algorithms/stateful-claims.js';

/** The modules of claims about operators and algorithms, in the order of the paper. The last claim sums up what the others have judged. */
export const propertyModules: readonly ClaimModule[] = [
  ['contract/declarations', 'conventions'],
  ['prox/function-answers', 'function-values', 'function-gradients'],
  ['algorithms/iterations', 'eq2-gradient-descent', 'eq4-sgd', 'eq5-sign-sgd'],
  'prox/eq6-prox',
  ['algorithms/operators', 'eq7-proximal-gradient-mapping', 'eq8-convex-combination'],
  'calculus/eq9-proximal-average',
  ['algorithms/operators', 'eq10-mini-batch'],
  ['algorithms/iterations', 'algorithm-1-spgm', 'algorithm-2-sign-prox'],
  'algorithms/run-iterates',
  ...statefulFiles.keys(),
  ['prox/numbers', 'inputs-unchanged'],
  'algorithms/sample-probabilities',
  'algorithms/definition-1-gradient-mapping',
  'algorithms/eq12-sign-sgd-equivalence',
  ['second-implementation/exact-agreement', 'exact-agreement', 'exact-forms'],
  ['second-implementation/sign-loss', 'exact-sign-loss'],
  ['prox/numbers', 'prox-gradual-underflow', 'prox-overflow'],
  'mutants/kill-matrix',
  ['algorithms/messages', 'remark-one-bit'],
  'algorithms/remark-majority-vote',
  ['algorithms/messages', 'scaled-sign-message'],
  'algorithms/error-feedback-sign-prox',
  'second-implementation/monte-carlo-kernels-agree',
  'contract/prox-forms',
  'contract/nonfinite-entries',
  'contract/rejects-bad-parameters',
  ['contract/declarations', 'declared-is-judged'],
];

/** How each of these modules is imported: as a literal, which bundlers find. */
const imports: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  ...Object.fromEntries(statefulFiles),
  'contract/declarations': () => import('./contract/declarations.js'),
  'prox/function-answers': () => import('./prox/function-answers.js'),
  'algorithms/iterations': () => import('./algorithms/iterations.js'),
  'prox/eq6-prox': () => import('./prox/eq6-prox.js'),
  'algorithms/operators': () => import('./algorithms/operators.js'),
  'calculus/eq9-proximal-average': () => import('./calculus/eq9-proximal-average.js'),
  'algorithms/run-iterates': () => import('./algorithms/run-iterates.js'),
  'prox/numbers': () => import('./prox/numbers.js'),
  'algorithms/sample-probabilities': () => import('./algorithms/sample-probabilities.js'),
  'algorithms/definition-1-gradient-mapping': () => import('./algorithms/definition-1-gradient-mapping.js'),
  'algorithms/eq12-sign-sgd-equivalence': () => import('./algorithms/eq12-sign-sgd-equivalence.js'),
  'second-implementation/exact-agreement': () => import('./second-implementation/exact-agreement.js'),
  'second-implementation/sign-loss': () => import('./second-implementation/sign-loss.js'),
  'mutants/kill-matrix': () => import('./mutants/kill-matrix.js'),
  'algorithms/messages': () => import('./algorithms/messages.js'),
  'algorithms/remark-majority-vote': () => import('./algorithms/remark-majority-vote.js'),
  'algorithms/error-feedback-sign-prox': () => import('./algorithms/error-feedback-sign-prox.js'),
  'second-implementation/monte-carlo-kernels-agree': () =>
    import('./second-implementation/monte-carlo-kernels-agree.js'),
  'contract/prox-forms': () => import('./contract/prox-forms.js'),
  'contract/nonfinite-entries': () => import('./contract/nonfinite-entries.js'),
  'contract/rejects-bad-parameters': () => import('./contract/rejects-bad-parameters.js'),
};

/** Loads them. Only a module that is none of a bundler's may wait for this at its top: a script of a page cannot. */
export const loadProperties = () => loadClaims((path) => imports[path]!(), propertyModules);
