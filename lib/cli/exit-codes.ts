/** What a command tells besides 2 and 130, by the words that call it; where nothing stands, it has but one end. */
export const exitCodes: Readonly<Record<string, string>> = {
  init: 'Exit code: 0, 2 when an answer is wrong or missing and nobody can be asked, 130 after Ctrl-C. Then nothing is written.',
  review:
    'Exit code: 0 when nothing is open, 1 when something is, 2 when the input or the command line is wrong.',
  preflight:
    'Exit code: 0 when nothing stands in the way that could be seen, 1 when something does, 2 when the input or the command line is wrong.',
  plan: 'Exit code: 0 when the deploy works, 1 when AWS would refuse it or data would be lost, 2 when the input or the command line is wrong.',
  cost: 'Exit code: 0, or 2 when the input or the command line is wrong, or prices of the region are not known.',
  deploy:
    'Exit code: 0 when it went through or waits for you, 1 when something is in the way, 2 when the input or the command line is wrong, 130 after Ctrl-C.',
  status:
    'Exit code: 0 when nothing is overdue or wrong that could be seen, 1 when something is, 2 when the input or the command line is wrong.',
  rehearse:
    'Exit code: 0 when every step went well and nothing is left, 1 when not, 2 when the input or the command line is wrong, 130 after Ctrl-C.',
  rotate:
    'Exit code: 0 when the secret was rotated, 1 when not, 2 when the input or the command line is wrong.',
  patch:
    'Exit code: 0 when nothing needs a person, 1 when something does, 2 when the input or the command line is wrong.',
  'patch now':
    'Exit code: 0 when the run succeeded, 1 when not, 2 when the input or the command line is wrong.',
  'scripts check':
    'Exit code: 0 when the page is as the config says, 1 when not, 2 when the input or the command line is wrong.',
};

const ofAllOthers = 'Exit code: 0 when it is done, 2 when the input or the command line is wrong.';

/** How the end of a command is told to the shell that called it. */
export function exitCodeOf(path: string): string {
  return exitCodes[path] ?? ofAllOthers;
}
