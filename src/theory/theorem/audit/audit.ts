import { hypothesisKey, type OwnHypothesis, type OwnWitness } from '../../../claims/hypothesis.js';
import type { Problem, ProblemAtStep } from '../../../reference/problem/problem.js';
import {
  type AskedDistance,
  fixedConstants,
  gapOf,
  objectiveDistance,
  objectiveInfimum,
  objectiveLipschitz,
  objectiveNoise,
  objectiveStrongConvexity,
  valueConstants,
  withDistance,
  withoutDistance,
} from '../objective-constants.js';
import type { ScheduleConstants, Theorem } from '../theorem.js';
import { TheoremError } from '../theorem-fields.js';
import type { DeclaredConstants } from './declared-constants.js';
import type { HypothesisFinding } from './finding.js';
import { formatPoint } from './format.js';
import { type Hypothesis, hypotheses } from './hypotheses.js';
import { type AuditSubject, basePoints } from './subject.js';

/** What is audited: at which T or γ, from where, which hypotheses, and against which declared constants. */
export interface AuditOptions {
  /** T of the theorem's schedule; default 1. */
  readonly iterations?: number;
  /** x⁰, if the schedule depends on f(x⁰) − f* of d + Σθ_k r_k. */
  readonly start?: Float64Array;
  /** γ, instead of the schedule's. */
  readonly step?: number;
  readonly declared?: DeclaredConstants;
  /** The hypotheses to judge, when not all of the theorem's. */
  readonly only?: readonly string[];
  /** Base points of each search; default 256, or 32 for more than 64 dimensions; 0 asks for certificates only. */
  readonly points?: number;
  /** Seed of the searches; default `1`. */
  readonly seed?: string;
  /** Called with the paper's name of each hypothesis before it is judged. */
  judging?(name: string): void;
}

/** The audit of a problem for the hypotheses of one theorem. */
export interface Audit {
  readonly theorem: string;
  readonly dimension: number;
  /** γ at which f, P_k and σ were audited. */
  readonly step?: number;
  /** f = d + r_γ at that step. */
  readonly atStep?: ProblemAtStep;
  /** Why the theorem's schedule gives no step although there are constants: ‖L‖₁ = 0 makes γ infinite. */
  readonly scheduleError?: string;
  /** A constant that the schedule needs and that is not certified, in one line: without it there is no step. */
  readonly uncertified?: string;
  readonly findings: readonly HypothesisFinding[];
}

/** The constants of a problem are known and give no finite step. */
export class ScheduleError extends RangeError {
  override readonly name = 'ScheduleError';
}

/**
 * Checks every hypothesis of a theorem on a problem: the certified constants, those found by a seeded search, and the points at which a hypothesis
 * fails. Constants that the caller declares are checked instead of the certified ones, and determine the schedule.
 */
export function auditAssumptions(
  theorem: AuditedTheorem,
  problem: Problem,
  dimension: number,
  options: AuditOptions = {},
): Audit {
  const { declared = {}, points = dimension > 64 ? 32 : 256, seed = '1' } = options;
  const scheduled =
    options.step === undefined ? scheduledStep(theorem, problem, dimension, options) : { step: options.step };
  const atStep = scheduled.step === undefined ? {} : { atStep: problem.at(scheduled.step) };
  const subject: AuditSubject = {
    problem,
    dimension,
    declared,
    ...atStep,
    ...(options.start && { start: options.start }),
    ...(theorem.inverseConditionNumber !== undefined && { inverseConditionNumber: theorem.inverseConditionNumber }),
    plan: { points, seed },
  };
  const judged = theorem.hypotheses.filter((entry) => options.only?.includes(hypothesisKey(entry)) ?? true);
  const findings = judged.map((entry): HypothesisFinding => {
    const { name, statement, needsStep, judge } = typeof entry === 'string' ? hypotheses[entry] : judgeOwn(entry);
    const facts = { hypothesis: hypothesisKey(entry), name, statement };
    options.judging?.(name);
    if (!needsStep || subject.atStep) return { ...facts, ...judge(subject) };
    const reason = `depends on γ, and the schedule of ${theorem.id} needs constants that do not exist here`;
    return { ...facts, cases: 0, verdict: 'not-applicable', reason };
  });
  return { theorem: theorem.id, dimension, ...scheduled, ...atStep, findings };
}

