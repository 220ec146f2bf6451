(** A problem that meets all premises of Theorems 1 and 2: in R², d(x) = cos x_1 + cos x_2, which is not convex, and
    r_k(x) = ½‖x − c_k‖² with c_k = (1, 1) or (−1, −1), each with probability ½. Here L = L_i = σ_i = 1 and σ² = 2.
    Every T ≥ 1 is covered. For convex d, d = r_1. With kinks, r_k(x) = |x_1 − c_k| + |x_2 − c_k|, and M_i = 1.
    The lower bound has problems of its own, for L_i = σ_i = 1 too; the upper bound holds on them. *)

From Coq Require Import Reals Lra Lia List.
Import ListNotations.
Open Scope R_scope.
Require Import prelude proximal_average theorem_1 theorem_2 convex_spgm smooth_average error_feedback momentum smoothed_sign_prox lower_bound.

Definition θ : list (R * bool) := [(1 / 2, true); (1 / 2, false)].
Definition centre (k : bool) : R := if k then 1 else -1.
Definition d (x : vector) : R := cos (x 0%nat) + cos (x 1%nat).
Definition grad_d (x : vector) : vector := fun i => - sin (x i).
Definition r (k : bool) (x : vector) : R := 1 / 2 * ((x 0%nat - centre k) ^ 2 + (x 1%nat - centre k) ^ 2).
Definition grad_r (k : bool) (x : vector) : vector := fun i => x i - centre k.
Definition prox (γ : R) (k : bool) (y : vector) : vector := fun i => (y i + γ * centre k) / (1 + γ).
Definition one (i : nat) : R := 1.

Lemma θ_is : is_law θ.
Proof. split; [repeat constructor; cbn; lra | cbn; lra]. Qed.
Lemma d_differentiable : is_gradient 2 d grad_d.
Proof.
  intros x u t. unfold d, grad_d, plus, scaled. cbn [inner]. rewrite Rplus_0_l.
  apply (derivable_pt_lim_plus (fun s => cos (x 0%nat + s * u 0%nat)) (fun s => cos (x 1%nat + s * u 1%nat)));
    (apply (derivable_pt_lim_comp (fun s => _ + s * _) cos); [apply along_line | apply derivable_pt_lim_cos]).
Qed.
Lemma d_smooth_by_coordinate : is_lipschitz_by_coordinate 2 grad_d one.
Proof.
  intros x y i _. unfold grad_d, one. rewrite Rmult_1_l, (Rabs_minus_sym (x i)).
  replace (- sin (x i) - - sin (y i)) with (sin (y i) - sin (x i)) by ring. apply sin_lipschitz.
Qed.
Lemma d_smooth : is_lipschitz 2 grad_d 1.
Proof.
  intros x y. rewrite pow1, Rmult_1_l, !inner_sum. apply sum_below. intros i inside. unfold minus.
  pose proof (d_smooth_by_coordinate y x i inside) as steep. unfold one in steep. rewrite Rmult_1_l in steep.
  apply Rsqr_le_abs_1 in steep. exact steep.
Qed.
Lemma r_differentiable k : is_gradient 2 (r k) (grad_r k).
Proof.
  intros x u t. unfold r, grad_r, plus, scaled. cbn [inner]. rewrite Rplus_0_l. set (c := centre k).
  replace ((x 0%nat + t * u 0%nat - c) * u 0%nat + (x 1%nat + t * u 1%nat - c) * u 1%nat) with
    (1 / 2 * (INR 2 * (x 0%nat + t * u 0%nat - c) ^ 1 * u 0%nat + INR 2 * (x 1%nat + t * u 1%nat - c) ^ 1 * u 1%nat)) by (cbn [INR]; field).
  apply (derivable_pt_lim_scal (fun s => (x 0%nat + s * u 0%nat - c) ^ 2 + (x 1%nat + s * u 1%nat - c) ^ 2)).
  apply (derivable_pt_lim_plus (fun s => (x 0%nat + s * u 0%nat - c) ^ 2) (fun s => (x 1%nat + s * u 1%nat - c) ^ 2));
    (apply (derivable_pt_lim_comp (fun s => _ + s * _ - c) (fun v => v ^ 2)); [|apply (derivable_pt_lim_pow _ 2)]).
  - rewrite <- (Rminus_0_r (u 0%nat)). apply (derivable_pt_lim_minus (fun s => _ + s * _) (fun _ => c)); [|apply derivable_pt_lim_const].
    rewrite Rminus_0_r. apply along_line.
  - rewrite <- (Rminus_0_r (u 1%nat)). apply (derivable_pt_lim_minus (fun s => _ + s * _) (fun _ => c)); [|apply derivable_pt_lim_const].
    rewrite Rminus_0_r. apply along_line.
