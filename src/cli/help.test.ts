import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';
import { startCommand } from './command-process.test.helper.js';

const program = fileURLToPath(new URL('main.js', import.meta.url));

const signprox = (...args: readonly string[]) => startCommand(tmpdir(), args);

test('without arguments it prints an overview in 80 columns and exits with 2', async (t) => {
  const { code, stdout, stderr } = await signprox();
  t.deepEqual([code, stdout], [2, '']);
  t.is(stderr.match(/^ {2}\S.* {2,}signprox \w+/gm)?.length, 4);
  t.true(stderr.split('\n').every((line) => line.length <= 80));
});

test('the help of every command has an example', async (t) => {
  const { stdout } = await signprox('--help');
  const commands = [...stdout.matchAll(/^ {2}(\w+) [^\n]*/gm)].map(([, name]) => name!);
  const named = commands.filter((name) => !['help', 'complete', 'vectors'].includes(name));
  t.true(named.includes('guard') && named.length >= 9, named.join());
  for (const path of [...named.map((name) => [name]), ['vectors', 'export'], ['vectors', 'check']]) {
    const help = await signprox(...path, '--help');
    t.is(help.code, 0);
    t.regex(help.stdout, new RegExp(`\nExamples:\n  signprox ${path.join(' ')}`), path.join(' '));
  }
});

test('the list of commands shows the arguments of each command', async (t) => {
  const words = (usage: string): string => usage.replace(' [options]', '').trim();
  const { stdout } = await signprox('--help');
  for (const [, name, listed] of stdout.matchAll(/^ {2}(\w+)((?: \S+)*) {2,}\S/gm)) {
    const [, own] = /^Usage: signprox \w+(.*)/.exec((await signprox(name!, '--help')).stdout) ?? [];
    if (name !== 'vectors' && name !== 'help') t.is(words(listed!), words(own ?? 'no help'), name);
  }
});

test('bash completes commands, options, their choices and claims', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'signprox-complete-'));
  t.teardown(() => rm(folder, { recursive: true }));
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
