#!/bin/sh
# Compiles the ABI's header alone, in every language that it is promised for, with every compiler that
# is here. Usage: compile_header.sh SDK_INCLUDE_FOLDER
set -u
include=$1
here=$(dirname "$0")
failed=0
tried=0

compile() { # COMPILER LANGUAGE STANDARD
  tried=$((tried + 1))
  if "$1" -x "$2" "-std=$3" -pedantic -Wall -Wextra -Wpadded -Werror -fsyntax-only \
    -I "$include" -I "$here" "$here/header_alone.c"; then
    echo "ok      $1 $3"
  else
    echo "FAILED  $1 $3"
    failed=1
  fi
}

for compiler in gcc clang; do
  command -v "$compiler" >/dev/null || continue
  for standard in c99 c11 c17; do compile "$compiler" c "$standard"; done
done
for compiler in g++ clang++; do
  command -v "$compiler" >/dev/null || continue
  for standard in c++17 c++20; do compile "$compiler" c++ "$standard"; done
done

if [ "$tried" -eq 0 ]; then
  echo "there is no compiler to try it with"
  exit 1
fi
exit "$failed"
