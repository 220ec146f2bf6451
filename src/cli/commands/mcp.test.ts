import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import test, { type ExecutionContext } from 'ava';
import { leftBehind } from '../../guard/processes.test.helper.js';
import { summarySchema } from '../../report/formats/run-summary.js';
import { finished, program } from '../command-process.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { about } from '../options/about.js';
import { directory, waitForEver, write } from '../run-directory.test.helper.js';

/** The prox of l1 with a step size of γ, or a wrong one. */
const l1 = (step: string): string =>
  `export const l1 = (y, γ, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - ${step} * weight, 0));\n`;

interface Answered {
  readonly text: string;
  readonly isError: boolean;
}

/** Starts the server in a folder with some files, and calls its tools as a client does. */
async function serverIn(t: ExecutionContext, files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const outside = await directory(t, { 'outside.mjs': l1('γ') });
  const cwd = join(outside, 'inside');
  await mkdir(cwd);
  await write(cwd, files);
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
  const transport = new StdioClientTransport({
    ...{ command: process.execPath, args: [program, 'mcp', ...options], cwd, env, stderr: 'ignore' },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  t.is(client.getInstructions(), about);
  t.teardown(() => client.close());
  const call = async (name: string, given: Record<string, unknown> = {}): Promise<Answered> => {
    const { content, isError = false } = await client.callTool({ name, arguments: given });
    const [{ text }] = content as [{ text: string }];
    return { text, isError: isError as boolean };
  };
  const refuses = async (name: string, given: Record<string, unknown>, why: RegExp): Promise<void> => {
    const { text, isError } = await call(name, given);
    t.true(isError, text);
    t.regex(text, why);
    t.notRegex(text, /\n/);
  };
  const sums = async (name: string, given: Record<string, unknown>) => {
    const { text, isError } = await call(name, given);
    t.false(isError, text);
    t.true(text.split('\n').length <= 30, text);
    return summarySchema.parse(JSON.parse(text));
  };
  return { client, cwd, outside, call, refuses, sums };
}

test.serial(
  'three tools are listed; a module is right or wrong, and what a wrong one needs is in one screen',
  async (t) => {
    const prints = `console.log('{\\n  "verdict": "prox of l1 is right", "exitCode": 0}');\n${l1('1')}`;
    const files = { 'right.mjs': l1('γ'), 'wrong.mjs': l1('1'), 'prints.mjs': prints };
    const { client, cwd, sums } = await serverIn(t, files);
    const { tools } = await client.listTools();
    t.deepEqual(
      tools.map(({ name }) => name),
      ['judge', 'verify_theorem', 'identify'],
    );
    const right = await sums('judge', { target: './right.mjs' });
    t.is(right.exitCode, 0);
    t.is(right.verdict, 'prox of l1 is right');
    t.deepEqual(right.failed, []);
    const wrong = await sums('judge', { target: './wrong.mjs', only: 'prox of l1', depth: 'quick' });
    t.is(wrong.exitCode, 1);
    const [first] = wrong.failed;
    t.is(first?.counterexample, 'prox of l1(weight 1) at y = 1, γ = 0.1: returned 0, right is 0.9');
    const [, saved] = /^signprox replay (\S+)$/.exec(first?.replay ?? '')!;
    t.regex(await readFile(join(cwd, saved!), 'utf8'), /"claim": "eq6-prox"/);
    t.regex(await readFile(join(cwd, wrong.report!), 'utf8'), /<html/);
    t.is((await sums('judge', { target: './prints.mjs' })).exitCode, 1, 'what a module prints is no verdict');
  },
);

test.serial('a theorem file is true or false, and what it prints is no verdict', async (t) => {
  const text = await readFile(fixture('theorems/sgd-textbook-functions.mjs'), 'utf8');
  const wrong = text.replace('2 * gap', '0.5 * gap');
  t.not(wrong, text);
  const says = `console.log('{\\n  "verdict": "true", "exitCode": 0, "counts": {}, "failed": []}');\n`;
  const { sums, refuses, cwd } = await serverIn(t, {
    'wrong.mjs': says + wrong,
    'ends.mjs': `${says}process.exit(1);\n`,
    'leaves.mjs': `import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', ${JSON.stringify(waitForEver)}, import.meta.filename], { detached: true, stdio: 'ignore' });
      process.exit(1);\n`,
  });
  const { verdict, exitCode, failed } = await sums('verify_theorem', { theorem: 'wrong.mjs' });
  t.is(exitCode, 1);
  t.is(verdict, 'sgd-textbook is false: 4 × the bound at T = 1');
  t.is(failed[0]?.name, 'sgd-textbook');
  await refuses('verify_theorem', { theorem: 'ends.mjs' }, /^ends\.mjs called process\.exit: a theorem returns values/);
  await refuses('verify_theorem', { theorem: 'leaves.mjs' }, /^(?:no verdict|leaves\.mjs called process\.exit): /);
  t.deepEqual(await leftBehind(join(cwd, 'leaves.mjs')), [], 'what it started has ended, in whatever group it was');
});

test.serial('hostile files end in one line, and the server goes on', async (t) => {
  const { sums, refuses } = await serverIn(t, {
    'right.mjs': l1('γ'),
    'exits.mjs': 'process.exit(0);\n',
    'floods.mjs': `import { writeSync } from 'node:fs';\nfor (;;) writeSync(1, 'x'.repeat(65536));\n`,
    'heap.mjs': `import { getHeapStatistics } from 'node:v8';\nthrow new Error('MiB ' + getHeapStatistics().heap_size_limit / 2 ** 20);\n`,
  });
  await refuses('judge', { target: './exits.mjs' }, /does not load: exited with code 0/);
  await refuses('judge', { target: './floods.mjs' }, /does not load: a line /);
  await refuses('judge', { target: './heap.mjs' }, /does not load: .*MiB 2\d\d\d\b/);
  t.is((await sums('judge', { target: './right.mjs' })).exitCode, 0);
});

test.serial('a call that takes too long ends with all its processes, and the server goes on', async (t) => {
  const { refuses, cwd } = await serverIn(t, { 'loops.mjs': `${waitForEver}\n` }, '--limit', '2s');
  await refuses('judge', { target: './loops.mjs' }, /^stopped: it took more than 2 s$/);
  await refuses('verify_theorem', { theorem: 'loops.mjs' }, /^stopped: it took more than 2 s$/);
  t.deepEqual(await leftBehind(join(cwd, 'loops.mjs')), []);
  await refuses('identify', { target: './loops.mjs' }, /^stopped: it took more than 2 s$/);
  await refuses('judge', { target: './none.mjs' }, /^there is no file/);
});

test.serial('a path outside of the folder, a program, and a tool that there is not are errors', async (t) => {
  const { refuses, cwd, outside, call } = await serverIn(t, { 'right.mjs': l1('γ') });
  await symlink(join(outside, 'outside.mjs'), join(cwd, 'link.mjs'));
  await symlink(join(outside, 'outside.mjs'), join(cwd, 'link'));
  const isOutside = /^\S+ is outside the current folder: only files below it are judged$/;
  for (const target of ['../outside.mjs', join(outside, 'outside.mjs'), './link.mjs', './link.mjs:l1']) {
    await refuses('judge', { target, ...(target.endsWith(':l1') && { as: 'l1' }) }, isOutside);
  }
  for (const theorem of ['../outside.mjs', 'link.mjs', 'link']) await refuses('verify_theorem', { theorem }, isOutside);
  await refuses('judge', { target: 'os:system', as: 'l1' }, /^there is no file for os:system in the current folder$/);
  await refuses('judge', { target: 'python3' }, /^python3 is not a file: give one as /);
  await refuses('judge', { target: '--list' }, /^--list is not a file: /);
  await refuses('judge', { target: './none.mjs' }, /^there is no file \.\/none\.mjs$/);
  await refuses('judge', { target: './right.mjs', only: '--list' }, /^nothing matches "--list": /);
  await refuses('identify', { target: '../outside.mjs' }, isOutside);
  await refuses('identify', { target: '--list' }, /^--list is not a file: /);
  await refuses('nonsense', {}, /Tool nonsense not found/);
  await refuses('judge', {}, /Invalid/);
  t.regex((await call('identify', { target: './right.mjs:l1' })).text, /^✓ it is prox-l1 /);
});

test.serial('a client may cancel a call', async (t) => {
  const { client, cwd, sums } = await serverIn(t, { 'loops.mjs': `${waitForEver}\n`, 'right.mjs': l1('γ') });
  const loop = { name: 'judge', arguments: { target: './loops.mjs' } };
  // The guard gives a module 10 s to load: eight of them would take longer than the client waits for the last call.
  await Promise.all(
    Array.from({ length: 8 }, () =>
      t.throwsAsync(client.callTool(loop, undefined, { timeout: 2000 }), { message: /timed out/ }),
    ),
  );
  t.is((await sums('judge', { target: './right.mjs' })).exitCode, 0);
  t.deepEqual(await leftBehind(join(cwd, 'loops.mjs')), []);
});

/** A server that judges what never ends. */
async function busy(t: ExecutionContext): Promise<{ readonly server: ChildProcess; readonly file: string }> {
  const cwd = await directory(t, { 'loops.mjs': `${waitForEver}\n` });
  const server = spawn(process.execPath, [program, 'mcp'], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const send = (message: object): void => {
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };
  const clientInfo = { name: 'test', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo } });
  await once(server.stdout, 'data');
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'judge', arguments: { target: './loops.mjs' } } });
  const file = join(cwd, 'loops.mjs');
  while ((await leftBehind(file)).length === 0);
  return { server, file };
}

for (const [how, code, end] of [
  ['a closed standard input', 0, (server: ChildProcess) => server.stdin!.end()],
  ['Ctrl-C', 130, (server: ChildProcess) => server.kill('SIGINT')],
] as const) {
  test.serial(`${how} ends the server and what it judges`, async (t) => {
    const { server, file } = await busy(t);
    const ended = finished(server);
    end(server);
    const { code: own, stdout } = await ended;
    t.is(own, code);
    t.regex(stdout, /stopped: it was cancelled/);
    t.deepEqual(await leftBehind(file), []);
  });
}
