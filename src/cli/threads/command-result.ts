/** What a command that ran on a thread of its own leaves to be printed. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode: number;
}

/** What such a command may use of the program that runs it. */
export interface CommandContext {
  /** Says in a few words what is computed now. */
  say(text: string): void;
  /** What stdout is: a thread cannot ask it. */
  readonly stdout: { readonly isTTY: boolean; readonly columns?: number };
}

/** A module of such a command. */
export interface CommandModule<Options> {
  run(options: Options, context: CommandContext): Promise<CommandResult>;
}

/** What the thread sends: what it is at, once the result, or the message of a UsageError in its place. */
export type CommandMessage =
  | { readonly say: string }
  | { readonly result: CommandResult }
  | { readonly usageError: string };
