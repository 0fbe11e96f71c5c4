import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { shortEnough } from '../../../lib/environment/perimeter/statements.ts';
import {
  customPlatform,
  type EnvironmentInput,
  rehearserOf,
  shopWith,
  synthesizeWay,
} from '../../review/rehearsal/fixture.ts';

const closed: Partial<EnvironmentInput> = { customerData: { screens: 'closed' } };
const rehearsers = {
  woocommerce: rehearserOf(synthesizeWay(shopWith({ preset: 'woocommerce' }, closed))),
  'ec-cube': rehearserOf(synthesizeWay(shopWith({ preset: 'ec-cube', adminPaths: ['/hana-kanri'] }, closed))),
  custom: rehearserOf(
    synthesizeWay(shopWith(customPlatform, { customerData: { exportPaths: ['/admin/orders/csv'] } })),
  ),
};
type Preset = keyof typeof rehearsers;

function verdictOn(preset: Preset, target: string, method = 'GET', body?: string): string {
  const url = `https://admin.shop.example.jp:8443${target}`;
  const { verdict, status } = rehearsers[preset].rehearse({ url, method, body, from: 'vpn' }).verdict;
  return status === null ? verdict : `${verdict} ${status}`;
}

const exports: Readonly<
  Record<Preset, readonly (readonly [target: string, method?: string, body?: string])[]>
> = {
  'ec-cube': [
    ['/admin/customer/export'],
    ['/admin/customer/export/'],
    ['/hana-kanri/customer/export'],
    ['/index.php/admin/customer/export'],
    ['/index.php//admin/customer/export'],
    ['/admin/order/export/order'],
    ['/admin/order/export/shipping'],
    ['/admin/order/export/pdf'],
    ['/admin/order/export/pdf/download', 'POST', 'ids=1'],
    ['/ADMIN/Order/EXPORT/order'],
    ['/admin//order///export/order'],
    ['/admin/%63ustomer/%65xport'],
    ['/admin/%2563ustomer/export'],
    ['/admin/x/../customer/export'],
    ['/admin/./customer/export'],
    ['/admin/customer/export;x=1'],
    ['/admin/customer/export?dtb_csv=1'],
    ['/admin/customer/export', 'POST', '_method=GET'],
    ['/admin\\customer\\export'],
  ],
  woocommerce: [
    ['/wp-admin/export.php'],
    ['/wp-admin/export.php?download=true&content=all'],
    ['/wp-admin//export.php'],
    ['/blog/wp-admin/export.php'],
    ['/wp-admin/%65xport.php?download'],
    ['/wp-admin/export.php/x'],
    ['/wp-admin/EXPORT.PHP'],
    ['/wp-admin/admin.php?page=wc-reports'],
    ['/wp-admin/admin.php?page=wc-reports&tab=customers&report=customer_list'],
    ['/wp-admin/admin.php?+page=wc%2Dreports'],
    ['/wp-admin/admin.php?tab=customers&pa%67e=/wc-reports/'],
    ['/wp-admin/admin.php?page%00x=wc-reports'],
    ['/wp-admin/edit.php?post_type=product&page=product_exporter'],
    ['/wp-admin/edit.php?page=product_exporter&action=download_product_csv&nonce=a'],
    ['/wp-admin/admin-ajax.php', 'POST', 'action=woocommerce_do_ajax_product_export&step=1'],
    ['/wp-admin/admin-ajax.php?action=woocommerce_do_ajax_product_export', 'GET'],
    ['/wp-admin/admin-ajax.php', 'POST', '%61ction=woocommerce_do_ajax_product_export'],
    ['/wp-admin/?action=woocommerce_admin_download_report_csv&filename=wc-orders-report-export-1'],
    ['/wp-admin/admin-post.php?filename=a&action=woocommerce_admin_download_report_csv'],
    ['/wp-json/wc/v3/orders'],
    ['/wp-json/wc/v3/orders/?per_page=100'],
    ['/wp-json/wc/v3/orders/10'],
    ['/wp-json/wc/v3/orders/batch', 'POST', '{"update":[{"id":10}]}'],
    ['/wp-json/wc/v3/customers', 'HEAD'],
    ['/wp-json/wc/v1/customers'],
    ['/wp-json/wc/v2/orders'],
    ['/wp-json/wc/v4/orders'],
    ['/wp-json/WC/V3/Orders'],
    ['/wp-json//wc/v3//orders'],
    ['/index.php/wp-json/wc/v3/orders'],
    ['/blog/wp-json/wc/v3/orders'],
    ['/wp-json/wc/v3/%6Frders'],
    ['/wp-json/wc/v3/%256Frders'],
    ['/wp-json/wc/v3/orders%0A'],
    ['/wp-json/wc-analytics/orders'],
    ['/wp-json/wc-analytics/customers'],
    ['/wp-json/wc-analytics/reports/customers?per_page=100'],
    ['/wp-json/wc-analytics/reports/orders'],
    ['/wp-json/wc-analytics/reports/orders/export', 'POST', '{}'],
    ['/wp-json/wc-analytics/reports/customers/export', 'PUT', '{}'],
    ['/wp-json/wc-analytics/reports/orders/export/1/status'],
    ['/wc-api/v3/orders'],
    ['/wc-api/v2/customers/1'],
    ['/wc-api/v1/customers/email/a@example.com'],
    ['/?wc-api-version=3&wc-api-route=/orders'],
    ['/?rest_route=/wc/v3/orders'],
    ['/index.php?rest_route=%2Fwc%2Fv3%2Fcustomers%2F&per_page=100'],
    ['/?rest.route=/wc/v3/orders'],
    ['/?rest[route=/wc/v3/orders'],
    ['/?per_page=100&+rest%5Froute=/WC/v3/orders/batch'],
    ['/wp-admin/edit.php?post_type=post&rest_route=/wc/v3/orders'],
    ['/', 'POST', 'rest_route=/wc/v3/orders&_method=GET'],
    ['/', 'POST', 'x=1&rest%5Froute=%2Fwc%2Fv3%2Forders'],
    [
      '/',
      'POST',
      '--x\r\nContent-Disposition: form-data; name="rest_route"\r\n\r\n/wc/v3/customers\r\n--x--',
    ],
    ['/wp-json/wp/v2/users?context=edit&per_page=100'],
    ['/wp-json/wp/v2/users/?per_page=100&_fields=email&context=edit'],
    ['/wp-json/wp/v2/users', 'GET', '{"context":"edit"}'],
    ['/?rest_route=/wp/v2/users&context=edit'],
  ],
  custom: [
    ['/admin/orders/csv'],
    ['/admin/orders/csv/2026', 'POST', ''],
    ['/Admin//orders/%63sv'],
    ['/index.php/admin/orders/csv'],
  ],
};

