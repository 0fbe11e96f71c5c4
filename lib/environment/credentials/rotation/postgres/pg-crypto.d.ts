/** What the driver calls to log in with SCRAM; @types/pg leaves it out. */
declare module 'pg/lib/crypto/utils.js' {
  const functions: {
    deriveKey(password: string, salt: Uint8Array, iterations: number): Promise<Buffer>;
    hmacSha256(key: Buffer, text: string): Promise<Buffer>;
    sha256(data: Buffer): Promise<Buffer>;
  };
  export default functions;
}
