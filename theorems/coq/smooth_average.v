(** The proximal average of r_k with L-Lipschitz gradients has a gradient at every point, which is L-Lipschitz. *)

From Coq Require Import Reals Lra Lia List.
Import ListNotations.
Open Scope R_scope.
Require Import prelude proximal_average.

(** p is the gradient at x of a convex function with an L-Lipschitz gradient, as far as values of the function say so. *)
Definition supports (n : nat) (F : vector -> R) (L : R) (x p : vector) : Prop :=
  forall u, F x + inner n p (u - x) <= F u <= F x + inner n p (u - x) + L / 2 * inner n (u - x) (u - x).
Section Cocoercive.
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).
Variables (F : vector -> R) (L : R).
Hypothesis L_positive : 0 < L.
Lemma above_by_the_change x y p q : supports n F L x p -> supports n F L y q ->
  F x + ⟨ p, y - x ⟩ + 1 / (2 * L) * ‖ p - q ‖² <= F y.
Proof.
  intros at_x at_y. set (z := (y - (1 / L) • (q - p))%vector).
  destruct (at_x z) as [low _]. destruct (at_y z) as [_ high].
  assert (together : ⟨ q, z - y ⟩ + L / 2 * ‖ z - y ‖² + 1 / (2 * L) * ‖ p - q ‖² = ⟨ p, z - x ⟩ - ⟨ p, y - x ⟩); [|lra].
  unfold z. autorewrite with inner. same_order. field. lra.
Qed.
(** ‖p − q‖² ≤ L⟨p − q, x − y⟩ for two such gradients, and so they are L-Lipschitz. *)
Lemma cocoercive x y p q : supports n F L x p -> supports n F L y q -> ‖ p - q ‖² <= L * ⟨ p - q, x - y ⟩.
Proof.
  intros at_x at_y. pose proof (above_by_the_change x y p q at_x at_y) as one. pose proof (above_by_the_change y x q p at_y at_x) as other.
  replace (‖ q - p ‖²) with (‖ p - q ‖²) in other by (autorewrite with inner; same_order; ring).
  set (a := ‖ p - q ‖²) in *.
  assert (sum : 1 / L * a <= - ⟨ p, y - x ⟩ - ⟨ q, x - y ⟩).
  { replace (1 / L * a) with (1 / (2 * L) * a + 1 / (2 * L) * a) by (field; lra). lra. }
  apply (Rmult_le_compat_l L) in sum; [|lra]. replace (L * (1 / L * a)) with a in sum by (field; lra).
  replace (⟨ p - q, x - y ⟩) with (- ⟨ p, y - x ⟩ - ⟨ q, x - y ⟩) by (autorewrite with inner; ring). exact sum.
Qed.
Lemma supports_lipschitz x y p q : supports n F L x p -> supports n F L y q -> ‖ p - q ‖² <= L ^ 2 * ‖ x - y ‖².
Proof.
  intros at_x at_y. pose proof (cocoercive x y p q at_x at_y) as co.
  pose proof (inner_nonneg n ((p - q) - L • (x - y))%vector) as square.
  set (δ := (p - q)%vector) in *. set (a := (x - y)%vector) in *. clearbody δ a.
  replace (‖ δ - L • a ‖²) with (‖ δ ‖² - 2 * (L * ⟨ δ, a ⟩) + L ^ 2 * ‖ a ‖²) in square by (autorewrite with inner; same_order; ring).
  lra.
Qed.
Lemma gradient_supports g : 0 <= L -> is_gradient n F g -> is_convex F -> is_lipschitz n g L -> forall x, supports n F L x (g x).
Proof.
  intros L_nonneg gradient convex lipschitz x u.
  split; [apply (above_tangent n F g gradient convex) | apply (descent_lemma n F g L L_nonneg gradient lipschitz)].
Qed.
End Cocoercive.

(** A map of Rⁿ that shrinks distances by a factor q < 1 has a fixed point. *)
Section Banach.
Variable n : nat.
Notation "‖ u ‖²" := (inner n u u).
Variables (Φ : vector -> vector) (q : R).
Hypothesis q_between : 0 <= q < 1.
Hypothesis shrinks : forall y z, ‖ Φ y - Φ z ‖² <= q ^ 2 * ‖ y - z ‖².
Variable start : vector.
Fixpoint iterate (m : nat) : vector :=
  match m with
  | O => start
  | S m => Φ (iterate m)
  end.
