import type { Stage } from '../../claims/certificate.js';
import type { Formula } from '../../theory/formulas/formula.js';
import { isOne } from '../../theory/formulas/formula-text.js';
import type { StatedValues } from '../../theory/proofs/search/stated-values.js';
import { atLeast, type CoqTerm } from './coq-expression.js';
import { applied, conditionOf, leftOf, putter, type Story, type Terms } from './run-story.js';

/** The names that a last theorem has. */
const known: Readonly<Record<string, string>> = {
  ...{ T: 'T', L: 'L', σ: 'σ', Δ: 'gap', D: 'distance', γ: 'γ', B: 'B' },
};

/** √T; undefined for other roots. */
const rootTerm = (of: Formula): CoqTerm | undefined =>
  of.kind === 'name' && of.name === 'T' ? { text: 'sqrt T', level: 2, isVector: false, isRandom: false } : undefined;

/** A formula of the file; undefined for powers and roots that are written otherwise here. */
function formulaTerm(formula: Formula, names: Terms): CoqTerm | undefined {
  const term = (text: string, level: CoqTerm['level']): CoqTerm => ({ text, level, isVector: false, isRandom: false });
  const read = (part: Formula) => formulaTerm(part, names);
  switch (formula.kind) {
    case 'number':
      return term(formula.value.toFraction().replace('/', ' / '), formula.value.d === 1n ? 3 : 1);
    case 'name': {
      const name = known[formula.name];
      return name === undefined ? undefined : term(names[name] ?? name, 3);
    }
    case 'opposite': {
      const of = read(formula.of);
      return of && term(`- ${atLeast(1, of)}`, 0);
    }
    case 'root':
      return rootTerm(formula.of);
    case '^': {
      const base = read(formula.left);
      const { right } = formula;
      const power = right.kind === 'number' ? right.value.toFraction() : '';
      if (power === '1/2') return rootTerm(formula.left);
      return base && /^\d+$/.test(power) ? term(`${atLeast(3, base)} ^ ${power}`, 2) : undefined;
    }
    case '+':
    case '−':
    case '·':
    case '/': {
      const [left, right] = [read(formula.left), read(formula.right)];
      if (left === undefined || right === undefined) return undefined;
      const sign = { '+': '+', '−': '-', '·': '*', '/': '/' }[formula.kind];
      const isSum = sign === '+' || sign === '-';
      return isSum
        ? term(`${left.text} ${sign} ${atLeast(1, right)}`, 0)
        : term(`${atLeast(1, left)} ${sign} ${atLeast(2, right)}`, 1);
    }
    default:
      return undefined;
  }
}

/** γ, B and the bound as Coq writes them; B is left out where it is 1, or where there is no noise. */
export interface WrittenValues {
  readonly step: string;
  readonly most: string;
  readonly B: string | undefined;
}

/** Formulas in the notation of Coq; undefined where it has none for them. */
export function writtenOf({ step, bound, miniBatch }: StatedValues, noisy: boolean): WrittenValues | undefined {
  const isBatch = noisy && !isOne(miniBatch);
  const [γ, most, B] = [step, bound, miniBatch].map((each) => formulaTerm(each, isBatch ? {} : { B: '1' })?.text);
  return γ === undefined || most === undefined || B === undefined
    ? undefined
    : { step: γ, most, B: isBatch ? B : undefined };
}

