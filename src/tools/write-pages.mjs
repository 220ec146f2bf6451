import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import wrapAnsi from 'wrap-ansi';
import { fieldSection } from './field-pages.mjs';
import { anchor, table } from './markdown.mjs';
import { upperRate } from './seeds.mjs';
import { theoremPages } from './theorem-pages.mjs';

/**
 * A hit of fixtures/track-record/hits.json, as far as the page shows it.
 * @typedef {{ thread: string, queries: (number | 'known')[], class: string, subject: string, wrong: string, needs: string, because?: string,
 *   rebuilt?: string, found?: string, missed?: string }} Hit
 */

const textOf = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const fixture = (file) => JSON.parse(textOf(`fixtures/track-record/${file}`));

/** The page, from the repository's root. */
export const trackRecordFile = 'docs/track-record.md';

/** The page of findings in libraries, from the repository's root. */
export const librariesFile = 'docs/findings-in-libraries.md';

/** Why a bug cannot be expressed today, in the order of the page. */
const lacks = [['half-precision', 'no question has an ε that is 0 in half precision']];

/** A share with its 95 % interval of Clopper and Pearson, in per cent, rounded outwards. */
async function share(events, trials) {
  const low = 1 - (await upperRate(trials - events, trials, 0.025));
  const high = await upperRate(events, trials, 0.025);
  return `${Math.round((100 * events) / trials)} % [${Math.floor(100 * low)}, ${Math.ceil(100 * high)}]`;
}

/** A link to a thread; to the repository where no number is known. */
function link({ thread }) {
  const [repository, number] = thread.split('#');
  return `[${thread}](https://github.com/${repository}${/^\d+$/.test(number) ? `/issues/${number}` : ''})`;
}

/** @returns {Hit[]} every hit on file */
const hitsOnFile = () => fixture('hits.json').hits;

/** Whether the guard had not been tested on a bug when the queries were asked. */
const isNew = (bug) => bug.rebuilt !== 'before the queries';

/** Whether the protocol could express a bug only after it was extended with those on file. */
const isLater = (bug) => bug.rebuilt?.startsWith('after the protocol') ?? false;

/** Whether the guard found a bug as it was when the queries were asked. */
const isFoundAtFirst = (bug) =>
  bug.found !== undefined && isNew(bug) && !isLater(bug) && !bug.rebuilt.includes('missed at first');

/** What the track record comes to in two sentences, in the README too. */
export function recordSentence() {
  const bugs = hitsOnFile().filter((hit) => hit.class === 'bug');
  const count = (test) => bugs.filter(test).length;
  return `Of ${count(isNew)} bugs in other people's code that the guard had not been tested on, it caught ${count(isFoundAtFirst)} as it was. Extended on the others, it catches ${count((bug) => bug.found)} of all ${bugs.length} on file.`;
}

/** A share as ten squares. */
const bar = (part, whole) => {
  const filled = Math.round((10 * part) / whole);
  return '■'.repeat(filled) + '□'.repeat(10 - filled);
};