Qed.
Lemma r_smooth_by_coordinate k : is_lipschitz_by_coordinate 2 (grad_r k) one.
Proof. intros x y i _. unfold grad_r, one. right. rewrite Rmult_1_l. f_equal. ring. Qed.
Lemma r_smooth k : is_lipschitz 2 (grad_r k) 1.
Proof. intros x y. unfold grad_r, minus. cbn [inner]. right. ring. Qed.
Lemma r_convex k : is_convex (r k).
Proof.
  intros x y t between. unfold r, plus, minus, scaled. set (c := centre k). apply Rminus_le.
  match goal with |- ?difference <= 0 => replace difference with
    (- (t * (1 - t) / 2 * ((x 0%nat - y 0%nat) ^ 2 + (x 1%nat - y 1%nat) ^ 2))) by field end.
  pose proof (pow2_ge_0 (x 0%nat - y 0%nat)). pose proof (pow2_ge_0 (x 1%nat - y 1%nat)).
  assert (0 <= t * (1 - t) / 2 * ((x 0%nat - y 0%nat) ^ 2 + (x 1%nat - y 1%nat) ^ 2)); [|lra].
  apply Rmult_le_pos; [|lra]. pose proof (Rmult_le_pos t (1 - t) ltac:(lra) ltac:(lra)). lra.
Qed.
Lemma prox_minimises γ k : 0 < γ -> is_prox γ 2 (r k) (prox γ k).
Proof.
  intros γ_positive y u. unfold r, prox, minus. cbn [inner]. set (c := centre k). apply Rminus_le.
  match goal with |- ?difference <= 0 => replace difference with
    (- ((1 + γ) / 2 * ((u 0%nat - (y 0%nat + γ * c) / (1 + γ)) ^ 2 + (u 1%nat - (y 1%nat + γ * c) / (1 + γ)) ^ 2))) by (field; lra) end.
  set (a := (u 0%nat - _) ^ 2). set (b := (u 1%nat - _) ^ 2).
  assert (0 <= a) by apply pow2_ge_0. assert (0 <= b) by apply pow2_ge_0.
  pose proof (Rmult_le_pos ((1 + γ) / 2) (a + b) ltac:(lra) ltac:(lra)). lra.
Qed.
Lemma variance_by_coordinate grad γ x i : 0 < γ ->
  expectation θ (fun k => (Pk grad (prox γ) γ k x i - P θ grad (prox γ) γ x i) ^ 2) <= γ ^ 2 * one i ^ 2.
Proof.
  intros γ_positive. unfold P, mean, Pk, prox, one, θ, centre. cbn [expectation].
  match goal with |- ?left <= _ => replace left with (γ ^ 2 * (1 / (1 + γ)) ^ 2) by (field; lra) end.
  apply Rmult_le_compat_l; [apply pow2_ge_0|]. apply pow_incr. split; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
  apply (Rmult_le_reg_l (1 + γ)); [lra|]. replace ((1 + γ) * (1 / (1 + γ))) with 1 by (field; lra). lra.
Qed.
Lemma variance grad γ x : 0 < γ -> expectation θ (fun k => inner 2 (Pk grad (prox γ) γ k x - P θ grad (prox γ) γ x)
  (Pk grad (prox γ) γ k x - P θ grad (prox γ) γ x)) <= γ ^ 2 * sqrt 2 ^ 2.
Proof.
  intros γ_positive. rewrite <- (Rsqr_pow2 (sqrt 2)), Rsqr_sqrt by lra.
  rewrite (expected_same θ _ (fun k => (Pk grad (prox γ) γ k x 0%nat - P θ grad (prox γ) γ x 0%nat) ^ 2
    + (Pk grad (prox γ) γ k x 1%nat - P θ grad (prox γ) γ x 1%nat) ^ 2)) by (intros; unfold minus; cbn [inner]; ring).
  rewrite expected_plus. pose proof (variance_by_coordinate grad γ x 0 γ_positive). pose proof (variance_by_coordinate grad γ x 1 γ_positive).
  unfold one in *. lra.
