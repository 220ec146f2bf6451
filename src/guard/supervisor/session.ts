import { setImmediate } from 'node:timers/promises';
import type { Answer } from '../protocol/read-reply.js';
import type { Connection, Message } from './connection.js';
import { AdapterFailure, NotAsked } from './failures.js';

/** A call in the queue. */
interface Call extends Message {
  /** The key under which its duration is learnt, e.g. `prox/l1`. */
  readonly kind: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Work that remains after the next message has been sent. */
type Settlement = () => void;

/** Processes that may die over one subject before no more calls about it are sent. Each hang costs its time in a batch and alone. */
const mostLosses = 2;

/** What making silent cases smaller may cost in a run, and the hangs of one subject. Without a limit, it could cost more than the run itself. */
const allowance = { processes: 12, milliseconds: 10_000, hangs: 3 };

/** The subject of a kind of call: `prox/huber` for `prox/huber`, `run/spgm` for `run/spgm/12`. */
const subjectOf = (kind: string): string => kind.split('/', 2).join('/');

/**
 * The queue of calls to an adapter. One message is in flight at a time; waiting calls are sent as one batch if the adapter offers that. Only
 * the call that hangs, kills the process or breaks the protocol is rejected: the others of its batch are sent again. After two such calls
 * about one subject, all later ones about it are rejected with the last failure and cost nothing, except those of `again`.
 */
export class Session {
  private readonly queue: Call[] = [];
  private readonly costs = new CostModel();
  private readonly losses = new Map<string, { count: number; last: AdapterFailure }>();
  private pumping = false;
  private isAgain = false;
  private readonly left = { ...allowance };
  private readonly hangs = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    /** Whether calls may be sent as a batch. */
    private batching: boolean,
  ) {}

  /** The answer to one call; its duration is learnt under `kind`. Rejects with an AdapterFailure if there is none. */
  call(message: Message, kind: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ ...message, kind, resolve, reject });
      if (!this.pumping) void this.pump();
    });
  }

  /** Runs `judge`, whose calls are sent one at a time while the allowance lasts; see `Implementation`. Their failures do not count. */
  async again<T>(judge: () => Promise<T>): Promise<T> {
    this.isAgain = true;
    try {
      return await judge();
    } finally {
      this.isAgain = false;
    }
  }

  /**
   * Empties the queue. The next message is sent before the callers of the last one get their answers, so that they compute while the adapter
   * does. The queue is read again after that, so that their next calls form a batch.
   */
  private async pump(): Promise<void> {
    this.pumping = true;
    let settlements: readonly Settlement[] = [];
    for (;;) {
      if (this.queue.length === 0) {
        for (const settle of settlements) settle();
        settlements = [];
        await setImmediate();
        if (this.queue.length === 0) break;
      }
      const group = this.queue.splice(0, this.batching && !this.isAgain ? this.costs.batchSize(this.queue) : 1);
      const exchange = group.length === 1 ? this.one(group[0]!) : this.together(group);
      for (const settle of settlements) settle();
      settlements = await exchange;
    }
    this.pumping = false;
  }

  private async one(call: Call): Promise<Settlement[]> {
    if (this.isAgain) return this.onceMore(call);
    const lost = this.lost(call);
    if (lost !== undefined) return [() => call.reject(lost)];
    const started = performance.now();
    try {
      const answer = await this.connection.send(call);
      this.costs.learn([call], performance.now() - started);
      return [() => call.resolve(answer)];
    } catch (error) {
      const cause = isCrash(error) ? await this.alone(call, error) : error;
      this.count(call, cause);
      return [() => call.reject(cause)];
    }
  }

  /** Sends a call; if that ends a process that was asked before, sends it to a fresh one, whose answer or failure counts. */
  private async onceMore(call: Call): Promise<Settlement[]> {
    const subject = subjectOf(call.kind);
    const { last } = this.losses.get(subject) ?? {};
    while (last !== undefined && !this.isSpent(subject, last)) {
      const { isFresh, briefTimeout } = this.connection;
      const started = performance.now();
      try {
        const answer = await this.connection.send(call, briefTimeout);
        this.left.milliseconds -= performance.now() - started;
        return [() => call.resolve(answer)];
      } catch (error) {
        if (!(error instanceof AdapterFailure)) return [() => call.reject(error)];
        const hung = error.kind === 'timeout';
        this.left.processes--;
        this.left.milliseconds -= hung ? briefTimeout : performance.now() - started;
        if (hung) this.hangs.set(subject, (this.hangs.get(subject) ?? 0) + 1);
        const cause = isCrash(error) ? explained(error, sameAgain) : error;
        if (!isFresh) continue;
        // What takes longer than usual does not hang.
        return hung && briefTimeout < this.connection.timeout ? this.patiently(call) : [() => call.reject(cause)];
      }
    }
    return [
      () => call.reject(new NotAsked(last ?? new AdapterFailure('crash', 'nothing about it has ended a process'))),
    ];
  }

  private async patiently(call: Call): Promise<Settlement[]> {
    try {
      const answer = await this.connection.send(call);
      return [() => call.resolve(answer)];
    } catch (error) {
      return [() => call.reject(error)];
    }
  }

  /** Whether the allowance does not suffice for another failure of this kind. A hang costs the brief limit of a call. */
  private isSpent(subject: string, { kind }: AdapterFailure): boolean {
    const { processes, milliseconds, hangs } = this.left;
    const cost = kind === 'timeout' ? this.connection.briefTimeout : 0;
    return processes <= 0 || milliseconds <= cost || (this.hangs.get(subject) ?? 0) >= hangs;
  }

  /** The failure with which calls about the subject are rejected, once there were too many failures. */
  private lost({ kind }: Call): AdapterFailure | undefined {
    const losses = this.losses.get(subjectOf(kind));
    return losses !== undefined && losses.count >= mostLosses ? new NotAsked(losses.last) : undefined;
  }

  /** Counts a failed call. */
  private count({ kind }: Call, cause: unknown): void {
    if (!(cause instanceof AdapterFailure)) return;
    const subject = subjectOf(kind);
    this.losses.set(subject, { count: (this.losses.get(subject)?.count ?? 0) + 1, last: cause });
  }

  /** After a crash, repeats the call in a fresh process: this shows whether the case or the process's state is at fault. */
  private async alone(call: Call, crash: AdapterFailure): Promise<unknown> {
    try {
      await this.connection.send(call);
      return explained(crash, 'a fresh process answers the same request: state breaks it, not this case');
    } catch (error) {
      return isCrash(error) ? explained(crash, sameAgain) : error;
    }
  }

  private async together(group: readonly Call[]): Promise<Settlement[]> {
    if (group.some((call) => this.lost(call) !== undefined)) return this.isolate(group);
    const started = performance.now();
    try {
      const answers = await this.connection.sendBatch(group);
      if (answers === 'refused') {
        // The calls of a refused batch are sent one at a time.
        this.batching = false;
        this.queue.unshift(...group);
        return [];
      }
      this.costs.learn(group, performance.now() - started);
      return group.map((call, position) => () => call.resolve(answers[position]!));
    } catch (error) {
      if (!(error instanceof AdapterFailure)) return group.map((call) => () => call.reject(error));
      return this.isolate(group, error);
    }
  }

  /** Sends the calls of a batch one at a time, because it failed or because some of them must not be sent any more. */
  private async isolate(group: readonly Call[], failure?: AdapterFailure): Promise<Settlement[]> {
    const settlements: Settlement[] = [];
    let found = false;
    for (const call of group) {
      const before = this.losses.get(subjectOf(call.kind))?.count ?? 0;
      settlements.push(...(await this.one(call)));
      found ||= (this.losses.get(subjectOf(call.kind))?.count ?? 0) > before;
    }
    // If the batch was only slow, every call has its answer now.
    if (found || failure === undefined || failure.kind === 'timeout') return settlements;
    this.batching = false;
    const cause = explained(failure, 'it answers each of the requests alone: state breaks it, not one case');
    return [() => group[0]!.reject(cause), ...settlements];
  }
}

