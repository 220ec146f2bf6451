import {
  decideRow,
  type Prepared,
  prepareBound,
  type RowRequest,
  roundingSlack,
  rowFacts,
  silentRow,
} from './bound-row.js';
import type { BoundRow, Verdict } from './evidence.js';
import {
  type ExactEngineName,
  type ExactLeft,
  type ExactRequest,
  exactEngineNames,
  exactEngines,
} from './exact-left.js';

export const engineChoices = ['auto', ...exactEngineNames, 'monte-carlo'] as const;
/** How a left side is found: `auto` takes the first exact engine that applies, else Monte Carlo. */
export type EngineChoice = (typeof engineChoices)[number];

/** Largest T for which an enumeration is tried unasked. */
const longestEnumeration = 16;

/** The chosen engine cannot compute this left side; the message says why, and which engines can. */
export class EngineError extends RangeError {
  override readonly name = 'EngineError';
}

/**
 * One row by the chosen engine.
 * @throws EngineError when an exact engine was asked for by name and does not apply
 * @throws ScheduleError when the constants of the problem give no finite step
 */
export async function decideRowBy(choice: EngineChoice, request: RowRequest): Promise<BoundRow> {
  if (choice === 'monte-carlo') return decideRow(request);
  const { theorem, instance, iterations } = request;
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) return silentRow(request, prepared.silent);
  const { schedule } = prepared;
  const signOfZero = instance.signOfZero ?? 'zero';
  const left = leftBy(choice, { theorem, instance, iterations, schedule, signOfZero });
  return left === undefined ? decideRow(request) : exactRow(request, prepared, left);
}

/** The left side by an exact engine; undefined when `auto` finds none that applies. */
function leftBy(choice: Exclude<EngineChoice, 'monte-carlo'>, request: ExactRequest): ExactLeft | undefined {
  const answers = new Map<ExactEngineName, string>();
  for (const name of choice === 'auto' ? worthTrying(request) : [choice]) {
    const answer = exactEngines[name](request);
    if (!('inapplicable' in answer)) return answer;
    answers.set(name, answer.inapplicable);
  }
  if (choice === 'auto') return undefined;
  const able = worthTrying(request).filter(
    (name) => name !== choice && !('inapplicable' in exactEngines[name](request)),
  );
  const place = `${request.theorem.source.equation} at T = ${request.iterations}`;
  throw new EngineError(
    `engine ${choice} does not apply to ${place}: ${answers.get(choice)}; choose ${[...able, 'monte-carlo'].join(' or ')}`,
  );
}

/** The exact engines in the order of preference; an enumeration of long runs takes minutes to find that it is too large. */
function worthTrying({ iterations }: ExactRequest): readonly ExactEngineName[] {
  return exactEngineNames.filter((name) => name !== 'enumeration' || iterations <= longestEnumeration);
}

/**
 * The verdict on an enclosed left side: below the bound with the lower end of f(x⁰) − f* it holds, above the bound with the upper end it
 * is violated. Between the two nothing is decided, unless they differ by rounding only.
 */
function exactRow(request: RowRequest, prepared: Prepared, { engine, interval, exact }: ExactLeft): BoundRow {
  const { lowerBound, upperBound } = prepared;
  const [lower, upper] = interval;
  const attained = upper <= upperBound * (1 + roundingSlack) && upperBound - lowerBound <= upperBound * roundingSlack;
  const decided = (): readonly [Verdict, string] => {
    if (upper <= lowerBound) {
      const how = exact === undefined ? 'enclosed' : 'rational';
      return [exact === undefined ? 'holds' : 'proved-exactly', `the ${how} left side is at most the bound`];
    }
    if (attained) return ['holds', 'the left side equals the bound to within rounding'];
    if (lower > upperBound * (1 + roundingSlack)) return ['violated', 'the left side exceeds the bound'];
    return ['inconclusive', 'the bound lies within the enclosure of the left side or of f*'];
  };
  const [verdict, reason] = decided();
  return {
    ...rowFacts(request, prepared),
    engine,
    left: lower + (upper - lower) / 2,
    leftInterval: interval,
    verdict,
    reason,
    trivial: false,
    replicates: 0,
  };
}
