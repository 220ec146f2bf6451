// Runs AVA and prints the ten slowest tests when it ends: to stderr, since stdout may be TAP. Reporters of AVA are not told the durations in
// every format, so that what it tells its reporters is read here. A module loaded by a flag of node would be loaded by all that tests start.
import process from 'node:process';

const ava = (file) => import(new URL(`../${file}`, import.meta.resolve('ava')).href);
const { default: RunStatus } = await ava('lib/run-status.js');
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

await ava('entrypoints/cli.mjs');
