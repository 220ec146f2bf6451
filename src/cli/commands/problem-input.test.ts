import test from 'ava';
import { commandRunner, inFolder } from '../command-runner.test.helper.js';
import { audit, bounds, directory } from './problem-commands.test.helper.js';

const run = commandRunner();

test.serial('bad input gives exit 2 and one line with the parameter, its value and what is allowed', async (t) => {
  const problem = (change: object): object => ({
    smooth: { type: 'quadratic', curvature: 1, center: 0 },
    functions: [{ type: 'squared-l2', weight: 1 }],
    probabilities: [1],
    ...change,
  });
  const cwd = await directory(t, {
    'broken.json': '{ "smooth": ',
    'nan.json': '{ "smooth": { "type": "quadratic", "curvature": NaN, "center": 0 } }',
    'huge.json':
      '{ "smooth": { "type": "quadratic", "curvature": 1e999, "center": 0 }, "functions": [], "probabilities": [] }',
    'theta.json': problem({ probabilities: [0.5] }),
    'type.json': problem({ functions: [{ type: 'l3', weight: 1 }] }),
    'weight.json': problem({ functions: [{ type: 'l1', weight: -1 }] }),
    'array.json': [1],
    'keys.json': {
      smooth: { type: 'least-squares', matrix: { rows: 1, column: 1, data: [1] }, target: [1] },
      functions: [
        { type: 'l1', weigth: 1 },
        { type: 'separable-sum', blocks: [{ length: 1, functoin: {}, function: { type: 'zero', zzz: 1 } }] },
        { type: 'scaled', factor: 2, inner: { type: 'huber', wieght: 1, threshold: 1 } },
      ],
      probabilites: [1],
    },
    'theta-misspelt.json': { ...problem({}), probabilities: undefined, probabilites: [1] },
    'flat.json': problem({ smooth: { type: 'zero' }, functions: [{ type: 'linear', coefficients: [0] }] }),
    'flat.start.json': [0],
    'steep.json': problem({ smooth: { type: 'quadratic', curvature: 1e308, center: 0 } }),
    'steep.start.json': [1],
    'wide.json': problem({
      smooth: { type: 'geman-mcclure', weight: 1, scale: 1e308 },
      functions: [{ type: 'moreau-envelope', smoothing: 1e308, inner: { type: 'l1', weight: 1e308 } }],
    }),
    'empty.json': [],
    'long.json': [1, 2, 3],
    'object.json': { y: [1] },
  });
  const start = (file: string): string[] => bounds('cosine-linear', '1', '4').with(4, file);
  await inFolder(t, run, cwd).refuses(
    ['audit', /required option '--problem <file>' not specified: see signprox audit --help$/],
    ['audit lasso.json', /audit takes no argument, got lasso\.json \(did you mean --problem lasso\.json\?\): /],
    ['audit --probelm lasso.json', /unknown option --probelm \(did you mean --problem\?\): see signprox audit --help$/],
    ['bounds --problem lasso.json 2', /got 2 \(did you mean --theorem 2\?\): see signprox bounds --help$/],
    [audit('missing'), /^signprox: cannot read missing\.json: there is no such file; give a JSON file with smooth, /],
    ['audit --problem .', /^signprox: cannot read \.: it is a directory; give a JSON file/],
    ["audit --problem ''", /^signprox: cannot read "": there is no such file; give a JSON file/],
    [audit('broken'), /^signprox: broken\.json is not JSON: /],
    [audit('nan'), /^signprox: nan\.json is not JSON: /],
    [audit('huge'), /^signprox: huge\.json: .*curvature is Infinity; allowed: a finite number/],
    [audit('theta'), /probabilities is \[0\.5\]; allowed: .* sum to 1, not to 0\.5$/],
    [audit('type'), /functions\[0\]\.type is "l3"; allowed: one of /],
    [audit('weight'), /functions\[0\]\.weight is -1; allowed: a finite number >= 0$/],
    [
      audit('keys'),
      /^signprox: keys\.json: unknown keys probabilites \(did you mean probabilities\?\), smooth\.matrix\.column \(did you mean columns\?\), functions\[0\]\.weigth \(did you mean weight\?\), functions\[1\]\.blocks\[0\]\.functoin \(did you mean function\?\), functions\[1\]\.blocks\[0\]\.function\.zzz, functions\[2\]\.inner\.wieght \(did you mean weight\?\)$/,
    ],
    [
      audit('theta-misspelt'),
      /^signprox: theta-misspelt\.json: unknown key probabilites \(did you mean probabilities\?\)$/,
    ],
    [audit('array'), /specification is \[1\]; allowed: an object with smooth, functions and probabilities$/],
    [
      audit('lasso', '--theorem', '3'),
      /^signprox: there is no theorem "3": give 1, 2, the id of a theorem of the suite such as theorem-1-sharp, or a file/,
    ],
    [audit('lasso', '--dimension', '3'), /^signprox: --dimension is 3, but the problem has 2: leave it out$/],
    [audit('lasso', '--dimension', '0'), /'0' is invalid. the dimension is an integer from 1 to/],
    [audit('lasso', '--step', '-1'), /'-1' is invalid. the step is a finite number > 0$/],
    [audit('lasso', '--points', '1.5'), /'1.5' is invalid. the number of points is an integer from 1/],
    [audit('lasso', '--declared', '{"lipschitz": 0}'), /^signprox: --declared: lipschitz is 0; allowed: .* > 0$/],
    [audit('lasso', '--declared', '{"L": 1}'), /L is 1; allowed: no such constant, only lipschitz, /],
    [audit('lasso', '--declared', '{'), /^signprox: --declared is not JSON: /],
    [
      audit('lasso', '--declared', 'none.json'),
      /^signprox: cannot read none\.json: there is no such file; give a JSON file with/,
    ],
    [audit('lasso', '--declared', 'array.json'), /constants is \[1\]; allowed: an object with any of/],
    [
      audit('lasso', '--declared', '{"coordinateSigma": [1]}'),
      /length of coordinateSigma is 1; allowed: 2, the dimension$/,
    ],
    ['bounds --problem lasso.json', /required option '--/],
    [bounds('cosine-linear', '1', '0'), /'0' is invalid: T is an integer from 1 to 1000000$/],
    [bounds('cosine-linear', '1', '-4'), /'-4' is invalid. T is an integer/],
    [bounds('cosine-linear', '1', '1.5'), /'1.5' is invalid. T is an integer/],
    [bounds('cosine-linear', '1', '4,,9'), /'4,,9' is invalid. T is an integer/],
    [
      bounds('cosine-linear', '1', '4', '--engine', 'exact'),
      /'exact' is invalid.*auto, enumeration, moments, lattice, paths, monte-carlo$/,
    ],
    [
      start('missing.json'),
      /^signprox: cannot read missing\.json: there is no such file; give a JSON file with an array of numbers, or the JSON itself$/,
    ],
    [
      start('empty.json'),
      /^signprox: empty\.json: start: x is \[\]; allowed: a non-empty array, each entry a finite number$/,
    ],
    [
      [...start('[1]'), '--start', '[2]'],
      /^signprox: give one --start for all problems, or one for each: got 2 for 1$/,
    ],
    [start('[]'), /^signprox: --start: x is \[\]; allowed: a non-empty array/],
    [start('long.json'), /^signprox: long\.json: start: length of x is 3; allowed: 1, the dimension of the problem$/],
    [start('object.json'), /x is \{"y":\[1\]\}; allowed: a non-empty array/],
    [
      bounds('steep', '1', '4'),
      /^signprox: steep\.json: theorem-1 asks for γ = 0 at T = \d+, which is not a step: γ is finite and > 0; rescale the problem where its constants are out of range$/,
    ],
    [
      audit('wide'),
      /^signprox: the numbers of the problem leave the range of doubles: rescale it \(l1: step is Infinity/,
    ],
    [bounds('steep', '2', '4'), /theorem-2 asks for γ = 0/],
    [
      bounds('matched-quadratics', '1', '4').with(4, '[1e308]'),
      /^signprox: matched-quadratics\.json: f\(x⁰\) = Infinity and .* are beyond double precision: rescale the problem or give another x⁰$/,
    ],
    [
      bounds('flat', '2', '4'),
      /^signprox: flat\.json: theorem-2 asks for γ = Infinity .*; L is 0 on this problem: give /,
    ],
    [
      bounds('cosine-linear', '1', '4', '--engine', 'lattice'),
      /^signprox: engine lattice does not apply to Theorem 1 at T = 4: .*; give --engine auto, which takes one that applies$/,
    ],
  );
});
