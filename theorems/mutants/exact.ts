import type { RationalClaim, RationalForm } from '../../src/claims/bounds/rational-claim.js';
import type { TightSeries } from '../../src/claims/bounds/tight-series-claim.js';
import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import type { ExactEngineName, ExactRequest } from '../../src/claims/left-side/exact-engine.js';
import { exactEngines } from '../../src/claims/left-side/exact-engines.js';
import { rational, zero } from '../../src/exact/arithmetic/rational.js';
import { claim as enginesAgree } from '../engines/engines-agree.js';
import {
  type Change,
  ofTheorem,
  sharper,
  times,
  timesNoise,
  withBatch,
  withoutGap,
  withoutNoise,
} from '../shared/changed-theorems.js';
import { claim as exact1 } from '../theorem-1/theorem-1-exact.js';
import { claim as moments1 } from '../theorem-1/theorem-1-moments.js';
import { claim as sharpTight1 } from '../theorem-1/theorem-1-sharp-tight.js';
import { claim as evaluations } from '../theorem-2/theorem-2-evaluations.js';
import { claim as evenBatch } from '../theorem-2/theorem-2-even-batch.js';
import { claim as exact2 } from '../theorem-2/theorem-2-exact.js';
import { claim as lattice, rareEvents } from '../theorem-2/theorem-2-lattice.js';
import { claim as sharpTight2 } from '../theorem-2/theorem-2-sharp-tight.js';
import { claim as conventions } from '../theorem-2/theorem-2-sign-conventions.js';

// Wrong bounds, engines and instances of the claims whose left sides have no sampling error.

/** A form of the theorem with other constants in its bound, or in its sharpened one. */
const form =
  (change: (form: RationalForm) => Partial<RationalForm>) =>
  ({ form: own }: RationalClaim): Partial<RationalClaim> => ({ form: { ...own, ...change(own) } });

const series =
  (change: Change, which: number) =>
  ({ series: all }: { readonly series: readonly TightSeries[] }) => ({
    series: [{ ...all[which]!, theorem: change(all[which]!.theorem) }],
  });

export const exactMutants: readonly ClaimMutant[] = [
  ...violated(exact1, {
    'no 3σ²': form(({ bound }) => ({ bound: (root, own) => bound(root, { ...own, variance: [zero] }) })),
    '2LΔ → LΔ/2': form(({ bound }) => ({
      bound: (root, own) => bound(root, { ...own, gap: own.gap.div(rational(4n)) }),
    })),
    '1♯: √T in place of √T − ½': form(({ sharp }) => ({
      sharp: (root, own) =>
        sharp!(root, own)
          .mul(root.sub(rational(1n, 2n)))
          .div(root),
    })),
    '1♯: no (1 − 1/T)σ²': form(({ sharp }) => ({ sharp: (root, own) => sharp!(root, { ...own, variance: [zero] }) })),
  }),
  ...violated(moments1, {
    'a third of the bound': ofTheorem(times(1 / 3)),
    '1♯: half of the noise': ofTheorem(sharper(timesNoise(Math.SQRT1_2))),
    '1♯: no LΔ': ofTheorem(sharper(withoutGap)),
  }),
  ...violated(exact2, {
    'no ‖L‖₁Δ': form(({ bound }) => ({ bound: (root, own) => bound(root, { ...own, gap: zero }).div(rational(4n)) })),
    '2♯: no ¼': form(({ sharp }) => ({ sharp: (root, own) => sharp!(root, own).sub(rational(1n, 2n).div(root)) })),
    '2♯: no ‖L‖₁Δ': form(({ sharp }) => ({ sharp: (root, own) => sharp!(root, { ...own, gap: zero }) })),
    '2♯: no noise': form(({ sharp }) => ({
      sharp: (root, own) => sharp!(root, { ...own, variance: own.variance.map(() => zero) }),
    })),
  }),
  ...violated(lattice, {
    'no ‖σ‖₁': ({ theorem }) => ({ theorem: withoutNoise(theorem), instances: [rareEvents] }),
    '2♯: no ‖L‖₁Δ': ofTheorem(sharper(withoutGap)),
    '2♯: no noise': ofTheorem(sharper(withoutNoise)),
  }),
  ...violated(evenBatch, { 'no ‖L‖₁Δ': ofTheorem(withoutGap) }),
  ...violated(conventions, {
    '2♯: no ‖L‖₁Δ': ofTheorem(sharper(withoutGap)),
    '2♯: half of the bound': ofTheorem(sharper(times(1 / 2))),
    'an eighth of the bound': ofTheorem(times(1 / 8)),
  }),
  ...violated(conventions, { '2♯: no noise': ofTheorem(sharper(withoutNoise)) }, 'standard'),
  ...violated(evaluations, {
    'B = 1 in Theorem 2': ({ second }) => ({
      second: withBatch(1)(second),
    }),
    'γ = 1/(4L) in Theorem 1': ({ first }) => ({
      first: { ...first, schedule: (_T, { lipschitz }) => ({ miniBatch: 1, step: 1 / (4 * lipschitz!) }) },
    }),
  }),
  ...violated(sharpTight1, {
    '0.95 of the bound': series(times(0.95), 0),
    '1.02 of the bound, which is not attained': series(times(1.02), 0),
    'the closed form of another bound': series(times(1.02), 1),
    'Theorem 1 with 2.02LΔ': series(times(1.01), 4),
  }),
  ...violated(sharpTight2, {
    'no Δ/(γT)': series(withoutGap, 0),
    '1.01 of the bound': series(times(1.01), 1),
    'no σ, B = 1': series(withoutNoise, 2),
    'no σ, B = T': series(withoutNoise, 3),
    'Theorem 2 with 1.01 of its bound': series(times(1.01), 4),
  }),
  ...violated(enginesAgree, {
    'an enumeration that stops one iteration early': ({ comparisons, exactAnswers }) => ({
      comparisons: comparisons.slice(2, 3),
      exactAnswers: (request: ExactRequest, wanted?: readonly ExactEngineName[]) =>
        exactAnswers(request, wanted).map((answer) => {
          const early = exactEngines[answer.engine]({ ...request, iterations: request.iterations - 1 });
          return answer.engine === 'enumeration' && !('inapplicable' in early) ? early : answer;
        }),
    }),
    'paths that stop one iteration early': ({ comparisons, exactAnswers }) => ({
      comparisons: comparisons.slice(0, 1),
      exactAnswers: (request: ExactRequest, wanted?: readonly ExactEngineName[]) =>
        exactAnswers(request, wanted).map((answer) => {
          const early = exactEngines[answer.engine]({ ...request, iterations: request.iterations - 1 });
          return answer.engine === 'paths' && !('inapplicable' in early) ? early : answer;
        }),
    }),
    'Monte Carlo of another summand': ({ comparisons: [first] }) => ({
      comparisons: [{ ...first!, theorem: { ...first!.theorem, id: 'theorem-1-fixed-objective' } }],
    }),
  }),
];
