import { expect, it } from 'vitest';
import { parseShop } from '../../../lib/config/index.ts';
import { noticesOf } from '../../../lib/review/report/notices.ts';
import { smallShop } from '../../support/shops.ts';

const certificateArn =
  'arn:aws:acm:ap-northeast-1:111122223333:certificate/00000000-1111-2222-3333-444444444444';

it.each([
  ['neither', {}, ['no-vpn']],
  ['a VPN', { vpn: { certificateArn } }, []],
  ['the secure browser', { secureBrowser: {} }, []],
  ['both', { vpn: { certificateArn }, secureBrowser: {} }, ['vpn-beside-browser']],
])('of the ways in for people a review says what matters: %s', (_, ways, kinds) => {
  const shop = smallShop();
  const { production } = shop.environments;
  production.admin = { ...production.admin, ...ways };
  const found = noticesOf(parseShop(shop)).filter(({ kind }) => /vpn|browser/.test(kind));
  expect(found.map(({ kind }) => kind)).toEqual(kinds);
  for (const { text } of found) expect(text.ja).toMatch(/VPN/);
});
