// PEPit's own examples beside `worst`: its double and our fraction, and the CPU seconds of both, in one table.
// node bench/pepit.mjs [directory]: PEPit is installed there from the Python index, into an environment of its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, cpuUsage, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { worst } from '../dist/src/library/theorems.js';

const version = '0.5.1';
const convex = 'unconstrained_convex_minimization';

const moved = (x, ...parts) =>
  x.map((entry, i) => parts.reduce((total, [factor, vector]) => total + factor * vector[i], entry));
const from = (x, y) => x.map((entry, i) => entry - y[i]);

/** x⁺ = y − γ∇f(y), y⁺ = x⁺ + t/(t + 3)(x⁺ − x). */
const accelerated = {
  name: 'accelerated gradient',
  start: (x) => ({ y: x.slice(), t: 0 }),
  iterate({ problem, step, x, state: { y, t } }) {
    const next = moved(y, [-step, problem.gradient(y.slice())]);
    return { x: next, state: { y: moved(next, [t / (t + 3), from(next, x)]), t: t + 1 } };
  },
};

const heavyBall = (momentum) => ({
  name: 'heavy ball',
  start: (x) => ({ before: x.slice() }),
  iterate({ problem, step, x, state: { before } }) {
    const gradient = problem.gradient(x.slice());
    return { x: moved(x, [-step, gradient], [momentum, from(x, before)]), state: { before: x.slice() } };
  },
});

/** With κ = 4, where ρ = ½: the other weights are fractions too. */
const tripleMomentum = {
  name: 'triple momentum',
  start: (x) => ({ old: x.slice(), now: x.slice(), y: x.slice() }),
  iterate({ problem, step, state: { old, now, y } }) {
    const between = moved(now, [1 / 6, from(now, old)], [-step, problem.gradient(y.slice())]);
    const way = from(between, now);
    return { x: moved(between, [1 / 3, way]), state: { old: now, now: between, y: moved(between, [1 / 9, way]) } };
  },
};

const gap = { start: 'gap' };
const byDistance = { start: 'distance' };
const strong = (strongConvexity) => ({ strongConvexity });
const counts = (most) => Array.from({ length: most }, (_, k) => k + 1);

/** Each with PEPit's module and arguments, L = 1; the method, γL, the term, and what `worst` is asked. */
const examples = [
  ...[1 / 2, 1, 3 / 2].flatMap((gamma) =>
    counts(4).map((n) => [`${convex}.gradient_descent`, { L: 1, gamma, n }, 'gradient-descent', gamma]),
  ),
  ...counts(4).map((n) => [`${convex}.accelerated_gradient_convex_simplified`, { mu: 0, L: 1, n }, accelerated, 1]),
  ...counts(3).map((n) => [
    `${convex}.accelerated_gradient_convex_simplified`,
    ...[{ mu: 0.1, L: 1, n }, accelerated, 1, 'objective-gap', { ...strong('1/10'), ...byDistance }],
  ]),
  ...counts(3).map((n) => [
    `${convex}.heavy_ball_momentum`,
    ...[
      { mu: 0.1, L: 1, alpha: 0.5, beta: 0.5, n },
      heavyBall(0.5),
      0.5,
      'objective-gap',
      { ...strong('1/10'), ...gap },
    ],
  ]),
  [`${convex}.optimized_gradient`, { L: 1, n: 1 }, 'gradient-descent', 3 / 2],
  [`${convex}.optimized_gradient_for_gradient`, { L: 1, n: 1 }, 'gradient-descent', 3 / 2, 'squared-gradient', gap],
  ...counts(3).map((n) => [
    `${convex}.triple_momentum`,
    ...[{ mu: 0.25, L: 1, n }, tripleMomentum, 3 / 2, 'objective-gap', { ...strong('1/4'), ...byDistance }],
  ]),
  // Without an error it is gradient descent with γ = 2/(L + μ).
  ...counts(3).map((n) => [
    `${convex}.inexact_gradient_descent`,
    ...[{ L: 1, mu: 0.25, epsilon: 0, n }, 'gradient-descent', 8 / 5, 'objective-gap', { ...strong('1/4'), ...gap }],
  ]),
];

async function ours([module, { n }, algorithm, step, term = 'objective-gap', options = {}]) {
  const theorem = {
    id: 'asked',
    source: { section: module, equation: '1' },
    statement: module,
    objective: 'fixed',
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
    ...{ algorithm, term, onlyLast: true },
    schedule: (_, { lipschitz }) => ({ step: step / lipschitz, miniBatch: 1 }),
  };
  const before = cpuUsage();
  const { rows } = await worst(theorem, { ...options, iterations: [n] });
  const { user, system } = cpuUsage(before);
  return { row: rows[0], seconds: (user + system) / 1e6 };
}

/** PEPit's values and seconds, in the order of the examples. */
function theirs(directory) {
  const python = join(directory, 'bin', 'python');
  const ran = (command, words, input) => {
    const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input });
    if (status === 0) return stdout;
    console.error(`${command} ${words.join(' ')} failed:\n${stderr}`);
    return exit(1);
  };
  if (!existsSync(python)) ran('python3', ['-m', 'venv', directory]);
  ran(python, ['-m', 'pip', 'install', '--quiet', `pepit==${version}`]);
  const asked = JSON.stringify(examples.map(([module, words]) => [module, words]));
  const said = ran(python, [fileURLToPath(new URL('pepit.py', import.meta.url))], asked);
  return said
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) => JSON.parse(line));
}

const found = theirs(argv[2] ?? join(tmpdir(), 'signprox-pepit'));
console.log(
  `| PEPit ${version} | its double | s | \`worst\` | known | s | difference |\n| --- | --- | --- | --- | --- | --- | --- |`,
);
let exact = 0;
for (const [k, example] of examples.entries()) {
  const [value, seconds] = found[k];
  const { row, seconds: own } = await ours(example);
  const [module, words] = example;
  const name = `${module.split('.').at(-1)} ${Object.entries(words)
    .map(([word, given]) => `${word} ${given}`)
    .join(', ')}`;
  const ends = row.answer === 'exact' ? row.upper : row.ends?.join(' … ');
  const off = row.ends === undefined ? '–' : (value - row.ends[1]).toExponential(1);
  if (row.answer === 'exact') exact++;
  console.log(`| ${name} | ${value} | ${seconds.toFixed(2)} | ${ends} | ${row.answer} | ${own.toFixed(2)} | ${off} |`);
}
console.log(`\n${exact} of ${examples.length} are exact.`);
