import { createHash } from 'node:crypto';
import test from 'ava';
import { readCatalogue } from '../../cli/catalogue.js';
import { everyOutcome, everySubject } from '../golden.test.helper.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord, poison } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, everyFate, failingCase, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { describeRun, syntheticRecord, violatedClaim, withoutTiming } from '../record/synthetic-run.test.helper.js';
import { syntheticSweep } from '../record/synthetic-sweep.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { subscripted } from '../wording/format-number.js';
import { htmlComparison } from './html-comparison.js';
import { htmlReport } from './html-report.js';
import { htmlSweep } from './html-sweep.js';
import { mathText, smallPage, statementText, withoutOptionalMarkup } from './markup.js';
import { evidenceOf } from './small-page.test.helper.js';

const forged = violatedClaim('forged');
const marked = { ...forged.claim, statement: 'a <!--evidence--> b <!--/evidence--> <div data-part=0></div>' };

const pages: Readonly<Record<string, string>> = {
  'by claim': htmlReport(everyOutcome()),
  'by subject': htmlReport(everySubject(), 'subjects'),
  hostile: htmlReport(hostileRecord()),
  'hostile, by subject': htmlReport(poison(everySubject(), '') as RunRecord, 'subjects'),
  forged: htmlReport(syntheticRecord([{ ...forged, claim: marked }])),
  'without times': htmlReport(withoutTiming(syntheticRecord())),
  'side by side': htmlComparison([everySubject(), poison(everySubject(), '') as RunRecord]),
  sweep: htmlSweep(syntheticSweep()),
};

/** What a page says, without its script and style, as XML. */
const bodyOf = (page: string): string =>
  page
    .slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length)
    .replace(/<br>/g, '<br/>')
    .replace(/<input [^>]*>/g, '')
    .replace(/<!--\/?evidence-->/g, '')
    .replace(/ (?:open|hidden)>/g, '>');

