(** signProx with error feedback, from Assumption 1: the bound of Theorem 1♯ with a smaller denominator, for any n.

    [error_feedback_scaled_sign] sends C(m) = (‖m‖₁/n) sgn m; [error_feedback] has any C that leaves at most ρ‖m‖, and
    [error_feedback_for_any_estimate] any unbiased estimate of P(x) in place of P̂(x), and a weight η.
    Its law is finite, and so not that of the normal noise of Figure 1. *)

From Coq Require Import Reals Lra Lia List.
Open Scope R_scope.
Require Import prelude proximal_average smooth_average.

(** A state is the iterate x and the error e. One step sends C(m) for m = e + x − P̂(x) = e + γĜ(x): x⁺ = x − C(m), and
    e⁺ = m − C(m). What is sent may depend on the outcome, such as the sign of 0. *)
Definition feedback {Outcome : Type} (estimate C : Outcome -> vector -> vector) (ω : Outcome) (s : vector * vector) : vector * vector :=
  let m := (snd s + (fst s - estimate ω (fst s)))%vector in (fst s - C ω m, m - C ω m)%vector.
(** (‖m‖₁/n) sgn m *)
Definition scaled_sign (n : nat) (at_zero : nat -> R) (m : vector) : vector :=
  fun i => sum n (fun i => Rabs (m i)) / INR n * sgn (m i) (at_zero i).

Lemma inner_nothing n : inner n (fun _ => 0) (fun _ => 0) = 0.
Proof. induction n; cbn [inner]; [reflexivity | rewrite IHn; ring]. Qed.
Lemma l2_below_l1 n m : inner n m m <= sum n (fun i => Rabs (m i)) ^ 2.
Proof.
  induction n as [|k IH]; cbn [inner sum]; [cbn [pow]; lra|].
  assert (0 <= sum k (fun i => Rabs (m i))) by (apply sum_nonneg; intros; apply Rabs_pos).
  pose proof (Rabs_pos (m k)). pose proof (pow2_abs (m k)).
  pose proof (Rmult_le_pos (sum k (fun i => Rabs (m i))) (Rabs (m k)) ltac:(assumption) ltac:(assumption)). lra.
Qed.
(** ‖m − C(m)‖² ≤ (1 − 1/n)‖m‖² for the scaled sign, whatever the sign of 0 is. *)
Theorem scaled_sign_contracts n at_zero m : (1 <= n)%nat -> (forall i, -1 <= at_zero i <= 1) ->
  inner n (m - scaled_sign n at_zero m) (m - scaled_sign n at_zero m) <= (1 - 1 / INR n) * inner n m m.
Proof.
  intros n_positive range. assert (0 < INR n) by (apply lt_0_INR; apply n_positive).
  set (N := sum n (fun i => Rabs (m i))). set (a := N / INR n).
  assert (a_nonneg : 0 <= a).
  { unfold a, Rdiv. apply Rmult_le_pos; [apply sum_nonneg; intros; apply Rabs_pos | apply Rlt_le, Rinv_0_lt_compat; assumption]. }
  assert (each : inner n (m - scaled_sign n at_zero m) (m - scaled_sign n at_zero m) <=
    sum n (fun i => m i * m i + ((-2) * a) * Rabs (m i) + a ^ 2)).
  { rewrite inner_sum. apply sum_below. intros i _. unfold minus, scaled_sign. fold N. fold a.
    set (s := sgn (m i) (at_zero i)). assert (small : -1 <= s <= 1) by (apply sgn_bounded, range).
    assert (product : m i * s = Rabs (m i)).
    { unfold s, sgn. destruct (Rlt_dec 0 (m i)); [rewrite Rabs_pos_eq; lra|].
      destruct (Rlt_dec (m i) 0); [rewrite Rabs_left; lra|]. replace (m i) with 0 by lra. rewrite Rabs_R0. ring. }
    assert (s ^ 2 <= 1) by nra. pose proof (Rmult_le_compat_l (a ^ 2) _ _ (pow2_ge_0 a) ltac:(eassumption)).
    rewrite <- product. lra. }
  eapply Rle_trans; [exact each|].
  assert (constant : forall b, sum n (fun _ => b) = INR n * b).
  { clear. intros b. induction n as [|k IH]; [cbn; ring | cbn [sum]; rewrite S_INR, IH; ring]. }
  rewrite !sum_of_sums, sum_times, constant, <- inner_sum. fold N.
  pose proof (l2_below_l1 n m) as norms. fold N in norms.
  assert (1 / INR n * inner n m m <= 1 / INR n * N ^ 2) by (apply Rmult_le_compat_l; [apply Rlt_le, Rdiv_lt_0_compat; lra | exact norms]).
  replace (-2 * a * N) with (-2 * (1 / INR n * N ^ 2)) by (unfold a; field; lra).
  replace (INR n * a ^ 2) with (1 / INR n * N ^ 2) by (unfold a; field; lra). lra.
