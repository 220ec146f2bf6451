// PEPit's own examples beside `worst`, and the multipliers of PEPit and AutoLyap beside `prove --multipliers`: their double and our fraction, and the CPU
// seconds of both, in two tables.
// node bench/pepit.mjs [directory]: both are installed there from the Python index, into an environment of its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, cpuUsage, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { toDouble } from '../dist/src/exact/arithmetic/rational.js';
import { worst } from '../dist/src/library/theorems.js';
import { certify, readMultipliers } from '../dist/src/theory/proofs/search/certify.js';

const version = '0.5.1';
const versionOfAutoLyap = '0.2.1';
const convex = 'unconstrained_convex_minimization';
const composite = 'composite_convex_minimization';

/** x⁺ = y − γ∇f(y), y⁺ = x⁺ + t/(t + 3)(x⁺ − x). */
const accelerated = {
  name: 'accelerated gradient',
  memory: { y: 'x⁰', z: 'x⁰' },
  step: ['z = x', 'x = y − γ∇f(y)', 'y = x + t/(t + 3)·(x − z)'],
};

const heavyBall = (momentum) => ({
  name: 'heavy ball',
  memory: { y: 'x⁰', z: 'x⁰' },
  step: ['z = x', `x = x − γ∇f(x) + ${momentum}(x − y)`, 'y = z'],
});

/** With κ = 4, where ρ = ½: the other weights are fractions too. */
const tripleMomentum = {
  name: 'triple momentum',
  memory: { u: 'x⁰', v: 'x⁰', y: 'x⁰', z: 'x⁰' },
  step: ['z = v + 1/6 (v − u) − γ∇f(y)', 'x = z + 1/3 (z − v)', 'y = z + 1/9 (z − v)', 'u = v', 'v = z'],
};

const proximalGradient = { name: 'proximal gradient', step: ['x = P(x)'] };

const acceleratedProximal = {
  ...accelerated,
  name: 'accelerated proximal gradient',
  step: ['z = x', 'x = P(y)', 'y = x + t/(t + 3)·(x − z)'],
};

/** It ends at the point with the least f. */
const subgradient = { name: 'subgradient method', step: ['x = x − γs(x)'], returns: 'best' };

const onSum = { hypotheses: ['assumption-1a', 'assumption-1b', 'd-convex'] };
const strongSum = (ratio) => ({
  hypotheses: ['assumption-1a', 'assumption-1b', 'd-strongly-convex'],
  inverseConditionNumber: ratio,
});
/** γ is 3, and the values are multiples of ‖x⁰ − x*‖²/γ. */
const withoutD = { hypotheses: ['assumption-1a', 'd-zero'], schedule: { step: '3' } };
/** γ = ‖x⁰ − x*‖/(M√(T + 1)). */
const lipschitz = {
  hypotheses: ['assumption-1a', 'd-zero', 'r-lipschitz'],
  schedule: { step: 'D/(M√(T + 1))' },
};

const gap = { start: 'gap' };
const byDistance = { start: 'distance' };
const strong = (strongConvexity) => ({ strongConvexity });
const counts = (most) => Array.from({ length: most }, (_, k) => k + 1);

/** Each with PEPit's module and arguments, L = 1; the method, γL, the term, what `worst` is asked, and the class where it is not a smooth convex f. */
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
  ...counts(4).map((n) => [
    `${composite}.proximal_gradient`,
    ...[{ L: 1, mu: 0.1, gamma: 1, n }, proximalGradient, 1, 'squared-distance', {}, strongSum(1 / 10)],
  ]),
  ...counts(3).map((n) => [
    `${composite}.accelerated_proximal_gradient_simplified`,
    ...[{ mu: 0, L: 1, n }, acceleratedProximal, 1, 'objective-gap', {}, onSum],
  ]),
  ...counts(3).map((n) => [
    `${convex}.proximal_point`,
    ...[{ gamma: 3, n }, proximalGradient, 1, 'objective-gap', { divisor: 3, start: 'distance' }, withoutD],
  ]),
  [`${convex}.subgradient_method`, { M: 1, n: 3, gamma: 1 / 2 }, subgradient, 1, 'objective-gap', {}, lipschitz],
  // Without an error it is gradient descent with γ = 2/(L + μ).
  ...counts(3).map((n) => [
    `${convex}.inexact_gradient_descent`,
    ...[{ L: 1, mu: 0.25, epsilon: 0, n }, 'gradient-descent', 8 / 5, 'objective-gap', { ...strong('1/4'), ...gap }],
  ]),
];

