import { fuzz } from './fuzz.js';

// `npm run fuzz -- [lines] [seed]`; the default is a million lines.
const [lines = '1000000', seed = '1'] = process.argv.slice(2);
const started = performance.now();
const before = process.memoryUsage().rss;
const result = fuzz(Number(lines), seed, (done) => {
  if (done % 100_000 === 0) process.stderr.write(`${done} lines\n`);
});
const grown = (process.memoryUsage().rss - before) / 2 ** 20;
process.stdout.write(
  `${result.lines} lines in ${((performance.now() - started) / 1000).toFixed(1)} s: ${result.accepted} accepted, ` +
    `${result.rejected} rejected, ${result.tooLong} too long; ${grown.toFixed(0)} MiB more in use\n`,
);
