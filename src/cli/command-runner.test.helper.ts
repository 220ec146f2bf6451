import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';

export interface CommandLine {
  readonly cwd: string;
  readonly args: readonly string[];
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The words of a command line, or its text, which is split as by a shell: at blanks, where no single quotes are around them. */
export type Words = string | readonly string[];

export const wordsOf = (command: Words): readonly string[] =>
  typeof command === 'string'
    ? [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!)
    : command;

/** The words of a text; a value in it is one word, whatever it has, and a list is one word each. */
export const words = (
  texts: readonly string[],
  ...values: readonly (string | number | readonly string[])[]
): string[] => texts.flatMap((text, i) => [...wordsOf(text), ...[values[i] ?? []].flat().map(String)]);

/** Runs a command line in a folder. */
export type Runner = (cwd: string, command: Words) => Promise<Finished>;

/** A text, or what each must be found in it. */
type Printed = string | RegExp | readonly RegExp[];

/** How a command ends: its exit code, 0 unless another is given, and what it prints. */
export interface Ending {
  readonly code?: number;
  readonly stdout?: Printed;
  /** Standard output with one blank for all white space: its lines are wrapped. */
  readonly unwrapped?: Printed;
  readonly stderr?: Printed;
}

/** Holds a command to how it must end, and gives what it printed. */
export async function ends(
  t: ExecutionContext,
  finishing: Promise<Finished>,
  { code = 0, ...texts }: Ending = {},
  about = '',
): Promise<Finished> {
  const finished = await finishing;
  const { stdout, stderr } = finished;
  t.is(finished.code, code, `${about}\n${stdout}${stderr}`);
  const printed = { stdout, stderr, unwrapped: stdout.replaceAll(/\s+/g, ' ') };
  for (const [name, expected] of Object.entries(texts) as [keyof typeof printed, Printed][]) {
    if (typeof expected === 'string') t.is(printed[name], expected, about);
    else for (const pattern of [expected].flat()) t.regex(printed[name], pattern, `${about}\n${stderr}`);
  }
  return finished;
}

/** Runs the commands of a test in its folder, and holds them to how they must end. */
export function inFolder(t: ExecutionContext, runner: Runner, cwd: string) {
  const run = (command: Words): Promise<Finished> => runner(cwd, command);
  const judged = (command: Words, ending?: Ending): Promise<Finished> =>
    ends(t, run(command), ending, wordsOf(command).join(' '));
  return {
    cwd,
    run,
    ends: judged,
    /** Each is refused: exit code 2, nothing on stdout, and one line on stderr in which the pattern is found. */
    async refuses(...cases: readonly (readonly [Words, RegExp])[]): Promise<void> {
      for (const [command, pattern] of cases) {
        const { stderr } = await judged(command, { code: 2, stdout: '', stderr: /^signprox: [^\n]+\n$/ });
        t.regex(stderr.trimEnd(), pattern, wordsOf(command).join(' '));
      }
    },
  };
}

const server = fileURLToPath(new URL('./command-server.test.helper.js', import.meta.url));

/** The processes of this one, by what they load first. */
const servers = new Map<string, Server>();

class Server {
  readonly #waiting: { resolve(finished: Finished): void; reject(error: Error): void }[] = [];
  readonly #child: ChildProcess;

  constructor(preload: string) {
    const execArgv = preload === '' ? process.execArgv : [...process.execArgv, `--import=${preload}`];
    this.#child = fork(server, { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', (finished: Finished) => this.#waiting.shift()?.resolve(finished));
    this.#child.on('exit', (code) => {
      const error = new Error(`the process of the commands exited with ${code}`);
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  run(command: CommandLine): Promise<Finished> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.send(command);
    });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}

let isClosedAtEnd = false;

/**
 * What runs the command lines of the tests of a process in one other, one after another: a process of its own for each would load, compile
 * and write its coverage again, and so would the thread of `audit` and `bounds`. Tests of signals, pipes, standard input, of that thread or
 * of the process itself start one.
 *
 * @param preload a module that it loads first
 */
export function commandRunner(preload = ''): Runner {
  if (!isClosedAtEnd) test.after.always(() => Promise.all([...servers.values()].map((each) => each.close())));
  isClosedAtEnd = true;
  return (cwd, command) => {
    const running = servers.get(preload) ?? new Server(preload);
    servers.set(preload, running);
    return running.run({ cwd, args: wordsOf(command) });
  };
}
