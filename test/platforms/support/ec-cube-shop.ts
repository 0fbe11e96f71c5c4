import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../lib/cli/package-root.ts';
import { type Container, launch, phpModule } from './php-shop.ts';

const symfony = '/usr/share/php/Symfony/Component';
export const installEcCube =
  'apt-get install --no-install-recommends apache2 libapache2-mod-php php-cli php-pgsql php-symfony-http-foundation php-symfony-mailer php-symfony-routing php-symfony-yaml';
export const canPlayEcCube =
  phpModule !== undefined &&
  ['EventDispatcher', 'HttpFoundation', 'Mailer', 'Mime', 'Routing', 'Yaml'].every((part) =>
    existsSync(join(symfony, part, 'autoload.php')),
  ) &&
  ['8.2', '8.3', '8.4', '8.5'].some((version) => existsSync(`/etc/php/${version}/mods-available/pgsql.ini`));

/**
 * EC-CUBE itself cannot be fetched here. In its place stands what of it our configuration is for, built on the Symfony
 * components it is built on: a front controller that reads what EC-CUBE's reads, and sessions made from our shop.yaml.
 */
const frontController = `<?php
require '${symfony}/HttpFoundation/autoload.php';
require '${symfony}/Yaml/autoload.php';
use Symfony\\Component\\HttpFoundation\\Request;
use Symfony\\Component\\HttpFoundation\\Session\\Session;
use Symfony\\Component\\HttpFoundation\\Session\\Storage\\NativeSessionStorage;

error_reporting(E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED);
if (!isset($_SERVER['APP_ENV'])) { http_response_code(500); exit('reads an .env file'); }
$trustedHosts = isset($_SERVER['TRUSTED_HOSTS']) ? $_SERVER['TRUSTED_HOSTS'] : false;
if ($trustedHosts) Request::setTrustedHosts(explode(',', $trustedHosts));
$request = Request::createFromGlobals();
try { $request->getHost(); } catch (\\Exception $error) { http_response_code(400); exit('untrusted host'); }

$yaml = Symfony\\Component\\Yaml\\Yaml::parseFile(getenv('SHOP_ROOT') . '/app/config/eccube/packages/prod/zz_shop.yaml');
$session = $yaml['framework']['session'];
$service = $yaml['services'][$session['handler_id']];
$arguments = array_map(
    static fn ($argument) => $argument === '%env(DATABASE_URL)%' ? $_ENV['DATABASE_URL'] ?? getenv('DATABASE_URL') : $argument,
    $service['arguments']);
unset($session['handler_id']);
require __DIR__ . '/shop-services.php';
$cart = new Session(new NativeSessionStorage($session + ['name' => 'eccube'], new $service['class'](...$arguments)));
$cart->set('items', $cart->get('items', 0) + 1);
$items = $cart->get('items');
$cart->save();
header('Content-Type: application/json');
echo json_encode(['items' => $items, 'secure' => $request->isSecure(), 'path' => $request->getPathInfo(),
    'client' => $request->getClientIp(), 'maintenance' => getenv('ECCUBE_MAINTENANCE_FILE_PATH')]);
`;

