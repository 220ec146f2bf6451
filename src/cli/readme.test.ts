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

test('README.md and the page say how many bugs are confirmed in how many libraries, as the files of the field have it', async (t) => {
  const { fieldSentence } = (await tool('field-pages.mjs')) as { fieldSentence(): string };
  t.regex(fieldSentence(), /^\d+ confirmed bugs in \d+ of \d+ libraries, among them /);
  t.true(oneLine(pageText('README.md')).includes(`**Found:** ${fieldSentence()}`), fieldSentence());
  t.true(oneLine(pageText('docs/findings-in-libraries.md')).includes(fieldSentence()), fieldSentence());
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