/** The parts of a theorem that the auditor needs. */
export type AuditedTheorem = Pick<
  Theorem,
  'id' | 'hypotheses' | 'schedule' | 'objective' | 'inverseConditionNumber' | 'delta'
>;

/** The constants that a theorem's schedule gets for a problem; declared ones replace certified ones. */
export function scheduleConstants(
  theorem: Pick<Theorem, 'objective' | 'hypotheses' | 'inverseConditionNumber' | 'delta'>,
  problem: Problem,
  dimension: number,
  { declared = {}, start }: Pick<AuditOptions, 'declared' | 'start'> = {},
  asked: AskedDistance = { known: false, missing: false },
): ScheduleConstants {
  const { lipschitz, coordinateLipschitz } = declared;
  const certified = objectiveLipschitz(theorem, problem, dimension);
  const strongConvexity =
    declared.strongConvexity ?? objectiveStrongConvexity(theorem, problem, lipschitz ?? certified.lipschitz);
  const constants = {
    dimension,
    ...(theorem.delta !== undefined && { delta: theorem.delta }),
    ...certified,
    ...(lipschitz !== undefined && { lipschitz }),
    ...(coordinateLipschitz && { coordinateLipschitz }),
    ...(strongConvexity !== undefined && { strongConvexity }),
    ...(theorem.objective === 'fixed' && ofFixedObjective(problem, dimension, start)),
    ...valueConstants(theorem, problem, dimension),
    ...(theorem.objective !== 'fixed' && start && { fixed: () => fixedConstants(problem, start) }),
  };
  // With one r, d + r does not depend on γ.
  const isFixed = theorem.objective === 'fixed' || problem.functions.length === 1;
  return withDistance(
    constants,
    () => (start && isFixed ? objectiveDistance(theorem, problem.at(1), start) : undefined),
    asked,
  );
}

/** σ, σ_i and the gap of d + Σθ_k r_k, as far as they are certified. */
function ofFixedObjective(problem: Problem, dimension: number, start: Float64Array | undefined) {
  const about = { objective: 'fixed' } as const;
  const atStep = problem.at(1);
  const { sigma, coordinateSigma } = objectiveNoise(about, atStep, dimension);
  const infimum = start && objectiveInfimum(about, atStep, dimension);
  return {
    ...(sigma !== undefined && { sigma }),
    ...(coordinateSigma && { coordinateSigma }),
    ...(start && infimum && { gap: gapOf(atStep.fixedObjective(start), infimum) }),
  };
}

function scheduledStep(
  theorem: AuditedTheorem,
  problem: Problem,
  dimension: number,
  options: AuditOptions,
): Pick<Audit, 'step' | 'scheduleError' | 'uncertified'> {
  const asked = { known: false, missing: false };
  const constants = scheduleConstants(theorem, problem, dimension, options, asked);
  const needed = theorem.hypotheses.flatMap((entry) =>
    typeof entry === 'string' ? (hypotheses[entry].gives ?? []) : [],
  );
  if (needed.some((name) => constants[name] === undefined)) return {};
  try {
    const { step } = theorem.schedule(options.iterations ?? 1, constants);
    if (step > 0 && step < Infinity) return { step };
    if (lacksFixed(theorem, constants)) return {};
    if (asked.missing) return { uncertified: withoutDistance };
    const asks = `${theorem.id} asks for γ = ${step} at T = ${options.iterations ?? 1}`;
    const { lipschitz, coordinateLipschitz: each } = constants;
    const isFlat = (each ? Math.max(...each) : lipschitz) === 0;
    const remedy = isFlat
      ? 'L is 0 on this problem: give one with curvature'
      : 'rescale the problem where its constants are out of range';
    return { scheduleError: `${asks}, which is not a step: γ is finite and > 0; ${remedy}` };
  } catch (error) {
    // A schedule need not check that the constants of its hypotheses exist.
    if (lacksFixed(theorem, constants)) return {};
    if (asked.missing) return { uncertified: withoutDistance };
    if (error instanceof RangeError) return { scheduleError: error.message };
    throw error;
  }
}

