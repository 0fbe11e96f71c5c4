export const patchMetricNamespace = 'SecureShop/Patching';
export const pipelineDimension = 'Pipeline';
