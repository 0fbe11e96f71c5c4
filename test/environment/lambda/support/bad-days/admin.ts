import { expect } from 'vitest';
import type { Input } from '../bad-aws.ts';
import { aws, type Row, throws } from '../bad-day.ts';

export const adminRows: Readonly<Record<string, Row>> = {
  'client-connect': {
    environment: () => ({
      RULES: JSON.stringify({ people: [{ name: 'hana' }], timeZone: 'Asia/Tokyo', singleSignOn: false }),
      REGISTER: '/shop/certificates',
    }),
    event: () => ({ 'common-name': 'hana.1', username: '' }),
    answers: () => ({
      GetParametersByPath: ({ NextToken }) =>
        NextToken === undefined
          ? {
              Parameters: [
                {
                  Name: '/shop/certificates/hana/1',
                  Value: JSON.stringify({
                    serial: '01',
                    notBefore: '2026-10-01T00:00:00Z',
                    notAfter: '2027-10-01T00:00:00Z',
                    authority: 'ab'.repeat(32),
                  }),
                },
              ],
              NextToken: 'more',
            }
          : { Parameters: [{ Name: '/shop/certificates/hana/1/outcome', Value: 'issued' }] },
    }),
    right: ({ results }) => expect(results[0]).toMatchObject({ allow: true }),
    once: ({ results }) => expect(results).toMatchObject([{ allow: true }, { allow: true }, { allow: true }]),
    givesUp: (_failed, { results }) => expect(results[0]).toMatchObject({ allow: false }),
  },
  'vpn-door': {
    environment: () => ({
      SETTINGS: JSON.stringify({
        endpointId: 'cvpn-endpoint-1',
        subnetIds: ['subnet-a'],
        vpcId: 'vpc-1',
        securityGroupId: 'sg-clients',
        schedule: 'shop-vpn-door',
        scheduleRoleArn: 'arn:aws:iam::111122223333:role/schedule',
        topicArn: 'arn:aws:sns:ap-northeast-1:111122223333:alarms',
        environment: 'shop production',
        opens: 'on-demand',
        timeZone: 'Asia/Tokyo',
      }),
    }),
    event: () => ({ action: 'open', hours: 3, by: 'hana' }),
    answers() {
      const attached: string[] = [];
      let schedule: Input | undefined;
      const missing = { __type: 'ResourceNotFoundException' };
      const write = (input: Input) => {
        schedule = input;
        return { ScheduleArn: 'arn' };
      };
      return {
        DescribeClientVpnTargetNetworks({ NextToken }) {
          if (NextToken === undefined) return '<Response><nextToken>more</nextToken></Response>';
          const items = attached.map(
            (subnet) =>
              `<item><associationId>a</associationId><targetNetworkId>${subnet}</targetNetworkId><status><code>associating</code></status></item>`,
          );
          return `<Response><clientVpnTargetNetworks>${items.join('')}</clientVpnTargetNetworks></Response>`;
        },
        AssociateClientVpnTargetNetwork({ SubnetId }) {
          if (!attached.includes(String(SubnetId))) attached.push(String(SubnetId));
          return '<Response><associationId>a</associationId></Response>';
        },
        GetSchedule: () => schedule ?? missing,
        CreateSchedule: write,
        UpdateSchedule: (input) => (schedule === undefined ? missing : write(input)),
        Publish: () =>
          '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
      };
    },
    right({ results }) {
      expect(results[0]).toMatchObject({ state: 'opening', by: 'hana' });
      expect(results[0]).toMatchObject({ until: expect.stringMatching(/^2026-11-24T15:0[01]:/) });
      expect(aws.inputsOf('AssociateClientVpnTargetNetwork')).toHaveLength(1);
      expect(aws.inputsOf('Publish')).toHaveLength(1);
    },
    again({ results }) {
      expect(results[0]).toMatchObject({
        state: 'opening',
        until: expect.stringMatching(/^2026-11-24T15:0[01]:/),
      });
      expect(
        new Set(aws.inputsOf('AssociateClientVpnTargetNetwork').map(({ SubnetId }) => SubnetId)).size,
      ).toBe(1);
      expect(aws.inputsOf('Publish').length).toBeGreaterThan(0);
    },
    once({ results }) {
      for (const result of results)
        expect(result).toMatchObject({ until: expect.stringMatching(/^2026-11-24T15:0[01]:/) });
      expect(aws.inputsOf('CreateSchedule').length).toBeGreaterThan(0);
    },
    givesUp: throws,
    resource: {
      properties: { EndpointId: 'cvpn-endpoint-1' },
      absent: {
        DescribeClientVpnTargetNetworks: () => ({ __type: 'InvalidClientVpnEndpointId.NotFound' }),
        DeleteSchedule: () => ({ __type: 'ResourceNotFoundException' }),
      },
    },
  },
};
