import test from 'ava';
import { properties } from '../../../properties/index.js';
import type { BoundRow, Evidence } from '../../claims/evidence.js';
import { readCatalogue } from '../../cli/catalogue.js';
import { markHeights, rowsOf } from '../charts/charts.test.helper.js';
import { ratioMarks, refutationPanels } from '../charts/ratio-panel.js';
import type { CheckedClaim } from '../record/build-run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { syntheticRecord, violatedClaim } from '../record/synthetic-run.test.helper.js';
import { refutations, rowColumns } from '../view/bounds.js';
import { functionProperties, questions } from '../view/subjects.js';
import { htmlReport } from './html-report.js';

const claim = (id: string, found: Partial<Evidence> & Pick<Evidence, 'verdict'>): CheckedClaim => ({
  claim: {
    ...{ id, source: { section: '2.2' }, statement: 's', method: 'm' },
    expected: ['illustrated', 'needed', 'holds'],
  },
  evidence: { reason: 'r', cases: 1, seed: '1', seconds: 0, reproduce: 'again', ...found },
});

/** What stands in a section of the page. */
function section(page: string, id: string): string | undefined {
  return new RegExp(`<section id="${id}".*?\n</section>`, 's').exec(page)?.[0];
}

test('the first screen shows what was checked and the failures, and below it the findings about the paper', (t) => {
  const measured = { 'f64, γ|Ĝ| below ½ ulp, 7 signs': 'literal: 5 (<71 %>)' };
  const loss = claim('exact-sign-loss', { verdict: 'illustrated', measured });
  const page = htmlReport(syntheticRecord([violatedClaim(), loss]));
  const verdict = section(page, 'verdict')!;
  t.regex(verdict, /<li><a href="#ledger" data-verdict="holds"><b>2<\/b> holds<\/a><\/li>/);
  t.regex(verdict, /<h3>Failed<\/h3><ul><li><a href="#claim-eq9-proximal-average">eq9-proximal-average<\/a> /);
  t.regex(
    section(page, 'findings')!,
    /id="f25"><p>.*Of 7 such signs in f64, &lt;71 %&gt; come out.*href="#claim-exact-sign-loss"/s,
  );
  const without = htmlReport(syntheticRecord());
  t.notRegex(section(without, 'verdict')!, /Failed/);
  t.notRegex(without, /Found about the paper/);
});

test('a failure at extreme inputs only, or one that follows from another, is folded: it does not count', (t) => {
  const page = htmlReport(subjectsRecord());
  const open = Array.from(page.matchAll(/<details class="claim"[^>]* open>.*?id="(claim-[^"]*)"/gs), ([, id]) => id);
  t.deepEqual(open, ['claim-eq6-prox', 'claim-prox-values', 'claim-function-values']);
});

test('a page about subjects closes its claims, except where no subject is to blame, and hides no failure', (t) => {
  const failure = { kind: 'protocol', message: 'no hello' } as const;
  const silent = cellClaim('silent', [cellOf('prox of l1')], { verdict: 'inconclusive', failure });
  const page = htmlReport(subjectsRecord([...everyFate, silent]), 'subjects');
  const open = Array.from(page.matchAll(/<details class="claim"[^>]* open>.*?id="(claim-[^"]*)"/gs), ([, id]) => id);
  t.deepEqual(open, ['claim-silent']);
  t.regex(section(page, 'ledger')!, /^<section id="ledger"[^>]*><details class="closed"><summary>/);
  t.regex(section(page, 'verdict')!, /<li><a href="#claim-silent">silent<\/a>/);
});

test('no case of one subject stands with another', (t) => {
  const kept = (type: string) => ({ part: type, ratio: 7, input: { [type]: 1 }, explanation: `case of ${type}` });
  const cell = (type: string) => cellOf(`prox of ${type}`, { ...failingCase([type]), case: kept(type) });
  const page = htmlReport(
    subjectsRecord([
      cellClaim('eq6-prox', [cell('l1'), cell('box'), cellOf('prox of zero')], { minimal: kept('box') }),
    ]),
    'subjects',
  );
  const entry = /id="claim-eq6-prox">.*?<h4>Reproduce/s.exec(page)![0];
  t.is(entry.match(/case of box/g)?.length, 1);
  for (const [type, other] of [
    ['l1', 'box'],
    ['box', 'l1'],
  ] as const) {
    const row = new RegExp(`<tr><th scope="row"><a href="#subject-\\d">prox of ${type}</a>.*?</tr>`, 's').exec(
      entry,
    )![0];
    t.regex(row, new RegExp(`case of ${type}<pre>.*${type}`));
    t.notRegex(row, new RegExp(other));
    const card = new RegExp(
      `<details class="card fault" id="subject-\\d" data-find="prox of ${type}".*?</details>\n</details>`,
      's',
    );
    t.notRegex(card.exec(page)![0], new RegExp(`prox of ${other}`));
  }
});

