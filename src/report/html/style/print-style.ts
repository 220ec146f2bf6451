/** On paper: no contents and nothing to press, and of the ledger only what is open. */
export const printStyle = `
@page { margin: 9mm }
@media print {
  :root, :root[data-theme] { color-scheme: light; --page: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2 }
  body { display: block; font-size: 9pt; line-height: 1.28 } main { padding: 0 } h2 { margin: 14px 0 6px }
  .contents, .filter, .skip, .anchor, .rows > summary { display: none }
  .claim > summary { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1.1fr) 8.5rem minmax(0, 1fr) 3rem; padding: 0 6px; font-size: 7pt; line-height: 1.2 }
  .claim > summary > * { grid-column: auto !important; grid-row: auto !important }
  .claim > summary .id::before { content: '' !important }
  #findings { font-size: 8.2pt }
  .finding::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1 }
  .drawing svg { max-width: 13cm }
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
