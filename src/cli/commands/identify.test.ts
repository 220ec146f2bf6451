import test from 'ava';
import { moduleServer } from '../../guard/module-process.js';
import { startWithoutCoverage } from '../../guard/processes.test.helper.js';
import { pythonWith, testWith } from '../../guard/programs.test.helper.js';
import { commandRunner, inFolder } from '../command-runner.test.helper.js';
import { fixture } from '../few-functions.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();
startWithoutCoverage();

const withTorch = pythonWith('torch', 'numpy');
const testTorch = testWith(withTorch, '-c', 'import torch, numpy');

const mine = `
import random

import numpy as np
import torch


class Uncorrected(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "amsgrad": amsgrad})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state, (b1, b2) = self.state[p], group["betas"]
                if not state:
                    state.update(m=torch.zeros_like(p), v=torch.zeros_like(p), most=torch.zeros_like(p))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                state["m"].mul_(b1).add_(p.grad, alpha=1 - b1)
                state["v"].mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
                torch.maximum(state["most"], state["v"], out=state["most"])
                v = state["most"] if group["amsgrad"] else state["v"]
                p.sub_(group["lr"] * state["m"] / (v.sqrt() + group["eps"]))


class Forgetful(torch.optim.SGD):
    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.sub_(p.grad + group["weight_decay"] * p, alpha=group["lr"])


class Plain(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state, (b1, b2) = self.state[p], group["betas"]
                if not state:
                    state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
                state["t"] += 1
                state["m"].mul_(b1).add_(p.grad, alpha=1 - b1)
                state["v"].mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
                p.sub_(group["lr"] * (state["m"] / (1 - b1 ** state["t"])) / ((state["v"] / (1 - b2 ** state["t"])).sqrt() + group["eps"]))


class Noise(torch.optim.SGD):
    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                p.add_(random.random())


def shrink(y, threshold):
    return np.sign(y) * np.maximum(np.abs(y) - threshold, 0)


def hard(y, threshold):
    return np.where(np.abs(y) > threshold, y, 0)


def scaled(y, gamma, weight):
    return np.sign(y) * np.maximum(np.abs(y) - weight, 0)


def nothing(y, threshold):
    return np.cos(y)
`;

const ofJavascript = `
export const shrink = (y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));
export const twice = (y) => y.map((v) => 2 * v);
`;

testTorch(
  'an object is named with its conventions, or with its bug, and nothing is named where nothing fits',
  async (t) => {
    const cwd = await directory(t, { 'mine.py': mine, 'mine.mjs': ofJavascript });
    const { ends, refuses } = inFolder(t, run, cwd);
    const judged: readonly (readonly [object: string, code: number, unwrapped: RegExp])[] = [
      [
        'torch.optim:AdamW',
        0,
        /^✓ it is adamw .* is adamw with decay before step, eps outside root, .* as torch\.optim\.AdamW 2\.6, optax\.adamw asked 15 of 15 test vectors/,
      ],
      [
        'torch.optim:SGD',
        0,
        /^✓ it is momentum-sgd .* with first whole, buffer heavy ball, .* as torch\.optim\.SGD 2\.6/,
      ],
      // Its first step is that of sign-sgd.
      ['torch.optim:Rprop', 0, /^✓ it is rprop (?!.* is sign-sgd)/],
      ['mine:Uncorrected', 1, /^✗ adamw with a bug: the biases are not corrected \(15 of 15\) /],
      ['mine:Forgetful', 1, /^✗ it is momentum-sgd without momentum, and wrong with it /],
      ['mine:Plain', 0, /^✓ it is adam .* is adamw /],
      ['mine:scaled', 1, /^✗ a prox of l1 with a bug: the threshold is w instead of γw \(21 of 21\) /],
      ['mine:Noise', 1, /^✗ nothing in the vocabulary explains its answers /],
      // NumPy's sign is that of complex numbers too.
      ['mine:shrink', 0, /^✓ it is prox-l1, prox-complex-l1 /],
      ['./mine.mjs:shrink', 0, /^✓ it is prox-l1 /],
      ['./mine.mjs:twice', 1, /^✗ nothing in the vocabulary explains its answers /],
      ['@tensorflow/tfjs-core:train.sgd', 0, /^✓ it is sgd /],
      ['@tensorflow/tfjs-core:train.adam', 0, /^✓ it is adam /],
      ['@tensorflow/tfjs-core:train.momentum', 0, /^! it may be momentum-sgd: it answers 1 of 18 test vectors /],
      ['mine:hard', 0, /^✓ it is prox-l0 /],
      ['mine:nothing', 1, /^✗ nothing in the vocabulary explains its answers /],
    ];
    for (const [object, code, unwrapped] of judged) {
      await ends(['identify', object, ...(object.includes('/') ? [] : ['--python', withTorch])], { code, unwrapped });
    }
    const { stdout } = await ends(['identify', 'mine:Uncorrected', '--python', withTorch, '--format', 'json'], {
      code: 1,
    });
    const { verdict, exitCode, asked } = JSON.parse(stdout);
    t.deepEqual([verdict, exitCode], ['adamw with a bug: the biases are not corrected (15 of 15)', 1]);
    t.true(asked.some(({ subject, is }: { subject: string; is: boolean }) => subject === 'adam' && !is));
    await refuses(
      ['identify', /nothing to identify: give my_module:MyOptimiser, .* or a program after --$/],
      [`identify mine:Missing --python ${withTorch}`, /mine has no Missing/],
      [
        `identify mine:shrink --as lasso --python ${withTorch}`,
        /there are no test vectors about lasso: see signprox functions/,
      ],
    );
  },
);

