import test from 'ava';
import { syntheticSweep } from '../record/synthetic-sweep.test.helper.js';
import { xmlFault } from '../record/well-formed.test.helper.js';
import { htmlSweep } from './html-sweep.js';

/** What stands between two ids of sections. */
const section = (page: string, id: string): string => page.split(`<section id="${id}"`)[1]!.split('</section>')[0]!;

test('the page of a sweep shows failures with reasons, and escapes its input', (t) => {
  const page = htmlSweep(syntheticSweep());
  const verdict = section(page, 'verdict');
  t.true(verdict.includes('2 of 36 rows fail'));
  t.true(verdict.includes('violated: e-process crossed at n = 8 (1 row)'));
  t.true(verdict.includes('silent: 1(c) is &lt;violated&gt; (1 row)'));
  t.true(verdict.includes('36 rows: 34 holds, 1 violated, 1 silent'));
  t.false(page.includes('<b>.json'));
});

test('the heat map has a line for every γ and B, and a cell for every T', (t) => {
  const heat = section(htmlSweep(syntheticSweep()), 'heat');
  const lines = [...heat.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].map(([, name, cells]) => [
    name,
    ...[...cells!.matchAll(/<td(?: class="number h(\d+)">([^<]*))?/g)].map(([, tenth, ratio]) => `${tenth} ${ratio}`),
  ]);
  t.is(lines.length, 12);
  t.deepEqual(lines.slice(0, 3), [
    ['γ = 0.1, B = 1', '1 0.125', '1 0.125', '1 0.125'],
    ['γ = 0.1, B = 2', '2 0.25', '2 0.25', '2 0.25'],
    ['γ = 0.1, B = 8', '3 0.375', '10 2', '3 0.375'],
  ]);
  t.deepEqual(lines[11], ['γ = 0.5, B = 8', '7 0.75', '7 0.75', 'undefined undefined']);
});

test('the table has a row for every cell of the grid, under its theorem and problem, in the columns of its head', (t) => {
  const rows = [...section(htmlSweep(syntheticSweep()), 'rows').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => row!);
  const cellsOf = (row: string): string[] => [...row.matchAll(/<t[dh][^>]*>([^<]*)/g)].map(([, text]) => text!);
  const [head, ...others] = rows.map(cellsOf);
  const own = others.filter((cells) => cells.length === head!.length);
  t.is(own.length, 36);
  t.is(others.length - own.length, 2);
  t.true(own.every((cells) => cells.every((cell) => cell !== '')));
});

test('at most four lines share a chart, whose axis holds every ratio', (t) => {
  const charts = section(htmlSweep(syntheticSweep()), 'charts');
  const drawn = charts.match(/<svg width.*?<\/svg>/gs)!;
  t.is(drawn.length, 4);
  t.is(charts.match(/<li>/g)!.length, 12);
  const lines = (svg: string): string[] =>
    [...svg.matchAll(/<path d="(M[^"]*)" stroke="[^"]*" stroke-width="1.5"/g)].map(([, d]) => d!);
  t.deepEqual(
    drawn.map((svg) => lines(svg).length),
    [4, 2, 4, 2],
  );
  const titles = drawn.map((svg) =>
    [...svg.matchAll(/font-weight="bold">([^<]*)/g)].map(([, words]) => words).join(' '),
  );
  t.is(new Set(titles).size, 4, 'no two of them have one title');
  t.regex(titles[1]!, / on a\.json \(2 of 2\)$/);
  const heights = lines(drawn[0]!).map((d) => [...d.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y)));
  const at = (ratio: number): number => 190 * (1 - ratio / 2.1);
  t.deepEqual(
    heights.map((line) => line.map((y) => Math.round(y))),
    [0.125, 0.25, 0.375, 0.5].map((ratio, i) =>
      [ratio, i === 2 ? 2 : ratio, ratio].map((each) => Math.round(at(each))),
    ),
  );
  const rule = /<line [^>]*y1="([\d.]+)"/.exec(drawn[0]!)!;
  t.is(Math.round(Number(rule[1])), Math.round(at(1)), 'the line that refutes');
});

test('many rows are folded', (t) => {
  const { header, rows } = syntheticSweep();
  t.false(section(htmlSweep({ header, rows }), 'rows').includes('<details'));
  const many = Array.from({ length: 7 }, () => rows).flat();
  t.regex(section(htmlSweep({ header, rows: many }), 'rows'), /<details class="rows"><summary>252 rows<\/summary>/);
});

test('the charts are well-formed', (t) => {
  const charts = section(htmlSweep(syntheticSweep()), 'charts');
  for (const svg of charts.match(/<svg width.*?<\/svg>/gs)!) t.is(xmlFault(svg), undefined);
});
