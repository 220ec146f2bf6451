import * as z from 'zod';
import { type DeepReadonly, realSchema } from '../../../claims/schemas.js';

const auditVerdicts = ['certified', 'consistent', 'violated', 'not-applicable'] as const;
/**
 * certified: follows from constants that hold on all of Rⁿ · consistent: no such constant is known, and the search found nothing
 * against it · violated: a witness is on file · not-applicable: the hypothesis is about f or P_k at a step that is not defined.
 */
export type AuditVerdict = (typeof auditVerdicts)[number];

const constantSchema = z.union([realSchema, z.array(realSchema)]);
const intervalSchema = z.strictObject({ lower: realSchema, upper: realSchema });

/** One constant, or one for each coordinate. */
export type Constant = DeepReadonly<z.output<typeof constantSchema>>;

const witnessSchema = z.strictObject({
  part: z.string().describe('what was evaluated: d, r_2, P_k or f, components counted from 1'),
  x: z.array(realSchema),
  y: z.array(realSchema).exactOptional().describe('the second point of a pair'),
  measured: realSchema.describe('the ratio or value there; Infinity where one point has two images'),
  allowed: realSchema.exactOptional().describe('the constant that it exceeds; absent when no constant would do'),
  /** One line in mathematical terms: what fails, then after a colon how that is seen. */
  explanation: z.string(),
});

/** Points at which a hypothesis fails, and the measured values, so that anyone can check it. */
export type Witness = DeepReadonly<z.output<typeof witnessSchema>>;

/** The finding about one hypothesis, as records have it. */
export const hypothesisFindingSchema = z.strictObject({
  hypothesis: z.string().describe("id, of the suite or of the theorem's own"),
  name: z.string().describe('as the paper calls it, or the id'),
  /** The hypothesis in the paper's notation. */
  statement: z.string(),
  /** The constant that the user declares. */
  declared: constantSchema.exactOptional(),
  computed: z
    .union([constantSchema, intervalSchema])
    .exactOptional()
    .describe('the certified constant; for f* an enclosure'),
  /** A lower bound of the true constant (an upper one of f*). */
  searched: constantSchema.exactOptional().describe('the worst that the search met'),
  cases: z.int().min(0).describe('pairs or points that the search evaluated'),
  loose: realSchema.exactOptional().describe('how many times what the search met the certified constant is, above 1.1'),
  assumed: z
    .literal(true)
    .exactOptional()
    .describe("of the theorem's own and not certified: taken for granted while no point is found"),
  verdict: z.enum(auditVerdicts),
  /** One line: how the verdict was reached. */
  reason: z.string(),
  witness: witnessSchema.exactOptional(),
});

/** The auditor's finding about one hypothesis of a theorem. */
export type HypothesisFinding = DeepReadonly<z.output<typeof hypothesisFindingSchema>>;
