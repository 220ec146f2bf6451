(** SPGM for convex d, from Assumption 1 without the smoothness of the r_k.

    [convex_spgm] has every step γ, every B and T, and every point z in place of a minimiser.
    [convex_spgm_for_any_estimate] has any unbiased estimate of P(x) in place of P̂(x).
    Its law is finite, and so not that of the normal noise of Figure 1. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average.

Section ConvexSPGM.

Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).

(** (8): θ_k ≥ 0 and Σθ_k = 1, for finitely many k. *)
Variable K : Type.
Variable θ : list (R * K).
Hypothesis θ_is_a_law : is_law θ.

Variables (d : vector -> R) (grad_d : vector -> vector) (r : K -> vector -> R) (prox : K -> vector -> vector).
Variables L γ σ : R.
(** Algorithm 1: γ > 0. *)
Hypothesis γ_positive : 0 < γ.
(** Assumption 1(b): L ≥ 0, and d is differentiable with an L-Lipschitz gradient. *)
Hypothesis L_nonneg : 0 <= L.
Hypothesis d_differentiable : is_gradient n d grad_d.
Hypothesis d_smooth : is_lipschitz n grad_d L.
(** d is convex. *)
Hypothesis d_convex : is_convex d.
(** Assumption 1(c) without smoothness: all r_k are convex, and finite on Rⁿ. *)
Hypothesis r_convex : forall k, is_convex (r k).
(** (6): prox_{γ r_k}(y) minimises ½‖u − y‖² + γr_k(u) over u, for every k and y. *)
Hypothesis prox_minimises : forall k, is_prox γ n (r k) (prox k).

Notation P := (P θ grad_d prox γ).
Notation Pk := (Pk grad_d prox γ).
Notation Phat := (Phat grad_d prox γ).
Notation G := (G θ grad_d prox γ).
(** (1), with r of (9): the proximal average ([equation_9]). *)
Notation f := (fun x => d x + proximal_average θ γ n r x).

(** Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²σ² for every x. *)
Hypothesis variance : forall x, expectation θ (fun k => ‖ Pk k x - P x ‖²) <= γ ^ 2 * σ ^ 2.

(** Any point that the iterates are compared with. *)
Variable z : vector.
Notation cost := (fun x => f (P x) - f z + γ / 2 * (1 - γ * L) * ‖ G x ‖²).

(** Without noise: 2γ[f(P(x)) − f(z)] + γ²(1 − γL)‖G(x)‖² ≤ ‖x − z‖² − ‖P(x) − z‖². *)
Lemma one_step x : 2 * γ * cost x <= ‖ x - z ‖² - ‖ P x - z ‖².
Proof.
  set (y := (x - γ • grad_d x)%vector). cbn beta.
  pose proof (descent_lemma n d grad_d L L_nonneg d_differentiable d_smooth x (P x)) as d_descent.
  pose proof (above_tangent n d grad_d d_differentiable d_convex x z) as d_above.
  pose proof (r_convex_at n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises y z) as r_above.
  cbn beta in r_above. change (mean θ (fun k => prox k y)) with (P x) in *.
  apply (Rmult_le_compat_l (2 * γ)) in d_descent, d_above, r_above; try lra.
  assert (together : 2 * γ * (⟨ grad_d x, P x - x ⟩ + L / 2 * ‖ P x - x ‖²) - 2 * γ * ⟨ grad_d x, z - x ⟩
    - 2 * γ * (1 / γ * ⟨ y - P x, z - P x ⟩) + γ ^ 2 * (1 - γ * L) * ‖ G x ‖² = ‖ x - z ‖² - ‖ P x - z ‖²); [|lra].
  unfold G, y. generalize (P x). intros p. autorewrite with inner. same_order. field. lra.
Qed.

Lemma last_step x : 2 * γ * cost x <= ‖ x - z ‖² - 0 + 0.
Proof. pose proof (one_step x). pose proof (inner_nonneg n (P x - z)). lra. Qed.

