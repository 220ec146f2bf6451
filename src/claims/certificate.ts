/**
 * A proof as data. A certificate is a chain of stages; each states that one expression, its goal, is ≥ 0, and proves it by writing
 *
 *     scale · goal = Σ multiplier · (an inequality's slack) + Σ multiplier · (a square) + non-negative terms
 *
 * as an identity of polynomials, with multipliers that are non-negative because their coefficients and symbols are. Expressions
 * are strings in the grammar of `parseExpression`. Nothing is evaluated: an identity holds for every dimension, function and number.
 */
export interface Certificate {
  readonly stages: readonly Stage[];
}

/** The scope of a stage, which decides what it may use. */
export type StageKind =
  /** For every outcome of the mini-batch. */
  | 'pathwise'
  /** In conditional expectation given x: the same combination for every outcome, plus facts about the mean and the variance. */
  | 'expectation'
  /** About constants only. */
  | 'constants'
  /** Sums of earlier goals over steps and coordinates. */
  | 'total';

/** A step of a proof: what it says, and why it follows from its premises, in one case or in several. */
export interface Stage {
  readonly name: string;
  readonly kind: StageKind;
  /** The goal as the paper writes it. */
  readonly statement: string;
  /** Every symbol with its meaning. */
  readonly symbols: Readonly<Record<string, string>>;
  /** Symbols that are > 0. */
  readonly positive: readonly string[];
  /** Further symbols that are ≥ 0. */
  readonly nonNegative?: readonly string[];
  /** Symbols that are absolute values, hence ≥ 0; conditions say which sign is behind them. */
  readonly magnitudes?: Readonly<Record<string, Magnitude>>;
  /** Symbols that are vectors: everything is then of degree 0 or 2 in them together. */
  readonly vectors?: readonly string[];
  /** Symbols that depend on the mini-batch; the multipliers of facts in expectation must be free of them. */
  readonly random?: readonly string[];
  /** Symbols that stand for expressions, in the order of substitution. */
  readonly definitions?: Readonly<Record<string, string>>;
  /** An equation between a monomial and a polynomial, e.g. γ = 1/(L√T) as `['γLs', '1']`. */
  readonly equation?: readonly [monomial: string, equals: string];
  readonly functions?: Readonly<Record<string, FunctionClass>>;
  /** Points by name, as expressions. */
  readonly points?: Readonly<Record<string, string>>;
  /** Facts that no class of functions gives, by name: an expression that is ≥ 0, and why. */
  readonly facts?: Readonly<Record<string, { readonly expression: string; readonly because: string }>>;
  readonly goal: string;
  /** The quantity that the statement bounds, and the positive factor that turns the statement into the goal. */
  readonly isolates?: { readonly quantity: string; readonly factor: string };
  /**
   * Conditions that together cover everything; every pair of a `given` and an `outcome` needs its case. A condition is a list of
   * comparisons with 0 or of two magnitudes, such as `G ≥ 0, N ≤ v` or `s = −1`, or a word that says nothing about symbols.
   */
  readonly alternatives?: { readonly given: readonly string[]; readonly outcomes: readonly string[] };
  readonly cases: readonly Case[];
}

/** The absolute value of an expression. */
export interface Magnitude {
  readonly of: string;
  /** A symbol for its sign: of = sign × magnitude with sign ∈ {−1, 0, 1}, any of them where of = 0. */
  readonly sign?: string;
  /** of = ∇f(to) − ∇f(from) for a convex f of one variable, where to − from = factor × along: it has the sign of the magnitude `along`. */
  readonly change?: {
    readonly function: string;
    readonly from: string;
    readonly to: string;
    readonly factor: string;
    readonly along: string;
  };
}

/** A function by its known properties: a Lipschitz continuous gradient, convexity, or both. */
export interface FunctionClass {
  readonly convex: boolean;
  /** Lipschitz constant of the gradient; a function without one may have subgradients for gradients. */
  readonly modulus?: string;
  /** Values and gradients at points, by the point's name. */
  readonly values: Readonly<Record<string, string>>;
  readonly gradients: Readonly<Record<string, string>>;
}

/** Multiples of inequalities whose sum is what a stage says, under a condition of its own. */
export interface Case {
  /** A condition on x, one of the stage's. */
  readonly given?: string;
  /** A condition on the outcome of the mini-batch, one of the stage's. */
  readonly outcome?: string;
  /** The consequences of the conditions for the symbols, as substitutions in this order; each must follow from the conditions. */
  readonly where?: Readonly<Record<string, string>>;
  /** A positive factor of the goal; 1 when absent. */
  readonly scale?: string;
  readonly terms: readonly CertificateTerm[];
}

/** One summand of the right side of the identity. */
export type CertificateTerm =
  | { readonly multiplier: string; readonly inequality: Inequality }
  | { readonly multiplier: string; readonly square: string }
  /** A polynomial that is non-negative term by term. */
  | { readonly remainder: string };

/** An inequality `slack ≥ 0`. */
export type Inequality =
  /** f(to) ≤ f(from) + ⟨∇f(from), to − from⟩ + (L/2)‖to − from‖². */
  | { readonly kind: 'descent'; readonly of: string; readonly from: string; readonly to: string }
  /** f(to) ≥ f(from) + ⟨∇f(from), to − from⟩. */
  | { readonly kind: 'convexity'; readonly of: string; readonly from: string; readonly to: string }
  /** ‖∇f(to) − ∇f(from)‖² ≤ L²‖to − from‖². */
  | { readonly kind: 'lipschitz'; readonly of: string; readonly from: string; readonly to: string }
  /** ∇f(from) ≤ ∇f(to) for numbers from ≤ to. */
  | { readonly kind: 'monotonicity'; readonly of: string; readonly from: string; readonly to: string }
  /** ∇f(to) − ∇f(from) ≤ L(to − from) for numbers from ≤ to. */
  | { readonly kind: 'steepness'; readonly of: string; readonly from: string; readonly to: string }
  /** E[e] = 0: an equality, with a multiplier of any sign. */
  | { readonly kind: 'mean'; readonly of: string }
  /** E‖e‖² ≤ bound. */
  | { readonly kind: 'variance'; readonly of: string; readonly bound: string }
  | { readonly kind: 'fact'; readonly name: string }
  /** The goal of an earlier stage, or its sum: `totals` gives the sum of every product of varying symbols, 1 included. */
  | { readonly kind: 'earlier'; readonly stage: string; readonly totals?: Readonly<Record<string, string>> };
