/** Shares of a tolerance or a bound, as tenths, in one colour that grows stronger. */
const heat = Array.from(
  { length: 11 },
  (_, tenth) => `.h${tenth} { background: color-mix(in srgb, var(--heat) ${6 * tenth}%, transparent) }`,
).join(' ');

export const tableStyle = `
.scroll { overflow-x: auto; max-width: 100%; margin: 6px 0 }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums }
th, td { padding: 3px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap }
td.wide { white-space: normal; min-width: 11rem }
table.figures :is(td, thead th) { text-align: right }
table.figures .words { text-align: left; white-space: normal } table.figures td.words:last-child { min-width: 16rem } .rows .words { white-space: nowrap } .rows td.words:nth-last-child(-n + 3) { white-space: normal; min-width: 14rem }
thead th { color: var(--soft); font-weight: 600 } tbody th { font-weight: 400 } th.number, td.number { text-align: right }
tbody th[colspan] { padding-top: 12px; font-weight: 600 }
tr.trivial td { color: var(--soft); font-style: italic }
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
.subjects { width: min-content } .subjects td { text-align: center; font-weight: 700 }
.subjects thead th + th { text-align: center; white-space: normal; vertical-align: bottom }
.subjects td a { color: inherit; display: block; border-radius: 4px; background: var(--code) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--soft); font-size: .86rem }
.rows > summary { cursor: pointer; color: var(--link); margin-top: 8px }
.shared { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; padding: 0; list-style: none; font-size: .86rem }
@media (max-width: 720px) {
  :is(.matrix, .heat) tr > th:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 8.5rem; max-width: 8.5rem; font-size: .78rem }
  .subjects th, .subjects td { padding: 3px 4px; font-size: .78rem } .subjects td { font-size: .86rem }
  .subjects tr > th:first-child { white-space: normal; overflow-wrap: anywhere; min-width: 9.4rem }
}
`;
