import test from 'ava';
import fc from 'fast-check';
import { definedMutants, type FunctionMutant, plantDefect } from '../../src/claims/implementation/planted-defect.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { dyadic, smallDimension } from '../../src/judging/arbitraries/dyadic.js';
import { functionSpecification, generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofFormula, showVector } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { ConjugateFunction, ProximableFunction } from '../../src/reference/functions/index.js';

/** Functions whose prox and residual need additions only, so that dyadic data give dyadic results without rounding. */
const exactTypes = ['zero', 'linear', 'l1', 'hinge', 'box', 'nonnegative', 'linf-ball', 'l0'];

const dyadicCase = (type: string): fc.Arbitrary<ProxCase> =>
  smallDimension(3).chain((n) =>
    fc.record({
      specification: functionSpecification(type, n),
      step: fc.constantFrom(0.25, 0.5, 1, 2, 4),
      y: fc.array(dyadic(), { minLength: n, maxLength: n }).map((entries) => Float64Array.from(entries)),
    }),
  );

/** prox_{γr}(y) + ρ(y) = y and γ·(ρ(y)/γ) = ρ(y), to an error: three formulas of their own, which the algorithms use. */
function judgeResiduals(fn: ProximableFunction, { step, y }: ProxCase, error: number): Judgement {
  const [u, residual, divided] = [fn.prox(y, step), fn.residual(y, step), fn.dividedResidual(y, step)];
  const [sum, product] = [u.map((value, i) => value + residual[i]!), divided.map((value) => step * value)];
  return worstOf([
    judgeVector('prox + residual', sum, y, () => error),
    judgeVector('γ times the divided residual', product, residual, () => error),
  ]);
}

/** The value at a point that rounding may have put outside of the domain. */
const valueNear = ({ value, violation, finiteValue }: ConjugateFunction, u: Float64Array): number =>
  (violation?.(u) ?? 0) > 0 ? finiteValue!(u) : value(u);

/** r(u) + r*(p) = ⟨u, p⟩ at u = prox_{γr}(y), p = (y − u)/γ: no minimiser shows a constant that is added to a value. */
function judgeConjugate(fn: ProximableFunction, { step, y }: ProxCase, error: number): Judgement {
  if (fn.conjugate === undefined || !fn.convex) return { ratio: 0 };
  const u = fn.prox(y, step);
  const p = y.map((value, i) => (value - u[i]!) / step);
  const [value, dual] = [valueNear(fn, u), valueNear(fn.conjugate(), p)];
  let gap = value + dual;
  let size = Math.abs(value) + Math.abs(dual);
  for (let i = 0; i < u.length; i++) {
    gap -= u[i]! * p[i]!;
    size += Math.abs(u[i]! * p[i]!) + Math.abs(u[i]!) + step * Math.abs(p[i]!) + 1;
  }
  // Errors of u and of γp are the same; both values move by their slopes times them.
  const slopes = step * (1 + maximumNorm(p) + maximumNorm(u) / step) * u.length;
  return {
    ratio: Math.abs(gap) / ((error / step) * (size + slopes)),
    explanation: () => `r(u) + r*(p) − ⟨u, p⟩ = ${gap} at u = ${showVector(u)}, p = ${showVector(p)}`,
  };
}

/** prox_{γr}(y)_i = prox_{γr_i}(y_i) for the functions of single coordinates that a separable function says it is the sum of. */
function judgeCoordinates(fn: ProximableFunction, { step, y }: ProxCase, error: number): Judgement {
  if (fn.coordinate === undefined || !fn.convex) return { ratio: 0 };
  const single = y.map((value, i) => fn.coordinate!(i).prox(Float64Array.of(value), step)[0]!);
  return judgeVector('prox coordinate by coordinate', single, fn.prox(y, step), () => error);
}

const operators = ['prox', 'residual', 'dividedResidual', 'gradient'] as const;

const identical = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => Object.is(value, b[i]));

/** The same bits in a new vector, in `out` and in place, and an input that stays as it is: iterations reuse their vectors. */
function judgeInPlace(fn: ProximableFunction, { step, y }: ProxCase): Judgement {
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
  return { ratio: failures.length === 0 ? 0 : Number.POSITIVE_INFINITY, explanation: () => failures.join('; ') };
}

/** All forms of the functions of a library in this process agree with its prox. */
const forms = propertyClaim({
  id: 'function-forms',
  version: 1,
  source: { section: '2.1', equation: 'Definition 1' },
  statement: 'the prox, its residuals and the gradient agree in all their forms',
  method: 'to the last bit on dyadic data and in place, and within rounding',
  requires: {},
  success: 'holds',
  parts: ({ description: { functions }, functionOf }) => [
    ...exactTypes
      .filter((type) => functions.includes(type))
      .map((type) =>
        propertyPart<ProxCase>({
          name: `${type}, exactly`,
          arbitrary: dyadicCase(type),
          judge: (input) => judgeResiduals(functionOf!(input.specification), input, 0),
        }),
      ),
    ...generatableTypes(functions).map((type) =>
      propertyPart<ProxCase>({
        name: type,
        arbitrary: proxCase(type, functions),
        judge(input) {
          const fn = functionOf!(input.specification);
          const { step, y, specification } = input;
          const size = maximumNorm(y) + (1 + step) * nestedMagnitude(specification);
          // Both sides are closed forms, or sums and sorts that the two forms of one function share.
          const error = ofFormula * Math.max(2 ** -53, fn.accuracy ?? 0) * size;
          const judges = [judgeResiduals, judgeConjugate, judgeCoordinates];
          return worstOf([judgeInPlace(fn, input), ...judges.map((judge) => judge(fn, input, error))]);
        },
      }),
    ),
  ],
});

test('all forms of every function of the library agree, alone and in wrappers', async (t) => {
  for (const seed of ['1', '2', '3']) {
    const { verdict, worst, reason } = await forms.check(reference, quickBudget(seed, 'standard'));
    t.is(verdict, 'holds', `${reason}: ${worst?.explanation}`);
  }
});

/** What no prox, value, gradient or residual shows. */
const others: readonly FunctionMutant[] = [
  {
    ...{ name: 'entropy-conjugate-shifted', type: 'entropy', description: 'r* + 2⁻¹⁰' },
    change: (honest) => ({
      conjugate() {
        const { value, ...rest } = honest.conjugate!();
        return { ...rest, value: (p) => value(p) + 2 ** -10 };
      },
    }),
  },
  {
    ...{ name: 'quadratic-first-coordinate', type: 'quadratic', description: 'every r_i is r_0' },
    change: (honest) => ({ coordinate: () => honest.coordinate!(0) }),
  },
];

for (const mutant of [...definedMutants().filter((form) => 'ofForms' in form), ...others]) {
  test(`${mutant.name} is found by them`, async (t) => {
    for (const seed of ['1', '2', '3']) {
      t.is((await forms.check(plantDefect(mutant, [mutant.type]), quickBudget(seed))).verdict, 'violated', seed);
    }
  });
}
