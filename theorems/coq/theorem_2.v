(** Theorem 2 of the paper, and sharper forms of it, from Assumption 2.

    [theorem_2] is the paper's statement. [theorem_2_sharp] has the smaller bound (1/√T)[2‖L‖₁Δ + ½ + ‖σ‖₁] at the
    same step and mini-batch, and [theorem_2_general] has every γ and B: Theorem 2♯ with any noise factor, of which
    [noise_factor_quadratic] and [noise_factor_linear] give two. All hold for every T ≥ 1 and from every x⁰ = x.
    [theorem_2_for_any_estimate] has any unbiased estimate of P(x) in place of P̂(x).
    [theorem_2_growing_noise] has γ²(σ_i² + cG(x)_i²) in place of γ²σ_i².
    Its law is finite, and so not that of the normal noise of Figure 1. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average.

(** * Maps that act on every coordinate alone *)

(** The unit vectors. *)
Definition unit (i : nat) : vector := fun j => if Nat.eq_dec j i then 1 else 0.
Lemma inner_unit n u i : (i < n)%nat -> inner n u (unit i) = u i.
Proof.
  assert (outside : forall m, (m <= i)%nat -> inner m u (unit i) = 0).
  { induction m as [|m IH]; cbn [inner]; intros early; [reflexivity|].
    rewrite IH by lia. unfold unit. destruct (Nat.eq_dec m i); [lia | ring]. }
  induction n as [|m IH]; cbn [inner]; intros inside; [lia|].
  destruct (Nat.eq_dec m i) as [->|other].
  - rewrite outside by lia. unfold unit. destruct (Nat.eq_dec i i); [ring | lia].
  - rewrite IH by lia. unfold unit. destruct (Nat.eq_dec m i); [lia | ring].
Qed.

(** A map that acts on every coordinate alone, with a slope between 1/a and a, is onto. *)
Definition has_slopes (n : nat) (F : vector -> vector) (a : nat -> R) : Prop :=
  forall y z i, (i < n)%nat -> z i <= y i -> F y i - F z i <= a i * (y i - z i) /\ y i - z i <= a i * (F y i - F z i).
Lemma each_alone n F a : has_slopes n F a -> (forall i, (i < n)%nat -> 0 < a i) ->
  forall y z i, (i < n)%nat -> z i = y i -> F z i = F y i.
Proof.
  intros slopes a_positive y z i inside same.
  destruct (slopes y z i inside (Req_le _ _ same)) as [one _]. destruct (slopes z y i inside (Req_le _ _ (eq_sym same))) as [other _].
  rewrite same in *. rewrite Rminus_diag, Rmult_0_r in *. lra.
Qed.
Lemma onto n F a : has_slopes n F a -> (forall i, (i < n)%nat -> 0 < a i) ->
  forall x : vector, exists y, forall i, (i < n)%nat -> F y i = x i.
Proof.
  intros slopes a_positive x.
  assert (each : forall i, (i < n)%nat -> exists t, F (fun _ => t) i = x i).
  { intros i inside. specialize (a_positive i inside). set (φ := fun t => F (fun _ => t) i - x i).
    assert (steep : forall s t, t <= s -> 0 <= φ s - φ t <= a i * (s - t) /\ s - t <= a i * (φ s - φ t)).
    { intros s t ordered. pose proof (slopes (fun _ => s) (fun _ => t) i inside ordered) as both. cbn beta in both. unfold φ.
      repeat split; try lra. apply (Rmult_le_reg_l (a i)); lra. }
    assert (φ_continuous : continuity φ).
    { intros t ε ε_positive. exists (ε / a i). split; [apply Rdiv_lt_0_compat; assumption|]. intros s [_ near]. cbn in *. unfold Rdist in *.
      apply (Rmult_lt_compat_l (a i)) in near; [|assumption]. replace (a i * (ε / a i)) with ε in near by (field; lra).
      apply Rle_lt_trans with (a i * Rabs (s - t)); [|exact near].
      destruct (Rle_dec t s) as [o|o].
      - destruct (steep s t o) as [[up down] _]. rewrite !Rabs_pos_eq; lra.
      - destruct (steep t s ltac:(lra)) as [[up down] _]. rewrite (Rabs_minus_sym s t), (Rabs_minus_sym (φ s)), !Rabs_pos_eq; lra. }
    set (step := a i * Rabs (φ 0)). assert (0 <= step) by (apply Rmult_le_pos; [lra | apply Rabs_pos]).
    destruct (IVT_cor φ (- step) step φ_continuous) as [t [_ root]].
    - lra.
    - destruct (steep step 0 ltac:(lra)) as [_ up]. destruct (steep 0 (- step) ltac:(lra)) as [_ down].
      assert (Rabs (φ 0) <= φ step - φ 0) by (apply (Rmult_le_reg_l (a i)); unfold step in *; lra).
      assert (Rabs (φ 0) <= φ 0 - φ (- step)) by (apply (Rmult_le_reg_l (a i)); unfold step in *; lra).
      pose proof (Rle_abs (φ 0)). pose proof (Rle_abs (- φ 0)) as minus. rewrite Rabs_Ropp in minus.
      pose proof (Rmult_le_pos (- φ (- step)) (φ step) ltac:(lra) ltac:(lra)). lra.
    - exists t. unfold φ in root. lra. }
  assert (first : forall m, (m <= n)%nat -> exists y, forall i, (i < m)%nat -> F (fun _ => y i) i = x i).
  { induction m as [|m IH]; intros inside; [exists x; intros; lia|].
    destruct (IH ltac:(lia)) as [y earlier]. destruct (each m ltac:(lia)) as [t last].
    exists (fun i => if Nat.eq_dec i m then t else y i). intros i before.
    destruct (Nat.eq_dec i m) as [->|other]; [exact last | apply earlier; lia]. }
  destruct (first n ltac:(lia)) as [y all]. exists y. intros i inside. rewrite <- all by exact inside.
  apply (each_alone n F a slopes a_positive); [exact inside | reflexivity].
Qed.

(** A function that changes by no more than the square of the distance is constant. *)
Lemma flat n (h : vector -> R) C : 0 <= C -> (forall u v, h u - h v <= C * inner n (v - u) (v - u)) -> forall u v, h v = h u.
Proof.
  intros C_nonneg close u v. set (w := (v - u)%vector). set (a := C * inner n w w).
  assert (a_nonneg : 0 <= a) by (apply Rmult_le_pos; [exact C_nonneg | apply inner_nonneg]).
  set (φ := fun t => h (u + t • w)%vector).
  assert (near : forall t s, φ (t + s) - φ t <= a * s ^ 2 /\ φ t - φ (t + s) <= a * s ^ 2).
  { intros t s. pose proof (close (u + (t + s) • w) (u + t • w))%vector as one. pose proof (close (u + t • w) (u + (t + s) • w))%vector as other.
    replace (u + t • w - (u + (t + s) • w))%vector with ((- s) • w)%vector in one by (coordinates; unfold plus, minus, scaled; ring).
    replace (u + (t + s) • w - (u + t • w))%vector with (s • w)%vector in other by (coordinates; unfold plus, minus, scaled; ring).
    autorewrite with inner in one, other. fold (φ t) (φ (t + s)) in one, other. unfold a. split; lra. }
  destruct (MVT_cor2 φ (fun _ => 0) 0 1) as [t [mean _]]; [lra| |].
  - intros t _ ε ε_positive. assert (δ_positive : 0 < ε / (a + 1)) by (apply Rdiv_lt_0_compat; lra).
    exists (mkposreal _ δ_positive). intros s other small. cbn in small. rewrite Rminus_0_r. destruct (near t s) as [up down].
    assert (sized : Rabs s * (a + 1) < ε).
    { apply (Rmult_lt_compat_r (a + 1)) in small; [|lra]. replace (ε / (a + 1) * (a + 1)) with ε in small by (field; lra). exact small. }
    pose proof (Rabs_pos_lt s other) as s_positive. unfold Rdiv. rewrite Rabs_mult, Rabs_inv.
    apply (Rmult_lt_reg_r (Rabs s)); [exact s_positive|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    apply Rle_lt_trans with (a * s ^ 2); [apply Rabs_le; lra|]. rewrite <- pow2_abs.
    pose proof (Rmult_lt_compat_r (Rabs s) _ _ s_positive sized). pose proof (Rmult_lt_0_compat _ _ s_positive s_positive). lra.
  - unfold φ in mean. rewrite at_beginning in mean.
    replace (u + 1 • w)%vector with v in mean by (coordinates; unfold w, plus, minus, scaled; ring). lra.
Qed.

(** * The sign of a number with noise *)

(** κ is at least the maximum of (2z + εz(1 − z²))/(1 + z²) over 0 ≤ z ≤ 1, the cost of noise per standard deviation. *)
Definition is_noise_factor (ε κ : R) : Prop :=
  forall z, 0 <= z <= 1 -> 2 * z + ε * z * (1 - z ^ 2) <= κ * (1 + z ^ 2).
(** 1 + ½ε² is such a factor, *)
Theorem noise_factor_quadratic ε : 0 <= ε -> is_noise_factor ε (1 + 1 / 2 * ε ^ 2).
Proof.
  intros ε_nonneg z [z_nonneg below]. apply Rminus_le. apply Ropp_le_cancel. rewrite Ropp_0.
  match goal with |- 0 <= ?slack => replace slack with (1 / 4 * ((2 * (1 - z) - ε * (z * (1 + z))) ^ 2
    + ε ^ 2 * (z ^ 2 * ((1 - z) * (1 + z)) + 2 * ((1 - z) * (1 + z + z ^ 2))))) by field end.
  pose proof (pow2_ge_0 z). pose proof (pow2_ge_0 ε).
  repeat first [lra | apply pow2_ge_0 | apply Rplus_le_le_0_compat | apply Rmult_le_pos].
Qed.
(** z(1 − z²)/(1 + z²) is at most c = √((5√5 − 11)/2) on [0, 1]. *)
Lemma curved z : 0 <= z <= 1 -> z * (1 - z ^ 2) <= sqrt ((5 * sqrt 5 - 11) / 2) * (1 + z ^ 2).
Proof.
  intros [z_nonneg below]. set (root := sqrt 5). assert (five : root * root = 5) by (apply sqrt_sqrt; lra).
  assert (root_positive : 0 < root) by (apply sqrt_lt_R0; lra).
  assert (above : 22 / 10 < root) by nra. assert (under : root < 225 / 100) by nra.
  assert (radicand : 0 <= (5 * root - 11) / 2) by lra.
  set (c := sqrt ((5 * root - 11) / 2)). assert (square : c * c = (5 * root - 11) / 2) by (apply sqrt_sqrt; exact radicand).
  assert (c_nonneg : 0 <= c) by apply sqrt_pos.
  apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [exact c_nonneg | pose proof (pow2_ge_0 z); lra]].
  unfold Rsqr. replace (c * (1 + z ^ 2) * (c * (1 + z ^ 2))) with ((c * c) * (1 + z ^ 2) ^ 2) by ring. rewrite square.
  apply Rminus_le, Ropp_le_cancel. rewrite Ropp_0. set (t := z ^ 2).
  assert (t_between : 0 <= t <= 1) by (unfold t; nra).
  replace (- (z * (1 - t) * (z * (1 - t)) - (5 * root - 11) / 2 * (1 + t) ^ 2))
    with ((t - (root - 2)) ^ 2 * ((root + 1) / 2 - t) + (root * root - 5) * ((3 - root) / 2 + 2 * t)).
  - rewrite five, Rminus_diag, Rmult_0_l, Rplus_0_r. apply Rmult_le_pos; [apply pow2_ge_0 | lra].
  - replace (z * (1 - t) * (z * (1 - t))) with (t * (1 - t) ^ 2) by (unfold t; ring). field.
Qed.
(** and 1 + cε is another. *)
Theorem noise_factor_linear ε : 0 <= ε -> is_noise_factor ε (1 + sqrt ((5 * sqrt 5 - 11) / 2) * ε).
Proof.
  intros ε_nonneg z between. pose proof (curved z between) as bound.
  apply (Rmult_le_compat_l ε) in bound; [|exact ε_nonneg]. pose proof (pow2_ge_0 (1 - z)). lra.
Qed.
(** For noise of variance w² + qG² it is at least the maximum over all z ≥ 0 and 0 ≤ e ≤ ε of what is lost of
    G(1 − q)/(1 + q), per w, for G = zw. *)
Definition is_growing_noise_factor (q ε κ : R) : Prop :=
  forall e z, 0 <= e <= ε -> 0 <= z ->
    ((1 - q) / (1 + q) * z - κ) * ((1 + q) * z ^ 2 + 1) <= (1 + e) * z * ((1 - q) * z ^ 2 - 1).
Lemma factor ε κ : is_noise_factor ε κ -> is_growing_noise_factor 0 ε κ.
Proof.
  intros enough e z between z_nonneg. replace ((1 - 0) / (1 + 0)) with 1 by field.
  destruct (Rle_dec z 1) as [small|large].
  - specialize (enough z (conj z_nonneg small)).
    assert (0 <= (ε - e) * (z * ((1 - z) * (1 + z)))) by (repeat apply Rmult_le_pos; lra). lra.
  - specialize (enough 1 ltac:(lra)). assert (0 <= e * (z * ((z - 1) * (z + 1)))) by (repeat apply Rmult_le_pos; lra).
    pose proof (pow2_ge_0 (z - 1)). pose proof (pow2_ge_0 z). pose proof (Rmult_le_pos (κ - 1) (z ^ 2 + 1) ltac:(lra) ltac:(lra)). lra.
Qed.
(** (1 + q)^{−3/2} + cε/√(1 − q) is such a factor. *)
Theorem noise_factor_growing q ε : 0 <= q < 1 -> 0 <= ε ->
  is_growing_noise_factor q ε (1 / ((1 + q) * sqrt (1 + q)) + sqrt ((5 * sqrt 5 - 11) / 2) * ε / sqrt (1 - q)).
Proof.
  intros q_between ε_nonneg e z e_between z_nonneg. set (c := sqrt ((5 * sqrt 5 - 11) / 2)).
  assert (c_nonneg : 0 <= c) by apply sqrt_pos.
  set (s := sqrt (1 + q)). assert (s_square : s * s = 1 + q) by (apply sqrt_sqrt; lra). assert (0 < s) by (apply sqrt_lt_R0; lra).
  set (m := sqrt (1 - q)). assert (m_square : m * m = 1 - q) by (apply sqrt_sqrt; lra). assert (0 < m) by (apply sqrt_lt_R0; lra).
  assert (D_positive : 0 < (1 + q) * z ^ 2 + 1) by (pose proof (Rmult_le_pos (1 + q) (z ^ 2) ltac:(lra) (pow2_ge_0 z)); lra).
  assert (even : 2 / (1 + q) * z <= 1 / ((1 + q) * s) * ((1 + q) * z ^ 2 + 1)).
  { apply (Rmult_le_reg_l ((1 + q) * s)); [nra|].
    replace ((1 + q) * s * (2 / (1 + q) * z)) with (2 * (s * z)) by (field; lra).
    replace ((1 + q) * s * (1 / ((1 + q) * s) * ((1 + q) * z ^ 2 + 1))) with ((1 + q) * z ^ 2 + 1) by (field; lra).
    rewrite <- s_square. pose proof (pow2_ge_0 (s * z - 1)). lra. }
  assert (bent : e * z * (1 - (1 - q) * z ^ 2) <= c * ε / m * ((1 + q) * z ^ 2 + 1)).
  { assert (right : 0 <= c * ε / m * ((1 + q) * z ^ 2 + 1)).
    { apply Rmult_le_pos; [|lra]. unfold Rdiv. apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply Rlt_le, Rinv_0_lt_compat; lra]. }
    destruct (Rle_dec (m * z) 1) as [near|far].
    - assert (y_nonneg : 0 <= m * z) by (apply Rmult_le_pos; lra). pose proof (curved (m * z) (conj y_nonneg near)) as bound. fold c in bound.
      replace ((m * z) ^ 2) with ((1 - q) * z ^ 2) in bound by (rewrite <- m_square; ring).
      assert (small : (1 - q) * z ^ 2 <= 1) by (rewrite <- m_square; nra).
      apply (Rmult_le_reg_l m); [assumption|]. replace (m * (c * ε / m * ((1 + q) * z ^ 2 + 1))) with (ε * (c * ((1 + q) * z ^ 2 + 1))) by (field; lra).
      replace (m * (e * z * (1 - (1 - q) * z ^ 2))) with (e * (m * z * (1 - (1 - q) * z ^ 2))) by ring.
      apply Rle_trans with (ε * (m * z * (1 - (1 - q) * z ^ 2))).
      + apply Rmult_le_compat_r; [apply Rmult_le_pos; lra | lra].
      + apply Rmult_le_compat_l; [exact ε_nonneg|]. eapply Rle_trans; [exact bound|].
        apply Rmult_le_compat_l; [exact c_nonneg|]. pose proof (Rmult_le_pos q (z ^ 2) ltac:(lra) (pow2_ge_0 z)). lra.
    - assert (large : 1 <= (1 - q) * z ^ 2) by (rewrite <- m_square; nra).
      apply Rle_trans with 0; [|exact right].
      pose proof (Rmult_le_pos (e * z) ((1 - q) * z ^ 2 - 1) ltac:(apply Rmult_le_pos; lra) ltac:(lra)). lra. }
  replace (((1 - q) / (1 + q) * z - (1 / ((1 + q) * s) + c * ε / m)) * ((1 + q) * z ^ 2 + 1))
    with (z * ((1 - q) * z ^ 2 - 1) + 2 / (1 + q) * z - 1 / ((1 + q) * s) * ((1 + q) * z ^ 2 + 1) - c * ε / m * ((1 + q) * z ^ 2 + 1))
    by (field; lra). lra.
