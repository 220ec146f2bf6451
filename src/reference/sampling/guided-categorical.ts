import type { AleaStream } from './alea-stream.js';
import { cumulativeProbabilities } from './categorical.js';
import { fillGuide } from './guide.js';

/** `categoricalSampler` for hot loops: the same uniforms and so the same components, found through a guide instead of bisection. */
export class GuidedCategorical {
  /** θ_0 + … + θ_k, and 1 from the last possible component on. */
  readonly cumulative: Float64Array;
  /** For each cell [g, g + 1)/cells the first component to try; fewer than 8K cells, a power of two. */
  readonly guide: Int32Array;

  /** @param probabilities θ, checked by `requireProbabilities` */
  constructor(probabilities: ArrayLike<number>) {
    this.cumulative = cumulativeProbabilities(probabilities);
    let cells = 4;
    while (cells < 4 * probabilities.length) cells *= 2;
    this.guide = new Int32Array(cells);
    fillGuide(this.guide, this.cumulative, 0);
  }

  /** One component k ~ θ. */
  draw(stream: AleaStream): number {
    const cumulative = this.cumulative;
    const guide = this.guide;
    const u = stream.double();
    let k = guide[(u * guide.length) | 0]!;
    while (u >= cumulative[k]!) k++;
    return k;
  }
}
