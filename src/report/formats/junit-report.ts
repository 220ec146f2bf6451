import type { RunRecord } from '../record/run-record.js';
import type { Arrangement } from './arrangement.js';
import { attribute, claimCase, type ElementKind, skipped, type TestCase } from './junit-case.js';
import { subjectCases } from './junit-subjects.js';

/**
 * JUnit XML: one test case per claim, or per subject and claim about it. A verdict outside a theorem's hypotheses, a claim that is not
 * applicable and a known failure are skipped with their reason, never passed.
 */
export function junitReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const time = record.timing === undefined ? '' : ` time="${record.timing.seconds.toFixed(3)}"`;
  const started = record.timing?.startedAt === undefined ? '' : ` timestamp="${attribute(record.timing.startedAt)}"`;
  const judged = by === 'claims' ? record.claims.map((claim) => claimCase(claim, record)) : subjectCases(record);
  const cases = [...judged, ...unchecked(record)];
  const count = (kind: ElementKind): number => cases.filter(({ element }) => element?.kind === kind).length;
  const totals = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}"`;
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
    ...cases.map(caseLines),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function caseLines({ classname, name, element, seconds }: TestCase): string {
  const time = seconds === undefined ? '' : ` time="${seconds.toFixed(3)}"`;
  const head = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}"${time}`;
  return element === undefined ? `${head}/>` : `${head}>\n      ${element.xml}\n    </testcase>`;
}

/** The claims that an interrupted run has not checked. */
function unchecked({ incomplete }: RunRecord): TestCase[] {
  const message = `incomplete: the run was interrupted; for the rest: ${incomplete?.resume}`;
  return (incomplete?.remaining ?? []).map((name) => ({
    classname: 'signprox.not checked',
    name,
    element: skipped(message),
  }));
}
