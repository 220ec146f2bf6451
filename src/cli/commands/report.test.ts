import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { formatNames } from '../../report/formats/format-names.js';
import { formatReport, jsonOf } from '../../report/formats/formats.js';
import { htmlComparison } from '../../report/html/html-comparison.js';
import { htmlReport } from '../../report/html/html-report.js';
import { smallPage, withoutOptionalMarkup } from '../../report/html/markup.js';
import { evidenceOf } from '../../report/html/small-page.test.helper.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { subjectsRecord } from '../../report/record/subjects-run.test.helper.js';
import { syntheticRecord, violatedClaim } from '../../report/record/synthetic-run.test.helper.js';
import { readContributions } from '../catalogue.js';
import { commandRunner, ends, inFolder } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();

test.serial('a saved run is printed in every format as when it ran, and its failures are not errors', async (t) => {
  const from = await readContributions();
  const record = syntheticRecord([violatedClaim()]);
  const { ends } = inFolder(t, run, await directory(t, { 'run.json': stableJson(record) }));
  for (const format of formatNames) {
    await ends(`report run.json --format ${format}`, {
      stdout: formatReport(record, format, {}, 'claims', from),
      stderr: '',
    });
  }
  await ends('report run.json --format html', { stdout: smallPage(htmlReport(record, 'claims', from)) });
  await ends('report run.json', { stdout: formatReport(record, 'table', {}, 'claims', from) });
});

test.serial('the reports of a saved run of the guard are written by subject', async (t) => {
  const guarded = { ...subjectsRecord(), command: 'signprox guard --seed 1 -- ./mine' };
  const cwd = await directory(t, { 'run.json': stableJson(guarded) });
  const names = ['run.json', 'report.md', 'junit.xml', 'index.html'];
  const paths = names.map((name) => `again/${name}\n`).join('');
  await ends(t, run(cwd, 'report run.json --out again'), { stdout: paths });
  t.deepEqual((await readdir(join(cwd, 'again'))).sort(), [...names].sort());
  const written = (name: string): Promise<string> => readFile(join(cwd, 'again', name), 'utf8');
  t.is(await written('run.json'), stableJson(jsonOf(guarded, 'claims', [])));
  t.is(await written('index.html'), smallPage(htmlReport(guarded, 'subjects')));
  t.is(await written('report.md'), formatReport(guarded, 'markdown', {}, 'subjects'));
});

test.serial('records of an older schema are read', async (t) => {
  const cwd = await directory(t, { 'run.json': stableJson({ ...syntheticRecord(), schemaVersion: 1 }) });
  const page = smallPage(htmlReport(syntheticRecord(), 'claims', await readContributions()));
  await ends(t, run(cwd, 'report run.json --format html'), { stdout: page });
});

test.serial('Figure 1 is on the page as it was drawn', async (t) => {
  const cwd = await directory(t, { 'run.json': stableJson(syntheticRecord()) });
  await ends(t, run(cwd, 'figure --size 8 --measurements 40 --iterations 3 --reading total --out .'));
  const { stdout } = await run(cwd, 'report run.json --figure figure-1-total.json --format html');
  const svg = (await readFile(join(cwd, 'figure-1-total.svg'), 'utf8')).trimEnd();
  const withinHtml = svg.replace(' xmlns="http://www.w3.org/2000/svg"', '');
  const [inPage] = /<svg[\s\S]*<\/svg>/.exec(withoutOptionalMarkup(`<body>${withinHtml}<script>`))!;
  const parts = evidenceOf(stdout);
  t.is(parts.join('').split(inPage).length, 2, 'once');
  t.notRegex(stdout, /To have it drawn here/);
  t.notRegex(parts.join(''), /To have it drawn here/);
});

test.serial('several runs give a page with all side by side, and no other format', async (t) => {
  const records = [syntheticRecord(), subjectsRecord()];
  const [one, other] = records.map(stableJson);
  const { cwd, ends, refuses } = inFolder(t, run, await directory(t, { 'one.json': one, 'other.json': other }));
  const both = 'report one.json other.json';
  const page = smallPage(htmlComparison(records));
  await ends(`${both} --format html`, { stdout: page });
  await ends(`${both} --out both`, { stdout: 'both/index.html\n' });
  t.is(await readFile(join(cwd, 'both/index.html'), 'utf8'), page);
  await refuses(
    [both, /: several runs make a page, and 2 are given: give --out <directory> or --format html, or one run$/],
    [`${both} --format tap`, /: --format tap shows one run, and 2 are given: give --out/],
    [`${both} --format html --figure f`, /: --figure is for the page of one run, and 2 are given: leave it out$/],
    [`${both}${' one.json'.repeat(25)} --format html`, /: 27 runs are too many for one page: give 26 at most$/],
  );
});

test.serial('a file that is not a record gives one line, and nothing is written', async (t) => {
  const files = {
    text: 'no JSON\n',
    'other.json': '{"name": "somebody else\'s"}',
    'run.json': stableJson(syntheticRecord()),
  };
  const { cwd, refuses } = inFolder(t, run, await directory(t, files));
  await refuses(
    ['report missing.json', /: cannot read missing\.json: there is no such file; give the run\.json of a run$/],
    ['report text', /: text is not a run record: not JSON: .*; give the run\.json of a run$/],
    ['report other.json', /: other\.json is not a run record: schemaVersion: .*; give the run\.json of a run$/],
    ['report run.json other.json --out both', /: other\.json is not a run record: /],
    [
      'report run.json --figure run.json --format html',
      /: run\.json is not a figure record: .*; give the figure-1-\*\.json of signprox figure$/,
    ],
    ['report run.json --figure run.json', /: --figure is for a page: give --out <directory> or --format html too$/],
    ['report run.json --format xml', /'xml' is invalid.*html$/],
    ['report run.json --out text', /: cannot write to text: .*; choose another --out$/],
    ['report run.json --out o --format tap', /cannot be used with/],
    ['report', /missing required argument 'files'/],
  );
  t.deepEqual((await readdir(cwd)).sort(), ['other.json', 'run.json', 'text']);
});
