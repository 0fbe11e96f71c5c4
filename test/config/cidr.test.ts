import { describe, expect, it } from 'vitest';
import { isPrivate, overlaps, parseCidr } from '../../lib/config/cidr.ts';

function block(text: string) {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is no block`);
  return parsed;
}

describe('an IPv4 block', () => {
  it.each([
    ['10.0.0.0/8', 0x0a000000, 0x0affffff],
    ['192.168.4.0/22', 0xc0a80400, 0xc0a807ff],
    ['255.255.255.255/32', 0xffffffff, 0xffffffff],
    ['0.0.0.0/0', 0, 0xffffffff],
  ])('%s is read', (text, first, last) => {
    expect(parseCidr(text)).toMatchObject({ first, last });
  });

  it.each([
    '10.0.0.1/8',
    '10.0.0.0',
    '10.0.0.0/33',
    '256.0.0.0/8',
    '010.0.0.0/8',
    '10.0.0.0/08',
    ' 10.0.0.0/8',
    'fd00::/8',
  ])('%s is refused', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('overlaps another when it holds one of its addresses', () => {
    expect(overlaps(block('10.20.0.0/16'), block('10.20.255.0/24'))).toBe(true);
    expect(overlaps(block('10.20.255.0/24'), block('10.20.0.0/16'))).toBe(true);
    expect(overlaps(block('10.20.0.0/16'), block('10.21.0.0/16'))).toBe(false);
  });

  it.each([
    ['10.255.0.0/16', true],
    ['172.31.0.0/16', true],
    ['172.32.0.0/16', false],
    ['192.168.0.0/16', true],
    ['192.168.0.0/15', false],
    ['100.64.0.0/10', false],
  ])('%s is private: %s', (text, expected) => {
    expect(isPrivate(block(text))).toBe(expected);
  });
});
