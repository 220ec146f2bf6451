(** The maps of the paper, (6) to (10), and r of (9), which is the proximal average of the r_k.
    [equation_9] says that it is; [P_is_unbiased] and [minibatch_variance], what B draws make of the variance. *)

From Coq Require Import Reals Lra Lia List Classical_Prop.
Import ListNotations.
Open Scope R_scope.
Require Import prelude.

(** * Definitions *)

(** The infimum of a set of numbers; 0 where there is none. *)
Definition infimum (E : R -> Prop) : R :=
  match ClassicalDedekindReals.sig_not_dec (bound (fun m => E (- m)) /\ exists m, E (- m)) with
  | left fact => - proj1_sig (completeness _ (proj1 (NNPP _ fact)) (proj2 (NNPP _ fact)))
  | right _ => 0
  end.

Section Definitions.
Context {K : Type}.
(** The distribution of k over finitely many indices, from (8). *)
Variable θ : list (R * K).
(** ∇d, every prox_{γ r_k} and the step γ. *)
Variables (grad_d : vector -> vector) (prox : K -> vector -> vector) (γ : R).

(** (6): prox k y minimises ½‖u − y‖² + γr_k(u) over u. *)
Definition is_prox (n : nat) (r : vector -> R) (p : vector -> vector) : Prop :=
  forall y u, 1 / 2 * inner n (p y - y) (p y - y) + γ * r (p y) <= 1 / 2 * inner n (u - y) (u - y) + γ * r u.
(** E q_k for k ~ θ. *)
Definition mean (q : K -> vector) : vector := fun i => expectation θ (fun k => q k i).
(** (7) *)
Definition Pk (k : K) (x : vector) : vector := prox k (x - γ • grad_d x)%vector.
(** (8) *)
Definition P (x : vector) : vector := mean (fun k => Pk k x).
(** (10): the mean over a mini-batch of B draws. *)
Fixpoint over (X : K -> R) (draws : list K) : R :=
  match draws with
  | [] => 0
  | k :: rest => X k + over X rest
  end.
Definition Phat (B : nat) (draws : list K) (x : vector) : vector := fun i => 1 / INR B * over (fun k => Pk k x i) draws.
(** Definition 1 *)
Definition G (x : vector) : vector := ((1 / γ) • (x - P x))%vector.

(** The proximal average: the infimum of Σθ_k [r_k(q_k) + ‖q_k − u‖²/(2γ)] over all q with Σθ_k q_k = u. *)
Definition proximal_average (n : nat) (r : K -> vector -> R) (u : vector) : R :=
  infimum (fun m => exists q, (forall i, (i < n)%nat -> mean q i = u i) /\
    m = expectation θ (fun k => r k (q k) + 1 / (2 * γ) * inner n (q k - u) (q k - u))).
End Definitions.

(** The sign of g; [zero] is what it is where g = 0: any number in [−1, 1], which may depend on the outcome, on the vector
    and on the coordinate. *)
Definition sgn (g zero : R) : R := if Rlt_dec 0 g then 1 else if Rlt_dec g 0 then -1 else zero.
Lemma sgn_bounded g zero : -1 <= zero <= 1 -> -1 <= sgn g zero <= 1.
Proof. unfold sgn. destruct (Rlt_dec 0 g), (Rlt_dec g 0); lra. Qed.
Definition is_sign_of_zero {Outcome : Type} (at_zero : Outcome -> vector -> nat -> R) : Prop :=
  forall ω x i, -1 <= at_zero ω x i <= 1.

(** * B independent draws: their mean has mean P(x), and a variance of σ²/B at most *)

Section Draws.
Context {K : Type}.
Variable θ : list (R * K).
Hypothesis θ_is : is_law θ.
Variable X : K -> R.
Notation μ := (expectation θ X).
Notation Var := (expectation θ (fun k => (X k - μ) ^ 2)).

