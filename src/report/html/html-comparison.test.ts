import test from 'ava';
import { poison } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { violatedClaim } from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { htmlComparison } from './html-comparison.js';

const named = (name: string, record: RunRecord): RunRecord => ({
  ...record,
  command: `signprox guard --seed 1 -- ./${name}`,
  implementation: { ...record.implementation, name },
});

const right = named('right', subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of huber'), cellOf('prox of l2')])]));
const several = [named('first', subjectsRecord()), right];

const body = (page: string): string => page.slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length);

test('each function has one row, with a column for each run by method; cells that were not asked are empty', (t) => {
  const page = htmlComparison(several);
  t.true(
    page.includes(
      '<th scope="row">huber</th>' +
        '<td class="bad" title="A, prox of huber: wrong"><span aria-hidden="true">✗</span><span class="aloud">wrong</span></td>' +
        '<td class="good" title="B, prox of huber: right"><span aria-hidden="true">✓</span><span class="aloud">right</span></td>' +
        '<td class="good" title="A, value of huber: right">',
    ),
  );
  t.is(page.match(/<th scope="row">huber<\/th>/g)?.length, 2, 'by method and by claim');
  t.true(page.includes('<th scope="row">l2</th><td></td><td class="good" title="B, prox of l2: right">'));
  t.true(page.includes('<th scope="colgroup" colspan="2">prox</th>'));
  t.regex(
    page,
    /<details class="card fault" id="subject-A1" data-find="prox of huber" open>\n<summary><h3>A: prox of huber /,
  );
  t.false(page.includes('id="subject-B1"'));
});

test('functions by claim have a sign for each run unless all are right', (t) => {
  const page = htmlComparison(several);
  t.regex(
    page,
    /<th scope="row">huber<\/th>.*?<td class="signs"><span class="bad" title="A, prox of huber: wrong">✗<\/span><span class="good" title="B, prox of huber: right">✓<\/span><\/td>/,
  );
  t.true(
    page.includes(
      '<td class="signs"><span class="mute">·</span><span class="good" title="B, prox of l2: right">✓</span></td>',
    ),
  );
  const both = htmlComparison([right, right]);
  t.regex(both, /<th scope="row">huber<\/th><td class="good">✓<\/td>/);
});

test('each claim has one entry with the verdict of each run, and claims on which runs disagree can be filtered', (t) => {
  const page = htmlComparison([...several, named('third', subjectsRecord([violatedClaim()]))]);
  t.is(page.match(/<span class="id">eq6-prox<\/span>/g)?.length, 1);
  t.regex(
    page,
    /<span class="id">eq6-prox<\/span>\n<span class="beside"><span><b>A<\/b> <span class="badge bad">violated<\/span><\/span> <span><b>B<\/b> <span class="badge good">holds<\/span><\/span> <span><b>C<\/b> <span class="soft">not asked<\/span>/,
  );
  t.true(page.includes('data-verdicts="violated|holds|not the same in all"'));
  t.regex(
    page,
    /data-verdicts="violated\|not the same in all">\n<summary><span class="where"><\/span><span class="says">[^<]*<\/span><span class="id">prox-values</,
    'one run asked',
  );
  t.regex(page, /<strong>2 of 3 runs fail<\/strong>/);
  const same = htmlComparison([right, right]);
  t.regex(same, /<strong>None of 2 runs fail<\/strong>/);
  t.regex(same, />0 claims<\/a> of 1 are not the same in all/);
  t.false(same.includes('|not the same in all'));
});

test('links have targets, ids are unique, and hostile text stays text', (t) => {
  const raising = failingCase(['l1'], { kind: 'raises' });
  const others = [...everyFate, cellClaim('more', [cellOf('step of spgm'), cellOf('sample', raising)])];
  const page = htmlComparison([
    poison(subjectsRecord(), '') as RunRecord,
    named('other', subjectsRecord(others)),
    poison(subjectsRecord(others), '') as RunRecord,
  ]);
  const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), (match) => match[1]!);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) t.true(ids.includes(target!), target);
  t.is(page.match(/<script|<img/gi)?.length, 1, 'its own script');
  t.is(
    xmlFault(
      body(page)
        .replace(/<br>/g, '<br/>')
        .replace(/<input [^>]*>/g, '')
        .replace(/<!--\/?evidence-->/g, '')
        .replace(/ (?:open|hidden)>/g, '>'),
    ),
    undefined,
  );
});