Qed.

Section ErrorFeedback.

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
Notation r_γ := (proximal_average θ γ n r).
(** (1), with r of (9): the proximal average ([equation_9]). *)
Notation f := (fun x => d x + r_γ x).

(** Assumption 1(a): f∗ is the minimum of f, or any lower bound. *)
Hypothesis f_min_below : forall x, f_min <= f x.
(** Assumption 1(d): E‖P_k(x) − P(x)‖² ≤ γ²σ² for every x. *)
Hypothesis variance : forall x, expectation θ (fun k => ‖ Pk k x - P x ‖²) <= γ ^ 2 * σ ^ 2.

(** One step of y = x − e to y − γ(G(x) + ν), whatever the noise ν is: h is a gradient of f between x and y. *)
Lemma one_step x e : exists h : vector,
  (forall ν, f (x - e - γ • (G x + ν))%vector <= f (x - e)%vector - γ * ⟨ h, G x + ν ⟩
    + γ ^ 2 * L / 2 * (‖ G x + ν ‖² + ‖ ν ‖²)) /\
  (forall η, 0 < η -> - γ * ⟨ h, G x ⟩ <= - γ * (1 - γ * L * η) * ‖ G x ‖² + L / η * ‖ e ‖²).
Proof.
  set (y := (x - e)%vector). set (w := (y - γ • G x)%vector).
  destruct (gradient_everywhere n θ θ_is_a_law γ γ_positive r prox grad_r r_convex prox_minimises r_differentiable L L_positive r_smooth w)
    as [p p_is].
  pose proof (supports_at n θ θ_is_a_law γ γ_positive r prox grad_r r_convex prox_minimises r_differentiable L L_positive r_smooth
    (x - γ • grad_d x)%vector) as q_is.
  change (mean θ (fun k => prox k (x - γ • grad_d x)%vector)) with (P x) in q_is.
  set (q := ((1 / γ) • (x - γ • grad_d x - P x))%vector) in q_is.
  assert (G_is : G x = (grad_d x + q)%vector) by (coordinates; unfold G, q, plus, minus, scaled; field; lra).
  exists (grad_d y + p)%vector. split.
  - intros ν. cbn beta. set (v := (y - γ • (G x + ν))%vector).
    pose proof (descent_lemma n d grad_d L (Rlt_le _ _ L_positive) d_differentiable d_smooth y v) as d_descent.
    destruct (p_is v) as [_ r_descent]. destruct (p_is y) as [r_above _].
    assert (together : ⟨ grad_d y, v - y ⟩ + L / 2 * ‖ v - y ‖² + (⟨ p, v - w ⟩ + L / 2 * ‖ v - w ‖²) - ⟨ p, y - w ⟩
      = - γ * ⟨ grad_d y + p, G x + ν ⟩ + γ ^ 2 * L / 2 * (‖ G x + ν ‖² + ‖ ν ‖²)); [|lra].
    unfold v, w. generalize (grad_d y) (G x). intros g G. autorewrite with inner. same_order. field.
  - intros η η_positive. set (a := (grad_d y - grad_d x)%vector). set (b := (p - q)%vector).
    assert (a_small : ‖ a ‖² <= L ^ 2 * ‖ e ‖²).
    { pose proof (d_smooth x y) as small. fold a in small.
      replace (‖ y - x ‖²) with (‖ e ‖²) in small by (unfold y; autorewrite with inner; same_order; ring). exact small. }
    assert (b_small : ‖ b ‖² <= L ^ 2 * ‖ e ‖²).
    { pose proof (supports_lipschitz n _ L L_positive w (P x) p q p_is q_is) as small. fold b in small.
      replace (w - P x)%vector with ((-1) • e)%vector in small by (coordinates; unfold w, y, G, plus, minus, scaled; field; lra).
      replace (‖ (-1) • e ‖²) with (‖ e ‖²) in small by (autorewrite with inner; ring). exact small. }
    assert (split : ⟨ grad_d y + p, G x ⟩ = ‖ G x ‖² + ⟨ a, G x ⟩ + ⟨ b, G x ⟩).
    { rewrite G_is at 2. unfold a, b. generalize (G x). intros g. autorewrite with inner. ring. }
    rewrite split. clearbody a b. generalize dependent (G x). intros g _ _.
    assert (young : forall u : vector, ‖ u ‖² <= L ^ 2 * ‖ e ‖² -> - γ * ⟨ u, g ⟩ <= L / η / 2 * ‖ e ‖² + γ ^ 2 * η * L / 2 * ‖ g ‖²).
    { intros u small. pose proof (inner_nonneg n (u + (γ * η * L) • g)) as square.
      replace (‖ u + (γ * η * L) • g ‖²) with (‖ u ‖² + 2 * (γ * η * L) * ⟨ u, g ⟩ + (γ * η * L) ^ 2 * ‖ g ‖²) in square
        by (autorewrite with inner; same_order; ring).
      assert (0 < 2 * η * L) by (apply Rmult_lt_0_compat; lra).
      apply (Rmult_le_reg_l (2 * η * L)); [assumption|].
      replace (2 * η * L * (L / η / 2 * ‖ e ‖² + γ ^ 2 * η * L / 2 * ‖ g ‖²)) with (L ^ 2 * ‖ e ‖² + (γ * η * L) ^ 2 * ‖ g ‖²) by (field; lra).
      lra. }
    pose proof (young a a_small). pose proof (young b b_small).
    replace (L / η * ‖ e ‖²) with (2 * (L / η / 2 * ‖ e ‖²)) by (field; lra). lra.
