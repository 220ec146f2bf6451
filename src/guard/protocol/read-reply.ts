import type * as z from 'zod';
import { plural } from '../../claims/text.js';
import { ProtocolError, quoted, visible } from './protocol-error.js';
import { batchedReplySchema, type ErrorCode, errorCodes, replySchema } from './replies.js';
import { sealStates } from './sealed-state.js';

/** The answer to one request. */
export type Answer =
  | { readonly ok: Readonly<Record<string, unknown>> }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON value of a line, with states replaced by their texts. Throws a ProtocolError that quotes the line if it is not JSON. */
function parseLine(line: Uint8Array): unknown {
  let text: string;
  try {
    text = decoder.decode(line);
  } catch {
    throw new ProtocolError('a line that is not UTF-8 on stdout');
  }
  try {
    const value = JSON.parse(text) as unknown;
    const sealed = sealStates(text);
    return sealed === text ? value : (JSON.parse(sealed) as unknown);
  } catch {
    throw new ProtocolError(
      `a line that is not JSON on stdout: ${quoted(text)} (stdout is for the protocol only, print to stderr)`,
    );
  }
}

/** The place and message of the first problem of a failed validation, in one line. */
function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'invalid';
  const place = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${visible(place.replace(/^\./, '')) || 'the whole'}: ${visible(issue.message, 200)}`;
}

/** The answer to the request `id`. Throws a ProtocolError when the line is anything else. */
export function readReply(line: Uint8Array, id: number, method: string): Answer {
  const value = parseLine(line);
  const parsed = replySchema.safeParse(value);
  if (!parsed.success) {
    const received = (value as { id?: unknown } | null)?.id;
    if (received === null) throw new ProtocolError(`a reply without an id: ${errorText(value)}`);
    throw new ProtocolError(`the reply to ${method} has a wrong shape: ${firstProblem(parsed.error)}`);
  }
  if (parsed.data.id !== id) {
    const again = parsed.data.id < id && parsed.data.id >= 0;
    throw new ProtocolError(
      `wrong id: answered request ${parsed.data.id}${again ? ' once more' : ''} when asked request ${id} (${method})`,
    );
  }
  return answerOf(parsed.data, method);
}

/** The error of an adapter that could not read a request. */
function errorText(value: unknown): string {
  const message = (value as { error?: { message?: unknown } }).error?.message;
  return typeof message === 'string' ? quoted(message) : 'it must carry the id of its request';
}

function answerOf(reply: Pick<z.output<typeof replySchema>, 'ok' | 'error'>, method: string): Answer {
  if (reply.error != null) {
    const { code, message } = reply.error;
    return {
      error: {
        code: errorCodes.find((known) => known === code) ?? 'internal',
        message: visible(message ?? `error ${code}`, 300),
      },
    };
  }
  if (reply.ok == null) throw new ProtocolError(`the reply to ${method} has neither ok nor error`);
  return { ok: reply.ok };
}

/** The content of `ok`, validated and decoded. Throws a ProtocolError that names the place of the first mistake. */
export function readResult<S extends z.ZodType>(ok: unknown, schema: S, method: string): z.output<S> {
  const parsed = schema.safeParse(ok, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ProtocolError(`the reply to ${method} has a wrong shape: ${firstProblem(parsed.error)}`);
}

/**
 * The answers to the requests of a batch, in their order. Inside a batch, ids and the frame around `ok` may be left out; an id that is there
 * must be that of its request.
 */
export function readBatch(
  replies: unknown,
  expected: readonly { readonly id: number; readonly method: string }[],
): Answer[] {
  if (!Array.isArray(replies)) throw new ProtocolError('the reply to a batch has no array of replies');
  if (replies.length !== expected.length) {
    throw new ProtocolError(
      `the batch of ${plural(expected.length, 'request')} has ${plural(replies.length, 'reply', 'replies')}`,
    );
  }
  return expected.map((request, position) => {
    const reply: unknown = replies[position];
    const parsed = batchedReplySchema.safeParse(reply);
    if (!parsed.success) {
      throw new ProtocolError(`reply ${position} of a batch has a wrong shape: ${firstProblem(parsed.error)}`);
    }
    const { id, ok, error } = parsed.data;
    if (id != null && id !== request.id) {
      const what = expected.some((other) => other.id === id) ? 'replies out of order' : 'wrong id';
      throw new ProtocolError(`${what}: reply ${position} of a batch answers request ${id} instead of ${request.id}`);
    }
    const bare = ok == null && error == null && id == null;
    return bare ? { ok: reply as Readonly<Record<string, unknown>> } : answerOf(parsed.data, request.method);
  });
}