Notation D := (sqrt (‖ iterate 1 - iterate 0 ‖²)).
Lemma coordinate_below u i : (i < n)%nat -> u i ^ 2 <= ‖ u ‖².
Proof.
  intros inside. rewrite inner_sum. replace (u i ^ 2) with (u i * u i) by ring.
  apply (term_below_sum n (fun i => u i * u i) i); [|exact inside]. intros j _. pose proof (pow2_ge_0 (u j)). lra.
Qed.
Lemma steps_shrink m : ‖ iterate (S m) - iterate m ‖² <= (D * q ^ m) ^ 2.
Proof.
  induction m as [|m IH].
  - rewrite pow_O, Rmult_1_r, <- Rsqr_pow2, Rsqr_sqrt by apply inner_nonneg. lra.
  - eapply Rle_trans; [apply (shrinks (iterate (S m)) (iterate m))|].
    replace ((D * q ^ S m) ^ 2) with (q ^ 2 * (D * q ^ m) ^ 2) by (cbn [pow]; ring).
    apply Rmult_le_compat_l; [apply pow2_ge_0 | exact IH].
Qed.
Lemma coordinate_converges i : (i < n)%nat -> {l : R | Un_cv (fun m => iterate m i) l}.
Proof.
  intros inside. set (step := fun m => iterate (S m) i - iterate m i).
  assert (small : forall m, Rabs (step m) <= D * q ^ m).
  { intros m. apply Rsqr_incr_0_var; [|apply Rmult_le_pos; [apply sqrt_pos | apply pow_le; lra]].
    rewrite <- Rsqr_abs, !Rsqr_pow2. eapply Rle_trans; [|apply steps_shrink]. exact (coordinate_below (iterate (S m) - iterate m)%vector i inside). }
  assert (geometric : {l : R | Un_cv (fun N => sum_f_R0 (fun m => D * q ^ m) N) l}).
  { exists (D * / (1 - q)). assert (magnitude : Rabs q < 1) by (rewrite Rabs_pos_eq; lra).
    pose proof (GP_infinite q magnitude) as geometric. intros ε positive.
    assert (scale : 0 < ε / (D + 1)) by (apply Rdiv_lt_0_compat; [exact positive | pose proof (sqrt_pos (‖ iterate 1 - iterate 0 ‖²)); lra]).
    destruct (geometric _ scale) as [N later]. exists N. intros m m_large. specialize (later m m_large). unfold Rdist in *.
    rewrite (sum_eq _ (fun i => q ^ i * D)) by (intros; ring).
    rewrite <- scal_sum. rewrite (sum_eq (fun k => 1 * q ^ k) (fun k => q ^ k)) in later by (intros; ring).
    pose proof (sqrt_pos (‖ iterate 1 - iterate 0 ‖²)) as D_nonneg.
    rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq D) by exact D_nonneg.
    apply Rle_lt_trans with ((D + 1) * Rabs (sum_f_R0 (fun k => q ^ k) m - / (1 - q))).
    - apply Rmult_le_compat_r; [apply Rabs_pos | lra].
    - apply (Rmult_lt_compat_l (D + 1)) in later; [|lra]. replace ((D + 1) * (ε / (D + 1))) with ε in later by (field; lra). exact later. }
  assert (absolute : {l : R | Un_cv (fun N => sum_f_R0 (fun m => Rabs (step m)) N) l}).
  { apply (Rseries_CV_comp _ (fun m => D * q ^ m)); [intros m; split; [apply Rabs_pos | apply small] | exact geometric]. }
  destruct (cv_cauchy_2 step (cauchy_abs step (cv_cauchy_1 _ absolute))) as [l converges].
  exists (start i + l). intros ε positive. destruct (converges ε positive) as [N later]. exists (S N). intros m m_large.
  destruct m as [|m]; [lia|]. specialize (later m ltac:(lia)). unfold Rdist in *.
  assert (telescope : iterate (S m) i = start i + sum_f_R0 step m).
  { clear. induction m as [|m IH]; unfold step in *; cbn [sum_f_R0]; [cbn [iterate]; ring | rewrite <- Rplus_assoc, <- IH; ring]. }
  rewrite telescope. replace (start i + sum_f_R0 step m - (start i + l)) with (sum_f_R0 step m - l) by ring. exact later.
