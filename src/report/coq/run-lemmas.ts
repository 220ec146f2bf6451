/** What holds of any run. */
export const helpers = `(** * The theorem, about runs *)

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

/** The hypotheses about f. */
export function hypothesesOf(convex: boolean): string {
  return `Section Stated.

(** ${convex ? 'f is convex and has a minimiser x∗' : 'f ≥ f_min'}; f is differentiable, and its gradient is L-Lipschitz. *)
Variables (f : vector -> R) (grad : vector -> vector) (L : R)${convex ? ' (x_star : vector)' : ' (f_min : R)'}.
Hypothesis ${convex ? 'minimal : forall x, f x_star <= f x' : 'bounded_below : forall x, f_min <= f x'}.
Hypothesis L_positive : 0 < L.
Hypothesis differentiable : is_gradient n f grad.
Hypothesis smooth : is_lipschitz n grad L.
${convex ? `Hypothesis convex : is_convex f.\n` : ''}
Lemma descent_from x y v : (y - x)%vector = v -> f y <= f x + ⟨ grad x, v ⟩ + L / 2 * ‖ v ‖².
Proof. intros <-. apply descent_lemma; [lra | exact differentiable | exact smooth]. Qed.${convex ? convexLemmas : ''}`;
}

/** What follows for a convex f with a minimiser. */
export const convexLemmas = `
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

/** The hypotheses about the noise, and a step of SGD; `divided` is " / B" for mini-batches. */
export function noiseText(divided: string): string {
  return `(** A stochastic gradient ĝ(x), whose mean is ∇f(x)${divided === '' ? '' : ', from a mini-batch of B draws'}; a step of SGD. *)
Variables (Outcome : Type) (law : list (R * Outcome)) (ĝ : Outcome -> vector -> vector) (σ${divided === '' ? '' : ' B'} : R).
Hypothesis law_is : is_law law.${divided === '' ? '' : '\nHypothesis B_positive : 0 < B.'}
Hypothesis unbiased : forall x w, expectation law (fun ω => ⟨ w, ĝ ω x - grad x ⟩) = 0.
Hypothesis variance : forall x, expectation law (fun ω => ‖ ĝ ω x - grad x ‖²) <= σ ^ 2${divided}.
Definition sgd (γ : R) (ω : Outcome) (x : vector) : vector := (x - γ • ĝ ω x)%vector.
#[local] Hint Unfold sgd : points.`;
}

/** A step without noise. */
export const descentText = `(** A step of gradient descent. *)
Definition gradient_descent (γ : R) (x : vector) : vector := (x - γ • grad x)%vector.
#[local] Hint Unfold gradient_descent : points.`;

/** What T steps at once need. */
export const runLemmas = (convex: boolean): string => `Lemma descent_of_f x y h v :
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
