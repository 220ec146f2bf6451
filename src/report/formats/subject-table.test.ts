import test from 'ava';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { subjectTable } from './subject-table.js';

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
