import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { readCatalogue } from '../catalogue.js';

/** `signprox complete bash`: the script that completes commands, options, choices and claims. Declare it last: it covers what was declared before. */
export function declareComplete(program: Command): void {
  const { commands } = tab(program);
  const claim = commands.get('explain')?.arguments.get('claim');
  if (claim === undefined) return;
  claim.handler = (complete) => {
    for (const { id, source } of readCatalogue()) complete(id, source.section);
  };
}
