import type { Platform } from '../../config/index.ts';
import type { SampleRequest } from '../../declarations/declare.ts';
import { isWordPress } from './wordpress.ts';

const post = (url: string, body = ''): SampleRequest => ({ url, method: 'POST', body });

/** Where the shop software takes a password, a card or a coupon: examples of every way in. */
export function guardedRequests(platform: Platform): SampleRequest[] {
  const paths = [...platform.loginPaths, ...platform.checkoutPaths];
  const requests = [
    ...paths.flatMap((path) => [post(path), post(`/index.php${path}/`)]),
    post('/any/page', 'user=a&password=b'),
  ];
  if (!isWordPress(platform)) return requests;
  const login = 'username=a&%70assword=b&login=Log+in';
  const order = 'woocommerce%5Fcheckout_place_order=1';
  return [
    ...requests,
    ...['/', '/shop/', '/robots.txt', '/feed/', '/?page_id=8', '/wp-admin/admin-ajax.php'].map((url) =>
      post(url, login),
    ),
    ...['/', '/?page_id=7', '/?pagename=checkout', '/cart/'].map((url) => post(url, order)),
    post('/', 'register=1&email=a%40example.jp'),
    post('/', 'wc.reset_password=true&user_login=a'),
    post('/cart/', 'coupon_code=A&apply_coupon=1'),
    post('/shop/?wc-ajax=checkout'),
    post('/?wc%2Dajax=check%2541out'),
    post('/?wc-ajax=add_to_cart&wc-ajax=checkout'),
    post('/?wc-ajax=apply_coupon'),
    post('/wp-admin/admin-ajax.php?action=woocommerce_checkout'),
    post('/wp-admin/admin-ajax.php', 'action=woocommerce_apply_coupon'),
    post('/wp-json/wc/store/v1/checkout/12'),
    post('/index.php/wp-json/wc/store/checkout'),
    post('/wp-json/wc/store/v1/cart/apply-coupon'),
    post('/wp-json/wc/agentic/v1/checkout_sessions/a/complete'),
    post('/?rest_route=/wc/store/v1/checkout'),
    post('/wp-json/wc/store/v1/batch', '{"requests":[{"path":"/wc/store/v1/\\u0063heckout"}]}'),
    ...[
      '/wp-json/wc/store/v1/checkout?_method=POST',
      '/?wc-ajax=checkout',
      '/shop/?wc-ajax=apply%5Fcoupon',
      '/wp-admin/admin-ajax.php?action=woocommerce_apply_coupon',
      '/checkout-link/?products=1:2&coupon=A',
      '/index.php/checkout-link?products=1&c%6Fupon=A',
      '/?products=1&coupon=A&checkout-link=true',
    ].map((url) => ({ url })),
  ];
}

/** What staff do through public paths: examples of every way. */
export function staffRequests(platform: Platform): SampleRequest[] {
  const requests = [{ url: platform.healthPath }];
  if (!isWordPress(platform)) return requests;
  const ajax = '/wp-admin/admin-ajax.php';
  const part = (name: string, value: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--x--`;
  return [
    ...requests,
    { url: '/?wp_customize=on' },
    { url: '/?p=10&preview=true' },
    post(`${ajax}?action=add-product_cat`),
    post(`${ajax}?action=woocommerce_mark_order_status`),
    post(ajax, 'action=woocommerce_%61dd_order_note&order_id=1'),
    post(ajax, part('action', 'edit-comment')),
    post('/wp-json/wc/store/v1/batch', '{"requests":[{"path":"/wp/v2/posts?wc/store","method":"POST"}]}'),
    post('/wp-json/wc/store/v1/batch', '{"requests":[{"\\u0070ath":"\\/wp\\/v2\\/users?wc\\/store"}]}'),
    post('/?rest_route=/wc/store/batch', 'requests[0][path]=/wp/v2/posts?wc/store'),
    post('/wp-login.php?action=postpass', 'action=login&log=a&pwd=b'),
    ...(platform.adminPaths.includes('/wc-auth')
      ? [{ url: '/?wc-auth-version=1&wc%2Dauth-route=authorize' }, post('/', 'wc-auth-route=authorize')]
      : []),
    ...(platform.adminPaths.includes('/wc-api/v3')
      ? [{ url: '/?wc-api-version=3&wc-api-route=/orders' }]
      : []),
  ];
}