Qed.

Section Sign.
Context {Outcome : Type}.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.

Lemma noisy_sign_positive (G h w q ε κ : R) (e s : Outcome -> R) :
  0 <= q < 1 -> 0 <= ε -> is_growing_noise_factor q ε κ -> 0 <= w ->
  expectation law e = 0 -> expectation law (fun ω => e ω ^ 2) <= w ^ 2 + q * G ^ 2 ->
  (forall ω, -1 <= s ω <= 1) -> (forall ω, 0 < G + e ω -> s ω = 1) -> 0 <= G -> G <= h <= (1 + ε) * G ->
  (1 - q) / (1 + q) * G - κ * w <= expectation law (fun ω => h * s ω).
Proof.
  intros q_between ε_nonneg enough w_nonneg centred spread range right G_nonneg slope.
  assert (κ_nonneg : 0 <= κ) by (pose proof (enough 0 0 ltac:(lra) ltac:(lra)); lra).
  pose proof (Rmult_le_pos κ w κ_nonneg w_nonneg).
  destruct (Req_dec G 0) as [->|other].
  { assert (h = 0) as -> by lra. rewrite expected_times. lra. }
  assert (G_square : 0 < G ^ 2) by (apply pow_lt; lra). pose proof (pow2_ge_0 w).
  set (W := w ^ 2 + q * G ^ 2) in *. assert (W_nonneg : 0 <= W) by (unfold W; pose proof (Rmult_le_pos q (G ^ 2) ltac:(lra) ltac:(lra)); lra).
  set (D := W + G ^ 2). assert (D_positive : 0 < D) by (unfold D; lra).
  assert (pointwise : forall ω, 0 <= s ω + (2 / D ^ 2) * (W - G * e ω) ^ 2 - 1).
  { intros ω. specialize (range ω). set (y := (W - G * e ω) ^ 2). pose proof (pow2_ge_0 (W - G * e ω)) as y_nonneg. fold y in y_nonneg.
    assert (D2 : 0 < D ^ 2) by (apply pow_lt; exact D_positive).
    destruct (Rlt_dec 0 (G + e ω)) as [same|wrong].
    - rewrite (right ω same). assert (0 <= 2 / D ^ 2 * y); [|lra].
      apply Rmult_le_pos; [apply Rlt_le, Rdiv_lt_0_compat; lra | exact y_nonneg].
    - assert (far : D <= W - G * e ω).
      { unfold D. pose proof (Rmult_le_compat_l G (G + e ω) 0 G_nonneg ltac:(lra)). lra. }
      assert (D ^ 2 <= y) by (apply pow_incr; lra).
      assert (2 <= 2 / D ^ 2 * y); [|lra].
      apply (Rmult_le_reg_l (D ^ 2)); [exact D2|]. replace (D ^ 2 * (2 / D ^ 2 * y)) with (2 * y) by (field; lra). lra. }
  assert (mean : 1 - 2 * W / D <= expectation law s).
  { pose proof (expected_nonneg law _ law_is pointwise) as total.
    rewrite (expected_same law _ (fun ω => s ω + (2 / D ^ 2) * ((G ^ 2) * e ω ^ 2 + ((- 2 * W * G) * e ω + W ^ 2)) + -1)) in total
      by (intros ω; ring).
    rewrite (expected_shifted _ _ _ law_is), expected_plus, expected_times, expected_plus, expected_times,
      (expected_shifted _ _ _ law_is), expected_times, centred in total.
    assert (2 / D ^ 2 * (G ^ 2 * expectation law (fun ω => e ω ^ 2) + (- 2 * W * G * 0 + W ^ 2)) <= 2 * W / D); [|lra].
    replace (2 * W / D) with (2 / D ^ 2 * (W * D)) by (field; lra).
    apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; [lra | apply pow_lt; exact D_positive]|].
    unfold D. pose proof (Rmult_le_compat_l (G ^ 2) _ _ ltac:(lra) spread). lra. }
  rewrite expected_times. apply Rle_trans with (h * (1 - 2 * W / D)); [|apply Rmult_le_compat_l; [lra | exact mean]].
  apply (Rmult_le_reg_r D); [exact D_positive|].
  replace (h * (1 - 2 * W / D) * D) with (h * ((1 - q) * G ^ 2 - w ^ 2)) by (unfold D, W; field; unfold D, W in D_positive; lra).
  replace D with ((1 + q) * G ^ 2 + w ^ 2) by (unfold D, W; ring).
  destruct (Req_dec w 0) as [->|some].
  - replace (((1 - q) / (1 + q) * G - κ * 0) * ((1 + q) * G ^ 2 + 0 ^ 2)) with (G * ((1 - q) * G ^ 2)) by (field; lra).
    replace ((1 - q) * G ^ 2 - 0 ^ 2) with ((1 - q) * G ^ 2) by ring. apply Rmult_le_compat_r; [apply Rmult_le_pos; lra | lra].
  - assert (w_positive : 0 < w) by lra.
    assert (e_between : 0 <= h / G - 1 <= ε).
    { assert (ratio : h / G * G = h) by (field; lra). split; apply (Rmult_le_reg_r G); lra. }
    assert (z_nonneg : 0 <= G / w) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
    specialize (enough _ _ e_between z_nonneg). apply (Rmult_le_compat_l (w ^ 3)) in enough; [|apply pow_le; lra].
    replace (w ^ 3 * (((1 - q) / (1 + q) * (G / w) - κ) * ((1 + q) * (G / w) ^ 2 + 1)))
      with (((1 - q) / (1 + q) * G - κ * w) * ((1 + q) * G ^ 2 + w ^ 2)) in enough by (field; lra).
    replace (w ^ 3 * ((1 + (h / G - 1)) * (G / w) * ((1 - q) * (G / w) ^ 2 - 1))) with (h * ((1 - q) * G ^ 2 - w ^ 2)) in enough
      by (field; lra). exact enough.
