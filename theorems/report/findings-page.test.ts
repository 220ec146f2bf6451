import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { version } from '../../src/claims/implementation/version.js';
import { readCatalogue } from '../../src/cli/catalogue.js';
import { parseRunRecord, type RunRecord } from '../../src/report/record/run-record.js';
import { ratioInterval } from '../../src/report/view/bounds.js';
import { formatNumber } from '../../src/report/wording/format-number.js';
import { findingChart } from './finding-chart.js';
import { largestIn } from './front.js';
import { type FindingInstance, findingInstances } from './instances.js';
import { groundRows, judged, mapRows } from './map.js';
import { findingClaims, type PaperFinding, paperFindings } from './paper-findings.js';
import { cut, isRounded } from './rounding.test.helper.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/findings.md'), 'utf8');

/** What the page asks for, so that its numbers can be had again in seconds. */
const options = '--depth quick --seed 1';

/** The file of every claim, relative to `docs/`. */
const files = new Map(readCatalogue().map(({ id, module }) => [id, `../${module.replace(/\.js$/, '.ts')}`]));

/** The instances of a finding: a table, or what it is about in place of them. */
const instancesOf = ({ table, instances }: PaperFinding): string => {
  if (instances !== undefined) return `${wrapped(`Instances: ${instances}`)}\n\n`;
  if (table === undefined) throw new RangeError('a finding says what it is about');
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [table.headings, table.headings.map(() => '---'), ...table.rows].map(line).join('').concat('\n');
};

/** In lines of at most 120 characters where there is a space to break at. No line starts with what Markdown takes for a list, a heading or a table. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const piece of text.split(/ (?![-+*#>|=−≤≥]|\d+[.)] )/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= 120) lines.push(`${lines.pop()} ${piece}`);
    else lines.push(piece);
  }
  return lines.join('\n');
}

/** `F1` of a title. */
const numberOf = (title: string): string => /^F\d+/.exec(title)![0];

/** The picture of a finding, if it has one. */
function pictureOf(finding: PaperFinding, record: RunRecord): string {
  const drawn = findingChart(finding, record);
  if (drawn === undefined) return '';
  return `![The rows of ${drawn.claim}](findings/${numberOf(finding.title).toLowerCase()}.svg)\n\n`;
}

/** A finding as it stands on the page. */
function sectionOf(finding: PaperFinding, record: RunRecord): string {
  const { title, text, basis, claims } = finding;
  const anchor = numberOf(title).toLowerCase();
  const links = [...new Set(claims.map((id) => files.get(id)))].map((file) => {
    const own = claims.filter((id) => files.get(id) === file).map((id) => `\`${id}\``);
    return `[${own.join(', ')}](${file})`;
  });
  return `### <a id="${anchor}"></a>${title}\n\n${wrapped(text)}\n\n${instancesOf(finding)}${pictureOf(finding, record)}${wrapped(`How it is known: ${basis} Claims: ${links.join(', ')}.`)}\n`;
}

/** The record without the rows that are of no instance of any finding. What a search found is no row, and stays. */
function restrictedToInstances(record: RunRecord): RunRecord {
  const listed = Object.values(findingInstances).flatMap((instances) =>
    typeof instances === 'string' ? [] : instances,
  );
  const claims = record.claims.map((claim) => {
    const own = listed.filter((instance) => instance.claim === claim.id);
    const rows = claim.evidence.rows?.filter(({ instance }) =>
      own.some((one) => 'rows' in one && one.rows === instance),
    );
    return { ...claim, evidence: { ...claim.evidence, ...(rows && { rows }) } };
  });
  return { ...record, claims };
}

/** The record as if every left side were a mean of replicates, about which an interval says little. */
const sampled = (record: RunRecord): RunRecord => ({
  ...record,
  claims: record.claims.map((claim) => {
    const rows = claim.evidence.rows?.map((row) => ({
      ...row,
      ...{ engine: 'monte-carlo' as const, leftInterval: [0.37 * row.left, 2.9 * row.left] as const },
    }));
    return { ...claim, evidence: { ...claim.evidence, ...(rows && { rows }) } };
  }),
});

/** The left sides of the rows of a finding and their multiples of the bound as numbers, as they would stand on the page; short ones may be of something else. */
function meansOf(finding: PaperFinding, record: RunRecord): readonly string[] {
  const instances = findingInstances[Number(numberOf(finding.title).slice(1))]!;
  if (typeof instances === 'string') return [];
  return instances.flatMap((instance) => {
    if (!('rows' in instance) || instance.left !== undefined) return [];
    const rows = record.claims.find(({ id }) => id === instance.claim)?.evidence.rows ?? [];
    return rows
      .filter((row) => row.instance === instance.rows)
      .flatMap((row) => [row.left, row.left / row.bound].map(formatNumber))
      .filter((text) => /\d.*\d.*\d.*\d/.test(text));
  });
}

