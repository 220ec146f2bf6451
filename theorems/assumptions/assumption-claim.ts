import fc from 'fast-check';
import { certifiedProblem } from '../../src/claims/arbitraries/certified-problem.js';
import type { Claim } from '../../src/claims/claim.js';
import { claimMaker } from '../../src/claims/claim-mutant.js';
import type { Part } from '../../src/claims/evidence.js';
import type { HypothesisId } from '../../src/claims/hypothesis.js';
import { deriveSeed } from '../../src/claims/seed.js';
import { plural } from '../../src/claims/text.js';
import { type AuditOptions, auditAssumptions } from '../../src/claims/theorems/audit/audit.js';
import type { DeclaredConstants } from '../../src/claims/theorems/audit/declared-constants.js';
import type { HypothesisFinding } from '../../src/claims/theorems/audit/finding.js';
import { formatConstant } from '../../src/claims/theorems/audit/format.js';
import { hypotheses } from '../../src/claims/theorems/audit/hypotheses.js';
import type { BoundInstance, Theorem } from '../../src/claims/theorems/theorem.js';
import { parseProblem } from '../../src/reference/problem/create-problem.js';
import type { Problem, ProblemSpecification } from '../../src/reference/problem/problem.js';

/** A problem that breaks a hypothesis for every constant. */
export interface BrokenProblem {
  readonly name: string;
  readonly problem: ProblemSpecification;
  readonly dimension: number;
  /** γ, where the problem has no constants that would define one. */
  readonly step?: number;
}

export interface AssumptionClaim extends Pick<Claim, 'version' | 'statement'>, Partial<Pick<Claim, 'counterexamples'>> {
  /** Also the id of the claim. */
  readonly hypothesis: HypothesisId;
  readonly theorem: Theorem;
  /** Problems that meet it, with certified constants. */
  readonly instances: readonly BoundInstance[];
  readonly broken: readonly BrokenProblem[];
  /** Constants that are a hundredth too small (for f*: too large) for a problem whose certified ones are given. */
  tooSmall(certified: HypothesisFinding, problem: Problem, start: Float64Array, step: number): DeclaredConstants;
}

/** Generated problems and base points of each search. */
const effort = {
  quick: { problems: 3, points: 16 },
  standard: { problems: 12, points: 32 },
  deep: { problems: 200, points: 128 },
} as const;

/** T of the steps at which generated problems are audited, in turn. */
const iterations = [1, 4, 16] as const;

/**
 * An assumption as a claim about the suite's own families: on every one of them the constant is certified and no search exceeds it, a
 * constant a hundredth too small is always found out, and problems that have no constant at all are recognised.
 */
export const assumptionClaim = claimMaker((claim: AssumptionClaim): Claim => {
  const { hypothesis, theorem, instances, broken, version, statement, counterexamples } = claim;
  return {
    id: hypothesis,
    version,
    source: { section: '2.2', equation: `Assumption ${hypotheses[hypothesis].name}` },
    statement,
    method:
      'certified constants of the problem families against a seeded search for the worst pair; constants a hundredth too small and problems without any must be found out',
    requires: { referenceOnly: true },
    ...(counterexamples && { counterexamples }),
    async check(_implementation, budget) {
      const { problems, points } = effort[budget.depth];
      const generated = fc
        .sample(certifiedProblem(), { seed: deriveSeed(budget.seed, hypothesis, version, ''), numRuns: problems })
        .map((entry, i) => ({ ...entry, name: `generated ${i + 1}` }));
      const parts: Part[] = [];
      for (const [i, instance] of [...instances, ...generated].entries()) {
        budget.signal?.throwIfAborted();
        budget.progress?.(instance.name);
        const T = iterations[i % iterations.length]!;
        parts.push(...judgeInstance(claim, instance, { iterations: T, points, seed: budget.seed }));
      }
      for (const { name, problem, dimension, step } of broken) {
        const finding = auditAssumptions(theorem, parseProblem(problem), dimension, {
          ...(step !== undefined && { step }),
          ...{ only: [hypothesis], points, seed: budget.seed },
        }).findings[0]!;
        parts.push(part(name, finding.verdict === 'violated', finding));
      }
      const failed = parts.filter(({ verdict }) => verdict === 'violated');
      return {
        verdict: failed.length === 0 ? 'holds' : 'violated',
        reason:
          failed.length === 0
            ? `certified on ${plural(instances.length + generated.length, 'problem')} and never exceeded; ${plural(parts.length - instances.length - generated.length, 'planted violation')} found out`
            : failed.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
        cases: parts.reduce((sum, { cases }) => sum + cases, 0),
        parts,
      };
    },
  };
});

/** One part about the certified constant, and one about a constant that is a hundredth too small, unless it is 0. */
function judgeInstance(
  { hypothesis, theorem, tooSmall }: AssumptionClaim,
  { name, problem: specification, start }: BoundInstance,
  options: AuditOptions,
): Part[] {
  const problem = parseProblem(specification);
  const audited = { ...options, only: [hypothesis] };
  const audit = auditAssumptions(theorem, problem, start.length, audited);
  const finding = audit.findings[0]!;
  const parts = [part(name, finding.verdict === 'certified', finding)];
  if (finding.verdict !== 'certified') return parts;
  const step = audit.step!;
  const declared = tooSmall(finding, problem, Float64Array.from(start), step);
  if (Object.values(declared).every(isZero)) return parts;
  const planted = auditAssumptions(theorem, problem, start.length, { ...audited, declared, step }).findings[0]!;
  const claimed = formatConstant(planted.declared!);
  parts.push(part(`${name}, declared ${claimed}`, planted.verdict === 'violated', planted));
  return parts;
}

const isZero = (constant: number | Float64Array): boolean =>
  typeof constant === 'number' ? constant === 0 : constant.every((value) => value === 0);

function part(name: string, right: boolean, finding: HypothesisFinding): Part {
  return {
    name,
    verdict: right ? 'holds' : 'violated',
    cases: finding.cases,
    worstRatio: finding.verdict === 'certified' ? worstRatio(finding) : 0,
    reason: `${finding.verdict}: ${finding.reason}`,
  };
}

/** Searched over certified constant, the worst over coordinates; 0 for f*, whose search approaches it from the other side. */
function worstRatio({ computed, searched }: HypothesisFinding): number {
  if (typeof computed === 'number') return computed === 0 ? 0 : (searched as number) / computed;
  if (!Array.isArray(computed)) return 0;
  return Math.max(...computed.map((value, i) => (value === 0 ? 0 : (searched as readonly number[])[i]! / value)));
}
