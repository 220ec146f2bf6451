// Loaded before AVA, prints the ten slowest tests when it ends: to stderr, since stdout may be TAP. Reporters of AVA are not told the
// durations in every format, so that what it tells its reporters is read here.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const { default: RunStatus } = await import(new URL('../lib/run-status.js', import.meta.resolve('ava')).href);

// Workers load this too, and run nothing but tests.
if (isMainThread) {
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
}
