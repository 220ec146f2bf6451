import fc from 'fast-check';
import type { Restrictions } from '../../claims/implementation/restrictions.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import { parseOnce, registry } from '../../reference/functions/index.js';
import { isShaped, isSymmetric, rectangles } from './basic-functions.js';
import { guaranteedSteps, positiveDyadic, smallDimension } from './dyadic.js';
import {
  canWrap,
  functionSpecification,
  lengthFor,
  wrappedSpecification,
  wrapperTypes,
} from './function-specification.js';
import { type PointKind, type PointRecipe, pointKinds, pointRecipe, pointRecipeOf, resolvePoint } from './points.js';

/** Points for one step. */
export interface PlacedPoints {
  readonly step: number;
  readonly points: readonly Float64Array[];
}

/** One function, alone or inside of a wrapper, at several steps, with points placed anew for each. */
export interface FamilyCase {
  readonly specification: FunctionSpecification;
  readonly placed: readonly PlacedPoints[];
}

/** Traits of the inner function that a wrapper keeps. */
export interface FamilyTraits {
  readonly convex: boolean;
  readonly separable: boolean;
  readonly smooth: boolean;
  readonly conjugate: boolean;
  readonly indicator: boolean;
}

/** Traits of the function of a basic type inside of the wrapper, or alone. */
function traitsOf(type: string, wrapper?: string): FamilyTraits {
  const own = registry.get(type)!.definition.traits;
  const outer = wrapper === undefined ? own : registry.get(wrapper)!.definition.traits;
  const has = (trait: keyof FamilyTraits): boolean =>
    (outer[trait] === 'inherited' ? own[trait] : outer[trait]) === 'yes';
  return {
    convex: has('convex'),
    separable: has('separable'),
    smooth: has('smooth'),
    conjugate: has('conjugate'),
    indicator: has('indicator'),
  };
}

export interface FamilyOptions {
  /** Types that the implementation offers. */
  readonly known: readonly string[];
  readonly restrictions?: Restrictions | undefined;
  /** Points of each case; the first one is placed deliberately. */
  readonly count: number;
  /** Length of the vectors; `smallDimension` by default, with cases of length 1 of their own. */
  readonly dimension?: fc.Arbitrary<number>;
  /** Whether to draw a function with these traits: inside the wrapper, or alone if `wrapper` is undefined. */
  accepts(traits: FamilyTraits, wrapper: string | undefined): boolean;
  /** Steps of each case: all guaranteed ones and another, or only one of them for slow implementations. */
  readonly steps: 'all' | 'one';
}

/** Wrappers in which a function of the type is allowed, and `undefined` for the function alone. */
export function wrappersFor(type: string, { known, restrictions, accepts }: FamilyOptions): (string | undefined)[] {
  const wrappers = wrapperTypes.filter((wrapper) => known.includes(wrapper) && canWrap(wrapper, type, restrictions));
  return [undefined, ...wrappers].filter((wrapper) => accepts(traitsOf(type, wrapper), wrapper));
}

/** The guaranteed steps, and those of the ties of a type: what jumps may do so in another way at large steps. */
function ownSteps(type: string): readonly number[] {
  const vectors = registry.get(type)!.definition.vectors ?? [];
  return [...new Set([...guaranteedSteps, ...vectors.flatMap(({ tieStep }) => tieStep ?? [])])];
}

function stepsOf(type: string, steps: FamilyOptions['steps']): fc.Arbitrary<number[]> {
  return steps === 'all'
    ? positiveDyadic().map((other) => [...ownSteps(type), other])
    : fc.constantFrom(...ownSteps(type)).map((step) => [step]);
}

/** Cases of one function, or wrapped, at points of one kind, or of all kinds mixed. */
function stratum(
  type: string,
  wrapper: string | undefined,
  kind: PointKind | undefined,
  dimension: fc.Arbitrary<number>,
  { known, restrictions, count, steps }: FamilyOptions,
  given: { readonly shape?: readonly number[] } = {},
): fc.Arbitrary<FamilyCase> {
  const own = (n: number): fc.Arbitrary<FunctionSpecification> =>
    functionSpecification(type, n, known, restrictions).map((specification) => ({ ...specification, ...given }));
  return dimension.chain((n) =>
    fc
      .record({
        specification: wrapper === undefined ? own(n) : wrappedSpecification(wrapper, n, own, restrictions),
        first: kind === undefined ? pointRecipe(n) : pointRecipeOf(kind, n),
        others: fc.array(pointRecipe(n), { minLength: count - 1, maxLength: count - 1 }),
        steps: stepsOf(type, steps),
      })
      .map(({ specification, first, others, steps }) => {
        const target = parseOnce(specification);
        const recipes: PointRecipe[] = [first, ...others];
        return {
          specification,
          placed: steps.map((step) => ({ step, points: recipes.map((recipe) => resolvePoint(recipe, target, step)) })),
        };
      }),
  );
}

/** Shapes of matrices beside those of short vectors. */
const shapesOf = (type: string): typeof rectangles => (isSymmetric(type) ? [[3, 3]] : rectangles);

/** Where points are for rectangles: in a set of matrices too. */
const kindsOfRectangles = (type: string): readonly PointKind[] =>
  registry.get(type)!.definition.traits.indicator === 'yes' ? ['anywhere', 'domain'] : ['anywhere'];

/**
 * The cross product for one basic type, a stratum each so that every one is met: the function alone at every kind of point and for n = 1,
 * inside of every wrapper, and one of matrices at a wide and a tall one.
 */
export function functionFamily(type: string, options: FamilyOptions): fc.Arbitrary<FamilyCase>[] {
  const lengths = (usual: fc.Arbitrary<number>): fc.Arbitrary<number> =>
    (options.dimension ?? usual).map((n) => lengthFor(type, n, options.known));
  const several = lengths(fc.integer({ min: 2, max: 4 }));
  const any = lengths(smallDimension(3));
  const shapes = options.dimension === undefined && isShaped(type) ? shapesOf(type) : [];
  return wrappersFor(type, options).flatMap((wrapper) =>
    wrapper === undefined
      ? [
          ...shapes.flatMap((shape) =>
            kindsOfRectangles(type).map((kind) =>
              stratum(type, undefined, kind, fc.constant(shape[0] * shape[1]), options, { shape }),
            ),
          ),
          ...pointKinds.map((kind) => stratum(type, undefined, kind, several, options)),
          stratum(type, undefined, undefined, lengths(fc.constant(1)), options),
        ]
      : [stratum(type, wrapper, undefined, any, options)],
  );
}
