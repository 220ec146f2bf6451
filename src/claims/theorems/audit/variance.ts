import type { Witness } from './finding.js';
import { formatNumber, formatPoint } from './format.js';
import { type AuditSubject, basePoints, searchStream } from './subject.js';
import { type Deviation, searchVariance, type VarianceFindings } from './variance-search.js';
import { type ConstantEvidence, judgeConstant, optional } from './verdict.js';

/** Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²σ² for all x. */
export function judgeVariance(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const computed = subject.atStep!.constants(subject.dimension).sigma;
  const found = search(subject, computed !== undefined);
  return judgeConstant({
    ...optional('declared', subject.declared.sigma),
    ...optional('computed', computed),
    ...(measured(found) && {
      searched: found.growth ? Infinity : found.worst.value,
      witness: () => pointWitness(found.worst),
    }),
    ...evidence(found),
    symbol: 'σ',
  });
}

/** Assumption 2(d): E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for all x and i. */
export function judgeCoordinateVariance(subject: AuditSubject): ReturnType<typeof judgeConstant> {
  const { declared, atStep, dimension } = subject;
  const computed = atStep!.constants(dimension).coordinateSigma;
  const found = search(subject, computed !== undefined);
  return judgeConstant({
    ...optional('declared', declared.coordinateSigma && Array.from(declared.coordinateSigma)),
    ...optional('computed', computed && Array.from(computed)),
    ...(measured(found) && {
      searched: found.growth ? Infinity : found.coordinates.map(({ value }) => value),
      witness: (i: number) => pointWitness(found.coordinates[i]!, i),
    }),
    ...evidence(found),
    symbol: 'σ_i',
  });
}

function search(subject: AuditSubject, bounded: boolean): VarianceFindings | undefined {
  const { plan, problem, atStep } = subject;
  if (plan.points === 0) return undefined;
  const each = { ...plan, points: Math.ceil(plan.points / problem.functions.length) };
  const points = problem.functions.flatMap((fn, k) => basePoints({ ...subject, plan: each }, `P_${k + 1}`, fn));
  return searchVariance(atStep!, points, searchStream(subject, 'variance'), bounded);
}

/** Whether the deviation was a finite double anywhere. */
function measured(found: VarianceFindings | undefined): found is VarianceFindings {
  return found !== undefined && found.overflows < found.cases;
}

function evidence(found: VarianceFindings | undefined): Pick<ConstantEvidence, 'cases' | 'overflows' | 'unbounded'> {
  if (found === undefined) return { cases: 0 };
  const { cases, overflows } = found;
  if (found.growth === undefined) return { cases, overflows };
  const { values, last } = found.growth;
  const shown = values.filter(Number.isFinite).slice(-4).map(formatNumber).join(', ');
  const witness: Witness = {
    ...pointWitness(last),
    explanation: `no σ serves: (E‖P_k(x) − P(x)‖²)^½/γ grows without end along a ray: …, ${shown}, the last at ${formatPoint('x', last.x)}`,
  };
  return { cases, overflows, unbounded: witness };
}

function pointWitness({ x, value }: Deviation, coordinate?: number): Witness {
  const measure =
    coordinate === undefined
      ? '(E‖P_k(x) − P(x)‖²)^½/γ'
      : `(E(P_k(x)_${coordinate + 1} − P(x)_${coordinate + 1})²)^½/γ`;
  return {
    part: 'P_k',
    x: Array.from(x),
    measured: value,
    explanation: `${measure} = ${formatNumber(value)} at ${formatPoint('x', x)}`,
  };
}
