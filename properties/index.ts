import type { Claim } from '../src/claims/claim.js';
import { claim as algorithm1 } from './algorithm-1-spgm.js';
import { claim as algorithm2 } from './algorithm-2-sign-prox.js';
import { claim as calculusFenchelYoung } from './calculus-fenchel-young.js';
import { claim as calculusIdentities } from './calculus-identities.js';
import { claim as calculusInPlace } from './calculus-in-place.js';
import { claim as calculusMoreau } from './calculus-moreau.js';
import { claim as calculusResiduals } from './calculus-residuals.js';
import { claim as calculusRules } from './calculus-rules.js';
import { claim as conventions } from './conventions.js';
import { claim as declaredIsJudged } from './declared-is-judged.js';
import { claim as definition1 } from './definition-1-gradient-mapping.js';
import { claim as eq2 } from './eq2-gradient-descent.js';
import { claim as eq4 } from './eq4-sgd.js';
import { claim as eq5 } from './eq5-sign-sgd.js';
import { claim as eq6 } from './eq6-prox.js';
import { claim as eq7 } from './eq7-proximal-gradient-mapping.js';
import { claim as eq8 } from './eq8-convex-combination.js';
import { claim as eq9 } from './eq9-proximal-average.js';
import { claim as eq10 } from './eq10-mini-batch.js';
import { claim as eq12 } from './eq12-sign-sgd-equivalence.js';
import { claim as exactAgreement } from './exact-agreement.js';
import { claim as exactForms } from './exact-forms.js';
import { claim as exactSignLoss } from './exact-sign-loss.js';
import { claim as functionGradients } from './function-gradients.js';
import { claim as functionValues } from './function-values.js';
import { claim as imagingKernelsAgree } from './imaging-kernels-agree.js';
import { claim as inputsUnchanged } from './inputs-unchanged.js';
import { claim as killMatrix } from './kill-matrix.js';
import { claim as proxAverageMixed } from './prox-average-mixed.js';
import { claim as proxCyclicallyMonotone } from './prox-cyclically-monotone.js';
import { claim as proxEnvelopeGradient } from './prox-envelope-gradient.js';
import { claim as proxFirmlyNonexpansive } from './prox-firmly-nonexpansive.js';
import { claim as proxFirstOrder } from './prox-first-order.js';
import { claim as proxGradualUnderflow } from './prox-gradual-underflow.js';
import { claim as proxJacobian } from './prox-jacobian.js';
import { claim as proxSeparable } from './prox-separable.js';
import { claim as proxSets } from './prox-sets.js';
import { claim as proxSymmetries } from './prox-symmetries.js';
import { claim as proxUniqueMinimiser } from './prox-unique-minimiser.js';
import { claim as proxValues } from './prox-values.js';
import { claim as proxVariationalInequality } from './prox-variational-inequality.js';
import { claim as rejectsBadParameters } from './rejects-bad-parameters.js';
import { claim as remarkMajorityVote } from './remark-majority-vote.js';
import { claim as remarkOneBit } from './remark-one-bit.js';
import { claim as sampleProbabilities } from './sample-probabilities.js';

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
