import { createHash } from 'node:crypto';
import test from 'ava';
import { theorems } from '../../../theorems/index.js';
import type { BoundRow } from '../../claims/evidence.js';
import { markHeights, rowsOf } from '../charts/charts.test.helper.js';
import { ratioMarks, slackPanels } from '../charts/ratio-panel.js';
import { formatReport } from '../formats/formats.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord, poison } from '../record/hostile-record.test.helper.js';
import type { RunRecord } from '../record/run-record.js';
import { cellClaim, cellOf, subjectsRecord } from '../record/subjects-run.test.helper.js';
import { describeRun, syntheticRecord, violatedClaim, withoutTiming } from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { slackLines } from '../view/bounds.js';
import { subscripted } from '../wording/format-number.js';
import { htmlReport } from './html-report.js';
import { mathText, smallPage, statementText, withoutOptionalMarkup } from './markup.js';
import { evidenceOf } from './small-page.test.helper.js';

/** What a page says, without its script and style. */
const body = (page: string): string => page.slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length);
const wellFormed = (part: string): string =>
  part
    .replace(/<br>/g, '<br/>')
    .replace(/<input [^>]*>/g, '')
    .replace(/<!--\/?evidence-->/g, '')
    .replace(/ (?:open|hidden)>/g, '>');

test('the page is self-contained: one script that its policy names, no request, unique ids, links with targets', (t) => {
  const page = htmlReport(syntheticRecord([violatedClaim()]));
  t.notRegex(page, /<script\s|<link|<img|<iframe|@import|url\(|\son\w+=/i);
  const scripts = Array.from(page.matchAll(/<script>(.*?)<\/script>/gs), ([, script]) => script!);
  t.is(scripts.length, 1);
  const hash = createHash('sha256').update(scripts[0]!).digest('base64');
  const outside = (page.match(/https?:[^"'\s<]*/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'));
  t.deepEqual(outside, []);
  t.true(page.includes(`default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'; `));
  const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), (match) => match[1]!);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) t.true(ids.includes(target!), target);
  t.is(
    page.match(/<figure/g)?.length,
    2 + 4 + 2,
    'one per theorem, two in the entry of each, and one per theorem for its tightness',
  );
});

test('the page shows all results', (t) => {
  const page = htmlReport(syntheticRecord([violatedClaim()]));
  for (const claim of syntheticRecord().claims) t.true(page.includes(`<span class="id">${claim.id}</span>`), claim.id);
  t.regex(page, /Exit 1: a claim failed/);
  t.deepEqual(
    Array.from(page.matchAll(/<details class="claim"[^>]* open>.*?id="(claim-[^"]*)"/gs), ([, id]) => id),
    ['claim-eq9-proximal-average'],
  );
  for (const text of [
    'ratio 44, l1',
    '{&quot;x&quot;:[0.5]}',
    'cycle sum −0.31 &lt; 0',
    'total-variation-2d',
    'points on a kink',
    '7/12',
  ]) {
    t.true(page.includes(text), text);
  }
  for (const heading of ['bound b', 'n', 'log E violated', 'log E holds', 'detectable', 'assumption']) {
    t.true(page.includes(`>${heading}</th>`), heading);
    t.true(page.includes(`<li><b>${heading}</b>: `), `${heading} is explained`);
  }
  t.regex(page, /<li>α: 2\.441e−13<\/li>/, 'what all rows share is told once');
  t.is(page.match(/<tr class="trivial">/g)?.length, 4);
  t.regex(page, /48 slots of level 2\.441e−13/);
});

test('the page says how it was made: command, seed and depth, implementation, suite and machine', (t) => {
  const record = syntheticRecord();
  const { command, seed, depth, implementation, suite, environment } = record;
  const facts = /<dl class="facts">(.*?)<\/dl>/s.exec(htmlReport(record))?.[1] ?? '';
  const said = Array.from(facts.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/gs), ([, term, value]) => [term, value]);
  const { name, version, language, dtype, conventions } = implementation;
  t.deepEqual(Object.fromEntries(said.slice(0, 5)), {
    command: `<code>${command}</code>`,
    seed: `<code>${seed}</code>, depth ${depth}`,
    implementation: `${name} ${version}, ${language}, ${dtype}, sgn(0): ${conventions.signOfZero}`,
    'declared accuracy': 'total-variation-2d 1e−6',
    suite: `${suite.name} ${suite.version} on Node ${environment.node}, ${environment.platform}`,
  });
});

