import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { openProcess } from '../../guard/process-implementation.js';
import { pythonWith, testWith } from '../../guard/programs.test.helper.js';
import { commandRunner, type Finished } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();

const withTorch = pythonWith('torch');
const withNumpy = pythonWith('numpy');
const testTorch = testWith(withTorch, '-c', 'import torch');
const testNumpy = testWith(withNumpy, '-c', 'import numpy');
const testPython = testWith('python3', '--version');

/** Optimisers as their authors write them, and one that shares what it remembers between groups. */
const optimisers = `
import torch

print("what is printed is no answer")

class Base(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.9, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                m = self.mean(p, p.grad + group["weight_decay"] * p, group["momentum"])
                p.sub_(group["lr"] * torch.sign(m))

    def mean(self, p, g, beta):
        state = self.state[p]
        state["m"] = beta * state.get("m", torch.zeros_like(p)) + (1 - beta) * g
        return state["m"]

class Signum(Base):
    pass

class Shared(Base):
    def mean(self, p, g, beta):
        before = self.__dict__.get("m", torch.zeros_like(g))
        self.m = beta * (before if before.shape == g.shape else torch.zeros_like(g)) + (1 - beta) * g
        return self.m

class SignSGD(torch.optim.Optimizer):
    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.sub_(group["lr"] * torch.sign(p.grad))
`;

const proxes = `
import numpy as np

def soft(x, threshold):
    return np.sign(x) * np.maximum(np.abs(x) - threshold, 0)

def hard(x, thr):
    return np.where(np.abs(x) > thr, x, 0)

def elastic(v, tau, l1_weight, l2_weight):
    return soft(v, tau * l1_weight) / (1 + tau * l2_weight)

def forgets_step(x, step, weight):
    return soft(x, weight)

def into_its_argument(x, lam):
    x[:] = soft(x, lam)
    return x

def ball(v, radius):
    return v * min(1, radius / max(np.linalg.norm(v), 1e-300))

def singular(Y, step):
    U, s, V = np.linalg.svd(Y, full_matrices=False)
    return (U * soft(s, step)) @ V

def complex_soft(z, threshold):
    size = np.abs(z)
    return np.where(size > threshold, (1 - threshold / np.where(size > 0, size, 1)) * z, 0)

def by_parts(z, threshold):
    return soft(z.real, threshold) + 1j * soft(z.imag, threshold)

def complex_groups(z, step, groups):
    u = z.copy()
    for group in groups:
        size = np.linalg.norm(z[group])
        u[group] = max(1 - step / size, 0) * z[group] if size > 0 else 0
    return u

def signed(x, *, mode, step):
    return soft(x, step) if mode == "soft" else x
`;

/** Optimisers of TensorFlow.js: classes, one that shares what it remembers between variables, and functions that make one. */
const tfjsOptimisers = `
import tf from '@tensorflow/tfjs-core';

console.log('what is printed is no answer');

class Base extends tf.Optimizer {
  constructor(learningRate) {
    super();
    this.learningRate = learningRate;
  }
  applyGradients(given) {
    const named = Array.isArray(given) ? given : Object.entries(given).map(([name, tensor]) => ({ name, tensor }));
    for (const { name, tensor } of named) {
      const x = tf.engine().registeredVariables[name];
      x.assign(tf.sub(x, tf.mul(this.learningRate, this.direction(tensor, name))));
    }
  }
}

export class SignSGD extends Base {
  direction(g) {
    return tf.sign(g);
  }
}

export class Momentum extends Base {
  memory = {};
  constructor(lr = 0.01, momentum = 0.9, /* (not used) */ label = 'a, b') {
    super(lr);
    this.momentum = momentum;
  }
  direction(g, name) {
    const before = this.memory[name];
    this.memory[name] = before?.size === g.size ? tf.add(tf.mul(this.momentum, before), g) : tf.clone(g);
    return this.memory[name];
  }
}

export class Shared extends Momentum {
  direction(g) {
    return super.direction(g, 'all');
  }
}

export const chosen = (learningRate, kind) => new { SignSGD, Momentum }[kind](learningRate);
`;

async function files(t: ExecutionContext): Promise<string> {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'optimisers.py'), optimisers);
  await writeFile(join(cwd, 'functions.py'), proxes);
  return cwd;
}

