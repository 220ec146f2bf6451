import { testLanguage } from './language.test.helper.js';

testLanguage({
  name: 'Octave',
  interpreter: ['octave-cli', '-qf'],
  adapter: 'adapters/octave/adapter.m',
  mutants: 'mutants/octave/mutants.m',
});
