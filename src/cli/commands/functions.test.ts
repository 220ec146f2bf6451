import test from 'ava';
import { parseFunction, registry } from '../../reference/functions/index.js';
import { parseSmooth, smoothRegistry } from '../../reference/smooth/index.js';
import { displayWidth } from '../../report/wording/terminal-text.js';
import { commandRunner, ends } from '../command-runner.test.helper.js';

const command = commandRunner();
const run = (...args: string[]) => command(process.cwd(), ['functions', ...args]);
const unwrapped = (text: string): string => text.replace(/\s+/g, '');

test.serial('the listing names every type with its formula and parameters, in 80 columns', async (t) => {
  const { stdout } = await ends(t, run());
  const lines = stdout.split('\n');
  for (const line of lines) t.true(displayWidth(line) <= 80, line);
  for (const { definition } of [...registry.values(), ...smoothRegistry.values()]) {
    t.true(lines.includes(definition.type), definition.type);
    t.true(unwrapped(stdout).includes(unwrapped(definition.formula)), definition.formula);
    for (const [name, { allowed }] of Object.entries(definition.parameters)) {
      t.true(unwrapped(stdout).includes(unwrapped(`${name}: ${allowed}`)), `${definition.type} ${name}`);
    }
  }
});

test.serial('properties say what always holds, what is inherited, and what does not', async (t) => {
  const { stdout } = await run('huber', 'l0', 'regularized', 'scaled', 'total-variation-2d');
  const after = (type: string): string => stdout.slice(stdout.indexOf(`\n${type}\n`)).split('\n\n')[0]!;
  t.regex(after('huber'), / {2}convex, separable, smooth, conjugate known$/);
  t.regex(after('l0'), / {2}not convex, separable$/);
  t.regex(after('regularized'), / {2}convex, separable, smooth as what is inside$/);
  t.regex(after('scaled'), / {2}convex, separable, smooth, conjugate known as what is inside$/);
  t.regex(after('total-variation-2d'), /warmStart: true or false; default false\n {2}convex$/);
  // A name in both vocabularies is listed in both.
  t.is(stdout.match(/^huber$/gm)!.length, 2);
  t.false(/^box$/m.test(stdout));
});

test.serial('as JSON every example parses, and a choice of types is a choice', async (t) => {
  const all = JSON.parse((await run('--format', 'json')).stdout);
  t.is(all.functions.length, registry.size);
  t.is(all.smooth.length, smoothRegistry.size);
  for (const { examples } of all.functions) for (const example of examples) t.notThrows(() => parseFunction(example));
  for (const { examples } of all.smooth) for (const example of examples) t.notThrows(() => parseSmooth(example));
  const { functions, smooth } = JSON.parse((await run('cosine', '--format', 'json')).stdout);
  t.deepEqual([functions.length, smooth.length], [0, 1]);
  t.deepEqual(smooth[0].parameters, [{ name: 'weight', kind: 'number', allowed: 'a finite number >= 0' }]);
});

test.serial('an unknown type gives one line with the nearest one, and exit code 2', async (t) => {
  await ends(t, run('hubr'), {
    code: 2,
    stderr: 'signprox: no function is called "hubr" (did you mean huber?): see signprox functions\n',
  });
  const far = await run('quasiconvexification');
  t.is(far.stderr, 'signprox: no function is called "quasiconvexification": see signprox functions\n');
});
