import { one } from '../../exact/arithmetic/rational.js';
import {
  againstSign,
  anyOf,
  combination,
  exactly,
  type Observation,
  type Rule,
  type Uncertain,
} from '../../judging/judges/stateful/rule.js';
import type { JudgedMemory } from '../../judging/parts/memory-conventions.js';
import type { StatefulClaim } from '../../judging/parts/stateful-claim.js';
import { statefulAlgorithms } from '../../reference/algorithms/stateful/registry.js';
import type { StatefulAlgorithm, StatefulInput } from '../../reference/algorithms/stateful/stateful-algorithm.js';

/** An algorithm of which vectors ask: its rule in rationals, its reference with wrong forms, and what is said of it. */
export interface VectorSubject extends Omit<JudgedMemory, 'algorithm'> {
  readonly algorithm: string;
  readonly definition: Pick<StatefulAlgorithm, 'takes' | 'parameters' | 'update' | 'errors'> &
    Partial<StatefulAlgorithm>;
  readonly source: string;
  readonly statement: string;
}

/** The algorithm with memory of a claim. */
export const subjectOf = ({ memory, source, statement }: StatefulClaim): VectorSubject => ({
  ...memory,
  definition: statefulAlgorithms[memory.algorithm],
  source: source.equation!,
  statement,
});

type Input = StatefulInput<Readonly<Record<string, unknown>>, Readonly<Record<string, never>>>;

/** The next x of an algorithm without memory. */
type Next = (input: Input) => Float64Array;

/** An update that remembers nothing. */
const forgetful =
  (next: Next): StatefulAlgorithm['update'] =>
  (input) => ({ x: next(input as unknown as Input), memory: {} });

/** An algorithm without memory from its next x, wrong forms of that, and the expected next x. */
function withoutMemory(
  algorithm: string,
  about: {
    readonly source: string;
    readonly statement: string;
    readonly takes: 'gradients' | 'proxes';
    readonly signs?: true;
  },
  next: Next,
  errors: Readonly<Record<string, Next>>,
  rule: Rule,
): VectorSubject {
  const { source, statement, ...kind } = about;
  const wrong = Object.entries(errors).map(([name, own]) => [name, () => forgetful(own)] as const);
  const definition = { ...kind, parameters: {}, update: forgetful(next), errors: Object.fromEntries(wrong) };
  return { algorithm, definition, source, statement, rule };
}

/** ∇f̂(x), and P̂(x) and Ĝ(x) of the mini-batch. */
const gradientOf = ({ x, stochasticGradient }: Input): Float64Array => stochasticGradient(x);
const meanOf = ({ x, problem }: Input): Float64Array => problem.mean(x).slice();
const mappingOf = ({ x, problem }: Input): Float64Array => problem.gradientMapping(x).slice();

/** x − γd. */
const moved = ({ x, step }: Pick<Input, 'x' | 'step'>, d: Float64Array): Float64Array =>
  x.map((v, i) => v - step * d[i]!);

/** x − γ sgn d. */
const movedBySign = (input: Input, d: Float64Array): Float64Array =>
  moved(
    input,
    d.map((v) => input.sign(v)),
  );

/** The rule x − γ sgn d. */
const bySignOf =
  (direction: (observation: Observation) => readonly Uncertain[]): Rule =>
  ({ u, signOfZero }) =>
  (observation) => {
    const { x, step } = observation;
    return direction(observation).map((d, i) =>
      againstSign(d, signOfZero, (sign) => combination(one, x[i]!, step.neg(), exactly(sign), u)),
    );
  };

/** The algorithms without memory. An SPGM of one r is the proximal gradient method. */
export const memoryless: readonly VectorSubject[] = [
  withoutMemory(
    'sgd',
    { source: 'equations (3), (4)', statement: 'x ← x − γ∇f̂(x)', takes: 'gradients' },
    (input) => moved(input, gradientOf(input)),
    {
      'the gradient is added': (input) => moved({ ...input, step: -input.step }, gradientOf(input)),
      'γ is ignored': (input) => moved({ ...input, step: 1 }, gradientOf(input)),
      'the step is normalised': (input) => {
        const g = gradientOf(input);
        const size = Math.hypot(...g) || 1;
        return moved(
          input,
          g.map((v) => v / size),
        );
      },
      'the sign of the gradient is taken': (input) => movedBySign(input, gradientOf(input)),
    },
    ({ u }) =>
      ({ x, step, stochasticGradient }) =>
        stochasticGradient(x).map((g, i) => anyOf([combination(one, x[i]!, step.neg(), g, u)])),
  ),
  withoutMemory(
    'sign-sgd',
    { source: 'equation (5)', statement: 'x ← x − γ sgn ∇f̂(x)', takes: 'gradients', signs: true },
    (input) => movedBySign(input, gradientOf(input)),
    {
      'the sign is added': (input) => movedBySign({ ...input, step: -input.step }, gradientOf(input)),
      'γ is ignored': (input) => movedBySign({ ...input, step: 1 }, gradientOf(input)),
      'no sign is taken': (input) => moved(input, gradientOf(input)),
      'the sign of the sum is every sign': (input) => {
        const g = gradientOf(input);
        return movedBySign(input, g.fill(g.reduce((sum, v) => sum + v, 0)));
      },
    },
    bySignOf(({ x, stochasticGradient }) => stochasticGradient(x)),
  ),
  withoutMemory(
    'spgm',
    {
      source: 'Algorithm 1',
      statement: 'x ← (1/B) Σ_b prox_{γr_b}(x − γg)',
      takes: 'proxes',
    },
    meanOf,
    {
      'no prox is taken': (input) => moved(input, gradientOf(input)),
      'the gradient is added': (input) =>
        input.problem.mean(moved({ ...input, step: -2 * input.step }, gradientOf(input))),
      'the gradient step comes after the prox': (input) => {
        const g = gradientOf(input);
        const proxes = input.problem.mean(moved({ ...input, step: -input.step }, g)).slice();
        return moved({ ...input, x: proxes }, g);
      },
      'the prox forgets γ': (input) => {
        const g = gradientOf(input);
        const at = input.problem.problem.at(1);
        return at.mean(moved({ ...input, step: input.step - 1 }, g)).slice();
      },
      'only the first r counts': (input) => input.problem.proximalGradient(0, input.x).slice(),
      'the step is x − γG(x) with γ twice': (input) => moved({ ...input, step: input.step ** 2 }, mappingOf(input)),
    },
    () =>
      ({ x, mean }) =>
        mean(x).map((each) => anyOf([each])),
  ),
  withoutMemory(
    'sign-prox',
    {
      source: 'Algorithm 2',
      statement: 'x ← x − γ sgn(x − (1/B) Σ_b prox_{γr_b}(x − γg))',
      takes: 'proxes',
      signs: true,
    },
    (input) => movedBySign(input, mappingOf(input)),
    {
      'the sign is added': (input) => movedBySign({ ...input, step: -input.step }, mappingOf(input)),
      'γ is ignored': (input) => movedBySign({ ...input, step: 1 }, mappingOf(input)),
      'no sign is taken': (input) => moved(input, mappingOf(input)),
      'the sign is that of the gradient': (input) => movedBySign(input, gradientOf(input)),
      'only the first r counts': (input) => {
        const first = input.problem.proximalGradient(0, input.x);
        return movedBySign(
          input,
          input.x.map((v, i) => v - first[i]!),
        );
      },
    },
    bySignOf(({ x, stochasticMapping }) => stochasticMapping(x)),
  ),
];
