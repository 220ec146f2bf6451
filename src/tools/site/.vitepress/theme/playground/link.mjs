// What an address holds after #, which a browser sends to no server: example=NAME, bug=THREAD, or a text, task=module&seed=1&code=…, the code
// deflated and in base64url.
import { examples, fieldBugs, tasks } from './examples.mjs';

const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

export async function writeLink({ task, seed, text }) {
  const deflated = await through(text, new CompressionStream('deflate-raw'));
  const code = btoa(Array.from(deflated, (byte) => String.fromCharCode(byte)).join(''));
  const plain = code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `#${new URLSearchParams({ task, seed, code: plain })}`;
}

/** The address of an example, whose key is `example=NAME` or `bug=THREAD`. */
export const linkTo = (key) => `#${new URLSearchParams([key.split(/=(.*)/s).slice(0, 2)])}`;

/** The example with a key. */
export function exampleOf(key) {
  const [kind, name] = key.split(/=(.*)/s);
  const known = kind === 'bug' ? fieldBugs : examples;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/**
 * What a fragment asks: the `key` of an example, or a text. Undefined for one that is no such link, and nothing but `damaged` for one that
 * cannot be read.
 */
export async function readLink(hash) {
  const { task, seed = '1', code, ...names } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
  const [name] = ['example', 'bug'].filter((kind) => names[kind] !== undefined);
  if (name !== undefined) {
    const key = `${name}=${names[name]}`;
    return exampleOf(key) === undefined ? { damaged: true } : { key };
  }
  if (code === undefined) return undefined;
  try {
    // Links of a time when a proof was a task of its own.
    const asked = task === 'proof' ? 'theorem' : task;
    if (!Object.hasOwn(tasks, asked)) return { damaged: true };
    const deflated = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
      byte.charCodeAt(0),
    );
    const inflated = await through(deflated, new DecompressionStream('deflate-raw'));
    return { task: asked, seed, text: new TextDecoder('utf-8', { fatal: true }).decode(inflated) };
  } catch {
    return { damaged: true };
  }
}
