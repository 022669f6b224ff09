# shellcheck shell=bash
# Finds suites, runs them and counts. To be sourced after packaging/lib/build.sh.
#
# A suite is a test that CMake knows (tests/unit/NAME and tests/integration/NAME make one each, named
# unit_NAME and integration_NAME), or a program tests/NAME/run that ends with the line
# "N passed, N failed, N skipped".

: "${project:?}"
total_passed=0
total_failed=0
total_skipped=0

# program_suites BUILD_FOLDER prints the names of the tests that CMake knows.
program_suites() {
  ctest --test-dir "$1" --show-only=json-v1 | jq -r '.tests[].name'
}

# script_suites prints the names of the scripts.
script_suites() {
  local script
  for script in "$project"/tests/*/run; do
    [[ $script == "$project"/tests/bench/run ]] || basename "$(dirname "$script")"
  done
}

# run_program_suite BUILD_FOLDER NAME [LABEL]
run_program_suite() {
  run_suite "${3:-}$2" "$1/test-logs/$2.log" \
    ctest --test-dir "$1" --verbose --timeout 900 --no-tests=error --tests-regex "^$2\$"
}

# run_script_suite BUILD_FOLDER NAME SECONDS
run_script_suite() {
  run_suite "$2" "$1/test-logs/$2.log" timeout --kill-after=30 "$3" "$project/tests/$2/run"
}

# run_suite NAME LOG COMMAND...
run_suite() {
  local name="$1" log="$2" status=0 started=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  count_results "$log" "$status"
  report_suite "$name" "$log" "$status" $((SECONDS - started))
}

# Sets passed, failed and skipped. A suite that crashed counts as a failure whatever it said before,
# and so does one that ran nothing.
count_results() {
  # A suite without a summary has nothing to read.
  read -r passed failed skipped < <(sum_summaries "$1") || passed=''
  if [[ -z $passed ]]; then  # A test without test cases is one.
    passed=1 failed=0 skipped=0
    (($2 == 0)) || passed=0
  fi
  if (($2 != 0 && failed == 0)) || ((passed + failed + skipped == 0)); then
    failed=$((failed + 1))
  fi
  total_passed=$((total_passed + passed))
  total_failed=$((total_failed + failed))
  total_skipped=$((total_skipped + skipped))
}

# Prints the sum of doctest's summaries, or of a script's last line; nothing if there is neither.
sum_summaries() {
  awk '
    /\[doctest\] test cases:/ {
      sub(/.*test cases:/, ""); split($0, part, "|")
      passed += part[2]; failed += part[3]; skipped += part[4]; found = 1
    }
    { last = $0 }
    END {
      if (!found && last ~ /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
        split(last, part, ","); found = 1
        passed = part[1] + 0; failed = part[2] + 0; skipped = part[3] + 0
      }
      if (found) print passed + 0, failed + 0, skipped + 0
    }' "$1"
}

report_suite() {
  local result=ok
  ((failed == 0)) || result=FAILED
  printf '%-7s %-28s %4d passed %3d failed %3d skipped  %4d s\n' "$result" "$1" "$passed" "$failed" \
    "$skipped" "$4"
  ((failed > 0)) || return 0
  printf '%s ended with status %d; the end of %s:\n' "$1" "$3" "$2"
  tail -n 120 "$2" | sed 's/^/    /'
}

# count_failure TEXT and count_skipped TEXT: what is no suite, such as a build.
count_failure() {
  printf '%-7s %s\n' FAILED "$1"
  total_failed=$((total_failed + 1))
}

count_skipped() {
  printf '%-7s %s\n' skipped "$1"
  total_skipped=$((total_skipped + 1))
}

# Ends the script with the sum.
finish_run() {
  printf '%d passed, %d failed, %d skipped\n' "$total_passed" "$total_failed" "$total_skipped"
  ((total_failed == 0 && total_passed > 0))
  exit
}
