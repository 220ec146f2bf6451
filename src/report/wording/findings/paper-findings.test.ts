import test from 'ava';
import type { Evidence } from '../../../claims/evidence.js';
import { markdownReport } from '../../formats/markdown-report.js';
import type { CheckedClaim } from '../../record/build-run-record.js';
import { syntheticRecord } from '../../record/synthetic-run.test.helper.js';
import { paperFindings } from './paper-findings.js';

const checked = (id: string, found: Partial<Evidence> & Pick<Evidence, 'verdict'>): CheckedClaim => ({
  claim: {
    id,
    source: { section: '2.2' },
    statement: 's',
    method: 'm',
    expected: ['illustrated', 'refuted-as-stated'],
  },
  evidence: { reason: 'r', cases: 1, seed: '1', seconds: 0, reproduce: 'signprox', ...found },
});

const search = (verdict: Evidence['verdict'], reason: string): CheckedClaim =>
  checked('search-kept-batch', { verdict, reason });

const pair = (found: Partial<Evidence>): CheckedClaim =>
  checked('assumption-2bc-separability', { verdict: 'refuted-as-stated', ...found });

const part = (name: string, reason: string) =>
  ({ name, verdict: 'refuted-as-stated', cases: 1, worstRatio: 0, reason }) as const;

test('a finding has the numbers of the run', (t) => {
  const [finding, ...others] = paperFindings(
    syntheticRecord([search('illustrated', 'no counterexample in 7 instances')]),
  );
  t.deepEqual([finding!.claims, others], [['search-kept-batch'], []]);
  t.regex(finding!.text, /no counterexample in 7 instances/);
});

test('a finding is left out where its claims did not run, or did not come out as expected', (t) => {
  t.deepEqual(paperFindings(syntheticRecord()), []);
  t.deepEqual(paperFindings(syntheticRecord([search('violated', 'left/bound 1.2')])), []);
});

test('a finding is left out where the run has not all of its numbers', (t) => {
  const parts = [
    part('phase retrieval', 'differ by = 3 though x_2 = y_2'),
    part('least squares', 'differ by = 5 though'),
  ];
  t.regex(paperFindings(syntheticRecord([pair({ parts })]))[0]!.text, /differs by 3 at .* least squares \(5\)/);
  t.deepEqual(paperFindings(syntheticRecord([pair({ parts: parts.slice(1) })])), []);
  t.deepEqual(paperFindings(syntheticRecord([pair({})])), []);
});

test('the Markdown report has the findings, and no such section without one', (t) => {
  const report = markdownReport(syntheticRecord([search('illustrated', '*none* in 7')]));
  t.regex(
    report,
    /What was found out about the paper.*\n\n- \*\*Open: .*\*\* .* \\\*none\\\* in 7.* \(`search-kept-batch`\)\n/,
  );
  t.false(markdownReport(syntheticRecord()).includes('found out about'));
});
