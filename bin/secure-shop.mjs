#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

await runCompiled(new URL('../lib/command-line.ts', import.meta.url));
