import type { CommandContext } from './command-thread.js';

/** A command that computes for ever without a pause. */
export function run(_options: object, { say }: CommandContext): never {
  say('endless');
  for (;;);
}
