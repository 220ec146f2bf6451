import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonPackage, pythonWith, testWith } from '../guard/programs.test.helper.js';
import { commandRunner, ends } from './command-runner.test.helper.js';
import { directory } from './run-directory.test.helper.js';

// One object is judged by three doors, `guard`, `signprox.check` and `identify`, which must say the same of it. Where they do not, the page
// docs/guard-without-an-adapter.md has a line that says so.

const python = pythonWith('torch', 'numpy');
const testTorch = testWith(python, '-c', 'import torch, numpy');
const run = commandRunner();

const page = join(pythonPackage, '../docs/guard-without-an-adapter.md');

const doors = `
import numpy as np
import torch


class Lion(torch.optim.Optimizer):
    """sgn(0) = 1."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                (b1, b2), m = group["betas"], self.state[p].setdefault("m", torch.zeros_like(p))
                c = b1 * m + (1 - b1) * p.grad
                p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * torch.where(c >= 0, 1.0, -1.0).to(p.dtype))
                m.mul_(b2).add_((1 - b2) * p.grad)
        return loss


def l2(y, gamma, weight):
    size = np.linalg.norm(y)
    return (1 - np.minimum(gamma * weight / size, 1)) * y


def l1(y, gamma, weight):
    y[:] = np.sign(y) * np.maximum(np.abs(y) - gamma * weight, 0)
    return y


def soft(x, threshold, axis=None, out=None, **kwargs):
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0)


class SGD:
    """A class with the methods of an optimiser of PyTorch, and another base class."""

    def __init__(self, params, lr=0.01, momentum=0.0):
        self.param_groups = [{"params": list(params), "lr": lr, "momentum": momentum}]
        self.state = {}

    def zero_grad(self, set_to_none=True):
        for group in self.param_groups:
            for p in group["params"]:
                p.grad = None

    def state_dict(self):
        numbers = {id(p): k for k, p in enumerate(p for group in self.param_groups for p in group["params"])}
        return {"state": {numbers[k]: v for k, v in self.state.items()}}

    def load_state_dict(self, saved):
        parameters = [p for group in self.param_groups for p in group["params"]]
        self.state = {id(parameters[k]): v.clone() for k, v in saved["state"].items()}

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                before = self.state.get(id(p))
                m = p.grad.clone() if before is None else group["momentum"] * before + p.grad
                self.state[id(p)] = m
                p.sub_(group["lr"] * m)


class Adam(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state, (b1, b2) = self.state[p], group["betas"]
                if not state:
                    state.update(t=0, m=torch.zeros_like(p), v=torch.zeros_like(p))
                state["t"] += 1
                g = p.grad + group["weight_decay"] * p
                state["m"].mul_(b1).add_(g, alpha=1 - b1)
                state["v"].mul_(b2).addcmul_(g, g, value=1 - b2)
                m = state["m"] / (1 - b1 ** state["t"])
                v = state["v"] / (1 - b2 ** state["t"])
                p.sub_(group["lr"] * m / (v + group["eps"]).sqrt())
        return loss


class NoClosure(Adam):
    """It ignores its closure, which is one fault, and no step without one."""

    def step(self, closure=None):
        super().step()


class WrongNesterov(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.0, nesterov=False):
        super().__init__(params, {"lr": lr, "momentum": momentum, "nesterov": nesterov})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                m = state["m"] = group["momentum"] * state.get("m", 0) + p.grad
                d = m + group["momentum"] * m if group["nesterov"] else m
                p.sub_(group["lr"] * d)
`;

/** How a door ends: with exit code 0 where nothing is wrong, and what is in its first line. */
type Said = readonly [code: 0 | 1 | 2, first: RegExp];

interface Door {
  readonly object: string;
  readonly as: string;
  /** Asked of the two doors that take it. */
  readonly follows?: string;
  readonly guard: Said;
  readonly check: Said;
  readonly identify?: Said;
  /** What the page calls the difference. */
  readonly differs?: string;
}

