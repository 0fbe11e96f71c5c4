<?php
/**
 * Plugin Name: Shop staff
 * Description: Staff have their rights on the admin host alone. At the shop they are customers, whatever their cookie says.
 */

defined('ABSPATH') || exit;

// A key of the REST API or a payment provider's call brings its own user: only a browser's sign-in is meant here.
add_action('auth_cookie_valid', static function (array $cookie, WP_User $user): void {
    $GLOBALS['shop_signed_in'] = $user->ID;
}, 10, 2);

/** What every customer may do. */
function shop_customers_rights(): array
{
    return array_filter((get_role('customer') ?? get_role('subscriber'))?->capabilities ?? ['read' => true]);
}

if (WP_SITEURL !== SHOP_ADMIN && PHP_SAPI !== 'cli') {
    // First of all filters: WooCommerce grants customers their own orders by the same one.
    add_filter('user_has_cap', static fn (array $held, array $asked, array $about, WP_User $user): array =>
        $user->ID === ($GLOBALS['shop_signed_in'] ?? 0) ? array_intersect_key($held, shop_customers_rights()) : $held,
        PHP_INT_MIN, 4);
    add_filter('show_admin_bar', '__return_false', PHP_INT_MAX);
}

// The customizer shows the shop in a frame, to staff, on the host where staff is signed in. Nothing is saved meanwhile.
if (WP_SITEURL === SHOP_ADMIN) {
    foreach (['customize_controls_init', 'customize_preview_init'] as $moment) {
        add_action($moment, static function (): void {
            global $wp_customize;
            add_filter('home_url', 'shop_address_for_staff', PHP_INT_MAX);
            $wp_customize->set_preview_url(shop_address_for_staff($wp_customize->get_preview_url()));
        });
    }
}

function shop_address_for_staff(string $url): string
{
    return preg_replace('~^' . preg_quote(SHOP_PUBLIC, '~') . '(?![\w.:-])~', SHOP_ADMIN, $url);
}
