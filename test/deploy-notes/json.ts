/** A template is plain JSON; these read it without knowing its shape in advance. */
export type Json = string | number | boolean | null | undefined | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function object(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** CloudFormation writes a list of one as its one member in places. */
export function list(value: Json): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function at(value: Json, ...path: (string | number)[]): Json {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isObject(here)) here = here[step];
    else return undefined;
  }
  return here;
}

/** Every object in the tree, the root included. */
export function* objectsIn(value: Json): Generator<JsonObject> {
  if (Array.isArray(value)) {
    for (const member of value) yield* objectsIn(member);
  } else if (isObject(value)) {
    yield value;
    for (const member of Object.values(value)) yield* objectsIn(member);
  }
}

/** Every string in the tree. */
export function* stringsIn(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const member of value) yield* stringsIn(member);
  else if (isObject(value)) for (const member of Object.values(value)) yield* stringsIn(member);
}
