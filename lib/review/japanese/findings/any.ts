/** What rules say of any invariant: promises, values, and what no rule could judge, in Japanese by the English; `{}` stands for a value, `{2}` for the second one. */
export const any: Readonly<Record<string, string>> = {
  'its template promises nothing, while the others do': 'ほかのテンプレートと違い、何も約束していない',
  'acts by itself, and was not promised': '約束にないものが自ら動く',
  'is part of {}, and was not promised': '約束にない {} の一部になっている',
  '{} ({}) was promised, and is not there': '約束した {} ({}) がない',
  '{}: {} was promised, and is not there': '{}: 約束した {} がない',
  '{}: {} was not promised': '{}: {} は約束にない',
  '{} is {}; promised was {}': '{} が {}。約束は {}',
  '{} is {}; expected {}': '{} が {}。{} であるべき',
  '{} is not set; expected {}': '{} がない。{} であるべき',
  'cannot be judged: {}': '判定できない: {}',
  'the rule failed: {}': 'ルールが失敗した: {}',
  'what {} puts there is not in its template': '{} が加えるものがテンプレートにない',
  'refers to {}, which is not in its template': 'テンプレートにない {} を参照している',
  '{} rules cannot judge it: {}': '{} 個のルールが判定できない: {}',
  'append, so that no visitor chooses the address that the shop sees': '訪問者がアドレスを偽れない append',
  'false, so that nothing passes when the web ACL cannot be asked':
    'Web ACL に尋ねられないとき何も通さない false',
  '{} or newer': '{} 以降',
  '{} or more': '{} 以上',
  '{} or stricter': '{} かより厳しいもの',
  '{} or {}': '{} か {}',
};
