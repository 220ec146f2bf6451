import { parse } from 'node:path/posix';
import { type Command, Option } from 'commander';
import { nearestWord } from '../../claims/text.js';
import { coqFiles } from '../../report/coq/coq-files.js';
import type { Fact } from '../../report/document.js';
import { type Explanation, explainJson, explainText, listBySection } from '../../report/formats/explain-text.js';
import { tableOptions } from '../../report/wording/screen.js';
import { loadEntry, readCatalogue, root } from '../catalogue.js';
import { asTyped } from '../options/as-typed.js';
import { examples, theoremWords } from '../options/options.js';
import { shellQuote, UsageError } from '../options/usage-error.js';
import { stdout } from '../user-files/watched.js';

/** `signprox explain <claim>`: what a claim states and how it is checked; `--list` lists all claims by section. */
export function declare(command: Command): void {
  command
    .argument('[claim]', 'the id of a claim, e.g. theorem-2 or certificate-theorem-1-sharp')
    .option('--list', 'list every claim by section of the paper')
    .addOption(
      new Option('--format <format>', 'what to print; coq: the proof of a theorem or certificate, which coqc can check')
        .choices(['text', 'json', 'coq'])
        .default('text'),
    )
    .option('--theorem <theorem>', `explain what is checked of ${theoremWords}`)
    .option('--ledger', 'every hypothesis, counterexample and premise in full')
    .addHelpText(
      'after',
      examples([
        'signprox explain theorem-1',
        'signprox explain certificate-theorem-1',
        'signprox explain --list',
        'signprox explain --theorem my-bound.mjs',
        'signprox explain theorem-1 --format coq > theorem_1.v && coqc theorem_1.v',
      ]),
    )
    .action(async (id: string | undefined, options: ExplainOptions) => {
      await explain(id, options);
    });
}

interface ExplainOptions {
  readonly list?: true;
  readonly format: 'text' | 'json' | 'coq';
  /** A theorem instead of a claim. */
  readonly theorem?: string;
  readonly ledger?: true;
}

/** Prints what the options ask for. */
export async function explain(id: string | undefined, options: ExplainOptions): Promise<void> {
  if (options.format === 'coq' && id === undefined) {
    throw new UsageError('--format coq writes one proof: give a claim that has one, such as theorem-1');
  }
  const layout = { ...tableOptions(stdout, process.env), ledger: options.ledger };
  const catalogue = readCatalogue();
  if (options.theorem !== undefined) {
    if (id !== undefined) throw new UsageError('--theorem replaces the claim: give only one of them');
    const { claims, schedules } = await ofTheorem(options.theorem);
    stdout.write(options.format === 'json' ? explainJson(claims) : asTyped(explainText(claims, [], layout, schedules)));
    return;
  }
  if (options.list === true && id === undefined) {
    if (options.format === 'json')
      throw new UsageError('--list has no JSON: signprox verify --format json has all claims');
    stdout.write(listBySection(catalogue, layout.width));
    return;
  }
  if (options.list === true) throw new UsageError('--list takes no claim: give signprox explain --list, or a claim');
  if (id === undefined) throw new UsageError('which claim? give its id: see signprox explain --list');
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (entry === undefined) {
    const near = nearestWord(
      id,
      catalogue.map((candidate) => candidate.id),
    );
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`no claim is called "${id}"${hint}: see signprox explain --list`);
  }
  if (options.format === 'coq' && entry.machineChecked !== undefined) {
    const { dir, name } = parse(entry.machineChecked.file);
    stdout.write(coqFiles(new URL(`${dir}/`, root)).completeFile(name));
    return;
  }
  if (options.format === 'coq' && entry.certified !== true) {
    throw new UsageError(`${id} has no proof for Coq: give a claim that has one, such as theorem-1`);
  }
  // The proof is no part of the catalogue.
  const loaded = entry.certified === true ? await loadEntry(entry) : undefined;
  if (loaded !== undefined && options.format === 'coq') {
    const { certificateCoq } = await import('../../report/coq/certificate-coq.js');
    stdout.write(certificateCoq(loaded));
    return;
  }
  const { mutants, module: _, certified: __, ...told } = entry;
  const claim = { ...told, ...(loaded?.certificate && { certificate: loaded.certificate }) };
  const explained = [{ claim, mutants, run: `signprox verify --claims ${id}` }];
  stdout.write(options.format === 'json' ? explainJson(explained) : asTyped(explainText(explained, catalogue, layout)));
}

/** The claims about a theorem, and how to run them at each of its other schedules. */
async function ofTheorem(word: string): Promise<{ readonly claims: Explanation[]; readonly schedules: Fact[] }> {
  const [{ loadTheorem }, { theoremEntries }, { describeHypothesis }] = await Promise.all([
    import('../problems/load-theorem.js'),
    import('../runs/theorem-entries.js'),
    import('../../theory/theorem/audit/hypotheses.js'),
  ]);
  const loaded = await loadTheorem(word);
  const claims = await Promise.all(theoremEntries(loaded).map(loadEntry));
  const controls = loaded.controls.map(({ name }) => ({ wrong: name, verdict: 'violated' as const }));
  const run = `signprox verify --theorem ${shellQuote(word)}`;
  return {
    claims: claims.map(({ hypotheses = [], machineChecked: _, ...claim }, k) => ({
      claim: { ...claim, hypotheses: hypotheses.map(describeHypothesis) },
      mutants: k === 0 ? controls : [],
      run: `${run} --claims ${claim.id}`,
    })),
    schedules: Object.entries(loaded.theorem.schedules ?? {}).flatMap(([name, { statement }]): Fact[] => [
      [`schedule ${name}`, statement],
      ['', { code: `${run} --schedule ${name}` }],
    ]),
  };
}
