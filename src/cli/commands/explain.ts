import type { Command } from 'commander';
import { explainClaim, listBySection } from '../../report/formats/explain-text.js';
import { tableOptions } from '../../report/formats/ledger-table.js';
import { claimMutants } from '../claim-mutants.js';
import { nearestWord } from '../nearest.js';
import { ledger } from '../registry.js';
import { UsageError } from '../usage-error.js';

/** Lines longer than this are hard to read. */
const widest = 100;

/** `signprox explain <claim>`: what a claim says and how it is decided; `--list` names all of them by section. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description(
      'say what a claim states, how it is checked, what it needs and what it finds out; print its proof where it has one',
    )
    .argument('[claim]', 'the id of a claim, e.g. theorem-2 or certificate-theorem-1-sharp')
    .option('--list', 'list every claim by section of the paper')
    .action(async (id: string | undefined, options: { list?: true }) => {
      const width = Math.min(widest, tableOptions(process.stdout, process.env).width);
      if (options.list === true && id === undefined) {
        process.stdout.write(listBySection(ledger, width));
        return;
      }
      if (options.list === true)
        throw new UsageError('--list takes no claim: give signprox explain --list, or a claim');
      if (id === undefined) throw new UsageError('which claim? give its id: see signprox explain --list');
      const claim = ledger.find((entry) => entry.id === id);
      if (claim === undefined) {
        const near = nearestWord(
          id,
          ledger.map((entry) => entry.id),
        );
        const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
        throw new UsageError(`no claim is called "${id}"${hint}: see signprox explain --list`);
      }
      const mutants = (await claimMutants()).filter((mutant) => mutant.claim === id);
      process.stdout.write(explainClaim(claim, width, ledger, mutants));
    });
}
