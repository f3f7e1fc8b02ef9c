// One line for each thing that is judged, as `scripts/test` counts them; exit 1 unless all hold.
import assert from 'node:assert/strict';

export { assert };

/** Runs what judges, and tells how it ended. */
export async function judge(name, check) {
  try {
    await check();
    console.log(`ok    ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split('\n').join('\n      ')}`);
  }
}

/** The address that is judged, without a slash at the end. */
export function address() {
  const given = process.argv[2];
  if (!given) {
    console.error(`usage: node ${process.argv[1].split('/').pop()} ADDRESS`);
    process.exit(2);
  }
  return given.replace(/\/$/, '');
}
