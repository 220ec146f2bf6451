import { readTheoremFile, type Theorem, type WrittenTheorem } from '../../src/library/theorems.js';

/** A theorem of the suite from its formulas, read as those of a file are. */
export const written = (theorem: WrittenTheorem): Theorem => readTheoremFile({ theorem }).theorem;

/** κ(ε) of `noiseFactor` as a formula. */
export const noiseFactorFormula = (ε: string): string => {
  const w = `((2 + ${ε})/(1 + 2${ε} + √((1 + ${ε})(1 + 5${ε}))))`;
  return `(√${w}·(2 + ${ε} − ${ε}·${w})/(1 + ${w}))`;
};
