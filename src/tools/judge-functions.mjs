import { judges, claim as matrix, typesFor } from '../../dist/properties/mutants/kill-matrix.js';
import { definedMutants } from '../../dist/src/claims/implementation/planted-defect.js';
import { reference } from '../../dist/src/claims/implementation/reference.js';
import { inapplicable } from '../../dist/src/claims/run-claims.js';
import { createBudget } from '../../dist/src/library/budget.js';

/** The reference with these functions alone. */
function withFunctions(functions) {
  const nothingElse = { smooth: [], algorithms: [], statefulAlgorithms: [], shapes: [] };
  return { ...reference, description: { ...reference.description, ...nothingElse, functions } };
}

/**
 * Judges a function of the reference by the claims about functions, and tries on these claims each error that its
 * definition plants.
 * @param {string} type
 * @returns what is wrong, in sentences
 */
export async function wrongInFunction(type) {
  const budget = createBudget({ depth: 'quick', seed: '1' });
  const wrong = [];
  let judged = 0;
  for (const claim of judges) {
    const implementation = withFunctions(typesFor(type));
    if (inapplicable(claim, implementation) !== undefined) continue;
    const { verdict, reason, cases } = await claim.check(implementation, budget);
    if (cases > 0) judged++;
    if (verdict === 'violated') wrong.push(`${type}: ${claim.id}: ${reason}`);
  }
  const mutants = definedMutants().filter((mutant) => mutant.type === type && !('ofForms' in mutant));
  const { parts } = await matrix.with(() => ({ planted: () => mutants })).check(reference, budget);
  wrong.push(...parts.filter(({ verdict }) => verdict === 'violated').map(({ name, reason }) => `${name}: ${reason}`));
  await budget.executor.close();
  console.log(`${type}: judged by ${judged} claims, ${mutants.length} planted errors tried`);
  return wrong;
}
