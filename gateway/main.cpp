#include <iostream>

#include "commands/cli.hpp"

int main(int argc, char** argv) {
  return bookgate::commands::Run(argc, argv, {std::cin, std::cout, std::cerr});
}
