import type { Case, Certificate, CertificateTerm, Inequality, Stage } from '../../claims/certificate.js';
import { displayWidth, hanging } from './terminal-text.js';

const kindNames: Readonly<Record<Stage['kind'], string>> = {
  pathwise: 'for every outcome of the mini-batch',
  expectation: 'in expectation given x',
  total: 'summed over the steps',
  constants: 'about constants',
};

/** A certificate for people: stage by stage the goal, the symbols and, case by case, the combination that is the goal. */
export function certificateText({ stages }: Certificate, width: number): string[] {
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

/** The symbols that no earlier stage has explained, with the expressions that some of them stand for. */
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

/** What the proof takes for granted beside the meaning of the symbols: signs, what is random, classes of functions, points. */
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

/** The inequality whose slack is multiplied, as the literature writes it. */
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