Qed.

Section Step.
Variable γ : R.
Hypothesis γ_positive : 0 < γ.
Notation r_γ := (proximal_average θ γ 2 r).
Lemma f_above x : -2 <= d x + r_γ x.
Proof.
  assert (0 <= r_γ x).
  { apply (r_lower_bound 2 θ θ_is γ γ_positive r). intros k v. unfold r.
    pose proof (pow2_ge_0 (v 0%nat - centre k)). pose proof (pow2_ge_0 (v 1%nat - centre k)). lra. }
  unfold d. pose proof (COS_bound (x 0%nat)). pose proof (COS_bound (x 1%nat)). lra.
Qed.

Theorem theorem_1_example T x : (1 <= T)%nat -> γ = 1 / (1 * sqrt (INR T)) ->
  expected_average (batches bool θ 1) (Phat grad_d (prox γ) γ 1)
    (fun x => inner 2 (G θ grad_d (prox γ) γ x) (G θ grad_d (prox γ) γ x)) T x <=
    1 / sqrt (INR T) * (2 * 1 * (d x + r_γ x - -2) + 3 * sqrt 2 ^ 2).
Proof.
  apply (theorem_1 2 bool θ θ_is d grad_d r grad_r (prox γ) 1 γ (sqrt 2) (-2) γ_positive Rlt_0_1 d_differentiable d_smooth
    r_convex r_differentiable r_smooth (fun k => prox_minimises γ k γ_positive) f_above (fun x => variance grad_d γ x γ_positive)).
Qed.

Theorem theorem_2_example T x : (1 <= T)%nat -> γ = 1 / (2 * sum 2 one * sqrt (INR T)) ->
  expected_average (batches bool θ T) (sign_prox γ (Phat grad_d (prox γ) γ T) (fun _ _ _ => 1))
    (fun x => sum 2 (fun i => Rabs (G θ grad_d (prox γ) γ x i))) T x <=
    4 / sqrt (INR T) * (sum 2 one * (d x + r_γ x - -2) + sum 2 one + 1).
Proof.
  intros T_positive step.
  apply (theorem_2 2 bool θ θ_is d grad_d r grad_r (prox γ) one one γ γ_positive); try assumption.
  - intros; unfold one; lra.
  - apply d_differentiable.
  - apply d_smooth_by_coordinate.
  - apply r_convex.
  - apply r_differentiable.
  - apply r_smooth_by_coordinate.
  - intros k. apply prox_minimises. exact γ_positive.
  - intros; unfold one; lra.
  - intros y i _. apply variance_by_coordinate. exact γ_positive.
  - apply (r_agree 2 θ θ_is γ γ_positive r (prox γ) r_convex (fun k => prox_minimises γ k γ_positive)).
  - intros y u. apply (equation_9 2 θ θ_is γ γ_positive r (prox γ) r_convex
      (fun k => prox_minimises γ k γ_positive) (y - γ • grad_d y)%vector u).
  - apply f_above.
  - intros draws y i. lra.
  - unfold one; cbn; lra.
Qed.

Theorem error_feedback_example B T x : let ρ := sqrt (1 - 1 / INR 2) in
  (1 <= B)%nat -> (1 <= T)%nat -> γ * 1 * (1 / 2 + 2 * (ρ / (1 - ρ))) < 1 ->
  expected_average (batches bool θ B) (feedback (Phat grad_d (prox γ) γ B) (fun _ => scaled_sign 2 (fun _ => 1)))
    (fun s => inner 2 (G θ grad_d (prox γ) γ (fst s)) (G θ grad_d (prox γ) γ (fst s))) T (x, fun _ => 0) <=
    ((d x + r_γ x - -2) / (γ * INR T) + (1 + ρ) * (1 - 1 / INR T) * (γ * 1 * (sqrt 2 ^ 2 / INR B)))
      / (1 - γ * 1 * (1 / 2 + 2 * (ρ / (1 - ρ)))).
