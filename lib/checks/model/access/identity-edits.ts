/** Ids are those of https://pathfinding.cloud. See passed-roles.ts for the sources of what has none. */

/** Calls that make an identity the caller's, or give it what the caller wants. iam-002 to -006, -012, -014 to -021 */
export const identityTakeovers: Readonly<
  Record<string, readonly { readonly actions: readonly string[]; readonly how: string }[]>
> = {
  'AWS::IAM::Role': [
    {
      actions: ['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'],
      how: 'rewriting the policies of',
    },
  ],
  'AWS::IAM::User': [
    {
      actions: [
        'iam:CreateAccessKey',
        'iam:CreateLoginProfile',
        'iam:UpdateLoginProfile',
        'iam:CreateServiceSpecificCredential',
      ],
      how: 'making credentials of',
    },
  ],
  'AWS::SSO::PermissionSet': [
    { actions: ['sso:CreateAccountAssignment'], how: 'assigning' },
    { actions: ['identitystore:CreateGroupMembership'], how: 'joining a group that is assigned' },
  ],
  // iam-013
  'AWS::IAM::Group': [{ actions: ['iam:AddUserToGroup'], how: 'joining' }],
};

/** Identities that a caller makes, gives policies and then is: the calls of each step, any of which will do. */
export const freshIdentities: readonly {
  readonly kind: 'role' | 'user';
  readonly steps: readonly (readonly string[])[];
}[] = [
  // A new role trusts whom its maker names, and one account needs no more than that.
  { kind: 'role', steps: [['iam:CreateRole'], ['iam:PutRolePolicy', 'iam:AttachRolePolicy']] },
  {
    kind: 'user',
    steps: [
      ['iam:CreateUser'],
      ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
      ['iam:CreateAccessKey', 'iam:CreateLoginProfile'],
    ],
  },
];

/** Calls by which an identity gives itself more, asked for on itself. iam-005, -007 to -011 */
export const selfEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  'AWS::IAM::User': ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  'AWS::IAM::Group': ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy'],
  'AWS::SSO::PermissionSet': [
    'sso:PutInlinePolicyToPermissionSet',
    'sso:AttachManagedPolicyToPermissionSet',
    'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  ],
};

/** Calls by which an identity loses policies, and what they refuse. */
export const refusalEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:DeleteRolePolicy', 'iam:DetachRolePolicy'],
  'AWS::IAM::User': ['iam:DeleteUserPolicy', 'iam:DetachUserPolicy'],
  'AWS::IAM::Group': ['iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy', 'iam:RemoveUserFromGroup'],
  'AWS::SSO::PermissionSet': [
    'sso:DeleteInlinePolicyFromPermissionSet',
    'sso:DetachManagedPolicyFromPermissionSet',
  ],
};

/** The same on a managed policy that the identity holds. iam-001 */
export const policyEdits = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** Calls that take or replace the boundary of an identity. */
export const boundaryEdits: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
  'AWS::IAM::User': ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
  'AWS::SSO::PermissionSet': [
    'sso:DeletePermissionsBoundaryFromPermissionSet',
    'sso:PutPermissionsBoundaryToPermissionSet',
  ],
};

/** Calls that let in whomever the caller wants through an identity provider that a role trusts, by the provider. */
export const providerEdits: readonly { readonly provider: RegExp; readonly actions: readonly string[] }[] = [
  {
    provider: /./s,
    actions: [
      'iam:UpdateSAMLProvider',
      'iam:UpdateOpenIDConnectProviderThumbprint',
      'iam:AddClientIDToOpenIDConnectProvider',
    ],
  },
  // Whoever may do everything in a cluster also runs as what its pods are.
  { provider: /oidc\.eks/, actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] },
  {
    provider: /cognito/,
    actions: ['cognito-identity:UpdateIdentityPool', 'cognito-identity:SetIdentityPoolRoles'],
  },
];
