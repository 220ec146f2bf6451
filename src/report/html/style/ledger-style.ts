/** `--bar` is how high the bar is that stays on the screen, which the script measures. */
export const ledgerStyle = `
.findings { padding: 6px 0 } .finding > summary { cursor: pointer; padding: 5px 16px } .finding > summary:hover { background: var(--code) }
.group { scroll-margin-top: calc(var(--bar) + 8px) } .group h3 { margin: 18px 0 6px }
.ledger { padding: 0; overflow: clip }
.filter { position: sticky; top: 0; z-index: 2; padding: 8px 14px; box-shadow: 0 2px 8px #0002 }
.filter > label { margin-right: 14px; white-space: nowrap } .filter select { max-width: 15rem } .filter p { margin: 4px 0 0 }
.filter fieldset { border: 0; margin: 4px 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 14px; font-size: .88rem }
.filter legend { float: left; margin-right: 12px }
.filter fieldset label { white-space: nowrap }
.keys { font-size: .82rem; margin-left: 12px }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; font-family: inherit }
.claim { border-top: 1px solid var(--line); scroll-margin-top: calc(var(--bar) + 8px) } .finding { scroll-margin-top: 8px } .claim:first-child { border-top: 0 }
.claim > summary { display: grid; grid-template-columns: 9.5rem minmax(11rem, 1.1fr) 10.5rem minmax(8rem, 1fr) 4.2rem; gap: 2px 12px;
  align-items: baseline; padding: 7px 16px; cursor: pointer; list-style: none; scroll-margin: calc(var(--bar) + 8px) 0 2rem }
.claim > summary::-webkit-details-marker { display: none }
.claim > summary:hover { background: var(--code) } .claim > summary:focus-visible { outline-offset: -2px }
.claim > summary .id { font-weight: 600; overflow-wrap: anywhere } .claim > summary .id::before { content: '▸ '; color: var(--soft) }
.claim[open] > summary .id::before { content: '▾ ' }
.claim[open] > summary { background: var(--code) }
.beside { grid-column: 3 / -1; display: flex; flex-wrap: wrap; gap: 2px 14px } .run { margin: 4px 0 } .run > summary { cursor: pointer; padding: 3px 0 }
.time { text-align: right; color: var(--soft); white-space: nowrap } .where, .figures { color: var(--soft) }
.body { padding: 6px 16px 14px 28px; scroll-margin-top: 3rem } .claim .body { scroll-margin-top: calc(var(--bar) + 4rem) }
.body:target { box-shadow: inset 4px 0 var(--link) }
.statement { font-size: 1.04rem } .anchor { text-decoration: underline dotted }
@media (max-width: 1100px) {
  .claim > summary { grid-template-columns: minmax(0, 1fr) max-content; padding: 8px 12px }
  .claim > summary .id { grid-column: 1; grid-row: 1 } .claim > summary .verdict { grid-column: 2; grid-row: 1 }
  .claim > summary .where { grid-column: 1; grid-row: 2 } .claim > summary .time { grid-column: 2; grid-row: 2 }
  .claim > summary .figures, .claim > summary .beside { grid-column: 1 / -1; grid-row: 3 }
  .body { padding: 2px 12px 12px }
}
@media (max-width: 720px) {
  :root { --bar: 0px !important } .filter { position: static; box-shadow: none } .filter > label { white-space: normal } .filter select { max-width: 100% } .keys { display: none }
}
`;
