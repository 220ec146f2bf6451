import test from 'ava';
import type { Evidence } from '../../src/claims/evidence.js';
import type { CheckedClaim } from '../../src/report/record/build-run-record.js';
import { syntheticRecord } from '../../src/report/record/synthetic-run.test.helper.js';
import { findingInstances } from './instances.js';
import { findingNumbers, paperFindings } from './paper-findings.js';

const checked = (id: string, found: Partial<Evidence> & Pick<Evidence, 'verdict'>): CheckedClaim => ({
  claim: {
    id,
    source: { section: '2.2' },
    statement: 's',
    method: 'm',
    expected: ['illustrated', 'misprint'],
  },
  evidence: { reason: 'r', cases: 1, seed: '1', seconds: 0, reproduce: 'signprox', ...found },
});

const signs = (verdict: Evidence['verdict'], share: string): CheckedClaim =>
  checked('exact-sign-loss', {
    verdict,
    measured: { 'f64, γ|Ĝ| below ½ ulp, 7 signs': `literal: 5 (${share})` },
  });

const pair = (found: Partial<Evidence>): CheckedClaim =>
  checked('assumption-2bc-separability', { verdict: 'misprint', ...found });

const part = (name: string, reason: string) =>
  ({ name, verdict: 'misprint', cases: 1, worstRatio: 0, reason }) as const;

test('a finding has the numbers of the run', (t) => {
  const [finding, ...others] = paperFindings(syntheticRecord([signs('illustrated', '71 %')]));
  t.deepEqual([finding!.claims, others], [['exact-sign-loss'], []]);
  t.regex(finding!.text, /Of 7 such signs in f64, 71 % come out/);
});

test('every finding names the problem, x⁰, the noise and the constants of what it quotes, or says why it quotes nothing', (t) => {
  t.deepEqual(
    Object.keys(findingInstances).map(Number),
    findingNumbers.toSorted((a, b) => a - b),
  );
  const told = (text: string | undefined): boolean => text !== undefined && text.trim() === text && text !== '';
  for (const [number, instances] of Object.entries(findingInstances)) {
    if (typeof instances === 'string') {
      t.true(told(instances), `F${number}`);
      continue;
    }
    t.true(instances.length > 0, `F${number}`);
    for (const instance of instances) {
      const { of, problem, start, noise } = instance;
      const rest = 'rows' in instance ? [instance.rows] : [instance.schedule, instance.constants, instance.kind];
      for (const text of [of, problem, start, noise, ...rest]) t.true(told(text), `F${number}: ${of}`);
    }
  }
});

test('a finding is left out if its claims did not run or have unexpected verdicts', (t) => {
  t.deepEqual(paperFindings(syntheticRecord()), []);
  t.deepEqual(paperFindings(syntheticRecord([signs('violated', '71 %')])), []);
});

test('a finding is left out if the run lacks one of its numbers', (t) => {
  const parts = [
    part('phase retrieval', 'differ by = 3 though x_2 = y_2'),
    part('least squares', 'differ by = 5 though'),
  ];
  t.regex(paperFindings(syntheticRecord([pair({ parts })]))[0]!.text, /differs by 3 at .* least squares \(5\)/);
  t.deepEqual(paperFindings(syntheticRecord([pair({ parts: parts.slice(1) })])), []);
  t.deepEqual(paperFindings(syntheticRecord([pair({})])), []);
});
