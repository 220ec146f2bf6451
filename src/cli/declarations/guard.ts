import { type Command, InvalidArgumentError, Option } from 'commander';
import { readGuardCatalogue } from '../catalogue.js';
import type { GuardOptions } from '../commands/guard.js';
import { parseDuration } from '../words/duration.js';
import { examples } from '../words/examples.js';
import { theoremWords, withCheckOptions } from '../words/options.js';
import { parseShard } from '../words/shard.js';

/** `signprox guard`: the same claims on somebody else's implementation. */
export function declareGuard(program: Command): void {
  const command = program
    .command('guard')
    .description(
      'check the claims on another implementation: a program that speaks protocol 1.0 or 1.1, a JavaScript module, an optimiser of PyTorch or a prox of NumPy arrays',
    )
    .argument('[command...]', 'after --: the program and its arguments, started without a shell');
  withCheckOptions(command)
    .option('--module <file>', 'a JavaScript module whose default export wears the implementation interface')
    .option('--torch <module:class>', 'a class of optimisers of PyTorch, e.g. my_module:MySignSGD')
    .option('--numpy <module:function>', 'a function of NumPy arrays that is a prox, e.g. my_module:soft_threshold')
    .option('--as <name>', 'what that is to be judged as: the algorithm, e.g. sign-sgd, or the function, e.g. l1')
    .option('--arguments <json>', 'arguments that it is always given, e.g. \'{"mode": "soft"}\'', parseArguments)
    .option('--python <program>', 'the Python that has the module and the library (default: "python3")')
    .option('--theorem <theorem>', `only the bound of ${theoremWords}, on what the implementation's algorithm does`)
    .option('--timeout <duration>', 'for one call: 2, 0.5s, 500ms (default: 2 s)', parseDuration)
    .option(
      '--time-per-part <duration>',
      'of each claim about a function ask no more cases after this long: 10, 0.5s; the function is thin then',
      parseDuration,
    )
    .option(
      '--known-failures <file>',
      'JSON list of { id, reason, url? }, id as prox of huber/eq6-prox: these may fail, and must not pass',
    )
    .option('--write-known-failures <file>', 'write what fails as such a list')
    .option('--only <subjects>', 'only what matches, e.g. "prox of huber" or "step of *,sample"')
    .option('--ledger', 'print what each claim found too')
    .option(
      '--strict',
      'fail for what is wrong only at extreme or degenerate inputs too, and for bounds that are only not refuted',
    )
    .option(
      '--watch',
      'judge again whenever a file in the folder of the adapter changes: first what failed, and everything once that is right',
    )
    .addOption(
      new Option('--shard <i/n>', 'the i-th of n parts, for as many machines: signprox merge makes one report of all')
        .argParser(parseShard)
        .conflicts(['resume', 'baseline', 'theorem', 'replayFailures', 'writeKnownFailures', 'watch', 'list']),
    )
    .option(
      '--list',
      'list what can be asked of the program with the claims on each, or without one the claims, and stop',
    )
    .addHelpText(
      'after',
      examples([
        'signprox guard -- python3 adapter.py',
        'signprox guard --module ./mine.js --depth quick',
        "signprox guard --torch my_module:MySignSGD --only 'step of sign-sgd'",
        'signprox guard --numpy my_module:soft_threshold --as l1',
        "signprox guard --only 'prox of huber' -- python3 adapter.py",
        'signprox guard --list -- python3 adapter.py',
        'signprox guard --theorem my-bound.mjs -- python3 adapter.py',
        'signprox guard --shard 2/4 -- python3 adapter.py',
      ]),
    )
    .action(async (words: readonly string[], options: GuardOptions) => {
      if (options.watch) {
        const { watchGuard } = await import('../commands/watch.js');
        process.exitCode = await watchGuard(words, options);
        return;
      }
      if (
        options.list &&
        words.length === 0 &&
        [options.module, options.torch, options.numpy].every((given) => given === undefined)
      ) {
        const { listClaims } = await import('../commands/list-claims.js');
        listClaims(readGuardCatalogue(), options.claims);
        return;
      }
      const { guard } = await import('../commands/guard.js');
      process.exitCode = await guard(words, options);
    });
}

/** An object of JSON from the command line. */
function parseArguments(value: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch (error) {
    throw new InvalidArgumentError(`arguments are JSON, as in '{"momentum": 0.9}': ${(error as Error).message}`);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  throw new InvalidArgumentError(`arguments are an object of JSON, as in '{"momentum": 0.9}'`);
}
