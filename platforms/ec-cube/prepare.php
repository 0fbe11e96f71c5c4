<?php
// Before EC-CUBE starts: the table of its sessions, which every container shares. Says "new" for a database that
// EC-CUBE has not been set up in yet, "half" where a set-up was interrupted, and "old" otherwise.
// With the argument "begin" or "end": notes that a set-up begins or has ended.

require __DIR__ . '/database.php';

try {
    $database = shop_database();
    // Containers start side by side, and two that create a table at once get in each other's way.
    shop_ask($database, 'SELECT pg_advisory_lock(20261122)');
    // https://symfony.com/doc/5.4/session/database.html
    shop_ask($database, 'CREATE TABLE IF NOT EXISTS shop_sessions (
        sess_id VARCHAR(128) NOT NULL PRIMARY KEY, sess_data BYTEA NOT NULL,
        sess_lifetime INTEGER NOT NULL, sess_time INTEGER NOT NULL)');
    shop_ask($database, 'CREATE INDEX IF NOT EXISTS shop_sessions_lifetime ON shop_sessions (sess_lifetime)');
    // A row while a set-up is under way, or was killed: half of the tables make no shop.
    shop_ask($database, 'CREATE TABLE IF NOT EXISTS shop_setup (begun BOOLEAN NOT NULL PRIMARY KEY)');
    match ($argv[1] ?? '') {
        'begin' => shop_ask($database, 'INSERT INTO shop_setup VALUES (TRUE) ON CONFLICT DO NOTHING'),
        'end' => shop_ask($database, 'DELETE FROM shop_setup'),
        default => null,
    };
    // A set-up that was killed may have made any of the tables, or none.
    echo shop_ask($database, "SELECT CASE WHEN EXISTS (SELECT FROM shop_setup) THEN 'half'
        WHEN to_regclass('dtb_base_info') IS NULL THEN 'new' ELSE 'old' END");
} catch (Throwable $error) {
    fwrite(STDERR, 'the database is not ready: ' . $error->getMessage() . "\n");
    exit(69);
}
