import { type Command, Option } from 'commander';
import { nearestWord } from '../../claims/text.js';
import type { FunctionTraits } from '../../reference/functions/index.js';
import { tableOptions } from '../../report/wording/screen.js';
import { wrap } from '../../report/wording/terminal-text.js';
import { readVocabularies, type VocabularyListing } from '../catalogue.js';
import { examples } from '../options/options.js';
import { UsageError } from '../options/usage-error.js';

/** `signprox functions [type…]`: lists functions and smooth terms under the names that problems and adapters use. */
export function declare(command: Command): void {
  command
    .argument('[type...]', 'list only these, e.g. huber box')
    .addOption(new Option('--format <format>', 'what to print on stdout').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      examples(['signprox functions', 'signprox functions huber box', 'signprox functions --format json']),
    )
    .action(async (types: readonly string[], options: FunctionsOptions) => {
      listFunctions(types, options);
    });
}

/** Lines longer than this are hard to read. */
const widest = 100;

const traitNames: Readonly<Partial<Record<keyof FunctionTraits, string>>> = {
  convex: 'convex',
  separable: 'separable',
  smooth: 'smooth',
  conjugate: 'conjugate known',
};

/** `convex, separable; smooth as what is inside`, or nothing for a smooth term. */
function describeTraits(traits: FunctionTraits | undefined): string {
  if (traits === undefined) return '';
  const names = Object.entries(traitNames) as [keyof FunctionTraits, string][];
  const has = (value: FunctionTraits['convex']): string =>
    names
      .filter(([trait]) => traits[trait] === value)
      .map(([, name]) => name)
      .join(', ');
  const own = traits.convex === 'no' ? ['not convex', has('yes')].filter(Boolean).join(', ') : has('yes');
  const inherited = has('inherited');
  return [own, ...(inherited === '' ? [] : [`${inherited} as what is inside`])].filter(Boolean).join('; ');
}

/** One entry: its name, formula, parameters with their ranges, and properties, in lines of at most `width` columns. */
function entryText({ type, formula, parameters, traits }: VocabularyListing, width: number): string {
  const indented = (text: string): string[] => wrap(text, width - 4).map((line, k) => (k === 0 ? '  ' : '    ') + line);
  const lines = [
    type,
    ...indented(formula),
    ...Object.entries(parameters).flatMap(([name, { allowed, optional, fallback }]) =>
      indented(`${name}: ${allowed}${optional ? `; default ${JSON.stringify(fallback)}` : ''}`),
    ),
  ];
  const properties = describeTraits(traits);
  return [...lines, ...(properties === '' ? [] : indented(properties))].join('\n');
}

/** The vocabulary as text: functions r, then smooth terms d. */
function functionsText(
  chosen: readonly VocabularyListing[],
  terms: readonly VocabularyListing[],
  width: number,
): string {
  const section = (title: string, entries: readonly VocabularyListing[]): string[] =>
    entries.length === 0 ? [] : [title, '', ...entries.flatMap((each) => [entryText(each, width), ''])];
  return `${[...section('Functions r, in problems as "functions":', chosen), ...section('Smooth terms d, in problems as "smooth":', terms)].join('\n').trimEnd()}\n`;
}

function entryJson({ type, formula, parameters, traits, examples }: VocabularyListing): object {
  return {
    type,
    formula,
    parameters: Object.entries(parameters).map(([name, { kind, allowed, optional, fallback }]) => ({
      name,
      kind,
      allowed,
      ...(optional ? { optional, default: fallback } : {}),
    })),
    ...(traits && { traits }),
    examples: examples.map((example) => ({ type, ...example })),
  };
}

/** Options of `signprox functions`. */
interface FunctionsOptions {
  readonly format: 'table' | 'json';
}

/** Prints the entries of the given types, or all of them. */
export function listFunctions(types: readonly string[], { format }: FunctionsOptions): void {
  const { functions, smooth } = readVocabularies();
  const known = [...functions, ...smooth].map(({ type }) => type);
  for (const type of types) {
    if (known.includes(type)) continue;
    const near = nearestWord(type, known);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw new UsageError(`no function is called "${type}"${hint}: see signprox functions`);
  }
  const chosen = (entries: readonly VocabularyListing[]): readonly VocabularyListing[] =>
    types.length === 0 ? entries : entries.filter(({ type }) => types.includes(type));
  const [first, second] = [chosen(functions), chosen(smooth)];
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ functions: first.map(entryJson), smooth: second.map(entryJson) }, null, 2)}\n`
      : functionsText(first, second, Math.min(widest, tableOptions(process.stdout, process.env).width)),
  );
}
