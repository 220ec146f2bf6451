import { defectiveFunctions, definedMutants, type FunctionMutant } from '../../claims/implementation/planted-defect.js';
import { isIndicator } from '../../reference/functions/definition/define-function.js';
import type { ProximableFunction } from '../../reference/functions/definition/proximable-function.js';
import { parseFunction, registry } from '../../reference/functions/index.js';
import type { FunctionFormat, FunctionQuestion, Kind, OrdinaryQuestion } from './function-question.js';
import { isIterated } from './function-question.js';
import { contains } from './interval.js';
import { isValid, type RightAnswer, withNumbers } from './policy-answers.js';

type Answered = ArrayLike<number> & { every(test: (value: number) => boolean): boolean };
/** What a wrong form answers. */
export type WrongAnswer = (question: FunctionQuestion) => Float64Array | 'refuses';

/** The format with the smallest errors in which a kind is asked of a type: in it a wrong form is told from what is right. */
export const finestOf = (kind: Kind, type: string): FunctionFormat =>
  kind === 'prox' && isIterated(type) ? '1e-12' : 'f64';

/** Whether an answer is one of the right ones. */
export const isAmong = (right: readonly RightAnswer[], answer: Answered | 'refuses'): boolean =>
  right.some(({ rows }) =>
    answer === 'refuses' || rows === 'refuses'
      ? answer === rows
      : rows[0]!.every((interval, i) => contains(interval, answer[i]!)),
  );

const numbersOf = ({ x }: FunctionQuestion): Float64Array => Float64Array.from(x as readonly number[]);

/** A form that remembers the last point answers as if it had met another one. */
function proxOf(target: ProximableFunction, question: FunctionQuestion): Float64Array {
  const { step, x } = question as OrdinaryQuestion;
  target.prox(
    Float64Array.from(x, (value) => value + 1),
    step!,
  );
  return target.prox(Float64Array.from(x), step!);
}

type Value = ProximableFunction['value'];
type Gradient = (u: Float64Array) => Float64Array;

/** A value or a gradient in place of the right one, from the function itself. */
type General<Method> = (target: ProximableFunction, own: Method) => Method;

const outside =
  (inPlace: (target: ProximableFunction, u: Float64Array) => number): General<Value> =>
  (target, value) =>
  (u) =>
    value(u) === Number.POSITIVE_INFINITY ? inPlace(target, u) : value(u);

const negated = (u: Float64Array): Float64Array => u.map((entry) => -entry);

/** The function with a weight of 1, if it has a weight. */
const unweighted = ({ type, parameters }: ProximableFunction): ProximableFunction =>
  parseFunction({ type, ...parameters, ...('weight' in parameters && { weight: 1 }) });

/** Values that are wrong for most functions. */
const values: Readonly<Record<string, General<Value>>> = {
  'the weight counts as 1': (target) => unweighted(target).value,
  'the mean over the entries in place of the sum': (_, value) => (u) => value(u) / u.length,
  'twice the value': (_, value) => (u) => 2 * value(u),
  'half of the value': (_, value) => (u) => value(u) / 2,
  'the value at −u': (_, value) => (u) => value(negated(u)),
  'the last entry counts as 0': (_, value) => (u) => value(u.with(-1, 0)),
  '10⁴ in place of ∞ outside of the domain': outside(() => 1e4),
  'the value of the formula outside of the domain': outside(({ finiteValue }, u) => finiteValue?.(u) ?? 0),
  'NaN outside of the domain': outside(() => Number.NaN),
  'whether u is in the set, as 1 or 0': (target, value) => (u) =>
    isIndicator(target) ? Number(value(u) === 0) : value(u),
  'the boundary is outside of the domain': (_, value) => (u) =>
    value(u.map((v) => v * (1 + 2 ** -30))) === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : value(u),
};

/** Gradients that are wrong for most functions. */
const gradients: Readonly<Record<string, General<Gradient>>> = {
  'the weight counts as 1': (target) => unweighted(target).gradient!,
  'the gradient of the mean over the entries': (_, gradient) => (u) => gradient(u).map((v) => v / u.length),
  'twice the gradient': (_, gradient) => (u) => gradient(u).map((v) => 2 * v),
  'half of the gradient': (_, gradient) => (u) => gradient(u).map((v) => v / 2),
  'the gradient of −r': (_, gradient) => (u) => negated(gradient(u)),
  'the gradient at −u': (_, gradient) => (u) => gradient(negated(u)),
  'forward differences of the value with h = 2⁻¹⁰':
    ({ value }) =>
    (u) =>
      u.map((entry, i) => (value(u.with(i, entry + 2 ** -10)) - value(u)) * 2 ** 10),
  'the gradient of the last entry alone': (_, gradient) => (u) => gradient(u).map((v, i) => (i + 1 < u.length ? 0 : v)),
};

