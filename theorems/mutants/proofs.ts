import { one } from '../../src/library/exact.js';
import { type ClaimMutant, inconclusive, violated } from '../../src/library/testing.js';
import type { ClaimOf } from '../../src/library/theorems.js';
import {
  assumption2bcSeparabilityClaim,
  assumptionCConvexityClaim,
  remarkAssumption2Implies1Claim,
  remarkMiniBatchVarianceClaim,
} from '../assumptions/assumption-remarks.js';
import {
  type AssumptionClaim,
  assumption1aClaim,
  assumption1bClaim,
  assumption1cClaim,
  assumption1dClaim,
  assumption2aClaim,
  assumption2bClaim,
  assumption2cClaim,
  assumption2dClaim,
} from '../assumptions/assumptions.js';
import { claim as certifiedConstants } from '../assumptions/certified-constants.js';
import { stepZeroClaim } from '../assumptions/step-zero.js';
import { claim as convex } from '../beyond/convex/certificate-convex-spgm.js';
import { claim as errorFeedback } from '../beyond/error-feedback/certificate-error-feedback.js';
import { certificateMomentumClaim } from '../beyond/momentum/certificate-momentum.js';
import type { LawLines, PathwiseLines } from '../lines/line-claim.js';
import { certificateTheorem1Claim, certificateTheorem1SharpClaim } from '../proof-of-theorem-1/certificates.js';
import {
  theorem1Step1Claim,
  theorem1Step2Claim,
  theorem1Step3Claim,
  theorem1Step4Claim,
  theorem1Step5Claim,
} from '../proof-of-theorem-1/lines.js';
import { certificateTheorem2Claim, certificateTheorem2SharpClaim } from '../proof-of-theorem-2/certificates.js';
import {
  theorem2Step1Claim,
  theorem2Step2Claim,
  theorem2Step3Claim,
  theorem2Step4Claim,
  theorem2Step5Claim,
  theorem2Step6Claim,
  theorem2Step7Claim,
  theorem2Step8Claim,
  theorem2Step9Claim,
} from '../proof-of-theorem-2/lines.js';
import type { CertificateClaim } from '../shared/certificate-claim.js';

/** One problem that meets the assumption, and one that breaks it, in each other's place; and constants that are not too small. */
function exchanged(claim: ClaimOf<AssumptionClaim>): ClaimMutant[] {
  return violated(claim, {
    'a problem that breaks it among those that meet it': ({ broken: [first] }) => ({
      instances: [{ ...first!, start: new Array<number>(first!.dimension).fill(0.5) }],
      broken: [],
    }),
    'a problem that meets it among those that break it': ({ instances: [first] }) => ({
      instances: [],
      broken: [{ ...first!, dimension: first!.start.length }],
    }),
    'constants that are not too small': ({ instances }) => ({
      instances: instances.slice(-1),
      broken: [],
      tooSmall: () => ({
        lipschitz: 100,
        coordinateLipschitz: Float64Array.of(100),
        sigma: 100,
        coordinateSigma: Float64Array.of(100),
        infimum: -100,
      }),
    }),
  });
}

const assumptions = [
  assumption1aClaim,
  assumption1bClaim,
  assumption1cClaim,
  assumption1dClaim,
  assumption2aClaim,
  assumption2bClaim,
  assumption2cClaim,
  assumption2dClaim,
];

/** Problems on the wrong side of an assumption, and what does not depend on the assumption. */
export const assumptionMutants: readonly ClaimMutant[] = [
  ...assumptions.flatMap(exchanged),
  ...inconclusive(assumption2bcSeparabilityClaim, {
    'a d that is separable': ({ problems }) => ({
      problems: [
        {
          ...problems[1]!,
          problem: {
            ...problems[1]!.problem,
            smooth: {
              type: 'least-squares',
              matrix: { rows: 2, columns: 2, data: [1, 0, 0, 1] },
              target: [1, 2],
            },
          },
        },
      ],
    }),
  }),
  ...violated(assumptionCConvexityClaim, {
    'no 3σ² in Theorem 1': () => ({ noise: 0 }),
    '1/√T in place of 4/√T in Theorem 2': () => ({ factor: 1 }),
  }),
];

/** The proofs of §5 whose lines hold for every mini-batch. */
export const pathwise: readonly ClaimOf<PathwiseLines>[] = [
  theorem1Step2Claim,
  theorem1Step3Claim,
  theorem2Step1Claim,
  theorem2Step2Claim,
  theorem2Step3Claim,
  theorem2Step4Claim,
  theorem2Step5Claim,
  theorem2Step6Claim,
  theorem2Step7Claim,
];
/** Those whose lines are about the law of the mini-batch. */
export const laws: readonly ClaimOf<LawLines>[] = [
  theorem1Step1Claim,
  theorem1Step4Claim,
  theorem2Step8Claim,
  theorem2Step9Claim,
];

