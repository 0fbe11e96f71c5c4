#!/bin/sh
# The clock of WordPress: due tasks run once a minute, from here and never from a visitor's request.
# WordPress takes a lock in the database, so that several containers do not run the same task.
set -u

while true; do
  sleep "${SHOP_CRON_SECONDS:-60}"
  # An update of large tables takes its time.
  php -d mysqlnd.net_read_timeout=3600 -f "$SHOP_ROOT/wp-cron.php" || echo "the scheduled tasks of the shop failed, tried again in a minute" >&2
done
