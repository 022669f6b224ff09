# shellcheck shell=bash
# Starts, finds and stops background processes by their pid files. To be sourced after messages.sh.

# start_process PID_FILE LOG COMMAND... leaves the command running in a session of its own, where
# neither Ctrl-C nor the end of the terminal reaches it, with nothing of ours open.
start_process() {
  local pid_file="$1" log="$2"
  shift 2
  close_and_exec "$@" </dev/null >>"$log" 2>&1 &
  printf '%s\n' "$!" >"$pid_file"
}

# Descriptors above 2 are locks and pipes of the scripts: a server that kept them would hold them
# as long as it lives.
close_and_exec() {
  local descriptor
  for descriptor in /proc/"$BASHPID"/fd/*; do
    descriptor="${descriptor##*/}"
    if ((descriptor > 2)); then
      exec {descriptor}>&-
    fi
  done
  exec setsid "$@"
}

# process_of PID_FILE WORD prints the pid if that process runs and has the word in its command line:
# after a crash or a reboot the number may be somebody else's.
process_of() {
  local pid
  [[ -s $1 ]] && pid="$(<"$1")" && process_is "$pid" "$2" && printf '%s\n' "$pid"
}

# process_is PID WORD: a process that has ended has no command line, even while it is still listed.
process_is() {
  [[ $1 =~ ^[0-9]+$ ]] && tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | grep -F -- "$2" >/dev/null
}

# stop_process PID_FILE WORD SECONDS asks the process to end, waits, and kills it when the time is
# over. Where none runs it only removes the file.
stop_process() {
  local pid
  if pid="$(process_of "$1" "$2")"; then
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_until "$3" process_is_gone "$pid" "$2"; then
      say "Process $pid did not end within $3 s: killing it"
      kill -KILL "$pid" 2>/dev/null || true
      wait_until 10 process_is_gone "$pid" "$2" || fail "process $pid cannot be stopped"
    fi
  fi
  rm -f "$1"
}

process_is_gone() {
  ! process_is "$1" "$2"
}

# wait_until SECONDS COMMAND... runs the command until it succeeds; fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}
