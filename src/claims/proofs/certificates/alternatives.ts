import type { Case, Stage } from '../../certificate.js';
import { plural } from '../../plural.js';
import { checkExhaustive, symbolsOfCondition } from './conditions.js';
import { parseExpression } from './expression.js';
import { add, format, type Polynomial, symbolsOf } from './polynomial.js';
import { CertificateError, definitionsOf, substituteInOrder, symbolSet } from './slack.js';

/** The cases cover the alternatives, and facts used in expectation do not depend on the outcome. */
export function checkAlternatives(stage: Stage): void {
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

/** Whether the mini-batch may change the expression. */
export function isRandom(polynomial: Polynomial, { random, definitions }: Stage): boolean {
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
