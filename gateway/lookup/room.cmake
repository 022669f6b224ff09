find_package(CURL REQUIRED)
bookgate_add_room(lookup bookgate_auth bookgate_translate bookgate_config)
# PRIVATE: no other room sees a header of libcurl through this one.
target_link_libraries(bookgate_lookup PRIVATE CURL::libcurl)
target_compile_definitions(bookgate_lookup PRIVATE BOOKGATE_VERSION="${PROJECT_VERSION}")
