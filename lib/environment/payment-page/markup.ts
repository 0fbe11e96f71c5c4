import type { HostUse } from './page-facts.ts';
import { addressesInStyle } from './styles.ts';

/** A node as a debugger sees it, shadow trees and frames of the same site included. */
export interface DomNode {
  readonly localName: string;
  readonly nodeValue: string;
  /** Names and values in turn. */
  readonly attributes?: readonly string[] | undefined;
  readonly children?: readonly DomNode[] | undefined;
  readonly shadowRoots?: readonly DomNode[] | undefined;
  readonly contentDocument?: DomNode | undefined;
  /** Of a document: what relative addresses in it begin with. */
  readonly baseURL?: string | undefined;
  /** Of a document: where it came from. */
  readonly documentURL?: string | undefined;
}

/** What the markup of a page sends, shows and runs. Addresses are absolute. */
export interface Markup {
  readonly forms: readonly { readonly method: string; readonly target: string }[];
  readonly frames: readonly { readonly src: string; readonly srcdoc: string }[];
  /** `name=code` of event handlers and of attributes that hold a `javascript:` address. */
  readonly handlers: readonly string[];
  readonly addresses: readonly { readonly use: HostUse; readonly url: string }[];
  readonly cardFields: readonly string[];
  /** Texts of import maps, which decide what scripts load. */
  readonly imports: readonly string[];
}

/** What a field is called in the code. */
const cardLike = /card|credit|cc-?(num|exp|csc|name)|cvc|cvv|security-?code|カード|セキュリティコード/i;
/** What people read beside a field, where a card may also be one with greetings. */
const asksForCard =
  /card(number|no\b|no\.|holder)|(credit|debit)card|cvc|cvv|securitycode|(card|カード)(番号|名義|の?有効)|クレジット|セキュリティコード/i;
/** Of thirteen digits and more, such as `4242 4242 4242 4242`. */
const likeACardNumber = /^(?:[\dX*•]{4}[ -]?){3}[\dX*•]{1,7}$/i;
/** Links that a browser does not follow by itself. */
const idleLink =
  /^(canonical|alternate|shortlink|profile|pingback|edituri|next|prev|search|help|author|license)$/i;
const framing = ['iframe', 'frame', 'object', 'embed', 'fencedframe'];

/** Reads a document from outside, where no script of the page can pretend. */
export function markupOf(document: DomNode): Markup {
  const elements = elementsIn(document, {
    base: document.baseURL ?? '',
    page: document.documentURL ?? '',
    label: '',
  });
  const ofKind = (...names: string[]) => elements.filter(({ name }) => names.includes(name));
  return {
    forms: elements.flatMap((element) => {
      if (element.name === 'form') return [formOf(element, 'method', 'action', 'GET')];
      return element.has('formaction') ? [formOf(element, 'formmethod', 'formaction', 'FORM')] : [];
    }),
    frames: ofKind(...framing).map(({ get, address }) => ({
      src: address(get('src') || get('data')),
      srcdoc: get('srcdoc'),
    })),
    handlers: elements.flatMap(({ all }) =>
      all
        .filter(([name, value]) => /^on/i.test(name) || isScriptAddress(value))
        .map(([name, value]) => `${name}=${value}`),
    ),
    addresses: [
      ...ofKind('base').map(({ get, address }) => ({ use: 'form' as const, url: address(get('href')) })),
      ...ofKind('link')
        .filter(({ get }) => !idleLink.test(get('rel')))
        .map(({ get, address }) => ({ use: 'other' as const, url: address(get('href')) })),
      ...ofKind('script').map(({ get, address }) => ({
        use: 'script' as const,
        url: address(get('src') || get('href') || get('xlink:href')),
      })),
      ...ofKind('a', 'area').flatMap(({ get, address }) =>
        get('ping')
          .split(/\s+/)
          .map((each) => ({ use: 'connection' as const, url: address(each) })),
      ),
      ...elements.flatMap(({ get }) =>
        addressesInStyle(get('style')).map((url) => ({ use: 'other' as const, url })),
      ),
      ...ofKind('meta')
        .filter(({ get }) => /refresh/i.test(get('http-equiv')))
        .map(({ get, address }) => ({
          use: 'frame' as const,
          url: address(get('content').replace(/^[^=]*=/, '')),
        })),
    ],
    cardFields: ofKind('input', 'select', 'textarea').flatMap(({ get, label }) => {
      if (/^(hidden|radio|checkbox|submit|button)$/i.test(get('type'))) return [];
      const said = ['name', 'id', 'autocomplete', 'placeholder', 'aria-label'].map(get);
      const labels = get('aria-labelledby').split(/\s+/).filter(Boolean);
      const read = [
        label,
        get('title'),
        ...said.slice(3),
        ...elements
          .filter(
            (each) =>
              (each.name === 'label' && isSame(each.get('for'), get('id'))) ||
              labels.includes(each.get('id')),
          )
          .map((each) => each.words()),
      ].map(asRead);
      const isForCard =
        said.some((text) => cardLike.test(text)) ||
        read.some((text) => asksForCard.test(text)) ||
        likeACardNumber.test(get('placeholder'));
      return isForCard ? [[...said, ...read].find((text) => text !== '') ?? ''] : [];
    }),
    imports: ofKind('script')
      .filter(({ get }) => /^(importmap|speculationrules)$/i.test(get('type')))
      .map(({ text }) => text),
  };
}

