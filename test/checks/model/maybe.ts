/** `Conditions` of a template with one of which nobody knows whether it holds. */
export const maybeCondition = { Maybe: { 'Fn::Equals': [{ Ref: 'Anything' }, 'yes'] } };

/** A value by that condition. @param no left out unless given */
export const maybe = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({
  'Fn::If': ['Maybe', yes, no],
});
