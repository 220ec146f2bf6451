(** What the theorems of this folder share: vectors, laws of finitely many outcomes, runs of T steps, smooth functions. *)

From Coq Require Import Reals Lra Lia List.
From Coq Require FunctionalExtensionality.
Import ListNotations.
Open Scope R_scope.

(** * Vectors of Rⁿ, as sequences of which n entries count *)

Definition vector := nat -> R.
Declare Scope vector_scope.
Delimit Scope vector_scope with vector.
Bind Scope vector_scope with vector.
Definition plus (u v : vector) : vector := fun i => u i + v i.
Definition minus (u v : vector) : vector := fun i => u i - v i.
Definition scaled (a : R) (u : vector) : vector := fun i => a * u i.
Fixpoint inner (n : nat) (u v : vector) : R :=
  match n with
  | O => 0
  | S m => inner m u v + u m * v m
  end.
Notation "u + v" := (plus u v) : vector_scope.
Notation "u - v" := (minus u v) : vector_scope.
Notation "a • u" := (scaled a u) (at level 38, right associativity) : vector_scope.

Lemma inner_symmetric n u v : inner n u v = inner n v u.
Proof. induction n; cbn; [reflexivity | rewrite IHn; ring]. Qed.
Lemma inner_plus_left n u v w : inner n (u + v) w = inner n u w + inner n v w.
Proof. induction n; cbn; [ring | rewrite IHn; unfold plus; ring]. Qed.
Lemma inner_minus_left n u v w : inner n (u - v) w = inner n u w - inner n v w.
Proof. induction n; cbn; [ring | rewrite IHn; unfold minus; ring]. Qed.
Lemma inner_scaled_left n a u w : inner n (a • u) w = a * inner n u w.
Proof. induction n; cbn; [ring | rewrite IHn; unfold scaled; ring]. Qed.
Lemma inner_plus_right n u v w : inner n w (u + v) = inner n w u + inner n w v.
Proof. rewrite !(inner_symmetric n w). apply inner_plus_left. Qed.
Lemma inner_minus_right n u v w : inner n w (u - v) = inner n w u - inner n w v.
Proof. rewrite !(inner_symmetric n w). apply inner_minus_left. Qed.
Lemma inner_scaled_right n a u w : inner n w (a • u) = a * inner n w u.
Proof. rewrite !(inner_symmetric n w). apply inner_scaled_left. Qed.
Lemma inner_nonneg n u : 0 <= inner n u u.
Proof. induction n; cbn; [lra | pose proof (Rle_0_sqr (u n)) as square; unfold Rsqr in square; lra]. Qed.
#[global] Hint Rewrite inner_plus_left inner_minus_left inner_scaled_left
  inner_plus_right inner_minus_right inner_scaled_right : inner.

(** * Laws of finitely many outcomes, with their probabilities *)

Fixpoint expectation {Outcome : Type} (law : list (R * Outcome)) (X : Outcome -> R) : R :=
  match law with
  | [] => 0
  | (p, ω) :: rest => p * X ω + expectation rest X
  end.
Definition is_law {Outcome : Type} (law : list (R * Outcome)) : Prop :=
  Forall (fun event => 0 <= fst event) law /\ expectation law (fun _ => 1) = 1.

Lemma expected_plus {Outcome} (law : list (R * Outcome)) X Y :
  expectation law (fun ω => X ω + Y ω) = expectation law X + expectation law Y.
Proof. induction law as [|[p ω] rest IH]; cbn in *; [ring | rewrite IH; ring]. Qed.
Lemma expected_times {Outcome} (law : list (R * Outcome)) a X :
  expectation law (fun ω => a * X ω) = a * expectation law X.
Proof. induction law as [|[p ω] rest IH]; cbn in *; [ring | rewrite IH; ring]. Qed.
Lemma expected_nonneg {Outcome} (law : list (R * Outcome)) X :
  is_law law -> (forall ω, 0 <= X ω) -> 0 <= expectation law X.
Proof.
  intros [weights _] X_nonneg. induction weights as [|[p ω] rest p_nonneg _ IH]; cbn in *; [lra|].
  apply Rplus_le_le_0_compat; [apply Rmult_le_pos; auto | exact IH].
