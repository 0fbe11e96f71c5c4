<?php
/**
 * Plugin Name: Shop hardening
 * Description: What belongs to every shop and cannot be switched off from the admin screens.
 */

defined('ABSPATH') || exit;

// XML-RPC is refused by the web server; here nothing advertises it, and no method answers if it were reached.
add_filter('xmlrpc_enabled', '__return_false');
add_filter('xmlrpc_methods', '__return_empty_array');
add_filter('pings_open', '__return_false');
remove_action('wp_head', 'rsd_link');
remove_action('wp_head', 'wlwmanifest_link');
remove_action('wp_head', 'wp_generator');
add_filter('the_generator', '__return_empty_string');

// Application passwords never expire and know no second factor.
add_filter('wp_is_application_passwords_available', '__return_false');

// The same answer whether the user or the password was wrong.
add_filter('login_errors', static fn (): string => 'The user name or the password is wrong.');

// Names of users are half of their credentials: neither the author pages nor the sitemap list them.
add_filter('wp_sitemaps_add_provider', static fn ($provider, string $name) => $name === 'users' ? false : $provider, 10, 2);
add_action('template_redirect', static function (): void {
    if (isset($_GET['author']) && !is_user_logged_in()) {
        wp_safe_redirect(home_url('/'), 301);
        exit;
    }
});

// A fresh WordPress has plain permalinks (`?page_id=7`), which no rule for a path of the shop would match.
foreach (['option_permalink_structure', 'default_option_permalink_structure'] as $filter) {
    add_filter($filter, static fn ($structure) => $structure ?: '/%postname%/');
}