Qed.

(** E[h sgn(G + e)] ≥ |G|(1 − q)/(1 + q) − κw where h is between G and (1 + ε)G. *)
Lemma noisy_sign (G h w q ε κ : R) (e s : Outcome -> R) :
  0 <= q < 1 -> 0 <= ε -> is_growing_noise_factor q ε κ -> 0 <= w ->
  expectation law e = 0 -> expectation law (fun ω => e ω ^ 2) <= w ^ 2 + q * G ^ 2 ->
  (forall ω, -1 <= s ω <= 1) -> (forall ω, 0 < G + e ω -> s ω = 1) -> (forall ω, G + e ω < 0 -> s ω = -1) ->
  (0 <= G -> G <= h <= (1 + ε) * G) -> (G <= 0 -> (1 + ε) * G <= h <= G) ->
  (1 - q) / (1 + q) * Rabs G - κ * w <= expectation law (fun ω => h * s ω).
Proof.
  intros q_between ε_nonneg enough w_nonneg centred spread range up down above below. destruct (Rle_dec 0 G) as [o|o].
  - rewrite (Rabs_pos_eq G o). apply (noisy_sign_positive G h w q ε κ e s); auto.
  - rewrite Rabs_left by lra.
    rewrite (expected_same law _ (fun ω => (- h) * ((-1) * s ω))) by (intros ω; ring).
    apply (noisy_sign_positive (- G) (- h) w q ε κ (fun ω => (-1) * e ω) (fun ω => (-1) * s ω)); auto; try lra.
    + rewrite expected_times, centred. ring.
    + rewrite (expected_same law _ (fun ω => e ω ^ 2)) by (intros ω; ring). replace ((- G) ^ 2) with (G ^ 2) by ring. exact spread.
    + intros ω. specialize (range ω). lra.
    + intros ω positive. rewrite (down ω) by lra. ring.
