import { ImplementationError } from '../../claims/implementation/implementation.js';

/** Largest size of a state in bytes. */
export const largestState = 2 ** 20;

/** The start and end of a value in a text of valid JSON. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const isSpace = (text: string, at: number): boolean => ' \t\n\r'.includes(text[at] ?? 'x');

function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text, next)) next++;
  return next;
}

/** The end of the string that begins at the quotation mark `at`. */
function endOfString(text: string, at: number): number {
  let next = at + 1;
  while (text[next] !== '"') next += text[next] === '\\' ? 2 : 1;
  return next + 1;
}

/** The end of the value at `at`. It counts brackets instead of recursing, so a value may be nested to any depth. */
function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  let next = at;
  let depth = 0;
  do {
    const character = text[next]!;
    if (depth === 0 && (character === ',' || character === ']' || character === '}' || isSpace(text, next))) break;
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    next = character === '"' ? endOfString(text, next) : next + 1;
  } while (next < text.length && !(depth === 0 && ']}'.includes(text[next - 1]!)));
  return next;
}

/** The values of the object or array that begins at `at`, the values of an object with their names; none for anything else. */
function* valuesIn(text: string, at: number): Generator<Span & { readonly name?: string }> {
  const isObject = text[at] === '{';
  if (!isObject && text[at] !== '[') return;
  let next = skipSpace(text, at + 1);
  while (text[next] !== '}' && text[next] !== ']') {
    let name: string | undefined;
    if (isObject) {
      const end = endOfString(text, next);
      name = JSON.parse(text.slice(next, end)) as string;
      next = skipSpace(text, skipSpace(text, end) + 1);
    }
    const to = endOfValue(text, next);
    yield { from: next, to, ...(name === undefined ? {} : { name }) };
    next = skipSpace(text, to);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
}

/** The states in the reply at `at`: that of its `ok`, and those of a batch's replies, which may lack the frame around `ok`. */
function* statesIn(text: string, at: number): Generator<Span> {
  for (const member of valuesIn(text, at)) {
    if (member.name === 'state') yield member;
    if (member.name === 'ok') yield* statesIn(text, member.from);
    if (member.name !== 'replies') continue;
    for (const { from } of valuesIn(text, member.from)) yield* statesIn(text, from);
  }
}

/**
 * Replaces every state in a reply, a line of valid JSON, by a string that holds its text. If a state were parsed and written again, it could
 * lose what JavaScript does not keep, such as −0, the digits of a large integer, or the order of members.
 */
export function sealStates(line: string): string {
  // A name may contain escapes.
  if (!line.includes('"state"') && !line.includes('\\u')) return line;
  let sealed = '';
  let done = 0;
  for (const { from, to } of statesIn(line, skipSpace(line, 0))) {
    sealed += line.slice(done, from) + JSON.stringify(line.slice(from, to));
    done = to;
  }
  return sealed + line.slice(done);
}

/**
 * The text of the state in the reply to a step.
 * @throws ImplementationError when there is none, or it is too large
 */
export function sealedState(state: unknown): string {
  if (typeof state !== 'string') throw new ImplementationError('protocol', 'the reply to step has no state');
  const bytes = Buffer.byteLength(state);
  if (bytes <= largestState) return state;
  throw new ImplementationError('protocol', `the state in the reply to step has ${bytes} bytes, more than 1 MiB`);
}
