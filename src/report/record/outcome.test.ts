import test from 'ava';
import { verdicts } from '../../claims/verdict.js';
import {
  dominantExitCode,
  exitCodeOf,
  type Outcome,
  outcomeOf,
  outcomes,
  strictly,
  strictText,
  successVerdicts,
  userVerdicts,
} from './outcome.js';

test('without a list of its own a claim accepts proved-exactly, holds and holds-within-rho only', (t) => {
  for (const verdict of verdicts) {
    const outcome = outcomeOf({ verdict });
    if (verdict === 'not-applicable') t.is(outcome, 'n/a');
    else t.is(outcome, ['proved-exactly', 'holds', 'holds-within-rho'].includes(verdict) ? 'pass' : 'fail', verdict);
  }
});

test('silent, refuted and illustrated are accepted if listed, and never count as a pass', (t) => {
  for (const verdict of ['silent', 'misprint', 'needed', 'illustrated', 'violated'] as const) {
    t.is(outcomeOf({ verdict }, [verdict]), 'expected');
    t.is(outcomeOf({ verdict: 'holds' }, [verdict]), 'fail', `holds where ${verdict} is on the ledger`);
  }
});

test('not-refuted is not a success, and is accepted if listed, except under --strict', (t) => {
  t.is(outcomeOf({ verdict: 'not-refuted' }), 'fail');
  t.is(outcomeOf({ verdict: 'not-refuted' }, userVerdicts), 'expected');
  t.is(outcomeOf({ verdict: 'not-refuted' }, strictly(userVerdicts)), 'fail');
  t.deepEqual(strictly(userVerdicts), successVerdicts);
});

test('a failure of the implementation is not a verdict on the mathematics', (t) => {
  const failed = (kind: 'error' | 'timeout' | 'crash' | 'protocol') =>
    outcomeOf({ verdict: 'inconclusive', failure: { kind, message: 'm' } }, ['inconclusive']);
  t.deepEqual(
    [failed('error'), failed('timeout'), failed('crash'), failed('protocol')],
    ['error', 'timeout', 'crash', 'protocol'],
  );
});

test('an error of the suite is a separate outcome, and a wrong answer outranks a missing one', (t) => {
  t.is(outcomeOf({ verdict: 'inconclusive', failure: { kind: 'suite', message: 'm' } }), 'suite-error');
  t.is(outcomeOf({ verdict: 'violated', failure: { kind: 'crash', message: 'm' } }), 'fail');
});

test('the outcome of its failing cells replaces only a failure', (t) => {
  const failure = { kind: 'error', message: 'm' } as const;
  t.is(outcomeOf({ verdict: 'violated' }, successVerdicts, false, 'follows'), 'follows');
  t.is(outcomeOf({ verdict: 'inconclusive', failure }, successVerdicts, false, 'extreme'), 'extreme');
  t.is(outcomeOf({ verdict: 'holds' }, successVerdicts, false, 'extreme'), 'pass');
});

test('known failures are strict', (t) => {
  t.is(outcomeOf({ verdict: 'violated' }, successVerdicts, true), 'xfail');
  t.is(outcomeOf({ verdict: 'holds' }, successVerdicts, true), 'xpass');
  t.is(outcomeOf({ verdict: 'silent' }, ['silent'], true), 'xpass');
  t.is(outcomeOf({ verdict: 'not-applicable' }, successVerdicts, true), 'n/a');
});

test('each outcome alone gives its exit code', (t) => {
  const codes = Object.fromEntries(outcomes.map((outcome) => [outcome, exitCodeOf([outcome])]));
  t.deepEqual(codes, {
    pass: 0,
    expected: 0,
    fail: 1,
    error: 1,
    timeout: 1,
    crash: 1,
    protocol: 3,
    'suite-error': 7,
    extreme: 0,
    follows: 0,
    'n/a': 6,
    xfail: 0,
    xpass: 5,
  });
});

test('exit codes dominate in one order and are never combined', (t) => {
  const order = [2, 4, 7, 3, 1, 5, 6, 0] as const;
  for (const [i, stronger] of order.entries()) {
    for (const weaker of order.slice(i)) {
      t.is(dominantExitCode([weaker, stronger]), stronger);
      t.is(dominantExitCode([stronger, weaker]), stronger);
    }
  }
  t.is(dominantExitCode([]), 0);
});

test('a run takes the strongest outcome, whatever the order; not applicable counts only when nothing else ran', (t) => {
  const mixed: Outcome[] = ['pass', 'n/a', 'xpass', 'fail', 'protocol', 'crash'];
  t.is(exitCodeOf(mixed), 3);
  t.is(exitCodeOf([...mixed].reverse()), 3);
  t.is(exitCodeOf(['pass', 'xpass', 'fail']), 1);
  t.is(exitCodeOf(['n/a', 'pass']), 0);
  t.is(exitCodeOf(['n/a', 'n/a']), 6);
  t.is(exitCodeOf([]), 6);
});

const row = (iterations: number, verdict: 'not-refuted' | 'holds', instance = 'two parabolas') => ({
  ...{ iterations, verdict, instance },
});

test('under --strict, one line names the rows that are neither refuted nor proved', (t) => {
  t.is(strictText([]), undefined);
  t.is(strictText([{ id: 'mine', rows: [row(1, 'holds')] }]), undefined);
  t.is(
    strictText([
      {
        id: 'mine',
        rows: [row(1, 'holds'), row(4, 'not-refuted'), row(16, 'not-refuted'), row(4, 'not-refuted', 'l1')],
      },
      { id: 'other', rows: [row(9, 'not-refuted')] },
    ]),
    '--strict: neither refuted nor proved: mine on two parabolas, T = 4, 16; mine on l1, T = 4; other on two parabolas, T = 9: derive a cap, as docs/statistics.md shows, or leave --strict out',
  );
});