/** The wrong forms of what is asked, as the guard takes them: those of a definition, and those that are wrong for most functions. */
export function mutantsOf(kind: Exclude<Kind, 'policy'>, type: string): readonly FunctionMutant[] {
  const isOwn = { prox: ['prox', 'change'], value: ['value', 'change'], gradient: ['change'] }[kind];
  const defined = definedMutants([registry.get(type)!]).filter((form) => isOwn.some((name) => name in form));
  if (kind === 'prox') return defined;
  const forms = Object.entries(kind === 'value' ? values : gradients) as [string, General<never>][];
  return [
    ...defined,
    ...forms.map(([description, form], f) => ({
      ...{ name: `${type}-${kind}-${f}`, type, description },
      change: (target: ProximableFunction) => ({ [kind]: form(target, target[kind] as never) }),
    })),
  ];
}

const right = ({ function: specification, step, x }: FunctionQuestion): Float64Array =>
  parseFunction(specification).prox(Float64Array.from(x as readonly number[]), step!);

/** A question without what is wrong with its parameters: sizes of numbers, and bounds in order. */
function repaired({ function: { type, ...parameters }, step, x }: FunctionQuestion): FunctionQuestion {
  const own = Object.fromEntries(
    Object.entries(parameters as Readonly<Record<string, number>>).map(([name, value]) =>
      name === 'weight' ? [name, Math.abs(value)] : [name, value],
    ),
  );
  const { lower, upper } = own;
  const bounds = lower! > upper! ? { lower: upper, upper: lower } : {};
  return { function: { type, ...own, ...bounds }, step: Math.abs(step!) || 1, x };
}

/** An answer that keeps a NaN and infinities in their places, as a policy wants it. */
export function propagated(question: FunctionQuestion): Float64Array {
  const point = right(withNumbers(question, () => 0));
  const far = right(withNumbers(question, (what) => (what === 'inf' ? 2 ** 40 : -(2 ** 40))));
  return point.map((value, i) => {
    const what = question.x[i]!;
    if (typeof what === 'number') return value;
    if (what === 'nan') return Number.NaN;
    return Math.abs(far[i]!) > 2 ** 20 ? far[i]! * Number.POSITIVE_INFINITY : far[i]!;
  });
}

const withoutNan = (question: FunctionQuestion, value: 0 | '-inf'): FunctionQuestion => ({
  ...question,
  x: question.x.map((entry) => (entry === 'nan' ? value : entry)),
});

/** Forms that break a policy; bad parameters are refused unless the form says what becomes of them. */
const ofPolicies: Readonly<Record<string, WrongAnswer>> = {
  'a NaN becomes 0': (question) => (isValid(question) ? propagated(withoutNan(question, 0)) : 'refuses'),
  'a NaN counts as −∞, as in fmax of C': (question) =>
    isValid(question) ? propagated(withoutNan(question, '-inf')) : 'refuses',
  'a NaN in one entry is in all': (question) => {
    if (!isValid(question)) return 'refuses';
    const point = propagated(question);
    return point.some(Number.isNaN) ? point.fill(Number.NaN) : point;
  },
  'an infinity becomes 65504, the largest number of 16 bits': (question) =>
    isValid(question)
      ? propagated(question).map((value) =>
          Math.abs(value) === Number.POSITIVE_INFINITY ? Math.sign(value) * 65504 : value,
        )
      : 'refuses',
  'bad parameters count by their sizes': (question) => propagated(isValid(question) ? question : repaired(question)),
  'bad parameters leave y as it is': (question) =>
    isValid(question) ? propagated(question) : Float64Array.from(question.x as readonly number[]),
  'everything is refused': () => 'refuses',
};

const answered: Readonly<
  Record<Exclude<Kind, 'policy'>, (target: ProximableFunction, question: FunctionQuestion) => Float64Array>
> = {
  prox: proxOf,
  value: (target, question) => Float64Array.of(target.value(numbersOf(question))),
  gradient: (target, question) => target.gradient!(numbersOf(question)),
};

/** The wrong forms of answers of a kind about a type, by what is wrong. */
export function wrongAnswers(kind: Kind, type: string): ReadonlyMap<string, WrongAnswer> {
  if (kind === 'policy') return new Map(Object.entries(ofPolicies));
  return new Map(
    // Each question meets a function of its own: what a form remembers of others depends on their order.
    mutantsOf(kind, type).map((form) => [
      form.description,
      (question) => answered[kind](defectiveFunctions(form)(question.function), question),
    ]),
  );
}
