import type { Translation } from '../../../cli/language/pattern.ts';

/** What `secure-shop plan` says EC2, CloudFront, WAF and Route 53 demand of a template, in Japanese. */
export const networkDemandAnswers: readonly Translation[] = [
  // Addresses, places and connections.
  ['has {} {}, which is no block of addresses', '{1} が {2} ですが、アドレスブロックではありません'],
  [
    'Write the first address of a block and its size, such as 10.20.0.0/16.',
    '10.20.0.0/16 のように、ブロックの最初のアドレスと大きさを書いてください。',
  ],
  [
    'has CidrBlock {}; AWS takes /16 to /28 (InvalidVpc.Range, InvalidSubnet.Range)',
    'CidrBlock が {1} です。AWS が受け付けるのは /16 から /28 です（InvalidVpc.Range、InvalidSubnet.Range）',
  ],
  ['Write a block of another size.', '別の大きさのブロックを書いてください。'],
  [
    'has CidrBlock {}, which is not inside {} (InvalidSubnet.Range)',
    'CidrBlock {1} が {2} の中にありません（InvalidSubnet.Range）',
  ],
  ['Write a block of the VPC.', 'VPC の中のブロックを書いてください。'],
  [
    'has ClientCidrBlock {}; Client VPN takes /12 to /22',
    'ClientCidrBlock が {1} です。Client VPN が受け付けるのは /12 から /22 です',
  ],
  [
    'gives its clients addresses of {}, which must not overlap',
    'クライアントのアドレスが {1} と重なりますが、重ねられません',
  ],
  ['Write a block of that size outside the VPC.', 'VPC の外で、その大きさのブロックを書いてください。'],
  [
    'associates a second subnet of {}, where {} has one (InvalidClientVpnDuplicateAssociation)',
    '{2} が既にあるゾーン {1} で、二つ目のサブネットを関連付けます（InvalidClientVpnDuplicateAssociation）',
  ],
  ['Associate one subnet of each zone.', 'ゾーンごとに一つのサブネットを関連付けてください。'],
  [
    'stands twice in one zone (InvalidConfigurationRequest)',
    '一つのゾーンに二つのサブネットがあります（InvalidConfigurationRequest）',
  ],
  [
    'stands in one zone; an application load balancer needs two',
    'ゾーンが一つだけです。Application Load Balancer には二つ要ります',
  ],
  [
    'Name one subnet in each of two zones or more.',
    '二つ以上のゾーンで、それぞれ一つのサブネットを書いてください。',
  ],
  [
    'has {} {} rules, a prefix list counted as its entries; EC2 takes {} (RulesPerSecurityGroupLimitExceeded)',
    '{2}ルールが {1} 件です（プレフィックスリストはエントリの数で数えます）。EC2 が受け付けるのは {3} 件までです（RulesPerSecurityGroupLimitExceeded）',
  ],
  ['inbound', '受信'],
  ['outbound', '送信'],
  [
    'Let in a security group instead of addresses, or have the quota raised.',
    'アドレスの代わりにセキュリティグループを許可するか、上限の引き上げを申請してください。',
  ],
  [
    'has a rule for the ports {} to {} (InvalidParameterValue)',
    'ルールのポートが {1} から {2} です（InvalidParameterValue）',
  ],
  ['Write the lower port first, 0 to 65535.', '0 から 65535 で、小さいポートを先に書いてください。'],
  [
    'is to stand in {}, which is no zone of {} (InvalidParameterValue)',
    'ゾーン {1} に置かれますが、{2} のゾーンではありません（InvalidParameterValue）',
  ],
  ['Name a zone of its own region.', '自分のリージョンのゾーンを書いてください。'],
  [
    'names {} in {}, which is in {}, while it stands in {} itself',
    '{2} に {1} を書いていますが、それは {3} にあり、これ自身は {4} にあります',
  ],
  ['Name one of its own region.', '自分のリージョンのものを書いてください。'],
  [
    'stands in two VPCs: {} is of {}, {} of {} (InvalidParameterValue)',
    '二つの VPC にまたがります：{1} は {2}、{3} は {4} のものです（InvalidParameterValue）',
  ],
  [
    'Name subnets and security groups of one VPC.',
    '一つの VPC のサブネットとセキュリティグループを書いてください。',
  ],

  // CloudFront, WAF, certificates and records.
  [
    'takes a {} from {}; CloudFront takes it from {} only (InvalidViewerCertificate, InvalidWebACLId)',
    '{1}が {2} のものです。CloudFront が受け付けるのは {3} のものだけです（InvalidViewerCertificate、InvalidWebACLId）',
  ],
  ['certificate', '証明書'],
  ['web ACL', 'ウェブ ACL '],
  ['Make it in a stack in {}.', '{1} のスタックで作ってください。'],
  [
    'is for CloudFront, and stands in {} (WAFInvalidParameterException)',
    'CloudFront 用ですが、{1} にあります（WAFInvalidParameterException）',
  ],
  [
    'logs to {} (WAFLogDestinationPermissionIssueException)',
    'ログの送り先が {1} です（WAFLogDestinationPermissionIssueException）',
  ],
  [
    'Name a log group that begins with aws-waf-logs-, and end its ARN after the name.',
    'aws-waf-logs- で始まるロググループを書き、ARN はその名前で終えてください。',
  ],
  [
    'names a metric "{}", which WAF keeps for itself or does not take (WAFInvalidParameterException)',
    'メトリクスの名前「{1}」は、WAF が自分で使うか、受け付けません（WAFInvalidParameterException）',
  ],
  [
    'Write letters, digits and _-, and neither All nor Default_Action.',
    '英数字と _- で書いてください。All と Default_Action は使えません。',
  ],
  ['compares with {} characters, at most 200', '{1} 文字と比べます。最大は 200 文字です'],
  ['has {} rate rules, at most 10', 'レートベースのルールが {1} 件あります。最大は 10 件です'],
  ['limits a rate to {}, at least 10', 'レートの上限が {1} です。最小は 10 です'],
  [
    'counts over {} s, where WAF takes 60, 120, 300 or 600',
    '{1} 秒間で数えます。WAF が受け付けるのは 60、120、300、600 秒です',
  ],
  ['names {} countries, at most 50', '国が {1} あります。最大は 50 です'],
  ['transforms {} times, at most 10', '{1} 回変換します。最大は 10 回です'],
  [
    'Write another number, or spread it over several statements.',
    '別の数を書くか、複数のステートメントに分けてください。',
  ],
  [
    'has the alias {}, which its certificate does not name (InvalidViewerCertificate)',
    '別名 {1} が証明書にありません（InvalidViewerCertificate）',
  ],
  ['Add the name to the certificate.', 'その名前を証明書に加えてください。'],
  [
    'sends requests to the origin {}, which it does not have (NoSuchOrigin)',
    'ないオリジン {1} にリクエストを送ります（NoSuchOrigin）',
  ],
  ['Write the Id of one of its origins.', 'あるオリジンの Id を書いてください。'],
  [
    'says how {} is validated, which it does not name (ValidationException)',
    '{1} の検証方法がありますが、証明書にその名前がありません（ValidationException）',
  ],
  ['Write the names of the certificate.', '証明書の名前を書いてください。'],
  [
    'gives {} a CNAME record, where {} gives it one of type {} (InvalidChangeBatch, "conflicts with other records")',
    '{1} に CNAME レコードを付けますが、{2} がタイプ {3} のレコードを付けます（InvalidChangeBatch、"conflicts with other records"）',
  ],
  [
    'gives {}, the name of its zone, a CNAME record (InvalidChangeBatch, "not permitted at apex")',
    'ゾーン自身の名前 {1} に CNAME レコードを付けます（InvalidChangeBatch、"not permitted at apex"）',
  ],
  [
    'Write an A record with an AliasTarget, or another name.',
    'AliasTarget のある A レコードか、別の名前を書いてください。',
  ],
  [
    'has the value {}, which is none of type {} (InvalidChangeBatch)',
    '値 {1} は、タイプ {2} のものではありません（InvalidChangeBatch）',
  ],
  ['Put it in double quotes.', '二重引用符で囲んでください。'],
  ['Write a value of that type.', 'そのタイプの値を書いてください。'],
];
