// A link holds what is asked: #task=module&seed=1&code=…, the code deflated and in base64url. A browser sends no fragment to a server.
import { tasks } from './examples.mjs';

const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

export async function writeLink({ task, seed, text }) {
  const deflated = await through(text, new CompressionStream('deflate-raw'));
  const code = btoa(Array.from(deflated, (byte) => String.fromCharCode(byte)).join(''));
  const plain = code.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `#${new URLSearchParams({ task, seed, code: plain })}`;
}

/** What a fragment asks: undefined for one that is no such link, and nothing but `damaged` for one that cannot be read. */
export async function readLink(hash) {
  const { task, seed = '1', code } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
  if (code === undefined) return undefined;
  try {
    if (!Object.hasOwn(tasks, task)) return { damaged: true };
    const deflated = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
      byte.charCodeAt(0),
    );
    const inflated = await through(deflated, new DecompressionStream('deflate-raw'));
    return { task, seed, text: new TextDecoder('utf-8', { fatal: true }).decode(inflated) };
  } catch {
    return { damaged: true };
  }
}