Qed.
Definition limit (i : nat) : R :=
  match lt_dec i n with
  | left inside => proj1_sig (coordinate_converges i inside)
  | right _ => 0
  end.
Lemma all_near ε : 0 < ε -> exists m, forall i, (i < n)%nat -> Rabs (iterate m i - limit i) <= ε /\ Rabs (iterate (S m) i - limit i) <= ε.
Proof.
  intros positive.
  assert (first : forall k, (k <= n)%nat -> exists N, forall m, (N <= m)%nat -> forall i, (i < k)%nat -> Rabs (iterate m i - limit i) <= ε).
  { induction k as [|k IH]; intros inside; [exists O; intros; lia|]. destruct (IH ltac:(lia)) as [N earlier].
    assert (converges : Un_cv (fun m => iterate m k) (limit k)).
    { unfold limit. destruct (lt_dec k n) as [here|]; [exact (proj2_sig (coordinate_converges k here)) | lia]. }
    destruct (converges ε positive) as [M later]. exists (Nat.max N M). intros m large i before.
    destruct (Nat.eq_dec i k) as [->|other]; [apply Rlt_le; apply later; lia | apply earlier; lia]. }
  destruct (first n (le_n n)) as [N all]. exists N. intros i inside. split; apply all; lia.
Qed.
Theorem fixed_point i : (i < n)%nat -> Φ limit i = limit i.
Proof.
  intros inside. apply Rminus_diag_uniq. apply Rsqr_0_uniq. apply Rle_antisym; [|apply Rle_0_sqr].
  apply le_epsilon. intros ε positive. rewrite Rplus_0_l.
  assert (count : 0 <= INR n) by apply pos_INR.
  set (δ := Rmin 1 (ε / (2 * (INR n + 1)))).
  assert (0 < ε / (2 * (INR n + 1))) by (apply Rdiv_lt_0_compat; lra).
  assert (δ_positive : 0 < δ) by (apply Rmin_pos; lra). assert (δ <= 1) by apply Rmin_l.
  assert (δ_small : δ * (2 * (INR n + 1)) <= ε).
  { apply Rle_trans with (ε / (2 * (INR n + 1)) * (2 * (INR n + 1))); [apply Rmult_le_compat_r; [lra | apply Rmin_r]|]. right. field. lra. }
  destruct (all_near δ δ_positive) as [m near].
  assert (squares : forall a, Rabs a <= δ -> a ^ 2 <= δ).
  { intros a small. rewrite <- pow2_abs. pose proof (Rabs_pos a).
    apply Rle_trans with (δ * δ); [cbn [pow]; rewrite Rmult_1_r; apply Rmult_le_compat; lra | rewrite <- (Rmult_1_r δ) at 3; apply Rmult_le_compat_l; lra]. }
  assert (whole : ‖ limit - iterate m ‖² <= INR n * δ).
  { rewrite inner_sum. apply Rle_trans with (sum n (fun _ => δ)).
    - apply sum_below. intros j before. destruct (near j before) as [one _]. specialize (squares _ one). unfold minus. lra.
    - right. generalize δ. intros a. clear. induction n as [|k IH]; [cbn; ring | cbn [sum]; rewrite S_INR, IH; ring]. }
  pose proof (shrinks limit (iterate m)) as close.
  assert (q_square : q ^ 2 <= 1) by nra.
  pose proof (inner_nonneg n (limit - iterate m)%vector) as nonneg.
  assert (moved : (Φ limit i - iterate (S m) i) ^ 2 <= INR n * δ).
  { eapply Rle_trans; [apply (coordinate_below (Φ limit - Φ (iterate m))%vector i inside)|].
    eapply Rle_trans; [exact close|]. apply Rle_trans with (1 * ‖ limit - iterate m ‖²); [apply Rmult_le_compat_r; assumption | lra]. }
  destruct (near i inside) as [_ next]. specialize (squares _ next).
  unfold Rsqr. pose proof (pow2_ge_0 ((Φ limit i - iterate (S m) i) - (iterate (S m) i - limit i))). lra.
