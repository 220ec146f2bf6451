import { drawCost } from './cost.mjs';
import { counterexamples } from './counterexamples.mjs';
import { guardCalls } from './guard.mjs';
import { compare, compileC, describeMachine, suite, tell } from './harness.mjs';
import { scale } from './scale.mjs';
import { startUp } from './startup.mjs';
import { proofSearch, twoThreads, wholeVerify } from './verify.mjs';

const wanted = process.argv.slice(2);
/** K1: one algorithm on one kind of r_k; the time of one replicate of T = 1000. */
function monteCarlo(algorithm, kind) {
  return () =>
    compare(`K1  Monte Carlo, ${algorithm}, ${kind} r_k, n = 10, K = 20, T = 1000, per replicate`, [
      suite('monte-carlo', [algorithm, kind, 'kernel']),
      compileC('monte-carlo', [], [algorithm, kind]),
      suite('monte-carlo', [algorithm, kind, 'reference'], 'the readable reference'),
    ]);
}

/** K4: one coordinate of signProx for T iterations, in expectation. */
function lattice(T) {
  return () => {
    compare(`K4  lattice, T = ${T}, all points that can be reached`, [
      suite('lattice', [T, 'all'], 'all points'),
      compileC('lattice', [], [T]),
    ]);
    compare(`K4  lattice, T = ${T}, the window, what is dropped in the interval`, [
      suite('lattice', [T, 'window'], 'window'),
      suite('lattice', [T, 'all'], 'all points'),
      compileC('lattice', [], [T]),
    ]);
  };
}

const benchmarks = {
  'monte-carlo-spgm': monteCarlo('spgm', 'linear'),
  'monte-carlo-sign-prox': monteCarlo('sign-prox', 'linear'),
  'monte-carlo-spgm-quadratic': monteCarlo('spgm', 'quadratic'),
  'monte-carlo-sign-prox-quadratic': monteCarlo('sign-prox', 'quadratic'),
  'lattice-2000': lattice(2000),
  'lattice-10000': lattice(10_000),
  'phase-retrieval-gradient': async () => {
    const c = compileC('phase-retrieval-gradient', ['-ffast-math']);
    const title = 'K2  phase-retrieval gradient, 3000 × 2500';
    compare(title, [suite('phase-retrieval-gradient', [], 'WebAssembly'), c]);
    compare(title, [suite('phase-retrieval-gradient', ['javascript'], 'JavaScript'), c]);
    const workers = [
      suite('phase-retrieval-workers', [], 'two workers, WebAssembly'),
      suite('phase-retrieval-workers', ['javascript'], 'two workers, JavaScript'),
    ];
    await tell(`${title}, two at once to one alone`, workers, c);
  },
  'total-variation': () => {
    const title = 'K3  total-variation prox of 50 × 50 pixels, 100 iterations';
    const [natural, fast] = [[], ['-ffast-math']].map((flags) => compileC('total-variation', flags));
    compare(title, [suite('total-variation', [], 'WebAssembly'), natural, fast]);
    compare(title, [suite('total-variation', ['javascript'], 'JavaScript'), natural, fast]);
    compare(title, [suite('total-variation', ['definition'], 'the readable definition'), natural], 3);
  },
  guard: guardCalls,
  counterexamples,
  startup: () => startUp(),
  cost: drawCost,
  scale,
  proofs: proofSearch,
  threads: () => twoThreads(),
  verify: wholeVerify,
};
/** Minutes long, or with a file of the repository as output: they run when they are asked for by name. */
const onRequest = ['cost', 'counterexamples', 'proofs', 'scale', 'threads', 'verify'];

const unknown = wanted.filter((name) => benchmarks[name] === undefined);
if (wanted.includes('--help') || wanted.includes('-h')) {
  console.log(`npm run bench [-- <name> ...]: all but ${onRequest.join(', ')}, or those that are named`);
  console.log(Object.keys(benchmarks).join('\n'));
} else if (unknown.length > 0) {
  console.error(`bench: no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 2;
} else {
  console.log(describeMachine());
  for (const [name, run] of Object.entries(benchmarks)) {
    if (wanted.length === 0 ? !onRequest.includes(name) : wanted.includes(name)) await run();
  }
  if (wanted.length === 0) console.log(`\nrun only when asked for by name: npm run bench -- ${onRequest.join(' ')}`);
}
