import { type Command, Option } from 'commander';
import type { ReportOptions } from '../commands/report.js';
import { examples } from '../words/examples.js';
import { reportFormats } from '../words/options.js';

/** `signprox report <files...>`: a saved run once more, in any format, or several side by side. */
export function declareReport(program: Command): void {
  program
    .command('report')
    .description('print or write the report of a saved run again, or of several side by side; nothing is judged')
    .argument('<files...>', 'what runs have written, e.g. reports/bounds.json')
    .addOption(new Option('--format <format>', 'what is printed; default: table').choices(reportFormats))
    .addOption(new Option('--out <directory>', 'write the reports there in place of printing one').conflicts('format'))
    .option(
      '--figure <file>',
      'Figure 1 for the page, as signprox figure has written it; may be given twice',
      (file: string, files: readonly string[]) => [...files, file],
      [],
    )
    .addHelpText(
      'after',
      examples([
        'signprox report reports/bounds.json --format junit',
        'signprox report mine/bounds.json theirs/bounds.json --out both',
      ]),
    )
    .action(async (files: readonly string[], options: ReportOptions) => {
      const { report } = await import('../commands/report.js');
      await report(files, options);
    });
}
