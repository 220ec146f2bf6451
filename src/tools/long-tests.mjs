/** The test files that take longest, longest first, by their paths without the ending. */
export const longTests = [
  'src/guard/octave.test',
  'src/guard/libraries.test',
  'src/guard/javascript-adapter.test',
  'src/guard/mutants.test',
  'src/guard/adapters.test',
  'src/cli/commands/init.test',
  'src/cli/add-a-function.test',
  'src/cli/readme.test',
  'src/cli/docs-pages.test',
  'src/cli/interruption.test',
  'src/cli/package.test',
  'theorems/mutants/mutants.test',
  'properties/properties.test',
  'theorems/theorems.test',
  'src/report/coq/certificate-coq.test',
  'properties/contract/declared-accuracy.test',
];

/** Those whose lines other tests cover too. */
export const uncountedTests = longTests.filter(
  (name) =>
    !['properties/properties.test', 'theorems/theorems.test', 'properties/contract/declared-accuracy.test'].includes(
      name,
    ),
);