const guard = (cwd: string, ...words: readonly string[]): Promise<Finished> =>
  run(cwd, ['guard', '--depth', 'quick', ...words]);

testTorch('a PyTorch optimiser is judged by its name, in each of its step implementations', async (t) => {
  const cwd = await files(t);
  const torch = (object: string, ...words: readonly string[]): Promise<Finished> =>
    guard(cwd, '--torch', object, '--python', withTorch, ...words);
  const sign = await torch('optimisers:SignSGD', '--only', 'step of sign-sgd', '--claims', 'eq5-sign-sgd');
  t.is(sign.code, 0, sign.stdout);
  t.regex(sign.stderr, /^signprox: optimisers:SignSGD as sign-sgd: lr = γ$/m);
  t.regex(sign.stdout, /^optimisers:SignSGD torch \S+: \d+ cases/m);

  const signum = ['--as', 'signum', '--claims', 'signum'];
  const right = await torch('optimisers:Signum', ...signum);
  t.is(right.code, 0, right.stdout);
  t.regex(right.stderr, /as signum: lr = γ, momentum = momentum, weight_decay = weightDecay; no decoupled$/m);
  t.regex(right.stdout, /not asked,\s+as it declares: decoupled/);
  const { code, stdout } = await torch('optimisers:Shared', ...signum, '--only', 'run of signum');
  t.is(code, 1, stdout);
  t.regex(stdout, /^run of signum: wrong$/m);
  const saved = /reproduce: signprox replay (\S+)$/m.exec(stdout)![1]!;
  const replayed = await run(cwd, ['replay', saved]);
  t.is(replayed.code, 1, replayed.stderr);
  const { target } = JSON.parse(await readFile(join(cwd, saved), 'utf8')) as { target: object };
  const object = { library: 'torch', object: 'optimisers:Shared', as: 'signum', arguments: {}, python: withTorch };
  t.deepEqual(target, { kind: 'object', ...object });
});

/** Optimisers whose constructors lack an argument: a right one, one that forgets a part of its memory, and one with an ε of its own. */
const withoutArguments = `
import torch

class Muon(torch.optim.Optimizer):
    epsilon, kept = 1e-7, 1

    def __init__(self, params, lr=0.02, momentum=0.95):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                b = self.state[p].setdefault("b", torch.zeros_like(p))
                X = b.mul_(self.kept * group["momentum"]).add_(p.grad).clone()
                X = X.T if p.shape[0] > p.shape[1] else X
                X = X / (X.norm() + self.epsilon)
                for _ in range(5):
                    A = X @ X.T
                    X = 3.4445 * X + (-4.775 * A + 2.0315 * A @ A) @ X
                X = X.T if p.shape[0] > p.shape[1] else X
                p.sub_(group["lr"] * max(1, p.shape[0] / p.shape[1]) ** 0.5 * X)

class Forgetful(Muon):
    kept = 0.5

class Odd(Muon):
    epsilon = 3e-5
`;

testTorch('a hyperparameter without an argument has the usual value that fits, or the one that is given', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'lacking.py'), withoutArguments);
  const muon = (name: string, ...words: readonly string[]): Promise<Finished> => {
    const only = ['--as', 'muon', '--only', 'run of muon', '--claims', 'muon'];
    return guard(cwd, '--torch', `lacking:${name}`, '--python', withTorch, ...only, ...words);
  };
  const right = await muon('Muon');
  t.is(right.code, 0, right.stderr + right.stdout);
  t.true(right.stderr.includes('lacking:Muon has no argument for epsilon: epsilon = 1e-7, as detected;'), right.stderr);
  t.regex(right.stdout, /not\s+asked,\s+as\s+it\s+declares:\s+nesterov, weightDecay, epsilon other than 1e-7/);
  const wrong = await muon('Forgetful');
  t.is(wrong.code, 1, wrong.stdout);
  t.true(wrong.stderr.includes('epsilon = 1e-7, as detected'), wrong.stderr);
  t.regex(wrong.stdout, /^run of muon: (?:wrong|inaccurate)/m);
  const unknown = await muon('Odd');
  t.is(unknown.code, 2, unknown.stdout);
  t.regex(
    unknown.stderr,
    /no argument for epsilon of muon, and is right with no usual value: .*--arguments '\{"epsilon":/,
  );
  const given = await muon('Odd', '--arguments', '{"eps": 3e-5}');
  t.is(given.code, 0, given.stderr + given.stdout);
  t.is((await muon('Muon', '--arguments', '{"eps": 3e-5}')).code, 1);
  t.is((await muon('Muon', '--arguments', '{"eps": -1}')).code, 2);
});

