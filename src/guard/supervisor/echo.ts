import {
  type Dtype,
  largestFinite,
  roundTo,
  smallestNormal,
  smallestPositive,
  unitRoundoff,
} from '../../claims/implementation/dtype.js';
import { ImplementationError, UnsupportedError } from '../../claims/implementation/implementation.js';
import { plural } from '../../claims/text.js';
import { encodeVector } from '../protocol/encode-specification.js';
import { quoted } from '../protocol/protocol-error.js';
import type { RealEncoding } from '../protocol/real-encoding.js';
import type { Ask } from './ask.js';
import { AdapterFailure } from './failures.js';
import type { Session } from './session.js';

/** Finite numbers of the dtype whose bits are easily lost: signed zeros, the smallest and largest numbers, the next to 1, long decimals. */
const finiteProbe = (dtype: Dtype): number[] =>
  [
    ...[0, -0, 1, -1, 0.1, 1 / 3, 1 + 2 * unitRoundoff(dtype), smallestNormal(dtype), -smallestNormal(dtype)],
    ...[smallestPositive(dtype), -smallestPositive(dtype), largestFinite(dtype), 123456789.12345679, 2 ** 53 + 2],
  ]
    .map((value) => roundTo(dtype, value))
    .filter(Number.isFinite);

const specialProbe: readonly number[] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Throws an AdapterFailure unless `received` equals `sent` bit for bit (all NaNs count as equal). */
function compareEcho(sent: readonly number[], received: readonly number[]): void {
  if (received.length !== sent.length) {
    throw new AdapterFailure(
      'protocol',
      `echo mismatch: ${plural(sent.length, 'number')} sent, ${received.length} returned`,
    );
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
 * Checks that numbers survive the way to the adapter and back, and that an unknown field is ignored. An adapter without
 * `echo` is trusted, and an adapter may refuse NaN and infinities with the code `nonfinite`.
 *
 * @throws AdapterFailure at the first number that changes on the way
 */
export async function checkEcho(ask: Ask, encoding: RealEncoding): Promise<void> {
  const echo = async (sent: readonly number[]): Promise<void> => {
    const { x } = await ask({ method: 'echo', fields: { x: encodeVector(sent, encoding) } });
    compareEcho(sent, x);
  };
  try {
    await echo(finiteProbe(encoding.dtype));
    await ignoresUnknownField(ask, encodeVector([1], encoding));
    await echo(specialProbe);
  } catch (error) {
    if (error instanceof UnsupportedError) return;
    if (error instanceof ImplementationError && error.code === 'nonfinite') return;
    throw error;
  }
}

/** Later requests may have more fields, so an adapter must ignore those that it does not know. */
async function ignoresUnknownField(ask: Ask, x: unknown): Promise<void> {
  try {
    await ask({ method: 'echo', fields: { x, laterField: { text: 'ignored' } } });
  } catch (error) {
    const refused = error instanceof UnsupportedError || error instanceof ImplementationError;
    if (!refused || error instanceof AdapterFailure) throw error;
    throw new AdapterFailure('protocol', `a field that is unknown to it must be ignored: ${error.message}`);
  }
}

/**
 * Checks that an unknown method is refused as `unsupported`.
 *
 * @throws AdapterFailure when it is answered, or refused with another code
 */
export async function checkUnknownMethod(session: Session): Promise<void> {
  const method = 'no-such-method';
  const answer = await session.call({ method, body: JSON.stringify({ method }) }, method);
  if ('error' in answer && answer.error.code === 'unsupported') return;
  const how = 'error' in answer ? `refused by ${quoted(answer.error.code)}` : 'answered with ok';
  throw new AdapterFailure(
    'protocol',
    `a method that is in no protocol is ${how}, right is the error code unsupported`,
  );
}
