import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { testWith } from '../guard/programs.test.helper.js';
import type { RunRecord } from '../report/record/run-record.js';

/** The package as it is shipped: three levels above the compiled test. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The code blocks of a text, in order. */
function blocksIn(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, lines]) => ({
    language: language!,
    text: lines!,
  }));
}

/** Those of a section of the README. */
function blocksOf(title: string): Block[] {
  return blocksIn(readme.split(/^## /m).find((text) => text.startsWith(`${title}\n`))!);
}

/** Those of a page of `docs/`. */
const blocksOfPage = (name: string): Block[] => blocksIn(readFileSync(join(root, 'docs', `${name}.md`), 'utf8'));

/** The status that a line of shell promises: `# exit 1` at its end, else 0. */
const promised = (line: string): number => Number(/# exit (\d+)/.exec(line)?.[1] ?? 0);

/** What runs as a user runs it is no part of the coverage of the suite: writing it takes longer than most commands. */
const env = { ...process.env, NODE_V8_COVERAGE: '' };

/** A directory in which `npx signprox` is this program. */
function installed(t: ExecutionContext): string {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-readme-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  symlinkSync(join(root, 'fixtures'), join(cwd, 'fixtures'));
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(root, 'dist/src/cli/main.js'), join(cwd, 'node_modules/.bin/signprox'));
  writeFileSync(join(cwd, 'package.json'), '{}');
  return cwd;
}

test('"Ask about a claim, a problem, Figure 1" does what it says', (t) => {
  const cwd = installed(t);
  const lines = blocksOf('Ask about a claim, a problem, Figure 1').flatMap(({ text }) => text.trim().split('\n'));
  t.is(lines.length, 7);
  const outputs = lines.map((line) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8' });
    t.is(status, promised(line), `${line}\n${stdout}${stderr}`);
    return stdout;
  });
  const says = [/^limits +\S/m, /^Stage 1 of 3/m, /^huber$/m, /certified/, /not differentiable/, /holds\n/, /\.png/];
  says.forEach((pattern, k) => void t.regex(outputs[k]!, pattern));
  t.true(existsSync(join(cwd, 'reports/figure/figure-1-total.png')));
});

/** Writes the files of the blocks, runs their commands, each of which ends as it promises, and returns what these print. */
function follow(t: ExecutionContext, cwd: string, blocks: readonly Block[]): string {
  const outputs: string[] = [];
  for (const { language, text } of blocks) {
    if (language === 'python') {
      // The first line says where the file goes.
      const path = join(cwd, /^# (\S+)\n/.exec(text)![1]!);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    if (language !== 'sh') continue;
    for (const line of text.trim().split('\n')) {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8' });
      t.is(status, promised(line), `${line}\n${stdout}${stderr}`);
      outputs.push(`$ ${line}\n${stdout}`);
    }
  }
  const all = outputs.join('\n');
  const printed = blocks.filter(({ language }) => language === 'text');
  t.true(printed.length > 0);
  for (const { text } of printed) t.true(all.includes(text.trim()), `${text}\n---\n${all}`);
  return all;
}

const mine = blocksOf('Guard your implementation in five minutes');

testWith('python3', '--version')('"Guard your implementation in five minutes" does what it says', (t) => {
  const all = follow(t, installed(t), mine);
  t.regex(all, /^5 subjects: 4 right, 1 not-offered$/m);
  t.regex(all, /^ {2}r = l1\(weight = .*\), γ = .*, y = .*\n {2}prox.*: returned .*, right is .* ulp/m);
});

testWith('python3', '--version')('docs/guard-your-library.md does what it says', (t) => {
  const cwd = installed(t);
  const blocks = blocksOfPage('guard-your-library');
  t.deepEqual([...new Set(blocks.map(({ language }) => language))].sort(), ['json', 'sh', 'text']);
  const written = mine.findIndex(({ language }) => language === 'python');
  const all = follow(t, cwd, [...mine.slice(0, written + 1), ...blocks]);
  t.regex(all, /^l1 +\(✗\) +✓ +–$/m);
  t.regex(all, /against the baseline:\n {2}nothing changed\n/);
  t.regex(all, /^prox-nonnegative +1 of \d+ pass/m);
});

testWith('python3', '--version')('"Start an adapter" does what it says', (t) => {
  const cwd = installed(t);
  const lines = blocksOf('Start an adapter').flatMap(({ text }) => text.trim().split('\n'));
  t.is(lines.length, 2);
  for (const line of lines) {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8' });
    t.is(status, promised(line), `${line}\n${stdout}${stderr}`);
  }
});

/** What the build, lint and the tests of a clone read. */
const tree = [
  '.gitignore',
  'ava.config.js',
  'bench',
  'biome.json',
  'fixtures',
  'package.json',
  'properties',
  'src',
  'theorems',
  'tsconfig.json',
];

/** The tests that hold what is on file to the definitions. */
const onFile = ['src/reference/vocabularies', 'src/cli/schemas/published-schemas'];

test('docs/add-a-function.md adds one that every claim about functions judges, and needs nothing else', (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'signprox-readme-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  for (const name of tree) cpSync(join(root, name), join(cwd, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'));
  const run = (line: string): string => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8' });
    t.is(status, 0, `${line}\n${stdout}${stderr}`);
    return stdout;
  };

  const [definition, commands, ...others] = blocksOfPage('add-a-function');
  t.deepEqual([definition!.language, commands!.language, others.length], ['ts', 'sh', 0]);
  const [, file, lines] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(definition!.text)!;
  writeFileSync(join(cwd, file!), lines!);
  const output = commands!.text.trim().split('\n').map(run).join('');
  run(`npx ava ${onFile.map((name) => `dist/${name}.test.js`).join(' ')}`);

  t.regex(output, /^exit 0/m);
  const report = readFileSync(join(cwd, 'reports/selection/report.md'), 'utf8');
  // All but the claims about gradients, symmetries and sets, identities and rules, mixtures: by their own lists.
  const judging = [
    ...['variational-inequality', 'unique-minimiser', 'firmly-nonexpansive', 'cyclically-monotone'],
    ...['envelope-gradient', 'jacobian', 'separable', 'values'],
  ].map((name) => `prox-${name}`);
  const calculus = ['moreau', 'fenchel-young', 'rules', 'residuals', 'in-place'].map((name) => `calculus-${name}`);
  for (const id of [...judging, ...calculus]) {
    const figures = report.slice(report.indexOf(`## Figures of ${id}\n`)).split('\n## ')[0]!;
    t.regex(figures, /^\| epsilon-insensitive \| (holds|proved-exactly) \|/m, id);
  }
  const { claims } = JSON.parse(readFileSync(join(cwd, 'reports/selection/bounds.json'), 'utf8')) as Pick<
    RunRecord,
    'claims'
  >;
  const { evidence } = claims.find(({ id }) => id === 'kill-matrix')!;
  const mutants = evidence.matrix!.mutants.filter(({ name }) => name.startsWith('epsilon-insensitive-'));
  t.deepEqual(
    mutants.map(({ name, caught }) => [name, caught]),
    [
      ['epsilon-insensitive-step-dropped', ['eq6-prox']],
      ['epsilon-insensitive-threshold-dropped', ['prox-variational-inequality']],
    ],
  );
  const schema = readFileSync(join(cwd, 'fixtures/schema/function-epsilon-insensitive.json'), 'utf8');
  t.regex(schema, /"const": "epsilon-insensitive"[\s\S]*"threshold"/);
});

test('the exit codes of the README are the ones of the program', (t) => {
  for (const code of [0, 1, 2, 3, 4, 5, 6]) t.regex(readme, new RegExp(`Exit codes:[^\\n]*\\n?[^\\n]*\\b${code} `));
});
