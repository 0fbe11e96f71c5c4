/** Tag prefix of an image that was built, whether or not it passed the gate. */
export const candidateTagPrefix = 'candidate-';
/** Tag prefix an image gets in the repository it runs from, once it has passed the gate and may be rolled out. */
export const passedTagPrefix = 'passed-';
/** Tag prefix an image gets besides, once it has proved itself in service. */
export const releasedTagPrefix = 'released-';

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
