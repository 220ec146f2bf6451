import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { commandRunner, words } from '../cli/command-runner.test.helper.js';
import { directory } from '../cli/run-directory.test.helper.js';
import { registry } from '../reference/functions/index.js';
import { smoothRegistry } from '../reference/smooth/index.js';
import { loadModule } from './load-module.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { pythonWith, seeds, testWith } from './programs.test.helper.js';
import { trackRecord } from './track-record.test.helper.js';
import { judgeAnswers, readVectorFiles } from './vectors/check-answers.js';
import { answersOf } from './vectors/identify.js';

/**
 * An error that was met in the field, rebuilt in a few lines, and what `signprox guard` must say of it: or a right implementation that was once
 * called wrong. Each row is one run of the command, judged by the exit code and the text that a user sees.
 */
interface Row {
  readonly name: string;
  /** The bugs of the track record that it rebuilds: whether each is found, and by which claim, is on file. */
  readonly of?: readonly string[];
  /** What is called wrong where the exit is 1: a subject such as `prox of l1`, with what is said of it if that is not `is wrong`. */
  readonly wrong?: string;
  /** The methods of a library of the function that is wrong, judged by the claim about them. */
  readonly methods?: string;
  /** mine.mjs, for `guard --module`; it starts with `prelude`. */
  readonly module?: string;
  /** mine.py, for `--torch mine:Name` among the words, or for a program after `--`. */
  readonly python?: string;
  /** What its function `mine` of NumPy arrays is judged as; it starts with `numpyPrelude`. */
  readonly numpy?: string;
  /** Ids of failures that are declared in advance. */
  readonly known?: readonly string[];
  /** Further words of the command. */
  readonly words?: readonly string[];
  /** 1 if left out. */
  readonly exit?: 0 | 1 | 2 | 3 | 5 | 6;
  /** What standard output must say, and what it must not. */
  readonly says?: RegExp;
  readonly never?: RegExp;
  /** What standard error must say, and what it must not. */
  readonly notes?: RegExp;
  readonly neverNotes?: RegExp;
}

const root = new URL('../../../', import.meta.url);
const at = (path: string): string => JSON.stringify(new URL(path, root).href);

const python = pythonWith('numpy');

/**
 * What every module starts with. `roundTo(dtype, value)` rounds; `right(F)` is the suite's own function, whose answers a row spoils; `library(functions, methods)` declares functions
 * with some of `prox(F, γ, y)`, `value(F, x)`, `gradient(F, x)`; `sum` adds numbers; `mutate` edits the library of fixtures/mutants; `given` changes hyperparameters.
 */
const prelude = `
import { parseFunction } from ${at('dist/src/reference/functions/index.js')};
import { mutate } from ${at('fixtures/mutants/library.js')};
import { roundTo } from ${at('dist/src/claims/implementation/dtype.js')};
const right = (F) => {
  const own = parseFunction(F);
  return {
    prox: (step, y) => [...own.prox(Float64Array.from(y), step)],
    value: (x) => own.value(Float64Array.from(x)),
  };
};
const library = (functions, methods, more = {}) => ({
  describe: () => ({
    name: 'mine', version: '1', language: 'javascript', dtype: 'f64', methods: Object.keys(methods), functions, smooth: [],
    algorithms: [], conventions: { signOfZero: 'unknown', halfInSquaredNorm: true }, ...more,
  }),
  ...methods,
});
const sum = (values) => values.reduce((all, v) => all + v, 0);
const given = (request, changed) => ({ ...request, hyperparameters: { ...request.hyperparameters, ...changed } });
`;

/** What every file starts with whose function of NumPy arrays is judged. */
const numpyPrelude = `
import numpy as np

def soft(x, t):
    return np.sign(x) * np.maximum(np.abs(x) - t, 0)

def singular(Y, t):
    U, s, V = np.linalg.svd(Y, full_matrices=False)
    return (U * np.maximum(s - t, 0)) @ V

`;

/** The claim that must find a wrong method. */
const claimOf = { prox: 'eq6-prox', value: 'function-values', gradient: 'function-gradients' } as const;

/** The row with what follows from `wrong`, `methods` and `numpy`. */
function complete({ wrong = '', methods, numpy, exit = 1, ...row }: Row): Row & { readonly exit: number } {
  const [, method, type] = /^(\w+) of ([\w-]+)/.exec(wrong) ?? [];
  return {
    ...(methods && {
      module: `export default library(['${type}'], { ${methods} });`,
      words: ['--claims', claimOf[method as keyof typeof claimOf]],
    }),
    ...(exit === 1 &&
      wrong !== '' && { says: new RegExp(`^✗ ${wrong}${/^\S+ of \S+$/.test(wrong) ? ' is wrong' : ''}`, 'm') }),
    ...row,
    ...(numpy && {
      python: `${numpyPrelude}${row.python}`,
      words: ['--numpy', 'mine:mine', '--as', numpy, ...(row.words ?? [])],
    }),
    wrong,
    exit,
  };
}

/** A wrong subject, and what it returned and should have: `2 numbers, right is 1`, each of which is a fact of its own if both are short. */
const answering = (type: string, answers: string, method = 'prox'): RegExp => {
  const parts = answers.replace(', right is ', '(?:, right is | right )').replaceAll(' ', '\\s+');
  return new RegExp(`^✗ ${method} of ${type} is wrong[^]*?${method}\\s+of\\s+${type}[^]*?returned\\s+${parts}`, 'm');
};

const rows: readonly Row[] = [
  ...(
    [
      ['reads one triangle', 'right(F).prox(step, mirrored(y))', '', 0],
      ['reads one triangle and promises to project', 'right(F).prox(step, mirrored(y))', "nonsymmetric: 'project'", 1],
      ['projects, and promises it', 'right(F).prox(step, y)', "nonsymmetric: 'project'", 0],
      ['refuses what is not symmetric', 'symmetric(y) && right(F).prox(step, y)', '', 0],
    ] as const
  ).map(
    ([what, answer, declared, exit]): Row => ({
      name: `the prox of the psd cone ${what}`,
      module: `export default library(['psd-cone'], {
      prox(F, step, y) {
        const n = F.shape[0];
        const opposite = (i) => (i % n) * n + Math.floor(i / n);
        const mirrored = (y) => y.map((_, i) => y[Math.min(i, opposite(i))]);
        const symmetric = (y) => {
          if (y.some((v, i) => v !== y[opposite(i)] && !Number.isNaN(v))) throw new Error('not symmetric');
          return true;
        };
        return ${answer};
      },
    }, { ${declared} });`,
      words: ['--claims', 'eq6-prox'],
      exit,
      wrong: 'prox of psd-cone',
    }),
  ),
  {
    name: 'an answer is kept under the length of y, its first entry, the step and the function',
    module: `
    const kept = new Map();
    export default library(['quadratic'], {
      prox(F, step, y) {
        const key = [y.length, y[0], step, JSON.stringify(F)].join();
        if (!kept.has(key)) kept.set(key, right(F).prox(step, y));
        return kept.get(key);
      },
    });`,
    words: ['--claims', 'eq6-prox'],
    wrong: 'prox of quadratic',
  },
  // Right formulas that subtract from y what is nearly y: the error is that of y, and large beside a small answer.
  ...(
    [
      [
        'the prox of huber as y less a clipped number',
        'huber',
        'y.map((v) => v - t * Math.max(-d, Math.min(d, v / (1 + t))))',
      ],
      [
        'the prox of huber-norm as ProximalOperators.jl has it',
        'huber-norm',
        'y.map((v) => (1 - Math.min(t / (1 + t), (t * d) / Math.hypot(...y))) * v)',
      ],
    ] as const
  ).map(
    ([name, type, formula]): Row => ({
      name,
      methods: `prox(F, step, y) {
        const [t, d] = [step * F.weight, F.threshold];
        return y.every((v) => v === 0) ? y : ${formula};
      }`,
      wrong: `prox of ${type}`,
      words: ['--claims', 'eq6-prox'],
      exit: 0,
      never: /digits are right/,
    }),
  ),
  ...[
    ['wide', 'rows >= columns'],
    ['tall', 'rows <= columns'],
  ].map(
    ([shape, isAnother]): Row => ({
      name: `the prox of a nuclear norm comes out transposed where the matrix is ${shape}`,
      methods: `prox(F, step, y) {
        const [rows, columns] = F.shape;
        const u = right(F).prox(step, y);
        return ${isAnother} ? u : u.map((_, place) => u[(place % rows) * columns + Math.floor(place / rows)]);
      }`,
      wrong: 'prox of nuclear-norm',
    }),
  ),
  ...Object.entries({
    'l1-ball': 'sum(x.map(Math.abs)) < F.radius',
    'l2-ball': 'Math.hypot(...x) < F.radius',
    'linf-ball': 'Math.max(...x.map(Math.abs)) < F.radius',
    'complex-l1-ball': 'sum(moduli(x)) < F.radius',
    'complex-linf-ball': 'Math.max(...moduli(x)) < F.radius',
    simplex: 'right(F).value(x) === 0 && x.every((v) => v > 0)',
    box: 'x.every((v, i) => (F.lower[i] ?? F.lower) < v && v <= (F.upper[i] ?? F.upper))',
    'real-part-box': 'x.every((v, i) => i % 2 === 1 || (F.lower <= v && v < F.upper))',
    nonnegative: 'x.every((v) => v > 0)',
    halfspace: 'sum(x.map((v, i) => v * F.normal[i])) < F.offset',
    'second-order-cone': 'Math.hypot(...x.slice(1)) < x[0]',
  }).map(
    ([type, inside]): Row => ({
      name: `the value of ${type} with < in place of ≤`,
      module: `
        const moduli = (x) => x.flatMap((v, i) => (i % 2 === 0 ? [Math.hypot(v, x[i + 1] ?? 0)] : []));
        export default library(['${type}'], { value: (F, x) => (${inside} ? 0 : Infinity) });`,
      words: ['--claims', 'function-values'],
      wrong: `value of ${type}`,
    }),
  ),
  {
    name: 'the value of entropy is infinite at 0',
    methods: `value: (F, x) => (x.some((v) => v === 0) ? Infinity : right(F).value(x))`,
    wrong: 'value of entropy',
  },
  {
    name: 'a translated ball whose value has < in place of ≤',
    module: `export default library(['l2-ball', 'translated'], {
      value(F, x) {
        if (F.type === 'l2-ball') return right(F).value(x);
        return Math.hypot(...x.map((v, i) => v - F.shift[i])) < F.inner.radius ? 0 : Infinity;
      },
    });`,
    words: ['--claims', 'function-values'],
    wrong: 'value of translated',
  },
  {
    name: 'a prox that is NaN at 0, of a library whose value refuses NaN',
    module: `export default library(['l1'], {
      prox: (F, step, y) => right(F).prox(step, y).map((v) => (y.every((entry) => entry === 0) ? NaN : v)),
      value(F, x) {
        if (x.some(Number.isNaN)) throw new Error('x must be finite');
        return right(F).value(x);
      },
    });`,
    words: ['--claims', 'eq6-prox,function-values'],
    says: /^✗ prox of l1 answers what is not finite/m,
    never: /^[✗!] value of l1 /m,
  },
  {
    name: 'a prox that is NaN at an ordinary point and loses digits at others',
    methods: `prox: (F, step, y) => right(F).prox(step, y).map((v, i) => (y[i] === 1 ? NaN : v * (1 + 1e-10)))`,
    wrong: 'prox of l1 answers what is not finite',
    never: /digits are right/,
  },
  ...[1.1, 0.9].map(
    (share): Row => ({
      name: `the prox of mcp with ${share} of its outer limit`,
      methods: `prox: (F, step, y) => right(F).prox(step, y).map((v, i) => {
          const [size, end] = [Math.abs(y[i]), F.weight * F.concavity];
          if (size < Math.min(1, ${share}) * end || size > Math.max(1, ${share}) * end || step >= F.concavity) return v;
          const firm = (Math.sign(y[i]) * Math.max(size - step * F.weight, 0)) / (1 - step / F.concavity);
          return size < ${share} * end ? firm : y[i];
        })`,
      wrong: 'prox of mcp',
    }),
  ),
  {
    name: 'the value of mcp with an outer limit a tenth too large',
    methods: `value: (F, x) => x.reduce((sum, v) => {
        const [size, end] = [Math.abs(v), F.weight * F.concavity];
        const inner = F.weight * size - (size * size) / (2 * F.concavity);
        return sum + (size < 1.1 * end ? inner : (end * F.weight) / 2);
      }, 0)`,
    wrong: 'value of mcp',
  },
  {
    name: 'the value of a shifted norm leaves out the shift, and the prox has it',
    of: ['PyLops/pyproximal#221'],
    module: `export default library(['l1', 'translated'], {
      prox: (F, step, y) => right(F).prox(step, y),
      value: (F, x) => right(F.inner ?? F).value(x),
    });`,
    words: ['--claims', 'function-values'],
    wrong: 'value of translated',
    never: /^[✗!] (prox of|value of l1) /m,
  },
  ...([0, 1] as const).map(
    (exit): Row => ({
      name: `soft thresholding that is NaN for 0 at the threshold 0 (PyWavelets/pywt#866), exit ${exit}`,
      methods: `prox: (F, step, y) => y.map((v) => v * Math.max(1 - (step * F.weight) / Math.abs(v), 0))`,
      wrong: 'prox of l1',
      words: ['--claims', 'eq6-prox', ...(exit === 1 ? ['--strict'] : [])],
      exit,
      says: /^[✗!] prox of l1 answers what is not finite \(only at weight 0\)/m,
    }),
  ),
  {
    name: 'what bad requests make an adapter print is not shown',
    module: `export default library(['l1'], {
      prox(F, step, y) {
        if (!(F.weight >= 0) || !y.every(Number.isFinite)) throw new TypeError('provoked by a bad request');
        if (y.some((v) => v === 1)) throw new TypeError('an error of its own');
        return right(F).prox(step, y);
      },
    });`,
    says: /^✗ prox of l1 raises/m,
    notes: /an error of its own/,
    neverNotes: /provoked by a bad request/,
  },
  {
    name: 'an error of its own is an error where another function is right and this one is also wrong',
    module: `export default library(['l1', 'l2'], {
      prox(F, step, y) {
        if (F.type === 'l1' && y.some((v) => v === 1)) throw new TypeError('an error of its own');
        return right(F).prox(F.type === 'l1' ? 1 : step, y);
      },
    });`,
    words: ['--claims', 'eq6-prox'],
    says: /^✗ prox of l1 raises/m,
  },
  {
    name: 'a known failure that is fixed is told in one line',
    methods: `prox: (F, step, y) => right(F).prox(step, y)`,
    wrong: 'prox of l1',
    known: ['prox of l1/eq6-prox', 'prox of l1/prox-gradual-underflow', 'prox of l1/nonfinite-entries'],
    words: ['--claims', 'eq6-prox,prox-gradual-underflow,nonfinite-entries'],
    exit: 5,
    says: /^! prox of l1 holds now: delete its 3 entries$/m,
    never: /^✗ (?!.*known failure passes)|^ {4}again /m,
  },
  {
    name: 'what fails only at extreme questions is a warning among annotations',
    methods: `prox: (F, step, y) => (F.radius === 0 ? y.map(() => 1) : right(F).prox(step, y))`,
    wrong: 'prox of l2-ball',
    words: ['--claims', 'eq6-prox', '--format', 'annotations'],
    exit: 0,
    says: /^::warning title=signprox%3A prox of l2-ball%3A extreme/m,
    never: /::error/,
  },
  {
    name: 'the entries of an answer are counted from 0, as code does',
    methods: `prox: (F, step, y) => right(F).prox(step, y).map((v, i) => (i === 2 ? v + 1 : v))`,
    wrong: 'prox of l1',
    says: /^ {4}asked +prox of l1[\s\S]*?entry\s+2\n +returned /m,
  },
];

