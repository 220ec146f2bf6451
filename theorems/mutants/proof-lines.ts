import { type ClaimMutant, type ClaimOf, violated } from '../../src/claims/claim-mutant.js';
import type { LawLines, PathwiseLines } from '../../src/claims/proofs/lines/line-claim.js';
import type { LinesInDoubles } from '../../src/claims/proofs/lines/lines-in-doubles.js';
import { claim as certifiedConstants } from '../assumptions/certified-constants.js';
import { claim as assumption2Implies1 } from '../assumptions/remark-assumption-2-implies-1.js';
import { claim as miniBatchVariance } from '../assumptions/remark-mini-batch-variance.js';
import { claim as theorem1Step1 } from '../proof-of-theorem-1/theorem-1-step-1.js';
import { claim as theorem1Step2 } from '../proof-of-theorem-1/theorem-1-step-2.js';
import { claim as theorem1Step3 } from '../proof-of-theorem-1/theorem-1-step-3.js';
import { claim as theorem1Step4 } from '../proof-of-theorem-1/theorem-1-step-4.js';
import { claim as theorem1Step5 } from '../proof-of-theorem-1/theorem-1-step-5.js';
import { claim as steps1 } from '../proof-of-theorem-1/theorem-1-steps-in-doubles.js';
import { claim as theorem2Step1 } from '../proof-of-theorem-2/theorem-2-step-1.js';
import { claim as theorem2Step2 } from '../proof-of-theorem-2/theorem-2-step-2.js';
import { claim as theorem2Step3 } from '../proof-of-theorem-2/theorem-2-step-3.js';
import { claim as theorem2Step4 } from '../proof-of-theorem-2/theorem-2-step-4.js';
import { claim as theorem2Step5 } from '../proof-of-theorem-2/theorem-2-step-5.js';
import { claim as theorem2Step6 } from '../proof-of-theorem-2/theorem-2-step-6.js';
import { claim as theorem2Step7 } from '../proof-of-theorem-2/theorem-2-step-7.js';
import { claim as theorem2Step8 } from '../proof-of-theorem-2/theorem-2-step-8.js';
import { claim as theorem2Step9 } from '../proof-of-theorem-2/theorem-2-step-9.js';
import { claim as steps2 } from '../proof-of-theorem-2/theorem-2-steps-in-doubles.js';

/** The proofs of §5 whose lines hold for every mini-batch. */
export const pathwise: readonly ClaimOf<PathwiseLines>[] = [
  theorem1Step2,
  theorem1Step3,
  theorem2Step1,
  theorem2Step2,
  theorem2Step3,
  theorem2Step4,
  theorem2Step5,
  theorem2Step6,
  theorem2Step7,
];
/** Those whose lines are about the law of the mini-batch. */
export const laws: readonly ClaimOf<LawLines>[] = [theorem1Step1, theorem1Step4, theorem2Step8, theorem2Step9];

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

/** The lines in doubles of one proof, with one constant of it changed. */
const inDoubles =
  (id: string, name: string, factor: number) =>
  ({ proofs }: LinesInDoubles): Partial<LinesInDoubles> => ({
    proofs: proofs
      .filter((proof) => proof.id === id)
      .map((proof) => ({ ...proof, constants: { ...proof.constants, [name]: factor * proof.constants[name]! } })),
  });

/** Constants of the sum over the iterations and of the remarks about Assumption 2. */
export const remarkMutants: readonly ClaimMutant[] = [
  ...violated(theorem1Step5, { '2LΔ → 7/4 LΔ': () => ({ gap: 7 / 4 }) }),
  // 3σ² is far from attained in so few steps.
  ...violated(theorem1Step5, { '3σ² → σ²/2': () => ({ noise: 1 / 2 }) }, 'standard'),
  ...violated(steps1, {
    '7/8 of L in the first inequality': inDoubles('theorem-1-step-2', 'curvature', 7 / 8),
    '7/8 of the noise in the second inequality': inDoubles('theorem-1-step-3', 'noise', 7 / 8),
    '7/8 of ‖Ĝ‖² in 1♯': inDoubles('theorem-1-sharp-step', 'mapping', 7 / 8),
  }),
  ...violated(steps2, {
    '2 → 7/4 in (13)': inDoubles('theorem-2-step-7', 'wrong', 7 / 8),
    'curvature of 2♯ 7/8': inDoubles('theorem-2-sharp-step', 'curvature', 7 / 8),
  }),
  ...violated(miniBatchVariance, { '1/B → 7/(8B)': () => ({ factor: 7 / 8 }) }),
  ...violated(assumption2Implies1, {
    '‖L‖_∞ → 7/8 ‖L‖_∞': () => ({ lipschitz: 7 / 8 }),
    '‖σ‖² → 7/8 ‖σ‖²': () => ({ variance: 7 / 8 }),
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
