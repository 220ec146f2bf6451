import type fc from 'fast-check';
import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import { declaredPrecision } from '../../src/judging/judges/declared-accuracy.js';
import { type Judgement, judgeVector, worstOf } from '../../src/judging/judges/judgement.js';
import { maximumNorm, ofAnything } from '../../src/judging/judges/precision.js';
import { nestedMagnitude } from '../../src/judging/judges/specification-size.js';
import { judgeKept, judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import { joinedPoints, type Layout, pointsOf } from '../../src/reference/algorithms/layout.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseOnce, registry } from '../../src/reference/functions/index.js';

/** The form in which the result replaces x. */
const aliased = 'aliased';

/** The form in which x has integers. */
const integer = 'integer';

/** A prox in some form or layout; undefined if it is refused. */
async function answerIn(
  implementation: Implementation,
  { specification, step }: ProxCase,
  x: Float64Array,
  { form, layout }: { readonly form?: string; readonly layout?: Layout },
): Promise<Float64Array | undefined> {
  try {
    return (await implementation.ask({ method: 'prox', function: specification, step, x, form, ...layout })).x;
  } catch (error) {
    // Who refuses a form is not wrong in it. A result of another shape is.
    const isRefused =
      error instanceof UnsupportedError || (error instanceof ImplementationError && error.kind === 'error');
    if (isRefused) return undefined;
    throw error;
  }
}

/**
 * How far two answers to one question may be apart. Both are right to their precision, and need not agree in the last digits: a library adds up the
 * entries of a view, or of a row of many, in another order.
 */
function allowedBetween(implementation: Implementation, { specification, step, y }: ProxCase): number {
  const precision = Math.max(declaredPrecision(implementation, specification), parseOnce(specification).accuracy ?? 0);
  return 2 * ofAnything * precision * (maximumNorm(y) + (1 + step) * nestedMagnitude(specification));
}

async function judgeForm(implementation: Implementation, form: string, input: ProxCase): Promise<Judgement> {
  const { specification, step, y } = input;
  // A case that was made simpler may have other numbers, which no array of integers holds.
  if (form === integer && !y.every(Number.isInteger)) return { ratio: 0 };
  const right = (await implementation.ask({ method: 'prox', function: specification, step, x: y.slice() })).x;
  const x = y.slice();
  const u = await answerIn(implementation, input, x, { form });
  if (u === undefined) return { ratio: 0 };
  const error = allowedBetween(implementation, input);
  const judgements = [judgeVector(`prox_{γr}(y), ${form}`, u, right, () => error)];
  if (implementation.description.inPlace === true) {
    judgements.push(form === aliased ? judgeSame('x after prox', x, u) : judgeKept('y', x, y));
  }
  return worstOf(judgements);
}

/** The points as integers, about as far apart as they were. */
const whole = (points: fc.Arbitrary<ProxCase>): fc.Arbitrary<ProxCase> =>
  points.map((input) => ({ ...input, y: input.y.map((value) => Math.round(2 * value)) }));

/** A point that is no vector. */
interface LayoutCase extends ProxCase {
  readonly layout: Layout;
  /** How many points y has one after the other. */
  readonly points: number;
}

/** Whether a parameter has an entry for each of x. */
const hasEntries = (specification: FunctionSpecification): boolean =>
  Object.values(specification).some((value) => typeof value === 'object');

/** Whether the entries of a prox are functions of those of x, one by one. Complex numbers have two entries each. */
const isEntryByEntry = (type: string): boolean =>
  registry.get(type)!.definition.traits.separable === 'yes' && type !== 'real-part-box';

/** The point and the same one turned round. */
const twice = (y: Float64Array): Float64Array => joinedPoints([y.toReversed(), y]);

/**
 * A separable prox has the same entries whatever the shape of x: a column, a row, and where every entry has the same parameters, two rows. Any other
 * prox may take all entries, each row or each column of a matrix, so it is asked as a matrix only where its own parameters say so, which the usual
 * questions do.
 */
const matrixCases = (points: fc.Arbitrary<ProxCase>): readonly fc.Arbitrary<LayoutCase>[] => [
  points.map((input) => ({ ...input, points: 1, layout: { shape: [input.y.length, 1] } })),
  points.map((input) => ({ ...input, points: 1, layout: { shape: [1, input.y.length] } })),
  points.map((input) =>
    hasEntries(input.specification)
      ? { ...input, points: 1, layout: { shape: [input.y.length, 1] } }
      : { ...input, y: twice(input.y), points: 2, layout: { shape: [2, input.y.length] } },
  ),
];

/** Two points at once, of any function: vectors, or the matrices of a function of them. */
const batchCases = (points: fc.Arbitrary<ProxCase>): readonly fc.Arbitrary<LayoutCase>[] => [
  points.map((input) => {
    const { shape = [input.y.length] } = input.specification as { readonly shape?: readonly number[] };
    return { ...input, y: twice(input.y), points: 2, layout: { shape: [2, ...shape], batch: true } };
  }),
];

const layouts = { matrix: matrixCases, batch: batchCases } as const;

async function judgeLayout(implementation: Implementation, input: LayoutCase): Promise<Judgement> {
  const { specification, step, y, layout, points } = input;
  const alone: Float64Array[] = [];
  for (const point of pointsOf(y, { shape: [points], batch: true })) {
    alone.push((await implementation.ask({ method: 'prox', function: specification, step, x: point.slice() })).x);
  }
  const x = y.slice();
  const u = await answerIn(implementation, input, x, { layout });
  if (u === undefined) return { ratio: 0 };
  const error = allowedBetween(implementation, input);
  const name = `prox_{γr}(y), ${layout.shape!.join(' × ')}`;
  return worstOf([
    judgeVector(name, u, joinedPoints(alone), () => error),
    ...(implementation.description.inPlace === true ? [judgeKept('y', x, y)] : []),
  ]);
}

/** Cases of a function in each form and of each kind of layout: of points that are drawn, one in four is beyond a threshold and negative. */
const runs = 20;

/** What holds an array says nothing about its numbers: the result is that of the plain call. */
export const claim = propertyClaim({
  id: 'prox-forms',
  version: 3,
  source: { section: '1', equation: '(6)' },
  statement:
    'a prox has the same result in every form in which x or its place may be given, the shape of x, and for each point of a batch the result that it has alone',
  method:
    'each declared form of a call beside the plain one, to rounding, of an array of integers too; where they are declared, matrices in place of vectors for separable functions, and batches of two points',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation) => {
    const { functions, restrictions, forms = [], shapes = [] } = implementation.description;
    const types = generatableTypes(functions, restrictions).filter((type) => !isBuiltOfFunctions(type));
    return types.flatMap((type) => {
      const points = proxCase(type, functions, restrictions);
      const asked = shapes.filter((shape) => shape === 'batch' || isEntryByEntry(type));
      return [
        ...forms.map((form) =>
          propertyPart<ProxCase>({
            name: `${type}, ${form}`,
            arbitrary: form === integer ? whole(points) : points,
            runs,
            judge: (input) => judgeForm(implementation, form, input),
          }),
        ),
        ...asked.map((shape) =>
          propertyPart<LayoutCase>({
            name: `${type}, ${shape}`,
            arbitrary: layouts[shape](points),
            runs: runs * layouts[shape](points).length,
            judge: (input) => judgeLayout(implementation, input),
          }),
        ),
      ];
    });
  },
});
