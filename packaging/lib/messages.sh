# shellcheck shell=bash
# What scripts say. To be sourced. Everything goes to standard error, so that standard output is
# left for results.

say() {
  printf '%s\n' "$*" >&2
}

# fail MESSAGE ends the script with status 1.
fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# fail_usage MESSAGE ends the script with status 2.
fail_usage() {
  printf "%s: %s\nTry '%s --help'.\n" "${0##*/}" "$*" "$0" >&2
  exit 2
}

# fail_with_log MESSAGE FILE ends the script, showing the last lines of the file.
fail_with_log() {
  say "The last lines of $2:"
  tail -n 20 "$2" >&2 || true
  fail "$1"
}
