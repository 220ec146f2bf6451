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
