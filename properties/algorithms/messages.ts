import fc from 'fast-check';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { unitRoundoff } from '../../src/claims/implementation/dtype.js';
import type { Implementation } from '../../src/claims/implementation/implementation.js';
import { fromDouble, rational, square, sum, toDouble } from '../../src/exact/arithmetic/rational.js';
import { scaledSigns } from '../../src/exact/engines/error-feedback.js';
import { dyadic } from '../../src/judging/arbitraries/dyadic.js';
import { differenceTolerance, sharesOf } from '../../src/judging/judges/declared-accuracy.js';
import { type Judgement, judgeTrue, worstOf } from '../../src/judging/judges/judgement.js';
import { type Oracle, oracleOf } from '../../src/judging/judges/oracle.js';
import { largerOrNaN, ofDifference, showVector } from '../../src/judging/judges/precision.js';
import { judgeSame } from '../../src/judging/parts/algorithm-parts.js';
import { problemParts } from '../../src/judging/parts/problem-parts.js';
import { propertyClaim, propertyPart } from '../../src/judging/parts/property-claim.js';
import type { PropertyPart } from '../../src/judging/parts/property-part.js';
import {
  packedLength,
  packSigns,
  unpackSigns,
  voteOnPackedSigns,
} from '../../src/reference/algorithms/one-bit-codec.js';
import {
  packScaledSign,
  scaledSign,
  scaledSignLength,
  unpackScaledSign,
} from '../../src/reference/algorithms/scaled-sign.js';
import { keyedStream, streamKey } from '../../src/reference/sampling/keyed-stream.js';

/** Lengths from 1 to 10⁵, every residue modulo 8 and both ends often. */
const length = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 2000 }) },
  { weight: 1, arbitrary: fc.constantFrom(99_993, 99_999, 100_000) },
);

interface Messages {
  readonly n: number;
  readonly workers: number;
  readonly seed: number;
}

const messages: fc.Arbitrary<Messages> = fc.record({
  n: length,
  workers: fc.integer({ min: 1, max: 7 }),
  seed: fc.nat(),
});

const residues = [0, 1, 2, 3, 4, 5, 6, 7].map((residue) => `n = ${residue} mod 8`);

/** Vectors of n values with both signs and magnitudes from tiny to huge. */
function valuesOf({ n, workers, seed }: Messages): Float64Array[] {
  return Array.from({ length: workers }, (_, m) => {
    const random = keyedStream(streamKey(String(seed), 'one-bit', 1, m));
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      // From 2⁻⁶² to 2⁵⁵ in size, and never 0: these uniforms are never ½.
      values[i] = (random.symmetric() - 0.5) * 2 ** (i % 8 === 0 ? -30 : (i % 8) * 8);
    }
    return values;
  });
}

const firstFailure = (judgements: readonly Judgement[]): Judgement =>
  judgements.find(({ ratio }) => ratio > 1) ?? judgements[0]!;

const codec = { packSigns, unpackSigns, voteOnPackedSigns };
type Codec = typeof codec;

/** Round trip, exactly n bits, and the two compression ratios against numbers of 32 and of 64 bits. */
const roundTrip = ({ packSigns, unpackSigns }: Codec) =>
  propertyPart<Messages>({
    name: 'pack and unpack',
    arbitrary: messages,
    classify: ({ n }) => [`n = ${n % 8} mod 8`, ...(n > 99_000 ? ['n near 10⁵'] : [])],
    mustReach: [...residues, 'n near 10⁵'],
    judge(input) {
      const { n } = input;
      const values = valuesOf({ ...input, workers: 1 })[0]!;
      const bytes = packSigns(values);
      const signs = unpackSigns(bytes, n);
      let ones = 0;
      for (const byte of bytes) for (let bit = 0; bit < 8; bit++) ones += (byte >> bit) & 1;
      const positive = values.filter((value) => value > 0).length;
      return firstFailure([
        judgeTrue(
          'unpack(pack(v)) = sgn(v)',
          signs.every((sign, i) => sign === Math.sign(values[i]!)),
        ),
        judgeTrue('⌈n/8⌉ bytes', bytes.byteLength === Math.floor((n + 7) / 8) && packedLength(n) === bytes.byteLength),
        judgeTrue('n bits and no other', ones === positive),
        ...([Float32Array, Float64Array] as const).map((Numbers) => {
          const ratio = Numbers.from(values).byteLength / bytes.byteLength;
          const most = 8 * Numbers.BYTES_PER_ELEMENT;
          const name = `${most} times less than ${Numbers.name}, up to the last byte`;
          // 8(⌈n/8⌉ − 1) < n ≤ 8⌈n/8⌉.
          return judgeTrue(
            name,
            n % 8 === 0 ? ratio === most : ratio < most && ratio * bytes.byteLength > most * (bytes.byteLength - 1),
          );
        }),
      ]);
    },
  });

