pkg_check_modules(PISTACHE REQUIRED IMPORTED_TARGET libpistache)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.74 REQUIRED)
bookgate_add_room(http bookgate_model bookgate_config)
# PRIVATE: no other room sees a header of Pistache, OpenSSL or Beast through this one.
target_link_libraries(bookgate_http PRIVATE PkgConfig::PISTACHE OpenSSL::SSL Boost::headers)
