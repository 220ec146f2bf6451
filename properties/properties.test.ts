import { testRegistry } from '../src/claims/registry-tests.test.helper.js';
import { properties } from './index.js';

testRegistry(properties, new URL('.', import.meta.url));
