import type { Case, Certificate, CertificateTerm, Inequality, Stage } from '../../../claims/certificate.js';
import { plural } from '../../../claims/text.js';
import { zero } from '../../../exact/arithmetic/rational.js';
import { checkExhaustive, checkMagnitude, checkWhere, symbolsOfCondition } from './conditions.js';
import { parseExpression } from './expression.js';
import { add, degreeIn, format, multiply, type Polynomial, raise, rewrite, subtract, symbolsOf } from './polynomial.js';
import { CertificateError, definitionsOf, pointOf, slackOf, substituteInOrder, symbolSet } from './slack.js';

/** One case of one stage, and its error. */
export interface CaseResult {
  readonly name: string;
  /** Absent if the identity holds and every multiplier has the required sign. */
  readonly problem?: string;
}

/** Checks every stage; see `checkStage`. */
export function checkCertificate(certificate: Certificate): CaseResult[] {
  return certificate.stages.flatMap((stage) => checkStage(stage, certificate));
}

/**
 * Checks every case of a stage in exact rational arithmetic: that multipliers are non-negative term by term, that what a case substitutes
 * follows from its conditions, that facts in expectation are used in the same way for all outcomes, that the cases cover the stage's alternatives and
 * these cover everything, and that the two sides of the identity are the same polynomial.
 */
export function checkStage(stage: Stage, certificate: Certificate): CaseResult[] {
  const results = stage.cases.map((entry): CaseResult => {
    const name = [stage.name, entry.given, entry.outcome].filter((part) => part !== undefined).join(', ');
    return withProblem(
      name,
      problemOf(() => checkCase(entry, stage, certificate)),
    );
  });
  const problem = problemOf(() => {
    checkFactor(stage);
    checkSigns(stage);
    checkAlternatives(stage);
  });
  return problem === undefined ? results : [...results, withProblem(stage.name, problem)];
}

function withProblem(name: string, problem: string | undefined): CaseResult {
  return problem === undefined ? { name } : { name, problem };
}

function problemOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof CertificateError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/** goal = factor × (a bound − quantity). Symbols of the quantity that are not positive must be in each of its terms, and not in the bound. */
function checkFactor(stage: Stage): void {
  if (stage.isolates === undefined) return;
  const factor = parseExpression(stage.isolates.factor);
  requirePositive(factor, stage, 'factor');
  const quantity = parseExpression(stage.isolates.quantity);
  const bounded = [...symbolsOf(quantity)].filter((name) => !symbolSet(stage.positive).has(name));
  const rest = normaliser({ terms: [] }, stage)(add(parseExpression(stage.goal), multiply(factor, quantity)));
  const isProportional = [...quantity.values()].every((term) => degreeIn(term, new Set(bounded)) > 0);
  if (!isProportional || bounded.some((name) => symbolsOf(rest).has(name))) {
    throw new CertificateError(`the goal is not ${stage.isolates.factor} × (a bound − ${stage.isolates.quantity})`);
  }
}

/** The magnitudes whose sign follows from that of another one. */
function checkSigns(stage: Stage): void {
  for (const magnitude of Object.values(stage.magnitudes ?? {})) {
    const checked = checkMagnitude(magnitude, stage);
    if (checked === undefined) continue;
    requireNonNegative(checked.factor, stage, 'factor');
    requireOneVariable('a change of sign', stage);
  }
}

function checkCase(entry: Case, stage: Stage, certificate: Certificate): void {
  checkWhere(entry, stage);
  const normal = normaliser(entry, stage);
  const scale = parseExpression(entry.scale ?? '1');
  requirePositive(scale, stage, 'scale');
  const left = normal(multiply(scale, parseExpression(stage.goal)));
  const right = normal(add(...entry.terms.map((term) => contribution(term, entry, stage, certificate))));
  const difference = subtract(left, right);
  if (difference.size > 0) throw new CertificateError(`goal and combination differ by ${format(difference)}`);
}

