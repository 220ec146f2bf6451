import fc from 'fast-check';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import type { Restrictions } from '../../src/claims/implementation/restrictions.js';
import { askable } from '../../src/judging/arbitraries/basic-functions.js';
import { dyadic, smallDimension, stepCategory, stepSize } from '../../src/judging/arbitraries/dyadic.js';
import { components, generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { isMember } from '../../src/judging/arbitraries/points.js';
import { showInequality } from '../../src/judging/judges/distance.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { declaredPrecision, type FamilyPoint, familyParts } from '../../src/judging/parts/function-family.js';
import { directFunctionTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type {
  FunctionSpecification,
  ProximableFunction,
} from '../../src/reference/functions/definition/proximable-function.js';
import {
  parseOnce,
  proximalAverage,
  registry,
  type Symmetry,
  specificationOf,
} from '../../src/reference/functions/index.js';

/** Whether y is in the set, and a small step leads out of it. */
function isOnBoundary(target: ProximableFunction, y: Float64Array): boolean {
  if (!isMember(y, target)) return false;
  const size = 2 ** -18 * (1 + maximumNorm(y));
  return Array.from(y.keys()).some((k) =>
    [size, -size].some(
      (by) =>
        !isMember(
          y.map((value, i) => (i === k ? value + by : value)),
          target,
        ),
    ),
  );
}

async function judgeSet({
  implementation,
  specification,
  target,
  step,
  points,
  prox,
  error,
}: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const u = await prox(y);
  const rounding = error(y);
  const outside = target.violation!(u);
  const again = await prox(askable(specification, u));
  const judgements = [
    { ratio: outside / (rounding * u.length), explanation: () => `P(y) = [${u}] lies ${outside} outside, y = [${y}]` },
    judgeVector('P(P(y))', again, u, () => rounding),
  ];
  // Several points of a set that is not convex may be nearest, and each call may return another.
  if (target.convex) {
    const elsewhere = (
      await implementation.ask({ method: 'prox', function: specification, step: step + 1, x: y.slice() })
    ).x;
    judgements.push(judgeVector('P(y) at another step', elsewhere, u, () => rounding));
  }
  if (target.violation!(y) === 0) judgements.push(judgeVector('P(y) for y in the set', u, y, () => rounding));
  return worstOf(judgements);
}

/** The prox of the indicator of a set is the projection onto it, for every γ. */
export const proxSetsClaim = propertyClaim({
  id: 'prox-sets',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement:
    'the prox of an indicator is in the set, fixes the points of the set, and does not depend on γ if the set is convex',
  method: 'points inside, on the boundary and outside; projected twice and at two steps',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ indicator }) => indicator,
      mustReach: ['on the boundary'],
      classify: (target, { points }) => (isOnBoundary(target, points[0]!) ? ['on the boundary'] : []),
      judge: judgeSet,
    }),
});

/** A specification with infinite bounds as the numbers that generators give: in JSON they are strings, which only a protocol reads. */
const withInfinities = (specification: FunctionSpecification): FunctionSpecification =>
  JSON.parse(JSON.stringify(specification), (_, value: unknown) =>
    value === 'Infinity' || value === '-Infinity' ? Number(value) : value,
  ) as FunctionSpecification;

async function judgeSeparable({ implementation, target, step, points, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const whole = await prox(y);
  const single = new Float64Array(y.length);
  for (let i = 0; i < y.length; i++) {
    const coordinate = withInfinities(specificationOf(target.coordinate!(i)));
    single[i] = (await implementation.ask({ method: 'prox', function: coordinate, step, x: Float64Array.of(y[i]!) }))
      .x[0]!;
  }
  return judgeVector('prox coordinate by coordinate', whole, single, () => error(y));
}

/** The prox of a sum of functions of single coordinates takes each coordinate by itself. */
export const proxSeparableClaim = propertyClaim({
  id: 'prox-separable',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox_{γr}(y)_i = prox_{γr_i}(y_i) for r(u) = Σr_i(u_i), for every separable function, wrapper and γ',
  method: 'one call with the vector compared with one call for each coordinate',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: ({ separable }) => separable,
      dimension: fc.integer({ min: 2, max: 4 }),
      judge: judgeSeparable,
    }),
});

