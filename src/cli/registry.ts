import { properties } from '../../properties/index.js';
import { theorems } from '../../theorems/index.js';
import type { Claim } from '../claims/claim.js';

/** The whole ledger, in the paper's order within each registry. */
export const ledger: readonly Claim[] = [...properties, ...theorems];