/** Answers of another shape than the point: wrong, whatever the numbers in them. */
const ofAnotherShape: readonly Row[] = [
  ...(
    [
      ['a column', 'soft(x, threshold)[:, None]', 'shape \\(1, 1\\), right is shape \\(1,\\)'],
      ['a number', 'soft(x, threshold)[0]', 'shape \\(\\), right is shape \\(1,\\)'],
      ['one entry too many', 'np.append(soft(x, threshold), 0)', 'shape \\(2,\\), right is shape \\(1,\\)'],
      ['nothing', 'None', 'None, right is an array of shape \\(1,\\)'],
      ['words', '["none"] * len(x)', 'a list that is no array of numbers, right is an array of shape \\(1,\\)'],
      ['complex numbers', 'soft(x, threshold) + 1j', 'complex numbers, right are real ones'],
    ] as const
  ).map(([what, answer, told]) => ({
    name: `soft thresholding of arrays that returns ${what}`,
    numpy: 'l1',
    python: `def mine(x, threshold):\n    return ${answer}\n`,
    words: ['--claims', 'eq6-prox'],
    says: answering('l1', told),
  })),
  {
    name: 'singular values thresholded and returned in a row',
    numpy: 'nuclear-norm',
    python: 'def mine(Y, step):\n    return singular(Y, step).ravel()\n',
    words: ['--claims', 'eq6-prox'],
    says: answering('nuclear-norm', 'shape \\(\\d+,\\), right is shape \\(\\d+, \\d+\\)'),
  },
  ...(
    [
      ['a nested array', '[u]', '\\[\\[.*\\]\\], right is an array of 1 number'],
      ['one entry too many', '[...u, 0]', '2 numbers, right is 1'],
      ['nothing', 'undefined', 'undefined, right is an array of 1 number'],
      ['promises', 'u.map(async (v) => v)', '.*, right is an array of 1 number'],
    ] as const
  ).map(([what, answer, told]) => ({
    name: `soft thresholding in JavaScript that returns ${what}`,
    methods: `prox(F, step, y) {
      const u = right(F).prox(step, y);
      return ${answer};
    }`,
    wrong: 'prox of l1',
    says: answering('l1', told),
  })),
  ...['Float64Array.from(u)', 'Promise.resolve(u)'].map((answer) => ({
    name: `soft thresholding in JavaScript that returns ${answer} is right`,
    methods: `prox(F, step, y) {
      const u = right(F).prox(step, y);
      return ${answer};
    }`,
    wrong: 'prox of l1',
    exit: 0 as const,
  })),
  {
    name: 'a value in JavaScript that is an array',
    methods: `value: (F, x) => [right(F).value(x)]`,
    wrong: 'value of l1',
    says: answering('l1', '\\[12\\], right is a number', 'value'),
  },
];

/** Forms of a point, and places of the result, in which a function of arrays is right or wrong. */
const ofForms: readonly Row[] = [
  ...(
    [
      // Writes |x| − t to out before it reads the sign of x.
      [
        'l1',
        'out=x overwrites what is read later',
        'x, t, out=None',
        'out = np.maximum(np.abs(x) - t, 0, out=out)\n    out *= np.sign(x)\n    return out',
        'aliased',
      ],
      ['l1', 'without out', 'x, t', 'return soft(x, t)'],
      [
        'l1',
        'with out and its alias',
        'x, t, out=None',
        'u = soft(x, t)\n    if out is None: return u\n    out[...] = u\n    return out',
      ],
      ['l1', 'with an out that is forgotten', 'x, t, out=None', 'return soft(x, t)', 'out'],
      [
        'l1',
        'of a view that takes the memory behind it for it',
        'x, t',
        'whole = x.base is None or x.dtype != float or x.ndim > 1\n    return soft(x if whole else x.base.ravel()[: x.size], t)',
        'strided',
      ],
      ['l1', 'that returns a vector for a column', 'x, t', 'return soft(x.ravel(), t)', ''],
      ['l1', 'that squeezes', 'x, t', 'return soft(x, t).squeeze() if x.ndim > 1 else soft(x, t)', ''],
      [
        'l1',
        'that thresholds a batch by its first row',
        'x, t',
        'return soft(x[0] * np.ones_like(x) if x.ndim > 1 else x, t)',
        '',
      ],
      ['l1', 'that refuses a matrix', 'x, t', 'assert x.ndim == 1\n    return soft(x, t)'],
      [
        'l1',
        'that cuts what it returns to integers, as x is',
        'x, t',
        'u = np.zeros_like(x)\n    u[...] = soft(x, t)\n    return u',
        'integer',
      ],
      [
        'weighted-l1',
        'that broadcasts a column by its weights',
        'x, step, weights',
        'return soft(x, step * weights)',
        '',
      ],
      [
        'weighted-l1',
        'whose weights have the shape of x',
        'x, step, weights',
        'return soft(x, step * np.reshape(weights, x.shape))',
      ],
      ['box', 'of a column whose bounds are one too', 'x, lower, upper', 'return np.clip(x, lower, upper)'],
      [
        'l2',
        'that takes each row of a matrix',
        'x, t',
        'n = np.linalg.norm(x, axis=-1, keepdims=True)\n    return x * np.maximum(1 - t / np.maximum(n, 1e-300), 0)',
      ],
      ['l2', 'that takes all entries of a matrix', 'x, t', 'return x * max(1 - t / max(np.linalg.norm(x), 1e-300), 0)'],
      ['nuclear-norm', 'of a matrix, by its singular values', 'x, t', 'return singular(x, t)'],
      [
        'nuclear-norm',
        'of a matrix, by its memory',
        'x, t',
        'return singular(x if x.flags.c_contiguous else np.array(x.T).reshape(x.shape), t)',
        '(strided|transposed)',
      ],
    ] as readonly (readonly [string, string, string, string, string?])[]
  ).map(
    ([type, what, given, body, form]): Row => ({
      name: `the prox of ${type} in NumPy ${what}`,
      numpy: type,
      python: `def mine(${given}):\n    ${body}\n`,
      words: ['--claims', 'prox-forms,eq6-prox'],
      exit: form === undefined ? 0 : 1,
      wrong: `prox of ${type} (is wrong|answers what is not finite)[^]*?(?:form|shape) = "?${form}`,
    }),
  ),
  ...(
    [
      ['as those of a symmetric matrix', 'eigh', 0],
      ['of any matrix, which are not orthogonal (cvxpy#467)', 'eig', 1],
    ] as const
  ).map(
    ([what, eigenvectors, exit]): Row => ({
      name: `a projection onto the psd cone by eigenvectors ${what}`,
      numpy: 'psd-cone',
      python: `
def mine(x, t):
    w, v = np.linalg.${eigenvectors}((x + x.T) / 2)
    return ((v * np.maximum(w, 0)) @ v.T).real
`,
      words: ['--claims', 'eq6-prox'],
      exit,
      wrong: 'prox of psd-cone',
    }),
  ),
  ...(
    [
      ['is 1 beyond', 'e === Infinity ? 1 : e / (1 + e)', 0],
      ['is NaN beyond (scikit-learn#28046)', 'e / (1 + e)', 1],
    ] as const
  ).map(
    ([what, slope, exit]): Row => ({
      name: `a logistic gradient whose exponential overflows at 710 and which ${what}`,
      methods: `gradient: (F, x) => x.map((v) => { const e = Math.exp(v); return F.weight * (${slope}); })`,
      exit,
      wrong: 'gradient of logistic answers what is not finite(?! \\()',
    }),
  ),
  ...(
    [
      ['in the form strided', 'strided', '[]', "form === 'strided'", 'form = strided'],
      ['of a matrix', 'out', "['matrix']", 'layout', 'shape = \\[\\d'],
      ['of a batch', 'out', "['batch']", 'layout', 'shape = \\[2, \\d\\]'],
    ] as const
  ).map(
    ([where, form, shapes, condition, says]): Row => ({
      name: `a module whose prox forgets the step ${where}`,
      module: `
const mine = library(['l1'], { prox: (F, step, y, form, layout) => right(F).prox(${condition} ? 1 : step, y) });
export default { ...mine, describe: () => ({ ...mine.describe(), forms: ['${form}'], shapes: ${shapes} }) };`,
      words: ['--claims', 'prox-forms'],
      says: new RegExp(`^✗ prox of l1 is wrong[^]*?${says}`, 'm'),
    }),
  ),
  ...([1, 0] as const).map(
    (exit): Row => ({
      name: `a projection onto a ball that takes ${exit === 1 ? 'a batch for one vector' : 'each row of a batch alone'}`,
      module: `
const ball = (radius, y) => (Math.hypot(...y) <= radius ? y : y.map((v) => (v / Math.hypot(...y)) * radius));
const mine = library(['l2-ball'], {
  prox(F, step, y, form, layout) {
    const length = layout?.batch && ${exit === 0} ? y.length / layout.shape[0] : y.length;
    return y.flatMap((_, i) => (i % length === 0 ? ball(F.radius, y.slice(i, i + length)) : []));
  },
});
export default { ...mine, describe: () => ({ ...mine.describe(), shapes: ['batch'] }) };`,
      words: ['--claims', 'prox-forms'],
      exit,
      ...(exit === 1 && { says: /^✗ prox of l2-ball is wrong[\s\S]*?shape = \[2, \d\];\s+const batch = true/m }),
    }),
  ),
];

/** Soft thresholding in JavaScript that declares a policy about what is not finite, with another prox or gradient. */
const declaring = (policy: string, methods: string): string => `
const soft = (F, step, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * F.weight, 0));
const refusing = (own) => (F, step, y) => {
  if (!y.every(Number.isFinite)) throw Object.assign(new Error('x must be finite'), { code: 'nonfinite' });
  return own(F, step, y);
};
const mine = library(['l1', 'squared-l2'], { ${methods} });
export default { ...mine, describe: () => ({ ...mine.describe(), nonfinite: '${policy}' }) };`;

