import test from 'ava';
import { shellQuote } from './usage-error.js';

test('words are quoted for a shell only where they need it', (t) => {
  t.is(shellQuote('./a-b_c/d.js'), './a-b_c/d.js');
  t.is(shellQuote('eq*'), `'eq*'`);
  t.is(shellQuote(`it's`), `'it'\\''s'`);
  t.is(shellQuote(''), `''`);
});
