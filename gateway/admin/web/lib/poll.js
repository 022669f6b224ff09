// Asks again and again, while somebody is looking.

const LONGEST_PAUSE = 30_000;

/**
 * Calls `work` now and then every `pause` milliseconds, one call at a time; not while the page is
 * hidden, and less often while it fails. `failed(error)` is told of each failure. Returns what stops
 * it.
 */
export function poll(pause, work, failed = () => {}) {
  let timer = 0;
  let stopped = false;
  let failures = 0;

  async function run() {
    clearTimeout(timer);
    if (stopped || document.hidden) return;
    try {
      await work();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!stopped) failed(error);
    }
    if (stopped) return;
    timer = setTimeout(run, Math.min(pause * 2 ** Math.min(failures, 5), LONGEST_PAUSE));
  }

  const look = () => document.hidden || run();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("signed-in", look);
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("signed-in", look);
  };
}
