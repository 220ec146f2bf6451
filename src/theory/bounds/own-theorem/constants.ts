import fc from 'fast-check';
import type { Part } from '../../../claims/evidence.js';
import { deriveSeed } from '../../../claims/seed.js';
import { rateExponent } from '../../../statistics/summaries.js';
import { ScheduleError } from '../../theorem/audit/audit.js';
import { type Prepared, prepareBound } from '../../theorem/prepare-bound.js';
import type { BoundInstance, FixedConstants, Theorem, TheoremConstants } from '../../theorem/theorem.js';
import { describeFamily, families, instanceAt, parameterCount } from '../tightness-search/family.js';
import { kinked } from '../tightness-search/hard-problems.js';
import type { Evaluation } from '../tightness-search/search.js';

/** An instance with T, and its exact left side. */
export interface EvaluatedRow extends Evaluation {
  readonly iterations: number;
}

/** The constants in a bound, by symbol, and how each is multiplied. */
const multiplied = {
  L: ({ lipschitz, coordinateLipschitz, majorant }, factor) => ({
    ...(lipschitz !== undefined && { lipschitz: factor * lipschitz }),
    ...(coordinateLipschitz && { coordinateLipschitz: coordinateLipschitz.map((entry) => factor * entry) }),
    ...(majorant && { majorant: majorant.map((entry) => factor * entry) }),
  }),
  μ: ({ strongConvexity }, factor) => ({
    ...(strongConvexity !== undefined && { strongConvexity: factor * strongConvexity }),
  }),
  σ: ({ sigma, coordinateSigma, deviation, fixed }, factor) => ({
    ...(sigma !== undefined && { sigma: factor * sigma }),
    ...(coordinateSigma && { coordinateSigma: coordinateSigma.map((entry) => factor * entry) }),
    ...(deviation !== undefined && { deviation: factor * deviation }),
    ...changedFixed(fixed, (own) => ({
      sigma: factor * own.sigma,
      coordinateSigma: own.coordinateSigma.map((entry) => factor * entry),
    })),
  }),
  'f(x⁰) − f*': ({ gap, fixed }, factor) => ({
    gap: { lower: factor * gap.lower, upper: factor * gap.upper },
    ...changedFixed(fixed, (own) => ({ gap: factor * own.gap, growth: factor * own.growth })),
  }),
  '‖x⁰ − x*‖': ({ distance }, factor) => ({
    ...(distance && { distance: { lower: factor * distance.lower, upper: factor * distance.upper } }),
  }),
} satisfies Record<string, (constants: TheoremConstants, factor: number) => Partial<TheoremConstants>>;

/** The constants of the fixed objective, some of them changed, if a theorem uses them. */
function changedFixed(
  fixed: TheoremConstants['fixed'],
  change: (own: FixedConstants) => Partial<FixedConstants>,
): Pick<TheoremConstants, 'fixed'> {
  if (fixed === undefined) return {};
  return {
    fixed() {
      const own = fixed();
      return own && { ...own, ...change(own) };
    },
  };
}

/**
 * Each constant of a bound doubled and halved, on exact left sides: how much the bound changes, and whether a left side exceeds the bound with the
 * halved constant, so that half the constant would be false. A lower bound usually grows with the doubled constant, which is tried instead.
 */
