import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { testWith } from '../guard/programs.test.helper.js';
import { blocksOf, follow, lineRunner, linesIn, pages, pageText, root } from './pages.test.helper.js';

const run = lineRunner();

/** Pages whose commands other tests run: the findings in one run, the libraries' pages where these are installed. */
const ownTests = [
  ...['README.md', 'docs/guard-your-library.md', 'docs/guard-in-ci.md'],
  ...['docs/add-a-function.md', 'docs/add-an-algorithm.md', 'docs/guard-without-an-adapter.md'],
  ...['docs/findings-in-libraries.md', 'docs/findings.md'],
];

for (const page of pages.filter((name) => !ownTests.includes(name) && linesIn(blocksOf(name)).length > 0)) {
  const programs = ['python3', ...(pageText(page).includes('coqc ') ? ['coqc'] : [])];
  const start = programs.map((program) => `${program} --version`).join(' && ');
  testWith(
    'sh',
    '-c',
    start,
  )(`${page} does what it says`, async (t) => {
    await follow(t, run, page);
    t.pass();
  });
}

/** The anchor that GitHub gives to a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

test('every link of a page leads to a file, and to a heading in it; the README is short and links every page', (t) => {
  for (const page of pages) {
    const links = [...pageText(page).matchAll(/(?<!\\)\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    for (const [link, path, place] of links) {
      const file = path === '' ? join(root, page) : join(root, dirname(page), path!);
      t.true(existsSync(file), `${page}: ${link}`);
      if (place === undefined) continue;
      const text = readFileSync(file, 'utf8');
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading!));
      const named = [...text.matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, id]) => id!);
      t.true([...headings, ...named].includes(place), `${page}: ${link}`);
    }
  }
  const readme = pageText('README.md');
  t.true(readme.split('\n').length <= 150);
  for (const page of pages.slice(1)) t.true(readme.includes(`](${page})`), page);
});

/** Paths below the schemas, which the build writes. */
const schemas = /^fixtures\/schema\b/;

test('every file of the clone that a page names is there', (t) => {
  for (const page of pages) {
    const named = [...pageText(page).matchAll(/`((?:src|properties|theorems|fixtures|bench|docs)\/[\w./-]+)`/g)];
    for (const [, path] of named) t.true(schemas.test(path!) || existsSync(join(root, path!)), `${page}: ${path}`);
  }
});

/** The lines of prose in Markdown that have more than 120 characters. Code, tables, pictures, addresses and anchors are exempt. */
function longLines(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').split('\n');
  return prose
    .filter((line) => !/^(?:\||!\[| {4}(?! *(?:[-*]|\d+\.) ))/.test(line))
    .filter((line) => [...line.replaceAll(/\]\([^)]*\)|https?:\S+|<a id="[^"]*"><\/a>/g, '')].length > 120);
}

test('no page has a line of prose longer than 120 characters', (t) => {
  for (const page of [...pages, 'CHANGELOG.md']) t.deepEqual(longLines(pageText(page)), [], page);
  const wide = 'x'.repeat(121);
  t.deepEqual(longLines(['```sh', wide, '```', `| ${wide} |`, `    ${wide}`, `![${wide}](a.png)`].join('\n')), []);
  t.deepEqual(longLines([`see https://example.org/${wide}`, `see [it](${wide})`].join('\n')), []);
  t.deepEqual(longLines(['```sh', '```', wide, `- ${wide}`, 'x'.repeat(120)].join('\n')), [wide, `- ${wide}`]);
});

test('CONTRIBUTING.md names each dependency once, and no other', (t) => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const named = [
    .../^## Dependencies\n([\s\S]*?)^## /m.exec(pageText('CONTRIBUTING.md'))![1]!.matchAll(/^\| `(\S+)` +\| \S/gm),
  ].map(([, name]) => name);
  t.deepEqual(named.toSorted(), Object.keys(dependencies).toSorted());
});
