import { chartRules } from '../charts/chart-colours.js';

/** Colours and letters of the whole page, and how it is divided. */
const frame = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f6f8, #14161b); --card: light-dark(#ffffff, #1b1e25); --text: light-dark(#23262d, #e4e6ea);
  --soft: light-dark(#59606d, #a3a9b5); --line: light-dark(#d9dce3, #343944); --code: light-dark(#eef0f4, #252a34);
  --link: light-dark(#1558b0, #8ab8ff); --good: light-dark(#17693f, #6fd6a0); --warn: light-dark(#8a5a00, #f2c14e);
  --bad: light-dark(#b3093a, #ff7a93); --note: light-dark(#6a3d9a, #cba6f7); --mute: var(--soft);
  --bar: 0px;
}
:root[data-theme=light] { color-scheme: light } :root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0 auto; max-width: 1500px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, 'DejaVu Sans', Verdana, sans-serif;
  display: grid; grid-template-columns: 15rem minmax(0, 1fr) }
main { padding: 24px 20px 48px; min-width: 0 } section { scroll-margin-top: 8px }
h1 { font-size: 1.55rem; margin: 0 0 2px; overflow-wrap: anywhere } h2 { font-size: 1.2rem; margin: 24px 0 8px } h3 { font-size: 1rem; margin: 0 }
h4 { font-size: .9rem; margin: 16px 0 4px }
a { color: var(--link) } p { margin: 6px 0 }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px }
code, pre { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: .86em }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere }
pre { background: var(--code); border-radius: 6px; padding: 8px 10px; margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere }
sub, sup { line-height: 0; font-size: .75em }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 3px 8px }
button { cursor: pointer }
.soft { color: var(--soft) }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; left: -100vw } .skip:focus { left: 8px; top: 8px; background: var(--card); padding: 4px 8px; z-index: 3 }
.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 28px 4px 20px 20px; font-size: .88rem }
.contents ol { list-style: none; margin: 0; padding: 0 } .contents ol ol { padding-left: 12px }
.contents a { text-decoration: none; overflow-wrap: anywhere } .contents li { padding: 2px 0 } .contents a:hover { text-decoration: underline }
.contents > details > ol > li > a { font-weight: 600 } .contents summary { display: none; cursor: pointer; font-weight: 600 }
.contents button { margin-top: 12px }
header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 24px; align-items: flex-start } header > :first-child { flex: 1 1 20rem }
.find { position: relative } .find input { width: min(22rem, 100%) } #hits { position: absolute; right: 0; z-index: 3; width: min(36rem, calc(100vw - 24px)); margin: 4px 0; box-shadow: 0 4px 16px #0003 }
#hits ol { list-style: none; margin: 0; padding: 0 } #hits li { padding: 3px 0; overflow-wrap: anywhere; font-size: .9rem; line-height: 1.35 } tr:target > * { background-color: var(--code) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; margin: 10px 0 }
.outcome { border-left: 6px solid var(--good) } .outcome.failed { border-left-color: var(--bad) } .outcome.silent { border-left-color: var(--warn) }
#verdict h2 { margin: 12px 0 0 } .headline { font-size: 1.1rem; margin: 0 0 8px }
.outcome ul { margin: 2px 0 6px; padding-left: 20px }
.counts, .outcome .counts { display: flex; flex-wrap: wrap; gap: 4px 14px; list-style: none; padding: 0 }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 14px; margin: 8px 0 0 }
dl.facts dt { color: var(--soft) } dl.facts dd { margin: 0; overflow-wrap: anywhere }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 9px; font-size: .82rem; font-weight: 600;
  white-space: nowrap; line-height: 1.55 }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) } .note { color: var(--note) } .mute { color: var(--mute) }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(290px, 100%), 1fr)); gap: 14px; margin: 12px 0 0;
  align-items: start }
