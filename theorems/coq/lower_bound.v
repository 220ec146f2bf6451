(** What no constant schedule of signProx beats, with a step for each coordinate.

    [sign_prox_lower_bound]: for all steps γ_i > 0, all T and all B with TB not too small there is an instance of
    Assumption 2 with the constants L_i and σ_i and with f(x⁰) − f∗ ≤ Δ on which the left side of Theorem 2 is at least
    ½(‖L‖₁Δ‖σ‖₁²/(TB))^¼. It is the better of two: [without_noise] gives √(‖L‖₁Δ/(2T)), whatever the steps are, and
    [with_rare_events] a multiple of ‖σ‖₁/√B, whatever the steps and T are. *)

From Coq Require Import Reals Lra Lia List.
Import ListNotations.
Open Scope R_scope.
Require Import prelude proximal_average theorem_2 smoothed_sign_prox.

(** * The maps of the paper with the step γ_i in coordinate i *)

(** (6): p(y) minimises Σ(u_i − y_i)²/(2γ_i) + r(u) over u. *)
Definition is_prox_by_coordinate (n : nat) (γ : nat -> R) (r : vector -> R) (p : vector -> vector) : Prop :=
  forall y u, sum n (fun i => (p y i - y i) ^ 2 / (2 * γ i)) + r (p y) <= sum n (fun i => (u i - y i) ^ 2 / (2 * γ i)) + r u.

Section Maps.
Context {K : Type}.
Variables (θ : list (R * K)) (grad_d : vector -> vector) (prox : K -> vector -> vector) (γ : nat -> R).
(** (7), (8), (10), Definition 1 *)
Definition Pk_by_coordinate (k : K) (x : vector) : vector := prox k (fun i => x i - γ i * grad_d x i).
Definition P_by_coordinate (x : vector) : vector := mean θ (fun k => Pk_by_coordinate k x).
Definition Phat_by_coordinate (B : nat) (draws : list K) (x : vector) : vector :=
  fun i => 1 / INR B * over (fun k => Pk_by_coordinate k x i) draws.
Definition G_by_coordinate (x : vector) : vector := fun i => 1 / γ i * (x i - P_by_coordinate x i).
(** Algorithm 2 *)
Definition step_by_coordinate (B : nat) (at_zero : list K -> vector -> nat -> R) (draws : list K) (x : vector) : vector :=
  fun i => x i - γ i * sgn (x i - Phat_by_coordinate B draws x i) (at_zero draws x i).
End Maps.

(** Problems that Assumption 2 allows, with the steps γ_i: here r_k and r of (9) are [part] and [reg]. *)
Record instance (n : nat) (L σ γ : nat -> R) (Δ : R) : Type := {
  index : Type;
  θ : list (R * index);
  d : vector -> R;
  grad_d : vector -> vector;
  part : index -> vector -> R;
  grad_part : index -> vector -> vector;
  prox : index -> vector -> vector;
  reg : vector -> R;
  start : vector;
  f_min : R;
  (* (8) *)
  _ : is_law θ;
  (* Assumption 2(b) *)
  _ : is_gradient n d grad_d;
  _ : is_lipschitz_by_coordinate n grad_d L;
  (* Assumption 2(c) *)
  _ : forall k, is_convex (part k);
  _ : forall k, is_gradient n (part k) (grad_part k);
  _ : forall k, is_lipschitz_by_coordinate n (grad_part k) L;
  (* (6) *)
  _ : forall k, is_prox_by_coordinate n γ (part k) (prox k);
  (* Assumption 2(d) *)
  _ : forall x i, (i < n)%nat ->
    expectation θ (fun k => (Pk_by_coordinate grad_d prox γ k x i - P_by_coordinate θ grad_d prox γ x i) ^ 2) <= γ i ^ 2 * σ i ^ 2;
  (* (9): Σθ_k prox_k is the prox of r *)
  _ : forall u v, (forall i, (i < n)%nat -> u i = v i) -> reg u = reg v;
  _ : is_prox_by_coordinate n γ reg (fun y => mean θ (fun k => prox k y));
  (* Assumption 2(a), and f(x⁰) − f∗ ≤ Δ *)
  _ : forall x, f_min <= d x + reg x;
  _ : d start + reg start - f_min <= Δ
}.

Arguments index {n L σ γ Δ}.
Arguments θ {n L σ γ Δ}.
Arguments grad_d {n L σ γ Δ}.
Arguments prox {n L σ γ Δ}.
Arguments start {n L σ γ Δ}.

(** E[(1/T) Σ ‖G(x^{t−1})‖₁] of signProx on it. *)
Definition left_side {n : nat} {L σ γ : nat -> R} {Δ : R} (I : instance n L σ γ Δ)
  (B : nat) (at_zero : list (index I) -> vector -> nat -> R) (T : nat) : R :=
  expected_average (batches (index I) (θ I) B) (step_by_coordinate (grad_d I) (prox I) γ B at_zero)
    (fun x => sum n (fun i => Rabs (G_by_coordinate (θ I) (grad_d I) (prox I) γ x i))) T (start I).

(** * Functions of one variable *)

(** A function that its tangents approach to second order. *)
Lemma derivative_of_square (φ slope : R -> R) C :
  (forall x h, Rabs (φ (x + h) - φ x - h * slope x) <= C * h ^ 2) -> forall x, derivable_pt_lim φ x (slope x).
Proof.
  intros close x ε ε_positive.
  assert (C_nonneg : 0 <= C).
  { specialize (close 0 1). pose proof (Rabs_pos (φ (0 + 1) - φ 0 - 1 * slope 0)). lra. }
  assert (δ_positive : 0 < ε / (C + 1)) by (apply Rdiv_lt_0_compat; lra).
  exists (mkposreal _ δ_positive). intros h other small. cbn in small.
  pose proof (Rabs_pos_lt h other) as size. specialize (close x h).
  replace ((φ (x + h) - φ x) / h - slope x) with ((φ (x + h) - φ x - h * slope x) / h) by (field; exact other).
  unfold Rdiv. rewrite Rabs_mult, Rabs_inv. apply (Rmult_lt_reg_r (Rabs h)); [exact size|].
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. rewrite <- pow2_abs in close.
  apply (Rmult_lt_compat_r (C + 1)) in small; [|lra].
  replace (ε / (C + 1) * (C + 1)) with ε in small by (field; lra).
  apply (Rmult_lt_compat_r (Rabs h)) in small; [|exact size].
  pose proof (Rmult_lt_0_compat _ _ size size). lra.
Qed.

(** A differentiable function with its derivative. *)
Record smooth : Type := {
  value_of : R -> R;
  slope_of : R -> R;
  differentiable : forall u, derivable_pt_lim value_of u (slope_of u)
}.

(** Slope 0 up to 0, curvature L up to a, and slope La from there on. *)
Definition clip (a x : R) : R := Rmax 0 (Rmin a x).
Lemma clip_cases a x : 0 <= a -> (x <= 0 /\ clip a x = 0) \/ (0 <= x <= a /\ clip a x = x) \/ (a <= x /\ clip a x = a).
Proof.
  intros a_nonneg. unfold clip, Rmax, Rmin. destruct (Rle_dec a x).
  - destruct (Rle_dec 0 a); [|lra]. right. right. lra.
  - destruct (Rle_dec 0 x); [right; left | left]; lra.
