import fc from 'fast-check';
import { dyadic, smallDimension } from '../../src/claims/arbitraries/dyadic.js';
import { functionSpecification } from '../../src/claims/arbitraries/function-specification.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { ofAnything, ofFormula, showVector } from '../../src/claims/judges/precision.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { PropertyPart } from '../../src/claims/properties/property-part.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';

/** Functions whose prox and residual need additions only, so that dyadic data give dyadic results without rounding. */
const exactTypes = ['zero', 'linear', 'l1', 'hinge', 'box', 'nonnegative', 'linf-ball', 'l0'];

interface DyadicCase {
  readonly specification: FunctionSpecification;
  readonly step: number;
  readonly y: Float64Array;
}

function dyadicCase(type: string): fc.Arbitrary<DyadicCase> {
  return smallDimension(3).chain((n) =>
    fc.record({
      specification: functionSpecification(type, n),
      step: fc.constantFrom(0.25, 0.5, 1, 2, 4),
      y: fc.array(dyadic(), { minLength: n, maxLength: n }).map((entries) => Float64Array.from(entries)),
    }),
  );
}

const same = (name: string, actual: Float64Array, expected: Float64Array): Judgement => ({
  ratio: actual.every((value, i) => value === expected[i]) ? 0 : Number.POSITIVE_INFINITY,
  explanation: () => `${name}: ${showVector(actual)}, right is ${showVector(expected)} to the last bit`,
});

function exactParts(implementation: Implementation): PropertyPart[] {
  return exactTypes
    .filter((type) => implementation.description.functions.includes(type))
    .map((type) =>
      propertyPart<DyadicCase>({
        name: `${type}, exactly`,
        arbitrary: dyadicCase(type),
        judge({ specification, step, y }) {
          const fn = implementation.functionOf!(specification);
          const [u, residual, divided] = [fn.prox(y, step), fn.residual(y, step), fn.dividedResidual(y, step)];
          return worstOf([
            same(
              'prox + residual',
              u.map((value, i) => value + residual[i]!),
              y,
            ),
            same(
              'γ times the divided residual',
              divided.map((value) => step * value),
              residual,
            ),
          ]);
        },
      }),
    );
}

function judge({ implementation, specification, step, points, error }: FamilyPoint): Judgement {
  const y = points[0]!;
  const fn = implementation.functionOf!(specification);
  const [u, residual, divided] = [fn.prox(y, step), fn.residual(y, step), fn.dividedResidual(y, step)];
  // Both sides are closed forms, or sums and sorts that the two forms of one function share.
  const rounding = (ofFormula / ofAnything) * error(y);
  return worstOf([
    judgeVector(
      'prox + residual',
      u.map((value, i) => value + residual[i]!),
      y,
      () => rounding,
    ),
    judgeVector(
      'γ times the divided residual',
      divided.map((value) => step * value),
      residual,
      () => rounding,
    ),
  ]);
}

/** The forms without cancellation that the algorithms use are those of the definition: ρ(y) = y − prox_{γr}(y), and ρ(y)/γ. */
export const claim = propertyClaim({
  id: 'calculus-residuals',
  version: 1,
  source: { section: '2.1', equation: 'Definition 1' },
  statement: 'prox_{γr}(y) + ρ(y) = y and γ·(ρ(y)/γ) = ρ(y), without rounding if the results are dyadic',
  method:
    'three independent formulas per function: to the last bit on dyadic data, within rounding for every function, wrapper and γ',
  requires: { referenceOnly: true },
  success: 'holds',
  parts: (implementation, budget) => [
    ...exactParts(implementation),
    ...familyParts(implementation, budget, { accepts: () => true, judge }),
  ],
});
