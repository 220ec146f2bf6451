import { longTests } from './src/tools/lanes.mjs';

/** The longest files come first. */
function place(file) {
  const index = longTests.findIndex((name) => file.endsWith(`/dist/${name}.js`));
  return index < 0 ? longTests.length : index;
}

export default {
  files: ['dist/**/*.test.js'],
  // Without a result for this long a run is ended, and then its TAP has no plan. Coq keeps a worker busy for minutes.
  timeout: '30m',
  workerThreads: true,
  concurrency: 2,
  sortTestFiles: (a, b) => place(a) - place(b) || a.localeCompare(b),
};
