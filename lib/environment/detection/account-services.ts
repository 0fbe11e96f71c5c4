import type { AccountService } from '../../config/environment.ts';

/** What exists once per account and region; an environment whose account already runs it leaves it out. */
export const accountServiceTypes: Readonly<Record<AccountService, string>> = {
  guardduty: 'AWS::GuardDuty::Detector',
  'access-analyzer': 'AWS::AccessAnalyzer::Analyzer',
  'security-hub': 'AWS::SecurityHub::Hub',
  config: 'AWS::Config::ConfigurationRecorder',
  macie: 'AWS::Macie::Session',
};
