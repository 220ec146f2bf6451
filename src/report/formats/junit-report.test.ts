import test from 'ava';
import { silentKinds } from '../../claims/verdict.js';
import { everyOutcome } from '../golden.test.helper.js';
import { hostileRecord, poison } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { syntheticRecord, violatedClaim, withoutTiming } from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { formatReport } from './formats.js';

test('JUnit is well-formed, with totals that match its elements and nothing silent passed', (t) => {
  for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
    const xml = formatReport(record, 'junit');
    t.is(xmlFault(xml), undefined);
    const elements = (name: string): number => xml.split(`<${name} `).length - 1;
    const [, tests, failures, errors, skipped] =
      /<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml)!;
    t.is(Number(tests), record.claims.length);
    t.is(elements('testcase'), record.claims.length);
    t.is(elements('failure'), Number(failures));
    t.is(elements('error'), Number(errors));
    t.is(elements('skipped'), Number(skipped));
    const with_ = (outcomes: string[]) => record.claims.filter((claim) => outcomes.includes(claim.outcome)).length;
    t.is(Number(failures), with_(['fail', 'xpass']));
    t.is(Number(errors), with_(['error', 'timeout', 'crash']));
    t.is(
      Number(skipped),
      with_(['n/a', 'xfail']) + record.claims.filter((claim) => claim.evidence.verdict === 'silent').length,
    );
  }
});

const bySubject = (record: RunRecord): string => formatReport(record, 'junit', {}, 'subjects');
const hostileSubjects = (): RunRecord => poison(subjectsRecord(), '') as RunRecord;

/** What stands in a file, case by case: `classname | name` to the element and its message. */
function casesIn(xml: string): Record<string, string> {
  const cases = xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*?(?:\/>|>\s*<([^>]*)>)/g);
  return Object.fromEntries(
    Array.from(cases, ([, classname, name, element]) => [`${classname} | ${name}`, element ?? 'passed']),
  );
}

