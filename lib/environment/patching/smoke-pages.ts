import type { Environment, Platform } from '../../config/index.ts';
import { ports } from '../network/security-groups.ts';
import type { SmokePage, SmokeSettings } from './smoke-check.ts';

/** What the check of a new image asks for: health and front page must answer, the rest must not get worse. */
export function smokeSettings(environment: Environment, platform: Platform): SmokeSettings {
  return {
    port: platform.port,
    host: environment.hosts[0],
    adminHost: `${environment.admin.host}:${ports.adminHttps}`,
    pages: [
      { name: 'the health page', path: platform.healthPath, required: true },
      { name: 'the front page', path: '/', required: true },
      ...pagesOf[platform.preset](platform),
    ],
  };
}

/** Paths of up to 100 characters each, in the 4 KB that a function holds of settings. */
const mostPages = 8;

const pagesOf: Record<Platform['preset'], (platform: Platform) => readonly SmokePage[]> = {
  woocommerce: () => [
    {
      name: 'a product',
      // Under whatever address the shop's permalinks give it; this one they do not touch.
      path: '/?rest_route=/wc/store/v1/products&per_page=1',
      link: '"permalink":"https?://[^/"]+(/[^"]*)"',
    },
    { name: 'the list of products', path: '/?post_type=product' },
    { name: 'the cart', path: '/cart/' },
    { name: "customers' login", path: '/my-account/' },
    { name: 'the admin host', path: '/wp-login.php', host: 'admin' },
  ],
  'ec-cube': () => [
    { name: 'a product', path: '/products/list', link: 'href="[^"]*?(/products/detail/\\d+)"' },
    { name: 'the list of products', path: '/products/list' },
    { name: 'the cart', path: '/cart' },
    { name: "customers' login", path: '/mypage/login' },
    { name: 'the admin host', path: '/admin/login', host: 'admin' },
  ],
  custom: ({ loginPaths, checkoutPaths, adminPaths }) => [
    ...[...new Set([...loginPaths, ...checkoutPaths])]
      .slice(0, mostPages)
      .map((path, index) => ({ name: `page ${index + 1}`, path })),
    ...adminPaths.slice(0, 1).map((path) => ({ name: 'the admin host', path, host: 'admin' as const })),
  ],
};
