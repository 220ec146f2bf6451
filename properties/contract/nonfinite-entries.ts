import fc from 'fast-check';
import { isBuiltOfFunctions } from '../../src/claims/implementation/call.js';
import {
  type Implementation,
  ImplementationError,
  UnsupportedError,
} from '../../src/claims/implementation/implementation.js';
import { replacedEntry, symmetricOrder } from '../../src/judging/arbitraries/basic-functions.js';
import { dyadic, smallDimension } from '../../src/judging/arbitraries/dyadic.js';
import { generatableTypes } from '../../src/judging/arbitraries/function-specification.js';
import { type ProxCase, proxCase } from '../../src/judging/arbitraries/prox-case.js';
import { generatedSmoothTypes, smoothSpecification } from '../../src/judging/arbitraries/smooth-specification.js';
import type { Judgement } from '../../src/judging/judges/judgement.js';
import { nonfiniteStepParts } from '../../src/judging/parts/nonfinite-steps.js';
import { differentiableTypes } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import type { FunctionSpecification } from '../../src/reference/functions/definition/proximable-function.js';
import { parseOnce, registry } from '../../src/reference/functions/index.js';
import { parseSmooth } from '../../src/reference/smooth/index.js';

/** What is put in the place of an entry. Points with −0 are asked by other claims: they are ordinary. */
const specials = { NaN: Number.NaN, '∞': Number.POSITIVE_INFINITY, '−∞': Number.NEGATIVE_INFINITY } as const;

/** A point, and the entry that is replaced. */
interface NonfiniteCase extends ProxCase {
  readonly special: keyof typeof specials;
  readonly component: number;
}

/** A map of vectors, of which one part asks. */
interface Asked {
  /** The suite's own answer. */
  readonly right: (input: ProxCase, y: Float64Array) => Float64Array;
  /** Whether entry i of the answer depends on entry i of the point alone. */
  readonly isSeparable: (specification: FunctionSpecification) => boolean;
  readonly ask: (input: ProxCase, y: Float64Array) => Promise<Float64Array>;
}

/** Size of a number at which a result shows whether it has a limit. */
const far = 2 ** 40;

/** The point with another entry; a symmetric matrix stays one. */
const withEntry = ({ specification, y, component }: NonfiniteCase, value: number): Float64Array =>
  replacedEntry(y, component, value, symmetricOrder(specification));

/** The answers of the suite far away on both sides of the entry. Outside of a domain there are none. */
function farAnswers({ right }: Asked, input: NonfiniteCase): readonly Float64Array[] {
  try {
    return [far, -far].map((value) => right(input, withEntry(input, value)));
  } catch {
    return [];
  }
}

/**
 * What an answer must not have any more, in words; undefined where mathematics decides nothing. A result that does not depend on the entry, such
 * as the projection onto a point, is known whatever stands there. At ±∞ a separable result has a limit, of which only ±∞ is asked here, and
 * NaN is allowed for it: ∞ − ∞ and 0·∞ are common ways to it.
 */
function mustSurvive(asked: Asked, input: NonfiniteCase): 'NaN' | '±∞' | undefined {
  const { special, component, specification } = input;
  const [above, below] = farAnswers(asked, input);
  if (above === undefined || below === undefined) return undefined;
  if (special === 'NaN') {
    return above.some((value, i) => (i === component || !asked.isSeparable(specification)) && value !== below[i])
      ? 'NaN'
      : undefined;
  }
  const limit = (special === '∞' ? above : below)[component]!;
  return asked.isSeparable(specification) && Math.abs(limit) > Math.sqrt(far) ? '±∞' : undefined;
}

/** Whether the answer shows what stood in the entry. */
function survives(what: 'NaN' | '±∞', u: Float64Array, component: number, isSeparable: boolean): boolean {
  const lost = what === 'NaN' ? (value: number) => !Number.isNaN(value) : Number.isFinite;
  return isSeparable ? !lost(u[component]!) : !u.every(lost);
}

