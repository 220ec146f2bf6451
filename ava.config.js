/** The test files that take longest, longest first: one that starts last would keep a core waiting. */
const longest = [
  'src/guard/octave',
  'src/guard/javascript-adapter',
  'src/guard/mutants',
  'src/guard/adapters',
  'src/cli/readme',
  'src/cli/cli',
  'src/cli/package',
  'theorems/mutants/mutants',
  'properties/properties',
  'theorems/theorems',
  'properties/contract/declared-accuracy',
].map((name) => `/dist/${name}.test.js`);

const rank = (file) => {
  const place = longest.findIndex((name) => file.endsWith(name));
  return place < 0 ? longest.length : place;
};

export default {
  files: ['dist/**/*.test.js'],
  timeout: '5m',
  workerThreads: true,
  concurrency: 2,
  sortTestFiles: (a, b) => rank(a) - rank(b) || a.localeCompare(b),
};
