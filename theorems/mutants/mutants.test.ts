import { testMutants } from '../../src/cli/registry-tests.test.helper.js';
import { plainMutants } from './index.js';

testMutants(plainMutants);
