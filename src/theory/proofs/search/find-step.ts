import { one, type Rational, rational, toDouble, zero } from '../../../exact/arithmetic/rational.js';
import { proveAccelerated } from './accelerated-steps.js';
import { proveDescent, proveProximal, proveSubgradient } from './composite-steps.js';
import { isSigns, type Modelled } from './models.js';
import { type MomentumProof, momentumProof, momentumProvesAll } from './momentum-for-all.js';
import { type BoundAt, type Momentum, proveMomentum } from './momentum-steps.js';
import { alternativeTo, type Condition, solve } from './program.js';
import { ofSquare, type RationalFunction, valueAt } from './rational-function.js';
import { symbols } from './read-formulas.js';
import type { Reading, SymbolicReading } from './read-theorem.js';
import { signProgram } from './sign-program.js';
import { proveSignRegions, proveSignStep } from './sign-steps.js';
import { distanceStep, stepProgram } from './step-models.js';
import { averaged, proveStep, type StepProof } from './step-proof.js';
import { multipleAt, provesAll, startShare } from './sum-of-steps.js';

type Model = NonNullable<Modelled['model']>;

const certified = {
  potential: proveDescent,
  'proximal-gradient': proveProximal,
  'subgradient-method': proveSubgradient,
} as const;

/** The forms of a proof of one step, the simplest first. */
function formsOf(model: Model): readonly (() => StepProof | undefined)[] {
  if (typeof model === 'object' && 'kept' in model) return [() => proveAccelerated(model)];
  if (typeof model === 'object' && 'averaged' in model)
    return formsOf(model.averaged).map((find) => () => {
      const found = find();
      return found && averaged(found);
    });
  if (typeof model === 'object') {
    const long = model.start === 'distance' ? [() => proveStep(distanceStep(model.noisy, true))] : [];
    return [() => proveStep(model), ...long];
  }
  if (model in certified) return [certified[model as keyof typeof certified]];
  return model === 'signs' ? [() => proveSignStep(false)] : [() => proveSignStep(true), proveSignRegions];
}

const known = new Map<Model, (StepProof | undefined)[]>();

/** The proofs of one step in its forms, which depend on the model alone. Each is found when it is asked for. */
function* provedSteps(model: Model): Generator<StepProof> {
  const found = known.get(model) ?? [];
  known.set(model, found);
  for (const [k, find] of formsOf(model).entries()) {
    if (!(k in found)) found[k] = find();
    if (found[k] !== undefined) yield found[k];
  }
}

/** The first proof of one step whose sum is at most the bound for every T; otherwise the one that is closest to it at the T that were asked for. */
export function provedStep(
  model: Modelled['model'],
  readings: readonly { readonly reading: Reading | undefined }[],
  forAll: SymbolicReading | undefined,
): StepProof | undefined {
  if (model === undefined) return undefined;
  const each = readings.flatMap(({ reading }) => (reading === undefined ? [] : [reading]));
  /** How much of the bound is needed at these T. */
  const multiple = (proof: StepProof) =>
    Math.max(
      0,
      ...each.map((reading) => {
        const found = multipleAt(proof, reading);
        return found === undefined ? Number.POSITIVE_INFINITY : toDouble(found);
      }),
    );
  let best: { readonly proof: StepProof; readonly multiple: number } | undefined;
  for (const proof of provedSteps(model)) {
    const found = { proof, multiple: multiple(proof) };
    if (forAll === undefined ? found.multiple <= 1 : provesAll(proof, forAll)) return proof;
    if (best === undefined || found.multiple < best.multiple) best = found;
  }
  return best?.proof;
}

/** Values of T or √T at which the potential of momentum must be enough for a bound for every T, which is then shown of it. */
const compared = [1, 2, 3, 4, 10, 100, 1000];

/** The proof of one step of momentum whose sum is at most the bound for every T; otherwise at as many of the T that were asked for as can be. */
export function provedMomentum(
  momentum: Momentum,
  readings: readonly { readonly reading: Reading | undefined }[],
  forAll: SymbolicReading | undefined,
): StepProof | undefined {
  if (forAll !== undefined) {
    const bounds = compared.map((place): BoundAt => {
      const x = rational(BigInt(place));
      const at = ({ numerator, denominator }: RationalFunction) => valueAt(numerator, x).div(valueAt(denominator, x));
      const { gap, noise, noiseDivisor } = forAll;
      const iterations = forAll.symbol === 'T' ? place : place ** 2;
      return { iterations, gap: at(gap), noise: at(noise), noiseDivisor: at(noiseDivisor) };
    });
    const found = proveMomentum(momentum, bounds);
    if (found !== undefined && provesAll(found, forAll)) return found;
  }
  const each = readings.flatMap(({ reading }) => (reading === undefined ? [] : [reading]));
  const proved = each.filter((reading) => proveMomentum(momentum, [reading]) !== undefined);
  return proved.length > 0 ? proveMomentum(momentum, proved) : undefined;
}

/** The proof of momentum whose weights are functions of T, for every T. */
export function provedWeights(
  reading: SymbolicReading,
  { forAll, noisy }: NonNullable<Modelled['momentum']>,
): MomentumProof | undefined {
  if (forAll === undefined || !noisy) return undefined;
  const { step, newestWeight, firstWeight } = forAll;
  const [a, α, c] = [step, newestWeight, firstWeight].map((weight) =>
    reading.symbol === 's' ? weight : ofSquare(weight, symbols.rootT, 'T'),
  );
  const weights = a && α && c && { step: a, newestWeight: α, firstWeight: c };
  return weights && momentumProvesAll(weights, reading) ? momentumProof() : undefined;
}

export const areSame = (a: Momentum, b: Momentum): boolean =>
  a.noisy === b.noisy &&
  (['step', 'newestWeight', 'firstWeight'] as const).every((weight) => a[weight].equals(b[weight]));

/** Whether no step of this form proves the bound at one T: the alternative of the program with the bound as conditions is solved exactly. */
export function hasNoStep(model: Modelled['model'], reading: Reading): boolean {
  const { iterations, step, noiseDivisor } = reading;
  const T = rational(BigInt(iterations));
  const atMost = (name: string, constant: Rational): Condition => ({
    constant,
    coefficients: { [name]: rational(-1n) },
  });
  // (1 − 1/T)ε/B is at most what the bound has.
  const noise = iterations === 1 ? undefined : reading.noise.mul(noiseDivisor).mul(T).div(T.sub(one));
  if (isSigns(model)) {
    if (noise === undefined) return false;
    // A proof in any form is one where N ≤ v.
    const program = signProgram(model === 'signs' ? zero : step, model === 'signs-of-prox');
    return !('none' in solve(alternativeTo({ ...program, conditions: [atMost('κ', noise)] })));
  }
  if (typeof model !== 'object' || !('parts' in model)) return false;
  // κ · (p(x⁰) − inf p)/T is too.
  const conditions = [
    atMost('κ', T.mul(reading[model.start]).div(startShare[model.start])),
    ...(noise === undefined ? [] : [atMost('ε', noise)]),
  ];
  const complete = model.start === 'distance' ? distanceStep(model.noisy, true) : model;
  return !('none' in solve(alternativeTo({ ...stepProgram(complete, step), conditions })));
}