Proof.
  intros ρ. apply (error_feedback_scaled_sign 2 bool θ θ_is d grad_d r grad_r (prox γ) 1 γ (sqrt 2) (-2) γ_positive Rlt_0_1
    d_differentiable d_smooth r_convex r_differentiable r_smooth (fun k => prox_minimises γ k γ_positive) f_above
    (fun x => variance grad_d γ x γ_positive) (fun _ _ _ => 1)).
  - intros draws m i. lra.
  - lia.
Qed.

Theorem sign_prox_momentum_example α B T x : 0 < α <= 1 -> (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches bool θ B) (momentum_step γ α (Phat grad_d (prox γ) γ B) (fun _ _ _ => 1))
    (fun s => sum 2 (fun i => Rabs (G θ grad_d (prox γ) γ (fst s) i))) T (x, None) <=
    (d x + r_γ x - -2) / (γ * INR T) + γ * sum 2 one
    + (1 - 1 / INR T) * sum 2 (fun i => (2 + γ * one i) * (2 * γ * one i * (1 - α) / α + one i / sqrt (INR B) * sqrt (α / (2 - α))))
    + 1 / (α * INR T) * sum 2 (fun i => (2 + γ * one i) * (one i / sqrt (INR B))).
Proof.
  intros α_between. apply (sign_prox_momentum 2 bool θ θ_is d grad_d r grad_r (prox γ) one one γ α γ_positive α_between
    (fun i _ => Rle_0_1) d_differentiable d_smooth_by_coordinate r_convex r_differentiable r_smooth_by_coordinate
    (fun k => prox_minimises γ k γ_positive) (fun i _ => Rle_0_1) (fun y i _ => variance_by_coordinate grad_d γ y i γ_positive) r_γ
    (r_agree 2 θ θ_is γ γ_positive r (prox γ) r_convex (fun k => prox_minimises γ k γ_positive))
    (equation_9 2 θ θ_is γ γ_positive r (prox γ) r_convex (fun k => prox_minimises γ k γ_positive)) (-2) f_above).
  intros draws m i. lra.
Qed.

Theorem convex_spgm_example z B T x : (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches bool θ B) (Phat (grad_r true) (prox γ) γ B)
    (fun x => r true (P θ (grad_r true) (prox γ) γ x) + r_γ (P θ (grad_r true) (prox γ) γ x) - (r true z + r_γ z)
      + γ / 2 * (1 - γ * 1) * inner 2 (G θ (grad_r true) (prox γ) γ x) (G θ (grad_r true) (prox γ) γ x)) T x <=
    inner 2 (x - z) (x - z) / (2 * γ * INR T) + (1 - 1 / INR T) * (γ * (sqrt 2 ^ 2 / INR B) / 2).
Proof.
  apply (convex_spgm 2 bool θ θ_is (r true) (grad_r true) r (prox γ) 1 γ (sqrt 2) γ_positive Rle_0_1 (r_differentiable true)
    (r_smooth true) (r_convex true) r_convex (fun k => prox_minimises γ k γ_positive)
    (fun x => variance (grad_r true) γ x γ_positive)).
Qed.
End Step.

(** |t − c_k|, and its prox: t is moved towards c_k by s, or to it. *)
Definition ρ_kinked (k : bool) (i : nat) (t : R) : R := Rabs (t - centre k).
Definition prox_kinked (s : R) (k : bool) (i : nat) (t : R) : R :=
  if Rlt_dec s (t - centre k) then t - s else if Rlt_dec (t - centre k) (- s) then t + s else centre k.
