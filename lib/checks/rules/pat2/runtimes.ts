import { text } from '../../model/values.ts';
import { defineRule, fail, pass, skip } from '../rule.ts';

/** Runtimes that AWS patches. Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html (November 2026). */
const supported = [
  /^nodejs(2[2-9]|[3-9]\d)\.x$/,
  /^python3\.(1[1-9]|[2-9]\d)$/,
  /^java(17|21|25)$/,
  /^dotnet(8|10)$/,
  /^provided\.al2023$/,
  /^ruby3\.[3-9]$/,
];

/** Functions run on a runtime that still gets patches. */
export const runtimes = defineRule({
  invariant: 'PAT2',
  finding: 'Runtimes',
  en: 'Functions run on runtimes that AWS still patches',
  ja: '関数はAWSが保守中のランタイムで動作する',
  appliesTo: ['AWS::Lambda::Function'],
  judge({ properties }) {
    if (text(properties.PackageType) === 'Image') return skip('is a container image');
    const runtime = text(properties.Runtime) ?? '';
    return supported.some((pattern) => pattern.test(runtime))
      ? pass(`runs on ${runtime}`)
      : fail(`runs on ${runtime || 'no runtime'}, which gets no more patches`);
  },
});

/** Fargate hosts are patched by AWS on the newest platform version. */
export const platformVersion = defineRule({
  invariant: 'PAT2',
  finding: 'PlatformVersion',
  en: 'Tasks run on the newest Fargate platform',
  ja: 'タスクは最新のFargateプラットフォームで動作する',
  appliesTo: ['AWS::ECS::Service'],
  judge({ properties }) {
    const version = text(properties.PlatformVersion);
    return version === undefined || version === 'LATEST' || version === '1.4.0'
      ? pass(`platform ${version ?? 'LATEST'}`)
      : fail(`platform ${version} is not LATEST`);
  },
});
