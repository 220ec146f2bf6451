import { InvalidArgumentError } from 'commander';

/** A part of a run that several machines share: the i-th of n. */
export interface Shard {
  /** 1 … of. */
  readonly index: number;
  /** How many parts there are. */
  readonly of: number;
}

/** Most parts of one run: every one of them starts a process and loads the claims. */
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

/** The directory of a shard's report below that of the whole. */
export const shardDirectory = ({ index, of }: { readonly index: number | '*'; readonly of: number }): string =>
  `shard-${index}-of-${of}`;
