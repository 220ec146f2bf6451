import test from 'ava';
import { createKernelMemory } from '../../kernels/webassembly.js';
import { parseProblem } from '../../problem/create-problem.js';
import { type AffineBlock, affineBlock } from './affine-block.js';
import { AffineKernel } from './affine-kernel.js';
import { GeneralKernel } from './general-kernel.js';
import type { Kernel } from './kernel.js';
import { vectorKernels } from './vector-kernel.js';

/** Linear or quadratic r_k in n coordinates. */
function blockOf(type: 'linear' | 'quadratic', n: number, components = 3): AffineBlock {
  const entries = (k: number) => Array.from({ length: n }, (_, i) => (((k * 7 + i * 3) % 11) - 5) / 4);
  const problem = parseProblem({
    smooth: { type: 'quadratic', curvature: 0.75, center: 0.25 },
    functions: Array.from({ length: components }, (_, k) =>
      type === 'linear' ? { type, coefficients: entries(k) } : { type, curvature: 0.6, center: entries(k) },
    ),
    probabilities: Array.from({ length: components }, () => 1 / components),
  });
  return affineBlock(problem.at(0.5), [...problem.probabilities.keys()], n)!;
}

function walk(kernel: Kernel, n: number, steps = 5): number[] {
  kernel.start(new Float64Array(n).fill(1));
  kernel.counts.set([2, 3, 1]);
  return Array.from({ length: steps }, () => [kernel.stepSignProx(6, 0), ...kernel.x]).flat();
}

test('kernels that take turns on one memory do not see each other', (t) => {
  const make = vectorKernels(createKernelMemory);
  const shapes = [blockOf('linear', 3), blockOf('quadratic', 3), blockOf('quadratic', 4), blockOf('linear', 1)];
  const kernels = shapes.map((block) => make(block)!);
  for (let round = 0; round < 2; round++) {
    for (const [s, kernel] of kernels.entries()) {
      const n = shapes[s]!.dimension;
      t.deepEqual(walk(kernel, n), walk(new AffineKernel(shapes[s]!), n));
    }
  }
});

test('there is no vector kernel without memory or for a block that does not fit', (t) => {
  t.is(vectorKernels(undefined)(blockOf('linear', 2)), undefined);
  t.is(vectorKernels(() => undefined)(blockOf('linear', 2)), undefined);
  const make = vectorKernels(createKernelMemory);
  t.is(make(blockOf('linear', 5000, 7)), undefined);
  t.truthy(make(blockOf('linear', 3000, 3)));
});

test('near ties have the signs of the definition on the kernel without WebAssembly too', (t) => {
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
