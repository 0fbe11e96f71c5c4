<?php

namespace Customize\Resource\Shop;

use Symfony\Component\Mailer\Exception\TransportException;
use Symfony\Component\Mailer\Transport\Smtp\EsmtpTransport;

/**
 * Symfony's own uses STARTTLS where the server offers it, and otherwise says login and mail in the clear; its option
 * `require_tls` came with 7.3, EC-CUBE 4.3 has 6.4. https://symfony.com/doc/current/mailer.html
 */
final class RequiredTlsTransport extends EsmtpTransport
{
    private bool $encrypted = false;
    private string $before = '';

    public function executeCommand(string $command, array $codes): string
    {
        $word = strtoupper(strtok($command, " \r\n") ?: '');
        // A connection begins with a greeting; the greeting after STARTTLS goes through TLS.
        if (($word === 'EHLO' || $word === 'HELO') && $this->before !== 'STARTTLS') {
            $this->encrypted = false;
        }
        if (!$this->encrypted && !in_array($word, ['EHLO', 'HELO', 'STARTTLS', 'NOOP', 'RSET', 'QUIT'], true)) {
            throw new TransportException('The mail server offers no STARTTLS: neither login nor mail was sent.');
        }
        $answer = parent::executeCommand($command, $codes);
        $this->encrypted = $this->encrypted || $word === 'STARTTLS';
        $this->before = $word;
        return $answer;
    }
}
