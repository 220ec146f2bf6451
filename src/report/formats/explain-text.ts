import type { Case, Certificate, CertificateTerm, Inequality, Stage } from '../../claims/certificate.js';
import type { Claim } from '../../claims/claim.js';
import { plural } from '../../claims/text.js';
import { type Verdict, verdictLegend } from '../../claims/verdict.js';
import type { DescribedHypothesis } from '../../theory/theorem/audit/hypotheses.js';
import type { Fact } from '../document.js';
import { stableJson } from '../record/json-numbers.js';
import { successVerdicts } from '../record/outcome.js';
import { byPaperOrder, sectionTitle, sourceText } from '../record/paper-sections.js';
import { type Verdict as Said, type ScreenBlock, screenText, type TableOptions } from '../wording/screen.js';
import { displayWidth, hanging, wrap } from '../wording/terminal-text.js';

/** A planted error that the claim finds, and the verdict of its check. */
export interface FoundOut {
  readonly wrong: string;
  readonly verdict: Verdict;
}

/** A theorem that a proof assistant has checked. */
export interface MachineChecked {
  /** Its file, from the root of the package. */
  readonly file: string;
  readonly theorem: string;
  readonly covers?: string;
  /** What it assumes, in words. */
  readonly premises: readonly string[];
}

/** What is told of a claim: all of it is text, so that a claim need not be loaded to be explained. */
export interface Explained
  extends Pick<
    Claim,
    'id' | 'source' | 'statement' | 'method' | 'lines' | 'requires' | 'expected' | 'counterexamples' | 'certificate'
  > {
  readonly hypotheses?: readonly DescribedHypothesis[];
  readonly machineChecked?: MachineChecked;
}

/** The claims that another one is a counterexample to, as far as they are shown. */
type Counterexample = Pick<Claim, 'id' | 'statement' | 'counterexampleTo'>;

/** The part of a claim that the list shows. */
type Listed = Pick<Claim, 'id' | 'source' | 'statement'>;

/** Number of mutants to show: enough to see that a claim can fail. */
const enough = 5;

/** A claim, with what explains it beside what it says of itself. */
export interface Explanation {
  readonly claim: Explained;
  /** The planted errors that it finds. */
  readonly mutants: readonly FoundOut[];
  /** The command that checks it. */
  readonly run: string;
}

/**
 * Claims in words: what is known of each, its place in the paper, what it states, how it is checked, what it needs, known counterexamples and the
 * mutants that it finds. The counterexamples are looked up in `ledger`. Without `ledger` of the options hypotheses and counterexamples have their
 * names alone, and the premises of a proof are left out.
 */
export function explainText(
  explanations: readonly Explanation[],
  ledger: readonly Counterexample[],
  options: TableOptions = {},
  /** Further facts, in a block of their own. */
  further: readonly Fact[] = [],
): string {
  const short = options.ledger !== true;
  const [first, ...others] = explanations as readonly [Explanation, ...Explanation[]];
  return screenText(
    {
      verdict: knownOf(first.claim),
      about: sourceText(first.claim.source),
      blocks: [
        ...explanationBlocks(first, ledger, short),
        ...others.flatMap((other) => explanationBlocks(other, ledger, short, [knownOf(other.claim)])),
        { facts: further },
      ],
      more: short && explanations.some(({ claim }) => leavesOut(claim)) ? ['more: --ledger'] : [],
      exitCode: 0,
    },
    options,
  );
}

/** What is known of a claim without running it: `theorem-1: proved, checked by Coq`. */
function knownOf({ id, machineChecked, certificate }: Explained): Said {
  if (machineChecked !== undefined) return { mark: 'good', text: `${id}: proved, checked by Coq` };
  if (certificate !== undefined) return { mark: 'good', text: `${id}: proved, checked in rationals` };
  return { mark: 'none', text: `${id}: tested` };
}

