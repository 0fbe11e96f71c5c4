/** @typedef {'en' | 'ja'} Language */

/** Every word of the page that does not come from the review, in both languages. */
export const texts = {
  verdict: { en: 'Verdict', ja: '判定' },
  title: { en: 'Security review', ja: 'セキュリティレビュー' },
  skip: { en: 'Skip to the rows', ja: '結果一覧へ移動' },
  language: { en: '日本語', ja: 'English' },
  theme: { en: 'Light / dark', ja: '明 / 暗' },
  print: { en: 'Print', ja: '印刷' },
  environment: { en: 'Environment', ja: '環境' },
  allEnvironments: { en: 'All environments', ja: 'すべての環境' },
  templates: { en: 'templates', ja: 'テンプレート' },
  contents: { en: 'Contents', ja: '目次' },

  verdictClean: { en: 'Nothing is open', ja: '未解決の指摘はありません' },
  verdictOpen: { en: '{n} open findings', ja: '未解決の指摘 {n} 件' },
  verdictOne: { en: '1 open finding', ja: '未解決の指摘 1 件' },
  verdictNothing: { en: 'Nothing was checked', ja: '検査した項目がありません' },
  verdictNothingNote: {
    en: 'No rule applies to any of these resources. That is no pass.',
    ja: 'どのリソースにも該当するルールがありません。合格ではありません。',
  },
  verdictCleanNote: {
    en: 'Every rule that applies holds, or somebody wrote down why its finding is accepted.',
    ja: '該当するルールはすべて満たされているか、受け入れる理由が書かれています。',
  },
  verdictOpenNote: {
    en: 'A finding is open until it is mended or acknowledged with a reason beside the code.',
    ja: '指摘は、修正するか、コードのそばに理由を書いて承認するまで未解決です。',
  },
  verdictUndecided: {
    en: 'Not decidable from the templates alone: {n}. That is no pass.',
    ja: 'テンプレートだけでは判定できない項目が {n} 件あります。合格とは数えません。',
  },
  verdictAccepted: {
    en: 'Does not hold, and somebody wrote down why that is accepted:',
    ja: '成立していませんが、受け入れる理由が書かれています:',
  },
  verdictNotMet: {
    en: 'Not met because of accepted findings:',
    ja: '受け入れた指摘のため充足していません:',
  },
  byEnvironment: { en: 'Verdict by environment', ja: '環境ごとの判定' },
  countAcknowledged: { en: '{n} acknowledged', ja: '承認済み {n} 件' },
  countUndecided: { en: '{n} undecided', ja: '判定不能 {n} 件' },
  figureChecks: { en: 'checks that apply', ja: '該当した検査' },
  figureRules: { en: 'rules in {n} packs', ja: 'ルール（{n} パック）' },
  figureResources: { en: 'resources', ja: 'リソース' },
  figureAcknowledged: { en: 'acknowledged', ja: '承認済み' },
  generated: { en: 'Generated {when} from {source}', ja: '{when} に {source} から作成' },

  change: { en: 'Since the baseline', ja: '基準からの変化' },
  changeNote: { en: 'Compared with {file}.', ja: '{file} との比較です。' },
  changeAdded: { en: 'new', ja: '新規' },
  changeUndecided: { en: 'not decidable any more', ja: '新たに判定不能' },
  changeAccepted: { en: 'newly accepted', ja: '新たに受容' },
  changeNoFacts: {
    en: 'The baseline holds no readers, connections and names to compare with.',
    ja: '基準には、読める者・接続・名前の記録がないため比較できません。',
  },
  changeCameAndWent: { en: '{came} new, {went} gone', ja: '新規 {came}、消滅 {went}' },
  changeRemaining: { en: 'still open', ja: '未解決のまま' },
  changeResolved: { en: 'resolved', ja: '解決済み' },

  invariants: { en: 'What must hold', ja: '守るべきこと' },
  invariantsNote: {
    en: 'Each statement is checked by rules over the whole environment. Open one to see the proof.',
    ja: '各項目は環境全体を見るルールで検査しています。開くと根拠が表示されます。',
  },
  invariantsNone: {
    en: 'The checks of this project’s own pack did not run, so nothing is said about these.',
    ja: '独自パックの検査を実行していないため、ここでは何も言えません。',
  },
  holds: { en: 'holds', ja: '成立' },
  broken: { en: 'broken', ja: '不成立' },
  undecidedState: { en: 'undecided', ja: '判定不能' },
  acceptedState: { en: 'accepted, does not hold', ja: '受容済み (不成立)' },
  unchecked: { en: 'nothing to check', ja: '検査対象なし' },
  checkedCounts: {
    en: '{ok} compliant, {open} open, {acknowledged} acknowledged, {undecided} undecided',
    ja: '適合 {ok}、未解決 {open}、承認済み {acknowledged}、判定不能 {undecided}',
  },
  showRows: { en: 'Show the rows', ja: '結果を表示' },
  pathsTitle: { en: 'Connections the network lets through', ja: 'ネットワークが通す接続' },
  pathsNone: {
    en: 'The network lets no such connection through.',
    ja: '該当する接続をネットワークは通しません。',
  },
  from: { en: 'From', ja: '接続元' },
  to: { en: 'To', ja: '接続先' },
  port: { en: 'Port', ja: 'ポート' },
  via: { en: 'Allowed by', ja: '許可しているもの' },
  accessTitle: { en: 'Who can read what', ja: '誰が何を読めるか' },
  accessNote: {
    en: '● declared reader · ▲ can read and was not declared · ? cannot be decided · ○ nobody was declared.',
    ja: '● 宣言済み · ▲ 宣言なしで読める · ? 判定不能 · ○ 宣言がない対象',
  },
  accessNone: {
    en: 'No principal of the templates can read a secret, key or store.',
    ja: '読める主体はありません。',
  },
  kindSecret: { en: 'secret', ja: 'シークレット' },
  kindParameter: { en: 'parameter', ja: 'パラメーター' },
  kindKey: { en: 'key', ja: '鍵' },
  kindDatabase: { en: 'database', ja: 'データベース' },
  kindBucket: { en: 'bucket', ja: 'バケット' },
  kindFiles: { en: 'files', ja: 'ファイル' },
  kindBackups: { en: 'backups', ja: 'バックアップ' },
  kindLog: { en: 'log', ja: 'ログ' },
  kindImages: { en: 'images', ja: 'イメージ' },
  kindQueue: { en: 'queue', ja: 'キュー' },
  factsNone: { en: 'The templates declare none.', ja: 'テンプレートに宣言はありません。' },
  ways: { en: 'Every way: {n}', ja: 'すべての経路：{n}' },
  waysShown: { en: 'The first {n} are shown.', ja: '最初の {n} 件を表示しています。' },
  target: { en: 'Target', ja: '対象' },
  action: { en: 'Action', ja: '操作' },
  way: { en: 'How', ja: '経路' },
  principal: { en: 'Principal', ja: '主体' },
  declared: { en: 'declared', ja: '宣言済み' },
  undeclared: { en: 'not declared', ja: '宣言なし' },
  undecidable: { en: 'cannot be decided', ja: '判定不能' },
  noDeclaration: { en: 'the target declares no readers', ja: '対象に宣言がない' },

  packs: { en: 'Rule packs', ja: 'ルールパック' },
  pack: { en: 'Pack', ja: 'パック' },
  rulesEvaluated: { en: 'Rules', ja: 'ルール' },
  notApplicableNote: {
    en: '“Not applicable” means that a rule has nothing to say about a resource. It is not counted as compliant.',
    ja: '「対象外」は、ルールがそのリソースに関係しないことを示します。適合には数えません。',
  },

  acknowledgements: { en: 'Acknowledged findings', ja: '承認済みの指摘' },
  acknowledgementsNote: {
    en: 'Each is written in the source beside what it is about. An acknowledgement that is stale, too broad or without a reason is a finding of its own.',
    ja: 'それぞれ対象のコードのそばに書かれています。古い承認、広すぎる承認、理由のない承認は、それ自体が指摘になります。',
  },
  acknowledgementsNone: { en: 'Nothing is acknowledged.', ja: '承認済みの指摘はありません。' },
  finding: { en: 'Finding', ja: '指摘' },
  reason: { en: 'Reason', ja: '理由' },
  since: { en: 'Since', ja: '承認日' },
  daysOld: { en: '{n} days', ja: '{n} 日' },
  notCommitted: { en: 'not committed', ja: '未コミット' },
  unknown: { en: 'unknown', ja: '不明' },

  requirements: { en: 'Requirements', ja: '要求事項' },
  requirementsNote: {
    en: '“Met” needs a check that can fail, and did not. “AWS’s” and “yours” are answered by nothing here: what is to be done stands beside them.',
    ja: '「充足」は、失敗しうる検査があり、それが失敗していないことを示します。「AWS の責任」と「事業者の責任」はこの仕組みでは満たせず、するべきことを横に記しています。',
  },
  requirement: { en: 'Requirement', ja: '要求' },
  status: { en: 'Status', ja: '状態' },
  met: { en: 'met', ja: '充足' },
  partly: { en: 'partly', ja: '一部' },
  not: { en: 'not met', ja: '未充足' },
  aws: { en: 'AWS’s', ja: 'AWS の責任' },
  yours: { en: 'yours', ja: '事業者の責任' },
  allStatuses: { en: 'in all', ja: '件すべて' },
  stays: { en: 'Stays with you or AWS', ja: '残る部分' },
  provenBy: { en: 'Proven by', ja: '根拠' },

  architecture: { en: 'Architecture', ja: '構成図' },
  architectureNote: {
    en: 'Drawn from the templates: an arrow is a connection that routes, security groups and listeners let through, with its port.',
    ja: 'テンプレートから描いています。矢印は、経路・セキュリティグループ・リスナーが通す接続とそのポートです。',
  },
  architectureNone: {
    en: 'There is no connection to draw, or there are too many to be readable; the table of connections says the same.',
    ja: '描く接続がないか、多すぎて読めません。接続の表をご覧ください。',
  },
  everyPath: { en: 'Every connection: {n}', ja: 'すべての接続：{n}' },
  stacks: { en: 'Stacks', ja: 'スタック' },
  stack: { en: 'Stack', ja: 'スタック' },
  region: { en: 'Region', ja: 'リージョン' },

  rows: { en: 'Every check', ja: 'すべての検査' },
  rowsNote: {
    en: 'One row for each rule on each resource it applies to. Rules that do not apply are counted above and listed in rows.json.',
    ja: 'ルールと対象リソースの組ごとに 1 行です。対象外の組は上で数え、rows.json に記録しています。',
  },
  search: { en: 'Search rule, resource, text', ja: 'ルール・リソース・本文を検索' },
  outcome: { en: 'Outcome', ja: '結果' },
  allPacks: { en: 'All packs', ja: 'すべてのパック' },
  allStacks: { en: 'All stacks', ja: 'すべてのスタック' },
  reset: { en: 'Clear filters', ja: '絞り込みを解除' },
  rule: { en: 'Rule', ja: 'ルール' },
  resource: { en: 'Resource', ja: 'リソース' },
  what: { en: 'What was found', ja: '内容' },
  source: { en: 'Source', ja: 'ソース' },
  counted: { en: '{from}–{to} of {n} rows', ja: '{n} 行中 {from}–{to}' },
  notPrinted: {
    en: '{n} compliant rows are left out on paper. Filter the list to print some of them; rows.json and findings.csv hold all.',
    ja: '適合した {n} 行は印刷では省いています。印刷するには一覧を絞り込んでください。rows.json と findings.csv には全行があります。',
  },
  noRows: { en: 'No row matches.', ja: '該当する行はありません。' },
  previous: { en: 'Previous', ja: '前へ' },
  next: { en: 'Next', ja: '次へ' },
  onlyInvariant: { en: 'only {id}', ja: '{id} のみ' },
  asks: { en: 'The rule', ja: 'ルール' },
  controls: { en: 'Controls', ja: '管理策' },
  why: { en: 'Risk', ja: 'リスク' },
  weight: { en: 'Severity', ja: '深刻度' },
  critical: { en: 'critical', ja: '緊急' },
  high: { en: 'high', ja: '高' },
  medium: { en: 'medium', ja: '中' },
  low: { en: 'low', ja: '低' },
  remedy: { en: 'What to change', ja: '直し方' },
  logicalId: { en: 'Logical id', ja: '論理 ID' },

  'non-compliant': { en: 'Non-compliant', ja: '不適合' },
  error: { en: 'Rule failed', ja: '判定エラー' },
  undecided: { en: 'Undecided', ja: '判定不能' },
  acknowledged: { en: 'Acknowledged', ja: '承認済み' },
  compliant: { en: 'Compliant', ja: '適合' },
  'not-applicable': { en: 'Not applicable', ja: '対象外' },
};

/** @typedef {keyof typeof texts} TextKey */

/**
 * @param {Language} language
 * @returns {(key: TextKey, values?: Record<string, string | number>) => string}
 */
export function translator(language) {
  return (key, values = {}) =>
    texts[key][language].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
