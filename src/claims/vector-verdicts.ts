/** What is found of an implementation on the test vectors of one subject. */
export interface JudgedAnswers {
  readonly subject: string;
  readonly verdict: 'pass' | 'fail' | 'no answers';
  /** Vectors with an answer, and all in the format. */
  readonly answered: number;
  readonly of: number;
  /** With which conventions all answers are right. */
  readonly conventions: readonly string[];
  /** The first vector that no convention explains which explains all before it: its id, an entry that the usual answer does not have, and the right one. */
  readonly failed?: { readonly id: string; readonly returned: string; readonly right: string };
  /** The known wrong forms that explain all answers. */
  readonly looksLike: readonly string[];
}

/** What the vectors of one subject say of an implementation that was asked all of them. */
export interface Identity {
  /** An algorithm such as `adamw`, or `prox-l1`. */
  readonly subject: string;
  /** Whether one convention explains all answers. */
  readonly is: boolean;
  /** Questions that it answered, and all in its format. */
  readonly answered: number;
  readonly of: number;
  /** The choices that all conventions which explain the answers have in common; if it is wrong, those beside which a wrong form explains them. */
  readonly choices: readonly string[];
  /** Papers and libraries with one of these conventions. */
  readonly references: readonly string[];
  /** If it is wrong, the known wrong forms that explain all answers. */
  readonly looksLike: readonly string[];
  /** The hyperparameters that it does not take: it was asked where they are 0 or false. */
  readonly lacks: readonly string[];
  /** What it takes as something else, and was not asked about as this: a wrong momentum is right as sgd, which has none. */
  readonly beyond: readonly string[];
  /** Whether something that has these too, and all that this has, explains the answers without some of them, and not all answers. */
  readonly isWrongBeyond: boolean;
  /** If it is wrong, the hyperparameters each of which it is right without, as far as they are 0 or false. */
  readonly rightWithout: readonly string[];
}
