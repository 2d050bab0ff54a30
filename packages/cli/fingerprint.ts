import process from 'node:process';
import { readFingerprint } from '#workspace';

/** `node fingerprint.js go|rust [folder]`: run by Nx as a runtime input of every inferred target. */
const [language, folder = '.'] = process.argv.slice(2);
if (language === 'go' || language === 'rust') {
  process.stdout.write(`${readFingerprint(language, folder)}\n`);
} else {
  process.stderr.write('usage: fingerprint go|rust [folder]\n');
  process.exitCode = 2;
}
