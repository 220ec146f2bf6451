import fc from 'fast-check';
import { deriveSeed } from '../../seed.js';
import { ScheduleError } from '../../theorems/audit/audit.js';
import { prepareBound } from '../../theorems/prepare-bound.js';
import type { BoundInstance, Theorem } from '../../theorems/theorem.js';
import { describeFamily, families, instanceAt, parameterCount } from '../tightness-search/family.js';

/** T for which the sizes of a drawn instance are chosen. */
const scaledFor = 16;
/** Instances that are drawn for each one that is wanted, before fewer have to do. */
const perWanted = 24;

/** Instances of the families of the tightness search, drawn by fast-check. */
export function drawnInstances(seed: string, id: string, count: number): BoundInstance[] {
  const drawn = families('any').chain((family) => {
    const size = parameterCount(family);
    const parameters = fc.array(fc.noBias(fc.integer({ min: 1, max: 63 })), { minLength: size, maxLength: size });
    return parameters.map((values) => ({ family, values: values.map((value) => value / 64) }));
  });
  const samples = fc.sample(drawn, { numRuns: count, seed: deriveSeed(seed, id, 1, 'drawn instances') });
  return samples.map(({ family, values }, k) => ({
    ...instanceAt(family, scaledFor, values),
    name: `drawn ${k + 1}: ${describeFamily(family)}`,
  }));
}

/**
 * Drawn instances that certify the hypotheses of a theorem, at most `wanted`: an instance on which it is silent says nothing. One of them may be without noise, and the
 * larger half has linear r_k, for which the exact engines apply at any T.
 */
export function certifiedInstances(
  theorem: Theorem,
  seed: string,
  wanted: number,
  iterations: readonly number[],
): BoundInstance[] {
  const found: BoundInstance[] = [];
  const isQuiet = ({ problem }: BoundInstance) => problem.functions.length === 1;
  const isLinear = ({ problem }: BoundInstance) =>
    problem.functions.every(({ inner }) => (inner as { type?: string })?.type === 'zero');
  for (const instance of drawnInstances(seed, theorem.id, perWanted * wanted)) {
    if (found.length === wanted) break;
    const [quiet, linear] = [isQuiet(instance), isLinear(instance)];
    if (quiet && found.some(isQuiet)) continue;
    if (!quiet && !linear && found.filter((one) => !isLinear(one)).length >= wanted / 2) continue;
    if (iterations.every((T) => whyMute(theorem, instance, T) === undefined)) found.push(instance);
  }
  return found;
}

/** Why none of the drawn instances could be taken, by the first of them. */
export function whyNone(theorem: Theorem, seed: string, wanted: number, iterations: readonly number[]): string {
  const count = perWanted * wanted;
  const [first] = drawnInstances(seed, theorem.id, 1);
  const why = iterations.map((T) => whyMute(theorem, first!, T)).find((reason) => reason !== undefined);
  return `${theorem.id} says something about none of ${count} drawn problems at every T of ${iterations.join(', ')}: give instances (${first!.name}: ${why ?? 'too many of its kind'})`;
}

/** Why a theorem says nothing about an instance: it is silent, or has no step; undefined where it does. */
function whyMute(theorem: Theorem, instance: BoundInstance, iterations: number): string | undefined {
  try {
    const prepared = prepareBound(theorem, instance, iterations, { why: false });
    return 'silent' in prepared ? prepared.silent : undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}
