import type { Certificate, Stage } from '../../claims/certificate.js';
import { CoqWriter, identifier } from './coq-expression.js';
import { inequalitiesOf } from './coq-premises.js';
import type { Theorem } from './coq-theorem.js';

/** What the theorems of the stages are applied to. */
export interface Story {
  readonly kind: 'gradient' | 'distance' | 'potential';
  readonly noisy: boolean;
  /** The stages of one step, with and without noise; of the potential there is one stage. */
  readonly random?: Stage;
  readonly still: Stage;
  readonly bound?: Stage;
  readonly proved: ReadonlyMap<string, Theorem>;
}

/** One term of Coq for each symbol of a stage, by its identifier. */
export type Terms = Readonly<Record<string, string>>;

/** The kinds of one step by the potential and the summand. */
const kinds: Readonly<Record<string, Story['kind']>> = {
  'f, ‖g‖²': 'gradient',
  '1/2 ‖x‖², f − f*': 'distance',
  'tγ(f − f*) + 1/2 ‖x‖², ': 'potential',
};

/** What the stages are a proof of; undefined for momentum, averages, sign steps, SPGM and T steps at once. */
export function storyOf({ stages }: Certificate, proved: ReadonlyMap<string, Theorem>): Story | undefined {
  const named = (name: string) => stages.find((stage) => stage.name === name);
  const still = named('one step without noise') ?? named('one step of a run');
  const total = named('T steps') ?? named('the last iterate');
  const bound = named('the bound');
  const random = named('one step in expectation');
  const known = { proved, noisy: random !== undefined, ...(random && { random }), ...(bound && { bound }) };
  // Momentum has a potential with weights of its own, and SPGM has two functions.
  const { definitions, functions = {} } = still ?? {};
  const kind = kinds[`${definitions?.['p']}, ${definitions?.['Q'] ?? ''}`];
  const isKnown = total !== undefined && named('the average') === undefined && Object.keys(functions).join() === 'f';
  return isKnown && kind !== undefined ? { kind, still: still!, ...known } : undefined;
}

/** The theorem of a stage with terms for its symbols and proofs of its premises. */
export function applied(
  stage: Stage,
  terms: Terms,
  proofs: (premise: string) => string,
  { proved }: Pick<Story, 'proved'>,
): string {
  const { symbols, premises } = proved.get(stage.name)!;
  const isRandom = new Map(premises.map((premise) => [premise.name, premise.isRandom]));
  const values = symbols.map((symbol) => {
    const found = terms[symbol];
    if (found === undefined) throw new Error(`no term for ${symbol} of ${stage.name}`);
    return found;
  });
  const given = premises.map(({ name }) => {
    const proof = proofs(name);
    return isRandom.get(name) && stage.kind === 'expectation' ? `(fun ω => ${proof})` : proof;
  });
  const before = stage.kind === 'expectation' ? ['Outcome', 'law'] : [];
  return [identifier(stage.name), ...before, ...values, ...given].join(' ');
}

/** Writes expressions of a stage with terms for its symbols. */
export function putter(stage: Stage, terms: Terms): (text: string) => string {
  const writer = new CoqWriter(stage, false);
  return (text) =>
    writer.read(text).text.replaceAll(/[\p{L}_][\p{L}\p{N}\p{M}_₀-₉']*/gu, (word) => terms[word] ?? word);
}

/** The proof of a premise of one step: a sign, a definition, or an inequality between two points. */
export function premiseProof(stage: Stage): (name: string) => string {
  const between = new Map(
    inequalitiesOf(stage).flatMap((inequality) =>
      'from' in inequality
        ? [
            [
              identifier(`${inequality.of} ${inequality.kind} ${inequality.from} ${inequality.to}`),
              `(${inequality.kind}_from${inequality.from === 'x*' ? '_minimum' : ''} _ _ _ _)`,
            ] as const,
          ]
        : [],
    ),
  );
  const others: Readonly<Record<string, string>> = {
    mean_e: '(unbiased x)',
    variance_e: '(variance x)',
  };
  return (name) => between.get(name) ?? others[name] ?? (/_is$/.test(name) && name !== 'law_is' ? '_' : name);
}

/** What the left side is, and what is said of it after T steps. */
export function leftOf({ kind, noisy }: Story): { readonly left: string; readonly nonneg: string } {
  const cost = kind === 'gradient' ? '‖ grad x ‖²' : 'f x - f x_star';
  const each = `intros y; ${kind === 'gradient' ? 'apply inner_nonneg' : 'pose proof (minimal y); lra'}`;
  if (kind === 'potential')
    return {
      left: 'f (iterate (gradient_descent γ) T x) - f x_star',
      nonneg: 'pose proof (minimal (iterate (gradient_descent γ) T x)); lra',
    };
  return noisy
    ? {
        left: `expected_average law (sgd γ) (fun x => ${cost}) T x`,
        nonneg: `apply expected_average_nonneg; [exact law_is | ${each} | exact T_positive]`,
      }
    : {
        left: `average (gradient_descent γ) (fun x => ${cost}) T x`,
        nonneg: `apply average_nonneg; [${each} | exact T_positive]`,
      };
}

/** γL ≤ 1 or γL ≥ 1, where one step needs it. */
export const conditionOf = ({ still }: Story): string | undefined =>
  still.definitions?.['m'] === undefined
    ? undefined
    : still.definitions['m'].startsWith('γ')
      ? '1 <= γ * L'
      : 'γ * L <= 1';

/** The potential of a distance. */
export const half = '1 / 2 * ‖ x - x_star ‖²';