Lemma ρ_convex k i : is_convex_1 (ρ_kinked k i).
Proof.
  intros x y t between. unfold ρ_kinked. set (c := centre k).
  replace (x + t * (y - x) - c) with ((1 - t) * (x - c) + t * (y - c)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, (Rabs_pos_eq t), (Rabs_pos_eq (1 - t)) by lra. lra.
Qed.
Lemma ρ_lipschitz k i s t : Rabs (ρ_kinked k i s - ρ_kinked k i t) <= one i * Rabs (s - t).
Proof.
  unfold ρ_kinked, one. rewrite Rmult_1_l. replace (s - t) with ((s - centre k) - (t - centre k)) by ring. apply Rabs_triang_inv2.
Qed.
Lemma prox_kinked_minimises s k i : 0 < s -> is_prox_1 s (ρ_kinked k i) (prox_kinked s k i).
Proof.
  intros s_positive t v. unfold ρ_kinked, prox_kinked. set (c := centre k).
  pose proof (Rle_abs (v - c)) as up. pose proof (Rle_abs (- (v - c))) as down. rewrite Rabs_Ropp in down.
  apply (Rmult_le_compat_l s) in up; [|lra]. apply (Rmult_le_compat_l s) in down; [|lra].
  destruct (Rlt_dec s (t - c)) as [right|not_right]; [|destruct (Rlt_dec (t - c) (- s)) as [left|not_left]].
  - rewrite (Rabs_pos_eq (t - s - c)) by lra. pose proof (pow2_ge_0 (v - t + s)). lra.
  - rewrite (Rabs_left (t + s - c)) by lra. pose proof (pow2_ge_0 (v - t - s)). lra.
  - rewrite (Rminus_diag c), Rabs_R0. pose proof (pow2_ge_0 (v - c)).
    assert ((t - c) * (v - c) <= s * Rabs (v - c)); [|lra].
    destruct (Rle_dec 0 (v - c)).
    + rewrite (Rabs_pos_eq (v - c)) by lra. apply Rmult_le_compat_r; lra.
    + rewrite (Rabs_left (v - c)) by lra. pose proof (Rmult_le_compat_r (- (v - c)) (- s) (t - c) ltac:(lra) ltac:(lra)). lra.
Qed.
Theorem smoothed_sign_prox_example γ μ B T x : 0 < γ -> 0 < μ -> (1 <= B)%nat -> (1 <= T)%nat ->
  let L' := Rmax 1 (1 / μ) in
  expected_average (batches bool θ B) (sign_prox γ (Phat grad_d (prox_smoothed bool prox_kinked γ μ) γ B) (fun _ _ _ => 1))
    (fun x => sum 2 (fun i => Rabs (G θ grad_d (prox_smoothed bool prox_kinked γ μ) γ x i))) T x <=
    (d x + expectation θ (fun k => kinked 2 bool ρ_kinked k x) - -2 + 1 / 2 * (γ + μ) * sum 2 (fun i => one i ^ 2)) / (γ * INR T)
    + γ * sum 2 (fun _ => L') + (1 - 1 / INR T) * sum 2 (fun i => (1 + 1 / 2 * (γ * L') ^ 2) * (one i / sqrt (INR B))).
Proof.
  intros γ_positive μ_positive B_positive T_positive L'.
  apply (smoothed_sign_prox 2 bool θ θ_is d grad_d ρ_kinked prox_kinked one one γ μ γ_positive μ_positive
    (fun i _ => Rle_0_1) d_differentiable d_smooth_by_coordinate ρ_convex ρ_lipschitz prox_kinked_minimises (-2)); try assumption.
  - intros y. unfold d, kinked, separable, ρ_kinked, θ. cbn [expectation sum].
    pose proof (COS_bound (y 0%nat)). pose proof (COS_bound (y 1%nat)).
    pose proof (Rabs_pos (y 0%nat - centre true)). pose proof (Rabs_pos (y 1%nat - centre true)).
    pose proof (Rabs_pos (y 0%nat - centre false)). pose proof (Rabs_pos (y 1%nat - centre false)). lra.
  - intros i _. apply noise_factor_quadratic. apply Rmult_le_pos; [lra|].
    apply Rle_trans with 1; [lra | apply Rmax_l].
  - intros draws m i. lra.
Qed.

(** The lower and the upper bound on one problem. *)
Theorem lower_bound_example γ Δ B T : 0 < γ -> 0 < Δ -> (1 <= B)%nat -> (1 <= T)%nat -> 2 / Δ <= INR T * INR B ->
  exists I : instance 2 one one (fun _ => γ) Δ, forall at_zero, is_sign_of_zero at_zero ->
    1 / 2 * sqrt (sqrt (8 * Δ / (INR T * INR B))) <= left_side I B at_zero T <=
    Δ / (γ * INR T) + γ * sum 2 one + (1 - 1 / INR T) * sum 2 (fun i => (1 + 1 / 2 * (γ * one i) ^ 2) * (one i / sqrt (INR B))).