Qed.
Lemma clip_lipschitz a x y : 0 <= a -> Rabs (clip a x - clip a y) <= Rabs (x - y).
Proof.
  intros a_nonneg. destruct (clip_cases a x a_nonneg) as [[o ->]|[[o ->]|[o ->]]];
    destruct (clip_cases a y a_nonneg) as [[o' ->]|[[o' ->]|[o' ->]]];
    unfold Rabs; repeat destruct (Rcase_abs _); lra.
Qed.
Definition ramp_value (L a x : R) : R := L * (x * clip a x - 1 / 2 * clip a x ^ 2).
Lemma ramp_derivative L a : 0 <= L -> 0 <= a -> forall x, derivable_pt_lim (ramp_value L a) x (L * clip a x).
Proof.
  intros L_nonneg a_nonneg. apply (derivative_of_square _ _ L). intros x h. unfold ramp_value.
  replace (L * ((x + h) * clip a (x + h) - 1 / 2 * clip a (x + h) ^ 2) - L * (x * clip a x - 1 / 2 * clip a x ^ 2) - h * (L * clip a x))
    with (L * ((x + h) * clip a (x + h) - 1 / 2 * clip a (x + h) ^ 2 - ((x + h) * clip a x - 1 / 2 * clip a x ^ 2))) by ring.
  rewrite Rabs_mult, (Rabs_pos_eq L L_nonneg). apply Rmult_le_compat_l; [exact L_nonneg|].
  apply Rabs_le.
  destruct (clip_cases a x a_nonneg) as [[o ->]|[[o ->]|[o ->]]];
    destruct (clip_cases a (x + h) a_nonneg) as [[o' ->]|[[o' ->]|[o' ->]]]; split; nra.
Qed.
Definition ramp (L a : R) (L_nonneg : 0 <= L) (a_nonneg : 0 <= a) : smooth :=
  {| value_of := ramp_value L a; slope_of := fun x => L * clip a x; differentiable := ramp_derivative L a L_nonneg a_nonneg |}.
Lemma ramp_nonneg L a x : 0 <= L -> 0 <= a -> 0 <= ramp_value L a x.
Proof.
  intros L_nonneg a_nonneg. unfold ramp_value. apply Rmult_le_pos; [exact L_nonneg|].
  destruct (clip_cases a x a_nonneg) as [[o ->]|[[o ->]|[o ->]]]; nra.
Qed.
Lemma clip_above a x : 0 <= a -> a <= x -> clip a x = a.
Proof. intros a_nonneg above. destruct (clip_cases a x a_nonneg) as [[o ->]|[[o ->]|[o ->]]]; lra. Qed.
Lemma clip_between a x : 0 <= a -> 0 <= clip a x <= a.
Proof. intros a_nonneg. destruct (clip_cases a x a_nonneg) as [[o ->]|[[o ->]|[o ->]]]; lra. Qed.

Lemma parabola_derivative L x : derivable_pt_lim (fun x => L / 2 * x ^ 2) x (L * x).
Proof.
  apply (derivative_of_square (fun x => L / 2 * x ^ 2) (fun x => L * x) (Rabs (L / 2))). intros t h.
  replace (L / 2 * (t + h) ^ 2 - L / 2 * t ^ 2 - h * (L * t)) with (L / 2 * h ^ 2) by field.
  rewrite Rabs_mult, (Rabs_pos_eq (h ^ 2)) by apply pow2_ge_0. lra.
Qed.
Definition parabola (L : R) : smooth :=
  {| value_of := fun x => L / 2 * x ^ 2; slope_of := fun x => L * x; differentiable := parabola_derivative L |}.

Lemma wave_derivative b ω x : derivable_pt_lim (fun x => b - b * cos (ω * x)) x (b * ω * sin (ω * x)).
Proof.
  replace (b * ω * sin (ω * x)) with (0 - b * (- sin (ω * x) * (ω * 1))) by ring.
  apply (derivable_pt_lim_minus (fun _ => b) (fun x => b * cos (ω * x))); [apply derivable_pt_lim_const|].
  apply (derivable_pt_lim_scal (fun x => cos (ω * x))).
  apply (derivable_pt_lim_comp (fun x => ω * x) cos); [|apply derivable_pt_lim_cos].
  apply (derivable_pt_lim_scal id), derivable_pt_lim_id.
Qed.
Definition wave (b ω : R) : smooth :=
  {| value_of := fun x => b - b * cos (ω * x); slope_of := fun x => b * ω * sin (ω * x); differentiable := wave_derivative b ω |}.
Lemma sin_lipschitz a b : Rabs (sin b - sin a) <= Rabs (b - a).
Proof.
  destruct (MVT_abs sin cos a b) as [c [mean _]]; [intros; apply derivable_pt_lim_sin|]. rewrite mean.
  rewrite <- (Rmult_1_l (Rabs (b - a))) at 2. apply Rmult_le_compat_r; [apply Rabs_pos|].
  apply Rabs_le. apply COS_bound.
Qed.

(** * Sums of functions of one variable, with noise that does not depend on x *)

Section Additive.
Variable n : nat.
Variables (L σ γ : nat -> R) (Δ : R).
Hypothesis γ_positive : forall i, (i < n)%nat -> 0 < γ i.
Hypothesis L_positive : forall i, (i < n)%nat -> 0 < L i.
Variable K : Type.
Variable law : list (R * K).
Hypothesis law_is : is_law law.
(** r_k(u) = Σ noise k i u_i *)
Variable noise : K -> nat -> R.
Hypothesis centred : forall i, (i < n)%nat -> expectation law (fun k => noise k i) = 0.
Hypothesis spread : forall i, (i < n)%nat -> expectation law (fun k => noise k i ^ 2) <= σ i ^ 2.
Variable F : nat -> smooth.
Notation φ i := (value_of (F i)).
Notation slope i := (slope_of (F i)).
Hypothesis F_smooth : forall i s t, (i < n)%nat -> Rabs (slope i s - slope i t) <= L i * Rabs (s - t).
Hypothesis F_nonneg : forall i t, (i < n)%nat -> 0 <= φ i t.
Variable x0 : vector.
Hypothesis low : sum n (fun i => φ i (x0 i)) <= Δ.

Let sd : vector -> R := separable n (fun i => φ i).
Let sgrad (x : vector) : vector := fun i => slope i (x i).
Let slin (k : K) (x : vector) : R := inner n (noise k) x.
Let sprox (k : K) (y : vector) : vector := fun i => y i - γ i * noise k i.

Lemma Pk_is k x i : Pk_by_coordinate sgrad sprox γ k x i = x i - γ i * slope i (x i) - γ i * noise k i.
Proof. reflexivity. Qed.
Lemma P_is x i : (i < n)%nat -> P_by_coordinate law sgrad sprox γ x i = x i - γ i * slope i (x i).
Proof.
  intros inside. unfold P_by_coordinate, mean.
  rewrite (expected_same law _ (fun k => (- γ i) * noise k i + (x i - γ i * slope i (x i)))) by (intros k; rewrite Pk_is; ring).
  rewrite (expected_shifted _ _ _ law_is), expected_times, centred by exact inside. ring.
Qed.
Lemma G_is x i : (i < n)%nat -> G_by_coordinate law sgrad sprox γ x i = slope i (x i).
Proof. intros inside. unfold G_by_coordinate. rewrite P_is by exact inside. pose proof (γ_positive i inside). field. lra. Qed.

Lemma linear_prox k : is_prox_by_coordinate n γ (slin k) (sprox k).
Proof.
  intros y u. unfold slin. rewrite !inner_sum, <- !sum_of_sums. apply sum_below. intros i inside.
  pose proof (γ_positive i inside). unfold sprox. set (g := γ i) in *. set (e := noise k i). apply Rminus_le.
  replace ((y i - g * e - y i) ^ 2 / (2 * g) + e * (y i - g * e) - ((u i - y i) ^ 2 / (2 * g) + e * u i))
    with (- ((u i - (y i - g * e)) ^ 2 / (2 * g))) by (field; lra).
  pose proof (pow2_ge_0 (u i - (y i - g * e))). unfold Rdiv.
  assert (0 <= (u i - (y i - g * e)) ^ 2 * / (2 * g)); [|lra].
  apply Rmult_le_pos; [assumption | apply Rlt_le, Rinv_0_lt_compat; lra].
Qed.
Lemma zero_prox : is_prox_by_coordinate n γ (fun _ => 0) (fun y => mean law (fun k => sprox k y)).
Proof.
  intros y u. apply Rplus_le_compat_r. apply sum_below. intros i inside. pose proof (γ_positive i inside).
  unfold mean, sprox.
  rewrite (expected_same law _ (fun k => (- γ i) * noise k i + y i)) by (intros k; ring).
  rewrite (expected_shifted _ _ _ law_is), expected_times, centred by exact inside.
  replace (- γ i * 0 + y i - y i) with 0 by ring. rewrite pow_i by lia. unfold Rdiv. rewrite Rmult_0_l.
  apply Rmult_le_pos; [apply pow2_ge_0 | apply Rlt_le, Rinv_0_lt_compat; lra].
Qed.

Lemma additive : instance n L σ γ Δ.
Proof.
  refine (Build_instance n L σ γ Δ K law sd sgrad slin (fun k _ => noise k) sprox (fun _ => 0) x0 0 _ _ _ _ _ _ _ _ _ _ _ _).
  - exact law_is.
  - apply (separable_gradient n (fun i => φ i) (fun i => slope i)). intros i u. apply differentiable.
  - intros x y i inside. apply F_smooth. exact inside.
  - intros k x y t _. unfold slin. autorewrite with inner. lra.
  - intros k x u t. unfold slin.
    replace (fun s => inner n (noise k) (x + s • u)%vector) with (fun s => inner n (noise k) x + s * inner n (noise k) u).
    + apply along_line.
    + apply FunctionalExtensionality.functional_extensionality. intros s. autorewrite with inner. reflexivity.
  - intros k x y i inside. rewrite Rminus_diag, Rabs_R0. apply Rmult_le_pos; [apply Rlt_le, L_positive, inside | apply Rabs_pos].
  - exact linear_prox.
  - intros x i inside. rewrite P_is by exact inside.
    rewrite (expected_same law _ (fun k => γ i ^ 2 * noise k i ^ 2)) by (intros k; rewrite Pk_is; ring).
    rewrite expected_times. apply Rmult_le_compat_l; [apply pow2_ge_0 | apply spread, inside].
  - intros u v _. reflexivity.
  - exact zero_prox.
  - intros x. rewrite Rplus_0_r. apply sum_nonneg. intros i inside. apply F_nonneg. exact inside.
  - rewrite Rplus_0_r, Rminus_0_r. exact low.
Defined.

Variable B : nat.
Hypothesis B_positive : (1 <= B)%nat.

(** Lists of B draws are all that counts. *)
Lemma expected_lists (X Y : list K -> R) : (forall draws, length draws = B -> X draws <= Y draws) ->
  expectation (batches K law B) X <= expectation (batches K law B) Y.
Proof.
  clear B_positive. revert X Y. induction B as [|b IH]; intros X Y below.
  - cbn [batches expectation]. specialize (below [] eq_refl). lra.
  - rewrite !expected_batches. apply (expected_monotone _ _ _ law_is). intros k. apply IH.
    intros draws counted. apply below. cbn [length]. rewrite counted. reflexivity.
Qed.
(** x − P̂(x) where every draw has the same noise. *)
Lemma estimate_is draws x i e : length draws = B -> (forall k, In k draws -> noise k i = e) ->
  x i - Phat_by_coordinate sgrad sprox γ B draws x i = γ i * (slope i (x i) + e).
Proof.
  intros counted same.
  assert (total : over (fun k => Pk_by_coordinate sgrad sprox γ k x i) draws = INR (length draws) * (x i - γ i * slope i (x i) - γ i * e)).
  { clear counted. induction draws as [|k rest IH]; [cbn [over length INR]; ring|].
    cbn [over length]. rewrite S_INR, IH by (intros other among; apply same; right; exact among).
    rewrite Pk_is, (same k) by (left; reflexivity). ring. }
  unfold Phat_by_coordinate. rewrite total, counted. pose proof (lt_0_INR B B_positive). field. lra.
Qed.

Variable at_zero : list K -> vector -> nat -> R.
Hypothesis at_zero_is : is_sign_of_zero at_zero.
Notation next := (step_by_coordinate sgrad sprox γ B at_zero).
Notation cost := (fun x => sum n (fun i => Rabs (G_by_coordinate law sgrad sprox γ x i))).
Notation totals := (expected_total (list K) (batches K law B) vector next cost).

Lemma left_side_is T : left_side additive B at_zero T = totals T x0 / INR T.
Proof. reflexivity. Qed.
Lemma cost_is x : cost x = sum n (fun i => Rabs (slope i (x i))).
Proof. apply sum_same. intros i inside. rewrite G_is by exact inside. reflexivity. Qed.
Lemma totals_nonneg T x : 0 <= totals T x.
Proof.
  revert x. induction T as [|T IH]; intros x.
  - unfold expected_total. cbn [batches total expectation]. lra.
  - rewrite (first_step _ _ (batches_are_law K law law_is B)). apply Rplus_le_le_0_compat.
    + apply sum_nonneg. intros. apply Rabs_pos.
    + apply expected_nonneg; [apply batches_are_law, law_is | intros; apply IH].
Qed.
Lemma next_above draws x i : (i < n)%nat -> x i - γ i <= next draws x i.
Proof.
  intros inside. unfold step_by_coordinate. pose proof (γ_positive i inside).
  pose proof (sgn_bounded (x i - Phat_by_coordinate sgrad sprox γ B draws x i) _ (at_zero_is draws x i)) as range.
  pose proof (Rmult_le_compat_l (γ i) _ _ ltac:(lra) (proj2 range)). lra.
Qed.

(** Without noise: what every slope is at least as long as the walk stays where [stays] says. *)
Lemma quiet_walk (stays : nat -> nat -> R -> Prop) (least : nat -> R) :
  (forall k i, (i < n)%nat -> noise k i = 0) ->
  (forall i m t, (i < n)%nat -> stays i (S m) t -> 0 < least i <= Rabs (slope i t) /\
    (0 < slope i t -> stays i m (t - γ i)) /\ (slope i t < 0 -> stays i m (t + γ i))) ->
  forall T x, (forall i, (i < n)%nat -> stays i T (x i)) -> INR T * sum n least <= totals T x.
Proof.
  intros no_noise closed T. induction T as [|T IH]; intros x here.
  - rewrite Rmult_0_l. apply totals_nonneg.
  - rewrite (first_step _ _ (batches_are_law K law law_is B)), S_INR.
    assert (now : sum n least <= cost x).
    { rewrite cost_is. apply sum_below. intros i inside. apply (closed i T (x i) inside (here i inside)). }
    assert (later : INR T * sum n least <= expectation (batches K law B) (fun draws => totals T (next draws x))); [|lra].
    rewrite <- (expected_constant (batches K law B) (INR T * sum n least) (batches_are_law K law law_is B)).
    apply expected_lists. intros draws counted. apply IH. intros i inside.
    destruct (closed i T (x i) inside (here i inside)) as [[positive large] [down up]].
    unfold step_by_coordinate. rewrite (estimate_is draws x i 0 counted) by (intros; apply no_noise; exact inside). rewrite Rplus_0_r.
    pose proof (γ_positive i inside) as γ_i. unfold sgn.
    destruct (Rlt_dec 0 (γ i * slope i (x i))) as [plus|not_plus]; [|destruct (Rlt_dec (γ i * slope i (x i)) 0) as [less|not_less]].
    + rewrite Rmult_1_r. apply down. apply (Rmult_lt_reg_l (γ i)); lra.
    + replace (x i - γ i * -1) with (x i + γ i) by ring. apply up. apply (Rmult_lt_reg_l (γ i)); lra.
    + exfalso. assert (zero : slope i (x i) = 0) by (apply (Rmult_eq_reg_l (γ i)); lra). rewrite zero, Rabs_R0 in large. lra.
Qed.
End Additive.

(** * What the instances have in common *)

(** A choice for each of finitely many coordinates. *)
Lemma choose {A : Type} (default : A) (Q : nat -> A -> Prop) n :
  (forall i, (i < n)%nat -> exists a, Q i a) -> exists f, forall i, (i < n)%nat -> Q i (f i).
Proof.
  induction n as [|m IH]; intros each; [exists (fun _ => default); intros; lia|].
  destruct (IH ltac:(intros; apply each; lia)) as [f earlier]. destruct (each m ltac:(lia)) as [a last].
  exists (fun i => if Nat.eq_dec i m then a else f i). intros i inside.
  destruct (Nat.eq_dec i m) as [->|other]; [exact last | apply earlier; lia].
Qed.
(** A whole number between half of y and y. *)
Lemma whole_part y : 1 <= y -> exists j, (1 <= j)%nat /\ INR j <= y <= 2 * INR j.
Proof.
  intros large. destruct (INR_unbounded y) as [N above]. induction N as [|N IH]; [cbn [INR] in above; lra|].
  rewrite S_INR in above. destruct (Rle_dec (INR N) y) as [here|]; [|apply IH; lra].
  destruct N as [|N]; [cbn [INR] in above; lra|]. exists (S N). split; [lia|]. pose proof (pos_INR N). rewrite S_INR in *. lra.
Qed.
Lemma no_sine j : sin (INR j * PI) = 0.
Proof. apply sin_eq_0_1. exists (Z.of_nat j). rewrite INR_IZR_INZ. reflexivity. Qed.

(** A walk on a function of one variable with curvature L, along which its slope is at least La in absolute value. *)
Record hill : Type := { shape : smooth; at_first : R; keeps : nat -> R -> Prop }.
Definition steep_for (T : nat) (γ L a : R) (h : hill) : Prop :=
  (forall s t, Rabs (slope_of (shape h) s - slope_of (shape h) t) <= L * Rabs (s - t)) /\
  (forall t, 0 <= value_of (shape h) t) /\ value_of (shape h) (at_first h) <= 2 * INR T * a ^ 2 * L /\
  keeps h T (at_first h) /\
  forall m t, keeps h (S m) t -> L * a <= Rabs (slope_of (shape h) t) /\
    (0 < slope_of (shape h) t -> keeps h m (t - γ)) /\ (slope_of (shape h) t < 0 -> keeps h m (t + γ)).

(** The three families: a ramp, a parabola, a wave. *)
Lemma steep_hill T γ L a : (1 <= T)%nat -> 0 < γ -> 0 < L -> 0 < a -> exists h, steep_for T γ L a h.
Proof.
  intros T_positive γ_positive L_positive a_positive.
  pose proof (le_INR 1 T T_positive) as one. cbn [INR] in one.
  pose proof (pow_lt a 2 a_positive) as a_square. pose proof (Rmult_lt_0_compat _ _ a_square L_positive) as scale.
  destruct (Rle_dec γ (2 * a)) as [small|not_small]; [|destruct (Nat.eq_dec T 1) as [once|often]].
  1,2: assert (fits : (INR T - 1) * γ <= (INR T - 1) * (2 * a))
    by (first [rewrite once; cbn [INR]; lra | apply Rmult_le_compat_l; lra]).
  1,2: exists {| shape := ramp L a (Rlt_le _ _ L_positive) (Rlt_le _ _ a_positive); at_first := a + (INR T - 1) * γ;
    keeps := fun m t => a + (INR m - 1) * γ <= t |}; unfold steep_for; cbn [shape at_first keeps value_of slope_of ramp].
  1,2: repeat apply conj.
  1,6: intros s t; rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq L) by lra; apply Rmult_le_compat_l; [lra|];
    apply clip_lipschitz; lra.
  1,5: intros t; apply ramp_nonneg; lra.
  1,4: unfold ramp_value; rewrite clip_above by (pose proof (Rmult_le_pos (INR T - 1) γ ltac:(lra) ltac:(lra)); lra);
    pose proof (Rmult_le_compat_l (a * L) _ _ ltac:(nra) fits); lra.
  1,3: lra.
  1,2: intros m t here; rewrite S_INR in here; pose proof (Rmult_le_pos (INR m) γ (pos_INR m) ltac:(lra));
    rewrite clip_above, Rabs_pos_eq by nra; repeat split; [lra | lra | nra].
  assert (two : 2 <= INR T) by (replace 2 with (INR 2) by (cbn [INR]; ring); apply le_INR; lia).
  pose proof (Rmult_le_compat_r _ _ _ (Rlt_le _ _ scale) two).
  destruct (Rle_dec γ (5 * a)) as [medium|large].
  - exists {| shape := parabola L; at_first := γ / 2; keeps := fun _ t => t = γ / 2 \/ t = - (γ / 2) |}.
    unfold steep_for. cbn [shape at_first keeps value_of slope_of parabola]. repeat apply conj.
    + intros s t. rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq L) by lra. lra.
    + intros t. apply Rmult_le_pos; [lra | apply pow2_ge_0].
    + assert ((γ / 2) ^ 2 <= 25 / 4 * a ^ 2) by nra. nra.
    + left. reflexivity.
    + intros m t [->| ->].
      * rewrite Rabs_pos_eq by nra. repeat split; [nra | intros _; right; lra | nra].
      * rewrite Rabs_left by nra. repeat split; [nra | nra | intros _; left; lra].
  - pose proof PI_4. pose proof PI_RGT_0.
    destruct (whole_part (γ / (PI * a))) as [j [j_positive [below above]]].
    { apply (Rmult_le_reg_r (PI * a)); [nra|]. replace (γ / (PI * a) * (PI * a)) with γ by (field; lra). nra. }
    assert (j_real : 1 <= INR j) by (apply (le_INR 1 j j_positive)).
    set (ω := INR j * PI / γ). assert (ω_positive : 0 < ω) by (unfold ω; apply Rdiv_lt_0_compat; nra).
    assert (turns : ω * γ = INR j * PI) by (unfold ω; field; lra).
    apply (Rmult_le_compat_r (PI * a)) in below, above; [|nra|nra].
    replace (γ / (PI * a) * (PI * a)) with γ in below, above by (field; lra).
    assert (not_more : ω * a <= 1) by (apply (Rmult_le_reg_r γ); [lra|]; nra).
    assert (not_less : 1 / 2 <= ω * a) by (apply (Rmult_le_reg_r γ); [lra|]; nra).
    assert (cosine_zero : forall t, cos (ω * t) = 0 -> Rabs (sin (ω * t)) = 1).
    { intros t zero. pose proof (sin2_cos2 (ω * t)) as unit. rewrite zero in unit. unfold Rsqr in unit.
      assert (square : (sin (ω * t) - 1) * (sin (ω * t) + 1) = 0) by lra.
      apply Rmult_integral in square. destruct square.
      - replace (sin (ω * t)) with 1 by lra. apply Rabs_R1.
      - replace (sin (ω * t)) with (-1) by lra. rewrite Rabs_left; lra. }
    exists {| shape := wave (L / ω ^ 2) ω; at_first := PI / 2 / ω; keeps := fun _ t => cos (ω * t) = 0 |}.
    assert (height : L / ω ^ 2 * ω = L / ω) by (field; lra).
    unfold steep_for. cbn [shape at_first keeps value_of slope_of wave]. rewrite height. repeat apply conj.
    + intros s t. rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq (L / ω)) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
      apply Rle_trans with (L / ω * (ω * Rabs (s - t))).
      * apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra|].
        eapply Rle_trans; [apply sin_lipschitz|]. rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq ω); lra.
      * right. field. lra.
    + intros t. pose proof (COS_bound (ω * t)). assert (0 <= L / ω ^ 2) by (apply Rlt_le, Rdiv_lt_0_compat; [lra | apply pow_lt; lra]).
      nra.
    + replace (ω * (PI / 2 / ω)) with (PI / 2) by (field; lra). rewrite cos_PI2.
      apply Rle_trans with (4 * a ^ 2 * L); [|lra].
      apply (Rmult_le_reg_r (ω ^ 2)); [apply pow_lt; lra|]. replace ((L / ω ^ 2 - L / ω ^ 2 * 0) * ω ^ 2) with (L * 1) by (field; lra).
      replace (4 * a ^ 2 * L * ω ^ 2) with (L * (4 * (ω * a) ^ 2)) by ring. apply Rmult_le_compat_l; [lra | nra].
    + replace (ω * (PI / 2 / ω)) with (PI / 2) by (field; lra). apply cos_PI2.
    + intros m t zero. repeat split.
      * rewrite Rabs_mult, cosine_zero by exact zero. rewrite Rabs_pos_eq by (apply Rlt_le, Rdiv_lt_0_compat; lra).
        apply (Rmult_le_reg_r ω); [lra|]. replace (L / ω * 1 * ω) with (L * 1) by (field; lra). nra.
      * intros _. rewrite Rmult_minus_distr_l, turns, cos_minus, no_sine, zero. ring.
      * intros _. rewrite Rmult_plus_distr_l, turns, cos_plus, no_sine, zero. ring.
