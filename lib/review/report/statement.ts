import type { Weight } from '../../checks/guidance/guidance.ts';
import type { RuleRef } from '../../checks/recorder/row.ts';

/** What is wrong, without the list of control ids that several packs append and that can fill a screen. */
export function statementOf({ info }: RuleRef): string {
  return info.replace(/\s*-?\s*\(Control IDs?:.*\)\.?$/s, '.').replace(/\.\.$/, '.');
}

/** The control ids of the pack's own standard, such as `AC-4`. */
export function controlsOf({ info }: RuleRef): string {
  return /\(Control IDs?: (.*)\)\.?$/s.exec(info)?.[1] ?? '';
}

/** How bad a finding is; of the stock packs only an error and a warning are told apart. */
export function weightOf({ guidance, severity }: RuleRef): Weight {
  return guidance?.weight ?? (severity === 'error' ? 'high' : 'medium');
}