Lemma total_mean B : expectation (batches K θ B) (over X) = INR B * μ.
Proof.
  induction B as [|B IH]; [cbn [batches expectation over INR]; ring|].
  rewrite expected_batches, S_INR. cbn [over].
  rewrite (expected_same θ _ (fun k => X k + INR B * μ)); [rewrite (expected_shifted _ _ _ θ_is); ring|].
  intros k. rewrite (expected_same _ _ (fun draws => over X draws + X k)) by (intros draws; ring).
  rewrite (expected_shifted _ _ _ (batches_are_law K θ θ_is B)), IH. ring.
Qed.
Lemma total_variance B : expectation (batches K θ B) (fun draws => (over X draws - INR B * μ) ^ 2) = INR B * Var.
Proof.
  set (m := μ). induction B as [|B IH]; [cbn [batches expectation over INR]; ring|].
  rewrite expected_batches, S_INR. cbn [over].
  rewrite (expected_same θ _ (fun k => (X k - m) ^ 2 + INR B * expectation θ (fun k => (X k - m) ^ 2)));
    [rewrite (expected_shifted _ _ _ θ_is); ring|].
  intros k. pose proof (batches_are_law K θ θ_is B) as law_is.
  rewrite (expected_same _ _ (fun draws => (over X draws - INR B * m) ^ 2
    + (2 * (X k - m)) * (over X draws + - (INR B * m)) + (X k - m) ^ 2)) by (intros draws; ring).
  rewrite (expected_shifted _ _ _ law_is), expected_plus, expected_times, (expected_shifted _ _ _ law_is), total_mean, IH.
  fold m. ring.
Qed.
Lemma batch_mean B : (1 <= B)%nat -> expectation (batches K θ B) (fun draws => 1 / INR B * over X draws) = μ.
Proof.
  intros positive. assert (0 < INR B) by (apply lt_0_INR; apply positive).
  rewrite expected_times, total_mean. field. lra.
Qed.
Lemma batch_variance B : (1 <= B)%nat ->
  expectation (batches K θ B) (fun draws => (1 / INR B * over X draws - μ) ^ 2) = Var / INR B.
Proof.
  intros positive. assert (0 < INR B) by (apply lt_0_INR; apply positive).
  rewrite (expected_same _ _ (fun draws => (1 / INR B) ^ 2 * (over X draws - INR B * μ) ^ 2)) by (intros draws; field; lra).
  rewrite expected_times, total_variance. field. lra.
Qed.
End Draws.

Section MiniBatch.
Context {K : Type}.
Variables (n : nat) (θ : list (R * K)) (grad_d : vector -> vector) (prox : K -> vector -> vector) (γ : R).
Hypothesis θ_is : is_law θ.
Notation P := (P θ grad_d prox γ).
Notation Pk := (Pk grad_d prox γ).
Notation Phat := (Phat grad_d prox γ).

Lemma inner_mean w q : expectation θ (fun k => inner n w (q k)) = inner n w (mean θ q).
Proof.
  rewrite inner_sum, (expected_same _ _ (fun k => sum n (fun i => w i * q k i))) by (intros; apply inner_sum).
  rewrite expected_combination. apply sum_same. intros i _. apply expected_times.
Qed.
Theorem P_is_unbiased B x w : (1 <= B)%nat ->
  expectation (batches K θ B) (fun draws => inner n w (Phat B draws x - P x)) = 0.
Proof.
  intros positive. rewrite (expected_same _ _ (fun draws => sum n (fun i => w i * (Phat B draws x i + - P x i)))).
  2: { intros draws. rewrite inner_sum. apply sum_same. intros i _. reflexivity. }
  rewrite expected_combination, <- (Rmult_0_l (sum n (fun _ => 0))), <- sum_times. apply sum_same. intros i _.
  rewrite expected_times, (expected_shifted _ _ _ (batches_are_law K θ θ_is B)).
  pose proof (batch_mean θ θ_is (fun k => Pk k x i) B positive) as centred.
  change (expectation (batches K θ B) (fun draws => Phat B draws x i) = P x i) in centred. rewrite centred. ring.
Qed.
Theorem minibatch_variance B x : (1 <= B)%nat ->
  expectation (batches K θ B) (fun draws => inner n (Phat B draws x - P x) (Phat B draws x - P x)) =
    expectation θ (fun k => inner n (Pk k x - P x) (Pk k x - P x)) / INR B.
