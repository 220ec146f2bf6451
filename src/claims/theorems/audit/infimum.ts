import type { Interval } from '../../../reference/certified/interval.js';
import type { HypothesisFinding, Witness } from './finding.js';
import { formatConstant, formatExact, formatNumber, formatPoint } from './format.js';
import { type InfimumFindings, type ObjectiveValue, searchInfimum } from './infimum-search.js';
import { type AuditSubject, basePoints, searchStream } from './subject.js';
import { beyondDoubles, optional } from './verdict.js';

/** Room for the rounding of f between a certified enclosure and a value that the search met. */
const rounding = 2 ** -30;

type Outcome = Omit<HypothesisFinding, 'hypothesis' | 'name' | 'statement'>;

/**
 * Assumptions 1(a) and 2(a): f = d + r_γ has a finite infimum. The paper asks for a minimum that is attained, which neither proof
 * uses; a finite f* is what is audited. A declared f* is violated by any point where f is smaller.
 */
export function judgeInfimum(subject: AuditSubject): Outcome {
  const { declared, atStep, dimension } = subject;
  const computed = atStep!.infimum(dimension);
  const bounded = computed !== undefined && computed.lower > -Infinity;
  const unbounded = computed !== undefined && computed.upper === -Infinity;
  const found = search(subject, !bounded);
  const facts = {
    ...optional('declared', declared.infimum),
    ...optional('computed', computed),
    ...optional('searched', found?.descent ? -Infinity : found?.least?.value),
    cases: found?.cases ?? 0,
  };
  const violated = (witness: Witness, reason = witness.explanation): Outcome => ({
    ...facts,
    verdict: 'violated',
    reason,
    witness,
  });
  if (found?.descent) {
    const shown = found.descent.values.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
    const witness = valueWitness(found.descent.last);
    return violated(
      witness,
      `f is unbounded below: …, ${shown} along a ray that ends at ${formatPoint('x', witness.x)}`,
    );
  }
  if (unbounded) {
    return { ...facts, verdict: 'violated', reason: 'f is unbounded below: its slopes at infinity point downwards' };
  }
  const least = found?.least;
  const floor = computed === undefined ? -Infinity : computed.lower - rounding * (1 + Math.abs(computed.lower));
  if (isBelow(least, floor)) return violated({ ...valueWitness(least), allowed: floor });
  if (declared.infimum !== undefined) return { ...facts, ...judgeDeclared(declared.infimum, computed, least) };
  if (computed === undefined) {
    const met = (found && beyondDoubles(found)) ?? 'no descent without end was met';
    return { ...facts, verdict: 'consistent', reason: `no finite f* is certified, and ${met}` };
  }
  return { ...facts, verdict: 'certified', reason: `f* = ${formatConstant(computed)}, enclosed` };
}

/** A declared f*, which must not be above the true one, against an enclosure of that and the least value of f that was met. */
function judgeDeclared(
  declared: number,
  computed: Interval | undefined,
  least: ObjectiveValue | undefined,
): Pick<HypothesisFinding, 'verdict' | 'reason' | 'witness'> {
  const { lower, upper } = computed ?? { lower: -Infinity, upper: Infinity };
  const enclosure = `[${formatExact(lower)}, ${formatExact(upper)}]`;
  if (declared <= lower) return { verdict: 'certified', reason: `the declared f* is at most f* ∈ ${enclosure}` };
  const limit = `${formatExact(declared)}, the declared f*`;
  // Values inside the enclosure differ from f* by rounding, for all that is known.
  if ((computed === undefined || declared > upper) && isBelow(least, declared)) {
    const witness = { ...valueWitness(least), allowed: declared };
    return { verdict: 'violated', reason: `${witness.explanation} < ${limit}`, witness };
  }
  if (declared > upper) return { verdict: 'violated', reason: `f* ∈ ${enclosure} is below ${limit}` };
  if (computed === undefined) {
    return { verdict: 'consistent', reason: `no value of f below ${formatNumber(declared)} was met` };
  }
  return { verdict: 'consistent', reason: `the declared f* lies in the enclosure ${enclosure} of f*` };
}

/** True when f is below the limit at the point, whatever rounding did. */
function isBelow(least: ObjectiveValue | undefined, limit: number): least is ObjectiveValue {
  return least !== undefined && least.value + least.error < limit;
}

function search(subject: AuditSubject, rays: boolean): InfimumFindings | undefined {
  if (subject.plan.points === 0) return undefined;
  const points = basePoints(subject, 'f', subject.problem.functions[0]);
  return searchInfimum(subject.atStep!, points, searchStream(subject, 'infimum'), rays);
}

function valueWitness({ x, value }: ObjectiveValue): Witness {
  return {
    part: 'f',
    x: Array.from(x),
    measured: value,
    explanation: `f(x) = ${formatNumber(value)} at ${formatPoint('x', x)}`,
  };
}
