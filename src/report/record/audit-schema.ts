import * as z from 'zod';
import { realSchema } from '../../claims/real-schema.js';
import { auditVerdicts } from '../../claims/theorems/audit/finding.js';
import { hypotheses } from '../../claims/theorems/audit/hypotheses.js';

/** Version of what `signprox audit --format json` prints: raised when a field changes its meaning or goes. */
export const auditSchemaVersion = 1;

const constant = z.union([realSchema, z.array(realSchema)]);
const interval = z.strictObject({ lower: realSchema, upper: realSchema });

const witness = z.strictObject({
  part: z.string().describe('what was evaluated: d, r_2, P_k or f, components counted from 1'),
  x: z.array(realSchema),
  y: z.array(realSchema).optional().describe('the second point of a pair'),
  measured: realSchema.describe('the ratio or value there; Infinity where one point has two images'),
  allowed: realSchema.optional().describe('the constant that it exceeds; absent when no constant would do'),
  explanation: z.string(),
});

const finding = z.strictObject({
  hypothesis: z.enum(Object.keys(hypotheses)),
  statement: z.string(),
  declared: constant.optional(),
  computed: z.union([constant, interval]).optional().describe('the certified constant; for f* an enclosure'),
  searched: constant.optional().describe('the worst that the search met'),
  cases: z.int().min(0).describe('pairs or points that the search evaluated'),
  verdict: z.enum(auditVerdicts),
  reason: z.string(),
  witness: witness.optional(),
});

/** What `signprox audit --format json` prints; numbers outside JSON are the strings of the protocol's decimal encoding. */
export const auditSchema = z.strictObject({
  schemaVersion: z.literal(auditSchemaVersion),
  problem: z.string().describe('where the problem came from'),
  audits: z.array(
    z.strictObject({
      theorem: z.string(),
      dimension: z.int().min(1),
      step: realSchema
        .optional()
        .describe('γ at which f, P_k and σ were audited; absent where the schedule gives none'),
      scheduleError: z.string().optional(),
      findings: z.array(finding),
    }),
  ),
});