const isSame = (one: string, other: string) => one !== '' && one === other;

/** As a person reads it: letters of any width, without those that nobody sees. */
function asRead(words: string): string {
  return words.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
}

/**
 * Browsers skip white space and control characters in front of and within the scheme. An animation gives an attribute
 * several values in turn, between semicolons.
 */
function isScriptAddress(value: string): boolean {
  const letters = [...value].filter((letter) => letter > ' ').join('');
  return /(^|;)(javascript:|data:text\/html|vbscript:)|^(javascript|vbscript)$/i.test(letters);
}

interface Element {
  readonly name: string;
  readonly text: string;
  readonly all: readonly (readonly [name: string, value: string])[];
  /** @returns an empty text where the attribute is missing */
  readonly get: (name: string) => string;
  readonly has: (name: string) => boolean;
  readonly address: (written: string) => string;
  /** What stands in it, at any depth. */
  readonly words: () => string;
  /** What the label says that it stands in. */
  readonly label: string;
}

interface Place {
  readonly base: string;
  /** Address of the page: what another site shows in a frame is that site's. */
  readonly page: string;
  readonly label: string;
}

function elementsIn(node: DomNode, place: Place): Element[] {
  const own = node.attributes === undefined ? [] : [elementOf(node, node.attributes, place)];
  const inside = node.localName.toLowerCase() === 'label' ? { ...place, label: wordsIn(node) } : place;
  const below = [...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap((each) =>
    elementsIn(each, inside),
  );
  const { contentDocument: framed } = node;
  const within =
    framed && isOfPage(framed, place.page)
      ? elementsIn(framed, { base: framed.baseURL ?? place.base, page: place.page, label: '' })
      : [];
  return [...own, ...below, ...within];
}

function wordsIn(node: DomNode): string {
  return node.nodeValue + (node.children ?? []).map(wordsIn).join('');
}

function isOfPage({ documentURL = '' }: DomNode, page: string): boolean {
  return !/^https?:/.test(documentURL) || new URL(documentURL).origin === new URL(page).origin;
}

function elementOf(node: DomNode, attributes: readonly string[], { base, label }: Place): Element {
  const all = attributes.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name.toLowerCase(), attributes[index + 1] ?? '']] : [],
  );
  const byName = new Map(all);
  return {
    name: node.localName.toLowerCase(),
    text: (node.children ?? []).map(({ nodeValue }) => nodeValue).join(''),
    all,
    get: (name) => byName.get(name) ?? '',
    has: (name) => byName.has(name),
    address: (written) => {
      if (written === '') return '';
      return URL.canParse(written, base) ? new URL(written, base).href : written;
    },
    words: () => wordsIn(node),
    label,
  };
}

function formOf(
  { get, address }: Element,
  method: string,
  target: string,
  byDefault: string,
): { readonly method: string; readonly target: string } {
  return { method: (get(method) || byDefault).toUpperCase(), target: address(get(target)) };
}
