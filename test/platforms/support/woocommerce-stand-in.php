<?php
/**
 * Plugin Name: Stand-in for WooCommerce
 *
 * WooCommerce cannot be fetched where the tests run. This does what of it depends on our files, in the way of
 * WooCommerce 8.9: class-wc-email.php (sender by filters, then wp_mail), class-woocommerce.php (api_request_url),
 * class-wc-geolocation.php (address and country from headers), wc-page-functions.php and wc-user-functions.php.
 */

defined('ABSPATH') || exit;

function wc_get_page_permalink(string $page): string
{
    return home_url("/$page/");
}

function wc_get_endpoint_url(string $endpoint, string $value, string $page): string
{
    return trailingslashit($page) . "$endpoint/" . ($value === '' ? '' : "$value/");
}

function wc_logout_url(): string
{
    return wp_nonce_url(wc_get_endpoint_url('customer-logout', '', wc_get_page_permalink('my-account')), 'customer-logout');
}

/** WC_Email::send */
function stand_in_mail(string $to, string $subject, string $message): bool
{
    $from = static fn (): string => 'staff@example.jp';
    add_filter('wp_mail_from', $from);
    $sent = wp_mail($to, $subject, $message, "Content-Type: text/html\r\n");
    remove_filter('wp_mail_from', $from);
    return $sent;
}

add_action('stand_in_task', static fn () => update_option('stand_in_task', 'ran by ' . PHP_SAPI));

/** wc-user-functions.php: customers see their own orders. */
add_filter('user_has_cap', static function (array $held, array $asked): array {
    return in_array('view_order', $asked, true) ? [...$held, 'view_order' => true] : $held;
}, 10, 2);

/** WC_REST_Authentication: the owner of a key is the user, without a cookie. */
add_filter('determine_current_user', static fn ($user) =>
    ($_GET['consumer_key'] ?? '') === 'ck_test' ? get_user_by('login', 'owner')->ID : $user, 15);

/** The routes of WooCommerce that tell of orders: all of them, one of them, and the notes of one. */
add_action('rest_api_init', static function (): void {
    foreach (['/orders', '/orders/(?P<id>[\d]+)', '/orders/(?P<id>[\d]+)/notes'] as $route) {
        register_rest_route('wc/v3', $route, [
            'methods' => 'GET,POST',
            'callback' => static fn () => ['orders' => 'here'],
            'permission_callback' => static fn () => current_user_can('list_users'),
        ]);
    }
});

/** WC_Admin_Reports: the old reports, with a list of customers. */
add_action('admin_menu', static fn () =>
    add_menu_page('Reports', 'Reports', 'list_users', 'wc-reports', static fn () => print('customers')));

add_action('init', static function (): void {
    register_post_type('shop_order', ['public' => false]);
    $do = $_GET['stand-in'] ?? null;
    $number = (int) ($_GET['number'] ?? 0);
    $pay = wc_get_endpoint_url('order-pay', (string) $number, wc_get_page_permalink('checkout'));
    $answer = match ($do) {
        'order' => [
            'sent' => stand_in_mail(
                $_GET['to'] ?? 'customer@example.com',
                "Order $number",
                "<a href=\"$pay\">Pay</a> <a href=\"" . wc_get_page_permalink('my-account') . '">Account</a>'
                . ' <img src="' . content_url('uploads/logo.png') . '">',
            ) && wp_mail('orders@example.jp', "New order $number", admin_url("post.php?post=$number&action=edit")),
        ],
        'visitor' => [
            'address' => $_SERVER['HTTP_X_REAL_IP'] ?? explode(',', $_SERVER['HTTP_X_FORWARDED_FOR'] ?? $_SERVER['REMOTE_ADDR'])[0],
            'country' => $_SERVER['HTTP_CF_IPCOUNTRY'] ?? $_SERVER['HTTP_X_COUNTRY_CODE'] ?? '',
            'headers' => array_values(array_filter(array_keys($_SERVER), static fn ($name) => str_starts_with($name, 'HTTP_'))),
        ],
        'addresses' => [
            'pay' => $pay,
            'webhook' => home_url('/wc-api/stand_in_gateway/'),
            'rest' => rest_url('stand-in/v1/webhook'),
            'restRoot' => rest_url(),
            'restEditor' => rest_url('wp/v2/posts'),
            'upload' => wp_get_upload_dir()['url'],
            'plugin' => plugins_url('x.js', __FILE__),
            'ajax' => admin_url('admin-ajax.php'),
            'admin' => admin_url('edit.php'),
            'login' => wp_login_url(),
            'logout' => html_entity_decode(wp_logout_url()),
            'postpass' => site_url('wp-login.php?action=postpass', 'login_post'),
            'permalink' => get_permalink(1),
        ],
        // What a gateway does when staff saves its settings: it registers an address with its provider.
        'register' => [
            'status' => wp_remote_retrieve_response_code(wp_remote_post($_GET['provider'], [
                'headers' => ['content-type' => 'application/json'],
                'body' => json_encode(['url' => site_url('/?wc-api=stand_in'), 'dashboard' => admin_url('admin.php')]),
            ])),
        ],
        'page' => ['page' => wp_insert_post(wp_slash([
            'post_title' => 'About', 'post_status' => 'publish', 'post_type' => 'page',
            'post_content' => 'See <img src="' . site_url('/wp-content/uploads/a.png') . '"> and <a href="' . site_url('/about') . '">us</a>'
                . ' <!-- wp:x {"u":"' . str_replace('/', '\/', site_url('/wp-content/uploads/b.png')) . '"} -->'
                . ' <a href="' . admin_url('post.php?post=1') . '">edit</a>',
        ]))],
        'schedule' => ['scheduled' => wp_schedule_single_event(time() - 1, 'stand_in_task')],
        'rights' => [
            'user' => wp_get_current_user()->user_login,
            'nonce' => wp_create_nonce('wp_rest'),
            'may' => array_values(array_filter(
                ['read', 'edit_posts', 'manage_options', 'delete_users', 'install_plugins', 'manage_woocommerce', 'administrator', 'view_order'],
                static fn (string $right): bool => current_user_can($right, 1),
            )),
            // Another user's rights are not the visitor's business to lose.
            'ownerIsStaff' => user_can(get_user_by('login', 'owner'), 'manage_options'),
            'bar' => is_admin_bar_showing(),
        ],
        'cookie' => setcookie('cart', '1') ? ['cached' => 'never'] : [],
        'public' => [header('Cache-Control: public, max-age=60')],
        default => null,
    };
    if ($answer !== null) {
        if ($do === 'cookie') header('Cache-Control: public, max-age=60');
        wp_send_json($answer);
    }
});
