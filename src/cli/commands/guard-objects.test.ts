import { spawnSync } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { pythonWith, resumesElsewhere, testWith } from '../../guard/programs.test.helper.js';
import { commandRunner, type Ending, inFolder, type Words, words, wordsOf } from '../command-runner.test.helper.js';
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

class Heavy(Base):
    def __init__(self, params, lr=0.01, heaviness=0.9, weight_decay=0.0):
        super().__init__(params, lr, heaviness, weight_decay)

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

/** A folder with files, and what judges an object of theirs. */
async function guarding(t: ExecutionContext, files: Readonly<Record<string, string>>, options: readonly string[] = []) {
  const folder = inFolder(t, run, await directory(t, files));
  const guard = (command: Words) => words`guard --depth quick ${options} ${wordsOf(command)}`;
  return {
    ...folder,
    guard: (command: Words, ending?: Ending) => folder.ends(guard(command), ending),
    refuses: (...cases: readonly (readonly [Words, RegExp])[]) =>
      folder.refuses(...cases.map(([command, message]) => [guard(command), message] as const)),
    /** Judges the failure again whose command is printed; returns what it is saved with. */
    async replays({ stdout }: { readonly stdout: string }): Promise<unknown> {
      const saved = /again +signprox replay (\S+)$/m.exec(stdout)![1]!;
      await folder.ends(['replay', saved], { code: 1 });
      return (JSON.parse(await readFile(join(folder.cwd, saved), 'utf8')) as { target: unknown }).target;
    },
  };
}

const ofTorch = ['--python', withTorch];

testTorch('a PyTorch optimiser is judged by its name, in each of its step implementations', async (t) => {
  const { guard, replays } = await guarding(t, { 'optimisers.py': optimisers }, ofTorch);
  await guard("--torch optimisers:SignSGD --only 'step of sign-sgd' --claims eq5-sign-sgd", {
    stdout: /^! step of sign-sgd is right, but not all that is declared was asked\s+optimisers:SignSGD torch \S+$/m,
    stderr: /^signprox: optimisers:SignSGD as sign-sgd: lr = γ$/m,
  });
  await guard('--torch optimisers:Signum --as signum --claims signum', {
    unwrapped: /Not asked, as it declares: decoupled/,
    stderr: /as signum: lr = γ, momentum = momentum, weight_decay = weightDecay; no decoupled$/m,
  });
  const shared = "--torch optimisers:Shared --as signum --claims signum --only 'run of signum'";
  const wrong = await guard(shared, { code: 1, stdout: /^✗ run of signum is wrong/m });
  const object = { library: 'torch', object: 'optimisers:Shared', as: 'signum', arguments: {}, python: withTorch };
  t.deepEqual(await replays(wrong), { kind: 'object', ...object });
});

/** Optimisers that are wrong in one of the ways in which they are judged. */
const wrongSomewhere = `
import torch

class SGD(torch.optim.Optimizer):
    def __init__(self, params, lr=0.01, momentum=0.0, foreach=False):
        super().__init__(params, {"lr": lr, "momentum": momentum, "foreach": foreach})

    @torch.no_grad()
    def step(self, closure=None):
        loss = None if closure is None else torch.enable_grad()(closure)()
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.sub_(self.rate(group) * self.buffer(p, group))
        return loss

    def rate(self, group):
        return group["lr"]

    def buffer(self, p, group):
        state = self.state[p]
        state["b"] = group["momentum"] * state["b"] + p.grad if "b" in state else p.grad.clone()
        return state["b"]

class Half(SGD):
    def rate(self, group):
        return group["lr"] / 2

class Foreach(SGD):
    def buffer(self, p, group):
        return p.grad if group["foreach"] else super().buffer(p, group)

class FirstGroup(SGD):
    def rate(self, group):
        return self.param_groups[0]["lr"]

class Shared(SGD):
    def buffer(self, p, group):
        state = self.__dict__.setdefault("shared", {}).setdefault(p.shape, {})
        state["b"] = group["momentum"] * state.get("b", 0) + p.grad
        return state["b"]

class Forgetful(SGD):
    def load_state_dict(self, state):
        super().load_state_dict({**state, "state": {}})
`;

