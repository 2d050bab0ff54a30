export { createDependencies } from './create-dependencies.js';
export { createNodes } from './create-nodes.js';
export type { PluginOptions, TargetOption } from './options.js';

/** Name by which nx.json, executors and generators know the plugin. */
export const name = 'nx-grout';
