import test from 'ava';
import { createKernelMemory } from '../../kernels/webassembly.js';
import { parseProblem } from '../../problem/create-problem.js';
import { type AffineBlock, affineBlock } from './affine-block.js';
import { AffineKernel } from './affine-kernel.js';
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
