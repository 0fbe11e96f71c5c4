/**
 * How AWS Backup begins the name of everything that a restore test makes. Only under it may anything be changed.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export const copyPrefix = 'awsbackup-restore-test-';
