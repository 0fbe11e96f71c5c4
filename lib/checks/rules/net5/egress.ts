import { isNowhere, isPublicPeer } from '../../model/network/security-groups.ts';
import { list } from '../../model/values.ts';
import { rulesWrittenIn } from '../net4/wide-group.ts';
import { defineRule, fail, pass, skip, type Verdict } from '../rule.ts';

/** Ports on which a shop talks to others: web and mail submission. */
const outward = [443, 465, 587];

/** Out of the VPC lead web and mail only: with other ports a connection needs no name that the firewall could refuse. */
export const egress = defineRule({
  invariant: 'NET5',
  finding: 'Egress',
  en: 'Security groups let out web and mail only',
  ja: 'セキュリティグループの外向き通信はWebとメールに限られる',
  appliesTo: ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'],
  judge(resource, { reachability, declared }) {
    if (!declared) return skip('not part of a declared shop');
    // EC2 opens a new group to everywhere when its own rules are none, before separate ones are added.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html
    if (
      resource.type === 'AWS::EC2::SecurityGroup' &&
      list(resource.properties.SecurityGroupEgress).length === 0
    )
      return fail('lets everything out: SecurityGroupEgress is not set; expected one rule, be it to nowhere');
    const rules = rulesWrittenIn(resource, reachability).filter((rule) => rule.direction === 'egress');
    if (rules.length === 0) return pass('lets nothing out by itself');
    return rules.map((rule): Verdict => {
      if (isNowhere(rule.peer)) return pass('lets nothing out');
      if (rule.ports.from !== rule.ports.to)
        return fail(`lets out ports ${rule.ports.from}-${rule.ports.to}`);
      if (!isPublicPeer(rule.peer)) return pass(`leads inside on port ${rule.ports.from}`);
      return outward.includes(rule.ports.from)
        ? pass(`leads out on port ${rule.ports.from}`)
        : fail(`leads out on port ${rule.ports.from}`);
    });
  },
});