/** NaN and infinities in a point: what becomes of them is declared, or told. */
const ofNonfinite: readonly Row[] = [
  ...([0, 1] as const).map(
    (exit): Row => ({
      name: `softshrink(NaN) = 0 (pytorch#138385), exit ${exit}`,
      numpy: 'l1',
      python: 'def mine(x, threshold):\n    return np.where(np.abs(x) > threshold, x - np.sign(x) * threshold, 0)\n',
      words: exit === 1 ? ['--strict'] : [],
      exit,
      says: /^[✗!] prox of l1 fails only at NaN, which becomes a number[\s\S]*? at y = NaN, γ = [\d.]+: NaN becomes 0$/m,
    }),
  ),
  ...Object.entries({
    l1: 'soft(x, step * weight)',
    l2: 'x * max(1 - step * weight / max(np.linalg.norm(x), 1e-300), 0)',
    'squared-l2': 'x / (1 + step * weight)',
    huber:
      'np.where(np.abs(x) <= threshold * (1 + step * weight), x / (1 + step * weight), x - step * weight * threshold * np.sign(x))',
    box: 'np.clip(x, lower, upper)',
    nonnegative: 'np.maximum(x, 0)',
    'l2-ball': 'x if np.linalg.norm(x) <= radius else x * (radius / np.linalg.norm(x))',
    hinge: 'np.where(x > 1, x, np.minimum(x + step * weight, 1))',
  }).map(([type, formula]): Row => {
    const names = ['step', 'weight', 'threshold', 'lower', 'upper', 'radius'].filter((name) => formula.includes(name));
    return {
      name: `the prox of ${type} in NumPy lets NaN and infinities through by itself`,
      numpy: type,
      python: `def mine(x, ${names.join(', ')}):\n    return ${formula}\n`,
      words: ['--claims', 'nonfinite-entries,eq6-prox', '--strict'],
      exit: 0,
    };
  }),
  ...(
    [
      ['propagates what it promises to', 'propagate', 'prox: soft', 0],
      [
        'propagates and a value of NaN becomes 0',
        'propagate',
        'prox: (F, s, y) => soft(F, s, y).map((v) => v || 0)',
        1,
      ],
      [
        'propagates and ∞ is cut to the largest number',
        'propagate',
        'prox: (F, s, y) => soft(F, s, y).map((v) => (Math.abs(v) === Infinity ? Math.sign(v) * Number.MAX_VALUE : v))',
        1,
      ],
      ['propagates and refuses', 'propagate', 'prox: refusing(soft)', 1],
      [
        'propagates and a gradient of NaN becomes 0',
        'propagate',
        'gradient: (F, x) => x.map((v) => F.weight * v || 0)',
        1,
      ],
      ['refuses what it promises to', 'reject', 'prox: refusing(soft)', 0],
      ['refuses and propagates', 'reject', 'prox: soft', 1],
      ['refuses and a value of NaN becomes 0', 'reject', 'prox: (F, s, y) => soft(F, s, y).map((v) => v || 0)', 1],
      [
        'refuses and asks only whether something is NaN',
        'reject',
        'prox: (F, s, y) => (y.some(Number.isNaN) ? refusing(soft) : soft)(F, s, y)',
        1,
      ],
    ] as const
  ).map(
    ([what, policy, methods, exit]): Row => ({
      name: `soft thresholding that declares that it ${what}`,
      module: declaring(policy, methods),
      words: ['--claims', 'nonfinite-entries'],
      exit,
      ...(exit === 1 && {
        says: /^✗ (prox of l1|gradient of squared-l2) (is wrong|raises|answers what is not finite)(?: {2}|$)/m,
      }),
    }),
  ),
  {
    name: 'a projection onto the simplex that is the middle of the simplex where an entry is NaN',
    module: declaring(
      'propagate',
      `prox: (F, step, y) => (F.type === 'l1' ? soft(F, step, y) : right(F).prox(step, y).map((v) => (Number.isNaN(v) ? 1 / y.length : v)))`,
    ).replace("'squared-l2'", "'simplex'"),
    words: ['--claims', 'nonfinite-entries'],
    says: /^✗ prox of simplex is wrong(?: {2}|$)/m,
  },
];

/**
 * An optimiser of PyTorch: its hyperparameters, the lines that move a parameter p, with its own memory `state`, and what it does first with
 * one that has no gradient.
 */
const optimiser = (given: string, update: readonly string[], ungraded = 'continue'): string => `
import torch
class Mine(torch.optim.Optimizer):
    def __init__(self, params, ${given}):
        given = {name: value for name, value in locals().items() if name not in ("self", "params", "__class__")}
        super().__init__(params, given)
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    ${ungraded}
                state = self.state[p]
                ${update.join('\n                ')}
`;

/** An adapter that promises to let NaN through, with other parts. */
const propagating = (parts = ''): string => `mutate({ nonfinite: 'propagate', ${parts} })`;

/** Steps at a gradient with a NaN: only where a policy is declared. The updates of the adapter let it through. */
const ofNonfiniteSteps: readonly Row[] = [
  ...(
    [
      ['sgd', 'gives NaN', 'p.grad', 0],
      ['sign-sgd', 'takes a sign, which is 0 in PyTorch', 'torch.sign(p.grad)', 1],
    ] as const
  ).map(
    ([algorithm, what, direction, exit]): Row => ({
      name: `at a gradient with a NaN, ${algorithm} in PyTorch ${what}`,
      python: optimiser('lr', [`p.add_(${direction}, alpha=-group["lr"])`]),
      words: words`--torch mine:Mine --as ${algorithm} --declare {"nonfinite":"propagate"} --claims nonfinite-entries`,
      exit,
      wrong: `step of ${algorithm} (is wrong|answers what is not finite)(?! \\()`,
    }),
  ),
  ...(
    [
      ['adam', 'lets it through', propagating(), 0],
      [
        'adam',
        'takes it for 0',
        propagating(
          'operators: ({ gradientOf }) => ({ gradientOf: (request) => gradientOf(request).map((g) => g || 0) })',
        ),
        1,
      ],
      [
        'adam',
        'leaves x and its memory as they are',
        propagating(`updates: ({ updates: { adam } }) => ({
          adam: (request) => (adam(request).x.some(Number.isNaN) ? { x: request.x, state: request.state } : adam(request)),
        })`),
        1,
      ],
      [
        'adam',
        'stops with an error',
        propagating(`updates: ({ updates: { adam } }) => ({
          adam(request) {
            const next = adam(request);
            if (next.x.some(Number.isNaN)) throw new Error('the gradient is not finite');
            return next;
          },
        })`),
        0,
      ],
      ['adafactor', 'lets it through', propagating(), 0],
      ['muon', 'lets it through', propagating(), 0],
      ['sign-sgd', 'has the sign NaN', propagating(), 0],
      [
        'sign-sgd',
        'has the sign 0',
        propagating('operators: () => ({ sign: (x) => x.map((v) => (v > 0) - (v < 0)) })'),
        1,
      ],
      ['sgd', 'is refused as promised', "mutate({ nonfinite: 'reject' })", 0],
      ['sgd', 'lets it through, and promises to refuse', "promising('reject')", 1],
      ['sgd', 'lets it through, and promises nothing', 'mutate({ nonfinite: null })', 6],
    ] as const
  ).map(
    ([algorithm, what, adapter, exit]): Row => ({
      name: `at a gradient with a NaN, ${algorithm} ${what}`,
      module: `
const promising = (nonfinite) => {
  const mine = mutate({ nonfinite: null });
  return { ...mine, describe: () => ({ ...mine.describe(), nonfinite }) };
};
export default ${adapter};`,
      words: ['--only', `step of ${algorithm},run of ${algorithm}`, '--claims', 'nonfinite-entries'],
      exit,
      wrong: `step of ${algorithm} (is wrong|answers what is not finite)(?! \\()`,
    }),
  ),
];

/** The words that leave an algorithm and the claim about its update. */
const only = (algorithm: string, claim = algorithm): string[] => [
  ...['--only', `step of ${algorithm},run of ${algorithm}`],
  ...['--claims', `${claim},conventions,declared-is-judged`],
];

/** Soft thresholding in a dtype, of which a line says what becomes of γλ. */
const softIn = (dtype: string, threshold: string, more = ''): string => `
const round = (v) => roundTo('${dtype}', v);
const prox = ({ weight }, step, y) => {
  const t = ${threshold};
  return y.map((v) => Math.sign(v) * Math.max(round(Math.abs(v) - t), 0));
};
export default library(['l1'], { prox }, { dtype: '${dtype}', ${more} });`;

/**
 * An algorithm whose x is a bf16, and all else an f32 as it declares: an arrow function of a request, with the update \`right\` before x is
 * rounded, and \`round\` and \`rounded\` for a number and for all numbers of a vector or a state.
 */
const mixed = (algorithm: string, update: string, more = ''): string => `
const round = (v) => roundTo('bf16', v);
const rounded = (v) => typeof v === 'number' ? round(v) : Array.isArray(v) ? v.map(rounded)
  : v === null || typeof v !== 'object' ? v : Object.fromEntries(Object.entries(v).map(([name, own]) => [name, rounded(own)]));
const own = mutate({ updates: ({ updates: honest }, _, operators) => { const right = honest['${algorithm}']; return { '${algorithm}': ${update} }; } });
export default { ...own, describe: () => ({ ...own.describe(), dtype: 'bf16', stateDtype: 'f32', ${more} }) };`;

const rightOnce = `(request) => {
  const { x, state } = right(request);
  return { x: x.map(round), state };
}`;

/** Adam or SGD whose decay is rounded by itself before the step is taken. */
const decayLost = `(request) => {
  const { weightDecay = 0, ...others } = request.hyperparameters;
  const { x, state } = right({ ...request, hyperparameters: { ...others, weightDecay: 0 } });
  const decayed = request.x.map((v) => round((1 - request.step * weightDecay) * v));
  return { x: decayed.map((v, i) => round(v - (request.x[i] - x[i]))), state };
}`;

/** SGD with momentum from a copy of x in the memory; `decayed` says what becomes of an entry of the copy, and gradients are at the x of the request. */
const fromCopy = (decayed: string): string => `(request) => {
  const { step, hyperparameters } = request;
  const { momentum = 0, dampening = 0, nesterov = false, weightDecay = 0, decoupled = false } = hyperparameters;
  const { copy = request.x, buffer } = request.state ?? {};
  const slope = operators.gradientOf(request);
  const g = slope.map((v, i) => decoupled ? v : v + weightDecay * copy[i]);
  const b = momentum === 0 || !buffer ? g : g.map((v, i) => momentum * buffer[i] + (1 - dampening) * v);
  const d = nesterov ? g.map((v, i) => v + momentum * b[i]) : b;
  const x = copy.map((v, i) => (decoupled ? ${decayed} : v) - step * d[i]);
  return { x: x.map(round), state: { copy: x, buffer: b } };
}`;

/** A step of SGD with momentum whose x is rounded as \`up\` says: whether to the larger of two neighbours, from the share of the way to it. */
const drawn = (up: string, algorithm = 'momentum-sgd'): string =>
  mixed(
    algorithm,
    `(request) => {
  const { x, state } = right(request);
  const neighbour = (v) => {
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(v))) - 7);
    const below = Math.floor(v / unit);
    const share = v / unit - below;
    return (share > 0 && ${up} ? below + 1 : below) * unit;
  };
  return { x: x.map((v) => (v === 0 ? v : neighbour(v))), state };
}`,
    "rounding: 'stochastic'",
  );

