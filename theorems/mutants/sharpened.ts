import { type ClaimMutant, type ClaimOf, violated } from '../../src/claims/claim-mutant.js';
import { claim as expectation1 } from '../proof-of-theorem-1/theorem-1-sharp-expectation.js';
import { claim as step1 } from '../proof-of-theorem-1/theorem-1-sharp-step.js';
import { claimWith as coupledStep } from '../proof-of-theorem-2/theorem-2-coupled-step.js';
import { claim as expectation2 } from '../proof-of-theorem-2/theorem-2-sharp-expectation.js';
import { claim as step2 } from '../proof-of-theorem-2/theorem-2-sharp-step.js';
import { claimWith as corollary } from '../theorem-1/corollary-fixed-objective.js';
import { claimWith as lastIterate } from '../theorem-1/theorem-1-sharp-last-iterate.js';
import { claimWith as meanDeviation } from '../theorem-2/mean-absolute-deviation.js';
import { claimWith as noiseCoefficient } from '../theorem-2/theorem-2-noise-coefficient.js';

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
  ...violated({
    'lower 2 → 7/4': corollary({ lower: 7 / 4, upper: 2, bias: 1 }),
    'upper 2 → 9/4': corollary({ lower: 2, upper: 9 / 4, bias: 1 }),
    'bias 1 → 1/2': corollary({ lower: 2, upper: 2, bias: 1 / 2 }),
  }),
  // Equality needs an r with a kink in its slope exactly at x̃: on generated instances only a larger change is seen.
  ...violated({ 'twice the gain': lastIterate(2) }),
  ...violated({
    'drift 1/2 → 7/16': coupledStep({ drift: 7 / 16, coupling: 1 / 2, curvature: 1 }),
    'coupling 1/2 → 7/16': coupledStep({ drift: 1 / 2, coupling: 7 / 16, curvature: 1 }),
    'curvature 1 → 7/8': coupledStep({ drift: 1 / 2, coupling: 1 / 2, curvature: 7 / 8 }),
  }),
  ...violated({
    'two 27/16 less 2⁻⁴⁰': meanDeviation({ two: (27 / 16) * less, wrong: 27 / 32, shape: 4 }),
    'wrong 27/32 less 2⁻⁴⁰': meanDeviation({ two: 27 / 16, wrong: (27 / 32) * less, shape: 4 }),
    'shape 4 less 2⁻⁴⁰': meanDeviation({ two: 27 / 16, wrong: 27 / 32, shape: 4 * less }),
  }),
  ...violated({
    '0.99 of the limit for B = T': noiseCoefficient(({ name, limit }) => (name === 'B = T' ? 0.99 : 1) * limit),
    '0.99 of the limit for B = 2': noiseCoefficient(({ name, limit }) => (name === 'B = 2' ? 0.99 : 1) * limit),
  }),
];
