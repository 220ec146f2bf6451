import fc from 'fast-check';
import { dyadic, smallDimension, stepCategory, stepSize } from '../../src/claims/arbitraries/dyadic.js';
import { components, generatableTypes } from '../../src/claims/arbitraries/function-specification.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { showInequality } from '../../src/claims/judges/distance.js';
import type { Judgement } from '../../src/claims/judges/judgement.js';
import { maximumNorm, ofAnything } from '../../src/claims/judges/precision.js';
import { nestedMagnitude } from '../../src/claims/judges/specification-size.js';
import { declaredPrecision } from '../../src/claims/properties/function-family.js';
import { directFunctionTypes } from '../../src/claims/properties/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseOnce, proximalAverage } from '../../src/reference/functions/index.js';

interface MixedCase {
  readonly functions: readonly FunctionSpecification[];
  readonly probabilities: readonly number[];
  readonly step: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function mixedCase(types: readonly string[], restrictions: Restrictions | undefined): fc.Arbitrary<MixedCase> {
  return smallDimension(3).chain((n) => {
    const point = fc.array(dyadic(), { minLength: n, maxLength: n }).map((entries) => Float64Array.from(entries));
    return fc
      .record({ parts: components(types, n, { maximum: 3, restrictions }), step: stepSize(), x: point, y: point })
      .map(({ parts, ...rest }) => ({ ...parts, ...rest }));
  });
}

/** Σθ_k prox_{γr_k}(x) of the implementation. */
async function meanOf(implementation: Implementation, input: MixedCase, x: Float64Array): Promise<Float64Array> {
  const mean = new Float64Array(x.length);
  for (const [k, probability] of input.probabilities.entries()) {
    if (probability === 0) continue;
    const u = await implementation.prox(input.functions[k]!, input.step, x.slice());
    for (let i = 0; i < mean.length; i++) mean[i]! += probability * u[i]!;
  }
  return mean;
}

async function judge(implementation: Implementation, input: MixedCase): Promise<Judgement> {
  const { functions, probabilities, step, x, y } = input;
  const average = proximalAverage({ functions: functions.map(parseOnce), probabilities, step });
  const [px, py] = [await meanOf(implementation, input, x), await meanOf(implementation, input, y)];
  // r at points of the range, from the envelopes of the components: nothing is inverted.
  const [rx, ry] = [average.valueAtPreimage(x), average.valueAtPreimage(y)];
  const magnitude = Math.max(...functions.map(nestedMagnitude));
  const size = maximumNorm(x) + maximumNorm(y) + (1 + step) * magnitude;
  const precision = Math.max(...functions.map((each) => declaredPrecision(implementation, each)));
  let pull = 0;
  let scale = step * (Math.abs(rx) + Math.abs(ry));
  for (let i = 0; i < x.length; i++) {
    pull += (x[i]! - px[i]!) * (py[i]! - px[i]!);
    scale += size * (Math.abs(x[i]! - px[i]!) + Math.abs(py[i]! - px[i]!) + 1);
  }
  const deficit = pull - step * (ry - rx);
  const ratio = deficit / (ofAnything * precision * scale);
  return {
    ratio,
    explanation: () =>
      `${showInequality('⟨x − Px, Py − Px⟩', 'γ(r(Py) − r(Px))', deficit, ratio)}, at γ = ${step}, x = [${x}], y = [${y}], r the proximal average`,
  };
}

/**
 * A convex combination of proxes of different kinds of functions is the prox of their proximal average: γ(r(Py) − r(Px)) ≥ ⟨x − Px, Py − Px⟩
 * for all x, y with r(Px) = (1/γ)[Σθ_k env_k(x) − ½‖x − Px‖²] (Bauschke, Goebel, Lucet, Wang 2008).
 */
export const claim = propertyClaim({
  id: 'prox-average-mixed',
  version: 1,
  source: { section: '2.1', equation: '(8), (9)' },
  statement: 'Σθ_k prox_{γr_k} is the prox of the proximal average of the r_k, for any mix of kinds of functions',
  method:
    'the variational inequality between points of the range, where r is known from the envelopes of the components',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation) => {
    const { functions, restrictions } = implementation.description;
    const types = generatableTypes(
      directFunctionTypes.filter((type) => functions.includes(type)),
      restrictions,
    );
    if (types.length === 0) return [];
    return [
      propertyPart<MixedCase>({
        name: 'mixed families',
        arbitrary: mixedCase(types, restrictions),
        classify: ({ functions, step }) => [
          ...stepCategory(step),
          ...(new Set(functions.map(({ type }) => type)).size > 1 ? ['several types'] : []),
        ],
        mustReach: ['step 0.1', 'step 0.7', 'step 1', 'step 3', ...(types.length > 1 ? ['several types'] : [])],
        judge: (input) => judge(implementation, input),
      }),
    ];
  },
});