/** Substitutes the stage's definitions, then the case's conditions, then uses the stage's equation. */
function normaliser(entry: Case, stage: Stage): (polynomial: Polynomial) => Polynomial {
  const definitions = definitionsOf(stage.definitions, entry.where);
  const known = new Set(Object.keys(stage.symbols).map((name) => name.normalize('NFC')));
  const vectors = symbolSet(stage.vectors);
  return (polynomial) => {
    const substituted = substituteInOrder(polynomial, definitions);
    for (const name of [...symbolsOf(polynomial), ...symbolsOf(substituted)]) {
      if (!known.has(name)) throw new CertificateError(`the symbol ${name} has no meaning`);
    }
    for (const term of substituted.values()) {
      if (![0, 2].includes(degreeIn(term, vectors))) {
        throw new CertificateError(`${format(new Map([['', term]]))} is neither a number nor an inner product`);
      }
    }
    return stage.equation === undefined ? substituted : rewrite(substituted, equationOf(stage.equation));
  };
}

function equationOf([monomial, equals]: readonly [string, string]) {
  const [left, ...more] = parseExpression(monomial).values();
  if (left === undefined || more.length > 0) throw new CertificateError(`${monomial} is not a monomial`);
  return { monomial: left.powers, equals: parseExpression(equals) };
}

function contribution(term: CertificateTerm, entry: Case, stage: Stage, certificate: Certificate): Polynomial {
  if ('remainder' in term) {
    const remainder = parseExpression(term.remainder);
    requireNonNegative(remainder, stage, 'remainder');
    return remainder;
  }
  const multiplier = parseExpression(term.multiplier);
  if (!('inequality' in term && term.inequality.kind === 'mean')) {
    requireNonNegative(multiplier, stage, 'multiplier');
  }
  if ('square' in term) return multiply(multiplier, raise(vectorOf(term.square, entry, stage), 2));
  requireUsable(term.inequality, entry, stage);
  return multiply(multiplier, slackOf(term.inequality, stage, certificate));
}

/** The squared expression: a vector if the stage has vectors, so that ‖·‖² is meant; otherwise any number. */
function vectorOf(text: string, entry: Case, stage: Stage): Polynomial {
  const inner = parseExpression(text);
  const vectors = symbolSet(stage.vectors);
  const substituted = substituteInOrder(inner, definitionsOf(stage.definitions, entry.where));
  const expected = vectors.size === 0 ? 0 : 1;
  for (const term of substituted.values()) {
    if (degreeIn(term, vectors) !== expected) throw new CertificateError(`${text} is not a vector, so no square`);
  }
  return inner;
}

/** Moduli are ≥ 0; inequalities of one-dimensional functions need ordered points, facts in expectation a stage in expectation. */
function requireUsable(inequality: Inequality, entry: Case, stage: Stage): void {
  const { kind } = inequality;
  if ('from' in inequality) {
    const modulus = stage.functions?.[inequality.of]?.modulus ?? '0';
    requireNonNegative(parseExpression(modulus), stage, `modulus of ${inequality.of}`);
  }
  if (kind === 'monotonicity' || kind === 'steepness') {
    const distance = subtract(pointOf(stage, inequality.to), pointOf(stage, inequality.from));
    const substituted = substituteInOrder(distance, definitionsOf(stage.definitions, entry.where));
    requireNonNegative(substituted, stage, `${inequality.to} − ${inequality.from}`);
    requireOneVariable(kind, stage);
  }
  if (kind !== 'mean' && kind !== 'variance') return;
  if (stage.kind !== 'expectation') {
    throw new CertificateError(`a fact about the ${kind} in a stage that is not in expectation`);
  }
  if (!isRandom(parseExpression(inequality.of), stage)) {
    throw new CertificateError(`the ${kind} of ${inequality.of}, which is not random`);
  }
}

function requireOneVariable(what: string, { vectors = [] }: Stage): void {
  if (vectors.length > 0) throw new CertificateError(`${what} is about functions of one variable`);
}

