import { formulaText } from '../formulas/formula-text.js';
import { terms } from './terms.js';
import type { Theorem } from './theorem.js';
import { algorithmFormulas, boundFormula, scheduleFormulas } from './written-theorem.js';

/** What is summed, at a point. */
const summands: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(terms).map(([name, { notation }]) => [name, notation])),
  'objective-gap': 'f(x) − f*',
  'squared-distance': '‖x − x*‖²',
};

/** How algorithms are called; others as in a file. */
const called: Readonly<Record<string, string>> = {
  ...{ sgd: 'SGD', spgm: 'SPGM', 'sign-sgd': 'signSGD', 'sign-prox': 'signProx' },
  'gradient-descent': 'gradient descent',
};

/** The inequality of a theorem whose step and bound are formulas, in one line; undefined where one of them is a function. */
export function printedStatement(fields: Readonly<Record<string, unknown>>): string | undefined {
  const theorem = fields as unknown as Theorem;
  const [schedule, bound] = [scheduleFormulas(theorem), boundFormula(theorem.bound)];
  if (schedule === undefined) return undefined;
  const { term, onlyLast, delta, relation, algorithm } = theorem;
  const of = typeof term === 'string' ? summands[term] : 'q(x)';
  const place = onlyLast ? 'x^T' : 'x^{t−1}';
  const summand = of?.replaceAll(/\bx\b(?!\*)/g, place) ?? String(term);
  const left = onlyLast ? summand : `(1/T) Σ ${summand.includes(' − f*') ? `(${summand})` : summand}`;
  const isCertain = algorithm === 'gradient-descent';
  const most = bound === undefined ? '' : ` ${relation === 'at-least' ? '≥' : '≤'} ${formulaText(bound)}`;
  const inequality =
    delta !== undefined ? `P(${left}${most}) ≥ 1 − ${delta}` : `${isCertain ? left : `E[${left}]`}${most}`;
  const name = typeof algorithm === 'string' ? (called[algorithm] ?? algorithm) : algorithm.name;
  const parameters = [...schedule.parameters]
    .map(([symbol, formula]) => `, ${symbol} = ${formulaText(formula)}`)
    .join('');
  const lines = algorithmFormulas(theorem)?.lines;
  const steps = lines === undefined ? '' : ` (${lines.join('; ')})`;
  return `${inequality} for ${name}${steps} with γ = ${formulaText(schedule.step)}, B = ${formulaText(schedule.miniBatch)}${parameters}`;
}
