/// \file cli.hpp
/// The command line of `bookgate`.
#pragma once

#include <iosfwd>

namespace bookgate::commands {

/// Exit statuses, as the contract with scripts has them.
enum ExitStatus : int { kDone = 0, kFailed = 1, kWrongUsage = 2 };

/// Where commands read secrets from and print to.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Parses the command line and runs the one command that it names. Returns the exit status.
int Run(int argc, char** argv, Streams streams);

}  // namespace bookgate::commands
