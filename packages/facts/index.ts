export { FactCache } from './fact-cache.js';
export { readTargetSettings } from './project-json.js';
export { readFacts, sayTheSame } from './read-facts.js';
