import fc from 'fast-check';
import {
  atStep,
  coordinateFunction,
  coordinateLipschitz,
  evaluate,
  fromDouble,
  maximum,
  type PiecewiseQuadratic,
  type Rational,
  rationalProblem,
  slopeOfPiece,
  valueAt,
} from '../../../src/library/exact.js';
import type { FunctionSpecification } from '../../../src/library/functions.js';
import {
  dyadic,
  positiveDyadic,
  probabilities,
  rationalSmoothTypes,
  smoothSpecification,
} from '../../../src/library/testing.js';
import { magnitude, negative, of, product, quotient, sum } from '../../lines/arithmetic.js';
import { atMost, equal, type Line } from '../../lines/iteration.js';
import { exactLinesClaim } from '../../lines/line-claim.js';
import { slopes, tilted, translated } from '../../shared/instances.js';

const difference = (a: Rational, b: Rational): Rational => sum(a, negative(b));

/** d and Lipschitz r_k of one variable, with a point, γ and μ. */
interface EnvelopeCase {
  readonly smooth: { readonly type: string };
  readonly functions: readonly FunctionSpecification[];
  readonly probabilities: readonly number[];
  readonly x: number;
  readonly step: number;
  readonly smoothing: number;
}

const kinked: fc.Arbitrary<FunctionSpecification> = fc
  .record({
    inner: fc.oneof(
      positiveDyadic(2, 4).map((weight) => ({ type: 'l1', weight })),
      positiveDyadic(2, 4).map((weight) => ({ type: 'hinge', weight })),
      fc
        .record({ weight: positiveDyadic(2, 4), quantile: fc.constantFrom(0, 0.25, 0.5, 1) })
        .map((own) => ({ type: 'pinball', ...own })),
      fc
        .record({ weight: positiveDyadic(2, 4), threshold: positiveDyadic(1, 4) })
        .map((own) => ({ type: 'huber', ...own })),
    ),
    shift: dyadic(2, 4),
    slope: fc.oneof(fc.constant(0), dyadic(1, 4)),
  })
  .map(({ inner, shift, slope }) => {
    const moved = shift === 0 ? inner : translated([shift], inner);
    return slope === 0 ? moved : tilted([slope], moved);
  });

const anyCase: fc.Arbitrary<EnvelopeCase> = fc.integer({ min: 1, max: 3 }).chain((K) =>
  fc.record({
    smooth: fc.constantFrom(...rationalSmoothTypes).chain((type) => smoothSpecification(type, 1)) as fc.Arbitrary<
      EnvelopeCase['smooth']
    >,
    functions: fc.array(kinked, { minLength: K, maxLength: K }),
    probabilities: probabilities(K),
    x: dyadic(3, 8),
    step: positiveDyadic(2, 8),
    smoothing: positiveDyadic(2, 8),
  }),
);

/** Around one kink, with slopes on both sides of 0, from where a step goes across: everything is at its largest. */
const acrossCase: fc.Arbitrary<EnvelopeCase> = fc
  .record({
    weight: positiveDyadic(2, 4),
    step: positiveDyadic(1, 8),
    smoothing: positiveDyadic(2, 8),
    far: dyadic(4, 2),
  })
  .chain(({ weight, step, smoothing, far }) =>
    fc.constantFrom(step / 2, -step / 2, far, smoothing * weight, 0).map((x) => ({
      smooth: { type: 'zero' },
      functions: [
        { type: 'l1', weight },
        { type: 'linear', coefficients: [-weight] },
      ],
      probabilities: x === 0 ? [0.5, 0.5] : [1, 0],
      ...{ x, step, smoothing },
    })),
  );

/** Slopes that oppose each other, the rarer of them that of d: the noise, and the distance of its x̂, are at their largest. */
const opposingCase: fc.Arbitrary<EnvelopeCase> = fc
  .record({
    weight: positiveDyadic(2, 4),
    share: fc.constantFrom(0.125, 0.25, 0.5),
    x: positiveDyadic(4, 4),
    step: positiveDyadic(2, 8),
    smoothing: positiveDyadic(1, 8),
  })
  .map(({ weight, share, ...rest }) => ({
    ...rest,
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: slopes(weight, -weight),
    probabilities: [share, 1 - share],
  }));

/** The largest slope of a Lipschitz function: at one of its ends. */
function steepest(pieces: PiecewiseQuadratic): Rational {
  return maximum(pieces[0]!.b.abs(), pieces.at(-1)!.b.abs());
}

