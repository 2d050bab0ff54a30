import type { Bridge, ObjectCalls, ServiceCalls } from './bridge.js';
import { isSame, type Condition } from './conditions.js';
import type { Call } from './crossing.js';

/** What of a bridge is there in the same builds. */
export interface Part {
  readonly condition: Condition;
  readonly services: readonly Extended<ServiceCalls>[];
  readonly objects: readonly Extended<ObjectCalls>[];
}

/** A service or a handle with those of its methods that are in one part. */
export interface Extended<Whole> {
  readonly whole: Whole;
  readonly calls: readonly Call[];
  /** Whether the part declares it; otherwise the part adds methods to it. */
  readonly isDeclared: boolean;
  /** Where it is declared, the conditions of the parts that add to it. */
  readonly extensions: readonly Condition[];
}

/** The methods of a part: those of services, then those of objects. */
export function callsIn({ services, objects }: Part): Call[] {
  return [...services, ...objects].flatMap(({ calls }) => calls);
}

/** The parts of a bridge: first what is in every build, then what depends on features. */
export function partsOf({ services, objects, calls }: Bridge): [Part, ...Part[]] {
  const [always, ...others] = distinct([[], ...calls.map(({ condition }) => condition)]).map((condition): Part => {
    return {
      condition,
      services: services.flatMap((each) => within(each, [], condition)),
      objects: objects.flatMap((each) => within(each, each.condition, condition)),
    };
  });
  if (always === undefined) throw new Error('a bridge has a part that is in every build');
  return [always, ...others];
}

function within<Whole extends ServiceCalls | ObjectCalls>(
  whole: Whole,
  declared: Condition,
  condition: Condition,
): Extended<Whole>[] {
  const isDeclared = isSame(declared, condition);
  const calls = whole.calls.filter((call) => isSame(call.condition, condition));
  if (!isDeclared && calls.length === 0) return [];
  const others = distinct(whole.calls.map((call) => call.condition)).filter((it) => !isSame(it, declared));
  return [{ whole, calls, isDeclared, extensions: isDeclared ? others : [] }];
}

function distinct(conditions: readonly Condition[]): Condition[] {
  return conditions.filter((one, at) => conditions.findIndex((other) => isSame(one, other)) === at);
}