Proof.
  intros positive. rewrite (expected_same θ _ (fun k => sum n (fun i => (Pk k x i - P x i) ^ 2))).
  2: { intros k. rewrite inner_sum. apply sum_same. intros i _. unfold minus. ring. }
  rewrite (expected_same _ _ (fun draws => sum n (fun i => (Phat B draws x i - P x i) ^ 2))).
  2: { intros draws. rewrite inner_sum. apply sum_same. intros i _. unfold minus. ring. }
  rewrite !expected_combination. unfold Rdiv at 1. rewrite Rmult_comm, <- sum_times. apply sum_same. intros i _.
  rewrite Rmult_comm. apply (batch_variance θ θ_is (fun k => Pk k x i) B positive).
Qed.
End MiniBatch.

(** * The proximal average is r of (9) *)

Section Average.
Context {K : Type}.
Variable n : nat.
Notation "⟨ u , v ⟩" := (inner n u v).
Notation "‖ u ‖²" := (inner n u u).
Variable θ : list (R * K).
Hypothesis θ_is : is_law θ.
Variable γ : R.
Hypothesis γ_positive : 0 < γ.
Variables (r : K -> vector -> R) (prox : K -> vector -> vector).
Hypothesis r_convex : forall k, is_convex (r k).
Hypothesis prox_is : forall k, is_prox γ n (r k) (prox k).
Notation r_γ := (proximal_average θ γ n r).

(** (y − p)/γ is a subgradient of r_k at p = prox_{γ r_k}(y). *)
Lemma subgradient k y u : γ * r k (prox k y) + ⟨ y - prox k y, u - prox k y ⟩ <= γ * r k u.
Proof.
  set (p := prox k y). apply le_epsilon. intros ε ε_positive.
  pose proof (inner_nonneg n (u - p)%vector) as a_nonneg. set (a := ‖ u - p ‖²) in *.
  set (t := Rmin 1 (ε / (a + 1))). assert (0 < ε / (a + 1)) by (apply Rdiv_lt_0_compat; lra).
  assert (t_positive : 0 < t) by (apply Rmin_pos; lra). assert (t <= 1) by apply Rmin_l.
  assert (small : t * a <= ε).
  { apply Rle_trans with (ε / (a + 1) * a); [apply Rmult_le_compat_r; [exact a_nonneg | apply Rmin_r]|].
    apply (Rmult_le_reg_r (a + 1)); [lra|]. replace (ε / (a + 1) * a * (a + 1)) with (ε * a) by (field; lra).
    apply Rmult_le_compat_l; lra. }
  pose proof (prox_is k y (p + t • (u - p))%vector) as least. fold p in least.
  pose proof (r_convex k p u t ltac:(lra)) as convex. apply (Rmult_le_compat_l γ) in convex; [|lra].
  replace (‖ p + t • (u - p) - y ‖²) with (‖ p - y ‖² - 2 * t * ⟨ y - p, u - p ⟩ + t ^ 2 * a) in least
    by (unfold a; autorewrite with inner; same_order; ring).
  apply (Rmult_le_reg_l t); [exact t_positive|]. apply (Rmult_le_compat_l t) in small; [|lra].
  assert (0 <= t * (t * a)) by (apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]). lra.
Qed.

(** Σθ_k prox_{γ r_k}, and what is averaged. *)
Notation P0 := (fun y => mean θ (fun k => prox k y)).
Definition value (q : K -> vector) (u : vector) : R := expectation θ (fun k => r k (q k) + 1 / (2 * γ) * ‖ q k - u ‖²).

Lemma below y u q : (forall i, (i < n)%nat -> mean θ q i = u i) ->
  value (fun k => prox k y) (P0 y) + 1 / γ * ⟨ y - P0 y, u - P0 y ⟩ <= value q u.