Proof.
  intros γ_positive Δ_positive B_positive T_positive draws.
  destruct (sign_prox_lower_bound 2 one one (fun _ => γ) Δ T B) as [I low]; try assumption; try (intros; unfold one; cbn [sum]; lra).
  - unfold one. cbn [sum]. replace ((0 + 1 + 1) * (0 + 1 ^ 2 / 1 + 1 ^ 2 / 1) ^ 2 / (Δ * (0 + 1 + 1) ^ 2)) with (2 / Δ) by (field; lra). exact draws.
  - exists I. intros at_zero is. split.
    + replace (8 * Δ) with (sum 2 one * Δ * sum 2 one ^ 2) by (unfold one; cbn [sum]; ring). apply (low at_zero is).
    + apply (upper_bound 2 one one γ Δ I); try assumption; try (intros; unfold one; lra).
      intros i _. apply noise_factor_quadratic. unfold one. lra.
Qed.

(** Noise that no σ bounds: d = 0, r_k(x) = x² or 0 in R, each with probability ½, and the variance is γ²G(x)². *)
Definition bend (k : bool) : R := if k then 2 else 0.
Definition r_bent (k : bool) : vector -> R := separable 1 (fun _ t => bend k / 2 * t ^ 2).
Definition grad_bent (k : bool) (x : vector) : vector := fun i => bend k * x i.
Definition prox_bent (γ : R) (k : bool) (y : vector) : vector := fun i => y i / (1 + γ * bend k).
Definition flat_grad (x : vector) : vector := fun _ => 0.

Section Bent.
Variables (γ : R) (B T : nat) (x : vector).
Hypothesis γ_positive : 0 < γ.
Notation P := (P θ flat_grad (prox_bent γ) γ).
Notation Pk := (Pk flat_grad (prox_bent γ) γ).
Notation G := (G θ flat_grad (prox_bent γ) γ).
Notation r_γ := (proximal_average θ γ 1 r_bent).
Lemma bend_nonneg k : 0 <= bend k <= 2. Proof. destruct k; cbn; lra. Qed.
Lemma flat_differentiable : is_gradient 1 (fun _ => 0) flat_grad.
Proof. intros y u t. unfold flat_grad. cbn [inner]. replace (0 + 0 * u 0%nat) with 0 by ring. apply derivable_pt_lim_const. Qed.
Lemma bent_convex k : is_convex (r_bent k).
Proof.
  apply separable_convex. intros _ a b t between. pose proof (bend_nonneg k). apply Rminus_le.
  replace (bend k / 2 * (a + t * (b - a)) ^ 2 - (bend k / 2 * a ^ 2 + t * (bend k / 2 * b ^ 2 - bend k / 2 * a ^ 2)))
    with (- (bend k / 2 * (t * (1 - t)) * (a - b) ^ 2)) by field.
  assert (0 <= bend k / 2 * (t * (1 - t)) * (a - b) ^ 2); [|lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra] | apply pow2_ge_0].
Qed.
Lemma bent_differentiable k : is_gradient 1 (r_bent k) (grad_bent k).
Proof. apply (separable_gradient 1 (fun _ t => bend k / 2 * t ^ 2) (fun _ t => bend k * t)). intros _ u. apply parabola_derivative. Qed.
Lemma bent_prox k : is_prox γ 1 (r_bent k) (prox_bent γ k).
Proof.
  apply (separable_prox γ 1 (fun _ t => bend k / 2 * t ^ 2) (fun _ t => t / (1 + γ * bend k))). intros _ t v.
  pose proof (bend_nonneg k). pose proof (Rmult_le_pos γ (bend k) ltac:(lra) ltac:(lra)). apply Rminus_le.
  match goal with |- ?difference <= 0 => replace difference with (- ((1 + γ * bend k) / 2 * (v - t / (1 + γ * bend k)) ^ 2)) by (field; lra) end.
  assert (0 <= (1 + γ * bend k) / 2 * (v - t / (1 + γ * bend k)) ^ 2); [|lra]. apply Rmult_le_pos; [lra | apply pow2_ge_0].
Qed.
Lemma bent_above y : 0 <= 0 + r_γ y.
Proof.
  rewrite Rplus_0_l. apply (r_lower_bound 1 θ θ_is γ γ_positive r_bent). intros k v. unfold r_bent, separable. cbn [sum].
  pose proof (bend_nonneg k). pose proof (Rmult_le_pos (bend k / 2) _ ltac:(lra) (pow2_ge_0 (v 0%nat))). lra.
