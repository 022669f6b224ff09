/// \file library.hpp
/// Shared libraries in this process. Loaded once, kept to the end.
#pragma once

#include <bookgate/translator_abi.h>

#include <string>
#include <variant>

#include "translate/plugin_file.hpp"

namespace bookgate::translate {

/// A library that could not be loaded, or is no translator.
struct LibraryProblem {
  std::string code;
  std::string message;
};

/// Loads the library through its open descriptor, calls its entry point and checks what that
/// returns, in this order: "replaced_in_place", "load_failed", "other_major", "no_entry",
/// "entry_returns_null", "short_struct", "null_step", "newer_minor", "manifest_missing".
///
/// A library is never unloaded, whatever is wrong with it: its constructors have run, and code of
/// it may be referred to from anywhere. The same file is loaded once. Thread-safe.
std::variant<const bkg_translator_v1*, LibraryProblem> LoadTranslator(PluginFile file);

/// "1.0" for major version 1, minor 0.
std::string AbiVersion(std::uint32_t minor);

}  // namespace bookgate::translate
