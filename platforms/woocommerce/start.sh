#!/bin/sh
# Starts the web server in the foreground, and beside it the clock of WordPress.
set -eu

missing=''
for name in WORDPRESS_DB_HOST WORDPRESS_DB_NAME WORDPRESS_DB_USER WORDPRESS_DB_PASSWORD SHOP_ORIGIN; do
  if [ -z "$(printenv "$name" || true)" ]; then
    missing="$missing $name"
  fi
done
if [ -n "$missing" ]; then
  echo "the shop cannot start, these variables are not set:$missing" >&2
  exit 64
fi

# Whose X-Forwarded-For is believed: the load balancer's network, and nobody's when none is named.
export SHOP_TRUSTED_PROXIES="${SHOP_TRUSTED_PROXIES:-127.0.0.1/32}"

cron.sh &
exec apache2 -f "$SHOP_FILES/apache2.conf" -D FOREGROUND
