#!/bin/sh
# Prepares EC-CUBE and becomes its web server. With the argument "setup": creates the tables of a new shop, once.
# With "migrate": changes the tables as a newer EC-CUBE needs them.
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
export SHOP_ADMIN_ORIGIN="${SHOP_ADMIN_ORIGIN:-$SHOP_ORIGIN}"
# Names that lead to the shop, as a pattern: a dot stands for itself, and without a name nothing matches.
SHOP_ALIAS_PATTERN="$(printf %s "${SHOP_ALIASES:-}" | sed -e 's/[.]/\\./g' -e 's/,/|/g')"
export SHOP_ALIAS_PATTERN="${SHOP_ALIAS_PATTERN:-(?!)}"
# What code and cache share takes 224 MiB, a page takes up to 48 more; without a limit there is room for 14.
export SHOP_WORKERS="$(((${SHOP_MEMORY_MIB:-896} - 224) / 48))"
# Symfony reads a pattern; a dot stands for itself.
TRUSTED_HOSTS="^($(printf '%s\n%s\n' "$SHOP_ORIGIN" "$SHOP_ADMIN_ORIGIN" |
  sed -e 's#^https\{0,1\}://##' -e 's#:[0-9]*$##' -e 's/[.]/\\./g' | paste -s -d '|' -))\$"
export TRUSTED_HOSTS

# TLS to the database is verified, or there is no connection; said twice, because the sessions read the address without
# its options.
authorities="/etc/shop/rds-${AWS_REGION:-}.pem"
[ -r "$authorities" ] || authorities=/etc/shop/rds.pem
export PGSSLMODE=verify-full PGSSLROOTCERT="${SHOP_DATABASE_CA:-$authorities}"
# EC-CUBE takes one address; encoded, so that a password may hold any character.
DATABASE_URL="$(php -r '
  $part = static fn (string $name): string => rawurlencode((string) getenv($name));
  printf("postgresql://%s:%s@%s:%s/%s?sslmode=verify-full&sslrootcert=%s",
    $part("ECCUBE_DB_USER"), $part("ECCUBE_DB_PASSWORD"), getenv("ECCUBE_DB_HOST"),
    getenv("ECCUBE_DB_PORT") ?: "5432", $part("ECCUBE_DB_NAME"), getenv("PGSSLROOTCERT"));
')"
export DATABASE_URL
# How mails leave; SES is sent to with the credentials that ECS gives the task.
if [ -n "${SHOP_MAIL_SES_REGION:-}" ]; then
  MAILER_DSN="ses+https://default?region=$SHOP_MAIL_SES_REGION"
elif [ -n "${SHOP_MAIL_HOST:-}" ] && [ "${SHOP_MAIL_USER:-}" != not-written-yet ]; then
  MAILER_DSN="$(php -r '
    $part = static fn (string $name): string => rawurlencode((string) getenv($name));
    printf("%s://%s:%s@%s:%s", getenv("SHOP_MAIL_TLS") === "implicit" ? "smtps" : "shop+starttls",
      $part("SHOP_MAIL_USER"), $part("SHOP_MAIL_PASSWORD"), getenv("SHOP_MAIL_HOST"), getenv("SHOP_MAIL_PORT"));
  ')"
else
  MAILER_DSN=null://null
  echo 'no mail leaves: the config says none, or the login at the mail server is not written, see docs/first-hour.md' >&2
fi
export MAILER_DSN
export APP_ENV=prod APP_DEBUG=0 ECCUBE_FORCE_SSL=1 ECCUBE_RESTRICT_FILE_UPLOAD=1
# Maintenance of the shop is that of every container, so its mark lies where all of them see it.
export ECCUBE_MAINTENANCE_FILE_PATH="$SHOP_ROOT/html/upload/.maintenance"

console() {
  php "$SHOP_ROOT/bin/console" "$@" --env=prod --no-debug --no-interaction
}

database="$(php "$SHOP_FILES/prepare.php")"
case "${1:-serve}" in
  setup)
    if [ "$database" = old ]; then
      echo 'the shop is set up already: nothing was changed' >&2
      exit 65
    fi
    # EC-CUBE would otherwise take a password everybody knows.
    if [ -z "${ECCUBE_ADMIN_USER:-}" ] || [ "$(printf %s "${ECCUBE_ADMIN_PASS:-}" | wc -c)" -lt 12 ]; then
      echo 'name the first administrator: ECCUBE_ADMIN_USER, and ECCUBE_ADMIN_PASS with 12 characters or more' >&2
      exit 64
    fi
    php "$SHOP_FILES/prepare.php" begin >/dev/null
    # What an interrupted set-up left has no shop in it.
    if [ "$database" = half ]; then
      console doctrine:schema:drop --force
    fi
    console doctrine:schema:create
    console eccube:fixtures:load
    # The tables are those of this version: none of its migrations is still to come.
    console doctrine:migrations:version --add --all
    php "$SHOP_FILES/prepare.php" end >/dev/null
    exit 0
    ;;
  migrate)
    console doctrine:migrations:migrate --allow-no-migration
    exit 0
    ;;
esac

# New code on old tables would break the shop half-way through an order. Refusing to start leaves the tasks of before
# running: ECS goes back to them.
if [ "$database" = old ] && ! console doctrine:migrations:up-to-date --list-migrations >&2; then
  echo 'the tables are older than this EC-CUBE, and the shop does not start: run this image once with the argument "migrate", see docs/patching.md' >&2
  exit 65
fi

# The media file system is empty at first. A folder appears there whole or not at all: a start that is killed half-way
# leaves a copy beside it, which one of tomorrow takes away, and of two that start at once one is first.
uploads="$SHOP_ROOT/html/upload"
find "$uploads" -mindepth 1 -maxdepth 1 -type d -name '.start-*' -mmin +60 -exec rm -rf {} +
for folder in save_image temp_image; do
  if [ ! -d "$uploads/$folder" ]; then
    copy="$(mktemp -d "$uploads/.start-XXXXXX")"
    cp -R "$SHOP_FILES/upload/$folder" "$copy/"
    mv -T "$copy/$folder" "$uploads/$folder" || [ -d "$uploads/$folder" ]
    rm -rf "$copy"
  fi
done
if [ "$database" != old ]; then
  echo 'the shop is not set up yet: run this image once with the argument "setup", see docs/patching.md' >&2
fi
console cache:warmup
exec apache2 -f "$SHOP_FILES/apache2.conf" -D FOREGROUND