/** The theorem as the file states it. */
export function statedText(story: Story, bound: Stage, name: string, { step, most, B }: WrittenValues): string {
  const { kind } = story;
  const [isBatch, divided] = B === undefined ? [false, ''] : [true, ' / B'];
  const inRoot = 's' in bound.symbols;
  const isRoot = inRoot || [step, most, B].some((text) => text?.includes('sqrt'));
  const { left, nonneg } = leftOf(story);
  const isGradient = kind === 'gradient';
  const unit = isGradient ? 'gap' : 'distance';
  const condition = conditionOf(story);
  const count = isRoot ? '((m + 1) * (m + 1))' : '(m + 1)';
  const symbol = inRoot ? '(m + 1)' : count;
  const terms: Terms = {
    ...{ γ: 'γ', L: 'L', V: 'V', S: 'S', s: symbol, T: symbol, W: '(σ ^ 2)', D: 'gap' },
    ...{ m: isRoot && !inRoot ? '(m * (m + 2))' : 'm', f_min: 'f_min' },
    ...(isGradient ? { 'p₀': '(f x)', p_min: 'f_min' } : { 'p₀': '(1 / 2 * distance ^ 2)' }),
  };
  const proofs = (premise: string): string =>
    ({ earlier_1: 'ltac:(same_as earlier)', equation: 'equation' })[premise] ?? 'ltac:(follows)';
  const put = putter(bound, terms);
  const [monomial, equals] = bound.equation!;
  const rest = put(monomial.slice('γ'.length));
  const from = kind === 'potential' ? 'last_of_T_steps' : 'T_steps_of_a_run';
  return `#[local] Coercion INR : nat >-> R.

(** The theorem as its file states it. *)
Theorem ${name} (T : nat) (x : vector) (γ ${unit} : R) :
  (1 <= T)%nat ->
  γ = ${step} ->
${isBatch ? `  B = ${B} ->\n` : ''}  ${unit} = ${isGradient ? 'f x - f_min' : 'sqrt (‖ x - x_star ‖²)'} ->
  ${left} <= ${most}.
Proof.
  intros T_positive γ_is${isBatch ? ' B_is' : ''} ${unit}_is.
  pose proof (${from} γ T x) as run.
  assert (S_nonneg : 0 <= ${left}) by (${nonneg}).
  set (S := ${left}) in *. clearbody S.
  ${
    isGradient
      ? 'assert (D_nonneg : 0 <= gap) by (pose proof (bounded_below x); lra).'
      : `assert (squared : ‖ x - x_star ‖² = distance ^ 2) by (rewrite distance_is; symmetry; apply pow2_sqrt, inner_nonneg).
  rewrite squared in run. clear distance_is squared.`
  }
  destruct (${isRoot ? 'root_' : ''}above_one T T_positive) as [m [m_nonneg ${isRoot ? '[root T_is]' : 'T_is'}]].
  ${['γ_is', ...(isBatch ? ['B_is'] : []), 'run', '|- *'].map((place) => `rewrite ${isRoot ? '?root, ' : ''}?T_is in ${place}.`).join(' ')}
  assert (equation : γ * (${rest}) = ${put(equals)}) by (rewrite γ_is; field; nonzero).
  assert (γ_positive : 0 < γ).
  { apply (Rmult_lt_reg_r (${rest})); [positive | rewrite equation, Rmult_0_l; positive]. }
${
  condition === undefined
    ? '  specialize (run γ_positive T_positive).'
    : `  assert (0 <= γ * L * m) by nonneg. assert (0 <= γ * L * m * m) by nonneg.
  specialize (run γ_positive ltac:(lra) T_positive).`
}
${
  story.noisy
    ? `  set (V := σ ^ 2${divided}) in run. assert (V_nonneg : 0 <= V) by (unfold V; ${isBatch ? 'apply Rmult_le_pos; [apply pow2_ge_0 | apply Rlt_le, Rinv_0_lt_compat, B_positive]' : 'apply pow2_ge_0'}).
  assert (V_is : σ ^ 2 = ${isBatch ? 'B * V' : 'V'}) by (unfold V; field; lra). clearbody V.${isBatch ? ' rewrite B_is in V_is. rewrite ?B_is.' : ''}\n`
    : ''
}  assert (equation' : ${put(monomial)} = ${put(equals)}) by (transitivity (γ * (${rest})); [ring | exact equation]).
  match type of run with ?l <= ?r =>
    assert (earlier : 0 <= ${kind === 'potential' ? `γ * ${count}` : count} * (r - l)) by (apply Rmult_le_pos; [nonneg | lra]) end.
  pose proof (${applied(bound, terms, (premise) => (premise === 'equation' ? "equation'" : proofs(premise)), story)}) as goal.
  match type of goal with 0 <= ?sum => match goal with |- S <= ?most =>
    assert (isolated : sum = (${put(bound.isolates!.factor)}) * (most - S)) by (clear - γ_is L_positive γ_positive m_nonneg; rewrite ?γ_is; field; nonzero);
    rewrite isolated in goal; apply nonneg_of_scaled in goal; [clear - goal; lra | clear - m_nonneg L_positive γ_positive; positive] end end.
Qed.`;
}