Qed.

(** * The theorem *)

Section LowerBound.

Variable n : nat.
Variables (L σ γ : nat -> R) (Δ : R) (T B : nat).
(** Assumption 2(b) and 2(c): L_i > 0. *)
Hypothesis L_positive : forall i, (i < n)%nat -> 0 < L i.
(** Assumption 2(d): σ_i ≥ 0, and not all are 0. *)
Hypothesis σ_nonneg : forall i, (i < n)%nat -> 0 <= σ i.
Hypothesis σ_positive : 0 < sum n σ.
(** Δ > 0 *)
Hypothesis Δ_positive : 0 < Δ.
(** The steps are γ_i > 0, one for each coordinate; T ≥ 1 and B ≥ 1. *)
Hypothesis γ_positive : forall i, (i < n)%nat -> 0 < γ i.
Hypothesis T_positive : (1 <= T)%nat.
Hypothesis B_positive : (1 <= B)%nat.

Lemma Λ_positive : 0 < sum n L.
Proof.
  destruct n as [|m]; [cbn [sum] in σ_positive; lra|]. cbn [sum].
  assert (0 <= sum m L) by (apply sum_nonneg; intros i inside; apply Rlt_le, L_positive; lia).
  pose proof (L_positive m ltac:(lia)). lra.
