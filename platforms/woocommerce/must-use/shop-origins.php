<?php
/**
 * Plugin Name: Shop origins
 * Description: Customers, search engines and payment providers see SHOP_ORIGIN, whoever caused it; the admin host is for login, admin screens and the editor's own calls.
 */

defined('ABSPATH') || exit;

// WordPress builds pages, links and pictures from `home` and WP_CONTENT_URL, which are always the public ones, and login
// and admin screens from `siteurl`, which is the host that was asked: see wp-config.php. What remains is below.

/** Paths that only the admin host serves, as this shop's edge closes them. */
function shop_is_admin_path(string $path): bool
{
    if (in_array($path, explode(',', (string) getenv('SHOP_PUBLIC_PATHS')), true)) {
        return false;
    }
    foreach (explode(',', getenv('SHOP_ADMIN_PATHS') ?: '/wp-admin,/wp-login.php,/wp-json/wp') as $closed) {
        if ($path === $closed || str_starts_with($path, "$closed/")) {
            return true;
        }
    }
    return false;
}

/** Steps of wp-login.php that customers take: a password-protected page, and a request about their own data. */
const SHOP_CUSTOMER_LOGIN_STEPS = '/[?&](amp;)?action=(postpass|confirmaction)(&|$|#)/';

function shop_belongs_to_staff(string $pathAndQuery): bool
{
    $path = (string) parse_url($pathAndQuery, PHP_URL_PATH);
    return shop_is_admin_path($path)
        && preg_match(SHOP_CUSTOMER_LOGIN_STEPS, $pathAndQuery) !== 1;
}

/** Whatever follows the origin decides on which host it is served. */
function shop_on_its_host(string $url): string
{
    $rest = preg_replace('#^https?://[^/]*#', '', $url);
    return (shop_belongs_to_staff($rest) ? SHOP_ADMIN : SHOP_PUBLIC) . $rest;
}

/** A text in which no address of the admin host is left but those of admin screens; also JSON and encoded addresses. */
function shop_public_text(string $text): string
{
    if (SHOP_ADMIN === SHOP_PUBLIC || stripos($text, (string) parse_url(SHOP_ADMIN, PHP_URL_HOST)) === false) {
        return $text;
    }
    foreach (
        [
            [static fn (string $url): string => $url, '[^\s"\'<>\\\\)\]]*'],
            [static fn (string $url): string => str_replace('/', '\/', $url), '[^\s"\'<>]*'],
            [rawurlencode(...), '[^\s"\'<>&;]*'],
        ] as [$write, $rest]
    ) {
        $admin = $write(SHOP_ADMIN);
        $text = preg_replace_callback(
            '~' . preg_quote($admin, '~') . "(?![\w.:-])($rest)~i",
            static function (array $found) use ($write, $admin): string {
                $path = html_entity_decode(rawurldecode(str_replace('\/', '/', $found[1])));
                return ($write(shop_belongs_to_staff($path) ? SHOP_ADMIN : SHOP_PUBLIC)) . $found[1];
            },
            $text,
        ) ?? $text;
    }
    return $text;
}

function shop_public_value(mixed $value): mixed
{
    if (is_string($value)) {
        return shop_public_text($value);
    }
    return is_array($value) ? array_map('shop_public_value', $value) : $value;
}

$shop_asked_by_staff = WP_SITEURL === SHOP_ADMIN;

// Staff stays on the admin host; what the public host or a scheduled task builds for staff leads there.
foreach (['admin_url', 'site_url', 'network_site_url', 'network_admin_url', 'user_admin_url'] as $filter) {
    add_filter($filter, static function (string $url) use ($shop_asked_by_staff): string {
        $rest = preg_replace('#^https?://[^/]*#', '', $url);
        $isCustomers = preg_match(SHOP_CUSTOMER_LOGIN_STEPS, $rest) === 1;
        // Scripts of the admin screens come from the host of the screens, and so do their own calls.
        return $shop_asked_by_staff && !$isCustomers ? SHOP_ADMIN . $rest : shop_on_its_host($url);
    }, PHP_INT_MAX);
}

