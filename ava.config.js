export default {
  files: ['dist/**/*.test.js', 'dist/.entries/**/*.test.js'],
  // Without a result for this long a run is ended, and then its TAP has no plan. One test asks a whole adapter every claim.
  timeout: '30m',
  workerThreads: true,
  concurrency: 2,
};
