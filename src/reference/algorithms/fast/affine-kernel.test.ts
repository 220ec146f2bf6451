import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { affineBlock } from './affine-block.js';
import { AffineKernel } from './affine-kernel.js';
import { GeneralKernel } from './general-kernel.js';
import type { Kernel } from './kernel.js';

test('near ties have the signs of the definition on the affine kernel', (t) => {
  const n = 1;
  let doubtful = 0;
  for (let trial = 0; trial < 400; trial++) {
    const center = (k: number) => Math.sin(1 + 7 * trial + 3 * k) * (1 + (trial % 5));
    const problem = parseProblem({
      smooth: { type: 'quadratic', curvature: 0.7, center: Math.cos(trial) },
      functions: [0, 1, 2].map((k) => ({ type: 'quadratic', curvature: 0.6, center: center(k) })),
      probabilities: [0.3, 0.3, 0.4],
    }).at(0.3);
    const order = [0, 1, 2];
    const definition = new GeneralKernel(problem, order, n);
    const affine = new AffineKernel(affineBlock(problem, order, n)!);
    const stepFrom = (kernel: Kernel, x: number): number => {
      kernel.start(Float64Array.of(x));
      kernel.counts.set([2, 3, 1]);
      kernel.stepSignProx(6, 0);
      return kernel.x[0]!;
    };
    // Bisection ends at two neighbours between which the sign of the definition changes.
    let [low, high] = [-20, 20];
    for (let between = 0; between > low && between < high; ) {
      if (stepFrom(definition, between) > between) low = between;
      else high = between;
      between = low + (high - low) / 2;
      if (between === low || between === high) break;
    }
    for (let ulps = -12; ulps <= 12; ulps++) {
      const x = low + ulps * Math.abs(low) * 2 ** -53;
      t.is(stepFrom(affine, x), stepFrom(definition, x), `trial ${trial}, ${ulps}`);
      doubtful++;
    }
  }
  t.is(doubtful, 10_000);
});

test('ties made of the centres alone have the signs of the definition', (t) => {
  // y is the first centre and ∇d = 0: all of Ĝ is 3(c₁ − c₀) + (c₂ − c₀), which is 0 but for rounding.
  for (let trial = 0; trial < 400; trial++) {
    const origin = Math.cos(trial);
    const apart = Math.sin(1 + trial);
    const problem = parseProblem({
      smooth: { type: 'zero' },
      functions: [origin, origin + apart, origin - 3 * apart].map((center) => ({
        type: 'quadratic',
        curvature: 0.6,
        center,
      })),
      probabilities: [0.3, 0.3, 0.4],
    }).at(0.3);
    const order = [0, 1, 2];
    const [definition, affine] = [
      new GeneralKernel(problem, order, 1),
      new AffineKernel(affineBlock(problem, order, 1)!),
    ].map((kernel: Kernel) => {
      kernel.start(Float64Array.of(origin));
      kernel.counts.set([2, 3, 1]);
      kernel.stepSignProx(6, 0);
      return kernel.x[0];
    });
    t.is(affine, definition, `${trial}`);
  }
});