// The editor calls the root, and routes that only the admin host serves; every other route is somebody else's to call.
add_filter('rest_url', static function (string $url, string $path) use ($shop_asked_by_staff): string {
    $rest = preg_replace('#^https?://[^/]*#', '', $url);
    $isRoot = trim($path, '/') === '';
    $isClosed = shop_is_admin_path('/' . rest_get_url_prefix() . '/' . ltrim($path, '/'));
    return ($isClosed || ($isRoot && $shop_asked_by_staff) ? SHOP_ADMIN : SHOP_PUBLIC) . $rest;
}, PHP_INT_MAX, 2);

// Staff looks at a draft where staff is signed in.
add_filter('preview_post_link', static fn (string $url): string => str_replace(SHOP_PUBLIC, SHOP_ADMIN, $url), PHP_INT_MAX);
add_filter('allowed_redirect_hosts', static fn (array $hosts): array => [
    ...$hosts,
    ...array_map(static fn (string $origin) => parse_url($origin, PHP_URL_HOST), [SHOP_PUBLIC, SHOP_ADMIN]),
]);

// What is kept or leaves says the public host, however a plugin built it.
add_filter('wp_insert_post_data', 'shop_public_value', PHP_INT_MAX);
add_filter('pre_update_option', 'shop_public_value', PHP_INT_MAX);
add_filter('wp_mail', static fn (array $mail): array => array_merge($mail, [
    'subject' => shop_public_value($mail['subject']),
    'message' => shop_public_value($mail['message']),
]), PHP_INT_MAX);
add_filter('http_request_args', static fn (array $args): array => array_merge($args, [
    'body' => shop_public_value($args['body'] ?? null),
]), PHP_INT_MAX);

/** Whether an account opens admin screens; WooCommerce's customers do not. */
function shop_is_staff(WP_User $user): bool
{
    // As they were given, whichever host asks.
    return !empty($user->allcaps['edit_posts']) || !empty($user->allcaps['manage_woocommerce']);
}

// A customer signs in, and sets a new password, on WooCommerce's account page: wp-login.php is closed to the Internet.
add_filter('retrieve_password_message', static function (string $message, string $key, string $login, WP_User $user): string {
    if (shop_is_staff($user) || !function_exists('wc_get_endpoint_url')) {
        return $message;
    }
    $page = wc_get_endpoint_url('lost-password', '', wc_get_page_permalink('myaccount'));
    $address = add_query_arg(['key' => $key, 'login' => rawurlencode($login)], $page);
    return preg_replace('~https?://\S*wp-login\.php\?\S*action=rp\S*~', $address, $message);
}, PHP_INT_MAX, 4);
if (!$shop_asked_by_staff) {
    add_filter('login_url', static fn (string $url): string =>
        function_exists('wc_get_page_permalink') ? wc_get_page_permalink('myaccount') : $url, PHP_INT_MAX);
    add_filter('logout_url', static fn (string $url): string =>
        function_exists('wc_logout_url') ? wc_logout_url() : $url, PHP_INT_MAX);
}

// The installation page wrote the host it was opened on.
add_action('admin_init', static function (): void {
    global $wpdb;
    foreach (['siteurl', 'home'] as $name) {
        $written = $wpdb->get_var($wpdb->prepare("SELECT option_value FROM $wpdb->options WHERE option_name = %s", $name));
        if ($written !== null && $written !== SHOP_PUBLIC) {
            $wpdb->update($wpdb->options, ['option_value' => SHOP_PUBLIC], ['option_name' => $name]);
        }
    }
});
add_action('wp_install', static function (): void {
    global $wpdb;
    $wpdb->query($wpdb->prepare("UPDATE $wpdb->options SET option_value = %s WHERE option_name IN ('siteurl', 'home')", SHOP_PUBLIC));
});