Qed.
Lemma expected_constant {Outcome} (law : list (R * Outcome)) a :
  is_law law -> expectation law (fun _ => a) = a.
Proof.
  intros [_ total].
  assert (pulled : expectation law (fun _ => a) = a * expectation law (fun _ => 1)).
  { clear. induction law as [|[p ω] rest IH]; cbn in *; [ring | rewrite IH; ring]. }
  rewrite pulled, total. ring.
Qed.

(** What the theorems in expectation are put together from. *)

Lemma in_expectation {Outcome} (law : list (R * Outcome)) scale (X Y : Outcome -> R) :
  is_law law -> 0 < scale -> (forall ω, 0 <= scale * X ω - Y ω) -> 0 <= expectation law Y -> 0 <= expectation law X.
Proof.
  intros law_is scale_positive pathwise expected.
  pose proof (expected_nonneg law _ law_is pathwise) as difference.
  assert (split : expectation law (fun ω => scale * X ω - Y ω) = scale * expectation law X - expectation law Y).
  { clear. induction law as [|[p ω] rest IH]; cbn in *; [ring | rewrite IH; ring]. }
  rewrite split in difference.
  apply (Rmult_le_reg_l scale); [exact scale_positive | lra].
Qed.
Lemma expected_sum {Outcome} (law : list (R * Outcome)) X Y :
  0 <= expectation law X -> 0 <= expectation law Y -> 0 <= expectation law (fun ω => X ω + Y ω).
Proof. intros. rewrite expected_plus. lra. Qed.
Lemma expected_variance {Outcome} (law : list (R * Outcome)) a V X :
  is_law law -> 0 <= a -> expectation law X <= V -> 0 <= expectation law (fun ω => a * (V - X ω)).
Proof.
  intros law_is a_nonneg bounded. rewrite expected_times. apply Rmult_le_pos; [exact a_nonneg|].
  assert (split : expectation law (fun ω => V - X ω) = expectation law (fun _ => V) - expectation law X).
  { clear. induction law as [|[p ω] rest IH]; cbn in *; [ring | rewrite IH; ring]. }
  rewrite split, (expected_constant law V law_is). lra.
Qed.
Lemma expected_mean {Outcome} (law : list (R * Outcome)) a X :
  expectation law X = 0 -> expectation law (fun ω => a * X ω) = 0.
Proof. intros centred. rewrite expected_times, centred. ring. Qed.

(** * Combinations of non-negative terms *)

Lemma nonneg_of_scaled scale goal : 0 < scale -> 0 <= scale * goal -> 0 <= goal.
Proof. intros positive combined. apply (Rmult_le_reg_l scale); lra. Qed.
Lemma bound_of_goal quantity rest factor : 0 < factor -> 0 <= rest - factor * quantity -> quantity <= rest / factor.
Proof.
  intros positive goal. apply (Rmult_le_reg_l factor); [exact positive|].
  replace (factor * (rest / factor)) with rest by (field; lra). lra.
Qed.
Lemma nonneg_of_slack smaller larger : smaller <= larger -> 0 <= larger - smaller.
Proof. lra. Qed.

(** Non-negative, or positive, term by term. *)
Ltac nonneg := unfold Rdiv; solve
  [ assumption | apply Rlt_le; assumption | apply inner_nonneg | apply pow2_ge_0
  | apply Rplus_le_le_0_compat; nonneg | apply Rmult_le_pos; nonneg | apply pow_le; nonneg | lra ].
Ltac positive := unfold Rdiv; solve
  [ assumption | apply Rmult_lt_0_compat; positive | apply pow_lt; positive
  | apply Rplus_lt_le_0_compat; [positive | nonneg] | apply Rplus_le_lt_0_compat; [nonneg | positive] | lra ].
Ltac add_up := solve [ assumption | apply Rplus_le_le_0_compat; add_up | lra ].

(** An identity of polynomials in numbers and inner products, after the equations of the context are substituted. *)
Ltac same_order := repeat match goal with
  | |- context [inner ?n ?u ?v] =>
    match goal with
    | |- context [inner n v u] => tryif constr_eq u v then fail else rewrite (inner_symmetric n v u)
    end
  end.
Ltac by_algebra := subst; autorewrite with inner; same_order; field.

(** * T steps with a mini-batch of its own each *)

