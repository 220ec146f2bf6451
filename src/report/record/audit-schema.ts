import * as z from 'zod';
import { realSchema } from '../../claims/real-schema.js';
import { hypothesisFindingSchema } from '../../claims/theorems/audit/finding.js';

/** Version of what `signprox audit --format json` prints: raised when a field changes its meaning or goes. */
export const auditSchemaVersion = 1;

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
      findings: z.array(hypothesisFindingSchema),
    }),
  ),
});
