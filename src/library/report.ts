/**
 * What a collection of claims adds to the suite: findings, sections and charts as data, which HTML and Markdown are written from, with the numbers
 * of bound rows as reports round them; plots of its own in the style of reports; and records and commands.
 *
 * @module signprox/report
 */
export { realSchema } from '../claims/schemas.js';
export { chartColours } from '../report/charts/chart-colours.js';
export { chartFile } from '../report/charts/drawing.js';
export { type BandPlace, bandMark, lineMark, type Place, ruleMark, type Stroke } from '../report/charts/marks.js';
export {
  chartFont,
  iterationLabel,
  type Plot,
  type PlotAxis,
  type PlotLetters,
  plotSvg,
} from '../report/charts/plot.js';
export type {
  CommandModule,
  CommandTools,
  Contribution,
  Finding,
  FindingTable,
  PageParts,
} from '../report/contribution.js';
export type {
  Block,
  Cell,
  Chart,
  ChartAxis,
  CurveChart,
  Details,
  Drawing,
  Fact,
  RatioChart,
  RatioLine,
  Row,
  Section,
  Span,
  StripChart,
  StyledCell,
  Table,
  Tone,
  Words,
} from '../report/document.js';
export { parseRecord, stableJson } from '../report/record/json-numbers.js';
export { boundRatio, isTrouble } from '../report/record/outcome.js';
export { badge } from '../report/sections/claim.js';
export { claimChart, ratioLines } from '../report/sections/ratio-charts.js';
export { type Kind, kindOf, ratioInterval } from '../report/view/bounds.js';
export {
  formatEnclosed,
  formatInterval,
  formatNumber,
  formatOutwards,
  formatPower,
} from '../report/wording/format-number.js';
