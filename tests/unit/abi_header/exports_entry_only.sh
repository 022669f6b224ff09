#!/bin/sh
# Every translator exports the entry point and nothing else, whatever it was built with.
# Usage: exports_entry_only.sh NM LIBRARY...
set -u
nm=$1
shift
failed=0
for library in "$@"; do
  exported=$("$nm" -D --defined-only --format=posix "$library" | cut -d' ' -f1 | sort | tr '\n' ' ')
  if [ "$exported" = "bkg_translator_entry_v1 " ]; then
    echo "ok      $library"
  else
    echo "FAILED  $library exports: $exported"
    failed=1
  fi
done
[ "$#" -gt 0 ] || { echo "no library was given"; failed=1; }
exit "$failed"
