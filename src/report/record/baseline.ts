import * as z from 'zod';
import { depths } from '../../claims/claim.js';
import { countSchema, realSchema } from '../../claims/schemas.js';
import { type SubjectVerdict, subjectVerdictNames } from '../../claims/subject-verdicts.js';
import { silentKinds, verdicts } from '../../claims/verdict.js';
import { boundRatio } from './outcome.js';
import type { RunRecord } from './run-record.js';
import { subjectsOf } from './subjects.js';

const bits = z.string().regex(/^[0-9a-f]{16}$/);
const measured = { verdict: z.enum(verdicts), ratio: realSchema };

/** Raised when older files cannot be compared with new ones: version 1 had no cells. */
const baselineVersion = 2;

/** An earlier run of one implementation, to compare later ones with. */
export const baselineSchema = z
  .strictObject({
    schemaVersion: z.literal(baselineVersion),
    suiteVersion: z.string(),
    implementation: z.strictObject({ name: z.string(), version: z.string(), language: z.string() }),
    seed: z.string(),
    depth: z.enum(depths),
    tolerance: z
      .strictObject({
        ratioFactor: z.number().min(1),
        ratioFloor: z.number().nonnegative(),
        trajectoryUlps: z.number().nonnegative(),
        why: z.string(),
      })
      .describe(
        'a ratio of measured to allowed is worse above max(ratioFactor · ratio before, ratioFloor); an element of a trajectory that moved by more than trajectoryUlps is',
      ),
    claims: z.array(
      z.strictObject({
        id: z.string().min(1),
        version: countSchema.describe('of the check: ratios of two versions are not compared'),
        cases: countSchema,
        ...measured,
        cells: z
          .array(
            z.strictObject({
              subject: z.string().min(1),
              cases: countSchema,
              verdict: z.enum(subjectVerdictNames),
              ratio: realSchema,
            }),
          )
          .describe('what the claim found about each subject'),
        parts: z.array(z.strictObject({ name: z.string(), cases: countSchema, ...measured })),
        rows: z.array(z.strictObject({ instance: z.string(), iterations: countSchema, ...measured })),
      }),
    ),
    trajectories: z
      .record(z.string(), z.array(z.array(bits)))
      .describe('the iterates of the published trajectories, by id, as the implementation returned them'),
  })
  .describe('signprox baseline: an earlier run of one implementation');
export type Baseline = z.output<typeof baselineSchema>;
export type BaselineClaim = Baseline['claims'][number];

/** Another order of rounding changes a ratio by a few units in 64. A ratio that doubles beyond that shows a change of the method. */
const tolerance: Baseline['tolerance'] = {
  ratioFactor: 2,
  ratioFloor: 1 / 16,
  trajectoryUlps: 0,
  why: 'tolerances are 64 roundings: below 1/16 a ratio is a handful of them, and another order of summation moves it; trajectories are compared bit for bit',
};

/** Verdicts about a subject in one claim, from worst to best. */
export const ascendingCells: readonly SubjectVerdict[] = [
  'wrong',
  ...silentKinds,
  'not-finite',
  'not-offered',
  'refuses',
  'inaccurate',
  'extreme',
  'follows',
  'thin',
  'right',
];

/** The baseline of a run: the claims whose versions are given, and trajectories. */
export function baselineOf(
  record: RunRecord,
  versions: ReadonlyMap<string, number>,
  trajectories: Baseline['trajectories'],
): Baseline {
  const { name, version, language } = record.implementation;
  const { subjects } = subjectsOf(record);
  const cellsOf = (id: string): BaselineClaim['cells'] =>
    subjects.flatMap(({ subject, cells }) => {
      // A subject that is blamed for the failing cases of others has their cells beside its own.
      const own = cells.filter(({ claim }) => claim === id);
      const goodness = (cell: (typeof own)[number]): number => ascendingCells.indexOf(cell.outcome);
      const worst = own.sort((one, other) => goodness(one) - goodness(other))[0];
      if (worst === undefined) return [];
      const cases = own.reduce((sum, cell) => sum + cell.cases, 0);
      return { subject, cases, verdict: worst.outcome, ratio: Math.max(...own.map((cell) => cell.worst)) };
    });
  return {
    schemaVersion: baselineVersion,
    suiteVersion: record.suite.version,
    implementation: { name, version, language },
    seed: record.seed,
    depth: record.depth,
    tolerance,
    claims: record.claims
      .filter(({ id }) => versions.has(id))
      .map(({ id, evidence }) => ({
        id,
        version: versions.get(id)!,
        cases: evidence.cases,
        verdict: evidence.verdict,
        ratio: evidence.worst?.ratio ?? 0,
        cells: cellsOf(id),
        parts: (evidence.parts ?? []).map((part) => ({
          name: part.name,
          cases: part.cases,
          verdict: part.verdict,
          ratio: part.worstRatio,
        })),
        rows: (evidence.rows ?? []).map((row) => ({
          instance: row.instance,
          iterations: row.iterations,
          verdict: row.verdict,
          ratio: boundRatio(row),
        })),
      })),
    trajectories,
  };
}
