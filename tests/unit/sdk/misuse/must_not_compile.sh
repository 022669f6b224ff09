#!/bin/sh
# Every misuse of BKG_TRANSLATOR in misuse.cpp must be refused, in words that say what is right; the
# right use must compile. Usage: must_not_compile.sh COMPILER SDK_INCLUDE_FOLDER
set -u
source=$(dirname "$0")/misuse.cpp
wanted='Acme needs: static constexpr std::string_view kManifest'
failed=0

if ! "$1" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -I "$2" "$source"; then
  echo "FAILED  the right use does not compile"
  exit 1
fi
misuses=$(sed -n 's/^#\(el\)\{0,1\}if defined(\(.*\))$/\2/p' "$source")
for misuse in $misuses; do
  said=$("$1" -std=c++20 -fsyntax-only "-D$misuse" -I "$2" "$source" 2>&1)
  if [ $? -eq 0 ]; then
    echo "FAILED  $misuse compiles"
    failed=1
  elif ! echo "$said" | grep -qF "$wanted"; then
    echo "FAILED  $misuse is refused, but not in our words:"
    echo "$said"
    failed=1
  else
    echo "ok      $misuse"
  fi
done
[ -n "$misuses" ] || { echo "no misuse was found"; failed=1; }
exit "$failed"
