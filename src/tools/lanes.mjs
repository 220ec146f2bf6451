/**
 * The lanes of the tests: what `npm test -- --lane NAME` runs. A lane lists files, by their paths without the ending, or whole folders.
 * What no lane lists is `core`: the unit and property tests and every claim, which `npm test` alone runs. `coverage` is `core`, `planted`,
 * `proofs` and `commands` again, with their lines and branches counted.
 */
const lists = {
  // Wrong implementations of everything that is judged: nothing else is blamed, whatever a library offers and declares.
  planted: [
    'properties/contract/memory-conventions.test',
    'properties/mutants/blame.test',
    'properties/mutants/narrower-offers.test',
    'src/guard/zoo.process.test',
  ],
  // Searches for proofs and for the worst function.
  proofs: [
    'src/theory/bounds/own-theorem/theorem-claims.test',
    'src/theory/proofs/search/prove.test',
    'src/theory/proofs/search/worst.test',
  ],
  // Whole adapters and programs in other languages, through the protocol.
  languages: [
    'src/cli/commands/guard-objects.test',
    'src/cli/commands/identify.test',
    'theorems/shared/independent-numbers.test',
    'src/guard/adapters.test',
    'src/guard/mutants.test',
    'src/guard/vectors/languages.test',
    'src/tools/python.test',
    'theorems/coq',
  ],
  // Optimisers and proximal operators of libraries that others write, and errors that such libraries had.
  libraries: ['src/guard/field-bugs.test', 'src/guard/libraries.test'],
  // Optimisers of optax, Keras and MLX, in the environment whose Python SIGNPROX_FRAMEWORKS names.
  frameworks: ['src/guard/frameworks.test'],
  // What is said of libraries in the table of the field: its data, scripts and pages, and a sample that is judged again.
  field: ['src/tools/field.test'],
  // Pages in a browser, and every command that a page of the documentation shows.
  pages: [
    'src/cli/docs-pages.test',
    'src/cli/library-pages.test',
    'src/cli/readme.test',
    'src/report/html/page-in-browser.test',
    'src/report/html/statements-in-browser.test',
    'src/tools/site.test',
    'theorems/report/findings-page.test',
  ],
  // What users install and run: the packed package, `init`, interruption, full disks and queues.
  package: [
    'src/cli/additions.test',
    'src/cli/commands/init.test',
    'src/cli/commands/watch.test',
    'src/cli/full-disk.test',
    'src/cli/interruption.test',
    'src/cli/jumping-clock.test',
    'src/cli/package.test',
    'src/cli/queue-faults.test',
    'src/cli/queue-runs.test',
    'src/cli/queue.test',
    'src/library/examples.test',
  ],
  // Each command with what its users may give it, and the processes that it starts and judges.
  commands: [
    'src/cli/commands',
    'src/cli/sweeps',
    'src/guard/module-process.test',
    'src/guard/process-implementation.process.test',
  ],
};

/** Seconds of processor time of test files that take more than five, without loading: an entry of a run has about as many as another. */
const seconds = {
  'properties/algorithms/stateful/follow.test': 40,
  'properties/contract/memory-conventions.test': 90,
  'properties/mutants/blame.test': 100,
  'properties/mutants/kill-matrix.test': 30,
  'properties/mutants/narrower-offers.test': 120,
  'properties/properties.test': 52,
  'properties/prox/direct-algorithms.test': 9,
  'properties/prox/prox.test': 21,
  'src/cli/commands/bounds.test': 16,
  'src/cli/commands/guard-configured.test': 15,
  'src/cli/commands/guard-objects.test': 60,
  'src/cli/commands/guard-time.test': 25,
  'src/cli/commands/guard.test': 30,
  'src/cli/commands/mcp.test': 34,
  'src/cli/commands/prove.test': 40,
  'src/cli/commands/theorem-files.test': 30,
  'src/cli/commands/vectors.test': 14,
  'src/cli/commands/verify.test': 14,
  'src/cli/commands/worst.test': 10,
  'src/cli/smoke.test': 18,
  'src/cli/sweeps/sweeps.test': 14,
  'src/executors/replicate-pool.test': 5,
  'src/guard/field-bugs.test': 250,
  'src/guard/frameworks.test': 80,
  'src/guard/libraries.test': 600,
  'src/guard/module-process.test': 34,
  'src/guard/process-implementation.process.test': 30,
  'src/guard/vectors/names.test': 19,
  'src/library/check-claims.test': 14,
  'src/theory/bounds/own-theorem/theorem-claims.test': 40,
  'src/theory/proofs/search/prove.test': 220,
  'src/theory/proofs/search/worst.test': 100,
  'src/tools/site.test': 100,
  'theorems/coq/theorem-files.test': 100,
  'theorems/theorems.test': 24,
};

/** @param {string} name a test file, by its path without the ending */
export const secondsOf = (name) => seconds[name] ?? 0.5;

/** Tests that `check` leaves out, and `mutate` runs last. */
export const takesLong = (name) => secondsOf(name) > 40 || !['core', 'commands'].includes(laneOf(name));

export const laneNames = ['core', ...Object.keys(lists), 'coverage'];

/** The lanes whose lines and branches `coverage` counts. */
export const countedLanes = ['core', 'planted', 'proofs', 'commands'];

/**
 * The lane of a test file, given by its path without the ending.
 * @param {string} name
 */
export const laneOf = (name) =>
  Object.entries(lists).find(([, paths]) => paths.some((path) => name === path || name.startsWith(`${path}/`)))?.[0] ??
  'core';

/**
 * Entries of the lanes for which there is no test.
 * @public a test asks for them
 * @param {readonly string[]} names every test file's path without the ending
 */
export const idleEntries = (names) =>
  Object.values(lists)
    .flat()
    .concat(Object.keys(seconds))
    .filter((path) => !names.some((name) => name === path || name.startsWith(`${path}/`)));
