<?php

namespace Customize\Resource\Shop;

use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpKernel\CacheWarmer\WarmableInterface;
use Symfony\Component\Routing\Matcher\RequestMatcherInterface;
use Symfony\Component\Routing\RequestContext;
use Symfony\Component\Routing\RouteCollection;
use Symfony\Component\Routing\RouterInterface;

/**
 * Whole addresses lead to the host that serves them, whoever asks: admin screens to the admin host, everything else to
 * the shop. A mail that staff causes would otherwise send its customer to a host that only the VPN reaches.
 */
final class PublicRouter implements RouterInterface, RequestMatcherInterface, WarmableInterface
{
    public function __construct(
        private readonly RouterInterface $router,
        private readonly string $shopOrigin,
        private readonly string $adminOrigin,
        private readonly string $adminRoute,
    ) {
    }

    public function generate(string $name, array $parameters = [], int $referenceType = self::ABSOLUTE_PATH): string
    {
        $address = $this->router->generate($name, $parameters, $referenceType);
        if ($referenceType !== self::ABSOLUTE_URL && $referenceType !== self::NETWORK_PATH) {
            return $address;
        }
        $path = preg_replace('#^([a-z]+:)?//[^/?\#]*#i', '', $address);
        $origin = preg_match('#^(/index\.php)?/' . preg_quote($this->adminRoute, '#') . '(/|\?|\#|$)#', $path) === 1
            ? $this->adminOrigin
            : $this->shopOrigin;
        return ($referenceType === self::ABSOLUTE_URL ? $origin : preg_replace('#^https?:#', '', $origin)) . $path;
    }

    public function match(string $pathinfo): array
    {
        return $this->router->match($pathinfo);
    }

    public function matchRequest(Request $request): array
    {
        return $this->router instanceof RequestMatcherInterface
            ? $this->router->matchRequest($request)
            : $this->router->match($request->getPathInfo());
    }

    public function getRouteCollection(): RouteCollection
    {
        return $this->router->getRouteCollection();
    }

    public function setContext(RequestContext $context): void
    {
        $this->router->setContext($context);
    }

    public function getContext(): RequestContext
    {
        return $this->router->getContext();
    }

    public function warmUp(string $cacheDir, ?string $buildDir = null): array
    {
        return $this->router instanceof WarmableInterface ? $this->router->warmUp($cacheDir, $buildDir) : [];
    }
}