function requireNonNegative(polynomial: Polynomial, stage: Stage, what: string): void {
  const allowed = symbolSet([...stage.positive, ...(stage.nonNegative ?? []), ...Object.keys(stage.magnitudes ?? {})]);
  const vectors = symbolSet(stage.vectors);
  for (const term of polynomial.values()) {
    const free = term.powers.find(([name]) => !allowed.has(name) || vectors.has(name));
    if (term.coefficient.lt(zero) || free !== undefined) {
      throw new CertificateError(`the ${what} ${format(polynomial)} is not non-negative term by term`);
    }
  }
}

/** Non-negative term by term, with one term of positive symbols only. */
function requirePositive(polynomial: Polynomial, stage: Stage, what: string): void {
  requireNonNegative(polynomial, stage, what);
  const positive = symbolSet(stage.positive);
  if (![...polynomial.values()].some(({ powers }) => powers.every(([name]) => positive.has(name)))) {
    throw new CertificateError(`the ${what} ${format(polynomial)} may vanish`);
  }
}

/** The cases cover the alternatives, and facts used in expectation do not depend on the outcome. */
function checkAlternatives(stage: Stage): void {
  const { given, outcomes } = stage.alternatives ?? { given: [undefined], outcomes: [undefined] };
  if (stage.cases.length !== given.length * outcomes.length) {
    throw new CertificateError(
      `${plural(stage.cases.length, 'case')} for ${given.length} × ${outcomes.length} alternatives`,
    );
  }
  if (stage.alternatives !== undefined) {
    checkExhaustive(stage.alternatives.given, stage);
    checkExhaustive(stage.alternatives.outcomes, stage);
  }
  for (const condition of given) {
    const cases = outcomes.map((outcome) => {
      const found = stage.cases.find((entry) => entry.given === condition && entry.outcome === outcome);
      if (found === undefined) throw new CertificateError(`no case for ${condition}, ${outcome}`);
      return found;
    });
    if (stage.kind !== 'expectation') continue;
    for (const symbol of symbolsOfCondition(condition, stage)) {
      if (isRandom(symbol, stage)) throw new CertificateError(`${condition} is not a condition on x: it is random`);
    }
    for (const outcome of outcomes) {
      for (const symbol of symbolsOfCondition(outcome, stage)) {
        if (!isRandom(symbol, stage)) throw new CertificateError(`${format(symbol)} in ${outcome} is not random`);
      }
    }
    const used = cases.map((entry) => inExpectation(entry, stage));
    if (used.some((entry) => entry !== used[0])) {
      throw new CertificateError('the scale or a multiplier in expectation depends on the outcome');
    }
  }
}

/** Whether the expression may depend on the mini-batch. */
function isRandom(polynomial: Polynomial, { random, definitions }: Stage): boolean {
  const substituted = substituteInOrder(polynomial, definitionsOf(definitions));
  const names = symbolSet(random);
  return [...symbolsOf(polynomial), ...symbolsOf(substituted)].some((name) => names.has(name));
}

/** The scale and the total multiplier of each fact in expectation, as text; they must be functions of x alone. */
function inExpectation(entry: Case, stage: Stage): string {
  const definitions = definitionsOf(stage.definitions, entry.where);
  const random = symbolSet(stage.random);
  const totals = new Map<string, Polynomial>([['scale', parseExpression(entry.scale ?? '1')]]);
  for (const term of entry.terms) {
    if (!('inequality' in term)) continue;
    const { inequality } = term;
    if (inequality.kind !== 'mean' && inequality.kind !== 'variance') continue;
    const key = JSON.stringify(inequality);
    totals.set(key, add(totals.get(key) ?? new Map(), parseExpression(term.multiplier)));
  }
  return [...totals]
    .map(([key, total]) => {
      const substituted = substituteInOrder(total, definitions);
      for (const name of symbolsOf(substituted)) {
        if (random.has(name))
          throw new CertificateError(`the multiplier ${format(substituted)} in expectation is random`);
      }
      return `${key}: ${[...substituted.entries()]
        .map(([name, { coefficient }]) => `${coefficient.toFraction()} ${name}`)
        .sort()
        .join(' ')}`;
    })
    .sort()
    .join('; ');
}
