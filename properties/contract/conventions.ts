import type { Claim } from '../../src/claims/claim.js';
import type { Finding } from '../../src/claims/evidence.js';
import { describeConventions, detectConventions } from '../../src/claims/implementation/detect-conventions.js';
import { withinRestrictions } from '../../src/claims/implementation/within-restrictions.js';
import { describeMemories } from '../../src/claims/properties/memory-conventions.js';
import { loadStatefulClaims } from '../algorithms/stateful-claims.js';

/**
 * What the paper leaves open: the value of sgn at exactly 0 (one bit cannot carry it), the outcome of a tie, and what definitions often
 * disagree about, the ½ in squared norms, the first memory of a momentum and the place of a decay. Told, never failed: whether it matters, other claims decide.
 */
export const claim: Claim = {
  id: 'conventions',
  version: 2,
  source: { section: '1', equation: 'sgn(0), ties, ½' },
  statement: 'sgn(0), ties, the ½ in squared norms and the first momentum follow some convention',
  method:
    'one question each whose answer differs between the conventions, short runs for memories; a sign is asked for 36 times',
  requires: {},
  expected: ['illustrated'],
  async check(implementation): Promise<Finding> {
    const memories = (await loadStatefulClaims()).map(({ memory }) => memory);
    const words = {
      ...describeConventions(await detectConventions(implementation)),
      ...(await describeMemories(withinRestrictions(implementation), memories)),
    };
    const { signOfZero } = implementation.description.conventions;
    const told = Object.entries(words).map(([name, value]) => {
      const otherwise = name === 'sgn(0)' && value !== signOfZero ? ` (declared ${signOfZero})` : '';
      return `${name}: ${value}${otherwise}`;
    });
    return {
      verdict: told.length > 0 ? 'illustrated' : 'not-applicable',
      reason: told.length > 0 ? told.join('; ') : 'nothing that it offers depends on one of them',
      cases: told.length,
      measured: words,
    };
  },
};
