#!/usr/bin/env node
// The command line is TypeScript; tsx lets Node 20 run it as it stands.
import { register } from 'tsx/esm/api';

register();
await import('../lib/command-line.ts');