Qed.
Lemma T_real : 1 <= INR T. Proof. apply (le_INR 1 T T_positive). Qed.
Lemma B_real : 1 <= INR B. Proof. apply (le_INR 1 B B_positive). Qed.

(** A gap that is shared in proportion to L_i makes the steps at which families take turns the same in all coordinates. *)
Theorem without_noise : exists I : instance n L σ γ Δ, forall at_zero, is_sign_of_zero at_zero ->
  sqrt (sum n L * Δ / (2 * INR T)) <= left_side I B at_zero T.
Proof.
  pose proof Λ_positive as Λ_positive. pose proof T_real as T_real. set (Λ := sum n L) in *.
  set (a := sqrt (Δ / (2 * INR T * Λ))).
  assert (ratio : 0 < Δ / (2 * INR T * Λ)) by (apply Rdiv_lt_0_compat; nra).
  assert (a_positive : 0 < a) by (apply sqrt_lt_R0; exact ratio).
  assert (a_square : a ^ 2 = Δ / (2 * INR T * Λ)) by (apply pow2_sqrt; lra).
  destruct (choose {| shape := parabola 0; at_first := 0; keeps := fun _ _ => True |} (fun i => steep_for T (γ i) (L i) a) n)
    as [h steep].
  { intros i inside. apply steep_hill; auto. }
  assert (law_is : is_law [(1, tt)]) by (split; [repeat constructor; cbn; lra | cbn; ring]).
  assert (centred : forall i, (i < n)%nat -> expectation [(1, tt)] (fun _ => 0) = 0) by (intros; cbn; ring).
  assert (spread : forall i, (i < n)%nat -> expectation [(1, tt)] (fun _ => 0 ^ 2) <= σ i ^ 2).
  { intros i _. cbn [expectation]. rewrite pow_i by lia. pose proof (pow2_ge_0 (σ i)). lra. }
  assert (low : sum n (fun i => value_of (shape (h i)) (at_first (h i))) <= Δ).
  { apply Rle_trans with (sum n (fun i => 2 * INR T * a ^ 2 * L i)).
    - apply sum_below. intros i inside. apply (steep i inside).
    - rewrite sum_times. fold Λ. rewrite a_square. right. field. lra. }
  exists (additive n L σ γ Δ γ_positive L_positive Datatypes.unit [(1, tt)] law_is (fun _ _ => 0) centred spread (fun i => shape (h i))
    (fun i s t inside => proj1 (steep i inside) s t) (fun i t inside => proj1 (proj2 (steep i inside)) t) (fun i => at_first (h i)) low).
  intros at_zero at_zero_is. rewrite left_side_is.
  apply Rle_trans with (sum n (fun i => L i * a)).
  - rewrite (sum_same n (fun i => L i * a) (fun i => a * L i)) by (intros; ring). rewrite sum_times. fold Λ.
    right. apply Rsqr_inj; [apply sqrt_pos | nra |].
    rewrite Rsqr_sqrt by (apply Rlt_le, Rdiv_lt_0_compat; nra).
    replace (Rsqr (a * Λ)) with (a ^ 2 * Λ ^ 2) by (unfold Rsqr; ring). rewrite a_square. field. lra.
  - apply (Rmult_le_reg_l (INR T)); [lra|]. unfold Rdiv. rewrite (Rmult_comm _ (/ INR T)), <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
    apply (quiet_walk n γ γ_positive Datatypes.unit [(1, tt)] law_is (fun _ _ => 0) centred (fun i => shape (h i)) B B_positive at_zero
      (fun i => keeps (h i)) (fun i => L i * a)).
    + reflexivity.
    + intros i m t inside here. destruct (steep i inside) as [_ [_ [_ [_ closed]]]]. destruct (closed m t here) as [large moves].
      repeat split; [pose proof (L_positive i inside); nra | exact large | apply moves | apply moves].
    + intros i inside. apply (steep i inside).