(** Any estimate of P(x) from an independent outcome ω, with mean P(x) and a variance of at most γ²V. *)
Section Estimate.
Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.
Variable estimate : Outcome -> vector -> vector.
Variable V : R.
Hypothesis unbiased : forall x w, expectation law (fun ω => ⟨ w, estimate ω x - P x ⟩) = 0.
Hypothesis spread : forall x, expectation law (fun ω => ‖ estimate ω x - P x ‖²) <= γ ^ 2 * V.

Lemma step_in_expectation x :
  expectation law (fun ω => ‖ estimate ω x - z ‖²) <= ‖ x - z ‖² - 2 * γ * cost x + γ ^ 2 * V.
Proof.
  rewrite (expected_same _ _ (fun ω => ‖ estimate ω x - P x ‖² + 2 * ⟨ P x - z, estimate ω x - P x ⟩ + ‖ P x - z ‖²)).
  2: { intros ω. generalize (estimate ω x) (P x). intros u v. autorewrite with inner. same_order. ring. }
  rewrite (expected_shifted _ _ _ law_is), expected_plus, expected_times, unbiased.
  pose proof (one_step x) as step. specialize (spread x). cbn beta in *. lra.
Qed.

(** E[(1/T) Σ f(P(x^{t−1})) − f(z) + (γ/2)(1 − γL)‖G(x^{t−1})‖²] ≤ ‖x⁰ − z‖²/(2γT) + (1 − 1/T)γV/2 for every γ. *)
Theorem convex_spgm_for_any_estimate T x : (1 <= T)%nat ->
  expected_average law estimate cost T x <= ‖ x - z ‖² / (2 * γ * INR T) + (1 - 1 / INR T) * (γ * V / 2).
Proof.
  intros T_positive. destruct T as [|T]; [inversion T_positive|].
  pose proof (all_steps Outcome law law_is vector estimate cost (fun x => ‖ x - z ‖²) 0 (2 * γ) (γ ^ 2 * V) 0
    step_in_expectation last_step T x) as steps.
  cbn beta in steps. unfold expected_average. set (total := expected_total _ _ _ _ _ _ _) in *.
  assert (0 < INR (S T)) by (apply lt_0_INR; apply T_positive).
  rewrite S_INR in *. set (count := INR T) in *. set (D := ‖ x - z ‖²) in *.
  apply (Rmult_le_reg_l (2 * γ * (count + 1))); [apply Rmult_lt_0_compat; lra|].
  replace (2 * γ * (count + 1) * (total / (count + 1))) with (2 * γ * total) by (field; lra).
  replace (2 * γ * (count + 1) * (D / (2 * γ * (count + 1)) + (1 - 1 / (count + 1)) * (γ * V / 2)))
    with (D + count * (γ ^ 2 * V)) by (field; lra).
  lra.
Qed.
End Estimate.

(** The theorem for mini-batches of B draws: V = σ²/B. *)
Theorem convex_spgm B T x : (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches K θ B) (Phat B) cost T x <=
    ‖ x - z ‖² / (2 * γ * INR T) + (1 - 1 / INR T) * (γ * (σ ^ 2 / INR B) / 2).
Proof.
  intros B_positive. apply convex_spgm_for_any_estimate.
  - apply batches_are_law. exact θ_is_a_law.
  - intros y w. apply (P_is_unbiased n θ grad_d prox γ θ_is_a_law B y w B_positive).
  - intros y. rewrite (minibatch_variance n θ grad_d prox γ θ_is_a_law B y B_positive).
    assert (0 < INR B) by (apply lt_0_INR; apply B_positive).
    replace (γ ^ 2 * (σ ^ 2 / INR B)) with (γ ^ 2 * σ ^ 2 / INR B) by (field; lra).
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; assumption | apply variance].
Qed.

End ConvexSPGM.
