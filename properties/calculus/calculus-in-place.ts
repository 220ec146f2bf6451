import type { Judgement } from '../../src/claims/judges/judgement.js';
import { showVector } from '../../src/claims/judges/precision.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

const operators = ['prox', 'residual', 'dividedResidual', 'gradient'] as const;

const identical = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => Object.is(value, b[i]));

function judge({ implementation, specification, step, points }: FamilyPoint): Judgement {
  const y = points[0]!;
  const fn = implementation.functionOf!(specification);
  const failures: string[] = [];
  for (const operator of operators) {
    const call = (input: Float64Array, out?: Float64Array): Float64Array | undefined =>
      operator === 'gradient' ? fn.gradient?.(input, out) : fn[operator](input, step, out);
    const input = y.slice();
    const fresh = call(input);
    if (fresh === undefined) continue;
    const out = new Float64Array(y.length).fill(Number.NaN);
    const returned = call(input, out);
    if (returned !== out || !identical(out, fresh)) failures.push(`${operator} into out is ${showVector(out)}`);
    if (!identical(input, y)) failures.push(`${operator} leaves ${showVector(input)} in its input`);
    if (!identical(call(input, input)!, fresh)) failures.push(`${operator} in place is ${showVector(input)}`);
  }
  return {
    ratio: failures.length === 0 ? 0 : Number.POSITIVE_INFINITY,
    explanation: () => `γ = ${step}, y = ${showVector(y)}: ${failures.join('; ')}`,
  };
}

/** Every operator of the library writes where it is told, in place too, and nowhere else: iterations reuse their vectors. */
export const claim = propertyClaim({
  id: 'calculus-in-place',
  version: 1,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement:
    'prox, residuals and gradient give the same bits in a new vector, in `out` and in place, and do not change their input',
  method: 'three calls per operator compared bit for bit, for every function, wrapper and γ',
  requires: { referenceOnly: true },
  success: 'proved-exactly',
  parts: (implementation, budget) => familyParts(implementation, budget, { accepts: () => true, judge }),
});
