import { chartRules } from '../../charts/chart-colours.js';
import { formulaStyle } from './formula-style.js';
import { ledgerStyle } from './ledger-style.js';
import { printStyle } from './print-style.js';
import { tableStyle } from './table-style.js';

/** Colours and letters of the whole page, and how it is divided. */
const frame = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f6f8, #14161b); --card: light-dark(#ffffff, #1b1e25); --text: light-dark(#23262d, #e4e6ea);
  --soft: light-dark(#59606d, #a3a9b5); --line: light-dark(#d9dce3, #343944); --code: light-dark(#eef0f4, #252a34);
  --link: light-dark(#1558b0, #8ab8ff); --good: light-dark(#17693f, #6fd6a0); --warn: light-dark(#8a5a00, #f2c14e);
  --bad: light-dark(#b3093a, #ff7a93); --note: var(--link); --mute: var(--soft);
  --bar: 0px;
}
:root[data-theme=light] { color-scheme: light } :root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0 auto; max-width: 1500px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, 'DejaVu Sans', Verdana, sans-serif;
  display: grid; grid-template-columns: 15rem minmax(0, 1fr) }
main { padding: 24px 20px 48px; min-width: 0 } section { scroll-margin-top: 8px }
h1 { font-size: 1.55rem; margin: 0 0 2px } h2 { font-size: 1.2rem; margin: 36px 0 10px } h3 { font-size: 1rem; margin: 0 }
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
.contents > ol > li > a { font-weight: 600 }
.contents button { margin-top: 12px }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 10px 0 }
.outcome { border-left: 6px solid var(--good) } .outcome.failed { border-left-color: var(--bad) }
#verdict h2 { margin: 12px 0 0 } .headline { font-size: 1.1rem; margin: 0 0 8px }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.6fr); gap: 10px 32px; margin-bottom: 14px }
.columns .found { grid-column: 2; grid-row: 1 / span 2 }
.columns ul { margin: 6px 0; padding-left: 20px } .columns .counts { padding: 0 }
.counts { display: flex; flex-wrap: wrap; gap: 4px 14px; list-style: none }
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
.drawing figure { margin: 10px 0 0 } .drawing svg { max-width: 1000px } .drawing svg > rect:first-child { fill: none }
.fault h3 { overflow-wrap: anywhere } .fault h3 .badge { margin-left: 6px } .fault:target { outline: 2px solid var(--link) }
footer { margin-top: 36px; border-top: 1px solid var(--line); padding-top: 10px; font-size: .9rem }
@media (max-width: 900px) {
  body { display: block } main { padding: 8px 12px 32px }
  .contents { position: static; max-height: none; padding: 12px 12px 0 } .contents > ol { display: flex; flex-wrap: wrap; gap: 2px 14px } .contents ol ol { display: none }
  .contents button { margin: 6px 0 0 }
}
@media (max-width: 600px) {
  .columns { grid-template-columns: minmax(0, 1fr) } .columns .found { grid-column: 1; grid-row: auto }
  dl.facts { grid-template-columns: minmax(0, 1fr) } dl.facts dd { margin-bottom: 5px }
}
`;

/** The page's whole style: light and dark, narrow screens, print. No font and nothing else is fetched. */
export const pageStyle = `${frame}${tableStyle}${formulaStyle}${ledgerStyle}${chartRules('main')}${printStyle}`;
