/** What a shell reports of a process that ended so. */
const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

let onCtrlC: (() => void) | undefined;

/**
 * Ctrl-C leaves in an orderly way: what is being written in one go is written, temporary folders are taken away.
 * bin/compiled.mjs has listened until here.
 */
export function leaveOnSignals(): void {
  for (const [signal, code] of Object.entries(codes)) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      if (signal === 'SIGINT' && onCtrlC) onCtrlC();
      else process.exit(code);
    });
  }
}

/** Does something else at Ctrl-C. @returns what ends that */
export function atCtrlC(action: () => void): () => void {
  onCtrlC = action;
  return () => {
    onCtrlC = undefined;
  };
}
