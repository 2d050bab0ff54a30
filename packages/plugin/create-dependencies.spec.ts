import type { CreateDependenciesContext, ProjectConfiguration, RawProjectGraphDependency } from '@nx/devkit';
import { emitMetadata } from '#graph';
import { modelOf } from '#testing';
import { createDependencies } from './create-dependencies.js';

const CRATE = '[package]\nname = "eng"\n[lib]\ncrate-type = ["staticlib"]\n';
const HOST = {
  'host/go.mod': 'module example.com/host\n',
  'host/main.go': 'package main\n',
  'host/eng/Cargo.toml': CRATE,
  'host/eng/src/lib.rs': '',
  'host/eng/b.go': 'package eng\n\n// #cgo LDFLAGS: -leng\nimport "C"\n',
};

/** What Nx hands over for a workspace of these files: each file belongs to the project with the nearest root. */
async function dependenciesOf(
  texts: Readonly<Record<string, string>>,
  others: Readonly<Record<string, ProjectConfiguration>> = {},
): Promise<readonly RawProjectGraphDependency[]> {
  const model = modelOf(texts);
  const projects: Record<string, ProjectConfiguration> = { ...others };
  for (const project of model.projects) {
    projects[project.name] = {
      root: project.root,
      metadata: {
        grout: emitMetadata(
          project,
          model.edges.filter(({ from }) => from === project.root),
        ),
      },
    };
  }
  const projectFileMap: Record<string, { file: string; hash: string }[]> = {};
  for (const file of Object.keys(texts)) {
    const [owner] = Object.entries(projects)
      .filter(([, { root }]) => root === '.' || file.startsWith(`${root}/`))
      .sort(([, a], [, b]) => b.root.length - a.root.length)
      .map(([name]) => name);
    if (owner !== undefined) (projectFileMap[owner] ??= []).push({ file, hash: '' });
  }
  const context = { projects, externalNodes: {}, fileMap: { projectFileMap, nonProjectFiles: [] } };
  return createDependencies(undefined, context as unknown as CreateDependenciesContext);
}

describe('createDependencies', () => {
  it('shows an edge by the file that has it where that file is the source project’s', async () => {
    const texts = { ...HOST, 'host/link.go': 'package main\n\n// #cgo LDFLAGS: -leng\nimport "C"\n' };
    expect(await dependenciesOf({ ...texts, 'host/eng/b.go': '' })).toContainEqual({
      source: 'host',
      target: 'eng',
      type: 'static',
      sourceFile: 'host/link.go',
    });
  });

  it('shows an edge by the manifest where Nx gives the file that has it to another project', async () => {
    const dependencies = await dependenciesOf(HOST);
    expect(new Set(dependencies.map((dependency) => JSON.stringify(dependency)))).toEqual(
      new Set([JSON.stringify({ source: 'host', target: 'eng', type: 'static', sourceFile: 'host/go.mod' })]),
    );
  });

  it('draws an edge with no file where the source project owns none of those that could show it', async () => {
    const dependencies = await dependenciesOf(HOST, { shadow: { root: 'host', metadata: {} } });
    expect(dependencies).toContainEqual({ source: 'host', target: 'eng', type: 'implicit' });
  });

  it('draws none to a project that only owns Go files of the module: those are inputs by their path', async () => {
    const texts = { 'site/go.mod': 'module example.com/site\n', 'site/ui/embed.go': 'package ui\n' };
    expect(await dependenciesOf(texts, { ui: { root: 'site/ui' } })).toEqual([]);
  });
});
