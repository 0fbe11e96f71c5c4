#!/bin/sh
# The clock of WordPress: due tasks run once a minute, from here and never from a visitor's request.
# WordPress takes a lock in the database, so that several containers do not run the same task.
set -u

limit="${SHOP_CRON_LIMIT:-3900}"
while true; do
  sleep "${SHOP_CRON_SECONDS:-60}"
  # A task that hangs, such as a call to a server that never answers, would stop the clock for good. WordPress takes a
  # task off its list before it runs it, so that the others have their turn the next time. An update of large tables
  # takes its time: the limit is above it.
  timeout --kill-after=10 "$limit" php -d mysqlnd.net_read_timeout=3600 -f "$SHOP_ROOT/wp-cron.php"
  case $? in
    # An alarm counts this line, and rings when it stays away.
    0) echo 'the scheduled tasks of the shop ended well' ;;
    124 | 137) echo "the scheduled tasks of the shop did not end in $limit seconds and were stopped" >&2 ;;
    *) echo "the scheduled tasks of the shop failed, tried again in a minute" >&2 ;;
  esac
done
