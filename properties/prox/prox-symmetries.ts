import fc from 'fast-check';
import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';
import { registry, type Symmetry } from '../../src/reference/functions/index.js';

/** A map T of vectors with prox(Ty) = T prox(y). */
type Isometry = (y: Float64Array) => Float64Array;

const reversed: Isometry = (y) => y.slice().reverse();
const rotated: Isometry = (y) => y.map((_, i) => y[(i + 1) % y.length]!);
const negated: Isometry = (y) => y.map((value) => -value);
const firstNegated: Isometry = (y) => y.map((value, i) => (i === 0 ? -value : value));
const shifted: Isometry = (y) => y.map((value) => value + 0.75);
const tailReversed: Isometry = (y) => Float64Array.of(y[0]!, ...y.slice(1).reverse());
const tailNegated: Isometry = (y) => y.map((value, i) => (i === 0 ? value : -value));
/** The conjugate of every complex number. */
const conjugated: Isometry = (y) => y.map((value, i) => (i % 2 === 0 ? value : -value));
/** Every complex number times i, the last one times −1 where it is real. */
const turned: Isometry = (y) => y.map((value, i) => (i % 2 === 1 ? y[i - 1]! : i + 1 < y.length ? -y[i + 1]! : -value));

/** What is tried of each symmetry, by what it makes of y. */
const isometries: Readonly<Record<Symmetry, Readonly<Record<string, Isometry>>>> = {
  permutations: { reversed, rotated },
  signs: { negated, 'negated in the first coordinate': firstNegated },
  shifts: { shifted },
  reversal: { reversed },
  negation: { negated },
  'of-the-tail': { 'tail reversed': tailReversed, 'tail negated': tailNegated },
  conjugation: { conjugated },
  turns: { turned },
};

/** The isometries under which functions of the type are invariant. */
const isometriesOf = (type: string): [name: string, isometry: Isometry][] =>
  (registry.get(type)!.definition.symmetries ?? []).flatMap((symmetry) => Object.entries(isometries[symmetry]));

/** Wrappers that leave permutations and signs symmetries. */
const wrappers = [undefined, 'scaled', 'moreau-envelope', 'conjugate'];

async function judge({ specification, points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const inner = (specification['inner'] as { readonly type: string } | undefined)?.type;
  const u = await prox(y);
  const judgements: Judgement[] = [];
  for (const [name, isometry] of isometriesOf(inner ?? specification.type)) {
    // A conjugate is not invariant under shifts.
    if (specification.type === 'conjugate' && isometry === shifted) continue;
    const image = isometry(y);
    const rounding = error(y) + error(image);
    judgements.push(judgeVector(`prox of y ${name} at γ = ${step}`, await prox(image), isometry(u), () => rounding));
  }
  return worstOf(judgements);
}

/** A symmetry of r, an isometry T with r(Tu) = r(u), is one of its prox: prox(Ty) = T prox(y). */
export const claim = propertyClaim({
  id: 'prox-symmetries',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox(Ty) = T prox(y) for permutations, sign changes and shifts T that leave r invariant',
  method: 'two calls of the implementation with a vector and its image',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: (_traits, wrapper, type) => isometriesOf(type).length > 0 && wrappers.includes(wrapper),
      dimension: fc.integer({ min: 2, max: 4 }),
      judge,
    }),
});
