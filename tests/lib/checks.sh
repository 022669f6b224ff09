# shellcheck shell=bash
# For suites that are scripts. To be sourced. Each check is counted; finish prints the sum in the
# words that tests/run reads.

passed=0
failed=0
skipped=0

# check TEXT COMMAND... passes if the command succeeds. What it printed is shown if it does not.
check() {
  local text="$1" output
  shift
  if output="$("$@" 2>&1)"; then
    passed=$((passed + 1))
    printf 'ok: %s\n' "$text"
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$text"
    [[ -z $output ]] || printf '%s\n' "$output" | head -n 60 | sed 's/^/    /'
  fi
}

# skip TEXT REASON
skip() {
  skipped=$((skipped + 1))
  printf 'skipped: %s: %s\n' "$1" "$2"
}

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0))
  exit
}

# equal EXPECTED ACTUAL, for checks.
equal() {
  [[ $1 == "$2" ]] || { printf 'expected: %s\nactual:   %s\n' "$1" "$2" && return 1; }
}

# fails STATUS TEXT COMMAND..., for checks: the command ends with that status and prints the text.
fails() {
  local expected="$1" text="$2" output status=0
  shift 2
  output="$("$@" 2>&1)" || status=$?
  [[ $status == "$expected" && $output == *"$text"* ]] && return
  printf 'expected status %s and: %s\nstatus %s:\n%s\n' "$expected" "$text" "$status" "$output"
  return 1
}

# free_port prints a port that nothing answers on. It is below those that the system hands out to
# clients, so that no outgoing connection takes it meanwhile.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '%s\n' "$port"
}
