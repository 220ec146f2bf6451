import { setImmediate } from 'node:timers/promises';
import type { Answer } from '../protocol/read-reply.js';
import type { Connection, Message } from './connection.js';
import { CostModel } from './cost-model.js';
import { AdapterFailure, AlongsideFailure } from './failures.js';

/** A call in the queue. */
interface Call extends Message {
  /** What its duration is learnt by, e.g. `prox/l1`. */
  readonly kind: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** What is left to do when the next message is on its way. */
type Settlement = () => void;

/**
 * The queue of calls to an adapter. One message is in flight at a time; calls that wait together travel as one batch where the adapter offers
 * it. When the adapter fails, the calls that waited with the one that failed are rejected with the same failure.
 */
export class Session {
  private readonly queue: Call[] = [];
  private readonly costs = new CostModel();
  private pumping = false;

  constructor(
    private readonly connection: Connection,
    /** Whether calls may travel together. */
    private batching: boolean,
  ) {}

  /** The answer to one call; `kind` is what its duration is learnt by. Rejects with an AdapterFailure when there is none. */
  call(message: Message, kind: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ ...message, kind, resolve, reject });
      if (!this.pumping) void this.pump();
    });
  }

  /**
   * Empties the queue. The next message is sent before the callers of the last one are told, so that they compute while the adapter does,
   * and the queue is looked at again after they did: what they ask next travels together.
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
      const group = this.queue.splice(0, this.batching ? this.costs.batchSize(this.queue) : 1);
      const exchange = group.length === 1 ? this.one(group[0]!) : this.together(group);
      for (const settle of settlements) settle();
      settlements = await exchange;
    }
    this.pumping = false;
  }

  private async one(call: Call): Promise<Settlement[]> {
    const started = performance.now();
    try {
      const answer = await this.connection.send(call);
      this.costs.learn([call], performance.now() - started);
      return [() => call.resolve(answer)];
    } catch (error) {
      return this.fail([call], isCrash(error) ? await this.alone(call, error) : error);
    }
  }

  /** After a crash, the same call as the first of a fresh process tells "this case" from "state". */
  private async alone(call: Call, crash: AdapterFailure): Promise<unknown> {
    try {
      await this.connection.send(call);
      return explained(crash, 'a fresh process answers the same request: state breaks it, not this case');
    } catch (error) {
      return isCrash(error) ? explained(crash, 'a fresh process does the same: this case breaks it') : error;
    }
  }

  private async together(group: readonly Call[]): Promise<Settlement[]> {
    const started = performance.now();
    try {
      const answers = await this.connection.sendBatch(group);
      if (answers === 'refused') {
        // Nothing is lost: its calls go one at a time.
        this.batching = false;
        this.queue.unshift(...group);
        return [];
      }
      this.costs.learn(group, performance.now() - started);
      return group.map((call, position) => () => call.resolve(answers[position]!));
    } catch (error) {
      const separable = error instanceof AdapterFailure && error.kind !== 'protocol';
      return separable ? this.isolate(group, error) : this.fail(group, error);
    }
  }

  /** After a batch hung or crashed: its calls one at a time, until one of them does it by itself. */
  private async isolate(group: readonly Call[], failure: AdapterFailure): Promise<Settlement[]> {
    this.batching = false;
    const settlements: Settlement[] = [];
    for (const [position, call] of group.entries()) {
      try {
        const answer = await this.connection.send(call);
        settlements.push(() => call.resolve(answer));
      } catch (error) {
        const cause = isCrash(error) ? await this.alone(call, error) : error;
        return [...settlements, ...this.fail(group.slice(position), cause)];
      }
    }
    // A batch that was only slow is answered by now.
    if (failure.kind === 'timeout') return settlements;
    return this.fail(group, explained(failure, 'it answers each of the requests alone: state breaks it, not one case'));
  }

  /** Rejects the given calls, of which the first is the one that failed, and all that wait behind them. */
  private fail(calls: readonly Call[], error: unknown): Settlement[] {
    const others = error instanceof AdapterFailure ? new AlongsideFailure(error) : error;
    return [...calls, ...this.queue.splice(0)].map(
      (call, position) => () => call.reject(position === 0 ? error : others),
    );
  }
}

function isCrash(error: unknown): error is AdapterFailure {
  return error instanceof AdapterFailure && error.kind === 'crash';
}

function explained(crash: AdapterFailure, why: string): AdapterFailure {
  return new AdapterFailure('crash', `${crash.message}; ${why}`);
}
