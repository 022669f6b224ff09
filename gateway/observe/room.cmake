# By pkg-config: prometheus-cpp's CMake files also ask for the HTTP server and client of its other
# parts.
pkg_check_modules(PROMETHEUS REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(SPDLOG REQUIRED IMPORTED_TARGET spdlog)
bookgate_add_room(observe bookgate_model bookgate_config)
# PRIVATE: no other room sees a header of theirs.
target_link_libraries(bookgate_observe PRIVATE PkgConfig::PROMETHEUS PkgConfig::SPDLOG)
