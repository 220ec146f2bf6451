import test from 'ava';
import { firstCopies, jobNames } from './replicates.js';

const module = 'file:///m.js';

test('a job is named by its parameters object, and no two objects by one name', (t) => {
  const nameOf = jobNames();
  const parameters = { seed: '1' };
  const name = nameOf({ module, parameters });
  t.is(nameOf({ module, parameters }), name);
  t.not(nameOf({ module, parameters: { seed: '1' } }), name);
  // What is no object is not known again: a copy of it is as good.
  t.not(nameOf({ module, parameters: 0 }), nameOf({ module, parameters: 0 }));
});

test('the first copy under a name stands for later ones, under the module of each, as long as it is remembered', (t) => {
  const firstCopy = firstCopies(2);
  const copies = [{ copy: 1 }, { copy: 2 }];
  t.deepEqual(firstCopy('a', { module, parameters: copies[0] }), { module, parameters: copies[0] });
  const again = firstCopy('a', { module: 'file:///other.js', parameters: copies[1] });
  t.is(again.parameters, copies[0]);
  t.is(again.module, 'file:///other.js');
  firstCopy('b', { module, parameters: 0 });
  firstCopy('a', { module, parameters: copies[1] });
  firstCopy('c', { module, parameters: 0 });
  t.is(firstCopy('a', { module, parameters: copies[1] }).parameters, copies[0]);
  firstCopy('d', { module, parameters: 0 });
  firstCopy('e', { module, parameters: 0 });
  t.is(firstCopy('a', { module, parameters: copies[1] }).parameters, copies[1]);
});
