import * as vocabulary from '../vocabulary.js';
import type { VocabularyEntry } from './define-function.js';

/** Every factory of the vocabulary by its type, in the order of vocabulary.ts. */
export const registry: ReadonlyMap<string, VocabularyEntry> = new Map(
  Object.values(vocabulary).map((factory) => [factory.definition.type, factory]),
);
