// node src/tools/sizes.mjs: how much there is to read in the tracked files, as a table.
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';

/** What a program wrote and nobody edits: files, or folders with everything in them. */
const generated = [
  'docs/verdict.svg',
  'fixtures/vectors',
  'package-lock.json',
  'src/report/golden',
  'src/tools/site/package-lock.json',
];
const isGenerated = (file) => generated.some((name) => file === name || file.startsWith(`${name}/`));
const isTest = (file) => /\.test\.(helper\.)?[a-z]+$|^python\/tests\//.test(file);
const isSource = (file) => /^(src|properties|theorems)\/.*\.([cm]?[jt]s)$/.test(file) && !isTest(file);
const isOtherLanguage = (file) => /\.(py|m|R|cpp|c|v|sh)$/.test(file);

/** Lines, bytes and tokens (a word, a number or a sign that is not a space) of a text, or of a binary file its bytes alone. */
function measure(file) {
  const bytes = readFileSync(file);
  if (bytes.includes(0)) return { file, lines: 0, bytes: bytes.length, tokens: 0 };
  const text = bytes.toString('utf8');
  const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
  return { file, lines, bytes: bytes.length, tokens: text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)?.length ?? 0 };
}

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\0')
  .filter((name) => name !== '' && lstatSync(name, { throwIfNoEntry: false })?.isFile())
  .map(measure);
const handWritten = tracked.filter(({ file }) => !isGenerated(file));
const source = handWritten.filter(({ file }) => isSource(file));

const rows = [
  ['tracked', tracked],
  ['generated', tracked.filter(({ file }) => isGenerated(file))],
  ['written by hand', handWritten],
  ['  source', source],
  ['  tests', handWritten.filter(({ file }) => isTest(file))],
  ['  other languages', handWritten.filter(({ file }) => isOtherLanguage(file) && !isTest(file))],
  ['  Markdown', handWritten.filter(({ file }) => file.endsWith('.md'))],
  ['source files of 40 lines or fewer', source.filter(({ lines }) => lines <= 40)],
];
const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);
const cells = rows.map(([name, files]) => [
  name,
  ...[files.length, ...['lines', 'bytes', 'tokens'].map((key) => sum(files, key))].map(String),
]);
for (const [name, ...numbers] of [['', 'files', 'lines', 'bytes', 'tokens'], ...cells]) {
  console.log(name.padEnd(34) + numbers.map((number) => number.padStart(11)).join(''));
}
