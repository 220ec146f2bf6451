import test from 'ava';
import type {
  Case,
  Certificate,
  CertificateTerm,
  FunctionClass,
  Inequality,
  Magnitude,
  Stage,
} from '../../src/claims/certificate.js';
import type { Claim } from '../../src/claims/claim.js';
import { reference } from '../../src/claims/implementation/reference.js';
import { quickBudget } from '../../src/claims/registry-tests.test.helper.js';
import { checkStage } from '../../src/theory/proofs/certificates/check-certificate.js';
import { parseExpression } from '../../src/theory/proofs/certificates/expression.js';
import { format, subtract, symbolsOf } from '../../src/theory/proofs/certificates/polynomial.js';
import { claim as convex } from '../beyond/convex/certificate-convex-spgm.js';
import { claim as errorFeedback } from '../beyond/error-feedback/certificate-error-feedback.js';
import { certificateMomentumClaim as momentum } from '../beyond/momentum/certificate-momentum.js';
import {
  certificateTheorem1Claim as certificateTheorem1,
  certificateTheorem1SharpClaim as certificateTheorem1Sharp,
} from '../proof-of-theorem-1/certificates.js';
import { certificateClaim } from '../shared/certificate-claim.js';
import {
  certificateTheorem2Claim as certificateTheorem2,
  certificateTheorem2SharpClaim as certificateTheorem2Sharp,
} from './certificates.js';

const claims = [
  ...[certificateTheorem1, certificateTheorem1Sharp, certificateTheorem2, certificateTheorem2Sharp],
  ...[convex, errorFeedback, momentum],
];

type Texts = Readonly<Record<string, string>>;

/** The expression with each of its coefficients changed in turn, with a constant added, and with the opposite sign. */
function perturbed(text: string): string[] {
  const terms = [...parseExpression(text)].map((term) => format(new Map([term])));
  return [...terms.map((term) => `(${text}) + 1/7 · (${term})`), `(${text}) + 1`, `−(${text})`].filter(
    (changed) => subtract(parseExpression(changed), parseExpression(text)).size > 0,
  );
}

/** The object with one entry replaced by each of what `change` gives for it, entry by entry. */
function inEach<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  change: (value: Value, key: string) => readonly Value[],
): Readonly<Record<string, Value>>[] {
  return Object.entries(record ?? {}).flatMap(([key, value]) =>
    change(value, key).map((changed) => ({ ...record, [key]: changed })),
  );
}

/** The object with one entry left out, for every entry. */
const withoutEach = (record: Texts | undefined): Texts[] =>
  Object.keys(record ?? {}).map((key) => Object.fromEntries(Object.entries(record!).filter(([name]) => name !== key)));

/** The list without each of its elements. */
const shortened = (list: readonly string[] = []): string[][] => list.map((_, j) => list.toSpliced(j, 1));

const perturbedEntries = (record: Texts | undefined): Texts[] => inEach(record, perturbed);

const classKinds = ['descent', 'convexity', 'lipschitz', 'monotonicity', 'steepness'] as const;

/** The inequality of another kind, about another function, between other points, with other totals or another bound. */
function changedInequalities(inequality: Inequality, { functions = {}, points = {} }: Stage): Inequality[] {
  if ('from' in inequality) {
    const others = (names: readonly string[], name: string) => names.filter((other) => other !== name);
    const kinds = classKinds.filter((kind) => kind !== inequality.kind);
    const reversed = { ...inequality, from: inequality.to, to: inequality.from };
    return [
      ...kinds.map((kind): Inequality => ({ ...inequality, kind })),
      ...others(Object.keys(functions), inequality.of).map((of): Inequality => ({ ...inequality, of })),
      ...others(Object.keys(points), inequality.from).map((from): Inequality => ({ ...inequality, from })),
      ...others(Object.keys(points), inequality.to).map((to): Inequality => ({ ...inequality, to })),
      // ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖ is symmetric.
      ...(inequality.kind === 'lipschitz' ? [] : [reversed]),
    ];
  }
  switch (inequality.kind) {
    case 'mean':
      return perturbed(inequality.of).map((of) => ({ ...inequality, of }));
    case 'variance':
      return [
        ...perturbed(inequality.bound).map((bound) => ({ ...inequality, bound })),
        // (−e)² is e².
        ...perturbed(inequality.of)
          .slice(0, -1)
          .map((of) => ({ ...inequality, of })),
      ];
    case 'fact':
      return [{ ...inequality, name: 'another' }];
    case 'earlier':
      return [
        { ...inequality, stage: 'another' },
        ...perturbedEntries(inequality.totals).map((totals) => ({ ...inequality, totals })),
        ...withoutEach(inequality.totals).map((totals) => ({ ...inequality, totals })),
      ];
  }
}

