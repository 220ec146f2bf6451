// node src/tools/sizes.mjs: how much there is to read in the tracked files, as a table.
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';

/**
 * What a program wrote: files, or folders with everything in them. Nobody edits them, and who reads the tree reads the program instead. Verdicts
 * about libraries, multipliers of other tools, statements printed by Coq and pages about a theorem are such as much as golden files are.
 */
const generated = [
  'docs/theorem-1.md',
  'docs/theorem-2.md',
  'docs/theorems-beyond.md',
  'docs/verdict.svg',
  'fixtures/field/confirmed/confirmed.json',
  'fixtures/field/results',
  'fixtures/multipliers',
  'fixtures/vectors',
  'package-lock.json',
  'src/report/golden',
  'src/tools/site/package-lock.json',
  'theorems/coq/statements.txt',
];
const isGenerated = (file) => generated.some((name) => file === name || file.startsWith(`${name}/`));
/** The sections of the page of findings are quoted from the record of a run: from the heading of a finding to the list of its claims. */
const quoted = { file: 'docs/findings.md', sections: /^### <a id="f\d+">.*?\bClaims:.*?\n(?=\n)/gms };
/** Functions, algorithms, and how they are judged; what is not below is above: theory, reports, commands, pages. */
const below = [
  ...['src/reference', 'src/exact', 'src/statistics', 'src/claims', 'src/judging', 'src/guard', 'src/library'],
  ...['src/tools/vectors', 'properties', 'fixtures', 'python'],
];
const isBelow = (file) => below.some((folder) => file.startsWith(`${folder}/`));
const isTest = (file) => /\.test\.(helper\.)?[a-z]+$|^python\/tests\//.test(file);
const isSource = (file) => /^(src|properties|theorems)\/.*\.([cm]?[jt]s)$/.test(file) && !isTest(file);
const isOtherLanguage = (file) => /\.(py|m|R|cpp|c|v|sh)$/.test(file);

/** Lines, bytes and tokens (a word, a number or a sign that is not a space) of a text. */
function measureText(text) {
  const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
  const tokens = text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)?.length ?? 0;
  return { lines, bytes: Buffer.byteLength(text), tokens };
}

/** What a file measures, of a binary file its bytes alone; one that is partly quoted counts as two. */
function measure(file) {
  const bytes = readFileSync(file);
  if (bytes.includes(0)) return [{ file, files: 1, lines: 0, bytes: bytes.length, tokens: 0 }];
  const text = bytes.toString('utf8');
  if (file !== quoted.file) return [{ file, files: 1, ...measureText(text) }];
  const sections = text.match(quoted.sections)?.join('') ?? '';
  return [
    { file, files: 1, ...measureText(text.replace(quoted.sections, '')) },
    { file, files: 0, ...measureText(sections), isQuoted: true },
  ];
}

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\0')
  .filter((name) => name !== '' && lstatSync(name, { throwIfNoEntry: false })?.isFile())
  .flatMap(measure);
const isWritten = ({ file, isQuoted = false }) => isQuoted || isGenerated(file);
const handWritten = tracked.filter((one) => !isWritten(one));
const source = handWritten.filter(({ file }) => isSource(file));

const rows = [
  ['tracked', tracked],
  ['generated', tracked.filter(isWritten)],
  ['written by hand', handWritten],
  ['  below: functions, judging, guard', handWritten.filter(({ file }) => isBelow(file))],
  ['  above: theory, report, commands', handWritten.filter(({ file }) => !isBelow(file))],
  ['  source', source],
  ['  tests', handWritten.filter(({ file }) => isTest(file))],
  ['  other languages', handWritten.filter(({ file }) => isOtherLanguage(file) && !isTest(file))],
  ['  Markdown', handWritten.filter(({ file }) => file.endsWith('.md'))],
  ['source files of 40 lines or fewer', source.filter(({ lines }) => lines <= 40)],
];
const sum = (files, key) => files.reduce((total, file) => total + file[key], 0);
const cells = rows.map(([name, files]) => [
  name,
  ...['files', 'lines', 'bytes', 'tokens'].map((key) => String(sum(files, key))),
]);
for (const [name, ...numbers] of [['', 'files', 'lines', 'bytes', 'tokens'], ...cells]) {
  console.log(name.padEnd(36) + numbers.map((number) => number.padStart(11)).join(''));
}
