// Puts beside the compiled code the files that the compiler does not carry: the database's migrations.
import { cpSync } from 'node:fs';

cpSync('db/migrations', 'dist/db/migrations', { recursive: true });
