import { ImplementationError, UnsupportedError } from '../../claims/implementation.js';
import { encodeVector } from '../protocol/encode-specification.js';
import type { RealEncoding } from '../protocol/real-encoding.js';
import type { Ask } from './ask.js';
import { AdapterFailure } from './failures.js';

/** Finite numbers whose bits are easily lost: signed zeros, the smallest and largest, neighbours of 1, many digits. */
const finiteProbe: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.1,
  1 / 3,
  1 + 2 ** -52,
  1 + 2 ** -23,
  2 ** -126,
  -(2 ** -149),
  5e-324,
  -2.2250738585072014e-308,
  3.4028234663852886e38,
  1.7976931348623157e308,
  123456789.12345679,
  2 ** 53 + 2,
];

const specialProbe: readonly number[] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Throws an AdapterFailure unless `received` are the numbers of `sent`, bit for bit (every NaN being one). */
function compareEcho(sent: readonly number[], received: readonly number[]): void {
  if (received.length !== sent.length) {
    throw new AdapterFailure('protocol', `echo mismatch: ${sent.length} numbers sent, ${received.length} returned`);
  }
  const wrong = sent.findIndex((value, i) => !Object.is(value, received[i]));
  if (wrong < 0) return;
  const show = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
  throw new AdapterFailure(
    'protocol',
    `echo mismatch: x[${wrong}] was sent as ${show(sent[wrong]!)} and returned as ${show(received[wrong]!)}`,
  );
}

/**
 * Checks that numbers survive the way to the adapter and back. An adapter without `echo` is taken at its word, and one may refuse NaN and
 * infinities with the code `nonfinite`.
 *
 * @throws AdapterFailure at the first number that does not come back as it went
 */
export async function checkEcho(ask: Ask, encoding: RealEncoding): Promise<void> {
  const round = encoding.dtype === 'f32' ? Math.fround : (value: number) => value;
  const echo = async (probe: readonly number[]): Promise<void> => {
    const sent = probe.map(round);
    const { x } = await ask({ method: 'echo', fields: { x: encodeVector(sent, encoding) } });
    compareEcho(sent, x);
  };
  try {
    await echo(finiteProbe);
    await echo(specialProbe);
  } catch (error) {
    if (error instanceof UnsupportedError) return;
    if (error instanceof ImplementationError && error.code === 'nonfinite') return;
    throw error;
  }
}
