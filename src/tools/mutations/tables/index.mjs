import { algorithms } from './algorithms.mjs';
import { certified } from './certified.mjs';
import { claims } from './claims.mjs';
import { cli } from './cli.mjs';
import { exact } from './exact.mjs';
import { functions } from './functions.mjs';
import { guard } from './guard.mjs';
import { proofs } from './proofs.mjs';
import { properties } from './properties.mjs';
import { report } from './report.mjs';
import { sampling } from './sampling.mjs';
import { smooth } from './smooth.mjs';
import { statistics } from './statistics.mjs';
import { theorems } from './theorems.mjs';

/** @type {readonly import('../table.mjs').Group[]} */
export const groups = [
  algorithms,
  certified,
  claims,
  cli,
  exact,
  functions,
  guard,
  proofs,
  properties,
  report,
  sampling,
  smooth,
  statistics,
  theorems,
].flat();