Fixpoint sum (n : nat) (X : nat -> R) : R :=
  match n with
  | O => 0
  | S m => sum m X + X m
  end.

Lemma sum_same n X Y : (forall i, (i < n)%nat -> X i = Y i) -> sum n X = sum n Y.
Proof. induction n; cbn [sum]; intros same; [reflexivity | rewrite IHn, (same n); auto]. Qed.
Lemma sum_below n X Y : (forall i, (i < n)%nat -> X i <= Y i) -> sum n X <= sum n Y.
Proof. induction n; cbn [sum]; intros below; [lra | apply Rplus_le_compat; auto]. Qed.
Lemma sum_nonneg n X : (forall i, (i < n)%nat -> 0 <= X i) -> 0 <= sum n X.
Proof. induction n; cbn [sum]; intros each; [lra | apply Rplus_le_le_0_compat; auto]. Qed.
Lemma term_below_sum n X i : (forall i, (i < n)%nat -> 0 <= X i) -> (i < n)%nat -> X i <= sum n X.
Proof.
  induction n as [|m IH]; cbn [sum]; intros each inside; [lia|].
  pose proof (each m (Nat.lt_succ_diag_r m)). assert (0 <= sum m X) by (apply sum_nonneg; intros; apply each; lia).
  destruct (Nat.eq_dec i m) as [->|]; [lra|]. assert (X i <= sum m X); [apply IH; [intros; apply each; lia | lia] | lra].
Qed.
Lemma inner_sum n u v : inner n u v = sum n (fun i => u i * v i).
Proof. induction n; cbn; [reflexivity | rewrite IHn; reflexivity]. Qed.
Lemma sum_of_sums n X Y : sum n (fun i => X i + Y i) = sum n X + sum n Y.
Proof. induction n; cbn; [ring | rewrite IHn; ring]. Qed.
Lemma sum_times n a X : sum n (fun i => a * X i) = a * sum n X.
Proof. induction n; cbn; [ring | rewrite IHn; ring]. Qed.

Lemma expected_same {Outcome} (law : list (R * Outcome)) X Y :
  (forall ω, X ω = Y ω) -> expectation law X = expectation law Y.
Proof. intros same. induction law as [|[p ω] rest IH]; cbn [expectation]; [reflexivity | rewrite IH, same; reflexivity]. Qed.
Lemma expected_monotone {Outcome} (law : list (R * Outcome)) X Y :
  is_law law -> (forall ω, X ω <= Y ω) -> expectation law X <= expectation law Y.
Proof.
  intros law_is below.
  assert (difference : 0 <= expectation law (fun ω => Y ω + (-1) * X ω))
    by (apply expected_nonneg; [exact law_is | intros ω; specialize (below ω); lra]).
  rewrite expected_plus, expected_times in difference. lra.
Qed.
Lemma expected_shifted {Outcome} (law : list (R * Outcome)) X a :
  is_law law -> expectation law (fun ω => X ω + a) = expectation law X + a.
Proof. intros law_is. rewrite expected_plus, (expected_constant _ _ law_is). reflexivity. Qed.
Lemma expected_combination {Outcome} (law : list (R * Outcome)) n (X : nat -> Outcome -> R) :
  expectation law (fun ω => sum n (fun i => X i ω)) = sum n (fun i => expectation law (X i)).
Proof.
  induction n; cbn [sum]; [|rewrite expected_plus, IHn; reflexivity].
  induction law as [|[p ω] rest IH]; cbn [expectation]; [reflexivity | rewrite IH; ring].
Qed.
Lemma expected_app {Outcome} (one other : list (R * Outcome)) X :
  expectation (one ++ other) X = expectation one X + expectation other X.
Proof. induction one as [|[p ω] rest IH]; cbn [expectation app]; [ring | rewrite IH; ring]. Qed.

Section Run.

Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.

(** The law of T independent mini-batches. *)
Fixpoint batches (T : nat) : list (R * list Outcome) :=
  match T with
  | O => [(1, [])]
  | S T => flat_map (fun '(p, ω) => map (fun '(q, rest) => (p * q, ω :: rest)) (batches T)) law
  end.

Lemma expected_batches T X :
  expectation (batches (S T)) X = expectation law (fun ω => expectation (batches T) (fun rest => X (ω :: rest))).