/** The vote on packed bits is the sign of the sum of signs, for every tie rule. */
const packedVote = ({ packSigns, voteOnPackedSigns }: Codec) =>
  propertyPart<Messages>({
    name: 'vote on packed bits',
    arbitrary: messages,
    classify: ({ n, workers }) => [`${workers} workers`, `n = ${n % 8} mod 8`],
    mustReach: [1, 2, 3, 4, 5, 6, 7].map((workers) => `${workers} workers`),
    judge(input) {
      const { n } = input;
      const values = valuesOf(input);
      const packed = values.map((vector) => packSigns(vector));
      const sums = new Float64Array(n);
      for (const vector of values) for (let i = 0; i < n; i++) sums[i]! += Math.sign(vector[i]!);
      const rules = [
        { convention: 'zero', value: 0 },
        { convention: 'positive', value: 1 },
        { convention: 'negative', value: -1 },
      ] as const;
      const judgements = rules.map(({ convention, value }) => {
        const majority = voteOnPackedSigns(packed, n, { convention });
        return judgeTrue(
          `the vote with ties ${convention}`,
          majority.every((sign, i) => sign === (sums[i] === 0 ? value : Math.sign(sums[i]!))),
        );
      });
      let ties = 0;
      const random = () => [0.25, 0.75][ties++ % 2]!;
      const majority = voteOnPackedSigns(packed, n, { convention: 'random', random });
      judgements.push(
        judgeTrue(
          'the vote with random ties',
          majority.every((sign, i) => sums[i] === 0 || sign === Math.sign(sums[i]!)),
        ),
        judgeTrue(
          'one draw per tie, no 0 left',
          ties === sums.filter((sum) => sum === 0).length && majority.every((sign) => sign !== 0),
        ),
      );
      return firstFailure(judgements);
    },
  });

/** x − P̂(x), of which an implementation may see either sign where it is within the error of P̂. */
function directionOf(oracle: Oracle, indices: readonly number[], step: number, x: Float64Array): Float64Array {
  const batch = oracle.miniBatch(indices, step, x);
  return x.map((value, i) => value - batch[i]!);
}

/**
 * The update of an implementation under test is carried by n bits: a receiver that knows x and γ and gets only the packed signs of
 * x − P̂(x) reaches the same x⁺. Coordinates within rounding of 0, whose sign no bit determines, are left out and counted.
 */
function updateParts(implementation: Implementation): PropertyPart[] {
  if (!implementation.description.algorithms.includes('sign-prox')) return [];
  const precision = unitRoundoff(implementation.description.dtype);
  return problemParts(
    implementation,
    async ({ problem, step, x, indices }) => {
      const next = (
        await implementation.ask({ method: 'step', algorithm: 'sign-prox', problem, step, x: x.slice(), indices })
      ).x;
      const oracle = oracleOf(problem);
      const direction = directionOf(oracle, indices, step, x);
      const received = unpackSigns(packSigns(direction, { convention: 'positive' }), x.length);
      const shares = sharesOf(indices, oracle.functions.length);
      const { error } = differenceTolerance(implementation, problem, step, x, shares);
      let ratio = next.length === x.length ? 0 : Number.POSITIVE_INFINITY;
      for (let i = 0; i < x.length; i++) {
        if (Math.abs(direction[i]!) <= error) continue;
        const allowed = ofDifference * precision * (Math.abs(x[i]!) + step);
        const own = Math.abs(next[i]! - (x[i]! - step * received[i]!)) / allowed;
        ratio = largerOrNaN(ratio, own);
      }
      return {
        ratio,
        explanation: () => `from ${showVector(x)} with bits ${showVector(received)}: returned ${showVector(next)}`,
      };
    },
    { smoothTypes: ['quadratic'] },
  ).map((part) => ({ ...part, name: 'the update is a function of n bits' }));
}

/**
 * "As each stochastic update contains a single bit per element" (abstract, section 4): n signs are n bits, ⌈n/8⌉ bytes on the wire; the
 * receiver needs nothing else; and the vote of M workers can be taken on the packed bits. One bit cannot carry 0: sgn(0) must be a
 * sign, by a rule that is named.
 */
export const remarkOneBitClaim = claimOf(codec, (own) =>
  propertyClaim({
    id: 'remark-one-bit',
    version: 2,
    source: { section: 'abstract', equation: 'one bit per element' },
    statement:
      'an update of signProx is n bits: ⌈n/8⌉ bytes, 32 or 64 times less than n floats, and votes use packed bits',
    method:
      'round trips and votes up to n = 10⁵ bit for bit; the steps of the implementation rebuilt from packed signs',
    requires: { methods: ['step'], algorithms: ['sign-prox'] },
    success: 'holds',
    effort: 0.5,
    parts: (implementation) => [roundTrip(own), packedVote(own), ...updateParts(implementation)],
  }),
);