/** The page as it should be. */
export async function trackRecordPage() {
  const { asked, queries } = fixture('queries.json');
  const hits = hitsOnFile();
  const count = (test) => hits.filter(test).length;
  const of = (kind) => count((hit) => hit.class === kind);
  const bugs = hits.filter((hit) => hit.class === 'bug');
  const later = bugs.filter(isLater);
  const rows = [
    ['all', bugs],
    ['found by a query', bugs.filter((bug) => bug.queries.some((query) => query !== 'known'))],
    ['known before', bugs.filter((bug) => bug.queries.includes('known'))],
    ['not rebuilt before the queries', bugs.filter(isNew)],
    ['the same, as the guard was then', bugs.filter(isNew), (bug) => !isLater(bug), isFoundAtFirst],
  ];
  const recall = await Promise.all(
    rows.map(async ([name, some, couldBe = () => true, isFound = (bug) => bug.found]) => {
      const today = some.filter((bug) => bug.needs === 'nothing' && couldBe(bug)).length;
      const found = some.filter(isFound).length;
      const ofAll = `${bar(found, some.length)} ${await share(found, some.length)}`;
      return [name, ofAll, some.length, today, found, await share(found, today)];
    }),
  );
  const toldOf = (bug) => [bug.wrong, bug.subject, link(bug)];
  const found = bugs
    .filter((bug) => bug.found)
    .map((bug) => [...toldOf(bug), [`\`${bug.found}\``, ...bug.rebuilt.split(', ').slice(1)].join(', ')]);
  const missed = bugs.filter((bug) => bug.missed).map((bug) => [...toldOf(bug), bug.missed]);
  const lacking = lacks.flatMap(([needs, why]) =>
    bugs.filter((bug) => bug.needs === needs).map((bug) => [...toldOf(bug), why]),
  );
  const never = bugs.filter((bug) => bug.because).map((bug) => [...toldOf(bug), bug.because]);
  const ofBugs = ['what was wrong', 'subject', 'thread'];
  return `# Track record

${wrapAnsi(recordSentence(), 120)}

This page shows what a verdict of \`signprox guard\` is worth. It takes bugs that others met in optimisers
and proximal operators, and counts how many of them the guard finds.

- **Asked.** ${queries.length} queries to stored issues and pull requests of GitHub were written down on ${asked}, before any of
  their answers was read. Together they had ${count((hit) => hit.queries.some((query) => query !== 'known'))} threads. With those that were known before, ${hits.length} are on file.
- **Classified.** ${of('bug')} threads are bugs: the numbers of a prox, a value, a gradient or a step were wrong. ${of('same-bug')} more
  are about one of these bugs. ${of('outside')} are bugs of something else, and ${of('not-a-bug')} are no bugs: questions, features,
  documentation. For ${of('unclear')} the stored text does not say, or is missing.
- **Rebuilt.** Each bug that the protocol can express was rebuilt in a few lines of our own, as the thread tells it. It
  is judged by \`signprox guard --depth quick --seed 1\`. It is found if the guard says that its subject fails.

The queries and all hits are in \`fixtures/track-record\`, and what was rebuilt in \`src/guard/field-bugs.test.ts\`. The
tests run it again, and write this page.

## Recall

${table(['bugs', 'found of all', 'on file', 'can be expressed', 'found', 'of those that can be expressed'], recall)}
A square is a tenth of the bugs on file. A bug can be in several rows. A share has its 95 % interval of Clopper and
Pearson, which holds for bugs that are drawn at random; those that a search finds are not.

- ${count((hit) => hit.rebuilt === 'before the queries')} bugs had been rebuilt before the queries, and the guard was made to find them: the last two rows leave them out.
- For ${later.length} bugs we first extended the protocol (Adam-like methods, in-place proxes, 16-bit numbers, the capped simplex,
  the log penalty), and we had read those bugs by then. The last row counts them as missed, as it does a bug that the
  guard missed at first.
- ${later.filter((bug) => bug.rebuilt.includes('declared')).length} of them are found only because what was rebuilt declares what it follows; otherwise they are conventions.
- What was rebuilt is our reading of a thread, and not the code of the library. Where a thread gives no formula, we took
  one that has the symptom.

## Found

${table([...ofBugs, 'found by'], found)}
Other claims may find the bug too.

## Not found

${table([...ofBugs, 'why not'], missed)}
## Cannot be expressed yet

${table([...ofBugs, 'what is missing'], lacking)}
## Cannot be expressed

${table([...ofBugs, 'why'], never)}`
    .trimEnd()
    .concat('\n');
}

/** The page of findings in libraries with its two sections of tables as they should be: the rest of it is written by hand. */
export function librariesPage() {
  const { findings } = JSON.parse(textOf('fixtures/adapters/libraries/findings.json'));
  const states = Object.values(findings)
    .filter(({ state }) => state !== undefined)
    .map(({ heading, kind, state }) => [`[${heading}](#${anchor(heading)})`, kind, state]);
  const section = `## The findings

_wrong_: the numbers are not those that the library promises. _convention_: they differ from the definition or from
another library, and the library's maintainers decide whether they should.

${table(['finding', 'kind', 'state'], states)}
`;
  return textOf(librariesFile)
    .replace(/^## The table of the field\n[\s\S]*?(?=^## )/m, () => fieldSection())
    .replace(/^## The findings\n[\s\S]*?(?=^## )/m, () => section);
}

// `npm run generate` writes them.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pages = [
    [trackRecordFile, await trackRecordPage()],
    [librariesFile, librariesPage()],
    ...(await theoremPages()),
  ];
  for (const [file, text] of pages) writeFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), text);
}
