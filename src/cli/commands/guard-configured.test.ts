import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { commandRunner } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();

const soft = (cut: string): string =>
  `(y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - ${cut}, 0))`;
const modules = {
  'right.mjs': `export const softThreshold = ${soft('step * weight')};\nexport const l1 = softThreshold;\n`,
  'wrong.mjs': `export const l1 = ${soft('step')};\n`,
};
const two = {
  implementations: { good: { judge: './right.mjs:softThreshold' }, bad: { judge: 'wrong.mjs', claims: 'eq6-prox' } },
};

test('what a configuration lists is judged in one run with one report, and a name judges one', async (t) => {
  const cwd = await directory(t, { ...modules, 'signprox.json': JSON.stringify({ depth: 'quick', ...two }) });
  const all = await run(cwd, ['guard']);
  t.is(all.code, 1, all.stderr);
  t.regex(all.stderr, /right\.mjs:softThreshold is judged as l1, by its name: --as to change/);
  t.regex(all.stdout, /^── good ─+$[\s\S]*^✓ prox of l1 is right[\s\S]*^── bad ─+$[\s\S]*^✗ prox of l1 is wrong/m);
  t.regex(
    all.stdout,
    /^✗ 1 of 2 implementations failed\n\n {4}good {2}✓ prox of l1 is right\n {4}bad {3}✗ prox of l1 is wrong$/m,
  );
  t.regex(all.stdout, /^report reports\/index\.html +exit 1\n$/m);
  for (const page of ['index.html', 'good/index.html', 'bad/selection/index.html'])
    t.regex(await readFile(join(cwd, 'reports', page), 'utf8'), /l1/, page);
  const one = await run(cwd, ['guard', 'good']);
  t.is(one.code, 0, one.stderr);
  t.regex(one.stdout, /^✓ prox of l1 is right[\s\S]*report reports\/good\/index\.html +exit 0$/m);
  // The command line comes before the file.
  const deeper = await run(cwd, ['guard', 'bad', '--claims', 'function-values', '--seed', '7', '--format', 'junit']);
  t.regex(deeper.stdout, /command" value="signprox guard wrong\.mjs --claims function-values --depth quick --seed 7"/);
});

test('programs read one document about all', async (t) => {
  const cwd = await directory(t, { ...modules, 'signprox.json': JSON.stringify({ depth: 'quick', ...two }) });
  const json = JSON.parse((await run(cwd, ['guard', '--format', 'json'])).stdout);
  t.is(json.verdict, '1 of 2 implementations failed');
  t.is(json.exitCode, 1);
  t.deepEqual(
    json.implementations.map(({ name, verdict }: { name: string; verdict: string }) => [name, verdict]),
    [
      ['good', 'prox of l1 is right'],
      ['bad', 'prox of l1 is wrong'],
    ],
  );
  const summary = JSON.parse((await run(cwd, ['guard', '--format', 'summary'])).stdout);
  t.is(summary.exitCode, 1);
  const [good, bad] = summary.implementations;
  t.deepEqual([good.failed, bad.failed[0].name, summary.report], [[], 'prox of l1', 'reports/index.html']);
  const { stdout } = await run(cwd, ['guard', '--format', 'junit']);
  t.is(stdout.match(/<testsuite /g)?.length, 2);
  t.regex(stdout, /<testsuites name="signprox" tests="\d+" failures="1"/);
});

test('one that cannot be judged is told, and the others are judged', async (t) => {
  const implementations = { gone: { judge: './gone.mjs' }, ...two.implementations };
  const cwd = await directory(t, { ...modules, 'signprox.json': JSON.stringify({ depth: 'quick', implementations }) });
  const { code, stdout, stderr } = await run(cwd, ['guard']);
  t.is(code, 2);
  t.regex(stderr, /^signprox: gone: no module at .*gone\.mjs/m);
  t.regex(stdout, /^✗ 2 of 3 implementations failed$[\s\S]*gone {2}✗ no module at[\s\S]*good {2}✓[\s\S]*bad {3}✗/m);
});

test('the configuration may stand in pyproject.toml or package.json, and its paths begin in its folder', async (t) => {
  const toml = `[tool.signprox]\ndepth = "quick"\n[tool.signprox.implementations.good]\njudge = "./right.mjs:softThreshold"\nas = "l1"\n`;
  const cwd = await directory(t, { ...modules, 'pyproject.toml': toml });
  t.is((await run(cwd, ['guard', 'good'])).code, 0);
  await rm(join(cwd, 'pyproject.toml'));
  await writeFile(join(cwd, 'package.json'), JSON.stringify({ name: 'mine', signprox: { depth: 'quick', ...two } }));
  t.is((await run(cwd, ['guard'])).code, 1);
  await mkdir(join(cwd, 'below'));
  const known = '[[xfail]]\nid = "prox of l1/eq6-prox"\nreason = "as it was"\n';
  await writeFile(join(cwd, 'below/known.toml'), known);
  const bad = { judge: '../wrong.mjs', claims: 'eq6-prox', knownFailures: 'known.toml' };
  await writeFile(join(cwd, 'below/signprox.json'), JSON.stringify({ depth: 'quick', implementations: { bad } }));
  const { code, stdout } = await run(cwd, ['guard', '--config', 'below/signprox.json']);
  t.is(code, 0, stdout);
});

test('what a configuration cannot mean gives one line and exit 2', async (t) => {
  const judge = 'right.mjs';
  const configurations: readonly [object | string, readonly string[], RegExp][] = [
    ['{', [], /signprox\.json cannot be read: /],
    [{}, [], /signprox\.json: implementations are? ?is missing|implementations is missing/],
    [{ implementations: {} }, [], /there must be at least one/],
    [{ implementations: { a: { judge, dtpye: 'f32' } } }, [], /implementations\.a: Unrecognized key: "dtpye"/],
    [{ implementations: { a: { judge, dtype: 'f8' } } }, [], /implementations\.a\.dtype: /],
    [{ implementations: { 'a/b': { judge } } }, [], /implementations: a name has letters/],
    [two, ['goood'], /signprox\.json has nothing named goood \(did you mean good\?\): it has good, bad/],
    [two, ['--as', 'l1'], /--as is for one implementation, and signprox\.json has several: name one of good, bad/],
    [two, ['--format', 'tap'], /--format is for one implementation/],
    [two, ['--watch'], /--watch judges one implementation: add its name/],
    [
      two,
      ['right.mjs', '--config', 'signprox.json'],
      /--config lists what to judge, and the command line names it too/,
    ],
    [two, ['--config', 'no.json'], /cannot read no\.json: there is no such file/],
  ];
  for (const [configuration, words, message] of configurations) {
    const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
    const cwd = await directory(t, { ...modules, 'signprox.json': text });
    const { code, stderr, stdout } = await run(cwd, ['guard', ...words]);
    t.is(code, 2, text);
    t.is(stdout, '', text);
    t.regex(stderr, message);
    t.is(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !line.includes('by its name')).length,
      1,
      stderr,
    );
  }
});
