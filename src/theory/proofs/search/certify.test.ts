import { readFileSync } from 'node:fs';
import test from 'ava';
import { rational, toDouble } from '../../../exact/arithmetic/rational.js';
import { checkCertificate } from '../certificates/check-certificate.js';
import { type Certified, certify, readMultipliers } from './certify.js';

/** Written by PEPit 0.5.1 and AutoLyap 0.2.1 with the program `bench/pepit.py`, and the least bounds that are known of them. */
const files = {
  'pepit-gradient-descent': 1 / 6,
  'pepit-douglas-rachford': 0.92877069,
  'autolyap-gradient-descent': 0.1,
};
type Name = keyof typeof files;

interface Form {
  constant?: number;
  values?: number[];
  gram?: number[][];
}
interface File {
  parameters: Record<string, number>;
  claims: { goal: Form[]; inequalities: (Form & { multiplier: number; kind: string })[]; matrices?: unknown[] }[];
}

const readFile = (name: Name): File =>
  JSON.parse(
    readFileSync(new URL(`../../../../../fixtures/multipliers/${name}.json`, import.meta.url), 'utf8'),
  ) as File;

/** A file with a change. */
function changed(name: Name, change: (file: File) => void): Certified {
  const file = readFile(name);
  change(file);
  return certify(readMultipliers(file));
}

test('multipliers of PEPit and AutoLyap become certificates that the checker accepts', (t) => {
  for (const name of Object.keys(files) as Name[]) {
    const { answer, bound, certificate, moved } = changed(name, () => {});
    t.is(answer, 'proved', name);
    t.true(checkCertificate(certificate!).every(({ problem }) => problem === undefined));
    t.true(moved! < 1e-3);
    const value = toDouble(bound!.value);
    t.true(value >= files[name] && value < files[name] + 1e-7, `${name}: ${value}`);
  }
  const { bound } = changed('pepit-gradient-descent', () => {});
  t.true(bound!.value.equals(rational(1n, 6n)));
  t.is(changed('autolyap-gradient-descent', () => {}).bound!.value.toFraction(), '1/10');
});

test('a multiplier that is a thousandth larger or smaller is refused, or gives a larger bound', (t) => {
  for (const name of Object.keys(files) as Name[]) {
    const least = changed(name, () => {}).bound!.value;
    const { claims } = readFile(name);
    const largest = Math.max(...claims.flatMap(({ inequalities }) => inequalities.map((entry) => entry.multiplier)));
    for (const [c, { inequalities }] of claims.entries()) {
      for (const [k, { multiplier }] of inequalities.entries()) {
        // A smaller one is as good as 0 to any solver.
        if (multiplier < 0.05 * largest || (name === 'autolyap-gradient-descent' && k > 2)) continue;
        for (const factor of k % 2 === 0 ? [1.001] : [0.999]) {
          const { answer, bound, certificate } = changed(name, (file) => {
            file.claims[c]!.inequalities[k]!.multiplier *= factor;
          });
          if (answer === 'none') continue;
          t.true(bound!.value.gte(least), `${name} ${c}.${k}: ${bound!.value.toFraction()}`);
          t.true(checkCertificate(certificate!).every(({ problem }) => problem === undefined));
        }
      }
    }
  }
});

test('another sign or another entry of an inequality is another problem: no bound below its own', (t) => {
  for (const name of ['pepit-gradient-descent', 'pepit-douglas-rachford'] as const) {
    for (const k of readFile(name).claims[0]!.inequalities.keys()) {
      const opposed = changed(name, ({ claims: [claim] }) => {
        const { constant = 0, values, gram } = claim!.inequalities[k]!;
        claim!.inequalities[k]!.constant = -constant;
        if (values) claim!.inequalities[k]!.values = values.map((entry) => -entry);
        if (gram) claim!.inequalities[k]!.gram = gram.map((row) => row.map((entry) => -entry));
      });
      const entry = changed(name, ({ claims: [claim] }) => {
        const { gram } = claim!.inequalities[k]!;
        if (gram) gram[1]![1]! += 1 / 100;
      });
      // Only one whose multiplier is 0 to the solver says nothing: then the same bound follows from the others.
      for (const { answer, bound } of [opposed, entry])
        t.true(answer === 'none' || toDouble(bound!.value) >= files[name], `${name} ${k}`);
    }
  }
  const { answer } = changed('pepit-gradient-descent', ({ claims: [claim] }) => {
    claim!.inequalities.pop();
  });
  t.is(answer, 'none');
});
