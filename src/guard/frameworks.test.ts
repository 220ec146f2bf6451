import { spawnSync } from 'node:child_process';
import test from 'ava';
import { commandRunner } from '../cli/command-runner.test.helper.js';
import { directory } from '../cli/run-directory.test.helper.js';
import { passesPytest, pythonPackage, resumesElsewhere, testWith } from './programs.test.helper.js';

/** The Python of an environment with the packages that python/requirements-ci.txt pins; without one these tests are skipped, and counted so. */
const { SIGNPROX_FRAMEWORKS: environment } = process.env;
const python = environment ?? 'python3';
// Else Keras looks for TensorFlow.
process.env['KERAS_BACKEND'] = 'jax';
const testFrameworks =
  environment === undefined ? test.skip : testWith(python, '-c', 'import jax, optax, keras, mlx.core, torch');

const run = commandRunner();

/** Optimisers of users: a Lion of optax that forgets β₂, and others that print, raise, or have no momentum. */
const mine = `
import os

import jax
import jax.numpy as jnp
import keras
import optax


def lion_of(mean):
    def lion(learning_rate, b1=0.9, b2=0.99):
        def init(params):
            return jax.tree.map(jnp.zeros_like, params)

        def update(g, m, params=None):
            u = jax.tree.map(lambda g, m: -learning_rate * jnp.sign(b1 * m + (1 - b1) * g), g, m)
            return u, jax.tree.map(lambda g, m: mean(g, m, b1, b2), g, m)

        return optax.GradientTransformation(init, update)

    return lion


my_lion = lion_of(lambda g, m, b1, b2: b2 * m + (1 - b2) * g)
wrong_lion = lion_of(lambda g, m, b1, b2: b1 * m + (1 - b1) * g)


def printing_sign_sgd(learning_rate):
    print("noise on stdout")

    def update(g, state, params=None):
        return jax.tree.map(lambda g: -learning_rate * jnp.sign(g), g), state

    return optax.GradientTransformation(lambda params: (), update)


def raising_sgd(learning_rate, momentum=0.0):
    def update(g, state, params=None):
        raise FloatingPointError("planted")

    return optax.GradientTransformation(lambda params: (), update)


def checking_sgd(learning_rate):
    if learning_rate <= 0:
        raise ValueError("learning_rate must be > 0")

    def update(g, state, params=None):
        rate = learning_rate * (2 if isinstance(jax.tree.leaves(g)[0], jax.core.Tracer) else 1)
        return jax.tree.map(lambda g: -rate * g, g), state

    return optax.GradientTransformation(lambda params: (), update)


def exiting_sgd(learning_rate):
    def update(g, state, params=None):
        os._exit(0)

    return optax.GradientTransformation(lambda params: (), update)


class WrongMomentum(keras.optimizers.SGD):
    def update_step(self, gradient, variable, learning_rate):
        self.assign_sub(variable, keras.ops.multiply(gradient, keras.ops.cast(learning_rate, gradient.dtype)))


class MyAdam(keras.optimizers.Adam):
    pass
`;

const decoupled = /weight_decay is not asked, which is decoupled here/;

