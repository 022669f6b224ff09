#include "form.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <bookgate/text.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "pointer.hpp"

namespace bookgate::normalized {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

/// Keeps building the tree cheap: finding a name in it is a search through all.
constexpr std::size_t kMaxFields = 1000;
constexpr std::size_t kMaxNameParts = 8;

/// A name of the form with its values, or with the names in brackets behind it.
struct Node {
  std::vector<std::string_view> values;
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> children;

  Node& Child(std::string_view name) {
    for (const auto& [known, child] : children) {
      if (known == name) return *child;
    }
    return *children.emplace_back(std::string(name), std::make_unique<Node>()).second;
  }
};

bool IsIndex(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "a[b][0]" as a, b, 0. A name whose brackets do not match is one part.
std::vector<std::string_view> NameParts(std::string_view name) {
  const std::size_t open = name.find('[');
  if (open == 0 || open == std::string_view::npos || name.back() != ']') return {name};
  std::vector<std::string_view> parts = {name.substr(0, open)};
  std::string_view rest = name.substr(open);
  while (!rest.empty()) {
    const std::size_t close = rest.find(']');
    if (rest.front() != '[' || close == std::string_view::npos) return {name};
    parts.push_back(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
  }
  return parts.size() <= kMaxNameParts ? parts : std::vector<std::string_view>{name};
}

void WriteText(Writer& out, std::string_view text) {
  out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void WriteValues(Writer& out, const std::vector<std::string_view>& values) {
  for (const std::string_view value : values) WriteText(out, value);
}

// Recursion ends at kMaxNameParts.
void Write(Writer& out, const Node& node) {
  const auto& children = node.children;
  if (children.empty() && node.values.size() == 1) return WriteText(out, node.values.front());
  const bool is_list = std::all_of(children.begin(), children.end(),
                                   [](const auto& child) { return IsIndex(child.first); });
  if (is_list) {
    out.StartArray();
    WriteValues(out, node.values);
    for (const auto& [name, child] : children) {
      if (name.empty() && child->children.empty()) {
        WriteValues(out, child->values);
      } else {
        Write(out, *child);
      }
    }
    out.EndArray();
    return;
  }
  out.StartObject();
  for (const auto& [name, child] : children) {
    out.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    Write(out, *child);
  }
  out.EndObject();
}

std::vector<Problem> TextProblems(const FormFields& fields) {
  std::vector<Problem> problems;
  for (const auto& [name, value] : fields) {
    if (IsUtf8(name) && IsUtf8(value)) continue;
    problems.push_back({IsUtf8(name) ? Pointer().Then(name).text() : std::string(), "not_utf8",
                        "is not in UTF-8: send the form with accept-charset UTF-8"});
    if (problems.size() == kMaxProblems) break;
  }
  return problems;
}

/// The value of a parameter of a header, without quotes: name="email" gives email.
std::string_view Parameter(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view part = Trim(header.substr(0, end));
    header.remove_prefix(std::min(header.size(), end + 1));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    if (!EqualsIgnoringAsciiCase(Trim(part.substr(0, equals)), name)) continue;
    std::string_view value = Trim(part.substr(equals + 1));
    const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
  }
  return {};
}

/// Adds the field of one part, which is headers, an empty line and the value. Files have a name.
void AddPart(std::string_view part, FormFields& fields) {
  const std::size_t gap = part.find("\r\n\r\n");
  if (gap == std::string_view::npos) return;
  std::string_view headers = part.substr(0, gap);
  const std::string_view value = part.substr(gap + 4);
  while (!headers.empty()) {
    const std::string_view line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (!EqualsIgnoringAsciiCase(Trim(line.substr(0, colon)), "content-disposition")) continue;
    const std::string_view disposition = line.substr(colon + 1);
    const std::string_view name = Parameter(disposition, "name");
    const bool is_file = Parameter(disposition, "filename").data() != nullptr;
    if (!name.empty() && !is_file) fields.emplace_back(name, value);
  }
}

}  // namespace

bool LooksLikeForm(std::string_view body) {
  const std::size_t equals = body.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  const std::string_view name = body.substr(0, equals);
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-.[]%+&").find(c) != std::string_view::npos;
  });
}

std::optional<FormFields> ParseMultipart(std::string_view body, std::string_view content_type) {
  const std::string_view boundary = Parameter(content_type, "boundary");
  if (boundary.empty()) return std::nullopt;
  const std::string delimiter = "\r\n--" + std::string(boundary);
  const std::string_view first = std::string_view(delimiter).substr(2);
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  FormFields fields;
  // "--" behind the delimiter is the end.
  while (!body.starts_with("--")) {
    const std::size_t end = body.find(delimiter);
    if (end == std::string_view::npos) return std::nullopt;
    AddPart(body.substr(0, end), fields);
    if (fields.size() > kMaxFields) break;
    body.remove_prefix(end + delimiter.size());
  }
  return fields;
}

std::variant<std::string, Reject> FormToJson(const FormFields& fields) {
  if (fields.size() > kMaxFields) {
    return RejectAt("", "too_many_fields", "a form may have at most 1000 fields");
  }
  std::vector<Problem> problems = TextProblems(fields);
  if (!problems.empty()) return Reject{std::move(problems)};
  Node root;
  for (const auto& [name, value] : fields) {
    Node* node = &root;
    for (const std::string_view part : NameParts(name)) node = &node->Child(part);
    node->values.push_back(value);
  }
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  out.StartObject();
  for (const auto& [name, child] : root.children) {
    out.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    Write(out, *child);
  }
  out.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

}  // namespace bookgate::normalized
