import { readFileSync } from 'node:fs';
import test from 'ava';
import { startCommand } from '../command-process.test.helper.js';
import { ends, words } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { directory, waitForEver } from '../run-directory.test.helper.js';

const textbook = readFileSync(fixture('theorems/sgd-textbook.mjs'), 'utf8');
const functions = readFileSync(fixture('theorems/sgd-textbook-functions.mjs'), 'utf8');
const parabola = JSON.stringify({
  smooth: { type: 'quadratic', curvature: 1, center: 0 },
  functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
  probabilities: [0.5, 0.5],
});

const failure = {
  ...{ schemaVersion: 1, claim: 'sgd-textbook', suiteVersion: '0.1.0', implementation: 'signprox' },
  ...{ target: { kind: 'reference' }, theorem: { word: 'mine.mjs' }, seed: '1', depth: 'quick', cases: [] },
};

/** The commands that take the file of a theorem; those that call its functions come first. */
const evaluating: Readonly<Record<string, (file: string) => string[]>> = {
  verify: (file) => words`verify --depth quick --format json --theorem ${file}`,
  bounds: (file) => words`bounds --theorem ${file} --problem ${parabola} --start [1] --iterations 1,4 --format json`,
  search: (file) => words`bounds --search --theorem ${file} --iterations 1,4 --evaluations 5 --format json`,
  grid: () => words`bounds --grid grid.json --format json`,
};
const loading: typeof evaluating = {
  ...evaluating,
  prove: (file) => words`prove ${file} --format json`,
  explain: (file) => words`explain --theorem ${file} --format json`,
  audit: (file) => words`audit --theorem ${file} --problem ${parabola} --format json`,
  worst: (file) => words`worst ${file} --format json`,
  guard: (file) => words`guard --theorem ${file} --depth quick --format json --module ${fixture('mutants/library.js')}`,
  replay: () => words`replay failure.json`,
};

const atLoad = (code: string): string => `${code}\n${textbook}`;
const soon = (code: string): string =>
  atLoad(`setTimeout(() => { ${code} });\nawait new Promise((go) => setTimeout(go, 1000));`);
const inBound = (code: string): string => functions.replace('=> (2', `=> T > 2 ? (() => { ${code} })() : (2`);

const endlessGetter = `${textbook.replace('export const theorem', 'const mine')}
export const theorem = new Proxy(mine, { get() { ${waitForEver} } });`;

/** One command whose main thread calls the file, and one of which another thread does. */
const two = { verify: loading['verify']!, prove: loading['prove']! };

/** What a file may do to the process that it is loaded into, which commands are asked, and the line that says so. */
const table: readonly (readonly [name: string, commands: typeof loading, file: string, line: RegExp])[] = [
  ['an exit at load', loading, atLoad('process.exit(0);'), /mine\.mjs called process\.exit: a theorem returns values/],
  ['an exit by its name', two, atLoad("import { exit } from 'node:process'; exit();"), /called process\.exit: /],
  ['an exit in a timer', two, soon('process.exit(0)'), /mine\.mjs called process\.exit: /],
  ['an exit in its bound', evaluating, inBound('process.exit(0)'), /mine\.mjs called process\.exit: /],
  ['a signal', two, atLoad('process.kill(process.pid);'), /mine\.mjs called process\.kill: /],
  ['a late throw', loading, soon("throw new Error('too late')"), /mine\.mjs threw what nothing catches.+: too late/],
  ['a rejection', two, soon("Promise.reject('lost')"), /mine\.mjs threw what nothing catches, .+lost/],
  ['endless print', two, atLoad("for (;;) console.log('print');"), /mine\.mjs printed more than 1 MiB: /],
  ['one long print', two, atLoad("console.error('x'.repeat(2 ** 26));"), /mine\.mjs printed more than 1 MiB: /],
  ['an endless array', two, atLoad('const a = []; for (;;) a.push(Array(9999).fill(a.length));'), /not enough memory/],
  ['an endless top level', two, atLoad(waitForEver), /cannot load mine\.mjs: it did not end within 10 s: /],
  [
    'an endless await',
    two,
    atLoad('await new Promise(() => {});'),
    /cannot load mine\.mjs: (?:an await|it did not end)/,
  ],
  ['an endless getter', two, endlessGetter, /mine\.mjs: reading its exports did not return within 10 s: /],
  [
    'an endless bound',
    evaluating,
    inBound(waitForEver),
    /: sgd-textbook: bound at T = \d did not return within 10 s: /,
  ],
];

for (const [name, commands, file, line] of table) {
  test.serial(`a file with ${name} ends each command with exit code 2 and one line`, async (t) => {
    const cwd = await directory(t, {
      'mine.mjs': file,
      'grid.json': JSON.stringify({
        problems: [{ problem: JSON.parse(parabola), start: [1] }],
        theorems: [{ theorem: 'mine.mjs' }],
        iterations: [1, 4],
      }),
      'failure.json': failure,
    });
    const memory = name.includes('array') ? ['--max-old-space-size=64'] : [];
    await Promise.all(
      Object.entries(commands).map(async ([command, ask]) => {
        const { stderr } = await ends(
          t,
          startCommand(cwd, ask('mine.mjs'), undefined, 'ignore', memory),
          { code: 2, stdout: '' },
          command,
        );
        t.regex(stderr.slice(stderr.lastIndexOf('\nsignprox: ') + 1), line, command);
      }),
    );
  });
}

test.serial('what a file prints is no part of a document, and its timers keep no command waiting', async (t) => {
  const printing = "console.log('printed'); process.stdout.write('written'); setInterval(() => {}, 1000);";
  const cwd = await directory(t, { 'mine.mjs': atLoad(printing), 'quiet.mjs': textbook });
  for (const command of ['explain', 'audit', 'bounds']) {
    const [loud, quiet] = await Promise.all(
      ['mine.mjs', 'quiet.mjs'].map((file) => ends(t, startCommand(cwd, loading[command]!(file)))),
    );
    t.is(loud!.stdout.replaceAll('mine.mjs', 'quiet.mjs'), quiet!.stdout);
    t.regex(loud!.stderr, /^printed\nwritten/m);
  }
});
