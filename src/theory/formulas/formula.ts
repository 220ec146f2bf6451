import type { Rational } from '../../exact/arithmetic/rational.js';

/** How two numbers are compared in a case. */
export type Relation = '<' | '≤' | '>' | '≥' | '=' | '≠';

/** What decides a case. */
export type Condition =
  | { readonly kind: 'comparison'; readonly relation: Relation; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'even' | 'odd'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** What is taken over all coordinates i. */
export type OverCoordinates = 'sum_i' | 'min_i' | 'max_i';

/** A formula as a tree: the one form in which a theorem's step, bound and algorithm are run, proved and printed. */
export type Formula =
  | { readonly kind: 'number'; readonly value: Rational }
  /** `ofCoordinate`: L_i and σ_i, inside of sum_i, min_i and max_i. */
  | { readonly kind: 'name'; readonly name: string; readonly ofCoordinate?: true }
  | { readonly kind: 'infinity' }
  | { readonly kind: 'opposite' | 'root' | 'logarithm'; readonly of: Formula }
  | { readonly kind: '+' | '−' | '·' | '/' | '^'; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'min' | 'max'; readonly of: readonly Formula[] }
  | { readonly kind: OverCoordinates; readonly of: Formula }
  /** ‖L‖₁ = Σ L_i, ‖L‖_∞ = max L_i. */
  | { readonly kind: 'norm'; readonly of: string; readonly order: '₁' | '∞' }
  | { readonly kind: 'if'; readonly condition: Condition; readonly yes: Formula; readonly no: Formula }
  /** ⟨a, b⟩ and ‖a‖, of vectors; ‖a‖ stands before ² alone. */
  | { readonly kind: 'inner'; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'length'; readonly of: Formula }
  /** What a problem answers at a point, and the signs of a vector: ∇f(x), sgn(m). */
  | { readonly kind: 'at'; readonly asked: string; readonly of: Formula };

/** A text that is no formula: what is wrong and where, in one line. */
export class FormulaError extends SyntaxError {
  override readonly name = 'FormulaError';
}

/** The parts of a formula, from left to right. */
export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'min':
    case 'max':
      return formula.of;
    case 'if':
      return [formula.yes, ...comparedIn(formula.condition), formula.no];
    case 'norm':
      return [{ kind: 'name', name: formula.of, ofCoordinate: true }];
    default:
      return 'left' in formula ? [formula.left, formula.right] : 'of' in formula ? [formula.of] : [];
  }
}

/** The formulas that a condition compares. */
function comparedIn(condition: Condition): readonly Formula[] {
  if ('of' in condition) return [condition.of];
  if (condition.kind === 'comparison') return [condition.left, condition.right];
  return [...comparedIn(condition.left), ...comparedIn(condition.right)];
}

/** The names in a formula, L_i as `L_i`. */
export function namesIn(formula: Formula): ReadonlySet<string> {
  if (formula.kind === 'name') return new Set([formula.name + (formula.ofCoordinate ? '_i' : '')]);
  return new Set(partsOf(formula).flatMap((part) => [...namesIn(part)]));
}