Qed.
End Banach.

(** * The proximal average *)

Section Everywhere.
Context {K : Type}.
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).
Variable θ : list (R * K).
Hypothesis θ_is : is_law θ.
Variable γ : R.
Hypothesis γ_positive : 0 < γ.
Variables (r : K -> vector -> R) (prox grad_r : K -> vector -> vector).
Hypothesis r_convex : forall k, is_convex (r k).
Hypothesis prox_is : forall k, is_prox γ n (r k) (prox k).
Hypothesis r_gradient : forall k, is_gradient n (r k) (grad_r k).
Variable L : R.
Hypothesis L_positive : 0 < L.
Hypothesis r_smooth : forall k, is_lipschitz n (grad_r k) L.
Notation r_γ := (proximal_average θ γ n r).
Notation P0 y := (mean θ (fun k => prox k y)).

(** What a prox leaves of y, y − prox(y), grows with y: (1 + γL)‖c‖² ≤ γL⟨c, a⟩ for the changes a of y and c of it. *)
Lemma left_grows k y z :
  (1 + γ * L) * ‖ (y - z) - (prox k y - prox k z) ‖² <= γ * L * ⟨ (y - z) - (prox k y - prox k z), y - z ⟩.
Proof.
  set (a := (y - z)%vector). set (b := (prox k y - prox k z)%vector). set (c := (a - b)%vector).
  set (δ := (grad_r k (prox k y) - grad_r k (prox k z))%vector).
  assert (is_c : forall w, γ * ⟨ δ, w ⟩ = ⟨ c, w ⟩).
  { intros w. pose proof (slope n γ r prox prox_is grad_r r_gradient k y w) as at_y.
    pose proof (slope n γ r prox prox_is grad_r r_gradient k z w) as at_z.
    unfold δ, c, a, b. autorewrite with inner. lra. }
  pose proof (gradient_supports n (r k) L (grad_r k) (Rlt_le _ _ L_positive) (r_gradient k) (r_convex k) (r_smooth k)) as smooth.
  pose proof (cocoercive n (r k) L L_positive (prox k y) (prox k z) _ _ (smooth (prox k y)) (smooth (prox k z))) as co.
  fold δ b in co. pose proof (is_c δ) as with_δ. pose proof (is_c c) as with_c. pose proof (is_c b) as with_b.
  rewrite (inner_symmetric n δ c) in with_c.
  assert (square : ‖ c ‖² <= γ * L * ⟨ c, b ⟩).
  { rewrite <- with_c, <- with_δ, <- with_b. apply (Rmult_le_compat_l (γ * γ)) in co; [lra | apply Rmult_le_pos; lra]. }
  replace (⟨ c, a ⟩) with (⟨ c, b ⟩ + ‖ c ‖²) by (unfold c; autorewrite with inner; same_order; ring). lra.
Qed.