Proof.
  intros mean_q. set (p := fun k => prox k y). set (x := mean θ p).
  assert (mean_u : forall w, expectation θ (fun k => ⟨ w, q k ⟩) = ⟨ w, u ⟩).
  { intros w. rewrite inner_mean, !inner_sum. apply sum_same. intros i inside. rewrite mean_q by exact inside. reflexivity. }
  assert (mean_x : forall w, expectation θ (fun k => ⟨ w, p k ⟩) = ⟨ w, x ⟩) by (intros w; apply inner_mean).
  set (lin := fun k => 1 / γ * (⟨ y - x, q k ⟩ + (-1) * ⟨ y - x, p k ⟩ + (-1) * ⟨ u - x, p k ⟩)
     + (1 / γ * (⟨ u - x, x ⟩ + ⟨ y - x, x - u ⟩))).
  assert (lin_zero : expectation θ lin = 0).
  { unfold lin. rewrite (expected_shifted _ _ _ θ_is), expected_times, !expected_plus, !expected_times, mean_u, !mean_x.
    autorewrite with inner. same_order. field. lra. }
  assert (step : expectation θ (fun k => (r k (p k) + 1 / (2 * γ) * ‖ p k - x ‖²) + lin k + 1 / γ * ⟨ y - x, u - x ⟩)
    <= value q u).
  { apply expected_monotone; [exact θ_is|]. intros k.
    pose proof (subgradient k y (q k)) as convex. change (prox k y) with (p k) in convex.
    apply (Rmult_le_compat_l (1 / γ)) in convex; [|apply Rlt_le, Rdiv_lt_0_compat; lra].
    replace (1 / γ * (γ * r k (q k))) with (r k (q k)) in convex by (field; lra).
    replace (1 / γ * (γ * r k (p k) + ⟨ y - p k, q k - p k ⟩))
      with (r k (p k) + 1 / γ * (⟨ y, q k - p k ⟩ - ⟨ p k, q k - p k ⟩)) in convex by (rewrite inner_minus_left; field; lra).
    assert (0 <= 1 / (2 * γ) * ‖ (p k - x) - (q k - u) ‖²).
    { apply Rmult_le_pos; [apply Rlt_le, Rdiv_lt_0_compat; lra | apply inner_nonneg]. }
    unfold lin. cbn beta.
    set (A := r k (q k) - (r k (p k) + 1 / γ * (⟨ y, q k - p k ⟩ - ⟨ p k, q k - p k ⟩))).
    assert (0 <= A) by (unfold A; lra).
    set (S := 1 / (2 * γ) * ‖ (p k - x) - (q k - u) ‖²) in *.
    apply Rminus_le. match goal with |- ?left - ?right <= 0 => replace (left - right) with (- (A + S)); [lra|] end.
    unfold A, S. autorewrite with inner. same_order. field. lra. }
  rewrite (expected_shifted _ _ _ θ_is), expected_plus, lin_zero in step. unfold value at 1. fold p. fold x. cbn beta in *. lra.
Qed.

(** The set whose infimum r_γ is has one. *)
Lemma r_below u q : (forall i, (i < n)%nat -> mean θ q i = u i) -> r_γ u <= value q u.
Proof.
  intros is_u. unfold proximal_average, infimum. destruct (ClassicalDedekindReals.sig_not_dec _) as [fact|none].
  - destruct (completeness _ _ _) as [m [upper least]]. cbn.
    specialize (upper (- value q u)). cbn in upper. rewrite Ropp_involutive in upper.
    specialize (upper (ex_intro _ q (conj is_u eq_refl))). lra.
  - exfalso. apply none. split.
    + exists (- (value (fun k => prox k u) (P0 u) + 1 / γ * ⟨ u - P0 u, u - P0 u ⟩)). intros m [other [is_other m_is]].
      pose proof (below u u other is_other) as low. unfold value at 2 in low. rewrite <- m_is in low. lra.
    + exists (- value q u), q. split; [exact is_u | apply Ropp_involutive].
Qed.
Lemma r_above u c : (forall q, (forall i, (i < n)%nat -> mean θ q i = u i) -> c <= value q u) -> c <= r_γ u.
Proof.
  intros all. unfold proximal_average, infimum. destruct (ClassicalDedekindReals.sig_not_dec _) as [fact|none].
  - destruct (completeness _ _ _) as [m [upper least]]. cbn.
    enough (m <= - c) by lra. apply least. intros v [q [is_u v_is]]. specialize (all q is_u). unfold value in all.
    rewrite <- v_is in all. lra.
  - exfalso. apply none. split.
    + exists (- c). intros m [q [is_u m_is]]. specialize (all q is_u). unfold value in all. rewrite <- m_is in all. lra.
    + exists (- value (fun _ => u) u), (fun _ => u). split; [|apply Ropp_involutive].
      intros i _. apply (expected_constant θ (u i) θ_is).
