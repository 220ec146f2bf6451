import type { Case, Certificate, CertificateTerm, Stage } from '../../claims/certificate.js';
import { type Sign, signsOf } from '../../theory/proofs/certificates/conditions.js';
import { parseExpression } from '../../theory/proofs/certificates/expression.js';
import {
  add,
  constant,
  divide,
  format,
  fromTerms,
  multiply,
  type Polynomial,
  raise,
  subtract,
  withoutFractions,
} from '../../theory/proofs/certificates/polynomial.js';
import { definitionsOf, pointOf, slackOf, substituteInOrder } from '../../theory/proofs/certificates/slack.js';
import { atLeast, type CoqTerm, CoqWriter, formText, identifier, number } from './coq-expression.js';
import { type ClassInequality, classInequality, classPremise } from './coq-premises.js';

/** How an earlier theorem is used: its name with its arguments. */
export type UseEarlier = (stage: string) => string;

/** Terms that hold in expectation only. */
export function isExpected(term: CertificateTerm): boolean {
  return 'inequality' in term && ['mean', 'variance'].includes(term.inequality.kind);
}

/** A term of the combination: multiplier × slack, multiplier × square, or what remains. */
export function termText(term: CertificateTerm, stage: Stage, certificate: Certificate, writer: CoqWriter): CoqTerm {
  if ('remainder' in term) return writer.read(term.remainder);
  return writer.product(writer.read(term.multiplier), factorText(term, stage, certificate, writer));
}

type Product = Exclude<CertificateTerm, { readonly remainder: string }>;

function factorText(term: Product, stage: Stage, certificate: Certificate, writer: CoqWriter): CoqTerm {
  if ('square' in term) return writer.power(writer.read(term.square), 2);
  const { inequality } = term;
  switch (inequality.kind) {
    case 'mean':
      return writer.read(inequality.of);
    case 'variance':
      return writer.difference(writer.read(inequality.bound), writer.power(writer.read(inequality.of), 2));
    case 'fact':
      return writer.read(stage.facts![inequality.name]!.expression);
    case 'earlier':
      return inequality.totals === undefined
        ? writer.read(certificate.stages.find(({ name }) => name === inequality.stage)!.goal)
        : writer.read(format(slackOf(inequality, stage, certificate)));
    default: {
      const { smaller, larger } = classInequality(inequality, stage, writer);
      return writer.difference(larger, smaller);
    }
  }
}

/** The sentences that prove one case: 0 ≤ goal, or 0 ≤ scale · goal − (what holds in expectation only). */
export function caseProof(entry: Case, stage: Stage, certificate: Certificate, useEarlier: UseEarlier): string[] {
  const writer = new CoqWriter(stage, false);
  const whole = wholeProof(entry, stage, certificate, writer);
  if (whole !== undefined) return whole;
  const certain = entry.terms.filter((term) => !isExpected(term));
  const expected = entry.terms.filter(isExpected);
  const goal = atLeast(2, writer.read(stage.goal));
  const scaled =
    entry.scale === undefined && stage.kind !== 'expectation' ? goal : `${scaleText(entry, writer)} * ${goal}`;
  const left = expected.length === 0 ? scaled : `${scaled} - (${sumText(expected, stage, certificate, writer)})`;
  const right = sumText(certain, stage, certificate, writer);
  const equations = [
    ...Object.keys(stage.definitions ?? {}).map((name) => `${identifier(name)}_is`),
    ...Object.keys(entry.where ?? {}).map((name) => `${identifier(name)}_here`),
  ];
  const forget = equations.length === 0 ? 'clear' : `clear - ${equations.join(' ')}`;
  return [
    ...signSentences(entry, stage, writer),
    ...Object.entries(entry.where ?? {}).map(
      ([name, text]) =>
        `assert (${identifier(name)}_here : ${writer.read(name).text} = ${writer.read(text).text}) by lra.`,
    ),
    ...certain.flatMap((term, j) =>
      termSentences(term, j + 1, { entry, stage, certificate, writer, useEarlier, forget }),
    ),
    ...identitySentences(left, right, forget, vanishing(entry, stage, certificate), writer, stage),
    ...(scaled === goal || stage.kind === 'expectation'
      ? []
      : [`apply (nonneg_of_scaled ${scaleText(entry, writer)}); [positive|].`]),
    isIdentity(stage) ? 'exact identity.' : 'rewrite identity; add_up.',
  ];
}

/**
 * The same where all multipliers are numbers, as of all T steps at once: every term is written in inner products without fractions, and then the identity is
 * one of whole numbers, in which Coq is quick.
 */
