import test from 'ava';
import { type TightSeries, tightnessClaim } from '../../src/claims/bounds/tight-series-claim.js';
import type { Depth } from '../../src/claims/claim.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import { conditionalLaw } from '../../src/claims/proofs/lines/conditional-law.js';
import { judgeLines } from '../../src/claims/proofs/lines/judge-lines.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import type { Theorem, TheoremConstants } from '../../src/claims/theorems/theorem.js';
import { claim as expectation2 } from '../proof-of-theorem-2/theorem-2-sharp-expectation.js';
import { theorem1Sharp } from '../theorem-1/theorem-1-sharp.js';
import { series as series1 } from '../theorem-1/theorem-1-sharp-tight.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { series as series2 } from '../theorem-2/theorem-2-sharp-tight.js';
import { sharpBound1, sharpBound2 } from './sharp-bounds.js';

// Every term of a sharpened bound, made a little smaller, must be exceeded by a left side of the tight families: a term that no
// instance can see is not checked.

/** Whether some exact left side exceeds the changed bound. */
async function exceeded(series: readonly TightSeries[], depth: Depth, change: (theorem: Theorem) => Theorem) {
  const claim = tightnessClaim({
    ...{ id: 'mutant', version: 1, source: { section: 'beyond the paper' }, statement: 's', method: 'm' },
    series: series.map(({ closedForm: _, ...rest }) => ({
      ...rest,
      theorem: change(rest.theorem),
      increasing: false,
      atLeast: {},
    })),
  });
  const { rows } = await claim.check(reference, quickBudget('1', depth));
  return rows!.some(({ verdict }) => verdict === 'violated');
}

interface Terms1 {
  readonly gap?: number;
  readonly noise?: number;
  /** Steps whose noise is not seen, 1 in the theorem. */
  readonly unseen?: number;
  /** ½ of √T − ½. */
  readonly less?: number;
}

const changed1 =
  ({ gap = 1, noise = 1, unseen = 1, less = 1 / 2 }: Terms1) =>
  (theorem: Theorem): Theorem => ({
    ...theorem,
    bound(T, { lipschitz, sigma, gap: own }: TheoremConstants) {
      const bracket = gap * lipschitz! * own.upper + noise * (1 - unseen / T) * sigma! ** 2;
      return bracket / (Math.sqrt(T) - less);
    },
  });

/** The families at the paper's schedule: the others are about a longer step and about Theorem 1. */
const own1 = series1.filter(({ theorem }) => theorem === theorem1Sharp);

test('each term of Theorem 1♯ is seen by a tight family', async (t) => {
  t.false(await exceeded(own1, 'standard', changed1({})), 'the bound written out');
  const mutants: readonly (readonly [string, Terms1])[] = [
    ['0.99 LΔ', { gap: 0.99 }],
    ['0.95 σ²', { noise: 0.95 }],
    ['(1 − 2/T)σ²', { unseen: 2 }],
    ['√T − ⅓ in place of √T − ½', { less: 1 / 3 }],
    ['√T in place of √T − ½', { less: 0 }],
  ];
  for (const [name, terms] of mutants) t.true(await exceeded(own1, 'standard', changed1(terms)), name);
});

test('the denominator 1 − γL/2 is seen by a step beyond 1/L', async (t) => {
  const long = series1.filter(({ theorem }) => theorem.id === 'theorem-1-sharp-long-step');
  const withShare =
    (share: number) =>
    (theorem: Theorem): Theorem => ({
      ...theorem,
      bound: (T, { lipschitz, gap }, { step }) => gap.upper / (step * T) / (1 - share * step * lipschitz!),
    });
  t.is(long.length, 1);
  t.false(await exceeded(long, 'quick', withShare(1 / 2)));
  t.true(await exceeded(long, 'quick', withShare(0.49)));
});