/** The constants of the lines, as numbers of their own so that tests can change them. */
interface MappingConstants {
  /** 1 of γ + μ, the step of the inner prox. */
  readonly smoothing: number;
  /** 1/2 of ½μM² and of ½(γ + μ)M². */
  readonly growth: number;
  /** 1 of (γ + μ)M, and 2 of (2γ + μ)M. */
  readonly inner: number;
  readonly outer: number;
  /** 1/2 of ½γ²(L + 1/μ). */
  readonly descent: number;
  /** 1 of (1 + γ/μ)|G|. */
  readonly steeper: number;
  /** 1 of M². */
  readonly noise: number;
}

/** The kinks and one point on either side of each x̂. */
const probes = (pieces: PiecewiseQuadratic, x: Rational, hat: Rational): Rational[] => [
  ...[x, difference(hat, of(1)), sum(hat, of(1))],
  ...pieces.flatMap(({ to }) => (to === undefined ? [] : [to])),
];

/** What both the lines and the categories of a case are about. */
function envelopeOf(input: EnvelopeCase, c: MappingConstants) {
  const { smooth, functions, probabilities: theta, smoothing } = input;
  const [x, step, mu] = [input.x, input.step, smoothing].map(fromDouble) as [Rational, Rational, Rational];
  const both = sum(step, product(of(c.smoothing), mu));
  const envelopes = functions.map((inner) => ({ type: 'moreau-envelope', smoothing, inner }));
  const smoothed = atStep(rationalProblem({ smooth, functions: envelopes, probabilities: theta }, 1), step);
  const plain = atStep(rationalProblem({ smooth, functions, probabilities: theta }, 1), both);
  const coordinate = plain.coordinates[0]!;
  const z = difference(x, product(step, coordinate.smooth.derivative(x)));
  const hats = coordinate.proximalMaps.map((map) => evaluate(map, z));
  return {
    ...{ x, step, mu, both, smoothed, plain, z, hats, coordinate },
    subgradients: hats.map((hat) => quotient(difference(z, hat), both)),
    pieces: plain.problem.coordinates[0]!.functions,
  };
}

function linesOf(input: EnvelopeCase, c: MappingConstants): Line[] {
  const { smooth, functions, probabilities: theta, smoothing } = input;
  const { x, step, mu, both, smoothed, plain, z, hats, coordinate, subgradients, pieces } = envelopeOf(input, c);
  const weights = plain.problem.probabilities;
  const mean = (values: readonly Rational[]): Rational => sum(...values.map((value, k) => product(weights[k]!, value)));
  const M = pieces.map(steepest).reduce(maximum);
  const slope = coordinate.smooth.derivative(x);
  const [mapping] = smoothed.residualMapping(weights, [x]) as [Rational];
  const { regularizer } = smoothed.coordinates[0]!;
  const growth = product(of(c.growth), M, M);
  const values = pieces.map((own) => valueAt(own, x)!);
  const enveloped = smoothed.problem.coordinates[0]!.functions.map((own) => valueAt(own, x)!);
  const sign = mapping.s < 0n && mapping.n !== 0n ? of(-1) : of(mapping.n === 0n ? 0 : 1);
  const whole = sum(slope, slopeOfPiece(regularizer.find(({ to }) => !to?.lt(x))!, x));
  const [curvature] = coordinateLipschitz(
    rationalProblem({ smooth, functions: [{ type: 'zero' }], probabilities: [1] }, 1),
  ) as [Rational];
  // The average of the envelopes is the envelope of the average, at γ + μ in place of γ.
  const average = { type: 'proximal-average', functions, probabilities: theta, step: input.step + smoothing };
  const onAverage = valueAt(coordinateFunction({ type: 'moreau-envelope', smoothing, inner: average }, 0), x)!;
  return [
    equal('G = ∇d(x) + Σθ_ks_k', mapping, sum(slope, mean(subgradients))),
    ...hats.flatMap((hat, k): Line[] => [
      equal(
        'prox_{γr^μ}(z) = z + (γ/(γ + μ))(x̂ − z)',
        evaluate(smoothed.coordinates[0]!.proximalMaps[k]!, z),
        sum(z, product(quotient(step, both), difference(hat, z))),
      ),
      ...probes(pieces[k]!, x, hat).map((v) =>
        atMost(
          's ∈ ∂r(x̂)',
          sum(valueAt(pieces[k]!, hat)!, product(subgradients[k]!, difference(v, hat))),
          valueAt(pieces[k]!, v)!,
        ),
      ),
      atMost(
        '|x − x̂| ≤ γ|∇d(x)| + (γ + μ)M',
        magnitude(difference(x, hat)),
        sum(product(step, magnitude(slope)), product(of(c.inner), sum(step, mu), M)),
      ),
      atMost(
        '|x − x̂| ≤ γ|G| + (2γ + μ)M',
        magnitude(difference(x, hat)),
        sum(product(step, magnitude(mapping)), product(sum(product(of(c.outer), step), mu), M)),
      ),
      equal(
        'x − x̂_k = γG + μs_k + γ(s_k − Σθ_ls_l)',
        difference(x, hat),
        sum(product(step, sum(mapping, subgradients[k]!, negative(mean(subgradients)))), product(mu, subgradients[k]!)),
      ),
      atMost('r − ½μM² ≤ r^μ', difference(values[k]!, product(growth, mu)), enveloped[k]!),
      atMost('r^μ ≤ r', enveloped[k]!, values[k]!),
    ]),
    atMost(
      'r̄ − ½(γ + μ)M² ≤ r_γ of the envelopes',
      difference(mean(values), product(growth, sum(step, mu))),
      valueAt(regularizer, x)!,
    ),
    atMost('r_γ of the envelopes ≤ r̄', valueAt(regularizer, x)!, mean(values)),
    equal('the average of the envelopes is the envelope of the average', valueAt(regularizer, x)!, onAverage),
    atMost(
      'Var s_k ≤ M²',
      difference(mean(subgradients.map((own) => product(own, own))), product(mean(subgradients), mean(subgradients))),
      product(of(c.noise), M, M),
    ),
    atMost('|G| ≤ |∇d(x) + ∇r(x)|', magnitude(mapping), magnitude(whole)),
    atMost(
      '|∇d(x) + ∇r(x)| ≤ (1 + γ/μ)|G|',
      magnitude(whole),
      product(sum(of(1), product(of(c.steeper), quotient(step, mu))), magnitude(mapping)),
    ),
    atMost(
      'f(x − γs) ≤ f(x) − γ(∇d(x) + ∇r(x))s + ½γ²(L + 1/μ)',
      smoothed.objective([difference(x, product(step, sign))])!,
      sum(
        smoothed.objective([x])!,
        negative(product(step, whole, sign)),
        product(of(c.descent), step, step, sum(curvature, quotient(of(1), mu))),
      ),
    ),
  ];
}