Qed.

(** A rare event of probability p, and whether none is among the draws. *)
Definition event (p : R) : list (R * bool) := [(1 - p, false); (p, true)].
Definition no_event (draws : list bool) : R := if in_dec Bool.bool_dec true draws then 0 else 1.
Lemma probability_of_no_event p b : expectation (batches bool (event p) b) no_event = (1 - p) ^ b.
Proof.
  induction b as [|b IH]; [cbn; ring|]. rewrite expected_batches. cbn [event expectation pow].
  rewrite (expected_same _ (fun rest => no_event (false :: rest)) no_event).
  2: { intros rest. unfold no_event. destruct (in_dec _ true (false :: rest)) as [[?|yes]|no], (in_dec _ true rest) as [yes'|no'];
       try reflexivity; try discriminate; exfalso; [apply no'; exact yes | apply no; right; exact yes']. }
  rewrite (expected_same _ (fun rest => no_event (true :: rest)) (fun _ => 0 * 0)).
  2: { intros rest. unfold no_event. destruct (in_dec _ true (true :: rest)) as [yes|no]; [ring|]. exfalso. apply no. left. reflexivity. }
  rewrite expected_times, IH. ring.
Qed.

(** While G_i is at most what it is on the ramp, a mini-batch without an event has Ĝ_i < 0 in all coordinates at once: x climbs
    a ramp, and stays there with a probability that does not depend on T or on the steps. *)
Theorem with_rare_events t z : 0 < t < z -> t ^ 2 * sum n (fun i => σ i ^ 2 / L i) <= 2 * INR B * Δ -> (1 + z ^ 2 / INR B) ^ B <= 2 ->
  exists I : instance n L σ γ Δ, forall at_zero, is_sign_of_zero at_zero ->
    t * (2 - (1 + z ^ 2 / INR B) ^ B) * sum n σ / sqrt (INR B) <= left_side I B at_zero T.
