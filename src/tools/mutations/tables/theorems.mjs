/** @type {readonly import('../table.mjs').Group[]} */
export const theorems = [
  {
    file: 'theorems/theorem-1/theorem-1.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test'],
    changes: [
      ['3.3σ²', '3 * sigma! ** 2', '3.3 * sigma! ** 2'],
      ['σ in place of σ²', '3 * sigma! ** 2', '3 * sigma!'],
      ['LΔ in place of 2LΔ', '2 * lipschitz! * gap.upper', 'lipschitz! * gap.upper'],
      ['1/T in place of 1/√T', '3 * sigma! ** 2) / Math.sqrt(iterations)', '3 * sigma! ** 2) / iterations'],
      ['the step is 1/(L·T)', 'lipschitz * Math.sqrt(iterations)', 'lipschitz * iterations'],
      ['the cap forgets 1 + γL', 'drift + noise * (1 + product)', 'drift + noise'],
      ['the cap covers steps beyond 2/L', 'if (product >= 2) return undefined;', ''],
      [
        'the cap forgets the first iterate',
        '(1 - 1 / iterations) * deviation ** 2',
        '(1 - 2 / iterations) * deviation ** 2',
      ],
      ['the drift of the cap is halved', '(2 * gap.upper) / (step * iterations)', 'gap.upper / (step * iterations)'],
      ['the variance of 1♯ is σ', 'variance: sigma! ** 2, gap', 'variance: sigma!, gap'],
    ],
  },
  {
    file: 'theorems/theorem-2/theorem-2.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test'],
    changes: [
      ['the cap looks at the + side of the lattice alone', '[distance, -distance]', '[distance]'],
      ['the cap looks at the − side of the lattice alone', '[distance, -distance]', '[-distance]'],
      ['the 1 is lost', 'sum(coordinateSigma!) + 1)', 'sum(coordinateSigma!))'],
      ['2 in place of 4', '(4 / Math.sqrt(iterations))', '(2 / Math.sqrt(iterations))'],
      ['the step forgets its 2', '1 / (2 * total * Math.sqrt(iterations))', '1 / (total * Math.sqrt(iterations))'],
      ['the mini-batch is 1', 'miniBatch: iterations };', 'miniBatch: 1 };'],
      ['the cap is not the mean', 'return (total / iterations) * (1 + 2 ** -30)', 'return total * (1 + 2 ** -30)'],
      ['the cap of coupled problems', 'if (!problem.problem.separable) return undefined;', ''],
      ['the lattice has steps of 1', 'value + lattice * problem.step', 'value + lattice'],
    ],
  },
  {
    file: 'theorems/theorem-2/theorem-2-coupled.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test', 'theorems/shared/sharpened.test'],
    slow: true,
    changes: [
      [
        'the growth of the cap is 1 + γΛ',
        '(2 + problem.step * Math.max(...majorant))',
        '(1 + problem.step * Math.max(...majorant))',
      ],
      ['the growth of the cap is not halved', '(growth * (iterations - 1)) / 2', 'growth * (iterations - 1)'],
      [
        'the step forgets its 2',
        '1 / (2 * total(majorantOf(constants)) * Math.sqrt(iterations))',
        '1 / (total(majorantOf(constants)) * Math.sqrt(iterations))',
      ],
      [
        'a problem without curvature is accepted',
        'majorant === undefined || !(total(majorant) > 0)',
        'majorant === undefined',
      ],
    ],
  },
  {
    file: 'theorems/shared/sharp-bounds.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test', 'theorems/shared/sharpened.test'],
    slow: true,
    changes: [
      [
        '1♯ divides by 1 − γL',
        '(gap / (step * iterations) + noise) / (1 - product / 2)',
        '(gap / (step * iterations) + noise) / (1 - product)',
      ],
      [
        '1♯ forgets the first iterate',
        '((1 - 1 / iterations) * product * variance) / miniBatch',
        '(product * variance) / miniBatch',
      ],
      ['1♯ divides the noise by √B', 'product * variance) / miniBatch', 'product * variance) / Math.sqrt(miniBatch)'],
      ['steps of 2/L and more are accepted', 'product > 0 && product < 2', 'product > 0'],
      ['the weight of the last iterate is not squared', '(1 - product) ** 2 / (4', '(1 - product) / (4'],
      ['2♯ divides the noise by B', '* noise) / Math.sqrt(miniBatch);\n}', '* noise) / miniBatch;\n}'],
      ['2♯ forgets γ‖L‖₁', 'gap / (step * iterations) + step * curvature +', 'gap / (step * iterations) +'],
      ['the curvature of the noise is 1/2', '(5 * Math.sqrt(5) - 11) / 2)', '(5 * Math.sqrt(5) - 11) / 4)'],
      ['even batches deviate as odd ones', 'miniBatch % 2 === 0 ? evenBatchDeviation : 1', '1'],
      ['the coupling is that of the largest', 'Math.sqrt(largest * total) - smallest', 'largest - smallest'],
      ['the coupled bound divides by 1', '1 - (step * coupling) / 2', '1'],
    ],
  },
  {
    file: 'theorems/beyond/momentum/momentum-bounds.ts',
    caughtBy: ['theorems/beyond/momentum/momentum.test'],
    changes: [
      ['the lag counts once', '(2 * moved * (1 - newestWeight))', '(moved * (1 - newestWeight))'],
      ['the first draw is forgotten', ' + deviation / (newestWeight * iterations)', ''],
      ['a wrong sign costs 2', 'total += moved + (2 + moved) * usual', 'total += moved + 2 * usual'],
      ['the last step has noise', '(1 - 1 / iterations) * error', 'error'],
      ['the lag is there at once', '(1 - newestWeight) * (1 - kept)', '1 - newestWeight'],
      ['the noise of the first draw lasts', 'kept ** 2 + (1 - kept ** 2) * lasting', '1'],
      ['G is 2L-Lipschitz', '(2 * moved) / (1 + moved)', '2 * moved'],
    ],
  },
  {
    file: 'src/claims/theorems/objective-constants.ts',
    caughtBy: ['theorems/shared/sharpened.test'],
    slow: true,
    changes: [
      ['rounding makes the gap smaller', 'value - infimum.lower + rounding', 'value - infimum.lower - rounding'],
      ['f* is taken from above', 'value - infimum.lower + rounding', 'value - infimum.upper + rounding'],
    ],
  },
  {
    file: 'src/reference/problem/operators.ts',
    caughtBy: ['theorems/shared/sharpened.test'],
    slow: true,
    changes: [['the plain average is not weighed', 'probabilities[k]! * r.value(x)', 'r.value(x)']],
  },
  {
    file: 'theorems/theorem-1/theorem-1-fixed-objective.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test', 'theorems/shared/sharpened.test'],
    slow: true,
    changes: [
      ['the bias forgets a square', '(1 + product) ** 2 * bound', '(1 + product) * bound'],
      ['the bias forgets σ₀²', 'product * (1 + product) * sigma ** 2', '0 * sigma'],
      ['Δ̄ forgets γσ₀²/2', 'constants.gap + (schedule.step * variance) / 2', 'constants.gap'],
      ['σ_γ above σ₀ is in order', 'if (!(own! <= sigma * (1 + 2 ** -10)))', 'if (!(own! <= 1e9 + sigma))'],
      ['Δ_γ above its limit is in order', 'if (!(gapLower! <= gap +', 'if (!(gapLower! <= 1e9 + gap +'],
    ],
  },
  {
    file: 'theorems/theorem-1/theorem-1-exact.ts',
    caughtBy: ['theorems/shared/theorem-numbers.test', 'src/claims/bounds/rational-claim.test'],
    changes: [
      ['2σ² in place of 3σ²', 'const three = rational(3n)', 'const three = rational(2n)'],
      ['1♯ forgets the first iterate', 'one.sub(one.div(root.mul(root))).mul(sum(variance))', 'sum(variance)'],
      [
        'the step forgets √T',
        'one.div(lipschitz.reduce(maximum, zero).mul(root))',
        'one.div(lipschitz.reduce(maximum, zero))',
      ],
    ],
  },
  {
    file: 'theorems/shared/periodic-slope.ts',
    caughtBy: ['theorems/shared/periodic-slope.test'],
    changes: [
      ['the period has one ramp', 'climb + 2 * ramp + descent', 'climb + ramp + descent'],
      [
        'the way down is too long',
        '(rise * climb + ramp * (rise - fall)) / fall',
        '(rise * climb + ramp * (rise + fall)) / fall',
      ],
      ['the valley is on the other side', 'valley: -rise', 'valley: rise'],
      ['a climb that leaves no way down is accepted', 'if (!(descent > 0)) throw', 'if (descent === 0) throw'],
    ],
  },
  {
    file: 'theorems/engines/monte-carlo-kernels-agree.ts',
    caughtBy: ['theorems/theorems.test'],
    changes: [['what never occurs is expected to be summed too', 'probabilities[k]! > 0', 'probabilities[k]! >= 0']],
  },
];
