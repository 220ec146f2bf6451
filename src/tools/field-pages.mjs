// The pages about the field: what the results in fixtures/field say, with the findings that are confirmed. Nothing of it is written by hand.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import wrapAnsi from 'wrap-ansi';
import { keyOf, manifest, objectsOf, resultsOnFile } from './field.mjs';
import { table } from './markdown.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'fixtures/field');
const readJson = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/**
 * What explains rows that are not right. A bug has a script, and a convention a statement.
 * @typedef {{ id: string, kind: 'wrong' | 'convention', library?: string, title: string, rows: string[], script?: string, cause?: string, fix?: string,
 *   known?: string, section?: string, statement?: string, source?: string, who?: string[] }} Finding
 */

/** @public a test asks for them
 * @returns {Finding[]} */
export const findingsOnFile = () => readJson('findings.json').findings;

/** For each script and version, whether it showed the bug there. @returns {Record<string, Record<string, { shows: boolean, prints: string, date: string }>>} */
const confirmedOnFile = () => readJson('confirmed/confirmed.json');

const titleOf = ({ title, name }) => title ?? name;

/** What a row says on a page: a sign, and why. An empty sign is one that nobody has confirmed. */
function wordOf({ library, version }, row, findings, confirmed) {
  const own = ({ library: of, rows }) => (of === undefined || of === library.name) && rows.includes(row.of);
  const explains = findings.filter(own);
  // What the test vectors do not ask may be wrong all the same, as the guard found.
  const bugs = explains.filter(({ script }) => confirmed[script]?.[version]?.shows);
  if (bugs.length > 0) return { sign: '✗', why: bugs.map(({ title }) => title).join('; ') };
  if (row.verdict === 'right' && row.writesGradients)
    return { sign: '!', why: 'its numbers are right, and it writes to the gradients' };
  if (row.verdict === 'right') return { sign: '✓', why: row.agreesWith?.join(', ') ?? '' };
  if (row.verdict === 'thin') return { sign: '!', why: 'right in the few questions that it takes' };
  const convention = explains.find(({ kind }) => kind === 'convention');
  return convention === undefined ? { sign: '', why: '' } : { sign: '!', why: convention.statement };
}

/** All rows with what they say, by library. */
function field() {
  const [findings, confirmed] = [findingsOnFile(), confirmedOnFile()];
  const results = resultsOnFile();
  const libraries = manifest.libraries
    .map((library) => {
      const versions = results.filter((result) => result.library.name === library.name);
      const rows = versions.flatMap((result) =>
        result.rows.map((row) => ({
          ...row,
          version: result.version,
          ...wordOf({ library, version: result.version }, row, findings, confirmed),
        })),
      );
      const bugs = findings.filter(({ kind, library: of }) => kind === 'wrong' && of === library.name);
      const shown = bugs.filter(({ script }) => Object.values(confirmed[script] ?? {}).some(({ shows }) => shows));
      const beside = bugs.filter(
        ({ script, rows: of }) => of.length === 0 && confirmed[script]?.[versions[0]?.version]?.shows,
      ).length;
      return { library, versions, rows, bugs: shown, beside };
    })
    .filter(({ rows }) => rows.length > 0);
  return { libraries, findings, confirmed };
}

const count = (rows, sign) => rows.filter((row) => row.sign === sign).length;
const subjectsOf = (rows) => new Set(rows.map(({ of, as }) => `${of} ${as}`)).size;
const last = (rows) =>
  rows
    .map(({ date }) => date)
    .toSorted()
    .at(-1);
/** The rows of the first version in the manifest that was judged. */
const newest = ({ versions, rows }) => rows.filter(({ version }) => version === versions[0].version);

/** The numbers of a library in the table: its rows by what they say, of which each says one thing, and the bugs confirmed in its version that no row shows. */
function countsOf(each) {
  const rows = newest(each);
  const [right, toKnow, wrong, unconfirmed] = ['✓', '!', '✗', ''].map((sign) => count(rows, sign));
  return { judged: rows.length, right, toKnow, wrong, unconfirmed, beside: each.beside };
}
const sumOf = (all, name) => all.reduce((sum, each) => sum + each[name], 0);
const counted = ['judged', 'right', 'toKnow', 'wrong', 'unconfirmed', 'beside'];

/** The file of the page of a library on the site, and what leads there from pages: the results, which stand on a code host. */
const pageFile = ({ name }) => `reports/libraries/${name}.md`;
const linkTo = (library, version) => `../fixtures/field/results/${library.name}-${version}.json`;

/** The findings that are told first, where there is room for three. */
const best = ['torch-foreach-sgd', 'torch-centred-rmsprop', 'optax-rprop'];

