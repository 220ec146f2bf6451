(** Theorem 1 of the paper, and Theorem 1♯, from Assumption 1.

    [theorem_1] is the paper's statement. [theorem_1_sharp] has every step γ < 2/L and every mini-batch B, and
    [theorem_1_sharp_at_the_papers_step] has γ = 1/(L√T). All hold for every T ≥ 1 and from every x⁰ = x.
    [theorem_1_for_any_estimate] has any unbiased estimate of P(x) in place of P̂(x).
    [theorem_1_growing_noise] has γ²(σ² + c‖G(x)‖²) in place of γ²σ².
    Its law is finite, and so not that of the normal noise of Figure 1. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average.

Section Theorem1.

Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).

(** (8): θ_k ≥ 0 and Σθ_k = 1, for finitely many k. *)
Variable K : Type.
Variable θ : list (R * K).
Hypothesis θ_is_a_law : is_law θ.

Variables (d : vector -> R) (grad_d : vector -> vector) (r : K -> vector -> R) (grad_r prox : K -> vector -> vector).
Variables L γ σ f_min : R.
(** Algorithm 1: γ > 0. *)
Hypothesis γ_positive : 0 < γ.
(** Assumption 1(b): L > 0, and d is differentiable with an L-Lipschitz gradient. *)
Hypothesis L_positive : 0 < L.
Hypothesis d_differentiable : is_gradient n d grad_d.
Hypothesis d_smooth : is_lipschitz n grad_d L.
(** Assumption 1(c): all r_k are convex, and differentiable with L-Lipschitz gradients; so they are closed and proper. *)
Hypothesis r_convex : forall k, is_convex (r k).
Hypothesis r_differentiable : forall k, is_gradient n (r k) (grad_r k).
Hypothesis r_smooth : forall k, is_lipschitz n (grad_r k) L.
(** (6): prox_{γ r_k}(y) minimises ½‖u − y‖² + γr_k(u) over u, for every k and y. *)
Hypothesis prox_minimises : forall k, is_prox γ n (r k) (prox k).

Notation P := (P θ grad_d prox γ).
Notation Pk := (Pk grad_d prox γ).
Notation Phat := (Phat grad_d prox γ).
Notation G := (G θ grad_d prox γ).
(** (1), with r of (9): the proximal average ([equation_9]). *)
Notation r_γ := (proximal_average θ γ n r).
Notation f := (fun x => d x + r_γ x).

