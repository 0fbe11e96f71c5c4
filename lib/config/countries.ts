/** ISO 3166-1 alpha-2, and XK (Kosovo), which AWS WAF knows besides. */
const countries =
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
  BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
  FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
  IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM
  MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT
  PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
  TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(/\s+/);

/** Common ways to write a country other than by its code. */
const otherNames: Readonly<Record<string, string>> = {
  jpn: 'JP',
  japan: 'JP',
  jap: 'JP',
  ja: 'JP',
  usa: 'US',
  uk: 'GB',
  kor: 'KR',
  korea: 'KR',
  chn: 'CN',
  china: 'CN',
  taiwan: 'TW',
};

export function isCountry(code: string): boolean {
  return countries.includes(code);
}

export function countryAdvice(written: unknown): string {
  const advice = 'write a country as its two capitals in ISO 3166, such as "JP"';
  if (typeof written !== 'string') return advice;
  const lower = written.trim().toLowerCase();
  const meant = Object.hasOwn(otherNames, lower) ? otherNames[lower] : undefined;
  const guess =
    meant ?? (lower.length === 2 && isCountry(lower.toUpperCase()) ? lower.toUpperCase() : undefined);
  return guess === undefined ? advice : `write "${guess}"`;
}
