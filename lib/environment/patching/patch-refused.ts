/** The image may not run, or did not work; the previous one runs on. The message says why, for a person. */
export class PatchRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatchRefused';
  }
}
