import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import test from 'ava';
import type { BoundRow } from '../../claims/evidence.js';
import { tightestFound } from '../../claims/tightest-found.js';
import { boundPanels } from '../charts/bound-chart.js';
import { chartColours } from '../charts/chart-colours.js';
import { decadeTicks, iterationTicks, valueRange } from '../charts/log-axis.js';
import { slackMarks, slackPanels } from '../charts/slack-chart.js';
import { formatReport } from '../formats/formats.js';
import { buildRunRecord } from '../record/build-run-record.js';
import { hostileRecord } from '../record/hostile-record.test.helper.js';
import { parseRunRecord } from '../record/run-record.js';
import {
  describeRun,
  instances,
  iterationCounts,
  syntheticRecord,
  violatedClaim,
  withoutTiming,
} from '../record/synthetic-run.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { fitRate } from '../wording/rate-fit.js';
import { slackLines } from '../wording/slack.js';
import { subscripted } from '../wording/subscripts.js';
import { writeReports, writeWhole } from '../write-reports.js';
import { mathText } from './html-math.js';
import { htmlReport } from './html-report.js';

function rowsOf(id: string): readonly BoundRow[] {
  return syntheticRecord().claims.find((claim) => claim.id === id)!.evidence.rows!;
}

/** The y coordinates of the marks of one colour: paths placed by a translation, upwards is smaller. */
function markHeights(svg: string, colour: string): number[] {
  return Array.from(
    svg.matchAll(/<path [^>]*transform="translate\([\d.-]+,([\d.-]+)\)"[^>]*fill="([^"]+)"/g),
    (match) => [Number(match[1]), match[2]] as const,
  )
    .filter(([, fill]) => fill === colour)
    .map(([y]) => y);
}

test('a panel per instance, each with its points, intervals, bounds, fit and reference', async (t) => {
  const panels = await boundPanels(rowsOf('theorem-1'));
  t.deepEqual(
    panels.map((panel) => panel.instance),
    instances,
  );
  for (const { svg, instance } of panels) {
    t.is(xmlFault(svg), undefined);
    t.true(svg.includes(instance));
    t.regex(svg, /fitted slope −0\.\d+ over \d points/);
    for (const colour of ['left', 'bound', 'sharp', 'reference'] as const) {
      t.true(svg.includes(`stroke="${chartColours[colour].light}"`), colour);
    }
    const trivial = markHeights(svg, chartColours.background.light).length;
    t.is(trivial, instance === instances[1] ? 2 : 0);
    t.is(markHeights(svg, chartColours.left.light).length + trivial, iterationCounts.length);
    t.is(markHeights(svg, chartColours.violated.light).length, 0);
  }
});

test('a larger left side is drawn higher, and a violated row has its own mark', async (t) => {
  const rows = rowsOf('theorem-1').filter((row) => row.instance === instances[0]);
  const [panel] = await boundPanels(rows);
  const heights = markHeights(panel!.svg, chartColours.left.light);
  const decreasing = rows.every((row, i) => i === 0 || row.left < rows[i - 1]!.left);
  t.true(decreasing);
  t.true(heights.every((y, i) => i === 0 || y > heights[i - 1]!));
  const spoiled = rows.map((row) => (row.iterations === 64 ? { ...row, verdict: 'violated' as const } : row));
  const [marked] = await boundPanels(spoiled);
  t.is(markHeights(marked!.svg, chartColours.violated.light).length, 1);
});

test('the interval of a row is drawn from end to end, in proportion on the logarithmic axis', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const interval = (lower: number, upper: number) => ({
    ...row,
    left: 1,
    bound: 100,
    leftInterval: [lower, upper] as const,
  });
  const [panel] = await boundPanels([interval(0.1, 10), { ...interval(1, 10), iterations: 4 }]);
  const rules = new RegExp(`<line [^>]*y2="([-\\d.]+)"[^>]*stroke="${chartColours.left.light}"`, 'g');
  const heights = Array.from(panel!.svg.matchAll(rules), (match) => Math.abs(Number(match[1])));
  t.is(heights.length, 2);
  t.true(heights[1]! > 0 && Math.abs(heights[0]! / heights[1]! - 2) < 1e-6);
});