function explanationBlocks(
  { claim, mutants, run }: Explanation,
  ledger: readonly Counterexample[],
  short: boolean,
  verdicts: readonly Said[] = [],
): ScreenBlock[] {
  const { statement, method, certificate, lines = [] } = claim;
  const each = (label: string, texts: readonly string[]): Fact[] => texts.map((text) => [label, text]);
  const facts: Fact[] = [
    ['states', statement],
    ...each(
      'lines',
      lines.map((line, j) => `${j + 1}. ${line}`),
    ),
    ['checked by', method],
    ...each('proved by', proof(claim, short)),
    ...each('needs', needs(claim, short)),
    // The verdicts of a success go without saying.
    ...(short && claim.expected === undefined ? [] : each('accepts', [accepts(claim)])),
    ...each('limits', limits(claim, ledger, short)),
    ...each('finds out', foundOut(mutants)),
    ['run', { code: run }],
  ];
  return [
    { verdicts, facts },
    ...(certificate === undefined ? [] : [{ lines: (width: number) => certificateText(certificate, width) }]),
  ];
}

/** The claims as JSON, with what is known of the first one in words. */
export const explainJson = (explanations: readonly Explanation[]): string =>
  stableJson({
    verdict: knownOf(explanations[0]!.claim).text,
    claims: explanations.map(({ claim, mutants, run }) => {
      const { id, source, statement, lines, method, requires, expected } = claim;
      const { hypotheses, counterexamples, machineChecked, certificate } = claim;
      return {
        ...{ id, source, statement, lines, method, requires, expected, hypotheses, counterexamples, mutants, run },
        ...{ machineChecked, certificate },
      };
    }),
  });

/** Whether a hypothesis or a premise has more words than its name. */
const leavesOut = ({ machineChecked, hypotheses = [] }: Explained): boolean =>
  machineChecked !== undefined || hypotheses.some(({ short }) => short !== undefined);

function foundOut(mutants: readonly FoundOut[]): string[] {
  const shown = mutants.slice(0, enough).map(({ wrong, verdict }) => `${wrong}: ${verdict}`);
  return mutants.length > enough ? [...shown, `and ${mutants.length - enough} more`] : shown;
}

/** The theorem that Coq has checked, and all that it assumes. */
function proof({ machineChecked }: Explained, short: boolean): string[] {
  if (machineChecked === undefined) return [];
  const { file, theorem, covers, premises } = machineChecked;
  const extent = covers === undefined ? '' : ` (${covers})`;
  const proved = `Coq (machine-checked): ${theorem} in ${file}${extent}`;
  if (short) return [`${proved}, from ${plural(premises.length, 'premise')}`];
  return [`${proved}, from the axioms of its real numbers and these premises:`, ...premises];
}

function needs({ hypotheses: assumed = [], requires }: Explained, isShort: boolean): string[] {
  const { methods = [], algorithms = [], referenceOnly } = requires;
  const offered = [...methods, ...algorithms];
  const isNumbered = (name: string): boolean => /^\d/.test(name);
  return [
    ...assumed.map(({ name, statement, short }) => {
      if (isShort && short !== undefined) return isNumbered(name) ? `${name} ${short}` : `${name}: ${short}`;
      return `${isNumbered(name) ? `Assumption ${name}` : name}: ${statement}`;
    }),
    referenceOnly === true
      ? 'the reference implementation, no other is judged'
      : `an implementation${offered.length === 0 ? ', whatever it offers' : ` that offers ${offered.join(', ')}`}`,
  ];
}

/** Counterexamples: the cases that the statement does not cover, and the claims that refute stronger statements. */
function limits(
  { id, counterexamples = [] }: Explained,
  ledger: readonly Counterexample[],
  short: boolean,
): readonly string[] {
  const refuted = ledger
    .filter(({ counterexampleTo }) => counterexampleTo?.includes(id))
    // What the statement says in a formula follows a colon.
    .map((other) => `${other.id} refutes: ${short ? other.statement.replace(/: .*$/s, '') : other.statement}`);
  const known = [...counterexamples, ...refuted];
  return known.length === 0 ? ['no counterexample is known'] : known;
}

