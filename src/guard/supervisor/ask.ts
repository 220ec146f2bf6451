import type * as z from 'zod';
import { encodeExact } from '../../claims/exact-encoding.js';
import { ImplementationError, UnsupportedError } from '../../claims/implementation/implementation.js';
import { ProtocolError } from '../protocol/protocol-error.js';
import { type Answer, readResult } from '../protocol/read-reply.js';
import type { ResultSchemas } from '../protocol/replies.js';
import type { Message } from './connection.js';
import type { Session } from './session.js';

/** A request with its fields already encoded. */
export interface Question<M extends keyof ResultSchemas> {
  readonly method: M;
  /** The key under which its duration is learnt, e.g. `prox/l1`; default: the method. */
  readonly kind?: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The text of the state that goes with them; see `sealStates`. */
  readonly state?: string;
  readonly length?: Message['length'];
  /** False if the answer may differ from call to call. */
  readonly repeatable?: boolean;
}

/** Sends a request and returns the validated and decoded content of `ok`. */
export type Ask = <M extends keyof ResultSchemas>(question: Question<M>) => Promise<z.output<ResultSchemas[M]>>;

/**
 * Sends requests, and sends some of them, chosen by the seed, twice: two different answers are an error with the word nondeterministic.
 * Rejects with an UnsupportedError for the code `unsupported`, and with an ImplementationError for any other error.
 */
export function createAsk(session: Session, results: ResultSchemas, seed: string): Ask {
  const resultOf = <M extends keyof ResultSchemas>(method: M, answer: Answer): z.output<ResultSchemas[M]> => {
    if ('error' in answer) {
      const { code, message } = answer.error;
      if (code === 'unsupported') throw new UnsupportedError(message);
      if (code === 'shape') throw new ImplementationError('shape', message);
      throw new ImplementationError('error', `${method} answers ${code}: ${message}`, code);
    }
    try {
      return readResult(answer.ok, results[method], method) as z.output<ResultSchemas[M]>;
    } catch (error) {
      if (error instanceof ProtocolError) throw new ImplementationError('protocol', error.message);
      throw error;
    }
  };
  /** An answer as text, to compare bit for bit. Without its state, which may hold more than computed values. */
  const fingerprint = (method: keyof ResultSchemas, answer: Answer): string =>
    'error' in answer
      ? answer.error.code
      : JSON.stringify(encodeExact({ ...resultOf(method, answer), state: undefined }));

  return async ({ method, kind = method, fields, state, length = 1, repeatable = true }) => {
    const plain = JSON.stringify({ method, ...fields });
    const body = state === undefined ? plain : `${plain.slice(0, -1)},"state":${state}}`;
    const answer = await session.call({ method, body, length }, kind);
    if (repeatable && isRepeated(seed, body)) {
      const again = await session.call({ method, body, length }, kind);
      if (fingerprint(method, answer) !== fingerprint(method, again)) {
        const message = `nondeterministic: two answers to the same ${method} request differ`;
        throw new ImplementationError('error', message, undefined, { about: 'nondeterministic' });
      }
    }
    return resultOf(method, answer);
  };
}

/** One request in this many is asked twice. */
const period = 16;

/**
 * Whether a request is sent twice. The choice is a hash (FNV-1a) of the seed and the request, so that it does not depend on the order of
 * requests.
 */
function isRepeated(seed: string, body: string): boolean {
  let hash = 0x811c9dc5;
  for (const text of [seed, body]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % period === 0;
}
