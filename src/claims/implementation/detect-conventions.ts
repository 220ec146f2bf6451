import type { SignConvention } from '../../reference/algorithms/algorithm.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { SmoothSpecification } from '../../reference/smooth/definition/smooth-function.js';
import { type Implementation, ImplementationError, type StepRequest, UnsupportedError } from './implementation.js';

/** The conventions that the paper leaves open, as an implementation's answers show them. Those that it cannot be asked about are absent. */
export interface DetectedConventions {
  /** sgn(0) in signProx, or in signSGD if only that is offered. */
  readonly signOfZero?: SignConvention;
  /** Whether the prox of l0 keeps or zeroes an entry whose two choices cost the same. */
  readonly hardThreshold?: 'keeps' | 'zeroes';
  /** Whether squared-l2 is (w/2)‖u‖², as in the vocabulary, and not w‖u‖². */
  readonly halfInSquaredNorm?: boolean;
  /** Whether a prox minimises ½‖u − y‖² + γr(u), as in equation (6), and not ‖u − y‖² + γr(u). */
  readonly halfInProx?: boolean;
}

/** Number of questions about a sign, and of coordinates in each: random signs agree in all of them with probability 2⁻³⁶. */
const calls = 6;
const coordinates = 6;

/** r and d that are 0 with a gradient of 0 at x = 0, or have it as their minimiser: the direction x − P̂(x) there is exactly 0. */
export const flatFunctions: readonly FunctionSpecification[] = [
  { type: 'zero' },
  { type: 'l1', weight: 1 },
  { type: 'squared-l2', weight: 1 },
  { type: 'huber', weight: 1, threshold: 1 },
  { type: 'log-cosh', weight: 1, scale: 1 },
  { type: 'elastic-net', l1Weight: 1, l2Weight: 1 },
];
export const flatTerms: readonly SmoothSpecification[] = [
  { type: 'zero' },
  { type: 'quadratic', curvature: 1, center: 0 },
  { type: 'cosine', weight: 1 },
  { type: 'huber', weight: 1, threshold: 1 },
];

const step = 0.5;

/** Asks everything that can be asked. An error leaves a convention undetected; claims report the error. */
export async function detectConventions(implementation: Implementation): Promise<DetectedConventions> {
  const found: { -readonly [K in keyof DetectedConventions]: DetectedConventions[K] } = {};
  const attempt = async <K extends keyof DetectedConventions>(
    key: K,
    detect: (implementation: Implementation) => Promise<DetectedConventions[K]>,
  ): Promise<void> => {
    try {
      const value = await detect(implementation);
      if (value !== undefined) found[key] = value;
    } catch (error) {
      if (!(error instanceof ImplementationError || error instanceof UnsupportedError)) throw error;
    }
  };
  await attempt('signOfZero', detectSignOfZero);
  await attempt('hardThreshold', detectHardThreshold);
  await attempt('halfInSquaredNorm', detectHalfInSquaredNorm);
  await attempt('halfInProx', detectHalfInProx);
  return found;
}

/** The same implementation; if it declares no sgn(0), its description has the value that its answers show. */
export async function withDetectedSign(implementation: Implementation): Promise<Implementation> {
  const { description } = implementation;
  if (description.conventions.signOfZero !== 'unknown') return implementation;
  const { signOfZero } = await detectConventions(implementation);
  if (signOfZero === undefined) return implementation;
  const detected = {
    ...description,
    conventions: { ...description.conventions, signOfZero, isDetected: true as const },
  };
  return { ...implementation, description: detected };
}

const offers = ({ description }: Implementation, method: 'prox' | 'value', type: string): boolean =>
  description.methods.includes(method) && description.functions.includes(type);