Qed.

Section Contraction.
Variable ρ : R.
(** What is sent of m leaves at most ρ‖m‖, where 0 ≤ ρ < 1. *)
Hypothesis ρ_between : 0 <= ρ < 1.

(** Any estimate of P(x) from an independent outcome ω, with mean P(x) and a variance of at most γ²V. *)
Section Estimate.
Variable Outcome : Type.
Variable law : list (R * Outcome).
Hypothesis law_is : is_law law.
Variables estimate C : Outcome -> vector -> vector.
Variable V : R.
Hypothesis unbiased : forall x w, expectation law (fun ω => ⟨ w, estimate ω x - P x ⟩) = 0.
Hypothesis spread : forall x, expectation law (fun ω => ‖ estimate ω x - P x ‖²) <= γ ^ 2 * V.
Hypothesis C_contracts : forall ω m, ‖ m - C ω m ‖² <= ρ ^ 2 * ‖ m ‖².
Notation step := (feedback estimate C).
Notation cost := (fun s : vector * vector => ‖ G (fst s) ‖²).

(** How much of the error is charged to the gradient mapping. *)
Variable η : R.
Hypothesis η_positive : 0 < η.
Definition loss : R := γ * L * (1 / 2 + η + ρ ^ 2 / (1 - ρ) ^ 2 / η).
Definition potential (s : vector * vector) : R := f (fst s - snd s)%vector + L / (η * (1 - ρ)) * ‖ snd s ‖².
Lemma step_in_expectation s :
  expectation law (fun ω => potential (step ω s)) <=
    potential s - γ * (1 - loss) * cost s + γ ^ 2 * L * V * (1 + ρ ^ 2 / (1 - ρ) / η).