Qed.
Lemma r_at y : r_γ (P0 y) = value (fun k => prox k y) (P0 y).
Proof.
  apply Rle_antisym; [apply r_below; intros; reflexivity|]. apply r_above. intros q is_x.
  pose proof (below y (P0 y) q is_x) as low.
  cbn beta in low. autorewrite with inner in low. lra.
Qed.
(** r_γ is convex, with the subgradient (y − x)/γ at x = Σθ_k prox_{γ r_k}(y). *)
Lemma r_convex_at y u : r_γ (P0 y) + 1 / γ * ⟨ y - P0 y, u - P0 y ⟩ <= r_γ u.
Proof. apply r_above. intros q is_u. rewrite r_at. apply below. exact is_u. Qed.

(** (9): Σθ_k prox_{γ r_k} is the proximal operator of γr_γ, where r_γ is the proximal average. *)
Theorem equation_9 : is_prox γ n r_γ P0.
Proof.
  intros y u. cbn beta. set (x := mean θ (fun k => prox k y)).
  pose proof (r_convex_at y u) as convex. cbn beta in convex. fold x in convex. apply (Rmult_le_compat_l γ) in convex; [|lra].
  pose proof (inner_nonneg n (u - x)) as square.
  replace (γ * (r_γ x + 1 / γ * ⟨ y - x, u - x ⟩)) with (γ * r_γ x + ⟨ y - x, u - x ⟩) in convex by (field; lra).
  enough (1 / 2 * ‖ u - y ‖² - 1 / 2 * ‖ x - y ‖² = 1 / 2 * ‖ u - x ‖² - ⟨ y - x, u - x ⟩) by lra.
  autorewrite with inner. same_order. field.
Qed.

(** r of (9) is convex; it is finite, so it is closed and proper. *)
Theorem proximal_average_is_convex : is_convex r_γ.
Proof.
  intros x y t between. set (z := (x + t • (y - x))%vector).
  assert (both : forall q p, (forall i, (i < n)%nat -> mean θ q i = x i) -> (forall i, (i < n)%nat -> mean θ p i = y i) ->
    r_γ z <= (1 - t) * value q x + t * value p y).
  { intros q p is_x is_y. eapply Rle_trans; [apply (r_below z (fun k => (q k + t • (p k - q k))%vector))|].
    { intros i inside. unfold mean, plus, minus, scaled in *.
      rewrite (expected_same _ _ (fun k => (1 - t) * q k i + t * p k i)) by (intros; ring).
      rewrite expected_plus, !expected_times, is_x, is_y by exact inside. unfold z, plus, minus, scaled. ring. }
    unfold value. rewrite <- !expected_times, <- expected_plus. apply expected_monotone; [exact θ_is|]. intros k.
    pose proof (r_convex k (q k) (p k) t between) as convex.
    assert (square : ‖ q k + t • (p k - q k) - z ‖² <= (1 - t) * ‖ q k - x ‖² + t * ‖ p k - y ‖²).
    { pose proof (inner_nonneg n ((p k - y) - (q k - x))%vector) as gap.
      apply (Rmult_le_compat_l (t * (1 - t))) in gap; [|apply Rmult_le_pos; lra]. rewrite Rmult_0_r in gap.
      apply Rminus_le. eapply Rle_trans; [|apply Ropp_le_contravar in gap; rewrite Ropp_0 in gap; exact gap]. right.
      unfold z. autorewrite with inner. same_order. ring. }
    assert (0 < 1 / (2 * γ)) by (apply Rdiv_lt_0_compat; lra).
    apply (Rmult_le_compat_l (1 / (2 * γ))) in square; lra. }
  destruct (Req_dec t 1) as [->|not_end].
  { apply Rle_trans with (r_γ y); [|lra]. apply r_above. intros p is_y.
    pose proof (both (fun _ => x) p (fun i _ => expected_constant θ (x i) θ_is) is_y). lra. }
  apply Rle_trans with ((1 - t) * r_γ x + t * r_γ y); [|lra].
  enough (one : (r_γ z - t * r_γ y) / (1 - t) <= r_γ x).
  { apply (Rmult_le_compat_l (1 - t)) in one; [|lra].
    replace ((1 - t) * ((r_γ z - t * r_γ y) / (1 - t))) with (r_γ z - t * r_γ y) in one by (field; lra). lra. }
  apply r_above. intros q is_x. apply (Rmult_le_reg_l (1 - t)); [lra|].
  replace ((1 - t) * ((r_γ z - t * r_γ y) / (1 - t))) with (r_γ z - t * r_γ y) by (field; lra).
  destruct (Req_dec t 0) as [->|not_start].
  { pose proof (both q (fun _ => y) is_x (fun i _ => expected_constant θ (y i) θ_is)). lra. }
  enough (other : (r_γ z - (1 - t) * value q x) / t <= r_γ y).
  { apply (Rmult_le_compat_l t) in other; [|lra].
    replace (t * ((r_γ z - (1 - t) * value q x) / t)) with (r_γ z - (1 - t) * value q x) in other by (field; lra). lra. }
  apply r_above. intros p is_y. apply (Rmult_le_reg_l t); [lra|].
  replace (t * ((r_γ z - (1 - t) * value q x) / t)) with (r_γ z - (1 - t) * value q x) by (field; lra).
  pose proof (both q p is_x is_y). lra.