(** Assumption 1(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.

(** One step from x to any v: f(v) ≤ f(x) + ⟨G(x), v − x⟩ + (L/2)‖v − x‖² + (L/2)‖v − P(x)‖². *)
Lemma one_step x v :
  f v <= f x + ⟨ G x, v - x ⟩ + L / 2 * ‖ v - x ‖² + L / 2 * ‖ v - P x ‖².
Proof.
  set (y := (x - γ • grad_d x)%vector).
  pose proof (descent_lemma n d grad_d L (Rlt_le _ _ L_positive) d_differentiable d_smooth x v) as d_descent.
  pose proof (r_convex_at n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises y x) as convex.
  pose proof (r_smooth_at n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises grad_r r_differentiable
    (fun h => L / 2 * ‖ h ‖²) y v) as r_descent.
  cbn beta in convex, r_descent. change (mean θ (fun k => prox k y)) with (P x) in *.
  assert (smooth : forall k p h, r k (p + h)%vector <= r k p + ⟨ grad_r k p, h ⟩ + L / 2 * ‖ h ‖²).
  { intros k p h. pose proof (descent_lemma n (r k) (grad_r k) L (Rlt_le _ _ L_positive) (r_differentiable k) (r_smooth k)
      p (p + h)%vector) as descent.
    replace (p + h - p)%vector with h in descent by (coordinates; unfold plus, minus; ring). exact descent. }
  specialize (r_descent smooth). unfold G.
  assert (slopes : ⟨ grad_d x, v - x ⟩ + 1 / γ * ⟨ y - P x, v - P x ⟩ - 1 / γ * ⟨ y - P x, x - P x ⟩
    = ⟨ (1 / γ) • (x - P x), v - x ⟩).
  { unfold y. generalize (P x). intros p. autorewrite with inner. same_order. field. lra. }
  lra.
Qed.

(** f(x⁺) for x⁺ = v: f(v) ≤ f(x) − γ(1 − γL/2)‖G(x)‖² + (1 − γL)⟨G(x), v − P(x)⟩ + L‖v − P(x)‖². *)
Lemma one_step_with_noise x v :
  f v <= f x - γ * (1 - γ * L / 2) * ‖ G x ‖² + (1 - γ * L) * ⟨ G x, v - P x ⟩ + L * ‖ v - P x ‖².
Proof.
  pose proof (one_step x v) as step. eapply Rle_trans; [exact step|]. right.
  replace (v - P x)%vector with (v - x + γ • G x)%vector by (coordinates; unfold G, plus, minus, scaled; field; lra).
  generalize (G x) (v - x)%vector. intros g h. autorewrite with inner. same_order. field.
Qed.

(** Any estimate of P(x) from an independent outcome ω, with mean P(x) and a variance of at most γ²(V + c‖G(x)‖²). *)
Section Estimate.
Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.
Variable estimate : Outcome -> vector -> vector.
Variables V c : R.
Hypothesis unbiased : forall x w, expectation law (fun ω => ⟨ w, estimate ω x - P x ⟩) = 0.
Hypothesis spread : forall x, expectation law (fun ω => ‖ estimate ω x - P x ‖²) <= γ ^ 2 * (V + c * ‖ G x ‖²).
Hypothesis c_nonneg : 0 <= c.

Lemma step_in_expectation x :
  expectation law (fun ω => f (estimate ω x)) <= f x - γ * (1 - γ * L * (1 / 2 + c)) * ‖ G x ‖² + γ ^ 2 * L * V.
Proof.
  eapply Rle_trans; [apply (expected_monotone _ _ (fun ω => (1 - γ * L) * ⟨ G x, estimate ω x - P x ⟩
    + L * ‖ estimate ω x - P x ‖² + (f x - γ * (1 - γ * L / 2) * ‖ G x ‖²)) law_is)|].
  { intros ω. pose proof (one_step_with_noise x (estimate ω x)). lra. }
  rewrite (expected_shifted _ _ _ law_is), expected_plus, !expected_times, unbiased.
  pose proof (Rmult_le_compat_l L _ _ (Rlt_le _ _ L_positive) (spread x)). lra.
Qed.
(** The last step is taken without its noise: the left side does not depend on where it leads. *)
Lemma last_step x : γ * (1 - γ * L * (1 / 2 + c)) * ‖ G x ‖² <= f x - f_min + 0.
Proof.
  pose proof (one_step_with_noise x (P x)) as step. pose proof (f_min_below (P x)).
  autorewrite with inner in step.
  assert (0 <= γ * (γ * L * c) * ‖ G x ‖²); [|lra].
  apply Rmult_le_pos; [|apply inner_nonneg]. repeat apply Rmult_le_pos; lra.
Qed.

(** Theorem 1♯: E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 − 1/T)γLV]/(1 − γL(½ + c)) for every γ with γL(½ + c) < 1. *)
Theorem theorem_1_for_any_estimate T x :
  (1 <= T)%nat -> γ * L * (1 / 2 + c) < 1 ->
  expected_average law estimate (fun x => ‖ G x ‖²) T x <=
    ((f x - f_min) / (γ * INR T) + (1 - 1 / INR T) * (γ * L * V)) / (1 - γ * L * (1 / 2 + c)).
