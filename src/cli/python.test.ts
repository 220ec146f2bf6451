import { testLanguage } from './language.test.helper.js';

testLanguage({
  name: 'Python',
  interpreter: ['python3'],
  adapter: 'adapters/python/adapter.py',
  mutants: 'mutants/python/mutants.py',
});
