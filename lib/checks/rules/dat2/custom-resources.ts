import { display } from '../../model/values.ts';
import { defineRule, type Finding, fail, pass } from '../rule.ts';

/** A custom resource is a call of a function during a deployment, with what the template hands it. */
export const customResources = defineRule({
  invariant: 'DAT2',
  finding: 'CustomResources',
  en: 'Custom resources call functions of these templates',
  ja: 'カスタムリソースはテンプレート内の関数を呼び出す',
  appliesTo: ['AWS::CloudFormation::CustomResource'],
  judgeAll({ graph, declared }) {
    if (!declared) return [];
    return graph.resources
      .filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
      .map((resource): Finding => {
        const provider = graph.target(resource.properties.ServiceToken, 'AWS::Lambda::Function');
        return {
          resource,
          ...(provider
            ? pass(`calls ${provider.logicalId}`)
            : fail(
                `calls ${display(resource.properties.ServiceToken ?? 'nothing')}, which these templates do not make`,
              )),
        };
      });
  },
});
