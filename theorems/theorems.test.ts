import { testRegistry } from '../src/claims/registry-tests.test.helper.js';
import { theorems } from './index.js';

testRegistry(theorems, new URL('.', import.meta.url));
