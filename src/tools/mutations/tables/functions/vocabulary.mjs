/** What judges every function of the vocabulary from the definition of a prox. */
export const vocabulary = { caughtBy: ['src/reference/functions/vocabulary.test'], slow: true };