/** What Symfony's container makes of the services of our shop.yaml, with the components of Debian. */
const shopServices = `<?php
namespace Symfony\\Component\\HttpKernel\\CacheWarmer { interface WarmableInterface { public function warmUp(string $cacheDir); } }
namespace {
use Symfony\\Component\\Routing\\Route;
foreach (['EventDispatcher', 'Mailer', 'Mime', 'Routing'] as $part) require "${symfony}/$part/autoload.php";
foreach (glob(getenv('SHOP_ROOT') . '/app/Customize/Resource/Shop/*.php') as $file) require_once $file;

$made = static function (string $id, mixed ...$services) use ($yaml): object {
    ['class' => $class, 'arguments' => $arguments] = $yaml['services'][$id] + ['arguments' => []];
    return new $class(...array_map(static fn ($argument) => match (true) {
        $argument === '@.inner' => $services[0],
        $argument === '%eccube_admin_route%' => getenv('ECCUBE_ADMIN_ROUTE') ?: 'admin',
        default => (string) getenv(preg_replace('/^%env\\((.*)\\)%$/', '$1', $argument)),
    }, $arguments));
};
if ($request->getPathInfo() === '/addresses') {
    $routes = new Symfony\\Component\\Routing\\RouteCollection();
    $routes->add('homepage', new Route('/', schemes: ['https']));
    $routes->add('entry_activate', new Route('/entry/activate/{secret_key}', schemes: ['https']));
    $routes->add('admin_order_edit', new Route('/admin/order/{id}/edit', schemes: ['https']));
    $routes->add('administration', new Route('/administration', schemes: ['https']));
    $context = (new Symfony\\Component\\Routing\\RequestContext())->fromRequest($request);
    $router = $made('shop.router', new class($routes, $context) extends Symfony\\Component\\Routing\\Generator\\UrlGenerator implements Symfony\\Component\\Routing\\RouterInterface {
        public function getRouteCollection() { return $this->routes; }
        public function match(string $pathinfo): array { return []; }
    });
    $addresses = [];
    foreach (['homepage' => [], 'entry_activate' => ['secret_key' => 'a b', 'x' => '/admin/'], 'admin_order_edit' => ['id' => 3], 'administration' => []] as $name => $parameters) {
        $addresses[$name] = [$router->generate($name, $parameters, $router::ABSOLUTE_URL), $router->generate($name, $parameters)];
    }
    exit(json_encode($addresses + ['network' => $router->generate('homepage', [], $router::NETWORK_PATH)]));
}
if ($request->getPathInfo() === '/mail') {
    $events = new Symfony\\Component\\EventDispatcher\\EventDispatcher();
    $events->addSubscriber($made('shop.mail_sender'));
    $factories = [...Symfony\\Component\\Mailer\\Transport::getDefaultFactories($events),
        new ($yaml['services']['shop.mail_transport']['class'])($events)];
    $transport = (new Symfony\\Component\\Mailer\\Transport($factories))->fromString(getenv('MAILER_DSN'));
    $mail = (new Symfony\\Component\\Mime\\Email())->from('Midori tea <staff@example.jp>')
        ->to('customer@example.com')->subject('Order ' . $request->query->get('number'))->text('thank you');
    try {
        $transport->send($mail);
        exit(json_encode(['sent' => true]));
    } catch (Symfony\\Component\\Mailer\\Exception\\TransportExceptionInterface $error) {
        exit(json_encode(['sent' => false, 'why' => $error->getMessage()]));
    }
}
}
`;

/** Its console: notes what it was asked, and makes two tables, the second of which tells a shop that is set up. */
const console = `<?php
file_put_contents('php://stderr', implode(' ', array_slice($argv, 1)) . "\\n");
if ($argv[1] === 'doctrine:migrations:up-to-date') exit(getenv('SHOP_TEST_PENDING') ? 1 : 0);
if ($argv[1] === 'doctrine:schema:drop') {
    require getenv('SHOP_FILES') . '/database.php';
    shop_ask(shop_database(), 'DROP TABLE IF EXISTS dtb_authority, dtb_base_info');
}
if ($argv[1] === 'doctrine:schema:create') {
    require getenv('SHOP_FILES') . '/database.php';
    shop_ask(shop_database(), 'CREATE TABLE dtb_authority (id INTEGER PRIMARY KEY)');
    if (getenv('SHOP_TEST_KILL') === 'in schema:create') exec('kill -9 0');
    shop_ask(shop_database(), 'CREATE TABLE dtb_base_info (id INTEGER PRIMARY KEY)');
}
if ($argv[1] === 'eccube:fixtures:load') {
    require getenv('SHOP_FILES') . '/database.php';
    shop_ask(shop_database(), 'INSERT INTO dtb_base_info VALUES (1)');
}
`;

