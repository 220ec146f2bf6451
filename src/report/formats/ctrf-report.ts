import { stableJson } from '../record/json-numbers.js';
import type { RunRecord } from '../record/run-record.js';
import { printable, printableLine } from '../wording/sanitize.js';
import type { Arrangement } from './arrangement.js';
import { subjectCases } from './subject-cases.js';
import { claimCase, type Fate, type TestCase, uncheckedCases } from './test-case.js';

/** What the Common Test Report Format (https://ctrf.io) calls what became of a test. */
const statuses: Readonly<Record<Fate['kind'], 'passed' | 'failed' | 'skipped' | 'other'>> = {
  skipped: 'skipped',
  known: 'other',
  note: 'passed',
  failure: 'failed',
  error: 'failed',
};

/** The run in the Common Test Report Format: a test for each claim, or for each subject and claim about it. */
export function ctrfReport(record: RunRecord, by: Arrangement = 'claims'): string {
  const { suite, implementation, timing, environment } = record;
  const judged = by === 'claims' ? record.claims.map((claim) => claimCase(claim, record)) : subjectCases(record);
  const tests = [...judged, ...uncheckedCases(record)].map(testOf);
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  const start = Date.parse(timing?.startedAt ?? '') || 0;
  return stableJson({
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name, version: suite.version },
      summary: {
        tests: tests.length,
        ...{ passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
        ...{ pending: 0, other: count('other') },
        ...{ start, stop: start + milliseconds(timing?.seconds) },
      },
      tests,
      environment: {
        appName: printableLine(implementation.name),
        appVersion: printableLine(implementation.version),
        osPlatform: printableLine(environment.platform),
        extra: {
          command: printableLine(record.command),
          seed: printableLine(record.seed),
          depth: record.depth,
          exitCode: record.exitCode,
        },
      },
    },
  });
}

const milliseconds = (seconds = 0): number => Math.round(seconds * 1000);

function testOf({ classname, name, fate, seconds }: TestCase) {
  return {
    name: `${printableLine(classname)}: ${printableLine(name)}`,
    suite: [printableLine(classname)],
    status: fate === undefined ? ('passed' as const) : statuses[fate.kind],
    duration: milliseconds(seconds),
    ...(fate && { rawStatus: fate.type ?? fate.kind, message: printableLine(fate.message) }),
    ...(fate?.details && { trace: printable(fate.details.join('\n')) }),
  };
}
