import * as z from 'zod';
import { realSchema } from '../../claims/schemas.js';
import type { Audit } from '../../theory/theorem/audit/audit.js';
import {
  type AuditVerdict,
  auditVerdicts,
  type HypothesisFinding,
  hypothesisFindingSchema,
} from '../../theory/theorem/audit/finding.js';
import { formatConstant } from '../../theory/theorem/audit/format.js';
import { stableJson } from '../record/json-numbers.js';
import { theoremName } from '../record/paper-sections.js';
import { formatNumber } from '../wording/format-number.js';
import { printableLine } from '../wording/sanitize.js';
import { reportWidth, textTable, wrap } from '../wording/terminal-text.js';
import type { TableOptions } from './ledger-table.js';

/** Version of the output of `signprox audit --format json`: raised when a field changes its meaning or is removed. */
const auditSchemaVersion = 1;

/** The output of `signprox audit --format json`. Numbers that JSON lacks are the strings of the protocol's decimal encoding. */
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

/** The audits of one problem. */
export interface AuditRecord {
  /** The source of the problem. */
  readonly problem: string;
  readonly audits: readonly Audit[];
}

const colours: Readonly<Record<AuditVerdict, number>> = {
  certified: 32,
  consistent: 33,
  violated: 31,
  'not-applicable': 90,
};

/** The audits, one table per theorem: above it whether the theorem applies, below it the reasons, every violation with its points. */
export function auditTable({ problem, audits }: AuditRecord, options: TableOptions = {}): string {
  const width = reportWidth(options.width);
  return `${audits.map((audit) => section(problem, audit, width, options.colour === true).join('\n')).join('\n\n')}\n`;
}

function section(problem: string, audit: Audit, width: number, colour: boolean): string[] {
  const step = audit.step === undefined ? 'γ is not defined' : `γ = ${formatNumber(audit.step)}`;
  const rows = audit.findings.map(({ name, verdict, declared, computed, searched }) => [
    name,
    words(verdict),
    constant(declared),
    constant(computed),
    constant(searched),
  ]);
  const titles = ['hypothesis', 'verdict', 'declared', 'certified', 'searched'].map((title) => ({ title }));
  const table = textTable(titles, rows, width);
  const { text, verdict: shade } = conclusion(audit);
  return [
    ...wrap(printableLine(text), width).map((line) => paint(line, shade, colour)),
    ...wrap(`${audit.theorem} on ${printableLine(problem)}: n = ${audit.dimension}, ${step}`, width),
    ...table.head,
    ...table.rows.flatMap((lines, i) => lines.map((line) => paint(line, audit.findings[i]!.verdict, colour))),
    ...audit.findings.flatMap((finding) => remark(finding, width)),
    ...wrap(tally(audit.findings), width),
  ];
}

/** Whether the theorem applies to the problem, in a sentence, with the verdict that gives it its colour. */
function conclusion({ theorem, step, findings }: Audit): { readonly text: string; readonly verdict: AuditVerdict } {
  const name = theoremName(theorem);
  const violated = findings.filter(({ verdict }) => verdict === 'violated');
  if (violated.length > 0) {
    // What stands after a colon says how that is seen.
    const why = violated.map(({ reason }) => reason.split(': ')[0]);
    return { text: `${name} does not apply: ${why.join('; ')}`, verdict: 'violated' };
  }
  const namesOf = (list: readonly HypothesisFinding[]): string => list.map((finding) => finding.name).join(', ');
  const open = findings.filter(({ verdict, assumed }) => verdict !== 'certified' && assumed !== true);
  if (open.length > 0 || step === undefined) {
    const why = open.length > 0 ? `not certified: ${namesOf(open)}` : 'γ is not defined';
    return { text: `${name} is not shown to apply: ${why}`, verdict: 'consistent' };
  }
  const assumed = findings.filter((finding) => finding.assumed === true);
  if (assumed.length > 0) return { text: `${name} applies if ${namesOf(assumed)} holds`, verdict: 'consistent' };
  return { text: `${name} applies: every hypothesis is certified`, verdict: 'certified' };
}

const words = (verdict: AuditVerdict): string => verdict.replace('-', ' ');

function tally(findings: readonly HypothesisFinding[]): string {
  const count = (verdict: AuditVerdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  return auditVerdicts
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${words(verdict)}`)
    .join(', ');
}

function constant(value: HypothesisFinding['computed']): string {
  return value === undefined ? '–' : formatConstant(value);
}

function paint(line: string, verdict: AuditVerdict, colour: boolean): string {
  return colour ? `\u001b[${colours[verdict]}m${line}\u001b[0m` : line;
}

/** Lines below the table: the reason of every verdict that is not a certificate, and of certified constants that may be much too large. */
function remark({ name, verdict, loose, reason }: HypothesisFinding, width: number): string[] {
  if (verdict === 'certified' && loose === undefined) return [];
  const [first, ...rest] = wrap(`${name}: ${printableLine(reason)}`, width - 2);
  return [first!, ...rest.map((line) => `  ${line}`)];
}

/** The audits as JSON that `auditSchema` describes. */
export function auditJson({ problem, audits }: AuditRecord): string {
  return stableJson({
    schemaVersion: auditSchemaVersion,
    problem,
    audits: audits.map(({ atStep: _, ...audit }) => audit),
  });
}