function wholeProof(entry: Case, stage: Stage, certificate: Certificate, writer: CoqWriter): string[] | undefined {
  const { vectors = [], definitions, equation, alternatives } = stage;
  if (vectors.length === 0 || stage.kind !== 'pathwise' || definitions || equation || alternatives || entry.scale)
    return undefined;
  const parts = entry.terms.map((term) => {
    if ('remainder' in term || ('inequality' in term && ['mean', 'variance', 'earlier'].includes(term.inequality.kind)))
      return undefined;
    const [factor, ...others] = [...parseExpression(term.multiplier).values()];
    if (factor === undefined || others.length > 0) return undefined;
    const symbols = fromTerms([{ ...factor, coefficient: factor.coefficient.div(factor.coefficient) }]);
    const { times, multiples } = withoutFractions(
      multiply(symbols, termPolynomial({ ...term, multiplier: '1' }, stage, certificate)),
    );
    const plain = factorText(term, stage, certificate, writer);
    if (factor.powers.length > 0 && !('square' in term)) return undefined;
    const product = factor.powers.length === 0 ? plain : writer.product(writer.read(format(symbols)), plain);
    return { term, multiplier: factor.coefficient, times, form: multiples[0]!, product: atLeast(2, product) };
  });
  if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  const known = parts as NonNullable<(typeof parts)[0]>[];
  const goal = withoutFractions(parseExpression(stage.goal));
  // Multiples of the forms whose sum is the goal, without fractions.
  const ratios = known.map(({ multiplier, times }) => multiplier.mul(goal.times).div(times));
  const { times: common } = withoutFractions(...ratios.map(constant));
  const terms = known.map(({ form }, k) => `${number(ratios[k]!.mul(common))} * (${formText(form, vectors)})`);
  const sum = `${number(common)} * (${formText(goal.multiples[0]!, vectors)})`;
  const scale = number(common.mul(goal.times));
  return [
    ...known.map(({ term, times, form, product }, k) => {
      const proof =
        'square' in term
          ? 'nonneg'
          : term.inequality.kind === 'fact'
            ? 'assumption'
            : `apply nonneg_of_slack, ${classPremise(term.inequality as ClassInequality)}`;
      return `assert (term_${k + 1} : 0 <= ${terms[k]}) by (apply Rmult_le_pos; [clear; lra | replace (${formText(form, vectors)}) with (${number(times)} * ${product}) by (clear; by_algebra); apply Rmult_le_pos; [clear; lra | ${proof}]]).`;
    }),
    `assert (identity : ${sum} = ${terms.join(' + ')}) by (clear; ring).`,
    `apply (nonneg_of_scaled ${scale}); [clear; lra|].`,
    `replace (${scale} * ${atLeast(2, writer.read(stage.goal))}) with (${sum}) by (clear; by_algebra).`,
    'rewrite identity; repeat apply Rplus_le_le_0_compat; assumption.',
  ];
}

/** Whether the stage says that its goal is 0. */
export const isIdentity = ({ cases }: Stage): boolean => cases.every(({ terms }) => terms.length === 0);

/** The scale of a case as a factor. */
export const scaleText = ({ scale = '1' }: Case, writer: CoqWriter): string => atLeast(3, writer.read(scale));

export function sumText(
  terms: readonly CertificateTerm[],
  stage: Stage,
  certificate: Certificate,
  writer: CoqWriter,
): string {
  if (terms.length === 0) return '0';
  return terms.map((term) => atLeast(1, termText(term, stage, certificate, writer))).join(' + ');
}

/** left = right; with an equation of the stage, a multiple of it makes up the difference. */
function identitySentences(
  left: string,
  right: string,
  forget: string,
  multiple: Polynomial,
  writer: CoqWriter,
  { equation }: Stage,
): string[] {
  if (equation === undefined || multiple.size === 0)
    return [`assert (identity : ${left} = ${right}) by (${forget}; by_algebra).`];
  const [monomial, equals] = equation.map((text) => atLeast(1, writer.read(text)));
  const difference = `(${writer.read(format(multiple)).text}) * (${monomial} - ${equals})`;
  return [
    `assert (difference : ${left} = ${right} + ${difference}) by (${forget}; by_algebra).`,
    `assert (identity : ${left} = ${right}) by (rewrite difference, equation; field).`,
  ];
}

/** What times the equation of the stage is the difference of the two sides. */
function vanishing(entry: Case, stage: Stage, certificate: Certificate): Polynomial {
  if (stage.equation === undefined) return new Map();
  const definitions = definitionsOf(stage.definitions, entry.where);
  const combination = add(...entry.terms.map((term) => termPolynomial(term, stage, certificate)));
  const goal = multiply(parseExpression(entry.scale ?? '1'), parseExpression(stage.goal));
  const [monomial, equals] = stage.equation.map(parseExpression);
  const difference = substituteInOrder(subtract(goal, combination), definitions);
  return divide(difference, { monomial: [...monomial!.values()][0]!.powers, equals: equals! }).quotient;
}

function termPolynomial(term: CertificateTerm, stage: Stage, certificate: Certificate): Polynomial {
  if ('remainder' in term) return parseExpression(term.remainder);
  const factor =
    'square' in term ? raise(parseExpression(term.square), 2) : slackOf(term.inequality, stage, certificate);
  return multiply(parseExpression(term.multiplier), factor);
}

