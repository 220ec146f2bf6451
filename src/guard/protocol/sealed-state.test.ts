import test from 'ava';
import fc from 'fast-check';
import { ImplementationError } from '../../claims/implementation/implementation.js';
import { largestState, sealedState, sealStates } from './sealed-state.js';

interface Sealed {
  readonly ok: {
    readonly state?: unknown;
    readonly replies?: readonly { readonly ok?: object; readonly state?: unknown }[];
  };
}

const sealed = (line: string): Sealed => JSON.parse(sealStates(line)) as Sealed;

test('a state keeps everything that a parser would change', (t) => {
  const states = [
    '-0',
    '9007199254740993',
    '1e999',
    '0.10000000000000000555',
    '{"b": 1, "1": 2, "b": 3}',
    '{"__proto__": [ ]}',
    String.raw`"\u0041\"]}"`,
    '[[{"state":[1, "}"]}] , null]',
    'null',
  ];
  for (const state of states) {
    t.is(sealed(`{"id":1,"ok":{"x":[],"state":${state}}}`).ok.state, state);
    t.is(sealed(` { "id" : 1 , "ok" : { "state" : ${state} , "x" : [ ] } } `).ok.state, state);
    const { replies } = sealed(`{"ok":{"replies":[{"id":2,"ok":{"state":${state}}},{"x":[],"state":${state}}]}}`).ok;
    t.deepEqual(replies, [
      { id: 2, ok: { state } },
      { x: [], state },
    ]);
  }
  t.is(sealed(String.raw`{"ok":{"st\u0061te":-0}}`).ok.state, '-0', 'a name in escapes');
  t.is(sealStates('{"id":1,"error":{"code":"state"}}'), '{"id":1,"error":{"code":"state"}}');
});

test('the rest of the line and the value of the state are unchanged, for any JSON', (t) => {
  const property = fc.property(
    fc.json({ maxDepth: 4 }),
    fc.json({ maxDepth: 3 }),
    fc.constantFrom('', ' ', '\n\t'),
    (state, rest, space) => {
      const line = `{${space}"a":${rest},"ok":${space}{"state":${state}${space},"rest":${rest}}}`;
      const { ok, ...others } = sealed(line);
      t.deepEqual(JSON.parse(ok.state as string), JSON.parse(state));
      t.deepEqual({ ...others, ok: { ...ok, state: JSON.parse(ok.state as string) as unknown } }, JSON.parse(line));
    },
  );
  t.notThrows(() => fc.assert(property, { numRuns: 1000, seed: 1 }));
});

test('a deeply nested state is one value', (t) => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  t.is(sealed(`{"ok":{"state":${deep}}}`).ok.state, deep);
});

test('a missing state and one larger than 1 MiB break the protocol', (t) => {
  t.is(sealedState('null'), 'null');
  t.is(sealedState('x'.repeat(largestState)).length, largestState);
  const refused = { instanceOf: ImplementationError };
  t.throws(() => sealedState(undefined), { ...refused, message: 'the reply to step has no state' });
  const message = 'the state in the reply to step has 1048578 bytes, more than 1 MiB';
  t.throws(() => sealedState('é'.repeat(largestState / 2 + 1)), { ...refused, message });
});
