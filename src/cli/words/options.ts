import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Depth } from '../../claims/claim.js';
import { depths } from '../../claims/claim.js';
import { type FormatName, formatNames } from '../../report/formats/format-names.js';
import { nearestWord } from './nearest.js';
import { UsageError } from './usage-error.js';

/** Options shared by every command that checks claims. */
export interface CheckOptions {
  readonly claims?: string;
  readonly depth: Depth;
  readonly seed: string;
  readonly format: FormatName;
  readonly out: string;
  readonly workers: number;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly resume?: string;
}

/** Where reports are written when nothing else is asked for. */
export const defaultOut = 'reports';

/** Adds the shared options to a command. */
export function withCheckOptions(command: Command): Command {
  return command
    .option('--claims <glob>', 'only claims whose id matches, e.g. "eq*" or "theorem-1,eq6-prox"')
    .addOption(new Option('--depth <depth>', 'how much work').choices(depths).default('standard'))
    .option('--seed <seed>', 'master seed: every random choice derives from it', parseSeed, '1')
    .addOption(new Option('--format <format>', 'what is printed on stdout').choices(formatNames).default('table'))
    .option('--baseline <file>', 'compare with an earlier run: what got worse or is missing fails')
    .option('--update-baseline', 'write this run to the file of --baseline and say what changed')
    .option('--out <directory>', 'where reports are written', defaultOut)
    .addOption(
      new Option(
        '--resume <file>',
        'finish the run whose record an interruption left, e.g. reports/incomplete/bounds.json',
      ).conflicts(['claims', 'depth', 'seed']),
    )
    .option(
      '--workers <count>',
      'worker threads for claims and their Monte Carlo (no influence on any result)',
      parseWorkers,
      availableParallelism(),
    );
}

/** A seed from the command line. */
export function parseSeed(value: string): string {
  if (!/^[\w.:+-]{1,100}$/.test(value)) {
    throw new InvalidArgumentError('a seed is 1 to 100 letters, digits or any of . : + - _');
  }
  return value;
}

/** A number of worker threads from the command line. */
export function parseWorkers(value: string): number {
  const count = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  if (!(count <= 256)) {
    throw new InvalidArgumentError('the number of workers is an integer from 0 (in process) to 256');
  }
  return count;
}

/** Claims whose id matches one of the comma-separated globs (`*` any text, `?` one character). */
export function selectClaims<Named extends { readonly id: string }>(
  claims: readonly Named[],
  glob: string | undefined,
): readonly Named[] {
  if (glob === undefined) return claims;
  const patterns = glob.split(',').map((part) => part.trim());
  for (const pattern of patterns) {
    if (!claims.some((claim) => matches(pattern, claim.id))) {
      const near = claims.find((claim) => pattern.length > 2 && claim.id.includes(pattern.replaceAll(/[*?]/g, '')));
      const hint = near === undefined ? '' : ` (did you mean ${near.id}?)`;
      throw new UsageError(`no claim matches "${pattern}"${hint}: see signprox verify --list`);
    }
  }
  return claims.filter((claim) => patterns.some((pattern) => matches(pattern, claim.id)));
}

/** A pattern of names matches none of them. */
export class NothingMatches extends UsageError {}

/** Names that match one of the comma-separated globs; a pattern that matches none is named with the nearest name. */
export function selectNames(names: readonly string[], globs: string, see: string): readonly string[] {
  const patterns = globs.split(',').map((part) => part.trim());
  for (const pattern of patterns) {
    if (names.some((name) => matches(pattern, name))) continue;
    const near = nearestWord(pattern, names);
    throw new NothingMatches(
      `nothing matches "${pattern}"${near === undefined ? '' : ` (did you mean ${near}?)`}: see ${see}`,
    );
  }
  return names.filter((name) => patterns.some((pattern) => matches(pattern, name)));
}

function matches(pattern: string, id: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(id);
}
