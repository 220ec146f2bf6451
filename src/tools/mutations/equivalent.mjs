/**
 * Operator mutants whose output is that of the original for every input: the file, the expression before and after as the report of
 * `npm run mutate` shows them, and why. They leave the sample.
 * @type {readonly (readonly [file: string, from: string, to: string, why: string])[]}
 */
export const equivalents = [];
