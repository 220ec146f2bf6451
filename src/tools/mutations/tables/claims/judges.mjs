const follow = { caughtBy: ['src/claims/judges/stateful/follow.test'] };

/** @type {readonly import('../../table.mjs').Group[]} */
export const claimJudges = [
  {
    file: 'src/claims/judges/stateful/follow.ts',
    ...follow,
    changes: [
      [
        'an iterate that is not finite is passed over',
        'return worstOf([...judgements, notFinite(t + 1, next)]);',
        'break;',
      ],
      ['every iterate begins where the run did', '    x = next;\n', ''],
      ['only the first iterate is judged', 'if (!(judgements.at(-1)!.ratio <= 1)) break;', 'break;'],
      ['what is off by anything is right', 'off === 0 ? 0 : off / error', '0'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/momentum-rules.ts',
    ...follow,
    changes: [
      ['the buffer is never written', '    memory = newest.map', '    const next = newest.map'],
      [
        'dampening is ignored',
        "conventions.buffer === 'mean' ? momentum : given('dampening')",
        "conventions.buffer === 'mean' ? momentum : zero",
      ],
      [
        'the first gradient is dampened',
        "before === undefined && conventions.first === 'whole') return g;",
        'false) return g;',
      ],
      [
        'no look-ahead',
        'const direction = nesterov ? combination(one, slopes[i]!, momentum, now[i]!, u) : now[i]!;',
        'const direction = now[i]!;',
      ],
      ['Lion is judged by one rate', 'fromNothing(beta1, u)(before?.[i], g)', 'fromNothing(beta2, u)(before?.[i], g)'],
      [
        'the mean of Lion is written before it is used',
        '    const directions = gradient',
        '    before = means(gradient);\n    const directions = gradient',
      ],
      ['a mean of mappings begins at 0', "before === undefined && conventions.first === 'whole' ? g :", ''],
    ],
  },
  {
    file: 'src/claims/judges/stateful/expected.ts',
    ...follow,
    changes: [
      ['either sign is right', 'sign === undefined || sign === 0 ?', 'sign !== 2 ?'],
      [
        'a decay comes after the step',
        "conventions.decay === 'before the step'",
        "conventions.decay !== 'before the step'",
      ],
      [
        'the decay has the wrong sign',
        'step.mul(decay).neg(), value, u) : value',
        'step.mul(decay), value, u) : value',
      ],
      [
        'a coupled decay is ignored',
        'isSet(decay) ? combination(one, gradient, decay, exactly(x), u) : gradient',
        'gradient',
      ],
    ],
  },
  {
    file: 'src/claims/judges/stateful/error-feedback-rules.ts',
    ...follow,
    changes: [
      ['the error is 0 in every message', 'left?.[i] ?? nothing', 'nothing'],
      ['the scale is the sum', '.div(n);', ';'],
      ['what was sent is forgotten', 'combination(one, m, minusOne, { value: sent, error }, u)', 'm'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/proximal-rules.ts',
    ...follow,
    changes: [
      ['the inertia stays', '    inertia = next;\n', ''],
      ['the momentum is that of the next', 'inertia.sub(one).div(next)', 'next.sub(one).div(next)'],
      ['the anchor never moves', 't++ % epoch === 0', 't++ === 0'],
      ['the two gradients are swapped', 'here[i]!, minusOne, there[i]!', 'there[i]!, minusOne, here[i]!'],
      ['no regulariser', 'regularized(forward)', 'forward'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/rprop-rule.ts',
    ...follow,
    changes: [
      ['steps have no range', 'maximum(smallest, minimum(largest, value))', 'value'],
      ['a sign that turned is remembered', 'turned < 0 ? nothing : g', 'g'],
      ['nothing is certain', 'if (before === undefined ||', 'if (before !== null ||'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/uncertain.ts',
    ...follow,
    changes: [
      [
        'a million times the roundings',
        'ofDifference * u * (p * size(x) + q * size(y))',
        '2 ** 30 * u * (p * size(x) + q * size(y))',
      ],
      ['no sign is certain', 'if (Math.abs(double) <= error) return undefined;', 'return undefined;'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/operators.ts',
    ...follow,
    changes: [
      [
        '∇f is that of the mini-batch',
        'gradientBy(exact.probabilities, problem.probabilities, u)',
        'gradientBy(weights, shares, u)',
      ],
      ['P is P̂', '.weightedMean(exact.probabilities, at)', '.weightedMean(weights, at)'],
      ['a mapping is known to 1', 'doubles(u), shares).error / step;', 'doubles(u), shares).error / step + 1;'],
    ],
  },
  {
    file: 'src/claims/judges/stateful/operators.ts',
    caughtBy: ['src/claims/judges/stateful/operators.test'],
    changes: [
      ['a mapping is known as P is', 'doubles(u), shares).error / step;', 'doubles(u), shares).error;'],
      ['P passes nothing on', 'value, error: error + passedOn', 'value, error'],
      ['P contracts by γL', '(1 + step * toDouble(lipschitz))', '(1 - step * toDouble(lipschitz))'],
      ['a prox forgets what its point is off by', 'forward.error + ofAnything', 'ofAnything'],
      ['a prox is off by ten times as much', 'ofAnything * precision * size', '10 * ofAnything * precision * size'],
    ],
  },
  {
    file: 'src/claims/judges/next-iterate.ts',
    caughtBy: ['src/claims/judges/stateful/operators.test'],
    changes: [
      [
        'a gradient is known to ten times its roundings',
        'return magnitude * (magnitude',
        'return 10 * magnitude * (magnitude',
      ],
      [
        'a gradient is known as P is',
        'oracle.roundingError(1, x, precision) +',
        'oracle.roundingError(1, x, precision) / 0.01 +',
      ],
    ],
  },
  {
    file: 'src/claims/judges/exact-problems.ts',
    caughtBy: ['src/claims/judges/exact-judges.test'],
    changes: [
      ['sums take ten times the roundings', 'const sums = (terms + 1) * u;', 'const sums = 10 * (terms + 1) * u;'],
      ['the gradient takes ten times the roundings', '.count * u * slope;', '.count * 10 * u * slope;'],
      ['a sign is known to ten times its roundings', '> error;', '> 10 * error;'],
      [
        'the forward step is known to ten roundings',
        '+ u * (step * slope + Math.abs(y));',
        '+ 20 * u * (step * slope + Math.abs(y));',
      ],
    ],
  },
  {
    file: 'src/claims/left-side/near-ties.ts',
    caughtBy: ['src/claims/left-side/near-ties.test'],
    changes: [
      [
        'signs are in doubt within ten times the roundings',
        'problem.functions.length) * 2 ** -53',
        'problem.functions.length) * 10 * 2 ** -53',
      ],
      [
        'only exact ties are in doubt',
        '<= rounding * (slope + spread + moved)',
        '<= 0 * rounding * (slope + spread + moved)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/stateful/error-bound.ts',
    caughtBy: ['src/claims/judges/stateful/error-bound.test'],
    changes: [
      ['nothing is contracted', 'Math.sqrt(1 - 1 / n)', '1'],
      ['the bound is not passed on', 'contraction * (bound + step', 'contraction * (step'],
      [
        'the bound grows without contraction',
        'contraction * (bound + step * Math.hypot(...direction))',
        'bound + contraction * step * Math.hypot(...direction)',
      ],
      ['what was meant is that of the last step', 'meant[i]! += step * d;', 'meant[i] = step * d;'],
    ],
  },
  {
    file: 'src/claims/judges/proximal-optimality.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['the way to y is not tried', 'const sets = [from(0, length)];', 'const sets: number[][] = [];'],
      ['the way of a group is not tried', 'if (Array.isArray(groups))', 'if (length < 0)'],
      ['the way of a complex number is not tried', "type.startsWith('complex-')", 'length < 0'],
      ['a block begins where the first does', 'offset += block.length;', ''],
      ['groups inside of a wrapper are not seen', 'if (inner !== undefined)', 'if (length < 0)'],
    ],
  },
  {
    file: 'src/claims/judges/proximal-optimality.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      [
        'ten times as many roundings are allowed',
        'const roundings = ofAnything;',
        'const roundings = 10 * ofAnything;',
      ],
      [
        'a value that is not finite is accepted',
        "if (!u.every(Number.isFinite)) return impossible(claim, 'returned a value that is not finite');\n  const size",
        'const size',
      ],
      ['a wrong length is accepted', 'if (u.length !== y.length)', 'if (u.length < 0)'],
      [
        'a point outside of the domain is accepted',
        'let worst = outside === 0 ? 0 : outside / allowedOutside;',
        'let worst = 0;',
      ],
      [
        'a distance that is not convex is convex',
        'target.convex ? inner : inner - (inside[i]! - u[i]!) ** 2 / 2',
        'inner',
      ],
      ['values are not compared', 'deficit += step * (valueAtU - finite);', ''],
      ['the step does not weigh the values', 'deficit += step * (valueAtU - finite);', 'deficit += valueAtU - finite;'],
      ['the rival is not tried', 'for (const candidate of [y, claim.rival]) {', 'for (const candidate of [y]) {'],
      ['what is no number excuses', 'return fall > 0 ? sum + fall : sum;', 'return sum + fall;'],
      ['stationarity forgets the step', 'value + step * gradient[i]!', 'value + gradient[i]!'],
      [
        'stationarity allows a hundred times',
        'return roundings * precision * (magnitude + own',
        'return 100 * roundings * precision * (magnitude + own',
      ],
    ],
  },
  {
    file: 'src/claims/judges/proximal-optimality.ts',
    caughtBy: ['src/claims/judges/entry-size.test', 'src/claims/judges/jumps.test'],
    changes: [
      ['an entry has the roundings of its own size', ': u.map((_, i) => placeAt(i, u));', ': u.map(Math.abs);'],
      [
        'every entry has the roundings of the largest',
        ': u.map((_, i) => placeAt(i, u));',
        ': u.map((_, i) => Math.max(size, placeAt(i, u)));',
      ],
      ['what rounding takes from a steep r is not seen', 'found.worst > 1 && target.convex', 'found.worst < 0'],
      ['a steep r is excused from afar', '(i) => roundings * precision * places[i]!)', '(i) => 2 ** -16 * places[i]!)'],
      ['a jump beside u is not seen', 'allowedOutside) - missedAt(u);', 'allowedOutside);'],
      ['a jump beside a rival is not seen', 'known - missedAt(inside);', 'known;'],
      ['a jump is seen from afar', '(place) => roundings * precision * place)', '(place) => 2 ** -16 * place)'],
      [
        'a jump of mixed entries is seen from as near as each is small',
        'target.coordinate === undefined ? own.fill(',
        'target.convex ? own.fill(',
      ],
    ],
  },
  {
    file: 'src/claims/judges/entry-size.ts',
    caughtBy: ['src/claims/judges/entry-size.test'],
    changes: [
      ['a translation does not move the prox', 'u: u - shift }', 'u }'],
      [
        'a tilt has no place',
        'return Math.max(Math.abs(moved), entrySizeOf(innerOf(specification), i, { step, y: y',
        'return Math.max(0, entrySizeOf(innerOf(specification), i, { step, y: y',
      ],
      ['a stretched place is not shrunk', ' / Math.abs(factor);', ';'],
      [
        'places of a block are those of the sum',
        'entrySizeOf(block, i - offset, entry)',
        'entrySizeOf(block, i, entry)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/specification-size.ts',
    caughtBy: ['src/claims/judges/specification-size.test'],
    changes: [
      ['the entries of a column cancel', 'column += Math.abs(data', 'column += (data'],
      ['a small matrix enlarges no places', 'largest * Math.max(1, rows / squares)', 'largest'],
      ['a small factor enlarges nothing', '1 / maximumNorm(sizes));\n      // The plane', '0);\n      // The plane'],
    ],
  },
  {
    file: 'src/claims/judges/global-minimiser.ts',
    caughtBy: ['src/claims/judges/global-minimiser.test'],
    changes: [
      ['any point with the right image is a minimiser', '() => rounding * Math.sqrt(u.length),', '() => Infinity,'],
      ['the step is that outside of the matrix', 'step: step * toDouble(bound)', 'step'],
    ],
  },
  {
    file: 'src/claims/judges/jumps.ts',
    caughtBy: ['src/claims/judges/jumps.test'],
    changes: [
      ['the least value jumps too', 'entry !== 0 && Math.abs(entry) <= wide', 'Math.abs(entry) <= wide'],
      ['a stretch leaves the width', 'Math.abs(factor) * entry', 'entry'],
      ['a scaled jump is as high', "(specification['factor'] as number) * ofInner", 'ofInner'],
      ['widths cancel in a matrix', 'applied(width, Math.abs)', 'applied(width, Number)'],
      ['what is given may be 0 or not', 'wide > 0 && Math.abs(entry) <= wide', 'Math.abs(entry) <= wide'],
      ['a sum is rounded in its own units', 'applied(u, Math.abs), sought)', 'applied(u, Number), sought)'],
      ['a shift is not rounded', 'widened(width, moved, sought)', 'width'],
      ['a stretch is not rounded', 'widened(wide, stretched, sought)', 'wide'],
    ],
  },
  {
    file: 'src/claims/judges/judgement.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      [
        'NaN is accepted as the worst',
        'next.ratio > worst.ratio || Number.isNaN(next.ratio) ? next : worst',
        'next.ratio > worst.ratio ? next : worst',
      ],
      ['a wrong length is compared', 'actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY', '0'],
      [
        'the last entry is not compared',
        'for (let i = 0; i < expected.length; i++) ratio',
        'for (let i = 0; i < expected.length - 1; i++) ratio',
      ],
    ],
  },
  {
    file: 'src/claims/judges/precision.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['single precision is double', "dtype === 'f32' ? 2 ** -24 : 2 ** -53", '2 ** -53'],
      ['NaN is no larger', 'next > current || Number.isNaN(next) ? next : current', 'next > current ? next : current'],
      ['the norm is of the entries', 'Math.abs(vector[i]!)', 'vector[i]!'],
      [
        'infinite parameters have a size',
        'Number.isFinite(specification) ? Math.abs(specification) : 0',
        'Math.abs(specification)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/sign-step.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['any sign is right', 'Math.abs(direction[i]!) <= error ? [0, -1, 1]', 'error >= 0 ? [0, -1, 1]'],
      ['the step goes up', 'x[i]! - step * sign)', 'x[i]! + step * sign)'],
      ['a doubtful sign may not be 0', '[0, -1, 1]', '[-1, 1]'],
    ],
  },
  {
    file: 'src/claims/judges/oracle.ts',
    caughtBy: ['src/claims/judges/judges.test'],
    changes: [
      ['the forward step goes up', 'value - step * gradient[i]!', 'value + step * gradient[i]!'],
      ['the gradient forgets d', 'sum.map((value, i) => value + data[i]!)', 'sum'],
      [
        'a mini-batch is weighed by θ',
        'indices.map(() => 1 / indices.length)',
        'indices.map((k) => probabilities[k]!)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/exact-functions.ts',
    caughtBy: ['src/claims/judges/exact-judges.test'],
    changes: [
      [
        'a hundred times as many roundings',
        'error / (bound * secondOrder + underflow)',
        'error / (100 * bound * secondOrder + underflow)',
      ],
      ['a finite value outside of the domain is right', 'ratio: right ? 0 : Number.POSITIVE_INFINITY', 'ratio: 0'],
      ['the residual is the slope', 'fromDouble(step).mul(slope)', 'slope'],
      [
        'infinite values are near',
        'enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : Number.POSITIVE_INFINITY',
        'enclosingDoubles(fromDouble(value).sub(exact).abs())[1] : 0',
      ],
    ],
  },
  {
    file: 'src/claims/judges/exact-averages.ts',
    caughtBy: ['src/claims/judges/exact-judges.test'],
    changes: [
      [
        'the prox of an average is not judged',
        "judgeFloat('prox', point[0]!, exact.prox(y, sigma), allowed * size)",
        "judgeFloat('prox', point[0]!, exact.prox(y, sigma), Infinity)",
      ],
      [
        'the slope of an average is that of the step',
        'const slope = exact.dividedResidual(y, sigma)',
        'const slope = exact.dividedResidual(y, 1)',
      ],
    ],
  },
  {
    file: 'src/claims/judges/declared-accuracy.ts',
    caughtBy: ['properties/contract/declared-accuracy.test'],
    changes: [
      [
        'the accuracy that is declared allows everything',
        'return accuracy * (Math.hypot(...y)',
        'return 1e6 * accuracy * (Math.hypot(...y)',
      ],
      [
        'an accuracy that is declared is forgotten',
        'return Math.max(...typesIn(specification).map((type) => accuracy[type] ?? 0));',
        'return 0 * Object.keys(accuracy).length * typesIn(specification).length;',
      ],
    ],
  },
];
