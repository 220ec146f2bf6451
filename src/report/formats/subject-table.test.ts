import test from 'ava';
import { cellClaim, cellOf, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { subjectTable } from './subject-table.js';

test('of many failures the first are shown and the others counted, as are the claims that see one', (t) => {
  const types = ['l1', 'l2', 'linf', 'huber', 'box', 'simplex', 'hinge', 'logistic', 'entropy', 'max', 'l0', 'linear'];
  const cells = [...types, 'nonnegative', 'halfspace'].map((type) => cellOf(`prox of ${type}`, failingCase([type])));
  const claims = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => cellClaim(id, cells));
  const text = subjectTable(subjectsRecord(claims), { width: 120, ledger: true });
  t.is(text.match(/^✗ prox of \S+ is wrong$/gm)?.length, 12);
  t.regex(
    text.replaceAll(/\s+/g, ' '),
    /2 more fail: prox of nonnegative, prox of halfspace\. .*--only 'prox of nonnegative' judges the first of them\./,
  );
  t.regex(text, /^ {4}seen by {3}a, b, c, d, e, f, g$/m);
  t.notRegex(subjectTable(subjectsRecord([cellClaim('a', cells.slice(0, 12))])), / more fail/);
});

test('verdicts are counted in the order of the legend, and what is not offered is told of with --ledger alone', (t) => {
  const failing = cellClaim('eq6-prox', [cellOf('prox of l1', failingCase(['l1'])), cellOf('prox of l2')]);
  const text = (reason: string, ledger = true) =>
    subjectTable(subjectsRecord([failing, cellClaim('theorem-1', [], { verdict: 'not-applicable', reason })]), {
      ledger,
    });
  t.regex(text('does not offer run'), /^1 right · 1 wrong\. \d+ questions/m);
  t.regex(text('does not offer run'), /^not judged, because not offered: run$/m);
  t.notRegex(text('does not offer run', false), /not offered/);
  t.regex(
    text('does not offer run, step, sample, spgm, sgd'),
    /^not judged, because not offered: run, step, sample and 2 more$/m,
  );
  t.regex(
    text('no instance has only functions that the implementation offers: one would with quadratic'),
    /^Theorem 1 was not tried on your code: it needs quadratic$/m,
  );
});
