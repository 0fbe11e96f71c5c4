import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Environment, Platform } from '../../config/index.ts';
import type { SampleRequest } from '../../declarations/declare.ts';
import { asServersReadIt, pathPatterns } from './admin-paths.ts';
import { allOf, anyOf, body, matches, query, type Statement, shortEnough } from './statements.ts';
import { isWordPress } from './wordpress.ts';

/** What of the shop software hands out many customers or orders at once. */
export interface ExportScreens {
  /** Each with everything below it. */
  readonly paths: readonly string[];
  /** What hides behind other paths: an example of every way in. */
  readonly requests: readonly SampleRequest[];
}

/**
 * The screens that an environment closes, on every host and to everybody (DAT3); undefined when they are open, or when
 * nobody said where a shop of its own making has them.
 */
export function closedScreens(
  platform: Platform,
  { customerData }: Pick<Environment, 'customerData'>,
): ExportScreens | undefined {
  if (customerData.screens === 'open') return undefined;
  const paths = [...presetPaths(platform), ...customerData.exportPaths];
  return paths.length === 0 ? undefined : { paths, requests: isWordPress(platform) ? wordPressRequests : [] };
}

/**
 * https://github.com/EC-CUBE/ec-cube/blob/4.3/src/Eccube/Controller/Admin/Customer/CustomerController.php and
 * Order/OrderController.php: CSV of customers, orders and deliveries, and the delivery notes of any number of orders.
 */
const ecCubePattern = '/(?:customer|order)/export(?:$|[^0-9a-z_-])';

function presetPaths(platform: Platform): string[] {
  if (platform.preset === 'ec-cube')
    return platform.adminPaths
      .filter((path) => path !== '/install')
      .flatMap((path) => [`${path}/customer/export`, `${path}/order/export`]);
  return isWordPress(platform) ? ['/wp-admin/export.php'] : [];
}

/** As PHP decodes a query or a form; WordPress matches its routes in any case. */
const asPhpReadsParameters = ['URL_DECODE', 'LOWERCASE'].map((type, priority) => ({ priority, type }));

/** Lists of orders and customers, each of them, and batches of them; notes and refunds of one order stay open. */
const listRoute =
  '/(?:wc/v\\d|wc-analytics(?:/reports)?)/(?:orders|customers|downloads)(?:/(?:\\d+|batch))?[^0-9a-z&]*';
const exportRoute = '/wc-analytics/reports/[^/&]+/export';

const routePatterns = [
  `/wp-json${listRoute}$`,
  `/wp-json${exportRoute}`,
  // The API that WooCommerce had before.
  '/wc-api/v[1-3]/(?:orders|customers)(?:$|[^0-9a-z_-])',
];

/**
 * A parameter of a query, of a posted form or of a multipart body, whose value stands some lines below its name. PHP
 * cuts a name at a NUL, passes over spaces before it, and takes dots, spaces and brackets for underscores.
 */
const parameter = (name: string) =>
  `(?:^|&|name=["']?)[\\s+]*${name}(?:\\x00[^=&]*)?(?:=|["']?\\s(?:[^\\n]*\\n){1,3})`;
const anyValue = '[^&\\n]*';

/**
 * WooCommerce's old reports with their list of customers, its product exporter, the files that its analytics write, and
 * the routes above as a parameter. WordPress drops folders around a page's name.
 * https://github.com/woocommerce/woocommerce/blob/8.9.1/plugins/woocommerce/src/Admin/ReportExporter.php and
 * includes/admin/class-wc-admin-exporters.php
 */
const parameterPatterns = [
  `${parameter('page')}${anyValue}(?:wc-reports|product_exporter)`,
  `${parameter('action')}(?:woocommerce_(?:admin_download_report_csv|do_ajax_product_export)|download_product_csv)`,
  `${parameter('rest[_. [+]route')}${anyValue}${listRoute}(?:&|\\n|$)`,
  `${parameter('rest[_. [+]route')}${anyValue}${exportRoute}`,
  `${parameter('wc-api-route')}${anyValue}/(?:orders|customers)`,
];

