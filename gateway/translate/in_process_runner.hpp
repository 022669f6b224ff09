/// \file in_process_runner.hpp
/// Runs a translator's steps in this process.
#pragma once

#include <bookgate/translator_abi.h>

#include <string>
#include <string_view>
#include <vector>

#include "translate/lookup_check.hpp"
#include "translate/manifest.hpp"
#include "translate/step.hpp"

namespace bookgate::translate {

/// Calls step() of one library, which must stay loaded as long as this lives. Thread-safe, since
/// step() is, and nothing here changes.
class InProcessRunner final : public Runner {
 public:
  /// `translator` was checked by the loader. `config_json` is valid against the manifest's schema.
  InProcessRunner(const bkg_translator_v1& translator, const Manifest& manifest,
                  std::vector<std::string> granted_hosts, std::string config_json);

  StepOutcome Step(const StepInput& input) override;

 private:
  const bkg_translator_v1& translator_;
  const std::vector<std::string> headers_;  ///< What step() gets to see: never a credential.
  const std::vector<std::string> query_;
  const LookupGrant grant_;
  const std::vector<std::string> operations_;
  const std::string config_json_;
};

/// The manifest's headers without credentials and without what carries the signature.
std::vector<std::string> ShownHeaders(const Manifest& manifest);
/// The manifest's query parameters without `token`.
std::vector<std::string> ShownQuery(const Manifest& manifest);

}  // namespace bookgate::translate
