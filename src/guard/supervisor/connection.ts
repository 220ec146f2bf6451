import type * as z from 'zod';
import { version } from '../../claims/implementation/version.js';
import { ProtocolError, quoted } from '../protocol/protocol-error.js';
import { type Answer, readBatch, readReply, readResult } from '../protocol/read-reply.js';
import { encodingNames, type RealEncoding, realEncoding } from '../protocol/real-encoding.js';
import { type Handshake, handshakeOf, helloSchema, protocolVersion } from '../protocol/replies.js';
import { AdapterProcess } from './adapter-process.js';
import { AdapterFailure } from './failures.js';

/** Milliseconds for hello and for bye, unless the limit of a call is longer. Ample, because on a busy machine a process may wait for seconds. */
const helloTimeout = 10_000;
const byeTimeout = 5000;

/**
 * Milliseconds for one call unless another limit is given. Longer than any call takes that first compiles something, as JAX does for each
 * shape, on a machine that is busy: who is called hanging hangs.
 */
const callTimeout = 20_000;

/** Milliseconds in which a usual call is over. What takes longer is not wrong, but is asked again, alone and with the whole limit. */
const usualTimeout = 2000;

/** Consecutive processes that may fail to say hello before the adapter is given up. */
const mostWithoutHello = 3;

export interface StartOptions {
  /** The program and its arguments; no shell is involved. */
  readonly command: readonly string[];
  /** Milliseconds for hello; if left out 10 s, or the limit of one call if that is longer. */
  readonly helloTimeout?: number;
  /** Aborting it ends the process. */
  readonly signal?: AbortSignal;
  /** Called for every failure that ended a process, with the end of its stderr and what it was asked. */
  incident?(failure: AdapterFailure, stderr: string, request?: string): void;
}

export interface ConnectionOptions extends StartOptions {
  /** Milliseconds for one call; default: 20 000. */
  readonly timeout?: number;
}

/** One request, as a JSON object without its id. */
export interface Message {
  readonly method: string;
  readonly body: string;
  /** The number of usual requests that it may take as long as; default: 1. */
  readonly length?: number;
}

const withId = ({ body }: Message, id: number): string => `{"id":${id},${body.slice(1)}`;

/**
 * A connection to an adapter that survives its processes: one message at a time, each with a new id. A process that hangs, dies or breaks
 * the protocol is ended, and the next message starts another one, which must say the same hello.
 */
export class Connection {
  private process: AdapterProcess | undefined;
  private withoutHello = 0;
  private lastFailure: AdapterFailure | undefined;
  private nextId = 1;
  private firstHello = '';
  private isUsed = false;
  /** Whether the current requests are invalid on purpose. */
  isProvoking = false;
  /** Milliseconds for one call. */
  readonly timeout: number;
  /** Milliseconds for a batch, and for a call whose time-out is no verdict: the usual ones until an answer has taken longer. */
  briefTimeout: number;

  private constructor(private readonly options: ConnectionOptions) {
    this.timeout = options.timeout ?? callTimeout;
    this.briefTimeout = options.timeout ?? usualTimeout;
    options.signal?.addEventListener('abort', () => void this.process?.end(), { once: true });
  }

  /**
   * Starts the adapter and says hello.
   *
   * @throws CommandError when the command cannot be started, AdapterFailure for what the adapter does wrong
   */
  static async open(
    options: ConnectionOptions,
  ): Promise<{ readonly connection: Connection; readonly handshake: Handshake; readonly encoding: RealEncoding }> {
    options.signal?.throwIfAborted();
    const connection = new Connection(options);
    const handshake = handshakeOf(await connection.start());
    const encoding = realEncoding(handshake.encoding, handshake.description.dtype);
    return { connection, handshake, encoding };
  }

  /** The end of the current process's stderr, without what invalid requests provoked; empty if there is none. */
  get stderr(): string {
    return this.process?.unprovokedStderr ?? '';
  }

  /** Whether the next message is the first one of its process. */
  get isFresh(): boolean {
    return this.process === undefined || !this.isUsed;
  }

  /** The answer to one message. Rejects with an AdapterFailure when there is none. */
  async send(message: Message, timeout = this.timeout): Promise<Answer> {
    const id = this.nextId++;
    const { method, length = 1 } = message;
    // A long message is allowed what as many usual ones may take.
    const limit = Math.max(timeout, length * this.briefTimeout);
    const started = performance.now();
    const answer = await this.exchange(method, id, withId(message, id), (line) => readReply(line, id, method), limit);
    if (performance.now() - started > this.briefTimeout) this.briefTimeout = this.timeout;
    return answer;
  }

