import { darkChartRules } from '../charts/chart-colours.js';

const dark = `
  --page: #14161b; --card: #1b1e25; --text: #e4e6ea; --soft: #a3a9b5; --line: #343944; --code: #252a34; --link: #8ab8ff;
  --good: #6fd6a0; --warn: #f2c14e; --bad: #ff7a93; --note: #8ab8ff; --mute: #9aa0ab;`;

/** The page's whole style: light and dark, narrow screens, print. No font and nothing else is fetched. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --text: #23262d; --soft: #59606d; --line: #d9dce3; --code: #eef0f4; --link: #1558b0;
  --good: #17693f; --warn: #8a5a00; --bad: #b3093a; --note: #1558b0; --mute: #59606d;
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, 'DejaVu Sans', Verdana, sans-serif }
main { max-width: 1160px; margin: 0 auto; padding: 24px 20px 48px }
h1 { font-size: 1.55rem; margin: 0 0 2px } h2 { font-size: 1.2rem; margin: 36px 0 10px } h3 { font-size: 1rem; margin: 0 }
h4 { font-size: .9rem; margin: 16px 0 4px }
a { color: var(--link) } p { margin: 6px 0 }
code, pre { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: .86em }
code { background: var(--code); border-radius: 4px; padding: 1px 5px; overflow-wrap: anywhere }
pre { background: var(--code); border-radius: 6px; padding: 8px 10px; margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere }
.soft { color: var(--soft) }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 10px 0 }
.outcome { border-left: 6px solid var(--good) } .outcome.failed { border-left-color: var(--bad) }
.outcome strong { font-size: 1.1rem }
.counts { display: flex; flex-wrap: wrap; gap: 8px; margin: 10px 0 2px; padding: 0; list-style: none }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 14px; margin: 8px 0 0 }
dl.facts dt { color: var(--soft) } dl.facts dd { margin: 0; overflow-wrap: anywhere }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 999px; padding: 0 9px; font-size: .82rem; font-weight: 600;
  white-space: nowrap; line-height: 1.55 }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) } .note { color: var(--note) } .mute { color: var(--mute) }
.grids { display: flex; flex-wrap: wrap; gap: 12px 48px; align-items: flex-start }
.subjects { width: min-content; border-collapse: separate; border-spacing: 0 }
.subjects td { text-align: center; font-weight: 700 } .subjects tbody th { font-weight: 400 }
.subjects thead th + th { text-align: center; white-space: normal; vertical-align: bottom }
.subjects td a { color: inherit; display: block; border-radius: 4px; background: var(--code) }
.subjects tr > th:first-child { position: sticky; left: 0; background: var(--card); vertical-align: bottom }
.subjects tbody tr:hover > * { background: var(--code) }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .86rem }
.fault h3 { overflow-wrap: anywhere } .fault h3 .badge { margin-left: 6px } .fault:target { outline: 2px solid var(--link) }
.ledger { padding: 0; overflow: hidden }
.claim { border-top: 1px solid var(--line) } .claim:first-child { border-top: 0 }
.claim > summary { display: grid; grid-template-columns: 9.5rem minmax(11rem, 1.1fr) 10.5rem minmax(8rem, 1fr) 4.2rem; gap: 2px 12px;
  align-items: baseline; padding: 7px 16px; cursor: pointer; list-style: none }
.claim > summary::-webkit-details-marker { display: none }
.claim > summary:hover { background: var(--code) }
.claim > summary .id { font-weight: 600; overflow-wrap: anywhere } .claim > summary .id::before { content: '▸ '; color: var(--soft) }
.claim[open] > summary .id::before { content: '▾ ' }
sub, sup { line-height: 0; font-size: .75em }
.time { text-align: right; color: var(--soft); white-space: nowrap } .where, .figures { color: var(--soft) }
.body { padding: 2px 16px 14px 28px }
.scroll { overflow-x: auto; max-width: 100%; margin: 6px 0 }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums }
th, td { padding: 3px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap }
td.wide { white-space: normal; min-width: 16rem }
thead th { color: var(--soft); font-weight: 600 } .number { text-align: right }
tbody th[colspan] { padding-top: 12px; color: var(--text) }
.matrix td { text-align: center; padding: 1px 5px; border-left: 1px solid var(--line) } .matrix tbody th { font-weight: 400 }
.matrix thead th + th, .matrix tfoot td { padding: 6px 2px; vertical-align: bottom; border-left: 1px solid var(--line) }
.matrix thead span, .matrix tfoot span { writing-mode: vertical-rl; transform: rotate(180deg); color: var(--soft) }
.matrix tr > th:first-child { position: sticky; left: 0; background: var(--card); vertical-align: bottom }
.matrix tbody tr:hover > * { background: var(--code) }
tr.trivial td { color: var(--soft); font-style: italic }
.theorem .rows > summary { cursor: pointer; color: var(--link); margin-top: 8px }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(290px, 100%), 1fr)); gap: 14px; margin: 12px 0 0;
  align-items: start }
.panels:has(> figure:nth-child(4):last-child) { grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 460px)) }
.panels figure { margin: 0 } .panels svg { width: 100%; height: auto; display: block; max-width: 460px }
.key { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 10px 0 0; padding: 0; list-style: none; font-size: .86rem }
.key li { display: flex; align-items: center; gap: 7px } .key svg { width: 34px; height: 14px; flex: none }
footer { margin-top: 36px; border-top: 1px solid var(--line); padding-top: 10px; font-size: .9rem }
@media (max-width: 720px) {
  main { padding: 14px 12px 32px }
  .claim > summary { grid-template-columns: minmax(0, 1fr) max-content; padding: 8px 12px }
  .claim > summary .id { grid-column: 1; grid-row: 1 } .claim > summary .verdict { grid-column: 2; grid-row: 1 }
  .claim > summary .where { grid-column: 1; grid-row: 2 } .claim > summary .time { grid-column: 2; grid-row: 2 }
  .claim > summary .figures { grid-column: 1 / -1; grid-row: 3 }
  .body { padding: 2px 12px 12px }
  .matrix tr > th:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 8.5rem; max-width: 8.5rem; font-size: .78rem }
  .subjects th, .subjects td { padding: 3px 4px; font-size: .78rem } .subjects td { font-size: .86rem }
  .subjects tr > th:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 9.4rem }
  dl.facts { grid-template-columns: minmax(0, 1fr) } dl.facts dd { margin-bottom: 5px }
}
@media (prefers-color-scheme: dark) {
:root { ${dark} }
${darkChartRules('main')}
}
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2 }
  body { font-size: 10pt } main { max-width: none; padding: 0 }
  details::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1 }
  .claim > summary .id::before { content: '' !important }
  .claim, .fault, figure, tr { break-inside: avoid } .scroll { overflow: visible }
  table { font-size: 6.5pt } th, td { white-space: normal; padding: 1px 3px; overflow-wrap: anywhere } td.wide { min-width: 0 }
  .subjects { font-size: 8.5pt } .subjects th, .subjects td { white-space: nowrap; overflow-wrap: normal }
  td.number { white-space: nowrap } code { padding: 0; background: none }
}
`;
