/// \file static_files.hpp
/// The page itself: gateway/admin/web, which is part of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "http/routes.hpp"

namespace bookgate::admin {

struct StaticFile {
  std::string path;  ///< Below /admin/, such as "main.js".
  std::string_view content_type;
  std::string_view content;
  std::string etag;  ///< Of the content, quoted.
};

/// All of them. Made once.
const std::vector<StaticFile>& StaticFiles();

/// The file, or 304 if the browser has it as it is. Browsers may keep it, but ask each time: a new
/// version of the program never runs with half of an old page.
http::Answer AnswerFile(const StaticFile& file, const http::Request& request);

/// GET /admin/ and every file below it; /admin leads to /admin/.
void AddStaticFiles(http::Routes& routes);

}  // namespace bookgate::admin
