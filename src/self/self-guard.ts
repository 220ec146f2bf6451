import { readReply } from '../guard/protocol/read-reply.js';
import { realEncoding } from '../guard/protocol/real-encoding.js';
import type { Ask } from '../guard/supervisor/ask.js';
import { checkEcho } from '../guard/supervisor/echo.js';
import { plant, selfClaim } from './planted.js';

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

type Reply = typeof readReply;

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
      finds: (read) => {
        try {
          read(new TextEncoder().encode('{"id":6,"ok":{}}'), 7, 'prox');
        } catch {
          return undefined;
        }
        return 'the answer to request 6 is taken for 7';
      },
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
  ],
});
