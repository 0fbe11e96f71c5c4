/** What other scanners find in the templates of the examples, and why it stays. */
export const explained: readonly {
  readonly scanner: string;
  readonly rule: string;
  /** The logical ids of which this is so. */
  readonly resource: RegExp;
  readonly where: string;
  readonly why: string;
}[] = [
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_18',
    resource: /^AccessLogs[0-9A-F]{8}$/,
    where: 'the bucket of access logs',
    why: 'Logging into itself would never end ([source](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html))',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_27',
    resource: /^ThreatsFindings(Untold)?[0-9A-F]{8}$/,
    where: 'the queues of findings',
    why: 'Encrypted by SQS itself: whoever can disable a key of ours cannot keep a finding back',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_32',
    resource: /^Images(Candidates|Repository)[0-9A-F]{8}$/,
    where: 'image repositories',
    why: 'The statement with `*` is a denial',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_116',
    resource: /^TeardownFunction/,
    where: 'the function that empties a disposable environment',
    why: 'CloudFormation waits for its answer and reports its failure: nothing calls it without somebody who waits',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_117',
    resource: /^TeardownFunction/,
    where: 'the function that empties a disposable environment',
    why: 'It stands outside the VPC, which goes before the log buckets do; it reaches the APIs of AWS only',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_157',
    resource: /^DatabaseInstance[0-9A-F]{8}$/,
    where: 'the database of `starter`',
    why: 'One zone is what a small tier pays for; `database.standby` gives it a second one ([costs](cost-decisions.md))',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_192',
    resource: /^WebAcl[0-9A-F]{8}$/,
    where: "`waf: { mode: 'count' }`",
    why: 'That is what the setting means; it is not for production',
  },
  {
    scanner: 'cfn-lint',
    rule: 'W3005',
    resource: /./,
    where: 'everywhere',
    why: 'A `DependsOn` that a reference implies already: the CDK writes both, and CloudFormation does the same with either',
  },
];
