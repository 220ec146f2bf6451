/**
 * What a collection of claims adds to reports: findings, sections and charts as data, which HTML and Markdown are written from, and the numbers of
 * bound rows as reports round them.
 *
 * @module signprox/report
 */
export { chartFile } from '../report/charts/drawing.js';
export { iterationLabel } from '../report/charts/plot.js';
export type { Contribution, Finding, FindingTable, PageParts } from '../report/contribution.js';
export type {
  Block,
  Cell,
  Chart,
  ChartAxis,
  CurveChart,
  Details,
  Drawing,
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
export { boundRatio, isTrouble } from '../report/record/outcome.js';
export { badge } from '../report/sections/claim.js';
export { claimChart, ratioLines } from '../report/sections/ratio-charts.js';
export { intervalText, type Kind, kindOf, ratioInterval } from '../report/view/bounds.js';
export { formatNumber, formatOutwards } from '../report/wording/format-number.js';
