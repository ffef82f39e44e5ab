// Writes docs/reliability.md from a run of the fault tests: what holds, and how often it was tried.
import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const titles: Record<string, string> = {
  'tests/faults/writes.test.ts': 'Writes',
  'tests/jobs/daily-tally-once.test.ts': 'The daily tally, once per channel and day',
  'tests/jobs/daily-tally.test.ts': 'The daily tally, day by day',
  'tests/main-database.test.ts': 'The database, under the running bot',
  'tests/db/connect.test.ts': 'The database, at its opening',
  'tests/commands/sweep.test.ts': 'Bad input',
};

/** A row per test: its name says what holds. */
export default class FaultReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const sections = modules.map((module) => {
      const rows = [...module.children.allTests()].map(rowOf);
      const title = titles[module.relativeModuleId] ?? module.relativeModuleId;
      return [
        `## ${title}`,
        '',
        '| fault, and what holds | tried | held |',
        '| --- | ---: | ---: |',
        ...rows,
      ].join('\n');
    });
    writeFileSync('docs/reliability.md', `${[introduction, ...sections.sort()].join('\n\n')}\n`);
  }
}

function rowOf(test: TestCase): string {
  const { repeats = 0 } = test.options;
  const tried = repeats + 1;
  const held = test.result().state === 'passed' ? String(tried) : `**${test.result().state}**`;
  return `| ${test.fullName.replaceAll('|', '\\|')} | ${tried} | ${held} |`;
}

const introduction = `# Reliability

Written by \`npm run faults\`, which runs the real bot process on a real database file against the local Discord, and
makes things go wrong. Each row is a test; its name says the fault and what holds. A row holds only if every try did.
The same tests run in \`npm test\`, each once. A row of *Bad input* tries many generated values, six an option by default.`;