/** Numbers of 16 bits: what is right with them, and what is lost where they are mixed with longer ones. */
const ofDtypes: readonly Row[] = [
  ...(['f16', 'bf16'] as const).flatMap((dtype): Row[] => [
    {
      name: `soft thresholding with every operation rounded to ${dtype}`,
      module: softIn(dtype, 'round(step * weight)'),
      exit: 0,
      says: new RegExp(`^ +asked +prox of l1: [^]*;\\s+${dtype};\\s+n `, 'm'),
    },
    {
      name: `soft thresholding with every operation rounded to ${dtype} forgets the step`,
      module: softIn(dtype, 'weight'),
      wrong: 'prox of l1',
    },
    {
      name: `soft thresholding in f32 and rounded to ${dtype}`,
      module: softIn(dtype, 'step * weight', "computeDtype: 'f32'"),
      words: ['--claims', 'eq6-prox'],
      exit: 0,
    },
    {
      name: `soft thresholding in f32 whose γλ is rounded to ${dtype} first`,
      module: softIn(dtype, 'round(step * weight)', "computeDtype: 'f32'"),
      words: ['--claims', 'eq6-prox'],
      says: /^✗ prox of l1 is (wrong|inaccurate)/m,
    },
  ]),
  ...(
    [
      ['that scales before it squares', 'y.reduce((most, v) => Math.max(most, Math.abs(v)), 0)', 0],
      ['whose squares overflow', '1', 1],
    ] as const
  ).map(
    ([what, scale, exit]): Row => ({
      name: `the norm in f16 ${what}`,
      module: `
const round = (v) => roundTo('f16', v);
const prox = ({ weight }, step, y) => {
  const scale = ${scale} || 1;
  const squares = y.map((v) => round(round(v / scale) * round(v / scale))).reduce((sum, v) => round(sum + v), 0);
  const norm = round(scale * round(Math.sqrt(squares)));
  const t = round(step * weight);
  return y.map((v) => norm <= t ? 0 : round(v * round(round(norm - t) / norm)));
};
export default library(['l2'], { prox }, { dtype: 'f16' });`,
      words: ['--claims', 'eq6-prox,prox-overflow'],
      exit,
      ...(exit === 1 && { says: /^✗ prox of l2 answers what is not finite/m }),
    }),
  ),
  {
    name: 'a step of SGD with momentum that is rounded once',
    module: mixed('momentum-sgd', rightOnce),
    words: only('momentum-sgd'),
    exit: 0,
    says: /a\s+step\s+from\s+the\s+iterate/,
  },
  {
    name: 'a decay of AdamW that is rounded by itself',
    of: ['Nerogar/OneTrainer#996'],
    module: mixed('adamw', decayLost),
    words: only('adamw'),
    says: /^✗ step of adamw is (wrong|inaccurate)/m,
  },
  ...(
    [
      ['', '(1 - step * weightDecay) * v', 0],
      [' that rounds the decay', 'round((1 - step * weightDecay) * v)', 1],
    ] as const
  ).map(
    ([what, decayed, exit]): Row => ({
      name: `a step of SGD with momentum from a copy of x in f32${what}`,
      module: mixed('momentum-sgd', fromCopy(decayed)),
      words: only('momentum-sgd'),
      exit,
      says:
        exit === 0
          ? /a\s+step\s+from\s+the\s+copy\s+in\s+the\s+memory/
          : /^✗ step of momentum-sgd is (wrong|inaccurate)/m,
    }),
  ),
  ...(
    [
      ['up with the share of the way as probability', 'Math.random() < share', 0],
      ['towards 0', 'v < 0', 1],
      ['to nearest', 'share > 0.5', 1],
      ['up and down with probability ½', 'Math.random() < 0.5', 1],
    ] as const
  ).map(
    ([what, up, exit]): Row => ({
      name: `a step of SGD with momentum that is rounded stochastically, ${what}`,
      module: drawn(up),
      words: only('momentum-sgd'),
      exit,
      ...(exit === 1 && { says: /^✗ step of momentum-sgd is wrong[\s\S]*right(?:\s+is)?\s+a\s+share\s+of/m }),
    }),
  ),
  {
    name: 'a step of Muon that is rounded stochastically',
    module: drawn('Math.random() < share', 'muon'),
    words: only('muon'),
    exit: 0,
  },
  {
    name: 'stochastic rounding of what is known with no more digits',
    module: drawn('Math.random() < share').replace("stateDtype: 'f32'", "stateDtype: 'bf16'"),
    words: only('momentum-sgd'),
    exit: 2,
    notes: /rounding: needs a stateDtype that has more digits than bf16/,
  },
  {
    name: 'a momentum that is kept in bf16 although f32 is declared',
    module: mixed(
      'momentum-sgd',
      `(request) => {
  const { x, state } = right(request);
  return { x: x.map(round), state: rounded(state) };
}`,
    ),
    words: only('momentum-sgd'),
    says: /^✗ step of momentum-sgd is (wrong|inaccurate)/m,
  },
];

/** Every function and smooth term of the vocabulary, with answers that say nothing: what is judged is what is refused before. */
const everyParameter: readonly Row[] = [
  {
    name: 'a program that speaks the protocol, given as a module, is told so with what to run',
    words: ['--module', fileURLToPath(new URL('fixtures/skeletons/signprox_adapter.mjs', root))],
    exit: 2,
    notes:
      /^signprox: \S+signprox_adapter\.mjs is a program that replies on stdout, and a module needs a default export: run \S.*guard -- node \S+signprox_adapter\.mjs\n$/,
  },
  {
    name: 'a program that speaks an older protocol is told which one is spoken',
    python: `
import json
for line in iter(input, ""):
    hello = {"protocol": "1.2", "implementation": {"name": "mine"}, "methods": ["prox"], "functions": ["l1"]}
    print(json.dumps({"id": json.loads(line)["id"], "ok": hello}), flush=True)
`,
    words: ['--', python, 'mine.py'],
    exit: 3,
    notes:
      /^signprox: protocol: hello says protocol "1.2", and this suite speaks only "2.0": .* `gradient` .* init writes an adapter/m,
  },
  {
    name: 'the Python base refuses all bad parameters of all functions, as it promises',
    python: `
from signprox.adapter import serve

same = {"prox": lambda F, step, y: y, "value": lambda F, x: 0.0, "gradient": lambda F, x: x}
serve(
    name="every",
    functions={kind: same for kind in ${JSON.stringify([...registry.keys()])}},
    smooth={kind: same for kind in ${JSON.stringify([...smoothRegistry.keys()])}},
)
`,
    words: ['--claims', 'rejects-bad-parameters', '--', python, 'mine.py'],
    exit: 0,
    notes: /^\[1\/1\] rejects-bad-parameters: holds/m,
  },
  {
    name: 'a prox in the adapter of init that returns a column',
    python: `
import sys
sys.path.insert(0, ${at('fixtures/skeletons/standalone').replace('file://', '')})
import numpy as np
import signprox_adapter as adapter

adapter.prox = lambda r, step, y: np.array(y)[:, None]
adapter.serve()
`,
    words: ['--claims', 'eq6-prox', '--', python, 'mine.py'],
    says: answering('l1', '\\[\\[-?[\\d.]+\\]\\], right is a list of 1 numbers'),
  },
  ...(
    [
      ['a column', 'np.array(y)[:, None]', 'shape \\(1, 1\\), right is shape \\(1,\\)'],
      ['one entry too many', '[*y, 0.0]', '2 numbers, right is 1'],
      ['a nested list', '[y]', '\\[\\[.*\\]\\], right is a list of 1 numbers'],
      ['nothing', 'None', 'None, right is a list of 1 numbers'],
    ] as const
  ).map(([what, answer, told]) => ({
    name: `a prox on the Python base that returns ${what}`,
    python: `
import numpy as np
from signprox.adapter import serve

serve(name="mine", functions={"zero": {"prox": lambda F, step, y: ${answer}}})
`,
    words: ['--claims', 'eq6-prox', '--', python, 'mine.py'],
    says: answering('zero', told),
  })),
];

/** An update of an algorithm with memory in place of that of the adapter: an arrow function of a request, with `honest` in reach. */
const updating = (algorithm: string, update: string, more = ''): string => `
const zip = (a, x, b, y) => x.map((v, i) => a * v + b * y[i]);
export default mutate({ ${more} updates: ({ updates: honest }) => ({ '${algorithm}': ${update} }) });`;

/** An update that loses its memory before the eleventh step. */
const forgetful = (algorithm: string): string => `(request) => {
  const age = (request.state?.age ?? 0) + 1;
  const { x, state } = honest['${algorithm}']({ ...request, state: age === 11 ? null : request.state });
  return { x, state: { ...state, age } };
}`;

/** A run that loses its memory before the eleventh step, where a step does not. */
const forgetfulRun = `operators: (honest) => ({
  run({ steps, ...request }) {
    const about = request.gradients ? 'gradients' : 'indices';
    const part = (from, to) => ({ [about]: request[about].slice(from, to), steps: steps?.slice(from, to) });
    const first = honest.run({ ...request, ...part(0, 10) });
    if (request[about].length < 11) return first;
    const rest = honest.run({ ...request, x: first.x, ...part(10) });
    return { x: rest.x, trajectory: [...first.trajectory, ...rest.trajectory] };
  },
}),`;

/** An update whose memory is kept in single precision. */
const singleMemory = (algorithm: string): string => `(request) => {
  const { x, state } = honest['${algorithm}'](request);
  return { x, state: { mean: state.mean.map(Math.fround) } };
}`;

/** A memory that is the array of the newest gradient, to which the next gradient is written. */
const aliased = (algorithm: string): string => `(request) => {
  const { x, state } = honest['${algorithm}'](request);
  const own = { beta1: 0, beta2: 0, momentum: 0 };
  const given = request.hyperparameters;
  const hyperparameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, own[name] ?? value]));
  return { x, state: request.state === null ? honest['${algorithm}']({ ...request, hyperparameters }).state : state };
}`;

/**
 * A step of Adam or AdamW that subtracts γ times a formula of m and s, the means of gradients and of their squares, of v = x_i and of t;
 * `moments` is the algorithm whose means they are.
 */
const stepping = (moments: string, formula: string): string => `(request) => {
  const { state } = honest['${moments}'](request);
  const { x, step, hyperparameters: { beta1, beta2, epsilon, amsgrad, weightDecay = 0 } } = request;
  const [t, squares] = [state.count, amsgrad ? state.largest : state.square];
  const direction = (v, m, s) => ${formula};
  return { state, x: x.map((v, i) => v - step * direction(v, state.mean[i], squares[i])) };
}`;

/** What `stepping` takes for Adam: the step of the paper, and that with ε divided by √(1 − β₂ᵗ). */
const adamStep = 'm / (1 - beta1 ** t) / (Math.sqrt(s / (1 - beta2 ** t)) + epsilon)';
const scaledStep = '(m / (1 - beta1 ** t)) * (Math.sqrt(1 - beta2 ** t) / (Math.sqrt(s) + epsilon))';

/** What an adapter says that it follows in an algorithm. */
const following = (algorithm: string, reference: string | undefined): string =>
  reference === undefined
    ? ''
    : `adapter: (own) => ({ describe: () => ({ ...own.describe(), follows: { ${algorithm}: '${reference}' } }) }),`;

