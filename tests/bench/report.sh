# shellcheck shell=bash
# Prints bench.json for people. To be sourced.

# print_report FILE
print_report() {
  jq -r '
    def whole: if . == null then "n/a" else round | tostring end;
    def places($n): if . == null then "n/a" else . * pow(10; $n) | round / pow(10; $n) | tostring end;
    def line($text; $value; $unit): [$text, $value, $unit] | @tsv;
    line("(a) the listener alone, answering a constant"; .constant.per_second | whole; "requests/s"),
    line("(b) the database alone, 128 a transaction, one connection"; .rows.one_connection.per_second | whole; "bookings/s"),
    line("(b) the database alone, 128 a transaction, two connections"; .rows.two_connections.per_second | whole; "bookings/s"),
    line("(c) the gateway, \(.connections) connections, 10 % repeats"; .gateway.per_second | whole; "requests/s"),
    line("(c) its latency under that load, median"; .gateway.p50_ms | places(2); "ms"),
    line("(c) 99 of 100 faster than"; .gateway.p99_ms | places(2); "ms"),
    line("(c)/(a)"; .ratios.gateway_to_constant | places(2); ""),
    line("(c)/(b) two connections"; .ratios.gateway_to_rows | places(2); ""),
    line("(d) latency at \(.fixed_rate.requests_per_second) requests/s, median"; .fixed_rate.p50_ms | places(2); "ms"),
    line("(d) 99 of 100 faster than"; .fixed_rate.p99_ms | places(2); "ms"),
    (.translators | to_entries[] | line("(e) translating \(.key), in-process"; .value.in_process_microseconds | places(1); "µs"),
      line("(e) translating \(.key), sandboxed"; .value.sandboxed_microseconds | places(1); "µs")),
    line("(f) resident memory before"; .memory.resident_kib_before / 1024 | places(1); "MiB"),
    line("(f) resident memory after \(.answers.ok) answers in all"; .memory.resident_kib_after / 1024 | places(1); "MiB"),
    line("(f) start-up to ready"; .start.ready_ms | places(1); "ms")
  ' "$1" | awk -F '\t' '{ printf "%-62s %10s %s\n", $1, $2, $3 }'
  jq -r '"\nMariaDB \(.database.version): innodb_flush_log_at_trx_commit=\(.database.innodb_flush_log_at_trx_commit), doublewrite=\(.database.innodb_doublewrite), flush method \(.database.innodb_flush_method); \(.processors) processors",
    "which the load generator, the gateway and the database share.",
    "Answers: \(.answers.ok) with 200, \(.answers.other) with another status, \(.answers.broken) connections broken.",
    "In the database: \(.check.bookings) bookings acknowledged \(.check.acknowledged) times; missing \(.check.missing), doubled \(.check.doubled), under another id \(.check.wrong_appointment + .check.wrong_contact), deliveries missing \(.check.missing_deliveries)."
  ' "$1"
}
