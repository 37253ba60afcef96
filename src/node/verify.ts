/** `npm run verify`: see `--help`. */
import { verifyAnswers } from './verify-answers.ts';

process.exitCode = await verifyAnswers(process.argv.slice(2), (line) => {
  console.log(line);
});
