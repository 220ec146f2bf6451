import { nearestWord } from '../../claims/nearest.js';
import { explainClaim, listBySection } from '../../report/formats/explain-text.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { loadEntry, readCatalogue } from '../catalogue.js';
import { UsageError } from '../words/usage-error.js';

/** Lines longer than this are hard to read. */
const widest = 100;

/** `signprox explain <claim>`: what a claim says and how it is decided; `--list` names all of them by section. */
export async function explain(id: string | undefined, options: { readonly list?: true }): Promise<void> {
  const width = Math.min(widest, tableOptions(process.stdout, process.env).width);
  const catalogue = readCatalogue();
  if (options.list === true && id === undefined) {
    process.stdout.write(listBySection(catalogue, width));
    return;
  }
  if (options.list === true) throw new UsageError('--list takes no claim: give signprox explain --list, or a claim');
  if (id === undefined) throw new UsageError('which claim? give its id: see signprox explain --list');
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    const near = nearestWord(
      id,
      catalogue.map((candidate) => candidate.id),
    );
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`no claim is called "${id}"${hint}: see signprox explain --list`);
  }
  process.stdout.write(explainClaim(await loadEntry(entry), width, catalogue, entry.mutants));
}
