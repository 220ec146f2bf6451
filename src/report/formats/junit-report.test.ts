import test from 'ava';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
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

/** The attributes that Jenkins' schema for JUnit files (junit-10.xsd of its xUnit plugin) knows, by element. */
const jenkinsAttributes: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
  testsuite: [
    ...['name', 'tests', 'failures', 'errors', 'group', 'time', 'skipped', 'timestamp', 'hostname', 'id'],
    ...['package', 'file', 'log', 'url'],
  ],
  testcase: ['name', 'time', 'classname', 'group'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['type', 'message'],
  properties: [],
  property: ['name', 'value'],
  'system-out': [],
};

test('JUnit has the elements and attributes that the schema of Jenkins knows, and times in its form', (t) => {
  for (const record of [syntheticRecord([violatedClaim()]), hostileRecord()]) {
    const xml = formatReport(record, 'junit');
    for (const [, element, attributes] of xml.matchAll(/<([a-z][\w-]*)((?: [\w-]+="[^"]*")*) *\/?>/g)) {
      const known = jenkinsAttributes[element!];
      t.truthy(known, element);
      for (const [, name] of attributes!.matchAll(/ ([\w-]+)="/g)) t.true(known!.includes(name!), `${element} ${name}`);
    }
    for (const [, time] of xml.matchAll(/ time="([^"]*)"/g)) t.regex(time!, /^\d*(\.\d*)?$/);
  }
});

test('the XML judge sees what it must', (t) => {
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
