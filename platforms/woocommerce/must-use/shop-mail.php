<?php
/**
 * Plugin Name: Shop mail
 * Description: How mails leave, from the settings of the container: a mail server over TLS, Amazon SES, or not at all.
 */

defined('ABSPATH') || exit;

/** How mails leave: `smtp`, `ses`, or what the owner has to do before any does. */
function shop_mail_way(): string
{
    if (getenv('SHOP_MAIL_SES_REGION')) {
        return 'ses';
    }
    if (!getenv('SHOP_MAIL_HOST')) {
        return 'this shop sends no mail: its config says so (mail)';
    }
    return getenv('SHOP_MAIL_USER') === 'not-written-yet'
        ? 'no mail leaves before the login at the mail server is written, see docs/first-hour.md'
        : 'smtp';
}

add_filter('pre_wp_mail', static function ($done) {
    $way = shop_mail_way();
    if ($way === 'smtp') {
        return $done;
    }
    if ($way === 'ses') {
        shop_prepare_ses();
        return $done;
    }
    error_log("a mail was not sent: $way");
    return false;
}, PHP_INT_MAX);

// After every plugin: the server accepts one sender, and TLS is verified or nothing is said.
add_action('phpmailer_init', static function ($mailer): void {
    $from = (string) getenv('SHOP_MAIL_FROM');
    $byDefault = strncasecmp($mailer->From, 'wordpress@', 10) === 0;
    if (!$byDefault && strcasecmp($mailer->From, $from) !== 0 && $mailer->getReplyToAddresses() === []) {
        $mailer->addReplyTo($mailer->From, $mailer->FromName);
    }
    $mailer->setFrom($from, $mailer->FromName);
    if (shop_mail_way() === 'ses') {
        $mailer->Mailer = 'ses';
        return;
    }
    $mailer->isSMTP();
    $mailer->Host = getenv('SHOP_MAIL_HOST');
    $mailer->Port = (int) getenv('SHOP_MAIL_PORT');
    $mailer->SMTPSecure = getenv('SHOP_MAIL_TLS') === 'implicit' ? 'ssl' : 'tls';
    $mailer->SMTPOptions = [];
    $mailer->SMTPAuth = (string) getenv('SHOP_MAIL_USER') !== '';
    $mailer->Username = (string) getenv('SHOP_MAIL_USER');
    $mailer->Password = (string) getenv('SHOP_MAIL_PASSWORD');
    $mailer->Hostname = parse_url((string) getenv('SHOP_ORIGIN'), PHP_URL_HOST) ?: '';
    // A customer waits for the page meanwhile.
    $mailer->Timeout = 10;
    $mailer->SMTPDebug = 0;
}, PHP_INT_MAX);

// What the server said belongs in the log, the address of the customer does not.
add_action('wp_mail_failed', static function (WP_Error $error): void {
    error_log('a mail was not sent: ' . preg_replace('/[^\s<>"\':]+@[^\s<>"\':]+/', '(address)', $error->get_error_message()));
});

/** WordPress takes whatever mailer stands here already. */
function shop_prepare_ses(): void
{
    global $phpmailer;
    require_once ABSPATH . WPINC . '/PHPMailer/PHPMailer.php';
    require_once ABSPATH . WPINC . '/PHPMailer/SMTP.php';
    require_once ABSPATH . WPINC . '/PHPMailer/Exception.php';
    require_once getenv('SHOP_FILES') . '/ses.php';
    if (!$phpmailer instanceof ShopSesMailer) {
        $phpmailer = new ShopSesMailer(true);
        $phpmailer::$validator = static fn (string $address): bool => (bool) is_email($address);
    }
}
