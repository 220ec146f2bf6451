/**
 * Errors that no change of one operator, constant or statement makes: what is wrong, and a text of the source with what stands in its place.
 * The file is named by the end of its path. A file that has another name by now is found by the text.
 * @public a test asks for them
 * @type {Readonly<Record<string, readonly (readonly [wrong: string, from: string, to: string])[]>>}
 */
export const patches = {
  'sign-prox.ts': [['the literal sign is that of P_B − x', 'signOf(x[i]! - out[i]!,', 'signOf(out[i]! - x[i]!,']],
  'spgm.ts': [['the residual form is the default', "form = 'literal' }", "form = 'residual' }"]],
  'sgd.ts': [['SGD takes the whole gradient', 'oracle.stochastic(x, batch, out)', 'oracle.full(x, out)']],
  'sign-sgd.ts': [
    ['signSGD forgets the convention', 'signOf(out[i]!, convention, random)', "signOf(out[i]!, 'zero', random)"],
  ],
  'gradients.ts': [
    [
      'the gradient of d is divided with the batch',
      'workspace[i]! + sum[i]! / divisor',
      '(workspace[i]! + sum[i]!) / divisor',
    ],
    ['counts weigh nothing', 'accumulate(k, batch.counts[k]!, x, out)', 'accumulate(k, 1, x, out)'],
  ],
  'majority-vote.ts': [
    ['workers are averaged before they vote', 'signOf(mapping[i]!, convention, random)', 'mapping[i]!'],
  ],
  'algorithms/fista.ts': [['the momentum is that of the next', '(inertia - 1) / next', '(next - 1) / next']],
  'reference/algorithms/stateful/prox-svrg.ts': [['no prox is taken', 'regularizer.prox(forward, step)', 'forward']],
  'convex-minimizers.ts': [
    ['slopes have no rounding', 'slope - slopeError >= 0', 'slope >= -1'],
    ['the minimiser is the far end', 'x - below.u + below.error', 'x - left.u + left.error'],
    ['f* is f at a point', 'value - error - descent', 'value + error'],
  ],
  'certified/infimum.ts': [
    [
      'the crossing has the other sign',
      '(from.value - to.value + to.slope * width',
      '(to.value - from.value + to.slope * width',
    ],
  ],
  'quadratic-part.ts': [
    [
      'the elastic net has the curvature of its first weight',
      "curvature: parameter('l2Weight')",
      "curvature: parameter('l1Weight')",
    ],
    ['a regularisation forgets its centre', 'tilt(inner, -weight * center)', 'inner'],
  ],
  'strongly-convex-infimum.ts': [['the gap is that of L', 'squared / (2 * modulus)', 'squared / (2 * lipschitz)']],
  'comparison.ts': [
    ['the lower end proves', 'if (upper <= lowerBound * near) return', 'if (lower <= lowerBound * near) return'],
    [
      'the upper end of the bound proves',
      'if (upper <= lowerBound * near) return',
      'if (upper <= upperBound * near) return',
    ],
    [
      'the sharp bound is forgotten',
      '[Math.min(lowerBound, sharpBound), Math.min(upperBound, sharpBound)]',
      '[lowerBound, upperBound]',
    ],
  ],
  'bound-row.ts': [['half of the interval is not added', 'left: lower + (upper - lower) / 2', 'left: upper - lower']],
  'paths-engine.ts': [
    ['draws have one probability', '(probability * probabilities[k]!) / total', 'probability / occurring.length'],
  ],
  'bound-claim.ts': [
    ['a control that finds nothing passes', "found === rows.length ? 'holds' : 'violated'", "'holds'"],
  ],
  'momentum-rules.ts': [
    [
      'dampening is ignored',
      "conventions.buffer === 'mean' ? momentum : given('dampening')",
      "conventions.buffer === 'mean' ? momentum : zero",
    ],
    ['Lion is judged by one rate', 'fromNothing(beta1, u)(before?.[i], g)', 'fromNothing(beta2, u)(before?.[i], g)'],
  ],
  'error-feedback-rules.ts': [
    ['what was sent is forgotten', 'combination(one, m, minusOne, { value: sent, error }, u)', 'm'],
  ],
  'uncertain.ts': [
    [
      'a million times the roundings',
      'ofDifference * u * (p * size(x) + q * size(y))',
      '2 ** 30 * u * (p * size(x) + q * size(y))',
    ],
  ],
  'stateful/operators.ts': [
    [
      '∇f is that of the mini-batch',
      'gradientBy(exact.probabilities, problem.probabilities, u)',
      'gradientBy(weights, shares, u)',
    ],
  ],
  'error-bound.ts': [
    [
      'the bound grows without contraction',
      'contraction * (bound + step * Math.hypot(...direction))',
      'bound + contraction * step * Math.hypot(...direction)',
    ],
  ],
  'proximal-optimality.ts': [
    [
      'a point outside of the domain is accepted',
      'let worst = outside === 0 ? 0 : outside / allowedOutside;',
      'let worst = 0;',
    ],
    ['the step does not weigh the values', 'deficit += step * (valueAtU - finite);', 'deficit += valueAtU - finite;'],
    ['what is no number excuses', 'return fall > 0 ? sum + fall : sum;', 'return sum + fall;'],
    ['an entry has the roundings of its own size', ': u.map((_, i) => placeAt(i, u));', ': u.map(Math.abs);'],
    [
      'a jump of mixed entries is seen from as near as each is small',
      'target.coordinate === undefined ? own.fill(',
      'target.convex ? own.fill(',
    ],
  ],
  'jumps.ts': [['a shift is not rounded', 'widened(width, moved, sought)', 'width']],
  'oracle.ts': [
    ['a mini-batch is weighed by θ', 'indices.map(() => 1 / indices.length)', 'indices.map((k) => probabilities[k]!)'],
  ],
  'exact-averages.ts': [
    [
      'the prox of an average is not judged',
      "judgeFloat('prox', point[0]!, exact.prox(y, sigma), allowed * size)",
      "judgeFloat('prox', point[0]!, exact.prox(y, sigma), Infinity)",
    ],
  ],
  'slack.ts': [
    [
      'the descent lemma forgets its half',
      'scale(multiply(modulus(), raise(distance, 2)), half)',
      'multiply(modulus(), raise(distance, 2))',
    ],
    [
      'a Lipschitz constant is not squared',
      'raise(multiply(modulus(), distance), 2)',
      'multiply(modulus(), raise(distance, 2))',
    ],
  ],
  'arithmetic.ts': [['exact comparison is strict', 'left.lte(right) ? 0', 'left.lt(right) ? 0']],
  'conditional-law.ts': [
    ['the step of signProx forgets its 2', 'two.mul(sum(coordinateLipschitz))', 'sum(coordinateLipschitz)'],
  ],
  'judged-case.ts': [
    [
      'NaN is a pass',
      'Number.isNaN(result.ratio) ? { ...result, ratio: Number.POSITIVE_INFINITY } : result',
      'Number.isNaN(result.ratio) ? { ...result, ratio: 0 } : result',
    ],
  ],
  'part-findings.ts': [
    ['nothing must be reached', '(this.part.mustReach ?? []).filter((category) => !this.reached[category])', '[]'],
  ],
  'property-claim.ts': [
    ['a ratio above 1 is no violation', "if (!(ratio <= 1)) return 'violated';", "if (ratio > 10) return 'violated';"],
    ['the seed forgets the version', 'claim.id, claim.version, part.name', 'claim.id, 1, part.name'],
  ],
  'question-as-code.ts': [['Python has no True', "value ? 'True' : 'False'", "value ? 'true' : 'false'"]],
  'failing-cases.ts': [
    [
      'calls about anything are shown',
      'const own = calls.filter((call) => call.subject.name === subject?.name);',
      'const own = calls.filter((call) => call.subject.name !== undefined || subject);',
    ],
    ['those about the most types come first', 'one.of.length - other.of.length', 'other.of.length - one.of.length'],
  ],
  'run-claims.ts': [
    [
      'a claim that throws ends the run',
      "return { ...none('inconclusive', message), failure: { kind, message } };",
      'throw error;',
    ],
  ],
  'subject-verdicts.ts': [
    [
      'a crash is an exception',
      "(['crashes', 'hangs', 'raises', 'not-finite'] as const)",
      "(['raises', 'hangs', 'crashes', 'not-finite'] as const)",
    ],
    [
      'extreme cases are ordinary',
      "const spoken = usual.length > 0 ? severity : 'extreme';",
      'const spoken = severity;',
    ],
    ['a wrong value explains a wrong prox', "prox: ['prox'],", "prox: ['prox', 'value'],"],
  ],
  'select-names.ts': [['a glob matches the beginning', "replaceAll('?', '.')}$`)", "replaceAll('?', '.')}`)"]],
  'ordered-window.ts': [['the newest is taken first', 'pending.shift()!', 'pending.pop()!']],
  'objective-constants.ts': [
    ['f* from above bounds', 'upper: Math.max(0, value - infimum.lower)', 'upper: Math.max(0, value - infimum.upper)'],
    [
      'the gradient of the average has the L of d',
      'total += weight * part.lipschitz',
      'total = Math.max(total, part.lipschitz)',
    ],
    ['f* of the average is that of r_γ', '(fixedStep * sigma * sigma) / 2', '0'],
  ],
  'caps.ts': [
    ['the last iterate is not reached', '[run.iterations, run.iterations ** 2]', '[last, last ** 2]'],
    ['the average of squares is the square of the average', '(last * (2 * last + 1)) / 6', '(last / 2) ** 2'],
  ],
  'audit/verdict.ts': [
    [
      'what is declared is never held against the search',
      'if (index < 0) continue;',
      "if (index < 0 || name === 'declared') continue;",
    ],
  ],
  'climb.ts': [
    ['the lowest peaks come first', '.sort((a, b) => b.score - a.score)', '.sort((a, b) => a.score - b.score)'],
    ['a plateau has no beginning', 'ridge * score > scoreAt(k + 1)', 'score > ridge * scoreAt(k + 1)'],
  ],
  'numbers.ts': [
    ['seconds are milliseconds', "unit === 'ms' ? value : value * 1000", 'value'],
    ['a list keeps its repetitions', '[...new Set(text.split', '[...(text.split'],
  ],
  'rational.ts': [
    ['overflow goes on beyond infinity', 'bits < infinityBits ? bits : infinityBits', 'bits'],
    ['the neighbour is inward', 'outward ? 1n : -1n', 'outward ? -1n : 1n'],
    ['below overflow there is nothing', '[Number.MAX_VALUE, nearest]', '[nearest, nearest]'],
  ],
  'binomial-law.ts': [
    ['the ratio above the mode is off by one', '((k + 1n) * no)', '(k * no)'],
    ['the law is turned', 'const [yes, no] = [p.n, p.d - p.n]', 'const [yes, no] = [p.d - p.n, p.n]'],
  ],
  'lattice.ts': [
    [
      'a positive mapping moves up',
      '[positive + up * tie, (1 - up - down) * tie, negative + down * tie, uncertain]',
      '[negative + up * tie, (1 - up - down) * tie, positive + down * tie, uncertain]',
    ],
    ['the mean is over T − 1', 'total / iterations;', 'total / (iterations - 1);'],
  ],
  'sign-law.ts': [
    ['the tolerance is one-sided', 'share(upTo(tolerance) - upTo(-tolerance - 1n))', 'share(upTo(tolerance) - below)'],
  ],
  'moments.ts': [
    ['the noise is not divided by the batch', 'div(rational(BigInt(miniBatch)))', 'div(one)'],
    ['the contraction is not squared', 'contraction: square(one.sub(moved))', 'contraction: one.sub(moved)'],
  ],
  'enumeration.ts': [
    ['states that meet forget the mass of before', '(next.get(key)?.mass ?? 0n)', '0n'],
    ['a halving does not halve', '>> BigInt(successor.halvings)', '>> 0n'],
  ],
  'engines/algorithms.ts': [
    ['the sign step goes up', 'x[i]!.sub(problem.step.mul(sign))', 'x[i]!.add(problem.step.mul(sign))'],
  ],
  'functions/functions.ts': [
    ['the scale of a translation has the other sign', 'b: b.sub(a.mul(shift))', 'b: b.add(a.mul(shift))'],
    ['a tilt adds to the constant', '({ ...piece, b: piece.b.add(slope) })', '({ ...piece, c: piece.c.add(slope) })'],
    ['a negative factor keeps the order', 'factor.gt(zero) ? pieces : pieces.reverse()', 'pieces'],
  ],
  'functions/semi-orthogonal.ts': [['the transpose is the matrix', 'row[i]!.mul(q[j]!)', 'row[j]!.mul(q[j]!)']],
  'proximal-points.ts': [['the inner step is the outer one', 'bound.mul(step), z', 'step, z']],
  'problem/constants.ts': [
    [
      'the largest curvature is that of d alone',
      'functions.map(lipschitzOf).reduce((largest, constant) => maximum(largest, constant), smooth.lipschitz)',
      'smooth.lipschitz',
    ],
    ['the infimum is that of the first piece', 'return least.reduce(minimum);', 'return least[0]!;'],
    ['the vertex outside of a piece counts', '...(inside ? [vertex] : [])', 'vertex'],
  ],
  'rational-problem.ts': [
    [
      'the residual mapping forgets the gradient',
      'gradient[i]!.add(weighted(weights, coordinates[i]!.residualMaps, y))',
      'weighted(weights, coordinates[i]!.residualMaps, y)',
    ],
    ['a turned gradient is not turned back', 'slope.mul(frame[i]![j]!)', 'slope.mul(frame[j]![i]!)'],
  ],
  'calculus/semi-orthogonal.ts': [
    [
      'the constant is that of the inner function',
      'productUp(largestSquare, inner.smooth.lipschitz)',
      'inner.smooth.lipschitz',
    ],
  ],
  'average-map.ts': [['the average of the squares is not divided', 'squares / (2 * step)', 'squares / step']],
  'l1.ts': [
    [
      'a kink forgets the step',
      'kinks: (step) => [0, -step * weight, step * weight]',
      'kinks: () => [0, -weight, weight]',
    ],
  ],
  'messages.ts': [
    [
      'values of a part of a buffer are those of all',
      'values.byteOffset, values.byteLength',
      '0, values.buffer.byteLength',
    ],
    [
      'numbers are rounded to text',
      'encodeExact(mapModules(parameters, nameOfModule))',
      'mapModules(parameters, nameOfModule)',
    ],
  ],
  'range-sizes.ts': [['the queue is filled', 'Math.min(window.most, open + 1)', 'open + 1']],
  'replicate-pool.ts': [
    ['a part takes as long as it takes', 'Math.floor(longestPart / (known.get(key) ?? 0))', 'most'],
  ],
  'implementation/dtype.ts': [
    ['subnormal numbers have a spacing of their own', 'Math.max(exponent, dtypes[dtype].least)', 'exponent'],
  ],
  'protocol/protocol-error.ts': [
    ['control characters act', 'return `\\\\u{${character.codePointAt(0)!.toString(16)}}`;', 'return character;'],
  ],
  'replies.ts': [['any version is spoken', 'z.literal(protocolVersion)', 'z.string()']],
  'echo.ts': [
    ['−0 may come back as 0', '!Object.is(value, received[i])', 'value !== received[i] && !Number.isNaN(value)'],
  ],
  'thrown.ts': [['a message has all of its lines', ".split('\\n')[0]!.slice(0, 300)", '']],
  'problem/operators.ts': [
    ['the mini-batch is not divided', 'return divide(result, indices.length);', 'return result;'],
    ['constants of one dimension are those of all', 'constants.get(dimension) ??', '[...constants.values()][0] ??'],
  ],
  'create-problem.ts': [['L is that of d alone', 'lipschitz: Math.max(...certified)', 'lipschitz: certified[0]!']],
  'exact-forms.ts': [
    [
      'forms are compared with themselves',
      "judgeEqual('Ĝ(x)', exact.literalMapping(batch, point), mapping)",
      "judgeEqual('Ĝ(x)', mapping, mapping)",
    ],
  ],
  'exact-agreement.ts': [
    [
      'proximal averages are not judged',
      'judge: (input) => worstOf(judgeAverage(input))',
      'judge: () => ({ ratio: 0 })',
    ],
  ],
  'junit-report.ts': [
    ['names are not escaped', 'name="${attribute(name)}" time="${time}"', 'name="${name}" time="${time}"'],
  ],
  'test-cases.ts': [
    ['a known failure is a failure', "return { kind: 'known', message };", "return { kind: 'failure', message };"],
    ['silence is a pass', "{ kind: 'skipped', message: `silent: ${message}` }", 'undefined'],
  ],
  'ledger-table.ts': [
    [
      'a crash needs no attention',
      'if (isTrouble(claim)) lines',
      "if (isTrouble(claim) && claim.outcome !== 'crash') lines",
    ],
  ],
  'tap-report.ts': [
    ['an interrupted run does not bail out', '`Bail out! ${incomplete.checked}', '`${incomplete.checked}'],
  ],
  'html-page.ts': [['the policy is about another script', '.update(script)', ".update('')"]],
  'view/subjects.ts': [
    ['the margin is that of the first method', 'Math.max(worst, before?.worst ?? 0)', 'before?.worst ?? worst'],
  ],
  'formula-tex.ts': [['accents are lost', '`${accents[mark]}{${tex}}`', 'tex']],
  'outcome.ts': [
    ['not refuted is a pass', "'holds', 'holds-within-rho'];", "'holds', 'holds-within-rho', 'not-refuted'];"],
  ],
  'settle-outcomes.ts': [
    [
      'declared failures hide new ones',
      'knownCells[subject] === undefined && counts(cell)',
      'Object.keys(knownCells).length === 0 && counts(cell)',
    ],
  ],
  'compare-baselines.ts': [
    [
      'the floor is forgotten',
      'const limit = Math.max(ratioFactor * old.ratio, ratioFloor)',
      'const limit = ratioFactor * old.ratio',
    ],
  ],
  'build-run-record.ts': [['an interrupted run is a success', ': exitCodes.interrupted', ': exitCodes.ok']],
  'json-numbers.ts': [['infinity is null', 'Number.isFinite(value) ? value : String(value)', 'value']],
  'sanitize.ts': [['quotes are not escaped', '/[&<>"\']/g', '/[&<>]/g']],
  'format-number.ts': [['−∞ is ∞', "value > 0 ? '∞' : '−∞'", "'∞'"]],
  'binomial-table.ts': [['the odds are turned', 'probability / (1 - probability)', '(1 - probability) / probability']],
  'gaussian-noise.ts': [
    ['the total is kept by the density', 'deviation / Math.sqrt(density)', 'deviation / density'],
    ['sparse noise is dense', 'random() < density ? normal() : 0', 'normal()'],
  ],
  'probabilities.ts': [
    ['the sum is not checked from below', 'Math.abs(sum - 1) > sumTolerance', 'sum - 1 > sumTolerance'],
  ],
  'geman-mcclure.ts': [
    [
      'L forgets a scale',
      'quotientUp(quotientUp(2 * parameters.weight, parameters.scale), parameters.scale)',
      'quotientUp(2 * parameters.weight, parameters.scale)',
    ],
  ],
  'smooth/piecewise-quadratic.ts': [
    ['the trapezoids are rectangles', '((slope + slopes[j + 1]!) / 2)', 'slope'],
    ['the least is the first', 'sum.high - low.high + (sum.low - low.low) < 0 ? sum : low', 'low'],
  ],
  'smooth/huber.ts': [
    ['the slope is clipped above only', 'Math.max(-threshold, Math.min(u, threshold))', 'Math.min(u, threshold)'],
  ],
  'logistic-regression.ts': [
    ['the label is lost', '-labels[row]! / (1', '-1 / (1'],
    ['a large margin overflows', 'Math.exp(-Math.abs(margin))', 'Math.exp(-margin)'],
  ],
  'phase-retrieval.ts': [
    [
      'the amplitude is not squared',
      'const misfit = amplitude * amplitude - intensities[j]!',
      'const misfit = Math.abs(amplitude) - intensities[j]!',
    ],
  ],
  'smooth/quadratic.ts': [
    ['a negative curvature has no L', 'Math.max(largest, Math.abs(a)), 0)', 'Math.max(largest, a), 0)'],
    [
      'the gradient forgets the centre',
      'entry(curvature, i) * (x[i]! - entry(center, i))',
      'entry(curvature, i) * x[i]!',
    ],
  ],
  'gram-bounds.ts': [
    ['rows with signs cancel', 'sum += Math.abs(product[i * columns + k]!)', 'sum += product[i * columns + k]!'],
    ['the upper end of the bisection', 'const bound = low - 2', 'const bound = 2 * high - 2'],
  ],
  'spectral-norm.ts': [
    ['the Gram matrix does not round', '(bound + gramError) * (1 + 2 * UNIT)', 'bound'],
    ['the estimate is taken for a bound', 'isFactorisable(opposite, order, -c) ?', 'order > 0 ?'],
  ],
  'e-process.ts': [
    ['the stake of H divides by the cap', 'bet / (cap - bound)', 'bet / cap'],
    ['an observation is not checked', 'update(requireLeftSide(x, count, cap), sums)', 'update(x, sums)'],
  ],
  'decision.ts': [['V is asked at the level of H', 'violation.reaches(logViolated)', 'violation.reaches(logHolds)']],
  'without-cap.ts': [
    [
      'too few replicates are not refuted',
      "{ verdict: 'inconclusive', reason: `${found}, too few",
      "{ verdict: 'not-refuted', reason: `${found}, too few",
    ],
  ],
  'mean-interval.ts': [
    [
      'the lower end looks with the process of the upper',
      'rejects(violationProcess(m))',
      'rejects(holdsProcessWithCap(m, cap!))',
    ],
    ['the interval ends at what was kept', 'return outer;', 'return kept;'],
  ],
  'plan.ts': [['the threshold forgets the number of bets', 'Math.log(bets.length / alpha)', 'Math.log(1 / alpha)']],
  'summaries.ts': [
    ['the square of the old deviation', 'deviation * (x - this.#mean)', 'deviation * deviation'],
    ['the compensation of a larger term is wrong', 'x - next + this.#sum;', 'this.#sum - next + x;'],
    ['the fit is not logarithmic in T', 'Math.log(point.iterations))', 'point.iterations)'],
  ],
  'theorem-1.ts': [
    ['1/T in place of 1/√T', '3 * sigma! ** 2) / Math.sqrt(iterations)', '3 * sigma! ** 2) / iterations'],
    ['the step is 1/(L·T)', 'lipschitz * Math.sqrt(iterations)', 'lipschitz * iterations'],
  ],
  'theorem-1-exact.ts': [
    ['1♯ forgets the first iterate', 'one.sub(one.div(root.mul(root))).mul(sum(variance))', 'sum(variance)'],
  ],
};