.panels:has(> figure:nth-child(4):last-child) { grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 460px)) }
figure { margin: 0 } figure svg { width: 100%; height: auto; display: block; max-width: 460px }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 10px 0 0; padding: 0; list-style: none; font-size: .86rem }
.key li { display: flex; align-items: center; gap: 7px } .key svg { width: 34px; height: 14px; flex: none }
figcaption { font-size: .88rem }
.drawing figure { margin: 10px 0 0 } .drawing svg { max-width: 1000px; min-width: 900px } .drawing svg > rect:first-child { fill: none }
.fault { padding: 3px 16px; margin: 6px 0; scroll-margin-top: 8px } .fault h3 { display: inline; overflow-wrap: anywhere } .fault h3 .badge { margin-left: 6px } .fault:target { outline: 2px solid var(--link) }
.fault > summary { cursor: pointer } .fault > summary > .soft { margin-left: 10px; font-size: .86rem; overflow-wrap: anywhere } .fault[open] > summary > .soft { display: none }
footer { margin-top: 36px; border-top: 1px solid var(--line); padding-top: 10px; font-size: .9rem }
@media (max-width: 900px) {
  body { display: block } main { padding: 8px 12px 32px }
  .contents { position: static; max-height: none; padding: 12px 12px 0; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 14px; align-items: start }
  .contents summary { display: list-item } .contents details[open] { flex-basis: 100% } .contents ol ol { display: none } .contents button { margin: 0 }
}
@media (max-width: 600px) {
  .find { flex: 1 1 100% } #hits { position: static; width: auto }
  dl.facts { grid-template-columns: minmax(0, 1fr) } dl.facts dd { margin-bottom: 5px }
}
`;

/** Shares of a tolerance or a bound, as tenths, in one colour that grows stronger. */
const heat = Array.from(
  { length: 11 },
  (_, tenth) => `.h${tenth} { background: color-mix(in srgb, var(--heat) ${6 * tenth}%, transparent) }`,
).join(' ');

const tableStyle = `
.scroll { overflow-x: auto; max-width: 100%; margin: 6px 0; position: relative }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums }
th, td { padding: 3px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap }
td.wide { white-space: normal; min-width: 11rem }
table.figures :is(td, thead th) { text-align: right }
table.figures .words { text-align: left; white-space: normal } table.figures td.words:last-child { min-width: 16rem } .rows .words { white-space: nowrap } .rows td.words:nth-last-child(-n + 3) { white-space: normal; min-width: 14rem }
thead th { color: var(--soft); font-weight: 600 } tbody th { font-weight: 400 } .figures tbody th.number { text-align: right } th.number, td.number { text-align: right }
tbody th[colspan] { padding-top: 12px; font-weight: 600 }
.trivial { color: var(--soft); font-style: italic }
:root { --heat: light-dark(#e08a3c, #b3622a) }
${heat}
.heat, .matrix, .subjects { border-collapse: separate; border-spacing: 0 }
:is(.heat, .matrix, .subjects) tr > th:first-child { position: sticky; left: 0; background: var(--card); vertical-align: bottom }
:is(.heat, .matrix, .subjects) tbody tr:hover > * { background-color: var(--code) }
.matrix td { text-align: center; padding: 1px 5px; border-left: 1px solid var(--line) }
.matrix thead th + th, .matrix tfoot td { padding: 6px 2px; vertical-align: bottom; border-left: 1px solid var(--line) }
.matrix thead span, .matrix tfoot span { writing-mode: vertical-rl; transform: rotate(180deg); color: var(--soft) }
.matrix td.good { background: color-mix(in srgb, var(--good) 22%, transparent) }
.matrix td.bad { background: color-mix(in srgb, var(--bad) 30%, transparent) }
.matrix td.warn { background: color-mix(in srgb, var(--warn) 22%, transparent) }
.matrix td.note { background: color-mix(in srgb, var(--note) 14%, transparent) } .signs span { padding: 0 1px } .signs { letter-spacing: .02em }
.grids { display: flex; flex-wrap: wrap; gap: 12px 48px; align-items: flex-start }
.subjects { width: min-content } .subjects td { text-align: center; font-weight: 700 } .subjects :is(th, td) { padding-inline: 3px } .subjects thead th { font-size: .7rem } .subjects tbody th { font-size: .82rem } .subjects tbody :is(td, th) { padding-block: 1px; line-height: 1.35 }
.subjects thead :is(th, td) ~ th { text-align: center; white-space: normal; vertical-align: bottom }
.subjects th[scope=rowgroup] { position: static; padding-top: 6px; font-weight: 600; color: var(--soft) } .subjects .edge { border-left: 2px solid var(--line) }
.subjects td a { color: inherit; display: block; border-radius: 4px; background: var(--code) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .86rem }
.rows > summary { cursor: pointer; color: var(--link); margin-top: 8px }
.shared { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; padding: 0; list-style: none; font-size: .86rem }
@media (max-width: 720px) {
  :is(.matrix, .heat) tr > th:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 8.5rem; max-width: 8.5rem; font-size: .78rem }
  .subjects th, .subjects td { padding: 3px 4px; font-size: .78rem } .subjects td { font-size: .86rem }
  /* A line for each subject: its methods, and of the other questions those that fail. */
  .subjects thead { display: none } .subjects, .subjects tbody { display: block; width: auto } .subjects tr { display: flex; flex-wrap: wrap; gap: 0 12px; padding: 3px 0; border-bottom: 1px solid var(--line) }
  .subjects tbody tr > :is(td, th) { border: 0; padding: 0; white-space: nowrap } .subjects tr > th:first-child { flex: 0 0 6.6rem; white-space: normal; overflow-wrap: anywhere } .subjects td:empty, .subjects td.question.good { display: none } .subjects .edge { border: 0 } .subjects td::before { content: attr(data-of) ' '; color: var(--soft); font-weight: 400 } .subjects td a { display: inline }
  .asked :is(th, td) { display: block; border-bottom: 0 } .asked th { font-weight: 600 } .asked td { border-bottom: 1px solid var(--line) }
}
`;

/**
 * Formulas set by the build. A part is a box, so that a line ends within it only where it is wider than the line; no line ends between the last part
 * and the comma after it. The text of a formula stands beside it unseen, in the line: of a box outside of it a copy would make a line.
 */
const formulaStyle = `
.part { display: inline-block } .lead, .part { white-space: normal } .formula { white-space: nowrap } .formula math { font-size: 1.1em }
.spoken { display: inline-block; width: 1px; height: 1px; margin-right: -1px; overflow: hidden; clip-path: inset(50%) }
`;

/** What stands on top: what the run says of the paper, the map of what the theorems need, and the main findings. */
const frontStyle = `
#verdict:has(.said) > h2 { position: absolute; margin: 0; clip-path: inset(50%) } .said { font-size: 1.12rem; margin: 0 0 4px } .strip { font-size: 1.12rem; font-weight: 600; margin: 12px 0 4px } .outcome .said ~ .headline { font-size: 1rem; margin: 0 } .said .badge { text-decoration: none }
.front { display: grid; grid-template-columns: minmax(0, 1fr) 14.5rem; gap: 10px 28px; align-items: start }
.map { width: 100%; table-layout: fixed } .map :is(th, td) { white-space: normal; overflow-wrap: anywhere; padding: 3px 8px; vertical-align: middle } .map th:first-child { width: 18% } .map .soft { font-size: .78rem; line-height: 1.3; margin: 0 } .map span.soft { display: inline-block } .map .badge { font-size: .78rem; white-space: normal } .map a.badge { text-decoration: none }
.map a.badge:hover { text-decoration: underline } .map .spark { display: inline-block; vertical-align: middle } .map .spark svg { display: block }
.strips { display: flex; flex-wrap: wrap; gap: 10px 24px } .strips > * { flex: 1 1 200px; max-width: 360px }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(290px, 100%), 1fr)); gap: 12px } .cards > .card { margin: 0 } .cards h3 { min-height: 4em; font-size: .93rem; line-height: 1.35 }
.cards .finding { margin: 6px -16px 0 } .cards .key { font-size: .74rem; line-height: 1.3; gap: 0 12px; margin-top: 2px } .cards svg { max-width: 330px } .cards .key svg { max-width: 34px }
.theme > summary { cursor: pointer; padding: 3px 16px; font-weight: 600 } .theme > summary:hover { background: var(--code) } .theme .finding > summary { padding-left: 34px }
.closed > summary { cursor: pointer; padding: 3px 0 } .closed > summary :is(h2, h3) { display: inline; margin: 0; font-size: 1.05rem } .closed > summary:hover { background: var(--code) }
.group .closed > summary h3 { font-size: 1rem }
.more > summary { padding: 1px 16px; font-size: .86rem; color: var(--link) }
section:has(> .closed):not(.group) { margin-top: 2px } #ledger + section:has(> .closed) { margin-top: 16px }
@media (max-width: 1100px) { .front { grid-template-columns: minmax(0, 1fr) } }
@media (max-width: 600px) { .map :is(th, td) { padding: 4px 5px; font-size: .8rem } .map th:first-child { width: 28% } .cards h3 { min-height: 0 } .front { padding: 10px 8px } }
`;

/** `--bar` is how high the bar is that stays on the screen, which the script measures. */
const ledgerStyle = `
.findings { padding: 6px 0 } .finding > summary { cursor: pointer; padding: 5px 16px } .finding > summary:hover { background: var(--code) }
.group { scroll-margin-top: calc(var(--bar) + 8px) } .group h3 { margin: 12px 0 4px }
.ledger { padding: 0; overflow: clip }
.filter { position: sticky; top: 0; z-index: 2; padding: 6px 14px; box-shadow: 0 2px 8px #0002 }
.filter > label { margin-right: 14px; white-space: nowrap } .filter select { max-width: 15rem } .filter p { margin: 2px 0 0 }
.filter fieldset { border: 0; margin: 2px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 14px; font-size: .88rem }
.filter legend { float: left; margin-right: 12px }
.filter fieldset label { white-space: nowrap }
.keys { font-size: .82rem; margin-left: 12px }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; font-family: inherit }
.claim { border-top: 1px solid var(--line); scroll-margin-top: calc(var(--bar) + 8px) } .finding { scroll-margin-top: 8px } .claim:first-child { border-top: 0 }
.claim > summary { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr) max-content; gap: 0 12px; align-items: baseline; padding: 1px 16px;
  cursor: pointer; list-style: none; font-size: .88rem; line-height: 1.25; scroll-margin: calc(var(--bar) + 8px) 0 2rem }
