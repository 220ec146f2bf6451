import { one, type Rational, rational, zero } from '../../../exact/arithmetic/rational.js';
import { add, constant, multiply, scale, symbol } from '../certificates/polynomial.js';
import { exactLeast, fixed, neededOf, type Program, type Proof, solve, withOnly } from './program.js';
import { programOf, type SignForm, type SignPart, signStepOf } from './sign-steps.js';
import type { StepProof } from './step-proof.js';

const minus = rational(-1n);

/** v(Ns − N + v) ≥ 0: signs without a prox. */
const withoutProx: SignForm = {
  numbers: ['N', 'v', 'k'],
  further: {},
  factors: ['N', 'v', 'k'],
  goal: (s) => [
    [s.sub(one), 'N', 'v'],
    [one, 'v', 'v'],
  ],
  means: ['v', 'N'],
};

/** v²s ≥ 0 where z = N − v ≥ 0: a sign is right at least as often as it is wrong, so that u is no loss. */
const largeGradient: SignForm = {
  numbers: ['N', 'v', 'k'],
  further: { z: { N: one, v: minus } },
  factors: ['v', 'k', 'z'],
  goal: (s) => [[s, 'v', 'v']],
  means: ['v', 'N'],
};

/** v((N + u)s − N + v) + κ₂q² ≥ 0 where N ≤ v: then u ≤ εN is at most q = εv, and ε is in nothing else. x = q − u. */
const smallGradient: SignForm = {
  numbers: ['N', 'v', 'k', 'u', 'q'],
  further: { x: { q: one, u: minus } },
  factors: ['N', 'v', 'k', 'u', 'x'],
  goal: (s) => [
    [s.sub(one), 'N', 'v'],
    [s, 'u', 'v'],
    [one, 'v', 'v'],
  ],
  least: ['κ₂', 'q'],
  means: ['v', 'N', 'u', 'q'],
};

/** The program of signProx where N ≤ v. */
export const smallGradientProgram = (): Program => programOf(smallGradient);

/** What E e = 0 and the variance are multiplied with: as in a proof without u, with v + u in the place of v. */
const expectedOf = ({ unknowns }: Program, { multipliers }: Proof): (readonly [string, Rational])[] =>
  unknowns
    .filter(({ name }) => name === 'variance' || name.startsWith('mean'))
    .map(({ name }) => [name, multipliers.get(name === 'mean with u' ? 'mean with v' : name) ?? zero]);

/** The simplest proof: products are left out as far as can be, those with u or x first. */
function simplest(program: Program): Proof | undefined {
  const oddness = (name: string) => (/[uxzq]/.test(name) ? 2 : 0) - (name.includes('v') ? 1 : 0);
  const order = program.unknowns.map(({ name }) => name).sort((a, b) => oddness(b) - oddness(a));
  const proof = solve(withOnly(neededOf(program, order), program));
  return 'none' in proof ? undefined : proof;
}

/**
 * One step of signProx in two regions, where the loss of a coordinate is at most v for N = |G(x)_i| ≥ v = σ_i/√B and at most (1 + κ₂(γL_i)²)v for N ≤ v, with
 * the least κ₂ for these multipliers of E e = 0 and of the variance. With N ≥ v the goal is multiplied with v²: it is v times that without a prox, and u times
 * `largeGradient`.
 *
 * @returns undefined if none is found
 */
export function proveSignRegions(): StepProof | undefined {
  const plain = simplest(programOf(withoutProx));
  if (plain === undefined) return undefined;
  const large = simplest(programOf(largeGradient));
  const free = smallGradientProgram();
  const expected = expectedOf(free, plain);
  const program = expected.reduce((rest, [name, value]) => fixed(rest, name, value), free);
  const least = exactLeast(program, 'κ₂');
  const small = least && simplest(fixed(program, 'κ₂', least.value));
  if (large === undefined || least === undefined || small === undefined) return undefined;
  const whole: Proof = { ...small, multipliers: new Map([...small.multipliers, ...expected]) };
  const part = (form: SignForm, times: string, proof: Proof): SignPart => ({
    form,
    times,
    polynomialOf: (of) => constant(of(proof) ?? zero),
  });
  const a = symbol('a');
  const κ = add(constant(one), scale(multiply(a, a), least.value));
  return signStepOf(
    true,
    κ,
    [
      {
        region: 'N ≥ v',
        scale: 'v²',
        parts: [part(withoutProx, 'v', plain), part(largeGradient, 'u', large)],
        remainder: `${least.value.toFraction()} γ³L²v³`,
      },
      { region: 'N ≤ v', scale: 'v', parts: [part(smallGradient, '', whole)] },
    ],
    undefined,
  );
}