testNumpy('a function of NumPy arrays is judged as a prox, with arguments read by name', async (t) => {
  const cwd = await files(t);
  const numpy = (object: string, as: string, ...words: readonly string[]): Promise<Finished> =>
    guard(cwd, '--numpy', `functions:${object}`, '--as', as, '--python', withNumpy, ...words);
  const judged: [words: string[], code: number, note: string][] = [
    [['soft', 'l1'], 0, 'x = y, threshold = γ·weight'],
    [['hard', 'l0'], 0, 'x = y, thr = √(2γ·weight)'],
    [['elastic', 'elastic-net'], 0, 'v = y, l1_weight = l1Weight, l2_weight = l2Weight, tau = γ'],
    [['forgets_step', 'l1'], 1, 'x = y, step = γ, weight = weight'],
    [['into_its_argument', 'l1'], 1, 'x = y, lam = γ·weight'],
    [['ball', 'l2-ball'], 0, 'v = y, radius = radius'],
    [['singular', 'nuclear-norm'], 0, 'Y = y, step = γ·weight'],
    [['complex_soft', 'complex-l1'], 0, 'z = y, threshold = γ·weight'],
    [['by_parts', 'complex-l1'], 1, 'z = y, threshold = γ·weight'],
    [['complex_groups', 'complex-group-l2'], 0, 'z = y, groups = groups, step = γ·weight'],
    [['signed', 'l1', '--arguments', '{"mode": "soft"}'], 0, "x = y, step = γ·weight, mode = 'soft' as given"],
  ];
  for (const [[object, as, ...words], code, note] of judged) {
    const finished = await numpy(object!, as!, '--claims', 'eq6-prox,inputs-unchanged', ...words);
    t.is(finished.code, code, `${object}: ${finished.stderr}${finished.stdout}`);
    t.true(finished.stderr.includes(`signprox: functions:${object} as prox of ${as}: ${note}\n`), finished.stderr);
    if (object !== 'forgets_step') continue;
    const command = /reproduce: signprox (replay \S+)$/m.exec(finished.stdout)![1]!;
    t.is((await run(cwd, command.split(' '))).code, 1);
  }
});

/** Proxes of tensors; `strided` reads the memory of a view in the order of the whole. */
const tensorProxes = `
import torch

def soft(x, threshold, out=None):
    return torch.sub(x, x.clamp(-threshold, threshold), out=out)

def forgets_step(x, step, weight):
    return torch.nn.functional.softshrink(x, weight)

def in_place(x, threshold):
    return x.sub_(x.clamp(-threshold, threshold))

def early(x, threshold, out=None):
    out = torch.empty_like(x) if out is None else out.zero_()
    return torch.sub(x, x.clamp(-threshold, threshold), out=out)

def strided(x, threshold):
    return soft(x.as_strided(x.shape, x.contiguous().stride()), threshold)

def flat(x, threshold):
    return soft(x, threshold).reshape(-1)

def of_conjugates(z, threshold):
    size = z.abs()
    return (z.conj() * (1 - threshold / size.clamp(min=threshold)).nan_to_num()).conj()

def singular(Y, step):
    U, s, V = torch.linalg.svd(Y, full_matrices=False)
    return U @ torch.diag((s - step).relu()) @ V
`;

/** Functions that answer less than the vocabulary allows, and one that NumPy cannot compute. */
const narrowProxes = `
import numpy as np

def mcp(x, step, weight, concavity):
    if step >= concavity:
        raise NotImplementedError("needs step < concavity")
    size = np.abs(x)
    inner = np.sign(x) * (size - step * weight) / (1 - step / concavity)
    return np.where(size <= step * weight, 0, np.where(size > concavity * weight, x, inner))

def positive(x, step, weight):
    if weight == 0:
        raise ValueError("needs weight > 0")
    return np.sign(x) * np.maximum(np.abs(x) - step * weight, 0)

def never(x, step, weight):
    raise NotImplementedError("not yet")

def broadcasts(x, step, weight):
    return np.sign(x) * np.maximum(np.abs(x) - step * weight, 0) + (np.zeros(3) if x.size == 4 else 0)
`;

