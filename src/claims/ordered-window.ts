/** Tasks that run at once and are taken in the order in which they were added. */
export interface OrderedWindow {
  /** Adds a running task. When the window is full, waits for the oldest one and takes its value; rejects with its error. */
  add<T>(task: Promise<T>, take: (value: T) => void): Promise<void>;
  /** Takes all that is left, in order; rejects with the first error. */
  drain(): Promise<void>;
  /** Waits for all that is left and takes nothing. */
  abandon(): Promise<void>;
}

/** A window of at most `width` tasks: whatever they do meanwhile, the outcome is that of one after the other. */
export function orderedWindow(width: number): OrderedWindow {
  const pending: Promise<() => void>[] = [];
  const takeOldest = async (): Promise<void> => (await pending.shift()!)();
  return {
    async add(task, take) {
      pending.push(
        task.then(
          (value) => () => take(value),
          (error: unknown) => () => {
            throw error;
          },
        ),
      );
      if (pending.length >= width) await takeOldest();
    },
    async drain() {
      while (pending.length > 0) await takeOldest();
    },
    async abandon() {
      await Promise.all(pending.splice(0));
    },
  };
}
