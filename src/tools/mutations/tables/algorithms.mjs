/** @type {readonly import('../table.mjs').Group[]} */
export const algorithms = [
  {
    file: 'src/reference/algorithms/sign.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['NaN has a sign', 'if (v !== 0) return v;', ''],
      ['positive at 0 is 0', "case 'positive':\n      return 1", "case 'positive':\n      return 0"],
      ['negative at 0 is positive', 'return -1;\n    case', 'return 1;\n    case'],
      ['a random sign is positive always', 'random() < 0.5 ? -1 : 1', '1'],
      ['the default is positive', "signOfZero = 'zero'", "signOfZero = 'positive'"],
      ['random without a source is accepted', "if (signOfZero === 'random' && random === undefined) {", 'if (false) {'],
    ],
  },
  {
    file: 'src/reference/algorithms/sign-prox.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      [
        'the literal step goes up',
        'x[i]! - step * signOf(x[i]! - out[i]!, convention, random)',
        'x[i]! + step * signOf(x[i]! - out[i]!, convention, random)',
      ],
      [
        'the residual step goes up',
        'x[i]! - step * signOf(out[i]!, convention, random)',
        'x[i]! + step * signOf(out[i]!, convention, random)',
      ],
      ['the literal sign is that of P_B − x', 'signOf(x[i]! - out[i]!,', 'signOf(out[i]! - x[i]!,'],
      ['the step has length 1', 'x[i]! - step * signOf(out[i]!, convention', 'x[i]! - signOf(out[i]!, convention'],
      ['the two forms are exchanged', "options.form === 'literal'", "options.form !== 'literal'"],
    ],
  },
  {
    file: 'src/reference/algorithms/spgm.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['the residual form goes up', 'x[i]! - step * out[i]!', 'x[i]! + step * out[i]!'],
      ['the residual form is the default', "form = 'literal' }", "form = 'residual' }"],
    ],
  },
  {
    file: 'src/reference/algorithms/sgd.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['SGD takes the whole gradient', 'oracle.stochastic(x, batch, out)', 'oracle.full(x, out)'],
      ['SGD goes up', 'x[i]! - step * out[i]!', 'x[i]! + step * out[i]!'],
    ],
  },
  {
    file: 'src/reference/algorithms/sign-sgd.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['signSGD takes the whole gradient', 'oracle.stochastic(x, batch, out)', 'oracle.full(x, out)'],
      ['signSGD forgets the convention', 'signOf(out[i]!, convention, random)', "signOf(out[i]!, 'zero', random)"],
    ],
  },
  {
    file: 'src/reference/problem/gradients.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      [
        'the gradient of d is divided with the batch',
        'workspace[i]! + sum[i]! / divisor',
        '(workspace[i]! + sum[i]!) / divisor',
      ],
      ['counts weigh nothing', 'accumulate(k, batch.counts[k]!, x, out)', 'accumulate(k, 1, x, out)'],
      ['the whole gradient is not weighed', 'accumulate(k, probabilities[k]!, x, out)', 'accumulate(k, 1, x, out)'],
      ['indices are not checked', 'checkIndices(batch, gradients.length);', ''],
    ],
  },
  {
    file: 'src/reference/algorithms/iteration.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['a run ends one early', 'iteration <= iterations; iteration++', 'iteration < iterations; iteration++'],
      ['a step into its own input reads what it wrote', 'out === x ? x.slice() : x', 'x'],
      ['the observer does not see the start', 'observer?.(0, x);', ''],
      ['a run changes its start', 'let x = start.slice();', 'let x = start;'],
      ['a negative number of iterations is accepted', '|| iterations < 0', ''],
    ],
  },
  {
    file: 'src/reference/algorithms/mini-batch.ts',
    caughtBy: ['src/reference/algorithms/algorithms.test'],
    changes: [
      ['indices and counts are accepted together', 'if (indices !== undefined) throw', 'if (false) throw'],
      ['a run needs no seed', 'if (seed === undefined) throw', 'if (seed === null) throw'],
      ['a mini-batch of 0 is accepted', 'miniBatch < 1', 'miniBatch < 0'],
    ],
  },
  {
    file: 'src/reference/algorithms/majority-vote.ts',
    caughtBy: ['src/reference/algorithms/majority-vote.test'],
    changes: [
      ['workers are averaged before they vote', 'signOf(mapping[i]!, convention, random)', 'mapping[i]!'],
      [
        'the vote goes up',
        'x[i]! - step * signOf(out[i]!, tie, random)',
        'x[i]! + step * signOf(out[i]!, tie, random)',
      ],
      ['a tie is broken as a zero', 'signOfZero: options.tie ?? convention', 'signOfZero: convention'],
      ['one worker has the stream of all', '},\n      worker,\n    ),', '},\n      0,\n    ),'],
      ['the last worker does not vote', 'worker < workers; worker++', 'worker < workers - 1; worker++'],
    ],
  },
  {
    file: 'src/reference/algorithms/momentum.ts',
    caughtBy: ['src/reference/algorithms/momentum.test'],
    changes: [
      [
        'the first draw weighs α too',
        'momentumIteration(problem, mean, 1, options)',
        'momentumIteration(problem, mean, newestWeight, options)',
      ],
      ['every iteration is the first', '      iterate = later;\n', ''],
      ['m is kept whole', '(1 - newestWeight) * mean[i]!', 'mean[i]!'],
      ['x follows the newest draw', 'signOf(mean[i]!, convention', 'signOf(newest, convention'],
      ['the two forms are exchanged', 'const newest = literal ?', 'const newest = !literal ?'],
      ['the state that is given is written to', 'mean?.slice()', 'mean'],
      ['a weight above 1 is accepted', ' && newestWeight <= 1', ''],
    ],
  },
  {
    file: 'src/reference/algorithms/one-bit-codec.ts',
    caughtBy: ['src/reference/algorithms/majority-vote.test'],
    changes: [
      ['bits are packed from the other end', '1 << (i & 7)', '1 << (7 - (i & 7))'],
      ['a byte too few', 'Math.ceil(requireLength(n) / 8)', 'Math.floor(requireLength(n) / 8)'],
      ['a zero is packed as minus', 'if (sign !== 1 && sign !== -1) {', 'if (false) {'],
      ['a tie counts as a majority', '2 * majority[i]! - messages.length', '2 * majority[i]! - messages.length + 1'],
      ['bits beyond the end are accepted', 'bytes[length - 1]! >> used !== 0', 'false'],
    ],
  },
  {
    file: 'src/reference/algorithms/fista.ts',
    caughtBy: ['src/reference/algorithms/solvers.test'],
    changes: [
      [
        'the inertia grows like a square',
        '(1 + Math.sqrt(1 + 4 * inertia * inertia)) / 2',
        '(1 + Math.sqrt(1 + inertia * inertia)) / 2',
      ],
      ['momentum has the other sign', 'x[i]! + momentum *', 'x[i]! - momentum *'],
      ['the momentum is that of the next', '(inertia - 1) / next', '(next - 1) / next'],
      ['a rise is accepted', '!restart || value <= objective', 'true'],
      ['a restart keeps the inertia', 'y.set(x);\n      inertia = 1;', 'y.set(x);'],
    ],
  },
  {
    file: 'src/reference/algorithms/stateful/fista.ts',
    caughtBy: ['src/reference/algorithms/stateful/stateful.test'],
    changes: [
      ['no step goes ahead', 'memory?.ahead ?? x', 'x'],
      ['the inertia is always that of the first', 'memory?.inertia ?? 1', '1'],
    ],
  },
  {
    file: 'src/reference/algorithms/stateful/prox-svrg.ts',
    caughtBy: ['src/reference/algorithms/stateful/stateful.test'],
    changes: [
      ['the anchor never moves', 'memory === undefined || memory.age >= epoch', 'memory === undefined'],
      ['an epoch is one longer', 'memory.age >= epoch', 'memory.age > epoch'],
      ['the two gradients are swapped', 'here[i]! - there[i]!', 'there[i]! - here[i]!'],
      ['no prox is taken', 'regularizer.prox(forward, step)', 'forward'],
    ],
  },
  {
    file: 'src/reference/algorithms/stateful/sign-prox-momentum.ts',
    caughtBy: ['src/reference/algorithms/stateful/stateful.test'],
    changes: [['the momentum is the weight of the newest', '1 - momentum', 'momentum']],
  },
  {
    file: 'src/reference/algorithms/stateful/error-feedback-sign-prox.ts',
    caughtBy: ['src/reference/algorithms/stateful/stateful.test'],
    changes: [['the error is 0 in every message', 'memory?.error ?? new', 'new']],
  },
  {
    file: 'src/reference/algorithms/proximal-gradient.ts',
    caughtBy: ['src/reference/algorithms/solvers.test'],
    changes: [
      ['the tolerance is not that of G', 'tolerance * problem.step', 'tolerance'],
      ['what was reached is the point before', 'return { x, objective', 'return { x: next, objective'],
    ],
  },
  {
    file: 'src/reference/algorithms/fast/affine-kernel.ts',
    caughtBy: ['src/reference/algorithms/fast/vector-kernel.test'],
    changes: [
      [
        'near ties are not repaired',
        'if (curved && this.#isDoubtful(i, stochastic)) stochastic',
        'if (false) stochastic',
      ],
      ['the margin is forgotten', ' + margin[i]!;', ';'],
      ['the sign step goes up', 'x[i] = x[i]! - step * sign;', 'x[i] = x[i]! + step * sign;'],
      ['the norm is of the batch', 'total += Math.abs(affine[i]! + mean[i]!)', 'total += Math.abs(affine[i]!)'],
      ['the sum is not divided by the batch', 'affine[i]! + sum[i]! / batch', 'affine[i]! + sum[i]!'],
    ],
  },
  {
    file: 'src/reference/algorithms/fast/weighted-rows.ts',
    caughtBy: ['src/reference/algorithms/fast/weighted-rows.test'],
    changes: [
      ['the fourth row is the third', 'w3 * rows[p + 3 * n]!', 'w3 * rows[p + 2 * n]!'],
      [
        'the rows after the last four are left out',
        'for (; k < weights.length; k++) {',
        'for (; k < weights.length - 1; k++) {',
      ],
    ],
  },
  {
    file: 'src/reference/algorithms/fast/general-kernel.ts',
    caughtBy: ['src/reference/algorithms/fast/general-kernel.test'],
    changes: [
      ['the mapping forgets the gradient', 'const mapping = gradient[i]! + mean[i]!;', 'const mapping = mean[i]!;'],
      ['signProx forgets the gradient', 'gradient[i]! + sum[i]! / batch', 'sum[i]! / batch'],
      ['an infinite x is 0', 'defect += x[i]! - x[i]!;', ''],
      [
        'linear functions are not written',
        "if (row.kind === 'linear') row.writeResidual(this.#y, this.#residualRows[r]!);",
        '',
      ],
    ],
  },
];