/** The ends of what the two cells of numbers of an instance show: of one of its rows, or of a figure. */
function endsOf(instance: FindingInstance, { claims }: RunRecord): (readonly [left: Ends | undefined, value: Ends])[] {
  const { rows = [], measured = {} } = claims.find(({ id }) => id === instance.claim)!.evidence;
  if ('rows' in instance) {
    const own = rows.filter((row) => row.instance === instance.rows);
    return own.map((row) => [instance.left === undefined ? row.leftInterval : undefined, ratioInterval(row)]);
  }
  const value = instance.figure === undefined ? undefined : measured[instance.figure];
  if (typeof value !== 'number') return [];
  return [[undefined, [value, instance.kind === 'lower end' ? Number.POSITIVE_INFINITY : value]]];
}
type Ends = readonly [number, number];

/** Every number of the tables and of the map, with what it may be the rounded form of. */
function printedNumbers(record: RunRecord): { readonly text: string; readonly ends: readonly Ends[] }[] {
  const inTables = paperFindings(record).flatMap(({ title, table }) => {
    const instances = findingInstances[Number(numberOf(title).slice(1))]!;
    return (table?.rows ?? []).flatMap(([, , , , , , left, value], k) => {
      const instance = instances[k] as FindingInstance;
      if ('left' in instance && instance.left !== undefined) return [];
      const ends = endsOf(instance, record);
      if (ends.length === 0) return [];
      return [
        { text: left!, ends: ends.flatMap(([own]) => (own === undefined ? [] : [own])) },
        { text: value!, ends: ends.map(([, own]) => own) },
      ];
    });
  });
  const inMap = mapRows.flatMap(({ theorems }) =>
    theorems.flatMap((cell) => {
      const [text] = /^(?:≥ )?[\d.]+(?: to [\d.]+)?/.exec(largestIn(cell, record) ?? '') ?? [];
      const ends = cell.grounds.flatMap((ground) =>
        groundRows(ground, record.claims.find(({ id }) => id === ground.claim)!).map(ratioInterval),
      );
      return text === undefined ? [] : [{ text, ends }];
    }),
  );
  return [...inTables, ...inMap].filter(({ text }) => text !== '');
}

/** One run of the claims of all findings, as the commands of the page run them, and its report. */
function runOfFindings(t: ExecutionContext): { readonly record: RunRecord; readonly report: string } {
  const out = mkdtempSync(join(tmpdir(), 'signprox-findings-'));
  t.teardown(() => rmSync(out, { recursive: true }));
  const argumentsOfRun = ['verify', '--claims', findingClaims.join(','), ...options.split(' '), '--out', out];
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...argumentsOfRun], {
    env: { ...process.env, NODE_V8_COVERAGE: '' },
    encoding: 'utf8',
  });
  t.is(status, 0, stderr);
  const text = (name: string): string => readFileSync(join(out, 'selection', name), 'utf8');
  return { record: parseRunRecord(text('run.json')), report: text('index.html') };
}