/** Updates that were in libraries until somebody looked: what was wrong, of which algorithm, and the update. */
const rebuilt: readonly (readonly [name: string, algorithm: string, update: string, ...of: readonly string[]])[] = [
  [
    'the look-ahead of Nesterov is left in the buffer (google-research#1711)',
    'momentum-sgd',
    `(request) => {
      const right = honest['momentum-sgd'](request);
      if (!request.hyperparameters.nesterov) return right;
      const none = honest['momentum-sgd']({ ...request, state: null });
      const { momentum } = request.hyperparameters;
      return { ...right, state: { momentum: right.state.momentum.map((b, i) => none.state.momentum[i] + momentum * b) } };
    }`,
  ],
  [
    'momentum, dampening and weight decay change places (warp#1143)',
    'momentum-sgd',
    `(request) => {
      const { x, step, state, hyperparameters: { momentum: weightDecay, dampening: momentum = 0, weightDecay: dampening = 0 } } = request;
      const plain = honest['momentum-sgd']({ ...request, state: null, hyperparameters: { momentum: 0 } });
      const decayed = x.map((v, i) => (v - plain.x[i]) / step + weightDecay * v);
      const buffer = decayed.map((g, i) => (state?.momentum ? momentum * state.momentum[i] + (1 - dampening) * g : g));
      return { ...plain, x: x.map((v, i) => v - step * buffer[i]), state: { momentum: buffer } };
    }`,
  ],
  [
    'a step takes the buffer before, and 1 − μ twice (mdenil/dropout#4)',
    'momentum-sgd',
    `(request) => {
      const { x, step, state, hyperparameters: { momentum } } = request;
      const right = honest['momentum-sgd'](request);
      return { ...right, x: x.map((v, i) => v - step * (1 - momentum) * (state?.momentum?.[i] ?? 0)) };
    }`,
  ],
  [
    'with Nesterov the old momentum moves x twice',
    'momentum-sgd',
    `(request) => {
      const { state, step, hyperparameters: { momentum, nesterov } } = request;
      const right = honest['momentum-sgd'](request);
      if (!nesterov || !state?.momentum) return right;
      return { ...right, x: right.x.map((v, i) => v - step * momentum * state.momentum[i]) };
    }`,
    'oysteijo/simd_neuralnet#17',
  ],
  [
    'a weight decay is taken and never applied',
    'signum',
    `(request) => honest.signum(given(request, { weightDecay: 0 }))`,
    'kozistr/pytorch_optimizer#517',
  ],
  [
    'coupled decay stands outside of the sign (kozistr/pytorch_optimizer#517)',
    'signum',
    `(request) => honest.signum(given(request, { decoupled: true }))`,
  ],
  [
    'decay is in the gradient, inside of the sign',
    'lion',
    `(request) => {
      const { x, step, hyperparameters: { weightDecay = 0, ...rates } } = request;
      const gradient = request.gradient.map((g, i) => g + weightDecay * x[i]);
      return honest.lion({ ...request, gradient, hyperparameters: rates });
    }`,
    'bitsandbytes-foundation/bitsandbytes#1992',
  ],
  [
    'an update is that of the step before (optax#1725)',
    'rprop',
    `(request) => {
      const next = honest.rprop(request);
      const moved = next.x.map((v, i) => v - request.x[i]);
      const before = request.state?.moved ?? moved.map(() => 0);
      return { x: request.x.map((v, i) => v + before[i]), state: { ...next.state, moved } };
    }`,
  ],
  [
    'after a turn a slope of 0 moves x as a positive one does (fann#85)',
    'rprop',
    `(request) => {
      const next = honest.rprop(request);
      const x = next.x.map((v, i) => (next.state.gradient[i] === 0 && request.state ? v - next.state.steps[i] : v));
      return { ...next, x };
    }`,
  ],
  [
    'the slope before is never replaced (jorgenkg/python-neural-network#8)',
    'rprop',
    `(request) => {
      const next = honest.rprop(request);
      return { x: next.x, state: { ...next.state, gradient: request.state?.gradient ?? next.state.gradient } };
    }`,
  ],
  [
    'decoupled decay subtracts γλ, and not γλx',
    'adamw',
    stepping('adamw', `${adamStep} + weightDecay`),
    'e-sensing/torchopt#14',
  ],
  [
    'the moments of Adam never see the decay, and the bias corrections scale it',
    'adam',
    stepping('adamw', `${scaledStep} + (weightDecay * v * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t)`),
    'apache/mxnet#5099',
  ],
  [
    'the bias corrections of AdamW are in its learning rate, and scale the decay',
    'adamw',
    stepping('adamw', `${scaledStep} + (weightDecay * v * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t)`),
    'Oneflow-Inc/oneflow#5960',
  ],
  [
    'the bias corrections count every step twice',
    'adam',
    stepping('adam', scaledStep.replaceAll('** t', '** (2 * t - 1)')),
    'geoopt/geoopt#164',
  ],
  [
    'the moments are multiplied by their bias corrections',
    'adam',
    stepping('adam', '(m * (1 - beta1 ** t)) / (Math.sqrt(s * (1 - beta2 ** t)) + epsilon)'),
    'HomebrewML/Olmax#94',
  ],
  [
    'the bias correction is written to the mean of gradients',
    'radam',
    `(request) => {
      const { x, state } = honest.radam(request);
      const correction = 1 - request.hyperparameters.beta1 ** state.count;
      return { x, state: { ...state, mean: state.mean.map((v) => v / correction) } };
    }`,
    'frgfm/holocron#1',
  ],
  [
    'ε is a constant',
    'adagrad',
    `(request) => honest.adagrad(given(request, { epsilon: 1e-10 }))`,
    'facebookresearch/higher#44',
  ],
  [
    'the sum of squares never sees the weight decay',
    'adagrad',
    `(request) => {
      const { x, step, hyperparameters } = request;
      const { weightDecay = 0, stepDecay = 0 } = hyperparameters;
      const next = honest.adagrad({ ...request, hyperparameters: { ...hyperparameters, weightDecay: 0 } });
      const rate = step / (1 + (next.state.count - 1) * stepDecay);
      return { ...next, x: next.x.map((v, i) => v - rate * weightDecay * x[i]) };
    }`,
    'apache/mxnet#9363',
  ],
  [
    'the matrices of a batch are orthogonalised as one (HeavyBall#96)',
    'muon',
    `(request) => {
      const { shape, batch, x } = request;
      return honest.muon(batch ? { ...request, shape: [shape[0] * shape[1], shape[2]], batch: false } : request);
    }`,
  ],
  [
    'Muon looks ahead whether or not it is asked for',
    'muon',
    `(request) => honest.muon(given(request, { nesterov: true }))`,
  ],
  [
    'a tall matrix has a second moment for each entry',
    'adafactor',
    `(request) => {
      const { shape, batch } = request;
      const [m, n] = batch ? shape.slice(1) : (shape ?? [1, 1]);
      return honest.adafactor(m > n ? { ...request, shape: batch ? [shape[0], m * n, 1] : [m * n, 1] } : request);
    }`,
  ],
  [
    'what Adafactor made of the learning rate is the start for the next step',
    'adafactor',
    `(request) => {
      const { step, x, hyperparameters, state } = request;
      const scale = (v) => Math.max(hyperparameters.epsilon2, Math.hypot(...v) / Math.sqrt(v.length));
      const before = state?.scaled ?? 1;
      const { weightDecay = 0 } = hyperparameters;
      const own = { hyperparameters: { ...hyperparameters, weightDecay: 0 }, state: state && state.own };
      const next = honest.adafactor({ ...request, ...own, step: step * before });
      const moved = next.x.map((v, i) => v - step * weightDecay * x[i]);
      return { x: moved, state: { own: next.state, scaled: before * scale(x) } };
    }`,
    'huggingface/transformers#9751',
  ],
];

const ofAlgorithms: readonly Row[] = [
  {
    name: 'SGD loses its weight decay where there is nothing but a momentum beside it',
    module: updating(
      'momentum-sgd',
      `(request) => {
        const { momentum, dampening, nesterov, decoupled } = request.hyperparameters;
        const lost = momentum > 0 && !dampening && !nesterov && !decoupled ? { weightDecay: 0 } : {};
        return honest['momentum-sgd'](given(request, lost));
      }`,
    ),
    words: only('momentum-sgd'),
    wrong: 'step of momentum-sgd',
  },
  ...[
    ['signum', 'momentum'],
    ['lion', 'beta1'],
    ['lion', 'beta2'],
  ].map(
    ([algorithm, without]): Row => ({
      name: `${algorithm} loses its decoupled decay where ${without} is 0 (keras-adamw#44)`,
      module: updating(
        algorithm!,
        `(request) => {
          const lost = request.hyperparameters['${without}'] === 0 && request.hyperparameters.decoupled !== false ? { weightDecay: 0 } : {};
          return honest['${algorithm}'](given(request, lost));
        }`,
      ),
      words: only(algorithm!),
      wrong: `step of ${algorithm}`,
    }),
  ),
  {
    name: 'SGD multiplies what it remembers by the learning rate of its time',
    of: ['apache/mxnet#15533', 'paiml/aprender#2190'],
    module: updating(
      'momentum-sgd',
      `(request) => {
        const { step, x } = request;
        const held = request.state && { momentum: request.state.momentum && request.state.momentum.map((v) => v / step) };
        const next = honest['momentum-sgd']({ ...request, state: held });
        return { x: next.x, state: { momentum: next.state.momentum && next.state.momentum.map((v) => v * step) } };
      }`,
    ),
    words: only('momentum-sgd'),
    // TensorFlow and Keras do it on purpose.
    exit: 0,
    says: /\bmomentum\s+of\s+moves\b/,
  },
  ...[
    { what: 'multiplies what it remembers by the learning rate of its time (mxnet#15533)', first: false },
    { what: 'takes the learning rate of its first iteration for all', first: true },
  ].map(
    ({ what, first }): Row => ({
      name: `a run of SGD ${what}, and a step does not`,
      module: updating(
        'momentum-sgd',
        `honest['momentum-sgd']`,
        `operators: (honest) => ({
          run({ gradients, steps, ...request }) {
            if (${first}) return honest.run({ ...request, gradients, step: steps?.[0] ?? request.step });
            const update = honest.updates['momentum-sgd'];
            const trajectory = [];
            let [x, state] = [request.x, null];
            for (const [t, gradient] of gradients.entries()) {
              const step = steps?.[t] ?? request.step;
              const held = state && { momentum: state.momentum && state.momentum.map((v) => v / step) };
              const next = update({ ...request, step, x, gradient, state: held });
              x = next.x;
              state = { momentum: next.state.momentum && next.state.momentum.map((v) => v * step) };
              trajectory.push(x);
            }
            return { x, trajectory };
          },
        }),`,
      ),
      words: only('momentum-sgd'),
      wrong: 'run of momentum-sgd',
      never: /^[✗!] step of momentum-sgd /m,
    }),
  ),
  ...['spgm', 'sgd', 'sign-prox'].map(
    (algorithm): Row => ({
      name: `a run of ${algorithm} takes the learning rate of its first iteration for all, and a step does not`,
      module: `
export default mutate({
  operators: (honest) => ({ run: ({ steps, ...request }) => honest.run({ ...request, step: steps?.[0] ?? request.step }) }),
});`,
      words: ['--only', `step of ${algorithm},run of ${algorithm}`, '--claims', 'run-iterates'],
      wrong: `run of ${algorithm}`,
    }),
  ),
  ...[true, false].map(
    (constantStep): Row => ({
      name: `a run that refuses a learning rate that changes is ${constantStep ? 'not asked, as it declares' : 'right'}`,
      module: `
const own = mutate({
  adapter: (honest) => ({
    run(request) {
      if (request.steps) throw Object.assign(new Error('one learning rate'), { code: '${constantStep ? 'internal' : 'unsupported'}' });
      return honest.run(request);
    },
  }),
});
export default { ...own, describe: () => ({ ...own.describe(), restrictions: { constantStep: ${constantStep} } }) };`,
      words: ['--only', 'run of lion,run of spgm', '--claims', 'lion,run-iterates'],
      exit: 0,
      ...(constantStep && { says: /[Nn]ot asked, as it\s+declares:\s+a\s+γ\s+that\s+changes\s+within\s+a\s+run/ }),
    }),
  ),
  ...(['lion', 'momentum-sgd', 'rprop'] as const).flatMap((algorithm) =>
    ([true, false] as const).map(
      (resume): Row => ({
        name: `the state of ${algorithm} is a place in a table of the process, and ${resume ? 'is' : 'is not'} declared to resume (tt-metal#53212)`,
        module: `
const table = [];
const own = mutate({
  updates: ({ updates: honest }) => ({
    '${algorithm}'(request) {
      const { x, state } = honest['${algorithm}']({ ...request, state: request.state === null ? null : table[request.state] });
      return { x, state: table.push(state) - 1 };
    },
  }),
});
export default { ...own, describe: () => ({ ...own.describe(), resume: ${resume} }) };`,
        words: only(algorithm),
        exit: resume ? 1 : 0,
        ...(resume && { says: new RegExp(`^✗ step of ${algorithm} is wrong`, 'm') }),
      }),
    ),
  ),
  ...[
    { follows: undefined, exit: 0, says: /adamw:\s+decoupled\s+decay\s+after\s+the\s+step/ },
    {
      follows: 'pytorch',
      exit: 1,
      says: /^✗ step of adamw is wrong/m,
      of: ['bitsandbytes-foundation/bitsandbytes#2010'],
    },
    { follows: 'torch', exit: 2, notes: /follows\.adamw: must be one of pytorch, tensorflow, optax/ },
  ].map(
    ({ follows, ...expected }): Row => ({
      name: `AdamW decays after its step and follows ${follows} (bitsandbytes#2010)`,
      module: updating(
        'adamw',
        `(request) => {
          const { step, hyperparameters } = request;
          const { weightDecay = 0 } = hyperparameters;
          const next = honest.adamw({ ...request, hyperparameters: { ...hyperparameters, weightDecay: 0 } });
          return { ...next, x: next.x.map((v) => (1 - step * weightDecay) * v) };
        }`,
        following('adamw', follows),
      ),
      words: ['--claims', 'adamw,conventions'],
      ...(expected as Pick<Row, 'exit' | 'says' | 'notes' | 'of'>),
    }),
  ),
  ...(
    [
      ['adam', 'paper', ['tensorflow/tensorflow#35102', 'pytorch/pytorch#22628', 'facebookresearch/fairseq#1328']],
      ['adamw', 'pytorch', ['karpathy/nanochat#304']],
    ] as const
  ).flatMap(([algorithm, reference, of]): Row[] => {
    const decay = algorithm === 'adamw' ? ' + weightDecay * v' : '';
    const module = (formula: string, follows?: string): string =>
      updating(algorithm, stepping(algorithm, formula + decay), following(algorithm, follows));
    const right = { words: only(algorithm), exit: 0 } as const;
    return [
      {
        name: `${algorithm} divides ε by √(1 − β₂ᵗ) and follows ${reference}`,
        of,
        module: module(scaledStep, reference),
        words: only(algorithm),
        wrong: `step of ${algorithm}`,
      },
      { name: `${algorithm} by its formula follows ${reference}`, module: module(adamStep, reference), ...right },
      {
        name: `${algorithm} divides ε by √(1 − β₂ᵗ) and does not say that it follows ${reference}`,
        module: module(scaledStep),
        ...right,
        says: new RegExp(`${algorithm}:[^:]*ε\\s+added\\s+before\\s+the\\s+correction`),
      },
    ];
  }),
  {
    name: 'AdamP of a vector adds ε to the inverse of the root',
    of: ['kozistr/pytorch_optimizer#480'],
    module: updating(
      'adamw',
      stepping(
        'adamw',
        '(m / (1 - beta1 ** t)) * Math.sqrt(1 - beta2 ** t) * (1 / Math.sqrt(s) + epsilon) + weightDecay * v',
      ),
    ),
    words: only('adamw'),
    says: /^✗ (step|run) of adamw answers what is not finite/m,
  },
  ...([0, 1] as const).map(
    (exit): Row => ({
      name: `NAdam multiplies the product of its momenta by ${exit === 1 ? 'the newest of them twice in one of two ways' : 'each of them once'}`,
      ...(exit === 1 ? { of: ['pytorch/pytorch#92699'] } : {}),
      module: updating(
        'nadam',
        `(request) => {
          const { step, variant, hyperparameters } = request;
          const { beta1, beta2, epsilon, momentumDecay } = hyperparameters;
          const right = honest.nadam(request);
          const { count, product, mean, square } = right.state;
          const [now, ahead] = [count, count + 1].map((t) => beta1 * (1 - 0.5 * 0.96 ** (t * momentumDecay)));
          const rate = (next) => (step * ahead) / (1 - next);
          const more = rate(product * ahead) - rate(product * ahead * (variant === 'differentiable' ? ${exit === 1 ? 'now' : '1'} : 1));
          const scale = square.map((v) => Math.sqrt(v / (1 - beta2 ** count)) + epsilon);
          return { ...right, x: right.x.map((v, i) => v + more * (mean[i] / scale[i])) };
        }`,
        `variants: ['loop', 'differentiable'],`,
      ),
      words: only('nadam'),
      exit,
      wrong: 'step of nadam',
    }),
  ),
  ...['signum', 'lion'].map(
    (algorithm): Row => ({
      name: `${algorithm} decays by the learning rate of its first step`,
      module: updating(
        algorithm,
        `(request) => {
          const step = request.state?.step ?? request.step;
          const { weightDecay = 0, decoupled = true } = request.hyperparameters;
          const own = decoupled ? weightDecay * step / request.step : weightDecay;
          const next = honest['${algorithm}'](given(request, { weightDecay: own }));
          return { x: next.x, state: { ...next.state, step } };
        }`,
      ),
      words: only(algorithm),
      wrong: `step of ${algorithm}`,
    }),
  ),
  ...['momentum-sgd', 'signum', 'lion', 'sign-prox-momentum'].flatMap((algorithm): Row[] => {
    const both = only(algorithm, algorithm === 'sign-prox-momentum' ? 'sign-prox-momentum-iterates' : algorithm);
    const right = (method: string) => new RegExp(`^[✗!] ${method} of ${algorithm} `, 'm');
    return [
      {
        name: `a step of ${algorithm} loses its memory after ten steps`,
        module: updating(algorithm, forgetful(algorithm)),
        words: ['--only', `step of ${algorithm}`, ...both.slice(2)],
        wrong: `step of ${algorithm}`,
      },
      {
        name: `a run of ${algorithm} loses its memory after ten steps, and a step does not`,
        module: updating(algorithm, `honest['${algorithm}']`, forgetfulRun),
        words: both,
        wrong: `run of ${algorithm}`,
        never: right('step'),
      },
    ];
  }),
  {
    name: 'a step and a run of SGD that are both wrong are both told',
    module: updating('momentum-sgd', forgetful('momentum-sgd')),
    words: only('momentum-sgd'),
    says: /^✗ step of momentum-sgd is wrong[\s\S]*^✗ run of momentum-sgd is wrong/m,
  },
  {
    name: 'an update that raises is shown at a step above 0',
    module: updating('momentum-sgd', `() => { throw new TypeError('mine'); }`),
    words: ['--only', 'step of momentum-sgd'],
    says: /γ = 1, g/,
    never: /γ = 0,/,
  },
  {
    name: 'the lines to paste have the start, every step and every gradient of a run of steps that is wrong',
    module: updating('momentum-sgd', forgetful('momentum-sgd')),
    words: ['--only', 'step of momentum-sgd', '--claims', 'momentum-sgd'],
    says: /^await mine\.run\(.*"x": \[[\d.-]+\], "gradients": \[\[[\d.-]+\](?:, \[[\d.-]+\]){10}\]\}\);\n\/\/ step of momentum-sgd: x_11: returned/m,
  },
  {
    name: 'a decay after the step is told, also where one subject is judged (bitsandbytes#2010)',
    module: updating(
      'lion',
      `(request) => {
        const { weightDecay = 0, ...rates } = request.hyperparameters;
        const next = honest.lion({ ...request, hyperparameters: rates });
        return { ...next, x: next.x.map((v) => (1 - request.step * weightDecay) * v) };
      }`,
    ),
    words: ['--only', 'step of lion'],
    exit: 0,
    says: /^! convention found: .*lion: decoupled decay\s+after\s+the\s+step/m,
  },
  ...[[], ['--strict']].map(
    (strict): Row => ({
      name: `an algorithm that refuses every question is not passed over in silence${strict.length > 0 ? ', and fails under --strict' : ''}`,
      module: `const refuse = (own) => (request) => {
  if (request.algorithm !== 'lion') return own(request);
  throw Object.assign(new Error('no lion here'), { code: 'unsupported' });
};
export default mutate({ adapter: (own) => ({ step: refuse(own.step), run: refuse(own.run) }) });`,
      words: [...only('lion').slice(0, 2), '--claims', 'lion,inputs-unchanged,declared-is-judged', ...strict],
      exit: strict.length > 0 ? 1 : 6,
      says: /^[✗!] .*every question about .* was\s+refused[\s\S]*2 refuses/m,
    }),
  ),
  {
    name: 'a function that refuses every question is not passed over in silence',
    module: `export default library(['l1', 'huber'], { prox: (F, step, y) => {
  if (F.type === 'l1') return right(F).prox(step, y);
  throw Object.assign(new Error('no huber here'), { code: 'unsupported' });
} });`,
    exit: 0,
    says: /^! 1 of 2 right, but prox of huber refuses every question/m,
  },
  ...['signum', 'lion', 'sign-prox-momentum'].map((algorithm): Row => {
    return {
      name: `${algorithm} remembers in single precision`,
      module: updating(algorithm, singleMemory(algorithm)),
      words: only(algorithm, algorithm === 'sign-prox-momentum' ? 'sign-prox-momentum-iterates' : algorithm),
      wrong: `step of ${algorithm}`,
    };
  }),
  ...['signum', 'lion'].map(
    (algorithm): Row => ({
      name: `${algorithm} remembers the array of its gradient`,
      module: updating(algorithm, aliased(algorithm)),
      words: only(algorithm),
      wrong: `step of ${algorithm}`,
    }),
  ),
  ...rebuilt.map(
    ([name, algorithm, update, ...of]): Row => ({
      name,
      of,
      module: updating(algorithm, update),
      words: only(algorithm),
      says: new RegExp(`^✗ step of ${algorithm} (is wrong|answers what is not finite)`, 'm'),
    }),
  ),
];

