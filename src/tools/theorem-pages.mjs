import { readFileSync } from 'node:fs';
import { basename } from 'node:path/posix';
import wrapAnsi from 'wrap-ansi';
import { anchor, table } from './markdown.mjs';

const root = new URL('../../', import.meta.url);
const textOf = (file) => readFileSync(new URL(file, root), 'utf8');
const built = (path) => import(new URL(`dist/src/${path}.js`, root).href);

/**
 * The pages of the theorems. A page is about its claims, of which the first is the theorem itself; the certificates are its proofs as
 * data, and `proofs` are sections of theorems/PROOFS.md. `told` is what a reader wants to know first, beside the proof.
 */
const pages = [
  {
    file: 'docs/theorem-1.md',
    title: 'Theorem 1',
    formula: String.raw`\mathbb E\Bigl[\frac1T\sum_{t=1}^T\|G(x^{t-1})\|^2\Bigr]\le\frac1{\sqrt T}\bigl[2L(f(x^0)-f^*)+3\sigma^2\bigr]`,
    schedule: String.raw`for SPGM with $\gamma=1/(L\sqrt T)$ and $B=1$`,
    told: `For large T its bound can be cut to ½ of its first term and ⅓ of its second: [F2](findings.md#f2). It needs smooth r_k, fresh mini-batches, and a step that decays with T: [what breaks it](#what-breaks-it).`,
    claims: [
      'theorem-1',
      'theorem-1-sharp',
      'theorem-1-general-step',
      'theorem-1-optimal-step',
      'theorem-1-growing-noise',
    ],
    certificates: ['certificate-theorem-1', 'certificate-theorem-1-sharp'],
    proofs: ['Theorem 1♯', 'Noise that grows with G', 'The best steps, and what no step beats'],
  },
  {
    file: 'docs/theorem-2.md',
    title: 'Theorem 2',
    formula: String.raw`\mathbb E\Bigl[\frac1T\sum_{t=1}^T\|G(x^{t-1})\|_1\Bigr]\le\frac4{\sqrt T}\bigl[\|L\|_1(f(x^0)-f^*)+\|\sigma\|_1+1\bigr]`,
    schedule: String.raw`for signProx with $\gamma=1/(2\|L\|_1\sqrt T)$ and $B=T$`,
    told: `It holds with ½, ⅛ and ¼ of its terms for every T ≥ 1: [F3](findings.md#f3). It needs smooth r_k, and mini-batches that grow like T: [what breaks it](#what-breaks-it). For r_k with kinks: [what to use instead](what-to-use-instead.md).`,
    claims: [
      ...['theorem-2', 'theorem-2-simple', 'theorem-2-sharp', 'theorem-2-general-step', 'theorem-2-even-batch'],
      ...['theorem-2-optimal-step', 'theorem-2-coupled', 'theorem-2-kept-batch', 'theorem-2-growing-noise'],
      'smoothed-sign-prox',
    ],
    certificates: ['certificate-theorem-2', 'certificate-theorem-2-sharp'],
    proofs: [
      ...['Theorem 2♯', 'A kept mini-batch', 'Noise that grows with G', 'Coupled problems', 'Kinks'],
      'The best steps, and what no step beats',
    ],
  },
  {
    file: 'docs/theorems-beyond.md',
    title: 'Theorems beyond the paper',
    parts: [
      {
        title: 'The theorem for convex d',
        formula: String.raw`\mathbb E\Bigl[\frac1T\sum_{t=1}^T f(P(x^{t-1}))-f^*+\frac\gamma2(1-\gamma L)\|G(x^{t-1})\|^2\Bigr]\le\frac{R^2}{2\gamma T}+\Bigl(1-\frac1T\Bigr)\frac{\gamma\sigma^2}{2B}`,
        schedule: String.raw`for SPGM with $\gamma L\le1$, where $R$ is the distance of $x^0$ from a minimiser of $f$`,
        told: `It needs a convex d, and no smooth r_k. For a d that is not convex it fails.`,
        claims: ['convex-spgm', 'convex-fixed-objective'],
        certificates: ['certificate-convex-spgm'],
        proofs: ['Convex d'],
      },
      {
        title: 'The theorem for error feedback',
        formula: String.raw`\mathbb E\Bigl[\frac1T\sum_{t=1}^T\|G(x^{t-1})\|^2\Bigr]\le\frac{\Delta/(\gamma T)+(1+\rho)(1-1/T)\gamma L\sigma^2}{1-\gamma L(1/2+2\omega)}`,
        schedule: String.raw`for signProx with error feedback, $\gamma=\min\{1/\sqrt{T},1/(1+4\omega)\}/L$, $B=1$, $\rho^2=1-1/n$, $\omega=\rho/(1-\rho)$`,
        told: `With error feedback signProx needs no growing mini-batch, and for large T it has the constants of SPGM: [F14](findings.md#f14). Without the feedback it fails.`,
        claims: ['error-feedback'],
        certificates: ['certificate-error-feedback'],
        proofs: ['Error feedback'],
      },
      {
        title: 'The theorem for momentum',
        formula: String.raw`\mathbb E\Bigl[\frac1T\sum_{t=1}^T\|G(x^{t-1})\|_1\Bigr]\le\frac\Delta{\gamma T}+\gamma\|L\|_1+\Bigl(1-\frac1T\Bigr)\sum_i(2+\gamma L_i)\Bigl[\frac{2\gamma L_i(1-\alpha)}\alpha+\sqrt{\frac{\alpha v_i}{2-\alpha}}\Bigr]+\sum_i\frac{(2+\gamma L_i)\sqrt{v_i}}{\alpha T}`,
        schedule: String.raw`for signProx with momentum, any $\gamma$, $\alpha$ and $B$, and $v_i=\sigma_i^2/B$`,
        told: `With momentum, single draws give signProx the rate T^(−¼): [F10](findings.md#f10). Without memory it fails.`,
        claims: ['sign-prox-momentum-general-step'],
        certificates: ['certificate-momentum'],
        proofs: ['Momentum'],
      },
    ],
  },
];

