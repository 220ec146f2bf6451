import { readFileSync } from 'node:fs';
import test from 'ava';
import { commandRunner, inFolder } from '../command-runner.test.helper.js';
import { directory } from '../run-directory.test.helper.js';

const run = commandRunner();
const text = readFileSync(
  new URL('../../../../fixtures/multipliers/pepit-gradient-descent.json', import.meta.url),
  'utf8',
);

interface File {
  claims: [
    {
      goal: { times?: string }[];
      inequalities: { multiplier?: number; values: number[]; gram: number[][] }[];
    },
  ];
}

/** The file with a change. */
function changed(change: (claim: File['claims'][0]) => void): string {
  const copy = JSON.parse(text) as File;
  change(copy.claims[0]);
  return JSON.stringify(copy);
}

test.serial('a bound is printed as a fraction, with what was not judged; another multiplier is refused', async (t) => {
  const { ends } = await inFolder(
    t,
    run,
    await directory(t, {
      'found.json': text,
      'other.json': changed((claim) => {
        claim.inequalities[0]!.multiplier! *= 1.001;
      }),
      'nan.json': text.replace('"constant": -1', '"constant": NaN'),
      'missing.json': changed((claim) => {
        delete claim.inequalities[1]!.multiplier;
      }),
      'shape.json': changed((claim) => {
        claim.inequalities[1]!.gram.pop();
      }),
      'skew.json': changed((claim) => {
        claim.inequalities[1]!.gram[0]![1]! += 1;
      }),
      'size.json': changed((claim) => {
        claim.inequalities[1]!.values.pop();
      }),
      'negative.json': changed((claim) => {
        claim.inequalities[1]!.multiplier = -0.01;
      }),
      'unknown.json': changed((claim) => {
        claim.goal[1]!.times = 'tua';
      }),
    }),
  );
  const { stdout } = await ends('prove --multipliers found.json', {
    stdout: [/^✓ found\.json: tau = 1\/6 is proved, /m, /not judged +that the inequalities hold/],
  });
  t.false(stdout.includes('left over'));
  await ends('prove --multipliers found.json --format coq', { stdout: /^Qed\.$/m });
  const json = await ends('prove --multipliers found.json --format json');
  t.is((JSON.parse(json.stdout) as { bound: { value: string } }).bound.value, '1/6');
  await ends('prove --multipliers other.json', {
    code: 1,
    stdout: /^✗ other\.json: no exact proof is near the multipliers/m,
  });
  const wrong = {
    'nan.json': /^signprox: nan\.json is not JSON: /,
    'missing.json':
      /^signprox: missing\.json: claims\[0\]\.inequalities\[1\]\.multiplier must be a finite number, got undefined$/m,
    'shape.json': /inequalities\[1\]\.gram must be a square matrix, got /,
    'skew.json': /inequalities\[1\]\.gram must be a symmetric matrix, got /,
    'size.json': /inequalities\[1\]\.values must be of 4 entries, as the others of the claim, got 3$/m,
    'negative.json': /inequalities\[1\]\.multiplier must be ≥ 0 up to the rounding of a solver, got -0\.01$/m,
    'unknown.json': /goal\[1\]\.times must be the name of a parameter, got "tua"$/m,
  };
  for (const [name, stderr] of Object.entries(wrong)) await ends(`prove --multipliers ${name}`, { code: 2, stderr });
});
