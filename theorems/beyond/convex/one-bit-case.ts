import fc from 'fast-check';
import { dyadic, positiveDyadic } from '../../../src/claims/arbitraries/dyadic.js';
import { fromDouble, toDouble } from '../../../src/exact/arithmetic/rational.js';
import { coordinateFunction } from '../../../src/exact/functions/coordinate-function.js';
import { slopeOfPiece } from '../../../src/exact/functions/piecewise-quadratic.js';
import { coordinateSmooth } from '../../../src/exact/functions/smooth.js';
import type { FunctionSpecification } from '../../../src/reference/functions/definition/proximable-function.js';
import type { SmoothSpecification } from '../../../src/reference/smooth/definition/smooth-function.js';
import { tilted, translated } from '../../shared/functions.js';

/** One coordinate of a convex problem with one r, its minimiser x*, and additive noise: 0 with probability 1 − w, and else uniform on [−h, h]. */
export interface OneBitCase {
  readonly smooth: SmoothSpecification;
  readonly regularizer: FunctionSpecification;
  readonly minimiser: number;
  readonly x: number;
  readonly step: number;
  /** h. */
  readonly halfWidth: number;
  /** √w, so that √(3v) = h√w is rational. */
  readonly rootOfShare: number;
}

const smoothTerm: fc.Arbitrary<SmoothSpecification> = fc.oneof(
  fc.constant({ type: 'zero' }),
  fc
    .record({ curvature: positiveDyadic(1, 4), center: dyadic(2, 4) })
    .map((parameters) => ({ type: 'quadratic', ...parameters })),
  fc
    .record({ weight: positiveDyadic(1, 4), threshold: positiveDyadic(2, 4) })
    .map((parameters) => ({ type: 'huber', ...parameters })),
);

const regularizer: fc.Arbitrary<FunctionSpecification> = fc.oneof(
  fc.record({ type: fc.constantFrom('l1', 'hinge'), weight: positiveDyadic(2, 4) }),
  fc.record({ type: fc.constant('huber'), weight: positiveDyadic(2, 4), threshold: positiveDyadic(2, 4) }),
  fc.record({ type: fc.constant('elastic-net'), l1Weight: positiveDyadic(2, 4), l2Weight: positiveDyadic(2, 4) }),
);

/** A tilt of r that makes x* a minimiser of d + r: minus d′(x*) and a subgradient of r there. */
function minimisedAt(minimiser: number, smooth: SmoothSpecification, fn: FunctionSpecification): FunctionSpecification {
  const at = fromDouble(minimiser);
  const piece = coordinateFunction(fn, 0).find(({ to }) => !to?.lt(at))!;
  const slope = coordinateSmooth(smooth, 0).derivative(at).add(slopeOfPiece(piece, at));
  return tilted([-toDouble(slope)], fn);
}

export const oneBitCase: fc.Arbitrary<OneBitCase> = fc
  .record({
    smooth: smoothTerm,
    fn: regularizer,
    shift: dyadic(1, 4),
    minimiser: dyadic(1, 4),
    x: dyadic(4, 8),
    step: positiveDyadic(1, 16),
    halfWidth: positiveDyadic(4, 4),
    rootOfShare: fc.constantFrom(1, 1, 1 / 2, 1 / 4),
  })
  .map(({ fn, shift, ...rest }) => ({
    ...rest,
    regularizer: minimisedAt(rest.minimiser, rest.smooth, translated([shift], fn)),
  }));
