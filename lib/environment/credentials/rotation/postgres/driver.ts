import type { Driver } from '../database.ts';
import { connectPostgres } from './connection.ts';
import { postgres } from './dialect.ts';
import { keepScramKeys } from './scram.ts';

keepScramKeys();

export const driver: Driver = { connect: connectPostgres, dialect: postgres };
