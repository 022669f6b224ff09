/// \file described_routes.hpp
/// The routes that schemas/openapi.yaml describes.
#pragma once

#include <string>
#include <vector>

namespace bookgate::tests {

struct DescribedRoute {
  std::string method;  ///< Upper case.
  std::string path;    ///< Below /api/admin/v1, with its {parameters}.

  friend auto operator<=>(const DescribedRoute&, const DescribedRoute&) = default;
};

/// In the order of the file. Reads what is laid out as that file is: paths two blanks in, methods
/// four. Throws std::runtime_error if it finds none.
std::vector<DescribedRoute> DescribedRoutes(const std::string& openapi_file);

}  // namespace bookgate::tests