Qed.

(** Only the n entries count. *)
Lemma r_agree u v : (forall i, (i < n)%nat -> u i = v i) -> r_γ u = r_γ v.
Proof.
  assert (half : forall u v, (forall i, (i < n)%nat -> u i = v i) -> r_γ u <= r_γ v).
  { clear u v. intros u v agree. apply r_above. intros q is_v. replace (value q v) with (value q u).
    - apply r_below. intros i inside. rewrite is_v, agree by exact inside. reflexivity.
    - unfold value. apply expected_same. intros k. do 2 f_equal. rewrite !inner_sum. apply sum_same.
      intros i inside. unfold minus. rewrite agree by exact inside. reflexivity. }
  intros agree. apply Rle_antisym; apply half; [exact agree | intros; symmetry; apply agree; assumption].
Qed.
(** Numbers below every r_k are below r_γ. *)
Lemma r_lower_bound c u : (forall k v, c <= r k v) -> c <= r_γ u.
Proof.
  intros low. apply r_above. intros q _. rewrite <- (expected_constant θ c θ_is). apply expected_monotone; [exact θ_is|].
  intros k. specialize (low k (q k)).
  assert (0 <= 1 / (2 * γ) * ‖ q k - u ‖²); [|lra].
  apply Rmult_le_pos; [apply Rlt_le, Rdiv_lt_0_compat; lra | apply inner_nonneg].
Qed.

(** Where every r_k is differentiable. *)
Variable grad_r : K -> vector -> vector.
Hypothesis r_gradient : forall k, is_gradient n (r k) (grad_r k).