Proof.
  destruct s as [x e]. unfold potential. cbn beta. cbn [fst snd].
  destruct (one_step x e) as [h [goes slope]]. specialize (slope η η_positive).
  set (ν := fun ω => ((1 / γ) • (P x - estimate ω x))%vector).
  assert (ν_mean : forall w, expectation law (fun ω => ⟨ w, ν ω ⟩) = 0).
  { intros w. unfold ν. rewrite (expected_same _ _ (fun ω => (- (1 / γ)) * ⟨ w, estimate ω x - P x ⟩)) by (intros; autorewrite with inner; ring).
    rewrite expected_times, unbiased. ring. }
  assert (ν_spread : expectation law (fun ω => ‖ ν ω ‖²) <= V).
  { unfold ν. rewrite (expected_same _ _ (fun ω => (1 / γ) ^ 2 * ‖ estimate ω x - P x ‖²)) by (intros; autorewrite with inner; same_order; ring).
    rewrite expected_times. replace V with ((1 / γ) ^ 2 * (γ ^ 2 * V)) by (field; lra). apply Rmult_le_compat_l; [apply pow2_ge_0 | apply spread]. }
  assert (moves : forall ω, (fst (step ω (x, e)) - snd (step ω (x, e)))%vector = (x - e - γ • (G x + ν ω))%vector).
  { intros ω. coordinates. unfold feedback, ν, G, plus, minus, scaled. cbn [fst snd]. field. lra. }
  assert (message : forall ω, ‖ snd (step ω (x, e)) ‖² <= ρ ^ 2 * ‖ e + γ • G x + γ • ν ω ‖²).
  { intros ω. unfold feedback. cbn [fst snd]. eapply Rle_trans; [apply C_contracts|]. right.
    replace (e + (x - estimate ω x))%vector with (e + γ • G x + γ • ν ω)%vector by (coordinates; unfold ν, G, plus, minus, scaled; field; lra).
    reflexivity. }
  assert (values : expectation law (fun ω => f (x - e - γ • (G x + ν ω))%vector) <=
    f (x - e)%vector - γ * (1 - γ * L / 2 - γ * L * η) * ‖ G x ‖² + L / η * ‖ e ‖² + γ ^ 2 * L * V).
  { eapply Rle_trans; [apply (expected_monotone _ _ (fun ω => γ ^ 2 * L * ‖ ν ω ‖² + ((- γ) * ⟨ h, ν ω ⟩ + γ ^ 2 * L * ⟨ G x, ν ω ⟩)
      + (f (x - e)%vector - γ * ⟨ h, G x ⟩ + γ ^ 2 * L / 2 * ‖ G x ‖²)) law_is)|].
    { intros ω. specialize (goes (ν ω)). cbn beta in *. autorewrite with inner in goes. rewrite (inner_symmetric n (ν ω) (G x)) in goes. lra. }
    rewrite (expected_shifted _ _ _ law_is), !expected_plus, !expected_times, !ν_mean. cbn beta.
    assert (γ ^ 2 * L * expectation law (fun ω => ‖ ν ω ‖²) <= γ ^ 2 * L * V); [|lra].
    apply Rmult_le_compat_l; [apply Rmult_le_pos; [apply pow2_ge_0 | lra] | exact ν_spread]. }
  assert (errors : expectation law (fun ω => ‖ snd (step ω (x, e)) ‖²) <= ρ ^ 2 * (‖ e + γ • G x ‖² + γ ^ 2 * V)).
  { eapply Rle_trans; [apply (expected_monotone _ _ (fun ω => (ρ ^ 2 * γ ^ 2) * ‖ ν ω ‖² + (2 * ρ ^ 2 * γ) * ⟨ e + γ • G x, ν ω ⟩
      + ρ ^ 2 * ‖ e + γ • G x ‖²) law_is)|].
    { intros ω. eapply Rle_trans; [apply message|]. right. generalize (e + γ • G x)%vector. intros u. autorewrite with inner. same_order. ring. }
    rewrite (expected_shifted _ _ _ law_is), expected_plus, !expected_times, ν_mean.
    assert (ρ ^ 2 * γ ^ 2 * expectation law (fun ω => ‖ ν ω ‖²) <= ρ ^ 2 * γ ^ 2 * V); [|lra].
    apply Rmult_le_compat_l; [apply Rmult_le_pos; apply pow2_ge_0 | exact ν_spread]. }
  assert (mixed : ρ * ((1 - ρ) * ‖ e + γ • G x ‖²) <= (1 - ρ) * ‖ e ‖² + ρ * (γ ^ 2 * ‖ G x ‖²)).
  { pose proof (inner_nonneg n ((1 - ρ) • e - (ρ * γ) • G x)) as square. autorewrite with inner in *.
    rewrite (inner_symmetric n (G x) e) in *. lra. }
  rewrite (expected_same _ _ (fun ω => f (x - e - γ • (G x + ν ω))%vector + L / (η * (1 - ρ)) * ‖ snd (step ω (x, e)) ‖²))
    by (intros ω; rewrite moves; reflexivity).
  rewrite expected_plus, expected_times.
  set (value := expectation law (fun ω => f (x - e - γ • (G x + ν ω))%vector)) in *.
  set (error := expectation law (fun ω => ‖ snd (step ω (x, e)) ‖²)) in *.
  set (g := ‖ G x ‖²) in *. set (E := ‖ e ‖²) in *. set (u := ‖ e + γ • G x ‖²) in *. cbn beta in *.
  set (fy := d (x - e)%vector + r_γ (x - e)%vector) in *. clearbody value error g E u fy. clear - values errors mixed η_positive ρ_between L_positive γ_positive.
  assert (0 < η * (1 - ρ) ^ 2) by (apply Rmult_lt_0_compat; [lra | apply pow_lt; lra]).
  apply (Rmult_le_reg_l (η * (1 - ρ) ^ 2)); [assumption|].
  replace (η * (1 - ρ) ^ 2 * (value + L / (η * (1 - ρ)) * error)) with (η * (1 - ρ) ^ 2 * value + L * ((1 - ρ) * error)) by (field; lra).
  unfold loss.
  match goal with |- _ <= ?right => replace right with
    (η * (1 - ρ) ^ 2 * (fy - γ * (1 - γ * L / 2 - γ * L * η) * g + L / η * E + γ ^ 2 * L * V)
      + L * ((1 - ρ) * (ρ ^ 2 * (γ ^ 2 * V)) + ρ * ((1 - ρ) * E + ρ * (γ ^ 2 * g)))) by (field; lra) end.
  apply (Rmult_le_compat_l (η * (1 - ρ) ^ 2)) in values; [|lra].
  apply (Rmult_le_compat_l (1 - ρ)) in errors; [|lra]. apply (Rmult_le_compat_l ρ) in mixed; [|lra].
  assert (L * ((1 - ρ) * error) <= L * ((1 - ρ) * (ρ ^ 2 * (γ ^ 2 * V)) + ρ * ((1 - ρ) * E + ρ * (γ ^ 2 * g))))
    by (apply Rmult_le_compat_l; lra). lra.