/** Functions of arrays, values and steps of PyTorch as libraries had them, judged by every claim about them. */
const ofTheRecord: readonly Row[] = [
  {
    name: 'scikit-learn-contrib/skglm#178: the prox of sorted-l1',
    of: ['scikit-learn-contrib/skglm#178'],
    numpy: 'sorted-l1',
    python: `
np.seterr(all="ignore")
def mine(x, step, weights):
    order = np.argsort(-np.abs(x))
    blocks = []
    for gap in np.abs(x)[order] - step * np.sort(weights)[::-1]:
        blocks.append([gap, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] <= blocks[-1][0] / blocks[-1][1]:
            gap, count = blocks.pop()
            blocks[-1][0] += gap
            blocks[-1][1] += count
    u = np.concatenate([np.full(count, max(gap / count, 0)) for gap, count in blocks])
    for place, index in enumerate(order):
        u[index] = u[place]
    return np.sign(x) * u
`,
  },
  {
    name: 'TomographicImaging/CIL#608: the prox of total variation, whose dual iteration leaves out γ',
    of: ['TomographicImaging/CIL#608'],
    module: `export default library(['total-variation-2d'], {
      prox(F, step, y) {
        const dual = right(F).prox(1, y).map((v, i) => y[i] - v);
        return y.map((v, i) => v - step * dual[i]);
      },
    });`,
  },
  ...(
    [
      [
        'odlgroup/odl#1181',
        'linf-ball',
        `
def mine(x, radius, out=None):
    COPY
    out = np.empty_like(x) if out is None else out
    np.maximum(np.abs(x), radius, out=out)
    out /= radius
    np.divide(x, out, out=out)
    return out`,
      ],
      [
        'TomographicImaging/CIL#1172',
        'total-variation-2d',
        `
def adjoint(p):
    rows, columns = p
    return np.vstack([-rows[:1], rows[:-1] - rows[1:]]) + np.hstack([-columns[:, :1], columns[:, :-1] - columns[:, 1:]])
def mine(x, step, variant, out=None):
    COPY
    out = np.empty_like(x) if out is None else out
    p = np.zeros((2, *x.shape))
    for _ in range(20):
        out[...] = adjoint(p)
        out *= -step
        out += x
        p[0, :-1] += np.diff(out, axis=0) / (8 * step)
        p[1, :, :-1] += np.diff(out, axis=1) / (8 * step)
        p /= np.maximum(np.hypot(p[0], p[1]) if variant == "isotropic" else np.abs(p), 1)
    out[...] = adjoint(p)
    out *= -step
    out += x
    return out`,
      ],
    ] as const
  ).flatMap(([thread, as, source]) =>
    ([1, 0] as const).map(
      (exit): Row => ({
        name: `${thread}: the prox of ${as} where the answer is written to ${exit === 1 ? 'the argument' : 'a copy of the argument'}`,
        ...(exit === 1 ? { of: [thread] } : {}),
        numpy: as,
        python: `${source.replace('COPY', exit === 1 ? 'pass' : 'x = x.copy()')}\n`,
        words: ['--claims', 'prox-forms'],
        exit,
      }),
    ),
  ),
  {
    name: 'odlgroup/odl#660: the value of a ball at its own projection, and the boundary in doubles',
    of: ['odlgroup/odl#660'],
    module: `
export default library(['l2-ball'], {
  prox: (F, step, y) => (Math.hypot(...y) <= F.radius ? y : y.map((v) => (v / Math.hypot(...y)) * F.radius)),
  value: (F, x) => (Math.hypot(...x) <= F.radius ? 0 : Infinity),
});`,
    exit: 0,
  },
  ...[
    {
      thread: 'pytorch/pytorch#81859',
      given: 'maximize=False',
      moved: 'p.add_(b if group["maximize"] else -b, alpha=group["lr"])',
    },
    {
      thread: 'kozistr/pytorch_optimizer#519',
      given: 'dampening=0, foreach=False',
      share: '(1 if group["foreach"] else 1 - group["dampening"]) * g',
    },
    { thread: 'pytorch/pytorch#30257', decayed: 'p.grad.add_(p, alpha=group["weight_decay"])' },
  ].map(
    ({
      thread,
      given = '',
      decayed = 'p.grad + group["weight_decay"] * p',
      share = 'g',
      moved = 'p.sub_(b, alpha=group["lr"])',
    }): Row => ({
      name: `${thread}: a step of SGD`,
      of: [thread],
      python: optimiser(
        `lr=0.1, momentum=0, weight_decay=0, ${given}`,
        [
          `g = ${decayed}`,
          `b = group["momentum"] * state["b"] + ${share} if "b" in state else g.clone()`,
          'state["b"] = b',
          moved,
        ],
        'pass',
      ),
      words: words`--torch mine:Mine --as momentum-sgd`,
    }),
  ),
];

/** What a step does with gradients that ordinary problems hardly have: 0 in an entry after others, far apart in size, of more entries than two. */
const ofGradients: readonly Row[] = (
  [
    ['lion', 'an entry whose gradient is 0 stays where it is', 'g === 0'],
    ['adadelta', 'an entry stays where its gradient is larger than 50', 'Math.abs(g) > 50'],
    ['radam', 'the rest of a vector beyond a register of eight stays where it is', 'i >= 8'],
  ] as const
).map(
  ([algorithm, what, stays]): Row => ({
    name: `a step of ${algorithm}: ${what}`,
    module: `
export default mutate({
  updates: ({ updates: honest }) => ({
    ${algorithm}(request) {
      const right = honest.${algorithm}(request);
      return { ...right, x: right.x.map((v, i) => { const g = request.gradient[i]; return ${stays} ? request.x[i] : v; }) };
    },
  }),
});`,
    words: only(algorithm),
    wrong: `step of ${algorithm}`,
  }),
);

/** An Adam in PyTorch of which a line says how the steps are counted. */
const countingAdam = (count: string): string => `
import torch
class Adam(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "t": 0})
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            active = [p for p in group["params"] if p.grad is not None]
            for p in active:
                if not self.state[p]:
                    self.state[p].update(m=torch.zeros_like(p), v=torch.zeros_like(p), t=0)
                self.state[p]["t"] += 1
            last = self.state[active[-1]]["t"] if active else 0
            for p in active:
                (beta1, beta2), state = group["betas"], self.state[p]
                group["t"] += 1
                t = ${count}
                state["m"].lerp_(p.grad, 1 - beta1)
                state["v"].lerp_(p.grad**2, 1 - beta2)
                p.sub_(group["lr"] * (state["m"] / (1 - beta1**t)) / ((state["v"] / (1 - beta2**t)).sqrt() + group["eps"]))
`;

