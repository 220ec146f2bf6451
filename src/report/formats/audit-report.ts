import * as z from 'zod';
import type { HypothesisId } from '../../claims/hypothesis.js';
import { realSchema } from '../../claims/schemas.js';
import type { Audit } from '../../theory/theorem/audit/audit.js';
import {
  type AuditVerdict,
  type HypothesisFinding,
  hypothesisFindingSchema,
} from '../../theory/theorem/audit/finding.js';
import { formatConstant } from '../../theory/theorem/audit/format.js';
import { hypotheses } from '../../theory/theorem/audit/hypotheses.js';
import type { Fact } from '../document.js';
import { stableJson } from '../record/json-numbers.js';
import { theoremName } from '../record/paper-sections.js';
import { formatNumber } from '../wording/format-number.js';
import { screenText, type TableOptions, type Verdict } from '../wording/screen.js';

/** Version of the output of `signprox audit --format json`: raised when a field changes its meaning or is removed. */
const auditSchemaVersion = 1;

/** The output of `signprox audit --format json`. Numbers that JSON lacks are the strings of the protocol's decimal encoding. */
export const auditSchema = z.strictObject({
  schemaVersion: z.literal(auditSchemaVersion),
  problem: z.string().describe('where the problem came from'),
  verdict: z.string().optional().describe('whether each theorem applies, in words'),
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

/** The audits of one problem. */
export interface AuditRecord {
  /** The source of the problem. */
  readonly problem: string;
  readonly audits: readonly Audit[];
}

/** The audits, theorem by theorem: whether it applies, and what is known of each hypothesis, every violation with its points. */
export function auditTable({ problem, audits }: AuditRecord, options: TableOptions = {}, exitCode = 0): string {
  const [first, ...others] = audits as readonly [Audit, ...Audit[]];
  return screenText(
    {
      verdict: conclusion(first),
      blocks: [
        { facts: auditFacts(problem, first) },
        ...others.map((audit) => ({ verdicts: [conclusion(audit)], facts: auditFacts(problem, audit) })),
      ],
      more: [],
      exitCode,
    },
    options,
  );
}

const auditSigns: Readonly<Record<AuditVerdict, string>> = {
  certified: '✓',
  consistent: '~',
  violated: '✗',
  'not-applicable': '?',
};

function auditFacts(problem: string, { dimension, step, findings }: Audit): Fact[] {
  const at = step === undefined ? 'γ is not defined' : `γ = ${formatNumber(step)}`;
  const isOpen = step === undefined && findings.some(({ verdict }) => verdict === 'not-applicable');
  return [
    ['problem', `${problem}: n = ${dimension}, ${at}`],
    ...findings.flatMap(findingFacts),
    ...(isOpen ? [['next', 'say at which γ, as in --step 0.1'] as const] : []),
  ];
}

/** A hypothesis with its sign, its constants, and the reason of every verdict that is not a certificate: `1(b) ∇d is L-Lipschitz  ✓ certified`. */
function findingFacts({
  hypothesis,
  name,
  statement,
  verdict,
  declared,
  computed,
  searched,
  loose,
  reason,
}: HypothesisFinding): Fact[] {
  const constants = [
    ['declared', declared],
    ['certified', computed],
    ['searched', searched],
  ] as const;
  const known = constants.flatMap(([word, value]) => (value === undefined ? [] : [`${word} ${formatConstant(value)}`]));
  const short = Object.hasOwn(hypotheses, hypothesis) ? hypotheses[hypothesis as HypothesisId].short : undefined;
  // The constant says of itself that it is certified. What has no short name is said in full.
  const isSaid = verdict === 'certified' && computed !== undefined;
  const told = [...(isSaid ? [] : [words(verdict)]), ...(short === undefined ? [statement] : []), ...known];
  return [
    [`${name} ${short ?? ''}`, `${auditSigns[verdict]} ${told.join(', ')}`],
    ...(verdict === 'certified' && loose === undefined ? [] : [['', reason] as const]),
  ];
}

/** Whether the theorem applies to the problem, in a sentence. */
function conclusion({ theorem, step, findings }: Audit): Verdict {
  const name = theoremName(theorem);
  const violated = findings.filter(({ verdict }) => verdict === 'violated');
  if (violated.length > 0) {
    // What stands after a colon says how that is seen.
    const why = violated.map(({ reason }) => reason.split(': ')[0]);
    return { text: `${name} does not apply: ${why.join('; ')}`, mark: 'bad' };
  }
  const namesOf = (list: readonly HypothesisFinding[]): string => list.map((finding) => finding.name).join(', ');
  const open = findings.filter(({ verdict, assumed }) => verdict !== 'certified' && assumed !== true);
  if (open.length > 0 || step === undefined) {
    const why = open.length > 0 ? `not certified: ${namesOf(open)}` : 'γ is not defined';
    return { text: `${name} is not shown to apply: ${why}`, mark: 'warn' };
  }
  const assumed = findings.filter((finding) => finding.assumed === true);
  if (assumed.length > 0) return { text: `${name} applies if ${namesOf(assumed)} holds`, mark: 'warn' };
  return { text: `${name} applies: every hypothesis is certified`, mark: 'good' };
}

const words = (verdict: AuditVerdict): string => verdict.replace('-', ' ');

/** The audits as JSON that `auditSchema` describes. */
export function auditJson({ problem, audits }: AuditRecord): string {
  return stableJson({
    schemaVersion: auditSchemaVersion,
    problem,
    verdict: audits.map((audit) => conclusion(audit).text).join('. '),
    audits: audits.map(({ atStep: _, ...audit }) => audit),
  });
}
