import { type ClaimMutant, violated } from '../../src/claims/claim-mutant.js';
import { claim as sharp1 } from '../theorem-1/theorem-1-sharp-tightness-search.js';
import { claim as search1 } from '../theorem-1/theorem-1-tightness-search.js';
import { claim as sharp2 } from '../theorem-2/theorem-2-sharp-tightness-search.js';
import { claim as search2 } from '../theorem-2/theorem-2-tightness-search.js';
import { times } from './bounds.js';

/** Bounds whose constant is too small: the search must find an instance that exceeds them. */
export const searchMutants: readonly ClaimMutant[] = [
  ...violated({ 'half of the bound': search1.with(({ theorem }) => ({ theorem: times(1 / 2)(theorem) })) }),
  ...violated({ 'half of the bound': sharp1.with(({ theorem }) => ({ theorem: times(1 / 2)(theorem) })) }),
  ...violated({ 'a quarter of the bound': search2.with(({ theorem }) => ({ theorem: times(1 / 4)(theorem) })) }),
  ...violated({
    'half of the bound': sharp2.with(({ theorem }) => ({ theorem: times(1 / 2)(theorem) })),
    '0.84 of the bound': sharp2.with(({ theorem }) => ({ theorem: times(0.84)(theorem) })),
  }),
];