const categories = ['an x̂ at a kink', 'x̂_k that differ', 'a step across the kink', 'x̂ = x'] as const;

function categoriesOf(input: EnvelopeCase): string[] {
  const { x, step, hats, pieces } = envelopeOf(input, proved);
  const atKink = hats.some((hat, k) => pieces[k]!.slice(0, -1).some(({ to }) => to!.equals(hat)));
  return [
    ...(atKink ? [categories[0]] : []),
    ...(hats.some((hat) => !hat.equals(hats[0]!)) ? [categories[1]] : []),
    ...(pieces[0]!.slice(0, -1).some(({ to }) => difference(to!, x).abs().lt(step)) ? [categories[2]] : []),
    ...(hats.some((hat) => hat.equals(x)) ? [categories[3]] : []),
  ];
}

const proved: MappingConstants = {
  ...{ smoothing: 1, growth: 1 / 2, inner: 1, outer: 2, descent: 1 / 2, steeper: 1, noise: 1 },
};

/**
 * What G says where the r_k have kinks. With z = x − γ∇d(x), x̂_k = prox_{(γ+μ)r_k}(z) and s_k = (z − x̂_k)/(γ + μ), G(x) of signProx on the envelopes is ∇d(x) + Σθ_ks_k with
 * s_k ∈ ∂r_k(x̂_k), and every x̂_k is near x. With it what the proof of the bound needs. The proxes and values of the envelopes are those of their conjugates, r* + ½μp².
 */
export const smoothedMappingClaim = exactLinesClaim<EnvelopeCase, MappingConstants>({
  id: 'smoothed-mapping',
  version: 1,
  source: { section: 'beyond the paper', equation: 'signProx on Moreau envelopes' },
  statement:
    'G(x) = ∇d(x) + Σθ_ks_k with s_k ∈ ∂r_k(x̂_k), x̂_k = prox_{(γ+μ)r_k}(x − γ∇d(x)) and |x − x̂_k|_i ≤ γ|G_i| + (2γ + μ)M_i for signProx on the Moreau envelopes of M_i-Lipschitz r_k',
  method:
    'in rationals on random problems of one variable with kinks, without a tolerance; envelopes as conjugates of conjugates, not by their formula',
  machineChecked: { file: 'smoothed_sign_prox', theorem: 'smoothed_mapping' },
  constants: proved,
  linesOf,
  arbitrary: [anyCase, acrossCase, opposingCase],
  classify: categoriesOf,
  mustReach: categories,
});