Qed.
End Sign.

(** * The theorem *)

(** Algorithm 2: x⁺ = x − γ sgn(x − P̂(x)), for any estimate of P(x). *)
Definition sign_prox {Outcome : Type} (γ : R) (estimate : Outcome -> vector -> vector) (at_zero : Outcome -> vector -> nat -> R)
  (ω : Outcome) (x : vector) : vector := fun i => x i - γ * sgn (x i - estimate ω x i) (at_zero ω x i).

Section Theorem2.

Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).
Notation "‖ u ‖₁" := (sum n (fun i => Rabs (u i))).

(** (8): θ_k ≥ 0 and Σθ_k = 1, for finitely many k. *)
Variable K : Type.
Variable θ : list (R * K).
Hypothesis θ_is_a_law : is_law θ.

Variables (d : vector -> R) (grad_d : vector -> vector) (r : K -> vector -> R) (grad_r prox : K -> vector -> vector).
Variables (L σ : nat -> R) (γ : R).
(** Algorithm 2: γ > 0. *)
Hypothesis γ_positive : 0 < γ.
(** Assumption 2(b): L is nonnegative, d is differentiable, and |∇d(x)_i − ∇d(y)_i| ≤ L_i|x_i − y_i|. *)
Hypothesis L_nonneg : forall i, (i < n)%nat -> 0 <= L i.
Hypothesis d_differentiable : is_gradient n d grad_d.
Hypothesis d_smooth : is_lipschitz_by_coordinate n grad_d L.
(** Assumption 2(c): all r_k are convex and differentiable, and |∇r_k(x)_i − ∇r_k(y)_i| ≤ L_i|x_i − y_i|. *)
Hypothesis r_convex : forall k, is_convex (r k).
Hypothesis r_differentiable : forall k, is_gradient n (r k) (grad_r k).
Hypothesis r_smooth : forall k, is_lipschitz_by_coordinate n (grad_r k) L.
(** (6): prox_{γ r_k}(y) minimises ½‖u − y‖² + γr_k(u) over u, for every k and y. *)
Hypothesis prox_minimises : forall k, is_prox γ n (r k) (prox k).

Notation P := (P θ grad_d prox γ).
Notation Pk := (Pk grad_d prox γ).
Notation Phat := (Phat grad_d prox γ).
Notation G := (G θ grad_d prox γ).
Notation P0 y := (mean θ (fun k => prox k y)).
Notation r_γ := (proximal_average θ γ n r).

Let agree := r_agree n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises.
Let r_γ_convex_at := r_convex_at n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises.
Let r_γ_smooth_at := r_smooth_at n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises grad_r r_differentiable.
Let r_γ_is := equation_9 n θ θ_is_a_law γ γ_positive r prox r_convex prox_minimises.

(** ∇r_k(x)_i depends on x_i alone, and so it grows with x_i. *)
Lemma monotone k x y i : (i < n)%nat -> 0 <= (grad_r k x i - grad_r k y i) * (x i - y i).
Proof.
  intros inside. set (h := y i - x i). set (z := (x + h • unit i)%vector).
  assert (at_i : z i = y i) by (unfold z, h, plus, scaled, unit; destruct (Nat.eq_dec i i); [ring | lia]).
  pose proof (r_smooth k z y i inside) as same. rewrite at_i, Rminus_diag, Rabs_R0, Rmult_0_r in same.
  assert (gz : grad_r k z i = grad_r k y i).
  { apply Rminus_diag_uniq, no_size, same. }
  pose proof (above_tangent n _ _ (r_differentiable k) (r_convex k) x z) as forwards.
  pose proof (above_tangent n _ _ (r_differentiable k) (r_convex k) z x) as backwards.
  replace (z - x)%vector with (h • unit i)%vector in forwards by (coordinates; unfold z, plus, minus, scaled; ring).
  replace (x - z)%vector with ((- h) • unit i)%vector in backwards by (coordinates; unfold z, plus, minus, scaled; ring).
  rewrite inner_scaled_right, inner_unit in forwards, backwards by exact inside. rewrite gz in backwards. unfold h in *. lra.
Qed.
Lemma optimal_at k y i : (i < n)%nat -> prox k y i + γ * grad_r k (prox k y) i = y i.
Proof.
  intros inside. pose proof (optimal n γ r prox prox_minimises grad_r r_differentiable k y (unit i)) as zero. rewrite inner_unit in zero by exact inside.
  unfold plus, minus, scaled in zero. lra.
Qed.

(** Every prox_{γ r_k}(y)_i, and so their average, depends on y_i alone, with a slope between 1/(1 + γL_i) and 1. *)
Lemma pk_slope k y z i : (i < n)%nat -> z i <= y i ->
  prox k y i - prox k z i <= y i - z i <= (1 + γ * L i) * (prox k y i - prox k z i).
Proof.
  intros inside ordered. pose proof (optimal_at k y i inside) as at_y. pose proof (optimal_at k z i inside) as at_z.
  pose proof (monotone k (prox k y) (prox k z) i inside) as grows. pose proof (r_smooth k (prox k y) (prox k z) i inside) as steep.
  set (b := prox k y i - prox k z i) in *. set (c := grad_r k (prox k y) i - grad_r k (prox k z) i) in *.
  assert (sum : b + γ * c = y i - z i) by (unfold b, c; lra).
  assert (b_nonneg : 0 <= b).
  { apply Rnot_lt_le. intros negative. assert (c <= 0).
    { apply Rnot_lt_le. intros positive. pose proof (Rmult_lt_compat_l c b 0 positive negative). lra. }
    pose proof (Rmult_le_compat_l γ c 0 ltac:(lra) ltac:(assumption)). lra. }
  rewrite (Rabs_pos_eq b b_nonneg) in steep. pose proof (Rle_abs c).
  assert (c_nonneg : 0 <= c).
  { destruct (Req_dec b 0) as [zero|other].
    - rewrite zero, Rmult_0_r in steep. apply no_size in steep. lra.
    - apply Rnot_lt_le. intros negative. pose proof (Rmult_lt_compat_r b c 0 ltac:(lra) negative). lra. }
  pose proof (Rmult_le_pos γ c ltac:(lra) c_nonneg). pose proof (Rmult_le_compat_l γ c (L i * b) ltac:(lra) ltac:(lra)). lra.
Qed.
Lemma P0_slope y z i : (i < n)%nat -> z i <= y i ->
  P0 y i - P0 z i <= y i - z i <= (1 + γ * L i) * (P0 y i - P0 z i).
Proof.
  intros inside ordered.
  assert (difference : expectation θ (fun k => prox k y i + (-1) * prox k z i) = P0 y i - P0 z i).
  { rewrite expected_plus, expected_times. unfold mean. ring. }
  rewrite <- difference, <- expected_times, <- (expected_constant θ (y i - z i) θ_is_a_law).
  split; apply (expected_monotone _ _ _ θ_is_a_law); intros k; pose proof (pk_slope k y z i inside ordered); lra.
Qed.
Lemma P0_slopes : has_slopes n (fun y => P0 y) (fun i => 1 + γ * L i).
Proof.
  intros y z i inside ordered. pose proof (P0_slope y z i inside ordered) as [up down]. split; [|exact down].
  pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)).
  pose proof (Rmult_le_pos (γ * L i) (y i - z i) ltac:(lra) ltac:(lra)). lra.
Qed.
Lemma slopes_positive i : (i < n)%nat -> 0 < 1 + γ * L i.
Proof. intros inside. pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)). lra. Qed.
Lemma P0_onto x : exists y, forall i, (i < n)%nat -> P0 y i = x i.
Proof. exact (onto n (fun y => P0 y) _ P0_slopes slopes_positive x). Qed.

(** The descent lemma for r_γ at any x, which is P⁰(y) for some y: its gradient there is (y − x)/γ. *)
Lemma r_γ_smooth x : exists y, (forall i, (i < n)%nat -> P0 y i = x i) /\
  forall u, r_γ u <= r_γ x + sum n (fun i => (y i - x i) / γ * (u i - x i) + 1 / 2 * (L i * (u i - x i) ^ 2)).
