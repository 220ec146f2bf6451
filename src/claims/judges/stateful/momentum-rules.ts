import { one, type Rational, zero } from '../../../exact/arithmetic/rational.js';
import { anyOf, decoupledStep, isSet, signsOf, withDecay } from './expected.js';
import type { Rule } from './observation.js';
import { combination, exactly, meanOf, nothing, type Uncertain } from './uncertain.js';

/** The next memory from the previous one, if there is one, and the newest gradient. */
type Blend = (before: Uncertain | undefined, newest: Uncertain) => Uncertain;

/** A memory of one number for each coordinate. */
function remembering(blend: Blend): (newest: readonly Uncertain[]) => readonly Uncertain[] {
  let memory: readonly Uncertain[] | undefined;
  return (newest) => {
    memory = newest.map((g, i) => blend(memory?.[i], g));
    return memory;
  };
}

/** βm + (1 − β)g, from 0. */
const fromNothing =
  (beta: Rational, u: number): Blend =>
  (before = nothing, newest) =>
    meanOf(beta, before, one.sub(beta), newest, u);

export const momentumSgd: Rule = ({ given, u, conventions }) => {
  const [momentum, decay] = [given('momentum'), given('weightDecay')];
  const [nesterov, decoupled] = [isSet(given('nesterov')), isSet(given('decoupled'))];
  const fresh = one.sub(conventions.buffer === 'mean' ? momentum : given('dampening'));
  const buffers = remembering((before, g) => {
    if (!isSet(momentum)) return g;
    if (before === undefined && conventions.first === 'whole') return g;
    return combination(momentum, before ?? nothing, fresh, g, u);
  });
  return ({ x, step, stochasticGradient }) => {
    const slopes = stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u)));
    const now = buffers(slopes);
    return x.map((value, i) => {
      const direction = nesterov ? combination(one, slopes[i]!, momentum, now[i]!, u) : now[i]!;
      return anyOf([decoupledStep({ step, decay: decoupled ? decay : zero, u, conventions }, value, direction)]);
    });
  };
};

export const signum: Rule = ({ given, u, conventions }) => {
  const [decay, decoupled] = [given('weightDecay'), isSet(given('decoupled'))];
  const means = remembering(fromNothing(given('momentum'), u));
  return ({ x, step, stochasticGradient }) => {
    const now = means(stochasticGradient(x).map((g, i) => (decoupled ? g : withDecay(g, decay, x[i]!, u))));
    const outside = { step, decay: decoupled ? decay : zero, u, conventions };
    return x.map((value, i) => anyOf(signsOf(now[i]!).map((sign) => decoupledStep(outside, value, exactly(sign)))));
  };
};

export const lion: Rule = ({ given, u, conventions }) => {
  const [beta1, beta2, decay] = [given('beta1'), given('beta2'), given('weightDecay')];
  const means = remembering(fromNothing(beta2, u));
  let before: readonly Uncertain[] | undefined;
  return ({ x, step, stochasticGradient }) => {
    const gradient = stochasticGradient(x);
    const directions = gradient.map((g, i) => fromNothing(beta1, u)(before?.[i], g));
    before = means(gradient);
    return x.map((value, i) =>
      anyOf(
        signsOf(directions[i]!).map((sign) => decoupledStep({ step, decay, u, conventions }, value, exactly(sign))),
      ),
    );
  };
};

export const signProxMomentum: Rule = ({ given, u, conventions }) => {
  const momentum = given('momentum');
  const means = remembering((before, g) =>
    before === undefined && conventions.first === 'whole' ? g : fromNothing(momentum, u)(before, g),
  );
  return ({ x, step, stochasticMapping }) => {
    const now = means(stochasticMapping(x));
    return x.map((value, i) =>
      anyOf(signsOf(now[i]!).map((sign) => combination(one, exactly(value), step.neg(), exactly(sign), u))),
    );
  };
};
