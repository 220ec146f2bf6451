import type { Certificate, Stage } from '../../claims/certificate.js';
import { parseExpression } from '../../theory/proofs/certificates/expression.js';
import { constant, type Polynomial, type Term, withoutFractions } from '../../theory/proofs/certificates/polynomial.js';
import { formText, identifier, number } from './coq-expression.js';
import { commented } from './coq-theorem.js';

type Factor = Term['coefficient'];

/** Σ aᵢaⱼ⟨vᵢ, vⱼ⟩ for i ≤ j, and the lemma that it is ≥ 0: it is ‖Σ aᵢvᵢ‖². */
function squareLemma(name: string, names: readonly string[]): string {
  const [vectors, factors] = [names.map(identifier), names.map((_, k) => `a${k + 1}`)];
  const combination = vectors.map((vector, k) => `${factors[k]} * ${vector} m`).join(' + ');
  return `(** ‖Σ a v‖² ≥ 0, written in inner products. *)
Lemma square_${name} (${vectors.join(' ')} : nat -> R) (${factors.join(' ')} : R) :
  0 <= ${squareText(names, factors)}.
Proof.
  induction n as [|m IH]; cbn [inner].
  - apply Req_le; ring.
  - match type of IH with 0 <= ?before =>
      match goal with |- 0 <= ?after => replace after with (before + (${combination}) ^ 2) by ring end end.
    apply Rplus_le_le_0_compat; [exact IH | apply pow2_ge_0].
Qed.`;
}

function squareText(names: readonly string[], factors: readonly string[]): string {
  return names
    .flatMap((u, i) =>
      names.slice(i).map((v, k) => {
        const twice = k === 0 ? '' : '2 * ';
        return `${twice}${factors[i]} * ${factors[i + k]} * ⟨${identifier(u)}, ${identifier(v)}⟩`;
      }),
    )
    .join(' + ');
}

/** A form without fractions, and what it is multiplied by: Coq's `ring` is quick with whole numbers alone. */
function whole(text: string): { readonly form: Polynomial; readonly times: Factor } {
  const { times, multiples } = withoutFractions(parseExpression(text));
  return { form: multiples[0]!, times };
}

/** The number that an expression without symbols is. */
const factorOf = (text: string): Factor => parseExpression(text).get('')!.coefficient;

function theoremText(stage: Stage): string {
  const { vectors = [], facts = {}, symbols, isolates } = stage;
  const text = (form: Polynomial) => formText(form, vectors);
  const goal = whole(stage.goal);
  const name = identifier(stage.name);
  const parts = stage.cases[0]!.terms.map((term, k) => {
    if ('remainder' in term) return { factor: factorOf(term.remainder), text: '1', by: [] };
    const multiplier = factorOf(term.multiplier);
    if (!('square' in term)) {
      if (term.inequality.kind !== 'fact') throw new Error(`a file of multipliers has no ${term.inequality.kind}`);
      const premise = identifier(term.inequality.name);
      const { form, times } = whole(facts[term.inequality.name]!.expression);
      return {
        ...{ factor: multiplier.div(times), text: text(form) },
        by: [`  assert (part_${k + 1} : 0 <= ${text(form)}) by (clear - ${premise}; lra).`],
      };
    }
    const { form, times } = whole(term.square);
    const factors = vectors.map((vector) => {
      const found = [...form.values()].find(({ powers: [power] }) => power![0] === vector);
      return found === undefined ? '0' : number(found.coefficient);
    });
    return {
      ...{ factor: multiplier.div(times.mul(times)), text: squareText(vectors, factors) },
      by: [`  pose proof (square_${name} ${vectors.map(identifier).join(' ')} ${factors.join(' ')}) as part_${k + 1}.`],
    };
  });
  const { times: D } = withoutFractions(...parts.map(({ factor }) => constant(factor.mul(goal.times))));
  const terms = parts.map(({ factor, text: part }) => `${number(factor.mul(goal.times).mul(D))} * (${part})`);
  const numbers = Object.keys(symbols).filter((symbol) => !vectors.includes(symbol));
  const bound = parseExpression(stage.goal).get('')?.coefficient;
  const conclusion =
    isolates === undefined
      ? `0 <= ${text(parseExpression(stage.goal))}`
      : `${text(parseExpression(isolates.quantity))} <= ${bound === undefined ? '0' : number(bound.div(factorOf(isolates.factor)))}`;
  const product = `${number(D)} * (${text(goal.form)})`;
  const binders = [
    ...(numbers.length > 0 ? [`(${numbers.map(identifier).join(' ')} : R)`] : []),
    ...(vectors.length > 0 ? [`(${vectors.map(identifier).join(' ')} : nat -> R)`] : []),
  ];
  return [
    commented('(**', [stage.statement]),
    `Theorem ${name} ${binders.join(' ')} :`,
    ...Object.values(facts).flatMap(({ expression, because }) => [
      `  ${commented('(*', [because])}`,
      `  0 <= ${text(parseExpression(expression))} ->`,
    ]),
    `  ${conclusion}.`,
    'Proof.',
    `  intros ${Object.keys(facts).map(identifier).join(' ')}.`,
    ...parts.flatMap(({ by }) => by),
    `  assert (identity : ${product} =\n    ${terms.join('\n    + ') || '0'}) by (clear; ring).`,
    `  assert (goal : 0 <= ${product}).`,
    '  { rewrite identity. repeat apply Rplus_le_le_0_compat; (apply Rmult_le_pos; [clear; lra | first [assumption | clear; lra]]). }',
    '  clear - goal. lra.',
    'Qed.',
  ].join('\n');
}

/** Exact multipliers as a file that Coq checks alone: what the file of the solver says are premises, and the identity is one of rational numbers. */
export function multipliersCoq(title: string, { stages }: Certificate): string {
  return `${[
    commented('(*', [title, 'Written by: signprox prove --multipliers']),
    `From Coq Require Import Reals Lra.
Open Scope R_scope.

(** The inner product of vectors of n entries. *)
Fixpoint inner (n : nat) (u v : nat -> R) : R :=
  match n with
  | O => 0
  | S m => inner m u v + u m * v m
  end.

Section Certificate.

(** The dimension. *)
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).`,
    ...stages.flatMap((stage) => [
      ...(stage.vectors!.length > 0 ? [squareLemma(identifier(stage.name), stage.vectors!)] : []),
      theoremText(stage),
    ]),
    'End Certificate.',
  ].join('\n\n')}\n`;
}