testNumpy(
  'what a function refuses by NotImplementedError or a ValueError of its own is no error, and shows',
  async (t) => {
    const cwd = await directory(t);
    await writeFile(join(cwd, 'narrow.py'), narrowProxes);
    const judged: [object: string, as: string, words: string[], code: number, says: RegExp][] = [
      ['mcp', 'mcp', [], 0, / mcp \(✓\) .*prox of mcp refuses \d+ of \d+ cases.*NotImplementedError: needs step/],
      ['mcp', 'mcp', ['--strict'], 1, /exit 1: .*; valid questions refused: prox of mcp/],
      // A weight of 0 is extreme: no ordinary question was refused.
      ['positive', 'l1', [], 0, / l1 ✓ .*prox of l1 refuses \d+ of \d+ cases.*\(weight 0\).*: needs weight > 0/],
      ['positive', 'l1', ['--strict'], 1, /exit 1: .*; valid questions refused: prox of l1/],
      ['never', 'l1', [], 6, /exit 6: nothing ran, but every question about l1 was refused/],
      ['broadcasts', 'l1', [], 1, /prox of l1: raises .*ValueError: operands could not be broadcast/],
    ];
    for (const [object, as, words, code, says] of judged) {
      const claims = ['--claims', 'eq6-prox,declared-is-judged', '--only', `prox of ${as}`];
      const found = await guard(cwd, '--numpy', `narrow:${object}`, '--python', withNumpy, ...claims, ...words);
      t.is(found.code, code, found.stdout);
      t.regex(found.stdout.replaceAll(/\s+/g, ' '), says, object);
    }
  },
);

/** What an optimiser may do with what it remembers: write to it, keep two views of one tensor, and things that are no tensors. */
const rememberers = `
import torch

class Base(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.5):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.sub_(group["lr"] * self.mean(p, p.grad, group["momentum"]))

class InPlace(Base):
    def mean(self, p, g, beta):
        state = self.state[p]
        if not state:
            state.update(m=torch.zeros_like(p), empty=torch.empty(0, 3), t=torch.tensor(0), half=torch.zeros(2, dtype=torch.bfloat16), log=[], words={"a": (1, None)})
        state["t"] += 1
        state["log"].append(state["t"].item())
        state["half"].add_(1)
        assert state["empty"].shape == (0, 3) and state["log"] == list(range(1, len(state["log"]) + 1)), state
        assert state["half"].tolist() == [state["t"].item()] * 2 and state["words"] == {"a": (1, None)}, state
        return state["m"].mul_(beta).add_(g)

class Views(Base):
    def mean(self, p, g, beta):
        state = self.state[p]
        if not state:
            both = torch.zeros(2, p.numel(), dtype=p.dtype)
            state.update(both=both, m=both[1])
        state["m"].mul_(beta).add_(g)
        return state["both"][1].clone()
`;