testTorch('the guard names the bug of what is wrong, in every format', async (t) => {
  const cwd = await directory(t, { 'mine.py': mine });
  const { ends } = inFolder(t, run, cwd);
  const guard = [
    'guard',
    'mine:Uncorrected',
    '--as',
    'adamw',
    '--python',
    withTorch,
    '--depth',
    'quick',
    '--claims',
    'adamw',
  ];
  const like = 'the biases are not corrected, in 15 of 15 test vectors';
  await ends(guard, { code: 1, unwrapped: new RegExp(`looks like ${like}`) });
  const saved = ['report', 'reports/selection/run.json', '--format'];
  await ends([...saved, 'json'], { stdout: new RegExp(`"looksLike": "${like}"`) });
  await ends([...saved, 'junit'], { stdout: new RegExp(`looks like: ${like}`) });
  await ends([...saved, 'markdown'], { stdout: new RegExp(`looks like: ${like}`) });
  // A right optimiser has no such line.
  const right = await ends(['guard', 'torch.optim:AdamW', ...guard.slice(2)], {});
  t.notRegex(right.stdout, /looks like/);
});

/** A module that declares `algorithms` and is momentum SGD with this look ahead, whatever it is asked as. */
const ahead = (look: string, algorithms: readonly string[]): string => `
export default {
  describe: () => ({
    ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64', functions: [], smooth: [] },
    ...{ methods: ['step'], algorithms: ${JSON.stringify(algorithms)} },
  }),
  step({ gradient, x, step, state, hyperparameters }) {
    const { momentum = 0, nesterov, dampening = 0, weightDecay = 0, decoupled } = hyperparameters;
    const d = Array.from(x, (v, i) => gradient[i] + (decoupled ? 0 : weightDecay * v));
    const b = d.map((v, i) => (state ? momentum * state.b[i] + (1 - dampening) * v : v));
    const u = nesterov ? d.map((v, i) => v + ${look} * b[i]) : b;
    return { x: x.map((v, i) => (decoupled ? 1 - step * weightDecay : 1) * v - step * u[i]), state: { b } };
  },
};`;

test('what declares its subjects is asked about each of them', async (t) => {
  const files = {
    'right.mjs': ahead('momentum', ['momentum-sgd']),
    'wrong.mjs': ahead('1', ['momentum-sgd']),
    'two.mjs': ahead('1', ['momentum-sgd', 'adam']),
  };
  const { ends } = inFolder(t, run, await directory(t, files));
  await ends(['identify', 'right.mjs'], { stdout: /^✓ it is momentum-sgd / });
  await ends(['identify', 'wrong.mjs'], {
    code: 1,
    stdout: /^✗ it is momentum-sgd without momentum or nesterov, and wrong with it /,
  });
  await ends(['identify', 'two.mjs'], {
    code: 1,
    stdout:
      /^✗ 0 of 2 subjects [\s\S]*^ {4}not +adam\n[\s\S]*^ {4}not +momentum-sgd\n {4}right without +momentum or nesterov\n/m,
  });
  await ends(['identify', '--', process.execPath, moduleServer, fixture('mutants/library.js')], {
    stdout: /^✓ (\d+) of \1 subjects are what they are declared as/,
  });
});
