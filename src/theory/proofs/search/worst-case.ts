import type { BoundRow } from '../../../claims/evidence.js';
import { enclosedRow } from '../../bounds/bound-row.js';
import { attainingProblems } from '../../bounds/tightness-search/hard-problems.js';
import { isUnderflow } from '../../bounds/tightness-search/search.js';
import type { ExactLeft, ExactRequest } from '../../left-side/exact-engine.js';
import { exactEngines, exactLeft } from '../../left-side/exact-engines.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';

/** A problem on which an engine computes the left side, without sampling. */
export interface ComputedCase {
  readonly instance: BoundInstance;
  readonly iterations: number;
  readonly row: Pick<BoundRow, 'verdict' | 'leftInterval' | 'bound' | 'engine' | 'reason'> & { readonly left: number };
  /** Hypotheses of the theorem's own that no search refutes and nothing certifies. */
  readonly assumed: readonly string[];
}

/** Runs of which every sequence of draws can be followed. */
const longestWithNoise = 8;

/** The left side by the engines that follow no sequence of draws: of a longer run with noise. */
function leftOfLongRun(request: ExactRequest): ExactLeft | undefined {
  for (const name of ['moments', 'lattice'] as const) {
    const answer = exactEngines[name](request);
    if (!('inapplicable' in answer)) return answer;
  }
  return undefined;
}

/** The numbers of a theorem on a problem; undefined where it has no step, as with one tuned to f(x⁰) − f* = 0. */
function preparedOn(theorem: Theorem, instance: BoundInstance, iterations: number) {
  try {
    return prepareBound(theorem, instance, iterations, { why: false });
  } catch (error) {
    if (error instanceof ScheduleError) return undefined;
    throw error;
  }
}

/**
 * Left sides by the exact engines on the candidates, beside the bound.
 *
 * @returns how many were computed, and the one that exceeds its bound by the largest factor, if any does
 */
export async function worstCase(
  theorem: Theorem,
  iterations: readonly number[],
): Promise<{ readonly computed: number; readonly violation: ComputedCase | undefined }> {
  let computed = 0;
  let violation: ComputedCase | undefined;
  for (const T of iterations) {
    for (const instance of attainingProblems(theorem, T)) {
      const prepared = preparedOn(theorem, instance, T);
      if (prepared === undefined || 'silent' in prepared) continue;
      const request = { theorem, instance, iterations: T, schedule: prepared.schedule };
      const isLong = instance.problem.functions.length > 1 && T > longestWithNoise;
      const left = isLong ? leftOfLongRun(request) : await exactLeft('auto', request);
      if (left === undefined || isUnderflow(left, prepared)) continue;
      const row = enclosedRow({ instance, iterations: T }, prepared, left);
      computed++;
      if (row.verdict !== 'violated') continue;
      const ratio = row.left! / row.bound!;
      if (violation === undefined || ratio > violation.row.left / violation.row.bound!) {
        violation = { instance, iterations: T, row: { ...row, left: row.left! }, assumed: prepared.assumed };
      }
    }
  }
  return { computed, violation };
}
