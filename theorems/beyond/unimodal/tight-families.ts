import { boundEvidence } from '../../../src/claims/bounds/bound-evidence.js';
import type { Finding, RowFinding } from '../../../src/claims/evidence.js';
import type { AdditiveRun } from '../../shared/additive-run.js';
import { huber, single } from '../../shared/noisy-coordinates.js';
import { uniform } from '../../shared/unit-noise.js';

/** |G| on the way. */
const slope = 2;

/**
 * Uniform noise on a slope of δ√(3v), where the margin of a sign is δ: from x⁰ at the distance of T mean steps, x is on the slope nearly all the time, and Δ/(γT) is nearly everything.
 *
 * @param name of the slope
 * @param delta δ
 * @param speed mean steps per iteration: the margin of what moves x
 */
export function slopeRun(name: string, delta: number, speed: number, iterations: number) {
  const start = (_: number, step: number): number => (Math.round(speed * iterations) + 1 / 2) * step;
  const deviation = slope / (delta * Math.sqrt(3));
  return {
    problem: single(`d = Huber of slope ${name}`, { ...huber(slope), deviation, start }),
    ...{ noise: uniform, iterations, step: 1 / (2 * Math.sqrt(iterations)) },
  } satisfies Omit<AdditiveRun, 'term'>;
}

/** One family for growing T, with left/bound that must be reached at the T named. */
export interface TightRows {
  readonly rows: readonly RowFinding[];
  readonly atLeast: Readonly<Record<number, number>>;
}

/** That no bound is exceeded, and that left/bound increases in T and comes to what is asked for. */
export function tightFinding(families: readonly TightRows[]): Finding {
  const attained = families.every(({ rows, atLeast }) =>
    rows.every(({ left, bound, verdict, iterations }, i) => {
      const before = rows[i - 1];
      const increases = before === undefined || left / bound > before.left / before.bound;
      return verdict === 'holds' && increases && left / bound >= (atLeast[iterations] ?? 0);
    }),
  );
  const last = families.map(({ rows }) => rows.at(-1)!);
  const shown = last.map(
    ({ left, bound, iterations, instance }) => `${(left / bound).toFixed(4)} at T = ${iterations} (${instance})`,
  );
  const rows = families.flatMap((family) => family.rows);
  return boundEvidence(rows, attained ? 'holds' : 'violated', `left/bound is ${shown.join(', ')}`);
}

/** T of the families. */
export const tightIterations = {
  quick: [256, 1024],
  standard: [64, 256, 1024, 4096, 16_384],
  deep: [64, 256, 1024, 4096, 16_384],
} as const;
