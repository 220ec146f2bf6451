import {
  type ConventionKind,
  conventionKinds,
  type MemoryConventions,
  usualConventions,
} from '../../judging/judges/stateful/rule.js';
import { candidatesOf, ofEachConvention } from '../../judging/parts/memory-conventions.js';
import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import { type Interval, intervalOf } from './interval.js';
import { exactIterates, type Format, type OptimiserQuestion } from './optimiser-question.js';
import type { VectorSubject } from './subject.js';

/** A combination of conventions, with the names of those that are open in an algorithm. */
interface Convention {
  /** `decay-before-step eps-outside-root …`. */
  readonly id: string;
  readonly conventions: MemoryConventions;
  readonly signOfZero: SignConvention;
}

/** What sgn may be at 0, the usual value first: its name and its formula. */
export const signsAtZero = {
  zero: ['sign-of-zero-0', 'sgn(0) = 0: PyTorch, NumPy'],
  positive: ['sign-of-zero-plus', 'sgn(0) = 1: x >= 0'],
  negative: ['sign-of-zero-minus', 'sgn(0) = −1: x > 0'],
} as const;

const idOf = (kind: ConventionKind, choice: string): string =>
  (conventionKinds[kind] as Readonly<Record<string, { readonly id: string }>>)[choice]!.id;

/** Every combination of the conventions that an algorithm leaves open, the usual one first. */
export function conventionsIn({ definition, open = [] }: VectorSubject): readonly Convention[] {
  const takesSigns = definition.signs === true;
  const signs = takesSigns ? (Object.keys(signsAtZero) as (keyof typeof signsAtZero)[]) : (['zero'] as const);
  return candidatesOf(open, usualConventions).flatMap((conventions) =>
    signs.map((signOfZero) => {
      const ids = [
        ...open.map((kind) => idOf(kind, conventions[kind])),
        ...(takesSigns ? [signsAtZero[signOfZero][0]] : []),
      ];
      return { id: ids.length === 0 ? 'the-rule' : ids.join(' '), conventions, signOfZero };
    }),
  );
}

/** The intervals of x¹, …, x^T. */
export type Iterates = readonly (readonly Interval[])[];

/**
 * The intervals of a question for each of the conventions, in a format. Conventions that make no difference share an object.
 */
export function intervalsBy(
  { rule }: VectorSubject,
  question: OptimiserQuestion,
  conventions: readonly Convention[],
  format: Format,
): readonly Iterates[] {
  const bySign = new Map<SignConvention, readonly { readonly value: Iterates }[]>();
  for (const { signOfZero } of conventions) {
    if (bySign.has(signOfZero)) continue;
    const own = conventions.filter((each) => each.signOfZero === signOfZero);
    const outcomes = ofEachConvention(
      own.map((each) => each.conventions),
      (each) => exactIterates(question, { rule, conventions: each, signOfZero, format }).map((x) => x.map(intervalOf)),
    );
    bySign.set(signOfZero, outcomes);
  }
  const places = new Map<SignConvention, number>();
  return conventions.map(({ signOfZero }) => {
    const place = places.get(signOfZero) ?? 0;
    places.set(signOfZero, place + 1);
    return bySign.get(signOfZero)![place]!.value;
  });
}
