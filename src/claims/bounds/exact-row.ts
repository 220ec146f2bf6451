import type { BoundRow } from '../evidence.js';
import { boundJob } from '../left-side/bound-job.js';
import { type EngineChoice, type ExactEngineName, exactEngineNames } from '../left-side/engine-names.js';
import type { ExactLeft, ExactRequest } from '../left-side/exact-engine.js';
import { answerInTurns } from '../left-side/exact-engines.js';
import { countNearTies, describeNearTies } from '../left-side/near-ties.js';
import { type Prepared, prepareBound } from '../theorems/prepare-bound.js';
import { decideRow, type RowRequest, roundingSlack, rowFacts, silentRow } from './bound-row.js';

/** Largest T for which an enumeration is tried unasked. */
const longestEnumeration = 16;

/** The chosen engine cannot compute this left side; the message says why, and what to do. */
export class EngineError extends RangeError {
  override readonly name = 'EngineError';
}

/**
 * One row by the chosen engine.
 * @throws EngineError when an exact engine was asked for by name and does not apply
 * @throws ScheduleError when the constants of the problem give no finite step
 */
export async function decideRowBy(choice: EngineChoice, request: RowRequest): Promise<BoundRow> {
  const { theorem, instance, iterations } = request;
  const prepared = prepareBound(theorem, instance, iterations);
  if ('silent' in prepared) return silentRow(request, prepared.silent);
  const { schedule } = prepared;
  if (choice !== 'monte-carlo') {
    const signOfZero = instance.signOfZero ?? 'zero';
    const asked = { theorem, instance, iterations, schedule, signOfZero };
    const left = await leftBy(choice, asked, request.budget.signal);
    if (left !== undefined) return exactRow(request, prepared, left);
  }
  const row = await decideRow(request, prepared);
  const ties =
    theorem.algorithm === 'sign-prox'
      ? describeNearTies(countNearTies(theorem, boundJob(request, schedule)))
      : undefined;
  return ties === undefined ? row : { ...row, reason: `${row.reason}; ${ties}` };
}

/** The left side by an exact engine; undefined when `auto` finds none that applies. */
async function leftBy(
  choice: Exclude<EngineChoice, 'monte-carlo'>,
  request: ExactRequest,
  signal: AbortSignal | undefined,
): Promise<ExactLeft | undefined> {
  for (const name of choice === 'auto' ? worthTrying(request) : [choice]) {
    const answer = await answerInTurns(name, request, signal);
    if (!('inapplicable' in answer)) return answer;
    if (choice === 'auto') continue;
    const place = `${request.theorem.source.equation} at T = ${request.iterations}`;
    throw new EngineError(
      `engine ${choice} does not apply to ${place}: ${answer.inapplicable}; give --engine auto, which takes one that applies`,
    );
  }
  return undefined;
}

/** The exact engines in the order of preference; an enumeration of long runs takes minutes to find that it is too large. */
function worthTrying({ iterations }: ExactRequest): readonly ExactEngineName[] {
  return exactEngineNames.filter((name) => name !== 'enumeration' || iterations <= longestEnumeration);
}

/**
 * The verdict on an enclosed left side: at most the bound with the lower end of f(x⁰) − f* it holds, above the bound with the upper end it
 * is violated, and between the two nothing is decided. Only the float that the bound is gets room for rounding, and then nothing is proved.
 */
export function exactRow(
  request: Omit<RowRequest, 'replicates'>,
  prepared: Prepared,
  { engine, interval, exact }: ExactLeft,
): BoundRow {
  const [lower, upper] = interval;
  return {
    ...rowFacts(request, prepared),
    engine,
    left: lower + (upper - lower) / 2,
    leftInterval: interval,
    ...compareEnclosed(interval, prepared, exact !== undefined),
    trivial: false,
    replicates: 0,
  };
}

function compareEnclosed(
  [lower, upper]: ExactLeft['interval'],
  { lowerBound, upperBound }: Prepared,
  rational: boolean,
) {
  const left = rational ? 'the rational left side' : 'the enclosed left side';
  // Proved only with room for the rounding of the bound itself.
  if (upper <= lowerBound * (1 - roundingSlack)) {
    return { verdict: rational ? 'proved-exactly' : 'holds', reason: `${left} is at most the bound` } as const;
  }
  if (upper <= lowerBound * (1 + roundingSlack)) {
    return { verdict: 'holds', reason: `${left} equals the bound to within rounding` } as const;
  }
  if (lower > upperBound * (1 + roundingSlack)) {
    return { verdict: 'violated', reason: `${left} exceeds the bound` } as const;
  }
  return { verdict: 'inconclusive', reason: `${left} is as near the bound as their enclosures are wide` } as const;
}