(** A differentiable function has a derivative of 0 where it is least. *)
Lemma optimal k y w : ⟨ prox k y - y + γ • grad_r k (prox k y), w ⟩ = 0.
Proof.
  set (p := prox k y).
  set (φ := fun t => 1 / 2 * (t ^ 2 * ‖ w ‖² + t * (2 * ⟨ p - y, w ⟩) + ‖ p - y ‖²) + γ * r k (p + t • w)%vector).
  assert (derivative : derivable_pt_lim φ 0
    (1 / 2 * (INR 2 * 0 ^ 1 * ‖ w ‖² + 1 * (2 * ⟨ p - y, w ⟩) + 0) + γ * ⟨ grad_r k p, w ⟩)).
  { unfold φ. apply (derivable_pt_lim_plus
      (fun t => 1 / 2 * (t ^ 2 * ‖ w ‖² + t * (2 * ⟨ p - y, w ⟩) + ‖ p - y ‖²)) (fun t => γ * r k (p + t • w)%vector)).
    - apply (derivable_pt_lim_scal (fun t => t ^ 2 * ‖ w ‖² + t * (2 * ⟨ p - y, w ⟩) + ‖ p - y ‖²)).
      apply (derivable_pt_lim_plus (fun t => t ^ 2 * ‖ w ‖² + t * (2 * ⟨ p - y, w ⟩)) (fun t => ‖ p - y ‖²));
        [|apply derivable_pt_lim_const].
      apply (derivable_pt_lim_plus (fun t => t ^ 2 * ‖ w ‖²) (fun t => t * (2 * ⟨ p - y, w ⟩))).
      + apply (derivable_pt_lim_scal_right (fun t => t ^ 2)), (derivable_pt_lim_pow 0 2).
      + apply (derivable_pt_lim_scal_right id), derivable_pt_lim_id.
    - apply (derivable_pt_lim_scal (fun t => r k (p + t • w)%vector)).
      pose proof (r_gradient k p w 0) as g. rewrite at_beginning in g. exact g. }
  assert (least : forall t, -1 < t -> t < 1 -> φ 0 <= φ t).
  { intros t _ _. unfold φ. rewrite at_beginning. pose proof (prox_is k y (p + t • w)%vector) as le. fold p in le.
    replace (‖ p + t • w - y ‖²) with (t ^ 2 * ‖ w ‖² + t * (2 * ⟨ p - y, w ⟩) + ‖ p - y ‖²) in le
      by (autorewrite with inner; same_order; ring). lra. }
  pose proof (deriv_minimum φ (-1) 1 0 (exist _ _ derivative) ltac:(lra) ltac:(lra) least) as zero.
  unfold derive_pt in zero. cbn in zero. autorewrite with inner in *. lra.
Qed.
Lemma slope k y w : γ * ⟨ grad_r k (prox k y), w ⟩ = ⟨ y, w ⟩ - ⟨ prox k y, w ⟩.
Proof. pose proof (optimal k y w) as zero. autorewrite with inner in zero. lra. Qed.

(** The descent lemma for r_γ, if every r_k has it with the same quadratic term. *)
Lemma r_smooth_at (quadratic : vector -> R) y u :
  (forall k p h, r k (p + h)%vector <= r k p + ⟨ grad_r k p, h ⟩ + quadratic h) ->
  r_γ u <= r_γ (P0 y) + 1 / γ * ⟨ y - P0 y, u - P0 y ⟩ + quadratic (u - P0 y)%vector.
Proof.
  intros smooth. cbn beta. rewrite (r_at y). set (x := mean θ (fun k => prox k y)). set (h := (u - x)%vector).
  eapply Rle_trans; [apply (r_below u (fun k => (prox k y + h)%vector))|].
  { intros i _. unfold mean, plus. rewrite (expected_shifted _ _ _ θ_is). unfold h, minus, x, mean. ring. }
  assert (mean_x : forall w, expectation θ (fun k => ⟨ w, prox k y ⟩) = ⟨ w, x ⟩) by (intros w; apply inner_mean).
  apply Rle_trans with (expectation θ (fun k => (r k (prox k y) + 1 / (2 * γ) * ‖ prox k y - x ‖²)
    + ((- (1 / γ)) * ⟨ h, prox k y ⟩ + (1 / γ * ⟨ y, h ⟩ + quadratic h)))).
  - apply expected_monotone; [exact θ_is|]. intros k. specialize (smooth k (prox k y) h).
    replace ⟨ grad_r k (prox k y), h ⟩ with (1 / γ * (γ * ⟨ grad_r k (prox k y), h ⟩)) in smooth by (field; lra).
    rewrite slope in smooth.
    replace (‖ prox k y + h - u ‖²) with (‖ prox k y - x ‖²) by (unfold h; autorewrite with inner; same_order; ring).
    rewrite (inner_symmetric n h (prox k y)). lra.
  - unfold value. rewrite expected_plus, (expected_shifted _ _ _ θ_is), expected_times, mean_x.
    right. rewrite (inner_minus_left n y x h), (inner_symmetric n h x). ring.
Qed.
End Average.
