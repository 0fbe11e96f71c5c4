/**
 * AWS WAF's text transformations, on byte strings (one character a byte), as the developer guide describes them:
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html
 *
 * Where the guide leaves a case open it follows ModSecurity, whose transformations of the same names and wording
 * these are.
 */
const transformations: Readonly<Record<string, (bytes: string) => string>> = {
  NONE: (bytes) => bytes,
  LOWERCASE: (bytes) => bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  UPPERCASE: (bytes) => bytes.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
  TRIM: (bytes) => bytes.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, ''),
  TRIM_LEFT: (bytes) => bytes.replace(/^[ \t\n\v\f\r]+/, ''),
  TRIM_RIGHT: (bytes) => bytes.replace(/[ \t\n\v\f\r]+$/, ''),
  REMOVE_WHITESPACE: (bytes) => bytes.replace(/[ \t\n\v\f\r\xa0]+/g, ''),
  COMPRESS_WHITE_SPACE: (bytes) => bytes.replace(/[ \t\n\v\f\r\xa0]+/g, ' '),
  REMOVE_NULLS: (bytes) => bytes.replaceAll('\0', ''),
  REPLACE_NULLS: (bytes) => bytes.replaceAll('\0', ' '),
  URL_DECODE: decodePercent,
  URL_DECODE_UNI: (bytes) =>
    bytes
      // Decoded in one pass: what an encoding yields is not looked at again.
      .replace(/\+|%[uU]([\dA-Fa-f]{4})|%([\dA-Fa-f]{2})/g, (whole, unicode?: string, byte?: string) => {
        if (unicode) return narrow(Number.parseInt(unicode, 16));
        return byte ? String.fromCharCode(Number.parseInt(byte, 16)) : whole === '+' ? ' ' : whole;
      }),
  UTF8_TO_UNICODE: utf8ToUnicode,
  NORMALIZE_PATH: normalizePath,
  NORMALIZE_PATH_WIN: (bytes) => normalizePath(bytes.replaceAll('\\', '/')),
  JS_DECODE: (bytes) =>
    bytes.replace(
      /\\(?:u([\dA-Fa-f]{4})|x([\dA-Fa-f]{2})|([0-3]?[0-7]{1,2})|(.))/gs,
      (_, unicode?: string, hex?: string, octal?: string, character = '') => {
        if (unicode) return narrow(Number.parseInt(unicode, 16));
        if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
        return octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (jsEscapes[character] ?? character);
      },
    ),
  REPLACE_COMMENTS: (bytes) => bytes.replace(/\/\*.*?(?:\*\/|$)/gs, ' '),
  CMD_LINE: (bytes) =>
    bytes
      .replace(/[\\"'^]/g, '')
      .replace(/[,;]/g, ' ')
      .replace(/[ \t\n\v\f\r]+/g, ' ')
      .replace(/ +([/(])/g, '$1')
      .replace(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  HTML_ENTITY_DECODE: (bytes) =>
    bytes.replace(/&(?:#[xX]([\dA-Fa-f]+)|#(\d+)|(quot|nbsp|lt|gt|amp));?/g, (_, hex, decimal, name) => {
      if (name) return entities[name] ?? '';
      return String.fromCharCode(Number.parseInt(hex ?? decimal, hex ? 16 : 10) & 0xff);
    }),
  HEX_DECODE: (bytes) =>
    bytes.replace(/([\dA-Fa-f]{2})/g, (byte) => String.fromCharCode(Number.parseInt(byte, 16))),
  // Strict decoding ends at the first character that is not base64; the forgiving one skips it.
  BASE64_DECODE: (bytes) =>
    Buffer.from(/^[A-Za-z0-9+/]*/.exec(bytes)?.[0] ?? '', 'base64').toString('latin1'),
  BASE64_DECODE_EXT: (bytes) =>
    Buffer.from(bytes.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString('latin1'),
};

const jsEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const entities: Readonly<Record<string, string>> = { quot: '"', nbsp: '\xa0', lt: '<', gt: '>', amp: '&' };

/** @returns the transformed bytes, or undefined when it is not known what one of the transformations does */
export function transform(bytes: string, types: readonly string[]): string | undefined {
  let result = bytes;
  for (const type of types) {
    const transformation = transformations[type];
    if (!transformation) return undefined;
    result = transformation(result);
  }
  return result;
}

function decodePercent(bytes: string): string {
  return bytes.replace(/\+|%([\dA-Fa-f]{2})/g, (whole, byte?: string) =>
    byte ? String.fromCharCode(Number.parseInt(byte, 16)) : whole === '+' ? ' ' : whole,
  );
}

/** Full-width ASCII becomes ASCII; of anything else the lower byte stays. */
function narrow(code: number): string {
  const lower = code & 0xff;
  return String.fromCharCode(code >= 0xff01 && code <= 0xff5e ? lower + 0x20 : lower);
}

function utf8ToUnicode(bytes: string): string {
  const sequence = /[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;
  return bytes.replace(sequence, (found) => {
    const [lead = 0, ...rest] = [...found].map((byte) => byte.charCodeAt(0));
    const leadBits = lead & (0xff >> (found.length + 1));
    const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), leadBits);
    return `%u${code.toString(16).padStart(4, '0')}`;
  });
}

/** "Removes multiple slashes, directory self-references, and directory back-references that are not at the beginning". */
function normalizePath(bytes: string): string {
  const absolute = bytes.startsWith('/');
  const kept: string[] = [];
  for (const segment of bytes.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (segment !== '..' || !absolute) kept.push(segment);
  }
  const trailing = bytes.endsWith('/') && kept.length > 0 ? '/' : '';
  return `${absolute ? '/' : ''}${kept.join('/')}${trailing}`;
}
