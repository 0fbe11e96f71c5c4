/** Tag prefix of an image that was built, whether or not it passed the gate. */
export const candidateTagPrefix = 'candidate-';
/** Tag prefix an image gets besides, once it has passed the gate. */
export const releasedTagPrefix = 'released-';
