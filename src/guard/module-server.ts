import { writeSync } from 'node:fs';
import { relative } from 'node:path';
import { decodeExact, encodeExact } from '../claims/exact-encoding.js';
import {
  type Answers,
  type Implementation,
  ImplementationError,
  type MethodName,
  methodNames,
  type Question,
  UnsupportedError,
} from '../claims/implementation/implementation.js';
import { loadModule } from './load-module.js';
import { ModuleLoadError, thrownAt } from './module-implementation.js';
import { LineSplitter } from './protocol/line-splitter.js';
import { realEncoding } from './protocol/real-encoding.js';

/**
 * A process that serves a JavaScript module over the protocol: node module-server.js <file>. If the module wrote to the x of a request,
 * the reply has it as `input` beside the result. The module's output and the stacks of its errors go to stderr.
 */

interface Request {
  readonly id: number;
  readonly method: string;
  readonly requests?: readonly Request[];
}

/** Milliseconds for loading: less than the suite waits for hello. */
const loadTimeout = 9000;

/** The suite limits the time of calls, so this process does not. */
const untimed = 2 ** 31 - 1;

/** Places of errors whose stacks have been printed. */
const told = new Set<string>();

/** Fields that hold words. */
const words = ['type', 'form', 'variant', 'algorithm', 'method'];

const write = process.stdout.write.bind(process.stdout);
const tellApart = process.stderr.write.bind(process.stderr);
process.stdout.write = ((chunk: Uint8Array | string, ...rest: []) => {
  refuseProgram(String(chunk));
  return tellApart(chunk, ...rest);
}) as typeof process.stdout.write;

/**
 * While a module loads, this process does not read stdin. If hello is answered all the same, the file is a program that speaks the protocol
 * itself and would read forever: it is refused.
 */
function refuseProgram(line: string): void {
  const reply = (() => {
    try {
      return JSON.parse(line) as { readonly id?: unknown; readonly ok?: { readonly protocol?: unknown } } | null;
    } catch {
      return undefined;
    }
  })();
  if (reply?.ok?.protocol === undefined) return;
  const file = process.argv[2]!;
  const run = `run signprox guard -- node ${relative('', file)}`;
  const message = `${file} is a program that replies on stdout, and a module needs a default export: ${run}`;
  writeSync(1, `${JSON.stringify({ id: reply.id, error: { code: 'unsupported', message } })}\n`);
  process.exit(0);
}

const loaded = await loadModule(process.argv[2]!, loadTimeout, untimed).catch((error: unknown) => {
  if (error instanceof ModuleLoadError) return error;
  throw error;
});
const { encode, real } = realEncoding('bits', loaded instanceof Error ? 'f64' : loaded.description.dtype);

function decode(value: unknown, field = ''): unknown {
  // A state is the module's own data, and has its own exact encoding.
  if (field === 'state') return decodeExact(value);
  if (typeof value === 'string') return words.includes(field) ? value : (real.safeParse(value).data ?? value);
  if (Array.isArray(value)) return value.map((entry) => decode(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, decode(entry, key)]));
}

const encodeAll = (x: ArrayLike<number>): unknown[] => Array.from(x, encode);

/** The answer of the module as a result, with x itself if it has changed. */
async function answerTo(implementation: Implementation, question: Question): Promise<object> {
  if (question.method === 'sample') return implementation.ask(question);
  const x = Float64Array.from(question.x);
  const answer = await implementation.ask({ ...question, x });
  const result = encodeAnswer(answer);
  return x.every((value, i) => Object.is(value, question.x[i])) ? result : { ...result, input: encodeAll(x) };
}

function encodeAnswer({
  x,
  value,
  state,
  trajectory,
}: Partial<Answers['run'] & Answers['step'] & Answers['value']>): object {
  if (value !== undefined) return { value: encode(value) };
  return {
    x: encodeAll(x!),
    ...(state !== undefined && { state: encodeExact(state) }),
    ...(trajectory && { trajectory: trajectory.map(encodeAll) }),
  };
}

function hello(): object {
  if (loaded instanceof Error) throw loaded;
  const {
    name,
    version,
    language,
    methods,
    algorithms,
    statefulAlgorithms = [],
    unknown,
    ...rest
  } = loaded.description;
  const all = [...algorithms, ...statefulAlgorithms, ...(unknown?.algorithms ?? [])];
  return {
    ...{ protocol: '2.0', encoding: 'bits', implementation: { name, version, language } },
    ...{ methods: [...methods, ...(unknown?.methods ?? []), 'batch'], algorithms: all, ...rest },
  };
}

/** `ok` for every method of the protocol. */
async function resultOf(request: Request): Promise<object> {
  const { method, requests = [] } = request;
  if (method === 'bye') return {};
  if (method === 'hello' || loaded instanceof Error) return hello();
  if (method === 'batch') {
    const replies: object[] = [];
    for (const one of requests) replies.push(await reply(one));
    return { replies };
  }
  const { id: _, ...decoded } = decode(request) as Question & { readonly id: number };
  if (method === 'echo') return { x: encodeAll((decoded as Question<'prox'>).x) };
  if (!methodNames.includes(method as MethodName)) throw new UnsupportedError(`no method ${method}`);
  return answerTo(loaded, decoded as Question);
}

async function reply(request: Request): Promise<object> {
  try {
    return { id: request.id, ok: await resultOf(request) };
  } catch (error) {
    tell((error as Error).cause);
    return { id: request.id, error: { code: codeOf(error), message: (error as Error).message } };
  }
}

/** Prints the stack of an error to stderr, once for each place: the reply has only its type, message and place. */
function tell(cause: unknown): void {
  const place = thrownAt(cause);
  if (place === undefined || told.has(place)) return;
  told.add(place);
  process.stderr.write(`${(cause as Error).stack}\n`);
}

function codeOf(error: unknown): string {
  if (error instanceof UnsupportedError) return 'unsupported';
  if (!(error instanceof ImplementationError)) return 'internal';
  return error.code ?? (error.kind === 'shape' ? 'shape' : 'internal');
}

const lines = new LineSplitter(Number.POSITIVE_INFINITY);
for await (const chunk of process.stdin) {
  for (const line of lines.push(chunk as Uint8Array)) {
    const request = JSON.parse(Buffer.from(line).toString('utf8')) as Request;
    const text = `${JSON.stringify(await reply(request))}\n`;
    await new Promise((written) => write(text, written));
    if (request.method === 'bye') process.exit(0);
  }
}