const occurrences = (text, part) => text.split(part).length - 1;

/** The source files that have the text of a patch: where some have its name, these. */
function placesOf(file, from, sources) {
  const having = [...sources].filter(([, text]) => text.includes(from)).map(([path]) => path);
  const byName = having.filter((path) => path === file || path.endsWith(`/${file}`));
  return byName.length > 0 ? byName : having;
}

/**
 * The patches applied, and what is wrong with those that cannot be.
 * @param {ReadonlyMap<string, string>} sources the text of every source file, by its path from the root
 * @param {typeof patches} table
 */
export function patchesIn(sources, table = patches) {
  const mutants = [];
  const wrong = [];
  const names = new Set();
  const list = Object.entries(table).flatMap(([file, changes]) => changes.map((change) => [file, ...change]));
  for (const [file, name, from, to] of list) {
    const say = (sentence) => wrong.push(`${file}: ${name}: ${sentence}`);
    if (names.has(`${file}: ${name}`)) say('another patch has this name');
    names.add(`${file}: ${name}`);
    const places = placesOf(file, from, sources);
    const text = sources.get(places[0]) ?? '';
    if (from === to) say('nothing is changed');
    else if (places.length === 0) say(`no source file has the text to change: ${from}`);
    else if (places.length > 1) say(`${places.length} files have the text to change, ${places.join(', ')}: ${from}`);
    else if (occurrences(text, from) > 1) say(`the text to change occurs ${occurrences(text, from)} times: ${from}`);
    // A replacement is text: `$` has no meaning in it.
    else mutants.push({ file: places[0], wrong: name, text: text.replace(from, () => to) });
  }
  return { mutants, wrong };
}

/**
 * Operator mutants whose output is that of the original for every input: the file, the expression before and after as the report of
 * `npm run mutate` shows them, and why. They leave the sample.
 * @type {readonly (readonly [file: string, from: string, to: string, why: string])[]}
 */
export const equivalents = [];