test('JUnit by subject: totals match the elements, and a failed claim without a failing cell is reported', (t) => {
  const failure = { kind: 'protocol', message: 'no hello' } as const;
  const silent = cellClaim('silent', [cellOf('prox of l1')], { verdict: 'inconclusive', failure });
  const failing = cellClaim('known', [cellOf('prox of l1', failingCase(['l1']))]);
  const mended = cellClaim('mended', [cellOf('prox of l1')]);
  const known = ['known', 'mended'].map((claim) => ({ subject: 'prox of l1', claim, reason: 'old' }));
  const record = subjectsRecord([...everyFate, silent, failing, mended], { known });
  const cases = casesIn(bySubject(record));
  t.is(cases['signprox.2.1 | silent'], 'error type="protocol" message="no hello"');
  t.regex(cases['signprox.2.1 | mended']!, /^failure /);
  t.regex(cases['prox of l1 | known']!, /^skipped message="known failure \(old\): prox of l1 at/);
  for (const xml of [record, hostileSubjects(), hostileRecord()].map(bySubject)) {
    t.is(xmlFault(xml), undefined);
    const totals = /<testsuite .*?tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(xml)!;
    const elements = ['testcase', 'failure', 'error', 'skipped'].map((name) => xml.split(`<${name} `).length - 1);
    t.deepEqual(totals.slice(1).map(Number), elements);
  }
});

test('JUnit by subject: a subject that is blamed for the cases of others has one case for each claim', (t) => {
  const record = subjectsRecord([
    cellClaim('eq6-prox', [
      ...[cellOf('prox of l1'), cellOf('prox of cone')],
      ...[
        cellOf('prox of scaled', failingCase(['cone', 'scaled'])),
        cellOf('step of spgm', failingCase(['cone', 'l1'])),
      ],
    ]),
  ]);
  const xml = bySubject(record);
  t.is(xml.split('classname="prox of cone"').length, 2);
  t.regex(casesIn(xml)['prox of cone | eq6-prox']!, /^failure /);
});

test('a failure at extreme inputs only is skipped, and fails under --strict', (t) => {
  const found = (strict: boolean) =>
    casesIn(bySubject(subjectsRecord(everyFate, { strict })))['prox of zero | extreme-alone']!;
  t.regex(found(false), /^skipped message="only at weight 0: /);
  t.regex(found(true), /^failure type="extreme" message="only at weight 0: /);
});

test('JUnit by subject: an unanswered case is an error, for whatever reason', (t) => {
  for (const kind of silentKinds) {
    const cell = cellOf('prox of l1', failingCase(['l1'], { kind, text: 'prox of l1: no answer' }));
    t.regex(
      casesIn(bySubject(subjectsRecord([cellClaim('c', [cell])])))['prox of l1 | c']!,
      new RegExp(`^error type="${kind}" `),
    );
  }
});

/** The attributes that a schema for JUnit files knows, by element: those that it requires, and the others. */
type Schema = Readonly<Record<string, readonly [required: string, optional: string]>>;

const schemas: Readonly<Record<string, { readonly elements: Schema; readonly time: RegExp; readonly root: string }>> = {
  // junit-10.xsd of Jenkins' xUnit plugin.
  Jenkins: {
    ...{ root: '<testsuites', time: /^\d*(\.\d*)?$/ },
    elements: {
      testsuites: ['', 'name time tests failures errors'],
      testsuite: ['', 'name tests failures errors group time skipped timestamp hostname id package file log url'],
      testcase: ['', 'name time classname group'],
      failure: ['', 'type message'],
      error: ['', 'type message'],
      skipped: ['', 'type message'],
      properties: ['', ''],
      property: ['', 'name value'],
      'system-out': ['', ''],
    },
  },
  // surefire-test-report.xsd of Maven, which is about a suite.
  Surefire: {
    root: '<testsuite ',
    time: /^\d+\.\d{3}$/,
    elements: {
      testsuite: ['name tests errors skipped failures', 'time group'],
      testcase: ['name time', 'classname group'],
      failure: ['type', 'message'],
      error: ['type', 'message'],
      skipped: ['', 'message'],
      properties: ['', ''],
      property: ['name value', ''],
      'system-out': ['', ''],
    },
  },
};

for (const [name, { elements, time, root }] of Object.entries(schemas)) {
  test(`JUnit has only elements, attributes and times that the schema of ${name} allows, and all that it requires`, (t) => {
    const records = [everyOutcome(), withoutTiming(syntheticRecord()), hostileRecord(), hostileSubjects()];
    for (const whole of records.flatMap((record) => [formatReport(record, 'junit'), bySubject(record)])) {
      const xml = whole.slice(whole.indexOf(root), whole.indexOf('</testsuites>'));
      for (const [, element, attributes] of xml.matchAll(/<([a-z][\w-]*)((?: [\w-]+="[^"]*")*) *\/?>/g)) {
        const [required, optional] = elements[element!]!.map((names) => names.split(' '));
        const found = [...attributes!.matchAll(/ ([\w-]+)="/g)].map(([, attribute]) => attribute!);
        for (const attribute of required!)
          t.true(attribute === '' || found.includes(attribute), `${element} ${attribute}`);
        for (const attribute of found)
          t.true([...required!, ...optional!].includes(attribute), `${element} ${attribute}`);
      }
      for (const [, value] of xml.matchAll(/ time="([^"]*)"/g)) t.regex(value!, time);
      t.true(xml.indexOf('<properties>') < xml.indexOf('<testcase'));
    }
  });
}

test('the XML judge finds planted errors', (t) => {
  for (const bad of [
    '<a><b></a></b>',
    '<a>',
    '<a/><b/>',
    '<a x=1/>',
    '<a>&</a>',
    '<a x="<"/>',
    '<a>\u0001</a>',
    '<a x="1" x="2"/>',
    'x<a/>',
  ]) {
    t.not(xmlFault(bad), undefined, bad);
  }
  t.is(xmlFault('<?xml version="1.0"?>\n<a x="&lt;"><b/>&amp;</a>\n'), undefined);
});
