import { drawCost } from './cost.mjs';
import { counterexamples } from './counterexamples.mjs';
import { guardCalls, optimiserVerdicts } from './guard.mjs';
import { compare, compileC, describeMachine, suite, tell } from './harness.mjs';
import { playground } from './playground.mjs';
import { scale } from './scale.mjs';
import { startUp } from './startup.mjs';
import { proofSearch, twoThreads, wholeVerify } from './verify.mjs';

const wanted = process.argv.slice(2);
/** K1: the time of one replicate of T = 1000. */
const monteCarlo = (algorithm) => () =>
  compare(`K1  Monte Carlo, ${algorithm}, n = 10, K = 20, T = 1000, per replicate`, [
    suite('monte-carlo', [algorithm, 'kernel']),
    compileC('monte-carlo', [], [algorithm]),
    suite('monte-carlo', [algorithm, 'reference'], 'the readable reference'),
  ]);

const benchmarks = {
  'monte-carlo-spgm': monteCarlo('spgm'),
  'monte-carlo-sign-prox': monteCarlo('sign-prox'),
  lattice: () =>
    compare('K4  lattice of one coordinate of signProx in expectation, T = 10 000', [
      suite('lattice', [10_000]),
      compileC('lattice', [], [10_000]),
    ]),
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
  'total-variation': () =>
    compare('K3  total-variation prox of 50 × 50 pixels, 100 iterations', [
      suite('total-variation', [], 'WebAssembly'),
      compileC('total-variation'),
    ]),
  guard: guardCalls,
  optimisers: () => optimiserVerdicts(),
  counterexamples,
  startup: () => startUp(),
  cost: drawCost,
  scale,
  playground: () => playground(),
  proofs: proofSearch,
  threads: () => twoThreads(),
  verify: wholeVerify,
};
/** Minutes long, or with a file of the repository as output: they run when they are asked for by name. */
const onRequest = ['cost', 'counterexamples', 'optimisers', 'playground', 'proofs', 'scale', 'threads', 'verify'];

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
