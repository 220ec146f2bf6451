import type { CertificateTerm, Stage } from '../../claims/certificate.js';
import { isExpected, magnitudeSentences, scaleText, sumText, termText } from './coq-case.js';
import { allPremises, byAlternatives, byOutcome, type Context, conditionNames, conditionText } from './coq-context.js';
import { atLeast, CoqWriter, identifier, outcome } from './coq-expression.js';
import { inequalitiesOf, type Premise } from './coq-premises.js';
import { type Theorem, theorem } from './coq-theorem.js';

/** One lemma for each condition on x, about one outcome; the theorem takes the expectation over the outcomes. */
export function inExpectation(context: Context): Theorem[] {
  const { stage } = context;
  const conditions: readonly (string | undefined)[] = stage.alternatives?.given ?? [undefined];
  const lemmas = conditions.map((given, j) => outcomeLemma(given, `${identifier(stage.name)}_${j + 1}`, context));
  const writer = new CoqWriter(stage, true);
  const goal = `(fun ${outcome} => ${writer.read(stage.goal).text})`;
  const main = theorem(
    {
      kind: 'Theorem',
      name: identifier(stage.name),
      before: '(Outcome : Type) (law : list (R * Outcome))',
      conclusion: `0 <= expectation law ${goal}`,
      proof: byAlternatives({ conditions: stage.alternatives?.given, label: 'given', bullet: '-' }, stage, (given) =>
        takeExpectation(
          given,
          lemmas[conditions.indexOf(given)]!,
          `${identifier(stage.name)}_${conditions.indexOf(given) + 1}`,
          context,
        ),
      ),
      premises: [
        { name: 'law_is', text: 'is_law law', isRandom: false },
        ...allPremises(context, writer),
        ...expectedPremises(stage, writer),
      ],
      atOutcome: true,
    },
    stage,
  );
  return [...lemmas, main];
}

/** scale · goal − (what holds in expectation only) ≥ 0, for one outcome. */
function outcomeLemma(given: string | undefined, name: string, context: Context): Theorem {
  const { stage, certificate } = context;
  const writer = new CoqWriter(stage, false);
  const entry = stage.cases.find((other) => other.given === given)!;
  const expected = sumText(entry.terms.filter(isExpected), stage, certificate, writer);
  const names = given === undefined ? [] : conditionNames(given, 'given');
  const condition = names.length === 0 ? [] : conditionText(given!, writer).split(' /\\ ');
  return theorem(
    {
      kind: 'Lemma',
      name,
      conclusion: `0 <= ${scaleText(entry, writer)} * ${atLeast(2, writer.read(stage.goal))} - (${expected})`,
      proof: byOutcome(given, '-', context),
      premises: [
        ...allPremises(context, writer),
        ...condition.map((text, j) => ({ name: names[j]!, text, isRandom: false })),
      ],
      atOutcome: false,
    },
    stage,
  );
}

/** The mean and the variance. */
function expectedPremises(stage: Stage, writer: CoqWriter): Premise[] {
  const premises = inequalitiesOf(stage).flatMap((inequality): Premise[] => {
    if (inequality.kind !== 'mean' && inequality.kind !== 'variance') return [];
    const of = writer.read(inequality.of);
    const name = expectedName(inequality);
    const expectation = (text: string): string => `expectation law (fun ${outcome} => ${text})`;
    if (inequality.kind === 'variance') {
      const text = `${expectation(writer.power(of, 2).text)} <= ${writer.read(inequality.bound).text}`;
      return [{ name, text, isRandom: false }];
    }
    const text = of.isVector
      ? `forall w : vector, ${expectation(`⟨ w, ${of.text} ⟩`)} = 0`
      : `${expectation(of.text)} = 0`;
    return [{ name, text: of.isVector ? `(${text})` : text, isRandom: false }];
  });
  return [...new Map(premises.map((premise) => [premise.name, premise])).values()];
}

const expectedName = ({ kind, of }: { readonly kind: string; readonly of: string }): string =>
  `${kind}_${identifier(of)}`;

function takeExpectation(
  given: string | undefined,
  lemma: Theorem,
  name: string,
  { stage, certificate }: Context,
): string {
  const writer = new CoqWriter(stage, true);
  const entry = stage.cases.find((other) => other.given === given)!;
  const expected = entry.terms.filter(isExpected);
  const random = new Set((stage.random ?? []).map(identifier));
  const values = lemma.symbols.map((symbol) => (random.has(symbol) ? `(${symbol} ${outcome})` : symbol));
  const named = new Map(
    allPremises({ stage, certificate, useEarlier: String }, writer).map((premise) => [premise.name, premise]),
  );
  const proofs = lemma.premises.map((premise) =>
    named.get(premise.name)?.isRandom ? `(${premise.name} ${outcome})` : premise.name,
  );
  const texts = expected.map((term) => termText(term, stage, certificate, writer).text);
  const functionOf = (text: string): string => `(fun ${outcome} => ${text})`;
  const sizes = Object.keys(stage.magnitudes ?? {}).filter((symbol) => !(stage.random ?? []).includes(symbol));
  return [
    ...magnitudeSentences(sizes),
    `apply (in_expectation law ${scaleText(entry, writer)} ${functionOf(writer.read(stage.goal).text)} ${functionOf(texts.join(' + ') || '0')}); [exact law_is|positive| |].`,
    `{ intros ${outcome}. exact (${[name, ...values, ...proofs].join(' ')}). }`,
    ...addedUp(texts, functionOf),
    ...expected.map((term) => `{ ${expectedProof(term, writer)} }`),
  ]
    .map((line) => `    ${line}`)
    .join('\n');
}

/** Splits the expectation of a sum into its summands. */
function addedUp(texts: readonly string[], functionOf: (text: string) => string): string[] {
  return texts
    .slice(1)
    .map((last, j) => `apply (expected_sum law ${functionOf(texts.slice(0, j + 1).join(' + '))} ${functionOf(last)}).`)
    .reverse();
}

function expectedProof(term: CertificateTerm, writer: CoqWriter): string {
  if (!('inequality' in term)) return '';
  const { inequality } = term;
  if (inequality.kind !== 'mean' && inequality.kind !== 'variance') return '';
  const name = expectedName(inequality);
  const multiplier = writer.read(term.multiplier);
  const of = writer.read(inequality.of);
  if (inequality.kind === 'variance') {
    const square = `(fun ${outcome} => ${writer.power(of, 2).text})`;
    return `apply (expected_variance law ${atLeast(3, multiplier)} ${atLeast(3, writer.read(inequality.bound))} ${square}); [exact law_is|nonneg|exact ${name}].`;
  }
  if (of.isVector) return `apply Req_le_sym. exact (${name} (${multiplier.text})%vector).`;
  return `apply Req_le_sym. apply (expected_mean law ${atLeast(3, multiplier)} (fun ${outcome} => ${of.text})). exact ${name}.`;
}
