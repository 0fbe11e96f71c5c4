import type { Guidance } from './guidance.ts';

/** What the rules of the invariants on patching are for. */
export const pat: Readonly<Record<string, Guidance>> = {
  'PAT1[BuildProject]': {
    weight: 'medium',
    risk: {
      en: 'A build in an old or unknown image makes code that nobody vouches for.',
      ja: '古い、または不明なビルド環境では、成果物を信用できません。',
    },
    remedy: {
      en: 'Use a current standard image of CodeBuild and an encrypted bucket.',
      ja: '現行の CodeBuild 標準イメージと暗号化バケットを使ってください。',
    },
  },
  'PAT1[BuildSteps]': {
    weight: 'high',
    risk: {
      en: 'A failed check that does not stop the build passes the image.',
      ja: '失敗しても止まらない検査は、イメージを通します。',
    },
    remedy: {
      en: 'Let each phase stop on failure (`on-failure: ABORT`, `set -e`).',
      ja: '各段階を失敗時に止めてください (`on-failure: ABORT`、`set -e`)。',
    },
  },
  'PAT1[PipelineArtifacts]': {
    weight: 'medium',
    risk: {
      en: 'Who changes an artifact between two steps changes the shop.',
      ja: '段階間の成果物を書き換えられると、ショップが書き換わります。',
    },
    remedy: {
      en: "Encrypt the artifacts with the images' key.",
      ja: 'イメージ用のキーで暗号化してください。',
    },
  },
  'PAT1[PipelineSource]': {
    weight: 'high',
    risk: {
      en: 'Code taken from elsewhere runs with the rights of the shop.',
      ja: '外部のコードが、ショップの権限で動きます。',
    },
    remedy: {
      en: "Take it from the deployment's assets or a repository of these templates.",
      ja: 'デプロイのアセットかテンプレート内の保管先から取ってください。',
    },
  },
  'PAT1[ImageByDigest]': {
    weight: 'high',
    risk: {
      en: 'A tag can be moved to another image after it was scanned.',
      ja: 'タグは、検査後に別のイメージへ付け替えられます。',
    },
    remedy: { en: 'Name the image by its digest.', ja: 'ダイジェストで指定してください。' },
  },
  'PAT1[Repository]': {
    weight: 'medium',
    risk: {
      en: 'A tag that can be overwritten is no evidence of what was released.',
      ja: '上書きできるタグは、公開したものの証拠になりません。',
    },
    remedy: {
      en: 'Set ImageTagMutability to IMMUTABLE and scan on push.',
      ja: 'IMMUTABLE とプッシュ時スキャンを有効にしてください。',
    },
  },
  'PAT1[RepositoryPushers]': {
    weight: 'high',
    risk: {
      en: 'Who pushes an image brings code past the build.',
      ja: 'プッシュできる者は、ビルドを通さずコードを持ち込めます。',
    },
    remedy: { en: "Leave pushing to the build's role.", ja: 'ビルドのロールだけに許可してください。' },
  },
  'PAT1[TaskHardening]': {
    weight: 'high',
    risk: {
      en: 'A broken shop that runs as root, or writes its own code, stays broken after a restart.',
      ja: 'root や書き込み可能な環境では、侵害が残り続けます。',
    },
    remedy: {
      en: 'Set ReadonlyRootFilesystem, a user that is not root, no Privileged, and drop capabilities.',
      ja: '読み取り専用、root 以外、特権なし、ケーパビリティ削除にしてください。',
    },
  },
  'PAT1[WeeklyRebuild]': {
    weight: 'high',
    risk: {
      en: 'An image that is not rebuilt keeps the holes of the day it was made.',
      ja: '作り直さないイメージは、当時の脆弱性を抱え続けます。',
    },
    remedy: {
      en: 'Keep the weekly schedule, enabled and starting now.',
      ja: '週次の予定を有効なまま残してください。',
    },
  },
  'PAT1[ScanGate]': {
    weight: 'high',
    risk: { en: 'A known hole goes live.', ja: '既知の脆弱性が本番に出ます。' },
    remedy: {
      en: 'Keep the gate between build and release, with its limits.',
      ja: 'ビルドと公開の間の検査と上限を残してください。',
    },
  },
  'PAT2[EnginePatches]': {
    weight: 'high',
    risk: {
      en: 'A database that waits for a person stays unpatched.',
      ja: '人の作業を待つデータベースは、更新されません。',
    },
    remedy: {
      en: 'Set AutoMinorVersionUpgrade to true and a maintenance window.',
      ja: 'AutoMinorVersionUpgrade を true にし、時間帯を指定してください。',
    },
  },
  'PAT2[EngineVersion]': {
    weight: 'high',
    risk: {
      en: 'A version past its end gets no patches at all.',
      ja: 'サポート切れの版には更新がありません。',
    },
    remedy: {
      en: 'Move to a version that AWS still supports.',
      ja: 'AWS がサポートする版へ移行してください。',
    },
  },
  'PAT2[Runtimes]': {
    weight: 'high',
    risk: {
      en: 'AWS stops patching a runtime at its end of support.',
      ja: 'サポートが切れると AWS は更新を止めます。',
    },
    remedy: {
      en: 'Move the function to a supported runtime.',
      ja: 'サポート中のランタイムへ移してください。',
    },
  },
  'PAT2[PlatformVersion]': {
    weight: 'low',
    risk: {
      en: 'An old platform misses its newest patches.',
      ja: '古いプラットフォームには最新の修正が入りません。',
    },
    remedy: {
      en: 'Set PlatformVersion to LATEST, or leave it out.',
      ja: 'PlatformVersion を LATEST にするか省いてください。',
    },
  },
  'PAT2[HostPatches]': {
    weight: 'high',
    risk: {
      en: 'A host without a window, or a baseline for another system, is never patched.',
      ja: '時間帯や適切なベースラインがないホストは更新されません。',
    },
    remedy: {
      en: "Keep the maintenance window, its target and a baseline for the host's system.",
      ja: '時間帯、対象、OS に合うベースラインを残してください。',
    },
  },
};
