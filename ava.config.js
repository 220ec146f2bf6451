import { startFirst } from './src/tools/lanes.mjs';

/** The longest files come first. */
function place(file) {
  const index = startFirst.findIndex((name) => file.endsWith(`/dist/${name}.js`));
  return index < 0 ? startFirst.length : index;
}

export default {
  files: ['dist/**/*.test.js'],
  // Without a result for this long a run is ended, and then its TAP has no plan. One test asks a whole adapter every claim.
  timeout: '30m',
  workerThreads: true,
  concurrency: 2,
  sortTestFiles: (a, b) => place(a) - place(b) || a.localeCompare(b),
};