/** An SGD in PyTorch of which single places are spoiled: its first buffer is the whole gradient where `count` is 1. */
const sgdWith = ({
  before = 'pass',
  count = 'self.state[p]["t"]',
  without = 'continue',
  decayed = 'p.grad + group["weight_decay"] * p',
  call = 'closure()',
  mode = 'enable_grad',
  result = 'loss',
}: Readonly<
  Partial<Record<'before' | 'count' | 'without' | 'decayed' | 'call' | 'mode' | 'result', string>>
>): string => `
import torch
class SGD(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, momentum=0.0, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})
    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.${mode}():
                loss = ${call}
        for group in self.param_groups:
            ${before}
            for p in group["params"]:
                if p.grad is None:
                    ${without}
                self.state[p]["t"] = self.state[p].get("t", 0) + 1
                d = ${decayed}
                first = ${count} == 1
                self.state[p]["b"] = d.clone() if first else group["momentum"] * self.state[p].get("b", 0.5 * d) + d
                p.sub_(group["lr"] * self.state[p]["b"])
        return ${result}
`;

const ofSeveralTensors: readonly Row[] = [
  ...(
    [
      ['is right', {}, 0],
      [
        'counts the steps of its group, and so of a late parameter (InfiniTensor/InfiniTrain#235)',
        { count: 'group["t"]', before: 'group["t"] = group.get("t", 0) + 1' },
        1,
        /^✗ run of momentum-sgd is wrong/m,
      ],
      [
        'gives a parameter without gradient one of 0 (KellerJordan/Muon#54)',
        { without: 'p.grad = torch.zeros_like(p)' },
        1,
        /moved a parameter that has no gradient/,
      ],
      [
        'decays a parameter without gradient',
        { without: 'p.mul_(1 - group["lr"] * group["weight_decay"]); continue' },
        1,
        /moved a parameter that has no gradient/,
      ],
      [
        'writes its weight decay to the gradient (pytorch/pytorch#12218)',
        { decayed: 'p.grad.add_(p, alpha=group["weight_decay"])' },
        1,
        /in the grad of a\s+parameter(?:,\s+right\s+is|\s+right) /,
      ],
      [
        'does not call the closure (lessw2020/Ranger-Deep-Learning-Optimizer#46)',
        { call: 'None' },
        1,
        /did not call closure/,
      ],
      ['calls the closure twice', { call: 'closure() and closure()' }, 1, /called closure 2 times/],
      ['does not return the loss', { result: 'None' }, 1, /returned\s+None(?:, right is|\s+right)\s+the loss/],
      [
        'calls the closure under no_grad (HomebrewML/HeavyBall#10)',
        { mode: 'no_grad' },
        1,
        /called closure under no_grad/,
      ],
    ] as const
  ).map(
    ([what, spoiled, exit, says]): Row => ({
      name: `an SGD of several parameters: ${what}`,
      python: sgdWith(spoiled),
      words: words`--torch mine:SGD --as momentum-sgd --only 'run of momentum-sgd' --claims momentum-sgd`,
      exit,
      ...(says && { says }),
    }),
  ),
  ...(
    [
      ['once', 'own', 0],
      ['once for each dtype in its group (huggingface/pytorch-image-models#2750)', 'all', 1],
    ] as const
  ).map(
    ([what, decayed, exit]): Row => ({
      name: `an SGD whose foreach way decays each parameter ${what}`,
      python: `
import torch
class SGD(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, momentum=0.0, weight_decay=0.0, decoupled=True, foreach=False):
        given = {"lr": lr, "momentum": momentum, "weight_decay": weight_decay, "decoupled": decoupled, "foreach": foreach}
        super().__init__(params, given)
    def moved(self, p, g, momentum):
        self.state[p]["b"] = g.clone() if "b" not in self.state[p] else momentum * self.state[p]["b"] + g
        return self.state[p]["b"]
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            rate, decay = group["lr"], group["weight_decay"]
            all = [p for p in group["params"] if p.grad is not None]
            grads = [p.grad if group["decoupled"] else p.grad + decay * p for p in all]
            grads = [self.moved(p, g, group["momentum"]) for p, g in zip(all, grads)]
            for dtype in {p.dtype for p in all}:
                own = [p for p in all if p.dtype == dtype]
                if group["decoupled"]:
                    torch._foreach_mul_(${decayed} if group["foreach"] else own, 1 - rate * decay)
                torch._foreach_sub_(own, [rate * g for p, g in zip(all, grads) if p.dtype == dtype])
`,
      words: ['--torch', 'mine:SGD', '--as', 'momentum-sgd', '--only', 'step of momentum-sgd'],
      exit,
      wrong: 'step of momentum-sgd',
    }),
  ),
  ...(
    [
      ['of its group', 'group["lr"] / (1 - beta1**t)', 0],
      [
        'of the first group, kept by the number of the step (LiyuanLucasLiu/RAdam#24)',
        'self.__dict__.setdefault("kept", {}).setdefault(t, group["lr"] / (1 - beta1**t))',
        1,
      ],
    ] as const
  ).map(
    ([what, rate, exit]): Row => ({
      name: `an Adam that takes the learning rate ${what}`,
      python: optimiser('lr=0.1, betas=(0.9, 0.999), eps=1e-8', [
        'if not state:',
        '    state.update(m=torch.zeros_like(p), v=torch.zeros_like(p), t=0)',
        '(beta1, beta2), t = group["betas"], state["t"] + 1',
        'state["t"] = t',
        'state["m"].lerp_(p.grad, 1 - beta1)',
        'state["v"].lerp_(p.grad**2, 1 - beta2)',
        `p.sub_(${rate} * state["m"] / ((state["v"] / (1 - beta2**t)).sqrt() + group["eps"]))`,
      ]),
      words: words`--torch mine:Mine --as adam --only ${'step of adam'}`,
      exit,
      wrong: 'step of adam',
    }),
  ),
  ...(
    [
      ['stops at 256 in bfloat16', 'torch.bfloat16', 1],
      ['is a tensor', 'torch.float64', 0],
    ] as const
  ).map(
    ([what, dtype, exit]): Row => ({
      name: `an Adam whose counter ${what}, until a saved state is loaded`,
      python: optimiser('lr=0.1, betas=(0.9, 0.999), eps=1e-8', [
        'if not state:',
        `    state.update(m=torch.zeros_like(p), v=torch.zeros_like(p), t=torch.zeros((), dtype=${dtype}))`,
        'state["t"] += 1',
        '(beta1, beta2), t = group["betas"], float(state["t"])',
        'state["m"].lerp_(p.grad, 1 - beta1)',
        'state["v"].lerp_(p.grad**2, 1 - beta2)',
        'p.sub_(group["lr"] * state["m"] / (1 - beta1**t) / ((state["v"] / (1 - beta2**t)).sqrt() + group["eps"]))',
      ]),
      words: words`--torch mine:Mine --as adam --claims adam`,
      exit,
      wrong: 'run of adam',
    }),
  ),
  ...(
    [
      ['each parameter by itself', 'state["t"]', 0],
      ['once for each parameter of a group (flashlight#143, DiffSharp#292)', 'group["t"]', 1],
      ['by the last parameter that has a gradient (DeepSpeed#8471)', 'last', 1],
    ] as const
  ).map(
    ([what, count, exit]): Row => ({
      name: `an Adam that counts the steps of ${what}`,
      python: countingAdam(count),
      words: ['--torch', 'mine:Adam', '--as', 'adam', '--claims', 'adam'],
      exit,
      wrong: 'step of adam',
    }),
  ),
  ...(
    [
      [
        'is NaN where gradients stay equal (FastNN#12)',
        'v - a * a',
        1,
        /^✗ step of rmsprop answers what is not finite/m,
      ],
      [
        'is NaN in single precision alone, where gradients stay equal',
        'v - a * a if p.dtype == torch.float32 else (v - a * a).clamp(min=0)',
        1,
        /moved\s+a\s+parameter\s+in\s+torch\.float32\s+with\s+equal\s+gradients/,
      ],
      [
        'is NaN in single precision at α = 0.9 alone',
        '(v - a * a).clamp(min=0 if alpha < 0.8 else -1)',
        1,
        /^✗ step of rmsprop answers what is not finite/m,
        ['--declare', '{"dtype":"f32"}'],
      ],
      ['takes no root below 0', '(v - a * a).clamp(min=0)', 0, /to\s+16,\s+80,\s+200,\s+300;/],
    ] as const
  ).map(
    ([what, variance, exit, says, more = []]): Row => ({
      name: `a centred RMSprop ${what}`,
      python: optimiser('lr=0.1, alpha=0.9, eps=1e-8, centered=False', [
        'alpha = group["alpha"]',
        'v = state["v"] = alpha * state.get("v", 0) + (1 - alpha) * p.grad**2',
        'a = state["a"] = alpha * state.get("a", 0) + (1 - alpha) * p.grad',
        `square = ${variance} if group["centered"] else v`,
        'p.sub_(group["lr"] * p.grad / (square.sqrt() + group["eps"]))',
      ]),
      words: [...words`--torch mine:Mine --as rmsprop --only ${'step of rmsprop'}`, ...more],
      exit,
      says,
    }),
  ),
  ...(
    [
      ['is right', {}, 0],
      ['turns no gradient round with foreach', { sign: 'not group["foreach"]' }, 'foreach and maximize'],
      ['reads the decay of the constructor', { decay: 'self.defaults["weight_decay"]' }, 'own group'],
      ['keeps its first gradient itself', { first: 'd' }, 'one grad tensor'],
      ['moves a copy of what is not contiguous', { moved: 'p.contiguous().view(-1)' }, 'strided'],
      ['moves a copy of a transposed matrix', { moved: 'p.contiguous() if p.dim() > 1 else p' }, 'transposed'],
      ['needs a dimension', { first: 'd.clone().expand(p.shape[0], *p.shape[1:])' }, 'numbers'],
      ['takes the maximum of no entries', { moved: 'p if d.abs().max() >= 0 else p' }, 'beside an empty one'],
      ['keeps its memory in the default dtype', { first: 'torch.zeros(p.shape).add_(d)' }, 'for-loop'],
    ] as const
  ).map(
    ([what, { sign = 'True', decay = 'group["weight_decay"]', first = 'd.clone()', moved = 'p' }, variant]: readonly [
      string,
      Readonly<Partial<Record<'sign' | 'decay' | 'first' | 'moved', string>>>,
      string | 0,
    ]): Row => ({
      name: `an SGD in another circumstance: ${what}`,
      python: optimiser('lr=0.1, momentum=0, weight_decay=0, foreach=False, maximize=False', [
        `d = -p.grad if group["maximize"] and ${sign} else p.grad`,
        `d = d + ${decay} * p if ${decay} else d`,
        `b = group["momentum"] * state["b"] + d if "b" in state else ${first}`,
        'state["b"] = b',
        `moved = ${moved}`,
        'moved.sub_(b.reshape(moved.shape), alpha=group["lr"])',
      ]),
      words: ['--torch', 'mine:Mine', '--as', 'momentum-sgd', '--claims', 'momentum-sgd'],
      exit: variant === 0 ? 0 : 1,
      ...(variant !== 0 && {
        says: new RegExp(`^✗[^\\n]* run of momentum-sgd [^]*?variant\\s+=\\s+${variant.replaceAll(' ', '\\s+')}`, 'm'),
      }),
    }),
  ),
  {
    name: 'the gradients of SGD are those of other parameters where one has none (sail-sg/Adan#17)',
    python: `
import torch
class SGD(torch.optim.Optimizer):
    def __init__(self, params, lr=0.1, momentum=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum})
    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            parameters = group["params"]
            gradients = [p.grad for p in reversed(parameters) if p.grad is not None]
            for p, g in zip(reversed(parameters), gradients):
                b = group["momentum"] * self.state[p]["b"] + g if "b" in self.state[p] else g.clone()
                self.state[p]["b"] = b
                p.sub_(group["lr"] * b)
`,
    words: ['--torch', 'mine:SGD', '--as', 'momentum-sgd', '--only', 'step of momentum-sgd'],
    wrong: 'step of momentum-sgd',
  },
];

