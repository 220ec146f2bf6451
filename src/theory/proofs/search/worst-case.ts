import type { Depth } from '../../../claims/claim.js';
import type { BoundRow } from '../../../claims/evidence.js';
import type { FunctionSpecification } from '../../../reference/functions/definition/proximable-function.js';
import { enclosedRow } from '../../bounds/bound-row.js';
import { refutation } from '../../bounds/own-theorem/theorem-claims.js';
import { attainingProblems } from '../../bounds/tightness-search/hard-problems.js';
import { isUnderflow } from '../../bounds/tightness-search/search.js';
import type { ExactLeft, ExactRequest } from '../../left-side/exact-engine.js';
import { exactEngines, exactLeft } from '../../left-side/exact-engines.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorem/theorem.js';
import { TheoremError } from '../../theorem/theorem-fields.js';

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

/** Longer runs take minutes on every problem, in which nobody is asked whether to go on. */
const longestRun = 100_000;

/** Runs of a sweep. */
const longestSwept = 1000;

/** The numbers of a theorem on a problem; undefined where it has no step, as with one tuned to f(x⁰) − f* = 0. */
function preparedOn(theorem: Theorem, instance: BoundInstance, iterations: number) {
  try {
    return prepareBound(theorem, instance, iterations, { why: false });
  } catch (error) {
    if (error instanceof ScheduleError) return undefined;
    throw error;
  }
}

/** A left side by an exact engine, beside the bound; undefined where the theorem is silent or no engine applies. */
export async function computedOn(
  theorem: Theorem,
  instance: BoundInstance,
  T: number,
): Promise<ComputedCase | undefined> {
  const prepared = preparedOn(theorem, instance, T);
  if (prepared === undefined || 'silent' in prepared) return undefined;
  const request = { theorem, instance, iterations: T, schedule: prepared.schedule };
  const isLong = instance.problem.functions.length > 1 && T > longestWithNoise;
  const left = isLong ? leftOfLongRun(request) : await exactLeft('auto', request);
  if (left === undefined || isUnderflow(left, prepared)) return undefined;
  const row = enclosedRow({ instance, iterations: T }, prepared, left);
  return { instance, iterations: T, row: { ...row, left: row.left! }, assumed: prepared.assumed };
}

const ratioOf = ({ row }: ComputedCase): number => row.left / row.bound!;

/**
 * Left sides by the exact engines on the candidates, beside the bound, where runs are not too long.
 *
 * @returns how many were computed, and the one that exceeds its bound by the largest factor, if any does
 */
export async function worstCase(
  theorem: Theorem,
  iterations: readonly number[],
): Promise<{ readonly computed: number; readonly violation: ComputedCase | undefined }> {
  let computed = 0;
  let violation: ComputedCase | undefined;
  for (const T of iterations.filter((each) => each <= longestRun)) {
    for (const instance of attainingProblems(theorem, T)) {
      const found = await computedOn(theorem, instance, T).catch(whereNoNumber);
      if (found === undefined) continue;
      computed++;
      if (found.row.verdict !== 'violated') continue;
      if (violation === undefined || ratioOf(found) > ratioOf(violation)) violation = found;
    }
  }
  return { computed, violation };
}

/** Coordinates of the problems of a sweep, small numbers and both sides of 64, 256 and 500. */
const sweptDimensions = [2, 3, 5, 7, 12, 19, 33, 65, 130, 257, 600, 1000] as const;

/** A problem without noise, or with two draws ±σ in its last coordinate. */
function problemOf(name: string, smooth: FunctionSpecification, start: readonly number[], sigma = 0): BoundInstance {
  const draws = sigma === 0 ? [0] : [sigma, -sigma];
  const functions = draws.map((slope) =>
    slope === 0
      ? { type: 'zero' }
      : { type: 'linear', coefficients: start.map((_, i) => (i === start.length - 1 ? slope : 0)) },
  );
  return { name, problem: { smooth, functions, probabilities: draws.map(() => 1 / draws.length) }, start };
}