Proof.
  intros between fits often. pose proof T_real as T_real. pose proof B_real as B_real.
  destruct (at_least_one_step B B_positive) as [_ [root root_square]]. set (ρB := sqrt (INR B)) in *.
  assert (z_square : 0 < z ^ 2) by (apply pow_lt; lra).
  set (p := z ^ 2 / (INR B + z ^ 2)).
  assert (p_is : p * (INR B + z ^ 2) = z ^ 2) by (unfold p; field; lra).
  assert (p_positive : 0 < p) by (apply Rdiv_lt_0_compat; lra).
  assert (rest : 1 - p = / (1 + z ^ 2 / INR B)) by (unfold p; field; lra).
  assert (rest_positive : 0 < 1 - p) by (rewrite rest; apply Rinv_0_lt_compat; pose proof (Rdiv_lt_0_compat _ _ z_square (Rlt_le_trans _ _ _ Rlt_0_1 B_real)); lra).
  assert (law_is : is_law (event p)) by (split; [repeat constructor; cbn; lra | cbn; ring]).
  set (η := fun i => z * (σ i / ρB)). set (noise := fun (k : bool) i => if k then η i * ((1 - p) / p) else - η i).
  assert (centred : forall i, (i < n)%nat -> expectation (event p) (fun k => noise k i) = 0).
  { intros i _. cbn [event expectation]. unfold noise. field. lra. }
  assert (spread : forall i, (i < n)%nat -> expectation (event p) (fun k => noise k i ^ 2) <= σ i ^ 2).
  { intros i _. cbn [event expectation]. unfold noise, η. right.
    transitivity (z ^ 2 * (σ i ^ 2 / (ρB * ρB)) * ((1 - p) / p)); [field; lra|].
    rewrite root_square. unfold p. field. lra. }
  set (g := fun i => t * (σ i / ρB)).
  assert (σ_part : forall i, (i < n)%nat -> 0 <= σ i / ρB).
  { intros i inside. unfold Rdiv. apply Rmult_le_pos; [apply σ_nonneg, inside | apply Rlt_le, Rinv_0_lt_compat; lra]. }
  assert (g_nonneg : forall i, (i < n)%nat -> 0 <= g i) by (intros i inside; unfold g; pose proof (σ_part i inside); nra).
  assert (a_nonneg : forall i, (i < n)%nat -> 0 <= g i / L i).
  { intros i inside. unfold Rdiv. apply Rmult_le_pos; [apply g_nonneg, inside | apply Rlt_le, Rinv_0_lt_compat, L_positive, inside]. }
  set (a := fun i => Rmax 0 (g i / Rmax 0 (L i))).
  assert (a_is : forall i, (i < n)%nat -> a i = g i / L i).
  { intros i inside. unfold a. pose proof (L_positive i inside). rewrite (Rmax_right 0 (L i)) by lra. apply Rmax_right, a_nonneg, inside. }
  set (F := fun i => ramp (Rmax 0 (L i)) (a i) (Rmax_l _ _) (Rmax_l _ _)).
  assert (slope_is : forall i u, (i < n)%nat -> slope_of (F i) u = L i * clip (g i / L i) u).
  { intros i u inside. unfold F. cbn [slope_of ramp]. rewrite a_is by exact inside.
    pose proof (L_positive i inside). rewrite Rmax_right by lra. reflexivity. }
  assert (F_smooth : forall i s u, (i < n)%nat -> Rabs (slope_of (F i) s - slope_of (F i) u) <= L i * Rabs (s - u)).
  { intros i s u inside. rewrite !slope_is by exact inside. pose proof (L_positive i inside).
    rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq (L i)) by lra.
    apply Rmult_le_compat_l; [lra | apply clip_lipschitz, a_nonneg, inside]. }
  assert (F_nonneg : forall i u, (i < n)%nat -> 0 <= value_of (F i) u) by (intros i u _; apply ramp_nonneg; apply Rmax_l).
  assert (low : sum n (fun i => value_of (F i) (a i)) <= Δ).
  { rewrite (sum_same n _ (fun i => t ^ 2 / (2 * INR B) * (σ i ^ 2 / L i))).
    - rewrite sum_times. apply (Rmult_le_reg_l (2 * INR B)); [lra|].
      replace (2 * INR B * (t ^ 2 / (2 * INR B) * sum n (fun i => σ i ^ 2 / L i))) with (t ^ 2 * sum n (fun i => σ i ^ 2 / L i)) by (field; lra).
      exact fits.
    - intros i inside. unfold F. cbn [value_of ramp]. pose proof (L_positive i inside). rewrite (Rmax_right 0 (L i)) by lra.
      unfold ramp_value. rewrite clip_above; [|rewrite a_is by exact inside; apply a_nonneg, inside | lra].
      rewrite a_is by exact inside. unfold g. rewrite <- root_square. field. lra. }
  exists (additive n L σ γ Δ γ_positive L_positive bool (event p) law_is noise centred spread F F_smooth F_nonneg a low).
  intros at_zero at_zero_is. rewrite left_side_is.
  set (sgrad := fun (x : vector) i => slope_of (F i) (x i)). set (sprox := fun k (y : vector) i => y i - γ i * noise k i).
  set (next := step_by_coordinate sgrad sprox γ B at_zero).
  set (cost := fun x => sum n (fun i => Rabs (G_by_coordinate (event p) sgrad sprox γ x i))).
  set (q := (1 - p) ^ B). set (ratio := (1 - q) / q).
  assert (q_inverse : / q = (1 + z ^ 2 / INR B) ^ B) by (unfold q; rewrite rest, pow_inv, Rinv_inv; reflexivity).
  assert (q_positive : 0 < q) by (apply pow_lt; exact rest_positive).
  assert (q_small : q <= 1) by (apply Rle_trans with (1 ^ B); [apply pow_incr; lra | rewrite pow1; lra]).
  assert (ratio_is : ratio = / q - 1) by (unfold ratio; field; lra).
  assert (ratio_between : 0 <= ratio <= 1).
  { split; [|rewrite ratio_is, q_inverse; lra]. unfold ratio, Rdiv. apply Rmult_le_pos; [lra | apply Rlt_le, Rinv_0_lt_compat; lra]. }
  assert (turn : q * ratio = 1 - q) by (unfold ratio; field; lra).
  set (all := sum n g). assert (all_nonneg : 0 <= all) by (apply sum_nonneg; exact g_nonneg).
  (* While no coordinate is below its start, G_i is g_i. From j steps above it, the walk never falls below with this probability. *)
  assert (climb : forall m j x, (forall i, (i < n)%nat -> 0 < σ i -> a i + INR j * γ i <= x i) ->
    INR m * (all * (1 - ratio ^ S j)) <= expected_total (list bool) (batches bool (event p) B) vector next cost m x).
  { induction m as [|m IH]; intros j x here.
    - cbn [INR]. rewrite Rmult_0_l. apply (totals_nonneg n γ bool (event p) law_is noise F B at_zero).
    - rewrite (first_step _ _ (batches_are_law bool (event p) law_is B)), S_INR.
      assert (now : all <= cost x).
      { unfold cost. rewrite (cost_is n γ γ_positive bool (event p) law_is noise centred F). apply sum_below. intros i inside.
        rewrite slope_is by exact inside. pose proof (L_positive i inside).
        destruct (Rle_lt_or_eq_dec _ _ (σ_nonneg i inside)) as [positive|zero].
        - specialize (here i inside positive). rewrite a_is in here by exact inside.
          pose proof (Rmult_le_pos _ _ (pos_INR j) (Rlt_le _ _ (γ_positive i inside))).
          rewrite clip_above; [|apply a_nonneg, inside | lra].
          replace (L i * (g i / L i)) with (g i) by (field; lra). apply Rle_abs.
        - unfold g. rewrite <- zero. unfold Rdiv. rewrite Rmult_0_l, Rmult_0_r. apply Rabs_pos. }
      set (up := INR m * (all * (1 - ratio ^ S (S j)))). set (back := INR m * (all * (1 - ratio ^ j))).
      assert (later : back + (up - back) * q <= expectation (batches bool (event p) B)
        (fun draws => expected_total (list bool) (batches bool (event p) B) vector next cost m (next draws x))).
      { unfold q. rewrite <- probability_of_no_event, Rplus_comm.
        rewrite <- expected_times, <- (expected_shifted _ _ _ (batches_are_law bool (event p) law_is B)).
        apply (expected_lists bool (event p) law_is B). intros draws counted. unfold no_event.
        destruct (in_dec Bool.bool_dec true draws) as [turned|climbed].
        - replace ((up - back) * 0 + back) with back by ring. unfold back. destruct j as [|j].
          + cbn [pow]. rewrite Rminus_diag, !Rmult_0_r. apply (totals_nonneg n γ bool (event p) law_is noise F B at_zero).
          + apply IH. intros i inside positive. specialize (here i inside positive). rewrite S_INR in here.
            pose proof (next_above n γ γ_positive bool noise F B at_zero at_zero_is draws x i inside) as not_far.
            change (x i - γ i <= next draws x i) in not_far. lra.
        - replace ((up - back) * 1 + back) with up by ring. apply IH. intros i inside positive. specialize (here i inside positive).
          pose proof (γ_positive i inside) as γ_i. pose proof (L_positive i inside) as L_i.
          assert (same : forall k, In k draws -> noise k i = - η i).
          { intros [|] among; [contradiction | reflexivity]. }
          pose proof (estimate_is γ bool noise F B B_positive draws x i (- η i) counted same) as estimate.
          change (x i - Phat_by_coordinate sgrad sprox γ B draws x i = γ i * (slope_of (F i) (x i) + - η i)) in estimate.
          assert (below : slope_of (F i) (x i) < η i).
          { rewrite slope_is by exact inside. pose proof (clip_between (g i / L i) (x i) (a_nonneg i inside)) as [_ less].
            apply (Rmult_le_compat_l (L i)) in less; [|lra]. replace (L i * (g i / L i)) with (g i) in less by (field; lra).
            assert (0 < σ i / ρB) by (apply Rdiv_lt_0_compat; lra). unfold η. unfold g in *. nra. }
          unfold next, step_by_coordinate. rewrite estimate. unfold sgn.
          destruct (Rlt_dec 0 (γ i * (slope_of (F i) (x i) + - η i))) as [bad|_]; [exfalso; nra|].
          destruct (Rlt_dec (γ i * (slope_of (F i) (x i) + - η i)) 0) as [_|bad]; [|exfalso; nra].
          rewrite S_INR. lra. }
      assert (harmonic : back + (up - back) * q = INR m * (all * (1 - ratio ^ S j))).
      { unfold back, up. cbn [pow].
        replace (INR m * (all * (1 - ratio ^ j)) + (INR m * (all * (1 - ratio * (ratio * ratio ^ j))) - INR m * (all * (1 - ratio ^ j))) * q)
          with (INR m * (all * (1 - ratio ^ j * ((1 - q) + ratio * (q * ratio))))) by ring.
        rewrite turn. replace (1 - q + ratio * (1 - q)) with ratio; [ring|]. rewrite <- turn. transitivity (q * ratio * (1 + ratio)); [|ring].
        rewrite ratio_is. field. lra. }
      rewrite harmonic in later.
      assert (0 <= all * ratio ^ S j) by (apply Rmult_le_pos; [exact all_nonneg | apply pow_le; lra]). lra. }
  specialize (climb T 0%nat a). cbn [INR] in climb.
  apply (Rmult_le_reg_l (INR T)); [lra|]. unfold Rdiv at 3. rewrite (Rmult_comm _ (/ INR T)), <- Rmult_assoc, Rinv_r, Rmult_1_l by lra.
  eapply Rle_trans; [|apply climb; intros; lra].
  right. unfold all, g. rewrite sum_times. rewrite (sum_same n (fun i => σ i / ρB) (fun i => / ρB * σ i)) by (intros; unfold Rdiv; ring).
  rewrite sum_times, pow_1, ratio_is, q_inverse. unfold Rdiv. generalize ((1 + z ^ 2 * / INR B) ^ B) (sum n σ). intros. ring.
