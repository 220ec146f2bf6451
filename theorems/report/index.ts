import type { RunRecord } from '../../src/library/guard.js';
import {
  type Block,
  badge,
  type Chart,
  type Contribution,
  type PageParts,
  type Section,
} from '../../src/library/report.js';
import { pictureOf } from './finding-chart.js';
import { mapSection } from './front.js';
import { headlines, judged, theoremsText } from './map.js';
import { type PaperFinding, paperFindings } from './paper-findings.js';
import { sizeChart } from './size-chart.js';

/** What the claims about the paper add to the reports of a run: its findings, the map of what its theorems need, and its figures. */
export const report: Contribution = {
  about: 'the paper',
  conclusion: theoremsText,
  facts: (record) =>
    headlines.flatMap(({ label, text, grounds }) =>
      label !== undefined && judged(grounds, record).standing === 'confirmed' ? [[label, text]] : [],
    ),
  findings: (record) => paperFindings(record).map((finding) => ({ ...finding, chart: picture(finding, record) })),
  page(record, drawings): PageParts {
    const sentences = headlines.filter(({ grounds }) => judged(grounds, record).standing === 'confirmed');
    return {
      ...(sentences.length > 0 && { title: 'signProx (Xu and Kamilov 2019), checked' }),
      sentences: sentences.map(({ text }) => text),
      front: [mapSection(record)].filter((section) => section !== undefined),
      evidence: [sizeSection(record), figureSection(record, drawings)].filter((section) => section !== undefined),
    };
  },
  // Only a page with Figure 1 needs what reads and draws it.
  async drawing(json): Promise<Chart> {
    const { parseFigureRecord } = await import('../experiments/figure-record.js');
    const { figureSvg } = await import('../experiments/figure-svg.js');
    const figure = parseFigureRecord(json);
    const reading = readings[figure.reading];
    return {
      label: `Figure 1: normalised objective by iteration of SPGM and signProx, and the images they end with. ${reading}`,
      svg: figureSvg(figure),
      caption: `${reading} Steps: ${figure.stepChoice}.`,
    };
  },
};

const readings = {
  total: 'The sparse noise has the total variance of the dense one.',
  entry: 'Each entry that the sparse noise hits has the deviation that it has under the dense one.',
} as const;

/** The picture of a main finding. */
function picture({ picture: id }: PaperFinding, { claims }: RunRecord): Chart | undefined {
  const claim = claims.find((one) => one.id === id);
  return claim && pictureOf(claim);
}

/** The effect of the size of sparse noise on both algorithms; undefined if the run did not check it. */
function sizeSection({ claims }: RunRecord): Section | undefined {
  const claim = claims.find(({ id }) => id === 'sparse-noise-size');
  const drawn = claim && sizeChart(claim);
  if (drawn === undefined) return undefined;
  const paragraph =
    'Noise that hits one iteration in eight with size τ. signProx stays below a bound that does not contain τ. The left side of SPGM grows with τ; the drawing shows a lower end of it.';
  const chart = { ...drawn, caption: { claim: claim!.id } };
  return { id: 'sparse-noise', title: 'Sparse noise', blocks: [{ card: [{ paragraph }, { chart }] }] };
}

/** Figure 1, with the claims about it; undefined if there is neither a drawing nor a claim. */
function figureSection(record: RunRecord, drawings: readonly Chart[]): Section | undefined {
  const claims = record.claims.filter(({ source }) => source.section === '3');
  if (claims.length === 0 && drawings.length === 0) return undefined;
  const missing: Block = {
    paragraph: [
      'To have it drawn here: ',
      { code: 'signprox figure --out reports/figure' },
      ' and then ',
      { code: 'signprox report reports/run.json --figure reports/figure/figure-1-total.json --out reports' },
      '.',
    ],
  };
  return {
    id: 'figure-1',
    title: 'Figure 1',
    blocks: [
      {
        card: [
          ...claims.map((claim) => ({
            paragraph: [{ claim: claim.id }, ' ', badge(claim), ' ', claim.statement],
          })),
          ...(drawings.length === 0 ? [missing] : drawings.map((chart) => ({ chart }))),
        ],
        class: 'drawing',
      },
    ],
  };
}
