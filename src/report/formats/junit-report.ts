import type { RunRecord } from '../record/run-record.js';
import { escapeMarkup, printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './format-names.js';
import { casesOf, type TestCase, uncheckedCases } from './test-cases.js';

/**
 * JUnit XML, a test suite for each run: one test case per claim, or per subject and claim about it. A verdict outside a theorem's hypotheses, a
 * claim that is not applicable and a known failure are skipped with their reason, never passed.
 */
export function junitReport(runs: RunRecord | readonly RunRecord[], by: Arrangement = 'claims'): string {
  const suites = [runs]
    .flat()
    .map((record) => ({ record, cases: [...casesOf(record, by), ...uncheckedCases(record)] }));
  const [{ record: first }] = suites as [(typeof suites)[number]];
  const times = suites.map(({ record }) => record.timing?.seconds);
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(first.suite.name)}" ${totalsOf(all)}${timeOf(times)}>`,
    ...suites.flatMap(({ record, cases }) => suiteLines(record, cases)),
    '</testsuites>',
    '',
  ].join('\n');
}

const countOf = (cases: readonly TestCase[], name: string): number =>
  cases.filter(({ kind }) => elements[kind] === name).length;

const totalsOf = (cases: readonly TestCase[]): string =>
  `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}"`;

/** The attribute with the seconds of some runs; none if one does not say. */
function timeOf(seconds: readonly (number | undefined)[]): string {
  const total = seconds.reduce<number>((sum, own) => sum + (own ?? Number.NaN), 0);
  return Number.isNaN(total) ? '' : ` time="${total.toFixed(3)}"`;
}

function suiteLines(record: RunRecord, cases: readonly TestCase[]): string[] {
  const started = record.timing?.startedAt;
  const name = attribute(`${record.implementation.name} ${record.implementation.version}`);
  // In the schema of Jenkins only a suite has a number of skipped cases.
  const skipped = `skipped="${countOf(cases, 'skipped')}"`;
  return [
    `  <testsuite name="${name}" ${totalsOf(cases)} ${skipped}${timeOf([record.timing?.seconds])}>`,
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
  ];
}

/** The child element of a test case with its result; none where it passed. */
const elements: Readonly<Record<TestCase['kind'], string>> = {
  passed: '',
  skipped: 'skipped',
  known: 'skipped',
  note: 'system-out',
  failure: 'failure',
  error: 'error',
};

function caseLines(one: TestCase): string {
  const { classname, name, seconds, kind } = one;
  // The schema of Maven's Surefire requires a time for every case; a subject's part of its claim's time is unknown.
  const time = (seconds ?? 0).toFixed(3);
  const head = `    <testcase classname="${attribute(classname)}" name="${attribute(name)}" time="${time}"`;
  return kind === 'passed' ? `${head}/>` : `${head}>\n      ${fateElement(one)}\n    </testcase>`;
}

function fateElement({ kind, type, message = '', details }: TestCase): string {
  const name = elements[kind];
  if (kind === 'note') return `<${name}>${escapeMarkup(printableLine(message))}</${name}>`;
  const head = `${name}${type === undefined ? '' : ` type="${attribute(type)}"`} message="${attribute(message)}"`;
  return details === undefined ? `<${head}/>` : `<${head}>${escapeMarkup(details.join('\n'))}</${name}>`;
}

/** Text of one line as the value of an attribute. */
const attribute = (text: string): string => escapeMarkup(printableLine(text));