test('the kill matrix: mutants by claims, with distinct signs, and an escaped mutant stands out', (t) => {
  const page = htmlReport(syntheticRecord());
  const [table] = /<table class="matrix">.*?<\/table>/s.exec(page)!;
  const rows = Array.from(table.matchAll(/<tr>(.*?)<\/tr>/gs), ([, row]) =>
    Array.from(row!.matchAll(/<t[dh][^>]*>(?:<span>)?(.*?)(?:<\/span>)?<\/t[dh]>/gs), ([, cell]) => cell),
  );
  t.deepEqual(rows, [
    ['mutant', 'eq6-prox', 'prox-sets', 'prox-separable'],
    ['l1-step-dropped', '◉', '', '·'],
    ['box-open', '●', '✗', ''],
    ['caught', '2 of 2', '0 of 1', '0 of 1'],
  ]);
  t.true(table.includes('<td class="bad" title="box-open, prox-sets: missed as named">'));
});

test('tightness: the largest left/bound by claim and T, without the claims that exceed their bounds on purpose', (t) => {
  const claim = (id: string, equation: string, rows: readonly Partial<BoundRow>[]) => ({
    claim: { id, source: { section: '2.2', equation }, statement: 'left ≤ b', method: 'by rows' },
    evidence: {
      ...{ verdict: 'holds' as const, reason: 'rows', cases: 1, seed: '1', seconds: 0, reproduce: 'again' },
      rows: rows.map((row) => ({ ...rowsOf('theorem-1')[0]!, bound: 2, verdict: 'holds' as const, ...row })),
    },
  });
  const record = buildRunRecord({
    ...describeRun(),
    checked: [
      claim('one', 'Theorem 1', [
        { iterations: 16, left: 1 },
        { iterations: 4, left: 0.5 },
        { iterations: 4, left: 1.5, instance: 'another' },
        { iterations: 1, left: 0, bound: 0 },
      ]),
      claim('two', 'Theorem 1', [{ iterations: 16, left: 1.75 }]),
      claim('controls', 'negative controls', [{ iterations: 4, left: 3, verdict: 'violated' }]),
      claim('other', 'Theorem 2', [{ iterations: 64, left: 0.25 }]),
    ],
  });
  const lines = slackLines(record);
  t.deepEqual(
    lines.map(({ claim: { id }, largest }) => [id, ...largest]),
    [
      ['one', [1, 0], [4, 0.75], [16, 0.5]],
      ['two', [16, 0.875]],
      ['other', [64, 0.125]],
    ],
  );
  const panels = slackPanels(lines);
  for (const { svg } of panels)
    t.notRegex(svg, /stroke-width="1.5" fill="none"/, 'a maximum may be of another instance at every T');
  t.deepEqual(
    panels.map(({ statement, lines: own }) => [statement, own.length]),
    [
      ['Theorem 1', 2],
      ['Theorem 2', 1],
    ],
  );
  const heights = ratioMarks.slice(0, 4).map(({ colour }) => markHeights(panels[0]!.svg, colour));
  t.deepEqual(
    heights.map((marks) => marks.length),
    [3, 1, 0, 0],
  );
  const [zero, three, half] = heights[0]!;
  t.true(zero! > half! && half! > three! && three! > heights[1]![0]!);
  // Heights are rounded to hundredths of a pixel, by 0.005 each.
  t.true(Math.abs(zero! - three! - 1.5 * (zero! - half!)) <= 0.005 * (2 + 2 * 1.5), 'in proportion');
  const page = htmlReport(record);
  t.regex(
    page,
    /<th scope="col">claim<\/th><th scope="col" class="number">T = 1<\/th><th scope="col" class="number">T = 4<\/th><th scope="col" class="number">T = 16<\/th>/,
  );
  t.regex(page, /<a href="#claim-two">two<\/a><\/th><td><\/td><td><\/td><td class="number h8">0\.875</);
  t.true(formatReport(record, 'markdown').includes('\n| `one` | 0 | 0.75 | 0.5 |  |\n| `two` |  |  | 0.875 |  |\n'));
  const without = buildRunRecord({ ...describeRun(), checked: [claim('controls', 'c', [{ verdict: 'violated' }])] });
  t.notRegex(htmlReport(without), />Tightness</);
  t.notRegex(formatReport(without, 'markdown'), /Tightness/);
});

