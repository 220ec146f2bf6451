import { compare, compileC, describeMachine, numpy, suite } from './harness.mjs';

const wanted = process.argv.slice(2);
const benchmarks = {
  'phase-retrieval-gradient': () =>
    compare('K2  phase-retrieval gradient, 3000 × 2500', [
      suite('phase-retrieval-gradient'),
      compileC('phase-retrieval-gradient', ['-ffast-math']),
      numpy('phase_retrieval_gradient'),
    ]),
};

const unknown = wanted.filter((name) => benchmarks[name] === undefined);
if (unknown.length > 0) {
  console.error(`bench: no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 2;
} else {
  console.log(describeMachine());
  for (const [name, run] of Object.entries(benchmarks)) if (wanted.length === 0 || wanted.includes(name)) run();
}
