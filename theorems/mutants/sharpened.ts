import { type ClaimMutant, type ClaimOf, violated } from '../../src/claims/claim-mutant.js';
import { claim as expectation1 } from '../proof-of-theorem-1/theorem-1-sharp-expectation.js';
import { claim as step1 } from '../proof-of-theorem-1/theorem-1-sharp-step.js';
import { claim as coupledStep } from '../proof-of-theorem-2/theorem-2-coupled-step.js';
import { claim as expectation2 } from '../proof-of-theorem-2/theorem-2-sharp-expectation.js';
import { claim as step2 } from '../proof-of-theorem-2/theorem-2-sharp-step.js';
import { claim as corollary } from '../theorem-1/corollary-fixed-objective.js';
import { claim as lastIterate } from '../theorem-1/theorem-1-sharp-last-iterate.js';
import { claim as meanDeviation } from '../theorem-2/mean-absolute-deviation.js';
import { claim as noiseCoefficient } from '../theorem-2/theorem-2-noise-coefficient.js';

const less = 1 - 2 ** -40;

type Constants = Readonly<Record<string, number>>;

/** A line with one constant changed; few instances tell it from the right one. */
function changed<Line extends { readonly constants: Constants }>(
  claim: ClaimOf<Line>,
  name: string,
  value: number,
): ClaimMutant {
  return {
    claim: claim.with(({ constants }) => ({ constants: { ...constants, [name]: value } }) as Partial<Line>),
    wrong: `${name} → ${value}`,
    verdict: 'violated',
    depth: 'standard',
  };
}

/** Wrong constants in the lines that the sharpened theorems rest on. */
export const sharpenedMutants: readonly ClaimMutant[] = [
  changed(step1, 'mapping', 7 / 16),
  changed(step2, 'curvature', 7 / 8),
  changed(step2, 'steepness', 7 / 8),
  changed(expectation1, 'descent', 9 / 8),
  changed(expectation2, 'cantelli', 7 / 8),
  changed(expectation2, 'factor', 3 / 4),
  ...violated(corollary, {
    'lower 2 → 7/4': () => ({ lower: 7 / 4 }),
    'upper 2 → 9/4': () => ({ upper: 9 / 4 }),
    'bias 1 → 1/2': () => ({ bias: 1 / 2 }),
  }),
  // Equality needs an r with a kink in its slope exactly at x̃: on generated instances only a larger change is seen.
  ...violated(lastIterate, { 'twice the gain': () => ({ gain: 2 }) }),
  ...violated(coupledStep, {
    'drift 1/2 → 7/16': () => ({ drift: 7 / 16 }),
    'coupling 1/2 → 7/16': () => ({ coupling: 7 / 16 }),
    'curvature 1 → 7/8': () => ({ curvature: 7 / 8 }),
  }),
  ...violated(meanDeviation, {
    'two 27/16 less 2⁻⁴⁰': ({ two }) => ({ two: two * less }),
    'wrong 27/32 less 2⁻⁴⁰': ({ wrong }) => ({ wrong: wrong * less }),
    'shape 4 less 2⁻⁴⁰': ({ shape }) => ({ shape: shape * less }),
    // Attained only in the limit of many values.
    'close 108 → 109': ({ close }) => ({ close: close + 1 }),
  }),
  ...violated(noiseCoefficient, {
    '0.99 of the limit for large B': () => ({ limitOf: ({ name, limit }) => (name === 'B = 2' ? 1 : 0.99) * limit }),
    'B = 4 in place of 2': ({ series }) => ({ series: series.map((entry) => ({ ...entry, miniBatch: 4 })) }),
    '0.99 of the limit for B = 2': () => ({ limitOf: ({ name, limit }) => (name === 'B = 2' ? 0.99 : 1) * limit }),
  }),
];
