import { ImplementationError } from '../claims/implementation/implementation.js';
import { encodeVector } from '../guard/protocol/encode-specification.js';
import { LineSplitter } from '../guard/protocol/line-splitter.js';
import { readBatch, readReply } from '../guard/protocol/read-reply.js';
import { realEncoding } from '../guard/protocol/real-encoding.js';
import { resultSchemas } from '../guard/protocol/replies.js';
import { type Ask, createAsk } from '../guard/supervisor/ask.js';
import { checkEcho } from '../guard/supervisor/echo.js';
import type { Session } from '../guard/supervisor/session.js';
import { plant, selfClaim } from './planted.js';

const line = (reply: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(reply));
const accepts = (action: () => unknown): boolean => {
  try {
    action();
    return true;
  } catch {
    return false;
  }
};
const encoding = realEncoding('bits', 'f64');

/** An adapter that returns the numbers it is sent, each changed. */
const echoing = (change: (x: number) => number): Ask =>
  (async ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }) => ({
    x: (fields['x'] as readonly unknown[]).map((entry) => change(encoding.real.parse(entry) as number)),
  })) as unknown as Ask;

const refusesEcho = async (check: typeof checkEcho, change: (x: number) => number): Promise<boolean> =>
  check(echoing(change), encoding).then(
    () => false,
    () => true,
  );

/** Whether an adapter whose values grow from call to call is noticed within some hundred requests. */
async function noticesAnother(ask: typeof createAsk): Promise<boolean> {
  let calls = 0;
  const session = { call: async () => ({ ok: { value: encodeVector([calls++], encoding)[0] } }) } as unknown as Session;
  const own = ask(session, resultSchemas(encoding.real), '1');
  for (let i = 0; i < 400; i++) {
    try {
      await own({ method: 'value', fields: { x: [i] } });
    } catch (error) {
      if (error instanceof ImplementationError && /^nondeterministic/.test(error.message)) return true;
      throw error;
    }
  }
  return false;
}

type Reply = typeof readReply;
type Batch = typeof readBatch;
const two = [
  { id: 7, method: 'prox' },
  { id: 8, method: 'prox' },
] as const;
const limit = 64;
type Split = (bytes: Uint8Array) => unknown;

export const claim = selfClaim({
  id: 'self-guard',
  about: 'guard',
  plants: [
    plant<Reply>({
      name: 'an answer to an earlier request',
      piece: readReply,
      wrong: (bytes, id, method) => {
        const found = JSON.parse(new TextDecoder().decode(bytes)) as { readonly id: number };
        return readReply(bytes, Math.min(found.id, id), method);
      },
      finds: (read) =>
        accepts(() => read(line({ id: 6, ok: {} }), 7, 'prox')) ? 'the answer to request 6 is taken for 7' : undefined,
    }),
    plant<Reply>({
      name: 'a reply that is neither ok nor error',
      piece: readReply,
      wrong: (bytes, id, method) => {
        const found = JSON.parse(new TextDecoder().decode(bytes)) as object;
        return readReply(line({ ok: {}, ...found }), id, method);
      },
      finds: (read) =>
        accepts(() => read(line({ id: 7 }), 7, 'prox')) ? 'a reply without content is taken' : undefined,
    }),
    plant<Reply>({
      name: 'text that is not the protocol',
      piece: readReply,
      wrong: () => ({ ok: {} }),
      finds: (read) =>
        accepts(() => read(new TextEncoder().encode('hello'), 7, 'prox')) ? '"hello" is taken for a reply' : undefined,
    }),
    plant<Batch>({
      name: 'a batch out of order',
      piece: readBatch,
      wrong: (replies, expected) =>
        readBatch(
          (replies as readonly object[]).map((reply) => ({ ...reply, id: undefined })),
          expected,
        ),
      finds: (read) =>
        accepts(() =>
          read(
            [
              { id: 8, ok: {} },
              { id: 7, ok: {} },
            ],
            two,
          ),
        )
          ? 'replies in another order are taken'
          : undefined,
    }),
    plant<Batch>({
      name: 'a batch with a reply too few',
      piece: readBatch,
      wrong: (replies, expected) => readBatch([...(replies as readonly unknown[]), { ok: {} }], expected),
      finds: (read) => (accepts(() => read([{ id: 7, ok: {} }], two)) ? 'one reply is taken for two' : undefined),
    }),
    plant<Split>({
      name: 'a line without end',
      piece: (bytes) => new LineSplitter(limit).push(bytes),
      wrong: (bytes) => new LineSplitter(2 ** 20).push(bytes),
      finds: (split) =>
        accepts(() => split(new Uint8Array(limit + 1).fill(65)))
          ? `${limit + 1} bytes are kept where ${limit} are allowed`
          : undefined,
    }),
    plant<typeof checkEcho>({
      name: 'numbers that lose the sign of zero',
      piece: checkEcho,
      wrong: async () => undefined,
      finds: async (check) => {
        if (await refusesEcho(check, (x) => x)) return 'an honest echo is refused';
        return (await refusesEcho(check, (x) => x + 0)) ? undefined : '−0 comes back as 0 and passes';
      },
    }),
    plant<typeof checkEcho>({
      name: 'numbers that are rounded to single precision',
      piece: checkEcho,
      wrong: async () => undefined,
      finds: async (check) =>
        (await refusesEcho(check, Math.fround)) ? undefined : 'single precision passes for double',
    }),
    plant<typeof createAsk>({
      name: 'answers that differ from call to call',
      piece: createAsk,
      wrong: (session, results, seed) => {
        const ask = createAsk(session, results, seed);
        return ((question: object) => ask({ ...question, repeatable: false } as never)) as Ask;
      },
      finds: async (ask) =>
        (await noticesAnother(ask)) ? undefined : 'an adapter that answers something else each time passes',
    }),
  ],
});
