#include "admin/site.hpp"

#include "admin/static_files.hpp"

namespace bookgate::admin {

void Site::AddTo(http::Routes& routes) {
  api_.AddTo(routes);
  AddStaticFiles(routes);
}

}  // namespace bookgate::admin
