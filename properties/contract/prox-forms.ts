import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { declaredPrecision } from '../../src/judging/parts/function-family.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { parseOnce } from '../../src/reference/functions/index.js';

/** Forms in which x is a matrix. A coupled function may take all entries, each row or each column of one, or vectors alone: it is not asked. */
const matrices: readonly string[] = ['column', 'row', 'batch'];

/** The form in which the result replaces x. */
const aliased = 'aliased';

/** The form in which x has integers. */
const integer = 'integer';

/** A prox in some form; undefined if it is refused. */
async function answerIn(
  implementation: Implementation,
  { specification, step }: ProxCase,
  x: Float64Array,
  form: string,
): Promise<Float64Array | undefined> {
  try {
    return await implementation.prox(specification, step, x, form);
  } catch (error) {
    // Who refuses a form is not wrong in it. A result of another shape is.
    const isRefused =
      error instanceof UnsupportedError || (error instanceof ImplementationError && error.kind === 'error');
    if (isRefused) return undefined;
    throw error;
  }
}

async function judge(implementation: Implementation, form: string, input: ProxCase): Promise<Judgement> {
  const { specification, step } = input;
  const y = form === integer ? input.y.map((value) => Math.round(2 * value)) : input.y;
  const target = parseOnce(specification);
  if (matrices.includes(form) && target.coordinate === undefined) return { ratio: 0 };
  const right = await implementation.prox(specification, step, y.slice());
  const x = y.slice();
  const u = await answerIn(implementation, input, x, form);
  if (u === undefined) return { ratio: 0 };
  // Both are right to their precision, and need not agree in the last digits: sums of a view have another order.
  const precision = Math.max(declaredPrecision(implementation, specification), target.accuracy ?? 0);
  const error = 2 * ofAnything * precision * (maximumNorm(y) + (1 + step) * nestedMagnitude(specification));
  const judgements = [judgeVector(`prox_{γr}(y), ${form}`, u, right, () => error)];
  if (implementation.description.inPlace === true) {
    judgements.push(form === aliased ? judgeSame('x after prox', x, u) : judgeSame('y after prox', x, y));
  }
  const worst = worstOf(judgements);
  return form === integer ? { ...worst, extreme: 'an array of integers' } : worst;
}

/** Cases of a function in each form. */
const runs = 8;

/** What holds an array says nothing about its numbers: the result is that of the plain call. */
export const claim = propertyClaim({
  id: 'prox-forms',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'a prox has the same result in every form in which x or its place may be given, and the shape of x',
  method:
    'each declared form of a call beside the plain one, to rounding; an array of integers that loses digits counts as extreme; matrices in place of vectors for separable functions',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation) => {
    const { functions, restrictions, forms = [] } = implementation.description;
    const types = generatableTypes(functions, restrictions).filter((type) => !isBuiltOfFunctions(type));
    return types.flatMap((type) =>
      forms.map((form) =>
        propertyPart<ProxCase>({
          name: `${type}, ${form}`,
          arbitrary: proxCase(type, functions, restrictions),
          runs,
          judge: (input) => judge(implementation, form, input),
        }),
      ),
    );
  },
});
