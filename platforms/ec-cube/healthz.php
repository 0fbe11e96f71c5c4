<?php
// Answers 200 when the database can be reached with the credentials of this container, over verified TLS.
// Asks the database itself, not EC-CUBE: a plugin that fails must not look like a dead database.

require __DIR__ . '/database.php';

header('Content-Type: text/plain');
header('Cache-Control: no-store');

try {
    shop_ask(shop_database(), 'SELECT 1');
    echo "ok\n";
} catch (Throwable $error) {
    // The message may name the user; it belongs in the log, not in the answer.
    error_log('health check: ' . $error->getMessage());
    http_response_code(503);
    echo "the database does not answer\n";
}