test('rows of a search are of different problems: no power law is drawn through them', async (t) => {
  const rows = rowsOf('theorem-1').filter((row) => row.instance === instances[0]);
  const [fitted] = await boundPanels(rows);
  const [searched] = await boundPanels(rows.map((row) => ({ ...row, instance: tightestFound })));
  t.regex(fitted!.svg, /fitted slope/);
  t.regex(fitted!.svg, /left side and bound/);
  t.notRegex(searched!.svg, /fitted slope/);
  t.regex(searched!.svg, /another problem for every T/);
  t.is(markHeights(searched!.svg, chartColours.left.light).length, rows.length);
});

test('rows that no logarithm can show are drawn at the edge or left out, never as NaN', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const { sharpBound: _, ...plain } = row;
  const panels = await boundPanels([
    { ...plain, iterations: 4, left: 0, leftInterval: [0, Number.POSITIVE_INFINITY] },
    { ...plain, iterations: 9, left: 1e-300, leftInterval: [0, 1e-300], bound: 0 },
    { ...plain, iterations: 0 },
  ]);
  t.is(panels.length, 1);
  t.notRegex(panels[0]!.svg, /NaN|Infinity/);
  t.regex(panels[0]!.svg, /no slope/);
  t.is(markHeights(panels[0]!.svg, chartColours.left.light).length, 2);
  const zeros = await boundPanels([{ ...plain, left: 0, leftInterval: [0, 0], bound: 0 }]);
  t.notRegex(zeros[0]!.svg, /NaN|Infinity/);
  t.deepEqual(await boundPanels([]), []);
});

test('the fitted exponent is that of an exact power law, rows without a measured left side aside', (t) => {
  const rows = [1, 3, 10, 100].map((T) => ({
    iterations: T,
    left: 5 * T ** -0.7,
    engine: 'monte-carlo' as const,
    replicates: 9,
  }));
  const fit = fitRate([
    ...rows,
    { iterations: 1000, left: 7, engine: 'cap', replicates: 0 },
    { iterations: 1000, left: 0, engine: 'lattice', replicates: 0 },
  ])!;
  t.true(Math.abs(fit.slope + 0.7) < 1e-12);
  t.true(Math.abs(fit.at(50) / (5 * 50 ** -0.7) - 1) < 1e-12);
  t.is(fit.points, 4);
  t.is(fitRate([...rows, { iterations: 1000, left: 7, engine: 'cap', replicates: 64 }])!.points, 5);
  t.is(fitRate([rows[0]!, rows[0]!]), undefined);
  t.is(fitRate([rows[0]!, rows[1]!, rows[1]!]), undefined, 'two points lie on a line whatever they are');
});

test('a left side far beyond the bounds stands on the edge and leaves the bounds apart', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const at = (iterations: number, left: number) => ({ ...row, iterations, left, leftInterval: [left, left] as const });
  const [bottom, top] = valueRange([at(1, 1), at(4, 1e22)]);
  t.true(top < 1e5 * row.bound && top > row.bound && bottom < 1);
  const [panel] = await boundPanels([at(1, 1), at(2, 1e11), at(4, 1e22)]);
  // The fitted line leaves the panel at its own slope instead of bending along the edge.
  const lines = Array.from(panel!.svg.matchAll(/<path d="(M[^"]*)" stroke="([^"]*)" stroke-width="1" /g));
  t.is(lines.length, 1);
  const corners = Array.from(lines[0]![1]!.matchAll(/([-\d.]+),([-\d.]+)/g), (match) => [
    Number(match[1]),
    Number(match[2]),
  ]);
  const slope = (i: number): number =>
    (corners[i]![1]! - corners[i - 1]![1]!) / (corners[i]![0]! - corners[i - 1]![0]!);
  for (let i = 2; i < corners.length; i++) t.true(Math.abs(slope(i) / slope(1) - 1) < 0.01);
  t.is(Math.min(...markHeights(panel!.svg, chartColours.left.light)), 0);
  const [marked] = await boundPanels([at(1, 1), { ...at(4, 1e22), verdict: 'violated' }]);
  t.deepEqual(markHeights(marked!.svg, chartColours.violated.light), [0]);
});