async function judge(implementation: Implementation, asked: Asked, input: NonfiniteCase): Promise<Judgement> {
  const { special, component, y, specification } = input;
  const policy = implementation.description.nonfinite;
  const what = mustSurvive(asked, input);
  if (what === undefined && policy !== 'reject') return { ratio: 0 };
  // Whoever does not answer an ordinary question here promises nothing about others.
  await asked.ask(input, y.slice());
  let u: Float64Array;
  try {
    u = await asked.ask(input, withEntry(input, specials[special]));
  } catch (error) {
    if (!(error instanceof UnsupportedError || error instanceof ImplementationError)) throw error;
    const isRefused = error instanceof UnsupportedError || error.kind === 'error';
    if (error instanceof ImplementationError && !error.asked) throw error;
    // An error is right where nothing is declared, but no end of the process.
    const ended = error instanceof ImplementationError && error.kind === 'crash';
    if (policy === undefined && ended) {
      const explanation = () => `${special} in entry ${component}: ${(error as ImplementationError).message}`;
      return { ratio: Number.POSITIVE_INFINITY, explanation, extreme: `${special}, which ends the process` };
    }
    if (policy === undefined || (isRefused && (policy === 'reject' || what !== 'NaN'))) return { ratio: 0 };
    if (!isRefused) throw error;
    throw new ImplementationError(
      'error',
      `is refused, and "nonfinite": "propagate" promises ${special} in the answer`,
    );
  }
  if (policy === 'reject') {
    const explanation = () => `returned ${u[component]} there, and "nonfinite": "reject" promises an error`;
    return { ratio: Number.POSITIVE_INFINITY, answer: u, explanation };
  }
  const isSeparable = asked.isSeparable(specification);
  if (survives(what!, u, component, isSeparable)) return { ratio: 0 };
  return {
    ratio: Number.POSITIVE_INFINITY,
    answer: u,
    explanation: () => (isSeparable ? `${special} becomes ${u[component]}` : `${special} becomes [${u.join(', ')}]`),
    ...(policy === undefined && { extreme: `${special}, which becomes a number` }),
  };
}

/** Cases of a part about one function, with each of the special values in turn. */
const casesOf = (points: fc.Arbitrary<ProxCase>): fc.Arbitrary<NonfiniteCase>[] =>
  (Object.keys(specials) as (keyof typeof specials)[]).map((special) =>
    fc.tuple(points, fc.nat()).map(([input, place]) => ({ ...input, special, component: place % input.y.length })),
  );

/** Cases of a function with each special value. */
const runs = 4;

function parts(implementation: Implementation): PropertyPart[] {
  const { methods, functions, smooth, restrictions } = implementation.description;
  const part = (name: string, points: fc.Arbitrary<ProxCase>, asked: Asked): PropertyPart =>
    propertyPart<NonfiniteCase>({
      name,
      arbitrary: casesOf(points),
      runs: runs * Object.keys(specials).length,
      judge: (input) => judge(implementation, asked, input),
    });
  const isSeparable = (specification: FunctionSpecification): boolean =>
    parseOnce(specification).coordinate !== undefined;
  const types = generatableTypes(functions, restrictions).filter((type) => !isBuiltOfFunctions(type));
  const differentiable = types.filter((type) => differentiableTypes.includes(type));
  const terms = generatedSmoothTypes.filter((type) => smooth.includes(type) && !registry.has(type));
  return [
    ...(methods.includes('prox') ? types : []).map((type) =>
      part(`prox of ${type}`, proxCase(type, functions, restrictions), {
        isSeparable,
        right: ({ specification, step }, y) => parseOnce(specification).prox(y, step),
        ask: ({ specification, step }, y) =>
          implementation.ask({ method: 'prox', function: specification, step, x: y }).then(({ x }) => x),
      }),
    ),
    ...(methods.includes('gradient') ? differentiable : []).map((type) =>
      part(`gradient of ${type}`, proxCase(type, functions, restrictions), {
        isSeparable,
        right: ({ specification }, y) => parseOnce(specification).gradient!(y),
        ask: ({ specification }, y) =>
          implementation.ask({ method: 'gradient', function: specification, x: y }).then(({ x }) => x),
      }),
    ),
    ...(methods.includes('gradient') ? terms : []).map((type) => {
      const points = smallDimension().chain((n) =>
        fc
          .tuple(smoothSpecification(type, n, restrictions), fc.array(dyadic(), { minLength: n, maxLength: n }))
          .map(([specification, y]) => ({ specification, step: 1, y: Float64Array.from(y) })),
      );
      return part(`gradient of ${type}`, points, {
        isSeparable: () => false,
        right: ({ specification }, y) => parseSmooth(specification).gradient(y),
        ask: ({ specification }, y) =>
          implementation.ask({ method: 'gradient', function: specification, x: y }).then(({ x }) => x),
      });
    }),
    ...nonfiniteStepParts(implementation),
  ];
}

/** A NaN that a prox turns into a number hides the error that made it, and the iteration goes on from there. */
export const claim = propertyClaim({
  id: 'nonfinite-entries',
  version: 2,
  source: { section: 'beyond the paper', equation: 'IEEE 754' },
  statement:
    'a NaN or an infinity in x, and a NaN in a gradient, is in the answer too, or is refused, as the implementation declares',
  method:
    'one entry of an ordinary point is replaced by NaN, ∞ or −∞; undeclared, an error is allowed, a number in the place of NaN counts as extreme, and no step is asked',
  requires: {},
  judges: ['prox', 'gradient', 'step', 'run'],
  success: 'proved-exactly',
  parts,
});
