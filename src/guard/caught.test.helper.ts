import type { Claim } from '../claims/claim.js';
import type { Evidence } from '../claims/evidence.js';
import type { Implementation } from '../claims/implementation/implementation.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';

/**
 * What a claim finds at a mutant: its first counterexample, which is enough to kill. Where none ends the check early, it is made in full,
 * because only that goes on until every category was reached.
 */
export async function caught(claim: Claim, mutant: Implementation, seed = '1'): Promise<Evidence> {
  const judge = async (verdictOnly: boolean): Promise<Evidence> => {
    const [checked] = await runClaims([claim], mutant, { ...quickBudget(seed), verdictOnly });
    return checked!.evidence;
  };
  const first = await judge(true);
  return first.verdict === 'violated' ? first : judge(false);
}
