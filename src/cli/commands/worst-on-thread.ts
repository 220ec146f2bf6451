import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stepsChart, worstChart } from '../../report/charts/worst-chart.js';
import { certificateCoq } from '../../report/coq/certificate-coq.js';
import { type WorstRecord, worstJson, worstMarkdown, worstTable } from '../../report/formats/worst-report.js';
import { exitCodes } from '../../report/record/outcome.js';
import { tableOptions } from '../../report/wording/screen.js';
import { makeDirectory } from '../../report/write-reports.js';
import { formulaText } from '../../theory/formulas/formula-text.js';
import { type Worst, worst } from '../../theory/proofs/search/worst.js';
import { NoModelError } from '../../theory/theorem/theorem-fields.js';
import { readTheoremWithoutBound } from '../../theory/theorem/theorem-file.js';
import { algorithmTexts } from '../../theory/theorem/written-algorithm.js';
import { algorithmFormulas, scheduleFormulas } from '../../theory/theorem/written-theorem.js';
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
  const exitCode = options.strict && found.answer !== 'exact' ? exitCodes.claimFailed : exitCodes.ok;
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
  const bounded = ofSuite ? undefined : theoremText(found, theorem);
  const files: Record<string, string | undefined> = {
    [`${id}.json`]: bounded,
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
  const named = bounded === undefined ? word : join(directory, `${id}.json`);
  const { iterations, instance } = last;
  return {
    written,
    again: `signprox bounds --theorem ${shellQuote(named)} --problem ${shellQuote(join(directory, problemFile(iterations)))} --start ${shellQuote(JSON.stringify(instance.start))} --iterations ${iterations}`,
  };
}

/** The units of a worst case in the letters of a formula. */
const letters: readonly (readonly [words: string, letters: string])[] = [
  ['(f(x⁰) − f*)', 'Δ'],
  ['f(x⁰) − f*', 'Δ'],
  ['‖x⁰ − x*‖²', 'D²'],
  ['‖x⁰ − x*‖', 'D'],
];

/** The user's theorem with the worst case for its bound, as a file beside the problems; undefined where nothing was found. */
function theoremText(found: Worst, theorem: LoadedTheorem['theorem']): string | undefined {
  const { left, unit, rows, conjecture, modulus } = found;
  const known = rows.filter(({ upper }) => upper !== undefined);
  const schedule = scheduleFormulas(theorem);
  if (known.length === 0 || schedule === undefined || typeof theorem.term === 'function') return undefined;
  const multiple =
    conjecture?.formula ??
    known
      .map(({ iterations, upper }) => `${upper} if T = ${iterations} else `)
      .reduceRight((rest, each) => each + rest, '∞');
  const of = letters.reduce((text, [words, letter]) => text.replace(words, letter), unit);
  const own = algorithmFormulas(theorem);
  const strongly = theorem.objective === 'fixed' ? 'fixed-strongly-convex' : 'd-strongly-convex';
  const isNew = modulus !== undefined && !theorem.hypotheses.includes(strongly);
  const [above, below = '1'] = (modulus ?? '').split('/').map(Number);
  const fields = {
    id: `${found.theorem}-worst`,
    statement: `${left} ≤ c·${unit}, c = ${conjecture?.formula ?? 'the values that were found'}`,
    ...(theorem.objective && { objective: theorem.objective }),
    hypotheses: [...theorem.hypotheses, ...(isNew ? [strongly] : [])],
    ...(modulus === undefined
      ? theorem.inverseConditionNumber !== undefined && { inverseConditionNumber: theorem.inverseConditionNumber }
      : { inverseConditionNumber: above! / Number(below) }),
    algorithm: own === undefined ? theorem.algorithm : algorithmTexts(own),
    schedule: { step: formulaText(schedule.step), miniBatch: formulaText(schedule.miniBatch) },
    term: theorem.term,
    ...(theorem.onlyLast && { onlyLast: true }),
    ...(theorem.from !== undefined && { from: theorem.from }),
    bound: `(${multiple})·${of}`,
  };
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}
