<?php
// The way to the database for what runs beside EC-CUBE: with the credentials of this container, over verified TLS.

/** A value in a libpq connection string. */
function shop_quoted(string $name, string $default = ''): string
{
    return "'" . addcslashes(getenv($name) ?: $default, "'\\") . "'";
}

function shop_database(): PgSql\Connection
{
    $database = @pg_connect(implode(' ', [
        'host=' . shop_quoted('ECCUBE_DB_HOST'),
        'port=' . shop_quoted('ECCUBE_DB_PORT', '5432'),
        'dbname=' . shop_quoted('ECCUBE_DB_NAME'),
        'user=' . shop_quoted('ECCUBE_DB_USER'),
        'password=' . shop_quoted('ECCUBE_DB_PASSWORD'),
        'sslmode=verify-full',
        'sslrootcert=' . shop_quoted('PGSSLROOTCERT', '/etc/shop/rds.pem'),
        'connect_timeout=3',
    ]), PGSQL_CONNECT_FORCE_NEW);
    return $database ?: throw new RuntimeException(error_get_last()['message'] ?? 'no connection');
}

/** The first column of the first row. */
function shop_ask(PgSql\Connection $database, string $query): ?string
{
    $result = @pg_query($database, $query);
    if ($result === false) {
        throw new RuntimeException(pg_last_error($database));
    }
    return pg_num_rows($result) > 0 ? pg_fetch_result($result, 0, 0) : null;
}