/** Whether some hypothesis about the fixed objective is not certified although a tuned step needs its constant. */
function lacksFixed(theorem: AuditedTheorem, constants: ScheduleConstants): boolean {
  const { sigma, coordinateSigma, gap } = theorem.objective === 'fixed' ? constants : (constants.fixed?.() ?? {});
  const given = {
    'fixed-bounded-below': gap,
    'fixed-variance': sigma,
    'fixed-coordinate-variance': coordinateSigma,
  } as const;
  return Object.entries(given).some(
    ([id, constant]) => constant === undefined && theorem.hypotheses.includes(id as keyof typeof given),
  );
}

/** Why a theorem says nothing about a problem, in one line: the hypotheses that are violated, else those that nothing certifies. */
export function reasonForSilence({ findings }: Audit): string | undefined {
  const of = (verdict: HypothesisFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict);
  const describe = (list: readonly HypothesisFinding[], how: string) =>
    list.map(({ name, reason }) => `${name} ${how}: ${reason}`).join('; ');
  if (findings.every(({ verdict, assumed }) => verdict === 'certified' || (verdict === 'consistent' && assumed)))
    return undefined;
  const violated = of('violated');
  if (violated.length > 0) return describe(violated, 'is violated');
  return describe([...of('consistent').filter(({ assumed }) => !assumed), ...of('not-applicable')], 'is not certified');
}

/** Base points if only certificates were requested: a user's own hypothesis has nothing but its search. */
const fewestPoints = 32;

/** The auditor's verdict on a theorem's own hypothesis: from what it certifies itself, and its own search over points of the suite. */
function judgeOwn({ id, statement, search, certify }: OwnHypothesis): Hypothesis {
  return {
    ...{ name: id, statement, needsStep: true },
    judge(subject) {
      const problem = subject.atStep!;
      const { start } = subject;
      if (start === undefined && ((search?.length ?? 0) > 2 || (certify?.length ?? 0) > 1)) {
        return { cases: 0, verdict: 'not-applicable', reason: 'it is about x⁰, which is not given here' };
      }
      const from = start?.slice() as Float64Array;
      if (asked(id, 'certify', () => certify?.(problem, from)) === true) {
        return { cases: 0, verdict: 'certified', reason: 'its own certificate says so' };
      }
      const plan = { ...subject.plan, points: Math.max(fewestPoints, subject.plan.points) };
      const points = search === undefined ? [] : pointsOf({ ...subject, plan }, id, problem.problem.functions[0]);
      const found = asked(id, 'search', () => search?.(problem, points, from));
      const cases = points.length;
      if (found === undefined || found === null) {
        const tried = cases === 0 ? 'nothing was searched' : `its search of ${cases} points found nothing against it`;
        return { cases, assumed: true, verdict: 'consistent', reason: `assumed: ${tried}` };
      }
      const witness = witnessOf(id, found, start);
      return { cases, verdict: 'violated', reason: witness.explanation, witness };
    },
  };
}

/** Coordinates along which a hypothesis sees a problem alone. */
const mostAxes = 8;

/** The points of a search, with (1, 0, …), (1, 1, 0, …), … after the origin: secants between them see the curvature along each axis. */
function pointsOf(subject: AuditSubject, id: string, target: Problem['functions'][number] | undefined): Float64Array[] {
  const [origin, ...rest] = basePoints(subject, id, target) as [Float64Array, ...Float64Array[]];
  const axes = Array.from({ length: Math.min(mostAxes, origin.length) }, (_, i) => i);
  return [origin, ...axes.map((i) => origin.map((_, j) => (j <= i ? 1 : 0))), ...rest];
}

function witnessOf(id: string, found: OwnWitness, start: Float64Array | undefined) {
  const { x: given, explanation } = found;
  const point = given ?? (explanation === undefined ? undefined : start);
  const x = Array.from(point ?? []);
  if (x.length === 0 || !x.every((entry) => typeof entry === 'number')) {
    const shown = (JSON.stringify(found) ?? String(found)).slice(0, 80);
    throw new TheoremError(`${id}: search must return nothing, or { x, explanation }, got ${shown}`);
  }
  return {
    ...{ part: 'problem', x, measured: Number.NaN },
    explanation: explanation ?? `does not hold at ${formatPoint('x', Float64Array.from(x))}`,
  };
}

/** Runs a function of a hypothesis; an error names the hypothesis. */
function asked<Result>(id: string, name: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new TheoremError(`${id}: ${name} threw: ${error instanceof Error ? error.message : String(error)}`);
  }
}