test('an instance of one row shows its bound though it has no line', async (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const [panel] = await boundPanels([row]);
  for (const colour of [chartColours.bound.light, chartColours.sharp.light]) {
    const strokes = new RegExp(`<path transform="[^"]*" d="M-[\\d.]+,0L[\\d.]+,0" stroke="${colour}"`, 'g');
    t.is(panel!.svg.match(strokes)?.length, 1, colour);
  }
});

test('a long name takes several lines of the title, whole', async (t) => {
  const [panel] = await boundPanels([
    { ...rowsOf('theorem-1')[0]!, instance: 'quadratic with a mixture of matched quadratic components' },
  ]);
  t.true(panel!.svg.includes('>quadratic with a mixture of matched<') && panel!.svg.includes('>quadratic components<'));
});

test('axes hold every value near the bounds and keep their labels apart', (t) => {
  const row = rowsOf('theorem-1')[0]!;
  const [bottom, top] = valueRange([{ ...row, left: 1e-20, bound: 10, sharpBound: 1, leftInterval: [0, 20] }]);
  t.true(top > 20 && bottom < 2e-5 && bottom > 1e-6);
  t.deepEqual(decadeTicks([0.3, 12]), [0.5, 1, 2, 5, 10]);
  t.deepEqual(decadeTicks([0.15, 0.45]), [0.2, 0.3, 0.4]);
  t.deepEqual(decadeTicks([1e-4, 2]), [1e-4, 1e-3, 0.01, 0.1, 1]);
  t.deepEqual(iterationTicks([1, 4, 16]), [1, 4, 16]);
  t.deepEqual(iterationTicks([7]), [7]);
  const many = iterationTicks(Array.from({ length: 40 }, (_, i) => i + 1));
  t.true(many.length <= 7 && many.at(-1) === 40);
});

test('charts become pixels', async (t) => {
  const [panel] = await boundPanels(rowsOf('theorem-2'));
  const image = new Resvg(panel!.svg, { background: 'white' }).render();
  t.true(image.width > 300 && image.height > 200);
  t.true(image.pixels.some((value, i) => i % 4 < 3 && value < 200));
});

