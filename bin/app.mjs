import { runCompiled } from './compiled.mjs';

await runCompiled(new URL('app.ts', import.meta.url));
