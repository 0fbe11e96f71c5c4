import { scheduleDays } from '../../model/schedules.ts';
import {
  at,
  isFalse,
  isMap,
  isTrue,
  list,
  map,
  numeric,
  text,
  tokensIn,
  type Value,
} from '../../model/values.ts';
import type { Keeps } from './differences.ts';

/** As good as promised, whatever it is. */
export const free: Keeps = () => true;

const compared =
  (holds: (promised: number, found: number) => boolean): Keeps =>
  (promised, found) => {
    const [one, other] = [numeric(promised), numeric(found)];
    return one !== undefined && other !== undefined && holds(one, other);
  };

export const more = compared((promised, found) => found >= promised);
export const fewer = compared((promised, found) => found <= promised && found > 0);
/** How many times more or less of something is another thing: a task without memory, or a day in which nobody looks. */
const times = 8;
/** Memory, counts of tasks, timeouts: the owner's, but for next to none. */
export const size: Keeps = (promised, found) =>
  times * (numeric(found) ?? 0) >= Math.max(1, numeric(promised) ?? 0);
/** The owner's, as long as it stays in the order of what was promised. */
export const about: Keeps = (promised, found) => size(promised, found) && size(found, promised);
/** As much as half as much again. */
export const littleMore = compared((promised, found) => found > 0 && 2 * found <= 3 * promised);
/** Time for what ended within less than half of it. */
export const halfAsMuch = compared((promised, found) => 2 * found >= promised);

/** Kept longer, or for ever: no evidence is lost. */
export const longer: Keeps = (promised, found) => found === undefined || more(promised, found);

/** Something besides, where before was nothing: it can only narrow. */
export const added: Keeps = (promised, found) => promised === undefined && found !== undefined;

/** A member of a list more, or one fewer. */
export const oneMore: Keeps = (promised) => promised === undefined;
export const oneLess: Keeps = (_, found) => found === undefined;

export const onlyTrue: Keeps = (_, found) => isTrue(found);
export const onlyFalse: Keeps = (_, found) => isFalse(found);

/** From weak to strong. */
export const ranked =
  (...values: readonly string[]): Keeps =>
  (promised, found) => {
    const [one, other] = [values.indexOf(text(promised) ?? ''), values.indexOf(text(found) ?? '')];
    return one !== -1 && other >= one;
  };

/** As often as promised, or more often. */
export const asOften: Keeps = (promised, found) => {
  const [one, other] = [text(promised), text(found)];
  return one !== undefined && other !== undefined && scheduleDays(other) <= scheduleDays(one)
    ? Number.isFinite(scheduleDays(other))
    : false;
};

/** At no other times than promised: on fewer days or at fewer hours. */
export const onlyThen: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => cronFields(text(value)));
  return (
    one !== undefined &&
    other?.length === one.length &&
    one.every(
      (times, index) => times.includes('*') || other[index]?.every((time) => times.includes(time)) === true,
    )
  );
};

/** At every time that was promised, and perhaps at others. */
export const alsoThen: Keeps = (promised, found) => onlyThen(found, promised);

function cronFields(expression = ''): string[][] | undefined {
  const fields = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ');
  return fields?.map((field) => field.replace('?', '*').split(','));
}

/** The same line of versions, and none of them older: `3.12.0` after `3.11.1`. */
export const newer: Keeps = (promised, found) => {
  const [one, other] = [versionOf(promised), versionOf(found)];
  if (!one || !other || one.line !== other.line) return false;
  for (const [index, number] of one.numbers.entries()) {
    const against = other.numbers[index] ?? 0;
    if (against !== number) return against > number;
  }
  return true;
};

function versionOf(value: Value | undefined): { line: string; numbers: number[] } | undefined {
  const written = text(value);
  if (written === undefined || !/\d/.test(written)) return undefined;
  return { line: written.replace(/\d+/g, '#'), numbers: (written.match(/\d+/g) ?? []).map(Number) };
}

/** A secret of which no version is named is its current one. */
export const currentVersion: Keeps = (promised, found) =>
  text(promised) === text(found)?.replace(/:AWSCURRENT:$/, '::');

