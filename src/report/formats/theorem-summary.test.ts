import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import type { RunRecord } from '../record/run-record.js';
import { theoremSummary } from './theorem-summary.js';

const row = (verdict: BoundRow['verdict'], left: number, least: number): BoundRow =>
  ({
    ...{ instance: 'two points', iterations: 4, engine: 'monte-carlo', verdict, left, bound: 2 },
    ...{ leftInterval: [least, Number.POSITIVE_INFINITY], reproduce: 'signprox verify --only it' },
  }) as unknown as BoundRow;

const summaryOf = (...rows: readonly BoundRow[]): string =>
  theoremSummary(
    {
      command: 'signprox verify',
      claims: [{ id: 'mine', evidence: { verdict: 'holds', reason: '', rows } }],
    } as unknown as RunRecord,
    { id: 'mine', relation: 'at-most', hypotheses: [] },
  ).replaceAll(/\s+/g, ' ');

test('a theorem that is violated is false, by the factor that the lower end of the left side shows', (t) => {
  t.regex(
    summaryOf(row('violated', 3, 2.5)),
    /violated on 1 .*1\.5 on two points, T = 4 so mine is false as stated, by a factor of at least 1\.25 no planted/,
  );
  t.regex(summaryOf(row('violated', 3, 2 + 2 ** -30)), /by a factor of at least 1 \+ 4\.657e−10 no planted/);
  // A row whose interval does not settle it names no factor.
  t.regex(summaryOf(row('violated', 3, 1.5)), /so mine is false as stated no planted/);
});

test('a bound that holds is as large as its largest left side needs it', (t) => {
  t.regex(
    summaryOf(row('holds', 1, 1), row('proved-exactly', 0.5, 0.5)),
    /holds on 2 of 2 rows .*0\.5 on two points, T = 4 so the bound could shrink to 0\.5 of itself/,
  );
});
