import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export async function untilListening(port: number, seconds = 30, address = '127.0.0.1'): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await listens(port, address))) {
    if (Date.now() > end) throw new Error(`nothing listens on port ${port} after ${seconds} s`);
    await pause(50);
  }
}

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
