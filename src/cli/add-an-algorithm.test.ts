import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../report/record/run-record.js';
import { type Block, blocksOf, copyOfClone, lineRunner, linesIn, root } from './pages.test.helper.js';

const runLine = lineRunner();

const cwd = copyOfClone();
test.after.always(() => rmSync(cwd, { recursive: true }));

/** Writes a block of code to the file that its first line names. */
function write({ text }: Block): void {
  const [, file, lines] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text)!;
  writeFileSync(join(cwd, file!), lines!);
}

/** The right adapter with an algorithm more, or with an error in it. */
function extendAdapter(entries: readonly Block[], error?: readonly [right: string, wrong: string]): string {
  const folder = join(cwd, 'fixtures/adapters', error === undefined ? 'python' : 'wrong');
  if (error !== undefined) cpSync(join(root, 'fixtures/adapters/python'), folder, { recursive: true });
  const [update, hyperparameters, name] = entries.map(({ text }) => text);
  const file = join(folder, 'algorithms.py');
  let text = readFileSync(file, 'utf8');
  for (const [place, indent, entry] of [
    [/^HYPERPARAMETERS = \{$/m, 4, hyperparameters!],
    [/^ {8}self\.stateful_updates = \{$/m, 12, name!],
    [/^ {4}shapes = .*\n$/m, 4, error ? update!.replace(...error) : update!],
  ] as const) {
    if (!place.test(text)) throw new Error(`${file} has no place ${place}`);
    text = text.replace(place, (line) => `${line}\n${entry.trimEnd().replaceAll(/^/gm, ' '.repeat(indent))}`);
  }
  writeFileSync(file, text);
  return `python3 ${join(folder, 'adapter.py')}`;
}

test('docs/add-an-algorithm.md adds one in two files and the entries of an adapter, and errors in it are found', async (t) => {
  const run = (line: string): Promise<string> => runLine(t, cwd, line);
  const blocks = blocksOf('docs/add-an-algorithm.md');
  const [files, entries] = ['ts', 'python'].map((wanted) => blocks.filter(({ language }) => language === wanted));
  t.deepEqual([files!.length, entries!.length], [2, 3]);
  files!.forEach(write);
  const right = extendAdapter(entries!);
  const wrong = extendAdapter(entries!, ['-extrapolation', 'extrapolation']);

  let output = '';
  for (const line of linesIn(blocks)) output += await run(line);
  t.regex(output, /^exit 0/m);
  t.regex(output, /optimistic-gradient: the gradient before is never read is violated/);
  t.regex(output, /optimistic-gradient: half of the extrapolation is violated/);
  const { claims } = JSON.parse(readFileSync(join(cwd, 'reports/selection/run.json'), 'utf8')) as Pick<
    RunRecord,
    'claims'
  >;
  t.deepEqual(
    claims.map(({ id, evidence: { parts } }) => [
      id,
      parts!.filter(({ name }) => /optimistic|update rule/.test(name)).length,
    ]),
    [
      ['inputs-unchanged', 1],
      ['optimistic-gradient', 2],
      ['rejects-bad-parameters', 1],
    ],
  );
  const schema = readFileSync(join(cwd, 'fixtures/schema/run-record.json'), 'utf8');
  t.regex(schema, /"optimistic-gradient"/);

  const guard = 'node dist/src/cli/main.js guard --depth quick --claims optimistic-gradient --';
  t.regex(await run(`${guard} ${right}`), /^exit 0/m);
  t.regex(await run(`${guard} ${wrong} # exit 1`), /optimistic-gradient/);
});
