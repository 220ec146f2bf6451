import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../report/record/run-record.js';
import { type Block, blocksOf, copyOfClone, lineRunner, linesIn, root } from './pages.test.helper.js';

// Both pages are followed in one clone: what they generate and compile together takes longer than what they judge.

const runLine = lineRunner();
const cwd = copyOfClone();
test.after.always(() => rmSync(cwd, { recursive: true }));

const [ofFunction, ofAlgorithm] = ['docs/add-a-function.md', 'docs/add-an-algorithm.md'].map(blocksOf) as [
  Block[],
  Block[],
];
const [files, modules] = ['ts', 'js'].map((wanted) => ofAlgorithm.filter(({ language }) => language === wanted));

/** Both pages begin with it. */
const generate = 'npm run generate';

test.before(async (t) => {
  for (const { text } of [...ofFunction.filter(({ language }) => language === 'ts'), ...files!]) {
    // The first line names the file.
    const [, file, lines] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text)!;
    writeFileSync(join(cwd, file!), lines!);
  }
  for (const blocks of [ofFunction, ofAlgorithm]) t.is(linesIn(blocks)[0], generate);
  await runLine(t, cwd, generate);
});

/** The claims of the last run. */
const claimsOfRun = (): RunRecord['claims'] =>
  (JSON.parse(readFileSync(join(cwd, 'reports/selection/run.json'), 'utf8')) as Pick<RunRecord, 'claims'>).claims;

/** The tests that hold what is on file to the definitions. */
const onFile = ['src/reference/vocabularies', 'src/cli/published-schemas'];

test.serial(
  'docs/add-a-function.md adds a function and a wrapper in a file each, and every claim about functions judges them',
  async (t) => {
    const run = (line: string): Promise<string> => runLine(t, cwd, line);
    t.deepEqual(
      ofFunction.map(({ language }) => language),
      ['ts', 'sh', 'ts'],
    );
    let output = '';
    for (const line of linesIn(ofFunction).slice(1)) output += await run(line);
    await run(`npx ava ${onFile.map((name) => `dist/${name}.test.js`).join(' ')}`);

    t.regex(output, / exit 0$/m);
    const claims = claimsOfRun();
    const evidenceOf = (claim: string) => claims.find(({ id }) => id === claim)!.evidence;
    // Such a part holds only if every place of the function was met.
    for (const name of ['epsilon-insensitive', 'reversed']) {
      t.is(evidenceOf('eq6-prox').parts!.find((part) => part.name === name)?.verdict, 'holds', name);
    }
    const mutants = evidenceOf('kill-matrix').matrix!.mutants.filter(({ name }) =>
      /^(?:epsilon-insensitive|reversed)-/.test(name),
    );
    t.deepEqual(
      mutants.map(({ name, caught }) => [name, caught]),
      [
        ['epsilon-insensitive-step-dropped', ['eq6-prox']],
        ['epsilon-insensitive-threshold-dropped', ['eq6-prox']],
        ['reversed-not-turned-back', ['eq6-prox']],
      ],
    );
    const schema = readFileSync(join(cwd, 'fixtures/schema/function-epsilon-insensitive.json'), 'utf8');
    t.regex(schema, /"const": "epsilon-insensitive"[\s\S]*"threshold"/);

    // A theorem is a file: it holds, and with a fifth of its bound it is refuted.
    const theorem = readFileSync(join(root, 'fixtures/theorems/sgd-textbook-functions.mjs'), 'utf8');
    for (const [name, text, exit] of [
      ['mine', theorem, 0],
      ['wrong', theorem.replace('=> (2', '=> 0.2 * (2').replace('** 2,', '** 2 / 5,'), 1],
    ] as const) {
      writeFileSync(join(cwd, `${name}.mjs`), text.replaceAll('sgd-textbook', name));
      await run(`npx signprox verify --theorem ${name}.mjs --depth quick --claims ${name} # exit ${exit}`);
    }
  },
);

test.serial('docs/add-an-algorithm.md adds one in two files and an adapter, and errors in it are found', async (t) => {
  const run = (line: string): Promise<string> => runLine(t, cwd, line);
  t.deepEqual([files!.length, modules!.length], [2, 1]);
  let output = '';
  for (const line of linesIn(ofAlgorithm).slice(1)) output += await run(line);
  t.regex(output, / exit 0$/m);
  t.regex(output, /optimistic-gradient: the gradient before is never read is violated/);
  t.regex(output, /optimistic-gradient: half of the extrapolation is violated/);
  t.deepEqual(
    claimsOfRun().map(({ id, evidence: { parts } }) => [
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

  const guard = 'node dist/src/cli/main.js guard ./mine.mjs --depth quick --claims optimistic-gradient';
  writeFileSync(join(cwd, 'mine.mjs'), modules![0]!.text);
  t.regex(await run(guard), / exit 0$/m);
  writeFileSync(join(cwd, 'mine.mjs'), modules![0]!.text.replace('+ extrapolation', '- extrapolation'));
  t.regex(await run(`${guard} # exit 1`), /optimistic-gradient/);
});
