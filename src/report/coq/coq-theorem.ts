import type { Stage } from '../../claims/certificate.js';
import { identifier, outcome } from './coq-expression.js';
import type { Premise } from './coq-premises.js';

/** A theorem of the file: its text, the symbols that it is about and its premises, in order. */
export interface Theorem {
  readonly text: string;
  readonly symbols: readonly string[];
  readonly premises: readonly Premise[];
}

/** What is particular to one theorem of a stage. */
export interface TheoremParts {
  readonly kind: 'Theorem' | 'Lemma' | 'Corollary';
  readonly name: string;
  /** What comes before the symbols, e.g. the law of the outcome. */
  readonly before?: string;
  readonly conclusion: string;
  readonly proof: string;
  readonly premises: readonly Premise[];
  /** Whether random symbols are functions of the outcome. */
  readonly atOutcome: boolean;
}

const isSign = ({ name }: Premise): boolean => /_(positive|nonneg)$/.test(name);

/** A theorem about those symbols of the stage that occur in anything but their own sign. */
export function theorem(parts: TheoremParts, stage: Stage): Theorem {
  const { kind, name, before, conclusion, proof, atOutcome } = parts;
  const others = parts.premises.filter((premise) => !isSign(premise)).map(({ text }) => text);
  const used = new Set([conclusion, proof, ...others].join(' ').split(/[^\p{L}\p{M}\p{N}_']+/u));
  const premises = parts.premises.filter(
    (premise) => !isSign(premise) || used.has(premise.name.replace(/_(positive|nonneg)$/, '')),
  );
  const symbols = Object.keys(stage.symbols).filter((symbol) => used.has(identifier(symbol)));
  const groups = byType(symbols, stage, atOutcome);
  const text = [
    ...(kind === 'Theorem' ? [explanation(stage, symbols)] : []),
    [
      `${kind} ${name}`,
      ...(before === undefined ? [] : [before]),
      ...groups.map(({ type, members }) => `(${members.join(' ')} : ${type})`),
      ':',
    ].join(' '),
    ...premises.map(({ comment, text, isRandom }) => {
      const said = comment === undefined ? '' : `  ${commented('(*', [comment])}\n`;
      const quantified =
        atOutcome && isRandom ? `(forall ${outcome}, ${text})` : /->|\\\//.test(text) ? `(${text})` : text;
      return `${said}  ${quantified} ->`;
    }),
    `  ${conclusion}.`,
    'Proof.',
    ...(premises.length === 0 ? ['  intros.'] : [`  intros ${premises.map((premise) => premise.name).join(' ')}.`]),
    proof,
    'Qed.',
  ].join('\n');
  return { text, symbols: groups.flatMap(({ members }) => members), premises };
}

/** The symbols by their types: numbers before vectors, and what depends on the outcome last. */
function byType(symbols: readonly string[], { vectors = [], random = [] }: Stage, atOutcome: boolean) {
  const types = [
    [false, false, 'R'],
    [false, true, 'vector'],
    [true, false, 'Outcome -> R'],
    [true, true, 'Outcome -> vector'],
  ] as const;
  return types.flatMap(([isRandom, isVector, type]) => {
    const members = symbols.filter(
      (symbol) => (atOutcome && random.includes(symbol)) === isRandom && vectors.includes(symbol) === isVector,
    );
    return members.length === 0 ? [] : [{ type, members: members.map(identifier) }];
  });
}

const kinds: Readonly<Record<Stage['kind'], string>> = {
  pathwise: 'for every outcome of the mini-batch',
  expectation: 'in expectation given x',
  total: 'summed over the steps',
  constants: 'about constants',
};

/** What the theorem of a stage says and what its symbols mean. */
function explanation({ name, kind, statement, symbols }: Stage, used: readonly string[]): string {
  return commented('(**', [
    `${name}, ${kinds[kind]}:`,
    `${statement}.`,
    ...used.map((symbol) => `  ${identifier(symbol)}  ${symbols[symbol]}`),
  ]);
}

/** Lines as a comment of Coq, which `f*)` and quotes would end or open. */
export function commented(start: '(*' | '(**', lines: readonly string[]): string {
  return `${start} ${lines.join('\n    ').replaceAll('*', '∗').replaceAll('"', "'")} *)`;
}
