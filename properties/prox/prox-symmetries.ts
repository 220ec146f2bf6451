import fc from 'fast-check';
import { type Judgement, judgeVector, worstOf } from '../../src/claims/judges/judgement.js';
import { type FamilyPoint, familyParts } from '../../src/claims/properties/function-family.js';
import { propertyClaim } from '../../src/claims/properties/property-claim.js';

/** A map T of vectors with prox(Ty) = T prox(y). */
type Symmetry = (y: Float64Array) => Float64Array;

const reversed: Symmetry = (y) => y.slice().reverse();
const rotated: Symmetry = (y) => y.map((_, i) => y[(i + 1) % y.length]!);
const negated: Symmetry = (y) => y.map((value) => -value);
const firstNegated: Symmetry = (y) => y.map((value, i) => (i === 0 ? -value : value));
const shifted: Symmetry = (y) => y.map((value) => value + 0.75);
const tailReversed: Symmetry = (y) => Float64Array.of(y[0]!, ...y.slice(1).reverse());
const tailNegated: Symmetry = (y) => y.map((value, i) => (i === 0 ? value : -value));

const permutations = { reversed, rotated };
const signs = { negated, 'negated in the first coordinate': firstNegated };

/** The conjugate of every complex number. */
const conjugated: Symmetry = (y) => y.map((value, i) => (i % 2 === 0 ? value : -value));
/** Every complex number times i, the last one times −1 where it is real. */
const turned: Symmetry = (y) => y.map((value, i) => (i % 2 === 1 ? y[i - 1]! : i + 1 < y.length ? -y[i + 1]! : -value));

/** Symmetries of r by its type; functions with a parameter for each entry have those that leave it alone. */
const symmetries: Readonly<Record<string, Readonly<Record<string, Symmetry>>>> = {
  zero: { ...permutations, ...signs, shifted },
  'squared-l2': { ...permutations, ...signs },
  l1: { ...permutations, ...signs },
  l2: { ...permutations, ...signs },
  linf: { ...permutations, ...signs },
  'elastic-net': { ...permutations, ...signs },
  huber: { ...permutations, ...signs },
  'log-cosh': { ...permutations, ...signs },
  hinge: permutations,
  'squared-hinge': permutations,
  logistic: permutations,
  'log-barrier': permutations,
  entropy: permutations,
  max: { ...permutations, shifted },
  nonnegative: permutations,
  simplex: permutations,
  'l1-ball': { ...permutations, ...signs },
  'l2-ball': { ...permutations, ...signs },
  'linf-ball': { ...permutations, ...signs },
  'second-order-cone': { 'tail reversed': tailReversed, 'tail negated': tailNegated },
  'total-variation-1d': { reversed, negated, shifted },
  // Forward differences look one way: an image turned round is another one to the isotropic variant.
  'total-variation-2d': { negated, shifted },
  'nuclear-norm': { reversed, negated },
  'group-l2': signs,
  'weighted-group-l2': signs,
  'sparse-group': signs,
  'weighted-l1': signs,
  'complex-l1': { conjugated, turned },
  'complex-group-l2': { conjugated, turned },
  'complex-l1-ball': { conjugated, turned },
  'complex-linf-ball': { conjugated, turned },
  'real-part-box': { conjugated },
  'sorted-l1': { ...permutations, ...signs },
};

/** Wrappers that leave permutations and signs symmetries. */
const wrappers = [undefined, 'scaled', 'moreau-envelope', 'conjugate'];

async function judge({ specification, points, step, prox, error }: FamilyPoint): Promise<Judgement> {
  const y = points[0]!;
  const inner = (specification['inner'] as { readonly type: string } | undefined)?.type;
  const u = await prox(y);
  const judgements: Judgement[] = [];
  for (const [name, symmetry] of Object.entries(symmetries[inner ?? specification.type]!)) {
    // A conjugate is not invariant under shifts.
    if (specification.type === 'conjugate' && symmetry === shifted) continue;
    const image = symmetry(y);
    const rounding = error(y) + error(image);
    judgements.push(judgeVector(`prox of y ${name} at γ = ${step}`, await prox(image), symmetry(u), () => rounding));
  }
  return worstOf(judgements);
}

/** A symmetry of r, an isometry T with r(Tu) = r(u), is one of its prox: prox(Ty) = T prox(y). */
export const claim = propertyClaim({
  id: 'prox-symmetries',
  version: 1,
  source: { section: '1', equation: '(6)' },
  statement: 'prox(Ty) = T prox(y) for the permutations, changes of sign and shifts T under which r is invariant',
  method: 'two calls of the implementation with a vector and its image',
  requires: { methods: ['prox'] },
  success: 'holds',
  parts: (implementation, budget) =>
    familyParts(implementation, budget, {
      accepts: (_traits, wrapper, type) => symmetries[type] !== undefined && wrappers.includes(wrapper),
      dimension: fc.integer({ min: 2, max: 4 }),
      judge,
    }),
});