testTorch('the lines to paste make an optimiser of PyTorch return what the screen says', async (t) => {
  const { guard, cwd } = await guarding(t, { 'wrong_somewhere.py': wrongSomewhere }, [...ofTorch, '--timeout', '60s']);
  const judged: readonly (readonly [object: string, method: string, line: RegExp])[] = [
    ['Half', 'run', /^opt = wrong_somewhere\.Half\(\[p\], lr=\S+\)$/m],
    [
      'Foreach',
      'run',
      /^opt = wrong_somewhere\.Foreach\(\[first, p, single, late, idle\], lr=\S+, momentum=\S+, foreach=True\)$/m,
    ],
    [
      'FirstGroup',
      'run',
      /^opt = wrong_somewhere\.FirstGroup\(\[\{"params": \[other\], "lr": \S+\}, \{"params": \[p\]\}/m,
    ],
    ['Shared', 'run', /^opt = wrong_somewhere\.Shared\(\[p, q\], lr=\S+, momentum=\S+\)$/m],
    ['Forgetful', 'step', /^opt\.load_state_dict\(state\)$/m],
  ];
  for (const [object, method, line] of judged) {
    const of = `--as momentum-sgd --claims momentum-sgd --only '${method} of momentum-sgd'`;
    const { stdout } = await guard(`--torch wrong_somewhere:${object} ${of}`, { code: 1 });
    const [, pasted = ''] = /^ {4}paste\n([\s\S]*?)\n {4}again/m.exec(stdout) ?? [];
    t.regex(pasted, line, stdout);
    const [, returned = ''] = /: returned (.*), right is [^\n]*$/.exec(pasted) ?? [];
    const numbers = (text: string): number[] =>
      text
        .replaceAll('−', '-')
        .match(/-?[\d.]+(?:e-?\d+)?/g)!
        .map(Number);
    const shown = 'print(*(v for x in ([p, q] if "q" in globals() else [p]) for v in x.reshape(-1).tolist()))';
    const asked = spawnSync(withTorch, ['-c', `${pasted}\n${shown}`], { cwd, encoding: 'utf8' });
    t.deepEqual(
      numbers(asked.stdout).map((value) => Number(value.toPrecision(4))),
      numbers(returned),
      `${pasted}\n${asked.stderr}`,
    );
  }
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
  const only = ['--as', 'muon', '--only', 'run of muon', '--claims', 'muon'];
  const { guard } = await guarding(t, { 'lacking.py': withoutArguments }, [...ofTorch, ...only]);
  const detected = /lacking:\w+ has no argument for epsilon: epsilon = 1e-7, as detected;/;
  const endings: readonly (readonly [Words, Ending])[] = [
    [
      '--torch lacking:Muon',
      { unwrapped: /Not asked, as it declares: nesterov, weightDecay, epsilon other than 1e-7/, stderr: detected },
    ],
    ['--torch lacking:Forgetful', { code: 1, stdout: /^✗ run of muon is (?:wrong|inaccurate)/m, stderr: detected }],
    [
      '--torch lacking:Odd',
      {
        code: 2,
        stderr: /no argument for epsilon of muon, and is right with no usual value: .*--arguments '\{"epsilon":/,
      },
    ],
    ['--torch lacking:Odd --arguments {"eps":3e-5}', {}],
    ['--torch lacking:Muon --arguments {"eps":3e-5}', { code: 1 }],
    ['--torch lacking:Muon --arguments {"eps":-1}', { code: 2 }],
  ];
  for (const [command, ending] of endings) await guard(command, ending);
});

testNumpy('a function of NumPy arrays is judged as a prox, with arguments read by name', async (t) => {
  const options = words`--python ${withNumpy} --claims eq6-prox,inputs-unchanged`;
  const { guard, replays } = await guarding(t, { 'functions.py': proxes }, options);
  const judged: readonly (readonly [object: string, as: string, code: number, note: string])[] = [
    ['soft', 'l1', 0, 'x = y, threshold = γ·weight'],
    ['hard', 'l0', 0, 'x = y, thr = √(2γ·weight)'],
    ['elastic', 'elastic-net', 0, 'v = y, l1_weight = l1Weight, l2_weight = l2Weight, tau = γ'],
    ['forgets_step', 'l1', 1, 'x = y, step = γ, weight = weight'],
    ['into_its_argument', 'l1', 1, 'x = y, lam = γ·weight'],
    ['ball', 'l2-ball', 0, 'v = y, radius = radius'],
    ['singular', 'nuclear-norm', 0, 'Y = y, step = γ·weight'],
    ['complex_soft', 'complex-l1', 0, 'z = y, threshold = γ·weight'],
    ['by_parts', 'complex-l1', 1, 'z = y, threshold = γ·weight'],
    ['complex_groups', 'complex-group-l2', 0, 'z = y, groups = groups, step = γ·weight'],
    ['signed', 'l1 --arguments {"mode":"soft"}', 0, "x = y, step = γ·weight, mode = 'soft' as given"],
  ];
  for (const [object, as, code, note] of judged) {
    const finished = await guard(`--numpy functions:${object} --as ${as}`, { code });
    const line = `signprox: functions:${object} as prox of ${as.split(' ')[0]}: ${note}\n`;
    t.true(finished.stderr.includes(line), finished.stderr);
    if (object === 'forgets_step') await replays(finished);
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
    const options = words`--python ${withNumpy} --claims eq6-prox,declared-is-judged`;
    const { guard } = await guarding(t, { 'narrow.py': narrowProxes }, options);
    const judged: readonly (readonly [object: string, as: string, code: number, says: RegExp])[] = [
      [
        'mcp',
        'mcp',
        0,
        /prox of mcp is right as far as it was asked.*prox of mcp refuses \d+ of \d+ cases.*NotImplementedError: needs step/,
      ],
      ['mcp', 'mcp --strict', 1, / valid questions refused: prox of mcp.*exit 1/],
      // A weight of 0 is extreme: no ordinary question was refused.
      [
        'positive',
        'l1',
        0,
        /prox of l1 is right.*prox of l1 refuses \d+ of \d+ cases.*\(weight 0\).*: needs weight > 0/,
      ],
      ['positive', 'l1 --strict', 1, / valid questions refused: prox of l1.*exit 1/],
      ['never', 'l1', 6, /nothing ran: every question about prox of l1 was refused.*exit 6/],
      ['broadcasts', 'l1', 1, /prox of l1 raises .*ValueError: operands could not be broadcast/],
    ];
    for (const [object, as, code, unwrapped] of judged) {
      const only = ['--only', `prox of ${as.split(' ')[0]}`];
      await guard([...`--numpy narrow:${object} --as ${as}`.split(' '), ...only], { code, unwrapped });
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
    const cwd = await directory(t, { 'rememberers.py': rememberers });
    const request = { algorithm: 'momentum-sgd', hyperparameters: { momentum: 0.5 } } as const;
    for (const object of ['rememberers:InPlace', 'rememberers:Views', 'torch.optim:SGD']) {
      const x = await resumesElsewhere(t, withTorch, cwd, object, request);
      // (1, −2) at first, then 1.5 and 1.75 times it, each times γ = ½.
      t.deepEqual([...x], [1 - 0.5 * 4.25, 2 + 4.25], object);
    }
  },
);

testTorch('a function of tensors is judged as a prox, in the forms in which an array is', async (t) => {
  const options = [...ofTorch, '--claims', 'eq6-prox,inputs-unchanged,prox-forms'];
  const { guard, replays } = await guarding(t, { 'functions.py': tensorProxes }, options);
  const judged: readonly (readonly [object: string, as: string, ending: Ending])[] = [
    ['soft', 'l1', { stdout: /^✓ prox of l1 is right +functions:soft torch \S+$/m }],
    ['forgets_step', 'l1', { code: 1, unwrapped: /returned 0 right 0\.9/ }],
    ['in_place', 'l1', { code: 1, unwrapped: /y was overwritten: after the call it is \S+ before it was/ }],
    ['early', 'l1', { code: 1, stdout: /form = "aliased"/ }],
    ['strided', 'l1', { code: 1, stdout: /form = "strided"/ }],
    ['flat', 'l1', { code: 1, unwrapped: /returned shape \(\d+,\) right shape/ }],
    ['of_conjugates', 'complex-l1', {}],
    ['singular', 'nuclear-norm', {}],
  ];
  for (const [object, as, ending] of judged) {
    const finished = await guard(words`--torch ${`functions:${object}`} --only ${`prox of ${as}`}`, ending);
    if (object === 'forgets_step') await replays(finished);
  }
});

testPython('an object that does not fit gives one line and exit 2', async (t) => {
  const mine = [
    'def nameless(*x): pass',
    'def still(x): pass',
    'def odd(x, step, foo): pass',
    'def fixed(x, step, mode=None): pass',
    'number = 3',
    'class Optimiser:',
    '    def __init__(self, params, lr): pass',
  ].join('\n');
  const { refuses } = await guarding(t, {
    'nobody.py': 'import a_library_of_nobody\n',
    'broken.py': 'def f(): pass\nprint(1 / 0)\n',
    'mine.py': mine,
  });
  const l1 = (object: string): string => `--numpy ${object} --as l1`;
  await refuses(
    ['--torch mine:Optimiser', /the name of mine:Optimiser does not say what it implements: .* e\.g\. --as sign-sgd/],
    ["--numpy mine:odd --only 'prox of l*'", /the name of mine:odd does not say .* e\.g\. --as l1/],
    [l1('mine'), /--numpy "mine" must be <module:function>, as in my_module:MyAdamW/],
    [`${l1('mine:odd')} --torch mine:odd --as lion`, /two things to judge/],
    ['--as l1 -- node', /--as is about an object such as my_module:MyAdamW/],
    [`${l1('mine:odd')} --arguments [1]`, /arguments must be a JSON object/],
    [`${l1('mine:odd')} --arguments {`, /arguments must be JSON, as in/],
    [`${l1('mine:odd')} --python no-python`, /cannot start "no-python": no such command/],
    ['--numpy mine:odd --as hubr', /a function of arrays cannot be judged as "hubr" \(did you mean huber\?\)/],
    ['--numpy mine:odd --as scaled', /judged as "scaled".*: see signprox functions/],
    [
      l1('gone:f'),
      /finds no module gone, neither in .* nor among its packages: .* or name another Python with --python/,
    ],
    [l1('nobody:f'), /nobody imports a_library_of_nobody, which .* does not have: install it there, or name another/],
    [l1('broken:f'), /broken does not load: ZeroDivisionError: division by zero at broken\.py:2/],
    [l1('mine:absent'), /mine has no absent: name what the module defines/],
    [l1('mine:number'), /mine:number is of the type int, which cannot be called/],
    [l1('mine:nameless'), /mine:nameless has no signature to read: wrap it in a def that names its arguments/],
    [l1('mine:still'), /mine:still has no argument for γ: call it one of step, .* threshold/],
    [l1('mine:odd'), /mine:odd requires foo, which is not a known name: give it with --arguments, or wrap it/],
    [`${l1('mine:fixed')} --arguments {"kind":1}`, /mine:fixed has no argument kind: it has step, mode/],
    ['--numpy mine:fixed --as l2-ball', /mine:fixed has no argument for radius of l2-ball: call it radius/],
    ['--torch mine:Optimiser --as spgm', /an optimiser cannot be judged as spgm: choose/],
  );
});

testTorch('a hyperparameter without a constructor argument is reported, and so is a fixed one', async (t) => {
  const { guard } = await guarding(t, { 'optimisers.py': optimisers }, ofTorch);
  await guard('--torch optimisers:SignSGD --as signum', {
    code: 2,
    stderr:
      /SignSGD has no argument for momentum of signum, and is right with no usual value: declare what it has, as in/,
  });
  await guard('--torch optimisers:Signum --as signum --arguments {"momentum":0.5}', {
    code: 2,
    stderr: /momentum is asked with many values: leave it out of --arguments/,
  });
  // A string that names a hyperparameter says what an argument means.
  await guard('--torch optimisers:Signum --as signum --arguments {"momentun":"momentum"}', {
    code: 2,
    stderr: /Signum has no argument momentun: it has /,
  });
});

testTorch('an argument of any name is what --arguments say that it means', async (t) => {
  const { guard } = await guarding(t, { 'optimisers.py': optimisers }, ofTorch);
  const heavy = '--torch optimisers:Heavy --as signum --arguments {"heaviness":"momentum"}';
  await guard(heavy, { stderr: /heaviness = momentum, / });
});

test.serial('an optimiser of TensorFlow.js is judged by its name, in each of its ways to make a step', async (t) => {
  const { cwd, guard, replays } = await guarding(t, { 'mine.mjs': tfjsOptimisers });
  await symlink(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(cwd, 'node_modules'));
  for (const object of ['SignSGD', 'chosen --arguments {"kind":"SignSGD"}']) {
    const named = `--tfjs ./mine.mjs:${object} --claims eq5-sign-sgd`.split(' ');
    await guard([...named, '--only', 'step of sign-sgd', '--ledger'], {
      stdout: /\.\/mine\.mjs:\w+ tfjs-core \S+$/m,
      unwrapped: /variants apply-gradients, minimize, two-variables/,
      stderr: /^signprox: \.\/mine\.mjs:\w+ as sign-sgd: learningRate = γ(?:, kind = "SignSGD" as given)?$/m,
    });
  }
  const momentum = '--as momentum-sgd --claims momentum-sgd';
  await guard(`--tfjs ./mine.mjs:Momentum ${momentum}`, {
    stderr: [
      /as momentum-sgd: lr = γ, momentum = momentum; no dampening, no nesterov, no weightDecay/,
      /step is not judged, because its memory cannot be saved: Error: getWeights\(\) is not/,
    ],
  });
  const shared = `--tfjs ./mine.mjs:Shared ${momentum}`;
  const wrong = await guard(shared, { code: 1, stdout: /^✗ run of momentum-sgd is wrong/m });
  const object = { library: 'tfjs', object: './mine.mjs:Shared', as: 'momentum-sgd', arguments: {} };
  t.deepEqual(await replays(wrong), { kind: 'object', ...object });
});

test.serial(
  'an object that is no optimiser of TensorFlow.js, or not this one, gives one line and exit 2',
  async (t) => {
    const mine = [
      'export const number = 3;',
      'export const still = () => ({});',
      'export const empty = (learningRate) => ({});',
      'export const odd = (learningRate, foo, bar = 1) => ({});',
      'export const unnamed = ({ learningRate }) => ({});',
      'export const fixed = (learningRate) => ({ applyGradients() {} });',
    ].join('\n');
    const { refuses } = await guarding(t, { 'nobody.mjs': "import 'a-library-of-nobody';\n", 'mine.mjs': mine });
    const tfjs = (name: string, as: string): string => `--tfjs ./mine.mjs:${name} --as ${as}`;
    await refuses(
      ['--tfjs ./mine.mjs:odd', /the name of \.\/mine\.mjs:odd does not say .* e\.g\. --as adam/],
      ['--tfjs mine.mjs --as adam', /--tfjs "mine\.mjs" must be <module:class>, as in \.\/my-module/],
      [`${tfjs('odd', 'adam')} --python python3`, /--python is about an object of a Python module/],
      ['--tfjs ./gone.mjs:f --as adam', /no file and no package \.\/gone\.mjs here: give a path, or npm install/],
      ['--tfjs ./nobody.mjs:f --as adam', /nobody\.mjs does not load: Error: Cannot find package/],
      [tfjs('absent', 'adam'), /mine\.mjs has no absent: name a function or a class that the module exports/],
      [tfjs('number', 'adam'), /mine\.mjs:number is of the type number: name a function or a class/],
      [tfjs('empty', 'spgm'), /an optimiser of TensorFlow\.js cannot be judged as spgm: choose one of sgd, /],
      [tfjs('still', 'sgd'), /has no argument for step of sgd: call it learningRate or lr or stepSize/],
      [tfjs('empty', 'sgd'), /mine\.mjs:empty makes no step: TypeError: .*applyGradients is not a function/],
      [tfjs('odd', 'sgd'), /mine\.mjs:odd requires foo, which is not a known name: give it with --arguments, or wrap/],
      [`${tfjs('odd', 'sgd')} --arguments {"baz":1}`, /odd has no argument baz: it has learningRate, foo, bar/],
      [`${tfjs('odd', 'sgd')} --arguments {"learningRate":1}`, /learningRate is asked with many values: leave it out/],
      [
        tfjs('unnamed', 'sgd'),
        /mine\.mjs:unnamed has the argument \{ learningRate \}: wrap it in a function that names/,
      ],
      [
        tfjs('fixed', 'adagrad'),
        /fixed has no argument for epsilon of adagrad, and has not that of the backend: call it/,
      ],
    );
  },
);
