import type { Span } from '#diagnostics';
import type { FeatureRules, Project, Switches, UnsetTag } from '#graph';
import { spellPlace } from './edge-words.js';

/** What a workspace can switch on and off. */
export interface Switching {
  readonly rules: FeatureRules;
  readonly switches: Switches;
  readonly unset: readonly UnsetTag[];
}

/** Each feature that the project knows, by what `--features` calls it, with what it is on either side and where. */
export function featureRows({ root }: Project, { rules, switches, unset }: Switching): string[][] {
  const cargo = switches.cargo.get(root) ?? NONE;
  const goTags = switches.goTags.get(root) ?? NONE;
  const ruled = Object.entries(rules);
  const spelled = new Set(ruled.flatMap(([, rule]) => [...rule.cargo, ...rule.goTags]));
  const isUnset = new Set(unset.filter((each) => each.root === root).map(({ tag }) => tag));
  const others = [...cargo.keys(), ...goTags.keys()].filter((name) => !spelled.has(name) && !isUnset.has(name));
  const rows = [
    ...ruled.map(([name, rule]) => ({ name, crate: rule.cargo, go: rule.goTags, isDefault: rule.isDefault })),
    ...[...new Set(others)].map((name) => ({ name, crate: [name], go: [name], isDefault: false })),
  ];
  return rows.flatMap(({ name, crate, go, isDefault }) => {
    const sides = [...sideOf('cargo feature', crate, cargo), ...sideOf('build tag', go, goTags)];
    return sides.length === 0 || name === 'default' ? [] : [[name, sides.join(', '), isDefault ? 'on by default' : '']];
  });
}

const NONE: ReadonlyMap<string, Span> = new Map();

function sideOf(kind: string, names: readonly string[], places: ReadonlyMap<string, Span>): string[] {
  return names.flatMap((name) => {
    const span = places.get(name);
    return span === undefined ? [] : [`${kind} ${name} (${spellPlace(span)})`];
  });
}

/** Files of the project that no feature and no target lets into a build. */
export function unsetRows({ root }: Project, { unset }: Switching): string[][] {
  return unset
    .filter((each) => each.root === root)
    .map(({ tag, span, meant }) => [tag, spellPlace(span), meant === undefined ? '' : `did you mean ${meant}?`]);
}
