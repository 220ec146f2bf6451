// Draws docs/verdict.svg, the picture of the README: a wrong verdict with its counterexample, as the guard finds it. `npm run generate` runs it.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { judgeModule, subjectsOf } from '../../dist/src/library/browser.js';

const [width, height] = [440, 344];
const plot = { left: 28, right: width - 28, top: 150, bottom: 284 };

/** Soft thresholding that forgets its step γ. */
const mine = {
  describe: () => ({
    ...{ name: 'mine', version: '1', language: 'javascript', dtype: 'f64' },
    ...{ methods: ['prox'], functions: ['l1'], smooth: [], algorithms: [] },
  }),
  prox: ({ weight }, _, y) => y.map((v) => Math.sign(v) * Math.max(Math.abs(v) - weight, 0)),
};

/** What the guard says of it, in numbers: the weight of l1, y, γ, the value that was returned and the right one. */
async function counterexample() {
  const [{ counterexample }] = subjectsOf(await judgeModule(mine, { claims: 'eq6-prox' })).subjects;
  const pattern = /^prox of l1\(weight (.+)\) at y = (.+), γ = (.+): returned (.+), right is (.+)$/;
  const numbers = pattern.exec(counterexample)?.slice(1).map(Number);
  if (numbers === undefined || numbers.some(Number.isNaN)) throw new Error(`not the expected form: ${counterexample}`);
  const [weight, y, step, returned, right] = numbers;
  return { weight, y, step, returned, right };
}

const text = (x, y, words, more = '') => `<text x="${x}" y="${y}"${more}>${words}</text>`;

/** The picture as it should be, and its sentence. */
export async function verdictPicture() {
  const { weight, y, step, returned, right } = await counterexample();
  const objective = (u) => (u - y) ** 2 / 2 + step * weight * Math.abs(u);
  const low = Math.min(returned, right) - 0.35;
  const high = Math.max(returned, right) + 0.75;
  const at = scaleLinear([low, high], [plot.left, plot.right]);
  const up = scaleLinear([0, objective(low)], [plot.bottom, plot.top]);
  const along = Array.from({ length: 101 }, (_, i) => low + ((high - low) * i) / 100);
  const curve = line(at, (u) => up(objective(u))).digits(2)(along);
  const point = (u, kind, words, dx, dy) => [
    `<path class="${kind} drop" d="M${at(u).toFixed(1)},${up(objective(u)).toFixed(1)}V${plot.bottom}"/>`,
    `<circle class="${kind}" cx="${at(u).toFixed(1)}" cy="${up(objective(u)).toFixed(1)}" r="6"/>`,
    text((at(u) + dx).toFixed(1), (up(objective(u)) + dy).toFixed(1), words, ` class="${kind}"`),
    text(at(u).toFixed(1), plot.bottom + 20, `u = ${u}`, ' class="quiet" text-anchor="middle"'),
  ];
  const factor = step * weight;
  const sentence = `✗ prox of l1 is wrong: at y = ${y}, γ = ${step} it returned ${returned}, right is ${right}`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="16">
<title>${sentence}</title>
<style>
.back{fill:#fffffe;stroke:#c9ced6}text{fill:#23262d}.title{font-size:20px;font-weight:bold}.quiet{fill:#5b606b}.axis{stroke:#767b85}
.curve{fill:none;stroke:#1558b0;stroke-width:2.5}.wrong{fill:#c00d3c;stroke:none}.right{fill:#1a7f37;stroke:none}
.drop{fill:none;stroke-dasharray:3 3}.drop.wrong{stroke:#c00d3c}.drop.right{stroke:#1a7f37}
@media (prefers-color-scheme:dark){.back{fill:#1b1b1f;stroke:#3c3f44}text{fill:#dfdfd6}.quiet{fill:#a9a9b2}.axis{stroke:#98989f}.curve{stroke:#8ab4f8}
.wrong{fill:#ff8fa3}.right{fill:#5fd38a}.drop{fill:none}.drop.wrong{stroke:#ff8fa3}.drop.right{stroke:#5fd38a}}
</style>
<rect class="back" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
${text(24, 40, '✗ prox of l1 is wrong', ' class="title wrong"')}
${text(24, 72, `at y = ${y}, γ = ${step}`)}
${text(24, 96, `returned ${returned}`, ' class="wrong"')}
${text(24, 120, `right is ${right}`, ' class="right"')}
<path class="axis" d="M${plot.left},${plot.bottom}H${plot.right}"/>
<path class="curve" d="${curve}"/>
${[...point(returned, 'wrong', 'returned', 12, -8), ...point(right, 'right', 'right', -16, -14)].join('\n')}
${text(width / 2, height - 16, `½(u − ${y})² + ${factor === 1 ? '' : factor}|u|, which the prox must minimise`, ' class="quiet" text-anchor="middle"')}
</svg>
`;
  return { picture, sentence };
}

/** The picture, from the repository's root. */
export const verdictFile = 'docs/verdict.svg';

if (argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL(`../../${verdictFile}`, import.meta.url), (await verdictPicture()).picture);
}
