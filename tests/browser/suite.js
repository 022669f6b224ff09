// Runs the tests of tests/ in order, in one browser, and prints the sum in the words that tests/run
// reads. suite.js FOLDER [NAME…]: FOLDER holds bookgate.json, as packaging/quickstart --json prints it.

import { openBrowser } from "./support/browser.js";
import { finish, inFile } from "./support/checks.js";
import { openHouse } from "./support/house.js";

const FILES = ["modules", "description", "story", "register", "states", "strangers", "access"];

const [folder, ...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !FILES.includes(name));
if (unknown.length > 0) throw new Error(`no test is called ${unknown}; there are: ${FILES}`);

const house = openHouse(folder);
const browser = await openBrowser(folder, house);
try {
  for (const name of FILES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await inFile(name, async () => (await import(`./tests/${name}.js`)).default({ house, browser, folder }));
  }
} finally {
  await browser.close();
}
finish();
