import type { Row, SourceLocation } from '../../checks/recorder/row.ts';

/** Where the config file writes a setting of an environment, such as `waf.mode`; undefined for what is no setting. */
export type SettingAt = (environment: string, setting: string) => SourceLocation | undefined;

/** As reasons and remedies name a setting. */
const settingName = /`([a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)*)`/g;

/**
 * What would have to be changed for a finding: the setting of the config that rules it, where what is said of it names
 * one, or else the property that the finding is about.
 */
export function changeOf(row: Row, settingAt: SettingAt | undefined): Row['change'] {
  const { rule, reason = '', resource } = row;
  const said = `${reason} ${rule.guidance?.remedy.en ?? ''}`;
  for (const [, setting = ''] of said.matchAll(settingName)) {
    const at = settingAt?.(resource.environment, setting);
    if (at) return { what: setting, at };
  }
  const { lines } = resource;
  const property = lines && (reason || rule.info).match(/[A-Z]\w+/g)?.find((word) => lines.has(word));
  const at = property && lines?.get(property);
  return property && at ? { what: property, at } : undefined;
}

/** The line that would be changed; undefined where nothing tells. */
export function placeOf({ change, resource }: Pick<Row, 'change' | 'resource'>): SourceLocation | undefined {
  return change?.at ?? resource.sources[0];
}
