import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import type { BoundInstance, Theorem } from '../../src/claims/theorems/theorem.js';
import type { OwnAlgorithm } from '../../src/claims/theorems/theorem-algorithm.js';
import { scaledSign } from '../../src/reference/algorithms/scaled-sign.js';
import { errorFeedback, fromAxis, claim as whole } from '../beyond/error-feedback/error-feedback.js';
import { claim as controls } from '../beyond/error-feedback/error-feedback-controls.js';
import { claim as run } from '../beyond/error-feedback/error-feedback-exact.js';
import { claim as step } from '../beyond/error-feedback/error-feedback-step.js';
import { diagonal, claim as tight } from '../beyond/error-feedback/error-feedback-tight.js';
import { withoutErrorFeedback } from '../beyond/error-feedback/without-error-feedback.js';
import { faster, ofFamily, times, withoutGap, withoutNoise } from '../shared/changed-theorems.js';

/** One theorem on one instance by all paths. */
const row = (theorem: Theorem, instance: BoundInstance, T: number) => () => ({
  rows: [{ theorem, instance, paths: { quick: [T], standard: [T], deep: [T] } }],
});

/** What an iteration makes of γĜ(x), x and e. */
type Iterate = (
  scaled: Float64Array,
  x: Float64Array,
  error: Float64Array,
) => { readonly x: Float64Array; readonly state: Float64Array };

/** The theorem for another iteration. */
function iterating(next: Iterate): Theorem {
  const algorithm: OwnAlgorithm<Float64Array> = {
    name: 'another error feedback',
    start: (x0) => new Float64Array(x0.length),
    iterate({ problem, step: gamma, x, state, batch }) {
      const mapping = problem.stochasticGradientMapping(batch, x, new Float64Array(x.length));
      return next(
        mapping.map((entry) => gamma * entry),
        x,
        state,
      );
    },
  };
  return { ...errorFeedback, algorithm: algorithm as OwnAlgorithm };
}

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry + b[i]!);
const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((entry, i) => entry - b[i]!);
const compress = (m: Float64Array): Float64Array => scaledSign(m, { convention: 'positive' });

const early = iterating((scaled, x) => {
  const error = minus(scaled, compress(scaled));
  return { x: minus(x, compress(plus(scaled, error))), state: error };
});

const unscaled = iterating((scaled, x, error) => {
  const m = plus(scaled, error);
  const sent = compress(m).map((entry) => m.length * entry);
  return { x: minus(x, sent), state: minus(m, sent) };
});

const subtracted = iterating((scaled, x, error) => {
  const m = minus(scaled, error);
  const sent = compress(m);
  return { x: minus(x, sent), state: minus(m, sent) };
});

/** Wrong constants and wrong iterations of signProx with error feedback. */
export const errorFeedbackMutants: readonly ClaimMutant[] = [
  ...violated(step, {
    '7/8 of ρ²‖m‖²': () => ({ contraction: 7 / 8 }),
    '7/16 of γ²L‖Ĝ‖²': () => ({ estimate: 7 / 16 }),
    '7/16 of γ²L‖Ĝ − G‖²': () => ({ noise: 7 / 16 }),
    '15/8 of L‖e‖': () => ({ difference: 15 / 8 }),
    '7/16 of γ²L‖G‖²': () => ({ curvature: 7 / 16 }),
    '7/8 of γ²Lη‖G‖²': () => ({ young: 7 / 8 }),
    '7/8 of (L/η)‖e‖²': () => ({ error: 7 / 8 }),
    '7/8 of γ²Lσ²/B': () => ({ variance: 7 / 8 }),
    '7/8 of ρ‖e‖²': () => ({ kept: 7 / 8 }),
    '7/8 of ρ²γ²‖G‖²/(1 − ρ)': () => ({ added: 7 / 8 }),
    '7/8 of ρ²γ²σ²/B': () => ({ drawn: 7 / 8 }),
  }),
  ...violated(run, {
    '5/8 of γ²ω²Σ‖G‖²': () => ({ mappings: 5 / 8 }),
    '3/4 of γ²ρω(T − 1)σ²/B': () => ({ draws: 3 / 4 }),
    '3/8 of γL': () => ({ curvature: 3 / 8 }),
    '5/8 of γL(η + ω²/η)': () => ({ errors: 5 / 8 }),
    '7/8 of Δ': () => ({ gap: 7 / 8 }),
    '3/4 of (1 + ρω/η)(T − 1)γLσ²/B': () => ({ noise: 3 / 4 }),
  }),
  ...violated(whole, {
    'no Δ': row(withoutGap(errorFeedback), fromAxis(4), 16),
    'no σ': row(withoutNoise(errorFeedback), { ...diagonal(4, 0), name: 'diagonal' }, 4),
    '0.85 of the bound': row(times(0.85)(errorFeedback), fromAxis(2), 1024),
    '1/T in place of 1/√T': row(faster(errorFeedback), fromAxis(4), 16),
    'e that is never read': row(withoutErrorFeedback, fromAxis(4), 64),
    'e that is written before it is read': row(early, fromAxis(4), 64),
    'e that is subtracted': row(subtracted, fromAxis(4), 64),
    '‖m‖₁ in place of ‖m‖₁/n': row(unscaled, fromAxis(4), 16),
  }),
  ...violated(tight, {
    '0.85 of the bound without noise': ofFamily(0, times(0.85)),
    '0.99 of the bound, all paths': ofFamily(1, times(0.99)),
    'no Δ on the diagonal': ofFamily(2, withoutGap),
    'no σ on the diagonal': ofFamily(3, withoutNoise),
  }),
  ...violated(controls, {
    'a control that is true': ({ planted: [first] }) => ({
      planted: [{ ...first!, theorem: errorFeedback, iterations: [4] }],
    }),
  }),
];
