import type { Command } from 'commander';
import { Option } from 'commander';
import type { Identity } from '../../claims/vector-verdicts.js';
import { anything } from '../../guard/named-object.js';
import { readVectorFiles } from '../../guard/vectors/check-answers.js';
import { compared, identityOf, shippedVectors, type Told } from '../../guard/vectors/identify.js';
import type { VectorFile } from '../../guard/vectors/vector-file.js';
import { isStateful, statefulAlgorithmNames } from '../../reference/algorithms/stateful/names.js';
import { identityScreen, identityVerdict } from '../../report/formats/identity-report.js';
import { stableJson } from '../../report/record/json-numbers.js';
import { type ExitCode, exitCodes } from '../../report/record/outcome.js';
import { screenText, tableOptions } from '../../report/wording/screen.js';
import { parseDuration } from '../options/numbers.js';
import { examples } from '../options/options.js';
import { UsageError } from '../options/usage-error.js';
import { isNamedObject, type Subprocess, targetOf } from '../runs/guard-target.js';
import { openTarget } from '../runs/open-target.js';
import { interruptible } from '../threads/interruptible.js';
import { parseArguments, parseDeclared } from './guard.js';

/** `signprox identify`: which algorithm or prox an implementation is, and with which conventions. */
export function declare(command: Command): void {
  command
    .argument(
      '[target...]',
      'my_module:MyOptimiser, ./mine.mjs or ./mine.mjs:MyAdam; after --, a program and its arguments',
    )
    .option('--as <name>', 'only ask whether it is this, e.g. adamw or l1')
    .option('--arguments <json>', 'arguments of every call by name', parseArguments)
    .option('--declare <json>', 'what hello would declare of it, e.g. \'{"dtype": "f32"}\'', parseDeclared)
    .option('--python <program>', 'the Python that can import the module')
    .option('--timeout <duration>', 'limit of one call: 2, 0.5s, 500ms (default: 20 s)', parseDuration)
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      examples(
        [
          'signprox identify my_module:MyOptimiser',
          'signprox identify ./mine.mjs',
          'signprox identify -- python3 adapter.py',
        ],
        `Asks the test vectors, and says which convention explains all answers: exit 0. Where none
does, it says which known bug does: exit 1. It names nothing that only some answers fit, nor what
has no questions about an argument that it takes.`,
      ),
    )
    .action(async (words: readonly string[], options: IdentifyOptions, called: Command) => {
      const { rawArgs } = called.parent as unknown as { readonly rawArgs: readonly string[] };
      process.exitCode = await interruptible((signal) => identify(words, options, rawArgs.includes('--'), signal));
    });
}

interface IdentifyOptions {
  readonly as?: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly declare?: Readonly<Record<string, unknown>>;
  readonly python?: string;
  readonly timeout?: number;
  readonly format: 'table' | 'json';
}

async function identify(
  words: readonly string[],
  options: IdentifyOptions,
  isProgram: boolean,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (words.length === 0) {
    throw new UsageError(
      'nothing to identify: give my_module:MyOptimiser, ./mine.mjs, ./mine.mjs:MyAdam or a program after --',
    );
  }
  const { as, format, ...rest } = options;
  // A program and a module say themselves what they offer.
  const target = targetFor(words, rest, isProgram);
  const files = await readVectorFiles(shippedVectors);
  // What judges an object has values and gradients of its own.
  const isObject = target.kind === 'object';
  const wanted = [...files.values()].filter(
    ({ subject }) =>
      (as === undefined || subject === as || subject === `prox-${as}`) &&
      !(isObject && /^(?:value|gradient|policy)-/.test(subject)),
  );
  if (wanted.length === 0) throw new UsageError(`there are no test vectors about ${as}: see signprox functions`);
  const found = await askedAll(target, wanted, signal);
  if (found === undefined) throw new UsageError(`nothing that ${words.join(' ')} offers has test vectors`);
  const isDeclared = !isObject;
  const verdict = identityVerdict(found.identities, isDeclared);
  const exitCode = verdict.mark === 'bad' ? exitCodes.claimFailed : exitCodes.ok;
  process.stdout.write(
    format === 'json'
      ? stableJson({ verdict: verdict.text, exitCode, asked: found.identities })
      : screenText(
          identityScreen(found.name, found.identities, exitCode, isDeclared),
          tableOptions(process.stdout, process.env),
        ),
  );
  return exitCode;
}

/** The implementation that the words name; a program and a module say themselves what they offer. */
function targetFor(
  words: readonly string[],
  options: Omit<IdentifyOptions, 'as' | 'format'>,
  isProgram: boolean,
): Subprocess {
  const isObject = !isProgram && words.length === 1 && isNamedObject(words[0]!);
  return targetOf(words, { ...options, ...(isObject && { as: anything }) }, isProgram);
}

interface Found {
  readonly name: string;
  readonly identities: readonly Identity[];
}

/** Asks the implementation all that it may be. Undefined if it answers nothing. */
async function askedAll(
  target: Subprocess,
  files: readonly VectorFile[],
  signal: AbortSignal,
): Promise<Found | undefined> {
  let name = '';
  let refusal: unknown;
  const told: Told[] = [];
  for (const each of alternatives(target, files)) {
    signal.throwIfAborted();
    try {
      const opened = await openTarget(each, '1', AbortSignal.any([signal]));
      const { description } = opened.implementation;
      name = `${description.name} ${description.version}`;
      // A module may answer whatever it is asked as.
      const isOffered = ({ subject }: VectorFile): boolean =>
        (each.kind === 'object' && each.as === anything) ||
        !isStateful(subject) ||
        description.statefulAlgorithms?.includes(subject) === true;
      try {
        for (const file of files.filter(isOffered))
          told.push(...[(await identityOf(opened.implementation, file)) ?? []].flat());
      } finally {
        await opened.close(false);
      }
    } catch (error) {
      // As this it cannot be judged; as something else it may.
      if (!(error instanceof UsageError)) throw error;
      refusal ??= error;
    }
    if (told.some(({ identity, takes }) => identity.is && (takes.length > 0 || identity.lacks.length === 0))) break;
  }
  if (told.length === 0 && refusal !== undefined) throw refusal;
  return told.length === 0 ? undefined : { name, identities: compared(told) };
}

/** An object of JavaScript is a function of arrays, or else an optimiser of TensorFlow.js. */
function alternatives(target: Subprocess, files: readonly VectorFile[]): readonly Subprocess[] {
  if (target.kind !== 'object' || target.library !== 'javascript') return [target];
  // As sgd an optimiser is right whose momentum is wrong: so it is asked about one before.
  const named = [...new Set(['momentum-sgd', 'sgd', 'sign-sgd', ...statefulAlgorithmNames])];
  const algorithms = named.filter((name) => files.some(({ subject }) => subject === name));
  return [anything, ...algorithms].map((as) => ({ ...target, as }));
}