Qed.
(** The last step is taken without its noise. *)
Lemma last_step s : γ * (1 - loss) * cost s <= potential s - f_min + 0.
Proof.
  destruct s as [x e]. unfold potential. cbn beta. cbn [fst snd].
  destruct (one_step x e) as [h [goes slope]]. specialize (slope η η_positive). specialize (goes (fun _ => 0)).
  assert (nothing : (G x + (fun _ => 0))%vector = G x) by (coordinates; unfold plus; ring).
  pose proof (inner_nothing n) as zero.
  rewrite nothing, zero in goes. pose proof (f_min_below (x - e - γ • G x)%vector) as below. cbn beta in *.
  set (g := ‖ G x ‖²) in *. set (E := ‖ e ‖²) in *. assert (0 <= g) by apply inner_nonneg. assert (0 <= E) by apply inner_nonneg.
  assert (charge : 0 <= γ * L * (ρ ^ 2 / (1 - ρ) ^ 2 / η)).
  { repeat (unfold Rdiv; apply Rmult_le_pos); try lra; try apply pow2_ge_0; apply Rlt_le, Rinv_0_lt_compat; [apply pow_lt|]; lra. }
  pose proof (Rmult_le_pos (γ * (γ * L * (ρ ^ 2 / (1 - ρ) ^ 2 / η))) g (Rmult_le_pos _ _ (Rlt_le _ _ γ_positive) charge) ltac:(assumption)).
  assert (larger : L / η * E <= L / (η * (1 - ρ)) * E).
  { apply Rmult_le_compat_r; [assumption|]. unfold Rdiv. apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; [apply Rmult_lt_0_compat; lra|].
    rewrite <- (Rmult_1_r η) at 2. apply Rmult_le_compat_l; lra. }
  unfold loss. lra.
Qed.
(** E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρω/η)(1 − 1/T)γLV]/(1 − γL(½ + η + ω²/η)) with ω = ρ/(1 − ρ), from e⁰ = 0. *)
Theorem error_feedback_for_any_estimate T x : (1 <= T)%nat -> loss < 1 ->
  expected_average law step cost T (x, fun _ => 0) <=
    ((f x - f_min) / (γ * INR T) + (1 + ρ ^ 2 / (1 - ρ) / η) * (1 - 1 / INR T) * (γ * L * V)) / (1 - loss).
