import { readdir, readFile } from 'node:fs/promises';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { type Meanwhile, startCommand } from './command-process.test.helper.js';
import { commandRunner, ends, inFolder } from './command-runner.test.helper.js';
import { fixture } from './few-functions.test.helper.js';
import { directory, recordIn } from './run-directory.test.helper.js';

const run = commandRunner();

test.serial('help and version', async (t) => {
  const { ends } = inFolder(t, run, await directory(t));
  const { version } = JSON.parse(await readFile(fixture('../package.json'), 'utf8')) as { version: string };
  const listed = ['verify', 'guard', 'replay'].map((command) => new RegExp(`^ {2}${command} `, 'm'));
  const options = ['--claims', '--depth', '--seed', '--format', '--out', '--workers', '--list'];
  await ends('--help', { stdout: listed });
  await ends('verify --help', { stdout: options.map((option) => new RegExp(option)) });
  await ends('--version', { stdout: `${version}\n` });
});

test.serial('a wrong command line gives one line on stderr and exit 2, and writes nothing', async (t) => {
  const { cwd, refuses } = inFolder(t, run, await directory(t, { file: 'not a directory' }));
  await refuses(
    ['frobnicate', /unknown command 'frobnicate': see signprox --help$/],
    ['vectors frobnicate', /unknown command 'frobnicate': see signprox vectors --help$/],
    ['verify --shard 1/2', /--shard is gone: .*--claims, or share the work by --executor bullmq and signprox worker$/],
    ['merge one two', /signprox merge is gone, with --shard: to run on several machines, /],
    ['search --theorem 1', /signprox search is gone: type signprox bounds --search in its place/],
    ['certify file', /signprox certify is gone: type signprox prove --multipliers FILE in its place/],
    ['prove', /missing required argument 'theorem': see signprox prove --help$/],
    ['prove 1 --multipliers file', /give a theorem or --multipliers <file>, not both$/],
    ['bounds --search', /required option '--theorem <theorem>' not specified: see signprox bounds --help$/],
    ['bounds --search --theorem 1 --theorem 2', /--search is about one --theorem, got 2$/],
    ['bounds --evaluations 5 --problem file', /'--search' cannot be used with .*--problem <file>/],
    ['verify --frobnicate', /unknown option --frobnicate: see signprox verify --help$/],
    ['verify --claim=x', /unknown option --claim \(did you mean --claims\?\): see signprox verify --help$/],
    [
      'verify extra',
      /verify takes no argument, got extra \(did you mean --claims extra\?\): see signprox verify --help$/,
    ],
    ['figure 50', /\(did you mean --size 50\?\): see signprox figure --help$/],
    ['vectors write x', /\(did you mean --out x\?\): see signprox vectors write --help$/],
    ['replay a b', /too many arguments for 'replay'.*: see signprox replay --help$/],
    ['verify --depth abyssal', /'abyssal' is invalid.*quick, standard, deep$/],
    ['verify --format xml', /'xml' is invalid.*table, json/],
    ["verify --seed 'a b'", /'a b' is invalid. a seed is 1 to 100/],
    ["verify --seed ''", /'' is invalid. a seed is 1 to 100/],
    ['verify --workers 1.5', /'1.5' is invalid. the number of workers is an integer from 0/],
    ['verify --workers -1', /'-1' is invalid. the number of workers/],
    ["verify --workers ''", /'' is invalid. the number of workers/],
    ['verify --workers 257', /'257' is invalid. the number of workers/],
    ['verify --claims eq6', /no claim matches "eq6" \(did you mean eq6-prox\?\): see signprox verify --list$/],
    ['verify --claims eq6*,\u001b[31mred', /no claim matches "\\u\{1b\}\[31mred": see/],
    ['verify --out file', /cannot write to file: .*is not a directory; choose another --out$/],
    ['verify --out file/below', /cannot write to file\/below: .*; choose another --out$/],
    [
      'verify --claims eq12* --baseline /proc/none --update-baseline',
      /cannot write to \/proc: .*; choose another --baseline$/,
    ],
    [
      'guard --module missing.js --write-known-failures file/known.toml',
      /cannot write to file: .*is not a directory; choose another --write-known-failures$/,
    ],
    ['vectors write --out /proc/none', /cannot write to \/proc\/none: .*; choose another --out$/],
    ['figure --out /proc/none', /cannot write to \/proc\/none: .*; choose another --out$/],
    ["verify --out ''", /cannot write to "": the name is empty; choose another --out$/],
    ['guard', /nothing to judge: give my_module:MyAdamW, .* as in signprox guard -- python3 adapter\.py$/],
    ['guard --module missing.js', /no module at .*missing\.js: give the path of a JavaScript file/],
    ['replay', /missing required argument 'file': see signprox replay --help$/],
  );
  t.deepEqual(await readdir(cwd), ['file']);
});

test.serial('--list names every claim and checks none', async (t) => {
  const cwd = await directory(t);
  const all = await ends(t, run(cwd, 'verify --list'));
  const some = await ends(t, run(cwd, "verify --list --claims 'eq1?-*, theorem-1'"));
  const guard = await ends(t, run(cwd, 'guard --list'));
  const idsOf = (text: string): string[] => [...text.matchAll(/^ {2}(\S+)/gm)].map(([, id]) => id!);
  for (const { id } of properties) t.true(idsOf(all.stdout).includes(id), id);
  t.deepEqual(idsOf(some.stdout), ['eq10-mini-batch', 'eq12-sign-sgd-equivalence', 'theorem-1']);
  t.true(idsOf(guard.stdout).includes('eq6-prox'));
  t.false(idsOf(guard.stdout).includes('theorem-1-controls'));
  t.regex(some.stdout, /^§2\.1 Compressed optimization using proximals\n {2}eq10-mini-batch · \(10\)\n {4}P̂\(x\) = /);
  const headings = all.stdout.match(/^\S.*$/gm)!;
  const beyond = headings.findIndex((heading) => !heading.startsWith('§'));
  t.true(beyond > 5 && headings.slice(beyond).every((heading) => !heading.startsWith('§')), 'the paper comes first');
  t.deepEqual(await readdir(cwd), []);
});

test.serial('a reader may close the pipe early', async (t) => {
  const cwd = await directory(t);
  const leave: Meanwhile = (child) => child.stdout?.destroy();
  const [list, json] = await Promise.all([
    startCommand(cwd, 'verify --list', leave),
    startCommand(cwd, 'verify --claims eq5-sign-sgd --depth quick --format json', leave),
  ]);
  t.deepEqual([list.code, json.code], [0, 0]);
  t.is(list.stderr, '');
  t.is((await recordIn(cwd)).exitCode, 0);
  const deaf = startCommand(cwd, 'verify --claims eq5-sign-sgd --depth quick', (child) => child.stderr?.destroy());
  await ends(t, deaf);
});