test('the page is self-contained: no script, no request, unique ids, links that lead somewhere', async (t) => {
  const page = await htmlReport(syntheticRecord([violatedClaim()]));
  t.notRegex(page, /<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
  const outside = (page.match(/https?:[^"'\s<]*/g) ?? []).filter((url) => !url.startsWith('http://www.w3.org/'));
  t.deepEqual(outside, []);
  t.true(page.includes(`content="default-src 'none'; style-src 'unsafe-inline'"`));
  const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), (match) => match[1]!);
  t.is(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) t.true(ids.includes(target!), target);
  t.is(page.match(/<figure/g)?.length, 8 + 2, 'a panel per instance, and one per theorem for its tightness');
});

test('the page tells everything that was found', async (t) => {
  const page = await htmlReport(syntheticRecord([violatedClaim()]));
  for (const claim of syntheticRecord().claims) t.true(page.includes(`<span class="id">${claim.id}</span>`), claim.id);
  t.regex(page, /Exit 1: a claim failed/);
  t.regex(page, /id="claim-eq9-proximal-average" open>/);
  t.notRegex(page, /id="claim-eq6-prox" open>/);
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
  for (const heading of [
    'bound b',
    'n',
    'log E violated',
    'log E holds',
    'α',
    'detectable',
    'assumption',
    'seed',
    'reproduce',
  ]) {
    t.true(page.includes(`>${heading}</th>`), heading);
  }
  t.is(page.match(/<tr class="trivial">/g)?.length, 4);
  t.regex(page, /48 slots of level 2\.441e−13/);
});

test('the kill matrix: mutants down, claims across, told apart by signs, and a mutant that escaped stands out', async (t) => {
  const page = await htmlReport(syntheticRecord());
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

test('tightness: the largest left/bound by claim and T, without the claims that exceed their bounds on purpose', async (t) => {
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
  const panels = await slackPanels(lines);
  t.deepEqual(
    panels.map(({ statement, lines: own }) => [statement, own.length]),
    [
      ['Theorem 1', 2],
      ['Theorem 2', 1],
    ],
  );
  const heights = slackMarks.map(({ colour }) => markHeights(panels[0]!.svg, colour));
  t.deepEqual(
    heights.map((marks) => marks.length),
    [3, 1, 0, 0],
  );
  const [zero, three, half] = heights[0]!;
  t.true(zero! > half! && half! > three! && three! > heights[1]![0]!);
  t.true(Math.abs((zero! - three!) / (zero! - half!) - 1.5) < 1e-6, 'in proportion');
  const page = await htmlReport(record);
  t.regex(
    page,
    /<th>claim<\/th><th class="number">T = 1<\/th><th class="number">T = 4<\/th><th class="number">T = 16<\/th>/,
  );
  t.regex(
    page,
    /<a href="#claim-two">two<\/a><\/td><td class="number"><\/td><td class="number"><\/td><td class="number">0\.875</,
  );
  t.true(formatReport(record, 'markdown').includes('\n| `one` | 0 | 0.75 | 0.5 |  |\n| `two` |  |  | 0.875 |  |\n'));
  const without = buildRunRecord({ ...describeRun(), checked: [claim('controls', 'c', [{ verdict: 'violated' }])] });
  t.notRegex(await htmlReport(without), />Tightness</);
  t.notRegex(formatReport(without, 'markdown'), /Tightness/);
});

test('hostile text stays text in the page', async (t) => {
  const page = await htmlReport(hostileRecord());
  t.notRegex(page, /<script|<img/i);
  t.notRegex(page, /(?!\n)\p{Cc}|\u202e|\uffff|\p{Cs}/u);
  const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length);
  t.is(xmlFault(body.replace(/<br>/g, '<br/>').replace(/ open>/g, '>')), undefined);
  t.is(page.match(/<\/style>/g)?.length, 1);
});

test('the same record gives the same page; times, charts and claims may be absent', async (t) => {
  const record = withoutTiming(syntheticRecord());
  t.is(await htmlReport(record), await htmlReport(record));
  t.notRegex(await htmlReport(record), /undefined|\[object/);
  t.notRegex(await htmlReport(buildRunRecord(describeRun([violatedClaim()]))), /<h2>Bounds|undefined/);
  t.regex(await htmlReport(buildRunRecord(describeRun([]))), /Exit 6: nothing ran/);
});

test('indices and exponents of statements are set as such, escaped', (t) => {
  t.is(
    mathText('x^{t−1} and P_k, θ_k <b> a_b_c snake_case').text,
    'x<sup>t−1</sup> and P<sub>k</sub>, θ<sub>k</sub> &lt;b&gt; a_b<sub>c</sub> snake_case',
  );
  t.is(mathText('prox_{γr_k}').text, 'prox<sub>γr_k</sub>');
  t.is(subscripted('Σθ_k r_k, x_i and x_{ij}, a_b, snake_case'), 'Σθₖ rₖ, xᵢ and x_{ij}, a_b, snake_case');
});

test('reports are written whole into a new directory, and replace older ones', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'reports-'));
  try {
    const directory = join(parent, 'a', 'b');
    const paths = await writeReports(syntheticRecord(), directory);
    t.deepEqual(
      paths,
      ['bounds.json', 'report.md', 'junit.xml', 'index.html'].map((name) => join(directory, name)),
    );
    await writeReports(syntheticRecord([violatedClaim()]), directory);
    t.deepEqual((await readdir(directory)).sort(), ['bounds.json', 'index.html', 'junit.xml', 'report.md']);
    t.deepEqual(
      parseRunRecord(await readFile(join(directory, 'bounds.json'), 'utf8')),
      syntheticRecord([violatedClaim()]),
    );
  } finally {
    await rm(parent, { recursive: true });
  }
});

test('a file that cannot be put in place leaves nothing behind', async (t) => {
  const parent = await mkdtemp(join(tmpdir(), 'reports-'));
  try {
    await writeWhole(join(parent, 'file'), 'text');
    t.is(await readFile(join(parent, 'file'), 'utf8'), 'text');
    await mkdir(join(parent, 'directory'));
    await t.throwsAsync(writeWhole(join(parent, 'directory'), 'text'));
    await t.throwsAsync(writeReports(syntheticRecord(), join(parent, 'file', 'below')), { code: 'ENOTDIR' });
    t.deepEqual((await readdir(parent)).sort(), ['directory', 'file']);
  } finally {
    await rm(parent, { recursive: true });
  }
});