Proof.
  destruct (P0_onto x) as [y onto]. exists y. split; [exact onto|]. intros u.
  pose proof (r_γ_smooth_at (fun h => 1 / 2 * sum n (fun i => L i * h i ^ 2)) y u) as smooth. cbn beta in smooth.
  eapply Rle_trans; [apply smooth|].
  { intros k p h. pose proof (descent_lemma_by_coordinate n (r k) (grad_r k) L (r_differentiable k) (r_smooth k) p (p + h)%vector) as one.
    replace (p + h - p)%vector with h in one by (coordinates; unfold plus, minus; ring).
    rewrite (sum_same n _ (fun i => L i * h i ^ 2)) in one by (intros i _; unfold plus; ring). exact one. }
  right. rewrite (agree (P0 y) x onto), Rplus_assoc. f_equal.
  rewrite inner_sum, <- !sum_times, <- sum_of_sums. apply sum_same. intros i inside. unfold minus.
  rewrite onto by exact inside. field. lra.
Qed.

(** Any r of which P⁰ is the proximal operator, eq. (9), is r_γ up to a constant. *)
Lemma r_unique r' :
  (forall u v, (forall i, (i < n)%nat -> u i = v i) -> r' u = r' v) ->
  (forall y u, 1 / 2 * ‖ P0 y - y ‖² + γ * r' (P0 y) <= 1 / 2 * ‖ u - y ‖² + γ * r' u) ->
  forall u v, r' v - r_γ v = r' u - r_γ u.
