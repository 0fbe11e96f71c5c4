<?php
/**
 * Plugin Name: Shop screens
 * Description: Screens and calls that hand out many customers or orders are shut where customer data leaves through the desk alone.
 */

defined('ABSPATH') || exit;

// The web ACL before the shop refuses them as well, as far as it sees: the first 8 KB of a form, and nothing of a batch.
if (getenv('SHOP_EXPORT_SCREENS') === 'closed' && PHP_SAPI !== 'cli') {
    // WordPress's own export, and WooCommerce's of products.
    add_filter('user_has_cap', static fn (array $held): array => array_diff_key($held, ['export' => true]), PHP_INT_MAX);

    // WooCommerce's old reports with their list of customers, and files that its analytics wrote.
    add_action('admin_init', static function (): void {
        $page = $_GET['page'] ?? '';
        $closed = is_string($page) && str_contains($page, 'wc-reports')
            || ($_GET['action'] ?? '') === 'woocommerce_admin_download_report_csv';
        if ($closed) {
            wp_die('Customer data leaves through the desk: docs/customer-data.md', 403);
        }
    }, PHP_INT_MIN);

    add_filter('rest_request_before_callbacks', static fn ($response, array $handler, WP_REST_Request $request) =>
        shop_hands_out_customers($request) ? new WP_Error('shop_screen_closed', 'Customer data leaves through the desk.', ['status' => 403]) : $response,
        PHP_INT_MAX, 3);
}

/** Lists of orders and customers, each of them and batches of them; notes and refunds of one order are no such call. */
function shop_hands_out_customers(WP_REST_Request $request): bool
{
    $route = strtolower($request->get_route());
    if (preg_match('#^/wp/v2/(users|comments)/*$#', $route) === 1) {
        return $request['context'] === 'edit';
    }
    return preg_match('#^/(wc/v\d+|wc-analytics(/reports)?)/(orders|customers|downloads)(/(\d+|batch))?/*$#', $route) === 1
        || preg_match('#^/wc-analytics/reports/[^/]+/export#', $route) === 1;
}
