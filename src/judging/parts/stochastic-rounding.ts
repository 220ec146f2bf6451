import fc from 'fast-check';
import { spacing, unitRoundoff } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { toDouble } from '../../exact/arithmetic/rational.js';
import { layoutOf } from '../../reference/algorithms/layout.js';
import { alphaPerRun } from '../../statistics/budget.js';
import { violationProcess } from '../../statistics/e-process.js';
import { stepAt } from '../arbitraries/run-case.js';
import { type StatefulCase, type StatefulCaseOptions, statefulCases } from '../arbitraries/stateful-case.js';
import type { Judgement } from '../judges/judgement.js';
import { firstExpected } from '../judges/stateful/follow.js';
import type { MemoryConventions } from '../judges/stateful/rule.js';
import type { JudgedMemory } from './memory-conventions.js';
import { maximumRounds } from './property-check.js';
import { propertyPart } from './property-claim.js';
import { offeredCase, type PropertyPart } from './property-part.js';
import { iterationAt, named } from './stateful-runs.js';

/** First steps whose mean is judged, and how often each is asked for. */
const [cases, calls] = [12, 512];

/** Entries of a case whose mean is judged, and the sides on which a mean may be wrong. */
const [mostCoordinates, sides] = [2, 2];

/**
 * Shares of the way from a number to the next larger one at which a mean is judged, and of which every run asks some. Nearer to a number,
 * `calls` are too few to see that the other one is never taken; nearer to the middle, they are too few to see that both are taken equally often.
 */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'a share of ⅛ to ¼': [1 / 8, 1 / 4],
  'a share of ¾ to ⅞': [3 / 4, 7 / 8],
};

/** How many steps γ are tried to bring an entry into a range. */
const tries = 48;

/** An entry of x_1 before it is rounded: the number below it, the distance to the next, and the share of the way between them, up to an error. */
interface Between {
  readonly entry: number;
  readonly below: number;
  readonly unit: number;
  readonly share: number;
  readonly error: number;
}

/** The range in which an entry lies, if it lies in one. */
const rangeOf = ({ share }: Between): string | undefined =>
  Object.keys(ranges).find((name) => ranges[name]![0] <= share && share <= ranges[name]![1]);

/** The entries of x_1 that lie between two numbers of the dtype, in one of the ranges. */
function betweenIn(
  implementation: Implementation,
  { rule }: JudgedMemory,
  input: StatefulCase,
  conventions: MemoryConventions,
): readonly Between[] {
  const { dtype } = implementation.description;
  const found = firstExpected(implementation, rule, input, conventions).flatMap(({ values, error }, entry) => {
    // Where either sign is right, there is no one mean.
    if (values.length !== 1) return [];
    const value = toDouble(values[0]!);
    const unit = spacing(dtype, value);
    const below = Math.floor(value / unit) * unit;
    const between = { entry, below, unit, share: (value - below) / unit, error: error / unit };
    return rangeOf(between) !== undefined && between.error < 2 ** -8 ? [between] : [];
  });
  return found.slice(0, mostCoordinates);
}

/**
 * Cases of which an entry of x_1 lies in a range. Ordinary steps have few digits, and so has x_1: it is mostly a number of the dtype, or near
 * the middle between two. A step with all digits that the dtype holds reaches every share.
 */
function inRange(
  implementation: Implementation,
  memory: JudgedMemory,
  types: StatefulCaseOptions,
  isInRange: (input: StatefulCase) => boolean,
): fc.Arbitrary<StatefulCase> {
  const spacingAtOne = 2 * unitRoundoff(implementation.description.dtype);
  const offered = offeredCase(implementation.description) ?? ((input) => input);
  const digits = fc.array(fc.integer({ min: 0, max: 1 / spacingAtOne - 1 }), { minLength: tries, maxLength: tries });
  // A first step sees one component: a problem with one for each iteration is only longer to show.
  const short = fc
    .oneof(...statefulCases(memory.algorithm, types))
    .filter(({ problem }) => problem.functions.length <= 2);
  return fc.tuple(short, digits).map(([input, all]) => {
    const changed = (k: number): StatefulCase => offered({ ...input, step: input.step * (1 + k * spacingAtOne) });
    const found = all.find((k) => isInRange(changed(k)));
    return found === undefined ? input : changed(found);
  });
}

/**
 * The mean of x_1, rounded stochastically, over many calls of the same first step: E[(x_1 − ⌊v⌋)/spacing] = (v − ⌊v⌋)/spacing for the v that is
 * rounded. An e-process on each side decides whether it is larger or smaller; all of them share one slot of the error budget.
 */
async function judgeMean(
  implementation: Implementation,
  { algorithm }: JudgedMemory,
  { input, between, variant }: { input: StatefulCase; between: readonly Between[]; variant: string | undefined },
): Promise<Judgement> {
  const { x, hyperparameters } = input;
  if (between.length === 0) return { ratio: 0 };
  const first = { step: stepAt(input, 0), ...iterationAt(algorithm, input, 0, x), state: null };
  const request = { algorithm, hyperparameters, ...layoutOf(input), ...first };
  const crossing = -Math.log(alphaPerRun(cases * maximumRounds * mostCoordinates * sides));
  const means = between.map((place) => ({
    place,
    sum: 0,
    above: violationProcess(place.share + place.error),
    below: violationProcess(1 - place.share + place.error),
  }));
  for (let call = 1; call <= calls; call++) {
    const next = await implementation.ask({ method: 'step', ...request, x: x.slice(), ...named(variant) });
    for (const mean of means) {
      const { entry, below, unit, share } = mean.place;
      const at = (next.x[entry]! - below) / unit;
      // A step by itself is judged elsewhere: what is neither neighbour says nothing of the mean.
      if (at !== 0 && at !== 1) return { ratio: 0 };
      mean.sum += at;
      mean.above.observe(at);
      mean.below.observe(1 - at);
      if (mean.above.reaches(crossing) || mean.below.reaches(crossing)) {
        const explanation = (): string =>
          `entry ${entry} of x_1 is ${below} or ${below + unit}: the larger in ${mean.sum} of ${call} calls, right is a share of ${share}`;
        return { ratio: Number.POSITIVE_INFINITY, together: true, explanation };
      }
    }
  }
  return { ratio: 0 };
}

/** Where it is declared, a part for each variant on the mean of x_1. */
export function stochasticParts(
  implementation: Implementation,
  memory: JudgedMemory,
  types: StatefulCaseOptions,
  conventions: MemoryConventions,
): PropertyPart[] {
  const { rounding, methods, variants = [undefined] } = implementation.description;
  if (rounding !== 'stochastic' || !methods.includes('step')) return [];
  const betweenOf = (input: StatefulCase): readonly Between[] => betweenIn(implementation, memory, input, conventions);
  const reachedBy = (input: StatefulCase): string[] => betweenOf(input).map((between) => rangeOf(between)!);
  return variants.map((variant) =>
    propertyPart<StatefulCase>({
      name: `mean of stochastic rounding${variant === undefined ? '' : `, variant ${variant}`}`,
      arbitrary: Object.keys(ranges).map((range) =>
        inRange(implementation, memory, types, (input) => reachedBy(input).includes(range)),
      ),
      runs: cases,
      slots: 1,
      classify: reachedBy,
      mustReach: Object.keys(ranges),
      judge: (input) => judgeMean(implementation, memory, { input, between: betweenOf(input), variant }),
    }),
  );
}