async function detectSignOfZero(implementation: Implementation): Promise<SignConvention | undefined> {
  const { methods, algorithms, functions, smooth } = implementation.description;
  const algorithm = (['sign-prox', 'sign-sgd'] as const).find((name) => algorithms.includes(name));
  const component = flatFunctions.find(
    ({ type }) => functions.includes(type) && (algorithm === 'sign-prox' || !['l1', 'elastic-net'].includes(type)),
  );
  const term = flatTerms.find(({ type }) => smooth.includes(type));
  if (!methods.includes('step') || algorithm === undefined || component === undefined || term === undefined) {
    return undefined;
  }
  return signFrom(implementation, {
    algorithm,
    problem: { smooth: term, functions: [component], probabilities: [1] },
    indices: [0],
  });
}

/** c in x⁺ = x − γc from x = 0, over several calls: one value of the sign, or two random ones. */
async function signFrom(
  implementation: Implementation,
  request: Omit<StepRequest, 'step' | 'x'>,
): Promise<SignConvention | undefined> {
  const seen = new Set<number>();
  for (let call = 0; call < calls; call++) {
    const next = (await implementation.ask({ method: 'step', ...request, step, x: new Float64Array(coordinates) })).x;
    for (const value of next) seen.add(0 - value / step);
  }
  const values = [...seen].sort((a, b) => a - b);
  const names: Readonly<Record<string, SignConvention>> = { '-1': 'negative', 0: 'zero', 1: 'positive' };
  if (values.length === 1) return names[String(values[0])];
  return values.every((value) => names[String(value)] !== undefined) ? 'random' : undefined;
}

async function detectHardThreshold(implementation: Implementation): Promise<'keeps' | 'zeroes' | undefined> {
  if (!offers(implementation, 'prox', 'l0')) return undefined;
  // Keeping y costs γw, zeroing it y²/2: the same at y = 1.
  const [kept] = (
    await implementation.ask({ method: 'prox', function: { type: 'l0', weight: 0.5 }, step: 1, x: Float64Array.of(1) })
  ).x;
  if (kept === 1) return 'keeps';
  return kept === 0 ? 'zeroes' : undefined;
}

async function detectHalfInSquaredNorm(implementation: Implementation): Promise<boolean | undefined> {
  const specification = { type: 'squared-l2', weight: 2 };
  if (offers(implementation, 'value', 'squared-l2')) {
    return between(
      (await implementation.ask({ method: 'value', function: specification, x: Float64Array.of(3) })).value,
      9,
      18,
    );
  }
  if (!offers(implementation, 'prox', 'squared-l2')) return undefined;
  const [shrunk] = (await implementation.ask({ method: 'prox', function: specification, step, x: Float64Array.of(3) }))
    .x;
  return between(shrunk, 1.5, 1);
}

async function detectHalfInProx(implementation: Implementation): Promise<boolean | undefined> {
  if (!offers(implementation, 'prox', 'l1')) return undefined;
  const [shrunk] = (
    await implementation.ask({ method: 'prox', function: { type: 'l1', weight: 1 }, step: 1, x: Float64Array.of(3) })
  ).x;
  return between(shrunk, 2, 2.5);
}

/** True for the value with ½ and false for the one without, to single precision. */
function between(value: number | undefined, withHalf: number, without: number): boolean | undefined {
  const near = (expected: number): boolean => Math.abs(value! - expected) <= 2 ** -16 * expected;
  if (near(withHalf)) return true;
  return near(without) ? false : undefined;
}

/** The conventions in words, in the order of the report. */
export function describeConventions(found: DetectedConventions): Record<string, string> {
  const words: Record<string, string> = {};
  if (found.signOfZero !== undefined) words['sgn(0)'] = found.signOfZero;
  if (found.hardThreshold !== undefined) words['l0 at a tie'] = found.hardThreshold;
  if (found.halfInSquaredNorm !== undefined) words['½ in squared-l2'] = found.halfInSquaredNorm ? 'yes' : 'missing';
  if (found.halfInProx !== undefined) words['½ in the prox'] = found.halfInProx ? 'yes' : 'missing';
  return words;
}
