import { type Check, problem, ready } from '../../account/check.ts';
import { existingResource } from '../../account/existing-resource.ts';

const about = 'Connection to the repository';

/** The pipeline may read the repository of the shop's image. */
export const sourceConnection: Check = {
  id: 'source-connection',
  title: about,
  source: 'https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html',
  async ask(account) {
    const arn = account.environment.patching.source?.connectionArn;
    if (arn === undefined) return [];
    const [, , service = '', region = account.environment.region] = arn.split(':');
    const type =
      service === 'codeconnections'
        ? 'AWS::CodeConnections::Connection'
        : 'AWS::CodeStarConnections::Connection';
    const found = await existingResource(account, region, type, arn);
    if (found.kind === 'missing') {
      return [
        problem(about, `${arn} does not exist`, [
          'Make it in the console: Developer Tools, Connections; then write its ARN into patching.source.',
        ]),
      ];
    }
    if (found.kind === 'unseen') {
      return [
        {
          standing: 'hidden',
          about,
          says: 'these credentials are not allowed to see it',
          todo: 'It must be "available", and not "pending".',
          commands: [`aws codeconnections get-connection --region ${region} --connection-arn ${arn}`],
        },
      ];
    }
    const status = String(found.properties.ConnectionStatus ?? '');
    return [
      status === 'AVAILABLE'
        ? ready(about, 'is available')
        : problem(about, `is not available (${status}): no image would ever be built`, [
            'Confirm it in the console: Developer Tools, Connections, "Update pending connection".',
          ]),
    ];
  },
};