.claim > summary > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap } .claim[open] > summary > * { white-space: normal }
.claim > summary .id { grid-column: 2; grid-row: 2; display: none; overflow-wrap: anywhere } .claim[open] > summary .id { display: block } .claim > summary .badge { font-size: .74rem; line-height: 1.25 }
.claim > summary::-webkit-details-marker { display: none }
.claim > summary:hover { background: var(--code) } .claim > summary:focus-visible { outline-offset: -2px }
.claim > summary .where::before { content: '▸ ' } .claim[open] > summary .where::before { content: '▾ ' }
/* The line of an open claim names it: its statement stands below, where the script has drawn it. */
.claim[open]:has(> .body > .statement) > summary .says { display: none } .claim[open]:has(> .body > .statement) > summary .id { grid-row: 1; font-weight: 600 }
.where, .claim > summary .id { color: var(--soft); font-size: .82rem }
.claim[open] > summary { background: var(--code) }
.beside { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 2px 14px } .run { margin: 4px 0 } .run > summary { cursor: pointer; padding: 3px 0 }
.body { padding: 6px 16px 14px 28px; scroll-margin-top: 3rem } .claim .body { scroll-margin-top: calc(var(--bar) + 4rem) }
.body:target { box-shadow: inset 4px 0 var(--link) }
.statement { font-size: 1.04rem } .anchor { text-decoration: underline dotted }
@media (min-width: 601px) { .claim dl.facts { grid-template-columns: 9rem minmax(0, 1fr) } }
@media (max-width: 1100px) {
  .claim > summary { grid-template-columns: minmax(0, 1fr) max-content; padding: 6px 12px }
  .claim > summary .says { grid-column: 1 / -1; grid-row: 1; white-space: normal } .claim > summary .where { grid-column: 1; grid-row: 2 } .claim > summary .verdict { grid-column: 2; grid-row: 2 }
  .claim > summary .id { grid-column: 1 / -1; grid-row: 3 } .claim > summary .beside { grid-column: 1 / -1; grid-row: 4 }
  .body { padding: 2px 12px 12px }
}
@media (max-width: 720px) {
  :root { --bar: 0px !important } .filter { position: static; box-shadow: none } .filter > label { white-space: normal } .filter select { max-width: 100% } .keys { display: none }
}
`;

/** On paper: no contents and nothing to press, and of the ledger only what is open. */
const printStyle = `
@page { margin: 9mm }
@media print {
  :root, :root[data-theme] { color-scheme: light; --page: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2 }
  body { display: block; font-size: 9pt; line-height: 1.28 } main { padding: 0 } h2 { margin: 14px 0 6px }
  .contents, .find, .filter, .skip, .anchor, .rows > summary { display: none }
  .claim > summary { grid-template-columns: 6rem minmax(0, 1fr) max-content; padding: 0 6px; font-size: 7pt; line-height: 1.2 }
  .claim > summary > * { grid-column: auto !important; grid-row: auto !important; font-size: 7pt !important } .claim > summary .beside { grid-column: 1 / -1 !important }
  .claim > summary .where::before { content: '' !important }
  #findings { font-size: 8.2pt }
  .theme::details-content, .finding::details-content, .more::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1 }
  .drawing svg { max-width: 13cm; min-width: 0 } .strips > * { max-width: 7cm }
  .card { padding: 6px 10px; margin: 6px 0; border-radius: 0 } .ledger { padding: 0 }
  .claim > summary, .fault, figure, tr { break-inside: avoid } h2, h3 { break-after: avoid } .scroll { overflow: hidden }
  .panels, .panels:has(> figure) { grid-template-columns: repeat(4, 1fr); gap: 4px 8px; margin: 4px 0 0 } #tightness .panels { grid-template-columns: repeat(5, 1fr) } figcaption, .key { font-size: 6pt; line-height: 1.25; gap: 0 8px }
  .key { margin: 2px 0 0 } .key svg { width: 22px; height: 9px }
  table { font-size: 6.5pt } th, td { white-space: normal; padding: 1px 3px; overflow-wrap: anywhere } table.figures td.words { min-width: 0 !important }
  .matrix td, .matrix tbody th { padding: 0 2px; line-height: 1.2 } :is(.matrix, .heat, .subjects) :is(thead, tfoot) { display: table-row-group }
  :is(.matrix, .heat, .subjects) tr > th:first-child { position: static; white-space: nowrap; overflow-wrap: normal; max-width: none }
  .subjects { font-size: 8.5pt } .subjects th, .subjects td { white-space: nowrap; overflow-wrap: normal }
  td.number { white-space: nowrap } code { padding: 0; background: none }
}
`;

/** The page's whole style: light and dark, narrow screens, print. No font and nothing else is fetched. */
export const pageStyle = `${frame}${tableStyle}${formulaStyle}${frontStyle}${ledgerStyle}${chartRules('main')}${printStyle}`;