Qed.

(** 0.6888 is below 2 − e^z² for z ≤ 0.516. *)
Lemma often_enough z : 0 <= z <= 516 / 1000 -> (1 + z ^ 2 / INR B) ^ B <= 2 - 6888 / 10000.
Proof.
  intros small. pose proof B_real as B_real. set (s := z ^ 2).
  assert (s_small : 0 <= s <= 266256 / 1000000) by (unfold s; nra).
  assert (powers : forall y m, exp y ^ m = exp (INR m * y)).
  { intros y m. induction m as [|m IH]; [cbn [pow INR]; rewrite Rmult_0_l, exp_0; reflexivity|].
    cbn [pow]. rewrite IH, <- exp_plus, S_INR. f_equal. ring. }
  apply Rle_trans with (exp (s / INR B) ^ B).
  { apply pow_incr. split; [|apply exp_ineq1_le]. assert (0 <= s / INR B); [|lra].
    unfold Rdiv. apply Rmult_le_pos; [lra | apply Rlt_le, Rinv_0_lt_compat; lra]. }
  rewrite powers. replace (INR B * (s / INR B)) with (- (INR 8 * (- s / 8))) by (cbn [INR]; field; lra).
  rewrite exp_Ropp, <- powers.
  assert (factor : 1 - 33282 / 1000000 <= exp (- s / 8)) by (pose proof (exp_ineq1_le (- s / 8)); lra).
  assert (eighth : 7627 / 10000 <= exp (- s / 8) ^ 8).
  { apply Rle_trans with ((1 - 33282 / 1000000) ^ 8); [lra|]. apply pow_incr. lra. }
  apply (Rmult_le_reg_l (exp (- s / 8) ^ 8)); [lra|]. rewrite Rinv_r by lra. lra.
Qed.

Lemma fourth_power x y : 0 <= y -> x ^ 4 <= y ^ 4 -> x <= y.
Proof.
  intros y_nonneg powers. apply Rnot_lt_le. intros larger.
  assert (y ^ 2 < x ^ 2) by nra. nra.
Qed.

(** TB ≥ ‖L‖₁M²/(Δ‖σ‖₁²) with M = Σσ_i²/L_i *)
Hypothesis draws_enough : sum n L * sum n (fun i => σ i ^ 2 / L i) ^ 2 / (Δ * sum n σ ^ 2) <= INR T * INR B.

Notation least := (1 / 2).
(** (1/T) Σ E‖G(x^{t−1})‖₁ ≥ ½(‖L‖₁Δ‖σ‖₁²/(TB))^¼ on some instance, for every value of sgn(0). *)
Theorem sign_prox_lower_bound : exists I : instance n L σ γ Δ, forall at_zero, is_sign_of_zero at_zero ->
  least * sqrt (sqrt (sum n L * Δ * sum n σ ^ 2 / (INR T * INR B))) <= left_side I B at_zero T.
