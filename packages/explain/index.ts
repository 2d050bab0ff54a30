export { explainForeignProject } from './explain-foreign-project.js';
export { explainProject, type ExplainedWorkspace } from './explain-project.js';
export { explainTask, type TaskQuestion, type WorkspaceState } from './explain-task.js';
export { Needs, type NxGraph, type NxProject } from './needs.js';
export { parseVerdict, type Verdict } from './verdict.js';