/** The verdicts that are not a failure, with an explanation of those that are not a success either. */
function accepts({ expected = successVerdicts }: Explained): string {
  return expected
    .map((verdict) => (successVerdicts.includes(verdict) ? verdict : `${verdict} (${verdictLegend[verdict]})`))
    .join(', ');
}

/** The claims by section, those of the paper first and in its order: an id with the place of its equation, and below it the statement. */
export function listBySection(claims: readonly Listed[], width: number): string {
  const sections = new Map<string, Listed[]>();
  for (const claim of [...claims].sort(byPaperOrder)) {
    const { section } = claim.source;
    sections.set(section, [...(sections.get(section) ?? []), claim]);
  }
  return [...sections]
    .map(([section, entries]) => {
      const lines = entries.flatMap(({ id, source, statement }) => [
        ...(source.equation === undefined ? [`  ${id}`] : hanging(`  ${id} · `, source.equation, width)),
        ...hanging('    ', statement, width),
      ]);
      return `${[...wrap(sectionTitle({ section }), width), ...lines].join('\n')}\n`;
    })
    .join('\n');
}

const kindNames: Readonly<Record<Stage['kind'], string>> = {
  pathwise: 'for every outcome of the mini-batch',
  expectation: 'in expectation given x',
  total: 'summed over the steps',
  constants: 'about constants',
};

/** A certificate for readers: for each stage the goal, the symbols and, for each case, the combination that equals the goal. */
function certificateText({ stages }: Certificate, width: number): string[] {
  const explained = new Map<string, string>();
  return stages.flatMap((stage, j) => [
    ...(j === 0 ? [] : ['']),
    ...hanging(`Stage ${j + 1} of ${stages.length}: `, `${stage.name} (${kindNames[stage.kind]})`, width),
    ...hanging('  proves   ', stage.statement, width),
    ...hanging('  that is  ', `0 ≤ ${stage.goal}${factorText(stage)}`, width),
    ...symbolLines(stage, explained, width),
    ...premises(stage).flatMap(([label, text]) => {
      if (text === '' || explained.get(label) === text) return [];
      explained.set(label, text);
      return hanging(label, text, width);
    }),
    ...(stage.equation === undefined ? [] : hanging('  using    ', stage.equation.join(' = '), width)),
    ...stage.cases.flatMap((entry) => caseLines(entry, stage, width)),
  ]);
}

/** The symbols that no earlier stage has explained, with the definitions of some of them. */
function symbolLines(stage: Stage, explained: Map<string, string>, width: number): string[] {
  const texts = Object.entries(stage.symbols).map(([symbol, meaning]) => {
    const definition = stage.definitions?.[symbol];
    return [symbol, meaning + (definition === undefined ? '' : `, written ${definition}`)] as const;
  });
  const fresh = texts.filter(([symbol, text]) => explained.get(symbol) !== text);
  for (const [symbol, text] of fresh) explained.set(symbol, text);
  return [
    ...(fresh.length === 0 ? [] : ['  where']),
    ...fresh.flatMap(([symbol, text]) => hanging(`    ${padded(symbol)} `, text, width)),
  ];
}

/** The positive factor of the goal. */
function factorText({ isolates }: Stage): string {
  return isolates === undefined ? '' : `, the statement times ${factor(isolates.factor)} > 0`;
}

/** The assumptions of the proof besides the meaning of the symbols: signs, random symbols, classes of functions, points. */
function premises(stage: Stage): (readonly [label: string, text: string])[] {
  const { positive, nonNegative = [], magnitudes = {}, random = [], functions = {}, points = {} } = stage;
  const used = new Set(Object.keys(stage.symbols));
  const signs = [
    [positive, '> 0'],
    [[...nonNegative, ...Object.keys(magnitudes)], '≥ 0'],
  ] as const;
  const known = signs.map(([names, sign]) => [names.filter((name) => used.has(name)).join(', '), sign].join(' '));
  const classes = Object.entries(functions).map(([name, { convex, modulus }]) =>
    [
      ...(modulus === undefined ? [] : [`∇${name} is ${modulus}-Lipschitz`]),
      ...(convex ? [`${name} is convex`] : []),
    ].join(' and '),
  );
  const places = Object.entries(points).filter(([name, place]) => name !== place);
  return [
    ['  with     ', known.filter((text) => !text.startsWith(' ')).join('; ')],
    ['  random   ', random.join(', ')],
    ['  classes  ', classes.join('; ')],
    ['  points   ', places.map(([name, place]) => `${name} = ${place}`).join(', ')],
  ];
}

