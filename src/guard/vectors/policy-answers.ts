import { toDouble } from '../../exact/arithmetic/rational.js';
import { registry } from '../../reference/functions/index.js';
import { exactProxes, type FunctionQuestion, type OrdinaryQuestion } from './function-question.js';
import { type Interval, intervalOf, type Special, specials } from './interval.js';
import type { Format } from './optimiser-question.js';

/** A right answer: its places in `conventions`, and its rows, or that it refuses. */
export interface RightAnswer {
  readonly conventions: readonly number[];
  readonly rows: readonly (readonly Interval[])[] | 'refuses';
}

/** What becomes of a NaN and of infinities, as `nonfinite` in the hello of an adapter declares it. */
export const policies = {
  'nan-propagates':
    'a NaN in y is in the same entry of the answer, and an infinity makes no number where the limit of the entry is infinite: "nonfinite": "propagate" of the guard',
  'nan-refused': 'a point with a NaN or an infinity is refused: "nonfinite": "reject" of the guard',
} as const;

/** Who documents which, as a place in `policies`. */
export const policyReferences = {
  numpy: {
    source: 'numpy.maximum and numpy.minimum: if one of the elements is a NaN, that element is returned',
    convention: 0,
  },
  pytorch: {
    source: 'torch.maximum and torch.minimum: if one of the elements is a NaN, that element is returned',
    convention: 0,
  },
  'scikit-learn': { source: 'sklearn.utils.check_array: a NaN or an infinity raises ValueError', convention: 1 },
} as const;

const both = [0, 1];

/** A number beyond which an entry has no limit that is a number. */
const far = 2 ** 40;

/** Whether a function takes the parameters and γ of a question. */
export function isValid({ function: specification, step }: FunctionQuestion): boolean {
  const { type, ...parameters } = specification;
  if (!(step! > 0)) return false;
  try {
    registry.get(type)!.fromJson(parameters, '', () => {
      throw new TypeError(`${type} has functions inside`);
    });
    return true;
  } catch {
    return false;
  }
}

/** The same question with numbers in place of what is none. */
export const withNumbers = (question: FunctionQuestion, numberOf: (what: Special) => number): OrdinaryQuestion => ({
  ...question,
  x: question.x.map((entry) => (typeof entry === 'number' ? entry : numberOf(entry))),
});

/** What an entry that is no number becomes, by policy: undefined where its limit is a number, of which nothing is said. */
function limitAt(question: FunctionQuestion, i: number): Special | undefined {
  const what = question.x[i] as Special;
  if (what === 'nan') return 'nan';
  const distant = withNumbers(question, (each) => (each === 'nan' ? 0 : Math.sign(specials[each]) * far));
  const [point] = exactProxes(distant, 'f64');
  const value = toDouble(point![i]!.value);
  return Math.abs(value) > Math.sqrt(far) ? (value > 0 ? 'inf' : '-inf') : undefined;
}

/**
 * The answers by each policy to a question about the prox of a separable function. Bad parameters are refused by both: only who declares that asks for
 * them. NaN and an error are right for an infinity by both, because they hide nothing.
 */
export function policyAnswers(question: FunctionQuestion, format: Exclude<Format, 'bf16-f32'>): readonly RightAnswer[] {
  if (!isValid(question)) return [{ conventions: both, rows: 'refuses' }];
  const [point] = exactProxes(
    withNumbers(question, () => 0),
    format,
  );
  const usual = point!.map(intervalOf);
  const places = question.x.flatMap((entry, i) => (typeof entry === 'number' ? [] : [i]));
  if (places.length === 0) return [{ conventions: both, rows: [usual] }];
  const rowOf = (at: (i: number) => Interval): RightAnswer => ({
    conventions: [0],
    rows: [usual.map((interval, i) => (places.includes(i) ? at(i) : interval))],
  });
  const isNan = places.some((i) => question.x[i] === 'nan');
  const own = rowOf((i) => limitAt(question, i) ?? 'any');
  if (isNan) return [own, { conventions: [1], rows: 'refuses' }];
  return [own, rowOf(() => 'nan'), { conventions: both, rows: 'refuses' }];
}
