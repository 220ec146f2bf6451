import * as vocabulary from '../vocabulary.js';
import type { SmoothFactory } from './define-smooth.js';

/** Every factory of the smooth vocabulary by its type, in the order of vocabulary.ts. */
export const smoothRegistry: ReadonlyMap<string, SmoothFactory> = new Map(
  Object.values(vocabulary).map((factory) => [factory.definition.type, factory as SmoothFactory]),
);
