/** Milliseconds that one exchange should take at the most: short enough to notice a hang as one, long enough to outweigh the pipe. */
const target = 50;

/** Milliseconds assumed for a kind of request that was never asked. */
const unknown = 12;

/** Most requests in one batch, and most characters. */
const mostRequests = 128;
const mostCharacters = 2 ** 20;

/** Learns how long requests take, by kind, and from that how many of them make up a batch. */
export class CostModel {
  private readonly estimates = new Map<string, number>();

  /** How many requests from the front of the queue go into the next batch; at least one when there is one. */
  batchSize(queue: readonly { readonly kind: string; readonly body: string }[]): number {
    let cost = 0;
    let characters = 0;
    let size = 0;
    for (const { kind, body } of queue) {
      cost += this.estimates.get(kind) ?? unknown;
      characters += body.length;
      if (size > 0 && (cost > target || characters > mostCharacters || size >= mostRequests)) break;
      size++;
    }
    return size;
  }

  /** Learns from an exchange: every kind in it is corrected by the ratio of what it took to what was expected. */
  learn(batch: readonly { readonly kind: string }[], milliseconds: number): void {
    const expected = batch.reduce((sum, { kind }) => sum + (this.estimates.get(kind) ?? unknown), 0);
    const correction = Math.min(4, Math.max(1 / 4, milliseconds / expected));
    for (const kind of new Set(batch.map((request) => request.kind))) {
      this.estimates.set(kind, (this.estimates.get(kind) ?? unknown) * correction);
    }
  }
}
