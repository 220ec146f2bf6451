import type { Budget } from '../../src/claims/claim.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import type { Finding, Part } from '../../src/claims/evidence.js';
import {
  arithmetics,
  distances,
  literalSign,
  multipliedSign,
  residualSign,
  type SignForm,
  type SignTable,
  type SignTally,
  signTables,
} from './sign-loss.js';

/** Cases for every kind of function and every precision. */
const cases = { quick: 150, standard: 400, deep: 20_000 } as const;

type NamedForms = readonly (readonly [string, SignForm])[];

const named: NamedForms = [
  ['literal', literalSign],
  ['residual', residualSign],
  ['γ × residual', multipliedSign],
];

/** What the tables must show, or the account of where signs are lost is wrong. */
export function explains([literal, residual]: readonly SignTable[]): string[] {
  const problems: string[] = [];
  const near = literal!['below ½ ulp'];
  if (!(near.lost + near.wrong > near.cases / 2)) problems.push('the literal form keeps signs below ½ ulp');
  const far = literal!['above 8 ulp'];
  if (far.cases === 0 || far.lost + far.wrong > 0) problems.push('the literal form loses signs above 8 ulp');
  for (const distance of distances) {
    const { lost, wrong } = residual![distance];
    if (distance !== 'tie' && lost + wrong > 0) problems.push(`the residual form loses signs: ${distance}`);
  }
  return problems;
}

/**
 * Where x − P̂(x) loses the sign of Ĝ(x) in floating point: γ|Ĝ| below half a unit in the last place of x is rounded away. The γ-divided
 * residual keeps every sign; multiplying γ to its terms before they are added makes signs of exact ties. Counted in f64 and in
 * simulated f32 against the exact sign.
 */
export const claim = claimOf({ forms: named }, ({ forms }) => ({
  id: 'exact-sign-loss',
  version: 1,
  source: { section: '2.1', equation: 'Algorithm 2' },
  statement:
    'the literal form of signProx loses signs if γ|Ĝ_i| is of the size of rounding in x_i; the residual form does not',
  method:
    'signs of both forms in f64 and simulated f32 against those of rational arithmetic, tallied by γ|Ĝ|/ulp(x), on mini-batches of three with slopes of few digits',
  requires: { referenceOnly: true },
  expected: ['illustrated'],
  check: async (_implementation, budget) => signLoss(forms, budget),
}));

/** How many signs, of how many, came out otherwise than they are. */
function tallyText({ cases: asked, lost, wrong }: SignTally): string {
  if (lost + wrong === 0) return 'all right';
  const share = `${((100 * (lost + wrong)) / asked).toPrecision(2)} %`;
  const kinds = [...(lost > 0 ? [`${lost} became 0`] : []), ...(wrong > 0 ? [`${wrong} the wrong sign`] : [])];
  return `${kinds.join(', ')} (${share})`;
}

/** Tallies the signs of several forms, the literal and the residual one first. */
export function signLoss(compared: NamedForms, budget: Budget): Finding {
  const parts: Part[] = [];
  const measured: Record<string, string> = {};
  let total = 0;
  for (const arithmetic of arithmetics) {
    budget.signal?.throwIfAborted();
    const forms = compared.map(([, form]) => form);
    const tables = signTables(forms, arithmetic, { seed: budget.seed, cases: cases[budget.depth] });
    const problems = explains(tables);
    const judged = distances.reduce((sum, distance) => sum + tables[0]![distance].cases, 0);
    total += judged;
    parts.push({
      name: arithmetic.name,
      verdict: problems.length === 0 ? 'illustrated' : 'violated',
      cases: judged,
      worstRatio: 0,
      ...(problems.length > 0 && { reason: problems.join('; ') }),
    });
    for (const distance of distances) {
      const where = distance === 'tie' ? 'Ĝ = 0' : `γ|Ĝ| ${distance}`;
      const asked = tables[0]![distance].cases;
      measured[`${arithmetic.name}, ${where}, ${asked} signs`] = compared
        .map(([name], j) => `${name}: ${tallyText(tables[j]![distance])}`)
        .join('; ');
    }
  }
  const below = Object.entries(measured).find(([name]) => name.startsWith('f64, γ|Ĝ| below ½ ulp'))?.[1];
  const wrong = parts.filter(({ verdict }) => verdict === 'violated');
  return {
    verdict: wrong.length === 0 ? 'illustrated' : 'violated',
    reason:
      wrong.length === 0
        ? `γ|Ĝ| below ½ ulp of x in f64: ${below}`
        : wrong.map(({ name, reason }) => `${name}: ${reason}`).join('; '),
    cases: total,
    parts,
    measured,
  };
}
