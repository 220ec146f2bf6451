import type { Case, Magnitude, Stage } from '../../../claims/certificate.js';
import { rational } from '../../../exact/arithmetic/rational.js';
import { parseExpression } from './expression.js';
import { format, multiply, type Polynomial, scale, subtract, symbol } from './polynomial.js';
import { CertificateError, changeOfGradient, definitionsOf, pointOf, substituteInOrder } from './slack.js';

/** The sign of the expression of a magnitude; at 0 either sign of an inequality holds. */
export type Sign = -1 | 0 | 1;

/** `G ≥ 0`, `N ≤ v`, `s = −1`. */
export interface Atom {
  readonly left: string;
  readonly relation: string;
  readonly right: string;
}

/** The comparisons of a condition such as `G ≥ 0, N ≤ v`; none for a condition in words, which says nothing about symbols. */
export function atomsOf(condition: string | undefined): Atom[] {
  return (condition ?? '').split(', ').flatMap((part): Atom[] => {
    const [left, relation, right] = part.split(/ (≥|≤|=) /);
    return right === undefined ? [] : [{ left: left!, relation: relation!, right }];
  });
}

/** The sign that a comparison gives to one of the stage's magnitudes, by the magnitude's symbol. */
function signOf({ left, relation, right }: Atom, stage: Stage): readonly [size: string, sign: Sign] {
  const magnitudes = Object.entries(stage.magnitudes ?? {});
  const values: Readonly<Record<string, Sign>> = { '1': 1, '0': 0, '−1': -1 };
  const difference = format(subtract(parseExpression(left), parseExpression(right)));
  const found =
    relation === '='
      ? magnitudes.find(([, { sign }]) => sign === left && right in values)
      : magnitudes.find(([, { of, sign }]) => sign === undefined && format(parseExpression(of)) === difference);
  if (found === undefined) {
    throw new CertificateError(`the condition ${left} ${relation} ${right} is about no magnitude of the stage`);
  }
  return [found[0], relation === '=' ? values[right]! : relation === '≥' ? 1 : -1];
}

/** The signs that the conditions of a case give to the stage's magnitudes. */
export function signsOf(entry: Case, stage: Stage): ReadonlyMap<string, Sign> {
  const signs = new Map<string, Sign>(
    [...atomsOf(entry.given), ...atomsOf(entry.outcome)].map((atom) => signOf(atom, stage)),
  );
  for (const [size, { change }] of Object.entries(stage.magnitudes ?? {})) {
    const sign = change === undefined ? undefined : signs.get(change.along);
    if (sign !== undefined) signs.set(size, sign);
  }
  return signs;
}

/** Equations that hold in the case: expression = sign × magnitude for every sign that its conditions give, and the values of sign symbols. */
function equationsOf(entry: Case, stage: Stage): Polynomial[] {
  const magnitudes = stage.magnitudes ?? {};
  const signs = signsOf(entry, stage);
  return [...signs].flatMap(([size, value]) => {
    const { of, sign } = magnitudes[size]!;
    const signed = subtract(parseExpression(of), scale(symbol(size), rational(BigInt(value))));
    return [
      signed,
      ...(value === 0 ? [symbol(size)] : []),
      ...(sign === undefined ? [] : [subtract(symbol(sign), parseExpression(value < 0 ? '−1' : String(value)))]),
    ];
  });
}

/**
 * That every `where` of the case follows from its conditions: it must be one of the case's equations, after those that are already known
 * to follow are substituted.
 */
export function checkWhere(entry: Case, stage: Stage): void {
  const known = definitionsOf(stage.definitions);
  const equations = equationsOf(entry, stage);
  let pending = Object.entries(entry.where ?? {});
  while (pending.length > 0) {
    const reduced = equations.map((equation) => substituteInOrder(equation, known));
    const next = pending.find(([name, text]) => {
      const stated = substituteInOrder(subtract(parseExpression(name), parseExpression(text)), known);
      return reduced.some((equation) => areOpposite(equation, stated) || areEqual(equation, stated));
    });
    if (next === undefined) {
      const [name, text] = pending[0]!;
      throw new CertificateError(`${name} = ${text} does not follow from the conditions of the case`);
    }
    pending = pending.filter((other) => other !== next);
    known.push(...definitionsOf({ [next[0]]: next[1] }));
  }
}

const areEqual = (left: Polynomial, right: Polynomial): boolean => subtract(left, right).size === 0;
const areOpposite = (left: Polynomial, right: Polynomial): boolean => areEqual(left, scale(right, rational(-1n)));

/** The magnitudes in a condition, the expressions whose absolute values they are, and the symbols of their signs. */
export function symbolsOfCondition(condition: string | undefined, stage: Stage): Polynomial[] {
  return atomsOf(condition).flatMap((atom) => {
    const [size] = signOf(atom, stage);
    const { of, sign } = stage.magnitudes![size]!;
    return [size, of, ...(sign === undefined ? [] : [sign])].map(parseExpression);
  });
}

/** Checks that one of the conditions holds for any numbers: every combination of signs is there, with 0 for a sign symbol. */
export function checkExhaustive(conditions: readonly string[], stage: Stage): void {
  const signs = conditions.map((condition) => new Map(atomsOf(condition).map((atom) => signOf(atom, stage))));
  const sizes = [...signs[0]!.keys()];
  const combinations = sizes.reduce((count, size) => count * (stage.magnitudes![size]!.sign === undefined ? 2 : 3), 1);
  const found = new Set(signs.map((sign) => sizes.map((size) => sign.get(size)).join(' ')));
  const alike = signs.every((sign) => sign.size === sizes.length && sizes.every((size) => sign.has(size)));
  if (!alike || found.size !== combinations || conditions.length !== combinations) {
    throw new CertificateError(`the conditions ${conditions.join(' | ')} do not cover everything once`);
  }
}

/** Checks that a magnitude has the sign of another one as stated: ∇f of a convex f of one variable does not decrease. */
export function checkMagnitude({ of, change }: Magnitude, stage: Stage): { readonly factor: Polynomial } | undefined {
  if (change === undefined) return undefined;
  const factor = parseExpression(change.factor);
  const along = stage.magnitudes?.[change.along];
  if (along === undefined) throw new CertificateError(`there is no magnitude "${change.along}"`);
  const moved = subtract(pointOf(stage, change.to), pointOf(stage, change.from));
  if (!areEqual(moved, multiply(factor, parseExpression(along.of)))) {
    throw new CertificateError(`${change.to} − ${change.from} is not ${change.factor} × ${along.of}`);
  }
  if (!areEqual(parseExpression(of), changeOfGradient(change, stage))) {
    throw new CertificateError(`${of} is not the change of ∇${change.function} from ${change.from} to ${change.to}`);
  }
  return { factor };
}
