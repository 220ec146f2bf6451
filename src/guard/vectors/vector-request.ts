import type { Source } from '../../claims/schemas.js';
import type { AlgorithmName } from '../../reference/algorithms/algorithm.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import { encodeFunction, encodeProblem, encodeVector } from '../protocol/encode-specification.js';
import { realEncoding } from '../protocol/real-encoding.js';

interface Situation {
  readonly problem: ProblemSpecification;
  readonly step: number;
  readonly x: readonly number[];
}

/** prox_{γr}(x). */
export interface ProxRequest {
  readonly method: 'prox';
  readonly function: FunctionSpecification;
  readonly step: number;
  readonly x: readonly number[];
}

/** One iteration; `indices` is its mini-batch, for majority-vote `workers` holds one per worker, and gradient-descent has neither. */
export interface IterationRequest extends Situation {
  readonly method: 'step';
  readonly algorithm: AlgorithmName;
  readonly indices?: readonly number[];
  readonly workers?: readonly (readonly number[])[];
}

/** Several iterations, one mini-batch each. */
export interface RunRequest extends Situation {
  readonly method: 'run';
  readonly algorithm: 'spgm' | 'sign-prox';
  readonly indices: readonly (readonly number[])[];
}

/** A question of a vector, in doubles; components count from 0. */
export type VectorRequest =
  | ProxRequest
  | (Situation & { readonly method: 'proximal-gradient'; readonly component: number })
  | (Situation & { readonly method: 'mean' | 'gradient-mapping' })
  | (Situation & { readonly method: 'mini-batch'; readonly indices: readonly number[] })
  | IterationRequest
  | RunRequest;

const encoding = realEncoding('bits', 'f64');

/** The request as it stands in a message of the protocol, in encoding bits and without its id. */
export function wireRequest(request: VectorRequest): {
  readonly method: VectorRequest['method'];
  readonly [field: string]: unknown;
} {
  return {
    ...request,
    ...('function' in request ? { function: encodeFunction(request.function, encoding) } : {}),
    ...('problem' in request ? { problem: encodeProblem(request.problem, encoding) } : {}),
    step: encoding.encode(request.step),
    x: encodeVector(request.x, encoding),
  };
}

/** One question and why it is asked. */
export interface VectorInput {
  readonly flags: readonly string[];
  readonly request: VectorRequest;
}

/** The questions of one file. */
export interface VectorInputs {
  readonly name: string;
  readonly source: Required<Source>;
  readonly statement: string;
  readonly vectors: readonly VectorInput[];
}

/** Steps at which wrong formulas show: γ = 1 hides a forgotten γ. */
export const steps = [0.1, 0.7, 1, 3] as const;

/** Every flag and what it says about the vectors that carry it. */
export const flagMeanings = {
  kink: 'elements on the kinks of the prox, as the nearest double',
  'near a kink': 'elements one ulp to either side of the kinks',
  between: 'elements between the kinks and beyond the outermost ones: one in every branch of the formula',
  sparse: 'every element is inside the threshold: the answer is exactly 0',
  zeros: '0 and −0 (the sign of a zero in the answer is free) and the smallest subnormal',
  large: 'elements scaled by 2³⁰',
  tiny: 'elements scaled by 2⁻³⁰: absolute tolerances and thresholds show',
  tie: 'equal elements, which a sort or a largest element has to choose between',
  jump: 'an element at which two minimisers are as good: each is accepted',
  inside: 'points of the set, which the projection must leave alone',
  boundary: 'points on the boundary of the set',
  outside: 'points outside the set',
  'vector parameter': 'a parameter with one value for each element',
  'infinite bound': 'a bound that is ±∞',
  'repeated index': 'a mini-batch in which a component is drawn more than once: it counts more than once',
  'batch of one': 'a mini-batch of one component: P̂ = P_k',
  'probability 0': 'a component that is never drawn and must not enter P or G',
  'unequal probabilities': 'θ is not uniform: a plain average is wrong',
  'non-convex d': 'd is not convex (Geman–McClure)',
  'sgn(0)': 'a direction is exactly 0 somewhere: the answer depends on the value of sgn at 0, and each is accepted',
  'tiny direction': 'directions of about 2⁻³⁶, far above rounding: a dead zone around 0 shows',
  'even workers': 'two or four workers whose votes may cancel',
  'several iterations': 'a run: a stale iterate, a batch used twice or an iteration too few shows',
} as const;
export type Flag = keyof typeof flagMeanings;
