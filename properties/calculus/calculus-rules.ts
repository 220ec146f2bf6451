import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { judgeProximalPoint, type ProximalClaim } from '../../src/claims/judges/proximal-optimality.js';
import { type FamilyPoint, familyParts, worstAnswered } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { registry } from '../../src/reference/functions/index.js';

/** Minimisers of a non-convex function may tie, and then rounding chooses: each of the two must be one. */
function judgeTies(claimed: Omit<ProximalClaim, 'u'>, u: Float64Array, ruled: Float64Array): Judgement {
  return worstOf([
    judgeProximalPoint({ ...claimed, u, rival: ruled }),
    judgeProximalPoint({ ...claimed, u: ruled, rival: u }),
  ]);
}

async function judge({
  implementation,
  specification,
  target,
  step,
  points,
  precision,
  magnitude,
  prox,
  error,
}: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const base = (inner: FunctionSpecification, at: number, point: Float64Array): Promise<Float64Array> =>
    implementation.prox(inner, at, point.slice());
  const { definition } = registry.get(specification.type)!;
  // Intermediate points may be larger than y by the factors of the wrapper.
  const rounding = 2 * error(y) * (specification.type === 'precomposed' ? magnitude : 1);
  const [u, ruled] = [await prox(y), await definition.rule!(specification, step, y, base)];
  if (!target.convex) return judgeTies({ target, step, y, precision, magnitude }, u, ruled);
  const judgement = judgeVector(`prox of ${specification.type}`, u, ruled, () => rounding);
  if (specification.type !== 'conjugate') return judgement;
  const judgeTwice = async (): Promise<Judgement> => {
    const twice = { type: 'conjugate', inner: specification };
    const own = await base(specification['inner'] as FunctionSpecification, step, y);
    return judgeVector('prox of r**', await base(twice, step, y), own, () => 2 * error(y));
  };
  // Who conjugates no conjugate is judged by the rule.
  return worstAnswered([async () => judgement, judgeTwice]);
}

/**
 * What is done to a function does something known to its prox: the rules of Combettes and Pesquet (2011), table 10.1, which the definitions of the
 * wrappers have.
 */
export const claim = propertyClaim({
  id: 'calculus-rules',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'scaling, translating, tilting, regularising, stretching, adding, conjugating, smoothing and transforming r change its prox by the rules of the calculus',
  method: 'two calls of the implementation: the wrapper, and its rule written out around the function inside; r** = r',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: (_traits, wrapper) => wrapper !== undefined, judge }),
});