Proof.
  cbn [batches]. generalize (batches T) as later. intros later. clear - law.
  induction law as [|[p ω] others IH]; cbn [flat_map expectation]; [reflexivity|].
  rewrite expected_app, IH. f_equal. clear.
  induction later as [|[q rest] more IH]; cbn [map expectation]; [ring | rewrite IH; ring].
Qed.

Lemma batches_are_law T : is_law (batches T).
Proof.
  destruct law_is as [weights all]. induction T as [|T [later_weights later_all]].
  - split; cbn; [repeat constructor; cbn; lra | ring].
  - split; [|rewrite expected_batches, later_all; exact all].
    cbn [batches]. apply Forall_flat_map. apply Forall_forall. intros [p ω] among. apply Forall_map.
    rewrite Forall_forall in *. intros [q rest] later. cbn.
    apply Rmult_le_pos; [apply (weights (p, ω) among) | apply (later_weights (q, rest) later)].
Qed.

(** An iteration, and what is added up over the iterates. *)
Variable State : Type.
Variable next : Outcome -> State -> State.
Variable cost : State -> R.

(** The sum of the cost over x⁰, …, x^{T−1}, for a list of T mini-batches. *)
Fixpoint total (run : list Outcome) (x : State) : R :=
  match run with
  | [] => 0
  | ω :: rest => cost x + total rest (next ω x)
  end.

(** E Σ cost(x^{t−1}) over 1 ≤ t ≤ T. *)
Definition expected_total (T : nat) (x : State) : R := expectation (batches T) (fun run => total run x).

Lemma first_step T x :
  expected_total (S T) x = cost x + expectation law (fun ω => expected_total T (next ω x)).
Proof.
  unfold expected_total. rewrite expected_batches. cbn [total].
  rewrite (expected_same law _ (fun ω => expectation (batches T) (fun rest => total rest (next ω x)) + cost x)).
  - rewrite (expected_shifted law _ _ law_is). ring.
  - intros ω. rewrite <- (expected_shifted _ _ _ (batches_are_law T)). apply expected_same. intros rest. ring.
Qed.

(** Steps add up; the last one is taken without its noise, because no cost depends on where it leads. *)
Lemma all_steps f f_min weight gain last_gain :
  (forall x, expectation law (fun ω => f (next ω x)) <= f x - weight * cost x + gain) ->
  (forall x, weight * cost x <= f x - f_min + last_gain) ->
  forall T x, weight * expected_total (S T) x <= f x - f_min + INR T * gain + last_gain.
Proof.
  intros step last T. induction T as [|T IH]; intros x; rewrite first_step.
  - unfold expected_total. cbn [batches total expectation].
    rewrite (expected_constant law (1 * 0 + 0) law_is). cbn [INR]. specialize (last x). lra.
  - assert (later : 0 <= expectation law
      (fun ω => f (next ω x) + (- weight) * expected_total (S T) (next ω x) + (INR T * gain + last_gain - f_min))).
    { apply expected_nonneg; [exact law_is|]. intros ω. specialize (IH (next ω x)). lra. }
    rewrite (expected_shifted law _ _ law_is), expected_plus, expected_times in later.
    specialize (step x). rewrite S_INR. lra.
Qed.

End Run.

(** E[(1/T) Σ cost(x^{t−1})] over 1 ≤ t ≤ T, from x⁰ = x, where x^t = next ω_t x^{t−1} and the ω_t are independent. *)
Definition expected_average {Outcome State : Type} (law : list (R * Outcome)) (next : Outcome -> State -> State)
  (cost : State -> R) (T : nat) (x : State) : R := expected_total Outcome law State next cost T x / INR T.

(** The real numbers that a number of steps gives. *)
Lemma at_least_one_step T : (1 <= T)%nat -> 1 <= INR T /\ 1 <= sqrt (INR T) /\ sqrt (INR T) * sqrt (INR T) = INR T.
Proof.
  intros positive. assert (1 <= INR T) by (apply (le_INR 1 T positive)). repeat split; [assumption | | apply sqrt_sqrt; lra].
  rewrite <- sqrt_1. apply sqrt_le_1; lra.
Qed.

(** * Functions with a Lipschitz continuous gradient *)