/** A network inside the promised one. */
export const narrower: Keeps = (promised, found) => {
  const [one, other] = [network(promised), network(found)];
  if (!one || !other || other.bits < one.bits) return false;
  const mask = one.bits === 0 ? 0 : (~0 << (32 - one.bits)) >>> 0;
  return (one.address & mask) >>> 0 === (other.address & mask) >>> 0;
};

function network(value: Value | undefined): { address: number; bits: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text(value) ?? '');
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  return { address: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, bits };
}

/** A list in one text, such as what an audit records: nothing of it is gone. */
export const names: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => (text(value) ?? '').toLowerCase().split(/[\s,]+/));
  return other?.includes('all') || (one ?? []).every((each) => other?.includes(each));
};

/** A time such as `2h`, no longer than promised. */
export const noLonger: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => /^(\d+)h$/.exec(text(value) ?? '')?.[1]);
  return one !== undefined && other !== undefined && fewer(Number(one), Number(other));
};

/** Not longer than a working day, whatever was promised. */
export const withinHours =
  (hours: number): Keeps =>
  (promised, found) =>
    more(promised, found) && (numeric(found) ?? 0) <= Math.max(hours * 60, numeric(promised) ?? 0);

/** A further stage or action of a pipeline may ask a person or test again with what the templates make, and stops it otherwise. */
export const stagesBesides: Keeps = (promised, found) => {
  if (promised !== undefined || found === undefined) return false;
  const actions = at(found, 'Actions') === undefined ? [found] : list(at(found, 'Actions'));
  return (
    actions.length > 0 &&
    actions.every((each) => {
      const category = text(at(each, 'ActionTypeId', 'Category'));
      const project = text(at(each, 'Configuration', 'ProjectName')) ?? '';
      return category === 'Approval' || (category === 'Test' && tokensIn(project).length > 0);
    })
  );
};

/** As soon as promised, where AWS has a default for what nobody promised. */
export function sooner(standard: number): Keeps {
  return (promised, found) => fewer(promised ?? standard, found ?? standard);
}

/** Colder, but for the one class that a fire in one building ends. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
export const severalZones: Keeps = (_, found) =>
  list(found).every((each) => text(at(each, 'StorageClass')) !== 'ONEZONE_IA');

/** Not moved to a colder class any more. */
export const staysWhere: Keeps = (promised, found) =>
  found === undefined &&
  Object.keys(map(promised)).every((key) => ['Id', 'Status', 'Transitions'].includes(key));

/** Not zero, which would write every statement with its values into a log. */
export const notEverything: Keeps = (_, found) => (numeric(found) ?? 0) !== 0;

/** A list in one text that names no more, and not nothing. */
export const fewerNames: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => (text(value) ?? '').split(/\s*,\s*/));
  return (other ?? []).every((each) => each !== '' && one?.includes(each));
};

/** Permissions of a folder, in octal digits: none that was not promised, and its owner's as they were. */
export const fewerBits: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => Number.parseInt(text(value) ?? '', 8));
  if (one === undefined || other === undefined) return false;
  return (other & ~one) === 0 && one >> 6 === other >> 6;
};

/** A domain name with or without its last dot, in whichever letters. */
export const sameDomain: Keeps = (promised, found) => {
  const [one, other] = [promised, found].map((value) => text(value)?.toLowerCase().replace(/\.$/, ''));
  return one !== undefined && one === other;
};

/** Something besides that leads only to what the templates make. */
export const addedOfOurs: Keeps = (promised, found) =>
  promised === undefined && found !== undefined && arnsIn(found).every((arn) => tokensIn(arn).length > 0);

function arnsIn(value: Value): string[] {
  if (Array.isArray(value)) return value.flatMap(arnsIn);
  if (isMap(value)) return Object.values(value).flatMap((each) => (each === undefined ? [] : arnsIn(each)));
  const written = text(value) ?? '';
  return written.startsWith('arn:') || tokensIn(written).length > 0 ? [written] : [];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html#UsingWithRDS.SSL.RegionCertificateAuthorities */
export const currentAuthority: Keeps = (_, found) =>
  /^rds-ca-(?:rsa2048|rsa4096|ecc384)-g1$/.test(text(found) ?? '');

/** A member more that the templates make themselves. */
export const oneMoreOfOurs: Keeps = (promised, found) =>
  promised === undefined && tokensIn(text(found) ?? '').length > 0;
