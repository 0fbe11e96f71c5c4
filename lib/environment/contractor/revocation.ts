/** A policy that only refuses, as IAM takes it. */
export interface Refusal {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Deny';
    readonly Action: '*';
    readonly Resource: '*';
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/**
 * What the policy says from the first deploy on: nothing is as old. It stays as it is, whatever else of the project
 * changes: a template that says something else would overwrite a revocation.
 */
export const neverRevoked = sessionsBefore(new Date('2026-01-01T00:00:00Z'));

/** Refuses everything, to sessions that are open and to any new one. */
export function revokedAt(now: Date): Refusal {
  return {
    ...sessionsBefore(now),
    Statement: [
      ...sessionsBefore(now).Statement,
      { Sid: 'UntilAdmittedAgain', Effect: 'Deny', Action: '*', Resource: '*' },
    ],
  };
}

/** Lets the contractor sign in anew. What was signed in before stays refused: somebody else may hold it. */
export function admittedAt(now: Date): Refusal {
  return sessionsBefore(now);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html */
function sessionsBefore(time: Date): Refusal {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SessionsBefore',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': time.toISOString() } },
      },
    ],
  };
}