/** What is said of a request that ends a fresh process too. */
const sameAgain = 'a fresh process does the same: this case breaks it';

function isCrash(error: unknown): error is AdapterFailure {
  return error instanceof AdapterFailure && error.kind === 'crash';
}

function explained(crash: AdapterFailure, why: string): AdapterFailure {
  const { kind, message, about } = crash;
  return new AdapterFailure(kind, `${message}; ${why}`, undefined, { ...(about && { about }) });
}

/** Longest intended exchange in milliseconds: short enough to notice a hang, long enough to outweigh the cost of the pipe. */
const target = 50;

/** Milliseconds assumed for a kind of request that was never sent. */
const unknown = 12;

/** Largest number of requests in one batch, and of characters. */
const mostRequests = 128;
const mostCharacters = 2 ** 20;

/** Learns how long each kind of request takes, and derives the size of a batch. */
class CostModel {
  private readonly estimates = new Map<string, number>();

  /** The number of requests from the front of the queue for the next batch; at least one if there is one. */
  batchSize(queue: readonly { readonly kind: string; readonly body: string }[]): number {
    let cost = 0;
    let characters = 0;
    let size = 0;
    for (const { kind, body } of queue) {
      cost += this.estimates.get(kind) ?? unknown;
      characters += body.length;
      if (size > 0 && (cost > target || characters > mostCharacters || size >= mostRequests)) break;
      size++;
    }
    return size;
  }

  /** Learns from an exchange: corrects the estimate of every kind in it by the ratio of actual to expected time. */
  learn(batch: readonly { readonly kind: string }[], milliseconds: number): void {
    const expected = batch.reduce((sum, { kind }) => sum + (this.estimates.get(kind) ?? unknown), 0);
    const correction = Math.min(4, Math.max(1 / 4, milliseconds / expected));
    for (const kind of new Set(batch.map((request) => request.kind))) {
      this.estimates.set(kind, (this.estimates.get(kind) ?? unknown) * correction);
    }
  }
}