function changedTerms(term: CertificateTerm, stage: Stage): CertificateTerm[] {
  if ('remainder' in term) return perturbed(term.remainder).map((remainder) => ({ remainder }));
  const multipliers = perturbed(term.multiplier).map((multiplier) => ({ ...term, multiplier }));
  if ('square' in term) {
    // (−a)² = a², so negating the squared expression changes nothing.
    const squares = perturbed(term.square).slice(0, -1);
    return [...multipliers, ...squares.map((square) => ({ ...term, square }))];
  }
  const inequalities = changedInequalities(term.inequality, stage).map((inequality) => ({ ...term, inequality }));
  return [...multipliers, ...inequalities];
}

/** The case with a term changed or left out, with another scale, with another substitution, or under another condition. */
function changedCases(entry: Case, stage: Stage): Case[] {
  const { given = [], outcomes = [] } = stage.alternatives ?? {};
  const scales = perturbed(entry.scale ?? '1').map((scale) => ({ ...entry, scale }));
  const meanings = perturbedEntries(entry.where).map((where) => ({ ...entry, where }));
  const terms = entry.terms.flatMap((term, j) => {
    const replace = (...by: CertificateTerm[]): Case => ({ ...entry, terms: entry.terms.toSpliced(j, 1, ...by) });
    return [replace(), ...changedTerms(term, stage).map((changed) => replace(changed))];
  });
  return [
    ...scales,
    ...meanings,
    ...terms,
    ...given.filter((other) => other !== entry.given).map((other) => ({ ...entry, given: other })),
    ...outcomes.filter((other) => other !== entry.outcome).map((other) => ({ ...entry, outcome: other })),
  ];
}

/** A number ≥ 0, or a vector: an entry that may be this as well is not needed. */
const anything = 'w';

/** Each entry of the record that the stage needs, perturbed; `use` puts a record in its place. */
function neededEntries(record: Texts | undefined, use: (changed: Texts) => Stage, certificate: Certificate): Stage[] {
  return Object.entries(record ?? {}).flatMap(([key, text]) => {
    const put = (changed: string): Stage => use({ ...record, [key]: changed });
    const { symbols, nonNegative = [], vectors = [], ...rest } = put(anything);
    const known = { ...rest, symbols: { ...symbols, [anything]: '' } };
    const number = { ...known, vectors, nonNegative: [...nonNegative, anything] };
    const vector = { ...known, nonNegative, vectors: [...vectors, anything] };
    return refused(number, certificate) && refused(vector, certificate) ? perturbed(text).map(put) : [];
  });
}

function changedFunctions(stage: Stage, certificate: Certificate): Stage[] {
  return Object.entries(stage.functions ?? {}).flatMap(([name, known]) => {
    const use = (changed: Partial<FunctionClass>): Stage => ({
      ...stage,
      functions: { ...stage.functions, [name]: { ...known, ...changed } },
    });
    const { modulus } = known;
    const usesConvexity = known.convex && usesKind(stage, name, ['convexity', 'monotonicity']);
    return [
      ...(usesConvexity ? [use({ convex: false })] : []),
      // Only these see the modulus.
      ...(usesKind(stage, name, ['descent', 'lipschitz', 'steepness'])
        ? perturbed(modulus!).map((changed) => use({ modulus: changed }))
        : []),
      ...neededEntries(known.values, (values) => use({ values }), certificate),
      ...neededEntries(known.gradients, (gradients) => use({ gradients }), certificate),
    ];
  });
}