testTorch(
  'a state can be resumed in any order and in another process, whatever is done to what it was loaded into',
  async (t) => {
    const cwd = await directory(t);
    await writeFile(join(cwd, 'rememberers.py'), rememberers);
    const adapter = fileURLToPath(new URL('../../../../fixtures/adapters/python/torch_optimiser.py', import.meta.url));
    for (const name of ['rememberers:InPlace', 'rememberers:Views', 'torch.optim:SGD']) {
      const asked = JSON.stringify({ object: name, as: 'momentum-sgd', arguments: {}, declare: {} });
      const open = () =>
        openProcess({ command: ['env', '-C', cwd, withTorch, adapter, asked], seed: '1', timeout: 60_000 });
      const [one, other] = await Promise.all([open(), open()]);
      try {
        const problem = {
          smooth: { type: 'zero' },
          functions: [{ type: 'linear', coefficients: [1, -2] }],
          probabilities: [1],
        };
        const request = { algorithm: 'momentum-sgd', hyperparameters: { momentum: 0.5 }, problem, step: 0.5 } as const;
        const next = async (from: typeof one, { x, state }: { x: Float64Array; state?: unknown }) =>
          from.ask({ method: 'step', ...request, indices: [0], x: x.slice(), state });
        const start = { x: Float64Array.of(1, 2), state: null };
        const first = await next(one, start);
        const second = await next(one, first);
        const third = await next(one, second);
        const right = await one.ask({ method: 'run', ...request, indices: [[0], [0], [0]], x: start.x.slice() });
        // (1, −2) at first, then 1.5 and 1.75 times it, each times γ = ½.
        t.deepEqual([...third.x], [1 - 0.5 * 4.25, 2 + 4.25], name);
        t.deepEqual(right.trajectory, [first.x, second.x, third.x], name);
        for (const from of [one, other, one]) {
          t.deepEqual((await next(from, first)).x, second.x, name);
          t.deepEqual((await next(from, second)).x, third.x, name);
        }
      } finally {
        await Promise.all([one.close(), other.close()]);
      }
    }
  },
);

testTorch('a function of tensors is judged as a prox, in the forms in which an array is', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'functions.py'), tensorProxes);
  const judged: [object: string, as: string, code: number, says?: RegExp][] = [
    ['soft', 'l1', 0],
    ['forgets_step', 'l1', 1, /returned 0, right is 0\.9/],
    ['in_place', 'l1', 1, /y after prox/],
    ['early', 'l1', 1, /form = "aliased"/],
    ['strided', 'l1', 1, /form = "strided"/],
    ['flat', 'l1', 1, /returned shape \(\d+,\), right is shape/],
    ['of_conjugates', 'complex-l1', 0],
    ['singular', 'nuclear-norm', 0],
  ];
  for (const [object, as, code, says] of judged) {
    const words = ['--torch', `functions:${object}`, '--only', `prox of ${as}`, '--python', withTorch];
    const finished = await guard(cwd, ...words, '--claims', 'eq6-prox,inputs-unchanged,prox-forms');
    t.is(finished.code, code, `${object}: ${finished.stderr}${finished.stdout}`);
    if (says) t.regex(finished.stdout, says);
    if (object === 'soft') t.regex(finished.stdout, /^functions:soft torch \S+: \d+ cases/m);
    if (object !== 'forgets_step') continue;
    const saved = /reproduce: signprox (replay \S+)$/m.exec(finished.stdout)![1]!;
    t.is((await run(cwd, saved.split(' '))).code, 1);
  }
});