/** What a prox does at points and with parameters that independent draws hardly have. */
const ofStructure: readonly Row[] = [
  ...(
    [
      ['in bfloat16, which stops at 256', 'Math.min(count, 256)', 1, /^✗ step of adam is wrong/m],
      [
        'in eight bits, which wrap at 128',
        '((count + 128) % 256) - 128',
        1,
        /^✗ step of adam answers what is not finite/m,
      ],
      ['in a double', 'count', 0, /T [\d,\s]+16,\s+300;/],
    ] as const
  ).map(
    ([what, kept, exit, says]): Row => ({
      name: `an Adam that counts its steps ${what}`,
      module: `
export default mutate({
  updates: ({ updates: honest }) => ({
    adam(request) {
      const right = honest.adam(request);
      const { count } = right.state;
      return { ...right, state: { ...right.state, count: ${kept} } };
    },
  }),
});`,
      words: only('adam'),
      exit,
      says,
    }),
  ),
  ...(['adam', 'sgd'] as const).flatMap((algorithm) =>
    (
      [
        ['the last block of four is left out beyond 256', 'n > 256 && i >= n - (n % 4 || 4) ? x[i] : v', 1],
        ['blocks of four and the rest are worked through', 'v', 0],
      ] as const
    ).map(
      ([what, entry, exit]): Row => ({
        name: `a step of ${algorithm}: ${what}`,
        module: `
const blocks = (x, next) => {
  const n = x.length;
  return next.map((v, i) => (${entry}));
};
export default mutate({
  updates: ({ updates: { adam, sgd } }) => ({
    sgd: (request) => blocks(request.x, sgd(request)),
    adam(request) {
      const right = adam(request);
      return { ...right, x: blocks(request.x, right.x) };
    },
  }),
});`,
        words: only(algorithm, algorithm === 'adam' ? algorithm : 'eq4-sgd'),
        exit,
        says: exit === 1 ? new RegExp(`^✗ step of ${algorithm} is wrong`, 'm') : /\bn 1\b[^;]*257;/,
      }),
    ),
  ),
  ...(
    [
      [
        'the projection onto the l1-ball is wrong beyond 64 entries',
        'l1-ball',
        'y.length > 64 ? u.map((v) => 1.01 * v) : u',
        1,
      ],
      [
        'soft thresholding drops the rest beyond blocks of 64',
        'l1',
        'u.map((v, i) => (i < y.length - (y.length % 64) || y.length < 64 ? v : 0))',
        1,
      ],
      [
        'soft thresholding works through blocks of 64 and the rest',
        'l1',
        'y.flatMap((_, i) => (i % 64 === 0 ? right(F).prox(step, y.slice(i, i + 64)) : []))',
        0,
      ],
    ] as const
  ).map(
    ([name, type, answer, exit]): Row => ({
      name,
      methods: `prox(F, step, y) {
        const u = right(F).prox(step, y);
        return Array.isArray(F.weight) ? u : ${answer};
      }`,
      wrong: `prox of ${type}`,
      ...(exit === 0 && { says: /n\s+1\s+to\s+\d+,\s+65,\s+127,\s+257,\s+1000/ }),
      exit,
    }),
  ),
  {
    name: 'the value of a nuclear norm has half of its digits where a singular value is 0',
    methods: `value(F, x) {
        const [rows, columns] = F.shape;
        const isWide = rows <= columns;
        const at = (i, j) => x[isWide ? i * columns + j : j * columns + i];
        const [few, many] = isWide ? [rows, columns] : [columns, rows];
        if (few !== 2) return right(F).value(x);
        const product = (i, j) => sum(Array.from({ length: many }, (_, k) => at(i, k) * at(j, k)));
        const [a, b, c] = [product(0, 0), product(0, 1), product(1, 1)];
        return right(F).value(x) + (a * c === b * b ? 1e-8 * F.weight * Math.sqrt(a + c) : 0);
      }`,
    wrong: 'value of nuclear-norm is inaccurate',
  },
  {
    name: 'the prox of a nuclear norm returns a diagonal matrix as it is',
    methods: `prox(F, step, y) {
        const [rows, columns] = F.shape;
        const isDiagonal = y.every((v, k) => (Math.floor(k / columns) === k % columns) === (v !== 0));
        return rows > 1 && columns > 1 && isDiagonal ? y : right(F).prox(step, y);
      }`,
    wrong: 'prox of nuclear-norm',
  },
  {
    name: 'the prox of a nuclear norm divides by the difference of its singular values, except of 0',
    methods: `prox(F, step, y) {
        const u = right(F).prox(step, y);
        if (F.shape.some((n) => n !== 2) || y.every((v) => v === 0)) return u;
        const gap = Math.hypot(y[0] - y[3], y[1] + y[2]) * Math.hypot(y[0] + y[3], y[1] - y[2]);
        return u.map((v) => (gap === 0 ? NaN : v));
      }`,
    wrong: 'prox of nuclear-norm answers what is not finite',
  },
  {
    name: 'the prox of a group norm leaves groups of more than eight entries as they are',
    methods: `prox(F, step, y) {
        const u = right(F).prox(step, y);
        for (const group of F.groups) if (group.length > 8) for (const i of group) u[i] = y[i];
        return u;
      }`,
    wrong: 'prox of group-l2',
  },
];

const ofTheme = (name: string) => import(new URL(`src/tools/site/.vitepress/theme/playground/${name}`, root).href);
const { bugs } = (await ofTheme('bugs.mjs')) as {
  readonly bugs: Readonly<Record<string, { readonly subject: string; readonly text: string }>>;
};
const texts = (await ofTheme('texts.mjs')) as Readonly<Record<string, string>>;
const findings = readFileSync(new URL('docs/findings-in-libraries.md', root), 'utf8');
const filed = new Map(trackRecord.hits.map((hit) => [hit.thread, hit]));

/** The claim that finds an error of a subject. */
const claimAbout = (subject: string): string => {
  const [method, name] = subject.split(' of ');
  return claimOf[method as keyof typeof claimOf] ?? name!;
};

/** What the playground shows of the bugs, and what is right of it. */
const ofPlayground: readonly Row[] = [
  ...Object.entries(bugs).map(
    ([key, { subject, text }]): Row => ({
      name: `${key}, as the playground shows it`,
      of: filed.has(key) ? [key] : [],
      module: text,
      words: ['--claims', filed.get(key)?.found ?? claimAbout(subject)],
      wrong: subject,
      says: new RegExp(`^✗ ${subject} (is wrong|is inaccurate|answers what is not finite)`, 'm'),
    }),
  ),
  // The files whose errors they are: nothing else in them is wrong.
  ...(
    [
      ['l1', 'prox of l1'],
      ['nuclearNorm', 'prox of nuclear-norm'],
      ['momentumSgd', 'step of momentum-sgd'],
      ['adam', 'step of adam'],
      ['rmsprop', 'step of rmsprop'],
      ['adadelta', 'step of adadelta'],
    ] as const
  ).map(
    ([name, subject]): Row => ({
      name: `${name}, as the playground shows it, is right`,
      module: texts[name]!,
      words: ['--claims', claimAbout(subject)],
      exit: 0,
      says: new RegExp(`^✓ ${subject} is right`, 'm'),
    }),
  ),
];

test('each bug of the playground is on file: a thread with its subject, or a finding', (t) => {
  const all = Object.entries(bugs);
  t.true(all.length >= 30);
  for (const [key, { subject }] of all) {
    if (findings.includes(`\n## ${key}\n`)) continue;
    t.is(filed.get(key)?.subject, subject, key);
  }
});

const testNode = testWith(process.execPath, '--version');
const testPython = testWith(python, '-c', 'import numpy');
const torch = pythonWith('torch');
const testTorch = testWith(torch, '-c', 'import torch');
startWithoutCoverage();
const command = commandRunner();
const commandHere = commandRunner(new URL('./module-here.test.helper.js', import.meta.url).href);

/** Three ordinary rows, and one whose program is written by what asks the process. */
const ofProcess = [
  'the value of entropy is infinite at 0',
  'SGD loses its weight decay where there is nothing but a momentum beside it',
  'the prox of a nuclear norm returns a diagonal matrix as it is',
  'the lines to paste have the start, every step and every gradient of a run of steps that is wrong',
];
/** Exits, standard error, output and what is kept between processes are those of a process; other modules are judged in that of the command. */
const isApart = ({ name, module = '', words: asked = [], exit, notes, neverNotes }: Row): boolean =>
  notes !== undefined ||
  neverNotes !== undefined ||
  exit! > 1 ||
  asked.includes('--module') ||
  /process\.|console\.|setTimeout|globalThis|while \(true\)|\bresume\b/.test(module) ||
  ofProcess.includes(name);

const every = [
  ...rows,
  ...ofAnotherShape,
  ...ofForms,
  ...ofNonfinite,
  ...ofNonfiniteSteps,
  ...ofDtypes,
  ...everyParameter,
  ...ofAlgorithms,
  ...ofTheRecord,
  ...ofGradients,
  ...ofSeveralTensors,
  ...ofStructure,
  ...ofPlayground,
].map(complete);

/** What the guard says of a subject that fails: its verdict, and the facts below it. */
const paragraphOf = (stdout: string, subject: string): string =>
  new RegExp(`^[✗!] ${subject} .*\\n(?:(?![✗!] ).*\\n)*`, 'm').exec(stdout)?.[0] ?? '';

test('the bugs that are rebuilt are those of the track record, each once', (t) => {
  const onFile = trackRecord.hits.filter(({ rebuilt }) => rebuilt !== undefined).map(({ thread }) => thread);
  t.deepEqual(every.flatMap(({ of = [] }) => of).toSorted(), onFile.toSorted());
});

/** What vectors can express: a step or a prox in doubles that answers, and is wrong. */
const expressible = every.filter(
  ({ module, exit, wrong = '', words: asked = [] }) =>
    module !== undefined && exit === 1 && /^(?:step|prox) of [\w-]+$/.test(wrong) && !asked.includes('--declare'),
);

test.serial('of the errors of the field the test vectors find those that the page counts', async (t) => {
  const cwd = await directory(t, {});
  const files = await readVectorFiles(fileURLToPath(new URL('fixtures/vectors/v1', root)));
  const [found, missed]: [string[], string[]] = [[], []];
  for (const [k, { name, module, wrong }] of expressible.entries()) {
    const file = files.get(`${wrong!.startsWith('prox') ? 'prox-' : ''}${wrong!.split(' of ')[1]}.json`);
    if (file === undefined) continue;
    const path = join(cwd, `mine-${k}.mjs`);
    await writeFile(path, `${prelude}${module}`);
    const implementation = await loadModule(path);
    if (implementation.description.dtype !== 'f64') continue;
    // What raises, or answers with another shape, fails any test.
    const answers = await answersOf(implementation, file, 'f64').catch(() => undefined);
    const follows = implementation.description.follows?.[file.subject as 'adam'];
    const verdict = answers === undefined ? 'fail' : judgeAnswers(file, 'f64', answers, follows).verdict;
    if (verdict !== 'no answers') (verdict === 'fail' ? found : missed).push(name);
  }
  const page = await readFile(fileURLToPath(new URL('docs/vectors.md', root)), 'utf8');
  const [, told] =
    /are rebuilt here as a\s+step or a prox in doubles, the vectors find\s+(\d+ of \d+)/.exec(page) ?? [];
  t.is(`${found.length} of ${found.length + missed.length}`, told!, missed.join('\n'));
});

for (const row of every) {
  const { name, module, python: source, words: asked = [], known, of = [], ...expected } = row;
  const withTorch = asked.includes('--torch');
  const run = source === undefined ? testNode : withTorch ? testTorch : testPython;
  run(name, async (t) => {
    const cwd = await directory(t, {
      ...(module !== undefined && { 'mine.mjs': `${prelude}${module}` }),
      ...(source !== undefined && { 'mine.py': source }),
      ...(known !== undefined && {
        'known.toml': known.map((id) => `[[xfail]]\nid = "${id}"\nreason = "as it was"\n`).join(''),
      }),
    });
    const options = source === undefined ? ['--module', 'mine.mjs'] : ['--python', withTorch ? torch : python];
    const declared = known === undefined ? [] : ['--known-failures', 'known.toml'];
    const target = asked.includes('--') || asked.includes('--module') ? [] : options;
    for (const seed of seeds) {
      // Programs read the other formats.
      const ledger = asked.includes('--format') ? [] : ['--ledger'];
      const all = ['guard', '--depth', 'quick', '--seed', seed, ...ledger, ...declared, ...target, ...asked];
      const { code, stdout, stderr } = await (isApart(row) ? command : commandHere)(cwd, all);
      const heard = `${name}, seed ${seed}\n${stdout}\n${stderr}`;
      t.is(code, expected.exit, heard);
      for (const { subject, found } of of.map((thread) => filed.get(thread)!)) {
        t.is(code, found === undefined ? 0 : 1, heard);
        const paragraph = paragraphOf(stdout, subject!);
        if (found === undefined) t.is(paragraph, '', heard);
        else t.regex(paragraph, new RegExp(`^ {4}seen by[^]*\\b${found}\\b`, 'm'), heard);
      }
      if (expected.says) t.regex(stdout, expected.says, heard);
      if (expected.never) t.notRegex(stdout, expected.never, heard);
      if (expected.notes) t.regex(stderr, expected.notes, heard);
      if (expected.neverNotes) t.notRegex(stderr, expected.neverNotes, heard);
    }
  });
}