test('functions: a sign and a word for each, and a paragraph for each that fails', (t) => {
  const page = htmlReport(subjectsRecord(), 'subjects');
  t.true(
    page.includes(
      'data-find="huber"><th scope="row">huber</th>' +
        '<td class="bad" title="prox of huber: wrong"><a href="#subject-1"><span aria-hidden="true">✗</span><span class="aloud">wrong</span></a></td>' +
        '<td class="good" title="value of huber: right"><span aria-hidden="true">✓</span><span class="aloud">right</span></td>' +
        '<td class="bad edge" title="prox of huber: wrong in eq6-prox"><a href="#subject-1"><span aria-hidden="true">✗</span><span class="aloud">wrong in eq6-prox</span></a></td></tr>',
    ),
  );
  t.notRegex(page, /gradient<\/span><\/th>|not offered/, 'nothing offers a gradient');
  t.true(page.includes('<span class="aloud">follows from prox of huber</span>'));
  t.true(page.includes('<span class="aloud">thin: never reached weight 0</span>'));
  t.regex(
    page,
    /<details class="card fault" id="subject-1" data-find="prox of huber" open>\n<summary><h3>prox of huber <span class="badge bad">wrong<\/span><\/h3>.*<\/summary>\n<pre>prox of huber at y = 1: returned 2, right is 3<\/pre>/,
  );
  t.regex(
    page,
    /2 claims see it<\/summary>[\s\S]*?<a href="#claim-eq6-prox">eq6-prox<\/a>[\s\S]*?<a href="#claim-prox-values">/,
  );
  t.regex(page, /<p class="said"><a class="badge bad" href="#subject-1">wrong<\/a> prox of huber at y = 1: returned 2/);
  t.regex(page, /<li class="good"><b>\d<\/b> right<\/li><li class="bad"><b>1<\/b> wrong</);
  // On paper cells of other tables may be broken anywhere; in these that leaves a letter on a line.
  t.regex(page, /@media print \{[^@]*\.subjects th, \.subjects td \{ white-space: nowrap; overflow-wrap: normal \}/);
  t.regex(page, /<ul class="legend"><li>✓ right<\/li>/);
  t.regex(page, /Exit 1: 4 subjects fail<\/strong><span class="warn">; asked in part: prox of box</);
  const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), (match) => match[1]!);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) t.true(ids.includes(target!), target);
  t.notRegex(page, />Needs attention</);
});

test('functions come first if a library is judged, above the ledger otherwise, and are left out if there are none', (t) => {
  const before = (page: string, first: string, second: string) => {
    const places = [first, second].map((heading) => page.search(new RegExp(`<h2[^>]*>${heading}<`)));
    t.true(places[0]! > 0 && places[0]! < places[1]!, `${first} before ${second}`);
  };
  const record = subjectsRecord();
  const byClaim = htmlReport(record);
  before(byClaim, 'Needs attention', 'Subjects and questions');
  before(byClaim, 'Subjects and questions', 'Failures');
  before(byClaim, 'Failures', 'The paper in its order');
  // Where nothing fails they are evidence, which stands below and closed.
  const right = htmlReport(subjectsRecord([cellClaim('right', [cellOf('prox of l1')])]));
  before(right, 'The paper in its order', 'Subjects and questions');
  t.regex(right, /<section id="functions"[^>]*><details class="closed"><summary>/);
  const failure = { kind: 'protocol', message: 'no hello' } as const;
  const silent = cellClaim('silent', [cellOf('prox of l1')], { verdict: 'inconclusive', failure });
  before(htmlReport(subjectsRecord([silent]), 'subjects'), 'Subjects and questions', 'Needs attention');
  const { implementation } = describeRun([]);
  const all = { ...implementation, methods: ['prox', 'value', 'gradient'] as const };
  t.notRegex(htmlReport(subjectsRecord([], { implementation: all }), 'subjects'), />Subjects and questions</);
});

test('hostile text stays text in the page by subject', (t) => {
  const page = htmlReport(poison(subjectsRecord(), '') as RunRecord, 'subjects');
  t.is(page.match(/<script|<img/gi)?.length, 1, 'its own script');
  t.notRegex(page, /(?!\n)\p{Cc}|\u202e|\uffff|\p{Cs}/u);
  t.is(xmlFault(wellFormed(body(page))), undefined);
});

