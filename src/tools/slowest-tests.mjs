// AVA, with its options, and at its end the ten slowest tests: on stderr, since stdout may be TAP. Reporters of AVA do not print durations in
// every format, so that what it tells its reporters is read here.
import process from 'node:process';

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
