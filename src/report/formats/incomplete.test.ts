import test from 'ava';
import { htmlReport } from '../html/html-report.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { describeRun, syntheticClaims } from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { formatNames } from './format-names.js';
import { formatReport } from './formats.js';

const checked = syntheticClaims();
const remaining = ['prox-sets', 'theorem-2'];
const resume = 'signprox verify --resume reports/incomplete/run.json';
const record = buildRunRecord({ ...describeRun(checked), incomplete: { remaining, resume } });
const unescaped = (text: string): string => text.replaceAll(/[\\`]/g, '');

test('an interrupted run is not a success, whatever its claims say', (t) => {
  t.is(record.exitCode, 130);
});

test('a run that lost its queue says why', (t) => {
  const lost = 'the Redis at redis://127.0.0.1:1 has been unreachable for 30 s';
  const without = buildRunRecord({ ...describeRun(checked), incomplete: { remaining, resume, lost } });
  t.is(without.exitCode, 75);
  t.true(
    formatReport(without, 'table').replaceAll(/\s+/g, ' ').includes(`incomplete: ${lost}, and ${checked.length} of`),
  );
});

for (const format of formatNames.filter((name) => name !== 'json')) {
  test(`${format}: an incomplete report says so, how much is there, and how to have the rest`, (t) => {
    const text = unescaped(formatReport(record, format));
    t.true(text.includes('incomplete'));
    t.true(text.includes(resume));
    t.false(formatReport(buildRunRecord(describeRun(checked)), format).includes('incomplete'));
  });
}

test('the page starts with what is missing', (t) => {
  const page = htmlReport(record);
  const notice = `incomplete: the run was interrupted when ${checked.length} of ${checked.length + 2} claims had been checked`;
  t.true(page.indexOf(notice) > 0 && page.indexOf(notice) < page.indexOf('<h3>'));
  t.true(page.includes(`<code>${resume}</code>`));
  t.true(page.includes('Not checked: prox-sets, theorem-2.'));
});

test('unchecked claims are skipped in JUnit, and TAP bails out', (t) => {
  const xml = formatReport(record, 'junit');
  t.is(xmlFault(xml), undefined);
  t.is(xml.split('<testcase ').length - 1, checked.length + 2);
  t.regex(xml, /name="theorem-2" time="0\.000">\n +<skipped message="incomplete: /);
  t.regex(formatReport(record, 'tap'), /^Bail out! incomplete: /m);
});