function usesKind({ cases }: Stage, name: string, kinds: readonly Inequality['kind'][]): boolean {
  return cases.some(({ terms }) =>
    terms.some(
      (term) =>
        'inequality' in term &&
        'from' in term.inequality &&
        term.inequality.of === name &&
        kinds.includes(term.inequality.kind),
    ),
  );
}

/** Magnitudes of which a case uses more than that they are ≥ 0: it substitutes a symbol of what they are the absolute value of. */
function changedMagnitudes(stage: Stage): Stage['magnitudes'][] {
  const substituted = new Set(stage.cases.flatMap(({ where }) => Object.keys(where ?? {})));
  const isUsed = ({ of }: Magnitude): boolean =>
    [...symbolsOf(parseExpression(of))].some(
      (name) => substituted.has(name) || substituted.has(stage.definitions?.[name]?.at(-1) ?? ''),
    );
  return inEach(stage.magnitudes, (magnitude) => {
    const { of, sign, change } = magnitude;
    return [
      ...(isUsed(magnitude) ? perturbed(of).map((changed) => ({ ...magnitude, of: changed })) : []),
      ...(sign === undefined ? [] : [{ of }, { of, sign: 'another' }]),
      ...(change === undefined ? [] : [{ of }]),
      ...inEach(change, (text, key) => (key === 'factor' ? perturbed(text) : ['another'])).map((changed) => ({
        of,
        change: changed as NonNullable<Magnitude['change']>,
      })),
    ];
  });
}

/** Symbols whose sign must be known: those in multipliers, remainders, scales, moduli and the factor of the goal. */
function signedSymbols({ cases, functions = {}, isolates }: Stage): Set<string> {
  const texts = cases.flatMap(({ scale, terms }) => [
    scale ?? '1',
    ...terms.flatMap((term) => {
      if ('remainder' in term) return [term.remainder];
      if (!('inequality' in term)) return [term.multiplier];
      const { inequality } = term;
      const modulus = 'from' in inequality ? [functions[inequality.of]!.modulus ?? '0'] : [];
      return inequality.kind === 'mean' ? [] : [term.multiplier, ...modulus];
    }),
  ]);
  return new Set([...texts, isolates?.factor ?? '1'].flatMap((text) => [...symbolsOf(parseExpression(text))]));
}

/** The stage with another goal, equation, definition, fact, function, point, magnitude, sign of a symbol or alternative. */
function changedStages(stage: Stage, certificate: Certificate): Stage[] {
  const { goal, equation, alternatives, isolates } = stage;
  const replaced = <Key extends keyof Stage>(key: Key, values: readonly Stage[Key][]): Stage[] =>
    values.map((value) => ({ ...stage, [key]: value }));
  const signed = signedSymbols(stage);
  const unsigned = (list: readonly string[] = []): string[][] =>
    list.flatMap((name, j) => (signed.has(name) ? [list.toSpliced(j, 1)] : []));
  return [
    // An identity without terms says that the goal is 0, whatever its sign.
    ...replaced('goal', isIdentity(stage) ? perturbed(goal).slice(0, -1) : perturbed(goal)),
    ...replaced(
      'isolates',
      inEach(isolates, perturbed).map((changed) => changed as NonNullable<Stage['isolates']>),
    ),
    ...neededEntries(stage.definitions, (definitions) => ({ ...stage, definitions }), certificate).slice(
      0,
      isIdentity(stage) ? -1 : undefined,
    ),
    ...neededEntries(stage.points, (points) => ({ ...stage, points }), certificate),
    ...changedFunctions(stage, certificate),
    ...(equation === undefined
      ? []
      : replaced('equation', [
          undefined,
          ...perturbed(equation[1]).map((equals) => [equation[0], equals] as const),
          [`${equation[0]}w`, equation[1]],
        ])),
    ...replaced(
      'facts',
      inEach(stage.facts, (fact) => perturbed(fact.expression).map((expression) => ({ ...fact, expression }))),
    ),
    ...replaced('magnitudes', changedMagnitudes(stage)),
    // Outcomes, and what has a mean or a variance, must be random; nothing tells it of the values at x⁺.
    ...replaced(
      'random',
      stage.kind === 'expectation'
        ? (stage.random ?? []).flatMap((name, j) =>
            ['e', ...(alternatives === undefined ? [] : ['k', 's'])].includes(name)
              ? [stage.random!.toSpliced(j, 1)]
              : [],
          )
        : [],
    ),
    ...replaced('positive', unsigned(stage.positive)),
    ...replaced('nonNegative', unsigned(stage.nonNegative)),
    ...(alternatives === undefined
      ? []
      : replaced('alternatives', [
          undefined,
          ...shortened(alternatives.given).map((given) => ({ ...alternatives, given })),
          ...shortened(alternatives.outcomes).map((outcomes) => ({ ...alternatives, outcomes })),
        ])),
  ];
}

