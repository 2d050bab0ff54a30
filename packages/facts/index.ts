export { FactCache } from './fact-cache.js';
export { readFacts, sayTheSame } from './read-facts.js';
