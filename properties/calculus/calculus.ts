import fc from 'fast-check';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { dyadic, smallDimension } from '../../src/judging/arbitraries/dyadic.js';
import { functionSpecification } from '../../src/judging/arbitraries/function-specification.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything, ofFormula, showVector } from '../../src/judging/judges/precision.js';
import { judgeProximalPoint, type ProximalClaim } from '../../src/judging/judges/proximal-optimality.js';
import { type FamilyPoint, familyParts, worstAnswered } from '../../src/judging/parts/function-family.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { conjugate, registry } from '../../src/reference/functions/index.js';

async function judgeMoreau({
  target,
  step,
  points,
  precision,
  magnitude,
  normwise,
  prox,
}: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  // The conjugate's value is written out independently; its prox only brings rivals into its domain.
  return judgeProximalPoint({
    target: conjugate({ inner: target }),
    step: 1 / step,
    y: y.map((value) => value / step),
    u: y.map((value, i) => (value - u[i]!) / step),
    precision: 2 * precision,
    normwise,
    magnitude: Math.max(magnitude * (1 + 1 / step), ...u.map(Math.abs)),
  });
}

/**
 * Moreau's identity y = prox_{γr}(y) + γ prox_{(1/γ)r*}(y/γ), with r* written out from the literature and never derived from a prox: a dual
 * derived from the prox would make it a tautology.
 */
export const calculusMoreauClaim = propertyClaim({
  id: 'calculus-moreau',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: '(y − prox_{γr}(y))/γ = prox_{(1/γ)r*}(y/γ), for every function with a known conjugate, wrapper and γ',
  method: 'the difference is judged as a prox of r* by the variational inequality against the independent value of r*',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex, conjugate }) => convex && conjugate,
      judge: judgeMoreau,
    }),
});

async function judgeFenchelYoung({ target, step, points, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  const p = y.map((value, i) => (value - u[i]!) / step);
  const conjugate = target.conjugate!();
  const off = conjugate.violation?.(p) ?? 0;
  const value = (target.violation?.(u) ?? 0) > 0 ? target.finiteValue!(u) : target.value(u);
  const dual = off > 0 ? conjugate.finiteValue!(p) : conjugate.value(p);
  let gap = value + dual;
  let size = Math.abs(value) + Math.abs(dual);
  for (let i = 0; i < u.length; i++) {
    gap -= u[i]! * p[i]!;
    size += Math.abs(u[i]! * p[i]!) + Math.abs(u[i]!) + step * Math.abs(p[i]!) + 1;
  }
  // Errors of u and of γp are the same; both values move by their slopes times them.
  const rounding = error(y) / step;
  const largest = 1 + maximumNorm(p) + maximumNorm(u) / step;
  return worstOf([
    {
      ratio: Math.abs(gap) / (rounding * (size + step * largest * u.length)),
      explanation: () => `r(u) + r*(p) − ⟨u, p⟩ = ${gap} at γ = ${step}, y = [${y}], u = [${u}], p = [${p}]`,
    },
    {
      ratio: off / (rounding * u.length),
      explanation: () => `p = [${p}] lies ${off} outside the domain of r* at γ = ${step}, y = [${y}]`,
    },
  ]);
}

/** Fenchel–Young's inequality r(u) + r*(p) ≥ ⟨u, p⟩ is an equality exactly for p ∈ ∂r(u): at the prox, with p = (y − u)/γ. */
export const calculusFenchelYoungClaim = propertyClaim({
  id: 'calculus-fenchel-young',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'r(u) + r*(p) = ⟨u, p⟩ at u = prox_{γr}(y), p = (y − u)/γ, for every function with a known conjugate, wrapper and γ',
  method: 'both values are computed independently of the prox and of each other',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ convex, conjugate }) => convex && conjugate,
      judge: judgeFenchelYoung,
    }),
});

/** Minimisers of a non-convex function may tie, and then rounding chooses: each of the two must be one. */
function judgeTies(claimed: Omit<ProximalClaim, 'u'>, u: Float64Array, ruled: Float64Array): Judgement {
  return worstOf([
    judgeProximalPoint({ ...claimed, u, rival: ruled }),
    judgeProximalPoint({ ...claimed, u: ruled, rival: u }),
  ]);
}

async function judgeRule({
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
    implementation.ask({ method: 'prox', function: inner, step: at, x: point.slice() }).then(({ x }) => x);
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
export const calculusRulesClaim = propertyClaim({
  id: 'calculus-rules',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'scaling, translating, tilting, regularising, stretching, adding, conjugating, smoothing and transforming r change its prox by the rules of the calculus',
  method: 'two calls of the implementation: the wrapper, and its rule applied to the inner function; r** = r',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, { accepts: (_traits, wrapper) => wrapper !== undefined, judge: judgeRule }),
});

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

function judgeResidual({ implementation, specification, step, points, error }: FamilyPoint): Judgement {
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

/** The cancellation-free forms that the algorithms use agree with the definition: ρ(y) = y − prox_{γr}(y), and ρ(y)/γ. */
export const calculusResidualsClaim = propertyClaim({
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
    ...familyParts(implementation, budget, { accepts: () => true, judge: judgeResidual }),
  ],
});

const operators = ['prox', 'residual', 'dividedResidual', 'gradient'] as const;

const identical = (a: Float64Array, b: Float64Array): boolean => a.every((value, i) => Object.is(value, b[i]));

function judgeInPlace({ implementation, specification, step, points }: FamilyPoint): Judgement {
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
export const calculusInPlaceClaim = propertyClaim({
  id: 'calculus-in-place',
  version: 1,
  source: { section: '2.1', equation: 'Algorithms 1 and 2' },
  statement:
    'prox, residuals and gradient give the same bits in a new vector, in `out` and in place, and do not change their input',
  method: 'three calls per operator compared bit for bit, for every function, wrapper and γ',
  requires: { referenceOnly: true },
  success: 'proved-exactly',
  parts: (implementation, budget) => familyParts(implementation, budget, { accepts: () => true, judge: judgeInPlace }),
});