Proof.
  intros T_positive small. destruct T as [|T]; [inversion T_positive|].
  pose proof (all_steps Outcome law law_is vector estimate (fun x => ‖ G x ‖²) f f_min (γ * (1 - γ * L * (1 / 2 + c)))
    (γ ^ 2 * L * V) 0 step_in_expectation last_step T x) as steps. cbn beta in steps.
  unfold expected_average. set (total := expected_total _ _ _ _ _ _ _) in *.
  assert (0 < INR (S T)) by (apply lt_0_INR; apply T_positive).
  set (kept := 1 - γ * L * (1 / 2 + c)) in *. assert (0 < kept) by (unfold kept; lra).
  rewrite S_INR in *. set (count := INR T) in *.
  apply (Rmult_le_reg_l (γ * (count + 1) * kept)).
  { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; assumption. }
  replace (γ * (count + 1) * kept * (total / (count + 1))) with (γ * kept * total) by (field; lra).
  match goal with |- _ <= ?right => replace right with (f x - f_min + count * (γ ^ 2 * L * V)) end.
  - cbn beta. lra.
  - cbn beta. field. repeat split; lra.
Qed.
End Estimate.

(** Noise that grows with G. *)
Section Growing.
Variable c : R.
(** c ≥ 0 *)
Hypothesis c_nonneg : 0 <= c.
(** In place of Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²(σ² + c‖G(x)‖²) for every x. *)
Hypothesis variance_grows : forall x, expectation θ (fun k => ‖ Pk k x - P x ‖²) <= γ ^ 2 * (σ ^ 2 + c * ‖ G x ‖²).

(** E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 − 1/T)γLσ²/B]/(1 − γL(½ + c/B)) for mini-batches of B draws. *)
Theorem theorem_1_growing_noise B T x :
  (1 <= B)%nat -> (1 <= T)%nat -> γ * L * (1 / 2 + c / INR B) < 1 ->
  expected_average (batches K θ B) (Phat B) (fun x => ‖ G x ‖²) T x <=
    ((f x - f_min) / (γ * INR T) + (1 - 1 / INR T) * (γ * L * (σ ^ 2 / INR B))) / (1 - γ * L * (1 / 2 + c / INR B)).
Proof.
  intros B_positive. assert (0 < INR B) by (apply lt_0_INR; apply B_positive).
  apply theorem_1_for_any_estimate.
  - apply batches_are_law. exact θ_is_a_law.
  - intros y w. apply (P_is_unbiased n θ grad_d prox γ θ_is_a_law B y w B_positive).
  - intros y. rewrite (minibatch_variance n θ grad_d prox γ θ_is_a_law B y B_positive).
    replace (γ ^ 2 * (σ ^ 2 / INR B + c / INR B * ‖ G y ‖²)) with (γ ^ 2 * (σ ^ 2 + c * ‖ G y ‖²) / INR B) by (field; lra).
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; assumption | apply variance_grows].
  - unfold Rdiv. apply Rmult_le_pos; [exact c_nonneg | apply Rlt_le, Rinv_0_lt_compat; assumption].
Qed.
End Growing.

(** Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²σ² for every x. *)
Hypothesis variance : forall x, expectation θ (fun k => ‖ Pk k x - P x ‖²) <= γ ^ 2 * σ ^ 2.

(** Theorem 1♯ for mini-batches of B draws. *)
Theorem theorem_1_sharp B T x :
  (1 <= B)%nat -> (1 <= T)%nat -> γ < 2 / L ->
  expected_average (batches K θ B) (Phat B) (fun x => ‖ G x ‖²) T x <=
    ((f x - f_min) / (γ * INR T) + (1 - 1 / INR T) * (γ * L * (σ ^ 2 / INR B))) / (1 - γ * L / 2).
Proof.
  intros B_positive T_positive small. assert (0 < INR B) by (apply lt_0_INR; apply B_positive).
  replace (1 - γ * L / 2) with (1 - γ * L * (1 / 2 + 0 / INR B)) by (field; lra).
  apply (theorem_1_growing_noise 0 (Rle_refl 0)); [|exact B_positive | exact T_positive|].
  - intros y. rewrite Rmult_0_l, Rplus_0_r. apply variance.
  - apply (Rmult_lt_compat_r L) in small; [|exact L_positive].
    replace (2 / L * L) with 2 in small by (field; lra). unfold Rdiv at 2. lra.
Qed.

