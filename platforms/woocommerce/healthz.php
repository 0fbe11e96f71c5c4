<?php
// Answers 200 when the database can be reached with the credentials of this container, over verified TLS.
// Asks the database itself, not WordPress: a plugin that fails must not look like a dead database.

header('Content-Type: text/plain');
header('Cache-Control: no-store');

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
try {
    $database = mysqli_init();
    $database->options(MYSQLI_OPT_CONNECT_TIMEOUT, 3);
    $database->options(MYSQLI_OPT_READ_TIMEOUT, 3);
    // A connection of its own each time, so that it signs in anew; it reads the few certificates of the shop's region,
    // not the more than two hundred of the bundle.
    $authorities = __DIR__ . '/rds-' . getenv('AWS_REGION') . '.pem';
    if (is_readable($authorities)) {
        $database->ssl_set(null, null, $authorities, null, null);
    }
    $database->real_connect(
        getenv('WORDPRESS_DB_HOST'),
        getenv('WORDPRESS_DB_USER'),
        getenv('WORDPRESS_DB_PASSWORD'),
        getenv('WORDPRESS_DB_NAME'),
        (int) (getenv('WORDPRESS_DB_PORT') ?: 3306),
        null,
        MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_VERIFY_SERVER_CERT,
    );
    $database->query('SELECT 1');
    echo "ok\n";
} catch (Throwable $error) {
    // The message may name the user; it belongs in the log, not in the answer.
    error_log('health check: ' . $error->getMessage());
    http_response_code(503);
    echo "the database does not answer\n";
}
