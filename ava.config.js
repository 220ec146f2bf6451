import { longTests } from './src/tools/lanes.mjs';

/** The longest files come first. */
function place(file) {
  const index = longTests.findIndex((name) => file.endsWith(`/dist/${name}.js`));
  return index < 0 ? longTests.length : index;
}

export default {
  files: ['dist/**/*.test.js'],
  timeout: '5m',
  workerThreads: true,
  concurrency: 2,
  sortTestFiles: (a, b) => place(a) - place(b) || a.localeCompare(b),
};
