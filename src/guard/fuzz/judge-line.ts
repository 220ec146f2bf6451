/** What a line says to somebody who reads it without the suite's schemas. */
export type Reading = { readonly x: readonly number[] } | { readonly code: string } | undefined;

/**
 * A second, plain reader of the reply to a request for a vector in bits: what it accepts and what it reads decide whether the suite's
 * own reader, made of a splitter and schemas, gives a wrong verdict. Undefined for everything that is not such a reply.
 */
export function readPlainly(line: Uint8Array, id: number): Reading {
  const text = Buffer.from(line).toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(line)) return undefined;
  let reply: unknown;
  try {
    // The decoder of the suite leaves out a byte order mark, as the standard has it.
    reply = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  if (!isRecord(reply) || own(reply, 'id') !== id) return undefined;
  const [ok, error] = [own(reply, 'ok'), own(reply, 'error')];
  if (ok != null && !isRecord(ok)) return undefined;
  if (error != null) {
    if (!isRecord(error) || typeof own(error, 'code') !== 'string') return undefined;
    const message = own(error, 'message');
    return message == null || typeof message === 'string' ? { code: own(error, 'code') as string } : undefined;
  }
  if (ok == null) return undefined;
  const x = own(ok, 'x');
  if (!Array.isArray(x) || !x.every((bits) => typeof bits === 'string' && /^[0-9a-f]{16}$/i.test(bits))) {
    return undefined;
  }
  return { x: x.map((bits: string) => Buffer.from(bits, 'hex').readDoubleBE()) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
