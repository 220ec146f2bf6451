import type { Claim } from '../src/claims/claim.js';
import { claim as algorithm1 } from './algorithms/algorithm-1-spgm.js';
import { claim as algorithm2 } from './algorithms/algorithm-2-sign-prox.js';
import { claim as definition1 } from './algorithms/definition-1-gradient-mapping.js';
import { claim as eq2 } from './algorithms/eq2-gradient-descent.js';
import { claim as eq4 } from './algorithms/eq4-sgd.js';
import { claim as eq5 } from './algorithms/eq5-sign-sgd.js';
import { claim as eq7 } from './algorithms/eq7-proximal-gradient-mapping.js';
import { claim as eq8 } from './algorithms/eq8-convex-combination.js';
import { claim as eq10 } from './algorithms/eq10-mini-batch.js';
import { claim as eq12 } from './algorithms/eq12-sign-sgd-equivalence.js';
import { claim as remarkMajorityVote } from './algorithms/remark-majority-vote.js';
import { claim as remarkOneBit } from './algorithms/remark-one-bit.js';
import { claim as sampleProbabilities } from './algorithms/sample-probabilities.js';
import { claim as calculusFenchelYoung } from './calculus/calculus-fenchel-young.js';
import { claim as calculusIdentities } from './calculus/calculus-identities.js';
import { claim as calculusInPlace } from './calculus/calculus-in-place.js';
import { claim as calculusMoreau } from './calculus/calculus-moreau.js';
import { claim as calculusResiduals } from './calculus/calculus-residuals.js';
import { claim as calculusRules } from './calculus/calculus-rules.js';
import { claim as eq9 } from './calculus/eq9-proximal-average.js';
import { claim as conventions } from './contract/conventions.js';
import { claim as declaredIsJudged } from './contract/declared-is-judged.js';
import { claim as rejectsBadParameters } from './contract/rejects-bad-parameters.js';
import { claim as killMatrix } from './mutants/kill-matrix.js';
import { claim as eq6 } from './prox/eq6-prox.js';
import { claim as functionGradients } from './prox/function-gradients.js';
import { claim as functionValues } from './prox/function-values.js';
import { claim as inputsUnchanged } from './prox/inputs-unchanged.js';
import { claim as proxAverageMixed } from './prox/prox-average-mixed.js';
import { claim as proxCyclicallyMonotone } from './prox/prox-cyclically-monotone.js';
import { claim as proxEnvelopeGradient } from './prox/prox-envelope-gradient.js';
import { claim as proxFirmlyNonexpansive } from './prox/prox-firmly-nonexpansive.js';
import { claim as proxFirstOrder } from './prox/prox-first-order.js';
import { claim as proxGradualUnderflow } from './prox/prox-gradual-underflow.js';
import { claim as proxJacobian } from './prox/prox-jacobian.js';
import { claim as proxSeparable } from './prox/prox-separable.js';
import { claim as proxSets } from './prox/prox-sets.js';
import { claim as proxSymmetries } from './prox/prox-symmetries.js';
import { claim as proxUniqueMinimiser } from './prox/prox-unique-minimiser.js';
import { claim as proxValues } from './prox/prox-values.js';
import { claim as proxVariationalInequality } from './prox/prox-variational-inequality.js';
import { claim as exactAgreement } from './second-implementation/exact-agreement.js';
import { claim as exactForms } from './second-implementation/exact-forms.js';
import { claim as exactSignLoss } from './second-implementation/exact-sign-loss.js';
import { claim as imagingKernelsAgree } from './second-implementation/imaging-kernels-agree.js';

/** Claims about operators and algorithms, in the paper's order. */
export const properties: readonly Claim[] = [
  conventions,
  declaredIsJudged,
  functionValues,
  functionGradients,
  eq2,
  eq4,
  eq5,
  eq6,
  eq7,
  eq8,
  eq9,
  eq10,
  algorithm1,
  algorithm2,
  inputsUnchanged,
  sampleProbabilities,
  definition1,
  eq12,
  exactAgreement,
  exactForms,
  exactSignLoss,
  proxVariationalInequality,
  proxFirstOrder,
  proxUniqueMinimiser,
  proxFirmlyNonexpansive,
  proxCyclicallyMonotone,
  proxEnvelopeGradient,
  calculusMoreau,
  calculusFenchelYoung,
  proxJacobian,
  proxSets,
  proxSeparable,
  proxSymmetries,
  proxAverageMixed,
  calculusRules,
  calculusIdentities,
  calculusResiduals,
  calculusInPlace,
  proxValues,
  proxGradualUnderflow,
  killMatrix,
  remarkOneBit,
  remarkMajorityVote,
  imagingKernelsAgree,
  rejectsBadParameters,
];
