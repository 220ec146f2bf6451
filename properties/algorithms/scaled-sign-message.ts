import fc from 'fast-check';
import { dyadic } from '../../src/claims/arbitraries/dyadic.js';
import { claimOf } from '../../src/claims/claim-mutant.js';
import { judgeTrue, worstOf } from '../../src/claims/judges/judgement.js';
import { judgeSame } from '../../src/claims/properties/algorithm-parts.js';
import { propertyClaim, propertyPart } from '../../src/claims/properties/property-claim.js';
import { fromDouble, rational, square, sum, toDouble } from '../../src/exact/arithmetic/rational.js';
import { scaledSigns } from '../../src/exact/engines/error-feedback.js';
import {
  packScaledSign,
  scaledSign,
  scaledSignLength,
  unpackScaledSign,
} from '../../src/reference/algorithms/scaled-sign.js';

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
export const claim = claimOf(subjects, (own: Subjects) =>
  propertyClaim({
    id: 'scaled-sign-message',
    version: 1,
    source: { section: 'beyond the paper', equation: 'signProx with error feedback' },
    statement: 'C(m) = (‖m‖₁/n) sgn m is n bits and one scalar, and ‖m − C(m)‖² ≤ (1 − 1/n)‖m‖² for any sgn(0)',
    method:
      'what is unpacked is C(m) bit for bit; the contraction in rationals for every sgn(0), and C in doubles where nothing rounds',
    requires: { referenceOnly: true },
    success: 'proved-exactly',
    parts: () => [messagePart(own), contractionPart(own)],
  }),
);