(** For every x there is a y with Σθ_k prox_{γ r_k}(y) = x: a fixed point of y + x − Σθ_k prox_{γ r_k}(y). *)
Theorem onto x : exists y, forall i, (i < n)%nat -> P0 y i = x i.
Proof.
  assert (0 < γ * L) by (apply Rmult_lt_0_compat; assumption).
  set (q := γ * L / (1 + γ * L)).
  assert (q_between : 0 <= q < 1).
  { unfold q. split; [apply Rlt_le, Rdiv_lt_0_compat; lra|]. apply (Rmult_lt_reg_r (1 + γ * L)); [lra|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  set (Φ := fun y : vector => (y + x - P0 y)%vector).
  assert (shrinks : forall y z, ‖ Φ y - Φ z ‖² <= q ^ 2 * ‖ y - z ‖²).
  { intros y z. set (a := (y - z)%vector). set (c := fun k => (a - (prox k y - prox k z))%vector).
    assert (difference : (Φ y - Φ z)%vector = mean θ c).
    { coordinates. unfold Φ, mean, c, a, plus, minus.
      rewrite (expected_same _ (fun k => _ - _ - (_ - _)) (fun k => prox k z x0 + ((-1) * prox k y x0 + (y x0 - z x0)))) by (intros; ring).
      rewrite expected_plus, (expected_shifted _ _ _ θ_is), expected_times. ring. }
    rewrite difference. set (C := mean θ c).
    assert (jensen : ‖ C ‖² <= expectation θ (fun k => ‖ c k ‖²)).
    { pose proof (expected_nonneg θ (fun k => ‖ c k - C ‖²) θ_is (fun k => inner_nonneg n _)) as spread.
      rewrite (expected_same _ _ (fun k => ‖ c k ‖² + ((-2) * ⟨ C, c k ⟩ + ‖ C ‖²))) in spread
        by (intros; autorewrite with inner; same_order; ring).
      rewrite expected_plus, (expected_shifted _ _ _ θ_is), expected_times, inner_mean in spread. fold C in spread. lra. }
    assert (grows : (1 + γ * L) * expectation θ (fun k => ‖ c k ‖²) <= γ * L * ⟨ C, a ⟩).
    { rewrite (inner_symmetric n C a). unfold C. rewrite <- inner_mean, <- !expected_times.
      apply expected_monotone; [exact θ_is|]. intros k. rewrite (inner_symmetric n a). apply left_grows. }
    assert (together : ‖ C ‖² <= q * ⟨ C, a ⟩).
    { apply (Rmult_le_reg_l (1 + γ * L)); [lra|]. replace ((1 + γ * L) * (q * ⟨ C, a ⟩)) with (γ * L * ⟨ C, a ⟩) by (unfold q; field; lra).
      apply (Rmult_le_compat_l (1 + γ * L)) in jensen; lra. }
    pose proof (inner_nonneg n (C - q • a)) as square.
    replace (‖ C - q • a ‖²) with (‖ C ‖² - 2 * (q * ⟨ C, a ⟩) + q ^ 2 * ‖ a ‖²) in square by (autorewrite with inner; same_order; ring).
    lra. }
  exists (limit n Φ q q_between shrinks x). intros i inside.
  pose proof (fixed_point n Φ q q_between shrinks x i inside) as fixed.
  unfold Φ at 1 in fixed. unfold plus, minus in fixed. lra.
Qed.

Lemma supports_at y : supports n r_γ L (P0 y) ((1 / γ) • (y - P0 y)).
Proof.
  intros u. rewrite inner_scaled_left.
  split; [apply (r_convex_at n θ θ_is γ γ_positive r prox r_convex prox_is y u)|].
  apply (r_smooth_at n θ θ_is γ γ_positive r prox r_convex prox_is grad_r r_gradient (fun h => L / 2 * ‖ h ‖²) y u).
  intros k p h. pose proof (descent_lemma n (r k) (grad_r k) L (Rlt_le _ _ L_positive) (r_gradient k) (r_smooth k)
    p (p + h)%vector) as descent.
  replace (p + h - p)%vector with h in descent by (coordinates; unfold plus, minus; ring). exact descent.
Qed.
(** r_γ has a gradient p at every x: r_γ(x) + ⟨p, u − x⟩ ≤ r_γ(u) ≤ r_γ(x) + ⟨p, u − x⟩ + (L/2)‖u − x‖². *)
Theorem gradient_everywhere x : exists p, supports n r_γ L x p.
Proof.
  destruct (onto x) as [y reached]. exists ((1 / γ) • (y - P0 y))%vector. intros u. pose proof (supports_at y u) as both.
  set (p := ((1 / γ) • (y - P0 y))%vector) in *. clearbody p.
  rewrite (r_agree n θ θ_is γ γ_positive r prox r_convex prox_is _ x reached) in both.
  replace (⟨ p, u - x ⟩) with (⟨ p, u - P0 y ⟩); [replace (‖ u - x ‖²) with (‖ u - P0 y ‖²); [exact both|]|];
    rewrite !inner_sum; apply sum_same; intros i inside; unfold minus; rewrite reached by exact inside; reflexivity.
Qed.
End Everywhere.