/** What an archive of EC-CUBE holds, as far as our files have to do with it. */
export function writeStandIn(root: string): void {
  for (const folder of [
    'app/config/eccube/packages/prod',
    'app/Customize/Resource',
    'bin',
    'vendor',
    'tests',
    'var',
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const folder of ['save_image', 'temp_image']) {
    mkdirSync(join(root, 'html', 'upload', folder), { recursive: true });
  }
  writeFileSync(join(root, 'html', 'upload', 'save_image', 'no_image.png'), 'a picture');
  writeFileSync(join(root, 'vendor', 'autoload.php'), '<?php echo "source code";');
  writeFileSync(join(root, 'index.php'), frontController);
  writeFileSync(join(root, 'shop-services.php'), shopServices);
  writeFileSync(join(root, 'bin', 'console'), console);
}

/**
 * Runs a command in its own name, and then ends the whole start when it was the one to end after, such as "cp 2". The web
 * server ends at once.
 */
const counted = `#!/bin/sh
name="$(basename "$0")"
[ "$name" = apache2 ] && exit 0
number=$(($(cat "$SHOP_TEST_CALLS/$name" 2>/dev/null || echo 0) + 1))
echo "$number" >"$SHOP_TEST_CALLS/$name"
if [ "$SHOP_TEST_KILL" = "in $name $number" ]; then
  mkdir "$3$(basename "$2")"
  kill -9 0
fi
PATH="\${PATH#*:}" "$name" "$@"
code=$?
[ "$SHOP_TEST_KILL" = "$name $number" ] && kill -9 0
exit "$code"
`;

export class EcCubeShop {
  readonly folder = mkdtempSync(join(tmpdir(), 'secure-shop-eccube-'));
  readonly root = join(this.folder, 'html');
  readonly files = join(this.folder, 'files');
  readonly #running = new Set<Container>();

  constructor(databaseAuthority: string) {
    chmodSync(this.folder, 0o755);
    const platform = join(packageRoot, 'platforms', 'ec-cube');
    cpSync(platform, this.files, { recursive: true });
    for (const folder of ['save_image', 'temp_image']) {
      mkdirSync(join(this.files, 'upload', folder), { recursive: true });
    }
    writeFileSync(join(this.files, 'upload', 'save_image', 'no_image.png'), 'a picture');

    const settings = join(this.root, 'app', 'config', 'eccube', 'packages', 'prod');
    writeStandIn(this.root);
    cpSync(join(platform, 'shop.yaml'), join(settings, 'zz_shop.yaml'));
    cpSync(join(platform, 'customize'), join(this.root, 'app', 'Customize', 'Resource', 'Shop'), {
      recursive: true,
    });
    rmSync(join(this.root, 'html', 'upload'), { recursive: true });
    const uploads = join(this.root, 'html', 'upload');
    mkdirSync(uploads, { recursive: true });
    if (userInfo().uid === 0) chownSync(uploads, 33, 33);
    cpSync(join(platform, 'php.ini'), join(this.folder, 'ini', '10-shop.ini'));
    writeFileSync(join(this.folder, 'authority.pem'), databaseAuthority);
    const authority = join(this.folder, 'authority.pem');
    writeFileSync(join(this.folder, 'ini', '20-authority.ini'), `openssl.cafile = ${authority}\n`);
  }

  settings(changes: Readonly<Record<string, string>>): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      PHP_INI_SCAN_DIR: `:${join(this.folder, 'ini')}`,
      SHOP_FILES: this.files,
      SHOP_ROOT: this.root,
      SHOP_PHP_MODULE: phpModule ?? '',
      SHOP_DATABASE_CA: join(this.folder, 'authority.pem'),
      SHOP_ORIGIN: 'https://shop.example.jp',
      SHOP_ADMIN_ORIGIN: 'https://admin.shop.example.jp:8443',
      ECCUBE_AUTH_MAGIC: 'magic',
      APP_SECRET: 'secret',
      ...changes,
    };
  }

  /** Starts a container that ends after one of its commands, or without a web server. */
  async cutOff(settings: Record<string, string>, kill: string, ...args: string[]): Promise<Container> {
    const calls = mkdtempSync(join(this.folder, 'calls-'));
    chmodSync(calls, 0o777);
    for (const name of ['apache2', 'cp', 'mktemp', 'mv', 'php', 'rm']) {
      writeFileSync(join(calls, name), counted, { mode: 0o755 });
    }
    const environment = {
      ...settings,
      PATH: `${calls}:${settings.PATH}`,
      SHOP_TEST_CALLS: `${calls}/called`,
      SHOP_TEST_KILL: kill,
    };
    mkdirSync(join(calls, 'called'));
    chmodSync(join(calls, 'called'), 0o777);
    return this.launch(environment, ...args);
  }

  async launch(settings: Record<string, string>, ...args: string[]): Promise<Container> {
    const container = await launch(join(this.files, 'start.sh'), settings, this.folder, ...args);
    this.#running.add(container);
    return container;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((container) => container.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
