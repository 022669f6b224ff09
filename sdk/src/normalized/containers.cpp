#include "containers.hpp"

#include <bookgate/text.hpp>

#include <optional>
#include <string>
#include <utility>

#include "form.hpp"
#include "names.hpp"

namespace bookgate::normalized {
namespace {

constexpr std::size_t kMaxBookings = 200;
/// Wrappers within wrappers and lists within lists; real senders stop at three.
constexpr int kMaxLayers = 16;

bool LooksLikeJson(std::string_view text) {
  text = Trim(text);
  return !text.empty() && (text.front() == '{' || text.front() == '[');
}

/// n8n's Webhook node, and whatever else passes on a whole request: the booking is its body.
bool IsRequestEnvelope(json::Value object) {
  return object["body"].has_value() && object["headers"].is_object() &&
         (object["query"].exists() || object["params"].exists() || object["webhookUrl"].exists() ||
          object["method"].exists());
}

/// A member of that name may be all there is around a booking. {"customer": {…}} is no wrapper: a
/// name in it is the customer's, and an id in it is not the booking's.
bool MayWrap(std::string_view name, json::Value value) {
  if (!value.is_object() && !value.is_array() && !value.is_string()) return false;
  const std::string folded = FoldName(name);
  const std::optional<Meaning> meaning = MeaningOf(Context::kRoot, folded);
  if (meaning && meaning->documented) return false;
  const std::optional<Context> context = ContextOf(Context::kRoot, folded);
  if (context && *context != Context::kRoot && *context != Context::kBooking) return false;
  if (value.is_array()) return value.size() == 0 || value[0].is_object() || value[0].is_array();
  return value.is_object() || LooksLikeJson(value.RawString().value_or(""));
}

/// Collects the bookings, or the problems that there are with finding them.
class Opener {
 public:
  Opener(OpenedBody& opened, json::Value body) : opened_(opened), mapping_root_(body) {}

  void Open(json::Value value, const Pointer& pointer, int layer) {
    if (layer > kMaxLayers) return Complain(pointer, "too_deep", "is wrapped too often");
    if (opened_.items.size() >= kMaxBookings || opened_.problems.size() >= kMaxProblems) {
      too_many_ = true;
      return;
    }
    if (value.is_string()) return OpenText(value, pointer, layer);
    if (value.is_array()) return OpenList(value, pointer, layer);
    if (!value.is_object()) {
      return Complain(pointer, "bad_type", "must be a booking: an object with its members");
    }
    if (IsRequestEnvelope(value)) return Open(value["body"], pointer.Then("body"), layer + 1);
    if (value.size() == 1 && MayWrap(value.NameAt(0), value.ValueAt(0))) {
      return Open(value.ValueAt(0), pointer.Then(value.NameAt(0)), layer + 1);
    }
    opened_.items.push_back({value, pointer, mapping_root_, mapping_pointer_});
  }

  void Finish() {
    if (too_many_ && opened_.problems.empty()) {
      Complain({}, "too_many_bookings", "a body may hold at most 200 bookings");
    }
  }

 private:
  void Complain(const Pointer& pointer, std::string code, std::string message) {
    opened_.problems.push_back({pointer.text(), std::move(code), std::move(message)});
  }

  /// JSON that a tool has put into a string.
  void OpenText(json::Value value, const Pointer& pointer, int layer) {
    const std::string_view text = value.RawString().value_or("");
    std::optional<json::Document> document =
        LooksLikeJson(text) ? json::Document::Parse(text) : std::nullopt;
    if (!document) {
      return Complain(pointer, "bad_type", "must be a booking: an object with its members");
    }
    opened_.documents.push_back(*std::move(document));
    Open(opened_.documents.back().root(), pointer, layer + 1);
  }

  void OpenList(json::Value list, const Pointer& pointer, int layer) {
    if (list.size() == 0) return Complain(pointer, "empty_list", "the list holds no booking");
    for (std::size_t i = 0; i < list.size() && !too_many_; ++i) {
      mapping_root_ = list[i];
      mapping_pointer_ = pointer.Then(i);
      Open(list[i], mapping_pointer_, layer + 1);
    }
  }

  OpenedBody& opened_;
  json::Value mapping_root_;
  Pointer mapping_pointer_;
  bool too_many_ = false;
};

Reject NotJson(std::string_view body) {
  if (!IsUtf8(body)) return RejectAt("", "not_utf8", "the body is not in UTF-8");
  return RejectAt("", "not_json",
                  LooksLikeJson(body)
                      ? "the body begins like JSON but cannot be read as such: look for a missing "
                        "quote or comma, or for quotes and line breaks in a value that the tool "
                        "puts in unescaped"
                      : "the body is neither JSON nor a form: send an object such as "
                        "{\"customer_email\": \"…\", \"start_time\": \"…\"}");
}

std::variant<OpenedBody, Reject> OpenJson(std::string_view text, bool is_urlencoded) {
  std::optional<json::Document> document = json::Document::Parse(text);
  if (!document) return NotJson(text);
  OpenedBody opened;
  opened.lost_plus_signs = is_urlencoded;
  opened.documents.push_back(*std::move(document));
  const json::Value root = opened.documents.front().root();
  Opener opener(opened, root);
  opener.Open(root, {}, 0);
  opener.Finish();
  return opened;
}

std::variant<OpenedBody, Reject> OpenForm(const FormFields& fields, bool is_urlencoded) {
  std::variant<std::string, Reject> json = FormToJson(fields);
  if (auto* reject = std::get_if<Reject>(&json)) return std::move(*reject);
  return OpenJson(std::get<std::string>(json), is_urlencoded);
}

}  // namespace

std::variant<OpenedBody, Reject> OpenBody(std::string_view body, std::string_view content_type) {
  if (Trim(body).empty()) {
    return RejectAt("", "empty_body", "the body is empty: send the booking as JSON or as a form");
  }
  const std::string media_type = MediaType(content_type);
  if (media_type == "multipart/form-data") {
    const std::optional<FormFields> fields = ParseMultipart(body, content_type);
    if (!fields) {
      return RejectAt("", "bad_multipart", "the multipart form does not end or has no boundary");
    }
    return OpenForm(*fields, false);
  }
  // What begins like JSON is JSON: curl and some templates call everything a form.
  const bool is_json = LooksLikeJson(body) || body.starts_with("\xEF\xBB\xBF");
  if (!is_json && LooksLikeForm(body)) return OpenForm(ParseForm(body), true);
  return OpenJson(body, false);
}

}  // namespace bookgate::normalized
