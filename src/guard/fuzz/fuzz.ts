import { toBits } from '../../claims/exact-encoding.js';
import { dtypeNames } from '../../claims/implementation/dtype.js';
import type { ImplementationDescription } from '../../claims/implementation/implementation.js';
import { LineSplitter, LineTooLongError } from '../protocol/line-splitter.js';
import { ProtocolError } from '../protocol/protocol-error.js';
import { readBatch, readReply, readResult } from '../protocol/read-reply.js';
import { encodingNames, realEncoding } from '../protocol/real-encoding.js';
import { handshakeOf, helloSchema, type ResultSchemas, resultSchemas, seeingInputs } from '../protocol/replies.js';
import { type Choices, choicesOf, mutate } from './mutate.js';

/** Longest line that the fuzzed splitter accepts: short, so that some lines exceed it. */
const limit = 4096;

/** Counts of what happened to the lines. */
export interface FuzzResult {
  readonly lines: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly tooLong: number;
}

/** Something that must never happen: a crash, a wrong verdict, a foreign character or a changed prototype. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure';
}

const plainSchemas = encodingNames.flatMap((name) =>
  dtypeNames.map((dtype) => resultSchemas(realEncoding(name, dtype).real)),
);
const { real } = realEncoding('bits', 'f64');
const schemas = [...plainSchemas, ...[true, false].map((always) => seeingInputs(plainSchemas[0]!, real, always))];
const methods = Object.keys(schemas[0]!) as (keyof ResultSchemas)[];
const hello = {
  ...{ protocol: '1.2', encoding: 'bits', implementation: { name: 'fuzz', version: '1', language: 'none' } },
  ...{ dtype: 'f64', methods: ['prox', 'batch'], functions: ['l1'], smooth: [], algorithms: ['spgm'] },
  ...{ conventions: { signOfZero: 'zero', halfInSquaredNorm: true }, accuracy: { l1: 1e-6 } },
};
const helloTexts = [
  hello,
  { ...hello, protocol: '1.1' },
  {
    ...hello,
    algorithms: ['spgm', 'lion', 'sophia'],
    variants: ['loop', 'fused'],
    inPlace: true,
    nonfinite: 'reject',
    resume: true,
    forms: ['out'],
    shapes: ['matrix'],
  },
].map((each) => JSON.stringify(each));

/**
 * Feeds `lines` generated and mutated lines through the splitter, the reply reader and every validator, and compares the verdict on
 * vectors with that of a second reader.
 *
 * @throws FuzzFailure with the index and seed of the first line that does what no line may
 */
export function fuzz(lines: number, seed: string, progress?: (done: number) => void): FuzzResult {
  const counts = { lines, accepted: 0, rejected: 0, tooLong: 0 };
  const prototypes = [Object.prototype, Array.prototype, Function.prototype].map((prototype) => ({
    prototype,
    keys: Reflect.ownKeys(prototype).length,
  }));
  for (let index = 0; index < lines; index++) {
    const choices = choicesOf(seed, index);
    const bytes = mutate(validLine(index, choices), choices);
    try {
      counts[judge(bytes, index, choices)]++;
      for (const { prototype, keys } of prototypes) {
        if (Reflect.ownKeys(prototype).length !== keys) throw new FuzzFailure('a prototype has changed');
      }
    } catch (error) {
      throw new FuzzFailure(
        `line ${index} of seed ${seed}: ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}: ${String(error)}`,
      );
    }
    if (index % 10_000 === 0) progress?.(index);
  }
  return counts;
}

/** A valid reply of some kind to the request with the id of the line. */
function validLine(id: number, { below, oneOf }: Choices): string {
  const vector = Array.from({ length: below(4) }, () => toBits(below(2000) / 64 - 8));
  const ok = oneOf([
    JSON.stringify({ x: vector }),
    JSON.stringify({ x: vector }),
    JSON.stringify({ value: vector[0] ?? 1.5 }),
    JSON.stringify({ x: vector, trajectory: [vector] }),
    JSON.stringify({ x: vector, state: { '1': vector, b: [below(9)] }, input: vector }),
    JSON.stringify({ counts: [below(9), below(9)] }),
    JSON.stringify({ replies: [{ id: id + 1, ok: { x: vector, state: [] } }, { error: { code: 'domain' } }] }),
    ...helloTexts,
  ]);
  return below(6) === 0
    ? JSON.stringify({ id, error: { code: oneOf(['domain', 'unsupported', 'odd']), message: 'no' } })
    : `{"id":${id},"ok":${ok}}`;
}

