(** What to use where the r_k have kinks: signProx on their Moreau envelopes.

    [smoothed_sign_prox] follows from [theorem_2_general]. Its premises are about the r_k, which need not be
    differentiable, and its conclusion is about the algorithm with proxes of the r_k at the step γ + μ alone.
    [smoothed_mapping] says what its G is: a gradient of d and a mean of subgradients of the r_k at points near x. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average theorem_2.

(** * The Moreau envelope of a convex function of one variable *)

(** (6) in one variable: p(t) minimises ½(v − t)² + sρ(v) over v. *)
Definition is_prox_1 (s : R) (ρ p : R -> R) : Prop :=
  forall t v, 1 / 2 * (p t - t) ^ 2 + s * ρ (p t) <= 1 / 2 * (v - t) ^ 2 + s * ρ v.
Definition is_convex_1 (ρ : R -> R) : Prop :=
  forall x y t, 0 <= t <= 1 -> ρ (x + t * (y - x)) <= ρ x + t * (ρ y - ρ x).
(** min ρ(v) + (v − u)²/(2μ), which is at v = p(u), and its derivative. *)
Definition envelope (μ : R) (ρ p : R -> R) (u : R) : R := ρ (p u) + 1 / (2 * μ) * (p u - u) ^ 2.
Definition envelope_slope (μ : R) (p : R -> R) (u : R) : R := (u - p u) / μ.
(** The prox of the envelope with the step γ, by the prox q of ρ with the step γ + μ. *)
Definition smoothed_prox (γ μ : R) (q : R -> R) (y : R) : R := y + γ / (γ + μ) * (q y - y).

Section Envelope.
Variables (ρ : R -> R).
Hypothesis convex : is_convex_1 ρ.

(** (t − p(t))/s is a subgradient of ρ at p(t). *)
Lemma subgradient_1 s p t v : 0 < s -> is_prox_1 s ρ p -> s * ρ (p t) + (t - p t) * (v - p t) <= s * ρ v.
Proof.
  intros s_positive prox. set (a := (v - p t) ^ 2). assert (a_nonneg : 0 <= a) by apply pow2_ge_0.
  apply le_epsilon. intros ε ε_positive. set (h := Rmin 1 (ε / (a + 1))).
  assert (0 < ε / (a + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (h_positive : 0 < h) by (apply Rmin_pos; lra). assert (h <= 1) by apply Rmin_l.
  assert (small : h * a <= ε).
  { apply Rle_trans with (ε / (a + 1) * a); [apply Rmult_le_compat_r; [exact a_nonneg | apply Rmin_r]|].
    apply (Rmult_le_reg_r (a + 1)); [lra|]. replace (ε / (a + 1) * a * (a + 1)) with (ε * a) by (field; lra).
    apply Rmult_le_compat_l; lra. }
  pose proof (prox t (p t + h * (v - p t))) as least. pose proof (convex (p t) v h ltac:(lra)) as below.
  apply (Rmult_le_compat_l s) in below; [|lra].
  replace ((p t + h * (v - p t) - t) ^ 2) with ((p t - t) ^ 2 + 2 * h * ((p t - t) * (v - p t)) + h * (h * a)) in least
    by (unfold a; ring).
  apply (Rmult_le_reg_l h); [exact h_positive|]. apply (Rmult_le_compat_l h) in small; [|lra].
  assert (0 <= h * (h * a)) by (apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]). lra.
Qed.

Variable M : R.
Hypothesis lipschitz : forall x y, Rabs (ρ x - ρ y) <= M * Rabs (x - y).
Lemma moves_little s p t : 0 < s -> is_prox_1 s ρ p -> Rabs (t - p t) <= s * M.
Proof.
  intros s_positive prox. pose proof (subgradient_1 s p t t s_positive prox) as sub.
  pose proof (Rle_trans _ _ _ (Rle_abs _) (lipschitz t (p t))) as steep.
  assert (M_nonneg : 0 <= M).
  { pose proof (lipschitz 1 0) as one. rewrite Rminus_0_r, Rabs_R1 in one. pose proof (Rabs_pos (ρ 1 - ρ 0)). lra. }
  pose proof (Rabs_pos (t - p t)) as nonneg. set (a := Rabs (t - p t)) in *.
  assert (square : (t - p t) * (t - p t) = a * a) by (unfold a; rewrite <- Rabs_mult, Rabs_pos_eq; [reflexivity | apply Rle_0_sqr]).
  apply (Rmult_le_compat_l s) in steep; [|lra]. rewrite square in sub.
  destruct (Req_dec a 0) as [->|other]; [apply Rmult_le_pos; lra|].
  apply (Rmult_le_reg_r a); lra.
Qed.

Variable μ : R.
Hypothesis μ_positive : 0 < μ.
Variable p : R -> R.
Hypothesis prox : is_prox_1 μ ρ p.
Notation e := (envelope μ ρ p).
Notation g := (envelope_slope μ p).

Lemma scaled_envelope u : μ * e u = μ * ρ (p u) + 1 / 2 * (p u - u) ^ 2.
Proof. unfold envelope. field. lra. Qed.
Lemma scaled_slope u : μ * g u = u - p u.
Proof. unfold envelope_slope. field. lra. Qed.

Lemma envelope_above u w : e w <= e u + g u * (w - u) + 1 / (2 * μ) * (w - u) ^ 2.
Proof.
  apply (Rmult_le_reg_l μ); [exact μ_positive|]. pose proof (prox w (p u)) as least.
  replace (μ * (e u + g u * (w - u) + 1 / (2 * μ) * (w - u) ^ 2)) with (μ * e u + μ * g u * (w - u) + 1 / 2 * (w - u) ^ 2) by (field; lra).
  rewrite !scaled_envelope, scaled_slope. lra.
Qed.
Lemma envelope_below u w : e u + g u * (w - u) <= e w.
Proof.
  apply (Rmult_le_reg_l μ); [exact μ_positive|]. pose proof (subgradient_1 μ p u (p w) μ_positive prox) as sub.
  replace (μ * (e u + g u * (w - u))) with (μ * e u + μ * g u * (w - u)) by ring.
  rewrite !scaled_envelope, scaled_slope. pose proof (pow2_ge_0 ((u - p u) - (w - p w))). lra.
Qed.
Lemma envelope_convex : is_convex_1 e.
Proof.
  intros x y t between. set (z := x + t * (y - x)).
  pose proof (envelope_below z x) as at_x. pose proof (envelope_below z y) as at_y.
  apply (Rmult_le_compat_l (1 - t)) in at_x; [|lra]. apply (Rmult_le_compat_l t) in at_y; [|lra].
  replace ((1 - t) * (e z + g z * (x - z))) with ((1 - t) * e z - g z * (t * (1 - t) * (y - x))) in at_x by (unfold z; ring).
  replace (t * (e z + g z * (y - z))) with (t * e z + g z * (t * (1 - t) * (y - x))) in at_y by (unfold z; ring). lra.
Qed.
Lemma envelope_differentiable u : derivable_pt_lim e u (g u).
Proof.
  intros ε ε_positive. assert (δ_positive : 0 < ε * μ) by (apply Rmult_lt_0_compat; assumption).
  exists (mkposreal _ δ_positive). intros h other small. cbn in small.
  pose proof (envelope_above u (u + h)) as above. pose proof (envelope_below u (u + h)) as below.
  replace (u + h - u) with h in above, below by ring.
  assert (h_size : 0 < Rabs h) by (apply Rabs_pos_lt; exact other).
  replace ((e (u + h) - e u) / h - g u) with ((e (u + h) - e u - g u * h) / h) by (field; exact other).
  unfold Rdiv. rewrite Rabs_mult, Rabs_inv, Rabs_pos_eq by lra.
  apply (Rmult_lt_reg_r (Rabs h)); [exact h_size|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rle_lt_trans with (1 / (2 * μ) * h ^ 2); [lra|]. rewrite <- pow2_abs.
  apply (Rmult_lt_reg_l (2 * μ)); [lra|].
  replace (2 * μ * (1 / (2 * μ) * Rabs h ^ 2)) with (Rabs h * Rabs h) by (field; lra).
  apply (Rmult_lt_compat_r (Rabs h)) in small; [|exact h_size].
  pose proof (Rmult_lt_0_compat _ _ δ_positive h_size). lra.
Qed.
Lemma slope_lipschitz u w : Rabs (g u - g w) <= 1 / μ * Rabs (u - w).
Proof.
  pose proof (subgradient_1 μ p u (p w) μ_positive prox) as at_u. pose proof (subgradient_1 μ p w (p u) μ_positive prox) as at_w.
  set (c := u - w). set (r := (u - p u) - (w - p w)).
  assert (firm : 0 <= r * (c - r)) by (unfold r, c; lra).
  replace (g u - g w) with (1 / μ * r) by (unfold envelope_slope, r; field; lra).
  rewrite Rabs_mult, (Rabs_pos_eq (1 / μ)) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
  apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
  apply Rsqr_le_abs_0. unfold Rsqr. pose proof (pow2_ge_0 (c - r)). lra.
Qed.
Lemma slope_bounded u : Rabs (g u) <= M.
Proof.
  pose proof (moves_little μ p u μ_positive prox) as little. rewrite <- scaled_slope, Rabs_mult, (Rabs_pos_eq μ) in little by lra.
  apply (Rmult_le_reg_l μ); assumption.
Qed.
Lemma envelope_at_most u : e u <= ρ u.
Proof.
  apply (Rmult_le_reg_l μ); [exact μ_positive|]. rewrite scaled_envelope. pose proof (prox u u) as least.
  rewrite Rminus_diag in least. lra.
Qed.
Lemma envelope_at_least u : ρ u - μ / 2 * M ^ 2 <= e u.
Proof.
  apply (Rmult_le_reg_l μ); [exact μ_positive|]. rewrite scaled_envelope.
  pose proof (Rle_trans _ _ _ (Rle_abs _) (lipschitz u (p u))) as steep. rewrite (Rabs_minus_sym u) in steep.
  apply (Rmult_le_compat_l μ) in steep; [|lra]. rewrite <- (pow2_abs (p u - u)).
  pose proof (pow2_ge_0 (Rabs (p u - u) - μ * M)). lra.
Qed.

(** prox_{γe}(y) = y + (γ/(γ + μ))(q(y) − y) for the prox q of ρ with the step γ + μ. *)
Variables (γ : R) (q : R -> R).
Hypothesis γ_positive : 0 < γ.
Hypothesis inner_prox : is_prox_1 (γ + μ) ρ q.
Notation P := (smoothed_prox γ μ q).
Lemma same_point y : p (P y) = q y.
Proof.
  set (u := P y). set (s := (y - q y) / (γ + μ)).
  assert (u_is : u = q y + μ * s) by (unfold u, smoothed_prox, s; field; lra).
  pose proof (subgradient_1 (γ + μ) q y (p u) ltac:(lra) inner_prox) as outer.
  pose proof (subgradient_1 μ p u (q y) μ_positive prox) as own.
  apply (Rmult_le_compat_l (/ (γ + μ))) in outer; [|apply Rlt_le, Rinv_0_lt_compat; lra].
  replace (/ (γ + μ) * ((γ + μ) * ρ (q y) + (y - q y) * (p u - q y))) with (ρ (q y) + s * (p u - q y)) in outer
    by (unfold s; field; lra).
  replace (/ (γ + μ) * ((γ + μ) * ρ (p u))) with (ρ (p u)) in outer by (field; lra).
  apply (Rmult_le_compat_l μ) in outer; [|lra].
  replace (u - p u) with (q y + μ * s - p u) in own by lra.
  assert (square : (p u - q y) ^ 2 <= 0) by lra.
  pose proof (pow2_ge_0 (p u - q y)). assert (zero : (p u - q y) ^ 2 = 0) by lra.
  apply Rminus_diag_uniq. apply Rsqr_0_uniq. rewrite Rsqr_pow2. exact zero.
Qed.
Theorem prox_of_envelope : is_prox_1 γ e P.
Proof.
  intros y v. pose proof (envelope_below (P y) v) as below. apply (Rmult_le_compat_l γ) in below; [|lra].
  assert (slope : γ * g (P y) = y - P y).
  { unfold envelope_slope. rewrite same_point. unfold smoothed_prox. field. lra. }
  replace (γ * (e (P y) + g (P y) * (v - P y))) with (γ * e (P y) + γ * g (P y) * (v - P y)) in below by ring.
  rewrite slope in below. pose proof (pow2_ge_0 (v - P y)). lra.
Qed.
End Envelope.

(** * Sums of functions of one variable *)

Definition separable (n : nat) (ρ : nat -> R -> R) (u : vector) : R := sum n (fun i => ρ i (u i)).

Lemma separable_convex n ρ : (forall i, is_convex_1 (ρ i)) -> is_convex (separable n ρ).
Proof.
  intros convex x y t between. unfold separable.
  replace (sum n (fun i => ρ i (x i)) + t * (sum n (fun i => ρ i (y i)) - sum n (fun i => ρ i (x i))))
    with (sum n (fun i => ρ i (x i) + (t * ρ i (y i) + (- t) * ρ i (x i))))
    by (rewrite !sum_of_sums, !sum_times; ring).
  apply sum_below. intros i _. pose proof (convex i (x i) (y i) t between) as one. unfold plus, minus, scaled. lra.
Qed.
Lemma along_line (a b t : R) : derivable_pt_lim (fun s => a + s * b) t b.
Proof.
  intros ε positive. exists (mkposreal 1 Rlt_0_1). intros h other _.
  replace ((a + (t + h) * b - (a + t * b)) / h - b) with 0 by (field; exact other). rewrite Rabs_R0. exact positive.
Qed.
Lemma separable_gradient n (ρ slope : nat -> R -> R) : (forall i u, derivable_pt_lim (ρ i) u (slope i u)) ->
  is_gradient n (separable n ρ) (fun x i => slope i (x i)).
Proof.
  intros each x u t. unfold separable. induction n as [|m IH]; cbn [sum inner]; [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_plus (fun s => sum m (fun i => ρ i ((x + s • u)%vector i))) (fun s => ρ m ((x + s • u)%vector m)));
    [exact IH|]. unfold plus, scaled. apply (derivable_pt_lim_comp (fun s => x m + s * u m) (ρ m)); [|apply each].
  apply along_line.
Qed.
Lemma separable_prox s n ρ p : (forall i, is_prox_1 s (ρ i) (p i)) -> is_prox s n (separable n ρ) (fun y i => p i (y i)).
Proof.
  intros each y u. unfold separable. rewrite !inner_sum, <- !sum_times, <- !sum_of_sums. apply sum_below. intros i _.
  pose proof (each i (y i) (u i)) as one. unfold minus. lra.
Qed.

(** * The theorem *)

Section Smoothed.
Variable n : nat.
Notation "‖ u ‖₁" := (sum n (fun i => Rabs (u i))).

(** (8): θ_k ≥ 0 and Σθ_k = 1, for finitely many k. *)
Variable K : Type.
Variable θ : list (R * K).
Hypothesis θ_is_a_law : is_law θ.

Variables (d : vector -> R) (grad_d : vector -> vector) (ρ : K -> nat -> R -> R) (p : R -> K -> nat -> R -> R).
Variables (L M : nat -> R) (γ μ : R).
(** Algorithm 2: γ > 0. *)
Hypothesis γ_positive : 0 < γ.
(** The parameter of the envelopes is μ > 0. *)
Hypothesis μ_positive : 0 < μ.
(** Assumption 2(b): L is nonnegative, d is differentiable, and |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i|. *)
Hypothesis L_nonneg : forall i, (i < n)%nat -> 0 <= L i.
Hypothesis d_differentiable : is_gradient n d grad_d.
Hypothesis d_smooth : is_lipschitz_by_coordinate n grad_d L.
(** In place of Assumption 2(c): every r_k is a sum of convex functions ρ_ki of x_i, and |ρ_ki(s) − ρ_ki(t)| ≤ M_i|s − t|. *)
Hypothesis ρ_convex : forall k i, is_convex_1 (ρ k i).
Hypothesis ρ_lipschitz : forall k i s t, Rabs (ρ k i s - ρ k i t) <= M i * Rabs (s - t).
(** (6): p s k i is the prox of sρ_ki, for every step s > 0. *)
Hypothesis prox_minimises : forall s k i, 0 < s -> is_prox_1 s (ρ k i) (p s k i).

Definition kinked (k : K) : vector -> R := separable n (ρ k).
(** The proxes of the algorithm: y + (γ/(γ + μ))(prox_{(γ+μ)r_k}(y) − y). *)
Definition prox_smoothed (k : K) (y : vector) : vector := fun i => smoothed_prox γ μ (p (γ + μ) k i) (y i).

Let r (k : K) : vector -> R := separable n (fun i => envelope μ (ρ k i) (p μ k i)).
Let grad_r (k : K) (x : vector) : vector := fun i => envelope_slope μ (p μ k i) (x i).
Let both_positive : 0 < γ + μ. Proof. lra. Qed.

Notation P := (P θ grad_d prox_smoothed γ).
Notation Pk := (Pk grad_d prox_smoothed γ).
Notation G := (G θ grad_d prox_smoothed γ).
Notation r_γ := (proximal_average θ γ n r).
Notation f_bar x := (d x + expectation θ (fun k => kinked k x)).
Notation growth := (1 / 2 * (γ + μ) * sum n (fun i => M i ^ 2)).
Definition L_smoothed (i : nat) : R := Rmax (L i) (1 / μ).

Let M_nonneg (k : K) i : 0 <= M i.
Proof.
  pose proof (ρ_lipschitz k i 1 0) as one. rewrite Rminus_0_r, Rabs_R1 in one. pose proof (Rabs_pos (ρ k i 1 - ρ k i 0)). lra.
Qed.
Lemma r_convex (k : K) : is_convex (r k).
Proof. apply separable_convex. intros i. apply envelope_convex; auto. Qed.
Lemma r_differentiable (k : K) : is_gradient n (r k) (grad_r k).
Proof. apply (separable_gradient n (fun i => envelope μ (ρ k i) (p μ k i)) (fun i => envelope_slope μ (p μ k i))). intros i u. apply envelope_differentiable; auto. Qed.
Lemma r_smooth (k : K) : is_lipschitz_by_coordinate n (grad_r k) L_smoothed.
Proof.
  intros x y i _. eapply Rle_trans; [apply (slope_lipschitz (ρ k i)); auto|].
  apply Rmult_le_compat_r; [apply Rabs_pos | apply Rmax_r].
Qed.
Lemma prox_is (k : K) : is_prox γ n (r k) (prox_smoothed k).
Proof.
  apply (separable_prox γ n (fun i => envelope μ (ρ k i) (p μ k i)) (fun i => smoothed_prox γ μ (p (γ + μ) k i))).
  intros i. apply prox_of_envelope; auto.
Qed.
Lemma d_smooth_too : is_lipschitz_by_coordinate n grad_d L_smoothed.
Proof.
  intros x y i inside. eapply Rle_trans; [apply d_smooth; exact inside|].
  apply Rmult_le_compat_r; [apply Rabs_pos | apply Rmax_l].
Qed.
Lemma L_smoothed_nonneg i : (i < n)%nat -> 0 <= L_smoothed i.
Proof. intros inside. eapply Rle_trans; [apply L_nonneg; exact inside | apply Rmax_l]. Qed.

(** Assumption 2(d) holds by itself, with σ_i = M_i. *)
Lemma variance x i : (i < n)%nat -> expectation θ (fun k => (Pk k x i - P x i) ^ 2) <= γ ^ 2 * M i ^ 2.
Proof.
  intros inside. set (z := (x - γ • grad_d x)%vector i). set (m := P x i).
  assert (mean_is : expectation θ (fun k => Pk k x i) = m) by reflexivity.
  apply Rle_trans with (expectation θ (fun k => (Pk k x i - z) ^ 2)).
  - rewrite (expected_same θ (fun k => (Pk k x i - z) ^ 2) (fun k => (Pk k x i - m) ^ 2 + ((2 * (m - z)) * Pk k x i + (z ^ 2 - m ^ 2)))) by (intros; ring).
    rewrite expected_plus, (expected_shifted _ _ _ θ_is_a_law), expected_times, mean_is.
    pose proof (pow2_ge_0 (m - z)). lra.
  - rewrite <- (expected_constant θ (γ ^ 2 * M i ^ 2) θ_is_a_law). apply expected_monotone; [exact θ_is_a_law|]. intros k.
    pose proof (moves_little (ρ k i) (ρ_convex k i) (M i) (ρ_lipschitz k i) (γ + μ) (p (γ + μ) k i) z both_positive
      (prox_minimises (γ + μ) k i both_positive)) as little.
    unfold Pk, prox_smoothed, smoothed_prox. fold z. set (a := z - p (γ + μ) k i z) in *.
    replace ((z + γ / (γ + μ) * (p (γ + μ) k i z - z) - z) ^ 2) with ((γ / (γ + μ)) ^ 2 * a ^ 2) by (unfold a; field; lra).
    replace (γ ^ 2 * M i ^ 2) with ((γ / (γ + μ)) ^ 2 * ((γ + μ) * M i) ^ 2) by (field; lra).
    apply Rmult_le_compat_l; [apply pow2_ge_0|]. rewrite <- (pow2_abs a). apply pow_incr. split; [apply Rabs_pos | exact little].
Qed.

(** f̄ − ½(γ + μ)‖M‖² ≤ f ≤ f̄ for f = d + r_γ with the average of the envelopes. *)
Lemma average_at_most u : r_γ u <= expectation θ (fun k => kinked k u).
Proof.
  eapply Rle_trans; [apply (r_below n θ θ_is_a_law γ γ_positive r prox_smoothed r_convex prox_is u (fun _ => u))|].
  - intros i _. apply (expected_constant θ (u i) θ_is_a_law).
  - unfold value. apply expected_monotone; [exact θ_is_a_law|]. intros k.
    replace (inner n (u - u) (u - u)) with 0 by (rewrite inner_sum; rewrite (sum_same n _ (fun _ => 0 * 0));
      [rewrite sum_times; ring | intros i _; unfold minus; ring]).
    rewrite Rmult_0_r, Rplus_0_r. unfold r, kinked, separable. apply sum_below. intros i _.
    apply envelope_at_most; auto.
Qed.
Lemma average_at_least u : expectation θ (fun k => kinked k u) - growth <= r_γ u.
Proof.
  apply (r_above n θ θ_is_a_law γ r). intros q _. unfold value.
  replace (expectation θ (fun k => kinked k u) - growth) with (expectation θ (fun k => kinked k u + - growth))
    by (rewrite (expected_shifted _ _ _ θ_is_a_law); ring).
  apply expected_monotone; [exact θ_is_a_law|]. intros k. unfold r, kinked, separable.
  replace (- growth) with (sum n (fun i => - (1 / 2 * (γ + μ)) * M i ^ 2)) by (rewrite sum_times; ring).
  rewrite inner_sum, <- (sum_times n (1 / (2 * γ))), <- !sum_of_sums. apply sum_below. intros i _. set (a := q k i - u i). unfold minus. fold a.
  pose proof (envelope_at_least (ρ k i) (M i) (ρ_lipschitz k i) μ μ_positive (p μ k i) (u i)) as low.
  pose proof (envelope_below (ρ k i) (ρ_convex k i) μ μ_positive (p μ k i) (prox_minimises μ k i μ_positive) (u i) (q k i)) as line.
  pose proof (slope_bounded (ρ k i) (ρ_convex k i) (M i) (ρ_lipschitz k i) μ μ_positive (p μ k i)
    (prox_minimises μ k i μ_positive) (u i)) as slope. fold a in line. set (g := envelope_slope μ (p μ k i) (u i)) in *.
  assert (g ^ 2 <= M i ^ 2) by (rewrite <- (pow2_abs g); apply pow_incr; split; [apply Rabs_pos | exact slope]).
  assert (square : - (γ / 2 * g ^ 2) <= g * a + 1 / (2 * γ) * (a * a)).
  { apply (Rmult_le_reg_l (2 * γ)); [lra|]. replace (2 * γ * (g * a + 1 / (2 * γ) * (a * a))) with (2 * γ * (g * a) + a * a) by (field; lra).
    pose proof (pow2_ge_0 (a + γ * g)). lra. }
  assert (γ / 2 * g ^ 2 <= γ / 2 * M i ^ 2) by (apply Rmult_le_compat_l; lra). lra.
Qed.

(** What G is: a gradient of d and a mean of subgradients s_k of the r_k at points x̂_k near x. *)
Definition forward (x : vector) : vector := (x - γ • grad_d x)%vector.
Definition point (k : K) (x : vector) (i : nat) : R := p (γ + μ) k i (forward x i).
Definition subgradient_at (k : K) (x : vector) (i : nat) : R := (forward x i - point k x i) / (γ + μ).
Theorem smoothed_mapping x i :
  G x i = grad_d x i + expectation θ (fun k => subgradient_at k x i) /\
  forall k, (forall v, ρ k i (point k x i) + subgradient_at k x i * (v - point k x i) <= ρ k i v) /\
    Rabs (x i - point k x i) <= γ * Rabs (G x i) + (2 * γ + μ) * M i.
Proof.
  assert (mapping : G x i = grad_d x i + expectation θ (fun k => subgradient_at k x i)).
  { unfold G, P, mean, minus, scaled at 1.
    rewrite (expected_same θ (fun k => Pk k x i) (fun k => (- γ) * subgradient_at k x i + forward x i)).
    2: { intros k. unfold Pk, prox_smoothed, smoothed_prox, subgradient_at, point. fold (forward x). field. lra. }
    rewrite (expected_shifted _ _ _ θ_is_a_law), expected_times. unfold forward, minus, scaled. field. lra. }
  split; [exact mapping|]. intros k. split.
  - intros v. pose proof (subgradient_1 (ρ k i) (ρ_convex k i) (γ + μ) (p (γ + μ) k i) (forward x i) v both_positive
      (prox_minimises (γ + μ) k i both_positive)) as sub. fold (point k x i) in sub.
    apply (Rmult_le_reg_l (γ + μ)); [exact both_positive|]. unfold subgradient_at.
    match goal with |- ?left <= _ => replace left with ((γ + μ) * ρ k i (point k x i) + (forward x i - point k x i) * (v - point k x i)) by (field; lra) end.
    exact sub.
  - assert (bounded : forall l, Rabs (subgradient_at l x i) <= M i).
    { intros l. pose proof (moves_little (ρ l i) (ρ_convex l i) (M i) (ρ_lipschitz l i) (γ + μ) (p (γ + μ) l i) (forward x i) both_positive
        (prox_minimises (γ + μ) l i both_positive)) as little. unfold subgradient_at, Rdiv. rewrite Rabs_mult, Rabs_inv, (Rabs_pos_eq (γ + μ)) by lra.
      apply (Rmult_le_reg_r (γ + μ)); [exact both_positive|]. rewrite Rmult_assoc, Rinv_l by lra. fold (point l x i) in little. lra. }
    set (S := expectation θ (fun l => subgradient_at l x i)) in *.
    assert (mean_bounded : Rabs S <= M i).
    { apply Rabs_le. unfold S. rewrite <- (expected_constant θ (M i) θ_is_a_law).
      replace (- expectation θ (fun _ => M i)) with (expectation θ (fun _ => - M i)) by (rewrite !(expected_constant _ _ θ_is_a_law); ring).
      split; apply expected_monotone; try exact θ_is_a_law; intros l;
        pose proof (bounded l); pose proof (Rle_abs (subgradient_at l x i)); pose proof (Rle_abs (- subgradient_at l x i)) as minus;
        rewrite Rabs_Ropp in minus; lra. }
    replace (x i - point k x i) with (γ * G x i + (- γ * S + (γ + μ) * subgradient_at k x i)).
    2: { rewrite mapping. unfold subgradient_at, forward, minus, scaled. field. lra. }
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_pos_eq γ) by lra. apply Rplus_le_compat_l.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, Rabs_Ropp, (Rabs_pos_eq γ), (Rabs_pos_eq (γ + μ)) by lra.
    pose proof (Rmult_le_compat_l γ _ _ ltac:(lra) mean_bounded).
    pose proof (Rmult_le_compat_l (γ + μ) _ _ ltac:(lra) (bounded k)). lra.
Qed.

Variable f_min : R.
(** Assumption 2(a), for f̄ = d + Σθ_k r_k: f∗ is its minimum, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f_bar x.
Variable κ : nat -> R.
(** κ_i is a noise factor for γ max{L_i, 1/μ}, such as 1 + ½(γ max{L_i, 1/μ})². *)
Hypothesis κ_enough : forall i, (i < n)%nat -> is_noise_factor (γ * L_smoothed i) (κ i).

(** Theorem 2♯ for r_k with kinks, for all γ, μ, B and T. *)
Theorem smoothed_sign_prox at_zero B T x : is_sign_of_zero at_zero -> (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches K θ B) (sign_prox γ (Phat grad_d prox_smoothed γ B) at_zero) (fun x => ‖ G x ‖₁) T x <=
    (f_bar x - f_min + growth) / (γ * INR T) + γ * sum n L_smoothed
    + (1 - 1 / INR T) * sum n (fun i => κ i * (M i / sqrt (INR B))).
Proof.
  intros at_zero_is B_positive T_positive.
  assert (some : exists k : K, True).
  { destruct θ_is_a_law as [_ whole]. destruct θ as [|[w k] rest]; [cbn in whole; lra | exists k; exact I]. }
  destruct some as [k _].
  eapply Rle_trans.
  - apply (theorem_2_general n K θ θ_is_a_law d grad_d r grad_r prox_smoothed L_smoothed M γ γ_positive L_smoothed_nonneg
      d_differentiable d_smooth_too r_convex r_differentiable r_smooth prox_is ltac:(intros; apply (M_nonneg k)) variance r_γ
      (r_agree n θ θ_is_a_law γ γ_positive r prox_smoothed r_convex prox_is)
      (equation_9 n θ θ_is_a_law γ γ_positive r prox_smoothed r_convex prox_is) (f_min - growth)); try eassumption.
    intros y. pose proof (f_min_below y). pose proof (average_at_least y). lra.
  - apply Rplus_le_compat_r, Rplus_le_compat_r. unfold Rdiv. apply Rmult_le_compat_r.
    + apply Rlt_le, Rinv_0_lt_compat. apply Rmult_lt_0_compat; [exact γ_positive|]. apply lt_0_INR. exact T_positive.
    + pose proof (average_at_most x). lra.
Qed.
End Smoothed.
