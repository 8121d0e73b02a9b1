import { existsSync } from 'node:fs';
import { PackagesMissing, installPackages } from '../servers/debian-packages.ts';

const PACKAGE = 'chromium';
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine: what CHROMIUM names, or else where distributions put it; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM } = process.env;
  return CHROMIUM ? CHROMIUM : PLACES.find((place) => existsSync(place));
}

/**
 * Installs the browser where there is none, announced first.
 *
 * @throws {PackagesMissing} saying what to do, when this is not root or not Debian, or apt failed
 */
export async function ensureChromium(say: (line: string) => void): Promise<void> {
  const found = findChromium();
  if (found !== undefined && existsSync(found)) return;
  if (found !== undefined) throw new PackagesMissing(`CHROMIUM names ${found}, and there is no such file.`);
  const install = ['install', '-y', '--no-install-recommends', PACKAGE];
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new PackagesMissing(
      `Browser tests need Chromium, and there is none in ${PLACES.join(', ')}. Install it (on Debian: ` +
        `sudo apt-get ${install.join(' ')}), or name it: CHROMIUM=path`,
    );
  }
  say(`Chromium is missing. Installing it now (apt-get ${install.join(' ')}).`);
  await installPackages(install, say);
  if (findChromium() === undefined) throw new PackagesMissing(`apt-get did not bring ${PACKAGE}.`);
}
