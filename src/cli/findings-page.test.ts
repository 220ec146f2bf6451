import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { parseRunRecord } from '../report/record/run-record.js';
import { findingClaims, type PaperFinding, paperFindings } from '../report/wording/findings/paper-findings.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(join(root, 'docs/findings.md'), 'utf8');

/** What the page asks for, so that its numbers can be had again in seconds. */
const options = '--depth quick --seed 1';

/** The file of every claim, relative to `docs/`. */
const files = new Map(
  ['properties', 'theorems'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => [basename(entry.name, '.ts'), relative(join(root, 'docs'), join(entry.parentPath, entry.name))]),
  ),
);

const tableOf = ({ table }: PaperFinding): string => {
  if (table === undefined) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return [table.headings, table.headings.map(() => '---'), ...table.rows].map(line).join('').concat('\n');
};

/** A finding as it stands on the page. */
function sectionOf(finding: PaperFinding): string {
  const { title, text, basis, claims } = finding;
  const links = claims.map((id) => `[\`${id}\`](${files.get(id)})`).join(', ');
  return [
    `### ${title}\n\n${text}\n\n${tableOf(finding)}How it is known: ${basis}\n\nClaims: ${links}\n\n`,
    `\`\`\`sh\nnpx signprox verify --claims '${claims.join(',')}' ${options}\n\`\`\`\n`,
  ].join('');
}

/** The findings of one run of all their claims, as the commands of the page give them. */
function findings(t: ExecutionContext): readonly PaperFinding[] {
  const out = mkdtempSync(join(tmpdir(), 'signprox-findings-'));
  t.teardown(() => rmSync(out, { recursive: true }));
  const argumentsOfRun = ['verify', '--claims', findingClaims.join(','), ...options.split(' '), '--out', out];
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/src/cli/main.js'), ...argumentsOfRun], {
    env: { ...process.env, NODE_V8_COVERAGE: '' },
    encoding: 'utf8',
  });
  t.is(status, 0, stderr);
  return paperFindings(parseRunRecord(readFileSync(join(out, 'selection/bounds.json'), 'utf8')));
}

test('docs/findings.md and the README have the findings and the numbers of a run, and no others', (t) => {
  const found = findings(t);
  t.deepEqual(
    page.match(/^### .*$/gm)?.toSorted(),
    found.map(({ title }) => `### ${title}`).toSorted(),
    'a title for each finding',
  );
  for (const finding of found) t.true(page.includes(sectionOf(finding)), sectionOf(finding));

  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const lines = readme
    .split(/^## /m)
    .find((section) => section.startsWith('Findings\n'))!
    .match(/^- .*$/gm)!;
  t.is(lines.length, 10);
  const titles = new Set(found.map(({ title }) => `- ${title}`));
  t.deepEqual(
    lines.filter((line) => !titles.has(line)),
    [],
    'lines of the README that no finding has',
  );
});
