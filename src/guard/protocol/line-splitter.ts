/** A line longer than the limit. Its rest is not read. */
export class LineTooLongError extends Error {
  override readonly name = 'LineTooLongError';
}

const newline = 0x0a;

/**
 * Splits a stream of bytes into lines. Memory is bounded by the longest line allowed, even if a line arrives in a million pieces.
 */
export class LineSplitter {
  /** Bytes of the unfinished line are `buffer[0..length)`. */
  private buffer = new Uint8Array(1024);
  private length = 0;

  constructor(private readonly limit: number) {}

  /** Bytes of a line that has not ended yet. */
  get pending(): number {
    return this.length;
  }

  /** The lines that end within `chunk`, without their newline. Throws a LineTooLongError beyond the limit. */
  push(chunk: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.append(chunk.subarray(from, end));
      lines.push(this.buffer.slice(0, this.length));
      this.length = 0;
      from = end + 1;
    }
    this.append(chunk.subarray(from));
    return lines;
  }

  private append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.limit) throw new LineTooLongError(`a line longer than ${this.limit} bytes`);
    if (length > this.buffer.length) {
      const larger = new Uint8Array(Math.min(this.limit, Math.max(length, 2 * this.buffer.length)));
      larger.set(this.buffer.subarray(0, this.length));
      this.buffer = larger;
    }
    this.buffer.set(bytes, this.length);
    this.length = length;
  }
}
