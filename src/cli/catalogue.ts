import { readFileSync } from 'node:fs';
import type { Claim } from '../claims/claim.js';
import type { FunctionTraits, Parameter } from '../reference/functions/index.js';
import type { Contribution } from '../report/contribution.js';
import type { Explained, FoundOut } from '../report/formats/explain-text.js';

/** Claim metadata, readable without importing the claim. */
export interface CatalogueEntry
  extends Omit<Explained, 'certificate'>,
    Pick<Claim, 'version' | 'judgesFunctions' | 'sumsUp' | 'counterexampleTo'> {
  /** The collection that the claim is of, `suite` or `paper`; none for a theorem of the user's. */
  readonly collection?: string;
  /** The module of the claim, from the compiled root. */
  readonly module: string;
  /** The planted errors that the claim finds. */
  readonly mutants: readonly FoundOut[];
  /** Whether the claim has a proof as data, which is not told here. */
  readonly certified?: true;
}

/** The compiled root, two levels above the compiled file. */
export const compiled = new URL('../../', import.meta.url);

/** The root of the package. */
export const root = new URL('../', compiled);

/** The catalogue's file. The build writes it from the claims and their mutants. */
export const catalogueFile = new URL('catalogue.json', compiled);

/** The file with what collections add to the suite. The build writes it from the collections. */
export const contributionsFile = new URL('contributions.json', compiled);

/** A command that a collection adds. */
export interface ContributedCommand {
  /** The command with its arguments, as the help shows them. */
  readonly usage: string;
  readonly description: string;
  /** The module that declares its options and runs it, from the compiled root. */
  readonly module: string;
}

/** What collections add: modules of reports, from the compiled root, and commands. */
export interface Contributions {
  readonly reports: readonly string[];
  readonly commands: readonly ContributedCommand[];
}

const listedContributions = (): Contributions => JSON.parse(readFileSync(contributionsFile, 'utf8')) as Contributions;

/** The commands that collections add, without their modules. */
export const contributedCommands = (): readonly ContributedCommand[] => listedContributions().commands;

/** What the collections add to reports, which is loaded when a report is made. */
export async function readContributions(): Promise<readonly Contribution[]> {
  return Promise.all(
    listedContributions().reports.map(async (path) => {
      const { report } = (await import(new URL(path, compiled).href)) as { readonly report: Contribution };
      return report;
    }),
  );
}

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

/** The metadata of all claims, in the paper's order. A command loads only the claims that it needs. */
export function readCatalogue(): readonly CatalogueEntry[] {
  return JSON.parse(readFileSync(catalogueFile, 'utf8')) as readonly CatalogueEntry[];
}

/** The claims that can be checked on an implementation other than the reference. */
export function readGuardCatalogue(): readonly CatalogueEntry[] {
  return readCatalogue().filter(({ requires }) => requires.referenceOnly !== true);
}

/** URL of the module of an entry's claim. */
export const entryModule = ({ module }: CatalogueEntry): URL => new URL(module, compiled);

/** The claim of an entry. */
export async function loadEntry(entry: CatalogueEntry): Promise<Claim> {
  const { loadClaim } = await import('../claims/load-claims.js');
  return loadClaim(entryModule(entry), entry.id);
}
