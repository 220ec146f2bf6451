import { runTasks } from '../../executors/threads.js';
import type { CommandModule, CommandTools } from '../../report/contribution.js';
import { makeDirectory, writeWhole } from '../../report/write-reports.js';
import { compiled } from '../catalogue.js';
import { examples, seedOption, workersOption } from '../options/options.js';
import { requireWritable } from '../options/output-directory.js';
import { UsageError } from '../options/usage-error.js';
import { interruptible } from '../threads/interruptible.js';

const tools: CommandTools = {
  seedOption,
  workersOption,
  examples,
  usageError: (message) => new UsageError(message),
  requireWritable,
  makeDirectory,
  writeWhole,
  interruptible,
  runTasks,
};

/** A command of a collection, from the path of its module below the compiled root. */
export async function loadContributed(module: string) {
  const { declare } = (await import(new URL(module, compiled).href)) as CommandModule;
  return { declare: (command: Parameters<typeof declare>[0]) => declare(command, tools) };
}
