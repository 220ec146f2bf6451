import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { stepsChart, worstChart } from '../../report/charts/worst-chart.js';
import { certificateCoq } from '../../report/coq/certificate-coq.js';
import { type WorstRecord, worstJson, worstMarkdown, worstTable } from '../../report/formats/worst-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory } from '../../report/write-reports.js';
import { type Worst, worst } from '../../theory/proofs/search/worst.js';
import { ownSchedule } from '../../theory/theorem/named-schedules.js';
import { NoModelError } from '../../theory/theorem/theorem-fields.js';
import { readTheoremWithoutBound } from '../../theory/theorem/theorem-file.js';
import { cannotWrite } from '../options/output-directory.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { type LoadedTheorem, loadTheorem, theoremErrorText } from '../problems/load-theorem.js';
import type { CommandContext, CommandResult } from '../threads/command-thread.js';

/** Options of `signprox worst`. */
export interface WorstCommandOptions {
  readonly theorem: string;
  readonly schedule?: string;
  readonly upTo: number;
  readonly by?: 'gap' | 'distance';
  readonly strongConvexity?: string;
  readonly format: 'table' | 'json' | 'markdown' | 'coq';
  readonly out?: string;
  readonly bySteps?: true;
  /** Seconds. */
  readonly budget: number;
  readonly strict?: true;
}

/** `signprox worst`: the worst case, exact or enclosed. */
export async function run(options: WorstCommandOptions, { say, stdout }: CommandContext): Promise<CommandResult> {
  const loaded = await loadTheorem(options.theorem, options.schedule, readTheoremWithoutBound);
  const { theorem, word } = loaded;
  const end = performance.now() + 1000 * options.budget;
  const inTime = (text: string): void => {
    say(text);
    if (performance.now() > end)
      throw new UsageError(
        `${word}: the budget of ${options.budget} s is spent; give a larger --budget, or a smaller --up-to`,
      );
  };
  const { from = 1 } = theorem;
  let found: Worst;
  try {
    if (from > options.upTo) throw new NoModelError(`the theorem is about T ≥ ${from}: give --up-to ${from}, or more`);
    found = await worst(theorem, {
      iterations: Array.from({ length: options.upTo - from + 1 }, (_, k) => from + k),
      ...(options.by && { start: options.by }),
      ...(options.strongConvexity !== undefined && { strongConvexity: options.strongConvexity }),
      ...(options.bySteps && { bySteps: true }),
      say: inTime,
      // At another schedule than its own the file's functions are called in another way than they are written.
      ...(!loaded.ofSuite && loaded.schedule === ownSchedule && { source: { text: readFileSync(word, 'utf8') } }),
    });
  } catch (error) {
    const why =
      error instanceof NoModelError ? `no model of its worst case: ${error.message}` : theoremErrorText(error);
    if (why !== undefined) throw new UsageError(`${word}: ${why}`);
    throw error;
  }
  const record: WorstRecord = {
    ...found,
    ...(options.out === undefined ? { written: [] } : await write(options.out, found, loaded)),
  };
  const isSure = found.answer === 'exact' && found.compared === undefined;
  const exitCode = options.strict && !isSure ? exitCodes.claimFailed : exitCodes.ok;
  return { stdout: textOf(record, options, tableOptions(stdout, process.env), exitCode), exitCode };
}

function textOf(
  record: WorstRecord,
  { format }: WorstCommandOptions,
  layout: ReturnType<typeof tableOptions>,
  exitCode: number,
): string {
  switch (format) {
    case 'json':
      return worstJson(record);
    case 'markdown':
      return worstMarkdown(record);
    case 'coq':
      if (record.certificate === undefined)
        throw new UsageError(`${record.theorem}: there is no certificate for Coq: the worst case was not found`);
      return coqOf(record)!;
    default:
      return worstTable(record, layout, exitCode);
  }
}

const coqOf = ({ theorem, statement, certificate }: Worst): string | undefined =>
  certificate &&
  certificateCoq({
    ...{ id: `worst-case-of-${theorem}`, statement, certificate, writtenBy: 'signprox worst' },
    stated: { name: theorem, values: [] },
  });

