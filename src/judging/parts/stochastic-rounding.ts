import fc from 'fast-check';
import { spacing } from '../../claims/implementation/dtype.js';
import type { Implementation } from '../../claims/implementation/implementation.js';
import { toDouble } from '../../exact/arithmetic/rational.js';
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
import type { PropertyPart } from './property-part.js';
import { named } from './stateful-runs.js';

/** First steps whose mean is judged, and how often each is asked for. */
const [cases, calls] = [12, 512];

/** Coordinates of a case, and the sides on which a mean may be wrong. */
const [mostCoordinates, sides] = [2, 2];

/** Shares of the way from a number to the next larger one at which a mean is judged: nearer to a number it takes more calls. */
const [least, most] = [1 / 8, 7 / 8];

/** An entry of x_1 before it is rounded: the number below it, the distance to the next, and the share of the way between them, up to an error. */
interface Between {
  readonly entry: number;
  readonly below: number;
  readonly unit: number;
  readonly share: number;
  readonly error: number;
}

/** The entries of x_1 that lie between two numbers of the dtype. */
function betweenIn(
  implementation: Implementation,
  { rule }: JudgedMemory,
  input: StatefulCase,
  conventions: MemoryConventions,
): readonly Between[] {
  const { dtype } = implementation.description;
  return firstExpected(implementation, rule, input, conventions).flatMap(({ values, error }, entry) => {
    // Where either sign is right, there is no one mean.
    if (values.length !== 1) return [];
    const value = toDouble(values[0]!);
    const unit = spacing(dtype, value);
    const below = Math.floor(value / unit) * unit;
    const share = (value - below) / unit;
    return share >= least && share <= most && error / unit < 2 ** -8
      ? [{ entry, below, unit, share, error: error / unit }]
      : [];
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
  const { problem, x, batches, hyperparameters } = input;
  if (between.length === 0) return { ratio: 0 };
  const request = { algorithm, hyperparameters, problem, step: stepAt(input, 0), indices: batches[0]!, state: null };
  const crossing = -Math.log(alphaPerRun(cases * maximumRounds * mostCoordinates * sides));
  const means = between.map((place) => ({
    ...{ place, sum: 0 },
    above: violationProcess(place.share + place.error),
    below: violationProcess(1 - place.share + place.error),
  }));
  for (let call = 1; call <= calls; call++) {
    const next = await implementation.statefulStep!({ ...request, x: x.slice(), ...named(variant) });
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
  return variants.map((variant) =>
    propertyPart<StatefulCase>({
      name: `mean of stochastic rounding${variant === undefined ? '' : `, variant ${variant}`}`,
      arbitrary: fc.oneof(...statefulCases(memory.algorithm, types)),
      runs: cases,
      slots: 1,
      classify: (input) => (betweenOf(input).length > 0 ? ['between two numbers'] : []),
      mustReach: ['between two numbers'],
      judge: (input) => judgeMean(implementation, memory, { input, between: betweenOf(input), variant }),
    }),
  );
}
