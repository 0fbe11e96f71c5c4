/** What rules say of patches and images, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const pat: Readonly<Record<string, string>> = {
  'which image {} runs is known only after deployment': '{} が動かすイメージはデプロイ後に決まる',
  'runs MySQL 5.6, which gets no more patches': 'パッチの終わった MySQL 5.6 を使っている',
  'EngineVersion is not set: AWS picks one': 'EngineVersion がなく、AWS が選ぶ',
  'no date is known for {} {}': '{} {} の期限がわからない',
  '{} {} gets no more patches since {}': '{} {} は {} 以降パッチが出ていない',
  '{} {} lacks the fixes of more than a year; expected {}.{} or newer':
    '{} {} は 1 年以上前の修正も含まない。{}.{} 以降であるべき',
  'approves no patch (ApprovalRules)': '承認するパッチがない (ApprovalRules)',
  'approves no security fixes': 'セキュリティ修正を承認しない',
  'approves security fixes after {} days; expected {} or fewer':
    'セキュリティ修正の承認が {} 日後。{} 日以内であるべき',
  'never installs {} (RejectedPatches)': '{} をインストールしない (RejectedPatches)',
  'takes packages from elsewhere (Sources)': 'ほかの場所からパッケージを取得する (Sources)',
  'is for {}, to which no host belongs (PatchGroups)':
    'どのホストも属さない {} が対象になっている (PatchGroups)',
  'is for {} and patches {}, which runs {} (OperatingSystem)':
    '{} が対象で {} にパッチを当てるが、対象のホストは {} で動いている (OperatingSystem)',
  'belongs to no window of these templates': 'このテンプレートのメンテナンスウィンドウに属していない',
  'chooses none of the hosts there are': '存在するホストを 1 つも選ばない',
  'no maintenance window chooses it': 'メンテナンスウィンドウの対象になっていない',
  'gets what AWS approves by default: no patch baseline is for {}':
    'AWS の既定の承認に従う。{} 用のパッチベースラインがない',
  'looks for patches and installs none': 'パッチを探すだけで、インストールしない',
  'never restarts a host: fixes of the kernel do not take effect (RebootOption)':
    'ホストを再起動しないため、カーネルの修正が有効にならない (RebootOption)',
  'has no targets in its own window': '自分のウィンドウに対象がない',
  'does not look at {} (Targets)': '{} を調べない (Targets)',
  'nobody sees within a week which patches are missing (ScheduleExpression)':
    '足りないパッチが 1 週間以内に誰にもわからない (ScheduleExpression)',
  'is not enabled': '有効になっていない',
  'comes less than monthly: {}': '月 1 回より少ない: {}',
  'closes before anything may begin: {} hours, cutoff {}': '何も始まらないうちに閉じる: {} 時間、締め切り {}',
  'ends one day (EndDate)': 'いつか終わる (EndDate)',
  'begins one day (StartDate)': '始まるのが先になる (StartDate)',
  'patches nothing: no task of it runs AWS-RunPatchBaseline':
    'パッチを当てるタスク (AWS-RunPatchBaseline) がない',
  'no association looks which patches are missing': '足りないパッチを調べる関連付けがない',
  'runs code that these templates do not make: {} (Layers)':
    'このテンプレートで作らないコードを動かす: {} (Layers)',
  'takes patches of its runtime {} (UpdateRuntimeOn)': 'ランタイムのパッチを {} に取り込む (UpdateRuntimeOn)',
  'is a container image, whose runtime nobody patches':
    'コンテナイメージのため、ランタイムにパッチを当てる者がいない',
  'names no runtime': 'ランタイムを指定していない',
  'runs on {}, which gets no more patches': 'パッチの終わった {} で動いている',
  'no date is known for {}': '{} の期限がわからない',
  'AutoMinorVersionUpgrade is false': 'AutoMinorVersionUpgrade が false',
  'PreferredMaintenanceWindow is not set: AWS picks any time':
    'PreferredMaintenanceWindow がなく、AWS が時間を選ぶ',
  'may run on hosts of somebody else (RequiresCompatibilities holds {})':
    '他者のホストで動くことがある (RequiresCompatibilities に {} がある)',
  'runs on {}; expected FARGATE': '{} で動いている。FARGATE であるべき',
  'platform {} is not LATEST': 'プラットフォームが LATEST ではなく {}',
  'no pipeline builds its images': 'イメージを作るパイプラインがない',
  'closes the way to a stage: nothing comes out at its end (DisableInboundStageTransitions)':
    'ステージへの道を閉じていて、最後に何も出てこない (DisableInboundStageTransitions)',
  'no enabled schedule starts it at least weekly': '少なくとも週 1 回これを始める有効な予定がない',
  'is switched off, or ends': '無効か、いつか終わる',
  'starts {} every {} days; expected 7 or fewer': '{} を {} 日ごとに始める。7 日以内であるべき',
  '{} may not start {}': '{} は {} を始められない',
  'NetworkMode is {}; expected awsvpc, with a security group a task':
    'NetworkMode が {}。タスクごとにセキュリティグループを持つ awsvpc であるべき',
  'NetworkMode is host: containers share the host and its addresses':
    'NetworkMode が host で、コンテナがホストとそのアドレスを共有する',
  '{} is host': '{} が host',
  'mounts {} of its host': 'ホストの {} をマウントする',
  'its code runs with the execution role, which reads every secret of the task':
    'コードが、タスクのすべてのシークレットを読める実行ロールで動く',
  '{} sets no User': '{} に User がない',
  '{} runs as root': '{} が root で動く',
  '{} can write its root file system': '{} がルートファイルシステムに書ける',
  '{} is privileged': '{} が特権を持つ',
  '{} keeps capabilities that it does not need (LinuxParameters.Capabilities.Drop)':
    '{} に不要なケーパビリティがある (LinuxParameters.Capabilities.Drop)',
  '{} starts something else than its image says ({})': '{} がイメージの指定と別のものを起動する ({})',
  '{} has capabilities {}': '{} にケーパビリティ {} がある',
  'keeps artifacts in {}, which these templates do not make': 'このテンプレートで作らない {} に成果物を置く',
  'has {} outside AWS, by a token in its configuration': '{} を AWS の外に持ち、設定にトークンがある',
  'ArtifactStore.EncryptionKey is not set': 'ArtifactStore.EncryptionKey がない',
  'uses the build image {}': 'ビルドイメージ {} を使う',
  'EncryptionKey is not set': 'EncryptionKey がない',
  'is privileged, and builds no image that would need it': '必要なイメージを作らないのに特権を持つ',
  'LogsConfig.CloudWatchLogs.Status is not ENABLED': 'LogsConfig.CloudWatchLogs.Status が ENABLED ではない',
  'everyone can read its logs': '誰でもログを読める',
  'artifacts are not encrypted': '成果物が暗号化されていない',
  'refuses pushing to nobody': '誰にもプッシュを拒まない',
  'lets {} push images': '{} がイメージをプッシュできる',
  'lets {}, which builds images, push where tasks run from':
    'イメージを作る {} が、タスクの起動元にプッシュできる',
  'takes its steps from what it builds (BuildSpec is not set)': '作る対象から手順を取る (BuildSpec がない)',
  'goes on after a failure: {}': '失敗しても続ける: {}',
  'runs what it downloads': 'ダウンロードしたものを実行する',
  '{} runs {}, which stays as it is whatever the pipeline releases':
    '{} が {} を動かす。パイプラインが何を出しても変わらない',
  '{} runs the image that {} names, which no pipeline writes':
    '{} が {} の指すイメージを動かすが、そこに書くパイプラインがない',
  '{} runs {}, which the patch pipeline did not build':
    '{} が動かす {} は、パッチのパイプラインが作ったものではない',
  '{} runs {}, not an image by digest': '{} が動かす {} は、ダイジェスト指定のイメージではない',
  'has no source': 'ソースがない',
  'builds what comes from {}{}, not what the pipeline hands it':
    'パイプラインが渡すものではなく、{}{} から来るものをビルドする',
  '{} comes from {} {}, which is no store of the deployment': '{} の {2} {3} は、デプロイの保管先ではない',
  'runs {}, not an image by digest': '動かす {} は、ダイジェスト指定のイメージではない',
  'its code is written into the template, past every test and review of code':
    'コードがテンプレートに書かれていて、コードのテストもレビューも通らない',
  'its code comes from {}, which is no store of the deployment': 'コードの {} は、デプロイの保管先ではない',
  'ImageScanningConfiguration.ScanOnPush is not true':
    'ImageScanningConfiguration.ScanOnPush が true ではない',
  'has no scan action': '検査の操作がない',
  'scans after it published': '公開した後に検査する',
  'goes on when the scan stage fails or is skipped': '検査のステージが失敗しても、飛ばされても続ける',
  'judges an image that is not the one that was built before': '直前に作ったイメージを判定していない',
  'publishes something else than {}, which was scanned': '検査した {} と別のものを公開する',
  'its scan is called as the step after it: nothing is scanned':
    '検査の次の手順が検査になっていて、何も検査しない',
  'its scan says not what to do (Configuration)': '検査の内容が指定されていない (Configuration)',
  'its scan starts the build again': '検査がビルドをやり直す',
  'lets images with critical vulnerabilities pass': '深刻度 critical の脆弱性があるイメージを通す',
  'lets images with high vulnerabilities pass': '深刻度 high の脆弱性があるイメージを通す',
};
