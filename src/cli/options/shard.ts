import { InvalidArgumentError } from 'commander';

/** The i-th of n parts of a run that several machines share. */
export interface Shard {
  /** 1 … of. */
  readonly index: number;
  /** The number of parts. */
  readonly of: number;
}

/** Largest number of parts of one run: each part starts a process and loads the claims. */
const mostShards = 256;

/** `2/4` from the command line. */
export function parseShard(value: string): Shard {
  const [, index, of] = (/^(\d{1,3})\/(\d{1,3})$/.exec(value) ?? []).map(Number);
  if (!(index! >= 1 && index! <= of! && of! <= mostShards)) {
    throw new InvalidArgumentError(`a shard is i/n with 1 <= i <= n <= ${mostShards}, e.g. 2/4`);
  }
  return { index: index!, of: of! };
}

export const shardText = ({ index, of }: Shard): string => `${index}/${of}`;

/** The directory of a shard's report, below `--out`. */
export const shardDirectory = ({ index, of }: { readonly index: number | '*'; readonly of: number }): string =>
  `shard-${index}-of-${of}`;
