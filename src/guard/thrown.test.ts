import test from 'ava';
import { thrownAt, thrownText } from './thrown.js';

/** An error with the stack that Node would have given it. */
const thrown = (error: Error, ...lines: string[]): Error =>
  Object.assign(error, {
    stack: [`${error.name}: ${error.message}`, ...lines.map((line) => `    at ${line}`)].join('\n'),
  });

const own = 'shrink (file:///home/me/mine.mjs:12:7)';

test('the place of an error is the first line in a file of the user', (t) => {
  const error = new TypeError('y is not iterable');
  const inNode = 'Array.from (<anonymous>)';
  const inPackage = 'inverse (file:///home/me/node_modules/ml-matrix/matrix.js:3:1)';
  const onWindows = 'inverse (C:\\me\\node_modules\\ml-matrix\\matrix.js:3:1)';
  t.is(thrownAt(thrown(error, own)), 'mine.mjs:12 in shrink');
  t.is(thrownAt(thrown(error, inNode, inPackage, own)), 'mine.mjs:12 in shrink');
  t.is(thrownAt(thrown(error, onWindows, 'C:\\me\\mine.mjs:12:7')), 'mine.mjs:12');
  t.is(thrownAt(thrown(error, inNode, inPackage)), undefined);
  t.is(thrownAt('no error'), undefined);
});

test('what was thrown is one line with its type, unless that is Error', (t) => {
  t.is(thrownText(thrown(new TypeError('bad\nworse'), own)), 'TypeError: bad at mine.mjs:12 in shrink');
  t.is(thrownText(thrown(new Error('bad'), own)), 'bad at mine.mjs:12 in shrink');
  t.is(thrownText('a word'), 'a word');
  t.is(thrownText(new Error('x'.repeat(1000))).match(/x+/)![0].length, 300);
});
