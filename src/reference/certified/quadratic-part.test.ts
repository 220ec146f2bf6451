import test from 'ava';
import { parseFunction, registry } from '../functions/index.js';
import { quadraticPart } from './quadratic-part.js';
import { steps } from './specifications.test.helper.js';

test.serial('the quadratic part is split off by structure, and what remains is monotone within its slopes', (t) => {
  for (const { definition } of registry.values()) {
    for (const parameters of definition.examples) {
      const example = parseFunction({ type: definition.type, ...parameters });
      const r = example.coordinate?.(0);
      if (r === undefined || !r.convex) continue;
      const {
        curvature,
        slopes: [low, high],
      } = quadraticPart(r);
      for (const step of steps) {
        let last = -Infinity;
        for (let j = -200; j <= 200; j++) {
          const y = Math.sinh(j / 25);
          const remainder = r.dividedResidual(Float64Array.of(y), step)[0]! - (curvature * y) / (1 + step * curvature);
          const rounding = 1e-12 * (1 + Math.abs(y) / step);
          t.true(remainder >= last - rounding, `${definition.type} at ${y}`);
          t.true(remainder * (1 + step * curvature) >= low - rounding * (1 + step * curvature), definition.type);
          t.true(remainder * (1 + step * curvature) <= high + rounding * (1 + step * curvature), definition.type);
          last = remainder;
        }
      }
    }
  }
});
