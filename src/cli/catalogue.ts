import { readFileSync } from 'node:fs';
import type { Claim } from '../claims/claim.js';
import type { FunctionTraits, Parameter } from '../reference/functions/index.js';
import type { Explained, FoundOut } from '../report/formats/explain-text.js';

/** What is told of a claim without loading it. */
export interface CatalogueEntry
  extends Omit<Explained, 'certificate'>,
    Pick<Claim, 'judgesFunctions' | 'sumsUp' | 'counterexampleTo'> {
  /** The module of the claim, from the compiled root. */
  readonly module: string;
  /** The mutants that the claim finds out. */
  readonly mutants: readonly FoundOut[];
  /** Whether the claim has a proof as data, which is not told here. */
  readonly certified?: true;
}

/** The compiled root, two levels above the compiled file. */
const compiled = new URL('../../', import.meta.url);

/** The file of the catalogue: the build writes it from the claims and their mutants. */
export const catalogueFile = new URL('catalogue.json', compiled);

/** What is told of a type of function or of a smooth term without loading it. */
export interface VocabularyListing {
  readonly type: string;
  readonly formula: string;
  readonly parameters: Readonly<
    Record<string, Pick<Parameter, 'kind' | 'allowed'> & Partial<Pick<Parameter, 'optional' | 'fallback'>>>
  >;
  readonly traits?: FunctionTraits;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

/** Both vocabularies in their order. */
export interface Vocabularies {
  readonly functions: readonly VocabularyListing[];
  readonly smooth: readonly VocabularyListing[];
}

/** The file of the vocabularies: the build writes it from the definitions. */
export const vocabulariesFile = new URL('vocabularies.json', compiled);

export const readVocabularies = (): Vocabularies => JSON.parse(readFileSync(vocabulariesFile, 'utf8')) as Vocabularies;

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
export async function loadEntry(entry: CatalogueEntry): Promise<Claim> {
  const { loadClaim } = await import('../claims/load-claims.js');
  return loadClaim(entryModule(entry));
}
