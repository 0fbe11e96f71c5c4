import { runCompiled } from '../bin/compiled.mjs';

await runCompiled(new URL('app.ts', import.meta.url));