Qed.
Lemma bent_noise y i : expectation θ (fun k => (Pk k y i - P y i) ^ 2) = γ ^ 2 * G y i ^ 2.
Proof. unfold G, P, mean, Pk, prox_bent, flat_grad, θ, bend, minus, scaled. cbn [expectation]. field. lra. Qed.

Theorem growing_noise_example : (1 <= B)%nat -> (1 <= T)%nat -> γ * 2 * (1 / 2 + 1 / INR B) < 1 ->
  expected_average (batches bool θ B) (Phat flat_grad (prox_bent γ) γ B) (fun x => inner 1 (G x) (G x)) T x <=
    ((0 + r_γ x - 0) / (γ * INR T) + (1 - 1 / INR T) * (γ * 2 * (0 ^ 2 / INR B))) / (1 - γ * 2 * (1 / 2 + 1 / INR B)).
Proof.
  apply (theorem_1_growing_noise 1 bool θ θ_is (fun _ => 0) flat_grad r_bent grad_bent (prox_bent γ) 2 γ 0 0 γ_positive ltac:(lra)
    flat_differentiable) with (c := 1); try lra.
  - intros y z. unfold flat_grad, minus. cbn [inner]. pose proof (inner_nonneg 1 (z - y)) as square. cbn [inner] in square. unfold minus in square. lra.
  - exact bent_convex.
  - exact bent_differentiable.
  - intros k y z. unfold grad_bent, minus. cbn [inner]. pose proof (bend_nonneg k). set (h := z 0%nat - y 0%nat).
    replace (0 + (bend k * z 0%nat - bend k * y 0%nat) * (bend k * z 0%nat - bend k * y 0%nat)) with (bend k ^ 2 * (0 + h * h)) by (unfold h; ring).
    apply Rmult_le_compat_r; [nra | apply pow_incr; lra].
  - exact bent_prox.
  - exact bent_above.
  - intros y. rewrite (expected_same θ _ (fun k => (Pk k y 0%nat - P y 0%nat) ^ 2)) by (intros; unfold minus; cbn [inner]; ring).
    rewrite bent_noise. cbn [inner]. right. ring.
Qed.
Theorem growing_signs_example : (2 <= B)%nat -> (1 <= T)%nat -> let q := 1 / INR B in
  (1 - q) / (1 + q) * expected_average (batches bool θ B) (sign_prox γ (Phat flat_grad (prox_bent γ) γ B) (fun _ _ _ => 1))
    (fun x => sum 1 (fun i => Rabs (G x i))) T x <=
    (0 + r_γ x - 0) / (γ * INR T) + γ * sum 1 (fun _ => 2) + (1 - 1 / INR T) * sum 1 (fun _ =>
      (1 / ((1 + q) * sqrt (1 + q)) + sqrt ((5 * sqrt 5 - 11) / 2) * (γ * 2) / sqrt (1 - q)) * (0 / sqrt (INR B))).
Proof.
  intros B_large T_positive q. pose proof (le_INR 2 B B_large) as B_real. cbn [INR] in B_real.
  apply (theorem_2_growing_noise 1 bool θ θ_is (fun _ => 0) flat_grad r_bent grad_bent (prox_bent γ) (fun _ => 2) (fun _ => 0) γ γ_positive)
    with (reg := r_γ) (f_min := 0); try assumption; try lia; try lra; try (intros; lra).
  - exact flat_differentiable.
  - intros y z i _. unfold flat_grad. rewrite Rminus_diag, Rabs_R0. apply Rmult_le_pos; [lra | apply Rabs_pos].
  - exact bent_convex.
  - exact bent_differentiable.
  - intros k y z i _. unfold grad_bent. rewrite <- Rmult_minus_distr_l, Rabs_mult. pose proof (bend_nonneg k).
    rewrite (Rabs_pos_eq (bend k)) by lra. apply Rmult_le_compat_r; [apply Rabs_pos | lra].
  - exact bent_prox.
  - exact (r_agree 1 θ θ_is γ γ_positive r_bent (prox_bent γ) bent_convex bent_prox).
  - exact (equation_9 1 θ θ_is γ γ_positive r_bent (prox_bent γ) bent_convex bent_prox).
  - exact bent_above.
  - intros y i _. rewrite bent_noise. right. ring.
  - intros draws y i. lra.
Qed.
End Bent.
