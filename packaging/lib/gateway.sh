# shellcheck shell=bash
# A gateway that belongs to a folder: starts it, waits until it is ready, stops it. To be sourced
# after messages.sh and processes.sh.

# gateway_start DIR PROGRAM CONFIG
gateway_start() {
  : >"$1/bookgate.log"
  start_process "$1/bookgate.pid" "$1/bookgate.log" "$2" --config "$3" serve
}

# gateway_wait_ready DIR OPS_PORT returns when the gateway takes bookings; ends the script, with the
# gateway's own words, if it does not.
gateway_wait_ready() {
  wait_until 60 gateway_ready_or_ended "$1" "$2" || true
  gateway_pid "$1" >/dev/null || fail_with_log "the gateway ended while it started" "$1/bookgate.log"
  gateway_is_ready "$2" ||
    fail_with_log "the gateway is not ready: $(readiness "$2")" "$1/bookgate.log"
}

# gateway_stop DIR
gateway_stop() {
  stop_process "$1/bookgate.pid" "$1/bookgate.toml" 20
}

# gateway_pid DIR prints its pid, or fails if it does not run.
gateway_pid() {
  process_of "$1/bookgate.pid" "$1/bookgate.toml"
}

gateway_ready_or_ended() {
  gateway_is_ready "$2" || ! gateway_pid "$1" >/dev/null
}

gateway_is_ready() {
  curl --noproxy '*' -fsS -o /dev/null -m 5 "http://127.0.0.1:$1/readyz" 2>/dev/null
}

readiness() {
  curl --noproxy '*' -sS -m 5 "http://127.0.0.1:$1/readyz" 2>&1
}

# port_is_taken PORT: something answers on it on this machine.
port_is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
