import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { RunRecord } from '../report/record/run-record.js';
import { blocksOf, copyOfClone, lineRunner, linesIn, root } from './pages.test.helper.js';

const runLine = lineRunner();

/** The tests that hold what is on file to the definitions. */
const onFile = ['src/reference/vocabularies', 'src/cli/published-schemas'];

test('docs/add-a-function.md adds a function and a wrapper in a file each, and every claim about functions judges them', async (t) => {
  const cwd = copyOfClone();
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const run = (line: string): Promise<string> => runLine(t, cwd, line);

  const [definition, commands, wrapper, ...others] = blocksOf('docs/add-a-function.md');
  const languages = [definition, commands, wrapper].map((block) => block!.language);
  t.deepEqual([languages, others.length], [['ts', 'sh', 'ts'], 0]);
  for (const { text } of [definition!, wrapper!]) {
    const [, file, lines] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text)!;
    writeFileSync(join(cwd, file!), lines!);
  }
  let output = '';
  for (const line of linesIn([commands!])) output += await run(line);
  await run(`npx ava ${onFile.map((name) => `dist/${name}.test.js`).join(' ')}`);

  t.regex(output, /^exit 0/m);
  const { claims } = JSON.parse(readFileSync(join(cwd, 'reports/selection/run.json'), 'utf8')) as Pick<
    RunRecord,
    'claims'
  >;
  const evidenceOf = (claim: string) => claims.find(({ id }) => id === claim)!.evidence;
  // All but the claims about gradients, symmetries and sets, identities and rules, mixtures: by their own lists.
  const judging = [
    ...['variational-inequality', 'unique-minimiser', 'firmly-nonexpansive', 'cyclically-monotone'],
    ...['envelope-gradient', 'jacobian', 'separable', 'values'],
  ].map((name) => `prox-${name}`);
  const calculus = ['moreau', 'fenchel-young', 'rules', 'residuals', 'in-place'].map((name) => `calculus-${name}`);
  // Such a part holds only if a case of the function inside of every wrapper was met, the new one too.
  for (const id of [...judging, ...calculus]) {
    const part = evidenceOf(id).parts!.find(({ name }) => name === 'epsilon-insensitive');
    t.true(['holds', 'proved-exactly'].includes(part!.verdict), id);
  }
  const mutants = evidenceOf('kill-matrix').matrix!.mutants.filter(({ name }) =>
    /^(?:epsilon-insensitive|reversed)-/.test(name),
  );
  t.deepEqual(
    mutants.map(({ name, caught }) => [name, caught]),
    [
      ['epsilon-insensitive-step-dropped', ['eq6-prox']],
      ['epsilon-insensitive-threshold-dropped', ['prox-variational-inequality']],
      ['reversed-not-turned-back', ['calculus-rules']],
    ],
  );
  const schema = readFileSync(join(cwd, 'fixtures/schema/function-epsilon-insensitive.json'), 'utf8');
  t.regex(schema, /"const": "epsilon-insensitive"[\s\S]*"threshold"/);

  // A theorem is a file: it holds, and with a fifth of its bound it is refuted.
  const theorem = readFileSync(join(root, 'fixtures/theorems/sgd-textbook.mjs'), 'utf8');
  for (const [name, text, exit] of [
    ['mine', theorem, 0],
    ['wrong', theorem.replace('=> (2', '=> 0.2 * (2').replace('** 2,', '** 2 / 5,'), 1],
  ] as const) {
    writeFileSync(join(cwd, `${name}.mjs`), text.replaceAll('sgd-textbook', name));
    await run(`npx signprox verify --theorem ${name}.mjs --depth quick --claims ${name} # exit ${exit}`);
  }
});