const solver = 'CLARABEL';
const inclusion = 'monotone_inclusions_variational_inequalities';
/** Programs whose multipliers are made exact: of PEPit with its module and arguments, of AutoLyap with the problem and the method. */
const multipliers = [
  ...[
    [`${convex}.gradient_descent`, { L: 3, gamma: 1 / 3, n: 4 }],
    [`${convex}.subgradient_method`, { M: 2, n: 3, gamma: 1 / 4 }],
    [`${convex}.proximal_point`, { gamma: 3, n: 4 }],
    [`${convex}.heavy_ball_momentum_qg_convex`, { L: 1, n: 3 }],
    [`${convex}.gradient_exact_line_search`, { L: 1, mu: 0.1, n: 2 }],
    [`${convex}.inexact_gradient_descent`, { L: 1, mu: 0.1, epsilon: 0.1, n: 2 }],
    [`${convex}.conjugate_gradient`, { L: 1, n: 2 }],
    [`${convex}.gradient_descent_quadratics`, { mu: 0.1, L: 1, gamma: 1, n: 2 }],
    [`${composite}.proximal_gradient`, { L: 1, mu: 0.1, gamma: 1, n: 2 }],
    [`${composite}.accelerated_proximal_gradient`, { mu: 0, L: 1, n: 2 }],
    [`${composite}.douglas_rachford_splitting_contraction`, { mu: 0.1, L: 1, alpha: 3, theta: 1, n: 2 }],
    ['fixed_point_problems.halpern_iteration', { n: 4 }],
    ['fixed_point_problems.krasnoselskii_mann_constant_step_sizes', { n: 3, gamma: 3 / 4 }],
    [`${inclusion}.proximal_point`, { alpha: 2, n: 4 }],
    [`${inclusion}.accelerated_proximal_point`, { alpha: 2, n: 4 }],
    [`${inclusion}.douglas_rachford_splitting`, { L: 1, mu: 0.1, alpha: 1.3, theta: 0.9 }],
    ['nonconvex_optimization.gradient_descent', { L: 1, gamma: 1, n: 3 }],
    ['nonconvex_optimization.no_lips_1', { L: 1, gamma: 1 / 2, n: 2 }],
    ['stochastic_and_randomized_convex_minimization.saga', { L: 1, mu: 0.1, n: 3 }],
    ['stochastic_and_randomized_convex_minimization.sgd', { L: 1, mu: 0.1, gamma: 1, v: 1, R: 2, n: 3 }],
    ['adaptive_methods.polyak_steps_in_distance_to_optimum', { L: 1, mu: 0.1, gamma: 2 / 1.1 }],
    ['potential_functions.gradient_descent_lyapunov_1', { L: 1, gamma: 1, n: 5 }],
  ].map(([module, words]) => [module, { ...words, solver }]),
  ...[
    ...[1, 2, 4].map((steps) => [
      [['SmoothConvex', 1]],
      ['GradientMethod', 1],
      { steps, end: 'function_value_suboptimality' },
    ]),
    [[['SmoothConvex', 1]], ['GradientMethod', 1.5], { steps: 3, end: 'function_value_suboptimality' }],
    [[['Convex']], ['ProximalPoint', 1], { steps: 2, end: 'fixed_point_residual' }],
    [[['Convex']], ['ProximalPoint', 1], { steps: 3, end: 'function_value_suboptimality' }],
    [[['SmoothStronglyConvex', 0.1, 1]], ['GradientMethod', 1], { steps: 2 }],
    [[['SmoothStronglyConvex', 0.1, 1]], ['GradientMethod', 1], { rate: 0.81 }],
    [[['SmoothStronglyConvex', 0.1, 1]], ['GradientMethod', 1], { rate: 0.81, end: 'function_value_suboptimality' }],
    [[['StronglyConvex', 0.5]], ['ProximalPoint', 1], { rate: 4 / 9 }],
    [
      [
        ['StronglyMonotone', 0.5],
        ['LipschitzOperator', 1],
      ],
      ['ForwardMethod', 0.5],
      { rate: 0.75 },
    ],
    [[['SmoothStronglyConvex', 0.25, 1]], ['HeavyBallMethod', 1, 0.25], { rate: 0.75 }],
    [
      ...[
        [['MaximallyMonotone']],
        [
          ['StronglyMonotone', 1],
          ['LipschitzOperator', 2],
        ],
      ],
      ...[['DouglasRachford', 1, 1], { rate: 0.9 }],
    ],
  ].map((entry) => {
    const [algorithm, options] = entry.slice(-2);
    const components = entry.slice(0, -2);
    return ['autolyap', { problem: components, algorithm, ...options }];
  }),
];