(** Theorem 1♯ at the paper's step: E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [LΔ + (1 − 1/T)σ²/B]/(√T − ½). *)
Theorem theorem_1_sharp_at_the_papers_step B T x :
  (1 <= B)%nat -> (1 <= T)%nat -> γ = 1 / (L * sqrt (INR T)) ->
  expected_average (batches K θ B) (Phat B) (fun x => ‖ G x ‖²) T x <=
    (L * (f x - f_min) + (1 - 1 / INR T) * (σ ^ 2 / INR B)) / (sqrt (INR T) - 1 / 2).
Proof.
  intros B_positive T_positive step.
  destruct (at_least_one_step T T_positive) as [at_least_one [root square]].
  assert (0 < INR B) by (apply lt_0_INR; apply B_positive).
  assert (product : γ * L = 1 / sqrt (INR T)) by (rewrite step; field; lra).
  assert (small : γ < 2 / L).
  { apply (Rmult_lt_reg_l L); [exact L_positive|]. replace (L * (2 / L)) with 2 by (field; lra).
    rewrite (Rmult_comm L), product. apply (Rmult_lt_reg_l (sqrt (INR T))); [lra|].
    replace (sqrt (INR T) * (1 / sqrt (INR T))) with 1 by (field; lra). lra. }
  pose proof (theorem_1_sharp B T x B_positive T_positive small) as bound.
  set (average := expected_average _ _ _ _ _) in *. clearbody average. cbn beta in *.
  set (Δ := d x + r_γ x - f_min) in *. clearbody Δ. set (τ := sqrt (INR T)) in *. rewrite <- square in *.
  replace ((L * Δ + (1 - 1 / (τ * τ)) * (σ ^ 2 / INR B)) / (τ - 1 / 2)) with
    ((Δ / (γ * (τ * τ)) + (1 - 1 / (τ * τ)) * (γ * L * (σ ^ 2 / INR B))) / (1 - γ * L / 2)).
  - exact bound.
  - rewrite step. field. repeat split; lra.
Qed.

(** Theorem 1: E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ (1/√T)[2L(f(x⁰) − f∗) + 3σ²] for γ = 1/(L√T) and B = 1. *)
Theorem theorem_1 T x :
  (1 <= T)%nat -> γ = 1 / (L * sqrt (INR T)) ->
  expected_average (batches K θ 1) (Phat 1) (fun x => ‖ G x ‖²) T x <= 1 / sqrt (INR T) * (2 * L * (f x - f_min) + 3 * σ ^ 2).
Proof.
  intros T_positive step. eapply Rle_trans; [apply (theorem_1_sharp_at_the_papers_step 1 T x (le_n 1) T_positive step)|].
  destruct (at_least_one_step T T_positive) as [at_least_one [root square]].
  pose proof (f_min_below x) as gap. cbn beta in *. set (Δ := d x + r_γ x - f_min).
  assert (Δ_nonneg : 0 <= Δ) by (unfold Δ; lra). clearbody Δ.
  set (τ := sqrt (INR T)) in *. rewrite <- square. cbn [INR].
  apply (Rmult_le_reg_l (τ * (τ - 1 / 2))); [apply Rmult_lt_0_compat; lra|].
  replace (τ * (τ - 1 / 2) * ((L * Δ + (1 - 1 / (τ * τ)) * (σ ^ 2 / 1)) / (τ - 1 / 2)))
    with (τ * (L * Δ) + τ * σ ^ 2 - 1 / τ * σ ^ 2) by (field; lra).
  replace (τ * (τ - 1 / 2) * (1 / τ * (2 * L * Δ + 3 * σ ^ 2))) with ((τ - 1 / 2) * (2 * (L * Δ) + 3 * σ ^ 2)) by (field; lra).
  pose proof (pow2_ge_0 σ). assert (0 <= L * Δ) by (apply Rmult_le_pos; lra).
  assert (0 <= 1 / τ) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
  pose proof (Rmult_le_pos (1 / τ) (σ ^ 2) ltac:(assumption) ltac:(assumption)).
  pose proof (Rmult_le_pos (τ - 1) (L * Δ) ltac:(lra) ltac:(assumption)).
  pose proof (Rmult_le_pos (τ - 1) (σ ^ 2) ltac:(lra) ltac:(assumption)). lra.
Qed.

End Theorem1.