Ltac coordinates := apply FunctionalExtensionality.functional_extensionality; intros ?.
Lemma at_beginning (x u : vector) : (x + 0 • u)%vector = x.
Proof. coordinates. unfold plus, scaled. ring. Qed.
Lemma no_size x : Rabs x <= 0 -> x = 0.
Proof. intros small. pose proof (Rle_abs x). pose proof (Rle_abs (- x)) as minus. rewrite Rabs_Ropp in minus. lra. Qed.
Lemma zero_square n (u w : vector) : inner n u u = 0 -> inner n u w = 0.
Proof.
  induction n as [|m IH]; cbn [inner]; [reflexivity|]. intros zero.
  pose proof (inner_nonneg m u). pose proof (Rle_0_sqr (u m)) as square. unfold Rsqr in square.
  assert (u m * u m = 0) by lra. assert (u m = 0) as -> by nra. rewrite IH by lra. ring.
Qed.

(** The gradient, by the derivatives along all lines. *)
Definition is_gradient (n : nat) (F : vector -> R) (grad : vector -> vector) : Prop :=
  forall x u t, derivable_pt_lim (fun s => F (x + s • u)%vector) t (inner n (grad (x + t • u)%vector) u).
(** ‖∇F(x) − ∇F(y)‖ ≤ L‖x − y‖, squared. *)
Definition is_lipschitz (n : nat) (grad : vector -> vector) (L : R) : Prop :=
  forall x y, inner n (grad y - grad x) (grad y - grad x) <= L ^ 2 * inner n (y - x) (y - x).
(** |∇F(x)_i − ∇F(y)_i| ≤ L_i |x_i − y_i|. *)
Definition is_lipschitz_by_coordinate (n : nat) (grad : vector -> vector) (L : nat -> R) : Prop :=
  forall x y i, (i < n)%nat -> Rabs (grad x i - grad y i) <= L i * Rabs (x i - y i).
Definition is_convex (F : vector -> R) : Prop :=
  forall x y t, 0 <= t <= 1 -> F (x + t • (y - x))%vector <= F x + t * (F y - F x).

(** F(x + u) ≤ F(x) + ⟨∇F(x), u⟩ + ½q, if the slope along u grows by qt at most. *)
Lemma descent n F grad x u q :
  is_gradient n F grad -> (forall t, 0 < t -> inner n (grad (x + t • u)%vector - grad x) u <= t * q) ->
  F (x + u)%vector <= F x + inner n (grad x) u + 1 / 2 * q.
Proof.
  intros gradient steep. set (start := inner n (grad x) u). set (k := 1 / 2 * q).
  set (gap := fun t => F (x + t • u)%vector - start * t - k * t ^ 2).
  destruct (MVT_cor2 gap (fun t => inner n (grad (x + t • u)%vector) u - start * 1 - k * (INR 2 * t ^ 1)) 0 1)
    as [t [mean between]]; [lra| |].
  - intros t _. unfold gap.
    apply (derivable_pt_lim_minus (fun t => F (x + t • u)%vector - start * t) (fun t => k * t ^ 2)).
    + apply (derivable_pt_lim_minus (fun t => F (x + t • u)%vector) (fun t => start * t)); [apply gradient|].
      apply (derivable_pt_lim_scal id start t 1), derivable_pt_lim_id.
    + apply (derivable_pt_lim_scal (fun t => t ^ 2) k t (INR 2 * t ^ 1)), (derivable_pt_lim_pow t 2).
  - specialize (steep t (proj1 between)). unfold gap in mean. cbn [INR] in mean.
    rewrite inner_minus_left in steep. fold start in steep. rewrite at_beginning in mean.
    assert (finish : (x + 1 • u)%vector = (x + u)%vector) by (coordinates; unfold plus, scaled; ring).
    rewrite finish in mean. unfold k in *. lra.
Qed.

Lemma descent_lemma n F grad L :
  0 <= L -> is_gradient n F grad -> is_lipschitz n grad L ->
  forall x y, F y <= F x + inner n (grad x) (y - x) + L / 2 * inner n (y - x) (y - x).
