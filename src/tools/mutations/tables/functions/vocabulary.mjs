/** What judges every function of the vocabulary from the definition of a prox. */
export const vocabulary = { caughtBy: ['src/reference/functions/vocabulary.test'], slow: true };
/** What finds the kinks of every function again by differences. */
export const kinks = { caughtBy: ['src/reference/functions/kinks.test'] };
