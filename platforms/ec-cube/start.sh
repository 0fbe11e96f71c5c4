#!/bin/sh
# Composes the address of the database from its parts, fills the cache, and starts the web server.
# shellcheck disable=SC2016 # The single quotes hold PHP, whose variables the shell must leave alone.
set -eu

missing=''
for name in ECCUBE_DB_HOST ECCUBE_DB_NAME ECCUBE_DB_USER ECCUBE_DB_PASSWORD ECCUBE_AUTH_MAGIC APP_SECRET SHOP_ORIGIN; do
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
# Symfony reads a pattern; a dot stands for itself.
TRUSTED_HOSTS="^($(printf '%s\n%s\n' "$SHOP_ORIGIN" "${SHOP_ADMIN_ORIGIN:-$SHOP_ORIGIN}" |
  sed -e 's#^https\{0,1\}://##' -e 's#:[0-9]*$##' -e 's/[.]/\\./g' | paste -s -d '|' -))\$"
export TRUSTED_HOSTS

# EC-CUBE takes one address; encoded, so that a password may hold any character. TLS is verified, or no connection.
DATABASE_URL="$(php -r '
  $part = static fn (string $name): string => rawurlencode((string) getenv($name));
  printf("postgresql://%s:%s@%s:%s/%s?sslmode=verify-full&sslrootcert=%s",
    $part("ECCUBE_DB_USER"), $part("ECCUBE_DB_PASSWORD"), getenv("ECCUBE_DB_HOST"),
    getenv("ECCUBE_DB_PORT") ?: "5432", $part("ECCUBE_DB_NAME"), getenv("SHOP_DATABASE_CA") ?: "/etc/shop/rds.pem");
')"
export DATABASE_URL
export APP_ENV=prod APP_DEBUG=0 ECCUBE_FORCE_SSL=1 ECCUBE_RESTRICT_FILE_UPLOAD=1

php "$SHOP_ROOT/bin/console" cache:warmup --env=prod --no-debug --no-interaction
exec apache2 -f "$SHOP_FILES/apache2.conf" -D FOREGROUND