for (const [name, page] of Object.entries(pages)) {
  test(`${name}: one script that its policy names, no request, unique ids, links with targets, well-formed, text stays text`, (t) => {
    t.notRegex(page, /<script\s|<link|<img|<iframe|@import|url\(/i);
    const scripts = Array.from(page.matchAll(/<script>(.*?)<\/script>/gs), ([, script]) => script!);
    t.is(scripts.length, 1);
    const hash = createHash('sha256').update(scripts[0]!).digest('base64');
    t.true(
      page.includes(`default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'; `),
    );
    const body = bodyOf(page);
    t.is(xmlFault(body), undefined);
    t.notRegex(body.replaceAll(/="[^"]*"/g, '=').replaceAll(/>[^<]*/g, '>'), /\son\w+=/i, 'no attribute acts');
    const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), (match) => match[1]!);
    t.is(new Set(ids).size, ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) t.true(ids.includes(target!), target);
    t.notRegex(page, /(?!\n)\p{Cc}|\u202e|\uffff|\p{Cs}/u);
    t.is(page.match(/<\/style>/g)?.length, 1);
    t.notRegex(body, /undefined|\[object/);
  });

  test(`${name}: of a small page the evidence is apart, and put into its places it is the whole page again`, (t) => {
    const small = smallPage(page);
    const parts = evidenceOf(small);
    t.is(parts.length > 0, name !== 'sweep');
    const whole = small
      .replace(/<script type="application\/json".*?<\/script>\n/s, '')
      .replaceAll(/<div data-part=(\d+)><\/div>/g, (_, part) => parts[Number(part)]!);
    t.is(whole, withoutOptionalMarkup(page).replaceAll(/<!--\/?evidence-->/g, ''));
  });
}

/** The titles of a page's sections, and which claims are open. */
const titlesOf = (page: string): string[] => Array.from(page.matchAll(/<h2[^>]*>([^<]*)</g), ([, title]) => title!);
const openIn = (page: string): string[] =>
  Array.from(page.matchAll(/<details class="claim"[^>]* open>.*?id="claim-([^"]*)"/gs), ([, id]) => id!);
const protocol = { verdict: 'inconclusive', failure: { kind: 'protocol', message: 'no hello' } } as const;
const silent = cellClaim('silent', [cellOf('prox of l1')], protocol);

test('a page about claims has subjects as evidence unless one fails, and none where there are none', (t) => {
  const right = htmlReport(subjectsRecord([cellClaim('right', [cellOf('prox of l1')])]));
  t.deepEqual(titlesOf(right), [
    'Verdict',
    'The paper in its order',
    'Functions by claim',
    'Subjects and questions',
    'What the verdicts mean',
  ]);
  t.regex(right, /<section id="functions"[^>]*><details class="closed"><summary>/);
  t.deepEqual(titlesOf(htmlReport(subjectsRecord())).slice(1, 5), [
    'Needs attention',
    'Subjects and questions',
    'Failures',
    'The paper in its order',
  ]);
  t.deepEqual(titlesOf(htmlReport(buildRunRecord(describeRun([])))).slice(0, 2), ['Verdict', 'The paper in its order']);
});

test('claims that fail at extreme inputs only or follow from others are closed, and by subject all but those without one', (t) => {
  t.deepEqual(openIn(htmlReport(subjectsRecord())), ['eq6-prox', 'prox-values', 'function-values']);
  const page = htmlReport(subjectsRecord([...everyFate, silent]), 'subjects');
  t.deepEqual(openIn(page), ['silent']);
  t.deepEqual(titlesOf(page).slice(1, 4), ['Subjects and questions', 'Failures', 'Needs attention']);
  t.regex(page, /<section id="ledger"[^>]*><details class="closed"><summary>/);
  t.regex(page, /<h3>Also failed<\/h3>\s*<ul>.*<a href="#claim-silent">silent<\/a>/s);
});

test('no case of one subject stands with another', (t) => {
  const kept = (type: string) => ({ part: type, ratio: 7, input: { [type]: 1 }, explanation: `case of ${type}` });
  const cell = (type: string) => cellOf(`prox of ${type}`, { ...failingCase([type]), case: kept(type) });
  const cells = [cell('l1'), cell('box'), cellOf('prox of zero')];
  const page = htmlReport(subjectsRecord([cellClaim('eq6-prox', cells, { minimal: kept('box') })]), 'subjects');
  const entry = /id="claim-eq6-prox">.*?<h4>Reproduce/s.exec(page)![0];
  t.is(entry.match(/case of box/g)?.length, 1);
  for (const [type, other] of ['l1 box', 'box l1'].map((pair) => pair.split(' '))) {
    const named = `<tr><th scope="row"><a href="#subject-\\d">prox of ${type}</a>.*?</tr>`;
    const card = `<details class="card fault" id="subject-\\d" data-find="prox of ${type}".*?</details>\\s*</details>`;
    const [row, fault] = [new RegExp(named, 's').exec(entry)![0], new RegExp(card, 's').exec(page)![0]];
    t.regex(row, new RegExp(`case of ${type}<pre>.*${type}`));
    for (const text of [row, fault]) t.notRegex(text, new RegExp(`of ${other}`));
  }
});

test('what is declared and was not judged is amber in the verdict, and so is its edge where nothing fails', (t) => {
  const thin = { ...cellOf('prox of box'), thin: 'never reached weight 0', skipped: { 'weight > 0': 3 } };
  const verdictOf = (...more: readonly (typeof thin)[]): string =>
    htmlReport(subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of l1'), ...more])]), 'subjects').split(
      '</section>',
    )[0]!;
  t.regex(verdictOf(thin), /<div class="card outcome silent">/);
  t.regex(verdictOf(thin), /<p class="warn">asked in part: prox of box/);
  t.regex(verdictOf(thin), /<span class="warn">1 thin<\/span>/);
  t.notRegex(verdictOf(), /outcome silent|class="warn"/);
});

test('runs that agree are not called different, and a cell says only once that all are right', (t) => {
  const right = subjectsRecord([cellClaim('eq6-prox', [cellOf('prox of huber')])]);
  const page = htmlComparison([right, right]);
  t.regex(page, /<b>None of 2 runs fail<\/b>/);
  t.regex(page, />0 claims<\/a> of 1 are not the same in all/);
  t.false(page.includes('|not the same in all'));
  t.regex(page, /<th scope="row">huber<\/th><td class="good">✓<\/td>/);
});

test('many rows of a sweep are folded', (t) => {
  const { header, rows } = syntheticSweep();
  const many = Array.from({ length: 7 }, () => rows).flat();
  t.regex(htmlSweep({ header, rows: many }), /<details class="rows"><summary>252 rows<\/summary>/);
  t.notRegex(htmlSweep({ header, rows }), /36 rows<\/summary>/);
});

test('a known statement is typeset as by the build, and any other as plain formulas', (t) => {
  const { statement } = readCatalogue().find(({ id }) => id === 'theorem-1')!;
  t.regex(statementText(statement).text, /<math>.*<msqrt><mi>T<\/mi><\/msqrt>/);
  t.is(statementText(`${statement}.`).text, mathText(`${statement}.`).text);
  t.is(statementText('__proto__').text, '__proto__');
});

test('other statements have sub- and superscripts, and are escaped', (t) => {
  for (const [text, markup] of [
    [
      'x^{t−1} and P_k, θ_k <b> a_b_c snake_case',
      'x<sup>t−1</sup> and P<sub>k</sub>, θ<sub>k</sub> &lt;b&gt; a_b<sub>c</sub> snake_case',
    ],
    ['prox_{γr_k}', 'prox<sub>γr<sub>k</sub></sub>'],
    ['N^(−1/4) and T^−¼', 'N<sup>−1/4</sup> and T<sup>−¼</sup>'],
    ['T^−0.50 and N^2, x^12th', 'T<sup>−0.50</sup> and N<sup>2</sup>, x^12th'],
  ] as const) {
    t.is(mathText(text).text, markup);
  }
  t.is(subscripted('Σθ_k r_k, x_i and x_{ij}, a_b, snake_case'), 'Σθₖ rₖ, xᵢ and x_{ij}, a_b, snake_case');
});