/** A map T of vectors with prox(Ty) = T prox(y). */
type Isometry = (y: Float64Array) => Float64Array;

const reversed: Isometry = (y) => y.slice().reverse();
const rotated: Isometry = (y) => y.map((_, i) => y[(i + 1) % y.length]!);
const negated: Isometry = (y) => y.map((value) => -value);
const firstNegated: Isometry = (y) => y.map((value, i) => (i === 0 ? -value : value));
const shifted: Isometry = (y) => y.map((value) => value + 0.75);
const tailReversed: Isometry = (y) => Float64Array.of(y[0]!, ...y.slice(1).reverse());
const tailNegated: Isometry = (y) => y.map((value, i) => (i === 0 ? value : -value));
/** The conjugate of every complex number. */
const conjugated: Isometry = (y) => y.map((value, i) => (i % 2 === 0 ? value : -value));
/** Every complex number times i, the last one times −1 where it is real. */
const turned: Isometry = (y) => y.map((value, i) => (i % 2 === 1 ? y[i - 1]! : i + 1 < y.length ? -y[i + 1]! : -value));

/** What is tried of each symmetry, by what it makes of y. */
const isometries: Readonly<Record<Symmetry, Readonly<Record<string, Isometry>>>> = {
  permutations: { reversed, rotated },
  signs: { negated, 'negated in the first coordinate': firstNegated },
  shifts: { shifted },
  reversal: { reversed },
  negation: { negated },
  'of-the-tail': { 'tail reversed': tailReversed, 'tail negated': tailNegated },
  conjugation: { conjugated },
  turns: { turned },
};

/** The isometries under which functions of the type are invariant. */
const isometriesOf = (type: string): [name: string, isometry: Isometry][] =>
  (registry.get(type)!.definition.symmetries ?? []).flatMap((symmetry) => Object.entries(isometries[symmetry]));

/** Wrappers that leave permutations and signs symmetries. */
const wrappers = [undefined, 'scaled', 'moreau-envelope', 'conjugate'];

async function judgeSymmetry({ specification, points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const inner = (specification['inner'] as { readonly type: string } | undefined)?.type;
  const u = await prox(y);
  const judgements: Judgement[] = [{ ratio: 0 }];
  for (const [name, isometry] of isometriesOf(inner ?? specification.type)) {
    // A conjugate is not invariant under shifts.
    if (specification.type === 'conjugate' && isometry === shifted) continue;
    const image = isometry(y);
    const rounding = error(y) + error(image);
    judgements.push(judgeVector(`prox of y ${name} at γ = ${step}`, await prox(image), isometry(u), () => rounding));
  }
  return worstOf(judgements);
}

/** A symmetry of r, an isometry T with r(Tu) = r(u), is one of its prox: prox(Ty) = T prox(y). */
export const proxSymmetriesClaim = propertyClaim({
  id: 'prox-symmetries',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox(Ty) = T prox(y) for permutations, sign changes and shifts T that leave r invariant',
  method: 'two calls of the implementation with a vector and its image',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: (_traits, wrapper, type) => isometriesOf(type).length > 0 && wrappers.includes(wrapper),
      dimension: fc.integer({ min: 2, max: 4 }),
      judge: judgeSymmetry,
    }),
});

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
    const u = (
      await implementation.ask({ method: 'prox', function: input.functions[k]!, step: input.step, x: x.slice() })
    ).x;
    for (let i = 0; i < mean.length; i++) mean[i]! += probability * u[i]!;
  }
  return mean;
}

async function judgeMixed(implementation: Implementation, input: MixedCase): Promise<Judgement> {
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
export const proxAverageMixedClaim = propertyClaim({
  id: 'prox-average-mixed',
  version: 1,
  source: { section: '2.1', equation: '(8), (9)' },
  statement: 'Σθ_k prox_{γr_k} is the prox of the proximal average of the r_k, for any mix of kinds of functions',
  method: 'the variational inequality between points of the range, at which the envelopes of the components give r',
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
        judge: (input) => judgeMixed(implementation, input),
      }),
    ];
  },
});
