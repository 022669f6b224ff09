// Run by the build: checks a translator's manifest and writes it as a C++ header.
//
//   bookgate-embed-manifest SCHEMA MANIFEST HEADER
//
// Exit status 1 and one line "MANIFEST: place: what is wrong" if the manifest is no good; the
// header is then left as it was.
#include <bookgate/schema.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace {

constexpr std::size_t kMaxManifestBytes = 65'536;  // As the gateway's limit.

std::optional<std::string> ReadFile(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// A string literal a line. Octal escapes have always three digits, so that no character after one
/// can be taken for a part of it, and escaping '?' leaves no trigraphs.
std::string Literals(std::string_view text) {
  std::string literals = "    \"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      literals += "\\n\"\n    \"";
    } else if (byte < 0x20 || byte >= 0x7F) {
      literals += '\\';
      for (const int shift : {6, 3, 0}) literals += static_cast<char>('0' + (byte >> shift & 7));
    } else {
      if (c == '"' || c == '\\' || c == '?') literals += '\\';
      literals += c;
    }
  }
  return literals + "\"";
}

/// nullopt if the manifest is good, else what is wrong with it.
std::optional<std::string> Check(const bookgate::json::Schema& schema, const std::string& text) {
  if (text.size() > kMaxManifestBytes) return "the document: is larger than 64 KiB";
  const auto manifest = bookgate::json::Document::Parse(text);
  if (!manifest) return "the document: is not JSON in UTF-8, or nests too deep";
  const auto problem = schema.Check(manifest->root());
  if (!problem) return std::nullopt;
  return problem->ToString();
}

int Run(const char* schema_path, const char* manifest_path, const char* header_path) {
  const std::optional<std::string> schema_text = ReadFile(schema_path);
  const auto schema = bookgate::json::Schema::Parse(schema_text.value_or(""));
  if (!schema) {
    std::cerr << schema_path << ": error: cannot be read as a JSON Schema\n";
    return 1;
  }
  const std::optional<std::string> manifest = ReadFile(manifest_path);
  if (!manifest) {
    std::cerr << manifest_path << ": error: cannot be read\n";
    return 1;
  }
  if (const std::optional<std::string> problem = Check(*schema, *manifest)) {
    std::cerr << manifest_path << ": error: " << *problem << '\n';
    return 1;
  }
  std::ofstream header(header_path, std::ios::binary);
  header << "// Made from the translator's manifest by the build. Do not edit.\n"
            "#pragma once\n\n#include <string_view>\n\nnamespace bookgate_manifest {\n\n"
            "inline constexpr std::string_view kText =\n"
         << Literals(*manifest) << ";\n\n}  // namespace bookgate_manifest\n";
  header.close();
  if (!header) std::cerr << header_path << ": error: cannot be written\n";
  return header ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: bookgate-embed-manifest SCHEMA MANIFEST HEADER\n";
    return 2;
  }
  return Run(argv[1], argv[2], argv[3]);
}
