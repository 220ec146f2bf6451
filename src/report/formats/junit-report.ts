import type { ClaimRecord, RunRecord } from '../record/run-record.js';
import { caseText, keptCases, verdictReason } from '../wording/evidence-text.js';
import { formatNumber } from '../wording/format-number.js';
import { escapeMarkup, printableLine } from '../wording/sanitize.js';

/**
 * JUnit XML: one test case per claim. A verdict outside a theorem's hypotheses, a claim that is not applicable and a known failure
 * are skipped with their reason, never passed.
 */
export function junitReport(record: RunRecord): string {
  const time = record.timing === undefined ? '' : ` time="${record.timing.seconds.toFixed(3)}"`;
  const started = record.timing?.startedAt === undefined ? '' : ` timestamp="${attribute(record.timing.startedAt)}"`;
  const elements = [...record.claims.map(verdictElement), ...unchecked(record)];
  const count = (kind: ElementKind): number => elements.filter((element) => element?.kind === kind).length;
  const totals = `tests="${elements.length}" failures="${count('failure')}" errors="${count('error')}"`;
  // The schema of Jenkins knows a number of skipped cases of a suite alone.
  const skippedCases = `skipped="${count('skipped')}"`;
  const name = attribute(`${record.implementation.name} ${record.implementation.version}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(record.suite.name)}" ${totals}${time}>`,
    `  <testsuite name="${name}" ${totals} ${skippedCases}${time}${started}>`,
    '    <properties>',
    ...[
      ['command', record.command],
      ['seed', record.seed],
      ['depth', record.depth],
      ['version', record.suite.version],
    ].map(([key, value]) => `      <property name="${key}" value="${attribute(value!)}"/>`),
    '    </properties>',
    ...record.claims.map(({ id, source }, i) => testCase(source.section, id, elements[i], record.timing?.claims[id])),
    ...(record.incomplete?.remaining ?? []).map((id, i) =>
      testCase('not checked', id, elements[record.claims.length + i], undefined),
    ),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function attribute(text: string): string {
  return escapeMarkup(printableLine(text));
}

type ElementKind = 'skipped' | 'failure' | 'error' | 'system-out';

/** The child of a test case that says what became of it. */
interface VerdictElement {
  readonly kind: ElementKind;
  readonly xml: string;
}

function testCase(
  section: string,
  id: string,
  element: VerdictElement | undefined,
  seconds: number | undefined,
): string {
  const time = seconds === undefined ? '' : ` time="${seconds.toFixed(3)}"`;
  const classname = attribute(`signprox.${section}`);
  const head = `    <testcase classname="${classname}" name="${attribute(id)}"${time}`;
  return element === undefined ? `${head}/>` : `${head}>\n      ${element.xml}\n    </testcase>`;
}

/** The claims that an interrupted run has not checked. */
function unchecked({ incomplete }: RunRecord): VerdictElement[] {
  const message = `incomplete: the run was interrupted; for the rest: ${incomplete?.resume}`;
  return (incomplete?.remaining ?? []).map(() => skipped(message));
}

function verdictElement(claim: ClaimRecord): VerdictElement | undefined {
  const { verdict } = claim.evidence;
  const reason = printableLine(verdictReason(claim));
  switch (claim.outcome) {
    case 'pass':
      return undefined;
    case 'expected':
      return verdict === 'silent' ? skipped(`silent: ${reason}`) : note(`${verdict}, as expected: ${reason}`);
    case 'n/a':
    case 'xfail':
      return skipped(reason);
    case 'extreme':
    case 'follows':
      return skipped(`${claim.outcome}: ${reason}`);
    case 'fail':
    case 'xpass':
      return detailed('failure', verdict, reason, claim);
    default:
      return detailed('error', claim.outcome, reason, claim);
  }
}

function skipped(message: string): VerdictElement {
  return { kind: 'skipped', xml: `<skipped message="${attribute(message)}"/>` };
}

function note(text: string): VerdictElement {
  return { kind: 'system-out', xml: `<system-out>${escapeMarkup(text)}</system-out>` };
}

function detailed(kind: 'failure' | 'error', type: string, message: string, claim: ClaimRecord): VerdictElement {
  const details = escapeMarkup(failureDetails(claim));
  return { kind, xml: `<${kind} type="${type}" message="${attribute(message)}">${details}</${kind}>` };
}

/** Statement, cases and the command that reproduces a failure, one per line, unescaped. */
function failureDetails(claim: ClaimRecord): string {
  const { evidence } = claim;
  const lines = [`statement: ${claim.statement}`, `method: ${claim.method}`];
  for (const [name, kept] of keptCases(evidence)) {
    const ratio = kept === evidence.unanswered ? '' : ` (ratio ${formatNumber(kept.ratio)})`;
    lines.push(`${name}${ratio}: ${caseText(kept)}`);
  }
  for (const row of evidence.rows ?? []) {
    if (row.verdict !== 'violated' && row.verdict !== 'inconclusive') continue;
    lines.push(
      `row ${row.instance}, T = ${row.iterations}: ${row.verdict}, left ${formatNumber(row.left)}, ` +
        `bound ${formatNumber(row.bound)}: ${row.reason}`,
    );
  }
  lines.push(`seed: ${evidence.seed}`, `reproduce: ${evidence.reproduce}`);
  return lines.join('\n');
}
