<?php

namespace Customize\Resource\Shop;

use Symfony\Component\Mailer\Transport\AbstractTransportFactory;
use Symfony\Component\Mailer\Transport\Dsn;
use Symfony\Component\Mailer\Transport\TransportInterface;

/** `shop+starttls://user:password@host:587` */
final class RequiredTlsTransportFactory extends AbstractTransportFactory
{
    public function create(Dsn $dsn): TransportInterface
    {
        $transport = new RequiredTlsTransport($dsn->getHost(), $dsn->getPort(587), false, $this->dispatcher, $this->logger);
        return $transport->setUsername($dsn->getUser() ?? '')->setPassword($dsn->getPassword() ?? '');
    }

    protected function getSupportedSchemes(): array
    {
        return ['shop+starttls'];
    }
}
