import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { formatNames } from '../../report/formats/format-names.js';
import { formatReport } from '../../report/formats/formats.js';
import { htmlComparison } from '../../report/html/html-comparison.js';
import { htmlReport } from '../../report/html/html-report.js';
import { smallPage, withoutOptionalMarkup } from '../../report/html/markup.js';
import { evidenceOf } from '../../report/html/small-page.test.helper.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { subjectsRecord } from '../../report/record/subjects-run.test.helper.js';
import { syntheticRecord, violatedClaim } from '../../report/record/synthetic-run.test.helper.js';
import { readContributions } from '../catalogue.js';
import { commandRunner } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();

test.serial('a saved run is printed in every format as when it ran, and its failures are not errors', async (t) => {
  const cwd = await directory(t);
  const from = await readContributions();
  const record = syntheticRecord([violatedClaim()]);
  await writeFile(join(cwd, 'run.json'), stableJson(record));
  for (const format of formatNames) {
    const { code, stdout, stderr } = await run(cwd, ['report', 'run.json', '--format', format]);
    t.deepEqual([code, stderr], [0, '']);
    t.is(stdout, formatReport(record, format, {}, 'claims', from), format);
  }
  const page = await run(cwd, ['report', 'run.json', '--format', 'html']);
  t.is(page.stdout, smallPage(htmlReport(record, 'claims', from)));
  t.is((await run(cwd, ['report', 'run.json'])).stdout, formatReport(record, 'table', {}, 'claims', from));
});

test.serial('the reports of a saved run of the guard are written by subject', async (t) => {
  const cwd = await directory(t);
  const guarded = { ...subjectsRecord(), command: 'signprox guard --seed 1 -- ./mine' };
  await writeFile(join(cwd, 'run.json'), stableJson(guarded));
  const { code, stdout } = await run(cwd, ['report', 'run.json', '--out', 'again']);
  t.is(code, 0);
  const names = ['run.json', 'report.md', 'junit.xml', 'index.html'];
  t.is(stdout, names.map((name) => `again/${name}\n`).join(''));
  t.deepEqual((await readdir(join(cwd, 'again'))).sort(), [...names].sort());
  const written = (name: string): Promise<string> => readFile(join(cwd, 'again', name), 'utf8');
  t.is(await written('run.json'), stableJson(guarded));
  t.is(await written('index.html'), smallPage(htmlReport(guarded, 'subjects')));
  t.is(await written('report.md'), formatReport(guarded, 'markdown', {}, 'subjects'));
});

test.serial('records of an older schema are read', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'run.json'), stableJson({ ...syntheticRecord(), schemaVersion: 1 }));
  const { code, stdout } = await run(cwd, ['report', 'run.json', '--format', 'html']);
  t.is(code, 0);
  t.is(stdout, smallPage(htmlReport(syntheticRecord(), 'claims', await readContributions())));
});

test.serial('Figure 1 is on the page as it was drawn', async (t) => {
  const cwd = await directory(t);
  const drawn = await run(cwd, [
    'figure',
    '--size',
    '8',
    '--measurements',
    '40',
    '--iterations',
    '3',
    '--reading',
    'total',
    '--out',
    '.',
  ]);
  t.is(drawn.code, 0, drawn.stderr);
  await writeFile(join(cwd, 'run.json'), stableJson(syntheticRecord()));
  const args = ['report', 'run.json', '--figure', 'figure-1-total.json', '--format', 'html'];
  const { stdout } = await run(cwd, args);
  const svg = (await readFile(join(cwd, 'figure-1-total.svg'), 'utf8')).trimEnd();
  const withinHtml = svg.replace(' xmlns="http://www.w3.org/2000/svg"', '');
  const [inPage] = /<svg[\s\S]*<\/svg>/.exec(withoutOptionalMarkup(`<body>${withinHtml}<script>`))!;
  const parts = evidenceOf(stdout);
  t.is(parts.join('').split(inPage).length, 2, 'once');
  t.notRegex(stdout, /To have it drawn here/);
  t.notRegex(parts.join(''), /To have it drawn here/);
});

test.serial('several runs give a page with all side by side, and no other format', async (t) => {
  const cwd = await directory(t);
  const [one, other] = [syntheticRecord(), subjectsRecord()];
  await writeFile(join(cwd, 'one.json'), stableJson(one));
  await writeFile(join(cwd, 'other.json'), stableJson(other));
  const files = ['report', 'one.json', 'other.json'];
  t.is((await run(cwd, [...files, '--format', 'html'])).stdout, smallPage(htmlComparison([one, other])));
  t.is((await run(cwd, [...files, '--out', 'both'])).stdout, 'both/index.html\n');
  t.is(await readFile(join(cwd, 'both/index.html'), 'utf8'), smallPage(htmlComparison([one, other])));
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^several runs make a page, and 2 are given: give --out <directory> or --format html, or one run$/],
    [['--format', 'tap'], /^--format tap shows one run, and 2 are given: give --out/],
    [['--format', 'html', '--figure', 'f'], /^--figure is for the page of one run, and 2 are given: leave it out$/],
    [
      [...Array<string>(25).fill('one.json'), '--format', 'html'],
      /^27 runs are too many for one page: give 26 at most$/,
    ],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await run(cwd, [...files, ...args]);
    t.deepEqual([code, stdout], [2, ''], args.join(' '));
    t.regex(stderr.slice('signprox: '.length).trimEnd(), message);
  }
});

test.serial('a file that is not a record gives one line, and nothing is written', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'text'), 'no JSON\n');
  await writeFile(join(cwd, 'other.json'), '{"name": "somebody else\'s"}');
  await writeFile(join(cwd, 'run.json'), stableJson(syntheticRecord()));
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['missing.json'], /^cannot read missing\.json: there is no such file; give the run\.json of a run$/],
    [['text'], /^text is not a run record: not JSON: .*; give the run\.json of a run$/],
    [['other.json'], /^other\.json is not a run record: schemaVersion: .*; give the run\.json of a run$/],
    [['run.json', 'other.json', '--out', 'both'], /^other\.json is not a run record: /],
    [
      ['run.json', '--figure', 'run.json', '--format', 'html'],
      /^run\.json is not a figure record: .*; give the figure-1-\*\.json of signprox figure$/,
    ],
    [['run.json', '--figure', 'run.json'], /^--figure is for a page: give --out <directory> or --format html too$/],
    [['run.json', '--format', 'xml'], /'xml' is invalid.*html$/],
    [['run.json', '--out', 'text'], /^cannot write to text: .*; choose another --out$/],
    [['run.json', '--out', 'o', '--format', 'tap'], /cannot be used with/],
    [[], /missing required argument 'files'/],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await run(cwd, ['report', ...args]);
    t.deepEqual([code, stdout], [2, ''], args.join(' '));
    t.regex(stderr, /^signprox: [^\n]+\n$/);
    t.regex(stderr.slice('signprox: '.length).trimEnd(), message);
  }
  t.deepEqual((await readdir(cwd)).sort(), ['other.json', 'run.json', 'text']);
});