  /** The answers to several messages that are sent as one; an error if the batch itself is refused. */
  async sendBatch(messages: readonly Message[]): Promise<readonly Answer[] | 'refused'> {
    const id = this.nextId;
    this.nextId += messages.length + 1;
    const requests = messages.map((message, position) => withId(message, id + 1 + position));
    const text = `{"id":${id},"method":"batch","requests":[${requests.join()}]}`;
    const expected = messages.map(({ method }, position) => ({ id: id + 1 + position, method }));
    const read = (line: Uint8Array): readonly Answer[] | 'refused' => {
      const answer = readReply(line, id, 'batch');
      return 'error' in answer ? 'refused' : readBatch(answer.ok['replies'], expected);
    };
    const longest = Math.max(...messages.map(({ length = 1 }) => length));
    return this.exchange(`a batch of ${messages.length}`, id, text, read, longest * this.briefTimeout);
  }

  /**
   * Says bye and waits for the exit. Resolves with what was wrong, if anything. Afterwards no process is left.
   */
  async close(): Promise<AdapterFailure | undefined> {
    const { process, options } = this;
    this.process = undefined;
    if (process === undefined) return undefined;
    if (options.signal?.aborted) {
      await process.end();
      return undefined;
    }
    const failure = await this.sayBye(process);
    if (failure !== undefined) options.incident?.(failure, process.stderr);
    return failure;
  }

  private async sayBye(process: AdapterProcess): Promise<AdapterFailure | undefined> {
    const id = this.nextId++;
    try {
      const line = await process.exchange(`{"id":${id},"method":"bye"}`, 'bye', byeTimeout);
      const answer = readReply(line, id, 'bye');
      if ('error' in answer) throw new ProtocolError(`refused bye: ${answer.error.message}`);
    } catch (error) {
      const failure = asFailure(error);
      await process.reject(failure);
      return failure;
    }
    return process.leave(Math.max(byeTimeout, this.options.timeout ?? 0));
  }

  private async exchange<T>(
    method: string,
    id: number,
    text: string,
    read: (line: Uint8Array) => T,
    timeout: number,
  ): Promise<T> {
    const process = this.process ?? (await this.respawn());
    this.isUsed = true;
    try {
      return read(await process.exchange(text, `${method} (request ${id})`, timeout));
    } catch (error) {
      throw await this.lose(process, asFailure(error), text);
    }
  }

  /** Ends the process that failed. If the run was aborted, that is not the process's failure. */
  private async lose(process: AdapterProcess, failure: AdapterFailure, request?: string): Promise<unknown> {
    this.process = undefined;
    await process.reject(failure);
    const { signal, incident } = this.options;
    if (signal?.aborted) return signal.reason;
    this.lastFailure = failure;
    incident?.(failure, process.stderr, request);
    return failure;
  }

  private async respawn(): Promise<AdapterProcess> {
    this.options.signal?.throwIfAborted();
    if (this.withoutHello >= mostWithoutHello) {
      const { kind, message } = this.lastFailure!;
      throw new AdapterFailure(kind, `given up: ${mostWithoutHello} processes in a row did not say hello; ${message}`);
    }
    this.withoutHello++;
    await this.start();
    return this.process!;
  }

  /** A new process that has said hello. */
  private async start(): Promise<z.output<typeof helloSchema>> {
    const { command, timeout = 0, helloTimeout: patience = Math.max(helloTimeout, timeout) } = this.options;
    const process = new AdapterProcess(command, () => this.isProvoking);
    this.process = process;
    this.isUsed = false;
    const hello = {
      id: 0,
      method: 'hello',
      protocol: protocolVersion,
      suite: `signprox/${version}`,
      encodings: encodingNames,
    };
    try {
      const answer = readReply(await process.exchange(JSON.stringify(hello), 'hello', patience), 0, 'hello');
      if ('error' in answer) throw new ProtocolError(`refused hello: ${answer.error.message}`);
      const { protocol } = answer.ok;
      if (protocol !== protocolVersion) {
        throw new ProtocolError(
          `hello says protocol ${quoted(protocol)}, and this suite speaks only "${protocolVersion}"${sinceFirst(protocol)}`,
        );
      }
      const said = readResult(answer.ok, helloSchema, 'hello');
      this.firstHello ||= JSON.stringify(said);
      if (JSON.stringify(said) !== this.firstHello) {
        throw new ProtocolError('hello says something else in a fresh process than in the first one');
      }
      this.withoutHello = 0;
      return said;
    } catch (error) {
      throw await this.lose(process, asFailure(error));
    }
  }
}

/** What has to change in a program that speaks the first version of the protocol. */
const sinceFirst = (protocol: unknown): string =>
  String(protocol).startsWith('1.')
    ? ': say that, and take `gradient` of a step and `gradients` of a run of an optimiser with memory, in place of a problem'
    : '';

/** An error as a failure of the adapter: a ProtocolError becomes a protocol failure. Errors of the suite itself are thrown. */
function asFailure(error: unknown): AdapterFailure {
  if (error instanceof AdapterFailure) return error;
  if (error instanceof ProtocolError) return new AdapterFailure('protocol', error.message);
  throw error;
}