/** The problems of a sweep, each with its T: of one variable with L and x⁰ of all sizes, and parabolas of many coordinates of which one or all are away from their minimum. */
function* listSwept(): Generator<readonly [BoundInstance, readonly number[]]> {
  for (const L of [1, 2 ** -7, 2 ** 7, 2 ** -24, 2 ** 24, 2 ** -30, 2 ** 30]) {
    const parabola = { type: 'quadratic', curvature: L, center: 0 };
    for (const x of [1, 2 ** -24, 2 ** 24]) {
      yield [problemOf(`${L} x²/2 from ${x}`, parabola, [x]), [1, 4, 64]];
      // With slope L·x for 2T steps of length 1/L.
      const huber = { type: 'huber', weight: L * x, threshold: x };
      yield [problemOf(`Huber with L = ${L} from ${16 * x}`, huber, [16 * x]), [4, 64]];
    }
    yield [problemOf(`${L} x²/2 from 1, σ = ${L}`, parabola, [1], L), [2, 4]];
  }
  for (const n of sweptDimensions) {
    const parabola = { type: 'quadratic', curvature: 1, center: 0 };
    for (const k of [0, n - 1]) {
      const start = Array.from({ length: n }, (_, i) => (i === k ? 1 : 0));
      yield [
        problemOf(`‖x‖²/2 of ${n} variables from the ${k === 0 ? 'first' : 'last'} unit vector`, parabola, start),
        [4, 64],
      ];
    }
    const ones = new Array<number>(n).fill(1);
    yield [problemOf(`‖x‖²/2 of ${n} variables from (1, …, 1)`, parabola, ones), [4, 64]];
    yield [
      problemOf(`‖x‖²/2 of ${n} variables from its minimiser, σ = 1`, parabola, new Array<number>(n).fill(0), 1),
      [3],
    ];
  }
}

/** Always the same objects: their constants are computed once. */
let swept: readonly (readonly [BoundInstance, readonly number[]])[] | undefined;
const sweptProblems = () => (swept ??= [...listSwept()]);

/** A program may leave the doubles on a problem of a sweep, or refuse it: that refutes nothing. */
function whereNoNumber(error: unknown): undefined {
  if (!(error instanceof TheoremError)) throw error;
}

/**
 * Left sides by the exact engines for L from 2⁻³⁰ to 2³⁰ and up to 1000 coordinates: what is known of a theorem at L = 1 and in one variable need not hold there.
 *
 * @param iterations the T that are asked for; others if left out
 * @returns how many were computed, and the first that exceeds its bound
 */
export async function sweep(
  theorem: Theorem,
  iterations?: readonly number[],
): Promise<{ readonly computed: number; readonly violation: ComputedCase | undefined }> {
  let computed = 0;
  for (const [instance, own] of sweptProblems()) {
    const noisy = instance.problem.functions.length > 1;
    for (const T of iterations ?? own) {
      if (T < (theorem.from ?? 1) || T > (noisy ? longestWithNoise : longestSwept)) continue;
      const found = await computedOn(theorem, instance, T).catch(whereNoNumber);
      if (found === undefined) continue;
      computed++;
      if (found.row.verdict === 'violated') return { computed, violation: found };
    }
  }
  return { computed, violation: undefined };
}

/**
 * Whether any problem that is tried meets the hypotheses, those of the theorem's file first.
 *
 * @param T at which the numbers of the theorem are asked for
 */
export const isMet = (theorem: Theorem, own: readonly BoundInstance[], T: number): boolean => {
  const meets = (instance: BoundInstance): boolean => {
    const prepared = preparedOn(theorem, instance, T);
    return prepared === undefined || !('silent' in prepared);
  };
  return own.some(meets) || attainingProblems(theorem, T).some(meets) || sweptProblems().some(([each]) => meets(each));
};

/**
 * What `verify --theorem` finds above the bound, in the rows of its bound and in its search for the tightest instance.
 *
 * @param instances those of the theorem's file; drawn ones if there are none
 * @param iterations the T that are asked for; those of the depth if left out
 * @throws TheoremError where a function of the theorem gives no number
 */
export async function claimedViolation(
  theorem: Theorem,
  {
    depth,
    instances = [],
    iterations,
    say,
  }: {
    readonly depth: Depth;
    readonly instances?: readonly BoundInstance[] | undefined;
    readonly iterations?: readonly number[] | undefined;
    readonly say: (text: string) => void;
  },
): Promise<ComputedCase | undefined> {
  if (Math.max(theorem.from ?? 1, ...(iterations ?? [])) > longestRun) return undefined;
  const found = await refutation(
    { theorem, instances },
    { depth, progress: say, ...(iterations && { iterations }) },
  ).catch((error: unknown) => {
    // Constants that give no step refute nothing.
    if (!(error instanceof ScheduleError)) throw error;
    return undefined;
  });
  if (found === undefined) return undefined;
  const prepared = preparedOn(theorem, found.instance, found.iterations);
  return { ...found, assumed: prepared === undefined || 'silent' in prepared ? [] : prepared.assumed };
}