const work: Readonly<Record<Preset, readonly (readonly [target: string, method?: string, body?: string])[]>> =
  {
    'ec-cube': [
      ['/admin/customer'],
      ['/admin/customer/page/1'],
      ['/admin/customer/1/edit'],
      ['/admin/order'],
      ['/admin/order/1/edit'],
      ['/admin/order/1/edit', 'POST', 'order=1'],
      ['/admin/shipping/1/edit'],
      ['/admin/product/export'],
      ['/admin/order/csv_template'],
      ['/admin/order/exports'],
    ],
    woocommerce: [
      ['/wp-admin/edit.php?post_type=shop_order'],
      ['/wp-admin/admin.php?page=wc-orders'],
      ['/wp-admin/admin.php?page=wc-orders&action=edit&id=10'],
      ['/wp-admin/admin.php?page=wc-orders&action=edit&id=10', 'POST', 'order_note=wc-reports'],
      ['/wp-admin/post.php?post=10&action=edit'],
      ['/wp-admin/users.php?role=customer'],
      ['/wp-admin/edit.php?post_type=product&page=product_importer'],
      ['/wp-admin/includes/export.php'],
      ['/wp-admin/export-personal-data.php'],
      ['/wp-admin/admin-ajax.php', 'POST', 'action=woocommerce_get_order_details&order_id=10'],
      ['/wp-admin/admin-ajax.php', 'POST', 'action=woocommerce_json_search_customers&term=a'],
      ['/wp-json/wc/v3/orders/10/notes'],
      ['/wp-json/wc/v3/orders/10/refunds', 'POST', '{"amount":"10"}'],
      ['/wp-json/wc/v3/products?per_page=100'],
      ['/wp-json/wc-analytics/reports/revenue/stats'],
      ['/wp-json/wc-analytics/reports/customers/stats'],
      ['/wp-json/wp/v2/users?who=authors&context=view'],
      ['/wp-json/wp/v2/posts/1?context=edit'],
      ['/wp-json/wp/v2/users/me?context=edit'],
    ],
    custom: [['/admin/orders'], ['/admin/orders/1'], ['/admin/orders/csv-help'], ['/admin/']],
  };

describe('where customer data leaves through the desk alone', () => {
  it.each(['woocommerce', 'ec-cube', 'custom'] as const)(
    'staff of %s get no export, however it is asked for',
    (preset) => {
      const through = exports[preset].filter((each) => verdictOn(preset, ...each) !== 'block 403');
      expect(through).toEqual([]);
    },
  );

  it.each(['woocommerce', 'ec-cube', 'custom'] as const)(
    'staff of %s list orders, and open each',
    (preset) => {
      const refused = work[preset].filter((each) => verdictOn(preset, ...each) !== 'allow');
      expect(refused).toEqual([]);
    },
  );

  it.each(['woocommerce', 'ec-cube'] as const)(
    'everything else that the real %s answers to goes on',
    (preset) => {
      const file = join(packageRoot, 'test/environment/perimeter/requests', `${preset}-vpn.txt`);
      const refused = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .filter((line) => {
          const [methods = '', target = ''] = line.split(' ');
          return methods.split(',').some((method) => verdictOn(preset, target, method, '') !== 'allow');
        })
        .map((line) => line.split(' ')[1] ?? '');
      const isExport =
        preset === 'ec-cube'
          ? /^\/admin\/(customer|order)\/export/
          : /^(\/wp-json)?\/(wc|wc-analytics|wc-api)\/.*(orders|customers|downloads)|\/export$|wc-api-route|wc-api\//;
      expect(refused.filter((target) => !isExport.test(target))).toEqual([]);
      expect(refused.length).toBeGreaterThan(3);
    },
  );

  it('a key of the REST API does not read orders past the desk, whatever the config opens', () => {
    const opened = rehearserOf(
      synthesizeWay(shopWith({ preset: 'woocommerce', openFunctions: ['/wp-json/wc/v3'] }, closed)),
    );
    const verdictOf = (url: string) => opened.rehearse({ url }).verdict.verdict;
    expect(verdictOf('/wp-json/wc/v3/orders')).toBe('block');
    expect(verdictOf('/wp-json/wc/v3/products')).toBe('allow');
  });

  it('a pattern of ours that AWS WAF would refuse ends the synthesis', () => {
    expect(() => shortEnough('x'.repeat(201))).toThrow('takes 200 characters, not 201');
    expect(shortEnough('x'.repeat(200))).toHaveLength(200);
  });
});
