import { at, display, list, text } from '../../model/values.ts';
import { defineRule, fail, pass, type Verdict } from '../rule.ts';

/** Fargate hosts are patched by AWS on the newest platform version; other hosts are patched by whoever owns them. */
export const platformVersion = defineRule({
  invariant: 'PAT2',
  finding: 'PlatformVersion',
  en: 'Tasks run on the newest Fargate platform',
  ja: 'タスクは最新のFargateプラットフォームで動作する',
  appliesTo: ['AWS::ECS::Service', 'AWS::ECS::TaskDefinition'],
  judge({ type, properties }, { declared }): Verdict | readonly Verdict[] {
    if (type === 'AWS::ECS::TaskDefinition') {
      const others = list(properties.RequiresCompatibilities).filter((each) => each !== 'FARGATE');
      return declared && others.length > 0
        ? fail(
            `may run on hosts of somebody else (RequiresCompatibilities holds ${others.map(display).join(', ')})`,
          )
        : pass('runs on Fargate');
    }
    const version = text(properties.PlatformVersion);
    const providers = list(properties.CapacityProviderStrategy).map((each) =>
      text(at(each, 'CapacityProvider')),
    );
    const hosts = [properties.LaunchType ?? 'FARGATE', ...providers].filter(
      (each) => each !== 'FARGATE' && each !== 'FARGATE_SPOT',
    );
    return [
      declared && hosts.length > 0
        ? fail(`runs on ${hosts.map(display).join(', ')}; expected FARGATE`)
        : pass('runs on Fargate'),
      version === undefined || version === 'LATEST' || version === '1.4.0'
        ? pass(`platform ${version ?? 'LATEST'}`)
        : fail(`platform ${version} is not LATEST`),
    ];
  },
});
