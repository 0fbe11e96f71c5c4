import { isForeignAccount, isRestricted, statementsOf } from '../../model/policies.ts';
import { map } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/**
 * Services that act for whoever asks them, and say for whom:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const actsForMany = ['scheduler.amazonaws.com', 'codebuild.amazonaws.com', 'codepipeline.amazonaws.com'];

/** A role is assumed by the services and principals it names. */
export const trust = defineRule({
  invariant: 'DAT2',
  finding: 'Trust',
  en: 'No role can be assumed by everyone, another account or an unconditioned identity provider',
  ja: '全員・他アカウント・無条件の外部IdPが引き受けられるロールがない',
  appliesTo: ['AWS::IAM::Role'],
  judge(role, { graph, declared }) {
    const statements = statementsOf(role, role.properties.AssumeRolePolicyDocument, graph).filter(
      (each) => each.effect === 'Allow',
    );
    if (statements.length === 0) return pass('nobody can assume it');
    return statements.flatMap((statement): Verdict[] => {
      if (statement.notPrincipals) return [fail('everyone but those named (NotPrincipal) can assume it')];
      const aws = statement.principals?.AWS ?? [];
      if (aws.includes('*')) return [fail('everyone can assume it')];
      const foreign = aws.filter((value) => isForeignAccount(value, graph.account));
      if (foreign.length > 0) return [fail(`${foreign.join(', ')} of another account can assume it`)];
      const deputies = (statement.principals?.Service ?? []).filter((service) =>
        actsForMany.includes(service),
      );
      if (declared && deputies.length > 0 && !isRestricted(statement.conditions, graph)) {
        return [
          fail(
            `${deputies.join(', ')} can assume it for any account: neither aws:SourceAccount nor aws:SourceArn is asked for`,
          ),
        ];
      }
      const everybody = aws.filter((value) => /^\d{12}$|:root$/.test(value));
      if (declared && everybody.length > 0 && !isRestricted(statement.conditions, graph))
        return [fail(`whoever may call sts:AssumeRole in ${everybody.join(', ')} can assume it`)];
      const hosts = graph.referring(role, 'AWS::IAM::InstanceProfile', 'Roles').length > 0;
      if (declared && !hosts && (statement.principals?.Service ?? []).includes('ec2.amazonaws.com'))
        return [
          fail(
            'any host can be started with it: ec2.amazonaws.com is trusted and no host of the shop has it',
          ),
        ];
      const federated = statement.principals?.Federated ?? [];
      if (federated.length > 0 && Object.keys(statement.conditions).length === 0) {
        return [fail(`everyone signed in through ${federated.join(', ')} can assume it`)];
      }
      // Whoever has an account with a shared provider gets a token; only its subject says who.
      const shared = federated.some((value) =>
        /oidc-provider\/(token\.actions|gitlab|app\.terraform|accounts\.google)/.test(value),
      );
      const subject = Object.values(statement.conditions).some((keys) =>
        Object.keys(map(keys)).some((key) => /:(sub|aud_sub|repository)$/.test(key)),
      );
      if (shared && !subject)
        return [fail(`every user of ${federated.join(', ')} can assume it: no subject is asked for`)];
      return [pass(`${Object.values(statement.principals ?? {}).flat().length} principals can assume it`)];
    });
  },
});
