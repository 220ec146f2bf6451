import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import { htmlReport } from '../html/html-report.js';
import { buildRunRecord, type CheckedClaim } from '../record/build-run-record.js';
import { userVerdicts } from '../record/outcome.js';
import { describeRun } from '../record/synthetic-run.test.helper.js';
import { annotations } from './annotations.js';
import { boundsJson } from './bounds-report.js';
import { formatReport } from './formats.js';

const reason =
  'no violation was found in 16759 replicates: a mean of 2·b or more would have been found with probability 0.99, if none can exceed 100·b';
const row: BoundRow = {
  ...{ instance: 'my instance', iterations: 16, step: 0.25, miniBatch: 1, engine: 'monte-carlo' },
  ...{ left: 0.25, leftInterval: [0.2, Number.POSITIVE_INFINITY], bound: 0.5, verdict: 'not-refuted', reason },
  ...{ trivial: false, replicates: 16759, assumption: 'none', detectable: 1, familyCap: 50, constants: { L: 1 } },
  ...{ seed: 'seed-1', reproduce: 'signprox verify --claims my-bound' },
};
const claim: CheckedClaim = {
  claim: {
    ...{ id: 'my-bound', source: { section: 'mine' }, statement: 'E[X] ≤ b', method: 'replicates' },
    expected: userVerdicts,
  },
  evidence: {
    ...{ verdict: 'not-refuted', reason: '1 row: 1 not-refuted', cases: 16759, rows: [row] },
    ...{ seed: 'seed-1', reproduce: 'signprox verify --claims my-bound', seconds: 1 },
  },
};
const recordOf = (refuseNotRefuted: boolean) => buildRunRecord({ ...describeRun([claim]), refuseNotRefuted });

test('if it is accepted, every format shows not-refuted, and none calls it a failure', (t) => {
  const record = recordOf(false);
  t.is(record.exitCode, 0);
  t.regex(formatReport(record, 'table'), /^Not a pass, as the ledger expects: my-bound \(not-refuted\)$/m);
  t.regex(formatReport(record, 'junit'), /failures="0".*\n[\s\S]*not-refuted, as expected: 1 row/);
  t.regex(formatReport(record, 'tap'), /^ok 1 .*my-bound/m);
  t.notRegex(annotations(record), /::error/);
  const page = htmlReport(record);
  t.regex(page, /<span class="badge note">not-refuted<\/span>/);
  t.regex(page, /none; detectable if no replicate exceeds 50/);
  t.regex(page, /<dt>not-refuted<\/dt>/);
});

test('under --strict every format calls it a failure, with its rows', (t) => {
  const record = recordOf(true);
  t.is(record.exitCode, 1);
  t.regex(formatReport(record, 'table'), /^not expected: not-refuted my-bound$/m);
  const junit = formatReport(record, 'junit');
  t.regex(junit, /<failure [^>]*type="not-refuted"/);
  t.regex(junit, /row my instance, T = 16: not-refuted, left 0\.25, bound 0\.5: no violation was found/);
  t.regex(formatReport(record, 'tap'), /^not ok 1 .*my-bound/m);
  t.regex(annotations(record), /^::error title=signprox%3A my-bound::/m);
});

test('the rows of bounds as JSON have the detectable mean', (t) => {
  const rows = (of: readonly BoundRow[]): Record<string, unknown>[] =>
    JSON.parse(boundsJson({ theorem: 'mine', schedule: 'own', coordinatewise: false, problem: 'p.json', rows: of }));
  const { familyCap: _, detectable: __, ...proved } = row;
  const [first, second] = rows([row, { ...proved, verdict: 'holds' }]);
  t.deepEqual([first!['detectable'], first!['familyCap']], [1, 50]);
  t.deepEqual([second!['detectable'], second!['familyCap']], [null, null]);
});
