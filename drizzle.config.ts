// Where drizzle-kit reads the schema and writes the migrations (`npm run migrations`).
import { defineConfig } from 'drizzle-kit';

export default defineConfig({ dialect: 'sqlite', schema: './db/schema.ts', out: './db/migrations' });