Proof.
  intros L_nonneg gradient lipschitz x y. set (u := (y - x)%vector).
  replace (F y) with (F (x + u)%vector) by (f_equal; coordinates; unfold u, plus, minus; ring).
  replace (L / 2 * inner n u u) with (1 / 2 * (L * inner n u u)) by field.
  apply (descent n F grad x u); [exact gradient|]. intros t t_positive.
  pose proof (lipschitz x (x + t • u)%vector) as bound. set (change := (grad (x + t • u) - grad x)%vector) in *.
  replace (inner n (x + t • u - x) (x + t • u - x)) with (t ^ 2 * inner n u u) in bound
    by (autorewrite with inner; same_order; ring).
  destruct (Req_dec L 0) as [->|other].
  - rewrite (zero_square n change u); [lra|]. pose proof (inner_nonneg n change). lra.
  - assert (square : 0 <= inner n (change - (L * t) • u) (change - (L * t) • u)) by apply inner_nonneg.
    clearbody change. autorewrite with inner in square. rewrite (inner_symmetric n u change) in square.
    apply (Rmult_le_reg_l (2 * (L * t))); [apply Rmult_lt_0_compat; [lra | apply Rmult_lt_0_compat; lra]|]. lra.
Qed.

Lemma descent_lemma_by_coordinate n F grad L :
  is_gradient n F grad -> is_lipschitz_by_coordinate n grad L ->
  forall x y, F y <= F x + inner n (grad x) (y - x) + 1 / 2 * sum n (fun i => L i * (y i - x i) ^ 2).
Proof.
  intros gradient lipschitz x y. set (u := (y - x)%vector). set (square := sum n (fun i => L i * (y i - x i) ^ 2)).
  replace (F y) with (F (x + u)%vector) by (f_equal; coordinates; unfold u, plus, minus; ring).
  apply (descent n F grad x u); [exact gradient|]. intros t t_positive. unfold square.
  rewrite inner_sum, <- sum_times. apply sum_below. intros i inside.
  pose proof (lipschitz (x + t • u)%vector x i inside) as bound.
  replace ((x + t • u)%vector i - x i) with (t * u i) in bound by (unfold plus, scaled; ring).
  rewrite Rabs_mult, (Rabs_pos_eq t) in bound by lra.
  unfold minus at 1. set (change := grad (x + t • u)%vector i - grad x i) in *.
  change (y i - x i) with (u i). rewrite <- pow2_abs.
  apply Rle_trans with (Rabs change * Rabs (u i)); [rewrite <- Rabs_mult; apply Rle_abs|].
  replace (t * (L i * Rabs (u i) ^ 2)) with (L i * (t * Rabs (u i)) * Rabs (u i)) by ring.
  apply Rmult_le_compat_r; [apply Rabs_pos | exact bound].
Qed.

(** A convex function lies above its tangents. *)
Lemma above_tangent n F grad : is_gradient n F grad -> is_convex F ->
  forall x y, F x + inner n (grad x) (y - x) <= F y.
Proof.
  intros gradient convex x y. apply Rnot_lt_le. intros above.
  set (slope := inner n (grad x) (y - x)) in *. set (ε := F x + slope - F y).
  assert (ε_positive : 0 < ε) by (unfold ε; lra).
  pose proof (gradient x (y - x)%vector 0) as limit. rewrite at_beginning in limit. fold slope in limit.
  destruct (limit ε ε_positive) as [δ close]. pose proof (cond_pos δ) as δ_positive.
  set (h := Rmin (δ / 2) 1). assert (h_positive : 0 < h) by (apply Rmin_pos; lra).
  assert (h <= δ / 2) by apply Rmin_l. assert (h <= 1) by apply Rmin_r.
  specialize (close h (Rgt_not_eq _ _ h_positive)). rewrite (Rabs_pos_eq h) in close by lra.
  specialize (close ltac:(lra)). rewrite Rplus_0_l, at_beginning in close.
  apply Rabs_def2 in close. destruct close as [_ close]. specialize (convex x y h ltac:(lra)).
  assert (quotient : (F (x + h • (y - x))%vector - F x) / h <= F y - F x); [|unfold ε in *; lra].
  apply (Rmult_le_reg_l h); [exact h_positive|].
  replace (h * ((F (x + h • (y - x))%vector - F x) / h)) with (F (x + h • (y - x))%vector - F x) by (field; lra). lra.
Qed.
