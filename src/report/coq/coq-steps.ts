import type { Stage } from '../../claims/certificate.js';
import { atLeast, CoqWriter } from './coq-expression.js';
import { applied, conditionOf, half, leftOf, premiseProof, type Story } from './run-story.js';

/** c and ε of one step as terms of Coq: what its goal p − p⁺ − (c)Q + (ε)V takes from Q and gives to V. */
function factorsOf(stage: Stage): { readonly c: string; readonly ε: string } {
  const writer = new CoqWriter(stage, false);
  const [, c = '0', ε = '0'] = /^p − p⁺ − \((.*?)\)Q(?: \+ \((.*)\)V)?$/.exec(stage.goal) ?? [];
  return { c: atLeast(1, writer.read(c)), ε: atLeast(1, writer.read(ε)) };
}

/** The theorem about T steps, which one step is applied to in each of them. */
export function stepsText(story: Story, divided: string): string {
  const { kind, still, random } = story;
  const condition = conditionOf(story);
  const m = still.definitions?.['m'];
  const terms: Record<string, string> = {
    ...{ γ: 'γ', L: 'L', x: 'x', g: '(grad x)', f: '(f x)', V: `(σ ^ 2${divided})`, Q: '(‖ grad x ‖²)', p: '(f x)' },
    ...{ f_next: '(f (gradient_descent γ x))', p_next: '(f (gradient_descent γ x))' },
    ...(m === undefined ? {} : { m: m.startsWith('γ') ? '(γ * L - 1)' : '(1 - γ * L)' }),
  };
  if (kind !== 'gradient') {
    Object.assign(terms, {
      ...{ x: '(x - x_star)%vector', h: '((1 / L) • grad x)%vector', f_min: '(f x_star)', p: `(${half})` },
      ...{ f_tilde: '(f (x_star + (1 / L) • grad x)%vector)', Q: '(f x - f x_star)' },
      f_hat: '(f (x - (1 / L) • grad x)%vector)',
      p_next: '(1 / 2 * ‖ gradient_descent γ x - x_star ‖²)',
    });
  }
  const start = kind === 'gradient' ? 'f x - f_min' : half;
  const { left } = leftOf(story);
  const intros = `intros γ_positive ${condition === undefined ? '' : 'γ_bounded '}T_positive.`;
  const facts = m === undefined ? '' : `\n  assert (m_nonneg : 0 <= ${terms['m']}) by lra.`;
  const premises = `  0 < γ -> ${condition === undefined ? '' : `${condition} -> `}(1 <= T)%nat ->`;
  if (kind === 'potential') {
    const p = (t: string, at: string) => `${t} * γ * (f ${at} - f x_star) + 1 / 2 * ‖ ${at} - x_star ‖²`;
    Object.assign(terms, {
      t: '(INR t)',
      p: `(${p('INR t', 'x')})`,
      p_next: `(${p('(INR t + 1)', '(gradient_descent γ x)')})`,
    });
    return `(** f(x^T) − f∗ ≤ ‖x⁰ − x∗‖²/(2γT), by [one_step_of_a_run] for each step. *)
Theorem last_of_T_steps γ T x :
${premises}
  ${left} <= ‖ x - x_star ‖² / (2 * γ * INR T).
Proof.
  ${intros}${facts}
  assert (each : forall t x, 0 <= ${terms['p']} - ${terms['p_next']}).
  { clear x. intros t x. assert (t_nonneg : 0 <= INR t) by apply pos_INR.
    refine (${applied(still, terms, premiseProof(still), story)}); by_definition. }
  assert (added : ${p('INR T', '(iterate (gradient_descent γ) T x)')} <= ${half}).
  { clear T_positive. induction T as [|T IH]; cbn [iterate]; [cbn [INR]; lra|].
    specialize (each T (iterate (gradient_descent γ) T x)). rewrite S_INR. lra. }
  assert (0 < INR T) by (apply lt_0_INR; lia).
  pose proof (inner_nonneg n (iterate (gradient_descent γ) T x - x_star)).
  assert (0 < 2 * γ * INR T) by (repeat apply Rmult_lt_0_compat; lra).
  apply (Rmult_le_reg_l (2 * γ * INR T)); [assumption|].
  replace (2 * γ * INR T * (‖ x - x_star ‖² / (2 * γ * INR T))) with (‖ x - x_star ‖²) by (field; lra). lra.
Qed.`;
  }
  const { c, ε } = factorsOf(random ?? still);
  const potential = `(fun x => ${kind === 'gradient' ? 'f x' : half})`;
  const least = kind === 'gradient' ? 'f_min' : '0';
  const cost = `(fun x => ${kind === 'gradient' ? '‖ grad x ‖²' : 'f x - f x_star'})`;
  const ending =
    kind === 'gradient' ? 'apply bounded_below' : 'cbn beta; apply Rmult_le_pos; [lra | apply inner_nonneg]';
  if (random === undefined) {
    return `(** T steps, by [one_step_without_noise] for each of them. *)
Theorem T_steps_of_a_run γ T x :
${premises}
  ${c} * ${left} <= (${start}) / INR T.
Proof.
  ${intros}${facts}
${kind === 'gradient' ? '' : `  replace (${half}) with (${half} - 0) by lra.\n`}  apply (steps_add_up (gradient_descent γ) ${cost} ${potential} ${least}); [|intros y; ${ending}|exact T_positive].
  clear x. intros x. refine (${applied(still, terms, premiseProof(still), story)}); by_definition.
Qed.`;
  }
  const next = (at: string) => (kind === 'gradient' ? `f ${at}` : `1 / 2 * ‖ ${at} - x_star ‖²`);
  const noisyTerms = {
    ...terms,
    ...{ e: '(fun ω => (ĝ ω x - grad x)%vector)', f_next: '(fun ω => f (sgd γ ω x))' },
    p_next: `(fun ω => ${next('(sgd γ ω x)')})`,
  };
  const stillTerms = {
    ...terms,
    ...{ f_next: '(f (x - γ • grad x)%vector)', p_next: `(${next('(x - γ • grad x)%vector')})` },
  };
  const lowest =
    kind === 'gradient'
      ? 'pose proof (bounded_below (x - γ • grad x)%vector)'
      : 'pose proof (inner_nonneg n (x - γ • grad x - x_star))';
  return `(** T steps: each of them by [one_step_in_expectation], and the last by [one_step_without_noise], since no cost depends on where it leads. *)
Theorem T_steps_of_a_run γ T x :
${premises}
  ${c} * ${left} <= (${start}) / INR T + (1 - 1 / INR T) * (${ε} * (σ ^ 2${divided})).
Proof.
  ${intros}${facts}
  assert (V_nonneg : 0 <= σ ^ 2${divided}).
  { ${divided === '' ? 'apply pow2_ge_0.' : 'apply Rmult_le_pos; [apply pow2_ge_0 | apply Rlt_le, Rinv_0_lt_compat, B_positive].'} }
${kind === 'gradient' ? '' : `  replace (${half}) with (${half} - 0) by lra.\n`}  apply (expected_steps_add_up law (sgd γ) ${cost} ${potential} ${least}); [exact law_is| | |exact T_positive]; clear x; intros x.
  - apply (expected_decrease law (${kind === 'gradient' ? 'f x' : half}) _ (${c}) ${terms['Q']}); [exact law_is|].
    refine (${applied(random, noisyTerms, premiseProof(random), story)}); by_definition.
  - assert (last : 0 <= ${terms['p']} - ${stillTerms.p_next} - ${c} * ${terms['Q']})
      by (refine (${applied(still, stillTerms, premiseProof(still), story)}); by_definition).
    ${lowest}. lra.
Qed.`;
}