/** @public README and page say it: how many bugs are confirmed, in how many of the libraries, and the best. */
export function fieldSentence() {
  const { libraries } = field();
  const bugs = libraries.flatMap(({ bugs: own }) => own);
  const told = best.map((id) => {
    const { library, title } = bugs.find((bug) => bug.id === id);
    return `${titleOf(manifest.libraries.find(({ name }) => name === library))}: ${title}`;
  });
  const affected = libraries.filter(({ bugs: own }) => own.length > 0).length;
  return `${bugs.length} confirmed bugs in ${affected} of ${libraries.length} libraries, among them ${told.slice(0, -1).join('; ')}; and ${told.at(-1)}.`;
}

/** The section of docs/findings-in-libraries.md. */
export function fieldSection() {
  const { libraries } = field();
  const rows = libraries.flatMap((each) => each.rows);
  const numbers = libraries.map(countsOf);
  const overview = libraries.map((each, k) => {
    const { library, versions } = each;
    const title = `[${titleOf(library)} ${versions[0].version}](${linkTo(library, versions[0].version)})`;
    return [title, library.language, ...counted.map((name) => numbers[k][name]), last(newest(each))];
  });
  const sums = ['all', '', ...counted.map((name) => sumOf(numbers, name)), ''];
  const names = [...new Set(rows.map(({ as }) => as))].toSorted();
  const bySubject = names.map((as) => [
    as,
    ...['✓', '✗', '!'].map((sign) =>
      [
        ...new Set(
          libraries
            .filter((each) => newest(each).some((row) => row.as === as && row.sign === sign))
            .map(({ library }) => titleOf(library)),
        ),
      ].join(', '),
    ),
  ]);
  return `## The table of the field

${wrapAnsi(fieldSentence(), 120)}

The table has the newest version of each that was judged: ${sumOf(numbers, 'judged')} rows about ${libraries.reduce((sum, each) => sum + subjectsOf(newest(each)), 0)} optimisers and
operators, some of which were judged in two ways. With the older versions there are ${rows.length} rows, of which ${count(rows, '✓')} are
right. Each row was asked [the test vectors](vectors.md), or [the guard](guard-your-library.md) where it says so.

- ✓ right: one convention explains all answers.
- ! to know: the library has a convention that signprox does not know, or takes few of the questions; or its numbers
  are right, and its \`step()\` writes to the gradients, which \`guard\` and \`signprox.check\` call wrong: PyTorch's
  own maintainers [do not want it](https://github.com/pytorch/pytorch/pull/18732).
- ✗ wrong: confirmed by a script of at most 15 lines in \`fixtures/field/confirmed\`, which shows it in the bare library.
- ? not right, and not confirmed: what it is is not shown.
- beside: findings that are confirmed so in this version, and that no row shows.

A library's name leads to its page, with each version.

${table(['library', 'language', 'judged', '✓', '!', '✗', '?', 'beside', 'on'], [...overview, sums])}
${table(['judged as', '✓', '✗', '!'], bySubject)}
### If a row is wrong about your library

- It has a convention that you document: add it to the object in \`fixtures/field/manifest.json\`, as \`arguments\`, \`if\` or
  \`declare\`, or to \`fixtures/field/findings.json\` as a convention with your page as its source.
- The bug is none: take the finding out of \`findings.json\`. The row then stays off the pages until somebody confirms it.
- It is fixed: add the version to the manifest, and run \`npm run field -- --only NAME\` and \`npm run field -- --confirm\`.

A pull request or an issue with one sentence is enough. Badges are [endpoints](https://shields.io/badges/endpoint-badge)
on the site: \`badges/NAME.json\`.

`;
}

const code = (text) => `\`${text}\``;

/** What a maintainer could be sent. */
function toldOf({ title, script, cause, fix, known, section }, library, confirmed) {
  const versions = Object.entries(confirmed[script]).filter(([, { shows }]) => shows);
  const others = Object.entries(confirmed[script]).filter(([, { shows }]) => !shows);
  const language = script.endsWith('.py') ? 'python' : 'js';
  const text = readFileSync(join(folder, 'confirmed', script), 'utf8').trimEnd();
  const facts = [
    `**Versions:** ${versions.map(([version]) => version).join(', ')}${others.length > 0 ? `; not in ${others.map(([version]) => version).join(', ')}` : ''}, on ${versions[0][1].date}`,
    `**Cause:** ${cause}`,
    `**Fix:** ${fix}`,
    `**Report:** ${known === undefined ? 'none is known' : `[by others](${known})`}`,
    ...(section === undefined ? [] : [`**More:** [what was found in libraries](../../docs/findings-in-libraries.md)`]),
  ];
  return `### ${titleOf(library)}: ${title}\n\n\`\`\`${language}\n${text}\n\`\`\`\n\n\`\`\`text\n${versions[0][1].prints}\n\`\`\`\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n`;
}

