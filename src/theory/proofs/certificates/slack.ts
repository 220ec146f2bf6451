import type { Certificate, FunctionClass, Inequality, Stage } from '../../../claims/certificate.js';
import { rational } from '../../../exact/arithmetic/rational.js';
import { parseExpression } from './expression.js';
import {
  add,
  format,
  fromTerms,
  multiply,
  type Polynomial,
  raise,
  scale,
  substitute,
  subtract,
  symbolsOf,
} from './polynomial.js';

/** A certificate that cannot be checked because it is malformed: an unknown name, a symbol without a meaning. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

/** Inequalities about two points of one function of the stage. */
type ClassInequality = Extract<Inequality, { readonly from: string }>;

const half = rational(1n, 2n);

/** The polynomial s of an inequality s ≥ 0 in the stage's symbols, before anything is substituted. */
export function slackOf(inequality: Inequality, stage: Stage, certificate: Certificate): Polynomial {
  switch (inequality.kind) {
    case 'mean':
      return parseExpression(inequality.of);
    case 'variance':
      return subtract(parseExpression(inequality.bound), raise(parseExpression(inequality.of), 2));
    case 'fact':
      return parseExpression(named(stage.facts, inequality.name, 'fact').expression);
    case 'earlier':
      return earlierGoal(inequality, stage, certificate);
    default:
      return classSlack(inequality, stage);
  }
}

function classSlack(inequality: ClassInequality, stage: Stage): Polynomial {
  const { of, from, to, kind } = inequality;
  const target = named(stage.functions, of, 'function');
  const distance = subtract(pointOf(stage, to), pointOf(stage, from));
  const modulus = (): Polynomial => parseExpression(modulusOf(kind, of, target));
  const value = (point: string): Polynomial => parseExpression(named(target.values, point, `value of ${of} at`));
  const gradient = (point: string): Polynomial =>
    parseExpression(named(target.gradients, point, `gradient of ${of} at`));
  const linear = (): Polynomial => add(value(from), multiply(gradient(from), distance));
  const change = (): Polynomial => subtract(gradient(to), gradient(from));
  needsConvexity(kind, of, target);
  switch (kind) {
    case 'descent':
      return subtract(add(linear(), scale(multiply(modulus(), raise(distance, 2)), half)), value(to));
    case 'convexity':
      return subtract(value(to), linear());
    case 'lipschitz':
      return subtract(raise(multiply(modulus(), distance), 2), raise(change(), 2));
    case 'monotonicity':
      return change();
    case 'steepness':
      return subtract(multiply(modulus(), distance), change());
  }
}

/** ∇f(to) − ∇f(from), for a convex f. */
export function changeOfGradient(
  { function: name, from, to }: { readonly function: string; readonly from: string; readonly to: string },
  stage: Stage,
): Polynomial {
  return classSlack({ kind: 'monotonicity', of: name, from, to }, stage);
}

function needsConvexity(kind: ClassInequality['kind'], of: string, { convex }: FunctionClass): void {
  if (!convex && (kind === 'convexity' || kind === 'monotonicity')) {
    throw new CertificateError(`${kind} of ${of}, which is not known to be convex`);
  }
}

function modulusOf(kind: ClassInequality['kind'], of: string, { modulus }: FunctionClass): string {
  if (modulus === undefined) {
    throw new CertificateError(`${kind} of ${of}, whose gradient is not known to be Lipschitz continuous`);
  }
  return modulus;
}

/** A point as an expression. */
export function pointOf(stage: Stage, point: string): Polynomial {
  return parseExpression(named(stage.points, point, 'point'));
}

function earlierGoal(
  { stage: name, totals }: Extract<Inequality, { readonly kind: 'earlier' }>,
  stage: Stage,
  { stages }: Certificate,
): Polynomial {
  const found = stages.slice(0, stages.indexOf(stage)).find((entry) => entry.name === name);
  if (found === undefined) throw new CertificateError(`there is no earlier stage "${name}"`);
  if (stage.kind !== 'total' && found.kind !== 'pathwise') {
    throw new CertificateError(`only a total may use "${name}", which holds in sum or in expectation`);
  }
  if ((stage.kind === 'total') !== (totals !== undefined)) {
    throw new CertificateError(`totals belong to every earlier goal of a total and to no other: "${name}"`);
  }
  for (const [symbol, meaning] of Object.entries(found.symbols)) {
    if ((stage.symbols[symbol] ?? meaning) !== meaning) {
      throw new CertificateError(`${symbol} means "${stage.symbols[symbol]}" here and "${meaning}" in "${name}"`);
    }
  }
  const goal = parseExpression(found.goal);
  return totals === undefined ? goal : sumWith(goal, totals);
}

/** Replaces every product of varying symbols by its total, term by term. */
function sumWith(goal: Polynomial, totals: Readonly<Record<string, string>>): Polynomial {
  const sums = new Map<string, Polynomial>();
  const varying = new Set<string>();
  for (const [product, total] of Object.entries(totals)) {
    const monomial = parseExpression(product);
    for (const symbol of symbolsOf(monomial)) varying.add(symbol);
    sums.set(format(monomial), parseExpression(total));
  }
  return add(
    ...[...goal.values()].map(({ powers, coefficient }) => {
      const part = (wanted: boolean) => powers.filter(([symbol]) => varying.has(symbol) === wanted);
      const product = format(fromTerms([{ powers: part(true), coefficient: rational(1n) }]));
      const total = sums.get(product);
      if (total === undefined) throw new CertificateError(`the totals do not say what ${product} sums to`);
      return multiply(fromTerms([{ powers: part(false), coefficient }]), total);
    }),
  );
}

/** Definitions in order, each as the map that `substitute` takes. */
export function definitionsOf(...records: readonly (Readonly<Record<string, string>> | undefined)[]) {
  return records.flatMap((record) =>
    Object.entries(record ?? {}).map(([name, text]) => new Map([[name.normalize('NFC'), parseExpression(text)]])),
  );
}

export function substituteInOrder(
  polynomial: Polynomial,
  definitions: readonly ReadonlyMap<string, Polynomial>[],
): Polynomial {
  return definitions.reduce(substitute, polynomial);
}

function named<Value>(record: Readonly<Record<string, Value>> | undefined, name: string, what: string): Value {
  const value = record?.[name];
  if (value === undefined) throw new CertificateError(`there is no ${what} "${name}"`);
  return value;
}

/** Symbols in the form of expressions. */
export function symbolSet(names: readonly string[] = []): Set<string> {
  return new Set(names.map((name) => name.normalize('NFC')));
}
