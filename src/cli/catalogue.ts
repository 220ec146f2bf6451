import { readFileSync } from 'node:fs';
import type { Claim } from '../claims/claim.js';
import { loadClaim } from '../claims/load-claims.js';
import type { FoundOut } from '../report/formats/explain-text.js';

/** What is told of a claim without loading it. */
export interface CatalogueEntry
  extends Pick<Claim, 'id' | 'source' | 'statement' | 'requires' | 'judgesFunctions' | 'sumsUp' | 'counterexampleTo'> {
  /** The module of the claim, from the compiled root. */
  readonly module: string;
  /** The mutants that the claim finds out. */
  readonly mutants: readonly FoundOut[];
}

/** The compiled root, two levels above the compiled file. */
const compiled = new URL('../../', import.meta.url);

/** The file of the catalogue: the build writes it from the claims and their mutants. */
export const catalogueFile = new URL('catalogue.json', compiled);

/** The whole ledger in the paper's order, without its claims: a command loads those that it needs. */
export function readCatalogue(): readonly CatalogueEntry[] {
  return JSON.parse(readFileSync(catalogueFile, 'utf8')) as readonly CatalogueEntry[];
}

/** The claims that an implementation other than the reference can be asked for. */
export function readGuardCatalogue(): readonly CatalogueEntry[] {
  return readCatalogue().filter(({ requires }) => requires.referenceOnly !== true);
}

/** URL of the module of an entry's claim. */
export const entryModule = ({ module }: CatalogueEntry): URL => new URL(module, compiled);

/** The claim of an entry. */
export const loadEntry = (entry: CatalogueEntry): Promise<Claim> => loadClaim(entryModule(entry));
