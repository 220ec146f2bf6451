import { testMutants } from '../../src/claims/registry-tests.test.helper.js';
import { plainMutants } from './index.js';

testMutants(plainMutants);
