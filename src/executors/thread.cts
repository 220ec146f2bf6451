/** A task and the URL of the ES module whose default export does it. */
interface ThreadTask {
  readonly module: string;
  readonly task: unknown;
}

/** What every worker thread does. It is CommonJS because the pool loads it by `require`. */
export = async ({ module, task }: ThreadTask): Promise<unknown> => {
  const { default: run } = (await import(module)) as { readonly default: (task: unknown) => unknown };
  return run(task);
};
