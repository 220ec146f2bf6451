import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { program } from './command-process.test.helper.js';
import { commandRunner, ends } from './command-runner.test.helper.js';
import { directory } from './run-directory.test.helper.js';

const run = commandRunner();

test.serial('without arguments it prints an overview in 80 columns and exits with 2', async (t) => {
  const { stderr } = await ends(t, run(tmpdir(), []), { code: 2, stdout: '' });
  t.is(stderr.match(/^ {2}\S.* {2,}signprox \w+/gm)?.length, 4);
  t.true(stderr.split('\n').every((line) => line.length <= 80));
});

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