/** The page of each library, as a file and its text; links are those of a page in reports/libraries. @public the site writes them */
export function libraryPages() {
  const { libraries, findings, confirmed } = field();
  return libraries.map(({ library, versions, rows, bugs }) => {
    const keys = [...new Map(rows.map((row) => [`${row.of} ${row.as} ${row.by}`, row])).values()];
    const lines = keys.map((key) => {
      const cells = versions.map(({ version }) =>
        rows.find((row) => row.version === version && row.of === key.of && row.as === key.as && row.by === key.by),
      );
      const why = [...new Set(cells.map((row) => row?.why).filter(Boolean))].join('; ');
      return [code(key.of.replace(/ as [^ ]+$/, '')), ...cells.map((row) => row?.sign ?? ''), key.as, key.by, why];
    });
    const dates = versions.map((each) => `${each.version}: ${last(each.rows)}`).join(', ');
    const other = findings.filter(
      ({ kind, library: of, rows: own }) =>
        kind === 'convention' && rows.some((row) => (of ?? library.name) === library.name && own.includes(row.of)),
    );
    const conventions = other.map(
      ({ title, statement, source, who }) =>
        `- **${title}**: ${statement}. Source: ${source}. Also in: ${who.join(', ')}.\n`,
    );
    const parts = [
      `# ${titleOf(library)}\n\nWhat signprox says of [${library.repository}](https://github.com/${library.repository}), with seed ${versions[0].seed}. Judged on: ${dates}.\n`,
      table(['what', ...versions.map(({ version }) => version), 'judged as', 'by', 'why'], lines),
      ...(conventions.length > 0 ? [`## Conventions that signprox does not know\n`, conventions.join('')] : []),
      ...(bugs.length > 0 ? [`## Confirmed\n`, ...bugs.map((finding) => toldOf(finding, library, confirmed))] : []),
      `[All libraries](../../docs/findings-in-libraries.md) · ${versions.map(({ version }) => `[results of ${version}](../../fixtures/field/results/${library.name}-${version}.json)`).join(' · ')}\n`,
    ];
    return {
      file: pageFile(library),
      newest: `fixtures/field/results/${library.name}-${versions[0].version}.json`,
      text: parts.join('\n'),
    };
  });
}

/** For each library what shields.io reads. @public the site writes them */
export function badges() {
  return field().libraries.map((each) => {
    const { right, wrong, beside } = countsOf(each);
    const bugs = wrong + beside;
    const message = `${right} right${bugs > 0 ? `, ${bugs} wrong` : ''}`;
    const color = bugs > 0 ? 'red' : 'brightgreen';
    return { file: `badges/${each.library.name}.json`, badge: { schemaVersion: 1, label: 'signprox', message, color } };
  });
}

/** What does not hold together in manifest, results, findings and scripts: a sentence each. @public a test asks for them */
export function faults(results = resultsOnFile(), findings = findingsOnFile()) {
  const confirmed = confirmedOnFile();
  const found = [];
  for (const { library, version, rows } of results) {
    const listed = new Set(objectsOf(library, version).map(keyOf));
    for (const { of } of rows)
      if (!listed.has(of)) found.push(`${library.name} ${version}: ${of} is not in the manifest`);
  }
  const known = new Set(
    manifest.libraries.flatMap((library) => library.objects.map((judged) => `${library.name} ${keyOf(judged)}`)),
  );
  for (const { id, kind, library, rows, script, cause, fix, statement, source, who } of findings) {
    const isThere = (of) =>
      manifest.libraries.some(({ name }) => (library ?? name) === name && known.has(`${name} ${of}`));
    for (const of of rows) if (!isThere(of)) found.push(`${id} is about ${of}, which is not in the manifest`);
    if (kind === 'convention' && !(statement && source && who)) found.push(`${id} has no statement, source or library`);
    if (kind !== 'wrong') continue;
    if (!script || !existsSync(join(folder, 'confirmed', script))) found.push(`${id} has no script`);
    else if (
      readFileSync(join(folder, 'confirmed', script), 'utf8')
        .trimEnd()
        .split('\n').length > 15
    )
      found.push(`${script} has more than 15 lines`);
    if (!(cause && fix)) found.push(`${id} has no cause or fix`);
    if (confirmed[script] === undefined) found.push(`${script} was not run: npm run field -- --confirm`);
  }
  return found;
}
