// What the playground starts from, and what is asked of it.
import { bugs } from './bugs.mjs';
import { changed, l1, momentumSgd, theorem } from './texts.mjs';

/** What can be asked of a file: its name, and the command that asks the same in a terminal. */
export const tasks = {
  module: {
    title: 'Judge an implementation',
    file: 'mine.mjs',
    command: (seed) => `npx --no-install signprox guard mine.mjs --depth quick --seed ${seed}`,
  },
  theorem: {
    title: 'Judge a theorem',
    file: 'my-bound.mjs',
    // A search for a proof draws nothing.
    command: () => 'npx --no-install signprox prove my-bound.mjs',
    further: (seed) => `npx --no-install signprox verify --theorem my-bound.mjs --depth quick --seed ${seed}`,
  },
};

// Without the −γL/2 of 1 − γL/2 in the descent lemma the bound is half as large.
const halved = theorem.replace('2Δ/(γT) + γLσ²', 'Δ/(γT) + γLσ²/2');

/** By the name that stands in the address; the first is judged where the address names none. */
export const examples = {
  'l1-wrong': { title: 'prox of l1 that forgets γ', task: 'module', text: changed(l1, 'γ * weight', 'weight') },
  l1: { title: 'prox of l1, right', task: 'module', text: l1 },
  'momentum-sgd': {
    title: 'momentum SGD, right',
    task: 'module',
    text: momentumSgd,
  },
  'bound-false': { title: 'a bound of SGD that is false', task: 'theorem', text: halved },
  'bound-true': { title: 'a bound of SGD that is true', task: 'theorem', text: theorem },
};

/** Bugs that others met, by their threads. */
export const fieldBugs = Object.fromEntries(
  Object.entries(bugs).map(([thread, { subject, text }]) => [
    thread,
    { title: `${thread}: ${subject}`, task: 'module', text },
  ]),
);
