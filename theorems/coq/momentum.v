(** signProx with momentum, from Assumption 2: a running mean of Ĝ in place of a growing mini-batch.

    [sign_prox_momentum] has every step γ, momentum 0 < α ≤ 1, B and T ≥ 1, and any value of sgn 0;
    [sign_prox_momentum_for_any_estimate] any unbiased estimate of P(x) in place of P̂(x).
    Its law is finite, and so not that of the normal noise of Figure 1. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average theorem_2.

(** A state is x and the running mean m, if there is one yet: m⁺ = Ĝ(x) at first and then (1 − α)m + αĜ(x), and
    x⁺ = x − γ sgn m⁺. *)
Definition mean_with {Outcome : Type} (γ α : R) (estimate : Outcome -> vector -> vector) (ω : Outcome)
  (s : vector * option vector) : vector :=
  let Ghat := ((1 / γ) • (fst s - estimate ω (fst s)))%vector in
  match snd s with
  | None => Ghat
  | Some m => ((1 - α) • m + α • Ghat)%vector
  end.
Definition momentum_step {Outcome : Type} (γ α : R) (estimate : Outcome -> vector -> vector)
  (at_zero : Outcome -> vector -> nat -> R) (ω : Outcome) (s : vector * option vector) : vector * option vector :=
  let m := mean_with γ α estimate ω s in (fun i => fst s i - γ * sgn (m i) (at_zero ω m i), Some m).

Lemma sum_from_the_first T X : sum (S T) X = X O + sum T (fun t => X (S t)).
Proof. induction T as [|T IH]; cbn [sum] in *; [ring | rewrite IH; ring]. Qed.
Lemma sum_of_constant T a : sum T (fun _ => a) = INR T * a.
Proof. induction T as [|T IH]; [cbn; ring | cbn [sum]; rewrite S_INR, IH; ring]. Qed.

(** E√X ≤ √E X *)
Lemma expected_root {Outcome} (law : list (R * Outcome)) X M : is_law law -> (forall ω, 0 <= X ω) ->
  expectation law X <= M -> expectation law (fun ω => sqrt (X ω)) <= sqrt M.
Proof.
  intros law_is X_nonneg below. pose proof (expected_nonneg law X law_is X_nonneg) as nonneg.
  apply le_epsilon. intros ε ε_positive. set (s := sqrt M). assert (s_nonneg : 0 <= s) by apply sqrt_pos.
  assert (s_square : s * s = M) by (apply sqrt_sqrt; lra).
  set (c := s + ε). assert (c_positive : 0 < c) by (unfold c; lra).
  apply Rle_trans with (expectation law (fun ω => 1 / (2 * c) * X ω + c / 2)).
  - apply expected_monotone; [exact law_is|]. intros ω. specialize (X_nonneg ω).
    pose proof (sqrt_sqrt (X ω) X_nonneg) as square. pose proof (pow2_ge_0 (sqrt (X ω) - c)) as gap.
    apply (Rmult_le_reg_l (2 * c)); [lra|]. replace (2 * c * (1 / (2 * c) * X ω + c / 2)) with (X ω + c * c) by (field; lra). lra.
  - rewrite (expected_shifted _ _ _ law_is), expected_times. apply (Rmult_le_reg_l (2 * c)); [lra|].
    replace (2 * c * (1 / (2 * c) * expectation law X + c / 2)) with (expectation law X + c * c) by (field; lra).
    unfold c in *. pose proof (Rmult_le_pos s ε ltac:(lra) ltac:(lra)). pose proof (Rmult_le_pos ε ε ltac:(lra) ltac:(lra)). lra.
Qed.

(** What a wrong sign of m costs, where h is between g and (1 + ε)g. *)
Lemma sign_cost g h m ε zero : 0 <= ε -> -1 <= zero <= 1 -> (0 <= g -> g <= h <= (1 + ε) * g) -> (g <= 0 -> (1 + ε) * g <= h <= g) ->
  Rabs g - (2 + ε) * Rabs (m - g) <= h * sgn m zero.
Proof.
  intros ε_nonneg range above below. pose proof (sgn_bounded m zero range) as s_between.
  pose proof (Rmult_le_pos (2 + ε) (Rabs (m - g)) ltac:(lra) (Rabs_pos _)) as charge.
  destruct (Rle_dec 0 g) as [o|o].
  - specialize (above o). pose proof (Rmult_le_pos ε g ltac:(lra) o). rewrite (Rabs_pos_eq g o).
    destruct (Rlt_dec 0 m) as [same|other].
    + unfold sgn. destruct (Rlt_dec 0 m); [lra | contradiction].
    + pose proof (Rle_abs (- (m - g))) as far. rewrite Rabs_Ropp in far.
      pose proof (Rmult_le_pos (2 + ε) (Rabs (m - g) - g) ltac:(lra) ltac:(lra)).
      pose proof (Rmult_le_pos h (sgn m zero + 1) ltac:(lra) ltac:(lra)). lra.
  - specialize (below ltac:(lra)). pose proof (Rmult_le_pos ε (- g) ltac:(lra) ltac:(lra)). rewrite (Rabs_left g) by lra.
    destruct (Rlt_dec m 0) as [same|other].
    + unfold sgn. destruct (Rlt_dec 0 m); [lra|]. destruct (Rlt_dec m 0); [lra | contradiction].
    + pose proof (Rle_abs (m - g)) as far.
      pose proof (Rmult_le_pos (2 + ε) (Rabs (m - g) + g) ltac:(lra) ltac:(lra)).
      pose proof (Rmult_le_pos (- h) (1 - sgn m zero) ltac:(lra) ltac:(lra)). lra.
Qed.

Section Momentum.

Variable n : nat.
Notation "‖ u ‖₁" := (sum n (fun i => Rabs (u i))).

(** (8): θ_k ≥ 0 and Σθ_k = 1, for finitely many k. *)
Variable K : Type.
Variable θ : list (R * K).
Hypothesis θ_is_a_law : is_law θ.

Variables (d : vector -> R) (grad_d : vector -> vector) (r : K -> vector -> R) (grad_r prox : K -> vector -> vector).
Variables (L σ : nat -> R) (γ α : R).
(** γ > 0. *)
Hypothesis γ_positive : 0 < γ.
(** 0 < α ≤ 1. *)
Hypothesis α_between : 0 < α <= 1.
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

(** Assumption 2(d): E(P_k(x)_i − P(x)_i)² ≤ γ²σ_i² for every x and i; σ_i may be 0. *)
Hypothesis σ_nonneg : forall i, (i < n)%nat -> 0 <= σ i.
Hypothesis variance : forall x i, (i < n)%nat -> expectation θ (fun k => (Pk k x i - P x i) ^ 2) <= γ ^ 2 * σ i ^ 2.

Variable reg : vector -> R.
(** (9): f = d + r for any function r on Rⁿ of which Σθ_k prox_{γ r_k} is the proximal operator, such as the proximal average. *)
Hypothesis reg_entries : forall u v, (forall i, (i < n)%nat -> u i = v i) -> reg u = reg v.
Hypothesis reg_is : is_prox γ n reg (fun y => P0 y).
Notation f := (fun x => d x + reg x).
Variable f_min : R.
(** Assumption 2(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.

(** |G(x)_i − G(y)_i| ≤ 2L_i|x_i − y_i| *)
Lemma G_lipschitz x y i : (i < n)%nat -> Rabs (G x i - G y i) <= 2 * L i * Rabs (x i - y i).
Proof.
  intros inside. pose proof (d_smooth x y i inside) as steep. pose proof (L_nonneg i inside) as L_i.
  pose proof (P0_slope n K θ θ_is_a_law r grad_r prox L γ γ_positive r_convex r_differentiable r_smooth prox_minimises) as slope.
  pose proof (slope (x - γ • grad_d x)%vector (y - γ • grad_d y)%vector i inside) as forwards.
  pose proof (slope (y - γ • grad_d y)%vector (x - γ • grad_d x)%vector i inside) as backwards. clear slope.
  change (P0 (x - γ • grad_d x)%vector i) with (P x i) in *. change (P0 (y - γ • grad_d y)%vector i) with (P y i) in *.
  unfold minus, scaled in forwards, backwards. set (a := x i - y i) in *. set (δ := grad_d x i - grad_d y i) in *.
  set (p := P x i - P y i). assert (difference : G x i - G y i = (a - p) / γ) by (unfold G, scaled, minus, a, p; field; lra).
  assert (0 <= γ * L i) by (apply Rmult_le_pos; lra). pose proof (Rabs_pos a) as size.
  assert (δ_small : - (γ * L i * Rabs a) <= γ * δ <= γ * L i * Rabs a).
  { apply (Rmult_le_compat_l γ) in steep; [|lra]. pose proof (Rle_abs δ) as up. pose proof (Rle_abs (- δ)) as down. rewrite Rabs_Ropp in down.
    apply (Rmult_le_compat_l γ) in up; [|lra]. apply (Rmult_le_compat_l γ) in down; [|lra]. lra. }
  pose proof (Rle_abs a) as a_up. pose proof (Rle_abs (- a)) as a_down. rewrite Rabs_Ropp in a_down.
  assert (rest : - (γ * L i * Rabs a) <= a - γ * δ - p <= γ * L i * Rabs a).
  { destruct (Rle_dec 0 (a - γ * δ)) as [o|o].
    - specialize (forwards ltac:(unfold a, δ in *; lra)).
      assert (both : p <= a - γ * δ <= (1 + γ * L i) * p) by (unfold p, a, δ in *; lra).
      split; [pose proof (Rmult_le_pos (γ * L i) (Rabs a)); lra|]. apply (Rmult_le_reg_l (1 + γ * L i)); [lra|].
      pose proof (Rmult_le_compat_l (γ * L i) (a - γ * δ) ((1 + γ * L i) * Rabs a) ltac:(lra) ltac:(lra)). lra.
    - specialize (backwards ltac:(unfold a, δ in *; lra)).
      assert (both : - p <= - (a - γ * δ) <= (1 + γ * L i) * (- p)) by (unfold p, a, δ in *; lra).
      split; [|pose proof (Rmult_le_pos (γ * L i) (Rabs a)); lra]. apply (Rmult_le_reg_l (1 + γ * L i)); [lra|].
      pose proof (Rmult_le_compat_l (γ * L i) (- (a - γ * δ)) ((1 + γ * L i) * Rabs a) ltac:(lra) ltac:(lra)). lra. }
  rewrite difference. apply (Rmult_le_reg_l γ); [exact γ_positive|]. rewrite <- (Rabs_pos_eq γ) at 1 by lra. rewrite <- Rabs_mult.
  replace (γ * ((a - p) / γ)) with (a - p) by (field; lra). apply Rabs_le. lra.
Qed.

(** Any estimate of P(x) from an independent outcome ω, with mean P(x) and variances of at most γ²v_i². *)
Section Estimate.
Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.
Variable estimate : Outcome -> vector -> vector.
Variable at_zero : Outcome -> vector -> nat -> R.
Hypothesis at_zero_is : is_sign_of_zero at_zero.
Variable v : nat -> R.
Hypothesis v_nonneg : forall i, (i < n)%nat -> 0 <= v i.
Hypothesis unbiased : forall x i, (i < n)%nat -> expectation law (fun ω => estimate ω x i) = P x i.
Hypothesis spread : forall x i, (i < n)%nat -> expectation law (fun ω => (estimate ω x i - P x i) ^ 2) <= γ ^ 2 * v i ^ 2.
Notation State := (vector * option vector)%type.
Notation step := (momentum_step γ α estimate at_zero).
Notation cost := (fun s : State => ‖ G (fst s) ‖₁).
Notation summed := (expected_total Outcome law State step cost).

(** One step on every path: a wrong sign costs what m⁺ is away from G(x). *)
Lemma one_step_of_f ω s : let m := mean_with γ α estimate ω s in
  f (fst (step ω s)) <= f (fst s) - γ * ‖ G (fst s) ‖₁ + γ ^ 2 * sum n L + γ * sum n (fun i => (2 + γ * L i) * Rabs (m i - G (fst s) i)).
Proof.
  cbn zeta. destruct s as [x o]. cbn [fst]. set (m := mean_with γ α estimate ω (x, o)).
  destruct (one_step n K θ θ_is_a_law d grad_d r grad_r prox L γ γ_positive L_nonneg d_differentiable d_smooth r_convex
    r_differentiable r_smooth prox_minimises reg reg_entries reg_is x) as [h [between goes]].
  specialize (goes (fun i => sgn (m i) (at_zero ω m i)) (fun i _ => sgn_bounded _ _ (at_zero_is ω m i))).
  assert (signs : ‖ G x ‖₁ + (-1) * sum n (fun i => (2 + γ * L i) * Rabs (m i - G x i)) <= sum n (fun i => h i * sgn (m i) (at_zero ω m i))).
  { rewrite <- sum_times, <- sum_of_sums. apply sum_below. intros i inside. destruct (between i inside) as [above below].
    pose proof (sign_cost (G x i) (h i) (m i) (γ * L i) (at_zero ω m i) ltac:(apply Rmult_le_pos; [lra | apply L_nonneg; exact inside])
      (at_zero_is ω m i) above below). lra. }
  apply (Rmult_le_compat_l γ) in signs; [|lra].
  change (fst (step ω (x, o))) with (x - γ • (fun i => sgn (m i) (at_zero ω m i)))%vector. cbn beta in *. lra.
Qed.
(** One step moves every coordinate by γ at most. *)
Lemma G_moves ω s i : (i < n)%nat -> Rabs (G (fst s) i - G (fst (step ω s)) i) <= 2 * γ * L i.
Proof.
  intros inside. eapply Rle_trans; [apply G_lipschitz; exact inside|]. destruct s as [x o]. unfold momentum_step. cbn [fst].
  set (m := mean_with γ α estimate ω (x, o)). pose proof (sgn_bounded (m i) (at_zero ω m i) (at_zero_is ω m i)) as bounded.
  set (s := sgn (m i) (at_zero ω m i)) in *. replace (x i - (x i - γ * s)) with (γ * s) by ring.
  rewrite Rabs_mult, (Rabs_pos_eq γ) by lra. assert (Rabs s <= 1) by (apply Rabs_le; lra).
  replace (2 * γ * L i) with (2 * L i * (γ * 1)) by ring. pose proof (L_nonneg i inside).
  apply Rmult_le_compat_l; [lra|]. apply Rmult_le_compat_l; lra.
Qed.

(** The noise of Ĝ(x), and what the running mean makes of it after j steps, at most: √(a_j ν² + b_j). *)
Definition ξ (ω : Outcome) (x : vector) (i : nat) : R := 1 / γ * (P x i - estimate ω x i).
Definition a (j : nat) : R := ((1 - α) ^ 2) ^ j.
Definition b (i j : nat) : R := sum j (fun l => a l * (α ^ 2 * v i ^ 2)).
Definition size (i j : nat) (ν : R) : R := sqrt (a j * ν ^ 2 + b i j).
Lemma a_nonneg j : 0 <= a j.
Proof. apply pow_le, pow2_ge_0. Qed.
Lemma b_nonneg i j : 0 <= b i j.
Proof. apply sum_nonneg. intros l _. apply Rmult_le_pos; [apply a_nonneg | apply Rmult_le_pos; apply pow2_ge_0]. Qed.
Lemma size_at_once i ν : size i 0 ν = Rabs ν.
Proof. unfold size, a, b. cbn [pow sum]. rewrite <- sqrt_Rsqr_abs. f_equal. unfold Rsqr. ring. Qed.
Lemma inside_nonneg i j ν : 0 <= a j * ν ^ 2 + b i j.
Proof. pose proof (b_nonneg i j). pose proof (Rmult_le_pos (a j) (ν ^ 2) (a_nonneg j) (pow2_ge_0 ν)). lra. Qed.
Lemma ξ_mean x i : (i < n)%nat -> expectation law (fun ω => ξ ω x i) = 0.
Proof.
  intros inside. unfold ξ. rewrite (expected_same _ _ (fun ω => (- (1 / γ)) * estimate ω x i + 1 / γ * P x i)) by (intros; ring).
  rewrite (expected_shifted _ _ _ law_is), expected_times, unbiased by exact inside. ring.
Qed.
Lemma ξ_spread x i : (i < n)%nat -> expectation law (fun ω => (ξ ω x i) ^ 2) <= v i ^ 2.
Proof.
  intros inside. unfold ξ. rewrite (expected_same _ _ (fun ω => (1 / γ) ^ 2 * (estimate ω x i - P x i) ^ 2)) by (intros; ring).
  rewrite expected_times. replace (v i ^ 2) with ((1 / γ) ^ 2 * (γ ^ 2 * v i ^ 2)) by (field; lra).
  apply Rmult_le_compat_l; [apply pow2_ge_0 | apply spread; exact inside].
Qed.
Lemma expected_size x i j ν : (i < n)%nat ->
  expectation law (fun ω => size i j ((1 - α) * ν + α * ξ ω x i)) <= size i (S j) ν.
Proof.
  intros inside. unfold size. apply expected_root; [exact law_is | intros; apply inside_nonneg|].
  rewrite (expected_same _ _ (fun ω => (a j * α ^ 2) * (ξ ω x i) ^ 2 + (2 * a j * (1 - α) * ν * α) * ξ ω x i + (a j * ((1 - α) ^ 2 * ν ^ 2) + b i j)))
    by (intros; ring).
  rewrite (expected_shifted _ _ _ law_is), expected_plus, !expected_times, ξ_mean by exact inside.
  pose proof (Rmult_le_compat_l (a j * α ^ 2) _ _ ltac:(apply Rmult_le_pos; [apply a_nonneg | apply pow2_ge_0]) (ξ_spread x i inside)).
  replace (a (S j)) with (a j * (1 - α) ^ 2) by (unfold a; cbn [pow]; ring). unfold b at 2. cbn [sum]. fold (b i j). lra.
Qed.
Lemma expected_size_at_first x i j : (i < n)%nat -> expectation law (fun ω => size i j (ξ ω x i)) <= sqrt (a j * v i ^ 2 + b i j).
Proof.
  intros inside. unfold size. apply expected_root; [exact law_is | intros; apply inside_nonneg|].
  rewrite (expected_shifted _ _ _ law_is), expected_times. pose proof (Rmult_le_compat_l (a j) _ _ (a_nonneg j) (ξ_spread x i inside)). lra.
Qed.

Definition lag (i : nat) : R := 2 * γ * L i / α.
Lemma lag_nonneg i : (i < n)%nat -> 0 <= lag i.
Proof.
  intros inside. unfold lag, Rdiv. apply Rmult_le_pos; [|apply Rlt_le, Rinv_0_lt_compat; lra].
  apply Rmult_le_pos; [lra | apply L_nonneg; exact inside].
Qed.
(** T + 1 costs from a state whose m is G(x), but for a noise ν and a lag. *)
Lemma steps T : forall x m ν, (forall i, (i < n)%nat -> Rabs (m i - ν i - G x i) <= lag i) ->
  γ * summed (S T) (x, Some m) <= f x - f_min + INR (S T) * (γ ^ 2 * sum n L)
    + γ * sum n (fun i => (2 + γ * L i) * (INR T * ((1 - α) * lag i) + sum T (fun j => size i (S j) (ν i)))).
Proof.
  induction T as [|T IH]; intros x m ν near; rewrite (first_step Outcome law law_is).
  - cbn [fst]. unfold expected_total. cbn [batches total expectation]. rewrite (expected_constant law (1 * 0 + 0) law_is).
    pose proof (last_step n K θ θ_is_a_law d grad_d r grad_r prox L γ γ_positive L_nonneg d_differentiable d_smooth r_convex
      r_differentiable r_smooth prox_minimises reg reg_entries reg_is f_min f_min_below x) as last.
    assert (nothing : sum n (fun i => (2 + γ * L i) * (INR 0 * ((1 - α) * lag i) + sum 0 (fun j => size i (S j) (ν i)))) = 0).
    { rewrite (sum_same n _ (fun _ => 0)) by (intros; cbn [INR sum]; ring). rewrite sum_of_constant. ring. }
    rewrite nothing. cbn [INR]. cbn beta in *. lra.
  - set (ν' := fun ω (i : nat) => (1 - α) * ν i + α * ξ ω x i).
    assert (path : forall ω, γ * summed (S T) (step ω (x, Some m)) <= f x - γ * ‖ G x ‖₁ - f_min + INR (S (S T)) * (γ ^ 2 * sum n L)
      + γ * sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ν' ω i))))).
    { intros ω. set (m' := mean_with γ α estimate ω (x, Some m)).
      assert (error : forall i, m' i - G x i = (1 - α) * (m i - ν i - G x i) + ν' ω i).
      { intros i. unfold m', mean_with, ν', ξ, G, plus, minus, scaled. cbn [fst snd]. field. lra. }
      assert (near' : forall i, (i < n)%nat -> Rabs (m' i - ν' ω i - G (fst (step ω (x, Some m))) i) <= lag i).
      { intros i inside. pose proof (G_moves ω (x, Some m) i inside) as moved. cbn [fst] in moved. specialize (near i inside).
        replace (m' i - ν' ω i - G (fst (step ω (x, Some m))) i) with
          ((1 - α) * (m i - ν i - G x i) + (G x i - G (fst (step ω (x, Some m))) i)) by (specialize (error i); lra).
        eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_pos_eq (1 - α)) by lra.
        pose proof (Rmult_le_compat_l (1 - α) _ _ ltac:(lra) near) as shrunk.
        assert (lag_is : α * lag i = 2 * γ * L i) by (unfold lag; field; lra). lra. }
      specialize (IH (fst (step ω (x, Some m))) m' (ν' ω) near'). change (fst (step ω (x, Some m)), Some m') with (step ω (x, Some m)) in IH.
      pose proof (one_step_of_f ω (x, Some m)) as goes. cbn zeta in goes. fold m' in goes. cbn [fst] in goes.
      assert (errors : sum n (fun i => (2 + γ * L i) * Rabs (m' i - G x i))
        + sum n (fun i => (2 + γ * L i) * (INR T * ((1 - α) * lag i) + sum T (fun j => size i (S j) (ν' ω i)))) <=
        sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ν' ω i))))).
      { rewrite <- sum_of_sums. apply sum_below. intros i inside. rewrite sum_from_the_first, size_at_once, S_INR, error.
        pose proof (Rabs_triang ((1 - α) * (m i - ν i - G x i)) (ν' ω i)) as triangle. rewrite Rabs_mult, (Rabs_pos_eq (1 - α)) in triangle by lra.
        pose proof (Rmult_le_compat_l (1 - α) _ _ ltac:(lra) (near i inside)) as shrunk.
        rewrite <- Rmult_plus_distr_l. apply Rmult_le_compat_l; [pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)); lra|]. lra. }
      apply (Rmult_le_compat_l γ) in errors; [|lra]. rewrite (S_INR (S T)). cbn beta in *. lra. }
    set (K0 := f x - γ * ‖ G x ‖₁ - f_min + INR (S (S T)) * (γ ^ 2 * sum n L)) in *.
    pose proof (expected_monotone law _ _ law_is path) as expected. rewrite expected_times in expected.
    rewrite (expected_same _ (fun ω => K0 + _) (fun ω => γ * sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i)
      + sum (S T) (fun j => size i j (ν' ω i)))) + K0)) in expected by (intros; ring).
    rewrite (expected_shifted _ _ _ law_is), expected_times, expected_combination in expected.
    assert (sizes : sum n (fun i => expectation law (fun ω => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ν' ω i))))) <=
      sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i (S j) (ν i))))).
    { apply sum_below. intros i inside. rewrite expected_times.
      apply Rmult_le_compat_l; [pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)); lra|].
      rewrite (expected_same _ _ (fun ω => sum (S T) (fun j => size i j (ν' ω i)) + INR (S T) * ((1 - α) * lag i))) by (intros; ring).
      rewrite (expected_shifted _ _ _ law_is), expected_combination.
      enough (sum (S T) (fun j => expectation law (fun ω => size i j (ν' ω i))) <= sum (S T) (fun j => size i (S j) (ν i))) by lra.
      apply sum_below. intros j _. apply expected_size. exact inside. }
    apply (Rmult_le_compat_l γ) in sizes; [|lra]. cbn [fst]. unfold K0 in *. cbn beta in *. lra.
Qed.
(** The same from the start, where the first mean is Ĝ(x⁰). *)
Lemma steps_from_the_start T x :
  γ * summed (S T) (x, None) <= f x - f_min + INR (S T) * (γ ^ 2 * sum n L)
    + γ * sum n (fun i => (2 + γ * L i) * (INR T * ((1 - α) * lag i) + sum T (fun j => sqrt (a j * v i ^ 2 + b i j)))).
Proof.
  destruct T as [|T]; rewrite (first_step Outcome law law_is).
  - cbn [fst]. unfold expected_total. cbn [batches total expectation]. rewrite (expected_constant law (1 * 0 + 0) law_is).
    pose proof (last_step n K θ θ_is_a_law d grad_d r grad_r prox L γ γ_positive L_nonneg d_differentiable d_smooth r_convex
      r_differentiable r_smooth prox_minimises reg reg_entries reg_is f_min f_min_below x) as last.
    assert (nothing : sum n (fun i => (2 + γ * L i) * (INR 0 * ((1 - α) * lag i) + sum 0 (fun j => sqrt (a j * v i ^ 2 + b i j)))) = 0).
    { rewrite (sum_same n _ (fun _ => 0)) by (intros; cbn [INR sum]; ring). rewrite sum_of_constant. ring. }
    rewrite nothing. cbn [INR]. cbn beta in *. lra.
  - assert (path : forall ω, γ * summed (S T) (step ω (x, None)) <= f x - γ * ‖ G x ‖₁ - f_min + INR (S (S T)) * (γ ^ 2 * sum n L)
      + γ * sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ξ ω x i))))).
    { intros ω. set (m' := mean_with γ α estimate ω (x, None)).
      assert (error : forall i, m' i - G x i = ξ ω x i).
      { intros i. unfold m', mean_with, ξ, G, plus, minus, scaled. cbn [fst snd]. field. lra. }
      assert (near' : forall i, (i < n)%nat -> Rabs (m' i - ξ ω x i - G (fst (step ω (x, None))) i) <= lag i).
      { intros i inside. pose proof (G_moves ω (x, None) i inside) as moved. cbn [fst] in moved.
        replace (m' i - ξ ω x i - G (fst (step ω (x, None))) i) with (G x i - G (fst (step ω (x, None))) i) by (specialize (error i); lra).
        assert (lag_is : α * lag i = 2 * γ * L i) by (unfold lag; field; lra).
        pose proof (Rmult_le_compat_r (lag i) α 1 (lag_nonneg i inside) (proj2 α_between)). lra. }
      pose proof (steps T (fst (step ω (x, None))) m' (ξ ω x) near') as IH.
      change (fst (step ω (x, None)), Some m') with (step ω (x, None)) in IH.
      pose proof (one_step_of_f ω (x, None)) as goes. cbn zeta in goes. fold m' in goes. cbn [fst] in goes.
      assert (errors : sum n (fun i => (2 + γ * L i) * Rabs (m' i - G x i))
        + sum n (fun i => (2 + γ * L i) * (INR T * ((1 - α) * lag i) + sum T (fun j => size i (S j) (ξ ω x i)))) <=
        sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ξ ω x i))))).
      { rewrite <- sum_of_sums. apply sum_below. intros i inside. rewrite sum_from_the_first, size_at_once, S_INR, error.
        pose proof (Rmult_le_pos (1 - α) (lag i) ltac:(lra) (lag_nonneg i inside)).
        rewrite <- Rmult_plus_distr_l. apply Rmult_le_compat_l; [pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)); lra|]. lra. }
      apply (Rmult_le_compat_l γ) in errors; [|lra]. rewrite (S_INR (S T)). cbn beta in *. lra. }
    set (K0 := f x - γ * ‖ G x ‖₁ - f_min + INR (S (S T)) * (γ ^ 2 * sum n L)) in *.
    pose proof (expected_monotone law _ _ law_is path) as expected. rewrite expected_times in expected.
    rewrite (expected_same _ (fun ω => K0 + _) (fun ω => γ * sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i)
      + sum (S T) (fun j => size i j (ξ ω x i)))) + K0)) in expected by (intros; ring).
    rewrite (expected_shifted _ _ _ law_is), expected_times, expected_combination in expected.
    assert (sizes : sum n (fun i => expectation law (fun ω => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => size i j (ξ ω x i))))) <=
      sum n (fun i => (2 + γ * L i) * (INR (S T) * ((1 - α) * lag i) + sum (S T) (fun j => sqrt (a j * v i ^ 2 + b i j))))).
    { apply sum_below. intros i inside. rewrite expected_times.
      apply Rmult_le_compat_l; [pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)); lra|].
      rewrite (expected_same _ _ (fun ω => sum (S T) (fun j => size i j (ξ ω x i)) + INR (S T) * ((1 - α) * lag i))) by (intros; ring).
      rewrite (expected_shifted _ _ _ law_is), expected_combination.
      enough (sum (S T) (fun j => expectation law (fun ω => size i j (ξ ω x i))) <= sum (S T) (fun j => sqrt (a j * v i ^ 2 + b i j))) by lra.
      apply sum_below. intros j _. apply expected_size_at_first. exact inside. }
    apply (Rmult_le_compat_l γ) in sizes; [|lra]. cbn [fst]. unfold K0 in *. cbn beta in *. lra.
Qed.

(** √(a_j v² + b_j) ≤ v[(1 − α)^j + √(α/(2 − α))], and Σ(1 − α)^j ≤ 1/α. *)
Lemma sizes_below i T : (i < n)%nat -> sum T (fun j => sqrt (a j * v i ^ 2 + b i j)) <= v i * (INR T * sqrt (α / (2 - α)) + 1 / α).
Proof.
  intros inside. pose proof (v_nonneg i inside) as v_i. set (c := sqrt (α / (2 - α))).
  assert (ratio : 0 <= α / (2 - α)) by (apply Rlt_le, Rdiv_lt_0_compat; lra).
  assert (c_nonneg : 0 <= c) by apply sqrt_pos. assert (c_square : c * c = α / (2 - α)) by (apply sqrt_sqrt; exact ratio).
  assert (closed : forall j, b i j = v i ^ 2 * (α / (2 - α)) * (1 - a j)).
  { induction j as [|j IH]; [unfold b, a; cbn [sum pow]; ring|].
    unfold b in *. cbn [sum]. rewrite IH. unfold a. cbn [pow]. field. lra. }
  assert (each : forall j, sqrt (a j * v i ^ 2 + b i j) <= v i * (1 - α) ^ j + v i * c).
  { intros j. assert (0 <= (1 - α) ^ j) by (apply pow_le; lra).
    assert (a_is : a j = (1 - α) ^ j * (1 - α) ^ j) by (unfold a; rewrite <- Rpow_mult_distr; f_equal; ring).
    pose proof (Rmult_le_pos (v i) ((1 - α) ^ j) v_i ltac:(assumption)) as first. pose proof (Rmult_le_pos (v i) c v_i c_nonneg) as second.
    rewrite <- (sqrt_square (v i * (1 - α) ^ j + v i * c)) by lra. apply sqrt_le_1_alt. rewrite closed, <- c_square.
    pose proof (Rmult_le_pos (v i ^ 2 * (c * c)) (a j) ltac:(apply Rmult_le_pos; [apply pow2_ge_0 | apply Rmult_le_pos; lra]) (a_nonneg j)).
    pose proof (Rmult_le_pos _ _ first second). rewrite a_is in *. lra. }
  assert (geometric : forall T, sum T (fun j => (1 - α) ^ j) = (1 - (1 - α) ^ T) * (1 / α)).
  { induction T0 as [|k IH]; [cbn [sum pow]; field; lra | cbn [sum pow]; rewrite IH; field; lra]. }
  eapply Rle_trans; [apply (sum_below T _ (fun j => v i * (1 - α) ^ j + v i * c)); intros j _; apply each|].
  rewrite sum_of_sums, sum_times, sum_of_constant, geometric.
  pose proof (pow_le (1 - α) T ltac:(lra)) as power.
  assert (0 < 1 / α) by (apply Rdiv_lt_0_compat; lra).
  pose proof (Rmult_le_pos (v i) ((1 - α) ^ T * (1 / α)) v_i ltac:(apply Rmult_le_pos; lra)). lra.
Qed.

(** E[(1/T) Σ ‖G(x^{t−1})‖₁] ≤ Δ/(γT) + γ‖L‖₁ + (1 − 1/T) Σ(2 + γL_i)[2γL_i(1 − α)/α + v_i√(α/(2 − α))] + Σ(2 + γL_i)v_i/(αT). *)
Theorem sign_prox_momentum_for_any_estimate T x : (1 <= T)%nat ->
  expected_average law step cost T (x, None) <= (f x - f_min) / (γ * INR T) + γ * sum n L
    + (1 - 1 / INR T) * sum n (fun i => (2 + γ * L i) * (2 * γ * L i * (1 - α) / α + v i * sqrt (α / (2 - α))))
    + 1 / (α * INR T) * sum n (fun i => (2 + γ * L i) * v i).
Proof.
  intros T_positive. destruct T as [|T]; [inversion T_positive|].
  pose proof (steps_from_the_start T x) as bound. unfold expected_average. set (S' := summed (S T) (x, None)) in *.
  assert (sizes : sum n (fun i => (2 + γ * L i) * (INR T * ((1 - α) * lag i) + sum T (fun j => sqrt (a j * v i ^ 2 + b i j)))) <=
    INR T * sum n (fun i => (2 + γ * L i) * (2 * γ * L i * (1 - α) / α + v i * sqrt (α / (2 - α)))) + 1 / α * sum n (fun i => (2 + γ * L i) * v i)).
  { rewrite <- !sum_times, <- sum_of_sums. apply sum_below. intros i inside. pose proof (sizes_below i T inside) as below.
    apply (Rmult_le_compat_l (2 + γ * L i)) in below; [|pose proof (Rmult_le_pos γ (L i) ltac:(lra) (L_nonneg i inside)); lra].
    replace (2 * γ * L i * (1 - α) / α) with ((1 - α) * lag i) by (unfold lag; field; lra). lra. }
  set (A := sum n (fun i => (2 + γ * L i) * (2 * γ * L i * (1 - α) / α + v i * sqrt (α / (2 - α))))) in *.
  set (E := sum n (fun i => (2 + γ * L i) * v i)) in *. apply (Rmult_le_compat_l γ) in sizes; [|lra].
  assert (0 < INR (S T)) by (apply lt_0_INR; apply T_positive).
  rewrite S_INR in *. set (count := INR T) in *. cbn beta in *.
  apply (Rmult_le_reg_l (γ * (count + 1))); [apply Rmult_lt_0_compat; assumption|].
  replace (γ * (count + 1) * (S' / (count + 1))) with (γ * S') by (field; lra).
  match goal with |- _ <= ?right => replace right with
    (d x + reg x - f_min + (count + 1) * (γ ^ 2 * sum n L) + γ * (count * A + 1 / α * E)) by (field; lra) end.
  lra.
Qed.
End Estimate.

(** The same for mini-batches of B draws: v_i = σ_i/√B. *)
Theorem sign_prox_momentum at_zero B T x : is_sign_of_zero at_zero -> (1 <= B)%nat -> (1 <= T)%nat ->
  expected_average (batches K θ B) (momentum_step γ α (Phat B) at_zero) (fun s => ‖ G (fst s) ‖₁) T (x, None) <=
    (f x - f_min) / (γ * INR T) + γ * sum n L
    + (1 - 1 / INR T) * sum n (fun i => (2 + γ * L i) * (2 * γ * L i * (1 - α) / α + σ i / sqrt (INR B) * sqrt (α / (2 - α))))
    + 1 / (α * INR T) * sum n (fun i => (2 + γ * L i) * (σ i / sqrt (INR B))).
Proof.
  intros at_zero_is B_positive. destruct (at_least_one_step B B_positive) as [B_large [root square]].
  apply (sign_prox_momentum_for_any_estimate (list K) (batches K θ B)); [apply batches_are_law; exact θ_is_a_law | exact at_zero_is | | |].
  - intros i inside. unfold Rdiv. apply Rmult_le_pos; [apply σ_nonneg; exact inside | apply Rlt_le, Rinv_0_lt_compat; lra].
  - intros y i _. apply (batch_mean θ θ_is_a_law (fun k => Pk k y i) B B_positive).
  - intros y i inside. pose proof (batch_variance θ θ_is_a_law (fun k => Pk k y i) B B_positive) as v.
    change (expectation (batches K θ B) (fun draws => (Phat B draws y i - P y i) ^ 2)
      = expectation θ (fun k => (Pk k y i - P y i) ^ 2) / INR B) in v. rewrite v.
    replace (γ ^ 2 * (σ i / sqrt (INR B)) ^ 2) with (γ ^ 2 * σ i ^ 2 / INR B) by (rewrite <- square at 1; field; lra).
    unfold Rdiv. apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; lra | apply variance; exact inside].
Qed.
End Momentum.