const padded = (symbol: string): string => symbol + ' '.repeat(Math.max(0, 3 - displayWidth(symbol)));

function caseLines(entry: Case, stage: Stage, width: number): string[] {
  const conditions = [entry.given, entry.outcome].filter((condition) => condition !== undefined).join(', ');
  const meaning = Object.entries(entry.where ?? {})
    .map(([symbol, expression]) => `${symbol} = ${expression}`)
    .filter((equation) => !conditions.includes(equation));
  const scale = entry.scale === undefined ? '' : `${factor(entry.scale)} × `;
  return [
    ...(conditions === '' ? [] : hanging('  case     ', [conditions, ...meaning].join('; '), width)),
    `    ${scale}goal =${entry.terms.length === 0 ? ' 0' : ''}`,
    ...entry.terms.flatMap((term, j) => hanging(j === 0 ? '        ' : '      + ', termText(term, stage), width)),
  ];
}

/** An expression as one factor: in brackets when it is a sum. */
function factor(expression: string): string {
  let depth = 0;
  for (const character of expression) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0 && (character === '+' || character === '−')) return `(${expression})`;
  }
  return expression;
}

function termText(term: CertificateTerm, stage: Stage): string {
  if ('remainder' in term) return `${factor(term.remainder)}   [≥ 0 term by term]`;
  if ('square' in term) {
    const square = (stage.vectors ?? []).length > 0 ? `‖${term.square}‖²` : `(${term.square})²`;
    return `${factor(term.multiplier)} × ${square}`;
  }
  return `${factor(term.multiplier)} × ${inequalityText(term.inequality, stage)}`;
}

/** The inequality whose slack is multiplied, in the notation of the literature. */
function inequalityText(inequality: Inequality, stage: Stage): string {
  switch (inequality.kind) {
    case 'mean':
      return `[E[${inequality.of}] = 0]`;
    case 'variance':
      return (stage.vectors ?? []).length > 0
        ? `[E‖${inequality.of}‖² ≤ ${inequality.bound}]`
        : `[E[${inequality.of}²] ≤ ${inequality.bound}]`;
    case 'fact': {
      const { expression, because } = stage.facts![inequality.name]!;
      return `[0 ≤ ${expression}: ${because}]`;
    }
    case 'earlier': {
      const totals = Object.entries(inequality.totals ?? {}).map(([product, total]) => `Σ${product} = ${total}`);
      return `[the goal of "${inequality.stage}"${totals.length === 0 ? '' : ` with ${totals.join(', ')}`}]`;
    }
    default:
      return `[${classText(inequality, stage)}]`;
  }
}

function classText({ kind, of, from, to }: Extract<Inequality, { readonly from: string }>, stage: Stage): string {
  const modulus = stage.functions![of]!.modulus;
  const linear = `${of}(${from}) + ⟨∇${of}(${from}), ${to} − ${from}⟩`;
  switch (kind) {
    case 'descent':
      return `${of}(${to}) ≤ ${linear} + (${modulus}/2)‖${to} − ${from}‖²`;
    case 'convexity':
      return `${of}(${to}) ≥ ${linear}`;
    case 'lipschitz':
      return `‖∇${of}(${to}) − ∇${of}(${from})‖² ≤ ${modulus}²‖${to} − ${from}‖²`;
    case 'monotonicity':
      return `∇${of}(${from}) ≤ ∇${of}(${to}) as ${from} ≤ ${to}`;
    case 'steepness':
      return `∇${of}(${to}) − ∇${of}(${from}) ≤ ${modulus}(${to} − ${from}) as ${from} ≤ ${to}`;
  }
}
