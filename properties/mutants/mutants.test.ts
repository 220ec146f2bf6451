import { testMutants } from '../../src/claims/registry-tests.test.helper.js';
import { propertyMutants } from './index.js';

testMutants(propertyMutants);
