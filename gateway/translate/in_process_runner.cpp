#include "translate/in_process_runner.hpp"

#include <bookgate/text.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "translate/result_reader.hpp"

namespace bookgate::translate {
namespace {

constexpr std::size_t kMaxFailureBytes = 500;

bkg_span Span(std::string_view text) {
  return {text.data(), text.size()};
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Those fields that may be shown, as the ABI wants them; they point into `fields`.
std::vector<bkg_field> Shown(const std::vector<model::Field>* fields,
                             const std::vector<std::string>& names) {
  std::vector<bkg_field> shown;
  if (fields == nullptr || names.empty()) return shown;
  for (const model::Field& field : *fields) {
    if (Contains(names, field.name)) shown.push_back({Span(field.name), Span(field.value)});
  }
  return shown;
}

/// Replies as the ABI wants them. Owns the array of structs and that of pointers to them.
class Replies {
 public:
  explicit Replies(const std::vector<LookupReply>* replies) {
    if (replies == nullptr) return;
    structs_.reserve(replies->size());
    for (const LookupReply& reply : *replies) {
      structs_.push_back({sizeof(bkg_lookup_reply), reply.outcome, Span(reply.id),
                          Span(reply.content_type), Span(reply.body), reply.http_status, 0});
    }
    for (const bkg_lookup_reply& reply : structs_) pointers_.push_back(&reply);
  }
  Replies(const Replies&) = delete;
  Replies& operator=(const Replies&) = delete;

  const bkg_lookup_reply* const* data() const { return pointers_.data(); }
  std::size_t size() const { return pointers_.size(); }

 private:
  std::vector<bkg_lookup_reply> structs_;
  std::vector<const bkg_lookup_reply*> pointers_;
};

/// What a step left in the sink.
struct Put {
  std::string text;
  std::size_t size = 0;  ///< As put; more than text has if it was too large to be kept.
  unsigned times = 0;
};

/// Called by the translator, so nothing thrown may leave it: out of memory shows as a size that
/// the text does not have.
void Take(void* context, bkg_span result) noexcept {
  Put& put = *static_cast<Put*>(context);
  if (++put.times > 1) return;
  put.size = result.size;
  if (result.data == nullptr || result.size > kMaxResultBytes) return;
  try {
    put.text.assign(result.data, result.size);
  } catch (const std::exception&) {
    put.text.clear();
  }
}

/// The first line of what a failed translator says, fit for a log.
std::string FailureText(const Put& put) {
  std::string line = put.text.substr(0, std::min(put.text.find('\n'), kMaxFailureBytes));
  const bool ascii_only = !IsUtf8(line);  // Cutting may have left half a character, too.
  const auto unfit = [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F || (ascii_only && byte >= 0x80);
  };
  std::replace_if(line.begin(), line.end(), unfit, '?');
  return line;
}

StepOutcome Fault(std::string reason, std::string detail) {
  return {Failed{std::move(reason), std::move(detail)}, nullptr, {}};
}

StepOutcome Judge(std::uint32_t status, const Put& put) {
  if (status == BKG_STEP_FAILED) return Fault("step_failed", FailureText(put));
  if (status != BKG_STEP_DECIDED) {
    return Fault("unknown_status", "step() returned " + std::to_string(status) + ".");
  }
  if (put.times == 0) return Fault("puts_nothing", "step() decided, but put no result.");
  if (put.times > 1) {
    return Fault("puts_twice", "step() put " + std::to_string(put.times) + " results.");
  }
  if (put.size > kMaxResultBytes) {
    return Fault("result_too_large", "The result has " + std::to_string(put.size) +
                                         " bytes; at most 262144 are allowed.");
  }
  if (put.size != put.text.size()) return Fault("puts_null", "The result could not be copied.");
  return ReadResult(put.text);
}

}  // namespace

std::vector<std::string> ShownHeaders(const Manifest& manifest) {
  constexpr std::array<std::string_view, 4> kCredentials = {"authorization", "proxy-authorization",
                                                            "cookie", "x-api-key"};
  std::vector<std::string> shown;
  for (const std::string& name : manifest.headers) {
    const bool credential =
        std::find(kCredentials.begin(), kCredentials.end(), name) != kCredentials.end();
    if (!credential && !model::IsSignatureHeader(manifest.signature, name)) shown.push_back(name);
  }
  return shown;
}

std::vector<std::string> ShownQuery(const Manifest& manifest) {
  std::vector<std::string> shown = manifest.query;
  std::erase(shown, "token");
  return shown;
}

InProcessRunner::InProcessRunner(const bkg_translator_v1& translator, const Manifest& manifest,
                                 std::vector<std::string> granted_hosts, std::string config_json)
    : translator_(translator),
      headers_(ShownHeaders(manifest)),
      query_(ShownQuery(manifest)),
      grant_{manifest.lookup_hosts, std::move(granted_hosts), manifest.lookup_rounds},
      config_json_(std::move(config_json)) {}

StepOutcome InProcessRunner::Step(const StepInput& input) {
  const std::vector<bkg_field> headers = Shown(input.headers, headers_);
  const std::vector<bkg_field> query = Shown(input.query, query_);
  const Replies replies(input.replies);
  bkg_step_input raw{};
  raw.struct_size = sizeof(raw);
  raw.host_minor = BKG_ABI_MINOR;
  raw.received_at_ms = input.received_at_ms;
  raw.body = Span(input.body);
  raw.content_type = Span(input.content_type);
  raw.headers = headers.data();
  raw.header_count = headers.size();
  raw.query = query.data();
  raw.query_count = query.size();
  raw.config = Span(input.config.empty() ? std::string_view(config_json_) : input.config);
  raw.operation = Span(input.operation);
  raw.parameters = Span(input.parameters);
  raw.replies = replies.data();
  raw.reply_count = replies.size();

  Put put;
  const bkg_result_sink sink = {sizeof(bkg_result_sink), 0, &put, &Take};
  std::uint32_t status = BKG_STEP_FAILED;
  try {
    status = translator_.step(&raw, &sink);
  } catch (...) {
    // A breach of the contract, so its text is not trusted either; a library that is built with
    // BKG_TRANSLATOR never gets here.
    return Fault("throws", "step() let an exception out.");
  }
  StepOutcome outcome = Judge(status, put);
  if (const auto* need = std::get_if<NeedLookups>(&outcome.result)) {
    std::optional<Failed> failed =
        CheckLookups(grant_, need->lookups, input.replies, input.lookup_rounds);
    if (failed) outcome.result = *std::move(failed);
  }
  return outcome;
}

}  // namespace bookgate::translate
