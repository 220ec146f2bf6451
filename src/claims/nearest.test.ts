import test from 'ava';
import { nearestWord } from './nearest.js';

test('the nearest word', (t) => {
  const words = ['algorithm-1-spgm', 'theorem-1', 'theorem-2-step-5', 'eq6-prox'];
  t.is(nearestWord('theorm-1', words), 'theorem-1');
  t.is(nearestWord('step-5', words), 'theorem-2-step-5');
  t.is(nearestWord('eq7-prox', words), 'eq6-prox');
  t.is(nearestWord('Theorem1', words), 'theorem-1');
  t.is(nearestWord('theorem 2 step 5', words), 'theorem-2-step-5');
  t.is(nearestWord('thm1', words), 'theorem-1', 'its letters in their order');
  t.is(nearestWord('zzzzzzzz', words), undefined);
  t.is(nearestWord('e', words), undefined, 'one letter is no hint');
});