async function ours([, { n }, algorithm, step, term = 'objective-gap', options = {}, over = { objective: 'fixed' }]) {
  const theorem = {
    id: 'asked',
    hypotheses: ['fixed-bounded-below', 'fixed-smooth', 'd-convex'],
    ...{ algorithm, term, onlyLast: true },
    schedule: { step: `${step}/L` },
    ...over,
  };
  const before = cpuUsage();
  const { rows } = await worst(theorem, { ...options, iterations: [n] });
  const { user, system } = cpuUsage(before);
  return { row: rows[0], seconds: (user + system) / 1e6 };
}

/** Their values, seconds and files, in the order of what is asked. */
function theirs(directory, asked) {
  const python = join(directory, 'bin', 'python');
  const ran = (command, words, input) => {
    const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', input });
    if (status === 0) return stdout;
    console.error(`${command} ${words.join(' ')} failed:\n${stderr}`);
    return exit(1);
  };
  if (!existsSync(python)) ran('python3', ['-m', 'venv', directory]);
  ran(python, ['-m', 'pip', 'install', '--quiet', `pepit==${version}`, `autolyap==${versionOfAutoLyap}`, 'clarabel']);
  const said = ran(python, [fileURLToPath(new URL('pepit.py', import.meta.url))], JSON.stringify(asked));
  return said
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('['))
    .map((line) => JSON.parse(line));
}

function nameOf(module, words) {
  const shown = Object.entries(words).filter(([word]) => word !== 'solver');
  return `${module.split('.').at(-1)} ${shown.map(([word, given]) => `${word} ${[given].flat(9).join(' ')}`).join(', ')}`;
}

/** Installs PEPit and AutoLyap in a directory, runs the examples of both sides, and prints the tables. */
async function main(directory) {
  const found = theirs(
    directory,
    examples.map(([module, words]) => [module, words]),
  );
  console.log(
    `| PEPit ${version} | its double | s | \`worst\` | known | s | difference |\n| --- | --- | --- | --- | --- | --- | --- |`,
  );
  let exact = 0;
  for (const [k, example] of examples.entries()) {
    const [value, seconds] = found[k];
    const { row, seconds: own } = await ours(example);
    const [module, words] = example;
    const name = nameOf(module, words);
    const ends = row.answer === 'exact' ? row.upper : row.ends?.join(' … ');
    // PEPit's number is for its γ.
    const divided = value * (example[5]?.divisor ?? 1);
    const off = row.ends === undefined ? '–' : (divided - row.ends[1]).toExponential(1);
    if (row.answer === 'exact') exact++;
    console.log(
      `| ${name} | ${value} | ${seconds.toFixed(2)} | ${ends} | ${row.answer} | ${own.toFixed(2)} | ${off} |`,
    );
  }
  console.log(`\n${exact} of ${examples.length} are exact.`);

  console.log(
    `\n| PEPit ${version}, AutoLyap ${versionOfAutoLyap} | double | s | \`certify\` | s | inequalities used |\n| --- | --- | --- | --- | --- | --- |`,
  );
  let proved = 0;
  const files = theirs(directory, multipliers);
  for (const [k, [module, words]] of multipliers.entries()) {
    const [value, seconds, file] = files[k];
    const before = cpuUsage();
    const { answer, bound, claims } = certify(readMultipliers(file));
    const { user, system } = cpuUsage(before);
    const fraction = bound?.value.toFraction();
    const shown = bound === undefined ? 'every claim' : fraction.length > 16 ? `≤ ${toDouble(bound.value)}` : fraction;
    if (answer === 'proved') proved++;
    const used = claims.map((claim) => `${claim.used} of ${claim.inequalities}`).join(', ');
    console.log(
      `| ${nameOf(module, words)} | ${value} | ${seconds.toFixed(2)} | ${answer === 'proved' ? shown : 'refused'} | ${((user + system) / 1e6).toFixed(2)} | ${used} |`,
    );
  }
  console.log(`\n${proved} of ${multipliers.length} are proved.`);
}

if (argv[1] === fileURLToPath(import.meta.url)) await main(argv[2] ?? join(tmpdir(), 'signprox-pepit'));