test('every question of the matrix is asked by claims that there are, and every claim about a prox has one', (t) => {
  const asked = Object.values(questions).flat();
  t.is(new Set(asked).size, asked.length);
  const ids = readCatalogue().map(({ id }) => id);
  t.deepEqual(
    asked.filter((id) => !ids.includes(id)),
    [],
  );
  // An algorithm, and two claims that ask the reference alone.
  const others = ['prox-svrg', 'calculus-residuals', 'calculus-in-place'];
  const aboutProx = properties
    .map(({ id }) => id)
    .filter((id) => /^(eq6-prox|prox-|calculus-)/.test(id) && !others.includes(id));
  t.true(aboutProx.length > 15);
  t.deepEqual(
    aboutProx.filter((id) => !asked.includes(id)),
    [],
  );
});

test('what is declared and was not judged is amber in the verdict, and so is its edge where nothing fails', (t) => {
  const thin = { ...cellOf('prox of box'), thin: 'never reached weight 0', skipped: { 'weight > 0': 3 } };
  const page = htmlReport(subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of l1'), thin])]), 'subjects');
  const verdict = section(page, 'verdict')!;
  t.regex(verdict, /<div class="card outcome silent">/);
  t.regex(verdict, /accepts<\/strong><span class="warn">; asked in part: prox of box<\/span>/);
  t.regex(verdict, /<li class="warn"><b>1<\/b> thin<\/li>/);
  const whole = htmlReport(subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of l1')])]), 'subjects');
  t.notRegex(section(whole, 'verdict')!, /silent|class="warn"/);
});

test('a claim lists the planted errors that it finds, and those that name it', (t) => {
  const page = htmlReport(syntheticRecord());
  t.regex(
    page,
    /id="claim-eq6-prox">.*?<dt>planted errors<\/dt><dd>finds 2 planted errors \(<a href="#kill-matrix">all of them<\/a>\); named for it: l1-step-dropped; besides: box-open<\/dd>/s,
  );
  t.is(page.match(/<dt>planted errors/g)?.length, 1);
});

test('functions by claim: a failing method is shown, even beside right ones, otherwise the margin', (t) => {
  const margins = cellClaim('margins', [
    { ...cellOf('prox of zero'), worst: 0 },
    { ...cellOf('prox of l1'), worst: 0.01 },
    { ...cellOf('value of l1'), worst: 0.04 },
    { ...cellOf('gradient of box'), worst: 1 },
  ]);
  const record = subjectsRecord([
    ...everyFate,
    margins,
    cellClaim('both', [cellOf('value of huber'), cellOf('gradient of huber', failingCase(['huber']))]),
  ]);
  const { claims, rows } = functionProperties(record);
  t.true(claims.includes('both') && !claims.includes('remark-majority-vote'));
  const huber = rows.find(({ label }) => label === 'huber')!;
  t.deepEqual(huber.cells.get('both'), { outcome: 'wrong', subject: 'gradient of huber', claim: 'both', worst: 2 });
  t.is(rows.find(({ label }) => label === 'l1')!.cells.get('margins')!.worst, 0.04);
  const table = section(htmlReport(record), 'properties')!;
  t.regex(table, /<td class="bad" title="gradient of huber: wrong">✗<\/td>/);
  const alone = section(htmlReport(subjectsRecord([margins])), 'properties')!;
  const shown = (label: string) =>
    new RegExp(`<th scope="row">${label}</th><td class="h(\\d+)">([=\\d])</td></tr>`).exec(alone)?.slice(1);
  t.deepEqual(
    [shown('zero'), shown('l1'), shown('box')],
    [
      ['0', '='],
      ['6', '1'],
      ['8', '0'],
    ],
  );
});

test('counterexamples: left/bound by T on one logarithmic axis, and none where a ratio cannot be drawn', (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const rows = (...ratios: readonly number[]): BoundRow[] =>
    ratios.map((ratio, i) => ({ ...row, iterations: 4 ** i, left: ratio, bound: 1, verdict: 'violated' }));
  const record = syntheticRecord([
    claim('grows', { verdict: 'needed', rows: rows(1, 10, 100) }),
    claim('small', { verdict: 'needed', rows: rows(0.001, 10) }),
    claim('zero-bound', { verdict: 'needed', rows: rows(1).map((one) => ({ ...one, bound: 0 })) }),
    claim('right', { verdict: 'holds', rows: rows(1) }),
  ]);
  const panels = refutationPanels(refutations(record));
  t.deepEqual(
    panels.map((panel) => panel.claim.id),
    ['grows', 'small'],
  );
  const [one, ten, hundred] = markHeights(panels[0]!.svg, ratioMarks[0].colour);
  t.true(one! > ten! && Math.abs(one! - ten! - (ten! - hundred!)) <= 0.02, 'a decade is as high as the next');
  const [edge, ...others] = markHeights(panels[1]!.svg, ratioMarks[0].colour);
  t.is(edge, 190, 'what is far below stands at the edge');
  t.deepEqual(others, [ten]);
  const page = htmlReport(record);
  t.regex(section(page, 'counterexamples')!, /aria-label="left side over bound by T, grows"/);
  t.is(section(htmlReport(syntheticRecord()), 'counterexamples'), undefined);
});

test('a table of rows omits empty columns, and shows a shared value once', (t) => {
  const [first, second] = rowsOf('theorem-1');
  const rows = [first!, second!].map(({ sharpBound: _, ...row }) => ({ ...row, verdict: 'holds' as const }));
  const { columns, shared } = rowColumns(rows);
  const headings = columns.map(({ heading }) => heading);
  t.deepEqual(headings.slice(0, 3), ['T', 'verdict', 'left']);
  for (const gone of ['sharp', 'seed', 'U']) t.false(headings.includes(gone), gone);
  const told = new Map(shared.map(([{ heading }, text]) => [heading, text]));
  t.is(told.get('seed'), 'seed-1');
  t.false(told.has('sharp') || told.has('U'));
});

test('formulas of a claim are typeset, and texts of an implementation are unchanged', (t) => {
  const formula = 'd + Σθ_k r_k';
  const [row] = rowsOf('theorem-1');
  const { claim: described, evidence } = claim('mean', {
    ...{ verdict: 'holds', reason: formula, rows: [{ ...row!, instance: formula, reason: formula }] },
    parts: [{ name: formula, verdict: 'holds', cases: 1, worstRatio: 0, reason: formula }],
    measured: { [formula]: 1 },
  });
  const source = { section: '2.2', equation: `Theorem 1 for ${formula}` };
  const failure = { kind: 'error' as const, message: 'unknown name x_t' };
  const raises = claim('raises', { verdict: 'inconclusive', failure });
  const page = htmlReport(syntheticRecord([{ claim: { ...described, source, method: formula }, evidence }, raises]));
  const entry = /<details class="claim"(?:(?!<\/details>).)*id="claim-mean">.*?<h4>Reproduce/s.exec(page)![0];
  t.is(entry.replaceAll(/ (?:aria-label|title)="[^"]*"/g, '').match(/θ_k/g), null);
  t.is(entry.match(/Σθ<sub>k<\/sub> r<sub>k<\/sub>/g)?.length, 8);
  t.regex(page, /<dt>found<\/dt><dd>unknown name x_t<\/dd>/);
});

test('sparse noise: the chart of both algorithms against its size, if the run has it', (t) => {
  const measured = {
    'bound of signProx': 0.1,
    'signProx, normal, τ = 1': 0.05,
    'signProx, normal, τ = 16': 0.06,
    'SPGM, normal, τ = 1': 0.05,
    'SPGM, normal, τ = 16': 5,
  };
  const page = htmlReport(syntheticRecord([claim('sparse-noise-size', { verdict: 'holds', measured })]));
  t.regex(section(page, 'sparse-noise')!, /<svg .*href="#claim-sparse-noise-size"/s);
  const without = htmlReport(syntheticRecord([claim('sparse-noise-size', { verdict: 'holds' })]));
  t.is(section(without, 'sparse-noise'), undefined);
  t.is(section(htmlReport(syntheticRecord()), 'sparse-noise'), undefined);
});
