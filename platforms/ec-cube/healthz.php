<?php
// Answers 200 when the database can be reached with the credentials of this container, over verified TLS.
// Asks the database itself, not EC-CUBE: a plugin that fails must not look like a dead database.

header('Content-Type: text/plain');
header('Cache-Control: no-store');

/** A value in a libpq connection string. */
function quoted(string $name, string $default = ''): string
{
    return "'" . addcslashes(getenv($name) ?: $default, "'\\") . "'";
}

try {
    $database = @pg_connect(implode(' ', [
        'host=' . quoted('ECCUBE_DB_HOST'),
        'port=' . quoted('ECCUBE_DB_PORT', '5432'),
        'dbname=' . quoted('ECCUBE_DB_NAME'),
        'user=' . quoted('ECCUBE_DB_USER'),
        'password=' . quoted('ECCUBE_DB_PASSWORD'),
        'sslmode=verify-full',
        'sslrootcert=' . quoted('SHOP_DATABASE_CA', '/etc/shop/rds.pem'),
        'connect_timeout=3',
    ]), PGSQL_CONNECT_FORCE_NEW);
    if ($database === false || @pg_query($database, 'SELECT 1') === false) {
        throw new RuntimeException(error_get_last()['message'] ?? 'no connection');
    }
    echo "ok\n";
} catch (Throwable $error) {
    // The message may name the user; it belongs into the log, not into the answer.
    error_log('health check: ' . $error->getMessage());
    http_response_code(503);
    echo "the database does not answer\n";
}
