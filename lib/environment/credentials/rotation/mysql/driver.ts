import type { Driver } from '../database.ts';
import { connectMysql } from './connection.ts';
import { mysql } from './dialect.ts';

export const driver: Driver = { connect: connectMysql, dialect: mysql };
