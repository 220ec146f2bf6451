import { compare, compileC, describeMachine, suite } from './harness.mjs';
import { optimiserVerdicts } from './optimisers.mjs';
import { startUp } from './startup.mjs';
import { wholeTests } from './tests.mjs';
import { wholeVerify } from './verify.mjs';

const wanted = process.argv.slice(2);
/** K1: the time of one replicate of T = 1000. */
const monteCarlo = (algorithm) => () =>
  compare(`K1  Monte Carlo, ${algorithm}, n = 10, K = 20, T = 1000, per replicate`, [
    suite('monte-carlo', [algorithm, 'kernel']),
    compileC('monte-carlo', [algorithm]),
    suite('monte-carlo', [algorithm, 'reference'], 'the readable reference'),
  ]);

const benchmarks = {
  'monte-carlo-spgm': monteCarlo('spgm'),
  'monte-carlo-sign-prox': monteCarlo('sign-prox'),
  optimisers: () => optimiserVerdicts(),
  startup: () => startUp(),
  tests: wholeTests,
  verify: wholeVerify,
};
/** Minutes long: they run when they are asked for by name. */
const onRequest = ['optimisers', 'tests', 'verify'];

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