test('hostile text stays text in the page', (t) => {
  const page = htmlReport(hostileRecord());
  t.is(page.match(/<script|<img/gi)?.length, 1, 'its own script');
  t.notRegex(page, /(?!\n)\p{Cc}|\u202e|\uffff|\p{Cs}/u);
  t.is(xmlFault(wellFormed(body(page))), undefined);
  t.is(page.match(/<\/style>/g)?.length, 1);
});

test('a small page has its evidence apart: put into its places, it is the whole page again', (t) => {
  const forged = violatedClaim('forged');
  const marked = { ...forged.claim, statement: 'a <!--evidence--> b <!--/evidence--> <div data-part=0></div>' };
  const pages = [
    htmlReport(hostileRecord()),
    htmlReport(syntheticRecord([{ ...forged, claim: marked }])),
    htmlReport(subjectsRecord(), 'subjects'),
  ];
  for (const page of pages) {
    const small = smallPage(page);
    const parts = evidenceOf(small);
    t.true(parts.length > 0);
    const block = /<script type="application\/json".*?<\/script>\n/s;
    const whole = small
      .replace(block, '')
      .replaceAll(/<div data-part=(\d+)><\/div>/g, (_, part) => parts[Number(part)]!);
    t.is(whole, withoutOptionalMarkup(page).replaceAll(/<!--\/?evidence-->/g, ''));
  }
});

test('a small page shows of a claim its statement, its verdict, what was found and its command, and a failure whole', (t) => {
  const small = smallPage(htmlReport(syntheticRecord([violatedClaim()])));
  const entry = (id: string): string =>
    new RegExp(`<details class=claim(?:(?!<details).)*<span class=id>${id}<.*?</details>`, 's').exec(small)![0];
  const folded = entry('eq8-convex-combination');
  for (const text of [
    'P = E[P<sub>k</sub>]',
    '>proved-exactly<',
    'every generated case lies within',
    '--claims eq8-convex-combination',
  ]) {
    t.true(folded.includes(text), text);
  }
  t.false(folded.includes('7/12'));
  t.true(evidenceOf(small).some((part) => part.includes('7/12')));
  t.true(entry('eq9-proximal-average').includes('cycle sum −0.31 &lt; 0'));
});

test('the same record gives the same page; times, charts and claims may be absent', (t) => {
  const record = withoutTiming(syntheticRecord());
  t.is(htmlReport(record), htmlReport(record));
  t.notRegex(body(htmlReport(record)), /undefined|\[object/);
  t.notRegex(body(htmlReport(buildRunRecord(describeRun([violatedClaim()])))), />Bounds<|undefined/);
  t.regex(htmlReport(buildRunRecord(describeRun([]))), /Exit 6: nothing ran/);
});

test('a known statement is typeset as by the build, and any other as plain formulas', (t) => {
  const { statement } = theorems.find(({ id }) => id === 'theorem-1')!;
  t.regex(statementText(statement).text, /<math>.*<msqrt><mi>T<\/mi><\/msqrt>/);
  t.is(statementText(`${statement}.`).text, mathText(`${statement}.`).text);
  t.is(statementText('__proto__').text, '__proto__');
});

test('other statements have sub- and superscripts, and are escaped', (t) => {
  t.is(
    mathText('x^{t−1} and P_k, θ_k <b> a_b_c snake_case').text,
    'x<sup>t−1</sup> and P<sub>k</sub>, θ<sub>k</sub> &lt;b&gt; a_b<sub>c</sub> snake_case',
  );
  t.is(mathText('prox_{γr_k}').text, 'prox<sub>γr<sub>k</sub></sub>');
  t.is(mathText('N^(−1/4) and T^−¼').text, 'N<sup>−1/4</sup> and T<sup>−¼</sup>');
  t.is(mathText('T^−0.50 and N^2, x^12th').text, 'T<sup>−0.50</sup> and N<sup>2</sup>, x^12th');
  t.is(subscripted('Σθ_k r_k, x_i and x_{ij}, a_b, snake_case'), 'Σθₖ rₖ, xᵢ and x_{ij}, a_b, snake_case');
});