const cases: readonly Door[] = [
  {
    ...{ object: 'Adam', as: 'adam' },
    guard: [0, /^✓ right, but not as torch\.optim\.Adam: ε inside the root/m],
    check: [0, /^✓ adam: Adam is right, but not as torch\.optim\.Adam: eps inside root/m],
    identify: [0, /^✓ it is adam /m],
  },
  {
    ...{ object: 'Adam', as: 'adam', follows: 'pytorch' },
    guard: [1, /^✗ 2 of 2 are wrong/m],
    check: [1, /^✗ adam: Adam is wrong/m],
  },
  {
    ...{ object: 'NoClosure', as: 'adam' },
    guard: [
      1,
      /^✗ run of adam is wrong.*step\(closure\)\s+did\s+not\s+call\s+closure.*^print\(opt\.step\(closure\)\).*^ +adam +✓ +✗/ms,
    ],
    check: [1, /^step\(closure\) did not call closure/m],
  },
  {
    ...{ object: 'WrongNesterov', as: 'momentum-sgd' },
    guard: [1, /^✗ 2 of 2 are wrong/m],
    check: [1, /^✗ momentum-sgd: WrongNesterov is wrong/m],
    identify: [1, /^✗ it is momentum-sgd without momentum or nesterov, and wrong with it/m],
  },
  {
    ...{ object: 'SGD', as: 'momentum-sgd' },
    guard: [0, /^✓ 2 of 2 right/m],
    check: [0, /^✓ momentum-sgd: SGD is right/m],
    identify: [0, /^! it is sgd, but not asked about momentum/m],
  },
  {
    ...{ object: 'Lion', as: 'lion' },
    guard: [1, /^✗ 2 of 2 are wrong/m],
    check: [0, /^✓ lion: Lion is right/m],
    identify: [0, /^✓ it is lion /m],
    differs: 'sgn(0) of a Lion.',
  },
  {
    ...{ object: 'l1', as: 'l1' },
    guard: [1, /^✗ prox of l1 is wrong/m],
    check: [1, /^✗ prox-l1: l1 is wrong/m],
    identify: [1, /^✗ nothing in the vocabulary explains its answers/m],
  },
  {
    ...{ object: 'soft', as: 'l1' },
    guard: [1, /^✗ prox of l1 answers what is not finite/m],
    check: [0, /^✓ prox-l1: soft is right/m],
    identify: [0, /^✓ it is prox-l1/m],
    differs: 'An argument `out`',
  },
  {
    ...{ object: 'l2', as: 'l2' },
    guard: [0, /^! 0 of 1 right, but prox of l2 fails at extreme inputs/m],
    check: [1, /^✗ prox-l2: l2 is wrong/m],
    identify: [1, /^✗ nothing in the vocabulary explains its answers/m],
    differs: 'A failure only at a weight of 0',
  },
];

/** `signprox.check` as a program. */
const check = `
import sys
import doors
import signprox
try:
    print(signprox.check(getattr(doors, sys.argv[1]), sys.argv[2], follows=sys.argv[3] or None))
except signprox.Wrong as wrong:
    print(wrong)
    sys.exit(1)
except signprox.CannotJudge as cannot:
    print(cannot)
    sys.exit(2)
`;

for (const { object, as, follows, guard, check: checked, identify, differs } of cases) {
  testTorch(
    `doors: ${object}${follows === undefined ? '' : `, which follows ${follows},`} is judged by each`,
    async (t) => {
      const cwd = await directory(t, { 'doors.py': doors, 'check.py': check });
      const name = `doors:${object}`;
      const reference = follows === undefined ? [] : ['--follows', follows];
      const judging = ['guard', name, '--as', as, ...reference, '--depth', 'quick', '--timeout', '60s'];
      const asked = [
        [[...judging, '--python', python], guard],
        [['identify', name, '--timeout', '60s', '--python', python], identify],
      ] as const;
      for (const [command, said] of asked) {
        if (said !== undefined) await ends(t, run(cwd, command), { code: said[0], stdout: said[1] }, command.join(' '));
      }
      const { status, stdout, stderr } = spawnSync(python, ['check.py', object, as, follows ?? ''], {
        ...{ cwd, encoding: 'utf8', env: { ...process.env, PYTHONPATH: join(pythonPackage, 'src') } },
      });
      t.is(status, checked[0], `${stdout}${stderr}`);
      t.regex(stdout, checked[1]);
      const codes = [guard, checked, ...(identify === undefined ? [] : [identify])].map(([code]) => code);
      t.is(new Set(codes).size > 1, differs !== undefined, 'where doors differ, the page says so');
      t.true(differs === undefined || (await readFile(page, 'utf8')).includes(`- **${differs}**`), differs);
    },
  );
}
