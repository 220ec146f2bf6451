// AVA, with its options, and at its end the ten slowest tests: on stderr, since stdout may be TAP. Reporters of AVA do not print durations in
// every format, so that what it tells its reporters is read here.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { uncountedTests } from './long-tests.mjs';

// Counting the lines that are run costs a fifth of the time, more where many processes are started: files of tests that run again what others
// count run without. AVA has one environment for all of its threads.
const threads = createRequire(import.meta.url)('node:worker_threads');
threads.Worker = class extends threads.Worker {
  constructor(url, options) {
    const file = options?.workerData?.options?.file ?? '';
    if (uncountedTests.some((name) => file.endsWith(`/dist/${name}.js`))) delete options.env.NODE_V8_COVERAGE;
    super(url, options);
  }
};
syncBuiltinESMExports();

const ava = import.meta.resolve('ava');
const { default: RunStatus } = await import(new URL('../lib/run-status.js', ava).href);

const tests = [];
const { emitStateChange } = RunStatus.prototype;
RunStatus.prototype.emitStateChange = function (event) {
  if (event.duration !== undefined) tests.push(event);
  return emitStateChange.call(this, event);
};
process.on('exit', () => {
  const slowest = tests.sort((a, b) => b.duration - a.duration).slice(0, 10);
  const lines = slowest.map(({ duration, title, testFile }) => {
    const file = testFile.replace(/^.*\/dist\//, '').replace('.test.js', '');
    return `${(duration / 1000).toFixed(1).padStart(7)} s  ${file}: ${title}\n`;
  });
  process.stderr.write(`\nThe slowest of ${tests.length} tests:\n${lines.join('')}`);
});

await import(new URL('./cli.mjs', ava).href);