Proof.
  pose proof Λ_positive as Λ_positive. pose proof T_real as T_real. pose proof B_real as B_real.
  pose proof without_noise as quiet. pose proof with_rare_events as rare.
  destruct (at_least_one_step B B_positive) as [_ [root root_square]]. set (ρB := sqrt (INR B)) in *.
  set (Λ := sum n L) in *. set (S := sum n σ) in *. set (M := sum n (fun i => σ i ^ 2 / L i)) in *.
  set (N := INR T * INR B) in *. assert (N_positive : 0 < N) by (unfold N; nra).
  set (W := Λ * Δ * S ^ 2 / N). assert (S_square : 0 < S ^ 2) by (apply pow_lt; lra).
  assert (W_positive : 0 < W) by (apply Rdiv_lt_0_compat; [positive | exact N_positive]).
  set (target := least * sqrt (sqrt W)).
  assert (target_power : target ^ 4 = least ^ 4 * W).
  { unfold target. replace ((least * sqrt (sqrt W)) ^ 4) with (least ^ 4 * (sqrt (sqrt W) ^ 2) ^ 2) by ring.
    rewrite pow2_sqrt by apply sqrt_pos. rewrite pow2_sqrt by lra. reflexivity. }
  assert (target_nonneg : 0 <= target) by (apply Rmult_le_pos; [lra | apply sqrt_pos]).
  destruct (Rle_dec target (sqrt (Λ * Δ / (2 * INR T)))) as [enough|not_enough].
  { destruct quiet as [I bound]. exists I. intros at_zero is. specialize (bound at_zero is). lra. }
  assert (M_nonneg : 0 <= M).
  { apply sum_nonneg. intros i inside. unfold Rdiv. apply Rmult_le_pos; [apply pow2_ge_0|]. apply Rlt_le, Rinv_0_lt_compat, L_positive, inside. }
  assert (found : exists t, 0 < t <= 514 / 1000 /\ t ^ 2 * M <= 2 * INR B * Δ /\ target <= t * (6888 / 10000) * S / ρB).
  { destruct (Rle_dec ((514 / 1000) ^ 2 * M) (2 * INR B * Δ)) as [weak|strong].
    - exists (514 / 1000). repeat split; [lra | lra | exact weak |].
      set (κ := 514 / 1000 * (6888 / 10000)). set (right := κ * S / ρB).
      assert (right_positive : 0 < right) by (unfold right, κ; apply Rdiv_lt_0_compat; nra).
      apply fourth_power; [lra|]. rewrite target_power.
      set (left := sqrt (Λ * Δ / (2 * INR T))) in *.
      assert (left_square : left ^ 2 = Λ * Δ / (2 * INR T)) by (apply pow2_sqrt, Rlt_le, Rdiv_lt_0_compat; nra).
      assert (left_positive : 0 < left) by (apply sqrt_lt_R0, Rdiv_lt_0_compat; nra).
      assert (right_square : right ^ 2 = κ ^ 2 * S ^ 2 / INR B) by (rewrite <- root_square; unfold right; field; lra).
      assert (mean : least ^ 4 * W <= left ^ 2 * right ^ 2).
      { rewrite left_square, right_square. replace (Λ * Δ / (2 * INR T) * (κ ^ 2 * S ^ 2 / INR B)) with (κ ^ 2 / 2 * W)
          by (unfold W, N; field; lra).
        apply Rmult_le_compat_r; [lra | unfold κ; lra]. }
      (* left < target, so that target is below the other one. *)
      assert (lower : left ^ 2 <= target ^ 2) by nra.
      assert (squares : target ^ 2 * target ^ 2 <= target ^ 2 * right ^ 2).
      { replace (target ^ 2 * target ^ 2) with (target ^ 4) by ring. rewrite target_power.
        eapply Rle_trans; [exact mean|]. apply Rmult_le_compat_r; [apply pow2_ge_0 | exact lower]. }
      assert (0 < target ^ 2) by nra. apply Rmult_le_reg_l in squares; [|assumption]. rewrite <- target_power.
      replace (target ^ 4) with (target ^ 2 * target ^ 2) by ring. replace (right ^ 4) with (right ^ 2 * right ^ 2) by ring. nra.
    - assert (M_positive : 0 < M) by nra.
      set (t := sqrt (2 * INR B * Δ / M)). assert (inner_positive : 0 < 2 * INR B * Δ / M) by (apply Rdiv_lt_0_compat; nra).
      assert (t_square : t ^ 2 = 2 * INR B * Δ / M) by (apply pow2_sqrt; lra).
      assert (t_positive : 0 < t) by (apply sqrt_lt_R0; lra).
      exists t. repeat split; [exact t_positive | | |].
      + assert (t ^ 2 <= (514 / 1000) ^ 2); [|nra]. rewrite t_square.
        apply (Rmult_le_reg_r M); [exact M_positive|]. replace (2 * INR B * Δ / M * M) with (2 * INR B * Δ) by (field; lra). lra.
      + right. rewrite t_square. field. lra.
      + set (right := t * (6888 / 10000) * S / ρB).
        assert (0 < right) by (unfold right; apply Rdiv_lt_0_compat; nra).
        apply fourth_power; [lra|]. rewrite target_power.
        replace (right ^ 4) with ((6888 / 10000) ^ 4 * 4 * (S ^ 2 * S ^ 2 * Δ ^ 2 / M ^ 2)).
        2: { unfold right. replace ((t * (6888 / 10000) * S / ρB) ^ 4) with ((t ^ 2) ^ 2 * (6888 / 10000) ^ 4 * S ^ 4 / ((ρB * ρB) * (ρB * ρB)))
               by (field; lra). rewrite t_square, root_square. field. lra. }
        assert (W <= S ^ 2 * S ^ 2 * Δ ^ 2 / M ^ 2).
        { unfold W. apply (Rmult_le_reg_r N); [exact N_positive|]. replace (Λ * Δ * S ^ 2 / N * N) with (Λ * Δ * S ^ 2) by (field; lra).
          assert (M_square : 0 < M ^ 2) by (apply pow_lt; exact M_positive).
          pose proof (Rmult_lt_0_compat _ _ Δ_positive S_square) as scale.
          replace (Λ * Δ * S ^ 2) with (S ^ 2 * S ^ 2 * Δ ^ 2 / M ^ 2 * (Λ * M ^ 2 / (Δ * S ^ 2))) by (field; repeat split; lra).
          apply Rmult_le_compat_l; [|exact draws_enough].
          apply Rlt_le, Rdiv_lt_0_compat; [|exact M_square]. pose proof (pow_lt Δ 2 Δ_positive). nra. }
        apply Rmult_le_compat; lra. }
  destruct found as [t [[t_positive t_small] [fits bound]]].
  set (z := t * (258 / 257)). assert (z_small : 0 <= z <= 516 / 1000) by (unfold z; lra).
  pose proof (often_enough z z_small) as often.
  destruct (rare t z) as [I rare_bound]; [unfold z; lra | exact fits | lra |].
  exists I. intros at_zero is. specialize (rare_bound at_zero is). eapply Rle_trans; [exact bound|]. eapply Rle_trans; [|exact rare_bound].
  apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra|]. apply Rmult_le_compat_r; [lra|].
  apply Rmult_le_compat_l; lra.
Qed.
End LowerBound.

(** With one step for all coordinates the maps are those of [theorem_2], and the bound of [theorem_2_general] holds too. *)
Lemma prox_with_one_step n γ r p : 0 < γ -> is_prox_by_coordinate n (fun _ => γ) r p -> is_prox γ n r p.
Proof.
  intros γ_positive minimises y u. specialize (minimises y u). apply (Rmult_le_compat_l γ) in minimises; [|lra].
  rewrite !Rmult_plus_distr_l, <- !sum_times in minimises. rewrite !inner_sum, <- !sum_times.
  rewrite (sum_same n (fun i => 1 / 2 * ((p y - y)%vector i * (p y - y)%vector i)) (fun i => γ * ((p y i - y i) ^ 2 / (2 * γ))))
    by (intros; unfold minus; field; lra).
  rewrite (sum_same n (fun i => 1 / 2 * ((u - y)%vector i * (u - y)%vector i)) (fun i => γ * ((u i - y i) ^ 2 / (2 * γ))))
    by (intros; unfold minus; field; lra). exact minimises.
Qed.
Theorem upper_bound n L σ γ Δ (I : instance n L σ (fun _ => γ) Δ) κ at_zero B T :
  (forall i, (i < n)%nat -> 0 <= L i) -> (forall i, (i < n)%nat -> 0 <= σ i) -> 0 < γ ->
  (forall i, (i < n)%nat -> is_noise_factor (γ * L i) (κ i)) ->
  is_sign_of_zero at_zero -> (1 <= B)%nat -> (1 <= T)%nat ->
  left_side I B at_zero T <= Δ / (γ * INR T) + γ * sum n L + (1 - 1 / INR T) * sum n (fun i => κ i * (σ i / sqrt (INR B))).
Proof.
  intros L_nonneg σ_nonneg γ_positive κ_enough at_zero_is B_positive T_positive.
  destruct I as [K law d_ gradient r_ grad_r proxes r_of_9 x0 least law_is ? ? ? ? ? minimises spread entries reg_minimises below gap_is].
  eapply Rle_trans.
  - apply (theorem_2_general n K law law_is d_ gradient r_ grad_r proxes L σ γ) with (reg := r_of_9) (f_min := least) (κ := κ); try assumption.
    + intros k. apply prox_with_one_step; auto.
    + apply prox_with_one_step; auto.
  - apply Rplus_le_compat_r, Rplus_le_compat_r. apply Rmult_le_compat_r; [|exact gap_is].
    pose proof (le_INR 1 T T_positive) as one. cbn [INR] in one. apply Rlt_le, Rinv_0_lt_compat. nra.
Qed.