/**
 * Constants whose mutant is not 7/8 of them. Those in front of −‖G‖ must not grow. Two are not the best possible, so that only a larger
 * change can be seen: by the descent lemma for r the change of ∇r needs ½ of its term, and by Cantelli's inequality |G_i|P ≤ σ_i/(2√T).
 */
const constants: Readonly<Record<string, number>> = {
  'theorem-1-step-2 change': 3 / 8,
  'theorem-1-step-4 rate': 9 / 16,
  'theorem-2-step-8 relaxation': 9 / 8,
  'theorem-2-step-9 noise': 3 / 4,
  'theorem-2-step-9 rate': 9 / 32,
};

/** Mutants that only few instances tell from the paper's line. */
const rare = ['theorem-2-step-9 noise'];

/** Every constant of a line of §5 changed in turn. */
export const lineMutants: readonly ClaimMutant[] = [...pathwise, ...laws].flatMap(
  (claim: ClaimOf<PathwiseLines | LawLines>) =>
    Object.entries(claim.data.constants).map(([name, value]): ClaimMutant => {
      const mutant = constants[`${claim.id} ${name}`] ?? (7 / 8) * value;
      return {
        claim: claim.with((data) => ({ constants: { ...data.constants, [name]: mutant } })),
        wrong: `${name} ${value} → ${mutant}`,
        verdict: 'violated',
        ...(rare.includes(`${claim.id} ${name}`) && { depth: 'standard' }),
      };
    }),
);

/** Constants of the sum over the iterations and of the remarks about Assumption 2. */
export const remarkMutants: readonly ClaimMutant[] = [
  ...violated(theorem1Step5Claim, { '2LΔ → 7/4 LΔ': () => ({ gap: 7 / 4 }) }),
  // 3σ² is far from attained in so few steps.
  ...violated(theorem1Step5Claim, { '3σ² → σ²/2': () => ({ noise: 1 / 2 }) }, 'standard'),
  ...violated(remarkMiniBatchVarianceClaim, { '1/B → 7/(8B)': () => ({ factor: 7 / 8 }) }),
  ...violated(remarkAssumption2Implies1Claim, {
    '‖L‖_∞ → 7/8 ‖L‖_∞': () => ({ lipschitz: 7 / 8 }),
    '‖σ‖² → 7/8 ‖σ‖²': () => ({ variance: 7 / 8 }),
  }),
  ...violated(stepZeroClaim, {
    '7/8 of γ': () => ({ slope: 7 / 8 }),
    'proxes of the r_k without γ': () => ({ proximalStep: () => one }),
  }),
  ...violated(certifiedConstants, {
    'σ → (1 + 2⁻⁴⁰)σ': () => ({
      certified: ({ sigma, ...rest }) => ({ ...rest, ...(sigma !== undefined && { sigma: (1 + 2 ** -40) * sigma }) }),
    }),
    'L → (1 + 2⁻⁵²)L': () => ({
      certified: ({ lipschitz, ...rest }) => ({ ...rest, lipschitz: (1 + 2 ** -52) * lipschitz! }),
    }),
  }),
];

/** The last goal with a little less than what is proved, and the first term of a proof left out. */
const weakened = (claim: ClaimOf<CertificateClaim>): ClaimMutant[] =>
  violated(claim, {
    'a goal that asks for more': ({ certificate: { stages } }) => {
      const last = stages.at(-1)!;
      return { certificate: { stages: [...stages.slice(0, -1), { ...last, goal: `(${last.goal}) − 1` }] } };
    },
    'a proof with an inequality less': ({ certificate: { stages } }) => {
      const at = stages.findIndex(({ cases }) => cases[0]!.terms.length > 0);
      const [entry, ...others] = stages[at]!.cases;
      const shorter = { ...stages[at]!, cases: [{ ...entry!, terms: entry!.terms.slice(1) }, ...others] };
      return { certificate: { stages: stages.with(at, shorter) } };
    },
  });

export const certificateMutants: readonly ClaimMutant[] = [
  ...[certificateTheorem1Claim, certificateTheorem2Claim, certificateTheorem1SharpClaim, certificateTheorem2SharpClaim],
  ...[convex, errorFeedback, certificateMomentumClaim],
].flatMap(weakened);
