import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { program } from './command-process.test.helper.js';
import { commandRunner, ends } from './command-runner.test.helper.js';
import { about } from './options/about.js';
import { root } from './pages.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const run = commandRunner();

test.serial(
  'without arguments it prints an overview in 80 columns, which says what everything else says',
  async (t) => {
    const { stdout } = await ends(t, run(tmpdir(), []));
    const named = [...stdout.matchAll(/^ {2}signprox (\w+) \S+ {2,}\S/gm)].map(([, name]) => name!);
    t.deepEqual(named, ['guard', 'guard', 'identify', 'prove', 'init']);
    t.true(stdout.split('\n').every((line) => line.length <= 80));
    const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const said = about.replace('\n', ' ');
    const help = await ends(t, run(tmpdir(), '--help'));
    const texts = await Promise.all(
      ['README.md', 'package.json', 'CITATION.cff'].map((name) => readFile(join(root, name), 'utf8')),
    );
    for (const text of [stdout, help.stdout, ...texts]) t.true(oneLine(text).includes(said), text);
  },
);

test.serial('the help of every command has its arguments as the list shows them, and an example', async (t) => {
  const { stdout } = await ends(t, run(tmpdir(), '--help'));
  const commands = [...stdout.matchAll(/^ {2}(\w+)((?: \S+)*) {2,}\S/gm)].filter(([, name]) => name !== 'help');
  t.true(commands.length >= 10);
  const words = (usage: string): string => usage.replace(' [options]', '').trim();
  for (const [, name, listed] of commands) {
    if (name === 'vectors') continue;
    const help = await ends(t, run(tmpdir(), `${name} --help`));
    const [, own] = /^Usage: signprox \w+(.*)/.exec(help.stdout) ?? [];
    t.is(words(listed!), words(own ?? 'no help'), name);
    if (name !== 'complete') t.regex(help.stdout, new RegExp(`\nExamples:\n  signprox ${name}`), name);
  }
  for (const path of ['vectors write', 'vectors check', 'vectors header']) {
    await ends(t, run(tmpdir(), `${path} --help`), { stdout: new RegExp(`\nExamples:\n  signprox ${path}`) });
  }
});

test('bash completes commands, options, their choices and claims', async (t) => {
  const folder = await directory(t);
  await symlink(program, join(folder, 'signprox'));
  const complete = async (...words: readonly string[]): Promise<string[]> => {
    const script = `PATH="${folder}:$PATH"; eval "$(signprox complete bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
# What the package bash-completion defines.
_get_comp_words_by_ref() { words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur="\${words[cword]}"; }
compopt() { :; }
__signprox_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script, 'bash', 'signprox', ...words]);
    return stdout.split('\n').map((line) => line.trim());
  };
  t.true((await complete('ver')).includes('verify'));
  t.true((await complete('guard', '--ba')).includes('--baseline'));
  t.deepEqual((await complete('verify', '--depth', 's')).filter(Boolean), ['standard']);
  t.true((await complete('explain', 'theorem-2-sh')).includes('theorem-2-sharp'));
});
