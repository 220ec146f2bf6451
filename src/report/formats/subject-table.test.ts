import test from 'ava';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { subjectTable } from './subject-table.js';

test('algorithms and operators have separate tables, which fit a terminal', (t) => {
  const record = subjectsRecord([
    cellClaim('eq6-prox', [cellOf('prox of l1', failingCase(['l1']))]),
    cellClaim(
      'algorithms',
      ['step of spgm', 'run of spgm', 'step of sign-sgd', 'proximal-gradient', 'mini-batch', 'gradient-mapping'].map(
        (subject) => cellOf(subject),
      ),
    ),
  ]);
  const text = subjectTable(record, { width: 80 });
  t.true(text.includes('\nalgorithm  step  run\n────────────────────\nspgm       ✓     ✓\nsign-sgd   ✓\n'), text);
  t.true(text.includes('\noperator           answer\n'), text);
  t.true(text.includes('\nmini-batch         ✓\n'), text);
});

test('of many failures the first are shown and the others counted, as are the claims that see one', (t) => {
  const types = ['l1', 'l2', 'linf', 'huber', 'box', 'simplex', 'hinge', 'logistic', 'entropy', 'max', 'l0', 'linear'];
  const cells = [...types, 'nonnegative', 'halfspace'].map((type) => cellOf(`prox of ${type}`, failingCase([type])));
  const claims = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => cellClaim(id, cells));
  const text = subjectTable(subjectsRecord(claims), { width: 120 });
  t.is(text.match(/^prox of \S+: wrong$/gm)?.length, 12);
  t.regex(
    text,
    /^and 2 more: index\.html among the reports tells of each, and --only 'prox of nonnegative' judges the first of them$/m,
  );
  t.regex(text, /^ {2}seen by a, b, c, d, e and 2 more$/m);
  t.notRegex(subjectTable(subjectsRecord(claims.slice(0, 5))), /seen by .* more/);
  t.notRegex(subjectTable(subjectsRecord([cellClaim('a', cells.slice(0, 12))])), /more/);
});

test('the line to paste is below the counterexample, on one line', (t) => {
  const paste = 'r = {"type": "l1"}; y = [1]  # prox of l1: raised\nKeyError\u001b[0m';
  const text = subjectTable(subjectsRecord([cellClaim('a', [cellOf('prox of l1', failingCase(['l1'], { paste }))])]));
  t.true(
    text.includes(
      '\n  prox of l1 at y = 1: returned 2, right is 3\n' +
        '  r = {"type": "l1"}; y = [1]  # prox of l1: raised KeyError\\u{1b}[0m\n  seen by a\n',
    ),
    text,
  );
});

test('a claim that fails through no subject’s fault is shown with its simplest case', (t) => {
  const minimal = { part: 'prox', ratio: 2, input: { raw: 1 }, explanation: 'prox at a weight of −1 is answered' };
  const apart = cellClaim('rejects-bad-parameters', [], { verdict: 'violated', reason: 'violated by prox', minimal });
  const text = subjectTable(subjectsRecord([apart]));
  t.regex(
    text,
    /^rejects-bad-parameters: fail: violated by prox\n {2}prox at a weight of −1 is answered\n {2}reproduce: /m,
  );
  t.notRegex(text, /raw/);
});

test('verdicts are counted in the order of the legend, and one claim is singular', (t) => {
  const silent = cellClaim('theorem-1', [], { verdict: 'not-applicable', reason: 'does not offer run' });
  const failing = cellClaim('eq6-prox', [cellOf('prox of l1', failingCase(['l1'])), cellOf('prox of l2')]);
  const text = subjectTable(subjectsRecord([failing, silent]));
  t.regex(text, /^\d subjects: 1 right, 1 wrong/m);
  t.regex(text, /^1 claim needs what is not offered: run$/m);
  const without = (names: string) =>
    subjectTable(
      subjectsRecord([failing, { ...silent, evidence: { ...silent.evidence, reason: `does not offer ${names}` } }]),
    );
  t.regex(without('run, step, sample, spgm'), /^1 claim needs what is not offered: run, step, sample, spgm$/m);
  t.regex(
    without('run, step, sample, spgm, sgd'),
    /^1 claim needs what is not offered: run, step, sample and 2 more$/m,
  );
});

test('what an adapter declares and refuses is named beside the exit code, and so is a part that it refuses', (t) => {
  const record = subjectsRecord([
    cellClaim('eq6-prox', [
      cellOf('prox of huber'),
      { ...cellOf('prox of l1'), thin: 'never reached weight 0', skipped: { 'weight > 0': 3 } },
      { ...cellOf('value of huber'), cases: 0, skipped: { 'no values': 3 } },
    ]),
  ]);
  const text = subjectTable(record, { width: 80 }).replaceAll(/\s+/g, ' ');
  t.regex(text, /; declared and refused: value of huber; asked in part: prox of l1 $/);
});