/** What is judged: the two ends of the wire, and C in rationals. */
const subjects = { packScaledSign, unpackScaledSign, exactSigns: scaledSigns };
type Subjects = typeof subjects;

const conventions = ['zero', 'positive', 'negative'] as const;
/** The values of sgn(0) that a bit can carry. */
const carried = conventions.slice(1);

/** Vectors of small dyadic numbers, times powers of two; entries that are 0 are met often. */
const vectors = (largest: number) =>
  fc
    .tuple(
      fc.array(fc.oneof({ weight: 4, arbitrary: dyadic(2, 4) }, { weight: 1, arbitrary: fc.constant(0) }), {
        minLength: 1,
        maxLength: largest,
      }),
      fc.constantFrom(-100, -30, 0, 0, 0, 30, 100),
    )
    .map(([entries, exponent]) => Float64Array.from(entries, (entry) => entry * 2 ** exponent));

const categoriesOf = (m: Float64Array): string[] => [
  m.length === 1 ? 'n = 1' : 'n > 1',
  ...(m.includes(0) ? ['an entry of 0'] : []),
  ...(m.length > 1 && m.filter((entry) => entry !== 0).length === 1 ? ['a single entry'] : []),
];

/** What arrives is C(m) to the last bit, in eight bytes and a bit for each sign. */
const messagePart = ({ packScaledSign: pack, unpackScaledSign: unpack }: Subjects) =>
  propertyPart<Float64Array>({
    name: 'the message',
    arbitrary: vectors(40),
    classify: (m) => [...categoriesOf(m), ...(m.length % 8 === 0 ? ['n = 0 mod 8'] : [])],
    mustReach: ['n = 1', 'n > 1', 'an entry of 0', 'n = 0 mod 8'],
    judge(m) {
      const n = m.length;
      return worstOf(
        carried.flatMap((convention) => {
          const bytes = pack(m, { convention });
          return [
            judgeSame(`C(m) with sgn(0) ${convention}`, unpack(bytes, n), scaledSign(m, { convention })),
            judgeTrue('8 + ⌈n/8⌉ bytes', bytes.length === 8 + Math.ceil(n / 8) && scaledSignLength(n) === bytes.length),
          ];
        }),
      );
    },
  });

/** ‖m − C(m)‖² ≤ (1 − 1/n)‖m‖² for every sgn(0), and C in doubles where no operation rounds. */
const contractionPart = ({ exactSigns }: Subjects) =>
  propertyPart<Float64Array>({
    name: 'the contraction',
    arbitrary: vectors(6),
    classify: categoriesOf,
    mustReach: ['n = 1', 'n > 1', 'an entry of 0', 'a single entry'],
    judge(doubles) {
      const n = doubles.length;
      const m = Array.from(doubles, fromDouble);
      const whole = sum(m.map(square));
      return worstOf(
        conventions.flatMap((convention) => {
          const sent = exactSigns(convention)(m);
          const left = sum(m.map((entry, i) => square(entry.sub(sent[i]!))));
          const inner = sum(m.map((entry, i) => entry.mul(sent[i]!)));
          const size = sum(m.map((entry) => entry.abs()));
          const exact = Float64Array.from(sent, toDouble);
          return [
            judgeTrue(
              `‖m − C(m)‖² ≤ (1 − 1/n)‖m‖² with sgn(0) ${convention}`,
              left.lte(whole.mul(rational(BigInt(n - 1), BigInt(n)))),
            ),
            judgeTrue('⟨m, C(m)⟩ = ‖m‖₁²/n', inner.equals(square(size).div(rational(BigInt(n))))),
            ...(Number.isInteger(Math.log2(n)) ? [judgeSame('C(m)', scaledSign(doubles, { convention }), exact)] : []),
          ];
        }),
      );
    },
  });

/** What signProx with error feedback sends in place of bits alone: n bits and one number, which leave out no more than 1 − 1/n of ‖m‖². */
export const scaledSignMessageClaim = claimOf(subjects, (own: Subjects) =>
  propertyClaim({
    id: 'scaled-sign-message',
    version: 1,
    source: { section: 'beyond the paper', equation: 'signProx with error feedback' },
    statement: 'C(m) = (‖m‖₁/n) sgn m is n bits and one scalar, and ‖m − C(m)‖² ≤ (1 − 1/n)‖m‖² for any sgn(0)',
    method:
      'the unpacked message is C(m) bit for bit; the contraction in rationals for every sgn(0), and C in doubles if nothing rounds',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [messagePart(own), contractionPart(own)],
  }),
);