Proof.
  intros T_positive small. destruct T as [|T]; [inversion T_positive|].
  pose proof (all_steps Outcome law law_is (vector * vector) step cost potential f_min (γ * (1 - loss))
    (γ ^ 2 * L * V * (1 + ρ ^ 2 / (1 - ρ) / η)) 0 step_in_expectation last_step T (x, fun _ => 0)) as steps.
  assert (start : potential (x, fun _ => 0) = f x).
  { unfold potential. cbn [fst snd].
    assert (nothing : (x - (fun _ => 0))%vector = x) by (coordinates; unfold minus; ring).
    pose proof (inner_nothing n) as zero.
    rewrite nothing, zero, Rmult_0_r, Rplus_0_r. reflexivity. }
  rewrite start in steps. unfold expected_average. set (total := expected_total _ _ _ _ _ _ _) in *. cbn beta in *.
  assert (0 < INR (S T)) by (apply lt_0_INR; apply T_positive).
  rewrite S_INR in *. set (count := INR T) in *. set (factor := 1 + ρ ^ 2 / (1 - ρ) / η) in *. clearbody factor.
  apply (Rmult_le_reg_l (γ * (count + 1) * (1 - loss))).
  { apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat|]; lra. }
  replace (γ * (count + 1) * (1 - loss) * (total / (count + 1))) with (γ * (1 - loss) * total) by (field; lra).
  match goal with |- _ <= ?right => replace right with (d x + r_γ x - f_min + count * (γ ^ 2 * L * V * factor)) by (field; repeat split; lra) end.
  lra.
Qed.
End Estimate.

(** E[(1/T) Σ ‖G(x^{t−1})‖²] ≤ [Δ/(γT) + (1 + ρ)(1 − 1/T)γLσ²/B]/(1 − γL(½ + 2ω)) for mini-batches of B draws, ω = ρ/(1 − ρ). *)
Theorem error_feedback C B T x : (forall draws m, ‖ m - C draws m ‖² <= ρ ^ 2 * ‖ m ‖²) -> (1 <= B)%nat -> (1 <= T)%nat ->
  γ * L * (1 / 2 + 2 * (ρ / (1 - ρ))) < 1 ->
  expected_average (batches K θ B) (feedback (Phat B) C) (fun s => ‖ G (fst s) ‖²) T (x, fun _ => 0) <=
    ((f x - f_min) / (γ * INR T) + (1 + ρ) * (1 - 1 / INR T) * (γ * L * (σ ^ 2 / INR B)))
      / (1 - γ * L * (1 / 2 + 2 * (ρ / (1 - ρ)))).
