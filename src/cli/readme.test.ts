import { readFileSync } from 'node:fs';
import test from 'ava';
import { testWith } from '../guard/programs.test.helper.js';
import { exitMeanings } from '../report/record/outcome.js';
import { follow, lineRunner, pageText, root } from './pages.test.helper.js';

const run = lineRunner();

testWith('python3', '--version')('docs/guard-your-library.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/guard-your-library.md');
  t.regex(all, /^✓ 4 of 4 right +mine \S+$/m);
  t.regex(all, /^✗ still wrong: prox of l1 [\s\S]*^✓ fixed: prox of l1 /m);
});

testWith('python3', '--version')('docs/guard-in-ci.md does what it says', async (t) => {
  const all = await follow(t, run, 'docs/guard-in-ci.md');
  t.regex(all, /^ +l1 +\(✗\) +✓$/m);
  t.regex(all, /^! prox of l1 holds now: delete its entry$/m);
  t.regex(all, /against the baseline:\n {2}nothing changed\n/);
});

test('the exit codes of docs/verdicts.md are those of the program', (t) => {
  const rows = [...pageText('docs/verdicts.md').matchAll(/^\| (\d+) +\| \S/gm)].map(([, code]) => code);
  t.deepEqual(rows, Object.keys(exitMeanings));
});

/** A text in one line. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** A module of src/tools. */
const tool = async (name: string): Promise<unknown> => import(new URL(`src/tools/${name}`, `file://${root}`).href);

interface LibraryFindings {
  readonly findings: Readonly<
    Record<string, { readonly kind: string; readonly heading: string; readonly state?: string }>
  >;
}

test('README.md names the errors in libraries that are on file, and no others', (t) => {
  const readme = oneLine(pageText('README.md'));
  const { findings } = JSON.parse(
    readFileSync(new URL(`file://${root}fixtures/adapters/libraries/findings.json`), 'utf8'),
  ) as LibraryFindings;
  const wrong = Object.values(findings).filter(({ kind }) => kind === 'wrong');
  const [, errors, listed, unreported] =
    /\*\*Found:\*\* (\d+) errors in (.*?); of (\d+) of them no report is known\./.exec(readme)!;
  t.is(Number(errors), wrong.length);
  t.is(Number(unreported), wrong.filter(({ state }) => state === 'no report is known').length);
  const libraries = [...listed!.matchAll(/([\w.-]+) (\d+\.\d+) \((.*?)\)/g)];
  for (const [, library, version, names] of libraries) {
    t.true(pageText('docs/findings-in-libraries.md').includes(`| ${library} ${version}.`), `${library} ${version}`);
    const of = wrong.filter(({ heading }) => heading.startsWith(`${library}: `)).map(({ heading }) => heading);
    const named = [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => new RegExp(`\\b${name}\\b`, 'i'));
    for (const heading of of)
      t.true(
        named.some((name) => name.test(heading)),
        `${heading} is not in README.md`,
      );
    for (const name of named)
      t.true(
        of.some((heading) => name.test(heading)),
        `${name} of ${library} is not on file`,
      );
  }
  const named = libraries.map(([, library]) => library!).toSorted();
  t.deepEqual(named, [...new Set(wrong.map(({ heading }) => heading.replace(/: .*/, '')))].toSorted());
});

test('README.md says what the track record says', async (t) => {
  const { recordSentence } = (await tool('write-pages.mjs')) as { recordSentence(): string };
  t.regex(recordSentence(), /^Of \d+ bugs/);
  const said = recordSentence().replace('Of', 'of');
  t.true(oneLine(pageText('README.md')).includes(`**[Track record](docs/track-record.md):** ${said}`), said);
});

test('the picture of README.md is what the guard says of a wrong prox', async (t) => {
  const { verdictFile, verdictPicture } = (await tool('draw-verdict.mjs')) as {
    readonly verdictFile: string;
    verdictPicture(): Promise<{ readonly picture: string; readonly sentence: string }>;
  };
  const { picture, sentence } = await verdictPicture();
  t.is(pageText(verdictFile), picture, 'npm run generate draws it anew');
  t.true(pageText('README.md').includes(`![${sentence}](${verdictFile})`), sentence);
});
