/** Larger than the number of any piece: a counter at this value hands out no piece. */
const none = 2 ** 30;

/** The results of one thread for a claim's pieces. */
export interface Decided<Piece> {
  /** Results by the number of the piece. */
  readonly found: ReadonlyMap<number, Piece>;
  /** The piece that failed: the thread took none after it. */
  readonly failed?: { readonly piece: number; readonly error: unknown };
}

/** The shared count of the claim's pieces that threads have taken. */
export const noneTaken = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/** The number of pieces that nobody has taken. */
export const left = (taken: Int32Array, count: number): number => Math.max(0, count - Atomics.load(taken, 0));

/** Takes pieces in order, one after another, until none is left. If one fails, no thread takes another. */
export async function decidePieces<Planned, Piece>(
  taken: Int32Array,
  planned: readonly Planned[],
  decide: (planned: Planned) => Promise<Piece>,
): Promise<Decided<Piece>> {
  const found = new Map<number, Piece>();
  for (let piece = Atomics.add(taken, 0, 1); piece < planned.length; piece = Atomics.add(taken, 0, 1)) {
    try {
      found.set(piece, await decide(planned[piece]!));
    } catch (error) {
      Atomics.store(taken, 0, none);
      return { found, failed: { piece, error } };
    }
  }
  return { found };
}

/**
 * All pieces in order, from the results of this thread and the others. A piece without a result, because another thread failed or was
 * lost, is decided here. So the error that is thrown is always that of the first piece that fails, wherever the pieces were decided.
 */
export async function joinPieces<Planned, Piece>(
  planned: readonly Planned[],
  own: Decided<Piece>,
  others: ReadonlyMap<number, Piece>,
  decide: (planned: Planned) => Promise<Piece>,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const [piece, each] of planned.entries()) {
    if (own.failed?.piece === piece) throw own.failed.error;
    const from = [own.found, others].find((found) => found.has(piece));
    pieces.push(from === undefined ? await decide(each) : from.get(piece)!);
  }
  return pieces;
}