Proof.
  intros contracts B_positive T_positive small. assert (0 < INR B) by (apply lt_0_INR; apply B_positive).
  assert (spread : forall y, expectation (batches K θ B) (fun draws => ‖ Phat B draws y - P y ‖²) <= γ ^ 2 * (σ ^ 2 / INR B)).
  { intros y. rewrite (minibatch_variance n θ grad_d prox γ θ_is_a_law B y B_positive).
    replace (γ ^ 2 * (σ ^ 2 / INR B)) with (γ ^ 2 * σ ^ 2 / INR B) by (field; lra).
    apply Rmult_le_compat_r; [apply Rlt_le, Rinv_0_lt_compat; assumption | apply variance]. }
  pose proof (fun η (η_positive : 0 < η) => error_feedback_for_any_estimate (list K) (batches K θ B) (batches_are_law K θ θ_is_a_law B) (Phat B) C (σ ^ 2 / INR B)
    (fun y w => P_is_unbiased n θ grad_d prox γ θ_is_a_law B y w B_positive) spread contracts η η_positive T x T_positive) as bound.
  set (average := expected_average _ _ _ _ _) in *. clearbody average. cbn beta in *.
  unfold loss in bound. destruct (Req_dec ρ 0) as [none|some].
  - clear contracts. rewrite none in bound, small |- *. replace (0 / (1 - 0)) with 0 in small |- * by field.
    set (N := (d x + r_γ x - f_min) / (γ * INR T) + (1 + 0) * (1 - 1 / INR T) * (γ * L * (σ ^ 2 / INR B))) in *.
    assert (0 < γ * L) by (apply Rmult_lt_0_compat; assumption).
    apply (Rmult_le_reg_l (1 - γ * L * (1 / 2 + 2 * 0))); [lra|].
    replace ((1 - γ * L * (1 / 2 + 2 * 0)) * (N / (1 - γ * L * (1 / 2 + 2 * 0)))) with N by (field; lra).
    apply le_epsilon. intros ε ε_positive. pose proof (Rabs_pos average).
    set (η := Rmin ((1 - γ * L / 2) / (2 * (γ * L))) (ε / (γ * L * (Rabs average + 1)))).
    assert (η_positive : 0 < η).
    { apply Rmin_pos; apply Rdiv_lt_0_compat; try lra; apply Rmult_lt_0_compat; lra. }
    specialize (bound η η_positive). replace (0 ^ 2 / (1 - 0) ^ 2 / η) with 0 in bound by (field; lra).
    replace (0 ^ 2 / (1 - 0) / η) with 0 in bound by (field; lra). fold N in bound.
    assert (half : γ * L * η <= (1 - γ * L / 2) / 2).
    { apply Rle_trans with (γ * L * ((1 - γ * L / 2) / (2 * (γ * L)))); [apply Rmult_le_compat_l; [lra | apply Rmin_l] | right; field; lra]. }
    assert (small_η : γ * L * η * (Rabs average + 1) <= ε).
    { apply Rle_trans with (γ * L * (ε / (γ * L * (Rabs average + 1))) * (Rabs average + 1)).
      - apply Rmult_le_compat_r; [lra|]. apply Rmult_le_compat_l; [lra | apply Rmin_r].
      - right. field. split; lra. }
    specialize (bound ltac:(lra)).
    apply (Rmult_le_compat_l (1 - γ * L * (1 / 2 + η + 0))) in bound; [|lra].
    replace ((1 - γ * L * (1 / 2 + η + 0)) * (N / (1 - γ * L * (1 / 2 + η + 0)))) with N in bound by (field; lra).
    pose proof (Rle_abs average). pose proof (Rmult_le_compat_l (γ * L * η) average (Rabs average) ltac:(apply Rmult_le_pos; lra) ltac:(assumption)).
    assert (0 <= γ * L * η) by (apply Rmult_le_pos; lra). lra.
  - assert (weight : 0 < ρ / (1 - ρ)) by (apply Rdiv_lt_0_compat; lra). specialize (bound (ρ / (1 - ρ)) weight).
    assert (loss_is : γ * L * (1 / 2 + ρ / (1 - ρ) + ρ ^ 2 / (1 - ρ) ^ 2 / (ρ / (1 - ρ))) = γ * L * (1 / 2 + 2 * (ρ / (1 - ρ)))) by (field; lra).
    rewrite loss_is in bound. replace (1 + ρ) with (1 + ρ ^ 2 / (1 - ρ) / (ρ / (1 - ρ))) by (field; lra). exact (bound small).
Qed.
End Contraction.

(** The same for the scaled sign: ρ = √(1 − 1/n), for every n ≥ 1 and any sign of 0, which may depend on all of m. *)
Theorem error_feedback_scaled_sign at_zero B T x : let ρ := sqrt (1 - 1 / INR n) in
  is_sign_of_zero at_zero -> (1 <= n)%nat -> (1 <= B)%nat -> (1 <= T)%nat -> γ * L * (1 / 2 + 2 * (ρ / (1 - ρ))) < 1 ->
  expected_average (batches K θ B) (feedback (Phat B) (fun draws m => scaled_sign n (at_zero draws m) m))
    (fun s => ‖ G (fst s) ‖²) T (x, fun _ => 0) <=
    ((f x - f_min) / (γ * INR T) + (1 + ρ) * (1 - 1 / INR T) * (γ * L * (σ ^ 2 / INR B)))
      / (1 - γ * L * (1 / 2 + 2 * (ρ / (1 - ρ)))).
Proof.
  intros ρ at_zero_is n_positive B_positive T_positive small.
  assert (1 <= INR n) by (apply (le_INR 1 n n_positive)).
  assert (inverse : 0 < 1 / INR n <= 1).
  { split; [apply Rdiv_lt_0_compat; lra|]. apply (Rmult_le_reg_l (INR n)); [lra|]. replace (INR n * (1 / INR n)) with 1 by (field; lra). lra. }
  assert (square : ρ * ρ = 1 - 1 / INR n) by (apply sqrt_sqrt; lra).
  assert (ρ_between : 0 <= ρ < 1) by (split; [apply sqrt_pos | pose proof (sqrt_pos (1 - 1 / INR n)) as nonneg; fold ρ in nonneg; nra]).
  apply (error_feedback ρ ρ_between); try assumption.
  intros draws m. replace (ρ ^ 2) with (1 - 1 / INR n) by (rewrite <- square; ring).
  apply scaled_sign_contracts; [exact n_positive | intros i; apply at_zero_is].
Qed.
End ErrorFeedback.