/** Only in the context of an editor does WordPress tell the mail address of everybody who has an account or wrote. */
function mailAddresses(): Statement {
  const asked = [query, body('CONTINUE')];
  const list = '/wp/v2/(?:users|comments)[^0-9a-z&]*';
  return allOf([
    anyOf([
      matches({ uriPath: {} }, `${list}$`, asServersReadIt),
      ...asked.map((part) =>
        matches(part, `rest[_. [+]route${anyValue}${list}(?:&|$)`, asPhpReadsParameters),
      ),
    ]),
    anyOf(asked.map((part) => matches(part, 'context[^a-z]{1,9}edit', asPhpReadsParameters))),
  ]);
}

const wordPressRequests: SampleRequest[] = [
  ...[
    '/wp-admin/admin.php?page=wc-reports&tab=customers&report=customer_list',
    '/wp-admin/edit.php?post_type=product&page=/product_exporter/',
    '/wp-admin/?action=woocommerce_admin_download_report_csv&filename=wc-orders-report-export-1',
    '/wp-json/wc/v3/orders?per_page=100',
    '/wp-json/wc/v3/customers/',
    '/index.php/wp-json/WC/v2/orders/10',
    '/wp-json/wc/v1/%63ustomers',
    '/wp-json//wc-analytics/reports/customers',
    '/wp-json/wp/v2/users?context=edit',
    '/wc-api/v3/orders',
    '/?wc-api-version=3&wc-api-route=/customers',
    '/?rest_route=/wc/v3/orders',
    '/wp-admin/edit.php?rest.route=%2FWC%2Fv3%2Fcustomers&per_page=100',
    '/?rest_route=/wp/v2/users&context=edit',
  ].map((url) => ({ url })),
  ...[
    ['/wp-admin/admin-ajax.php', 'action=woocommerce_do_ajax_product_export&step=1'],
    ['/wp-json/wc-analytics/reports/orders/export', '{}'],
    ['/wp-json/wc/v3/orders/batch', '{"update":[{"id":10}]}'],
    ['/', 'rest_route=/wc/v3/orders&_method=GET'],
    ['/', '--x\r\nContent-Disposition: form-data; name="rest_route"\r\n\r\n/wc/v3/customers\r\n--x--'],
  ].map(([url = '', sent = '']) => ({ url, method: 'POST', body: sent })),
];

/**
 * What the web ACL of the load balancer refuses to staff as well; undefined where nothing is closed. It reads the path
 * as the admin paths are read, because here no other rule insists on plain spelling.
 */
export function exportScreenRequests(
  scope: Construct,
  platform: Platform,
  environment: Pick<Environment, 'name' | 'customerData'>,
): Statement | undefined {
  if (!closedScreens(platform, environment)) return undefined;
  const setting = `environments.${environment.name}.customerData.exportPaths`;
  const patterns = (id: string, description: string, regularExpressionList: string[]) =>
    new wafv2.CfnRegexPatternSet(scope, id, {
      scope: 'REGIONAL',
      description,
      regularExpressionList: regularExpressionList.map(shortEnough),
    }).attrArn;
  const paths = patterns(
    'ExportPaths',
    'Screens that hand out many customers or orders, as servers read paths',
    [
      ...pathPatterns(platform, environment.customerData.exportPaths, setting),
      // Whatever the admin route is called.
      ...(platform.preset === 'ec-cube' ? [ecCubePattern] : []),
      ...(isWordPress(platform)
        ? [...pathPatterns(platform, presetPaths(platform), ''), ...routePatterns]
        : []),
    ],
  );
  const statements: Statement[] = [
    {
      regexPatternSetReferenceStatement: {
        arn: paths,
        fieldToMatch: { uriPath: {} },
        textTransformations: asServersReadIt,
      },
    },
  ];
  if (isWordPress(platform)) {
    const parameters = patterns('ExportParameters', 'The same, named in a query or a posted form', [
      ...parameterPatterns,
    ]);
    for (const fieldToMatch of [query, body('CONTINUE')])
      statements.push({
        regexPatternSetReferenceStatement: {
          arn: parameters,
          fieldToMatch,
          textTransformations: asPhpReadsParameters,
        },
      });
    statements.push(mailAddresses());
  }
  return anyOf(statements);
}
