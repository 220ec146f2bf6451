import type { RunRecord } from '../record/run-record.js';
import { escapeMarkup, printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './format-names.js';
import { claimCase, type Fate, subjectCases, type TestCase, uncheckedCases } from './test-cases.js';

/**
 * JUnit XML: one test case per claim, or per subject and claim about it. A verdict outside a theorem's hypotheses, a claim that is not
 * applicable and a known failure are skipped with their reason, never passed.
 */
export function junitReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const time = record.timing === undefined ? '' : ` time="${record.timing.seconds.toFixed(3)}"`;
  const started = record.timing?.startedAt;
  const judged = by === 'claims' ? record.claims.map((claim) => claimCase(claim, record)) : subjectCases(record);
  const cases = [...judged, ...uncheckedCases(record)];
  const count = (name: string): number => cases.filter(({ fate }) => fate && elements[fate.kind] === name).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
  // In the schema of Jenkins only a suite has a number of skipped cases.
  const skippedCases = `skipped="${count('skipped')}"`;
  const name = attribute(`${record.implementation.name} ${record.implementation.version}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(record.suite.name)}" ${totals}${time}>`,
    `  <testsuite name="${name}" ${totals} ${skippedCases}${time}>`,
    '    <properties>',
    ...[
      ['command', record.command],
      ['seed', record.seed],
      ['depth', record.depth],
      ['version', record.suite.version],
      // The schema of Maven's Surefire has no attribute for it.
      ...(started === undefined ? [] : [['started', started]]),
    ].map(([key, value]) => `      <property name="${key}" value="${attribute(value!)}"/>`),
    '    </properties>',
    ...cases.map(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The child element of a test case with its result. */
const elements: Readonly<Record<Fate['kind'], string>> = {
  skipped: 'skipped',
  known: 'skipped',
  note: 'system-out',
  failure: 'failure',
  error: 'error',
};

function caseLines({ classname, name, fate, seconds }: TestCase): string {
  // The schema of Maven's Surefire requires a time for every case; a subject's part of its claim's time is unknown.
  const time = (seconds ?? 0).toFixed(3);
  const head = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}" time="${time}"`;
  return fate === undefined ? `${head}/>` : `${head}>\n      ${fateElement(fate)}\n    </testcase>`;
}

function fateElement({ kind, type, message, details }: Fate): string {
  const name = elements[kind];
  if (kind === 'note') return `<${name}>${escapeMarkup(printableLine(message))}</${name}>`;
  const head = `${name}${type === undefined ? '' : ` type="${attribute(type)}"`} message="${attribute(message)}"`;
  return details === undefined ? `<${head}/>` : `<${head}>${escapeMarkup(details.join('\n'))}</${name}>`;
}

/** Text of one line as the value of an attribute. */
const attribute = (text: string): string => escapeMarkup(printableLine(text));
