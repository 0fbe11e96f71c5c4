import { describe, expect, it } from 'vitest';
import { transform } from '../../../../lib/checks/model/requests/transformations.ts';

/** Cases from https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-transformation.html */
const documented: readonly [type: string, what: string, before: string, after: string][] = [
  ['NONE', 'inspects as received', '/%41//../B', '/%41//../B'],
  ['LOWERCASE', 'converts A-Z', '/WP-Admin', '/wp-admin'],
  ['LOWERCASE', 'leaves other bytes', '\xc3\x84', '\xc3\x84'],
  ['UPPERCASE', 'converts a-z', '/wp-Admin', '/WP-ADMIN'],
  [
    'COMPRESS_WHITE_SPACE',
    'makes each white-space character a space',
    'a\fb\tc\nd\re\vf\xa0g',
    'a b c d e f g',
  ],
  ['COMPRESS_WHITE_SPACE', 'makes several spaces one', 'a  \t b', 'a b'],
  ['URL_DECODE', 'decodes once', '/%77p-%61dmin/%2561', '/wp-admin/%61'],
  ['URL_DECODE', 'leaves broken encodings', '/%zz%4', '/%zz%4'],
  ['URL_DECODE', 'leaves %u encodings', '/%u0077', '/%u0077'],
  ['URL_DECODE', 'decodes to any byte', '%00%ff', '\0\xff'],
  ['URL_DECODE_UNI', 'decodes as URL_DECODE', '/%77p', '/wp'],
  ['URL_DECODE_UNI', 'decodes %u and drops the higher byte', '/%u0077%u2277', '/ww'],
  ['URL_DECODE_UNI', 'adjusts full-width ASCII, FF01 to FF5E', '/%uff57%uFF0F%uff5e', '/w/~'],
  ['NORMALIZE_PATH', 'removes multiple slashes', '//a///b', '/a/b'],
  ['NORMALIZE_PATH', 'removes self-references', '/./a/./b', '/a/b'],
  ['NORMALIZE_PATH', 'removes back-references', '/x/../a/y/z/../../b', '/a/b'],
  ['NORMALIZE_PATH', 'keeps back-references at the beginning', '../a', '../a'],
  ['NORMALIZE_PATH', 'never rises above the root', '/../../a', '/a'],
  ['NORMALIZE_PATH', 'keeps a trailing slash', '/a/b/', '/a/b/'],
  ['NORMALIZE_PATH', 'leaves backslashes and dots inside names', '/a\\..\\b..c', '/a\\..\\b..c'],
  ['NORMALIZE_PATH_WIN', 'turns backslashes to slashes first', '\\x\\..\\a', '/a'],
  ['REMOVE_NULLS', 'removes NULL bytes', '/wp\0-admin\0', '/wp-admin'],
  ['REPLACE_NULLS', 'makes NULL bytes spaces', 'a\0b', 'a b'],
  ['UTF8_TO_UNICODE', 'converts UTF-8 sequences', '/\xef\xbd\x97p', '/%uff57p'],
  ['UTF8_TO_UNICODE', 'pads to four digits', '\xc3\xa4', '%u00e4'],
  ['UTF8_TO_UNICODE', 'leaves ASCII and broken sequences', 'a\xe3\x81', 'a\xe3\x81'],
  ['JS_DECODE', 'undoes escapes of JavaScript and JSON', '\\u0061\\x62\\143\\/\\"\\n', 'abc/"\n'],
  ['JS_DECODE', 'adjusts full-width ASCII, FF01 to FF5E', '\\uff57', 'w'],
  ['REPLACE_COMMENTS', 'makes a C comment a space', 'a/* b */c', 'a c'],
  ['REPLACE_COMMENTS', 'makes an open comment a space', 'a/* b', 'a '],
  ['CMD_LINE', 'undoes shell disguises', 'C\\^M"D  ,;/ (X', 'cmd/(x'],
  ['HTML_ENTITY_DECODE', 'decodes entities', '&quot;&nbsp;&lt;&gt;&#x2f;&#47;', '"\xa0<>//'],
  ['HEX_DECODE', 'decodes hexadecimal', '2f7770', '/wp'],
  ['BASE64_DECODE', 'decodes base64', 'L3dwLWFkbWlu', '/wp-admin'],
  ['BASE64_DECODE_EXT', 'ignores characters that are not valid', 'L3dw-LWFk\nbWlu', '/wp-admin'],
];

describe('text transformations', () => {
  it.each(documented)('%s %s', (type, _what, before, after) => {
    expect(transform(before, [type])).toBe(after);
  });

  it('apply in their order, each to what the one before it made', () => {
    expect(transform('/%2557P', ['URL_DECODE', 'URL_DECODE', 'LOWERCASE'])).toBe('/wp');
    expect(transform('/%2557P', ['LOWERCASE', 'URL_DECODE', 'URL_DECODE'])).toBe('/Wp');
  });

  it('say so when one of them cannot be rehearsed', () => {
    expect(transform('x', ['LOWERCASE', 'MD5'])).toBeUndefined();
  });
});