interface Surroundings {
  readonly entry: Case;
  readonly stage: Stage;
  readonly certificate: Certificate;
  readonly writer: CoqWriter;
  readonly useEarlier: UseEarlier;
  readonly forget: string;
}

/** That one term of the combination is ≥ 0. */
function termSentences(term: CertificateTerm, number: number, surroundings: Surroundings): string[] {
  const { stage, certificate, writer } = surroundings;
  const claim = `assert (term_${number} : 0 <= ${termText(term, stage, certificate, writer).text})`;
  if ('remainder' in term) return [`${claim} by nonneg.`];
  if ('square' in term) return [`${claim} by (apply Rmult_le_pos; [nonneg | nonneg]).`];
  const { inequality } = term;
  const by = (proof: string): string => `${claim} by (apply Rmult_le_pos; [nonneg | ${proof}]).`;
  switch (inequality.kind) {
    case 'earlier':
      return [
        by(
          `exact ${inequality.totals === undefined ? useTheorem(inequality.stage, surroundings) : sumName(term, stage)}`,
        ),
      ];
    case 'fact':
      return [by('assumption')];
    case 'mean':
    case 'variance':
      return [];
    default: {
      const { ordered } = classInequality(inequality, stage, writer);
      const proof = `apply nonneg_of_slack, ${classPremise(inequality)}`;
      if (ordered === undefined) return [by(proof)];
      const name = `ordered_${number}`;
      const distance = distanceHere(inequality, surroundings);
      return [
        `assert (${name} : 0 <= ${distance}) by nonneg.`,
        `assert (${name}_points : ${ordered[0].text} <= ${ordered[1].text}) by (${surroundings.forget} ${name}; subst; lra).`,
        by(`${proof}; exact ${name}_points`),
      ];
    }
  }
}

const useTheorem = (stage: string, { useEarlier }: Surroundings): string => useEarlier(stage);

/** to − from in the symbols that are left in the case. */
function distanceHere(
  { from, to }: { readonly from: string; readonly to: string },
  { entry, stage, writer }: Surroundings,
): string {
  const distance = subtract(pointOf(stage, to), pointOf(stage, from));
  return writer.read(format(substituteInOrder(distance, definitionsOf(stage.definitions, entry.where)))).text;
}

/** The name of the premise that the earlier goals add up to something ≥ 0. */
export function sumName(term: CertificateTerm, stage: Stage): string {
  const sums = stage.cases[0]!.terms.filter((other) => 'inequality' in other && other.inequality.kind === 'earlier');
  return `earlier_${sums.indexOf(term) + 1}`;
}

/** That absolute values are ≥ 0. */
export function magnitudeSentences(symbols: readonly string[]): string[] {
  return symbols
    .map(identifier)
    .map((size) => `assert (${size}_nonneg : 0 <= ${size}) by (rewrite ${size}_is; apply Rabs_pos).`);
}

/** What the conditions of the case say of every magnitude: the expression without its absolute value. */
function signSentences(entry: Case, stage: Stage, writer: CoqWriter): string[] {
  const signs = signsOf(entry, stage);
  return [
    ...magnitudeSentences(Object.keys(stage.magnitudes ?? {})),
    ...[...signs].flatMap(([size, value]) => signSentence(size, value, stage, writer)),
  ];
}

function signSentence(symbol: string, value: Sign, { magnitudes = {} }: Stage, writer: CoqWriter): string[] {
  const { of, sign, change } = magnitudes[symbol]!;
  const size = identifier(symbol);
  const inside = writer.read(of);
  const claim = `assert (${size}_sign : ${inside.text} = ${['- ', '0 * ', ''][value + 1]}${size})`;
  if (sign !== undefined) {
    const signed = `${claim} by (rewrite ${size}_signed, ${identifier(sign)}_case; ring).`;
    return value === 0
      ? [signed, `assert (${size}_zero : ${size} = 0) by (rewrite ${size}_is, ${size}_sign, Rmult_0_l; apply Rabs_R0).`]
      : [signed];
  }
  if (value === 0) return [];
  const absolute = value === 1 ? 'Rabs_pos_eq' : 'Rabs_left1';
  const bounds = value === 1 ? `0 <= ${inside.text}` : `${inside.text} <= 0`;
  const known = `assert (${size}_bound : ${bounds})`;
  const concluded = `${claim} by (rewrite ${size}_is, ${absolute} by exact ${size}_bound; ring).`;
  if (change === undefined) return [`${known} by lra.`, concluded];
  const { function: name, from, to, factor, along } = change;
  const moved = `${value === 1 ? '' : '- '}(${writer.read(magnitudes[along]!.of).text})`;
  const [start, end] = value === 1 ? [from, to] : [to, from];
  const premise = classPremise({ kind: 'monotonicity', of: name, from: start, to: end });
  return [
    `assert (${size}_moved : 0 <= ${atLeast(1, writer.read(factor))} * ${moved}) by (apply Rmult_le_pos; [nonneg | lra]).`,
    `${known} by (pose proof (${premise} ltac:(lra)) as grows; lra).`,
    concluded,
  ];
}
