import { enumerationEngine } from './enumeration-engine.js';
import type { ExactEngine, ExactEngineName } from './exact-engine.js';
import { latticeEngine } from './lattice-engine.js';
import { momentsEngine } from './moments-engine.js';

/** The engines by name; each says why when it does not apply. */
export const exactEngines: Readonly<Record<ExactEngineName, ExactEngine>> = {
  enumeration: enumerationEngine,
  moments: momentsEngine,
  lattice: latticeEngine,
};
