<?php
// Mails through the API of Amazon SES, signed with the credentials that ECS gives the task and renews.

defined('ABSPATH') || exit;

/** PHPMailer calls the method that is named after its `Mailer`. */
final class ShopSesMailer extends PHPMailer\PHPMailer\PHPMailer
{
    /** @throws PHPMailer\PHPMailer\Exception when SES did not take the mail */
    protected function sesSend(string $header, string $body): bool
    {
        $addresses = static fn (array $list): array => array_column($list, 0);
        // https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
        $request = json_encode([
            'FromEmailAddress' => $this->From,
            'Destination' => [
                'ToAddresses' => $addresses($this->getToAddresses()),
                'CcAddresses' => $addresses($this->getCcAddresses()),
                'BccAddresses' => $addresses($this->getBccAddresses()),
            ],
            'Content' => ['Raw' => ['Data' => base64_encode("$header\r\n$body")]],
        ], JSON_THROW_ON_ERROR);
        $region = (string) getenv('SHOP_MAIL_SES_REGION');
        $endpoint = getenv('AWS_ENDPOINT_URL_SESV2') ?: "https://email.$region.amazonaws.com";
        $path = '/v2/email/outbound-emails';
        $headers = shop_signed(parse_url($endpoint), $path, $request, $region, shop_task_credentials(), time());
        $answer = wp_remote_post($endpoint . $path, ['headers' => $headers, 'body' => $request, 'timeout' => 10]);
        $status = wp_remote_retrieve_response_code($answer);
        if ($status === 200) {
            return true;
        }
        $why = is_wp_error($answer)
            ? $answer->get_error_message()
            : json_decode(wp_remote_retrieve_body($answer), true)['message'] ?? 'no reason given';
        throw new PHPMailer\PHPMailer\Exception("SES answers $status: $why");
    }
}

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 *
 * @return array{AccessKeyId: string, SecretAccessKey: string, Token: string}
 */
function shop_task_credentials(): array
{
    $address = getenv('AWS_CONTAINER_CREDENTIALS_FULL_URI')
        ?: 'http://169.254.170.2' . getenv('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
    $answer = json_decode(wp_remote_retrieve_body(wp_remote_get($address, ['timeout' => 3])), true);
    if (!isset($answer['AccessKeyId'], $answer['SecretAccessKey'], $answer['Token'])) {
        throw new PHPMailer\PHPMailer\Exception('ECS gives this task no credentials');
    }
    return $answer;
}

/**
 * Headers of a request to SES, signed by AWS Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function shop_signed(array $endpoint, string $path, string $body, string $region, array $credentials, int $now): array
{
    $time = gmdate('Ymd\THis\Z', $now);
    $scope = substr($time, 0, 8) . "/$region/ses/aws4_request";
    $headers = [
        'content-type' => 'application/json',
        'host' => $endpoint['host'] . (isset($endpoint['port']) ? ":{$endpoint['port']}" : ''),
        'x-amz-date' => $time,
        'x-amz-security-token' => $credentials['Token'],
    ];
    $lines = '';
    foreach ($headers as $name => $value) {
        $lines .= "$name:$value\n";
    }
    $names = implode(';', array_keys($headers));
    $canonical = "POST\n$path\n\n$lines\n$names\n" . hash('sha256', $body);
    $key = 'AWS4' . $credentials['SecretAccessKey'];
    foreach (explode('/', $scope) as $part) {
        $key = hash_hmac('sha256', $part, $key, true);
    }
    $signature = hash_hmac('sha256', "AWS4-HMAC-SHA256\n$time\n$scope\n" . hash('sha256', $canonical), $key);
    return $headers + [
        'authorization' => "AWS4-HMAC-SHA256 Credential={$credentials['AccessKeyId']}/$scope, SignedHeaders=$names, Signature=$signature",
    ];
}