type Verdict = 'accepted' | 'rejected' | 'tooLong';

function judge(bytes: Uint8Array, id: number, choices: Choices): Verdict {
  const splitter = new LineSplitter(limit);
  const lines: Uint8Array[] = [];
  try {
    const stream = Buffer.concat([bytes, Uint8Array.of(0x0a)]);
    for (let from = 0; from < stream.length; ) {
      const to = Math.min(stream.length, from + 1 + choices.below(64));
      lines.push(...splitter.push(stream.subarray(from, to)));
      from = to;
    }
  } catch (error) {
    if (error instanceof LineTooLongError) return 'tooLong';
    throw error;
  }
  const joined = Buffer.concat(lines.flatMap((line) => [line, Uint8Array.of(0x0a)]));
  if (splitter.pending !== 0 || !joined.equals(Buffer.concat([bytes, Uint8Array.of(0x0a)]))) {
    throw new FuzzFailure('the lines are not the bytes that were sent');
  }
  return lines.map((line) => judgeLine(line, id)).includes('rejected') ? 'rejected' : 'accepted';
}

/** Reads a line as the reply to every method, in every encoding. Returns the verdict on a vector in bits. */
function judgeLine(line: Uint8Array, id: number): Verdict {
  const plain = readPlainly(line, id);
  let code: string | undefined;
  let x: readonly number[] | undefined;
  const answer = tolerate(() => readReply(line, id, 'prox'));
  if (answer !== undefined) {
    if ('error' in answer) code = answer.error.code;
    else {
      checkState(line, answer.ok['state']);
      x = tolerate(() => readResult(answer.ok, schemas[0]!.prox, 'prox'))?.x;
      for (const schema of schemas) {
        for (const method of methods) tolerate(() => readResult(answer.ok, schema[method], method));
      }
      tolerate(() =>
        readBatch(
          answer.ok['replies'],
          [id + 1, id + 2].map((each) => ({ id: each, method: 'prox' })),
        ),
      );
      const hello = tolerate(() => readResult(answer.ok, helloSchema, 'hello'));
      if (hello !== undefined && hello.protocol !== '1.2') throw new FuzzFailure('a hello of another version is read');
      if (hello !== undefined) checkDescription(handshakeOf(hello).description);
    }
  }
  const expectedCode = plain !== undefined && 'code' in plain ? plain.code : undefined;
  const expected = plain !== undefined && 'x' in plain ? plain.x : undefined;
  if ((expectedCode === undefined) !== (code === undefined)) throw new FuzzFailure('an error is read differently');
  if ((expected === undefined) !== (x === undefined)) throw new FuzzFailure('a vector is accepted by one reader only');
  if (x?.length !== expected?.length || x?.some((value, i) => !Object.is(value, expected?.[i]))) {
    throw new FuzzFailure('a vector is read differently');
  }
  return x === undefined && code === undefined ? 'rejected' : 'accepted';
}

/** Only a ProtocolError may be thrown, with a message of one short line and printable characters only. */
function tolerate<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    if (error.message.length > 1000 || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\ufeff]/u.test(error.message)) {
      throw new FuzzFailure(`a diagnosis with what the line wants to do: ${JSON.stringify(error.message)}`);
    }
    return undefined;
  }
}

/** A state is kept as text, which must be equivalent to the state in the line. */
function checkState(line: Uint8Array, state: unknown): void {
  const { ok } = JSON.parse(new TextDecoder().decode(line)) as { readonly ok: object };
  const said = Object.hasOwn(ok, 'state') ? JSON.stringify((ok as { readonly state: unknown }).state) : undefined;
  const kept = typeof state === 'string' ? JSON.stringify(JSON.parse(state)) : undefined;
  if (kept !== said) throw new FuzzFailure('a state is read differently');
}

function checkDescription(description: ImplementationDescription): void {
  for (const record of [description, ...Object.values(description)]) {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) continue;
    if (Object.getPrototypeOf(record) !== Object.prototype || Object.hasOwn(record, '__proto__')) {
      throw new FuzzFailure('a description with a prototype of its own');
    }
  }
}

/** The content of a line, read without the suite's schemas. */
export type Reading = { readonly x: readonly number[] } | { readonly code: string } | undefined;

/**
 * A second, plain reader of the reply to a request for a vector in bits. The suite's own reader, a splitter and schemas, must accept the
 * same lines and read the same values. Returns undefined for anything that is not such a reply.
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
