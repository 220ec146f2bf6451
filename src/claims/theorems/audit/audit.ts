import type { LipschitzConstants, Problem, ProblemAtStep } from '../../../reference/problem/problem.js';
import type { HypothesisId } from '../../hypothesis-id.js';
import type { Theorem } from '../theorem.js';
import type { DeclaredConstants } from './declared-constants.js';
import type { HypothesisFinding } from './finding.js';
import { hypotheses } from './hypotheses.js';
import type { AuditSubject } from './subject.js';

export interface AuditOptions {
  /** T of the theorem's schedule; default 1. */
  readonly iterations?: number;
  /** γ in place of the schedule's. */
  readonly step?: number;
  readonly declared?: DeclaredConstants;
  /** The hypotheses to judge, when not all of the theorem's. */
  readonly only?: readonly HypothesisId[];
  /** Base points of each search; default 256, or 32 for more than 64 dimensions; 0 asks for certificates only. */
  readonly points?: number;
  /** Seed of the searches; default `1`. */
  readonly seed?: string;
  /** Called with the name of each hypothesis, as the paper has it, before it is judged. */
  judging?(name: string): void;
}

/** A problem held against the hypotheses of one theorem. */
export interface Audit {
  readonly theorem: string;
  readonly dimension: number;
  /** γ at which f, P_k and σ were audited. */
  readonly step?: number;
  /** f = d + r_γ at that step. */
  readonly atStep?: ProblemAtStep;
  /** Why the theorem's schedule gives no step although there are constants: ‖L‖₁ = 0 makes γ infinite. */
  readonly scheduleError?: string;
  readonly findings: readonly HypothesisFinding[];
}

/** The constants of a problem are known and give no finite step. */
export class ScheduleError extends RangeError {
  override readonly name = 'ScheduleError';
}

/**
 * Holds a problem against every hypothesis of a theorem: what is certified, what a seeded search met, and the points at which a
 * hypothesis fails. Constants that the caller declares are checked in place of the certified ones and drive the schedule.
 */
export function auditAssumptions(
  theorem: Pick<Theorem, 'id' | 'hypotheses' | 'schedule'>,
  problem: Problem,
  dimension: number,
  options: AuditOptions = {},
): Audit {
  const { iterations = 1, declared = {}, points = dimension > 64 ? 32 : 256, seed = '1' } = options;
  const constants: LipschitzConstants = {
    ...problem.lipschitz(dimension),
    ...(declared.lipschitz !== undefined && { lipschitz: declared.lipschitz }),
    ...(declared.coordinateLipschitz && { coordinateLipschitz: declared.coordinateLipschitz }),
  };
  const scheduled = options.step === undefined ? scheduledStep(theorem, iterations, constants) : { step: options.step };
  const atStep = scheduled.step === undefined ? {} : { atStep: problem.at(scheduled.step) };
  const subject: AuditSubject = {
    problem,
    dimension,
    declared,
    ...atStep,
    plan: { points, seed },
  };
  const judged = options.only ?? theorem.hypotheses;
  const findings = judged.map((id): HypothesisFinding => {
    const { name, statement, needsStep, judge } = hypotheses[id];
    options.judging?.(name);
    if (!needsStep || subject.atStep) return { hypothesis: id, statement, ...judge(subject) };
    const reason = `depends on γ, which ${theorem.id} defines by constants that do not exist here: give a step`;
    return { hypothesis: id, statement, cases: 0, verdict: 'not-applicable', reason };
  });
  return { theorem: theorem.id, dimension, ...scheduled, ...atStep, findings };
}

function scheduledStep(
  theorem: Pick<Theorem, 'id' | 'hypotheses' | 'schedule'>,
  iterations: number,
  constants: LipschitzConstants,
): Pick<Audit, 'step' | 'scheduleError'> {
  const coordinatewise = theorem.hypotheses.includes('assumption-2b');
  if ((coordinatewise ? constants.coordinateLipschitz : constants.lipschitz) === undefined) return {};
  try {
    const { step } = theorem.schedule(iterations, constants);
    if (step > 0 && step < Infinity) return { step };
    return { scheduleError: `${theorem.id} asks for γ = ${step}, which is no step: rescale the problem` };
  } catch (error) {
    if (error instanceof RangeError) return { scheduleError: error.message };
    throw error;
  }
}

/** Why a theorem says nothing about a problem, in one line: the hypotheses that are violated, else those that nothing certifies. */
export function reasonForSilence({ findings }: Audit): string | undefined {
  const of = (verdict: HypothesisFinding['verdict']) => findings.filter((finding) => finding.verdict === verdict);
  const describe = (list: readonly HypothesisFinding[], how: string) =>
    list.map(({ hypothesis, reason }) => `${hypotheses[hypothesis].name} ${how}: ${reason}`).join('; ');
  if (findings.every(({ verdict }) => verdict === 'certified')) return undefined;
  const violated = of('violated');
  if (violated.length > 0) return describe(violated, 'is violated');
  return describe([...of('consistent'), ...of('not-applicable')], 'is not certified');
}
