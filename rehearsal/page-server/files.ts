// The built page, read once and served from memory, with a rule that lets nothing come from elsewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { packageRoot } from '../bot.js';

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/**
 * Serves what Vite built.
 *
 * @param pictures - Where attachments come from: the stand-in's origins, all on this machine
 */
export function builtPage(pictures: string): (request: IncomingMessage, response: ServerResponse) => void {
  const folder = path.join(packageRoot(), 'dist/rehearsal/page');
  if (!existsSync(folder)) throw new Error('The page is not built yet: npm run build');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = new Map(
    names
      .filter((name) => kinds[path.extname(name)])
      .map((name) => [`/${name}`, readFileSync(path.join(folder, name))]),
  );
  const policy = [
    "default-src 'self'",
    `img-src 'self' data: blob: ${pictures}`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  return ({ url = '/' }, response) => {
    const place = new URL(url, 'http://page').pathname;
    const name = place === '/' ? '/index.html' : place;
    const file = files.get(name);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': kinds[path.extname(name)],
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(file);
  };
}
