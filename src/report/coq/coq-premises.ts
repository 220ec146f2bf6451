import type { Inequality, Stage } from '../../claims/certificate.js';
import { type CoqTerm, type CoqWriter, identifier } from './coq-expression.js';

/** A premise of a theorem. */
export interface Premise {
  readonly name: string;
  /** What it says, for people. */
  readonly comment?: string;
  readonly text: string;
  /** Whether it is about one outcome of the mini-batch, hence assumed for every one. */
  readonly isRandom: boolean;
}

export type ClassInequality = Extract<Inequality, { readonly from: string }>;

/** smaller ≤ larger, for points in the order `ordered` where that is asked for. */
export interface CoqInequality {
  readonly ordered?: readonly [from: CoqTerm, to: CoqTerm];
  readonly smaller: CoqTerm;
  readonly larger: CoqTerm;
}

export const classPremise = ({ kind, of, from, to }: ClassInequality): string =>
  [of, kind, from, to].map(identifier).join('_');

/** The inequality of a class of functions between two points. */
export function classInequality(inequality: ClassInequality, stage: Stage, writer: CoqWriter): CoqInequality {
  const { kind, of, from, to } = inequality;
  const { values, gradients, modulus } = stage.functions![of]!;
  const read = (text: string): CoqTerm => writer.read(text);
  const points = { from: read(stage.points![from]!), to: read(stage.points![to]!) };
  const distance = writer.difference(points.to, points.from);
  const linear = (): CoqTerm => writer.sum(read(values[from]!), writer.inner(read(gradients[from]!), distance));
  const change = (): CoqTerm => writer.difference(read(gradients[to]!), read(gradients[from]!));
  switch (kind) {
    case 'descent': {
      const quadratic = writer.product(writer.quotient(read(modulus!), 2n), writer.power(distance, 2));
      return { smaller: read(values[to]!), larger: writer.sum(linear(), quadratic) };
    }
    case 'convexity':
      return { smaller: linear(), larger: read(values[to]!) };
    case 'lipschitz':
      return {
        smaller: writer.power(change(), 2),
        larger: writer.product(writer.power(read(modulus!), 2), writer.power(distance, 2)),
      };
    case 'monotonicity':
      return { ordered: [points.from, points.to], smaller: read(gradients[from]!), larger: read(gradients[to]!) };
    case 'steepness':
      return {
        ordered: [points.from, points.to],
        smaller: change(),
        larger: writer.product(read(modulus!), distance),
      };
  }
}

/** Why the inequality holds. */
function reason({ kind, of }: ClassInequality, stage: Stage): string {
  const isConvex = kind === 'convexity' || kind === 'monotonicity';
  return isConvex ? `${of} is convex` : `∇${of} is ${stage.functions![of]!.modulus}-Lipschitz`;
}

function classPremiseOf(inequality: ClassInequality, stage: Stage, writer: CoqWriter): Premise {
  const { ordered, smaller, larger } = classInequality(inequality, stage, writer);
  const { kind, of, from, to } = inequality;
  const guard = ordered === undefined ? '' : `${ordered[0].text} <= ${ordered[1].text} -> `;
  return {
    name: classPremise(inequality),
    comment: `${kind} of ${of} from ${from} to ${to}: ${reason(inequality, stage)}`,
    text: `${guard}${smaller.text} <= ${larger.text}`,
    isRandom: [smaller, larger, ...(ordered ?? [])].some(({ isRandom }) => isRandom),
  };
}

/** Signs, definitions and the stage's equation. */
function symbolPremises(stage: Stage, writer: CoqWriter): Premise[] {
  const plain = (name: string, left: CoqTerm, relation: string, right: CoqTerm): Premise => ({
    name,
    text: `${left.text} ${relation} ${right.isVector ? `(${right.text})%vector` : right.text}`,
    isRandom: left.isRandom || right.isRandom,
  });
  const zero = writer.number(0n);
  const { positive, nonNegative = [], definitions = {}, equation } = stage;
  return [
    ...positive.map((name) => plain(`${identifier(name)}_positive`, zero, '<', writer.read(name))),
    ...nonNegative.map((name) => plain(`${identifier(name)}_nonneg`, zero, '<=', writer.read(name))),
    ...Object.entries(definitions).map(([name, text]) =>
      plain(`${identifier(name)}_is`, writer.read(name), '=', writer.read(text)),
    ),
    ...(equation === undefined ? [] : [plain('equation', writer.read(equation[0]), '=', writer.read(equation[1]))]),
  ];
}

/** Absolute values, and the signs behind them. */
function magnitudePremises(stage: Stage, writer: CoqWriter): Premise[] {
  return Object.entries(stage.magnitudes ?? {}).flatMap(([size, { of, sign, change }]): Premise[] => {
    const [term, inside] = [writer.read(size), writer.read(of)];
    const isRandom = term.isRandom || inside.isRandom;
    const name = identifier(size);
    const absolute = { name: `${name}_is`, text: `${term.text} = Rabs (${inside.text})`, isRandom };
    const signs = (text: string): Premise[] => {
      const value = writer.read(text);
      return [
        {
          name: `${identifier(text)}_values`,
          text: `${value.text} = 1 \\/ ${value.text} = 0 \\/ ${value.text} = -1`,
          isRandom,
        },
        { name: `${name}_signed`, text: `${inside.text} = ${value.text} * ${term.text}`, isRandom },
      ];
    };
    const grows =
      change === undefined
        ? []
        : [[change.from, change.to] as const, [change.to, change.from] as const].map(([from, to]) =>
            classPremiseOf({ kind: 'monotonicity', of: change.function, from, to }, stage, writer),
          );
    return [absolute, ...(sign === undefined ? [] : signs(sign)), ...grows];
  });
}

const isClass = (inequality: Inequality): inequality is ClassInequality => 'from' in inequality;

/** The inequalities of the stage's terms. */
export function inequalitiesOf(stage: Stage): Inequality[] {
  return stage.cases.flatMap(({ terms }) => terms.flatMap((term) => ('inequality' in term ? [term.inequality] : [])));
}

export const factPremise = (name: string): string => identifier(name).replaceAll(/[^\p{L}₀-₉_]/gu, '');

/** What the stage takes for granted, each premise once. */
export function premisesOf(stage: Stage, writer: CoqWriter): Premise[] {
  const known = inequalitiesOf(stage).flatMap((inequality): Premise[] => {
    if (isClass(inequality)) return [classPremiseOf(inequality, stage, writer)];
    if (inequality.kind !== 'fact') return [];
    const { expression, because } = stage.facts![inequality.name]!;
    const { text, isRandom } = writer.read(expression);
    return [{ name: factPremise(inequality.name), comment: because, text: `0 <= ${text}`, isRandom }];
  });
  const all = [...symbolPremises(stage, writer), ...magnitudePremises(stage, writer), ...known];
  return [...new Map(all.map((premise) => [premise.name, premise])).values()];
}