const isIdentity = ({ cases }: Stage): boolean => cases.every(({ terms }) => terms.length === 0);

/** Whether the changed stage is refused in place of the one of its name; the first case that is refused decides. */
function refused(stage: Stage, certificate: Certificate): boolean {
  const isRefused = (changed: Stage): boolean => {
    const stages = certificate.stages.map((other) => (other.name === stage.name ? changed : other));
    return checkStage(changed, { stages }).some(({ problem }) => problem !== undefined);
  };
  const { alternatives: _, ...alone } = stage;
  return stage.cases.some((entry) => isRefused({ ...alone, cases: [entry] })) || isRefused(stage);
}

/** Whether a case is refused on its own: its error must be found without comparing it with the others. */
function refusedAlone(entry: Case, stage: Stage, certificate: Certificate): boolean {
  const [result] = checkStage({ ...stage, cases: [entry] }, certificate);
  return result!.problem !== undefined;
}

for (const claim of claims as readonly (Claim & { certificate?: Certificate })[]) {
  const certificate = claim.certificate!;

  test(`${claim.id}: every change of an entry of its data is refused`, (t) => {
    let changes = 0;
    for (const stage of certificate.stages) {
      for (const changed of changedStages(stage, certificate)) {
        changes++;
        if (!refused(changed, certificate)) t.fail(`${stage.name}: ${difference(stage, changed)}`);
      }
      for (const [j, entry] of stage.cases.entries()) {
        // A multiple of 0 = 0 is one as well.
        const cases = changedCases(entry, stage).filter(({ scale }) => !isIdentity(stage) || scale?.startsWith('−'));
        for (const changed of cases) {
          changes++;
          if (!refusedAlone(changed, stage, certificate)) {
            t.fail(`${stage.name}, case ${j}: ${difference(entry, changed)}`);
          }
        }
        t.true(refused({ ...stage, cases: stage.cases.toSpliced(j, 1) }, certificate), 'a case may not be left out');
      }
    }
    t.true(changes > 100, String(changes));
  });
}

/** The entries that are not the same, for people. */
function difference(before: object, after: object): string {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify((before as Readonly<Record<string, unknown>>)[key]),
  );
  return JSON.stringify(Object.fromEntries(changed));
}

test('a certificate that fails makes its claim violated and says where', async (t) => {
  const [first, ...rest] = certificateTheorem1.certificate!.stages;
  const broken = certificateClaim({
    ...certificateTheorem1,
    certificate: { stages: [{ ...first!, goal: `${first!.goal} − γ²L/4 ‖e‖²` }, ...rest] },
  });
  const { verdict, reason, parts } = await broken.check(reference, quickBudget());
  t.is(verdict, 'violated');
  t.regex(reason, /^one step: goal and combination differ by/);
  t.deepEqual(
    parts!.map((part) => part.verdict),
    ['violated', 'violated', 'proved-exactly'],
  );
});
