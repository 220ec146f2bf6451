import { testMutants } from '../../src/cli/registry-tests.test.helper.js';
import { propertyMutants } from './index.js';

testMutants(propertyMutants);
