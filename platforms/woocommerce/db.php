<?php
/**
 * Plugin Name: Shop database
 * Description: Each worker of the web server keeps its connection to the database from one page to the next.
 */

defined('ABSPATH') || exit;

/**
 * A new connection reads every certificate of the bundle and shakes hands over TLS: that took three quarters of a page's
 * time. PHP resets a connection that it uses again (COM_CHANGE_USER) and makes a new one when the old one is gone.
 * https://www.php.net/manual/en/mysqli.persistconns.php
 */
final class Shop_Database extends wpdb
{
    public function parse_db_host($host)
    {
        $parts = parent::parse_db_host($host);
        // WordPress puts brackets around an IPv6 address afterwards; the database has a name.
        return $parts && !$parts[3] ? ['p:' . $parts[0], ...array_slice($parts, 1)] : $parts;
    }
}

$wpdb = new Shop_Database(DB_USER, DB_PASSWORD, DB_NAME, DB_HOST);
