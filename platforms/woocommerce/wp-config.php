<?php
// The configuration of WordPress, read from the environment of the container. It holds no secret itself.

/** A setting without which the shop must not run. */
function shop_setting(string $name): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        error_log("the variable $name is not set");
        http_response_code(503);
        exit("The shop is not available at the moment.\n");
    }
    return $value;
}

// Database: TLS with a verified certificate, or no connection.
define('DB_HOST', shop_setting('WORDPRESS_DB_HOST') . ':' . (getenv('WORDPRESS_DB_PORT') ?: '3306'));
define('DB_NAME', shop_setting('WORDPRESS_DB_NAME'));
define('DB_USER', shop_setting('WORDPRESS_DB_USER'));
define('DB_PASSWORD', shop_setting('WORDPRESS_DB_PASSWORD'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('MYSQL_CLIENT_FLAGS', MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_VERIFY_SERVER_CERT);
$table_prefix = 'wp_';

// Keys that sign sessions and forms.
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $use) {
    define("{$use}_KEY", shop_setting("WORDPRESS_{$use}_KEY"));
    define("{$use}_SALT", shop_setting("WORDPRESS_{$use}_SALT"));
}

// The load balancer speaks TLS on both listeners, so every visitor does.
$_SERVER['HTTPS'] = 'on';
define('FORCE_SSL_ADMIN', true);

// Two ways in, customers' and the staff's over VPN, each with its own host. Any other Host is answered as customers'.
define('SHOP_PUBLIC', rtrim(shop_setting('SHOP_ORIGIN'), '/'));
define('SHOP_ADMIN', rtrim(getenv('SHOP_ADMIN_ORIGIN') ?: SHOP_PUBLIC, '/'));
$shop_staff_hosts = [parse_url(SHOP_ADMIN, PHP_URL_HOST), preg_replace('#^https?://#', '', SHOP_ADMIN)];
// Whatever lasts or leaves is built from `home` and the content's address: these are public for everybody, while login
// and admin screens stay on the host that was asked. must-use/shop-origins.php sees to the rest.
define('WP_HOME', SHOP_PUBLIC);
define('WP_CONTENT_URL', SHOP_PUBLIC . '/wp-content');
define('WP_SITEURL', in_array(strtolower($_SERVER['HTTP_HOST'] ?? ''), $shop_staff_hosts, true) ? SHOP_ADMIN : SHOP_PUBLIC);

// Code comes with the image and nothing else: the admin screens can change no file.
define('DISALLOW_FILE_EDIT', true);
define('DISALLOW_FILE_MODS', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_AUTO_UPDATE_CORE', false);
define('FS_METHOD', 'direct');
define('DISALLOW_UNFILTERED_HTML', true);

// Scheduled tasks run beside the web server, see cron.sh.
define('DISABLE_WP_CRON', true);

// Errors are logged, never shown.
define('WP_DEBUG', false);
define('WP_DEBUG_DISPLAY', false);

defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
