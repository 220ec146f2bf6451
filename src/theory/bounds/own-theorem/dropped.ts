import type { Part } from '../../../claims/evidence.js';
import { hypothesisKey, type TheoremHypothesis } from '../../../claims/hypothesis.js';
import type { Problem } from '../../../reference/problem/problem.js';
import { auditAssumptions, ScheduleError } from '../../theorem/audit/audit.js';
import { describeHypothesis, hypotheses } from '../../theorem/audit/hypotheses.js';
import { constantsAtStart, type GivenConstants } from '../../theorem/constants-at-start.js';
import { objectiveConstants } from '../../theorem/objective-constants.js';
import { parsedOnce } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { type Evaluation, evaluate, ratioName } from '../tightness-search/search.js';
import { fromOn } from '../tightness-search/search-claim.js';

/** T at which a theorem without a hypothesis is tried. */
const tried = [1, 4, 16] as const;

/** An instance on which a theorem without one of its hypotheses was tried, with the result. */
interface Try extends Evaluation {
  readonly iterations: number;
}

/**
 * A theorem without one of its hypotheses, on problems that do not meet it. A constant that the hypothesis gives then holds only at x⁰. If the bound is
 * exceeded, the hypothesis is needed; if the search finds nothing, that is not known.
 */
export function judgeDropped(
  theorem: Theorem,
  hypothesis: TheoremHypothesis,
  instances: readonly BoundInstance[],
): Part {
  const { name } = describeHypothesis(hypothesis);
  if (typeof hypothesis === 'string' && hypotheses[hypothesis].infimum) {
    return { ...nothingTried, name, reason: 'not dropped: without a finite f* no bound is finite' };
  }
  if (theorem.objective !== 'fixed' && typeof hypothesis === 'string' && hypothesis.startsWith('fixed-')) {
    return {
      ...{ ...nothingTried, name },
      reason: 'not dropped: it certifies constants of d + Σθ_k r_k, of which the step or the bound is made',
    };
  }
  const without: Theorem = { ...theorem, hypotheses: theorem.hypotheses.filter((other) => other !== hypothesis) };
  const tries = instances.flatMap((instance) => triesOn(theorem, without, hypothesis, instance));
  // If the complete theorem is exceeded too, the missing hypothesis is not the reason.
  const own = tries.filter(
    ({ instance, iterations }) => !((evaluate(theorem, instance, iterations)?.ratio ?? 0) > certainly),
  );
  const worst = own.reduce<Try | undefined>(
    (most, next) => (next.ratio <= (most?.ratio ?? -1) ? most : next),
    undefined,
  );
  const count = { name, cases: own.length, worstRatio: worst?.ratio ?? 0, verdict: 'illustrated' as const };
  if (worst === undefined) return { ...count, reason: 'no problem that does not meet it could be tried' };
  const at = `${ratioName(theorem)} = ${worst.ratio.toPrecision(3)} at T = ${worst.iterations} on ${worst.instance.name}`;
  return {
    ...count,
    reason:
      worst.ratio > certainly ? `needed: ${at}` : `no counterexample in ${own.length} tries, the nearest has ${at}`,
  };
}

/** A ratio that rounding cannot produce from 1. */
const certainly = 1 + 2 ** -30;

const nothingTried = { cases: 0, worstRatio: 0, verdict: 'illustrated' } as const;

function triesOn(theorem: Theorem, without: Theorem, hypothesis: TheoremHypothesis, instance: BoundInstance): Try[] {
  const problem = parsedOnce(instance.problem);
  const start = Float64Array.from(instance.start);
  return fromOn(tried, theorem.from).flatMap((iterations) => {
    try {
      const given = givenWithout(theorem, hypothesis, problem, start, iterations);
      const found = given && evaluate(without, instance, iterations, given);
      if (found === undefined || !Number.isFinite(found.ratio) || meets(theorem, hypothesis, problem, found)) return [];
      return [{ ...found, iterations }];
    } catch (error) {
      // Constants at one point need not define a step.
      if (error instanceof ScheduleError) return [];
      throw error;
    }
  });
}

/** The replacement for a dropped hypothesis; undefined for a problem that meets it. */
function givenWithout(
  theorem: Theorem,
  hypothesis: TheoremHypothesis,
  problem: Problem,
  start: Float64Array,
  iterations: number,
): GivenConstants | undefined {
  const id = hypothesisKey(hypothesis);
  const audit = auditAssumptions(theorem, problem, start.length, { iterations, start, only: [id], points: 0 });
  const [{ verdict }] = audit.findings as [(typeof audit.findings)[number]];
  if (typeof hypothesis !== 'string') return verdict === 'violated' ? {} : undefined;
  const { gives, noise } = hypotheses[hypothesis];
  if (gives === undefined && !noise) return verdict === 'certified' ? undefined : {};
  if (gives !== 'strongConvexity') return constantsAtStart(hypothesis, problem, start);
  if (verdict === 'certified') return undefined;
  const { inverseConditionNumber: ratio } = theorem;
  const { lipschitz } = objectiveConstants(theorem, problem.at(1), start.length);
  // A theorem about one μ/L has its μ whatever the curvature is.
  return ratio === undefined || lipschitz === undefined
    ? constantsAtStart(hypothesis, problem, start)
    : { strongConvexity: ratio * lipschitz };
}

/** Whether the constants at x⁰ are those that are certified everywhere: then the problem meets the hypothesis that gives them. */
function meets(
  theorem: Theorem,
  hypothesis: TheoremHypothesis,
  problem: Problem,
  { instance, prepared }: Evaluation,
): boolean {
  if (typeof hypothesis !== 'string') return false;
  const { gives, noise } = hypotheses[hypothesis];
  const given = noise ? (['sigma', 'coordinateSigma'] as const) : ([gives] as const);
  // Those that meet strong convexity were left out before.
  const names = given.filter((name) => name !== undefined && name !== 'strongConvexity' && name !== 'valueLipschitz');
  if (names.length === 0) return false;
  const certified = objectiveConstants(theorem, problem.at(prepared.schedule.step), instance.start.length);
  return names.every(
    (name) => certified[name] !== undefined && size(prepared.constants[name]) >= 0.99 * size(certified[name]),
  );
}

/** A constant, or the sum of one for each coordinate. */
const size = (constant: number | Float64Array | undefined): number =>
  constant instanceof Float64Array ? constant.reduce((sum, entry) => sum + entry, 0) : (constant ?? 0);
