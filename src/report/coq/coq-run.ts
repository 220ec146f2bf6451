import type { Certificate, Stage } from '../../claims/certificate.js';
import { zero } from '../../exact/arithmetic/rational.js';
import { parseExpression } from '../../theory/proofs/certificates/expression.js';
import { subtract } from '../../theory/proofs/certificates/polynomial.js';
import type { Formula, StatedValues } from '../../theory/proofs/search/read-source.js';
import { atLeast, type CoqTerm, CoqWriter, identifier } from './coq-expression.js';
import { classPremise, factPremise, inequalitiesOf } from './coq-premises.js';
import type { Theorem } from './coq-theorem.js';

/** What the last theorem of a file is called, and the forms of what it says of every T: the first that Coq's notation has is taken. */
export interface Stated {
  readonly name: string;
  readonly values: readonly StatedValues[];
}

/** What the theorems of the stages are applied to. */
interface Story {
  readonly kind: 'gradient' | 'distance' | 'potential';
  readonly noisy: boolean;
  /** The stages of one step, with and without noise; of the potential there is one stage. */
  readonly random?: Stage;
  readonly still: Stage;
  readonly bound?: Stage;
  readonly proved: ReadonlyMap<string, Theorem>;
}

/** One term of Coq for each symbol of a stage, by its identifier. */
type Terms = Readonly<Record<string, string>>;

function storyOf({ stages }: Certificate, proved: ReadonlyMap<string, Theorem>): Story | undefined {
  const named = (name: string) => stages.find((stage) => stage.name === name);
  const [potential, still, total, bound] = ['one step of a run', 'one step without noise', 'T steps', 'the bound'].map(
    named,
  );
  const random = named('one step in expectation');
  const known = { proved, noisy: random !== undefined, ...(random && { random }), ...(bound && { bound }) };
  if (potential !== undefined) return { kind: 'potential', still: potential, ...known };
  // Momentum has a potential with weights of its own, and SPGM has two functions.
  if (still === undefined || total === undefined || Object.keys(still.functions ?? {}).join() !== 'f') return undefined;
  if ('f₀' in total.symbols) return undefined;
  const isDistance = 'x*' in (still.points ?? {});
  return { kind: isDistance ? 'distance' : 'gradient', still, ...known };
}