testPython('an object that does not fit gives one line and exit 2', async (t) => {
  const cwd = await directory(t);
  const modules = {
    'nobody.py': 'import a_library_of_nobody\n',
    'broken.py': 'def f(): pass\nprint(1 / 0)\n',
    'mine.py': [
      'def nameless(*x): pass',
      'def still(x): pass',
      'def odd(x, step, foo): pass',
      'def fixed(x, step, mode=None): pass',
      'number = 3',
      'class Optimiser:',
      '    def __init__(self, params, lr): pass',
    ].join('\n'),
  };
  for (const [name, text] of Object.entries(modules)) await writeFile(join(cwd, name), text);
  const numpy = (object: string, ...words: string[]): string[] => ['--numpy', object, '--as', 'l1', ...words];
  const torch = (object: string, ...words: string[]): string[] => ['--torch', object, '--as', 'lion', ...words];
  const cases: [string[], RegExp][] = [
    [['--torch', 'mine:Optimiser'], /--torch needs --as, the name of what it implements, e\.g\. --as sign-sgd/],
    [['--numpy', 'mine:odd', '--only', 'prox of l*'], /--numpy needs --as/],
    [['--numpy', 'mine', '--as', 'l1'], /--numpy "mine" must be <module:function>, as in my_module:my_name/],
    [[...numpy('mine:odd'), ...torch('mine:odd')], /two things to judge/],
    [['--as', 'l1', '--', 'node'], /--as needs --torch, --numpy or --tfjs/],
    [numpy('mine:odd', '--arguments', '[1]'), /arguments must be a JSON object/],
    [numpy('mine:odd', '--arguments', '{'), /arguments must be JSON, as in/],
    [numpy('mine:odd', '--python', 'no-python'), /cannot start "no-python": no such command/],
    [
      ['--numpy', 'mine:odd', '--as', 'hubr'],
      /a function of arrays cannot be judged as "hubr" \(did you mean huber\?\)/,
    ],
    [['--numpy', 'mine:odd', '--as', 'scaled'], /judged as "scaled".*: see signprox functions/],
    [
      numpy('gone:f'),
      /finds no module gone, neither in .* nor among its packages: .* or name another Python with --python/,
    ],
    [
      numpy('nobody:f'),
      /nobody imports a_library_of_nobody, which .* does not have: install it there, or name another/,
    ],
    [numpy('broken:f'), /broken does not load: ZeroDivisionError: division by zero at broken\.py:2/],
    [numpy('mine:absent'), /mine has no absent: name what the module defines/],
    [numpy('mine:number'), /mine:number is of the type int, which cannot be called/],
    [numpy('mine:nameless'), /mine:nameless has no signature to read: wrap it in a def that names its arguments/],
    [numpy('mine:still'), /mine:still has no argument for γ: call it one of step, .* threshold/],
    [numpy('mine:odd'), /mine:odd requires foo, which is not a known name: give it with --arguments, or wrap it/],
    [numpy('mine:fixed', '--arguments', '{"kind": 1}'), /mine:fixed has no argument kind: it has step, mode/],
    [['--numpy', 'mine:fixed', '--as', 'l2-ball'], /mine:fixed has no argument for radius of l2-ball: call it radius/],
    [['--torch', 'mine:Optimiser', '--as', 'spgm'], /a PyTorch optimiser cannot be judged as spgm: choose/],
  ];
  for (const [words, message] of cases) {
    const { code, stdout, stderr } = await guard(cwd, ...words);
    t.is(code, 2, `${words.join(' ')}: ${stderr}`);
    t.is(stdout, '');
    t.regex(stderr, message);
    t.is(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});

testTorch('a hyperparameter without a constructor argument is reported, and so is a fixed one', async (t) => {
  const cwd = await files(t);
  const refused = async (...words: readonly string[]): Promise<string> => {
    const { code, stderr } = await guard(cwd, '--python', withTorch, ...words);
    t.is(code, 2, stderr);
    return stderr;
  };
  const signum = ['--torch', 'optimisers:Signum'];
  t.regex(
    await refused('--torch', 'optimisers:SignSGD', '--as', 'signum'),
    /SignSGD has no argument for momentum of signum, and is right with no usual value: declare what it has, as in/,
  );
  const fixed = ['--as', 'signum', '--arguments', '{"momentum": 0.5}'];
  t.regex(await refused(...signum, ...fixed), /momentum is asked with many values: leave it out of --arguments/);
});

test.serial('an optimiser of TensorFlow.js is judged by its name, in each of its ways to make a step', async (t) => {
  const cwd = await directory(t);
  await writeFile(join(cwd, 'mine.mjs'), tfjsOptimisers);
  await symlink(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(cwd, 'node_modules'));
  const tfjs = (name: string, ...words: readonly string[]): Promise<Finished> =>
    guard(cwd, '--tfjs', `./mine.mjs:${name}`, ...words);
  const onlySign = ['--only', 'step of sign-sgd', '--claims', 'eq5-sign-sgd'];
  for (const [name, ...words] of [['SignSGD'], ['chosen', '--arguments', '{"kind": "SignSGD"}']]) {
    const { code, stdout, stderr } = await tfjs(name!, ...words, ...onlySign);
    t.is(code, 0, stdout + stderr);
    t.regex(stderr, /^signprox: \.\/mine\.mjs:\w+ as sign-sgd: learningRate = γ(?:, kind = "SignSGD" as given)?$/m);
    t.regex(stdout, /^\.\/mine\.mjs:\w+ tfjs-core \S+: \d+ cases/m);
    t.regex(stdout.replaceAll('\n', ' '), /variants apply-gradients, minimize, two-variables/);
  }
  const momentum = ['--as', 'momentum-sgd', '--claims', 'momentum-sgd'];
  const right = await tfjs('Momentum', ...momentum);
  t.is(right.code, 0, right.stdout);
  t.regex(right.stderr, /as momentum-sgd: lr = γ, momentum = momentum; no dampening, no nesterov, no weightDecay/);
  t.regex(right.stderr, /step is not judged, because its memory cannot be saved: Error: getWeights\(\) is not/);
  const { code, stdout } = await tfjs('Shared', ...momentum);
  t.is(code, 1, stdout);
  t.regex(stdout, /^run of momentum-sgd: wrong$/m);
  const saved = /reproduce: signprox replay (\S+)$/m.exec(stdout)![1]!;
  t.is((await run(cwd, ['replay', saved])).code, 1);
  const { target } = JSON.parse(await readFile(join(cwd, saved), 'utf8')) as { target: object };
  const object = { library: 'tfjs', object: './mine.mjs:Shared', as: 'momentum-sgd', arguments: {} };
  t.deepEqual(target, { kind: 'object', ...object });
});

test.serial(
  'an object that is no optimiser of TensorFlow.js, or not this one, gives one line and exit 2',
  async (t) => {
    const cwd = await directory(t);
    const modules = {
      'nobody.mjs': "import 'a-library-of-nobody';\n",
      'mine.mjs': [
        'export const number = 3;',
        'export const still = () => ({});',
        'export const empty = (learningRate) => ({});',
        'export const odd = (learningRate, foo, bar = 1) => ({});',
        'export const unnamed = ({ learningRate }) => ({});',
        'export const fixed = (learningRate) => ({ applyGradients() {} });',
      ].join('\n'),
    };
    for (const [name, text] of Object.entries(modules)) await writeFile(join(cwd, name), text);
    const tfjs = (name: string, as: string, ...words: string[]): string[] => [
      ...['--tfjs', `./mine.mjs:${name}`, '--as', as],
      ...words,
    ];
    const cases: [string[], RegExp][] = [
      [['--tfjs', './mine.mjs:odd'], /--tfjs needs --as, the name of what it implements, e\.g\. --as adam/],
      [['--tfjs', 'mine.mjs', '--as', 'adam'], /--tfjs "mine\.mjs" must be <module:class>, as in \.\/my-module/],
      [tfjs('odd', 'adam', '--python', 'python3'), /--python needs --torch or --numpy/],
      [
        ['--tfjs', './gone.mjs:f', '--as', 'adam'],
        /no file and no package \.\/gone\.mjs here: give a path, or npm install/,
      ],
      [['--tfjs', './nobody.mjs:f', '--as', 'adam'], /nobody\.mjs does not load: Error: Cannot find package/],
      [tfjs('absent', 'adam'), /mine\.mjs has no absent: name a function or a class that the module exports/],
      [tfjs('number', 'adam'), /mine\.mjs:number is of the type number: name a function or a class/],
      [tfjs('empty', 'spgm'), /an optimiser of TensorFlow\.js cannot be judged as spgm: choose one of sgd, /],
      [tfjs('still', 'sgd'), /has no argument for step of sgd: call it learningRate or lr or stepSize/],
      [tfjs('empty', 'sgd'), /mine\.mjs:empty makes no step: TypeError: .*applyGradients is not a function/],
      [tfjs('odd', 'sgd'), /mine\.mjs:odd requires foo, which is not a known name: give it with --arguments, or wrap/],
      [tfjs('odd', 'sgd', '--arguments', '{"baz": 1}'), /odd has no argument baz: it has learningRate, foo, bar/],
      [
        tfjs('odd', 'sgd', '--arguments', '{"learningRate": 1}'),
        /learningRate is asked with many values: leave it out/,
      ],
      [
        tfjs('unnamed', 'sgd'),
        /mine\.mjs:unnamed has the argument \{ learningRate \}: wrap it in a function that names/,
      ],
      [
        tfjs('fixed', 'adagrad'),
        /fixed has no argument for epsilon of adagrad, and has not that of the backend: call it/,
      ],
    ];
    for (const [words, message] of cases) {
      const { code, stdout, stderr } = await guard(cwd, ...words);
      t.is(code, 2, `${words.join(' ')}: ${stderr}`);
      t.is(stdout, '');
      t.regex(stderr, message);
      t.is(stderr.trimEnd().split('\n').length, 1, stderr);
    }
  },
);