/** What is judged, the exit code, and what the screen says. */
const rows: readonly (readonly [words: string, code: number, says: RegExp])[] = [
  ['mine:my_lion --as lion', 0, /^✓ 2 of 2 right .* optax/m],
  [
    'mine:wrong_lion --as lion',
    1,
    /^✗ step of lion is wrong$[\s\S]*^updates, state = opt\.update[\s\S]*^✗ run of lion is wrong$/m,
  ],
  ['mine:printing_sign_sgd --as sign-sgd', 0, /^✓ 2 of 2 right .* optax/m],
  // It is wrong where it is compiled alone, and takes no traced number for γ.
  ['mine:checking_sgd --as sgd', 1, /^✗ step of sgd is wrong$[\s\S]*^updates, state = jax\.jit\(opt\.update\)/m],
  ['mine:exiting_sgd --as sgd', 3, /^signprox: crash: .*exit(?:ed|s)? .*0/m],
  ['mine:raising_sgd --as momentum-sgd', 2, /makes no step: FloatingPointError: planted/],
  [
    'mine:WrongMomentum --as momentum-sgd',
    1,
    /^✗ step of momentum-sgd is wrong$[\s\S]*^opt\.apply\(g, x\) {2}# x is \[\[/m,
  ],
  ['keras.optimizers:SGD --as momentum-sgd', 0, /of 2 right .* keras \S+ on jax|2 thin\./],
  // Keras decouples the decay, which makes Adam with one AdamW: `adam` is asked without it.
  ['keras.optimizers:Adam --only step*', 0, decoupled],
  ['keras.optimizers:Adagrad --only step*', 0, decoupled],
  ['keras.optimizers:RMSprop --only step*', 0, decoupled],
  ['mine:MyAdam --only step*', 0, decoupled],
  [
    'keras.optimizers:Adam --arguments {"weight_decay":0.5}',
    2,
    /weight_decay is decoupled in every optimiser of keras/,
  ],
  // A functools.partial is of the library of what it calls; here nothing is asked, since its verdict takes minutes.
  ['optax:nadam --as nadam --claims lion', 6, /momentumDecay other than 1048576/],
  ['mlx.optimizers:Lion', 0, /^✓ 2 of 2 right .* mlx/m],
  // It divides by no 1 − β₁ᵗ, which the paper does.
  ['mlx.optimizers:Adamax', 1, /^✗ step of adamax is wrong$[\s\S]*^x = list\(opt\.apply_gradients/m],
  [
    'mlx.optimizers:Lion --declare {"dtype":"f64"}',
    2,
    /optimisers of mlx are judged in f32, f16, bf16: declare one of these/,
  ],
];

for (const [words, code, says] of rows) {
  testFrameworks(`guard ${words}`, async (t) => {
    const cwd = await directory(t, { 'mine.py': mine });
    const all = ['guard', '--depth', 'quick', '--python', python, ...words.split(' ')];
    const finished = await run(cwd, all);
    const heard = `${finished.stdout}\n${finished.stderr}`;
    t.is(finished.code, code, heard);
    t.regex(heard, says);
  });
}

for (const library of ['optax', 'keras', 'mlx', 'compile']) {
  testFrameworks(`signprox.check: frameworks/test_${library}.py`, (t) => {
    passesPytest(t, python, `frameworks/test_${library}.py`);
  });
}

/** Whether ε is added to √v before the bias corrections, as Keras does. */
const adams = { 'optax:adam': false, 'keras.optimizers:Adam': true, 'torch.optim:Adam': false };
for (const [object, isBefore] of Object.entries(adams)) {
  testFrameworks(`a state of ${object} can be resumed in a fresh process`, async (t) => {
    const adam = { algorithm: 'adam', hyperparameters: { beta1: 0.5, beta2: 0.75, epsilon: 0.25 } } as const;
    const x = await resumesElsewhere(t, python, await directory(t), object, adam);
    // The gradient g is always (1, −2), so that the corrected means are g and g², and the step is γg/(|g| + ε), with ε/√(1 − β₂ᵗ) for ε before.
    const epsilonAt = (k: number) => (isBefore ? 0.25 / Math.sqrt(1 - 0.75 ** k) : 0.25);
    const right = [1, -2].map((g, i) =>
      [1, 2, 3].reduce((sum, k) => sum - (0.5 * g) / (Math.abs(g) + epsilonAt(k)), [1, 2][i]!),
    );
    t.true(
      right.every((value, i) => Math.abs(x[i]! - value) < 1e-14),
      `${[...x]} is not ${right}`,
    );
  });
}

for (const words of ['ruff check .', 'ruff format --check .', 'mypy']) {
  testFrameworks(`the Python package passes ${words}`, (t) => {
    const { status, stdout, stderr } = spawnSync(python, ['-m', ...words.split(' ')], {
      cwd: pythonPackage,
      encoding: 'utf8',
    });
    t.is(status, 0, `${stdout}${stderr}`);
  });
}
