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
export SHOP_ADMIN_ORIGIN="${SHOP_ADMIN_ORIGIN:-$SHOP_ORIGIN}"
# Names that lead to the shop, as a pattern: a dot stands for itself, and without a name nothing matches.
SHOP_ALIAS_PATTERN="$(printf %s "${SHOP_ALIASES:-}" | sed -e 's/[.]/\\./g' -e 's/,/|/g')"
export SHOP_ALIAS_PATTERN="${SHOP_ALIAS_PATTERN:-(?!)}"
# What code and cache share takes 224 MiB, a page takes up to 48 more; without a limit there is room for 14.
export SHOP_WORKERS="$(((${SHOP_MEMORY_MIB:-896} - 224) / 48))"

# A clock that was killed, as for want of memory, is wound up again.
while true; do
  cron.sh || echo "the clock of the shop stopped, and is started again" >&2
  sleep 5
done &
exec apache2 -f "$SHOP_FILES/apache2.conf" -D FOREGROUND
