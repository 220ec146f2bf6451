import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { properties } from '../../properties/index.js';
import { quickBudget } from '../claims/registry-tests.test.helper.js';
import { runClaims } from '../claims/run-claims.js';
import { type JudgedSubject, judgeSubjects } from '../claims/subject-verdicts.js';
import { judge } from '../library/judge.js';
import { subjectsOf } from '../report/record/subjects.js';
import { openNamedObject } from './named-object.js';
import { openProcess, type ProcessImplementation } from './process-implementation.js';
import { startWithoutCoverage } from './processes.test.helper.js';
import { pythonWith, seeds, testWith } from './programs.test.helper.js';

startWithoutCoverage();

/** A file as it is shipped: three levels above the compiled test. */
const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../../fixtures/adapters/libraries/${path}`, import.meta.url));

/**
 * By library what is found of each subject: right, thin, or a finding, which says what the verdict is. How it fails depends on the questions that are
 * drawn, and is told in docs/findings-in-libraries.md.
 */
const { findings: known, libraries: expected } = JSON.parse(readFileSync(fixture('findings.json'), 'utf8')) as {
  readonly findings: Readonly<Record<string, { readonly verdict: string }>>;
  readonly libraries: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const claims = properties.filter(({ requires }) => requires.referenceOnly !== true);

const options = { seed: '1', timeout: 60_000 };

const finding = ({ verdict }: JudgedSubject): string => (['right', 'thin'].includes(verdict) ? verdict : 'fails');

/** What the claims find at the library, but for what it does not offer; under the name of its claim what is about no subject and fails. */
async function findings(library: ProcessImplementation): Promise<Readonly<Record<string, string>>> {
  const checked = await runClaims(claims, library, { ...quickBudget(), asFound: true });
  const subjects = judgeSubjects(
    checked.map(({ claim, evidence }) => ({ id: claim.id, evidence })),
    library.description.dtype,
  );
  const offered = subjects.filter(({ verdict }) => !['not-offered', 'not-asked'].includes(verdict));
  const others = checked.filter(
    ({ evidence }) => evidence.verdict === 'violated' && (evidence.cells ?? []).length === 0,
  );
  return Object.fromEntries([
    ...offered.map((subject) => [subject.subject, finding(subject)]),
    ...others.map(({ claim, evidence }) => [claim.id, evidence.reason]),
  ]);
}

interface Library {
  /** What it is called in the findings. */
  readonly name: string;
  /** What must be installed for it, as a program that says so by its exit code. */
  readonly needs: readonly [program: string, ...words: string[]];
  open(): Promise<ProcessImplementation>;
}

/** An adapter in Python. */
function python(name: string, module: string, file: string, ...words: readonly string[]): Library {
  const program = pythonWith(module);
  return {
    name,
    needs: [program, '-c', `import ${module}`],
    open: () => openProcess({ ...options, command: [program, fixture(file), ...words] }),
  };
}

/** A class of optimisers of PyTorch. */
function optimiser(object: string, as: string): Library {
  const program = pythonWith('torch');
  const request = { library: 'torch', object, as, arguments: {}, python: program } as const;
  return {
    name: `${object} as ${as}`,
    needs: [program, '-c', 'import torch'],
    open: () => openNamedObject(request, options),
  };
}

/** An optimiser of TensorFlow.js, which is installed with what else the tests need. */
function tfjs(name: string, module: string, object: string, as: string): Library {
  const request = { library: 'tfjs', object: `${module}:${object}`, as, arguments: {} } as const;
  return {
    name: `${name} as ${as}`,
    needs: [process.execPath, '--version'],
    open: () => openNamedObject(request, options),
  };
}

/** One that the core of TensorFlow.js makes. */
const train = (name: string, as = name): Library =>
  tfjs(`tf.train.${name}`, '@tensorflow/tfjs-core', `train.${name}`, as);

const octave: [string, ...string[]] = ['octave-cli', '-qf'];

const libraries: readonly Library[] = [
  python('PyTorch', 'torch', 'torch_functions.py'),
  python('PyWavelets', 'pywt', 'pywavelets.py'),
  python('SciPy', 'scipy', 'scipy_functions.py'),
  python('scikit-learn', 'sklearn', 'scikit_learn.py'),
  python('scikit-image, chambolle', 'skimage', 'skimage_total_variation.py', 'chambolle'),
  python('scikit-image, bregman', 'skimage', 'skimage_total_variation.py', 'bregman'),
  {
    name: 'LTFAT',
    needs: [...octave, '--eval', 'pkg load ltfat'],
    open: () => openProcess({ ...options, command: [...octave, fixture('ltfat.m')] }),
  },
  {
    name: 'glmnet',
    needs: ['Rscript', '-e', 'for (name in c("glmnet", "jsonlite")) loadNamespace(name)'],
    open: () => openProcess({ ...options, command: ['Rscript', fixture('glmnet.R')] }),
  },
  optimiser('torch.optim:SGD', 'momentum-sgd'),
  optimiser('torch.optim:Rprop', 'rprop'),
  optimiser('torch.optim:Adam', 'adam'),
  optimiser('torch.optim:AdamW', 'adamw'),
  optimiser('torch.optim:Adamax', 'adamax'),
  optimiser('torch.optim:NAdam', 'nadam'),
  optimiser('torch.optim:RAdam', 'radam'),
  optimiser('torch.optim:RMSprop', 'rmsprop'),
  optimiser('torch.optim:Adagrad', 'adagrad'),
  optimiser('torch.optim:Adadelta', 'adadelta'),
  optimiser('torch.optim:ASGD', 'asgd'),
  optimiser('torch.optim:Adafactor', 'adafactor'),
  train('sgd'),
  train('momentum', 'momentum-sgd'),
  train('adam'),
  train('adamax'),
  train('rmsprop'),
  tfjs('tf.train.rmsprop, not centred,', fixture('tfjs-rmsprop.mjs'), 'uncentred', 'rmsprop'),
  train('adagrad'),
  train('adadelta'),
];

for (const { name, needs, open } of libraries) {
  testWith(...needs)(`${name}: what is found is what was found before`, async (t) => {
    const library = await open();
    try {
      const verdicts = Object.entries(expected[name]!).map(([subject, found]) => [
        subject,
        known[found]?.verdict ?? found,
      ]);
      t.deepEqual(await findings(library), Object.fromEntries(verdicts));
    } finally {
      t.is(await library.close(), undefined);
    }
  });
}

const withNumpy = pythonWith('numpy');
// The environment is that of the worker of this file alone.
process.env['PYTHONPATH'] = fixture('');

for (const as of [
  ...['mcp', 'weighted-l1', 'sorted-l1', 'scad', 'nuclear-norm', 'elastic-net', 'group-l2', 'simplex', 'l1-ball'],
  'total-variation-1d',
]) {
  testWith(
    withNumpy,
    '-c',
    'import numpy',
  )(`${as}: a function of arrays as its paper states it is right`, async (t) => {
    const object = `papers_in_numpy:${as.replaceAll('-', '_')}`;
    const request = { library: 'numpy', object, as, arguments: {}, python: withNumpy } as const;
    for (const seed of seeds) {
      const mine = await openNamedObject(request, { ...options, seed });
      const record = await judge(mine, { seed, depth: 'quick' });
      const faulty = subjectsOf(record).subjects.filter(({ verdict }) => !['right', 'not-offered'].includes(verdict));
      t.deepEqual(faulty, []);
      t.is(record.exitCode, 0);
      t.is(await mine.close(), undefined);
    }
  });
}

test('every judged library has exactly its listed findings', (t) => {
  t.deepEqual(Object.keys(expected).toSorted(), libraries.map(({ name }) => name).toSorted());
});
