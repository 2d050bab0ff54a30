export { FactCache } from './fact-cache.js';
export { readFacts } from './read-facts.js';