/** The findings of docs/findings.md, whose test compares it with a run: the title, the anchor and the claims of each. */
function findings() {
  const sections = textOf('docs/findings.md')
    .split(/^### <a id="(?=f\d+">)/m)
    .slice(1);
  return sections.map((section) => ({
    anchor: /^f\d+/.exec(section)[0],
    title: /<\/a>(.*)$/m.exec(section)[1],
    claims: [.../Claims:.*?\n\n/s.exec(section)[0].matchAll(/`([a-z0-9-]+)`/g)].map(([, id]) => id),
  }));
}

const linkTo = ({ anchor: place, title }) =>
  `[${title.replace(/:.*/, '')}](findings.md#${place})${title.replace(/^F\d+/, '')}`;

function section(heading) {
  if (!textOf('theorems/PROOFS.md').includes(`\n## ${heading}\n`)) throw new Error(`PROOFS.md has no ${heading}`);
  return `[${heading}](../theorems/PROOFS.md#${anchor(heading)})`;
}

/** The pages as they should be, by their files from the repository's root. */
export async function theoremPages() {
  const [{ readCatalogue, loadEntry }, { mathText }, { standardAxioms }] = await Promise.all(
    ['cli/catalogue', 'report/html/markup', 'report/coq/coq-files'].map(built),
  );
  const catalogue = readCatalogue();
  const claimOf = (id) => {
    const found = catalogue.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no claim ${id}`);
    return found;
  };
  /** A formula in a cell or a line, with what Markdown would take for its own escaped. */
  const formula = (text) => mathText(text).text.replaceAll(/[*_`[\]\\~]/g, '\\$&');
  const source = ({ id, module }) => `[\`${id}\`](../${module.replace(/\.js$/, '.ts')})`;
  const known = findings();
  const about = (ids) => known.filter(({ claims }) => claims.some((id) => ids.includes(id)));

  const premisesIn = ({ machineChecked: { premises } }) => premises;
  /** A theorem of Coq, with its premises where they are not those of the one before. */
  const theoremOfCoq = (claim, k, all) => {
    const { file, theorem } = claim.machineChecked;
    const same = k > 0 && premisesIn(all[k - 1]).join() === premisesIn(claim).join();
    const premises = table(
      ['premise'],
      premisesIn(claim).map((text) => [formula(text)]),
    );
    return `### ${claim.source.equation}: \`${theorem}\` of ${basename(file)}

${same ? 'The premises are the same.\n' : premises}`;
  };

  /** Whether a proof assistant has checked a theorem. */
  const proofOf = ({ machineChecked }) =>
    machineChecked === undefined
      ? 'It is true: the proof is by hand.'
      : `It is true, and [Coq](#coq) has checked its proof${machineChecked.covers ? ` (${formula(machineChecked.covers)})` : ''}.`;

  /** What is on record of one theorem, below a heading of the given level. */
  const theoremIn = async ({ formula: displayed, schedule, told, claims: ids, certificates, proofs }, level) => {
    const claims = ids.map(claimOf);
    const broken = catalogue.filter(({ counterexampleTo = [] }) => counterexampleTo.some((id) => ids.includes(id)));
    const own = [...new Set(claims.flatMap(({ counterexamples = [] }) => counterexamples))].map(formula);
    const stages = [];
    for (const id of certificates) {
      const { certificate } = await loadEntry(claimOf(id));
      stages.push(...certificate.stages.map(({ name, statement }) => [source(claimOf(id)), name, formula(statement)]));
    }
    const isAbout = about([...ids, ...certificates, ...broken.map(({ id }) => id)]);
    // A line for each part: a phone shows them whole.
    const lines = displayed.replaceAll(/\\le(?=[\\{])|\+\\(?:Bigl|sum|frac\\gamma)|(?<=\))\\Bigl\[/g, '\\\\\n&$&');
    return `$$
\\begin{aligned}
&${lines}
\\end{aligned}
$$

${wrapAnsi(`${schedule}.`, 110)}

${wrapAnsi(`${proofOf(claims[0])} ${told}`, 110)}

${level} What it states

${claims.length > 1 ? 'The first line is the theorem. The others sharpen it, extend it or change a choice.\n\n' : ''}${table(
  ['form', 'statement', 'claim', 'proof'],
  claims.map((claim) => [
    claim.source.equation,
    formula(claim.statement),
    source(claim),
    claim.machineChecked === undefined
      ? 'by hand'
      : ['[Coq](#coq)', ...(claim.machineChecked.covers ? [formula(claim.machineChecked.covers)] : [])].join(': '),
  ]),
)}
${table(
  ['hypothesis', 'what it says'],
  claims[0].hypotheses
    // Those about d + Σθ_k r_k are what a schedule is computed from, and not of the theorem.
    .filter(({ name }) => !name.startsWith('fixed-'))
    .map(({ name, statement }) => [formula(/^\d/.test(name) ? `Assumption ${name}` : name), formula(statement)]),
)}
${level} What breaks it

${
  own.length === 0
    ? ''
    : `${table(
        ['with a choice changed'],
        own.map((text) => [text]),
      )}\n`
}${
  broken.length === 0
    ? own.length === 0
      ? 'No counterexample is on record.\n'
      : ''
    : `Each line refutes a statement with a hypothesis or a choice changed.

${table(
  ['refuted', 'by', 'claim', 'finding'],
  broken.map((claim) => [
    formula(claim.statement),
    (claim.counterexamples ?? []).map(formula).join('<br>'),
    source(claim),
    about([claim.id])
      .map(({ anchor: place }) => `[${place.toUpperCase()}](findings.md#${place})`)
      .join(', '),
  ]),
)}`
}
${level} What was found out

${isAbout.map((finding) => `- ${linkTo(finding)}`).join('\n')}

${level} The proof

In full:

${proofs.map((heading) => `- ${section(heading)}`).join('\n')}

In short: each stage of a certificate is a combination of inequalities, which a program checks as an identity of
polynomials.

${table(['certificate', 'stage', 'what it says'], stages)}
\`\`\`sh
npx signprox explain ${certificates[0]} # which multiple of which inequality each stage adds
\`\`\`
`;
  };

  const pageOf = async ({ title, ...own }) => {
    const parts = own.parts ?? [own];
    const texts = await Promise.all(parts.map((part) => theoremIn(part, own.parts ? '###' : '##')));
    const headed = own.parts ? texts.map((text, k) => `## ${parts[k].title}\n\n${text}`) : texts;
    const checked = parts
      .flatMap(({ claims }) => claims.map(claimOf))
      .filter(({ machineChecked }) => machineChecked !== undefined);
    return `# ${title}

${headed.join('\n')}
The notation is [that of the findings](findings.md#how-to-read-this-page).

## Coq

Coq has checked every step of these theorems from their premises.
[statements.txt](../theorems/coq/statements.txt) has them as Coq prints them, with every definition. Their only axioms
are those of its real numbers:
${standardAxioms.map((name) => `\`${name.replace(/.*\./, '')}\``).join(', ')}.
[Proofs for a proof assistant](bounds-and-audit.md#proofs-for-a-proof-assistant) says how to check it yourself.

${checked.map(theoremOfCoq).join('\n')}
`
      .replaceAll(/\n{3,}/g, '\n\n')
      .trimEnd()
      .concat('\n');
  };
  return Promise.all(pages.map(async (page) => [page.file, await pageOf(page)]));
}
