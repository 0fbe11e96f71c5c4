import type { Bilingual } from '../../checks/bilingual.ts';
import { alm } from './findings/alm.ts';
import { any } from './findings/any.ts';
import { dat } from './findings/dat.ts';
import { log } from './findings/log.ts';
import { net } from './findings/net.ts';
import { pat } from './findings/pat.ts';
import { people } from './findings/people.ts';
import { sec } from './findings/sec.ts';
import { readers } from './readers.ts';
import { reasons } from './reasons.ts';

interface Pattern {
  readonly of: RegExp;
  readonly ja: string;
}

/**
 * Texts of one origin in Japanese: also those with values in them, and several in a row. Each origin has a vocabulary of
 * its own, so that what somebody wrote by hand is not taken for what a rule says.
 */
class Vocabulary {
  private readonly texts: ReadonlyMap<string, string>;
  private readonly patterns: readonly Pattern[];

  /** @param texts by the English, with `{}` for each value */
  constructor(texts: Iterable<readonly [en: string, ja: string]>) {
    this.texts = new Map(texts);
    // The most said first: of two that fit, the one with more words of its own is meant.
    this.patterns = [...this.texts]
      .filter(([en]) => en.includes('{}'))
      .sort(([one], [other]) => literal(other) - literal(one))
      .map(([en, ja]) => ({ of: patternOf(en), ja }));
  }

  /** @returns undefined for what is not among the texts */
  inJapanese(text: string): string | undefined {
    return this.ofOne(text) ?? this.ofSeveral(text.split('; '));
  }

  /** What is not among the texts stays as it is. */
  bilingual(text: string): Bilingual {
    return { en: text, ja: this.inJapanese(text) ?? text };
  }

  private ofOne(text: string): string | undefined {
    const exact = this.texts.get(text);
    if (exact !== undefined) return exact;
    for (const { of, ja } of this.patterns) {
      const [, ...values] = of.exec(text) ?? [];
      if (values.length > 0) return this.filled(ja, values);
    }
    return undefined;
  }

  /** Values in their places: `{}` is the next one, `{2}` the second. */
  private filled(ja: string, values: readonly string[]): string {
    let next = 0;
    return ja.replace(/\{(\d*)\}/g, (_, place: string) => {
      const value = values[place === '' ? next++ : Number(place) - 1] ?? '';
      return this.ofOne(value) ?? value;
    });
  }

  /** Some texts hold the separator themselves, so that as few parts as make sense are taken together. */
  private ofSeveral(parts: readonly string[]): string | undefined {
    for (let count = 1; count < parts.length; count++) {
      const first = this.ofOne(parts.slice(0, count).join('; '));
      const others = first === undefined ? undefined : this.inJapanese(parts.slice(count).join('; '));
      if (others !== undefined) return `${first}；${others}`;
    }
    return undefined;
  }
}

function literal(en: string): number {
  return en.replaceAll('{}', '').length;
}

/** What separates two reasons for one finding is no part of a value. */
function patternOf(en: string): RegExp {
  const between = en
    .split('{}')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('((?:(?!; ).)*?)');
  return new RegExp(`^${between}$`, 's');
}

/** What rules say of what they found. */
export const findings = new Vocabulary(
  Object.entries({ ...any, ...net, ...people, ...sec, ...dat, ...pat, ...log, ...alm }),
);

/** What is said of readers, and of ways that are left open. */
export const readings = new Vocabulary(Object.entries(readers));

const accepted = new Vocabulary(reasons);

/** Why this project accepts a finding, with who accepts it as it is; undefined for a reason that a shop's owner wrote. */
export function acceptedInJapanese(reason: string): string | undefined {
  const [, told = reason, signed = ''] = /^(.*?)( \(accepted by [^)]*\))?$/s.exec(reason) ?? [];
  const translated = accepted.inJapanese(told);
  return translated && translated + signed.replace('accepted by', '承認:');
}