export function judgeConstants(theorem: Theorem, rows: readonly EvaluatedRow[]): Part[] {
  const below = theorem.relation === 'at-least';
  const tried = below ? 2 : 0.5;
  // Few theorems have a μ.
  const hasModulus = rows.some(({ prepared }) => prepared.constants.strongConvexity !== undefined);
  const known = Object.entries(multiplied).filter(([symbol]) => hasModulus || symbol !== 'μ');
  return known.map(([symbol, multiply]) => {
    const boundWith = ({ prepared, iterations }: EvaluatedRow, factor: number) =>
      boundOrNone(() =>
        theorem.bound(
          iterations,
          { ...prepared.constants, ...multiply(prepared.constants, factor) },
          prepared.schedule,
        ),
      );
    const factors = (factor: number) =>
      rows
        .filter(({ prepared }) => prepared.upperBound > 0)
        .map((row) => boundWith(row, factor) / boundWith(row, 1))
        .filter(Number.isFinite);
    const row = { name: symbol, verdict: 'illustrated', cases: rows.length } as const;
    if ([0.5, 2].every((factor) => rows.every((row) => boundWith(row, factor) === boundWith(row, 1)))) {
      return { ...row, worstRatio: 0, reason: 'the bound does not use it' };
    }
    const ratioOf = (row: EvaluatedRow) => {
      const [lower, upper] = row.left.interval;
      const bound = boundWith(row, tried);
      const [small, large] = below ? [bound, upper] : [lower, bound];
      return small > 0 && small < Number.POSITIVE_INFINITY ? small / large : 0;
    };
    const [most] = rows.toSorted((a, b) => ratioOf(b) - ratioOf(a));
    const worstRatio = most === undefined ? 0 : ratioOf(most);
    const moved = `doubled the bound is up to ${largest(factors(2))} times as large, halved down to ${smallest(factors(0.5))} times`;
    const where = `on ${most?.instance.name} at T = ${most?.iterations}`;
    const broken = worstRatio > 1 + 2 ** -36;
    return {
      ...row,
      worstRatio: Number.isFinite(worstRatio) ? worstRatio : 0,
      reason: below
        ? `${moved}; doubled it is above ${broken ? `the left side ${where}` : 'none of these left sides'}`
        : `${moved}; halved it is exceeded ${broken ? where : 'by none of these left sides'}`,
    };
  });
}

/** A bound, or ∞ if the theorem has none: a step of 1/L is not allowed for 2L. */
function boundOrNone(bound: () => number): number {
  try {
    return bound();
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

const largest = (values: readonly number[]): string => Math.max(1, ...values).toPrecision(3);
const smallest = (values: readonly number[]): string => Math.min(1, ...values).toPrecision(3);

/** A row that has a left side and a bound. */
interface RatedRow {
  readonly instance: string;
  readonly iterations: number;
  readonly left: number;
  readonly bound: Prepared['upperBound'];
}

/** The rates at which left side and bound decrease with T, on the instance whose left side decreases most slowly compared with its bound. */
export function rates(
  rows: readonly RatedRow[],
): { readonly instance: string; readonly left: number; readonly bound: number } | undefined {
  const byInstance = groups(rows);
  const fitted = [...byInstance].flatMap(([instance, own]) => {
    const usable = own.filter(({ left, bound }) => left > 0 && bound > 0 && Number.isFinite(bound));
    const left = rateExponent(usable);
    const bound = rateExponent(usable.map(({ iterations, bound: value }) => ({ iterations, left: value })));
    return left === undefined || bound === undefined ? [] : [{ instance, left, bound }];
  });
  return fitted.reduce<(typeof fitted)[number] | undefined>(
    (slowest, next) =>
      slowest === undefined || next.left - next.bound > slowest.left - slowest.bound ? next : slowest,
    undefined,
  );
}

function groups(rows: readonly RatedRow[]): Map<string, RatedRow[]> {
  const found = new Map<string, RatedRow[]>();
  for (const row of rows) found.set(row.instance, [...(found.get(row.instance) ?? []), row]);
  return found;
}

/** T for which the sizes of a drawn instance are chosen. */
const scaledFor = 16;
/** Number of draws for each wanted instance; if they do not suffice, there are fewer instances. */
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
 * At most `wanted` drawn instances for which the hypotheses of a theorem are certified: on others it is silent. One of them may be without noise,
 * and the larger half has linear r_k, for which the exact engines apply at any T.
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
  if (found.length > 0) return found;
  // Drawn problems have a d and smooth r_k.
  const heard = (instance: BoundInstance) => iterations.every((T) => whyMute(theorem, instance, T) === undefined);
  return kinked(theorem, scaledFor).filter(heard).slice(0, wanted);
}

/** Why none of the drawn instances can be used, from the first of them. */
export function whyNone(theorem: Theorem, seed: string, wanted: number, iterations: readonly number[]): string {
  const count = perWanted * wanted;
  const [first] = drawnInstances(seed, theorem.id, 1);
  const why = iterations.map((T) => whyMute(theorem, first!, T)).find((reason) => reason !== undefined);
  return `${theorem.id} says something about none of ${count} drawn problems at every T of ${iterations.join(', ')}: give instances (${first!.name}: ${why ?? 'too many of its kind'})`;
}

/** Why a theorem says nothing about an instance: it is silent, or has no step; undefined if it does say something. */
function whyMute(theorem: Theorem, instance: BoundInstance, iterations: number): string | undefined {
  try {
    const prepared = prepareBound(theorem, instance, iterations, { why: false });
    return 'silent' in prepared ? prepared.silent : undefined;
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}