/** The theorem of a stage with terms for its symbols and proofs of its premises. */
function applied(
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
function putter(stage: Stage, terms: Terms): (text: string) => string {
  const writer = new CoqWriter(stage, false);
  return (text) =>
    writer.read(text).text.replaceAll(/[\p{L}_][\p{L}\p{N}\p{M}_₀-₉']*/gu, (word) => terms[word] ?? word);
}

/** The proof of a premise of one step: a sign, a definition, or an inequality between two points. */
function premiseProof(stage: Stage): (name: string) => string {
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

const helpers = `(** * The theorem, about runs *)

(** x^t, where x⁰ = x and x^t = next x^{t−1}. *)
Fixpoint iterate (next : vector -> vector) (t : nat) (x : vector) : vector :=
  match t with
  | O => x
  | S t => next (iterate next t x)
  end.
(** (1/T) Σ cost(x^{t−1}) over 1 ≤ t ≤ T. *)
Definition average (next : vector -> vector) (cost : vector -> R) (T : nat) (x : vector) : R :=
  sum T (fun t => cost (iterate next t x)) / INR T.

Lemma average_nonneg next cost T x : (forall y, 0 <= cost y) -> (1 <= T)%nat -> 0 <= average next cost T x.
Proof.
  intros each positive. assert (0 < INR T) by (apply lt_0_INR; lia).
  apply Rmult_le_pos; [apply sum_nonneg; intros; apply each | apply Rlt_le, Rinv_0_lt_compat; assumption].
Qed.
Lemma steps_add_up next cost p p_min weight :
  (forall y, 0 <= p y - p (next y) - weight * cost y) -> (forall y, p_min <= p y) -> forall T x, (1 <= T)%nat ->
  weight * average next cost T x <= (p x - p_min) / INR T.
Proof.
  intros step least T x positive. assert (0 < INR T) by (apply lt_0_INR; lia).
  assert (added : weight * sum T (fun t => cost (iterate next t x)) <= p x - p (iterate next T x)).
  { clear positive. induction T as [|T IH]; cbn [sum iterate]; [lra|].
    destruct T as [|T]; [specialize (step x); cbn [sum iterate] in *; lra|].
    specialize (IH ltac:(apply lt_0_INR; lia)). specialize (step (iterate next (S T) x)). lra. }
  specialize (least (iterate next T x)). unfold average, Rdiv. rewrite <- Rmult_assoc.
  apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; assumption | lra].
Qed.

Lemma expected_average_nonneg {Outcome} (law : list (R * Outcome)) next (cost : vector -> R) T x :
  is_law law -> (forall y, 0 <= cost y) -> (1 <= T)%nat -> 0 <= expected_average law next cost T x.
Proof.
  intros law_is each positive. assert (0 < INR T) by (apply lt_0_INR; lia).
  apply Rmult_le_pos; [|apply Rlt_le, Rinv_0_lt_compat; assumption].
  apply expected_nonneg; [apply batches_are_law, law_is|].
  intros run. revert x. induction run as [|ω rest IH]; intros x; cbn [total]; [lra|].
  specialize (IH (next ω x)). specialize (each x). lra.
Qed.
Lemma expected_decrease {Outcome} (law : list (R * Outcome)) p p_next c Q ε V : is_law law ->
  0 <= expectation law (fun ω => p - p_next ω - c * Q + ε * V) -> expectation law p_next <= p - c * Q + ε * V.
Proof.
  intros law_is decrease. rewrite (expected_same law _ (fun ω => (-1) * p_next ω + (p - c * Q + ε * V))) in decrease
    by (intros; ring). rewrite (expected_shifted law _ _ law_is), expected_times in decrease. lra.
Qed.
Lemma expected_steps_add_up {Outcome} (law : list (R * Outcome)) next cost p p_min weight gain : is_law law ->
  (forall y, expectation law (fun ω => p (next ω y)) <= p y - weight * cost y + gain) ->
  (forall y, weight * cost y <= p y - p_min + 0) -> forall T (x : vector), (1 <= T)%nat ->
  weight * expected_average law next cost T x <= (p x - p_min) / INR T + (1 - 1 / INR T) * gain.
Proof.
  intros law_is step last T x positive. destruct T as [|T]; [lia|].
  pose proof (all_steps Outcome law law_is vector next cost p p_min weight gain 0 step last T x) as steps.
  assert (0 < INR (S T)) by (apply lt_0_INR; lia). unfold expected_average.
  apply (Rmult_le_reg_l (INR (S T))); [assumption|].
  match goal with |- _ * (_ * (?total / _)) <= _ =>
    replace (INR (S T) * (weight * (total / INR (S T)))) with (weight * total) by (field; lra) end.
  replace (INR (S T) * ((p x - p_min) / INR (S T) + (1 - 1 / INR (S T)) * gain))
    with (p x - p_min + (INR (S T) - 1) * gain) by (field; lra). rewrite S_INR in *. lra.
Qed.

(** T and √T by a number m ≥ 0. *)
Lemma above_one T : (1 <= T)%nat -> exists m, 0 <= m /\\ INR T = m + 1.
Proof. intros positive. exists (INR T - 1). assert (1 <= INR T) by (apply (le_INR 1 T positive)). lra. Qed.
Lemma root_above_one T : (1 <= T)%nat -> exists m, 0 <= m /\\ sqrt (INR T) = m + 1 /\\ INR T = (m + 1) * (m + 1).
Proof.
  intros positive. destruct (at_least_one_step T positive) as [_ [root square]]. set (τ := sqrt (INR T)) in *.
  exists (τ - 1). repeat split; [lra | lra |]. rewrite <- square. ring.
Qed.

Ltac nonzero := repeat split; first [lra | apply Rgt_not_eq; positive | nra].
#[local] Hint Unfold plus minus scaled : points.
Ltac at_points := intros; coordinates; autounfold with points;
  repeat match goal with at_point : forall i : nat, ?x i = _ |- context [?x _] => rewrite !at_point end; field; nonzero.
Ltac follows := first [assumption | lra | nonneg | positive | field; nonzero].
Ltac same_as known :=
  match goal with |- 0 <= ?goal => match type of known with 0 <= ?sum =>
    replace goal with sum by (field; nonzero); exact known end end.
Ltac by_definition := intros; match goal with
  | |- @eq vector _ _ => at_points
  | _ => reflexivity
  | _ => match goal with |- ?one = ?other => match one with context [inner _ ?u ?u] => match other with context [inner _ ?v ?v] =>
    replace u with v by at_points; reflexivity end end end end.`;

const capital = { gradient: 'f is differentiable, and its gradient is L-Lipschitz' };

function hypothesesOf(convex: boolean): string {
  return `Section Stated.

(** ${convex ? 'f is convex and has a minimiser x∗' : 'f ≥ f_min'}; ${capital.gradient}. *)
Variables (f : vector -> R) (grad : vector -> vector) (L : R)${convex ? ' (x_star : vector)' : ' (f_min : R)'}.
Hypothesis ${convex ? 'minimal : forall x, f x_star <= f x' : 'bounded_below : forall x, f_min <= f x'}.
Hypothesis L_positive : 0 < L.
Hypothesis differentiable : is_gradient n f grad.
Hypothesis smooth : is_lipschitz n grad L.
${convex ? `Hypothesis convex : is_convex f.\n` : ''}
Lemma descent_from x y v : (y - x)%vector = v -> f y <= f x + ⟨ grad x, v ⟩ + L / 2 * ‖ v ‖².
Proof. intros <-. apply descent_lemma; [lra | exact differentiable | exact smooth]. Qed.${convex ? convexLemmas : ''}`;
}

const convexLemmas = `
Lemma convexity_from x y v : (y - x)%vector = v -> f x + ⟨ grad x, v ⟩ <= f y.
Proof. intros <-. apply (above_tangent n f grad differentiable convex). Qed.
Lemma zero_at_minimum u : ⟨ grad x_star, u ⟩ = 0.
Proof.
  apply zero_square. set (g := grad x_star).
  pose proof (descent_from x_star (x_star - (1 / L) • g) ((- (1 / L)) • g) ltac:(at_points)) as descent. fold g in descent.
  pose proof (minimal (x_star - (1 / L) • g)) as least. autorewrite with inner in descent.
  replace (L / 2 * (- (1 / L) * (- (1 / L) * ‖ g ‖²))) with (1 / 2 * (1 / L * ‖ g ‖²)) in descent by (field; lra).
  assert (small : 1 / L * ‖ g ‖² <= 0) by lra. apply (Rmult_le_compat_l L) in small; [|lra].
  replace (L * (1 / L * ‖ g ‖²)) with (‖ g ‖²) in small by (field; lra). pose proof (inner_nonneg n g). lra.
Qed.
Lemma descent_from_minimum w y v : (y - x_star)%vector = v -> f y <= f x_star + ⟨ 0 • w, v ⟩ + L / 2 * ‖ v ‖².
Proof. intros at_v. pose proof (descent_from _ _ _ at_v). rewrite zero_at_minimum in *. autorewrite with inner. lra. Qed.
Lemma convexity_from_minimum w y v : (y - x_star)%vector = v -> f x_star + ⟨ 0 • w, v ⟩ <= f y.
Proof. intros _. autorewrite with inner. pose proof (minimal y). lra. Qed.`;

function noiseText(divided: string): string {
  return `(** A stochastic gradient ĝ(x), whose mean is ∇f(x)${divided === '' ? '' : ', from a mini-batch of B draws'}; a step of SGD. *)
Variables (Outcome : Type) (law : list (R * Outcome)) (ĝ : Outcome -> vector -> vector) (σ${divided === '' ? '' : ' B'} : R).
Hypothesis law_is : is_law law.${divided === '' ? '' : '\nHypothesis B_positive : 0 < B.'}
Hypothesis unbiased : forall x w, expectation law (fun ω => ⟨ w, ĝ ω x - grad x ⟩) = 0.
Hypothesis variance : forall x, expectation law (fun ω => ‖ ĝ ω x - grad x ‖²) <= σ ^ 2${divided}.
Definition sgd (γ : R) (ω : Outcome) (x : vector) : vector := (x - γ • ĝ ω x)%vector.
#[local] Hint Unfold sgd : points.`;
}

const descentText = `(** A step of gradient descent. *)
Definition gradient_descent (γ : R) (x : vector) : vector := (x - γ • grad x)%vector.
#[local] Hint Unfold gradient_descent : points.`;

/** c and ε of one step as terms of Coq: what its goal p − p⁺ − (c)Q + (ε)V takes from Q and gives to V. */
function factorsOf(stage: Stage): { readonly c: string; readonly ε: string } {
  const writer = new CoqWriter(stage, false);
  const [, c = '0', ε = '0'] = /^p − p⁺ − \((.*?)\)Q(?: \+ \((.*)\)V)?$/.exec(stage.goal) ?? [];
  return { c: atLeast(1, writer.read(c)), ε: atLeast(1, writer.read(ε)) };
}

/** The names that a last theorem has. */
const known = new Set(['T', 'L', 'σ', 'gap', 'distance', 'γ', 'B']);

/** √T; undefined for other roots. */
const rootTerm = (of: Formula): CoqTerm | undefined =>
  of.kind === 'name' && of.text === 'T' ? { text: 'sqrt T', level: 2, isVector: false, isRandom: false } : undefined;

/** A formula of the file; undefined for powers and roots that are written otherwise here. */
function formulaTerm(formula: Formula, names: Terms): CoqTerm | undefined {
  const term = (text: string, level: CoqTerm['level']): CoqTerm => ({ text, level, isVector: false, isRandom: false });
  const read = (part: Formula) => formulaTerm(part, names);
  switch (formula.kind) {
    case 'number':
      return /\//.test(formula.text) ? term(formula.text.replace('/', ' / '), 1) : term(formula.text, 3);
    case 'name':
      return known.has(formula.text) ? term(names[formula.text] ?? formula.text, 3) : undefined;
    case 'opposite': {
      const of = read(formula.of);
      return of && term(`- ${atLeast(1, of)}`, 0);
    }
    case 'sqrt':
      return rootTerm(formula.of);
    case '**': {
      const base = read(formula.left);
      const { right } = formula;
      if (right.kind === 'number' && right.text === '1/2') return rootTerm(formula.left);
      const isWhole = right.kind === 'number' && /^\d+$/.test(right.text);
      return base && isWhole ? term(`${atLeast(3, base)} ^ ${right.text}`, 2) : undefined;
    }
    default: {
      const [left, right] = [read(formula.left), read(formula.right)];
      if (left === undefined || right === undefined) return undefined;
      const isSum = formula.kind === '+' || formula.kind === '-';
      return isSum
        ? term(`${left.text} ${formula.kind} ${atLeast(1, right)}`, 0)
        : term(`${atLeast(1, left)} ${formula.kind} ${atLeast(2, right)}`, 1);
    }
  }
}

/**
 * The theorem about T steps, and the theorem of the file if its bound is one of the stages, which `of` then names; undefined for other forms of a
 * proof.
 */
export function runText(
  certificate: Certificate,
  proved: ReadonlyMap<string, Theorem>,
  stated: Stated,
): { readonly text: string; readonly of?: string } | undefined {
  const story = storyOf(certificate, proved);
  const name = nameOf(stated.name, proved);
  if (story === undefined) {
    const fixed = fixedText(certificate, proved, name);
    return fixed === undefined ? undefined : { text: fixed };
  }
  const { noisy, bound } = story;
  const [found] = bound === undefined ? [] : stated.values.flatMap((values) => writtenOf(values, noisy) ?? []);
  const divided = found?.B === undefined ? '' : ' / B';
  const text = [
    helpers,
    hypothesesOf(story.kind !== 'gradient'),
    noisy ? noiseText(divided) : descentText,
    stepsText(story, divided),
    ...(found === undefined ? [] : [statedText(story, bound!, name, found)]),
    'End Stated.',
  ].join('\n\n');
  return { text, ...(found && { of: bound!.name }) };
}

/** γ, B and the bound as Coq writes them; B is left out where it is 1, or where there is no noise. */
interface WrittenValues {
  readonly step: string;
  readonly most: string;
  readonly B: string | undefined;
  readonly isFitted: boolean;
}

function writtenOf({ step, bound, miniBatch, isFitted }: StatedValues, noisy: boolean): WrittenValues | undefined {
  const isBatch = noisy && !(miniBatch.kind === 'number' && miniBatch.text === '1');
  const [γ, most, B] = [step, bound, miniBatch].map((each) => formulaTerm(each, isBatch ? {} : { B: '1' })?.text);
  return γ === undefined || most === undefined || B === undefined
    ? undefined
    : { step: γ, most, B: isBatch ? B : undefined, isFitted: isFitted === true };
}

/** A theorem by the id of its file, with another name than any in the file for Coq. */
function nameOf(id: string, proved: ReadonlyMap<string, Theorem>): string {
  const name = id.replaceAll(/[^\p{L}\p{N}]/gu, '_').replace(/^(?=[\p{N}_])/u, 'theorem_');
  const taken = [...[...proved.values()].map(({ text }) => text), helpers, convexLemmas].join('\n');
  return name.includes('_') && !new RegExp(`\\b${name}\\b`).test(taken) ? name : `theorem_${name}`;
}

/** What the left side is, and what is said of it after T steps. */
function leftOf({ kind, noisy }: Story): { readonly left: string; readonly nonneg: string } {
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
const conditionOf = ({ still }: Story): string | undefined =>
  still.definitions?.['m'] === undefined
    ? undefined
    : still.definitions['m'].startsWith('γ')
      ? '1 <= γ * L'
      : 'γ * L <= 1';

const half = '1 / 2 * ‖ x - x_star ‖²';

function stepsText(story: Story, divided: string): string {
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

/** The theorem as the file states it. */
function statedText(story: Story, bound: Stage, name: string, { step, most, B, isFitted }: WrittenValues): string {
  const { kind } = story;
  const [isBatch, divided] = B === undefined ? [false, ''] : [true, ' / B'];
  const inRoot = 's' in bound.symbols;
  const isRoot = inRoot || [step, most, B].some((text) => text?.includes('sqrt'));
  const { left, nonneg } = leftOf(story);
  const isGradient = kind === 'gradient';
  const unit = isGradient ? 'gap' : 'distance';
  const condition = conditionOf(story);
  const count = isRoot ? '((m + 1) * (m + 1))' : '(m + 1)';
  const symbol = inRoot ? '(m + 1)' : count;
  const terms: Terms = {
    ...{ γ: 'γ', L: 'L', V: 'V', S: 'S', s: symbol, T: symbol, W: '(σ ^ 2)', D: 'gap' },
    ...{ m: isRoot && !inRoot ? '(m * (m + 2))' : 'm', f_min: 'f_min' },
    ...(isGradient ? { 'p₀': '(f x)', p_min: 'f_min' } : { 'p₀': '(1 / 2 * distance ^ 2)' }),
  };
  const proofs = (premise: string): string =>
    ({ earlier_1: 'ltac:(same_as earlier)', equation: 'equation' })[premise] ?? 'ltac:(follows)';
  const put = putter(bound, terms);
  const [monomial, equals] = bound.equation!;
  const rest = put(monomial.slice('γ'.length));
  const from = kind === 'potential' ? 'last_of_T_steps' : 'T_steps_of_a_run';
  return `#[local] Coercion INR : nat >-> R.

(** The theorem${isFitted ? ', with γ and the bound as they were read from values' : ' as its file states it'}. *)
Theorem ${name} (T : nat) (x : vector) (γ ${unit} : R) :
  (1 <= T)%nat ->
  γ = ${step} ->
${isBatch ? `  B = ${B} ->\n` : ''}  ${unit} = ${isGradient ? 'f x - f_min' : 'sqrt (‖ x - x_star ‖²)'} ->
  ${left} <= ${most}.
Proof.
  intros T_positive γ_is${isBatch ? ' B_is' : ''} ${unit}_is.
  pose proof (${from} γ T x) as run.
  assert (S_nonneg : 0 <= ${left}) by (${nonneg}).
  set (S := ${left}) in *. clearbody S.
  ${
    isGradient
      ? 'assert (D_nonneg : 0 <= gap) by (pose proof (bounded_below x); lra).'
      : `assert (squared : ‖ x - x_star ‖² = distance ^ 2) by (rewrite distance_is; symmetry; apply pow2_sqrt, inner_nonneg).
  rewrite squared in run. clear distance_is squared.`
  }
  destruct (${isRoot ? 'root_' : ''}above_one T T_positive) as [m [m_nonneg ${isRoot ? '[root T_is]' : 'T_is'}]].
  ${['γ_is', ...(isBatch ? ['B_is'] : []), 'run', '|- *'].map((place) => `rewrite ${isRoot ? '?root, ' : ''}?T_is in ${place}.`).join(' ')}
  assert (equation : γ * (${rest}) = ${put(equals)}) by (rewrite γ_is; field; nonzero).
  assert (γ_positive : 0 < γ).
  { apply (Rmult_lt_reg_r (${rest})); [positive | rewrite equation, Rmult_0_l; positive]. }
${
  condition === undefined
    ? '  specialize (run γ_positive T_positive).'
    : `  assert (0 <= γ * L * m) by nonneg. assert (0 <= γ * L * m * m) by nonneg.
  specialize (run γ_positive ltac:(lra) T_positive).`
}
${
  story.noisy
    ? `  set (V := σ ^ 2${divided}) in run. assert (V_nonneg : 0 <= V) by (unfold V; ${isBatch ? 'apply Rmult_le_pos; [apply pow2_ge_0 | apply Rlt_le, Rinv_0_lt_compat, B_positive]' : 'apply pow2_ge_0'}).
  assert (V_is : σ ^ 2 = ${isBatch ? 'B * V' : 'V'}) by (unfold V; field; lra). clearbody V.${isBatch ? ' rewrite B_is in V_is. rewrite ?B_is.' : ''}\n`
    : ''
}  assert (equation' : ${put(monomial)} = ${put(equals)}) by (transitivity (γ * (${rest})); [ring | exact equation]).
  match type of run with ?l <= ?r =>
    assert (earlier : 0 <= ${kind === 'potential' ? `γ * ${count}` : count} * (r - l)) by (apply Rmult_le_pos; [nonneg | lra]) end.
  pose proof (${applied(bound, terms, (premise) => (premise === 'equation' ? "equation'" : proofs(premise)), story)}) as goal.
  match type of goal with 0 <= ?sum => match goal with |- S <= ?most =>
    assert (isolated : sum = (${put(bound.isolates!.factor)}) * (most - S)) by (clear - γ_is L_positive γ_positive m_nonneg; rewrite ?γ_is; field; nonzero);
    rewrite isolated in goal; apply nonneg_of_scaled in goal; [clear - goal; lra | clear - m_nonneg L_positive γ_positive; positive] end end.
Qed.`;
}

/** Numbers of steps, as stages are named by them. */
const counts = ['one step', ...'two three four five six seven eight'.split(' ').map((word) => `${word} steps`)];

/** Theorems about T steps at once, one for each T. */
function fixedText({ stages }: Certificate, proved: ReadonlyMap<string, Theorem>, name: string): string | undefined {
  const runs = stages.flatMap((stage) => {
    const T = counts.indexOf(stage.name.replace(/^a run of /, '')) + 1;
    return T === 0 ? [] : [{ stage, T }];
  });
  const convex = runs.some(({ stage }) => 'x' in stage.symbols);
  // Bounds of f(x⁰) − f* may need no minimiser, and others of the same theorem one.
  if (runs.length === 0 || runs.some(({ stage }) => 'x' in stage.symbols !== convex)) return undefined;
  const theorems = runs.map(({ stage, T }) => fixedTheorem(stage, `${name}_at_${T}`, convex, proved));
  if (theorems.some((text) => text === undefined)) return undefined;
  return [helpers, hypothesesOf(convex), runLemmas(convex), ...theorems, 'End Stated.'].join('\n\n');
}

const runLemmas = (convex: boolean): string => `Lemma descent_of_f x y h v :
  grad x = (L • h)%vector -> (y - x)%vector = v -> f y <= f x + ⟨ L • h, v ⟩ + L / 2 * ‖ v ‖².
Proof. intros <- at_v. apply descent_from, at_v. Qed.
${
  convex
    ? `Lemma convexity_of_f x y h v : grad x = (L • h)%vector -> (y - x)%vector = v -> f x + ⟨ L • h, v ⟩ <= f y.
Proof. intros <- at_v. apply convexity_from, at_v. Qed.`
    : `Lemma descent_of_F x y h v :
  grad x = (L • h)%vector -> (y - x)%vector = v -> - f y <= - f x + ⟨ (-1) • (L • h), v ⟩ + L / 2 * ‖ v ‖².
Proof.
  intros <- <-. apply (descent_lemma n (fun x => - f x) (fun x => ((-1) • grad x)%vector)); [lra| |].
  - intros a u t. rewrite inner_scaled_left. replace (-1 * ⟨ grad (a + t • u), u ⟩) with (- ⟨ grad (a + t • u), u ⟩) by ring.
    apply (derivable_pt_lim_opp (fun s => f (a + s • u)%vector)), differentiable.
  - intros a b. specialize (smooth a b). autorewrite with inner in *. lra.
Qed.
Lemma below y : 0 <= f y - f_min.
Proof. pose proof (bounded_below y). lra. Qed.`
}
Lemma square_over_L u : L * ‖ (1 / L) • u ‖² = ‖ u ‖² / L.
Proof. autorewrite with inner. field. lra. Qed.
Lemma at_most_summand m u : m <= ‖ u ‖² -> 0 <= L * ‖ (1 / L) • u ‖² - m / L.
Proof.
  intros most. rewrite square_over_L. replace (‖ u ‖² / L - m / L) with ((‖ u ‖² - m) * / L) by (field; lra).
  apply Rmult_le_pos; [lra | apply Rlt_le, Rinv_0_lt_compat, L_positive].
Qed.`;

/** What is subtracted in a goal of T steps. */
const summand = / − 1\/(\d+) \((?:L‖h([₀-₉]+)‖²|f([₀-₉]+) − f\*)\)/g;

/** The bound at one T, about points that are defined one after the other; undefined for runs that are written otherwise. */
function fixedTheorem(
  stage: Stage,
  name: string,
  convex: boolean,
  proved: ReadonlyMap<string, Theorem>,
): string | undefined {
  const [, gap, distance, left] = /^(\S+) \(f₀ − f\*\)(?: \+ (\S+) L‖x‖²)?( − .*)$/.exec(stage.goal) ?? [];
  if (left === undefined) return undefined;
  const points = pointsOf(stage);
  if (points === undefined) return undefined;
  const [from, least] = convex ? ['x_star', 'f x_star'] : ['x₀', 'f_min'];
  const terms: Record<string, string> = { L: 'L', f_min: `(${least})`, m: '(m / L)', x: '(x₀ - x_star)%vector' };
  for (const k of points.names) {
    terms[`h${k}`] = `((1 / L) • grad x${k})%vector`;
    terms[`f${k}`] = `(f x${k})`;
  }
  const put = putter(stage, terms);
  for (const { values } of Object.values(stage.functions!))
    for (const [point, value] of Object.entries(values))
      if (point.startsWith('z'))
        terms[value.replace('−', '')] ??= `(f (${from} + (${put(stage.points![point]!)}))%vector)`;
  const smallest = left === ' − m';
  const better = Object.keys(stage.facts ?? {}).flatMap((fact) => /^m is .* x([₀-₉]+)$/.exec(fact)?.[1] ?? []);
  const parts = [...left.matchAll(summand)];
  const squares = smallest || parts.some(([, , gradient]) => gradient !== undefined);
  const items = parts.map(([, , gradient, value]) =>
    gradient === undefined ? `f x${value} - ${least}` : `‖ grad x${gradient} ‖²`,
  );
  if (!smallest && (parts.length === 0 || parts.map(([text]) => text).join('') !== left)) return undefined;
  const [sum] = [
    items.length === 1
      ? items[0]!
      : `(${items.map((item) => (squares ? item : `(${item})`)).join(' + ')}) / ${items.length}`,
  ];
  const number = (text: string) => (text === '1' ? '' : `${text.replace('/', ' / ')} * `);
  const most = [
    ...(gap === '0' ? [] : [`${number(gap!)}${squares ? 'L * ' : ''}(f x₀ - ${least})`]),
    ...(distance === undefined || distance === '0'
      ? []
      : [`${number(distance)}${squares ? 'L ^ 2' : 'L'} * ‖ x₀ - x_star ‖²`]),
  ].join(' + ');
  const premises = new Map(
    inequalitiesOf(stage).flatMap((inequality): (readonly [string, string])[] => {
      if (inequality.kind === 'fact') {
        const at = /^m is .* x([₀-₉]+)$/.exec(inequality.name)?.[1];
        return [[factPremise(inequality.name), at === undefined ? '(below _)' : `(at_most_summand _ _ m_below${at})`]];
      }
      if (!('from' in inequality)) return [];
      const { kind, of, from: start } = inequality;
      const lemma = start === 'x*' ? `${kind}_from_minimum _ _ _ _` : `${kind}_of_${of} _ _ _ _ _ _`;
      return [[classPremise(inequality), `(${lemma})`]];
    }),
  );
  const later = points.names.slice(1);
  return `(** The bound at one T, for the points of a run. *)
Theorem ${name} (${points.names.map((k) => `x${k}`).join(' ')} : vector)${smallest ? ' (m : R)' : ''} :
${points.equations.map((equation) => `  ${equation} ->\n`).join('')}${better.map((k) => `  m <= ‖ grad x${k} ‖² ->\n`).join('')}  ${smallest ? 'm' : sum} <= ${most === '' ? '0' : most}.
Proof.
  intros ${[...later.map((k) => `x${k}_is`), ...better.map((k) => `m_below${k}`)].join(' ')}.
${later.map((k) => `  pose proof (fun i => f_equal (fun v : vector => v i) x${k}_is) as at${k}. cbv beta in at${k}. autounfold with points in at${k}.\n`).join('')}  assert (goal : 0 <= ${put(stage.goal)}).
  { refine (${applied(stage, terms, (premise) => premises.get(premise) ?? premise, { proved })}); clear${later.map((k) => ` x${k}_is`).join('')}; by_definition. }
${
  squares
    ? `  rewrite ?square_over_L in goal.
  match type of goal with 0 <= ?sum => match goal with |- ?left <= ?most =>
    assert (isolated : L * sum = most - left) by (autorewrite with inner; field; lra);
    assert (0 <= L * sum) by (apply Rmult_le_pos; lra); lra end end.`
    : '  lra.'
}
Qed.`;
}

/** The points x₀, x₁, … of a stage by their subscripts, and what each of them is by those before it; undefined if one is unknown. */
function pointsOf({
  points = {},
  vectors = [],
}: Stage): { readonly names: readonly string[]; readonly equations: readonly string[] } | undefined {
  const names = ['₀'];
  const equations: string[] = [];
  let before = parseExpression(vectors.includes('x') ? 'x' : '0h₀');
  if (points['x₀'] !== undefined && subtract(parseExpression(points['x₀']), before).size > 0) return undefined;
  for (const [, k] of Object.keys(points).flatMap((name) => [/^x([₀-₉]+)$/.exec(name) ?? []])) {
    if (k === undefined || k === '₀') continue;
    const here = parseExpression(points[`x${k}`]!);
    const moved = [...subtract(here, before).values()].map(({ powers, coefficient }) => ({
      of: powers[0]![0],
      coefficient,
    }));
    if (moved.some(({ of }) => !names.some((known) => of === `h${known}`))) return undefined;
    const text = moved.map(({ of, coefficient }) => {
      const size = coefficient.abs().toFraction().replace('/', ' / ');
      return ` ${coefficient.lt(zero) ? '-' : '+'} (${size} / L) • grad x${of.slice(1)}`;
    });
    equations.push(`x${k} = ${text.length === 0 ? `x${names.at(-1)}` : `(x${names.at(-1)}${text.join('')})%vector`}`);
    names.push(k);
    before = here;
  }
  return { names, equations };
}
