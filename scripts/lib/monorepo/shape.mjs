// Which projects a generated monorepo has and what each needs: drawn from a seed, before any file is thought of.
import { randomFrom } from './random.mjs';

const LAYERS = 8;

/** How often a crate uses each crate from outside; `itoa` and `ryu` are dealt out by hand. */
const CRATE_ODDS = { serde: 0.4, memchr: 0.2, smallvec: 0.15, 'cfg-if': 0.3, hex: 0.1 };
const MODULE_ODDS = { 'golang.org/x/sync': 0.3, 'github.com/pkg/errors': 0.3, 'github.com/cespare/xxhash/v2': 0.2 };

/**
 * Crates and Go modules, layered so that each needs only what lies below it. Every bridge is three projects: a crate
 * with a C interface, a Go module that links it, and a program above both.
 */
export function drawShape({ crates, goModules, bridges, seed, external }) {
  const libraryCrates = crates - bridges;
  const libraryModules = goModules - 2 * bridges;
  if (libraryCrates < 2 || libraryModules < 1 || bridges < 0)
    throw new Error(
      'a monorepo needs two crates and one Go module besides its bridges, which are one crate and two Go modules each',
    );
  const random = randomFrom(seed);
  return {
    crates: [...drawCrates(libraryCrates, random, external), ...drawBridgeCrates(bridges, libraryCrates, random)],
    modules: [
      ...drawModules(libraryModules, random, external),
      ...Array.from({ length: bridges }, (_, index) => linkingModule(index)),
      ...Array.from({ length: bridges }, (_, index) => program(index, libraryModules, random)),
    ],
  };
}

const crateName = (index) => `crate-${padded(index, 3)}`;
const bridgeName = (index) => `bridge-${padded(index, 2)}`;
const moduleName = (index) => `module${padded(index, 3)}`;
const linkName = (index) => `link${padded(index, 2)}`;

function padded(index, digits) {
  return String(index).padStart(digits, '0');
}

function drawCrates(count, random, external) {
  const drawn = drawLayers(count, random).map((needs, index) => ({
    name: crateName(index),
    root: `crates/${crateName(index)}`,
    needs: needs.map(crateName),
    externals: external ? pick(CRATE_ODDS, random) : [],
    isBridge: false,
    includesProto: index === 1,
  }));
  if (external) {
    // One package that exactly two crates use, far from each other, and one that a single crate uses.
    drawn[Math.floor(count / 2)].externals.push('itoa');
    drawn[count - 1].externals.push(...(Math.floor(count / 2) === count - 1 ? [] : ['itoa']));
    drawn[0].externals.push('ryu');
  }
  return drawn;
}

function drawBridgeCrates(count, below, random) {
  return Array.from({ length: count }, (_, index) => ({
    name: bridgeName(index),
    root: `crates/${bridgeName(index)}`,
    needs: inOrder([index % below, random.below(below)]).map(crateName),
    externals: [],
    isBridge: true,
    includesProto: false,
  }));
}

function drawModules(count, random, external) {
  const drawn = drawLayers(count, random).map((needs, index) => ({
    name: moduleName(index),
    root: `libs/${moduleName(index)}`,
    needs: needs.map(moduleName),
    externals: external ? pick(MODULE_ODDS, random) : [],
    isProgram: false,
  }));
  if (external) drawn[count - 1].externals.push('github.com/google/uuid');
  return drawn;
}

function linkingModule(index) {
  const name = linkName(index);
  return { name, root: `libs/${name}`, needs: [], externals: [], isProgram: false, links: bridgeName(index) };
}

function program(index, below, random) {
  const name = `app${padded(index, 2)}`;
  const libraries = inOrder([random.below(below), random.below(below)]).map(moduleName);
  return { name, root: `apps/${name}`, needs: [...libraries, linkName(index)], externals: [], isProgram: true };
}

/** For each of the projects, the indices of those that it needs: one from the layer below and up to two from anywhere below. */
function drawLayers(count, random) {
  const layers = Math.min(LAYERS, count);
  const firstOf = (layer) => Math.ceil((layer * count) / layers);
  return Array.from({ length: count }, (_, index) => {
    const layer = Math.floor((index * layers) / count);
    if (layer === 0) return [];
    const [start, end] = [firstOf(layer - 1), firstOf(layer)];
    const more = Array.from({ length: random.below(3) }, () => random.below(end));
    return inOrder([start + random.below(end - start), ...more]);
  });
}

function pick(odds, random) {
  return Object.keys(odds).filter((name) => random.unit() < odds[name]);
}

function inOrder(indices) {
  return [...new Set(indices)].sort((a, b) => a - b);
}