/** Writes what was found, and says into which files; with the command that runs the function that attains the last value. */
async function write(
  directory: string,
  found: Worst,
  { ofSuite, word, theorem }: LoadedTheorem,
): Promise<Pick<WorstRecord, 'written' | 'again'>> {
  const id = `${found.theorem}-worst`;
  const attained = found.rows.flatMap(({ iterations, attained: by }) => (by ? [{ iterations, ...by }] : []));
  const problemFile = (iterations: number) => `${id}-${iterations}.json`;
  const bounded = ofSuite || theorem.module === undefined ? undefined : theoremText(directory, word, found, theorem);
  const files: Record<string, string | undefined> = {
    [`${id}.mjs`]: bounded,
    ...Object.fromEntries(
      attained.map(({ iterations, instance }) => [
        problemFile(iterations),
        `${JSON.stringify(instance.problem, undefined, 2)}\n`,
      ]),
    ),
    [`${id}.svg`]: worstChart(found),
    [`${id}-by-steps.svg`]: stepsChart(found),
    [`${id}-certificate.json`]: found.certificate && `${JSON.stringify(found.certificate, undefined, 2)}\n`,
    // coqc takes a file's name for a module, in which a hyphen is an error.
    [`${id.replaceAll('-', '_')}.v`]: coqOf(found),
  };
  const written: string[] = [];
  try {
    await makeDirectory(directory);
    for (const [name, text] of Object.entries(files)) {
      if (text === undefined) continue;
      written.push(join(directory, name));
      await writeFile(written.at(-1)!, text);
    }
  } catch (error) {
    throw cannotWrite(directory, (error as Error).message);
  }
  const last = attained.at(-1);
  if (last === undefined) return { written };
  const named = bounded === undefined ? word : join(directory, `${id}.mjs`);
  const { iterations, instance } = last;
  return {
    written,
    again: `signprox bounds --theorem ${shellQuote(named)} --problem ${shellQuote(join(directory, problemFile(iterations)))} --start ${shellQuote(JSON.stringify(instance.start))} --iterations ${iterations}`,
  };
}

/** Where an object with the theorem begins, and its fields that get other words. */
const beginning = /^export const theorem = \{\n/m;
const ownWords = /^ {2}(?:id|statement): '[^'\n]*',\n/gm;

/**
 * The user's theorem with the worst case for its bound, as a module beside the problems: its own text with a bound if it is plain enough, which `prove` reads; else a
 * module that imports it.
 */
function theoremText(
  directory: string,
  word: string,
  found: Worst,
  { objective, hypotheses, inverseConditionNumber }: LoadedTheorem['theorem'],
): string | undefined {
  const { theorem, left, unit, class: functions, rows, conjecture, modulus } = found;
  const known = rows.filter(({ upper }) => upper !== undefined);
  if (known.length === 0) return undefined;
  const values = known.map(({ iterations, upper }) => `${iterations}: ${upper!.replace('/', ' / ')}`);
  const start = unit.includes('x*') ? 'distance' : 'gap';
  const ofValues = unit.startsWith('M');
  const powers = /^L²/.test(unit) ? ['lipschitz ** 2'] : /^L/.test(unit) ? ['lipschitz'] : [];
  const multiple =
    conjecture === undefined ? `(({ ${values.join(', ')} })[T] ?? Number.POSITIVE_INFINITY)` : `(${conjecture.code})`;
  const at = known.map(({ iterations }) => iterations).join(', ');
  const isExact = rows.every(({ answer }) => answer === 'exact');
  const isDivided = unit.endsWith('/L');
  const byStep = /\/γ(²?)$/.exec(unit);
  const words = [
    ...(powers.length > 0 || isDivided ? ['lipschitz'] : []),
    ...(ofValues ? ['valueLipschitz'] : []),
    ...(unit === 'M²' ? [] : [start]),
  ].join(', ');
  const ofGap = isDivided ? 'gap.upper / lipschitz' : 'gap.upper';
  const ofM = unit === 'M²' ? 'valueLipschitz ** 2' : 'valueLipschitz * distance.upper';
  const size = ofValues ? ofM : start === 'distance' ? 'distance.upper ** 2' : ofGap;
  const divisor = byStep === null ? '' : ` / step${byStep[1] === '' ? '' : ' ** 2'}`;
  const taken = byStep === null ? '' : ', { step }';
  const fields = [
    `id: '${theorem}-worst'`,
    `statement: '${left} ≤ c·${unit}, c = ${conjecture?.formula ?? 'the values that were found'}'`,
    `bound: (T, { ${words} }${taken}) => ${[multiple, ...powers, size].join(' * ')}${divisor}`,
  ].map((field) => `  ${field},\n`);
  const head = `// ${isExact ? 'The worst case' : 'A bound of the worst case'} at T = ${at}${conjecture ? '; for other T it is a conjecture' : ''}. By signprox worst, for ${functions}.\n`;
  const text = readFileSync(word, 'utf8');
  const isPlain =
    text.split(beginning).length === 2 && !/\b(?:import|bound)\b/.test(text) && text.match(ownWords)?.length === 2;
  if (isPlain && (modulus === undefined || inverseConditionNumber !== undefined))
    return head + text.replaceAll(ownWords, '').replace(beginning, (line) => line + fields.join(''));
  const from = relative(resolve(directory), resolve(word)).split(sep).join('/');
  const strong = modulus === undefined ? '' : `  inverseConditionNumber: ${modulus.replace('/', ' / ')},\n`;
  const strongly = objective === 'fixed' ? 'fixed-strongly-convex' : 'd-strongly-convex';
  const named =
    modulus === undefined || hypotheses.includes(strongly)
      ? ''
      : `  hypotheses: [...given.hypotheses, '${strongly}'],\n`;
  return `${head}import * as file from ${JSON.stringify(from.startsWith('.') ? from : `./${from}`)};

const given = file.theorem ?? file.default;

export const theorem = {
  ...given,
${fields.join('')}${named}${strong}};
`;
}