test('docs/findings.md has the findings and the numbers of a run, and no others', async (t) => {
  const { record, report } = runOfFindings(t);
  const found = paperFindings(record);
  const numbers = found.map(({ title }) => numberOf(title));
  t.deepEqual(numbers.toSorted(), numbers.map((_, k) => `F${k + 1}`).toSorted(), 'each finding has its own number');
  // The cards of the report come first, and then the others by theme.
  const inReport = [...new Set(report.match(/\bF\d+(?=: )/g))];
  t.deepEqual(inReport.toSorted(), numbers.toSorted(), 'the report has the same numbers');
  for (const { name, theorems } of mapRows) {
    const standings = theorems.map(({ grounds }) => judged(grounds, record).standing);
    t.deepEqual(standings, ['confirmed', 'confirmed'], `the map of the report, ${name}`);
  }
  t.is(found.filter(({ picture }) => record.claims.some(({ id }) => id === picture)).length, 6, 'cards of the report');
  t.deepEqual(
    page.match(/^### .*$/gm)?.toSorted(),
    found.map(({ anchor, title }) => `### <a id="${anchor}"></a>${title}`).toSorted(),
    'a title for each finding',
  );
  for (const finding of found) t.true(page.includes(sectionOf(finding, record)), sectionOf(finding, record));
  const [cited, fifth] = [found[0]!, found[4]!];
  t.true(page.includes(`npx signprox verify --claims ${fifth.claims.join(',')} ${options}\n`));
  t.true(page.includes(`signprox ${version}, finding ${numberOf(cited.title)}, \`docs/findings.md#${cited.anchor}\``));
  const { drawnCharts } = (await import(new URL('../../../src/tools/draw-charts.mjs', import.meta.url).href)) as {
    drawnCharts: (record: RunRecord) => ReadonlyMap<string, string>;
  };
  const charts = drawnCharts(record);
  t.true(charts.size >= 20);
  for (const [file, text] of charts) {
    t.is(readFileSync(join(root, file), 'utf8'), text, `npm run results writes ${file} anew`);
  }
  const quoting = paperFindings(restrictedToInstances(record));
  t.deepEqual(
    quoting.map(({ text }) => text),
    found.map(({ text }) => text),
    'a finding quotes no row that is not of an instance in its table',
  );
  for (const { title, table } of found) {
    for (const cells of table?.rows ?? []) {
      const [, problem, start, noise, schedule, constants, left, value, kind] = cells;
      for (const cell of [problem, start, noise, schedule, constants, kind])
        t.truthy(cell, `${title}: ${cells.join(', ')}`);
      // L, σ and Δ, or R in its place, unless the instance says that it has none.
      if (left !== '' && !constants!.startsWith('none'))
        t.regex(constants!, /L.*σ.*[ΔR]|one mini-batch/, cells.join(', '));
      if (kind === 'interval') for (const cell of [left, value]) t.regex(cell!, / to |^at least /, cells.join(', '));
    }
  }
  for (const finding of paperFindings(sampled(record))) {
    const numbers = (finding.table?.rows ?? []).map((cells) => cells.slice(6, 8).join(' '));
    const text = [finding.text.replaceAll(/γ = \S+/g, ''), ...numbers].join(' ');
    for (const mean of meansOf(finding, record)) t.false(text.includes(mean), `${finding.title}: ${mean}`);
  }
  const printed = printedNumbers(record);
  t.true(printed.length > 150);
  for (const { text, ends } of printed)
    t.true(
      ends.some((own) => isRounded(text, own)),
      `${text} of ${ends.join('; ')}`,
    );
  const planted = printed.flatMap(({ text, ends }) => {
    const [own] = /^[\d.]+$/.test(text) ? ends.filter((each) => isRounded(text, each)) : [];
    return own === undefined || cut(text, own[0]) === text ? [] : [{ text: cut(text, own[0]), own }];
  });
  t.true(planted.length > 20);
  for (const { text, own } of planted) t.false(isRounded(text, own), `a number that is cut, ${text}, is found`);
  for (const figure of ['0.9829', '0.008132', '1.461', 'γ = 0.03125']) {
    const planted = page.replace(
      figure,
      figure.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
    );
    t.false(
      found.every((finding) => planted.includes(sectionOf(finding, record))),
      `a wrong ${figure} is found`,
    );
  }
});

/** The largest value of a function on a grid of [0, 2]. */
const largest = (f: (z: number) => number): number =>
  Math.max(...Array.from({ length: 20_001 }, (_, k) => f(k / 10_000)));

// Figures of the findings that no run finds, with the formula that each has in PROOFS.md.
const figures: readonly (readonly [before: string, value: number, digits: number])[] = [
  ['3√6/8 = ', (3 * Math.sqrt(6)) / 8, 4],
  ['√(2/e) = ', Math.sqrt(2 / Math.E), 4],
  ['c = ', largest((z) => (z * (1 - z ** 2)) / (1 + z ** 2)), 4],
  ['improves the constant by more than ', (2 * Math.SQRT2) / (1 / 2), 1],
  ['is at most ', 2 * Math.sqrt(4 * Math.SQRT2), 2],
  ['mini-batches of the best size have ', 2 * Math.SQRT2, 2],
  ['tends to ', largest((z) => (z * (2 * Math.exp(-(z ** 2)) - 1)) / 4), 4],
  ['noise term is ', 2 * Math.sqrt(3) * 0.17, 3],
  ['even B it is at most ', ((2 * 0.17 * 5 * Math.sqrt(5)) / (3 * Math.SQRT2)) * (2 / Math.sqrt(3)), 2],
];

/** As an upper end is rounded, with what stands before it. */
const written = (before: string, value: number, digits: number): string =>
  before + (Math.ceil(value * 10 ** digits) / 10 ** digits).toFixed(digits);

/** Those of the figures that a text does not have, or has with further digits. */
const missing = (text: string): string[] =>
  figures
    .map((figure) => written(...figure))
    .filter((figure) => !text.split(figure).some((rest, k) => k > 0 && !/^\d/.test(rest)));

test('figures of the findings that no run computes agree with their formulas', (t) => {
  const text = page.replaceAll('\n', ' ');
  t.deepEqual(missing(text), []);
  for (const [before, value, digits] of figures) {
    const figure = written(before, value, digits);
    const wrong = written(before, value + 10 ** -digits, digits);
    t.deepEqual(missing(text.replaceAll(figure, wrong)), [figure], 'a wrong one is found');
  }
});
