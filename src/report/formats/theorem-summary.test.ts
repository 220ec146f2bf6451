import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import type { RunRecord } from '../record/run-record.js';
import { theoremScreen } from './theorem-summary.js';

const row = (verdict: BoundRow['verdict'], left: number, least: number): BoundRow =>
  ({
    ...{ instance: 'two points', iterations: 4, engine: 'monte-carlo', verdict, left, bound: 2 },
    ...{ leftInterval: [least, Number.POSITIVE_INFINITY], reproduce: 'signprox verify --only it' },
  }) as unknown as BoundRow;

const screenOf = (...rows: readonly BoundRow[]): string => screenWith({}, rows);
const screenWith = (theorem: { readonly delta?: number }, rows: readonly BoundRow[]): string =>
  theoremScreen(
    {
      command: 'signprox verify',
      claims: [{ id: 'mine', outcome: 'pass', evidence: { verdict: 'holds', reason: '', rows } }],
    } as unknown as RunRecord,
    { id: 'mine', relation: 'at-most', hypotheses: [], ...theorem },
    'no model',
    0,
  ).replaceAll(/\s+/g, ' ');

test('a theorem that is violated is false, by the factor that the lower end of the left side shows', (t) => {
  t.regex(
    screenOf(row('violated', 3, 2.5)),
    /^✗ mine is false: at least 1\.25 × the bound at T = 4 on two points, T = 4 left 3 bound 2 /,
  );
  t.regex(screenOf(row('violated', 3, 2 + 2 ** -30)), /: at least \(1 \+ 4\.657e−10\) × the bound at T = 4 /);
  // A row whose interval does not settle it names no factor.
  t.regex(screenOf(row('violated', 3, 1.5)), /^✗ mine is false: the bound is exceeded at T = 4 /);
});

test('a sharper bound is told where it alone refutes a row, and nowhere else', (t) => {
  const beside = (own: BoundRow, more: Partial<BoundRow>): string =>
    screenOf({ ...own, engine: 'enumeration', leftInterval: [own.left, own.left], ...more });
  t.regex(beside(row('violated', 1, 1), { sharpBound: 0.5 }), /^✗ mine is false: 2 × its sharper bound at T = 4 /);
  t.regex(beside(row('violated', 3, 3), { sharpBound: 0.5 }), /^✗ mine is false: 1\.5 × the bound at T = 4 /);
  // Attained but for a rounding: that says nothing of the bound.
  const attained = beside(row('holds', 1, 1), { sharpBound: 1 - 2 ** -53 });
  t.regex(attained, /tight 0\.5 of the bound is reached/);
  // What is sampled is compared with the bound alone.
  const sampled = { ...row('violated', 3, 1.5), sharpBound: 1 };
  t.regex(screenOf(sampled), /^✗ mine is false: the bound is exceeded at T = 4 /);
});

test('a bound that holds is as large as its largest left side needs it', (t) => {
  t.regex(
    screenOf(row('holds', 1, 1), row('proved-exactly', 0.5, 0.5)),
    /^✓ mine holds on 2 of 2 rows .*tight 0\.5 of the bound is reached at T = 4, on two points: no constant below 0\.5 of it is true/,
  );
  t.regex(screenOf(row('holds', 2, 2)), /the bound is attained at T = 4, on two points: no smaller constant is true/);
});

test('a theorem with probability 1 − δ is about the probability of a run above b, and never about a mean', (t) => {
  const of = (verdict: BoundRow['verdict'], left: number, interval: readonly [number, number]): string =>
    screenWith({ delta: 0.1 }, [
      { ...row(verdict, left, 0), engine: 'paths', leftInterval: interval, bound: 0.1, threshold: 7 },
    ]);
  const broken = of('violated', 0.25, [0.25, 0.25]);
  t.regex(broken, /^✗ mine is false: P\(left side > b\) is 0\.25, above δ = 0\.1, at T = 4 on two points, T = 4 /);
  t.regex(broken, / P\(left>b\) 0\.25 b 7 δ 0\.1 /);
  t.regex(of('violated', 0.25, [0.2, 0.3]), /: P\(left side > b\) is at least 0\.2, above δ = 0\.1, at T = 4 /);
  t.regex(of('holds', 0.05, [0.05, 0.05]), /tight P\(left side > b\) reaches 0\.5 × δ at T = 4, on two points/);
  t.regex(of('holds', 0, [0, 0]), /tight no run above b was found/);
  t.notRegex(broken, /E\[|× the bound/);
});