interface Terms2 {
  readonly gap?: number;
  /** 1 of γ‖L‖₁, which is ¼ in the bracket. */
  readonly curvature?: number;
  readonly noise?: number;
  readonly unseen?: number;
}

const changed2 =
  ({ gap = 1, curvature = 1, noise = 1, unseen = 1 }: Terms2) =>
  (theorem: Theorem): Theorem => ({
    ...theorem,
    bound(T, { coordinateLipschitz, coordinateSigma, gap: own }: TheoremConstants, { step, miniBatch }) {
      const spread = (noise * coordinateSigma![0]!) / Math.sqrt(miniBatch);
      const first = (gap * own.upper) / (step * T) + curvature * step * coordinateLipschitz![0]!;
      return first + (1 - unseen / T) * spread;
    },
  });

/** The families about Theorem 2♯: the last is about Theorem 2. */
const own2 = series2.filter(({ theorem }) => theorem !== theorem2);

test('each term of Theorem 2♯ is seen by a tight family', async (t) => {
  t.false(await exceeded(own2, 'standard', changed2({})), 'without the factor of curvature, which one step sees');
  const mutants: readonly (readonly [string, Terms2])[] = [
    ['0.99 Δ', { gap: 0.99 }],
    ['0.9 γ‖L‖₁', { curvature: 0.9 }],
    ['0.8 σ', { noise: 0.8 }],
    ['(1 − 2/T)σ', { unseen: 2 }],
  ];
  for (const [name, terms] of mutants) t.true(await exceeded(own2, 'standard', changed2(terms)), name);
});

test('the factor of curvature in the noise of Theorem 2♯ is seen by one step', (t) => {
  // r_k = ½u² − a_ku, d = 0, T = 1, γL = ½: from G = 1 the sign is wrong with probability 5/8, and τ = L.
  const [mapping, wrong] = [1, 5 / 8];
  const draws = [-1 - 2 ** -30, ((1 + 2 ** -30) * wrong) / (1 - wrong)];
  const law = conditionalLaw(
    {
      problem: {
        smooth: { type: 'zero' },
        // (1 + γ)Ĝ = x − a_k.
        functions: draws.map((draw) => ({
          type: 'tilted',
          slope: [1.5 * draw],
          inner: { type: 'quadratic', curvature: 1, center: 0 },
        })),
        probabilities: [wrong, 1 - wrong],
      },
      ...{ x: Float64Array.of(1.5 * mapping), indices: [0], step: 0.5, root: 1, signOfZero: 'zero' },
    },
    'sign-prox',
  );
  const judge = (bend: number): number =>
    judgeLines(expectation2.data.lines(law, { ...expectation2.data.constants, bend }), exact, false).ratio;
  t.is(judge(1 / 2), 0);
  t.is(judge(1 / 4), Number.POSITIVE_INFINITY);
  t.is(judge(0), Number.POSITIVE_INFINITY);
});

test('the bounds that these tests write out are those of the claims', (t) => {
  const coordinate = {
    coordinateLipschitz: [2],
    coordinateSigma: [3],
    gap: 5,
    iterations: 16,
    step: 1 / 16,
    miniBatch: 16,
  };
  const constants = {
    ...{ lipschitz: 2, sigma: 3, gap: { lower: 5, upper: 5 }, dimension: 1 },
    ...{ coordinateLipschitz: Float64Array.of(2), coordinateSigma: Float64Array.of(3) },
  } as unknown as TheoremConstants;
  const schedule = { step: 1 / 8, miniBatch: 1 };
  const one = sharpBound1({ lipschitz: 2, variance: 9, gap: 5, iterations: 16, ...schedule });
  t.true(Math.abs(changed1({})(theorem1Sharp).bound(16, constants, schedule) - one) < 1e-12);
  const two = sharpBound2(coordinate, () => 1);
  t.true(Math.abs(changed2({})(theorem1Sharp).bound(16, constants, { step: 1 / 16, miniBatch: 16 }) - two) < 1e-12);
});
