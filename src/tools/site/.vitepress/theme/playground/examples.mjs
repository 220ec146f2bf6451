// What the playground starts from: texts of files, what is asked of each, and what is seen of it.
import l1 from './examples/l1.mjs?raw';
import momentumSgd from './examples/momentum-sgd.mjs?raw';
import theorem from './examples/theorem.mjs?raw';

/** What can be asked of a file: its name, and the command that asks the same in a terminal. */
export const tasks = {
  module: {
    title: 'Judge an implementation',
    file: 'mine.mjs',
    command: (seed) => `npx signprox guard --module mine.mjs --depth quick --seed ${seed}`,
  },
  theorem: {
    title: 'Judge a theorem',
    file: 'my-bound.mjs',
    command: (seed) => `npx signprox verify --theorem my-bound.mjs --depth quick --seed ${seed}`,
  },
  proof: {
    title: 'Prove a theorem',
    file: 'my-bound.mjs',
    // A search for a proof draws nothing.
    command: () => 'npx signprox prove my-bound.mjs',
  },
};

// Without the −γL/2 of 1 − γL/2 in the descent lemma the bound is half as large.
const halved = theorem
  .replace('2Δ/(γT) + γLσ²', 'Δ/(γT) + γLσ²/2')
  .replace('(2 * gap.upper) / (step * T) + step', 'gap.upper / (step * T) + 0.5 * step');

export const examples = [
  { title: 'prox of l1, right', task: 'module', text: l1 },
  { title: 'prox of l1 that forgets γ', task: 'module', text: l1.replace('step * weight', 'weight') },
  { title: 'momentum SGD, looks ahead with an old buffer', task: 'module', text: momentumSgd },
  { title: 'a bound of SGD that is true', task: 'theorem', text: theorem },
  { title: 'a bound of SGD that is false', task: 'theorem', text: halved },
  { title: 'a proof of the true bound', task: 'proof', text: theorem },
];
