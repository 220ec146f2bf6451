/** The last bytes of a stream, in memory of a fixed size. */
export class Tail {
  private kept = Buffer.alloc(0);

  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    const joined = Buffer.concat([this.kept, chunk.subarray(Math.max(0, chunk.length - this.limit))]);
    this.kept = Buffer.from(joined.subarray(Math.max(0, joined.length - this.limit)));
  }

  /** As text; a character that was cut in two is shown as U+FFFD. */
  toString(): string {
    return this.kept.toString('utf8');
  }
}