Proof.
  intros entries is_prox. assert (0 < 1 / γ) by (apply Rdiv_lt_0_compat; lra).
  assert (Λ_nonneg : 0 <= sum n L) by (apply sum_nonneg, L_nonneg).
  apply (flat n (fun u => r' u - r_γ u) (sum n L + 1 / γ)); [lra|]. intros u v.
  destruct (P0_onto u) as [y at_u]. destruct (P0_onto v) as [z at_v].
  rewrite <- (entries _ _ at_u), <- (entries _ _ at_v), <- (agree _ _ at_u), <- (agree _ _ at_v).
  set (a := P0 y) in *. set (b := P0 z) in *.
  assert (lower : forall s, (forall y u, 1 / 2 * ‖ P0 y - y ‖² + γ * s (P0 y) <= 1 / 2 * ‖ u - y ‖² + γ * s u) ->
    forall y u, s (P0 y) + 1 / γ * ⟨ y - P0 y, u - P0 y ⟩ - 1 / γ * (1 / 2 * ‖ u - P0 y ‖²) <= s u).
  { clear - γ_positive. intros s s_prox y u. specialize (s_prox y u). apply (Rmult_le_reg_l γ); [exact γ_positive|].
    match goal with |- ?left <= _ => replace left with (γ * s (P0 y) + (1 / 2 * ‖ P0 y - y ‖² - 1 / 2 * ‖ u - y ‖²)) end; [lra|].
    autorewrite with inner. same_order. field. lra. }
  pose proof (lower r' is_prox y b) as up. pose proof (lower r_γ r_γ_is z a) as down. fold a b in up, down.
  replace (‖ v - u ‖²) with (‖ b - a ‖²).
  2: { rewrite !inner_sum. apply sum_same. intros i inside. unfold minus. rewrite at_u, at_v by exact inside. reflexivity. }
  assert (slopes : ⟨ z - b, b - a ⟩ - ⟨ y - a, b - a ⟩ <= γ * (sum n L * ‖ b - a ‖²)).
  { rewrite !inner_sum, <- !sum_times. rewrite <- (Rmult_1_l (sum n _)) at 1.
    apply Rle_trans with (sum n (fun i => (z - b)%vector i * (b - a)%vector i + (-1) * ((y - a)%vector i * (b - a)%vector i)));
      [rewrite sum_of_sums, sum_times; lra|].
    apply sum_below. intros i inside. pose proof (term_below_sum n L i L_nonneg inside) as L_below. pose proof (L_nonneg i inside).
    unfold minus. set (Δ := b i - a i).
    assert (slope_i : (z i - y i) * Δ <= (1 + γ * L i) * Δ ^ 2).
    { destruct (Rle_dec (y i) (z i)) as [o|o].
      - pose proof (P0_slope z y i inside o) as [_ steep]. fold a b Δ in steep.
        assert (0 <= Δ) by (apply (Rmult_le_reg_l (1 + γ * L i)); [pose proof (Rmult_le_pos γ (L i)); lra | lra]).
        pose proof (Rmult_le_compat_r Δ _ _ ltac:(assumption) steep). lra.
      - pose proof (P0_slope y z i inside ltac:(lra)) as [_ steep]. fold a b in steep.
        replace (a i - b i) with (- Δ) in steep by (unfold Δ; ring).
        assert (0 <= - Δ) by (apply (Rmult_le_reg_l (1 + γ * L i)); [pose proof (Rmult_le_pos γ (L i)); lra | lra]).
        pose proof (Rmult_le_compat_r (- Δ) _ _ ltac:(assumption) steep). lra. }
    pose proof (Rmult_le_compat_r (Δ * Δ) _ _ ltac:(nra) L_below) as larger.
    apply (Rmult_le_compat_l γ) in larger; [|lra]. unfold Δ in *. lra. }
  apply (Rmult_le_compat_l (1 / γ)) in slopes; [|lra].
  replace (1 / γ * (γ * (sum n L * ‖ b - a ‖²))) with (sum n L * ‖ b - a ‖²) in slopes by (field; lra).
  replace (⟨ z - b, a - b ⟩) with (- ⟨ z - b, b - a ⟩) in down by (autorewrite with inner; ring).
  replace (‖ a - b ‖²) with (‖ b - a ‖²) in down by (autorewrite with inner; same_order; ring). lra.
Qed.

Section Regularizer.
Variable reg : vector -> R.
(** (9): f = d + r for any function r on Rⁿ of which Σθ_k prox_{γ r_k} is the proximal operator, such as the proximal average. *)
Hypothesis reg_entries : forall u v, (forall i, (i < n)%nat -> u i = v i) -> reg u = reg v.
Hypothesis reg_is : is_prox γ n reg (fun y => P0 y).
Notation f := (fun x => d x + reg x).
Variable f_min : R.
(** Assumption 2(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.

(** One step, whatever the signs are: h is ∇d(x) + ∇r(x). *)
Lemma one_step x : exists h : vector,
  (forall i, (i < n)%nat -> (0 <= G x i -> G x i <= h i <= (1 + γ * L i) * G x i) /\
                            (G x i <= 0 -> (1 + γ * L i) * G x i <= h i <= G x i)) /\
  (forall s : vector, (forall i, (i < n)%nat -> -1 <= s i <= 1) ->
    f (x - γ • s)%vector <= f x - γ * sum n (fun i => h i * s i) + γ ^ 2 * sum n L).
Proof.
  destruct (r_γ_smooth x) as [y [onto smooth]].
  set (y0 := (x - γ • grad_d x)%vector). exists (fun i => (y i - y0 i) / γ). split.
  - intros i inside.
    assert (G_is : G x i = (P0 y i - P0 y0 i) / γ).
    { rewrite onto by exact inside. change (P0 y0 i) with (P x i). unfold G, scaled, minus. field. lra. }
    pose proof (P0_slope y y0 i inside) as forwards. pose proof (P0_slope y0 y i inside) as backwards.
    set (δ := P0 y i - P0 y0 i) in *. set (g := G x i) in *. set (h := (y i - y0 i) / γ).
    assert (δ_is : δ = γ * g) by (rewrite G_is; field; lra). assert (h_is : y i - y0 i = γ * h) by (unfold h; field; lra).
    assert (0 <= γ * L i) by (apply Rmult_le_pos; [lra | apply L_nonneg; exact inside]).
    assert (either : (0 <= h /\ g <= h <= (1 + γ * L i) * g) \/ (h <= 0 /\ (1 + γ * L i) * g <= h <= g)).
    { destruct (Rle_dec (y0 i) (y i)) as [o|o]; [left | right].
      - specialize (forwards o). rewrite δ_is in forwards. repeat split; apply (Rmult_le_reg_l γ); lra.
      - specialize (backwards ltac:(lra)). replace (P0 y0 i - P0 y i) with (- (γ * g)) in backwards by (unfold δ in *; lra).
        repeat split; apply (Rmult_le_reg_l γ); lra. }
    split; intros side; destruct either as [[h_side bounds]|[h_side bounds]]; try exact bounds.
    + pose proof (Rmult_le_pos (γ * L i) g ltac:(lra) ltac:(lra)). lra.
    + pose proof (Rmult_le_pos (γ * L i) (- g) ltac:(lra) ltac:(lra)). lra.
  - intros s range.
    pose proof (descent_lemma_by_coordinate n d grad_d L d_differentiable d_smooth x (x - γ • s)%vector) as d_descent.
    specialize (smooth (x - γ • s)%vector). rewrite inner_sum in d_descent.
    pose proof (r_unique reg reg_entries reg_is x (x - γ • s)%vector) as same.
    assert (together : sum n (fun i => grad_d x i * (x - γ • s - x)%vector i)
      + 1 / 2 * sum n (fun i => L i * ((x - γ • s)%vector i - x i) ^ 2)
      + sum n (fun i => (y i - x i) / γ * ((x - γ • s)%vector i - x i) + 1 / 2 * (L i * ((x - γ • s)%vector i - x i) ^ 2))
      <= - γ * sum n (fun i => (y i - y0 i) / γ * s i) + γ ^ 2 * sum n L); [|lra].
    rewrite <- !sum_times, <- !sum_of_sums. apply sum_below. intros i inside. specialize (range i inside).
    assert (square : s i ^ 2 <= 1) by nra.
    assert (γ ^ 2 * (L i * s i ^ 2) <= γ ^ 2 * L i).
    { apply Rmult_le_compat_l; [apply pow2_ge_0|]. rewrite <- (Rmult_1_r (L i)) at 2.
      apply Rmult_le_compat_l; [apply L_nonneg; exact inside | exact square]. }
    match goal with |- ?left <= _ => replace left with (- γ * ((y i - y0 i) / γ * s i) + γ ^ 2 * (L i * s i ^ 2)) end; [lra|].
    unfold y0, minus, scaled. field. lra.
Qed.

(** The last step is taken without its noise. *)
Lemma last_step x : γ * ‖ G x ‖₁ <= f x - f_min + γ ^ 2 * sum n L.
Proof.
  destruct (one_step x) as [h [between goes]]. set (s := fun i => sgn (G x i) 0).
  specialize (goes s (fun i _ => sgn_bounded (G x i) 0 ltac:(lra))). pose proof (f_min_below (x - γ • s)%vector).
  assert (signs : ‖ G x ‖₁ <= sum n (fun i => h i * s i)).
  { apply sum_below. intros i inside. destruct (between i inside) as [above below]. unfold s, sgn.
    destruct (Rlt_dec 0 (G x i)); [rewrite Rabs_pos_eq; lra|]. destruct (Rlt_dec (G x i) 0); [rewrite Rabs_left; lra|].
    replace (G x i) with 0 by lra. rewrite Rabs_R0. lra. }
  apply (Rmult_le_compat_l γ) in signs; [|lra]. cbn beta in *. lra.
Qed.

(** Any estimate of P(x) from an independent outcome ω, with mean P(x) and variances of at most γ²(v_i² + qG(x)_i²). *)
Section Estimate.
Variables (κ : nat -> R) (q : R).
Hypothesis q_between : 0 <= q < 1.
Hypothesis κ_enough : forall i, (i < n)%nat -> is_growing_noise_factor q (γ * L i) (κ i).
Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.
Variable estimate : Outcome -> vector -> vector.
Variable at_zero : Outcome -> vector -> nat -> R.
Hypothesis at_zero_is : is_sign_of_zero at_zero.
Variable v : nat -> R.
Hypothesis v_nonneg : forall i, (i < n)%nat -> 0 <= v i.
Hypothesis unbiased : forall x i, (i < n)%nat -> expectation law (fun ω => estimate ω x i) = P x i.
Hypothesis spread : forall x i, (i < n)%nat -> expectation law (fun ω => (estimate ω x i - P x i) ^ 2) <= γ ^ 2 * (v i ^ 2 + q * G x i ^ 2).
Let kept := (1 - q) / (1 + q).
Lemma kept_between : 0 < kept <= 1.
Proof.
  split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_r (1 + q)); [lra|]. unfold kept.
  replace ((1 - q) / (1 + q) * (1 + q)) with (1 - q) by (field; lra). lra.
Qed.
Notation step := (sign_prox γ estimate at_zero).
Lemma step_in_expectation x :
  expectation law (fun ω => f (step ω x)) <= f x - γ * kept * ‖ G x ‖₁ + (γ ^ 2 * sum n L + γ * sum n (fun i => κ i * v i)).
Proof.
  destruct (one_step x) as [h [between goes]].
  set (s := fun ω i => sgn (x i - estimate ω x i) (at_zero ω x i)).
  assert (range : forall ω i, -1 <= s ω i <= 1) by (intros; apply sgn_bounded, at_zero_is).
  eapply Rle_trans.
  { apply (expected_monotone _ _ (fun ω => (- γ) * sum n (fun i => h i * s ω i) + (f x + γ ^ 2 * sum n L)) law_is).
    intros ω. pose proof (goes (s ω) (fun i _ => range ω i)) as one.
    change (x - γ • s ω)%vector with (step ω x) in one. cbn beta in *. lra. }
  rewrite (expected_shifted _ _ _ law_is), expected_times, (expected_combination _ n (fun i ω => h i * s ω i)).
  assert (signs : kept * ‖ G x ‖₁ - sum n (fun i => κ i * v i) <= sum n (fun i => expectation law (fun ω => h i * s ω i))).
  { apply Rle_trans with (sum n (fun i => kept * Rabs (G x i) + (-1) * (κ i * v i))).
    { rewrite sum_of_sums, !sum_times. lra. }
    apply sum_below. intros i inside. destruct (between i inside) as [above below].
    set (e := fun ω => 1 / γ * (P x i - estimate ω x i)).
    assert (Ghat : forall ω, x i - estimate ω x i = γ * (G x i + e ω)) by (intros; unfold e, G, minus, scaled; field; lra).
    apply Rle_trans with (kept * Rabs (G x i) - κ i * v i); [lra|].
    apply (noisy_sign law law_is (G x i) (h i) (v i) q (γ * L i) (κ i) e); try assumption.
    - apply Rmult_le_pos; [lra | apply L_nonneg; exact inside].
    - apply κ_enough. exact inside.
    - apply v_nonneg. exact inside.
    - unfold e. rewrite (expected_same _ _ (fun ω => (- (1 / γ)) * estimate ω x i + 1 / γ * P x i)) by (intros; ring).
      rewrite (expected_shifted _ _ _ law_is), expected_times, unbiased by exact inside. ring.
    - unfold e. rewrite (expected_same _ _ (fun ω => (1 / γ) ^ 2 * (estimate ω x i - P x i) ^ 2)) by (intros; ring).
      rewrite expected_times. apply Rle_trans with ((1 / γ) ^ 2 * (γ ^ 2 * (v i ^ 2 + q * G x i ^ 2))).
      + apply Rmult_le_compat_l; [apply pow2_ge_0 | apply spread; exact inside].
      + right. field. lra.
    - intros ω. apply range.
    - intros ω positive. unfold s, sgn. rewrite Ghat. pose proof (Rmult_lt_0_compat γ _ γ_positive positive).
      destruct (Rlt_dec 0 (γ * (G x i + e ω))); [reflexivity | lra].
    - intros ω negative. unfold s, sgn. rewrite Ghat. pose proof (Rmult_lt_compat_l γ _ 0 γ_positive negative).
      destruct (Rlt_dec 0 (γ * (G x i + e ω))); [lra|]. destruct (Rlt_dec (γ * (G x i + e ω)) 0); [reflexivity | lra]. }
  apply (Rmult_le_compat_l γ) in signs; [|lra]. cbn beta in *. lra.
Qed.
Lemma last_step_kept x : γ * kept * ‖ G x ‖₁ <= f x - f_min + γ ^ 2 * sum n L.
Proof.
  pose proof (last_step x). pose proof kept_between. assert (0 <= γ * (1 - kept) * ‖ G x ‖₁); [|cbn beta in *; lra].
  apply Rmult_le_pos; [apply Rmult_le_pos; lra | apply sum_nonneg; intros; apply Rabs_pos].
Qed.

(** Theorem 2♯ for every γ and T: (1 − q)/(1 + q) · E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σκ_iv_i. *)
Theorem theorem_2_for_any_estimate T x : (1 <= T)%nat ->
  (1 - q) / (1 + q) * expected_average law step (fun x => ‖ G x ‖₁) T x <=
    (f x - f_min) / (γ * INR T) + γ * sum n L + (1 - 1 / INR T) * sum n (fun i => κ i * v i).
Proof.
  intros T_positive. destruct T as [|T]; [inversion T_positive|].
  pose proof (all_steps Outcome law law_is vector step (fun x => ‖ G x ‖₁) f f_min
    (γ * kept) (γ ^ 2 * sum n L + γ * sum n (fun i => κ i * v i)) (γ ^ 2 * sum n L) step_in_expectation last_step_kept T x) as steps.
  unfold expected_average. set (total := expected_total _ _ _ _ _ _ _) in *.
  set (cost := sum n (fun i => κ i * v i)) in *. cbn beta in *.
  assert (0 < INR (S T)) by (apply lt_0_INR; apply T_positive).
  rewrite S_INR in *. set (count := INR T) in *.
  apply (Rmult_le_reg_l (γ * (count + 1))); [apply Rmult_lt_0_compat; assumption|].
  fold kept. replace (γ * (count + 1) * (kept * (total / (count + 1)))) with (γ * kept * total) by (field; lra).
  match goal with |- _ <= ?right => replace right with (d x + reg x - f_min + count * (γ ^ 2 * sum n L + γ * cost) + γ ^ 2 * sum n L)
    by (field; lra) end.
  exact steps.
Qed.
End Estimate.

(** Mini-batches of B draws, with noise that grows with G: v_i = σ_i/√B and q = c/B. *)
Section Growing.
Hypothesis deviations_nonneg : forall i, (i < n)%nat -> 0 <= σ i.
Variables (c : R) (B : nat).
(** c ≥ 0 and B > c, and B ≥ 1 *)
Hypothesis c_between : 0 <= c < INR B.
Hypothesis B_positive : (1 <= B)%nat.
(** In place of Assumption 2(d): E(P_k(x)_i − P(x)_i)² ≤ γ²(σ_i² + cG(x)_i²) for every x and i, and σ_i ≥ 0. *)
Hypothesis variance_grows : forall x i, (i < n)%nat -> expectation θ (fun k => (Pk k x i - P x i) ^ 2) <= γ ^ 2 * (σ i ^ 2 + c * G x i ^ 2).
Let q := c / INR B.

Lemma q_between : 0 <= q < 1.
Proof.
  pose proof (le_INR 1 B B_positive) as B_large. cbn [INR] in B_large. unfold q.
  assert (c / INR B * INR B = c) by (field; lra). split; [apply (Rmult_le_reg_r (INR B)) | apply (Rmult_lt_reg_r (INR B))]; lra.
Qed.
Lemma growing κ at_zero T x : is_sign_of_zero at_zero -> (1 <= T)%nat ->
  (forall i, (i < n)%nat -> is_growing_noise_factor q (γ * L i) (κ i)) ->
  (1 - q) / (1 + q) * expected_average (batches K θ B) (sign_prox γ (Phat B) at_zero) (fun x => ‖ G x ‖₁) T x <=
    (f x - f_min) / (γ * INR T) + γ * sum n L + (1 - 1 / INR T) * sum n (fun i => κ i * (σ i / sqrt (INR B))).
Proof.
  intros at_zero_is T_positive κ_enough. destruct (at_least_one_step B B_positive) as [B_large [root square]].
  apply (theorem_2_for_any_estimate κ q q_between κ_enough (list K) (batches K θ B));
    [apply batches_are_law; exact θ_is_a_law | exact at_zero_is | | | | exact T_positive].
  - intros i inside. unfold Rdiv. apply Rmult_le_pos; [apply deviations_nonneg; exact inside | apply Rlt_le, Rinv_0_lt_compat; lra].
  - intros y i _. apply (batch_mean θ θ_is_a_law (fun k => Pk k y i) B B_positive).
  - intros y i inside. pose proof (batch_variance θ θ_is_a_law (fun k => Pk k y i) B B_positive) as v.
    change (expectation (batches K θ B) (fun draws => (Phat B draws y i - P y i) ^ 2)
      = expectation θ (fun k => (Pk k y i - P y i) ^ 2) / INR B) in v. rewrite v.
    replace (γ ^ 2 * ((σ i / sqrt (INR B)) ^ 2 + q * G y i ^ 2)) with (γ ^ 2 * (σ i ^ 2 + c * G y i ^ 2) / INR B)
      by (unfold q; rewrite <- square at 1 3; field; lra).
    unfold Rdiv. apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra | apply variance_grows; exact inside].
Qed.

(** (1 − q)/(1 + q) · E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ[(1 + q)^{−3/2} + c₀γL_i/√(1 − q)]σ_i/√B with q = c/B. *)
Theorem theorem_2_growing_noise at_zero T x : is_sign_of_zero at_zero -> (1 <= T)%nat ->
  (1 - c / INR B) / (1 + c / INR B) *
    expected_average (batches K θ B) (sign_prox γ (Phat B) at_zero) (fun x => ‖ G x ‖₁) T x <=
    (f x - f_min) / (γ * INR T) + γ * sum n L + (1 - 1 / INR T) * sum n (fun i =>
      (1 / ((1 + c / INR B) * sqrt (1 + c / INR B)) + sqrt ((5 * sqrt 5 - 11) / 2) * (γ * L i) / sqrt (1 - c / INR B)) * (σ i / sqrt (INR B))).
Proof.
  intros at_zero_is T_positive. apply growing; [exact at_zero_is | exact T_positive|].
  intros i inside. apply noise_factor_growing; [exact q_between|]. apply Rmult_le_pos; [lra | apply L_nonneg; exact inside].
Qed.
End Growing.
End Regularizer.

(** Assumption 2(d): E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for every x and i; σ_i may be 0. *)
Hypothesis σ_nonneg : forall i, (i < n)%nat -> 0 <= σ i.
Hypothesis variance : forall x i, (i < n)%nat -> expectation θ (fun k => (Pk k x i - P x i) ^ 2) <= γ ^ 2 * σ i ^ 2.

Section General.
Variable reg : vector -> R.
(** (9): f = d + r for any function r on Rⁿ of which Σθ_k prox_{γ r_k} is the proximal operator, such as the proximal average. *)
Hypothesis reg_entries : forall u v, (forall i, (i < n)%nat -> u i = v i) -> reg u = reg v.
Hypothesis reg_is : is_prox γ n reg (fun y => P0 y).
Notation f := (fun x => d x + reg x).
Variable f_min : R.
(** Assumption 2(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.
Variable κ : nat -> R.
(** κ_i is a noise factor for γL_i, such as 1 + ½(γL_i)² or 1 + cγL_i with c = √((5√5 − 11)/2). *)
Hypothesis κ_enough : forall i, (i < n)%nat -> is_noise_factor (γ * L i) (κ i).

(** Theorem 2♯ for mini-batches of B draws. *)
Theorem theorem_2_general at_zero B T x : is_sign_of_zero at_zero -> (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches K θ B) (sign_prox γ (Phat B) at_zero) (fun x => ‖ G x ‖₁) T x <=
    (f x - f_min) / (γ * INR T) + γ * sum n L + (1 - 1 / INR T) * sum n (fun i => κ i * (σ i / sqrt (INR B))).
Proof.
  intros at_zero_is B_positive T_positive. pose proof (le_INR 1 B B_positive) as B_large. cbn [INR] in B_large.
  rewrite <- (Rmult_1_l (expected_average _ _ _ _ _)). replace 1 with ((1 - 0 / INR B) / (1 + 0 / INR B)) at 1 by (field; lra).
  apply (growing reg reg_entries reg_is f_min f_min_below σ_nonneg 0 B); try assumption; [lra | |].
  - intros y i inside. rewrite Rmult_0_l, Rplus_0_r. apply variance. exact inside.
  - intros i inside. replace (0 / INR B) with 0 by (field; lra). apply factor, κ_enough. exact inside.
Qed.
End General.

(** At the paper's step γL_i ≤ ½, so that the points x − γ∇d(x) of (9) are all points. *)
Lemma forward_onto y : (forall i, (i < n)%nat -> γ * L i <= 1 / 2) ->
  exists x, forall i, (i < n)%nat -> (x - γ • grad_d x)%vector i = y i.
Proof.
  intros small. apply (onto n (fun x => x - γ • grad_d x)%vector (fun _ => 2)); [|intros; lra].
  intros x z i inside ordered. pose proof (d_smooth x z i inside) as steep. rewrite (Rabs_pos_eq (x i - z i)) in steep by lra.
  apply (Rmult_le_compat_l γ) in steep; [|lra]. specialize (small i inside).
  apply (Rmult_le_compat_r (x i - z i)) in small; [|lra].
  pose proof (Rle_abs (grad_d x i - grad_d z i)) as up. pose proof (Rle_abs (- (grad_d x i - grad_d z i))) as down.
  rewrite Rabs_Ropp in down. apply (Rmult_le_compat_l γ) in up; [|lra]. apply (Rmult_le_compat_l γ) in down; [|lra].
  unfold minus, scaled. split; lra.
Qed.

Section AtThePapersStep.
Variable reg : vector -> R.
(** (9): f = d + r for any function r on Rⁿ with P(x) = prox_{γr}(x − γ∇d(x)) for every x, such as the proximal average. *)
Hypothesis reg_entries : forall u v, (forall i, (i < n)%nat -> u i = v i) -> reg u = reg v.
Hypothesis reg_is_r_of_9 : forall x u, 1 / 2 * ‖ P x - (x - γ • grad_d x) ‖² + γ * reg (P x) <=
  1 / 2 * ‖ u - (x - γ • grad_d x) ‖² + γ * reg u.
Notation f := (fun x => d x + reg x).
Variable f_min : R.
(** Assumption 2(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.
Variable at_zero : list K -> vector -> nat -> R.
(** Algorithm 2: sgn(0) is any number in [−1, 1], which may depend on the mini-batch, on x and on the coordinate. *)
Hypothesis at_zero_is : is_sign_of_zero at_zero.
Variable T : nat.
(** Theorem 2: T ≥ 1, and γ = 1/(2‖L‖₁√T), which needs ‖L‖₁ > 0. *)
Hypothesis T_positive : (1 <= T)%nat.
Hypothesis L_positive : 0 < sum n L.
Hypothesis the_papers_step : γ = 1 / (2 * sum n L * sqrt (INR T)).

Lemma small_step i : (i < n)%nat -> 0 <= γ * L i <= 1 / (2 * sqrt (INR T)).
Proof.
  intros inside. pose proof (term_below_sum n L i L_nonneg inside) as L_below. pose proof (L_nonneg i inside) as L_i.
  destruct (at_least_one_step T T_positive) as [_ [root _]]. split; [apply Rmult_le_pos; lra|].
  rewrite the_papers_step. set (τ := sqrt (INR T)) in *. set (Λ := sum n L) in *.
  apply (Rmult_le_reg_l (2 * Λ * τ)); [repeat apply Rmult_lt_0_compat; lra|].
  replace (2 * Λ * τ * (1 / (2 * Λ * τ) * L i)) with (L i) by (field; lra).
  replace (2 * Λ * τ * (1 / (2 * τ))) with Λ by (field; lra). exact L_below.
Qed.
Lemma reg_is_everywhere : is_prox γ n reg (fun y => P0 y).
Proof.
  intros y u. cbn beta. destruct (forward_onto y) as [x reached].
  { intros i inside. destruct (small_step i inside) as [_ small]. eapply Rle_trans; [exact small|].
    destruct (at_least_one_step T T_positive) as [_ [root _]]. set (τ := sqrt (INR T)) in *.
    apply (Rmult_le_reg_l (2 * τ)); [lra|]. replace (2 * τ * (1 / (2 * τ))) with 1 by (field; lra). lra. }
  assert (same : forall i, (i < n)%nat -> P x i = P0 y i).
  { intros i inside. change (P x i) with (P0 (x - γ • grad_d x)%vector i).
    apply (each_alone n (fun y => P0 y) _ P0_slopes slopes_positive); [exact inside | apply reached; exact inside]. }
  rewrite <- (reg_entries _ _ same). pose proof (reg_is_r_of_9 x u) as printed. set (z := (x - γ • grad_d x)%vector) in *. clearbody z.
  replace (‖ P0 y - y ‖²) with (‖ P x - z ‖²); [replace (‖ u - y ‖²) with (‖ u - z ‖²); [exact printed|]|];
  rewrite !inner_sum; apply sum_same; intros i inside; unfold minus; rewrite reached, ?same by exact inside; reflexivity.
Qed.

(** E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (1/√T)[2‖L‖₁(f(x⁰) − f∗) + ½ + ‖σ‖₁] for γ = 1/(2‖L‖₁√T) and B = T. *)
Theorem theorem_2_sharp x :
  expected_average (batches K θ T) (sign_prox γ (Phat T) at_zero) (fun x => ‖ G x ‖₁) T x <= 1 / sqrt (INR T) * (2 * sum n L * (f x - f_min) + 1 / 2 + sum n σ).
Proof.
  eapply Rle_trans.
  { apply (theorem_2_general reg reg_entries reg_is_everywhere f_min f_min_below (fun i => 1 + 1 / 2 * (γ * L i) ^ 2));
      [|exact at_zero_is | exact T_positive | exact T_positive].
    intros i inside. apply noise_factor_quadratic, small_step. exact inside. }
  destruct (at_least_one_step T T_positive) as [at_least_one [root square]]. cbn beta.
  set (Δ := d x + reg x - f_min). clearbody Δ.
  set (τ := sqrt (INR T)) in *. set (Λ := sum n L) in *.
  assert (noise_is : (1 - 1 / INR T) * sum n (fun i => (1 + 1 / 2 * (γ * L i) ^ 2) * (σ i / τ)) <= 1 / τ * sum n σ).
  { rewrite <- !sum_times. apply sum_below. intros i inside. pose proof (σ_nonneg i inside) as σ_i.
    destruct (small_step i inside) as [product_nonneg product_small]. fold τ in product_small.
    rewrite <- square. set (a := 1 / (τ * τ)). rewrite <- square in at_least_one.
    assert (a_positive : 0 < a) by (apply Rdiv_lt_0_compat; lra).
    assert (a_small : a <= 1).
    { apply (Rmult_le_reg_l (τ * τ)); [lra|]. unfold a. replace (τ * τ * (1 / (τ * τ))) with 1 by (field; lra). lra. }
    assert (small : (γ * L i) ^ 2 <= 1 / 4 * a).
    { replace (1 / 4 * a) with ((1 / (2 * τ)) ^ 2) by (unfold a; field; lra). apply pow_incr. split; assumption. }
    assert (0 <= σ i / τ) by (unfold Rdiv; apply Rmult_le_pos; [exact σ_i | apply Rlt_le, Rinv_0_lt_compat; lra]).
    replace (1 / τ * σ i) with (1 * (σ i / τ)) by (field; lra). rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [assumption|].
    pose proof (Rmult_le_compat_l (1 - a) _ _ ltac:(lra) small). pose proof (Rmult_le_pos a a ltac:(lra) ltac:(lra)). lra. }
  rewrite <- square in *.
  replace (1 / τ * (2 * Λ * Δ + 1 / 2 + sum n σ))
    with (Δ / (γ * (τ * τ)) + γ * Λ + 1 / τ * sum n σ) by (rewrite the_papers_step; field; lra). lra.
Qed.

(** Theorem 2: E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ (4/√T)[‖L‖₁(f(x⁰) − f∗) + ‖σ‖₁ + 1] for γ = 1/(2‖L‖₁√T) and B = T. *)
Theorem theorem_2 x :
  expected_average (batches K θ T) (sign_prox γ (Phat T) at_zero) (fun x => ‖ G x ‖₁) T x <= 4 / sqrt (INR T) * (sum n L * (f x - f_min) + sum n σ + 1).
Proof.
  eapply Rle_trans; [apply theorem_2_sharp|].
  destruct (at_least_one_step T T_positive) as [_ [root _]]. set (τ := sqrt (INR T)) in *.
  pose proof (sum_nonneg n σ σ_nonneg). pose proof (f_min_below x) as gap. cbn beta in *.
  pose proof (Rmult_le_pos (sum n L) (d x + reg x - f_min) ltac:(lra) ltac:(lra)).
  replace (4 / τ * (sum n L * (d x + reg x - f_min) + sum n σ + 1))
    with (1 / τ * (4 * (sum n L * (d x + reg x - f_min) + sum n σ + 1))) by (field; lra).
  apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra | lra].
Qed.
End AtThePapersStep.
End Theorem2.
