<?php

namespace Customize\Resource\Shop;

use Symfony\Component\EventDispatcher\EventSubscriberInterface;
use Symfony\Component\Mailer\Event\MessageEvent;
use Symfony\Component\Mime\Address;
use Symfony\Component\Mime\Email;

/** The mail server accepts one sender; whom EC-CUBE names instead gets the answers. */
final class ShopSender implements EventSubscriberInterface
{
    public function __construct(private readonly string $address)
    {
    }

    public static function getSubscribedEvents(): array
    {
        // After whatever a plugin makes of the mail.
        return [MessageEvent::class => ['send', -1000]];
    }

    public function send(MessageEvent $event): void
    {
        $mail = $event->getMessage();
        if ($this->address === '' || !$mail instanceof Email) {
            return;
        }
        $named = $mail->getFrom()[0] ?? new Address($this->address);
        if (strcasecmp($named->getAddress(), $this->address) !== 0 && $mail->getReplyTo() === []) {
            $mail->replyTo($named);
        }
        $mail->from(new Address($this->address, $named->getName()));
        $event->getEnvelope()->setSender(new Address($this->address));
    }
}
